/* SPDX-License-Identifier: MIT
 *
 * The shipped terms are whole; a council's and a school's dates take their
 * place year by year; a row that says nothing is refused by name. Ways of
 * serving a paper say how many days they take.
 */
#include "codes/school_calendar.h"

#include <ftw.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "codes/codes.h"

static struct arena *arena;
static char folder[] = "/tmp/kith-terms-XXXXXX";

static int remove_one(const char *at, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(at);
}

static int open_all(void **state)
{
	(void)state;
	arena = arena_open();
	memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
	return mkdtemp(folder) == NULL
		|| mkdir(arena_format(arena, "%s/codes", folder), 0700) != 0;
}

static int close_all(void **state)
{
	(void)state;
	arena_close(arena);
	return nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

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

static struct codes *open_codes(const char *rows)
{
	struct fault fault = {0};
	struct codes *codes = NULL;
	if (rows != NULL)
		assert_true(file_write(arena_format(arena,
					       "%s/codes/school-terms.csv",
					       folder),
			text_of(arena_format(arena,
				"code,label,valid_from,valid_to,source,kind,"
				"first,last\n%s",
				rows)),
			&fault));
	if (!codes_open(arena, rows == NULL ? NULL : folder, &codes, &fault))
		fail_msg("%s", fault.message);
	return codes;
}

static struct school_calendars *open_calendars(const char *rows)
{
	struct fault fault = {0};
	struct school_calendars *all = NULL;
	if (!school_calendar_open(arena, open_codes(rows), &all, &fault))
		fail_msg("%s", fault.message);
	return all;
}

/* 195 days: 190 to teach, which is 380 sessions (Education (School Day and
 * School Year) (England) Regulations 1999 reg 3), and five to train staff. */
static void test_shipped(void **state)
{
	(void)state;
	struct school_calendars *all = open_calendars(NULL);
	struct school_calendar any = school_calendar_on(all, 206, 0,
		on("2024-11-25"));
	assert_non_null(any.school);
	assert_int_equal(any.owner, SCHOOL_CALENDAR_DEFAULT);
	assert_true(text_has(any.source, TEXT("put your council's dates")));
	static const char *const years[][2] = {{"2022-09-01", "2023-07-21"},
		{"2023-09-04", "2024-07-24"}, {"2024-09-02", "2025-07-22"},
		{"2025-09-01", "2026-07-20"}, {"2026-09-01", "2027-07-21"}};
	for (size_t i = 0; i < COUNT_OF(years); i++) {
		int days = 0;
		assert_true(clock_is_school_day(any.school, on(years[i][0])));
		assert_true(clock_school_days_between(any.school,
			on(years[i][0]), on(years[i][1]), &days));
		assert_int_equal(days + 1, 195);
	}
	assert_false(clock_is_school_day(any.school, on("2024-10-30")));
	assert_false(clock_is_school_day(any.school, on("2025-05-05")));
	assert_date(clock_school_days(any.school, on("2024-10-18"), 10),
		"2024-11-08");
	/* Where it ends, there is no date, and nobody's terms. */
	assert_date(clock_school_days(any.school, on("2027-07-20"), 2), "");
	assert_int_equal(school_calendar_on(all, 206, 0, on("2027-08-01")).owner,
		SCHOOL_CALENDAR_NOBODY);
	assert_int_equal(school_calendar_on(all, 206, 0, on("1950-08-01")).owner,
		SCHOOL_CALENDAR_NOBODY);
	assert_int_equal(school_calendar_on(all, 206, 0, DATE_NONE).owner,
		SCHOOL_CALENDAR_NOBODY);
}

static const char overlaid[] =
	/* The council's 2025/26 differs; its other years stay the default. */
	"206 2025-26 a,Autumn,,,council,term,2025-09-03,2025-12-19\n"
	"206 2025-26 b,Spring,,,council,term,2026-01-06,2026-03-27\n"
	"206 2025-26 c,Summer,,,council,term,2026-04-13,2026-07-22\n"
	"206 2025-26 d,Half term,,,council,closed,2025-10-20,2025-10-31\n"
	/* This school gives a training day, and an autumn of its own later. */
	"206/100456 2025-26 INSET,INSET,,,school,closed,2025-09-03,\n"
	"206/100456 2026-27 a,Autumn,,,school,term,2026-09-07,2026-12-11\n"
	"313/200456 x,Autumn,,,other,term,2025-09-08,2025-12-12\n";

static void test_overlaid(void **state)
{
	(void)state;
	struct school_calendars *all = open_calendars(overlaid);
	static const struct {
		int la;
		int64_t urn;
		const char *day;
		enum school_calendar_owner owner;
		bool is_open;
	} cases[] = {
		{206, 0, "2025-09-02", SCHOOL_CALENDAR_COUNCIL, false},
		{206, 0, "2025-09-03", SCHOOL_CALENDAR_COUNCIL, true},
		{206, 0, "2025-10-20", SCHOOL_CALENDAR_COUNCIL, false},
		{206, 0, "2026-02-17", SCHOOL_CALENDAR_COUNCIL, true},
		{206, 0, "2024-09-02", SCHOOL_CALENDAR_DEFAULT, true},
		{206, 0, "2026-09-01", SCHOOL_CALENDAR_DEFAULT, true},
		{206, 999999, "2025-09-02", SCHOOL_CALENDAR_COUNCIL, false},
		{206, 100456, "2025-09-03", SCHOOL_CALENDAR_COUNCIL, false},
		{206, 100456, "2025-09-04", SCHOOL_CALENDAR_COUNCIL, true},
		{206, 100456, "2025-10-20", SCHOOL_CALENDAR_COUNCIL, false},
		{206, 100456, "2026-09-01", SCHOOL_CALENDAR_SCHOOL, false},
		{206, 100456, "2026-10-27", SCHOOL_CALENDAR_SCHOOL, true},
		{206, 100456, "2024-09-02", SCHOOL_CALENDAR_DEFAULT, true},
		{313, 0, "2025-09-02", SCHOOL_CALENDAR_DEFAULT, true},
		{313, 100456, "2025-09-02", SCHOOL_CALENDAR_DEFAULT, true},
		{313, 200456, "2025-09-02", SCHOOL_CALENDAR_SCHOOL, false},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct date day = on(cases[i].day);
		struct school_calendar found = school_calendar_on(all,
			cases[i].la, cases[i].urn, day);
		if (found.owner != cases[i].owner
			|| clock_is_school_day(found.school, day)
				!= cases[i].is_open)
			fail_msg("row %zu: owner %d, open %d", i, found.owner,
				clock_is_school_day(found.school, day));
	}
	assert_true(
		text_is(school_calendar_on(all, 206, 0, on("2025-09-02")).source,
			"council"));
	/* The autumn is all that was entered of that year. */
	struct school_calendar school = school_calendar_on(all, 206, 100456,
		on("2026-12-01"));
	assert_true(text_is(school.source, "school"));
	assert_date(clock_school_days(school.school, on("2026-12-10"), 2), "");
}

static void test_refused(void **state)
{
	(void)state;
	static const struct {
		const char *row, *says;
	} cases[] = {
		{"autumn,a,,,s,term,2024-09-02,2024-12-20",
			"code \"autumn\": does not begin with a council"},
		{"20 a,a,,,s,term,2024-09-02,2024-12-20", "does not begin with"},
		{"206/ a,a,,,s,term,2024-09-02,2024-12-20", "does not begin with"},
		{"206/12345 a,a,,,s,term,2024-09-02,2024-12-20",
			"does not begin with"},
		{"206 a,a,,,s,holiday,2024-09-02,2024-12-20",
			"kind is not term or closed"},
		{"206 a,a,,,s,term,2/9/2024,2024-12-20", "first is not a date"},
		{"206 a,a,,,s,term,2024-09-02,", "last is not a date"},
		{"206 a,a,,,s,closed,2024-09-02,2024-09-31", "last is not a date"},
		{"206 a,a,,,s,term,2024-09-02,2024-09-01", "last is before first"},
		{"206 a,a,,,s,term,2024-09-02,2025-12-20",
			"is longer than 200 days"},
		{"206 a,a,,,s,term,1924-09-02,1924-12-20", "is not in the years"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault fault = {0};
		struct school_calendars *all = NULL;
		assert_false(school_calendar_open(arena,
			open_codes(arena_format(arena, "%s\n", cases[i].row)),
			&all, &fault));
		assert_null(all);
		assert_int_equal(fault.kind, FAULT_INPUT);
		if (strstr(fault.message, cases[i].says) == NULL)
			fail_msg("wanted \"%s\", got \"%s\"", cases[i].says,
				fault.message);
	}
}

static void test_service_methods(void **state)
{
	(void)state;
	struct codes *codes = open_codes(NULL);
	struct clock_holidays holidays = codes_bank_holidays(codes);
	static const struct {
		const char *method, *served, *received;
	} cases[] = {
		{"HAND", "2024-12-24", "2024-12-24"},
		{"LEFT", "2024-12-24", "2024-12-24"},
		{"EMAIL", "2024-12-28", "2024-12-28"},
		{"POST_FIRST", "2024-12-24", "2024-12-30"},
		{"POST_SECOND", "2024-12-24", "2025-01-02"},
	};
	assert_int_equal(codes_list(codes, "service-methods")->count,
		COUNT_OF(cases));
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		int64_t days = -1;
		assert_true(
			text_to_int64(codes_column(codes_find(codes,
							   "service-methods",
							   text_of(cases[i].method),
							   DATE_NONE),
					      "working_days"),
				&days));
		assert_date(clock_deemed(&holidays, on(cases[i].served),
				    (int)days),
			cases[i].received);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shipped),
		cmocka_unit_test(test_overlaid),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_service_methods),
	};
	return cmocka_run_group_tests(tests, open_all, close_all);
}
