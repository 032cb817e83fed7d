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
 */
#include <string.h>

#include "feeds/xml_plain-inside.h"

/* Bytes between tags; the library refuses 4 MB. */
enum { LARGEST_GAP = 1024 * 1024 };

/* ---- Tags ---- */

static struct text local_name(const struct xml_tag *tag)
{
	return (struct text){tag->raw.at + tag->prefix,
		tag->raw.length - tag->prefix};
}

/* A name as written, and the bytes of its prefix with the colon. */
static bool read_name(struct xml_scan *scan, struct xml_tag *out_tag)
{
	const char *from = scan->at, *at = from;
	unsigned seen = 0, class = xml_class_of(at);
	if ((class & XML_FIRST) == 0)
		return false;
	for (; (class & XML_NAME) != 0; class = xml_class_of(++at))
		seen |= class;
	*out_tag = (struct xml_tag){.raw = {from, (size_t)(at - from)}};
	if ((seen & XML_COLON) != 0)
		out_tag->prefix = (size_t)((const char *)memrchr(from, ':',
						   out_tag->raw.length)
					  - from)
			+ 1;
	scan->at = at;
	return true;
}

/* Elements mostly follow each other as they did before. */
static bool read_same(struct xml_scan *scan, const struct xml_tag *tag)
{
	size_t length = tag->raw.length;
	if (length == 0 || (size_t)(scan->end - scan->at) <= length
		|| memcmp(scan->at, tag->raw.at, length) != 0
		|| (xml_class_of(scan->at + length) & XML_NAME) != 0)
		return false;
	scan->at += length;
	return true;
}

static bool read_tag(struct xml_scan *scan, struct xml_tag *out_tag)
{
	struct xml_tag *next = &scan->nexts[scan->last_name + 1];
	if (!read_same(scan, next)) {
		if (!read_name(scan, next))
			return false;
		next->name = xml_names_find(&scan->names, local_name(next));
	}
	*out_tag = *next;
	scan->last_name = next->name;
	return true;
}

/* A value without line ends, references and letters beyond ASCII. */
static bool read_value(struct xml_scan *scan, struct text *out_value)
{
	xml_text_space(scan);
	if (*scan->at != '=')
		return false;
	scan->at++;
	xml_text_space(scan);
	char quote = *scan->at;
	if (quote != '"' && quote != '\'')
		return false;
	const char *from = ++scan->at;
	while (*scan->at != quote && *scan->at != '\t'
		&& (xml_class_of(scan->at) & XML_WORD) != 0)
		scan->at++;
	*out_value = (struct text){from, (size_t)(scan->at - from)};
	return *scan->at++ == quote;
}

/* Terminated, as the consumer is given them; NULL if there is no room. */
static const char *put_attribute(struct xml_scan *scan, size_t *used,
	struct text text)
{
	char *copy = scan->room + *used;
	if (text.length >= sizeof scan->room - *used)
		return NULL;
	text_copy(copy, sizeof scan->room - *used, text);
	*used += text.length + 1;
	return copy;
}

static bool has_attribute(const struct xml_scan *scan, size_t count,
	const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(scan->attributes[2 * i], name) == 0)
			return true;
	return false;
}

static bool read_attributes(struct xml_scan *scan)
{
	size_t used = 0, count = 0;
	for (;; count++) {
		const char *from = scan->at;
		xml_text_space(scan);
		if (*scan->at == '>' || *scan->at == '/')
			break;
		struct xml_tag name;
		struct text value;
		if (scan->at == from || count == XML_PLAIN_ATTRIBUTES
			|| !read_name(scan, &name) || !read_value(scan, &value))
			return false;
		const char *key = put_attribute(scan, &used, name.raw);
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

static bool is_gap_small(struct xml_scan *scan)
{
	bool is_small = scan->at - scan->told_at <= LARGEST_GAP;
	scan->told_at = scan->at;
	return is_small;
}

static bool tell_start(struct xml_scan *scan, const struct xml_level *level)
{
	const struct xml_consumer *consumer = scan->consumer;
	scan->told++;
	if (consumer->start == NULL)
		return true;
	struct xml_element element = {.name = level->tag.name,
		.depth = scan->depth,
		.line = level->line,
		.tag = local_name(&level->tag),
		.attributes = scan->attributes};
	scan->is_stopped = !consumer->start(consumer->self, &element,
		scan->fault);
	return !scan->is_stopped;
}

static bool tell_end(struct xml_scan *scan, const struct xml_level *level)
{
	const struct xml_consumer *consumer = scan->consumer;
	scan->told++;
	scan->depth--;
	if (consumer->end == NULL)
		return true;
	struct xml_element element = {.name = level->tag.name,
		.depth = scan->depth + 1,
		.line = level->line,
		.tag = local_name(&level->tag),
		.has_children = level->has_children};
	if (!level->has_children) {
		element.whole = scan->text;
		element.text = text_trim(scan->text);
		element.is_lasting = !scan->is_gathered;
	}
	scan->is_stopped = !consumer->end(consumer->self, &element, scan->fault);
	return !scan->is_stopped;
}

static bool read_start(struct xml_scan *scan)
{
	if (scan->depth == LIMIT_XML_DEPTH)
		return false;
	scan->levels[scan->depth].has_children = true;
	struct xml_level *level = &scan->levels[scan->depth + 1];
	level->line = scan->line;
	level->has_children = false;
	scan->at++;
	if (!read_tag(scan, &level->tag))
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
	if (!tell_start(scan, level))
		return false;
	scan->text = (struct text){.at = NULL};
	scan->is_gathered = false;
	return !is_empty || tell_end(scan, level);
}

static bool read_end(struct xml_scan *scan)
{
	const struct xml_level *level = &scan->levels[scan->depth];
	scan->at += 2;
	if ((size_t)(scan->end - scan->at) <= level->tag.raw.length
		|| memcmp(scan->at, level->tag.raw.at, level->tag.raw.length) != 0)
		return false;
	scan->at += level->tag.raw.length;
	xml_text_space(scan);
	if (*scan->at != '>' || !is_gap_small(scan))
		return false;
	scan->at++;
	return tell_end(scan, level);
}

/* ---- The file ---- */

static bool eat(struct xml_scan *scan, const char *word)
{
	struct text rest = {scan->at, (size_t)(scan->end - scan->at)};
	if (!text_starts(rest, text_of(word)))
		return false;
	scan->at += strlen(word);
	return true;
}

/* Declarations as programs write them; others are for the library. */
static bool pass_declaration(struct xml_scan *scan)
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

static bool read_file(struct xml_scan *scan)
{
	if (!pass_declaration(scan) || !xml_text_outside(scan)
		|| scan->at == scan->end || !read_start(scan))
		return false;
	while (scan->depth > 0) {
		if (!xml_text_read(scan)
			|| !(scan->at[1] == '/' ? read_end(scan)
						: read_start(scan)))
			return false;
	}
	return xml_text_outside(scan) && scan->at == scan->end
		&& is_gap_small(scan);
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
	struct xml_scan *scan = arena_new(arena, sizeof *scan);
	scan->at = scan->told_at = bytes.at;
	scan->end = bytes.at + bytes.length;
	scan->line = 1;
	scan->consumer = consumer;
	scan->fault = fault;
	scan->pieces.maximum = LIMIT_FIELD_BYTES;
	xml_names_make(consumer, arena, &scan->names);
	scan->nexts = arena_array(arena, consumer->count + 1,
		sizeof *scan->nexts);
	scan->last_name = -1;
	bool is_whole = read_file(scan);
	bool is_stopped = scan->is_stopped;
	*out_told = scan->told;
	buffer_finish(&scan->pieces);
	arena_close(arena);
	return is_whole      ? XML_PLAIN_WHOLE
		: is_stopped ? XML_PLAIN_STOPPED
			     : XML_PLAIN_ODD;
}
