/* SPDX-License-Identifier: MIT
 *
 * Maps against a plain list, through several doublings.
 */
#include "base/map.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { KEYS = 5000 };

static void test_text_keys(void **state)
{
	(void)state;
	struct map *map = map_open();
	char key[32];
	for (int i = 0; i < KEYS; i++) {
		snprintf(key, sizeof key, "child-%d", i);
		assert_true(map_set(map, text_of(key), i));
	}
	assert_int_equal(map_count(map), KEYS);
	for (int i = 0; i < KEYS; i += 2) {
		snprintf(key, sizeof key, "child-%d", i);
		assert_false(map_set(map, text_of(key), -i));
	}
	assert_int_equal(map_count(map), KEYS);
	for (int i = 0; i < KEYS; i++) {
		int64_t value;
		snprintf(key, sizeof key, "child-%d", i);
		assert_true(map_get(map, text_of(key), &value));
		assert_int_equal(value, i % 2 == 0 ? -i : i);
	}
	int64_t value = 42;
	assert_false(map_get(map, TEXT("child-"), &value));
	assert_int_equal(value, 42);
	assert_true(map_set(map, (struct text){NULL, 0}, 9));
	assert_true(map_get(map, TEXT(""), &value));
	assert_int_equal(value, 9);
	map_close(map);
	map_close(NULL);
}

static void test_number_keys(void **state)
{
	(void)state;
	struct map *map = map_open();
	for (int64_t i = -KEYS; i < KEYS; i++)
		assert_true(map_set_number(map, i * 4194304, i));
	for (int64_t i = -KEYS; i < KEYS; i++) {
		int64_t value;
		assert_true(map_get_number(map, i * 4194304, &value));
		assert_int_equal(value, i);
	}
	int64_t value;
	assert_false(map_get_number(map, 1, &value));
	map_close(map);
}

static void test_intern(void **state)
{
	(void)state;
	struct map *map = map_open();
	assert_int_equal(map_intern(map, TEXT("a")), 0);
	assert_int_equal(map_intern(map, TEXT("b")), 1);
	assert_int_equal(map_intern(map, TEXT("a")), 0);
	assert_int_equal(map_intern(map, TEXT("c")), 2);
	assert_int_equal(map_count(map), 3);
	map_close(map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text_keys),
		cmocka_unit_test(test_number_keys),
		cmocka_unit_test(test_intern),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
