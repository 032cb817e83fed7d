/* SPDX-License-Identifier: MIT
 *
 * A reader of the published report who subtracts: within a row, from quarter
 * to quarter of a year, and along each breakdown. None of it may leave one to
 * five children. The arithmetic is over what is printed and nothing else.
 */
#include <jansson.h>

#include "base/csv.h"
#include "demo_report.h"
#include "measures/measure.h"

enum { SMALL = 5, MOST_LINES = 20000, HIDDEN = -1 };

/* One line of the report's CSV; HIDDEN where no number is printed. */
struct line {
	const char *row, *id, *unit, *period, *by, *group, *value, *symbol;
	int64_t numerator, denominator;
	bool hides_numerator; /* printed as c */
};

static const struct line *lines;
static size_t line_count;

static int64_t number(struct text cell)
{
	int64_t value;
	return text_to_int64(cell, &value) ? value : HIDDEN;
}

static void read_lines(void)
{
	struct arena *arena = harness_arena(demo_report.harness);
	struct csv *csv;
	struct csv_row row;
	struct line *into = arena_array(arena, MOST_LINES, sizeof *into);
	if (line_count > 0)
		return;
	csv = csv_open(demo_report_csv("--publish"), ',');
	assert_true(csv_next(csv, &row));
	assert_true(text_is(row.fields[10], "numerator"));
	assert_true(text_is(row.fields[11], "denominator"));
	assert_true(text_is(row.fields[13], "symbol"));
	while (csv_next(csv, &row)) {
		const char *cells[14];
		assert_true(line_count < MOST_LINES);
		for (size_t i = 0; i < COUNT_OF(cells); i++)
			cells[i] = arena_string(arena, row.fields[i]);
		into[line_count++] = (struct line){.row = cells[0],
			.id = cells[4],
			.unit = cells[6],
			.period = cells[7],
			.by = cells[8],
			.group = cells[9],
			.value = cells[12],
			.symbol = cells[13],
			.numerator = number(row.fields[10]),
			.denominator = number(row.fields[11]),
			.hides_numerator = text_is(row.fields[10], "c")};
	}
	csv_close(csv);
	lines = into;
	assert_true(line_count > 500);
}

static bool is_small(int64_t number)
{
	return number >= 1 && number <= SMALL;
}

static bool is_same(const char *a, const char *b)
{
	return text_is(text_of(a), b);
}

static void leak(const struct line *at, const char *how, int64_t number)
{
	print_error("%s, %s %s %s, %s: %lld can be read\n", at->id, at->row,
		at->period, at->group, how, (long long)number);
	fail();
}

void demo_report_test_small_numbers(void **state)
{
	(void)state;
	size_t hidden = 0;
	read_lines();
	for (size_t i = 0; i < line_count; i++) {
		const struct line *at = &lines[i];
		bool is_rate = is_same(at->unit, "rate");
		if (is_small(at->numerator))
			leak(at, "numerator", at->numerator);
		if (is_small(at->denominator))
			leak(at, "denominator", at->denominator);
		int64_t rest = at->denominator - at->numerator;
		bool has_both = at->numerator != HIDDEN
			&& at->denominator != HIDDEN;
		if (has_both && !is_rate && is_small(rest))
			leak(at, "not counted", rest);
		if (at->hides_numerator && at->value[0] != '\0')
			leak(at, "value", 0);
		hidden += at->hides_numerator;
	}
	/* The borough has small numbers, so something must be hidden. */
	assert_true(hidden > 50);
}

/* ---- From quarter to quarter ---- */

static bool is_year_to_date(const struct measures *measures, const char *id)
{
	const struct measure *measure = measure_find(measures, text_of(id));
	return measure != NULL && measure->basis == MEASURE_YEAR_TO_DATE;
}

static void step(const struct line *from, const struct line *to)
{
	if (from->numerator != HIDDEN && to->numerator != HIDDEN
		&& is_small(to->numerator - from->numerator))
		leak(to, "numerator less an earlier one",
			to->numerator - from->numerator);
	if (from->denominator != HIDDEN && to->denominator != HIDDEN
		&& is_small(to->denominator - from->denominator))
		leak(to, "denominator less an earlier one",
			to->denominator - from->denominator);
}

/* Every pair of quarters of one financial year, not the next only. */
void demo_report_test_steps(void **state)
{
	(void)state;
	struct measures measures;
	struct fault fault = {0};
	size_t pairs = 0;
	read_lines();
	HARNESS_DONE(measure_open(harness_arena(demo_report.harness), NULL,
			     &measures, &fault),
		&fault);
	for (size_t i = 0; i < line_count; i++) {
		if (!is_same(lines[i].row, "history")
			|| !is_year_to_date(&measures, lines[i].id))
			continue;
		for (size_t j = i + 1;
			j < line_count && is_same(lines[j].row, "history")
			&& is_same(lines[j].id, lines[i].id);
			j++) {
			struct text year = text_cut(text_of(lines[i].period), 0,
				7);
			if (!text_starts(text_of(lines[j].period), year))
				break;
			step(&lines[i], &lines[j]);
			pairs++;
		}
	}
	assert_true(pairs > 50);
}

/* ---- Along a breakdown ---- */

/* What is left of a total when the groups shown are taken off: nothing, or
 * enough, spread over enough groups, that none of them is known. */
static void subtract(const struct line *total, const struct line *groups,
	size_t count, bool is_denominator)
{
	int64_t rest = is_denominator ? total->denominator : total->numerator;
	int64_t hidden = 0;
	if (rest == HIDDEN)
		return;
	for (size_t i = 0; i < count; i++) {
		int64_t shown = is_denominator ? groups[i].denominator
					       : groups[i].numerator;
		hidden += shown == HIDDEN;
		rest -= shown == HIDDEN ? 0 : shown;
	}
	if (hidden == 0 && rest == 0)
		return;
	if (hidden < 2 || rest < hidden + SMALL)
		leak(&groups[0],
			is_denominator ? "denominators less those shown"
				       : "numerators less those shown",
			rest);
}

void demo_report_test_groups(void **state)
{
	(void)state;
	size_t tables = 0;
	read_lines();
	for (size_t i = 0; i < line_count; i++) {
		const struct line *total = &lines[i];
		if (!is_same(total->row, "current"))
			continue;
		for (size_t j = i + 1; j < line_count;) {
			size_t count = 1;
			if (!is_same(lines[j].id, total->id))
				break;
			while (j + count < line_count
				&& is_same(lines[j + count].id, total->id)
				&& is_same(lines[j + count].by, lines[j].by))
				count++;
			if (is_same(lines[j].row, "group")) {
				subtract(total, &lines[j], count, false);
				if (!is_same(total->unit, "count"))
					subtract(total, &lines[j], count, true);
				tables++;
			}
			j += count;
		}
	}
	assert_true(tables > 50);
}

/* ---- The same in JSON ---- */

static size_t walk(const json_t *node)
{
	static const char *const keys[] = {"numerator", "denominator"};
	const char *name;
	json_t *child;
	size_t index, hidden = 0;
	json_array_foreach(node, index, child) hidden += walk(child);
	if (!json_is_object(node))
		return hidden;
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const json_t *cell = json_object_get(node, keys[i]);
		int64_t value = json_is_integer(cell)
			? json_integer_value(cell)
			: number(text_of(json_string_value(cell)));
		bool is_hidden = json_is_string(cell)
			&& is_same(json_string_value(cell), "c");
		if (is_small(value))
			print_error("%s: %s is %d\n",
				json_string_value(json_object_get(node, "period")),
				keys[i], (int)value);
		assert_false(is_small(value));
		if (is_hidden)
			assert_true(json_is_null(json_object_get(node, "value")));
		hidden += is_hidden;
	}
	json_object_foreach((json_t *)(uintptr_t)node, name, child)
		hidden += walk(child);
	return hidden;
}

void demo_report_test_json(void **state)
{
	(void)state;
	json_error_t error;
	struct text text = EXPECT(0, demo_report.harness, "--db",
		demo_report.db, "report", "quarterly", "--period", "2024-25Q1",
		"--format", "json", "--publish");
	json_t *root = json_loadb(text.at, text.length, 0, &error);
	assert_non_null(root);
	size_t hidden = walk(root);
	json_decref(root);
	assert_true(hidden > 50);
}
