/* SPDX-License-Identifier: MIT
 *
 * zlib and brotli over whole bodies.
 */
#include "web/encode.h"

#define ZLIB_CONST /* input is read only, and may be const */
#include <brotli/encode.h>
#include <zlib.h>

/* "gzip;q=0.5" to its name; *out_is_off for q=0, however many noughts. */
static struct text read_coding(struct text item, bool *out_is_off)
{
	struct text weight;
	struct text name = text_trim(text_split(item, ';', &weight));
	weight = text_trim(weight);
	*out_is_off = false;
	if (!text_starts(weight, TEXT("q=")) && !text_starts(weight, TEXT("Q=")))
		return name;
	*out_is_off = true;
	for (size_t i = 2; i < weight.length; i++)
		if (weight.at[i] != '0' && weight.at[i] != '.')
			*out_is_off = false;
	return name;
}

bool encode_is_taken(struct text accept_encoding, const char *coding)
{
	bool is_any_taken = false;
	struct text rest = accept_encoding;
	while (rest.length > 0) {
		bool is_off;
		struct text name = read_coding(text_split(rest, ',', &rest),
			&is_off);
		if (text_equals_folded(name, text_of(coding)))
			return !is_off;
		if (text_is(name, "*"))
			is_any_taken = !is_off;
	}
	return is_any_taken;
}

/* The window need not be larger than what is looked through; zlib clears all
 * of it for each body. 9 is its least, and broken for raw deflate. */
static int window_of(size_t length)
{
	int bits = 10;
	while (bits < 15 && (size_t)1 << bits < length)
		bits++;
	return bits;
}

bool encode_gzip(struct text bytes, enum encode_effort effort,
	struct arena *arena, struct text *out_bytes)
{
	enum { GZIP = 16, MEMORY = 7, MOST = 1 << 30 };
	z_stream stream = {.next_in = (const Bytef *)bytes.at};
	if (bytes.length == 0 || bytes.length > MOST
		|| deflateInit2(&stream, effort == ENCODE_ONCE ? 1 : 9,
			   Z_DEFLATED, window_of(bytes.length) + GZIP, MEMORY,
			   Z_DEFAULT_STRATEGY)
			!= Z_OK)
		return false;
	/* One byte less than it was: more is no gain, and ends the work. */
	char *to = arena_new(arena, bytes.length);
	stream.avail_in = (uInt)bytes.length;
	stream.next_out = (Bytef *)to;
	stream.avail_out = (uInt)bytes.length - 1;
	bool is_done = deflate(&stream, Z_FINISH) == Z_STREAM_END;
	*out_bytes = (struct text){to, is_done ? stream.total_out : 0};
	deflateEnd(&stream);
	return is_done;
}

bool encode_brotli(struct text bytes, struct arena *arena, struct text *out_bytes)
{
	enum { QUALITY = 6 }; /* 9 and more take seconds for a script */
	if (bytes.length == 0)
		return false;
	size_t length = bytes.length - 1;
	char *to = arena_new(arena, bytes.length);
	if (BrotliEncoderCompress(QUALITY, BROTLI_DEFAULT_WINDOW,
		    BROTLI_MODE_TEXT, bytes.length, (const uint8_t *)bytes.at,
		    &length, (uint8_t *)to)
		!= BROTLI_TRUE)
		return false;
	*out_bytes = (struct text){to, length};
	return true;
}
