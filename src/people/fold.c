/* SPDX-License-Identifier: MIT
 *
 * Folding, on utf8proc; ASCII, nearly all there is, takes a short way.
 */
#include "people/fold.h"

#include <utf8proc.h>

/* Letters with a stroke, ligatures and the like have no decomposition. Lower
 * case only: what is looked up has been folded already. */
static const struct {
	utf8proc_int32_t letter;
	const char *plain;
} plain_letters[] = {
	{0x0142, "l"},
	{0x00F8, "o"},
	{0x0111, "d"},
	{0x0131, "i"},
	{0x00E6, "ae"},
	{0x0153, "oe"},
	{0x00FE, "th"},
	{0x00DF, "ss"},
	{0x00F0, "d"},
	{0x0127, "h"},
	{0x2018, "'"},
	{0x2019, "'"},
	{0x02BC, "'"},
	{0x0060, "'"},
	{0x00B4, "'"},
	{0x2010, "-"},
	{0x2011, "-"},
	{0x2012, "-"},
	{0x2013, "-"},
	{0x2014, "-"},
};

struct folding {
	char *at;
	size_t length;
	bool is_blank_due; /* white space seen since the last letter */
};

enum { WIDEST = 18 }; /* characters one decomposes into: U+FDFA */

static void add_byte(struct folding *folding, char byte)
{
	if (byte == ' ' || (byte >= '\t' && byte <= '\r')) {
		folding->is_blank_due = folding->length > 0;
		return;
	}
	if (folding->is_blank_due)
		folding->at[folding->length++] = ' ';
	folding->is_blank_due = false;
	folding->at[folding->length++] = byte;
}

static void add_character(struct folding *folding, utf8proc_int32_t character)
{
	utf8proc_uint8_t bytes[4];
	for (size_t i = 0; i < COUNT_OF(plain_letters); i++) {
		if (plain_letters[i].letter != character)
			continue;
		for (const char *p = plain_letters[i].plain; *p != '\0'; p++)
			add_byte(folding, *p);
		return;
	}
	utf8proc_ssize_t count = utf8proc_encode_char(character, bytes);
	for (utf8proc_ssize_t i = 0; i < count; i++)
		add_byte(folding, (char)bytes[i]);
}

static bool is_ascii(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if ((unsigned char)text.at[i] >= 0x80 || text.at[i] == '`')
			return false;
	return true;
}

static void fold_ascii(struct folding *folding, struct text name)
{
	for (size_t i = 0; i < name.length; i++) {
		char c = name.at[i];
		add_byte(folding, c >= 'A' && c <= 'Z' ? (char)(c + 32) : c);
	}
}

/* One character at a time, so that no length of name needs room of its own
 * and a byte that is no character costs only itself. */
static void fold_unicode(struct folding *folding, struct text name)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)name.at;
	utf8proc_ssize_t left = (utf8proc_ssize_t)name.length;
	while (left > 0) {
		utf8proc_int32_t character, parts[WIDEST];
		utf8proc_ssize_t size = utf8proc_iterate(at, left, &character);
		if (size > 0) {
			int class = 0;
			utf8proc_ssize_t count = utf8proc_decompose_char(character,
				parts, WIDEST,
				(utf8proc_option_t)(UTF8PROC_COMPAT
					| UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD
					| UTF8PROC_DECOMPOSE),
				&class);
			for (utf8proc_ssize_t i = 0;
				i < count && count <= WIDEST; i++)
				add_character(folding, parts[i]);
		}
		at += size > 0 ? size : 1;
		left -= size > 0 ? size : 1;
	}
}

struct text fold_name(struct arena *arena, struct text name)
{
	enum { MOST_GROWTH = WIDEST * 3 }; /* bytes out of one byte in */
	bool is_plain = is_ascii(name);
	struct folding folding = {
		.at = arena_new(arena,
			name.length * (is_plain ? 1 : MOST_GROWTH) + 1)};
	if (is_plain)
		fold_ascii(&folding, name);
	else
		fold_unicode(&folding, name);
	return (struct text){folding.at, folding.length};
}
