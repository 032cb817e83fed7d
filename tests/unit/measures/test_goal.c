/* SPDX-License-Identifier: MIT
 *
 * Status and direction: the figures of the quarterly report for quarter 1 of
 * 2024-25 that went to Islington's scrutiny committee on 25 November 2024, and
 * the edges of every rule.
 */
#include "reckoning.h"

#include <string.h>

static struct evaluate_figure valued(int64_t tenths)
{
	return (struct evaluate_figure){.tenths = tenths, .symbol = ""};
}

static struct evaluate_figure symbolled(const char *symbol)
{
	return (struct evaluate_figure){.tenths = 100, .symbol = symbol};
}

/* ---- The report of 25 November 2024 ---- */

struct row {
	const char *id;
	int64_t now, before; /* tenths; before -1: not quoted */
	int64_t comparator;  /* 0: none */
	int64_t change, miss;
	enum goal_status status;
	enum goal_direction direction;
};

static const struct row report[] = {
	{"CPP2", 207, 267, 0, -60, -13, GOAL_GREEN, GOAL_BETTER},
	{"LAC3P", 144, 121, 0, 23, 34, GOAL_RED, GOAL_WORSE},
	{"LACLT", 670, -1, 0, 0, 30, GOAL_AMBER, GOAL_UNKNOWN},
	{"PAPRI", 177, 210, 159, -33, 18, GOAL_RED, GOAL_BETTER},
	{"PASEC", 245, 272, 202, -27, 43, GOAL_RED, GOAL_BETTER},
};

static void check_row(const struct measures *measures, const struct row *row)
{
	const struct measure *measure = measure_find(measures, text_of(row->id));
	struct evaluate_figure now = valued(row->now);
	struct evaluate_figure before = row->before < 0 ? symbolled("x")
							: valued(row->before);
	struct goal_comparison comparison = {.target = measure_target_on(measure,
						     date_from(2024, 6, 30)),
		.has_comparator = row->comparator != 0,
		.comparator = row->comparator};
	int64_t miss = 0;
	assert_non_null(comparison.target);
	assert_true(goal_miss(measure, &now, &comparison, &miss));
	assert_int_equal(miss, row->miss);
	assert_int_equal(goal_status(measure, &now, &comparison), row->status);
	assert_int_equal(goal_direction(measure, &now, &before), row->direction);
	if (row->before >= 0)
		assert_int_equal(now.tenths - before.tenths, row->change);
}

static void test_report(void **state)
{
	struct arena *arena = arena_open();
	struct measures measures;
	struct fault fault = {0};
	(void)state;
	HARNESS_DONE(measure_open(arena, NULL, &measures, &fault), &fault);
	for (size_t i = 0; i < COUNT_OF(report); i++)
		check_row(&measures, &report[i]);
	arena_close(arena);
}

/* The two tiers of the drug and alcohol service take no sides. */
static void test_neutral(void **state)
{
	struct arena *arena = arena_open();
	struct measures measures;
	struct fault fault = {0};
	(void)state;
	HARNESS_DONE(measure_open(arena, NULL, &measures, &fault), &fault);
	static const char *const ids[] = {"IYPT2", "IYPT3", "LAC"};
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		const struct measure *measure = measure_find(&measures,
			text_of(ids[i]));
		struct evaluate_figure now = valued(120), before = valued(310);
		struct goal_comparison none = {.target = NULL};
		assert_int_equal(goal_status(measure, &now, &none), GOAL_NEUTRAL);
		assert_int_equal(goal_direction(measure, &now, &before),
			GOAL_UNKNOWN);
	}
	arena_close(arena);
}

/* ---- Edges ---- */

struct edge {
	enum measure_goal goal;
	int64_t low, high, value;
	enum goal_status status;
};

static const struct edge edges[] = {
	{GOAL_AT_MOST, 0, 110, 110, GOAL_GREEN},
	{GOAL_AT_MOST, 0, 110, 111, GOAL_AMBER},
	{GOAL_AT_MOST, 0, 110, 121, GOAL_AMBER}, /* exactly a tenth over */
	{GOAL_AT_MOST, 0, 110, 122, GOAL_RED},
	{GOAL_AT_MOST, 0, 0, 0, GOAL_GREEN},
	{GOAL_AT_MOST, 0, 0, 1, GOAL_RED}, /* a tenth of nothing is nothing */
	{GOAL_AT_LEAST, 700, 700, 700, GOAL_GREEN},
	{GOAL_AT_LEAST, 700, 700, 699, GOAL_AMBER},
	{GOAL_AT_LEAST, 700, 700, 630, GOAL_AMBER}, /* exactly a tenth under */
	{GOAL_AT_LEAST, 700, 700, 629, GOAL_RED},
	{GOAL_BAND, 100, 150, 100, GOAL_GREEN},
	{GOAL_BAND, 100, 150, 150, GOAL_GREEN},
	{GOAL_BAND, 100, 150, 151, GOAL_AMBER},
	{GOAL_BAND, 100, 150, 165, GOAL_AMBER}, /* a tenth of 15 */
	{GOAL_BAND, 100, 150, 166, GOAL_RED},
	{GOAL_BAND, 100, 150, 99, GOAL_AMBER},
	{GOAL_BAND, 100, 150, 90, GOAL_AMBER}, /* a tenth of 10 */
	{GOAL_BAND, 100, 150, 89, GOAL_RED},
	{GOAL_COMPARATOR, 0, 0, 199, GOAL_GREEN},
	{GOAL_COMPARATOR, 0, 0, 200, GOAL_AMBER}, /* below means below */
	{GOAL_COMPARATOR, 0, 0, 220, GOAL_AMBER},
	{GOAL_COMPARATOR, 0, 0, 221, GOAL_RED},
};

static void test_edges(void **state)
{
	static const struct measure measure = {.polarity = MEASURE_LOW};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(edges); i++) {
		const struct edge *edge = &edges[i];
		struct measure_target target = {.goal = edge->goal,
			.low = edge->low,
			.high = edge->high};
		struct goal_comparison comparison = {.target = &target,
			.has_comparator = true,
			.comparator = 200};
		struct evaluate_figure figure = valued(edge->value);
		enum goal_status got = goal_status(&measure, &figure,
			&comparison);
		if (got != edge->status)
			fail_msg("row %zu: status %d, not %d", i, (int)got,
				(int)edge->status);
	}
}

/* The status follows the latest comparator, it is not a number of ours. */
static void test_comparator_moves(void **state)
{
	static const struct measure measure = {.polarity = MEASURE_LOW};
	static const struct measure_target target = {.goal = GOAL_COMPARATOR};
	struct evaluate_figure figure = valued(177);
	(void)state;
	static const struct {
		int64_t comparator;
		enum goal_status status;
	} steps[] = {{159, GOAL_RED}, {161, GOAL_AMBER}, {177, GOAL_AMBER},
		{178, GOAL_GREEN}};
	for (size_t i = 0; i < COUNT_OF(steps); i++) {
		struct goal_comparison comparison = {.target = &target,
			.has_comparator = true,
			.comparator = steps[i].comparator};
		assert_int_equal(goal_status(&measure, &figure, &comparison),
			steps[i].status);
	}
}

/* Better than the same period last year: the same is not enough. */
static void test_improve(void **state)
{
	static const struct {
		enum measure_polarity polarity;
		int64_t value, miss;
		enum goal_status status;
	} rows[] = {
		{MEASURE_LOW, 199, -1, GOAL_GREEN},
		{MEASURE_LOW, 200, 0, GOAL_AMBER},
		{MEASURE_LOW, 220, 20, GOAL_AMBER},
		{MEASURE_LOW, 221, 21, GOAL_RED},
		{MEASURE_HIGH, 201, -1, GOAL_GREEN},
		{MEASURE_HIGH, 200, 0, GOAL_AMBER},
		{MEASURE_HIGH, 180, 20, GOAL_AMBER},
		{MEASURE_HIGH, 179, 21, GOAL_RED},
	};
	static const struct measure_target target = {.goal = GOAL_IMPROVE};
	const struct evaluate_figure points[] = {valued(200), symbolled("u"),
		valued(1), valued(2), valued(3), valued(4)};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct measure measure = {.polarity = rows[i].polarity};
		struct evaluate_figure figure = valued(rows[i].value);
		struct goal_comparison comparison = {.target = &target};
		int64_t miss = 77;
		goal_set_period(&comparison, points, 4, date_from(2024, 6, 30));
		assert_true(goal_miss(&measure, &figure, &comparison, &miss));
		assert_int_equal(miss, rows[i].miss);
		assert_int_equal(goal_status(&measure, &figure, &comparison),
			rows[i].status);
		/* A year before there was no value, or no quarter. */
		for (size_t p = 3; p <= 5; p += 2) {
			goal_set_period(&comparison, points, p,
				date_from(2024, 9, 30));
			assert_int_equal(goal_status(&measure, &figure,
						 &comparison),
				GOAL_GREY);
		}
	}
}

/* A count that adds up over the year has a target for each quarter's end. */
static void test_profile(void **state)
{
	static const struct measure_target at_least = {.goal = GOAL_AT_LEAST,
		.low = 400,
		.high = 400,
		.has_quarters = true,
		.quarters = {100, 200, 300, 400}};
	static const struct measure measure = {.polarity = MEASURE_HIGH};
	static const struct {
		int month, day;
		int64_t value;
		enum goal_status status;
	} rows[] = {{6, 30, 100, GOAL_GREEN}, {6, 30, 99, GOAL_AMBER},
		{9, 30, 100, GOAL_RED}, {9, 30, 200, GOAL_GREEN},
		{12, 31, 269, GOAL_RED}, {12, 31, 270, GOAL_AMBER},
		{3, 31, 400, GOAL_GREEN}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct evaluate_figure figure = valued(rows[i].value);
		struct goal_comparison comparison = {.target = &at_least};
		goal_set_period(&comparison, &figure, 0,
			date_from(2024, rows[i].month, rows[i].day));
		if (goal_status(&measure, &figure, &comparison) != rows[i].status)
			fail_msg("row %zu", i);
	}
	/* Without a quarter the year's counts. */
	struct goal_comparison whole = {.target = &at_least};
	struct goal_limits limits;
	assert_true(goal_limits(&whole, &limits));
	assert_int_equal(limits.low, 400);
}

static void test_grey(void **state)
{
	static const struct measure measure = {.polarity = MEASURE_HIGH};
	static const struct measure_target at_least = {.goal = GOAL_AT_LEAST,
		.low = 700,
		.high = 700};
	static const struct measure_target below = {.goal = GOAL_COMPARATOR};
	static const char *const symbols[] = {"x", "z", "u", "c"};
	struct goal_comparison comparison = {.target = &at_least};
	struct evaluate_figure value = valued(800);
	int64_t miss = 77;
	(void)state;
	for (size_t i = 0; i < COUNT_OF(symbols); i++) {
		struct evaluate_figure figure = symbolled(symbols[i]);
		assert_int_equal(goal_status(&measure, &figure, &comparison),
			GOAL_GREY);
		assert_false(goal_miss(&measure, &figure, &comparison, &miss));
		assert_int_equal(goal_direction(&measure, &figure, &value),
			GOAL_UNKNOWN);
		assert_int_equal(goal_direction(&measure, &value, &figure),
			GOAL_UNKNOWN);
	}
	comparison.target = NULL;
	assert_int_equal(goal_status(&measure, &value, &comparison), GOAL_GREY);
	comparison.target = &below; /* none published */
	assert_int_equal(goal_status(&measure, &value, &comparison), GOAL_GREY);
	assert_false(goal_miss(&measure, &value, &comparison, &miss));
	assert_int_equal(miss, 77);
}

static void test_direction(void **state)
{
	static const struct {
		enum measure_unit unit;
		enum measure_polarity polarity;
		int64_t now, before;
		enum goal_direction direction;
	} rows[] = {
		{MEASURE_PERCENT, MEASURE_LOW, 100, 104, GOAL_SAME},
		{MEASURE_PERCENT, MEASURE_LOW, 100, 105, GOAL_BETTER},
		{MEASURE_PERCENT, MEASURE_LOW, 104, 100, GOAL_SAME},
		{MEASURE_PERCENT, MEASURE_LOW, 105, 100, GOAL_WORSE},
		{MEASURE_PERCENT, MEASURE_HIGH, 105, 100, GOAL_BETTER},
		{MEASURE_PERCENT, MEASURE_HIGH, 100, 105, GOAL_WORSE},
		{MEASURE_PERCENT, MEASURE_HIGH, 100, 100, GOAL_SAME},
		{MEASURE_PERCENT, MEASURE_BAND, 100, 200, GOAL_UNKNOWN},
		{MEASURE_RATE, MEASURE_LOW, 505, 500, GOAL_WORSE},
		/* counts: fewer than 5 children are the same */
		{MEASURE_COUNT, MEASURE_LOW, 140, 100, GOAL_SAME},
		{MEASURE_COUNT, MEASURE_LOW, 150, 100, GOAL_WORSE},
		{MEASURE_COUNT, MEASURE_LOW, 100, 150, GOAL_BETTER},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct measure measure = {.unit = rows[i].unit,
			.polarity = rows[i].polarity};
		struct evaluate_figure now = valued(rows[i].now);
		struct evaluate_figure before = valued(rows[i].before);
		enum goal_direction got = goal_direction(&measure, &now, &before);
		if (got != rows[i].direction)
			fail_msg("row %zu: direction %d, not %d", i, (int)got,
				(int)rows[i].direction);
	}
}

/* ---- The comparator published ---- */

#define PUBLISHED(seq, period, area, school, value) \
	"INSERT INTO published (publication, seq, time_period," \
	" time_identifier, level, area, area_name, filters, indicator, value)" \
	" VALUES ('invented.csv', " #seq ", '" period \
	"', 'Academic year', 'Regional', '" area "', 'Inner London'," \
	" 'school_type=" school "', 'enrolments_pa_10_exact_percent', '" value \
	"');"

static void check_comparator(struct reckoning *reckoning, const char *iso,
	int64_t expected, const char *label)
{
	struct fault fault = {0};
	struct goal_comparison comparison = {.target = NULL};
	const char *got = NULL;
	HARNESS_DONE(goal_comparator(reckoning->roll,
			     reckoning_measure(reckoning, "PAPRI"),
			     reckoning_day(iso), &comparison, &got, &fault),
		&fault);
	assert_int_equal(comparison.has_comparator, expected >= 0);
	if (expected >= 0)
		assert_int_equal(comparison.comparator, expected);
	assert_string_equal(got, label);
}

static void test_comparator(void **state)
{
	struct harness *harness = harness_of(state);
	reckoning_fill(harness,
		PUBLISHED(1, "201617", "E13000001", "State-funded primary",
			"8.44999") PUBLISHED(2, "201718", "E13000001",
			"State-funded primary", "8.45") PUBLISHED(3, "201819",
			"E13000001", "State-funded primary", "c") PUBLISHED(4,
			"201819", "E13000001", "State-funded secondary",
			"12.0") PUBLISHED(5, "201819", "E13000002",
			"State-funded primary", "7.7") PUBLISHED(6, "201920",
			"E13000001", "State-funded primary", "9"));
	struct reckoning reckoning = reckoning_open(harness);
	check_comparator(&reckoning, "2016-07-31", -1, "");
	/* an academic year begins with August */
	check_comparator(&reckoning, "2016-08-01", 84, "201617, invented.csv");
	check_comparator(&reckoning, "2017-07-31", 84, "201617, invented.csv");
	check_comparator(&reckoning, "2017-08-01", 85, "201718, invented.csv");
	/* a symbol is no value: the year before stands */
	check_comparator(&reckoning, "2019-03-31", 85, "201718, invented.csv");
	check_comparator(&reckoning, "2024-06-30", 90, "201920, invented.csv");
	/* a measure without one */
	struct goal_comparison none = {.target = NULL};
	struct fault fault = {0};
	const char *label;
	HARNESS_DONE(goal_comparator(reckoning.roll,
			     reckoning_measure(&reckoning, "LAC"),
			     reckoning_day("2024-06-30"), &none, &label, &fault),
		&fault);
	assert_false(none.has_comparator);
	reckoning_close(&reckoning);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_report),
		cmocka_unit_test(test_neutral), cmocka_unit_test(test_edges),
		cmocka_unit_test(test_comparator_moves),
		cmocka_unit_test(test_improve), cmocka_unit_test(test_profile),
		cmocka_unit_test(test_grey), cmocka_unit_test(test_direction),
		HARNESS_EACH_ENGINE(test_comparator)};
	return HARNESS_RUN(tests);
}
