/* SPDX-License-Identifier: MIT
 *
 * Conditions asked of one invented case (case.c): every operator and function,
 * and what each makes of nothing.
 */
#include "register/condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case.h"
#include "codes/school_calendar.h"

static struct arena *arena;
static struct condition_scope scope;
static struct condition_calendar calendar;
static struct condition_input input;

static int open_case(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct codes *codes = NULL;
	struct school_calendars *calendars = NULL;
	arena = arena_open();
	if (!codes_open(arena, NULL, &codes, &fault)
		|| !school_calendar_open(arena, codes, &calendars, &fault)) {
		print_error("%s\n", fault.message);
		return 1;
	}
	calendar.holidays = codes_bank_holidays(codes);
	calendar.school = school_calendar_on(calendars, 206, 0, DATE_NONE).school;
	scope = case_scope(arena, codes);
	input = case_input(arena, &calendar);
	return 0;
}

static int close_case(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static const struct condition *read_any(const char *text, enum value_kind *kind)
{
	struct condition_mistake mistake = {0};
	const struct condition *condition = condition_read_any(arena,
		text_of(text), &scope, kind, &mistake);
	if (condition == NULL)
		fail_msg("%s\nbyte %zu: %s (%s)", text, mistake.at,
			mistake.message, mistake.hint);
	return condition;
}

struct row {
	const char *text, *value;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		enum value_kind kind = VALUE_EMPTY;
		const struct condition *condition = read_any(rows[i].text, &kind);
		struct value value = condition_value(condition, &input);
		char written[VALUE_WRITTEN];
		value_write(value, written);
		if (strcmp(written, rows[i].value) != 0)
			fail_msg("%s\nwanted \"%s\", got \"%s\"", rows[i].text,
				rows[i].value, written);
		assert_true(value.kind == VALUE_EMPTY || value.kind == kind);
		assert_int_equal(condition_holds(condition, &input),
			strcmp(written, "yes") == 0);
	}
}
#define CHECK(rows) check_rows(rows, COUNT_OF(rows))

static void test_values(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"state", "REGISTERED"},
		{"town", "St Mary's"},
		{"'it''s'", "it's"},
		{"score", "7"},
		{"-5", "-5"},
		{"referred_on", "2024-11-25"},
		{"2024-09-02", "2024-09-02"},
		{"today", "2024-11-25"},
		{"yes", "yes"},
		{"no", "no"},
		{"child.cp_plan", "yes"},
		{"closed_on", ""},
		{"urgent_then", ""},
		{" ( ( score ) ) \n", "7"},
	};
	CHECK(rows);
}

static void test_comparing(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"state = REGISTERED", "yes"},
		{"state = OPEN", "no"},
		{"state != OPEN", "yes"},
		{"OPEN != state", "yes"},
		{"reason = 1A", "yes"},
		{"reason != 07", "yes"},
		{"'1A' = reason", "yes"},
		{"town = 'St Mary''s'", "yes"},
		{"town = 123", "no"},
		{"score = 7", "yes"},
		{"score < 7", "no"},
		{"score <= 7", "yes"},
		{"score > 6", "yes"},
		{"score >= 8", "no"},
		{"score != 7", "no"},
		{"referred_on = 2024-11-25", "yes"},
		{"referred_on < today", "no"},
		{"referred_on <= today", "yes"},
		{"referred_on > 2024-11-24", "yes"},
		{"referred_on >= 2024-11-26", "no"},
		{"urgent = yes", "yes"},
		{"urgent = consent", "no"},
		{"urgent != consent", "yes"},
		{"state in (OPEN, REGISTERED)", "yes"},
		{"state in (OPEN)", "no"},
		{"state not in (OPEN, CLOSED)", "yes"},
		{"score in (1, 2, 3 + 4)", "yes"},
		{"referred_on in (closed_on, today)", "yes"},
		{"reason in (07, 1A)", "yes"},
	};
	CHECK(rows);
}

/* Nothing given: no to every comparison, save those that deny. */
static void test_nothing(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"closed_on is empty", "yes"},
		{"closed_on is not empty", "no"},
		{"referred_on is empty", "no"},
		{"urgent_then is empty", "yes"},
		{"closed_on = today", "no"},
		{"closed_on != today", "yes"},
		{"closed_on < today", "no"},
		{"closed_on <= today", "no"},
		{"closed_on > today", "no"},
		{"closed_on >= today", "no"},
		{"today > closed_on", "no"},
		{"closed_on = closed_on", "no"},
		{"closed_on != closed_on", "yes"},
		{"score_then < 0", "no"},
		{"reason_then = 1A", "no"},
		{"reason_then != 1A", "yes"},
		{"reason_then in (1A, 07)", "no"},
		{"reason_then not in (1A, 07)", "yes"},
		{"urgent_then", ""},
		{"not urgent_then", "yes"},
		{"urgent_then and yes", "no"},
		{"urgent_then or yes", "yes"},
		{"urgent_then or no", "no"},
		{"urgent_then = no", "no"},
		{"score + score_then", ""},
		{"score_then - score", ""},
		{"(score + score_then) is empty", "yes"},
	};
	CHECK(rows);
}

static void test_binding(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"yes or no and no", "yes"},
		{"(yes or no) and no", "no"},
		{"no and no or yes", "yes"},
		{"not no and no", "no"},
		{"not (no and no)", "yes"},
		{"not not yes", "yes"},
		{"score = 7 and score = 8 or score = 7", "yes"},
		{"10 - 3 - 2", "5"},
		{"10 - (3 - 2)", "9"},
		{"10 + 3 - 2 + 1", "12"},
		{"-score + 10", "3"},
		{"--5", "5"},
		{"5 - -5", "10"},
		{"-(2 + 3)", "-5"},
		{"1 + 2 = 3", "yes"},
		{"score + 1 > score and not consent", "yes"},
		{"huge + 1", ""},
		{"-huge - 2", ""},
		{"huge - 1 < huge", "yes"},
	};
	CHECK(rows);
}

static void test_dates(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"days(referred_on, 2024-12-25)", "30"},
		{"days(2024-12-25, referred_on)", "-30"},
		{"days(referred_on, closed_on)", ""},
		{"days(closed_on, today)", ""},
		{"days(closed_on, today) > 365", "no"},
		{"months_between(2024-01-31, 2024-02-28)", "0"},
		{"months_between(2024-01-31, 2024-02-29)", "1"},
		{"months_between(2023-11-30, 2024-02-29)", "3"},
		{"months_between(2024-02-29, 2023-11-30)", "-3"},
		{"months_between(2024-05-20, 2025-05-19)", "11"},
		{"months_between(2024-05-20, 2025-05-20)", "12"},
		{"months_between(today, closed_on)", ""},
		{"working_days(2024-12-23, 2025-01-09)", "10"},
		{"working_days(2025-01-09, 2024-12-23)", "-10"},
		{"working_days(closed_on, today)", ""},
		{"school_days(2024-10-18, 2024-11-08)", "10"},
		{"school_days(2024-11-08, 2024-10-18)", "-10"},
		{"school_days(2024-10-18, 2031-11-08)", ""},
		{"school_days(closed_on, today)", ""},
		{"add_days(2024-11-25, 14)", "2024-12-09"},
		{"add_days(2024-11-25, -25)", "2024-10-31"},
		{"add_days(closed_on, 14)", ""},
		{"add_days(today, score_then)", ""},
		{"add_days(today, 99999999999)", ""},
		{"add_days(today, 9999999)", ""},
		{"add_days(today, huge)", ""},
		{"add_months(2024-11-30, 3)", "2025-02-28"},
		{"add_months(2024-08-31, setting.review_months)", "2025-02-28"},
		{"add_months(closed_on, 3)", ""},
		{"add_working_days(2025-04-17, 45)", "2025-06-25"},
		{"add_working_days(2026-04-02, 45)", "2026-06-10"},
		{"add_working_days(2025-01-09, -10)", "2024-12-23"},
		{"add_working_days(closed_on, 1)", ""},
		{"add_working_days(today, -huge)", ""},
		{"add_school_days(2024-11-25, 20)", "2025-01-06"},
		{"add_school_days(2024-11-25, -1)", ""},
		{"add_school_days(2031-11-25, 20)", ""},
		{"add_school_days(closed_on, 20)", ""},
		{"add_school_weeks(2024-09-02, 12)", "2024-12-02"},
		{"add_school_weeks(2027-07-19, 1)", ""},
		{"add_school_weeks(closed_on, 1)", ""},
		{"deemed(served_on, method)", "2024-11-26"},
		{"deemed(served_on, HAND)", "2024-11-22"},
		{"deemed(2024-12-24, POST_SECOND)", "2025-01-02"},
		{"deemed(closed_on, method)", ""},
		{"deemed(served_on, town)", ""},
		{"deemed(served_on, middle_name)", ""},
		{"deemed(served_on, if(urgent, HAND, POST_FIRST))", "2024-11-22"},
		{"age(date_of_birth, 2023-02-28)", "10"},
		{"age(date_of_birth, 2023-03-01)", "11"},
		{"age(date_of_birth, today)", "12"},
		{"age(today, date_of_birth)", ""},
		{"age(closed_on, today)", ""},
		{"year_group(2020-08-31, 2024-09-01)", "0"},
		{"year_group(2020-09-01, 2024-09-01)", ""},
		{"year_group(2020-09-01, 2025-08-31)", ""},
		{"year_group(2020-09-01, 2025-09-01)", "0"},
		{"year_group(date_of_birth, today)", "8"},
		{"year_group(2006-09-01, 2025-08-31)", "13"},
		{"year_group(2006-08-31, 2024-09-01)", ""},
		{"year_group(closed_on, today)", ""},
		{"earliest(referred_on, served_on)", "2024-11-22"},
		{"latest(referred_on, served_on)", "2024-11-25"},
		{"latest(closed_on, served_on, closed_on)", "2024-11-22"},
		{"earliest(closed_on)", ""},
	};
	CHECK(rows);
}

static void test_rows(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"count(meetings)", "3"},
		{"count(meetings, kind = KIT)", "2"},
		{"count(meetings, offered_on is not empty and held_on is empty)",
			"1"},
		{"count(meetings, minutes > 0)", "1"},
		{"count(meetings) = 0", "no"},
		{"any(meetings, held_on > 2024-10-05)", "yes"},
		{"any(meetings, held_on > today)", "no"},
		{"all(meetings, offered_on < today)", "yes"},
		{"all(meetings, held_on < today)", "no"},
		{"any(notices, type = S437_1 and response_on is empty)", "no"},
		{"any(notices, type = SAO and response_on is empty)", "yes"},
		{"first(meetings.held_on)", "2024-10-07"},
		{"last(meetings.held_on)", "2024-10-04"},
		{"last(meetings.held_on, kind = HOME)", "2024-10-07"},
		{"first(meetings.held_on, kind = KIT)", "2024-10-04"},
		{"first(meetings.kind, held_on is empty)", "KIT"},
		{"last(meetings.kind) = KIT", "yes"},
		{"first(meetings.held_on, kind = REVIEW)", ""},
		{"first(meetings.minutes) + 1", "31"},
		{"earliest(meetings.held_on)", "2024-10-04"},
		{"latest(meetings.held_on)", "2024-10-07"},
		{"latest(meetings.held_on, notices.served_on, closed_on)",
			"2024-10-14"},
		{"days(latest(meetings.held_on), today) > 45", "yes"},
		{"add_months(last(meetings.held_on), setting.review_months)",
			"2025-04-04"},
		{"has(reasons, 1A)", "yes"},
		{"has(reasons, BELIEF)", "yes"},
		{"has(reasons, HEALTH)", "no"},
		{"reasons is empty", "no"},
		{"count(meetings, has(topics, HEALTH))", "2"},
		{"has(last(meetings.topics), 07)", "yes"},
		{"has(first(meetings.topics, kind = KIT), HEALTH)", "yes"},
		{"has(reasons, reason)", "yes"},
		{"run_start(stays.from, stays.to)", "2024-11-25"},
		{"add_days(run_start(stays.from, stays.to), 42)", "2025-01-06"},
		{"run_start(meetings.held_on, meetings.held_on)", "2024-10-07"},
		/* A row's own served_on hides the entry's. */
		{"any(notices, served_on = 2024-11-22)", "no"},
		{"served_on = 2024-11-22", "yes"},
		/* The last meeting that was offered: its own row. */
		{"any(meetings, offered_on = latest(meetings.offered_on) and "
		 "held_on is empty)",
			"yes"},
		/* Meetings before any notice; rows in rows see those around. */
		{"count(meetings, all(notices, served_on > held_on))", "0"},
		{"count(meetings, any(notices, served_on > held_on))", "2"},
		{"any(stays, any(notices, any(meetings, held_on < from and "
		 "type = SAO)))",
			"yes"},
		/* Of two rows of one part the inner is meant. */
		{"count(meetings, any(meetings, kind = HOME))", "3"},
	};
	CHECK(rows);
}

static void test_if(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"percent(21, 24)", "875"},
		{"percent(1, 3)", "333"},
		{"percent(2, 3)", "667"},
		{"percent(1, 2000)", "1"}, /* half a tenth, rounded up */
		{"percent(0, 7)", "0"},
		{"percent(7, 0)", ""},
		{"percent(count(meetings), 0 - 1)", ""},
		{"if(urgent, 1, 2)", "1"},
		{"if(consent, 1, 2)", "2"},
		{"if(urgent_then, 1, 2)", "2"},
		{"if(urgent, today)", "2024-11-25"},
		{"if(consent, today)", ""},
		{"if(consent, today) is empty", "yes"},
		{"if(urgent, state, OPEN)", "REGISTERED"},
		{"state = if(consent, OPEN, REGISTERED)", "yes"},
		{"reason = if(urgent, 1A, 07)", "yes"},
		{"if(consent, 'a', 07)", "07"},
		{"if(if(urgent, no, yes), 1, if(urgent, 2, 3))", "2"},
	};
	CHECK(rows);
}

/* With no rows, no row, no calendar. */
static void test_bare_input(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"count(meetings)", "0"},
		{"any(meetings, kind = KIT)", "no"},
		{"all(meetings, kind = KIT)", "yes"},
		{"last(meetings.held_on)", ""},
		{"latest(meetings.held_on)", ""},
		{"run_start(stays.from, stays.to)", ""},
		{"working_days(served_on, today)", ""},
		{"add_working_days(today, 1)", ""},
		{"school_days(today, today)", ""},
		{"add_school_days(today, 1)", ""},
		{"add_school_weeks(today, 1)", ""},
		{"deemed(served_on, HAND)", ""},
		{"days(served_on, today)", "3"},
	};
	const struct condition_input whole = input;
	input.parts = NULL;
	input.calendar = NULL;
	CHECK(rows);
	input = whole;
	struct condition_calendar no_school = {.holidays = calendar.holidays};
	input.calendar = &no_school;
	static const struct row unknown[] = {
		{"working_days(served_on, today)", "1"},
		{"school_days(today, today)", ""},
		{"add_school_days(today, 1)", ""},
	};
	CHECK(unknown);
	input = whole;
}

/* The condition of a step on one notice: its names, then the entry's. */
static void test_row_part(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{"type = SAO and response_on is empty", "yes"},
		{"served_on", "2024-10-14"},
		{"state = REGISTERED", "yes"},
		{"count(meetings, held_on < served_on)", "2"},
		{"any(notices, served_on < 2024-10-01)", "yes"},
		{"any(stays, any(meetings, any(stays, from > held_on and type "
		 "= SAO)))",
			"yes"},
	};
	const struct condition_input whole = input;
	scope.row_part = CASE_NOTICES;
	input.row = input.parts[CASE_NOTICES - 1].rows[1];
	CHECK(rows);
	input.row = NULL;
	static const struct row none[] = {
		{"type is empty", "yes"},
		{"served_on is empty", "yes"},
		{"referred_on is empty", "no"},
	};
	CHECK(none);
	input = whole;
	scope.row_part = 0;
}

/* What a name holds that its scope did not promise counts as nothing. */
static void test_other_kind(void **state)
{
	(void)state;
	struct condition_scope lying = scope;
	struct condition_name *names = arena_array(arena, scope.count,
		sizeof *names);
	memcpy(names, scope.names, scope.count * sizeof *names);
	lying.names = names;
	for (size_t i = 0; i < scope.count; i++)
		names[i].slot = case_slot(&scope, "town");
	struct condition_mistake mistake;
	const struct condition *condition = condition_read(arena,
		TEXT("referred_on is empty and score is empty and town is not "
		     "empty and urgent is empty"),
		&lying, VALUE_FLAG, &mistake);
	assert_non_null(condition);
	assert_true(condition_holds(condition, &input));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_comparing),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_binding),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_if),
		cmocka_unit_test(test_bare_input),
		cmocka_unit_test(test_row_part),
		cmocka_unit_test(test_other_kind),
	};
	return cmocka_run_group_tests(tests, open_case, close_case);
}
