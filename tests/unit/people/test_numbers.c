/* SPDX-License-Identifier: MIT
 *
 * Who bears a number, compared with an obvious version: a list of all that was
 * ever added, read from its end. Numbers are invented.
 */
#include "people/numbers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { MANY = 6000, NUMBER = 96 };

struct added {
	unsigned scheme;
	char value[NUMBER];
	int32_t person;
};

static struct added list[MANY];

/* The bearers by the list are those the index gives, in the same order. */
static void same_bearers(const struct numbers *numbers, size_t count,
	unsigned scheme, const char *value)
{
	struct numbers_key key = numbers_key_of(numbers, scheme, text_of(value));
	uint32_t at = numbers_first(numbers, &key);
	for (size_t i = count; i-- > 0;) {
		if (list[i].scheme != scheme
			|| !text_is(text_of(list[i].value), value))
			continue;
		assert_true(at != 0);
		assert_int_equal(numbers_person(numbers, at), list[i].person);
		at = numbers_next(numbers, at);
	}
	assert_int_equal(at, 0);
}

/* Lengths from 0 to 95, and one number in eight borne by several. */
static void fill(struct numbers *numbers)
{
	for (int i = 0; i < MANY; i++) {
		struct added *one = &list[i];
		int number = i % 8 == 0 ? i % 64 : i;
		one->scheme = (unsigned)(i / 2 % 5);
		one->person = i;
		snprintf(one->value, NUMBER, "%0*d", 1 + number % 95, number);
		struct numbers_key key = numbers_key_of(numbers, one->scheme,
			text_of(one->value));
		numbers_add(numbers, &key, one->person);
	}
}

static void test_as_the_list(void **state)
{
	(void)state;
	struct numbers *numbers = numbers_open();
	fill(numbers);
	for (int i = 0; i < MANY; i += 7)
		for (unsigned scheme = 0; scheme < 6; scheme++)
			same_bearers(numbers, MANY, scheme, list[i].value);
	same_bearers(numbers, MANY, 0, "");
	same_bearers(numbers, MANY, 1, "never added");
	same_bearers(numbers, MANY, 1, "a number never added and very long");
	numbers_close(numbers);
	numbers_close(NULL);
}

/* What differs only in length, in the last byte, or in scheme. */
static void test_neighbours(void **state)
{
	(void)state;
	static const char *const values[] = {"", "1", "11", "1111111",
		"11111111", "111111111", "111111111111111", "1111111111111111",
		"11111111111111111", "1111111111111112", "111111111111112",
		"21111111"};
	struct numbers *numbers = numbers_open();
	for (int i = 0; i < (int)COUNT_OF(values); i++)
		for (unsigned scheme = 0; scheme < 2; scheme++) {
			struct numbers_key key = numbers_key_of(numbers, scheme,
				text_of(values[i]));
			assert_int_equal(numbers_first(numbers, &key), 0);
			numbers_add(numbers, &key, i * 2 + (int)scheme);
		}
	for (int i = 0; i < (int)COUNT_OF(values); i++)
		for (unsigned scheme = 0; scheme < 2; scheme++) {
			struct numbers_key key = numbers_key_of(numbers, scheme,
				text_of(values[i]));
			uint32_t at = numbers_first(numbers, &key);
			assert_int_equal(numbers_person(numbers, at),
				i * 2 + (int)scheme);
			assert_int_equal(numbers_next(numbers, at), 0);
		}
	numbers_close(numbers);
}

/* The promise of the header: so many bytes for a number that one person
 * bears, at any size. */
static void test_memory(void **state)
{
	(void)state;
	enum { START = 64 * 1024, NUMBERS = 200000 };
	struct numbers *numbers = numbers_open();
	for (int i = 0; i < NUMBERS; i++) {
		char value[16];
		snprintf(value, sizeof value, "T%012d", i);
		struct numbers_key key = numbers_key_of(numbers, 1,
			text_of(value));
		numbers_add(numbers, &key, i);
		assert_true(
			numbers_bytes(numbers) <= START + 42 * ((size_t)i + 1));
	}
	numbers_close(numbers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_as_the_list),
		cmocka_unit_test(test_neighbours),
		cmocka_unit_test(test_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
