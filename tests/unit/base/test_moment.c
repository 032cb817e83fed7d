/* SPDX-License-Identifier: MIT
 *
 * Instants written and dated, on both sides of 1970.
 */
#include "base/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_written(int64_t moment, const char *wanted)
{
	char written[MOMENT_TEXT];
	moment_write(moment, written);
	assert_string_equal(written, wanted);
	char day[DATE_TEXT];
	date_write(moment_date(moment), day);
	assert_memory_equal(day, wanted, 10);
}

static void test_writing(void **state)
{
	(void)state;
	assert_written(0, "1970-01-01T00:00:00.000Z");
	assert_written(1719738900000, "2024-06-30T09:15:00.000Z");
	assert_written(1719791999999, "2024-06-30T23:59:59.999Z");
	assert_written(1719792000000, "2024-07-01T00:00:00.000Z");
	assert_written(-1, "1969-12-31T23:59:59.999Z");
	assert_written(-86400000, "1969-12-31T00:00:00.000Z");
	assert_written(-86400001, "1969-12-30T23:59:59.999Z");
}

static void test_now(void **state)
{
	(void)state;
	int64_t now = moment_now();
	assert_true(now > 1719738900000);
	assert_true(moment_now() >= now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_writing),
		cmocka_unit_test(test_now),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
