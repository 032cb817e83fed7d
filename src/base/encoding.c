/* SPDX-License-Identifier: MIT
 *
 * Encodings: guess, check, convert.
 *
 * The order of the trials matters. English text in UTF-16 is also valid UTF-8
 * with a zero byte at each second place, so the zero bytes are looked for
 * before UTF-8 is tried; and nearly any bytes are Windows-1252, so it is last.
 */
#include "base/encoding.h"

#include <string.h>

enum {
	SAMPLE = 4096, /* bytes looked at for zero bytes */
	SURROGATE_HIGH = 0xd800,
	SURROGATE_LOW = 0xdc00,
	SURROGATE_END = 0xe000,
};

/* Windows-1252 from 0x80 to 0x9f (Unicode Consortium mapping cp1252.txt, 2.01;
 * the five places it leaves free stay the control characters of ISO-8859-1, as
 * the WHATWG Encoding Standard has it). */
static const uint16_t windows_1252[32] = {0x20ac, 0x0081, 0x201a, 0x0192, 0x201e,
	0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d,
	0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
	0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178};

uint32_t encoding_windows_1252(unsigned char byte)
{
	return byte >= 0x80 && byte < 0xa0 ? windows_1252[byte - 0x80] : byte;
}

const char *encoding_name(enum encoding encoding)
{
	static const char *const names[] = {
		[ENCODING_UTF8] = "UTF-8",
		[ENCODING_UTF8_MARK] = "UTF-8 with a byte order mark",
		[ENCODING_UTF16_LE] = "UTF-16, low byte first",
		[ENCODING_UTF16_BE] = "UTF-16, high byte first",
		[ENCODING_WINDOWS_1252] = "Windows-1252",
	};
	return names[encoding];
}

static bool is_tail(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Bytes of the character at the front, 1 to 4; zero if it is not UTF-8: cut
 * short, longer than need be, a surrogate or beyond U+10FFFF. */
static size_t utf8_length(const unsigned char *at, size_t length)
{
	unsigned char first = at[0];
	if (first < 0x80)
		return 1;
	if (first >= 0xc2 && first < 0xe0)
		return length >= 2 && is_tail(at[1]) ? 2 : 0;
	if (first >= 0xe0 && first < 0xf0) {
		unsigned char least = first == 0xe0 ? 0xa0 : 0x80;
		unsigned char most = first == 0xed ? 0x9f : 0xbf;
		return length >= 3 && at[1] >= least && at[1] <= most
				&& is_tail(at[2])
			? 3
			: 0;
	}
	if (first >= 0xf0 && first < 0xf5) {
		unsigned char least = first == 0xf0 ? 0x90 : 0x80;
		unsigned char most = first == 0xf4 ? 0x8f : 0xbf;
		return length >= 4 && at[1] >= least && at[1] <= most
				&& is_tail(at[2]) && is_tail(at[3])
			? 4
			: 0;
	}
	return 0;
}

/* Bytes at the front that are ASCII, at least in steps of 32. */
static size_t ascii_run(const unsigned char *at, size_t length)
{
	size_t run = 0;
	for (; run + 32 <= length; run += 32) {
		uint64_t words[4];
		memcpy(words, at + run, sizeof words);
		uint64_t high = words[0] | words[1] | words[2] | words[3];
		if ((high & 0x8080808080808080u) != 0)
			break;
	}
	return run;
}

bool encoding_is_utf8(struct text text)
{
	const unsigned char *at = (const unsigned char *)text.at;
	size_t left = text.length;
	while (left > 0) {
		size_t run = ascii_run(at, left);
		if (run == 0)
			run = utf8_length(at, left);
		if (run == 0)
			return false;
		at += run;
		left -= run;
	}
	return true;
}

static size_t utf8_size(uint32_t point)
{
	return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

static char *utf8_write(char *to, uint32_t point)
{
	size_t size = utf8_size(point);
	if (size == 1) {
		*to++ = (char)point;
		return to;
	}
	static const unsigned char heads[] = {0, 0, 0xc0, 0xe0, 0xf0};
	for (size_t i = size; i-- > 1; point >>= 6)
		to[i] = (char)(0x80 | (point & 0x3f));
	to[0] = (char)(heads[size] | point);
	return to + size;
}

/* Every byte by itself; but after a UTF-8 mark what is UTF-8 stays as it is
 * (someone pasted rows of one file under those of another). */
static struct text from_windows_1252(struct text bytes, struct arena *arena,
	bool keep_utf8)
{
	const unsigned char *at = (const unsigned char *)bytes.at;
	size_t size = 0;
	for (size_t i = 0; i < bytes.length; i++)
		size += utf8_size(encoding_windows_1252(at[i]));
	char *start = arena_new(arena, size + 1);
	char *to = start;
	for (size_t i = 0; i < bytes.length; i++) {
		size_t kept = keep_utf8 ? utf8_length(at + i, bytes.length - i)
					: 0;
		if (kept > 1) {
			memcpy(to, at + i, kept);
			to += kept;
			i += kept - 1;
			continue;
		}
		to = utf8_write(to, encoding_windows_1252(at[i]));
	}
	return (struct text){start, (size_t)(to - start)};
}

static uint32_t unit_at(struct text bytes, size_t i, enum encoding encoding)
{
	unsigned char first = (unsigned char)bytes.at[i];
	unsigned char second = (unsigned char)bytes.at[i + 1];
	return encoding == ENCODING_UTF16_LE ? (uint32_t)(first | second << 8)
					     : (uint32_t)(first << 8 | second);
}

/* The character at *i, which moves on; false at a surrogate without its pair. */
static bool utf16_take(struct text bytes, enum encoding encoding, size_t *i,
	uint32_t *out_point)
{
	uint32_t unit = unit_at(bytes, *i, encoding);
	*i += 2;
	if (unit < SURROGATE_HIGH || unit >= SURROGATE_END) {
		*out_point = unit;
		return true;
	}
	if (unit >= SURROGATE_LOW || *i == bytes.length)
		return false;
	uint32_t low = unit_at(bytes, *i, encoding);
	if (low < SURROGATE_LOW || low >= SURROGATE_END)
		return false;
	*i += 2;
	*out_point = 0x10000 + ((unit - SURROGATE_HIGH) << 10)
		+ (low - SURROGATE_LOW);
	return true;
}

static bool from_utf16(struct text bytes, enum encoding encoding,
	struct arena *arena, struct text *out_text, struct fault *fault)
{
	if (bytes.length % 2 != 0) {
		fault_set(fault, FAULT_INPUT,
			"the file is UTF-16 but has an odd number of bytes");
		return fault_hint(fault,
			"it was cut short; save it again, as UTF-8");
	}
	size_t size = 0;
	uint32_t point = 0;
	for (size_t i = 0; i < bytes.length;) {
		size_t at = i;
		if (!utf16_take(bytes, encoding, &i, &point)) {
			fault_set(fault, FAULT_INPUT,
				"the file is UTF-16 but has half a character "
				"%zu bytes from its start",
				at);
			return fault_hint(fault, "save it again, as UTF-8");
		}
		size += utf8_size(point);
	}
	char *start = arena_new(arena, size + 1);
	char *to = start;
	for (size_t i = 0; i < bytes.length;) {
		if (!utf16_take(bytes, encoding, &i, &point))
			break;
		to = utf8_write(to, point);
	}
	*out_text = (struct text){start, size};
	return true;
}

/* A file of letters and digits in UTF-16 has a zero byte in most pairs, and
 * always at the same side. */
static bool looks_utf16(struct text bytes, enum encoding *out_encoding)
{
	size_t pairs = (bytes.length < SAMPLE ? bytes.length : SAMPLE) / 2;
	size_t zeros[2] = {0, 0};
	for (size_t i = 0; i < 2 * pairs; i++)
		zeros[i % 2] += bytes.at[i] == '\0';
	bool is_big = zeros[0] > zeros[1];
	if (zeros[is_big ? 0 : 1] * 2 <= pairs || zeros[is_big ? 1 : 0] > 0)
		return false;
	*out_encoding = is_big ? ENCODING_UTF16_BE : ENCODING_UTF16_LE;
	return true;
}

static enum encoding recognise(struct text *bytes)
{
	static const struct {
		struct text mark;
		enum encoding encoding;
	} marks[] = {
		{{"\xef\xbb\xbf", 3}, ENCODING_UTF8_MARK},
		{{"\xff\xfe", 2}, ENCODING_UTF16_LE},
		{{"\xfe\xff", 2}, ENCODING_UTF16_BE},
	};
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (!text_starts(*bytes, marks[i].mark))
			continue;
		size_t skip = marks[i].mark.length;
		*bytes = text_cut(*bytes, skip, bytes->length);
		return marks[i].encoding;
	}
	enum encoding encoding;
	if (looks_utf16(*bytes, &encoding))
		return encoding;
	return encoding_is_utf8(*bytes) ? ENCODING_UTF8 : ENCODING_WINDOWS_1252;
}

bool encoding_to_utf8(struct text bytes, struct arena *arena,
	struct text *out_text, enum encoding *out_encoding, struct fault *fault)
{
	enum encoding encoding = recognise(&bytes);
	struct text text = bytes;
	switch (encoding) {
	case ENCODING_UTF8:
		break;
	case ENCODING_UTF8_MARK:
		if (!encoding_is_utf8(bytes))
			text = from_windows_1252(bytes, arena, true);
		break;
	case ENCODING_UTF16_LE:
	case ENCODING_UTF16_BE:
		if (!from_utf16(bytes, encoding, arena, &text, fault))
			return false;
		break;
	case ENCODING_WINDOWS_1252:
		text = from_windows_1252(bytes, arena, false);
		break;
	}
	*out_text = text;
	*out_encoding = encoding;
	return true;
}
