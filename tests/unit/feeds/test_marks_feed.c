/* SPDX-License-Identifier: MIT
 *
 * Attendance marks from their files to years, terms and states, on either
 * engine. 2024-09-02 is a Monday; codes changed on 2024-08-19.
 */
#include "school.h"

#define WIDE "upn,dob,school,from,marks\n"
#define LONG "upn,dob,school,date,session,code\n"
#define ANN "H206201512345,2015-05-01"
#define BEN "A206402499017,2011-06-02"

static const char terms[] =
	"SELECT i.value, t.school, t.year, t.term, t.possible, t.authorised,"
	" t.unauthorised, t.unmapped FROM attendance_term AS t"
	" JOIN identifier AS i ON i.child = t.child AND i.scheme = 'upn'"
	" WHERE t.feed = 'marks' ORDER BY 1, 2, 3, 4";
static const char years[] =
	"SELECT i.value, m.school, m.year, LENGTH(m.marks), m.marks"
	" FROM mark_year AS m"
	" JOIN identifier AS i ON i.child = m.child AND i.scheme = 'upn'"
	" ORDER BY 1, 2, 3";
static const char reasons[] = "SELECT year, term, code, sessions FROM attendance_reason"
			      " WHERE feed = 'marks' ORDER BY 1, 2, 3";
static const char flaws[] = "SELECT rule, severity, COUNT(*) FROM import_fault"
			    " GROUP BY rule, severity ORDER BY rule, severity";

/* The mark at a day and session of a pupil's year. */
static void expect_mark(struct harness *harness, const char *day, int session,
	const char *mark)
{
	struct date date;
	assert_true(date_read_iso(text_of(day), &date));
	struct date first = period_absence_year(2024).first;
	const char *sql = arena_format(harness_arena(harness),
		"SELECT SUBSTR(marks, %d, 1) FROM mark_year WHERE year = 2024",
		(date.day - first.day) * 2 + session + 1);
	school_expect(harness, sql,
		arena_format(harness_arena(harness), "%s\n", mark));
}

static void test_wide(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "autumn.csv",
		WIDE ANN ",S1,2024-09-02,/\\/\\II/LMB----OGc#\n" BEN
			 ",S1,2024-09-02,/\\/\\\n" BEN ",S2,2024-09-04,D/\n");
	struct import_outcome outcome = school_import(harness, "marks",
		"autumn.csv");
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(outcome.batches[0].label, "autumn");
	assert_int_equal(outcome.batches[0].rows_in, 3);
	assert_int_equal(outcome.batches[0].children, 2);
	assert_int_equal(outcome.batches[0].warned, 0);
	school_expect(harness, terms,
		"A206402499017|S1|2024|0|4|0|0|0\n"
		"A206402499017|S2|2024|0|1|0|0|0\n"
		"H206201512345|S1|2024|0|13|4|2|0\n");
	school_expect(harness, reasons,
		"2024|0|#|1\n2024|0|C1|1\n2024|0|D|1\n2024|0|G|1\n"
		"2024|0|I|2\n2024|0|M|1\n2024|0|O|1\n");
	school_expect(harness,
		"SELECT COUNT(*) FROM mark_year WHERE LENGTH(marks) = 732",
		"3\n");
	school_expect(harness, "SELECT covers_first, covers_last FROM batch",
		"2024-09-02|2024-09-10\n");
}

/* The two forms of the same marks leave the same rows. */
static void test_long_is_wide(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "wide.csv", WIDE ANN ",S1,2024-09-02,/\\IcG1\n");
	school_put(harness, "long.csv",
		LONG ANN ",S1,02/09/2024,PM,\\\n" ANN ",S1,2024-09-02,am,/\n" ANN
			 ",S1,2024-09-03,0,i\n" ANN ",S1,2024-09-03,1,C1\n" ANN
			 ",S1,2024-09-04,AM,G\n" ANN ",S1,2024-09-04,PM, Y1\n");
	school_import(harness, "marks", "wide.csv");
	const char *one = harness_rows(harness, harness_store(harness), years);
	const char *two = harness_rows(harness, harness_store(harness), terms);
	const char *six = harness_rows(harness, harness_store(harness), reasons);
	struct fault fault = {0};
	HARNESS_DONE(store_script(harness_store(harness),
			     "DELETE FROM mark_year;"
			     "DELETE FROM attendance_term;"
			     "DELETE FROM attendance_reason",
			     &fault),
		&fault);
	school_import(harness, "marks", "long.csv");
	school_expect(harness, years, one);
	school_expect(harness, terms, two);
	school_expect(harness, reasons, six);
}

/* Within an import the mark that says more for the child counts; a later
 * import counts before an earlier one, and leaves what it does not speak of. */
static void test_two_marks(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "first.csv",
		LONG ANN ",S1,2024-09-02,AM,O\n" ANN ",S1,2024-09-02,AM,I\n" ANN
			 ",S1,2024-09-02,AM,B\n" ANN ",S1,2024-09-02,AM,/\n" ANN
			 ",S1,2024-09-02,AM,G\n" ANN ",S1,2024-09-02,PM,D\n" ANN
			 ",S1,2024-09-02,PM,N\n" ANN ",S1,2024-09-03,AM,N\n" ANN
			 ",S1,2024-09-03,PM,N\n" ANN ",S1,2024-09-03,PM,\n");
	school_import(harness, "marks", "first.csv");
	expect_mark(harness, "2024-09-02", 0, "/");
	expect_mark(harness, "2024-09-02", 1, "N");
	expect_mark(harness, "2024-09-03", 1, "N");
	school_expect(harness, reasons, "2024|0|N|3\n");
	school_put(harness, "second.csv",
		LONG ANN ",S1,2024-09-02,AM,O\n" ANN ",S1,2024-09-03,AM,I\n");
	school_import(harness, "marks", "second.csv");
	expect_mark(harness, "2024-09-02", 0, "O");
	expect_mark(harness, "2024-09-02", 1, "N");
	expect_mark(harness, "2024-09-03", 0, "I");
	school_expect(harness, reasons, "2024|0|I|1\n2024|0|N|2\n2024|0|O|1\n");
	school_expect(harness, terms, "H206201512345|S1|2024|0|4|1|3|0\n");
	school_expect(harness, "SELECT COUNT(*) FROM mark_year", "1\n");
}

static void test_what_is_wrong(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "long.csv",
		LONG ANN ",S1,2024-09-02,AM,J\n" /* until 18 August 2024 */
		ANN ",S1,2024-07-01,AM,C2\n"     /* from 19 August 2024 */
		ANN ",S1,2024-07-01,PM,C2\n" ANN ",S1,2024-09-02,PM,QQ\n" ANN
			 ",S1,2024-09-07,AM,/\n" /* a Saturday */
		ANN ",S1,2024-09-03,EVE,/\n" ANN ",S1,33/09/2024,AM,/\n" ANN
			 ",,2024-09-03,AM,/\n"
			 "UN4,2015-05-01,S1,2024-09-03,AM,/\n"
			 "H206201512345,,S1,2024-09-03,AM,/\n" ANN
			 ",S1,1924-09-03,AM,/\n" ANN
			 ",S1,2024-09-03,AM,/,extra\n");
	struct import_outcome outcome = school_import(harness, "marks",
		"long.csv");
	assert_int_equal(outcome.batches[0].rows_in, 12);
	assert_int_equal(outcome.batches[0].refused, 7);
	assert_int_equal(outcome.batches[0].children, 1);
	school_expect(harness, flaws,
		"code|warned|4\ndate|refused|2\nidentity|refused|2\n"
		"missing|refused|1\nrow|refused|1\nsession|refused|1\n"
		"weekend|warned|1\n");
	school_expect(harness, terms,
		"H206201512345|S1|2023|3|0|0|0|2\n"
		"H206201512345|S1|2024|0|1|0|0|2\n");
	school_expect(harness, reasons, "2023|3|C2|2\n2024|0|?|1\n2024|0|J|1\n");
	expect_mark(harness, "2024-09-02", 1, "?");
}

static void test_wrong_in_wide(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "wide.csv",
		WIDE ANN ",S1,2024-09-06,/\\/---H~\xc3\xa9\n" BEN
			 ",S1,,/\\\n" BEN ",S1,2024-09-02,\n");
	struct import_outcome outcome = school_import(harness, "marks",
		"wide.csv");
	assert_int_equal(outcome.batches[0].refused, 2);
	school_expect(harness, flaws,
		"code|warned|1\ndate|refused|1\nmissing|refused|1\n"
		"weekend|warned|1\n");
	school_expect(harness, terms, "H206201512345|S1|2024|0|3|0|0|4\n");
	school_expect(harness, reasons, "2024|0|?|2\n2024|0|H|1\n2024|0|~|1\n");
}

/* A string that runs over 1 August goes into two years. */
static void test_over_two_years(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "wide.csv", WIDE ANN ",S1,2024-07-31,II/\\\n");
	school_import(harness, "marks", "wide.csv");
	school_expect(harness, terms,
		"H206201512345|S1|2023|3|2|2|0|0\n"
		"H206201512345|S1|2024|0|2|0|0|0\n");
	expect_mark(harness, "2024-08-01", 0, "/");
}

static const char states[] =
	"SELECT s.phase, i.value, s.school, s.starts, s.ends, s.status"
	" FROM absence_state AS s"
	" JOIN identifier AS i ON i.child = s.child AND i.scheme = 'upn'"
	" ORDER BY 1, 2, 3, 4";

/* Ann misses 2 of 10 sessions; the census says the same in its own way. Easter
 * 2025 is 20 April: nothing has come for the term that ends then. */
static void test_same_as_census(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "wide.csv",
		WIDE ANN ",S1,2024-09-02,/\\/\\II/\\/\\\n");
	school_put(harness, "2025_spring/pupilonroll.csv",
		"pupilonrolltableid,NativeId,upn,dob,entrydate,"
		"termlysessionspossible\n1,S1,"
		"H206201512345,2015-May-01,"
		"2020-Sep-01,10.0\n");
	school_put(harness, "2025_spring/termlysessiondetailsonroll.csv",
		"pupilonrolltableid,termlysessiondetailsonrolltableid,sessions,"
		"attendancereason\n1,a,2.0,I\n");
	school_import(harness, "marks", "wide.csv");
	school_expect(harness, states,
		"primary|H206201512345|S1|2024-12-31|2025-04-20|1\n");
	const char *by_marks = harness_rows(harness, harness_store(harness),
		states);
	struct fault fault = {0};
	HARNESS_DONE(store_script(harness_store(harness),
			     "DELETE FROM attendance_term;"
			     "DELETE FROM absence_state",
			     &fault),
		&fault);
	school_import(harness, "census", "2025_spring");
	school_expect(harness, states, by_marks);
	school_expect(harness, "SELECT feed FROM attendance_term", "census\n");
}

/* The census counts before the marks, whichever came first. */
static void test_census_beats_marks(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "wide.csv", WIDE ANN ",S1,2024-09-02,IIII/\\\n");
	school_put(harness, "more.csv", WIDE BEN ",S1,2024-09-02,IIII/\\\n");
	school_put(harness, "2025_spring/pupilonroll.csv",
		"pupilonrolltableid,NativeId,upn,dob,entrydate,"
		"termlysessionspossible\n1,S1,H206201512345,2015-May-01,"
		"2020-Sep-01,100\n");
	school_put(harness, "2025_spring/termlysessiondetailsonroll.csv",
		"pupilonrolltableid,termlysessiondetailsonrolltableid,sessions,"
		"attendancereason\n1,a,2,I\n");
	school_import(harness, "marks", "wide.csv");
	school_import(harness, "census", "2025_spring");
	school_import(harness, "marks", "more.csv");
	school_expect(harness, states,
		"primary|H206201512345|S1|2024-12-31|2025-04-20|0\n"
		"secondary|A206402499017|S1|2024-12-31|2025-04-20|2\n");
}

static void test_again_and_failing(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = {0};
	struct fault fault = {0};
	school_put(harness, "m/a.csv", WIDE ANN ",S1,2024-09-02,/\\II\n");
	school_put(harness, "m/b.csv", "x,y\n1,2\n");
	assert_false(school_try(harness, "marks", harness_path(harness, "m"),
		&outcome, &fault));
	school_expect(harness, "SELECT COUNT(*) FROM mark_year", "0\n");
	school_expect(harness, "SELECT COUNT(*) FROM child", "0\n");
	school_expect(harness, "SELECT COUNT(*) FROM attendance_term", "0\n");
	school_import(harness, "marks", "m/a.csv");
	outcome = school_import(harness, "marks", "m/a.csv");
	assert_int_equal(outcome.passed_over, 1);
	school_expect(harness, terms, "H206201512345|S1|2024|0|4|2|0|0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_wide),
		HARNESS_EACH_ENGINE(test_long_is_wide),
		HARNESS_EACH_ENGINE(test_two_marks),
		HARNESS_EACH_ENGINE(test_what_is_wrong),
		HARNESS_EACH_ENGINE(test_wrong_in_wide),
		HARNESS_EACH_ENGINE(test_over_two_years),
		HARNESS_EACH_ENGINE(test_same_as_census),
		HARNESS_EACH_ENGINE(test_census_beats_marks),
		HARNESS_EACH_ENGINE(test_again_and_failing),
	};
	return HARNESS_RUN(tests);
}
