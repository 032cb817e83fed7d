/* SPDX-License-Identifier: MIT
 *
 * Encodings: each is recognised and turned into the same UTF-8; what is not
 * UTF-8 is refused as such; the check agrees with a slow decoder.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/encoding.h"

#define BYTES(literal) ((struct text){literal, sizeof(literal) - 1})

static void check_becomes(struct text given, const char *expected,
	enum encoding encoding)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct text text = {0};
	enum encoding found = ENCODING_UTF8;
	assert_true(encoding_to_utf8(given, arena, &text, &found, &fault));
	assert_true(text_is(text, expected));
	assert_string_equal(encoding_name(found), encoding_name(encoding));
	arena_close(arena);
}

static void check_refused(struct text given, const char *message)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct text text = TEXT("untouched");
	enum encoding found = ENCODING_UTF8;
	assert_false(encoding_to_utf8(given, arena, &text, &found, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_string_equal(fault.message, message);
	assert_true(text_is(text, "untouched"));
	arena_close(arena);
}

static void test_each_encoding(void **state)
{
	(void)state;
	check_becomes(TEXT("caf\xc3\xa9"), "caf\xc3\xa9", ENCODING_UTF8);
	check_becomes(TEXT(""), "", ENCODING_UTF8);
	check_becomes(TEXT("\xef\xbb\xbf"
			   "CHILD"),
		"CHILD", ENCODING_UTF8_MARK);
	check_becomes(BYTES("\xff\xfe"
			    "A\0\xe9\0\x3d\xd8\x00\xde"),
		"A\xc3\xa9\xf0\x9f\x98\x80", ENCODING_UTF16_LE);
	check_becomes(BYTES("\xfe\xff\0A\0\xe9\xd8\x3d\xde\x00"),
		"A\xc3\xa9\xf0\x9f\x98\x80", ENCODING_UTF16_BE);
	check_becomes(BYTES("C\0H\0I\0L\0D\0"), "CHILD", ENCODING_UTF16_LE);
	check_becomes(BYTES("\0C\0H\0I\0L\0D"), "CHILD", ENCODING_UTF16_BE);
	check_becomes(TEXT("caf\xe9 \x80\x96\x81"),
		"caf\xc3\xa9 \xe2\x82\xac\xe2\x80\x93\xc2\x81",
		ENCODING_WINDOWS_1252);
	check_becomes(TEXT("\xef\xbb\xbf"
			   "\xc3\xa9,\xe9"),
		"\xc3\xa9,\xc3\xa9", ENCODING_UTF8_MARK);
}

static void test_text_in_utf8_is_not_copied(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct text given = TEXT("\xef\xbb\xbf"
				 "CHILD,SEX");
	struct text text = {0};
	enum encoding found;
	assert_true(encoding_to_utf8(given, arena, &text, &found, &fault));
	assert_ptr_equal(text.at, given.at + 3);
	arena_close(arena);
}

static void test_broken_utf16(void **state)
{
	(void)state;
	check_refused(BYTES("\xff\xfe"
			    "A\0B"),
		"the file is UTF-16 but has an odd number of bytes");
	check_refused(BYTES("\xff\xfe"
			    "A\0\x3d\xd8"
			    "B\0"),
		"the file is UTF-16 but has half a character 2 bytes from its "
		"start");
	check_refused(BYTES("\xff\xfe\x00\xde"),
		"the file is UTF-16 but has half a character 0 bytes from its "
		"start");
	check_refused(BYTES("\xff\xfe\x3d\xd8"),
		"the file is UTF-16 but has half a character 0 bytes from its "
		"start");
}

/* RFC 3629 by arithmetic: decode, then ask whether the length was needed. */
static bool slow_is_utf8(const unsigned char *at, size_t length)
{
	for (size_t i = 0; i < length;) {
		unsigned char first = at[i];
		size_t size = first < 0x80 ? 1
			: first >> 5 == 6  ? 2
			: first >> 4 == 14 ? 3
			: first >> 3 == 30 ? 4
					   : 0;
		if (size == 0 || size > length - i)
			return false;
		uint32_t point = size == 1 ? first : first & (0x7fu >> size);
		for (size_t k = 1; k < size; k++) {
			if (at[i + k] >> 6 != 2)
				return false;
			point = point << 6 | (at[i + k] & 0x3f);
		}
		static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
		if (point < least[size] || point > 0x10ffff
			|| (point >= 0xd800 && point < 0xe000))
			return false;
		i += size;
	}
	return true;
}

static void test_check_agrees_with_arithmetic(void **state)
{
	(void)state;
	int agreed[2] = {0, 0};
	for (uint32_t first = 0; first < 256; first++)
		for (uint32_t rest = 0; rest < 65536; rest += 61) {
			unsigned char bytes[4] = {(unsigned char)first,
				(unsigned char)(rest >> 8), (unsigned char)rest,
				0x80};
			for (size_t length = 1; length <= 4; length++) {
				bool is_valid = slow_is_utf8(bytes, length);
				struct text text = {(const char *)bytes, length};
				assert_int_equal(encoding_is_utf8(text),
					is_valid);
				agreed[is_valid]++;
			}
		}
	assert_true(agreed[0] > 1000 && agreed[1] > 1000);
}

/* A wrong byte is found at any distance from the fast steps' edges. */
static void test_one_wrong_byte_anywhere(void **state)
{
	(void)state;
	char bytes[200];
	memset(bytes, 'a', sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		bytes[i] = '\x92';
		assert_false(
			encoding_is_utf8((struct text){bytes, sizeof bytes}));
		bytes[i] = 'a';
	}
	assert_true(encoding_is_utf8((struct text){bytes, sizeof bytes}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_encoding),
		cmocka_unit_test(test_text_in_utf8_is_not_copied),
		cmocka_unit_test(test_broken_utf16),
		cmocka_unit_test(test_check_agrees_with_arithmetic),
		cmocka_unit_test(test_one_wrong_byte_anywhere),
	};
	return cmocka_run_group_tests_name("encoding", tests, NULL, NULL);
}
