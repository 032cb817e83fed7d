/* SPDX-License-Identifier: MIT
 *
 * CSV for spreadsheets: nothing in it runs, everything comes back as it was.
 */
#include "render/csv_out.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_cells(void **state)
{
	static const struct {
		const char *cell, *written;
	} rows[] = {{"", ""}, {"plain", "plain"}, {"a,b", "\"a,b\""},
		{"say \"so\"", "\"say \"\"so\"\"\""},
		{"two\nlines", "\"two\nlines\""}, {"=1+1", "'=1+1"},
		{"+44", "'+44"}, {"-5", "'-5"}, {"@x", "'@x"},
		{"=a,b", "\"'=a,b\""}, {"\tx", "'\tx"}, {"5-4", "5-4"}};
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct buffer out = {.maximum = 256};
		csv_out_cell(&out, text_of(rows[i].cell));
		assert_string_equal(out.bytes == NULL ? "" : out.bytes,
			rows[i].written);
		buffer_finish(&out);
	}
}

static void test_row(void **state)
{
	const struct text cells[] = {TEXT("a"), TEXT(""), TEXT("c,d")};
	struct buffer out = {.maximum = 256};
	(void)state;
	csv_out_row(&out, cells, 3);
	assert_string_equal(out.bytes, "a,,\"c,d\"\r\n");
	buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cells),
		cmocka_unit_test(test_row)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
