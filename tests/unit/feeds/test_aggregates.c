/* SPDX-License-Identifier: MIT
 *
 * Figures kept by hand.
 */
#include "importing.h"

#define HEADING \
	"measure,period,numerator,denominator,value,note,source,entered_by\n"
#define HELD \
	"SELECT measure, covers_first, covers_last, numerator, denominator," \
	" value_tenths, note, source, entered_by FROM aggregate" \
	" ORDER BY measure, covers_first, covers_last"

static const char *write(struct harness *harness, const char *name,
	const char *rows)
{
	return importing_write(harness, name,
		text_of(arena_format(harness_arena(harness), HEADING "%s", rows)));
}

static void test_periods_and_numbers(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "aggregates",
		write(harness, "a.csv",
			"M1,2024-25Q1,12,34,35.3,a note,Team,An Analyst\n"
			"M2,2024-25,5,,,,Team,An Analyst\n"
			"M3,2023/24,,,-0.4,,Team,An Analyst\n"
			"M4,2023-24Q4,0,0,7,,Team,An Analyst\n"));
	assert_int_equal(outcome.batches[0].rows_in, 4);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"M1|2024-04-01|2024-06-30|12|34|353|a note|Team|An Analyst\n"
		"M2|2024-04-01|2025-03-31|5|-|-||Team|An Analyst\n"
		"M3|2023-09-01|2024-08-31|-|-|-4||Team|An Analyst\n"
		"M4|2024-01-01|2024-03-31|0|0|70||Team|An Analyst\n");
	assert_int_equal(outcome.batches[0].covers.first.day,
		date_from(2023, 9, 1).day);
	assert_int_equal(outcome.batches[0].covers.last.day,
		date_from(2025, 3, 31).day);
}

static void test_kept_aside(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "aggregates",
		write(harness, "wrong.csv",
			",2024-25,1,,,,Team,A\n"
			"M,,1,,,,Team,A\n"
			"M,2024-25,1,,,,,A\n"
			"M,2024-25,1,,,,Team,\n"
			"M,2024-26,1,,,,Team,A\n"
			"M,2024-25Q5,1,,,,Team,A\n"
			"M,2024-25,-1,,,,Team,A\n"
			"M,2024-25,1.5,,,,Team,A\n"
			"M,2024-25,1,x,,,Team,A\n"
			"M,2024-25,,,12.34,,Team,A\n"
			"M,2024-25,,,.5,,Team,A\n"
			"M,2024-25,,,-,,Team,A\n"
			"M,2024-25,,5,,,Team,A\n"
			"M,2024-25,3,,,,Team,A\n"
			"M,2024-25,4,,,,Team,A\n"));
	assert_int_equal(outcome.batches[0].rows_in, 15);
	assert_int_equal(outcome.batches[0].refused, 14);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT row_number, column_name, value, rule"
				    " FROM import_fault ORDER BY seq"),
		"2|measure||missing\n"
		"3|period||missing\n"
		"4|source||missing\n"
		"5|entered_by||missing\n"
		"6|period|2024-26|period\n"
		"7|period|2024-25Q5|period\n"
		"8|numerator|-1|number\n"
		"9|numerator|1.5|number\n"
		"10|denominator|x|number\n"
		"11|value|12.34|number\n"
		"12|value|.5|number\n"
		"13|value|-|number\n"
		"14|value||missing\n"
		"16|period|2024-25|duplicate\n");
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"M|2024-04-01|2025-03-31|3|-|-||Team|A\n");
}

static void test_replaced(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "aggregates",
		write(harness, "first.csv",
			"M,2024-25Q1,1,2,50,,Team,A\nM,2024-25Q2,3,4,,,Team,A\n"));
	importing_one(harness, "aggregates",
		write(harness, "second.csv", "M,2024-25Q1,5,,,mended,Other,B\n"));
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"M|2024-04-01|2024-06-30|5|-|-|mended|Other|B\n"
		"M|2024-07-01|2024-09-30|3|4|-||Team|A\n");
}

/* Columns in any order and case, and not all of them. */
static void test_columns(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "aggregates",
		importing_write(harness, "odd.csv",
			TEXT("Entered_By;SOURCE;Value;Period;Measure\n"
			     "A;Team;9.5;2024-25;M\n")));
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"M|2024-04-01|2025-03-31|-|-|95||Team|A\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_periods_and_numbers),
		HARNESS_EACH_ENGINE(test_kept_aside),
		HARNESS_EACH_ENGINE(test_replaced),
		HARNESS_SQLITE(test_columns),
	};
	return HARNESS_RUN(tests);
}
