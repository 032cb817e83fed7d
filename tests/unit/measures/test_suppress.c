/* SPDX-License-Identifier: MIT
 *
 * What is hidden in tables small enough to read, and the rules that need no
 * attacker: small cells hidden, zeros shown, earlier periods left alone.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/suppress.h"

static struct arena *arena;
static const struct suppress_rules usual;

static struct suppress_result run(const struct suppress_table *table)
{
	struct suppress_result result = {0};
	struct fault fault = {0};
	assert_true(suppress_cells(arena, table, &usual, &result, &fault));
	return result;
}

/* One letter a cell: . shown, P, C, D, S, E. */
static void check(const uint8_t *reasons, const char *expected)
{
	static const char letters[] = ".PCDSE";
	char got[64] = "";
	for (size_t i = 0; expected[i] != 0; i++)
		got[i] = letters[reasons[i]];
	assert_string_equal(got, expected);
}

static void test_row(void **state)
{
	(void)state;
	uint32_t values[] = {100, 40, 3, 57};
	struct suppress_table table = {.size = {4}, .values = values};
	check(run(&table).figures, ".SP.");
}

static void test_zero_is_shown(void **state)
{
	(void)state;
	uint32_t values[] = {12, 0, 12};
	struct suppress_table table = {.size = {3}, .values = values};
	check(run(&table).figures, "...");
}

/* 49 of 52: the three who are not counted. */
static void test_complement(void **state)
{
	(void)state;
	uint32_t values[] = {52, 49, 3};
	struct suppress_table table = {.size = {3}, .outcome = 1, .values = values};
	const uint8_t *reasons = run(&table).figures;
	check(reasons, ".CP");
	assert_false(suppress_shows_percentage(&table, &usual, reasons, 0));
	uint32_t open[] = {52, 40, 12};
	table.values = open;
	reasons = run(&table).figures;
	check(reasons, "...");
	assert_true(suppress_shows_percentage(&table, &usual, reasons, 2));
}

/* All eight of eight: a base below ten has no percentage. None of eight: the
 * zero and the base are shown, the percentage is not. */
static void test_small_base(void **state)
{
	(void)state;
	uint32_t all[] = {8, 8, 0}, none[] = {8, 0, 8};
	struct suppress_table table = {.size = {3}, .outcome = 1, .values = all};
	check(run(&table).figures, ".CC");
	table.values = none;
	const uint8_t *reasons = run(&table).figures;
	check(reasons, "...");
	assert_false(suppress_shows_percentage(&table, &usual, reasons, 0));
}

/* 4 by the first quarter, 11 by the second: the 7 of the second would give the
 * 4 away. */
static void test_year_to_date(void **state)
{
	(void)state;
	uint32_t values[] = {4, 11};
	struct suppress_table table = {.periods = 2, .values = values};
	struct suppress_result result = run(&table);
	check(result.figures, "P.");
	check(result.within, "PD");
}

/* 23 is a small step from 20, and so is 25; 30 is not. */
static void test_small_step(void **state)
{
	(void)state;
	uint32_t values[] = {20, 23, 25, 30};
	struct suppress_table table = {.periods = 4, .values = values};
	struct suppress_result result = run(&table);
	check(result.figures, ".DD.");
	check(result.within, ".PPP");
}

/* Nothing beside the small one: its total goes, or the promise would fail. */
static void test_single_row(void **state)
{
	(void)state;
	uint32_t values[] = {3, 3, 0, 0};
	struct suppress_table table = {.size = {4}, .values = values};
	check(run(&table).figures, "PP..");
	uint32_t two[] = {6, 3, 3};
	table = (struct suppress_table){.size = {3}, .values = two};
	check(run(&table).figures, "SPP");
}

/* A borough and its wards are one table: a parent cannot give a child away. */
static void test_parent_and_children(void **state)
{
	(void)state;
	/* Borough, wards A, B, C; all, girls, boys. */
	uint32_t values[] = {120, 60, 60, 40, 3, 37, 38, 30, 8, 42, 27, 15};
	struct suppress_table table = {.size = {4, 3}, .values = values};
	check(run(&table).figures, "....PS.SS...");
}

/* Two breakdowns share their total: wards 3 and 3 hide it, so ages may not show
 * it, nor all that adds up to it. */
static void test_shared_total(void **state)
{
	(void)state;
	uint32_t wards[] = {6, 3, 3}, ages[] = {6, 6, 0}, other[] = {60, 20, 40};
	uint8_t hidden[3] = {0};
	struct suppress_table table = {.size = {3}, .values = wards};
	check(run(&table).figures, "SPP");
	table.values = ages;
	check(run(&table).figures, "...");
	hidden[0] = 1;
	table.hidden = hidden;
	check(run(&table).figures, "ES.");
	table.values = other;
	check(run(&table).figures, "ES.");
}

/* What was published of earlier periods is what they would say alone. */
static void test_earlier_periods_stand(void **state)
{
	(void)state;
	uint32_t values[] = {30, 20, 10, 44, 23, 21, 49, 28, 21, 80, 40, 40};
	struct suppress_table table = {.size = {3},
		.outcome = 1,
		.periods = 4,
		.values = values};
	struct suppress_result whole = run(&table);
	for (uint32_t periods = 1; periods < 4; periods++) {
		table.periods = periods;
		struct suppress_result part = run(&table);
		assert_memory_equal(whole.figures, part.figures, periods * 3);
		if (periods > 1)
			assert_memory_equal(whole.within, part.within,
				periods * 3);
	}
}

/* All tables of whole numbers that what is shown allows, near the true one:
 * an attacker who knows more than fractions do. Three axes of two parts. */
enum { SIDE = 3, CUBE = SIDE * SIDE * SIDE, NEAR = 6 };

struct search {
	const uint32_t *values;
	const uint8_t *reasons;
	int64_t cell[CUBE];
	int64_t least[CUBE], most[CUBE];
	int tables;
};

static bool is_part_of(int part, int total)
{
	for (int unit = 1; unit < CUBE; unit *= SIDE) {
		int place = total / unit % SIDE;
		if (place != 0 && place != part / unit % SIDE)
			return false;
	}
	return true;
}

static bool is_inner(int cell)
{
	return cell % SIDE && cell / SIDE % SIDE && cell / (SIDE * SIDE);
}

/* Parts up to `last` are chosen: can every total still be as it is shown? */
static bool agrees(const struct search *search, int last)
{
	for (int total = 0; total < CUBE; total++) {
		int64_t sum = 0;
		bool is_whole = true;
		if (search->reasons[total] != SUPPRESS_SHOWN)
			continue;
		for (int part = 0; part < CUBE; part++)
			if (is_inner(part) && is_part_of(part, total)) {
				sum += part <= last ? search->cell[part] : 0;
				is_whole = is_whole && part <= last;
			}
		if (sum > search->values[total]
			|| (is_whole && sum != search->values[total]))
			return false;
	}
	return true;
}

static void note_table(struct search *search)
{
	search->tables++;
	for (int total = 0; total < CUBE; total++) {
		int64_t sum = 0;
		for (int part = 0; part < CUBE; part++)
			if (is_inner(part) && is_part_of(part, total))
				sum += search->cell[part];
		if (sum < search->least[total])
			search->least[total] = sum;
		if (sum > search->most[total])
			search->most[total] = sum;
	}
}

static void try_tables(struct search *search, int part)
{
	while (part < CUBE && !is_inner(part))
		part++;
	if (part == CUBE) {
		note_table(search);
		return;
	}
	int64_t value = search->values[part], low = value, high = value;
	if (search->reasons[part] != SUPPRESS_SHOWN) {
		low = value > NEAR ? value - NEAR : 1;
		high = value + NEAR;
	}
	for (int64_t try = low; try <= high; try++) {
		search->cell[part] = try;
		if (agrees(search, part))
			try_tables(search, part + 1);
	}
}

static void fill_cube(uint32_t *values, uint64_t *seed)
{
	for (int cell = 0; cell < CUBE; cell++) {
		*seed = *seed * 6364136223846793005u + 1442695040888963407u;
		uint32_t any = (uint32_t)(*seed >> 40);
		values[cell] = any % 4 == 0 ? 0 : any / 4 % 25;
	}
	for (int total = 0; total < CUBE; total++) {
		uint32_t sum = 0;
		for (int part = 0; part < CUBE; part++)
			if (is_inner(part) && is_part_of(part, total))
				sum += values[part];
		if (!is_inner(total))
			values[total] = sum;
	}
}

static void test_whole_numbers(void **state)
{
	(void)state;
	uint64_t seed = 2024;
	for (int round = 0; round < 25; round++) {
		uint32_t values[CUBE];
		fill_cube(values, &seed);
		struct suppress_table table = {.size = {SIDE, SIDE, SIDE},
			.values = values};
		struct search search = {.values = values,
			.reasons = run(&table).figures};
		for (int cell = 0; cell < CUBE; cell++)
			search.least[cell] = search.most[cell] = values[cell];
		try_tables(&search, 0);
		assert_true(search.tables >= 1);
		for (int cell = 0; cell < CUBE; cell++) {
			int64_t width = search.most[cell] - search.least[cell];
			bool is_primary = search.reasons[cell]
				== SUPPRESS_PRIMARY;
			if (search.reasons[cell] == SUPPRESS_SHOWN)
				assert_int_equal(width, 0);
			else
				assert_true(width >= (is_primary ? 5 : 1));
		}
	}
}

static void test_refusals(void **state)
{
	(void)state;
	struct suppress_result result;
	struct fault fault = {0};
	uint32_t values[] = {100, 40, 61}, falls[] = {7, 6};
	struct suppress_table table = {.size = {3}, .values = values};
	assert_false(suppress_cells(arena, &table, &usual, &result, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	table = (struct suppress_table){.periods = 2, .values = falls};
	assert_false(suppress_cells(arena, &table, &usual, &result, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	table = (struct suppress_table){.size = {4},
		.outcome = 1,
		.values = values};
	assert_false(suppress_cells(arena, &table, &usual, &result, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	table = (struct suppress_table){.periods = 13, .values = values};
	assert_false(suppress_cells(arena, &table, &usual, &result, &fault));
	assert_int_equal(fault.kind, FAULT_LIMIT);
}

static void test_other_rules(void **state)
{
	(void)state;
	uint32_t values[] = {100, 40, 3, 57};
	struct suppress_table table = {.size = {4}, .values = values};
	struct suppress_rules rules = {.threshold = 2};
	struct suppress_result result;
	struct fault fault = {0};
	assert_true(suppress_cells(arena, &table, &rules, &result, &fault));
	check(result.figures, "....");
	rules = (struct suppress_rules){.interval = 50};
	assert_true(suppress_cells(arena, &table, &rules, &result, &fault));
	check(result.figures, ".SPS");
}

static int begin(void **state)
{
	(void)state;
	arena = arena_open();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_row),
		cmocka_unit_test(test_zero_is_shown),
		cmocka_unit_test(test_complement),
		cmocka_unit_test(test_small_base),
		cmocka_unit_test(test_year_to_date),
		cmocka_unit_test(test_small_step),
		cmocka_unit_test(test_single_row),
		cmocka_unit_test(test_parent_and_children),
		cmocka_unit_test(test_shared_total),
		cmocka_unit_test(test_earlier_periods_stand),
		cmocka_unit_test(test_whole_numbers),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_other_rules),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
