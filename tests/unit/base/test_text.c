/* SPDX-License-Identifier: MIT
 *
 * Text: comparing, cutting and reading numbers, with empty text everywhere.
 */
#include "base/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct text nothing = {NULL, 0};

static void test_compare(void **state)
{
	(void)state;
	assert_true(text_equals(TEXT("abc"), TEXT("abc")));
	assert_false(text_equals(TEXT("abc"), TEXT("abC")));
	assert_false(text_equals(TEXT("abc"), TEXT("ab")));
	assert_true(text_equals(nothing, TEXT("")));
	assert_true(text_equals_folded(TEXT("aBc"), TEXT("AbC")));
	assert_false(text_equals_folded(TEXT("["), TEXT("{")));
	assert_true(text_is(TEXT("abc"), "abc"));
	assert_true(text_is(nothing, NULL));
	assert_true(text_compare(TEXT("ab"), TEXT("abc")) < 0);
	assert_true(text_compare(TEXT("b"), TEXT("abc")) > 0);
	assert_int_equal(text_compare(TEXT("b"), TEXT("b")), 0);
	assert_true(text_compare(TEXT("z"), TEXT("\xc3\xa9")) < 0);
	assert_int_equal(text_compare(nothing, nothing), 0);
	assert_true(text_is_empty(nothing));
}

static void test_parts(void **state)
{
	(void)state;
	assert_true(text_starts(TEXT("kith"), TEXT("ki")));
	assert_false(text_starts(TEXT("kith"), TEXT("kithe")));
	assert_true(text_ends(TEXT("kith"), TEXT("th")));
	assert_false(text_ends(TEXT("kith"), TEXT("kt")));
	assert_false(text_ends(TEXT("h"), TEXT("th")));
	assert_true(text_has(TEXT("kith"), TEXT("it")));
	assert_true(text_has(nothing, nothing));
	assert_false(text_has(nothing, TEXT("i")));
	assert_true(text_is(text_cut(TEXT("kith"), 1, 2), "it"));
	assert_true(text_is(text_cut(TEXT("kith"), 2, 99), "th"));
	assert_true(text_is(text_cut(TEXT("kith"), 9, 1), ""));
	assert_true(text_is(text_trim(TEXT(" \t k h \r\n")), "k h"));
	assert_true(text_is(text_trim(TEXT("  ")), ""));
	assert_true(text_is(text_trim(nothing), ""));
}

static void test_split(void **state)
{
	(void)state;
	struct text rest;
	assert_true(text_is(text_split(TEXT("a,b,c"), ',', &rest), "a"));
	assert_true(text_is(rest, "b,c"));
	assert_true(text_is(text_split(rest, ',', &rest), "b"));
	assert_true(text_is(text_split(rest, ',', &rest), "c"));
	assert_true(text_is_empty(rest));
	assert_true(text_is(text_split(TEXT(",x"), ',', &rest), ""));
	assert_true(text_is(rest, "x"));
	assert_true(text_is(text_split(nothing, ',', &rest), ""));
}

static void test_numbers(void **state)
{
	(void)state;
	int64_t number = 0;
	assert_true(text_to_int64(TEXT("-9223372036854775808"), &number));
	assert_true(number == INT64_MIN);
	assert_true(text_to_int64(TEXT("9223372036854775807"), &number));
	assert_true(number == INT64_MAX);
	assert_true(text_to_int64(TEXT("007"), &number));
	assert_int_equal(number, 7);
	static const char *const refused[] = {"", "-", "+1", " 1", "1 ", "1.0",
		"1e3", "0x10", "9223372036854775808", "-9223372036854775809",
		"99999999999999999999"};
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		assert_false(text_to_int64(text_of(refused[i]), &number));
	assert_int_equal(number, 7);
	assert_true(text_to_whole(TEXT("132.0"), &number));
	assert_int_equal(number, 132);
	assert_true(text_to_whole(TEXT("-7.00"), &number));
	assert_int_equal(number, -7);
	assert_false(text_to_whole(TEXT("132.5"), &number));
	assert_false(text_to_whole(TEXT(".0"), &number));
	assert_false(text_to_whole(TEXT("1.0.0"), &number));
	assert_int_equal(number, -7);
}

static void test_hash_and_copy(void **state)
{
	(void)state;
	assert_true(text_hash(TEXT("abcdefgh")) == text_hash(TEXT("abcdefgh")));
	assert_true(text_hash(TEXT("abcdefgh")) != text_hash(TEXT("abcdefgi")));
	assert_true(text_hash(nothing) == text_hash(TEXT("")));
	char small[4] = "xyz";
	text_copy(small, sizeof small, TEXT("kith"));
	assert_string_equal(small, "kit");
	text_copy(small, sizeof small, nothing);
	assert_string_equal(small, "");
	text_copy(small, 0, TEXT("kith"));
	assert_string_equal(small, "");
}

/* Against bytes put together one by one. */
static void test_word(void **state)
{
	(void)state;
	static const char bytes[] = "\xff"
				    "a\0Zq\x80 9";
	for (size_t length = 0; length <= 8; length++) {
		uint64_t word = 0;
		bool has_zero = false;
		for (size_t i = 0; i < length; i++) {
			word |= (uint64_t)(unsigned char)bytes[i] << 8 * i;
			has_zero = has_zero || bytes[i] == '\0';
		}
		struct text text = {bytes, length};
		assert_true(text_word(text) == word);
		assert_int_equal(text_has_zero(text), has_zero);
	}
	for (size_t at = 0; at < 40; at++) {
		char many[40];
		memset(many, 'x', sizeof many);
		many[at] = '\0';
		for (size_t from = 0; from < sizeof many; from++)
			for (size_t length = 0; length <= sizeof many - from;
				length++)
				assert_int_equal(text_has_zero((struct text){many
								 + from,
							 length}),
					at >= from && at < from + length);
	}
	assert_false(text_has_zero(nothing));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_compare),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_split),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_hash_and_copy),
		cmocka_unit_test(test_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
