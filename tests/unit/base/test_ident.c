/* SPDX-License-Identifier: MIT
 *
 * Ids: positive, rising, different between sources.
 */
#include "base/ident.h"

#include "base/moment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_rising(void **state)
{
	(void)state;
	struct ident_source source = {0};
	int64_t last = 0;
	for (int i = 0; i < 10000; i++) {
		int64_t id = ident_next(&source);
		assert_true(id > last);
		last = id;
	}
}

/* The high 41 bits are milliseconds since 2020. */
static void test_carries_time(void **state)
{
	(void)state;
	int64_t before = moment_now();
	struct ident_source source = {0};
	int64_t made = (ident_next(&source) >> 22) + 1577836800000;
	assert_true(made >= before);
	assert_true(made <= moment_now());
}

static void test_sources_differ(void **state)
{
	(void)state;
	int same = 0;
	for (int i = 0; i < 20; i++) {
		struct ident_source a = {0}, b = {0};
		same += ident_next(&a) == ident_next(&b);
	}
	assert_true(same < 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rising),
		cmocka_unit_test(test_carries_time),
		cmocka_unit_test(test_sources_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
