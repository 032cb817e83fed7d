/* SPDX-License-Identifier: MIT
 *
 * Buffers: growing, formatting, and the failure that sticks at the ceiling.
 */
#include "base/buffer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_writes(void **state)
{
	(void)state;
	struct buffer buffer = {0};
	assert_true(text_is_empty(buffer_text(&buffer)));
	buffer_string(&buffer, "chil");
	buffer_char(&buffer, 'd');
	buffer_format(&buffer, " %d of %s", 3, "12");
	buffer_add(&buffer, (struct text){NULL, 0});
	assert_string_equal(buffer.bytes, "child 3 of 12");
	assert_true(text_is(buffer_text(&buffer), "child 3 of 12"));
	buffer_clear(&buffer);
	assert_string_equal(buffer.bytes, "");
	buffer_finish(&buffer);
	assert_null(buffer.bytes);
	buffer_finish(&buffer);
}

static void test_grows(void **state)
{
	(void)state;
	struct buffer buffer = {0};
	for (int i = 0; i < 10000; i++)
		buffer_format(&buffer, "%04d", i);
	assert_int_equal(buffer.length, 40000);
	assert_memory_equal(buffer.bytes + 4 * 9876, "9876", 4);
	assert_int_equal(buffer.bytes[buffer.length], 0);
	buffer_finish(&buffer);
}

static void test_ceiling(void **state)
{
	(void)state;
	struct buffer buffer = {.maximum = 8};
	buffer_string(&buffer, "12345678");
	assert_false(buffer.has_failed);
	buffer_char(&buffer, '9');
	assert_true(buffer.has_failed);
	assert_string_equal(buffer.bytes, "12345678");
	buffer_clear(&buffer);
	buffer_string(&buffer, "1234567");
	buffer_format(&buffer, "%d", 89);
	assert_true(buffer.has_failed);
	buffer_char(&buffer, '8'); /* there is room, but it has failed */
	assert_string_equal(buffer.bytes, "1234567");
	assert_null(buffer_room(&buffer, 1));
	buffer_clear(&buffer);
	assert_null(buffer_room(&buffer, SIZE_MAX));
	buffer_finish(&buffer);
	assert_int_equal(buffer.maximum, 8);
}

static void test_claim(void **state)
{
	(void)state;
	struct buffer buffer = {0};
	char *room = buffer_room(&buffer, 5);
	assert_non_null(room);
	memcpy(room, "abcde", 5);
	buffer_claim(&buffer, 3);
	assert_string_equal(buffer.bytes, "abc");
	buffer_finish(&buffer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writes),
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_ceiling),
		cmocka_unit_test(test_claim),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
