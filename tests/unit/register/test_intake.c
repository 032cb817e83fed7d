/* SPDX-License-Identifier: MIT
 *
 * Cases from a CSV file: taken as if a person had taken each step, refused with
 * line, column and words.
 */
#include "home.h"
#include "register/intake.h"

#include <string.h>

static struct intake_result bring(struct registering *r, const char *csv)
{
	struct intake_request request = {.registers = r->registers,
		.one = register_find(r->registers, TEXT("ehe")),
		.store = r->keep.store,
		.la = HARNESS_LA,
		.csv = text_of(csv),
		.actor = "import",
		.today = r->today,
		.batch = 1,
		.ids = &r->ids};
	struct intake_result result;
	HARNESS_DONE(store_begin(r->keep.store, &r->fault), &r->fault);
	HARNESS_DONE(intake_run(&request, r->arena, &result, &r->fault),
		&r->fault);
	HARNESS_DONE(store_commit(r->keep.store, &r->fault), &r->fault);
	return result;
}

/* "4 born: is not that of the child\n" */
static const char *faults(struct registering *r,
	const struct intake_result *result)
{
	struct buffer out = {.maximum = 1 << 16};
	for (size_t i = 0; i < result->fault_count; i++)
		buffer_format(&out, "%lld %s: %s\n",
			(long long)result->faults[i].line,
			result->faults[i].column, result->faults[i].message);
	const char *text = arena_string(r->arena, buffer_text(&out));
	buffer_finish(&out);
	return text;
}

static void test_history(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct intake_result result = bring(&r,
		"case,step,on,child_id,born,sex,arrangement,notified_on,"
		"notified_by,lives_in_area,ehe_started_on,previous_setting,"
		"offered_on,declined_on,declined_reason,reason_in_parent_words,"
		"row\n"
		"a,,2024-09-02,C1,2014-05-06,F,EHE,2024-09-02,PARENT,,"
		"2024-09-02,,,,,\"She was ill, often\",\n"
		"a,triage,2024-09-03,,,,,,,yes,,,,,,,\n"
		"b,notify,2024-09-02,C2,2013-01-06,M,Home education,2/9/2024,"
		"PARENT,,,,,,,,\n"
		"a,register,2024-09-04,,,,,,,,2024-09-02,ACAD,,,,,\n"
		"a,offer-meeting,2024-10-01,,,,,,,,,,2024-10-01,,,,\n"
		"a,offer-meeting,2024-10-02,,,,,,,,,,2024-10-02,,,,\n"
		"a,decline-meeting,2024-10-05,,,,,,,,,,,2024-10-05,NO_REASON,"
		",1\n"
		"a,decline-meeting,2024-10-06,,,,,,,,,,,2024-10-06,NO_ANSWER,"
		",\n");
	assert_string_equal(faults(&r, &result), "");
	assert_int_equal(result.lines, 8);
	assert_int_equal(result.taken, 8);
	assert_int_equal(result.opened, 2);
	assert_string_equal(home_rows(&r,
				    "SELECT state, reason_in_parent_words FROM"
				    " reg_ehe ORDER BY entry"),
		"REGISTERED|She was ill, often\nNOTIFIED|-\n");
	assert_string_equal(home_rows(&r,
				    "SELECT offered_on, declined_reason FROM"
				    " reg_ehe_meetings ORDER BY place"),
		"2024-10-01|NO_REASON\n2024-10-02|NO_ANSWER\n");
	assert_string_equal(home_rows(&r,
				    "SELECT version, step, on_day, actor FROM"
				    " entry_version WHERE version > 5 ORDER BY"
				    " version"),
		"6|decline-meeting|2024-10-05|import\n"
		"7|decline-meeting|2024-10-06|import\n");
	assert_string_equal(home_rows(&r,
				    "SELECT value, born, sex FROM child JOIN"
				    " identifier ON identifier.child = id"
				    " ORDER BY value"),
		"C1|2014-05-06|F\nC2|2013-01-06|M\n");
}

static void test_refused(void **state)
{
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	struct intake_result result = bring(&r,
		"case,step,on,child_id,upn,born,arrangement,notified_on,"
		"notified_by\n"
		"a,notify,2024-09-02,C1,,2014-05-06,EHE,2024-09-02,NOBODY\n"
		"a,triage,2024-09-03,,,,,,\n"
		"b,notify,2024-09-02,,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"c,notify,2024-09-02,C3,,,EHE,2024-09-02,PARENT\n"
		"d,notify,2024-09-02,C4,,6 May,EHE,2024-09-02,PARENT\n"
		"e,triage,2024-09-02,C5,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"f,notify,2 Sept,C6,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"g,wash,2024-09-02,C7,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"h,notify,2024-09-02,C8,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"h,notify,2024-09-02,C8,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"i,notify,2024-09-02,C8,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"j,notify,2024-09-02,C8,,2014-05-07,EHE,2024-09-02,PARENT\n"
		"k,notify,2030-09-02,C9,,2014-05-06,EHE,2024-09-02,PARENT\n"
		"l,notify,2024-09-02,C0,,2014-05-06,EHE,2024-09-02,\"PARENT\n");
	assert_string_equal(faults(&r, &result),
		"2 notified_by: Who told the council must be one of the list\n"
		"3 case: an earlier line of this case was refused\n"
		"4 child_id: the line names no child: give child_id or upn\n"
		"5 born: the child is not known yet: give the date of birth\n"
		"6 born: must be a real date, as 2014-05-06\n"
		"7 step: the first line of a case must open it\n"
		"8 on: must be a real date, as 2024-09-02\n"
		"9 step: is no step of this register\n"
		"11 step: the case is open already\n"
		"12 child_id: the child has an open entry already\n"
		"13 born: is not that of the child\n"
		"14 on: The day of the event must be today or in the past\n"
		"15 : a quotation mark is opened and not closed\n");
	assert_int_equal(result.taken, 1);
	assert_int_equal(result.refused, 13);
}

/* A heading that cannot be used refuses the file. */
static void test_headings(void **state)
{
	static const char *const headings[][2] = {{"", "the file is empty"},
		{"case,step\n", "the file has no column \"on\""},
		{"on,colour\n",
			"the column \"colour\" is no field of the register"
			" \"ehe\""}};
	struct registering r;
	home_begin(&r, harness_of(state), "2025-06-02");
	for (size_t i = 0; i < COUNT_OF(headings); i++) {
		struct intake_result result;
		struct fault fault = {0};
		struct intake_request request = {.registers = r.registers,
			.one = register_find(r.registers, TEXT("ehe")),
			.store = r.keep.store,
			.la = HARNESS_LA,
			.csv = text_of(headings[i][0]),
			.actor = "import",
			.today = r.today,
			.ids = &r.ids};
		assert_false(intake_run(&request, r.arena, &result, &fault));
		assert_string_equal(fault.message, headings[i][1]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_history),
		HARNESS_EACH_ENGINE(test_refused), HARNESS_SQLITE(test_headings)};
	return HARNESS_RUN(tests);
}
