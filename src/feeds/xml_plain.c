/* SPDX-License-Identifier: MIT
 *
 * The plain kind of XML that returns are written in, read from memory in one
 * pass: UTF-8; elements and attributes with ASCII names; text, the five named
 * entities and numbered ones; comments; an XML declaration.
 *
 * Whatever else there is, well-formed or not (a DOCTYPE, CDATA, instructions,
 * other encodings, lone carriage returns, attributes beyond the simplest,
 * anything over a limit or against the rules) makes the file odd, and is for
 * the library to read or refuse: see xml-inside.h. So here every doubt is
 * settled by giving up, and what is told must be what the library would tell;
 * tests/fuzz/fuzz_xml.c holds the two against each other. Why there is a
 * reader of our own at all: docs/decisions/0005-plain-xml-is-read-by-us.md.
 *
 * Invariant: the last of the bytes looked at is ">", and every loop over bytes
 * stops at a ">". So a byte that is not ">" has another behind it, and only
 * behind a ">" the end has to be looked for.
 */
#include <string.h>

#include "base/buffer.h"
#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/xml-inside.h"

enum {
	MOST_ATTRIBUTES = 8,
	ATTRIBUTE_BYTES = 1024,    /* of all names and values of one tag */
	LARGEST_GAP = 1024 * 1024, /* between tags; the library refuses 4 MB */
	REFERENCE = 8,             /* bytes of the longest one read here */
};

/* What a byte may be; ">" nothing. */
enum {
	BLANK = 1,  /* space, tab */
	WORD = 2,   /* stands for itself in text */
	FIRST = 4,  /* begins a name */
	NAME = 8,   /* goes on with it */
	COLON = 16, /* ends the prefix of a name */
};
enum {
	S = BLANK | WORD,
	T = WORD,
	D = WORD | NAME,         /* 0-9 - . */
	L = WORD | NAME | FIRST, /* letters and _ */
	C = L | COLON,
};

/* Not here: line ends, which are counted, and & < > ] and bytes above 7f. */
static const unsigned char classes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, S, 0, 0, 0, 0, 0, 0, /* 00 */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 10 */
	S, T, T, T, T, T, 0, T, T, T, T, T, T, D, D, T, /* 20 */
	D, D, D, D, D, D, D, D, D, D, C, T, 0, T, 0, T, /* 30 */
	T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 40 */
	L, L, L, L, L, L, L, L, L, L, L, T, T, 0, T, L, /* 50 */
	T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
	L, L, L, L, L, L, L, L, L, L, L, T, T, T, T, T, /* 70 */
};

struct level {
	struct text tag; /* as written, with its prefix */
	size_t prefix;   /* bytes of it */
	int name;
	int64_t line;
	bool has_children;
};

struct scan {
	const char *at, *end;
	const char *told_at; /* behind the last tag */
	int64_t line;
	int64_t told;
	const struct xml_consumer *consumer;
	struct xml_names names;
	struct fault *fault;
	int depth;
	struct level levels[LIMIT_XML_DEPTH + 1];
	struct text text; /* since the last tag */
	bool is_gathered; /* it is in `pieces`, otherwise in the file */
	bool is_stopped;  /* by the consumer */
	struct buffer pieces;
	const char *attributes[2 * MOST_ATTRIBUTES + 1];
	char room[ATTRIBUTE_BYTES];
};

static unsigned char class_of(const char *at)
{
	return classes[(unsigned char)*at];
}

/* ---- Between tags ---- */

/* Bytes that stand for themselves, and plain line ends. */
static void pass_words(struct scan *scan)
{
	const char *at = scan->at;
	for (;; at++) {
		if ((class_of(at) & WORD) != 0)
			continue;
		if (*at != '\n')
			break;
		scan->line++;
	}
	scan->at = at;
}

/* A run of bytes above 7f: UTF-8, and not the two that are no characters. */
static bool pass_letters(struct scan *scan)
{
	const char *from = scan->at;
	while ((unsigned char)*scan->at > 0x7f)
		scan->at++;
	struct text run = {from, (size_t)(scan->at - from)};
	return run.length > 0 && encoding_is_utf8(run)
		&& !text_has(run, TEXT("\xef\xbf\xbe"))
		&& !text_has(run, TEXT("\xef\xbf\xbf"));
}

/* White space; of carriage returns only those before a line feed. */
static void pass_space(struct scan *scan)
{
	const char *at = scan->at;
	for (;; at++)
		if (*at == '\n')
			scan->line++;
		else if ((class_of(at) & BLANK) == 0
			&& !(at[0] == '\r' && at[1] == '\n'))
			break;
	scan->at = at;
}

static bool is_comment_start(const char *at)
{
	return at[0] == '<' && at[1] == '!' && at[2] == '-' && at[3] == '-';
}

/* One byte of a comment, or the letters that begin there. */
static bool pass_remark(struct scan *scan)
{
	unsigned char c = (unsigned char)*scan->at;
	if (c > 0x7f)
		return pass_letters(scan);
	scan->line += c == '\n';
	bool is_plain = c >= ' ' || c == '\t' || c == '\n'
		|| (c == '\r' && scan->at[1] == '\n');
	scan->at++;
	return is_plain;
}

static bool pass_comment(struct scan *scan)
{
	if (!is_comment_start(scan->at))
		return false;
	scan->at += 4;
	const char *last = memmem(scan->at, (size_t)(scan->end - scan->at),
		"--", 2);
	if (last == NULL || last[2] != '>')
		return false;
	while (scan->at < last)
		if (!pass_remark(scan))
			return false;
	scan->at = last + 3;
	return true;
}

/* White space and comments outside the outermost element. */
static bool pass_outside(struct scan *scan)
{
	while (scan->at < scan->end) {
		pass_space(scan);
		if (scan->at[0] == '<' && scan->at[1] != '!')
			return true;
		if (!pass_comment(scan))
			return false;
	}
	return true;
}

/* ---- Text ---- */

static void keep_piece(struct scan *scan, const char *from, const char *to)
{
	if (!scan->is_gathered)
		buffer_clear(&scan->pieces);
	scan->is_gathered = true;
	buffer_add(&scan->pieces, (struct text){from, (size_t)(to - from)});
}

static bool read_digits(struct text digits, int base, int *out_number)
{
	int number = 0;
	for (size_t i = 0; i < digits.length; i++) {
		char c = digits.at[i];
		int digit = c >= '0' && c <= '9' ? c - '0'
			: c >= 'a' && c <= 'f'   ? c - 'a' + 10
			: c >= 'A' && c <= 'F'   ? c - 'A' + 10
						 : base;
		if (digit >= base)
			return false;
		number = number * base + digit;
	}
	*out_number = number;
	return digits.length > 0;
}

/* An entity that XML has, or an ASCII character by its number. */
static bool read_reference(struct text name, char *out_char)
{
	static const struct {
		const char *name;
		char c;
	} entities[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
		{"apos", '\''}};
	for (size_t i = 0; i < COUNT_OF(entities); i++)
		if (text_is(name, entities[i].name)) {
			*out_char = entities[i].c;
			return true;
		}
	int number;
	bool is_hex = text_starts(name, TEXT("#x"));
	if (!text_starts(name, TEXT("#"))
		|| !read_digits(text_cut(name, is_hex ? 2 : 1, REFERENCE),
			is_hex ? 16 : 10, &number))
		return false;
	*out_char = (char)number;
	return number <= 0x7f
		&& (number >= ' ' || number == '\t' || number == '\n'
			|| number == '\r');
}

static bool pass_reference(struct scan *scan)
{
	char c;
	size_t left = (size_t)(scan->end - scan->at);
	const char *last = memchr(scan->at, ';',
		left < REFERENCE ? left : REFERENCE);
	if (last == NULL
		|| !read_reference((struct text){scan->at + 1,
					   (size_t)(last - scan->at - 1)},
			&c))
		return false;
	keep_piece(scan, &c, &c + 1);
	scan->at = last + 1;
	return true;
}

/* What stands in text and is not words. Its bytes from *from up to where it
 * begins are kept first if they cannot stay with what follows. */
static bool pass_other(struct scan *scan, const char **from)
{
	const char *at = scan->at;
	switch (*at) {
	case '>':
		scan->at++;
		return scan->at < scan->end;
	case ']': /* "]]>" may not stand in text */
		scan->at++;
		return at[1] != ']';
	case '\r':
		keep_piece(scan, *from, at);
		*from = ++scan->at;
		return at[1] == '\n';
	case '&':
	case '<':
		keep_piece(scan, *from, at);
		if (!(*at == '&' ? pass_reference(scan) : pass_comment(scan))
			|| scan->at == scan->end)
			return false;
		*from = scan->at;
		return true;
	default:
		return pass_letters(scan);
	}
}

/* The text up to the next tag. Behind an end tag it does not matter. */
static bool read_text(struct scan *scan)
{
	if (scan->at == scan->end)
		return false;
	if (scan->levels[scan->depth].has_children)
		pass_space(scan);
	const char *from = scan->at;
	scan->is_gathered = false;
	for (;;) {
		pass_words(scan);
		if (scan->at[0] == '<' && scan->at[1] != '!')
			break;
		if (!pass_other(scan, &from))
			return false;
	}
	if (scan->is_gathered)
		keep_piece(scan, from, scan->at);
	scan->text = scan->is_gathered
		? buffer_text(&scan->pieces)
		: (struct text){from, (size_t)(scan->at - from)};
	return !scan->pieces.has_failed && scan->text.length <= LIMIT_FIELD_BYTES;
}

/* ---- Tags ---- */

static struct text local_name(const struct level *level)
{
	return (struct text){level->tag.at + level->prefix,
		level->tag.length - level->prefix};
}

/* A name, and the bytes of its prefix with the colon. */
static bool read_name(struct scan *scan, struct text *out_name, size_t *out_prefix)
{
	const char *from = scan->at, *at = from;
	unsigned seen = 0, class = class_of(at);
	if ((class & FIRST) == 0)
		return false;
	for (; (class & NAME) != 0; class = class_of(++at))
		seen |= class;
	*out_name = (struct text){from, (size_t)(at - from)};
	*out_prefix = 0;
	if ((seen & COLON) != 0)
		*out_prefix = (size_t)((const char *)memrchr(from, ':',
					       out_name->length)
				      - from)
			+ 1;
	scan->at = at;
	return true;
}

/* A value without line ends, references and letters beyond ASCII. */
static bool read_value(struct scan *scan, struct text *out_value)
{
	pass_space(scan);
	if (*scan->at != '=')
		return false;
	scan->at++;
	pass_space(scan);
	char quote = *scan->at;
	if (quote != '"' && quote != '\'')
		return false;
	const char *from = ++scan->at;
	while (*scan->at != quote && *scan->at != '\t'
		&& (class_of(scan->at) & WORD) != 0)
		scan->at++;
	*out_value = (struct text){from, (size_t)(scan->at - from)};
	return *scan->at++ == quote;
}

/* Terminated, as the consumer is given them; NULL if there is no room. */
static const char *put_attribute(struct scan *scan, size_t *used, struct text text)
{
	char *copy = scan->room + *used;
	if (text.length >= sizeof scan->room - *used)
		return NULL;
	text_copy(copy, sizeof scan->room - *used, text);
	*used += text.length + 1;
	return copy;
}

static bool has_attribute(const struct scan *scan, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(scan->attributes[2 * i], name) == 0)
			return true;
	return false;
}

static bool read_attributes(struct scan *scan)
{
	size_t used = 0, count = 0, prefix;
	for (;; count++) {
		const char *from = scan->at;
		pass_space(scan);
		if (*scan->at == '>' || *scan->at == '/')
			break;
		struct text name, value;
		if (scan->at == from || count == MOST_ATTRIBUTES
			|| !read_name(scan, &name, &prefix)
			|| !read_value(scan, &value))
			return false;
		const char *key = put_attribute(scan, &used, name);
		const char *words = put_attribute(scan, &used, value);
		if (key == NULL || words == NULL
			|| has_attribute(scan, count, key))
			return false;
		scan->attributes[2 * count] = key;
		scan->attributes[2 * count + 1] = words;
	}
	scan->attributes[2 * count] = NULL;
	return true;
}

static bool is_gap_small(struct scan *scan)
{
	bool is_small = scan->at - scan->told_at <= LARGEST_GAP;
	scan->told_at = scan->at;
	return is_small;
}

static bool tell_start(struct scan *scan, const struct level *level)
{
	const struct xml_consumer *consumer = scan->consumer;
	scan->told++;
	if (consumer->start == NULL)
		return true;
	struct xml_element element = {.name = level->name,
		.depth = scan->depth,
		.line = level->line,
		.tag = local_name(level),
		.attributes = scan->attributes};
	scan->is_stopped = !consumer->start(consumer->self, &element,
		scan->fault);
	return !scan->is_stopped;
}

static bool tell_end(struct scan *scan, const struct level *level)
{
	const struct xml_consumer *consumer = scan->consumer;
	scan->told++;
	scan->depth--;
	if (consumer->end == NULL)
		return true;
	struct xml_element element = {.name = level->name,
		.depth = scan->depth + 1,
		.line = level->line,
		.tag = local_name(level),
		.has_children = level->has_children};
	if (!level->has_children) {
		element.whole = scan->text;
		element.text = text_trim(scan->text);
		element.is_lasting = !scan->is_gathered;
	}
	scan->is_stopped = !consumer->end(consumer->self, &element, scan->fault);
	return !scan->is_stopped;
}

static bool read_start(struct scan *scan)
{
	if (scan->depth == LIMIT_XML_DEPTH)
		return false;
	scan->levels[scan->depth].has_children = true;
	struct level *level = &scan->levels[scan->depth + 1];
	level->line = scan->line;
	level->has_children = false;
	scan->at++;
	if (!read_name(scan, &level->tag, &level->prefix))
		return false;
	scan->attributes[0] = NULL;
	if (*scan->at != '>' && !read_attributes(scan))
		return false;
	bool is_empty = *scan->at == '/';
	scan->at += is_empty;
	if (*scan->at != '>' || !is_gap_small(scan))
		return false;
	scan->at++;
	scan->depth++;
	level->name = xml_names_find(&scan->names, local_name(level));
	if (!tell_start(scan, level))
		return false;
	scan->text = (struct text){.at = NULL};
	scan->is_gathered = false;
	return !is_empty || tell_end(scan, level);
}

static bool read_end(struct scan *scan)
{
	const struct level *level = &scan->levels[scan->depth];
	scan->at += 2;
	if ((size_t)(scan->end - scan->at) <= level->tag.length
		|| memcmp(scan->at, level->tag.at, level->tag.length) != 0)
		return false;
	scan->at += level->tag.length;
	pass_space(scan);
	if (*scan->at != '>' || !is_gap_small(scan))
		return false;
	scan->at++;
	return tell_end(scan, level);
}

/* ---- The file ---- */

static bool eat(struct scan *scan, const char *word)
{
	struct text rest = {scan->at, (size_t)(scan->end - scan->at)};
	if (!text_starts(rest, text_of(word)))
		return false;
	scan->at += strlen(word);
	return true;
}

/* Declarations as programs write them; others are for the library. */
static bool pass_declaration(struct scan *scan)
{
	(void)eat(scan, "\xef\xbb\xbf");
	if (!eat(scan, "<?xml "))
		return true;
	if (!eat(scan, "version=\"1.0\"") && !eat(scan, "version='1.0'"))
		return false;
	static const char *const encodings[] = {" encoding=\"utf-8\"",
		" encoding=\"UTF-8\"", " encoding='utf-8'", " encoding='UTF-8'"};
	for (size_t i = 0; i < COUNT_OF(encodings); i++)
		if (eat(scan, encodings[i]))
			break;
	if (!eat(scan, " standalone=\"yes\"") && !eat(scan, " standalone='yes'"))
		(void)(eat(scan, " standalone=\"no\"")
			|| eat(scan, " standalone='no'"));
	(void)eat(scan, " ");
	return eat(scan, "?>");
}

static bool read_file(struct scan *scan)
{
	if (!pass_declaration(scan) || !pass_outside(scan)
		|| scan->at == scan->end || !read_start(scan))
		return false;
	while (scan->depth > 0) {
		if (!read_text(scan)
			|| !(scan->at[1] == '/' ? read_end(scan)
						: read_start(scan)))
			return false;
	}
	return pass_outside(scan) && scan->at == scan->end && is_gap_small(scan);
}

/* Up to the last ">", or nothing if something else than white space follows. */
static struct text without_tail(struct text bytes)
{
	size_t length = bytes.length;
	while (length > 0 && bytes.length - length < LARGEST_GAP
		&& strchr(" \t\r\n", bytes.at[length - 1]) != NULL
		&& bytes.at[length - 1] != '\0')
		length--;
	bool is_tag = length > 0 && bytes.at[length - 1] == '>';
	return text_cut(bytes, 0, is_tag ? length : 0);
}

enum xml_plain_end xml_plain_read(struct text bytes,
	const struct xml_consumer *consumer, int64_t *out_told,
	struct fault *fault)
{
	bytes = without_tail(bytes);
	*out_told = 0;
	if (bytes.length == 0)
		return XML_PLAIN_ODD;
	struct arena *arena = arena_open();
	struct scan *scan = arena_new(arena, sizeof *scan);
	scan->at = scan->told_at = bytes.at;
	scan->end = bytes.at + bytes.length;
	scan->line = 1;
	scan->consumer = consumer;
	scan->fault = fault;
	scan->pieces.maximum = LIMIT_FIELD_BYTES;
	xml_names_make(consumer, arena, &scan->names);
	bool is_whole = read_file(scan);
	bool is_stopped = scan->is_stopped;
	*out_told = scan->told;
	buffer_finish(&scan->pieces);
	arena_close(arena);
	return is_whole      ? XML_PLAIN_WHOLE
		: is_stopped ? XML_PLAIN_STOPPED
			     : XML_PLAIN_ODD;
}
