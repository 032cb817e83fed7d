/* SPDX-License-Identifier: MIT
 *
 * One code point at a time, what cannot be shown replaced.
 */
#include "render/clean.h"

#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Embeddings, overrides and isolates (Unicode 15, Bidi_Control) but for the
 * two single marks U+200E and U+200F, which turn nothing but themselves. */
static bool turns_direction(int32_t point)
{
	return (point >= 0x202A && point <= 0x202E)
		|| (point >= 0x2066 && point <= 0x2069);
}

static int32_t shown(int32_t point)
{
	if (point == '\t' || point == '\n' || point == '\r' || point == 0x2028
		|| point == 0x2029)
		return ' ';
	bool is_control = point < 0x20 || (point >= 0x7F && point < 0xA0);
	bool is_nothing = (point & 0xFFFE) == 0xFFFE
		|| (point >= 0xFDD0 && point <= 0xFDEF);
	return is_control || is_nothing || turns_direction(point) ? REPLACEMENT
								  : point;
}

bool clean_next(struct text *rest, int32_t *out_point)
{
	if (rest->length == 0)
		return false;
	utf8proc_int32_t point = -1;
	utf8proc_ssize_t took = utf8proc_iterate((const utf8proc_uint8_t *)rest->at,
		(utf8proc_ssize_t)rest->length, &point);
	if (took < 1) {
		took = 1;
		point = REPLACEMENT;
	}
	rest->at += took;
	rest->length -= (size_t)took;
	*out_point = shown(point);
	return true;
}

void clean_put(struct buffer *out, int32_t point)
{
	utf8proc_uint8_t bytes[4];
	utf8proc_ssize_t length = utf8proc_encode_char(point, bytes);
	buffer_add(out, (struct text){(const char *)bytes, (size_t)length});
}

void clean_string(struct buffer *out, const char *text)
{
	struct text rest = text_of(text);
	int32_t point;
	while (clean_next(&rest, &point))
		clean_put(out, point);
}

size_t clean_width(const char *text)
{
	struct text rest = text_of(text);
	size_t width = 0;
	int32_t point;
	while (clean_next(&rest, &point))
		width += (size_t)utf8proc_charwidth(point);
	return width;
}
