/* SPDX-License-Identifier: MIT
 *
 * Faults: the first wins whole, and the exit codes of the contract.
 */
#include "base/fault.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_first_wins(void **state)
{
	(void)state;
	struct fault fault = {0};
	assert_false(fault_is_set(&fault));
	assert_false(fault_set(&fault, FAULT_INPUT, "row %d", 3));
	assert_false(fault_set(&fault, FAULT_SYSTEM, "later"));
	assert_false(fault_detail(&fault, "of the later"));
	assert_true(fault_is_set(&fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_string_equal(fault.message, "row 3");
	assert_string_equal(fault.detail, "");
	fault_clear(&fault);
	assert_false(fault_is_set(&fault));
	fault_set(&fault, FAULT_BUSY, "busy");
	fault_detail(&fault, "one");
	fault_detail(&fault, "two");
	fault_hint(&fault, "wait");
	fault_hint(&fault, "run");
	assert_string_equal(fault.detail, "one");
	assert_string_equal(fault.hint, "wait");
}

static void test_long_messages_are_cut(void **state)
{
	(void)state;
	struct fault fault = {0};
	char long_word[1000];
	memset(long_word, 'x', sizeof long_word - 1);
	long_word[sizeof long_word - 1] = '\0';
	fault_set(&fault, FAULT_INPUT, "%s", long_word);
	assert_int_equal(strlen(fault.message), sizeof fault.message - 1);
}

static void test_exit_codes(void **state)
{
	(void)state;
	static const int codes[FAULT_KINDS] = {
		[FAULT_NONE] = 0,
		[FAULT_USAGE] = 2,
		[FAULT_INPUT] = 3,
		[FAULT_DENIED] = 4,
		[FAULT_MISSING] = 3,
		[FAULT_CONFLICT] = 5,
		[FAULT_BUSY] = 5,
		[FAULT_LIMIT] = 3,
		[FAULT_BROKEN] = 70,
		[FAULT_SYSTEM] = 70,
	};
	for (int kind = 0; kind < FAULT_KINDS; kind++)
		assert_int_equal(fault_exit_code((enum fault_kind)kind),
			codes[kind]);
	assert_int_equal(fault_exit_code(FAULT_KINDS), 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_first_wins),
		cmocka_unit_test(test_long_messages_are_cut),
		cmocka_unit_test(test_exit_codes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
