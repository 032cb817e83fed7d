/* SPDX-License-Identifier: MIT
 *
 * Values are equal by kind and content, and are written as JSON has them.
 */
#include "register/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Every one differs from every other. */
static size_t make_values(struct value out_values[16])
{
	const struct value values[] = {
		value_empty(),
		value_text(TEXT("EHE")),
		value_text(TEXT("EH")),
		value_text(TEXT("yes")),
		value_text(TEXT("1")),
		value_number(1),
		value_number(0),
		value_number(INT64_MIN),
		value_date((struct date){1}),
		value_date(date_from(2024, 9, 2)),
		value_flag(true),
		value_flag(false),
	};
	memcpy(out_values, values, sizeof values);
	return COUNT_OF(values);
}

static void test_equals(void **state)
{
	(void)state;
	struct value values[16], same[16];
	size_t count = make_values(values);
	make_values(same);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			assert_int_equal(value_equals(values[i], same[j]),
				i == j);
	char letters[] = "EHE";
	assert_true(value_equals(value_text((struct text){letters, 3}),
		value_text(TEXT("EHE"))));
}

/* Text without bytes and a date that is none are nothing given. */
static void test_nothing(void **state)
{
	(void)state;
	assert_int_equal(value_text(TEXT("")).kind, VALUE_EMPTY);
	assert_int_equal(value_text((struct text){NULL, 0}).kind, VALUE_EMPTY);
	assert_int_equal(value_date(DATE_NONE).kind, VALUE_EMPTY);
	assert_int_equal(value_number(0).kind, VALUE_NUMBER);
	assert_int_equal(value_flag(false).kind, VALUE_FLAG);
	assert_true(value_equals(value_text(TEXT("")), value_date(DATE_NONE)));
}

static void test_write(void **state)
{
	(void)state;
	struct value values[16];
	static const char *const written[] = {"", "EHE", "EH", "yes", "1", "1",
		"0", "-9223372036854775808", "0001-01-01", "2024-09-02", "yes",
		"no"};
	size_t count = make_values(values);
	assert_int_equal(count, COUNT_OF(written));
	for (size_t i = 0; i < count; i++) {
		char text[VALUE_WRITTEN];
		struct text got = value_write(values[i], text);
		assert_ptr_equal(got.at, text);
		assert_string_equal(text, written[i]);
		assert_int_equal(got.length, strlen(written[i]));
	}
}

static void test_write_long(void **state)
{
	(void)state;
	char letters[200], text[VALUE_WRITTEN];
	memset(letters, 'a', sizeof letters);
	struct text got =
		value_write(value_text((struct text){letters, sizeof letters}),
			text);
	assert_int_equal(got.length, VALUE_WRITTEN - 1);
	assert_int_equal(strlen(text), VALUE_WRITTEN - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_equals),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_write_long),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
