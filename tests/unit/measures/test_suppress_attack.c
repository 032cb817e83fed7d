/* SPDX-License-Identifier: MIT
 *
 * An attacker against protected tables.
 *
 * The attacker knows everything shown, percentages to one decimal among it,
 * how tables add up, that years to date do not fall, and that what is hidden
 * is at least 1 where zeros would be shown. For every hidden cell a linear
 * program (CLP) finds the least and the greatest value that agree with all
 * that. The table has failed if a hidden cell has but one value, or a primary
 * one a range narrower than promised. An attacker who could not break a table
 * left without secondary suppression would prove nothing: one test is that it
 * can. Shares of hidden cells are printed, so that nobody protects by hiding
 * everything.
 */
#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <Clp_C_Interface.h>
#include <cmocka.h>

#include "measures/suppress.h"

static uint64_t seed = 20240819;

static uint32_t any(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % below);
}

static struct arena *work; /* of one attack */

/* Rows of the linear program; put in order by column when it is loaded. A cell
 * is in at most three lines and heads three, is in three rows of the year to
 * date and in four of percentages. */
enum { TERMS_A_COLUMN = 13, ROWS_A_COLUMN = 6 };

struct program {
	struct arena *arena;
	int *row, *column;
	double *factor;
	int terms;
	double *low, *high; /* of rows */
	int rows;
	double *least, *most; /* of columns */
	int columns;
};

static struct program *program_new(struct arena *arena, size_t columns)
{
	struct program *lp = arena_new(arena, sizeof(*lp));
	size_t terms = columns * TERMS_A_COLUMN, rows = columns * ROWS_A_COLUMN;
	lp->row = arena_array(arena, terms, sizeof(int));
	lp->column = arena_array(arena, terms, sizeof(int));
	lp->factor = arena_array(arena, terms, sizeof(double));
	lp->low = arena_array(arena, rows, sizeof(double));
	lp->high = arena_array(arena, rows, sizeof(double));
	lp->least = arena_array(arena, columns, sizeof(double));
	lp->most = arena_array(arena, columns, sizeof(double));
	lp->columns = (int)columns;
	lp->arena = arena;
	return lp;
}

static void term(struct program *lp, size_t column, double factor)
{
	assert_true(lp->terms < lp->columns * TERMS_A_COLUMN
		&& lp->rows < lp->columns * ROWS_A_COLUMN);
	lp->row[lp->terms] = lp->rows;
	lp->column[lp->terms] = (int)column;
	lp->factor[lp->terms++] = factor;
}

static void row_end(struct program *lp, double low, double high)
{
	lp->low[lp->rows] = low;
	lp->high[lp->rows++] = high;
}

static Clp_Simplex *program_load(const struct program *lp)
{
	size_t columns = (size_t)lp->columns, terms = (size_t)lp->terms;
	CoinBigIndex *start = arena_array(lp->arena, columns + 1, sizeof(*start));
	int *index = arena_array(lp->arena, terms + 1, sizeof(int));
	double *value = arena_array(lp->arena, terms + 1, sizeof(double));
	double *none = arena_array(lp->arena, columns, sizeof(double));
	for (size_t t = 0; t < terms; t++)
		start[lp->column[t] + 1]++;
	for (size_t c = 0; c < columns; c++)
		start[c + 1] += start[c];
	int *next = arena_array(lp->arena, columns, sizeof(int));
	for (size_t t = 0; t < terms; t++) {
		int at = start[lp->column[t]] + next[lp->column[t]]++;
		index[at] = lp->row[t];
		value[at] = lp->factor[t];
	}
	Clp_Simplex *model = Clp_newModel();
	Clp_setLogLevel(model, 0);
	Clp_loadProblem(model, lp->columns, lp->rows, start, index, value,
		lp->least, lp->most, none, lp->low, lp->high);
	return model;
}

/* The case under attack, and what the attacker finds. */
struct attack {
	const struct suppress_table *table;
	const struct suppress_result *result;
	struct suppress_rules rules;
	uint32_t size[3];
	size_t stride[3];
	size_t cells; /* of a period */
	uint32_t periods;
	int fixed;  /* hidden cells with one possible value */
	int narrow; /* primary cells with too small a range */
	int hidden;
};

static uint32_t place_on(const struct attack *a, size_t cell, int axis)
{
	return (uint32_t)(cell / a->stride[axis]) % a->size[axis];
}

static void attack_begin(struct attack *a)
{
	a->cells = 1;
	for (int axis = 2; axis >= 0; axis--) {
		a->size[axis] = a->table->size[axis] ? a->table->size[axis] : 1;
		a->stride[axis] = a->cells;
		a->cells *= a->size[axis];
	}
	a->periods = a->table->periods > 1 ? a->table->periods : 1;
}

/* Columns: years to date of each period, then each period's own figures. */
static double value_of(const struct attack *a, size_t column)
{
	size_t all = a->periods * a->cells;
	const uint32_t *values = a->table->values;
	if (column < all)
		return values[column];
	column -= all;
	return values[column]
		- (column < a->cells ? 0.0 : values[column - a->cells]);
}

static enum suppress_reason reason_of(const struct attack *a, size_t column)
{
	size_t all = a->periods * a->cells;
	return column < all ? a->result->figures[column]
			    : a->result->within[column - all];
}

static void add_sums(const struct attack *a, struct program *lp, size_t table)
{
	for (size_t cell = 0; cell < a->cells; cell++)
		for (int axis = 0; axis < 3; axis++) {
			if (a->size[axis] == 1 || place_on(a, cell, axis) != 0)
				continue;
			term(lp, table + cell, -1);
			for (uint32_t i = 1; i < a->size[axis]; i++)
				term(lp, table + cell + i * a->stride[axis], 1);
			row_end(lp, 0, 0);
		}
}

static void add_years(const struct attack *a, struct program *lp)
{
	size_t all = a->periods * a->cells;
	for (size_t at = 0; at < all; at++) {
		term(lp, at, -1);
		term(lp, all + at, 1);
		if (at >= a->cells)
			term(lp, at - a->cells, 1);
		row_end(lp, 0, 0);
	}
}

/* A percentage p of one decimal: (p - 0.05) both <= 100 counted <= ... */
static void add_percentages(const struct attack *a, struct program *lp)
{
	if (a->table->outcome == 0)
		return;
	int axis = (int)a->table->outcome - 1;
	for (size_t at = 0; at < a->periods * a->cells; at++) {
		if (place_on(a, at % a->cells, axis) != OUTCOME_BOTH
			|| !suppress_shows_percentage(a->table, &a->rules,
				a->result->figures, at))
			continue;
		double both = value_of(a, at);
		double counted = value_of(a, at + a->stride[axis]);
		double shown = floor(counted * 1000 / both + 0.5) / 10;
		for (int side = -1; side <= 1; side += 2) {
			term(lp, at + a->stride[axis], 100);
			term(lp, at, -(shown + side * 0.0501));
			row_end(lp, side < 0 ? 0 : -DBL_MAX,
				side < 0 ? DBL_MAX : 0);
		}
	}
}

static void add_bounds(const struct attack *a, struct program *lp)
{
	size_t all = a->periods * a->cells;
	for (size_t c = 0; c < (size_t)lp->columns; c++) {
		double value = value_of(a, c);
		bool is_own = c >= all + a->cells;
		bool is_hidden = reason_of(a, c) != SUPPRESS_SHOWN;
		lp->least[c] = is_hidden ? value > 0 && !is_own : value;
		lp->most[c] = is_hidden ? 1e6 : value;
	}
}

static double extreme(Clp_Simplex *model, size_t column, double direction)
{
	double *objective = Clp_objective(model);
	objective[column] = 1;
	Clp_setOptimizationDirection(model, direction);
	Clp_primal(model, 0);
	assert_int_equal(Clp_status(model), 0);
	double value = Clp_objectiveValue(model);
	objective[column] = 0;
	return direction > 0 ? ceil(value - 1e-5) : floor(value + 1e-5);
}

static double width_due(const struct attack *a, size_t column)
{
	enum suppress_reason reason = reason_of(a, column);
	bool is_own = column >= a->periods * a->cells;
	if (value_of(a, column) < 1 || reason == SUPPRESS_SECONDARY
		|| (is_own && reason == SUPPRESS_DIFFERENCE))
		return 1;
	return a->rules.interval ? a->rules.interval : 5;
}

static void attack_run(struct attack *a)
{
	attack_begin(a);
	size_t all = a->periods * a->cells;
	size_t columns = a->periods > 1 ? 2 * all : all;
	struct program *lp = program_new(work, columns);
	for (size_t table = 0; table < columns; table += a->cells)
		add_sums(a, lp, table);
	if (a->periods > 1)
		add_years(a, lp);
	add_percentages(a, lp);
	add_bounds(a, lp);
	Clp_Simplex *model = program_load(lp);
	for (size_t c = 0; c < columns; c++) {
		if (reason_of(a, c) == SUPPRESS_SHOWN)
			continue;
		a->hidden += c < all;
		double least = extreme(model, c, 1);
		double most = extreme(model, c, -1);
		assert_true(least <= value_of(a, c) && value_of(a, c) <= most);
		a->fixed += most - least < 1;
		a->narrow += most - least < width_due(a, c);
	}
	Clp_deleteModel(model);
	arena_reset(work);
}

/* Random tables. */
struct kind {
	const char *name;
	uint32_t size[3];
	unsigned outcome;
	uint32_t periods;
	uint32_t below; /* values are less than this */
	uint32_t zeros; /* this many parts in ten are zero */
	int rounds;
};

static void sum_axis(uint32_t *values, const struct attack *a, int axis)
{
	for (size_t cell = 0; cell < a->cells; cell++) {
		if (a->size[axis] == 1 || place_on(a, cell, axis) != 0)
			continue;
		values[cell] = 0;
		for (uint32_t i = 1; i < a->size[axis]; i++)
			values[cell] += values[cell + i * a->stride[axis]];
	}
}

static void random_values(uint32_t *values, const struct attack *a,
	const struct kind *kind)
{
	for (uint32_t t = 0; t < a->periods; t++, values += a->cells) {
		for (size_t cell = 0; cell < a->cells; cell++) {
			values[cell] = any(10) < kind->zeros
				? 0
				: any(1 + any(kind->below));
			if (t > 0)
				values[cell] += (values - a->cells)[cell];
		}
		for (int axis = 0; axis < 3; axis++)
			sum_axis(values, a, axis);
	}
}

static void attack_kind(const struct kind *kind)
{
	int cells = 0, hidden = 0, primary = 0;
	for (int round = 0; round < kind->rounds; round++) {
		struct arena *arena = arena_open();
		struct fault fault = {0};
		struct suppress_table table = {.outcome = kind->outcome,
			.periods = kind->periods};
		for (int axis = 0; axis < 3; axis++)
			table.size[axis] = kind->size[axis] > 3
				? 2 + any(kind->size[axis] - 1)
				: kind->size[axis];
		struct suppress_result result;
		struct attack attack = {.table = &table, .result = &result};
		attack_begin(&attack);
		size_t all = attack.periods * attack.cells;
		uint32_t *values = arena_array(arena, all, sizeof(*values));
		random_values(values, &attack, kind);
		table.values = values;
		assert_true(suppress_cells(arena, &table, &attack.rules,
			&result, &fault));
		attack_run(&attack);
		assert_int_equal(attack.fixed, 0);
		assert_int_equal(attack.narrow, 0);
		cells += (int)all;
		hidden += attack.hidden;
		for (size_t i = 0; i < all; i++)
			primary += values[i] >= 1 && values[i] <= 5;
		arena_close(arena);
	}
	print_message("# %s: %d tables, %d cells, %.0f%% small, "
		      "%.0f%% hidden\n",
		kind->name, kind->rounds, cells, 100.0 * primary / cells,
		100.0 * hidden / cells);
}

static void attack_all(const struct kind *kinds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		attack_kind(&kinds[i]);
}

static void test_one_dimension(void **state)
{
	(void)state;
	static const struct kind kinds[] = {
		{"a row of large figures", {12}, 0, 0, 200, 1, 30},
		{"a row of small figures", {12}, 0, 0, 6, 3, 30},
		{"a row of a few", {4}, 0, 0, 30, 2, 30},
		{"one part", {2}, 0, 0, 9, 0, 10},
		{"one percentage", {3}, 1, 0, 60, 1, 30},
	};
	attack_all(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

static void test_two_dimensions(void **state)
{
	(void)state;
	static const struct kind kinds[] = {
		{"wards by ages", {10, 6}, 0, 0, 60, 2, 20},
		{"wards by ages, sparse", {12, 8}, 0, 0, 20, 7, 20},
		{"wards by ages, all small", {6, 6}, 0, 0, 6, 2, 15},
		{"percentages by ward", {12, 3}, 2, 0, 60, 2, 25},
		{"percentages, most of all", {3, 9}, 1, 0, 14, 4, 25},
	};
	attack_all(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

static void test_three_dimensions(void **state)
{
	(void)state;
	static const struct kind kinds[] = {
		{"percentages by ward and sex", {7, 3, 3}, 3, 0, 60, 1, 12},
		{"the same, sparse", {7, 4, 3}, 3, 0, 15, 6, 12},
		{"the same, all small", {5, 4, 3}, 3, 0, 5, 2, 10},
		{"three breakdowns", {5, 5, 5}, 0, 0, 40, 3, 10},
		{"three breakdowns, sparse", {5, 5, 5}, 0, 0, 30, 8, 10},
	};
	attack_all(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

static void test_series(void **state)
{
	(void)state;
	static const struct kind kinds[] = {
		{"one figure over a year", {0}, 0, 4, 20, 2, 30},
		{"one percentage over a year", {3}, 1, 4, 30, 2, 30},
		{"percentages by group over a year", {6, 3}, 2, 4, 30, 2, 15},
		{"the same, small", {5, 3}, 2, 4, 6, 5, 15},
		{"percentages by two over a year", {4, 4, 3}, 3, 3, 30, 3, 8},
		{"a group by month", {5}, 0, 12, 12, 5, 8},
	};
	attack_all(kinds, sizeof(kinds) / sizeof(kinds[0]));
}

/* The attacker must win where only the small cells themselves are hidden. */
static void test_attacker_breaks_unprotected(void **state)
{
	(void)state;
	uint32_t values[] = {100, 40, 60, 43, 3, 40, 57, 37, 20};
	uint8_t hidden[9] = {[4] = SUPPRESS_PRIMARY};
	struct suppress_table table = {.size = {3, 3}, .values = values};
	struct suppress_result result = {.figures = hidden};
	struct attack attack = {.table = &table, .result = &result};
	attack_run(&attack);
	assert_int_equal(attack.fixed, 1);
	assert_int_equal(attack.narrow, 1);
}

/* And where a rule of one more cell a line leaves a range too narrow: hidden
 * are 1 and 2 of a row, whose sum is shown to be 3. */
static void test_attacker_narrows(void **state)
{
	(void)state;
	uint32_t values[] = {103, 1, 2, 100};
	uint8_t hidden[4] = {0, SUPPRESS_PRIMARY, SUPPRESS_PRIMARY, 0};
	struct suppress_table table = {.size = {4}, .values = values};
	struct suppress_result result = {.figures = hidden};
	struct attack attack = {.table = &table, .result = &result};
	attack_run(&attack);
	assert_int_equal(attack.fixed, 0);
	assert_int_equal(attack.narrow, 2);
}

/* And across the year: 4, then 11 in which 7 are new. */
static void test_attacker_subtracts(void **state)
{
	(void)state;
	uint32_t values[] = {4, 11};
	uint8_t figures[2] = {SUPPRESS_PRIMARY, 0};
	uint8_t within[2] = {SUPPRESS_PRIMARY, 0};
	struct suppress_table table = {.periods = 2, .values = values};
	struct suppress_result result = {figures, within};
	struct attack attack = {.table = &table, .result = &result};
	attack_run(&attack);
	assert_int_equal(attack.fixed, 2);
}

static int begin(void **state)
{
	(void)state;
	work = arena_open();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(work);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_attacker_breaks_unprotected),
		cmocka_unit_test(test_attacker_narrows),
		cmocka_unit_test(test_attacker_subtracts),
		cmocka_unit_test(test_one_dimension),
		cmocka_unit_test(test_two_dimensions),
		cmocka_unit_test(test_three_dimensions),
		cmocka_unit_test(test_series),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
