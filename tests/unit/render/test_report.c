/* SPDX-License-Identifier: MIT
 *
 * Every format of the fixture: against its golden file, twice alike, and
 * safe with hostile text.
 *
 * KITH_GOLDEN=write rewrites the golden files (then read the whole diff).
 */
#include "render/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/file.h"
#include "fixture.h"

static void write_report(const char *name, const struct view_report *report,
	struct buffer *out)
{
	struct fault fault = {0};
	const struct report_format *format = report_format_find(text_of(name));
	assert_non_null(format);
	if (!format->write(report, out, &fault))
		fail_msg("%s: %s", name, fault.message);
}

/* Says where two texts part, with the line, so that a reader can look. */
static void assert_same_text(struct text got, struct text wanted, const char *path)
{
	size_t line = 1, at = 0, start = 0;
	for (; at < got.length && at < wanted.length
		&& got.at[at] == wanted.at[at];
		at++)
		if (got.at[at] == '\n') {
			line++;
			start = at + 1;
		}
	if (at == got.length && at == wanted.length)
		return;
	struct text rest;
	struct text mine = text_split(text_cut(got, start, got.length), '\n',
		&rest);
	struct text golden = text_split(text_cut(wanted, start, wanted.length),
		'\n', &rest);
	fail_msg("%s differs in line %zu\n  wanted: " TEXT_FORMAT
		 "\n  got:    " TEXT_FORMAT,
		path, line, TEXT_ARGS(golden), TEXT_ARGS(mine));
}

static void check_golden(const char *format, const char *path)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct buffer out = {0};
	write_report(format, &fixture_report, &out);
	const char *mode = file_environment("KITH_GOLDEN");
	if (mode != NULL && strcmp(mode, "write") == 0)
		assert_true(file_write(path, buffer_text(&out), &fault));
	struct text golden;
	if (!file_map(path, arena, &golden, &fault))
		fail_msg("%s: %s", path, fault.message);
	assert_same_text(buffer_text(&out), golden, path);
	buffer_finish(&out);
	arena_close(arena);
}

static void text_is_as_before(void **state)
{
	(void)state;
	check_golden("text", GOLDEN_FOLDER "/report.txt");
}

static void csv_is_as_before(void **state)
{
	(void)state;
	check_golden("csv", GOLDEN_FOLDER "/report.csv");
}

static void json_is_as_before(void **state)
{
	(void)state;
	check_golden("json", GOLDEN_FOLDER "/report.json");
}

static void html_is_as_before(void **state)
{
	(void)state;
	check_golden("html", GOLDEN_FOLDER "/report.html");
}

static void all_formats_are_the_same_twice(void **state)
{
	(void)state;
	size_t count;
	const struct report_format *formats = report_formats(&count);
	assert_true(count >= 4);
	for (size_t i = 0; i < count; i++) {
		struct buffer first = {0}, second = {0};
		write_report(formats[i].name, &fixture_report, &first);
		write_report(formats[i].name, &fixture_report, &second);
		assert_true(first.length > 1000);
		if (!text_equals(buffer_text(&first), buffer_text(&second)))
			fail_msg("%s differs between two runs", formats[i].name);
		buffer_finish(&first);
		buffer_finish(&second);
	}
}

static void an_empty_report_is_written(void **state)
{
	(void)state;
	static const struct view_measure bare = {0};
	static const struct view_report reports[] = {
		{0},
		{.measures = &bare, .measure_count = 1},
	};
	size_t count;
	const struct report_format *formats = report_formats(&count);
	for (size_t r = 0; r < COUNT_OF(reports); r++)
		for (size_t i = 0; i < count; i++) {
			struct buffer out = {0};
			write_report(formats[i].name, &reports[r], &out);
			assert_true(out.length > 0);
			buffer_finish(&out);
		}
}

/* A measure that nobody has filled in must not look like good news. */
static void nothing_given_is_not_green(void **state)
{
	(void)state;
	static const struct view_measure bare = {0};
	const struct view_report report = {.measures = &bare, .measure_count = 1};
	struct buffer out = {0};
	write_report("html", &report, &out);
	assert_non_null(strstr(out.bytes, "Grey: Not judged"));
	assert_null(strstr(out.bytes, "Green: "));
	assert_null(strstr(out.bytes, "Better"));
	buffer_finish(&out);
}

static void a_full_buffer_is_a_fault(void **state)
{
	(void)state;
	size_t count;
	const struct report_format *formats = report_formats(&count);
	for (size_t i = 0; i < count; i++) {
		struct fault fault = {0};
		struct buffer out = {.maximum = 300};
		assert_false(formats[i].write(&fixture_report, &out, &fault));
		assert_int_equal(fault.kind, FAULT_LIMIT);
		buffer_finish(&out);
	}
}

enum { MANY = 120, LONG = 6000 };

/* Tables over several pages, a paragraph longer than a page, a name longer
 * than a column, a word without a place to break. */
static void a_large_report_is_written(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct view_point *points = arena_array(arena, MANY, sizeof *points);
	struct view_group *groups = arena_array(arena, MANY, sizeof *groups);
	char *prose = arena_array(arena, LONG + 1, 1);
	char *word = arena_array(arena, LONG + 1, 1);
	for (size_t i = 0; i < LONG; i++) {
		prose[i] = i % 7 == 6 ? ' ' : 'm';
		word[i] = 'w';
	}
	for (size_t i = 0; i < MANY; i++) {
		points[i] = (struct view_point){.label = "2024-25 Q1",
			.value = "1,000,000",
			.has_value = i % 5 != 0,
			.tenths = (int64_t)i * 10000000};
		groups[i] = (struct view_group){.label = "Group", .value = "c"};
	}
	groups[7].label = word;
	const struct view_breakdown breakdown = {.title = "x",
		.groups = groups,
		.count = MANY,
		.note = prose};
	const struct view_measure measure = {.title = prose,
		.unit = VIEW_COUNT,
		.points = points,
		.point_count = MANY,
		.breakdowns = &breakdown,
		.breakdown_count = 1,
		.commentary_why = prose,
		.definition = word};
	const struct view_report report = {.measures = &measure,
		.measure_count = 1,
		.title = prose,
		.authority = word};
	size_t count;
	const struct report_format *formats = report_formats(&count);
	for (size_t i = 0; i < count; i++) {
		struct buffer out = {0};
		write_report(formats[i].name, &report, &out);
		buffer_finish(&out);
	}
	arena_close(arena);
}

static void unknown_formats_are_not_found(void **state)
{
	(void)state;
	assert_null(report_format_find(TEXT("docx")));
	assert_null(report_format_find(TEXT("")));
	assert_string_equal(report_format_find(TEXT("html"))->name, "html");
}

/* No cell may begin with a character that a spreadsheet takes for a formula,
 * and no row may have more or fewer cells than the heading. */
static void csv_cells_are_harmless(void **state)
{
	(void)state;
	struct buffer out = {0};
	write_report("csv", &fixture_report, &out);
	size_t columns = 0, row = 0, cells = 1;
	bool is_quoted = false, is_start = true;
	for (size_t i = 0; i < out.length; i++) {
		char c = out.bytes[i];
		if (is_start && c != '"' && c != ',' && c != '\r') {
			bool is_negative = c == '-' && i + 1 < out.length
				&& out.bytes[i + 1] >= '0'
				&& out.bytes[i + 1] <= '9';
			if (strchr("=+@\t", c) != NULL
				|| (c == '-' && !is_negative))
				fail_msg("row %zu has a cell that starts "
					 "with '%c'",
					row + 1, c);
			is_start = false;
		}
		if (c == '"') {
			is_quoted = !is_quoted;
		} else if (!is_quoted && c == ',') {
			cells++;
			is_start = true;
		} else if (!is_quoted && c == '\n') {
			columns = row == 0 ? cells : columns;
			assert_int_equal(cells, columns);
			row++;
			cells = 1;
			is_start = true;
		}
	}
	assert_true(row > 60);
	assert_non_null(strstr(out.bytes, ",'=1+1 <Q1>,"));
	assert_non_null(strstr(out.bytes, ",'@SUM(A1) & Q2,"));
	buffer_finish(&out);
}

static const char *string_at(json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));
	assert_non_null(string);
	return string;
}

static void json_carries_exact_strings(void **state)
{
	(void)state;
	struct buffer out = {0};
	write_report("json", &fixture_report, &out);
	json_error_t error;
	json_t *whole = json_loadb(out.bytes, out.length,
		JSON_REJECT_DUPLICATES, &error);
	if (whole == NULL)
		fail_msg("line %d: %s", error.line, error.text);
	json_t *measures = json_object_get(whole, "measures");
	assert_int_equal(json_array_size(measures), fixture_report.measure_count);
	for (size_t i = 0; i < fixture_report.measure_count; i++) {
		const struct view_measure *wanted = &fixture_measures[i];
		json_t *got = json_array_get(measures, i);
		assert_string_equal(string_at(got, "id"), wanted->id);
		assert_string_equal(string_at(got, "title"), wanted->title);
		json_t *value = json_object_get(got, "value");
		assert_int_equal(json_is_null(value), !wanted->has_value);
		if (wanted->has_value)
			assert_int_equal((long)(json_real_value(value) * 10 + 0.5),
				wanted->tenths);
		else
			assert_string_equal(string_at(got, "symbol"),
				wanted->symbol);
	}
	json_decref(whole);
	buffer_finish(&out);
}

/* The plain text goes to terminals: nothing in it may drive one. */
static void text_has_no_control_characters(void **state)
{
	(void)state;
	struct buffer out = {0};
	write_report("text", &fixture_report, &out);
	for (size_t i = 0; i < out.length; i++) {
		unsigned char c = (unsigned char)out.bytes[i];
		if (c < 0x20 && c != '\n')
			fail_msg("byte %zu is the control character %d", i, c);
	}
	assert_null(strstr(out.bytes, "\xE2\x80\xAE"));
	buffer_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_as_before),
		cmocka_unit_test(csv_is_as_before),
		cmocka_unit_test(json_is_as_before),
		cmocka_unit_test(html_is_as_before),
		cmocka_unit_test(all_formats_are_the_same_twice),
		cmocka_unit_test(an_empty_report_is_written),
		cmocka_unit_test(nothing_given_is_not_green),
		cmocka_unit_test(a_full_buffer_is_a_fault),
		cmocka_unit_test(a_large_report_is_written),
		cmocka_unit_test(unknown_formats_are_not_found),
		cmocka_unit_test(csv_cells_are_harmless),
		cmocka_unit_test(json_carries_exact_strings),
		cmocka_unit_test(text_has_no_control_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
