/* SPDX-License-Identifier: MIT
 *
 * Years, quarters and terms: known spans, and that every day of thirty years
 * lies in the period that is said to hold it.
 */
#include "base/period.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_period(struct period got, const char *first, const char *last)
{
	char written[DATE_TEXT];
	date_write(got.first, written);
	assert_string_equal(written, first);
	date_write(got.last, written);
	assert_string_equal(written, last);
}

static bool holds(struct period period, struct date day)
{
	return period.first.day <= day.day && day.day <= period.last.day;
}

static void test_known(void **state)
{
	(void)state;
	assert_period(period_financial_year(2024), "2024-04-01", "2025-03-31");
	assert_period(period_quarter(2024, 1), "2024-04-01", "2024-06-30");
	assert_period(period_quarter(2024, 3), "2024-10-01", "2024-12-31");
	assert_period(period_quarter(2023, 4), "2024-01-01", "2024-03-31");
	assert_period(period_academic_year(2023), "2023-09-01", "2024-08-31");
	assert_period(period_absence_year(2023), "2023-08-01", "2024-07-31");
}

static void test_every_day(void **state)
{
	(void)state;
	struct date last = date_from(2030, 12, 31);
	for (struct date day = date_from(2000, 1, 1); day.day <= last.day;
		day = date_add_days(day, 1)) {
		int year = period_financial_year_of(day);
		int quarter = period_quarter_of(day);
		assert_true(holds(period_financial_year(year), day));
		assert_true(holds(period_quarter(year, quarter), day));
		int absence = period_absence_year_of(day);
		assert_true(holds(period_absence_year(absence), day));
		int terms = 0;
		for (int term = 0; term < TERM_COUNT; term++)
			terms += holds(period_term(absence,
					       (enum period_term)term),
				day);
		assert_int_equal(terms, 1);
	}
}

static void test_step(void **state)
{
	(void)state;
	struct period quarter = period_quarter(2024, 1);
	assert_period(period_quarter_step(quarter, -1), "2024-01-01",
		"2024-03-31");
	assert_period(period_quarter_step(quarter, -4), "2023-04-01",
		"2023-06-30");
	assert_period(period_quarter_step(quarter, 3), "2025-01-01",
		"2025-03-31");
	assert_period(period_quarter_step(quarter, 0), "2024-04-01",
		"2024-06-30");
}

static void test_read(void **state)
{
	(void)state;
	struct period period;
	assert_true(period_read(TEXT("2024-25Q1"), &period));
	assert_period(period, "2024-04-01", "2024-06-30");
	assert_true(period_read(TEXT(" 2024-25q4 "), &period));
	assert_period(period, "2025-01-01", "2025-03-31");
	assert_true(period_read(TEXT("2024-25"), &period));
	assert_period(period, "2024-04-01", "2025-03-31");
	assert_true(period_read(TEXT("2024/25"), &period));
	assert_period(period, "2024-09-01", "2025-08-31");
	assert_true(period_read(TEXT("1999-00"), &period));
	assert_period(period, "1999-04-01", "2000-03-31");
	static const char *const refused[] = {"", "2024", "2024-26", "2024-24",
		"2024-25Q0", "2024-25Q5", "2024-25Q", "2024-25Q12", "24-25",
		"2024-2025", "2024/25Q1", "202a-25", "2024-2b"};
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct period kept = period;
		assert_false(period_read(text_of(refused[i]), &period));
		assert_memory_equal(&kept, &period, sizeof kept);
	}
}

static void test_write(void **state)
{
	(void)state;
	char written[PERIOD_TEXT];
	period_write_quarter(date_from(2024, 6, 30), written);
	assert_string_equal(written, "2024-25Q1");
	period_write_quarter(date_from(2024, 3, 31), written);
	assert_string_equal(written, "2023-24Q4");
	period_write_financial(date_from(2000, 3, 31), written);
	assert_string_equal(written, "1999-00");
	for (int year = 1998; year < 2030; year++)
		for (int quarter = 1; quarter <= 4; quarter++) {
			struct period wanted = period_quarter(year, quarter), got;
			period_write_quarter(wanted.last, written);
			assert_true(period_read(text_of(written), &got));
			assert_int_equal(got.first.day, wanted.first.day);
			assert_int_equal(got.last.day, wanted.last.day);
		}
}

/* The absence collection's terms: DfE, pupil absence methodology. */
static void test_terms(void **state)
{
	(void)state;
	assert_period(period_term(2023, TERM_AUTUMN), "2023-08-01", "2023-12-31");
	assert_period(period_term(2023, TERM_SPRING), "2024-01-01", "2024-03-31");
	assert_period(period_term(2023, TERM_SUMMER_FIRST), "2024-04-01",
		"2024-05-26");
	assert_period(period_term(2023, TERM_SUMMER_SECOND), "2024-05-27",
		"2024-07-31");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_step),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_write),
		cmocka_unit_test(test_terms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
