/* SPDX-License-Identifier: MIT
 *
 * School days against an invented school's year worked out by hand, and the
 * tables of a calendar against asking day by day.
 */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

struct row {
	const char *first, *last;
};

/* 2024/25 of an invented school; 2025/26 was never entered. */
static const struct row terms[] = {{"2024-09-02", "2024-12-20"},
	{"2025-01-06", "2025-04-04"}, {"2025-04-22", "2025-07-23"},
	{"2026-09-03", "2026-12-18"}};
static const struct row closed[] = {{"2024-09-02", "2024-09-03"},
	{"2024-10-28", "2024-11-01"}, {"2025-02-17", "2025-02-21"},
	{"2025-05-26", "2025-05-30"}, {"2024-12-21", "2024-12-22"},
	{"2024-10-30", "2024-11-03"}, {"2024-08-01", "2024-09-01"},
	{"2026-10-26", "2026-10-30"}};
static const char *const holidays[] = {"2024-08-26", "2024-12-25", "2024-12-26",
	"2025-01-01", "2025-04-18", "2025-04-21", "2025-05-05", "2025-05-26"};

static struct arena *arena;
static struct clock_school_plan plan;
static const struct clock_school *school;

static struct date on(const char *iso)
{
	struct date date = DATE_NONE;
	assert_true(iso == NULL || date_read_iso(text_of(iso), &date));
	return date;
}

static const char *written(struct date date)
{
	char *text = arena_new(arena, DATE_TEXT);
	date_write(date, text);
	return text;
}

static void assert_date(struct date got, const char *wanted)
{
	assert_string_equal(written(got), wanted == NULL ? "" : wanted);
}

static struct clock_span *read_spans(const struct row *rows, size_t count)
{
	struct clock_span *spans = arena_array(arena, count, sizeof *spans);
	for (size_t i = 0; i < count; i++)
		spans[i] = (struct clock_span){on(rows[i].first),
			on(rows[i].last)};
	return spans;
}

static int make_school(void **state)
{
	(void)state;
	arena = arena_open();
	struct date *days = arena_array(arena, COUNT_OF(holidays), sizeof *days);
	for (size_t i = 0; i < COUNT_OF(holidays); i++)
		days[i] = on(holidays[i]);
	plan = (struct clock_school_plan){
		.terms = read_spans(terms, COUNT_OF(terms)),
		.term_count = COUNT_OF(terms),
		.closed = read_spans(closed, COUNT_OF(closed)),
		.closed_count = COUNT_OF(closed),
		.holidays = {days, COUNT_OF(holidays)},
	};
	school = clock_school_make(arena, &plan);
	return school == NULL;
}

static int drop_school(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static void test_is_school_day(void **state)
{
	(void)state;
	static const char *const met[] = {"2024-09-04", "2024-10-25",
		"2024-11-04", "2024-12-20", "2025-01-06", "2025-04-22",
		"2025-07-23", "2026-09-03"};
	static const char *const not_met[] = {"2024-09-01", "2024-09-03",
		"2024-10-28", "2024-11-01", "2024-11-02", "2024-12-23",
		"2025-04-21", "2025-05-05", "2025-05-26", "2025-07-24",
		"2026-09-02", "2027-01-05", NULL};
	for (size_t i = 0; i < COUNT_OF(met); i++)
		assert_true(clock_is_school_day(school, on(met[i])));
	for (size_t i = 0; i < COUNT_OF(not_met); i++)
		assert_false(clock_is_school_day(school, on(not_met[i])));
}

static void test_days(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int days;
		const char *due;
	} cases[] = {
		{"2024-10-18", 10, "2024-11-08"}, /* over half term */
		{"2024-11-25", 15, "2024-12-16"},
		{"2024-11-25", 20, "2025-01-06"}, /* over Christmas */
		{"2024-12-20", 1, "2025-01-06"},
		{"2024-10-30", 1, "2024-11-04"}, /* from inside a holiday */
		{"2024-09-02", 2, "2024-09-05"}, /* two INSET days */
		{"2025-05-02", 1, "2025-05-06"}, /* bank holiday in term */
		{"2025-07-22", 1, "2025-07-23"},
		{"2025-07-22", 2, NULL}, /* next year was not entered */
		{"2025-08-10", 1, NULL},
		{"2024-09-01", 1, NULL}, /* before it begins */
		{"2026-12-18", 1, NULL},
		{"2026-12-17", 1, "2026-12-18"},
		{"2024-11-25", -1, NULL},
		{"2024-11-25", INT32_MAX, NULL},
		{"2024-11-30", 0, "2024-11-30"},
		{"2040-01-01", 0, "2040-01-01"},
		{"2040-01-01", 1, NULL},
		{NULL, 0, NULL},
		{NULL, 1, NULL},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_date(clock_school_days(school, on(cases[i].from),
				    cases[i].days),
			cases[i].due);
}

static void test_weeks(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int weeks;
		const char *due;
	} cases[] = {
		{"2024-10-16", 1, "2024-10-23"},
		{"2024-10-16", 2, "2024-11-06"}, /* half term passed over */
		{"2024-10-30", 1, "2024-11-06"}, /* from inside half term */
		{"2024-09-02", 12, "2024-12-02"},
		{"2024-11-25", 12, "2025-03-10"},
		{"2025-03-31", 1, "2025-04-21"}, /* it met on the 22nd */
		{"2024-10-20", 1, "2024-10-27"}, /* a Sunday ends its week */
		{"2025-07-16", 1, "2025-07-23"},
		{"2025-07-17", 1, "2025-07-24"},
		{"2025-07-17", 2, NULL},
		{"2025-07-25", 1, NULL},
		{"2024-09-01", 1, NULL},
		{"2026-12-18", 1, NULL},
		{"2024-11-25", -1, NULL},
		{"2024-11-25", INT32_MAX, NULL},
		{"2024-11-25", 0, "2024-11-25"},
		{NULL, 1, NULL},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_date(clock_school_weeks(school, on(cases[i].from),
				    cases[i].weeks),
			cases[i].due);
}

static void test_knows(void **state)
{
	(void)state;
	assert_true(
		clock_school_knows(school, on("2024-09-02"), on("2025-07-23")));
	assert_true(
		clock_school_knows(school, on("2024-12-25"), on("2025-01-01")));
	assert_false(
		clock_school_knows(school, on("2025-07-23"), on("2025-07-24")));
	assert_false(
		clock_school_knows(school, on("2025-07-23"), on("2026-09-03")));
	assert_false(clock_school_knows(school, DATE_NONE, on("2024-09-02")));
	int days = -7;
	assert_false(clock_school_days_between(school, on("2025-07-23"),
		on("2026-09-03"), &days));
	assert_int_equal(days, -7);
}

/* ---- Day by day ---- */

static bool is_in(struct date day, const struct clock_span *spans, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (spans[i].first.day <= day.day && day.day <= spans[i].last.day)
			return true;
	return false;
}

static bool slow_is_day(struct date day)
{
	return clock_is_working_day(&plan.holidays, day)
		&& is_in(day, plan.terms, plan.term_count)
		&& !is_in(day, plan.closed, plan.closed_count);
}

static void test_day_by_day(void **state)
{
	(void)state;
	struct date last = on("2025-07-23");
	for (struct date from = on("2024-09-02"); from.day <= last.day;
		from = date_add_days(from, 3)) {
		int met = 0, weeks = 0;
		bool has_met = false;
		for (struct date to = from; to.day <= last.day;
			to = date_add_days(to, 1)) {
			bool is_day = slow_is_day(to);
			int got = -1;
			assert_int_equal(is_day, clock_is_school_day(school, to));
			met += is_day && to.day > from.day;
			assert_true(clock_school_days_between(school, from, to,
				&got));
			assert_int_equal(got, met);
			assert_true(clock_school_days_between(school, to, from,
				&got));
			assert_int_equal(got, -met);
			if (is_day && to.day > from.day)
				assert_int_equal(clock_school_days(school, from,
							 met)
							 .day,
					to.day);
			if (date_weekday(to) == MONDAY && to.day > from.day)
				has_met = false;
			bool is_own = (to.day - 1) / 7 == (from.day - 1) / 7;
			if (!is_day || has_met || is_own)
				continue;
			has_met = true;
			struct date due = clock_school_weeks(school, from,
				++weeks);
			assert_int_equal(date_weekday(due), date_weekday(from));
			assert_int_equal((due.day - 1) / 7, (to.day - 1) / 7);
		}
		assert_true(weeks > 0 || from.day > last.day - 7);
	}
}

/* A whole holiday of the length that holidays may have, and one day more. */
static void test_longest_holiday(void **state)
{
	(void)state;
	struct date ends = on("2025-07-23");
	for (int more = 0; more < 2; more++) {
		struct clock_span two[] = {{on("2025-04-22"), ends},
			{date_add_days(ends, CLOCK_LONGEST_HOLIDAY + 1 + more),
				date_add_days(ends, 150)}};
		struct clock_school_plan other = {.terms = two, .term_count = 2};
		const struct clock_school *made = clock_school_make(arena,
			&other);
		assert_int_equal(clock_school_knows(made, ends, two[1].first),
			more == 0);
		assert_int_equal(date_is_none(clock_school_days(made, ends, 1)),
			more == 1);
	}
}

static void test_nothing(void **state)
{
	(void)state;
	struct clock_span backwards = {on("2025-07-23"), on("2025-04-22")};
	struct clock_span open = {.first = on("2025-07-23")};
	struct clock_school_plan other = {.terms = &backwards, .term_count = 1};
	assert_null(clock_school_make(arena, &other));
	other.terms = &open;
	assert_null(clock_school_make(arena, &other));
	assert_null(clock_school_make(arena, &(struct clock_school_plan){0}));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_is_school_day),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_weeks),
		cmocka_unit_test(test_knows),
		cmocka_unit_test(test_day_by_day),
		cmocka_unit_test(test_longest_holiday),
		cmocka_unit_test(test_nothing),
	};
	return cmocka_run_group_tests(tests, make_school, drop_school);
}
