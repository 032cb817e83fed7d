/* SPDX-License-Identifier: MIT
 *
 * Text: a pointer and a length, UTF-8, owned by someone else.
 *
 * Nothing here allocates. Only ASCII is folded; names are folded in `people`.
 * What is done to every field of every file stands here in whole, so that the
 * compiler can see into it.
 */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
	const char *at; /* may be NULL when length is 0 */
	size_t length;
};

#define TEXT(literal) \
	((struct text){.at = "" literal, .length = sizeof(literal) - 1})
#define TEXT_FORMAT "%.*s"
#define TEXT_ARGS(text) (int)(text).length, (text).at == NULL ? "" : (text).at
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* NULL gives empty text. */
static inline struct text text_of(const char *string)
{
	return (struct text){.at = string,
		.length = string == NULL ? 0 : strlen(string)};
}

static inline bool text_is_empty(struct text text)
{
	return text.length == 0;
}

static inline bool text_equals(struct text a, struct text b)
{
	return a.length == b.length
		&& (a.length == 0 || memcmp(a.at, b.at, a.length) == 0);
}

static inline bool text_is(struct text text, const char *string)
{
	return text_equals(text, text_of(string));
}

bool text_equals_folded(struct text a, struct text b); /* ASCII case-blind */
bool text_starts(struct text text, struct text start);
bool text_ends(struct text text, struct text end);
bool text_has(struct text text, struct text part);
int text_compare(struct text a, struct text b); /* by bytes */

static inline bool text_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Without the white space at both ends. */
static inline struct text text_trim(struct text text)
{
	if (text.length > 0 && (unsigned char)text.at[0] > ' '
		&& (unsigned char)text.at[text.length - 1] > ' ')
		return text;
	while (text.length > 0 && text_is_space(text.at[0])) {
		text.at++;
		text.length--;
	}
	while (text.length > 0 && text_is_space(text.at[text.length - 1]))
		text.length--;
	return text;
}

static inline struct text text_cut(struct text text, size_t from, size_t length)
{
	if (from >= text.length)
		return (struct text){.at = text.at, .length = 0};
	if (length > text.length - from)
		length = text.length - from;
	return (struct text){.at = text.at + from, .length = length};
}

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
	"the first byte of a word is its lowest");

/* The bytes of a text of at most eight as one number, the first lowest, zero
 * behind the last. Codes are compared and found so in a step each. */
static inline uint64_t text_word(struct text text)
{
	uint32_t low, high;
	if (text.length >= 4) {
		memcpy(&low, text.at, 4);
		memcpy(&high, text.at + text.length - 4, 4);
		return low | (uint64_t)high << 8 * (text.length - 4);
	}
	if (text.length == 0)
		return 0;
	size_t middle = text.length / 2, last = text.length - 1;
	return (uint64_t)(unsigned char)text.at[0]
		| (uint64_t)(unsigned char)text.at[middle] << 8 * middle
		| (uint64_t)(unsigned char)text.at[last] << 8 * last;
}

/* Does a zero byte stand in it? */
static inline bool text_has_zero(struct text text)
{
	if (text.length > 8)
		return memchr(text.at, 0, text.length) != NULL;
	if (text.length == 0)
		return false;
	uint64_t word = text_word(text);
	if (text.length < 8)
		word |= ~(uint64_t)0 << 8 * text.length;
	return ((word - 0x0101010101010101u) & ~word & 0x8080808080808080u) != 0;
}

/* Splits at the first `mark`: returns what is before it and leaves *rest after
 * it; without a mark the whole, and *rest empty. */
struct text text_split(struct text text, char mark, struct text *rest);

/* Whole decimal numbers with nothing around them. False: not such a number,
 * or out of range; the result is untouched. */
bool text_to_int64(struct text text, int64_t *out_number);

/* Same for "132", "132.0" and "-7.00": census files write integers so. */
bool text_to_whole(struct text text, int64_t *out_number);

uint64_t text_hash(struct text text); /* not for secrets */

/* Copies at most size-1 bytes and a zero byte. */
void text_copy(char *to, size_t size, struct text text);

#endif
