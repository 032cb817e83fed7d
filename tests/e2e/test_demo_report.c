/* SPDX-License-Identifier: MIT
 *
 * The whole invented borough: `kith demo` as the README tells people to run
 * it, the figures its report must show, and what happens to them afterwards.
 *
 * The figures are those of a published quarterly report: Islington, Children's
 * Services Quarter 1 2024-25 Performance Report.
 */
#include "running.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "demo_report.h"

struct demo_report demo_report;

#define DEMO "--db", demo_report.db

struct text demo_report_csv(const char *edition)
{
	return EXPECT(0, demo_report.harness, DEMO, "report", "quarterly",
		"--period", "2024-25Q1", "--format", "csv", edition);
}

size_t demo_report_row(struct text csv, const char *id)
{
	size_t count = running_rows(csv);
	for (size_t i = 1; i <= count; i++)
		if (text_is(running_cell(demo_report.harness, csv, i, "row"),
			    "current")
			&& text_is(running_cell(demo_report.harness, csv, i,
					   "measure"),
				id))
			return i;
	print_error("no row for %s\n", id);
	fail();
	return 0;
}

void demo_report_is(struct text csv, const char *id, const char *column,
	const char *wanted)
{
	struct text found = running_cell(demo_report.harness, csv,
		demo_report_row(csv, id), column);
	if (!text_is(found, wanted))
		print_error("%s, %s:\n", id, column);
	SAME(found, text_of(wanted));
}

/* ---- As published ---- */

static const struct {
	const char *id, *value, *before, *direction, *status, *comparator,
		*change;
} published[] = {
	{"CPP2", "20.7", "26.7%", "better", "green", "",
		"6.0 percentage points lower"},
	{"LAC3P", "14.4", "12.1%", "worse", "red", "",
		"2.3 percentage points higher"},
	{"LACLT", "67.0", "not available (u)", "unknown", "amber", "", ""},
	{"PAPRI", "17.7", "21.0%", "better", "red", "15.9%",
		"3.3 percentage points lower"},
	{"PASEC", "24.5", "27.2%", "better", "red", "20.2%",
		"2.7 percentage points lower"},
};

static void check_published(struct text csv)
{
	for (size_t i = 0; i < COUNT_OF(published); i++) {
		const char *id = published[i].id;
		demo_report_is(csv, id, "value", published[i].value);
		demo_report_is(csv, id, "same_period_last_year",
			published[i].before);
		demo_report_is(csv, id, "direction", published[i].direction);
		demo_report_is(csv, id, "status", published[i].status);
		demo_report_is(csv, id, "comparator", published[i].comparator);
		demo_report_is(csv, id, "change", published[i].change);
	}
}

static void test_demo(void **state)
{
	(void)state;
	struct harness *h = demo_report.harness;
	const char *folder = harness_path(h, "demo");
	struct text said = EXPECT(0, h, "demo", folder, "--no-serve");
	demo_report.folder = folder;
	demo_report.db = harness_path(h, "demo/kith.db");
	assert_true(file_exists(demo_report.db));
	static const char *const made[] = {"html", "pdf"};
	for (size_t i = 0; i < COUNT_OF(made); i++) {
		const char *path = harness_path(h,
			arena_format(harness_arena(h),
				"demo/quarterly-2024-25Q1.%s", made[i]));
		SAYS(said, path);
		assert_true(running_read(h, path).length > 10000);
	}
	/* The report that was left is for publication. */
	struct text html = running_read(h,
		harness_path(h, "demo/quarterly-2024-25Q1.html"));
	SAYS(html, "20.7%");
	SAYS(html, "For publication");
	check_published(demo_report_csv(NULL));
	check_published(demo_report_csv("--publish"));
	struct running again = KITH(h, "demo", folder, "--no-serve");
	assert_int_equal(again.code, 5);
	SAYS(again.err, "is there already");
}

/* Another borough, the same headlines; other children. */
static void test_seed(void **state)
{
	(void)state;
	struct harness *h = demo_report.harness;
	const char *first = demo_report.db;
	struct text children = EXPECT(0, h, DEMO, "measure", "CPP2", "--at",
		"2024-06-30", "--children", "--format", "csv");
	EXPECT(0, h, "demo", harness_path(h, "other"), "--no-serve", "--seed",
		"7");
	demo_report.db = harness_path(h, "other/kith.db");
	check_published(demo_report_csv(NULL));
	struct text others = EXPECT(0, h, DEMO, "measure", "CPP2", "--at",
		"2024-06-30", "--children", "--format", "csv");
	demo_report.db = first;
	assert_false(text_equals(children, others));
}

/* ---- What moves a figure, and what does not ---- */

/* The newest return with two rows put behind each placement that was open: on
 * 10 June the child goes somewhere for a week, and comes back. */
static const char *with_a_week(const char *name, const char *place,
	const char *began)
{
	struct harness *h = demo_report.harness;
	struct buffer out = {.maximum = 1 << 24};
	struct text rest = running_read(h,
		harness_path(h, "demo/ssda903/2024-25-q1/episodes.csv"));
	struct text line = text_split(rest, '\n', &rest);
	size_t changed = 0;
	buffer_format(&out, TEXT_FORMAT "\n", TEXT_ARGS(line));
	while (rest.length > 0) {
		struct text cells[13], row = text_split(rest, '\n', &rest);
		struct text more = text_trim(row);
		for (size_t i = 0; i < COUNT_OF(cells); i++)
			cells[i] = text_split(more, ',', &more);
		bool is_open = cells[7].length == 0;
		bool is_june = text_ends(cells[1], TEXT("/06/2024"));
		if (!is_open || is_june) {
			buffer_format(&out, TEXT_FORMAT "\n", TEXT_ARGS(row));
			continue;
		}
		changed++;
		const char *legal = arena_format(harness_arena(h),
			TEXT_FORMAT "," TEXT_FORMAT, TEXT_ARGS(cells[3]),
			TEXT_ARGS(cells[4]));
		buffer_format(&out,
			TEXT_FORMAT "," TEXT_FORMAT "," TEXT_FORMAT
				    ",%s," TEXT_FORMAT "," TEXT_FORMAT
				    ",10/06/2024,X1,OTHER," TEXT_FORMAT
				    "," TEXT_FORMAT "," TEXT_FORMAT "\n",
			TEXT_ARGS(cells[0]), TEXT_ARGS(cells[1]),
			TEXT_ARGS(cells[2]), legal, TEXT_ARGS(cells[5]),
			TEXT_ARGS(cells[6]), TEXT_ARGS(cells[10]),
			TEXT_ARGS(cells[11]), TEXT_ARGS(cells[12]));
		buffer_format(&out,
			TEXT_FORMAT ",10/06/2024,%s,%s,%s,PR1,17/06/2024,X1,"
				    "OTHER,,,\n",
			TEXT_ARGS(cells[0]), began, legal, place);
		buffer_format(&out,
			TEXT_FORMAT ",17/06/2024,%s,%s," TEXT_FORMAT
				    "," TEXT_FORMAT ",,,," TEXT_FORMAT
				    "," TEXT_FORMAT "," TEXT_FORMAT "\n",
			TEXT_ARGS(cells[0]), began, legal, TEXT_ARGS(cells[5]),
			TEXT_ARGS(cells[6]), TEXT_ARGS(cells[10]),
			TEXT_ARGS(cells[11]), TEXT_ARGS(cells[12]));
	}
	assert_true(changed > 100);
	const char *bytes = arena_string(harness_arena(h), buffer_text(&out));
	buffer_finish(&out);
	running_write(h,
		arena_format(harness_arena(h), "%s/2024-25-q1/header.csv", name),
		running_read(h,
			harness_path(h, "demo/ssda903/2024-25-q1/header.csv"))
			.at);
	running_write(h,
		arena_format(harness_arena(h), "%s/2024-25-q1/episodes.csv", name),
		bytes);
	return harness_path(h,
		arena_format(harness_arena(h), "%s/2024-25-q1", name));
}

static void import_some(const char *kind, const char *path)
{
	struct running run = KITH(demo_report.harness, DEMO, "import", kind,
		path);
	if (run.code > 1)
		print_error("%s", run.err.at);
	assert_true(run.code <= 1);
}

/* Every child away on holiday for a week in June: no placement more. */
static void test_holiday(void **state)
{
	(void)state;
	import_some("ssda903", with_a_week("holiday", "T2", "P"));
	struct text csv = demo_report_csv(NULL);
	demo_report_is(csv, "LAC3P", "value", "14.4");
	demo_report_is(csv, "LAC3P", "numerator", "43");
	demo_report_is(csv, "LAC3P", "denominator", "299");
	demo_report_is(csv, "LACLT", "value", "67.0");
}

/* The target is whatever Inner London's latest figure is. */
static void test_comparator(void **state)
{
	(void)state;
	struct harness *h = demo_report.harness;
	struct buffer out = {.maximum = 1 << 20};
	struct text rest = running_read(h,
		harness_path(h, "demo/ees/absence_inner_london.csv"));
	struct text heading = text_split(rest, '\n', &rest), last = heading;
	while (rest.length > 0) {
		struct text row = text_split(rest, '\n', &rest);
		if (text_has(row, TEXT("Inner London"))
			&& text_has(row, TEXT("State-funded primary")))
			last = row;
	}
	size_t cut = text_trim(last).length;
	while (last.at[cut - 1] != ',')
		cut--;
	struct text period, tail;
	text_split(last, ',', &tail);
	text_split(tail, ',', &tail);
	period = text_split(tail, ',', &tail);
	buffer_format(&out,
		TEXT_FORMAT "\n" TEXT_FORMAT "202324" TEXT_FORMAT "18.4\n",
		TEXT_ARGS(heading),
		TEXT_ARGS(text_cut(last, 0, (size_t)(period.at - last.at))),
		TEXT_ARGS(text_cut(last,
			(size_t)(period.at - last.at) + period.length,
			cut - (size_t)(period.at - last.at) - period.length)));
	const char *path = running_write(h, "ees/newer.csv",
		arena_string(harness_arena(h), buffer_text(&out)));
	buffer_finish(&out);
	import_some("ees", path);
	struct text csv = demo_report_csv(NULL);
	demo_report_is(csv, "PAPRI", "value", "17.7");
	demo_report_is(csv, "PAPRI", "comparator", "18.4%");
	demo_report_is(csv, "PAPRI", "target_words",
		"below Inner London (18.4%)");
	demo_report_is(csv, "PAPRI", "status", "green");
	demo_report_is(csv, "PAPRI", "direction", "better");
	demo_report_is(csv, "PASEC", "status", "red");
}

/* What was published stays; what came later stands beside it. */
static void test_freeze(void **state)
{
	(void)state;
	struct harness *h = demo_report.harness;
	EXPECT(0, h, DEMO, "report", "freeze", "--period", "2024-25Q1");
	EXPECT(5, h, DEMO, "report", "freeze", "--period", "2024-25Q1");
	SAYS(EXPECT(0, h, DEMO, "report", "quarterly", "--period", "2024-25Q1",
		     "--format", "json"),
		"not revised since");
	import_some("ssda903", with_a_week("moves", "K2", "P"));
	struct text csv = demo_report_csv(NULL);
	demo_report_is(csv, "LAC3P", "value", "14.4");
	demo_report_is(csv, "LAC3P", "numerator", "43");
	/* The text edition breaks lines; JSON has the sentence whole. */
	struct text text = EXPECT(0, h, DEMO, "report", "quarterly", "--period",
		"2024-25Q1", "--format", "json");
	SAYS(text, "Published value 14.4% (43 of 299), frozen on ");
	SAYS(text, "Revised since: ");
	struct text now = EXPECT(0, h, DEMO, "measure", "LAC3P", "--at",
		"2024-06-30", "--format", "csv");
	assert_true(running_number(running_cell(h, now, 1, "numerator")) > 100);
	SAYS(EXPECT(0, h, DEMO, "audit", "verify"), "whole");
}

static int begin(void **state)
{
	(void)state;
	demo_report.harness = harness_open_empty(STORE_SQLITE);
	return 0;
}

static int end(void **state)
{
	(void)state;
	harness_close(demo_report.harness);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_demo),
		cmocka_unit_test(demo_report_test_small_numbers),
		cmocka_unit_test(demo_report_test_steps),
		cmocka_unit_test(demo_report_test_groups),
		cmocka_unit_test(demo_report_test_json),
		cmocka_unit_test(test_holiday),
		cmocka_unit_test(test_comparator),
		cmocka_unit_test(test_freeze),
		cmocka_unit_test(test_seed),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
