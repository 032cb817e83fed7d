/* SPDX-License-Identifier: MIT
 *
 * Text: a pointer and a length, UTF-8, owned by someone else.
 *
 * Nothing here allocates. Only ASCII is folded; names are folded in `people`.
 */
#ifndef KITH_BASE_TEXT_H
#define KITH_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	const char *at; /* may be NULL when length is 0 */
	size_t length;
};

#define TEXT(literal) \
	((struct text){.at = "" literal, .length = sizeof(literal) - 1})
#define TEXT_FORMAT "%.*s"
#define TEXT_ARGS(text) (int)(text).length, (text).at == NULL ? "" : (text).at
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

struct text text_of(const char *string); /* NULL gives empty text */
bool text_is_empty(struct text text);
bool text_equals(struct text a, struct text b);
bool text_equals_folded(struct text a, struct text b); /* ASCII case-blind */
bool text_is(struct text text, const char *string);
bool text_starts(struct text text, struct text start);
bool text_ends(struct text text, struct text end);
bool text_has(struct text text, struct text part);
int text_compare(struct text a, struct text b); /* by bytes */
struct text text_trim(struct text text);        /* white space at both ends */
struct text text_cut(struct text text, size_t from, size_t length);

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
