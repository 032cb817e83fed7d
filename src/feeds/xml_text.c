/* SPDX-License-Identifier: MIT
 *
 * Plain XML between tags: text with its references, comments, white space.
 */
#include <string.h>

#include "base/encoding.h"
#include "feeds/xml_plain-inside.h"

enum { REFERENCE = 8 }; /* bytes of the longest one read here */

enum {
	S = XML_BLANK | XML_WORD,
	T = XML_WORD,
	D = XML_WORD | XML_NAME,             /* 0-9 - . */
	L = XML_WORD | XML_NAME | XML_FIRST, /* letters and _ */
	C = L | XML_COLON,
};

const unsigned char xml_text_classes[256] = {
	0, 0, 0, 0, 0, 0, 0, 0, 0, S, 0, 0, 0, 0, 0, 0, /* 00 */
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, /* 10 */
	S, T, T, T, T, T, 0, T, T, T, T, T, T, D, D, T, /* 20 */
	D, D, D, D, D, D, D, D, D, D, C, T, 0, T, 0, T, /* 30 */
	T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 40 */
	L, L, L, L, L, L, L, L, L, L, L, T, T, 0, T, L, /* 50 */
	T, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L, /* 60 */
	L, L, L, L, L, L, L, L, L, L, L, T, T, T, T, T, /* 70 */
};

/* Bytes that stand for themselves, and plain line ends. */
static void pass_words(struct xml_scan *scan)
{
	const char *at = scan->at;
	for (;; at++) {
		if ((xml_class_of(at) & XML_WORD) != 0)
			continue;
		if (*at != '\n')
			break;
		scan->line++;
	}
	scan->at = at;
}

/* A run of bytes above 7f: UTF-8, and not the two that are no characters. */
static bool pass_letters(struct xml_scan *scan)
{
	const char *from = scan->at;
	while ((unsigned char)*scan->at > 0x7f)
		scan->at++;
	struct text run = {from, (size_t)(scan->at - from)};
	return run.length > 0 && encoding_is_utf8(run)
		&& !text_has(run, TEXT("\xef\xbf\xbe"))
		&& !text_has(run, TEXT("\xef\xbf\xbf"));
}

void xml_text_space(struct xml_scan *scan)
{
	const char *at = scan->at;
	for (;; at++)
		if (*at == '\n')
			scan->line++;
		else if ((xml_class_of(at) & XML_BLANK) == 0
			&& !(at[0] == '\r' && at[1] == '\n'))
			break;
	scan->at = at;
}

static bool is_comment_start(const char *at)
{
	return at[0] == '<' && at[1] == '!' && at[2] == '-' && at[3] == '-';
}

/* One byte of a comment, or the letters that begin there. */
static bool pass_remark(struct xml_scan *scan)
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

static bool pass_comment(struct xml_scan *scan)
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

bool xml_text_outside(struct xml_scan *scan)
{
	while (scan->at < scan->end) {
		xml_text_space(scan);
		if (scan->at[0] == '<' && scan->at[1] != '!')
			return true;
		if (!pass_comment(scan))
			return false;
	}
	return true;
}

/* ---- Text ---- */

static void keep_piece(struct xml_scan *scan, const char *from, const char *to)
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

static bool pass_reference(struct xml_scan *scan)
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
static bool pass_other(struct xml_scan *scan, const char **from)
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

bool xml_text_read(struct xml_scan *scan)
{
	if (scan->at == scan->end)
		return false;
	if (scan->levels[scan->depth].has_children)
		xml_text_space(scan);
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
