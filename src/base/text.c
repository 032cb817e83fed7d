/* SPDX-License-Identifier: MIT
 *
 * Text as pointer and length: compare, cut, read numbers.
 */
#include "base/text.h"

#include <string.h>

static unsigned char folded(char c)
{
	return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : (unsigned char)c;
}

bool text_equals_folded(struct text a, struct text b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (folded(a.at[i]) != folded(b.at[i]))
			return false;
	return true;
}

bool text_starts(struct text text, struct text start)
{
	return text.length >= start.length
		&& text_equals(text_cut(text, 0, start.length), start);
}

bool text_ends(struct text text, struct text end)
{
	return text.length >= end.length
		&& text_equals(text_cut(text, text.length - end.length,
				       end.length),
			end);
}

bool text_has(struct text text, struct text part)
{
	return part.length == 0
		|| (text.length > 0
			&& memmem(text.at, text.length, part.at, part.length)
				!= NULL);
}

int text_compare(struct text a, struct text b)
{
	size_t shared = a.length < b.length ? a.length : b.length;
	int order = shared == 0 ? 0 : memcmp(a.at, b.at, shared);
	if (order != 0)
		return order;
	return (a.length > b.length) - (a.length < b.length);
}

struct text text_split(struct text text, char mark, struct text *rest)
{
	const char *found = text.length == 0
		? NULL
		: memchr(text.at, mark, text.length);
	if (found == NULL) {
		*rest = (struct text){.at = NULL, .length = 0};
		return text;
	}
	size_t before = (size_t)(found - text.at);
	*rest = (struct text){found + 1, text.length - before - 1};
	return text_cut(text, 0, before);
}

bool text_to_int64(struct text text, int64_t *out_number)
{
	size_t i = 0;
	bool negative = text.length > 0 && text.at[0] == '-';
	if (negative)
		i++;
	if (i == text.length)
		return false;
	int64_t number = 0;
	for (; i < text.length; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		if (__builtin_mul_overflow(number, 10, &number)
			|| __builtin_sub_overflow(number, text.at[i] - '0',
				&number))
			return false;
	}
	if (!negative && __builtin_mul_overflow(number, -1, &number))
		return false;
	*out_number = number;
	return true;
}

bool text_to_whole(struct text text, int64_t *out_number)
{
	struct text zeros;
	struct text whole = text_split(text, '.', &zeros);
	for (size_t i = 0; i < zeros.length; i++)
		if (zeros.at[i] != '0')
			return false;
	return text_to_int64(whole, out_number);
}

uint64_t text_hash(struct text text)
{
	uint64_t hash = 0xcbf29ce484222325u ^ text.length;
	size_t i = 0;
	for (; i + 8 <= text.length; i += 8) {
		uint64_t word;
		memcpy(&word, text.at + i, 8);
		hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
		hash ^= hash >> 32;
	}
	for (; i < text.length; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
	hash ^= hash >> 29;
	hash *= 0xbf58476d1ce4e5b9u;
	return hash ^ (hash >> 32);
}

void text_copy(char *to, size_t size, struct text text)
{
	if (size == 0)
		return;
	size_t length = text.length < size - 1 ? text.length : size - 1;
	if (length > 0)
		memcpy(to, text.at, length);
	to[length] = '\0';
}
