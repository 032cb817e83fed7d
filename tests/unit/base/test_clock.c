/* SPDX-License-Identifier: MIT
 *
 * The law's ways of counting time, against dates worked out by hand on a
 * calendar, and the quick count of working days against the slow one.
 */
#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char *const england[] = {"2023-12-25", "2023-12-26", "2024-01-01",
	"2024-03-29", "2024-04-01", "2024-05-06", "2024-05-27", "2024-08-26",
	"2024-12-25", "2024-12-26", "2025-01-01", "2025-04-18", "2025-04-21",
	"2025-05-05", "2025-05-26", "2025-08-25", "2025-12-25", "2025-12-26",
	"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25",
	"2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01", "2027-03-26",
	"2027-03-29"};
static struct date holiday_days[COUNT_OF(england)];
static const struct clock_holidays holidays = {holiday_days, COUNT_OF(england)};

static struct date on(const char *iso)
{
	struct date date;
	assert_true(date_read_iso(text_of(iso), &date));
	return date;
}

static void assert_date(struct date got, const char *wanted)
{
	char written[DATE_TEXT];
	date_write(got, written);
	assert_string_equal(written, wanted);
}

static int read_holidays(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(england); i++)
		holiday_days[i] = on(england[i]);
	return 0;
}

/* Notices under the Education Act 1996 s437(1): 15 days beginning with service.
 */
static void test_beginning_with(void **state)
{
	(void)state;
	assert_date(clock_beginning_with(on("2024-09-02"), 15), "2024-09-16");
	assert_date(clock_beginning_with(on("2024-11-25"), 15), "2024-12-09");
	assert_date(clock_beginning_with(on("2024-11-25"), 1), "2024-11-25");
	/* A penalty notice: 21 and 28 days beginning with receipt. */
	assert_date(clock_beginning_with(on("2024-11-25"), 21), "2024-12-15");
	assert_date(clock_beginning_with(on("2024-11-25"), 28), "2024-12-22");
	/* Six weeks in shared accommodation end on 5 January; the night of the
	 * 6th is the first too many, however many hotels there were. */
	struct date last = clock_beginning_with(on("2024-11-25"), 42);
	assert_date(last, "2025-01-05");
	assert_date(clock_within(last, 1), "2025-01-06");
	assert_true(date_is_none(clock_beginning_with(DATE_NONE, 15)));
}

static void test_within(void **state)
{
	(void)state;
	assert_date(clock_within(on("2024-09-02"), 5), "2024-09-07");
	assert_date(clock_within(on("2024-12-30"), 5), "2025-01-04");
	assert_date(clock_within(on("2024-09-02"), 0), "2024-09-02");
}

/* Notice of a special guardianship application: Children Act 1989 s14A(7). */
static void test_months(void **state)
{
	(void)state;
	assert_date(clock_months(on("2024-01-10"), 3), "2024-04-10");
	assert_date(clock_months(on("2023-11-30"), 3), "2024-02-29");
	assert_date(clock_months(on("2024-11-30"), 3), "2025-02-28");
	assert_date(clock_months(on("2024-08-31"), 3), "2024-11-30");
}

static void test_working_day(void **state)
{
	(void)state;
	assert_true(clock_is_working_day(&holidays, on("2024-12-24")));
	assert_false(clock_is_working_day(&holidays, on("2024-12-25")));
	assert_false(clock_is_working_day(&holidays, on("2024-12-28")));
	assert_false(clock_is_working_day(&holidays, on("2024-12-29")));
	/* Councils close between Christmas and New Year; the law does not. */
	assert_true(clock_is_working_day(&holidays, on("2024-12-30")));
	assert_false(clock_is_working_day(&holidays, DATE_NONE));
	const struct clock_holidays none = {0};
	assert_true(clock_is_working_day(&none, on("2024-12-25")));
}

static void test_working_days(void **state)
{
	(void)state;
	static const struct {
		const char *from;
		int days;
		const char *due;
	} cases[] = {
		{"2024-11-25", 45, "2025-01-30"},
		{"2025-03-17", 45, "2025-05-22"},
		{"2025-04-17", 45, "2025-06-25"},
		{"2026-04-02", 45, "2026-06-10"},
		{"2025-04-17", 15, "2025-05-13"},
		{"2024-12-23", 10, "2025-01-09"},
		{"2026-12-24", 10, "2027-01-12"},
		{"2024-11-30", 0, "2024-11-30"},
		{"2024-11-30", 1, "2024-12-02"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct date due = clock_working_days(&holidays,
			on(cases[i].from), cases[i].days);
		assert_date(due, cases[i].due);
		assert_int_equal(clock_working_days_between(&holidays,
					 on(cases[i].from), due),
			cases[i].days);
	}
	assert_true(date_is_none(clock_working_days(&holidays, DATE_NONE, 3)));
}

/* Counting weeks at once agrees with stepping from day to day, both ways. */
static void test_working_days_step_by_step(void **state)
{
	(void)state;
	struct date last = on("2025-06-30");
	for (struct date from = on("2024-11-20"); from.day <= last.day;
		from = date_add_days(from, 1))
		for (int way = -1; way <= 1; way += 2) {
			struct date day = from;
			for (int n = 1; n <= 60; n++) {
				do
					day = date_add_days(day, way);
				while (!clock_is_working_day(&holidays, day));
				assert_int_equal(clock_working_days(&holidays,
							 from, way * n)
							 .day,
					day.day);
			}
		}
	assert_true(date_is_none(clock_working_days(&holidays, last, INT32_MAX)));
	assert_true(date_is_none(clock_working_days(&holidays, last, INT32_MIN)));
	assert_true(date_is_none(
		clock_working_days(&holidays, (struct date){1}, -1)));
	assert_int_equal(clock_working_days(&holidays, (struct date){2}, -1).day,
		1);
}

/* The quick count agrees with counting day by day, both ways round. */
static void test_working_days_between(void **state)
{
	(void)state;
	struct date last = on("2025-06-30");
	for (struct date from = on("2024-12-01"); from.day <= last.day;
		from = date_add_days(from, 1)) {
		int slow = 0;
		for (struct date to = from; to.day <= last.day;
			to = date_add_days(to, 1)) {
			if (to.day > from.day)
				slow += clock_is_working_day(&holidays, to);
			assert_int_equal(clock_working_days_between(&holidays,
						 from, to),
				slow);
			assert_int_equal(clock_working_days_between(&holidays,
						 to, from),
				-slow);
		}
	}
	assert_int_equal(clock_working_days_between(&holidays, DATE_NONE, last),
		0);
}

/* Access to agendas: Local Government Act 1972 s100B(3), five clear days. */
static void test_clear_days(void **state)
{
	(void)state;
	assert_date(clock_clear_days_before(&holidays, on("2024-11-25"), 5),
		"2024-11-15");
	assert_date(clock_clear_days_before(&holidays, on("2025-01-02"), 1),
		"2024-12-30");
	assert_date(clock_clear_days_before(&holidays, on("2024-11-27"), 0),
		"2024-11-26");
}

static void test_subject_access(void **state)
{
	(void)state;
	static const struct {
		const char *received, *due, *extended;
	} cases[] = {
		{"2024-09-03", "2024-10-03", "2024-12-03"},
		{"2024-11-25", "2024-12-27", "2025-02-25"},
		{"2025-01-31", "2025-02-28", "2025-04-30"},
		{"2025-03-18", "2025-04-22", "2025-06-18"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct date received = on(cases[i].received);
		assert_date(clock_subject_access(&holidays, received, 1),
			cases[i].due);
		assert_date(clock_subject_access(&holidays, received, 3),
			cases[i].extended);
	}
}

static void test_school_age(void **state)
{
	(void)state;
	assert_date(clock_school_age_starts(on("2020-08-31")), "2025-08-31");
	assert_date(clock_school_age_starts(on("2020-09-01")), "2025-12-31");
	assert_date(clock_school_age_starts(on("2020-01-01")), "2025-03-31");
	assert_date(clock_school_age_starts(on("2020-03-31")), "2025-03-31");
	assert_date(clock_school_age_starts(on("2020-02-29")), "2025-03-31");
	assert_date(clock_school_age_starts(on("2020-12-31")), "2025-12-31");
	/* School leaving date: the last Friday of June. */
	assert_date(clock_school_age_ends(on("2009-08-31")), "2025-06-27");
	assert_date(clock_school_age_ends(on("2009-09-01")), "2026-06-26");
	assert_date(clock_school_age_ends(on("2010-08-31")), "2026-06-26");
	assert_date(clock_school_age_ends(on("2011-01-15")), "2027-06-25");
	assert_true(date_is_none(clock_school_age_starts(DATE_NONE)));
	assert_true(date_is_none(clock_school_age_ends(DATE_NONE)));
}

/* Served by hand or by e-mail: the same day. First class: the second working
 * day after posting, whatever day that was. */
static void test_deemed(void **state)
{
	(void)state;
	assert_date(clock_deemed(&holidays, on("2024-11-23"), 0), "2024-11-23");
	assert_date(clock_deemed(&holidays, on("2024-11-25"), 2), "2024-11-27");
	assert_date(clock_deemed(&holidays, on("2024-11-22"), 2), "2024-11-26");
	assert_date(clock_deemed(&holidays, on("2024-11-23"), 2), "2024-11-26");
	assert_date(clock_deemed(&holidays, on("2024-12-24"), 2), "2024-12-30");
	assert_date(clock_deemed(&holidays, on("2025-04-17"), 2), "2025-04-23");
	assert_true(date_is_none(clock_deemed(&holidays, DATE_NONE, 2)));
	/* Then 15 days beginning with receipt. */
	assert_date(clock_beginning_with(clock_deemed(&holidays,
						 on("2024-08-29"), 2),
			    15),
		"2024-09-16");
}

static void test_run(void **state)
{
	(void)state;
	static const struct {
		const char *stays[4][2];
		const char *starts;
	} cases[] = {
		{{{"2024-11-25", "2024-12-16"}, {"2024-12-16", NULL}},
			"2024-11-25"},
		{{{"2024-11-25", "2024-12-16"}, {"2024-12-17", NULL}},
			"2024-12-17"},
		{{{"2024-12-16", NULL}, {"2024-11-25", "2024-12-16"}},
			"2024-11-25"},
		{{{"2024-11-25", "2024-12-01"}, {"2024-12-03", "2024-12-09"},
			 {"2024-12-09", "2024-12-12"}},
			"2024-12-03"},
		/* A long stay reaches over a short one inside it. */
		{{{"2024-11-01", "2024-12-20"}, {"2024-11-05", "2024-11-06"},
			 {"2024-12-18", "2024-12-30"}},
			"2024-11-01"},
		/* Never ended, so it reaches every later one. */
		{{{"2024-11-01", NULL}, {"2024-12-18", "2024-12-30"}},
			"2024-11-01"},
		{{{NULL, "2024-12-18"}, {"2024-12-18", "2024-12-30"}},
			"2024-12-18"},
		{{{"2024-12-18", "2024-12-30"}}, "2024-12-18"},
		{{{NULL, NULL}}, ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct clock_span stays[4] = {0};
		for (size_t j = 0; j < 4; j++)
			for (size_t k = 0; k < 2; k++)
				if (cases[i].stays[j][k] != NULL)
					*(k == 0 ? &stays[j].first
						 : &stays[j].last) =
						on(cases[i].stays[j][k]);
		assert_date(clock_run_start(stays, 4), cases[i].starts);
	}
	assert_true(date_is_none(clock_run_start(NULL, 0)));
	/* Two hotels, one run: the night of 6 January is the first too many. */
	assert_date(clock_within(on("2024-11-25"), 42), "2025-01-06");
}

/* Against marking every night of every stay. */
static void test_run_night_by_night(void **state)
{
	(void)state;
	enum { STAYS = 5, NIGHTS = 40 };
	uint64_t seed = 7;
	for (int round = 0; round < 5000; round++) {
		struct clock_span stays[STAYS];
		bool joins[NIGHTS + 1] = {false}; /* into the day after */
		int latest = 0;
		for (int i = 0; i < STAYS; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			int first = 1 + (int)(seed >> 33) % (NIGHTS - 8);
			int last = first + (int)(seed >> 50) % 8;
			stays[i] = (struct clock_span){{first}, {last}};
			latest = first > latest ? first : latest;
			for (int day = first; day < last; day++)
				joins[day] = true;
		}
		int start = latest;
		while (joins[start - 1])
			start--;
		assert_int_equal(clock_run_start(stays, STAYS).day, start);
	}
}

/* Home education census days: first Thursday of October, third of January and
 * of May. */
static void test_census_days(void **state)
{
	(void)state;
	static const char *const days[][3] = {
		{"2022-10-06", "2023-01-19", "2023-05-18"},
		{"2023-10-05", "2024-01-18", "2024-05-16"},
		{"2024-10-03", "2025-01-16", "2025-05-15"},
		{"2025-10-02", "2026-01-15", "2026-05-21"},
		{"2026-10-01", "2027-01-21", "2027-05-20"},
	};
	static const enum clock_census terms[] = {CLOCK_AUTUMN, CLOCK_SPRING,
		CLOCK_SUMMER};
	for (int year = 0; year < 5; year++)
		for (int term = 0; term < 3; term++)
			assert_date(clock_census_day(2022 + year, terms[term]),
				days[year][term]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_beginning_with),
		cmocka_unit_test(test_within),
		cmocka_unit_test(test_months),
		cmocka_unit_test(test_working_day),
		cmocka_unit_test(test_working_days),
		cmocka_unit_test(test_working_days_step_by_step),
		cmocka_unit_test(test_working_days_between),
		cmocka_unit_test(test_clear_days),
		cmocka_unit_test(test_subject_access),
		cmocka_unit_test(test_school_age),
		cmocka_unit_test(test_deemed),
		cmocka_unit_test(test_run),
		cmocka_unit_test(test_run_night_by_night),
		cmocka_unit_test(test_census_days),
	};
	return cmocka_run_group_tests(tests, read_holidays, NULL);
}
