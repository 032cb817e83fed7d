/* SPDX-License-Identifier: MIT
 *
 * What may be said of a figure: the symbols that coverage imposes, rounding,
 * and small numbers hidden before anything is published (DfE: 1 to 5).
 */
#include "reckoning.h"

#include <string.h>

/* ---- Coverage ---- */

struct said {
	enum measure_basis basis;
	int history;
	const char *at, *symbol;
};

/* Data from 1 April 2022 to 31 March 2024. */
static const struct said said[] = {
	{MEASURE_SNAPSHOT, 0, "2022-03-31", "x"}, /* before */
	{MEASURE_SNAPSHOT, 0, "2022-04-01", ""},
	{MEASURE_SNAPSHOT, 0, "2024-03-31", ""},
	{MEASURE_SNAPSHOT, 0, "2024-05-01", ""}, /* 31 days late */
	{MEASURE_SNAPSHOT, 0, "2024-05-02", "x"},
	{MEASURE_SNAPSHOT, 12, "2023-03-31", ""},  /* 1 April 2022 on */
	{MEASURE_SNAPSHOT, 12, "2023-03-30", "u"}, /* a day short */
	{MEASURE_SNAPSHOT, 30, "2024-03-31", "u"},
	{MEASURE_SNAPSHOT, 24, "2024-03-31", ""},
	{MEASURE_QUARTER, 0, "2022-03-31", "x"},
	{MEASURE_QUARTER, 0, "2022-06-30", ""},
	{MEASURE_QUARTER, 0, "2024-03-31", ""},
	{MEASURE_QUARTER, 0, "2024-06-30", "x"},
	{MEASURE_YEAR_TO_DATE, 0, "2022-12-31", ""},
	{MEASURE_YEAR_TO_DATE, 0, "2024-04-01", "x"},
	{MEASURE_YEAR_TO_DATE, 24, "2023-12-31", "u"},
	{MEASURE_YEAR_TO_DATE, 12, "2023-12-31", ""},
	{MEASURE_ROLLING_12, 0, "2023-03-30", "u"}, /* the year itself */
	{MEASURE_ROLLING_12, 0, "2023-03-31", ""},
	{MEASURE_ROLLING_12, 12, "2024-03-30", "u"},
	{MEASURE_ROLLING_12, 12, "2024-03-31", ""},
	/* states that change when a term or a return's year ends stay */
	{MEASURE_TERMS, 0, "2022-03-31", "x"},
	{MEASURE_TERMS, 0, "2024-07-31", ""},
	{MEASURE_RETURN_YEAR, 0, "2024-09-30", ""},
};

static void test_symbols(void **state)
{
	(void)state;
	struct evaluate_coverage coverage = {
		.covers = {date_from(2022, 4, 1), date_from(2024, 3, 31)}};
	for (size_t i = 0; i < COUNT_OF(said); i++) {
		struct measure measure = {.basis = said[i].basis,
			.history_months = said[i].history};
		struct date at = reckoning_day(said[i].at);
		const char *got = evaluate_symbol(&measure, &coverage, at);
		if (strcmp(got, said[i].symbol) != 0)
			fail_msg("row %zu at %s: \"%s\", not \"%s\"", i,
				said[i].at, got, said[i].symbol);
		assert_string_equal(evaluate_symbol(&measure, NULL, at), "x");
	}
	/* a feed without dates cannot say how far it reaches */
	struct evaluate_coverage dateless = {.batches = 1};
	struct measure measure = {.basis = MEASURE_SNAPSHOT};
	assert_string_equal(evaluate_symbol(&measure, &dateless,
				    date_from(2024, 1, 1)),
		"");
}

static void check_span(enum measure_basis basis, const char *at, const char *first)
{
	struct measure measure = {.basis = basis};
	struct period span = evaluate_span(&measure, reckoning_day(at));
	char text[DATE_TEXT];
	date_write(span.first, text);
	assert_string_equal(text, first);
	assert_int_equal(span.last.day, reckoning_day(at).day);
}

static void test_spans(void **state)
{
	(void)state;
	check_span(MEASURE_QUARTER, "2024-06-30", "2024-04-01");
	check_span(MEASURE_QUARTER, "2024-03-31", "2024-01-01");
	check_span(MEASURE_QUARTER, "2024-02-15", "2024-01-01");
	check_span(MEASURE_YEAR_TO_DATE, "2024-03-31", "2023-04-01");
	check_span(MEASURE_YEAR_TO_DATE, "2024-04-01", "2024-04-01");
	check_span(MEASURE_ROLLING_12, "2024-06-30", "2023-07-01");
	check_span(MEASURE_ROLLING_12, "2024-02-29", "2023-03-01");
	check_span(MEASURE_ROLLING_12, "2025-02-28", "2024-02-29");
	check_span(MEASURE_SNAPSHOT, "2024-06-30", "2024-06-30");
}

static void test_feeds_in_order(void **state)
{
	(void)state;
	struct evaluate_coverage items[] = {{.kind = TEXT("annex-a")},
		{.kind = TEXT("cin")}};
	struct measure measure = {.feeds = {TEXT("cin"), TEXT("annex-a")}};
	struct evaluate_coverages both = {items, 2}, annex = {items, 1},
				  none = {items, 0};
	assert_true(text_is(evaluate_feed(&measure, &both), "cin"));
	assert_true(text_is(evaluate_feed(&measure, &annex), "annex-a"));
	assert_int_equal(evaluate_feed(&measure, &none).length, 0);
}

/* ---- Rounding ---- */

static void test_rounding(void **state)
{
	(void)state;
	static const struct {
		int64_t n, d, tenths;
	} rows[] = {{1, 8, 125}, {1, 16, 63}, {1, 3, 333}, {2, 3, 667},
		{0, 7, 0}, {7, 7, 1000}, {1, 2000, 1}, {1, 2001, 0},
		{179, 1196, 150}, {12, 121, 99}, {12, 120, 100}};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		assert_int_equal(evaluate_percent(rows[i].n, rows[i].d),
			rows[i].tenths);
	/* DfE's own whole numbers for Islington, from the counts beside them:
	 * placement stability 2020 to 2024, accommodation 2024. */
	static const int64_t published[][3] = {{76, 106, 72}, {60, 92, 65},
		{56, 86, 65}, {64, 93, 69}, {67, 93, 72}, {36, 298, 12},
		{32, 325, 10}, {42, 385, 11}, {54, 343, 16}, {35, 365, 10},
		{276, 315, 88}};
	for (size_t i = 0; i < COUNT_OF(published); i++)
		assert_int_equal((evaluate_percent(published[i][0],
					  published[i][1])
					 + 5)
				/ 10,
			published[i][2]);
}

static void test_write_tenths(void **state)
{
	(void)state;
	static const struct {
		int64_t tenths;
		const char *text;
	} rows[] = {{0, "0.0"}, {5, "0.5"}, {207, "20.7"}, {-3, "-0.3"},
		{-125, "-12.5"}, {100000, "10000.0"}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[EVALUATE_TENTHS];
		evaluate_write_tenths(rows[i].tenths, text);
		assert_string_equal(text, rows[i].text);
	}
}

/* ---- Small numbers ---- */

enum { MOST_GROUPS = 6, MOST_DATES = 4 };

/* Figures made without a database: the whole and its parts. */
struct table {
	struct measure measure;
	struct roll roll;
	struct date dates[MOST_DATES];
	struct roll_dimension by;
	struct evaluate_figure whole[MOST_DATES];
	struct evaluate_figure parts[MOST_GROUPS * MOST_DATES];
	struct evaluate_request request;
	struct evaluate_result whole_result, parts_result;
};

static struct evaluate_figure figure_of(const struct measure *measure,
	int64_t n, int64_t d)
{
	bool is_count = measure->unit == MEASURE_COUNT;
	return (struct evaluate_figure){.numerator = n,
		.denominator = d,
		.tenths = is_count ? n * 10
			: d == 0   ? 0
				   : evaluate_percent(n, d),
		.symbol = !is_count && d == 0 ? "z" : ""};
}

static void protect(struct table *table, size_t groups, size_t dates)
{
	struct fault fault = {0};
	table->by.sweep.groups = (uint32_t)groups;
	table->request = (struct evaluate_request){.measure = &table->measure,
		.dates = table->dates,
		.count = dates,
		.by = {groups > 0 ? &table->by : NULL, NULL}};
	table->whole_result = (struct evaluate_result){.figures = table->whole,
		.groups = 1};
	table->parts_result = (struct evaluate_result){.figures = table->parts,
		.groups = groups};
	table->roll.arena = arena_open();
	HARNESS_DONE(evaluate_protect(&table->roll, &table->request,
			     &table->whole_result,
			     groups > 0 ? &table->parts_result : NULL, &fault),
		&fault);
	arena_close(table->roll.arena);
}

/* A21: 40, 3, 57 of 100. */
static void test_partner(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_COUNT},
		.dates = {date_from(2024, 6, 30)}};
	static const int64_t counts[] = {40, 3, 57, 0};
	table.whole[0] = figure_of(&table.measure, 100, 0);
	for (size_t g = 0; g < COUNT_OF(counts); g++)
		table.parts[g] = figure_of(&table.measure, counts[g], 0);
	protect(&table, COUNT_OF(counts), 1);
	assert_string_equal(table.whole[0].symbol, "");
	assert_string_equal(table.parts[0].symbol, "c");
	assert_string_equal(table.parts[1].symbol, "c");
	assert_string_equal(table.parts[2].symbol, "");
	assert_string_equal(table.parts[3].symbol, "");
	assert_true(table.parts[0].hides_numerator);
	assert_true(table.parts[1].hides_numerator);
	assert_false(table.parts[2].hides_numerator);
}

/* Of a mean the children are judged, and what is left of a total would give
 * the one hidden away. */
static void test_means(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_MEAN},
		.dates = {date_from(2024, 6, 30)}};
	table.whole[0] = figure_of(&table.measure, 900, 60);
	table.parts[0] = figure_of(&table.measure, 400, 30);
	table.parts[1] = figure_of(&table.measure, 60, 4);
	table.parts[2] = figure_of(&table.measure, 440, 26);
	evaluate_settle(&table.whole[0], &table.measure, "");
	assert_int_equal(table.whole[0].tenths, 150);
	evaluate_settle(&table.parts[2], &table.measure, "");
	assert_int_equal(table.parts[2].tenths, 169);
	protect(&table, 3, 1);
	assert_string_equal(table.whole[0].symbol, "");
	for (size_t g = 0; g < 3; g++) {
		assert_string_equal(table.parts[g].symbol, "c");
		assert_true(table.parts[g].hides_numerator);
		assert_true(table.parts[g].hides_denominator);
	}
	/* Points may be few where children are not. */
	struct table few = {.measure = {.unit = MEASURE_MEAN},
		.dates = {date_from(2024, 6, 30)}};
	few.whole[0] = figure_of(&few.measure, 3, 60);
	protect(&few, 0, 1);
	assert_string_equal(few.whole[0].symbol, "");
	few.whole[0] = figure_of(&few.measure, 80, 5);
	protect(&few, 0, 1);
	assert_string_equal(few.whole[0].symbol, "c");
}

/* A22: 0 and 12 of 12 are shown. */
static void test_zero_is_shown(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_COUNT},
		.dates = {date_from(2024, 6, 30)}};
	table.whole[0] = figure_of(&table.measure, 12, 0);
	table.parts[0] = figure_of(&table.measure, 0, 0);
	table.parts[1] = figure_of(&table.measure, 12, 0);
	table.parts[2] = figure_of(&table.measure, 0, 0);
	protect(&table, 3, 1);
	assert_string_equal(table.whole[0].symbol, "");
	for (size_t g = 0; g < 3; g++)
		assert_string_equal(table.parts[g].symbol, "");
}

/* A23 and its like: numerator, denominator, which of them and of the
 * percentage may be shown. */
static void test_percentages(void **state)
{
	(void)state;
	static const struct {
		int64_t n, d;
		bool shows_value, shows_numerator, shows_denominator;
	} rows[] = {{49, 52, false, false, true}, {3, 52, false, false, true},
		{0, 52, true, true, true}, {52, 52, true, true, true},
		{6, 52, true, true, true}, {46, 52, true, true, true},
		{47, 52, false, false, true}, {0, 4, false, true, false},
		{4, 9, false, false, true}, {0, 9, false, true, true},
		{0, 10, true, true, true}};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct table table = {.measure = {.unit = MEASURE_PERCENT},
			.dates = {date_from(2024, 6, 30)}};
		table.whole[0] = figure_of(&table.measure, rows[i].n, rows[i].d);
		protect(&table, 0, 1);
		const struct evaluate_figure *got = &table.whole[0];
		if ((got->symbol[0] == '\0') != rows[i].shows_value
			|| got->hides_numerator == rows[i].shows_numerator
			|| got->hides_denominator == rows[i].shows_denominator)
			fail_msg("%lld of %lld: symbol \"%s\", hides %d %d",
				(long long)rows[i].n, (long long)rows[i].d,
				got->symbol, got->hides_numerator,
				got->hides_denominator);
	}
}

/* A24: 4 to the end of quarter 1, 11 to that of quarter 2. */
static void test_years_to_date(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_COUNT,
				      .basis = MEASURE_YEAR_TO_DATE},
		.dates = {date_from(2024, 3, 31), date_from(2024, 6, 30),
			date_from(2024, 9, 30)}};
	static const int64_t counts[] = {30, 4, 11};
	for (size_t p = 0; p < COUNT_OF(counts); p++)
		table.whole[p] = figure_of(&table.measure, counts[p], 0);
	protect(&table, 0, COUNT_OF(counts));
	assert_string_equal(table.whole[0].symbol, ""); /* another year */
	assert_string_equal(table.whole[1].symbol, "c");
	assert_string_equal(table.whole[2].symbol, "");
	/* a small step between two shown years to date */
	table.dates[0] = date_from(2024, 12, 31);
	table.dates[0] = date_from(2024, 6, 30);
	table.dates[1] = date_from(2024, 9, 30);
	table.whole[0] = figure_of(&table.measure, 30, 0);
	table.whole[1] = figure_of(&table.measure, 33, 0);
	protect(&table, 0, 2);
	assert_string_equal(table.whole[0].symbol, "");
	assert_string_equal(table.whole[1].symbol, "c");
}

/* A symbol that was there stays: what is hidden has no other reason to show. */
static void test_symbol_stays(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_COUNT},
		.dates = {date_from(2024, 6, 30)}};
	table.whole[0] = figure_of(&table.measure, 3, 0);
	table.whole[0].symbol = "u";
	protect(&table, 0, 1);
	assert_string_equal(table.whole[0].symbol, "u");
	assert_true(table.whole[0].hides_numerator);
}

/* Hand-kept figures are protected as others are, where their counts are
 * known; a value alone is as it was given. */
static void test_hand_kept(void **state)
{
	(void)state;
	struct table table = {.measure = {.unit = MEASURE_PERCENT,
				      .basis = MEASURE_AGGREGATE},
		.dates = {date_from(2024, 3, 31), date_from(2024, 6, 30),
			date_from(2024, 9, 30), date_from(2024, 12, 31)}};
	table.whole[0] = figure_of(&table.measure, 3, 50);
	table.whole[1] = figure_of(&table.measure, 20, 50);
	table.whole[2] = (struct evaluate_figure){.tenths = 61,
		.symbol = "",
		.lacks_counts = true};
	table.whole[3] = figure_of(&table.measure, 12, 10);
	protect(&table, 0, 4);
	assert_string_equal(table.whole[0].symbol, "c");
	assert_true(table.whole[0].hides_numerator);
	assert_string_equal(table.whole[1].symbol, "");
	assert_string_equal(table.whole[2].symbol, "");
	assert_string_equal(table.whole[3].symbol, "c"); /* more than all */
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_symbols),
		cmocka_unit_test(test_spans),
		cmocka_unit_test(test_feeds_in_order),
		cmocka_unit_test(test_rounding),
		cmocka_unit_test(test_write_tenths),
		cmocka_unit_test(test_partner), cmocka_unit_test(test_means),
		cmocka_unit_test(test_zero_is_shown),
		cmocka_unit_test(test_percentages),
		cmocka_unit_test(test_years_to_date),
		cmocka_unit_test(test_symbol_stays),
		cmocka_unit_test(test_hand_kept)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
