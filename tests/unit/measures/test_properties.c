/* SPDX-License-Identifier: MIT
 *
 * What must hold of every shipped measure whatever the data: over the invented
 * borough always, and over the public samples where they are here.
 */
#include "borough.h"
#include "importing.h"
#include "reckoning.h"

#include <string.h>

enum { MONTHS = 72, QUARTERS = 40, LAST_YEAR = 2025 };

/* Ends of the months to March 2025. */
static void month_ends(struct date *dates)
{
	for (int i = 0; i < MONTHS; i++)
		dates[i] = date_add_days(date_add_months(date_from(LAST_YEAR, 4, 1),
						 i + 1 - MONTHS),
			-1);
}

static bool is_listed(const struct measure *measure)
{
	return measure->basis != MEASURE_AGGREGATE;
}

static void complain(const struct measure *measure, struct date at,
	const char *what)
{
	char text[DATE_TEXT];
	date_write(at, text);
	fail_msg(TEXT_FORMAT " at %s: %s", TEXT_ARGS(measure->id), text, what);
}

/* Every listed measure is handed to `check` with a request for month ends. */
typedef void check_measure(struct reckoning *, struct evaluate_request *,
	struct evaluate_result *whole);

static void each_measure(struct harness *harness, check_measure *check)
{
	struct reckoning reckoning = reckoning_open(harness);
	struct date dates[MONTHS];
	month_ends(dates);
	for (size_t i = 0; i < reckoning.measures.count; i++) {
		const struct measure *measure = &reckoning.measures.items[i];
		struct fault fault = {0};
		struct evaluate_result whole;
		if (!is_listed(measure))
			continue;
		struct evaluate_request request = reckoning_request(&reckoning,
			arena_string(harness_arena(harness), measure->id),
			dates, MONTHS);
		HARNESS_DONE(evaluate_measure(reckoning.roll, &request, &whole,
				     &fault),
			&fault);
		check(&reckoning, &request, &whole);
	}
	reckoning_close(&reckoning);
}

/* ---- Counted is part of the whole ---- */

/* How often each child is in a figure, or with how many points. */
static void tally(struct reckoning *reckoning, struct evaluate_request *request,
	size_t date, enum sweep_part part, uint16_t *times)
{
	struct fault fault = {0};
	const uint32_t *items;
	size_t count = evaluate_items(reckoning->roll, request, date, part,
		&items, &fault);
	assert_false(fault_is_set(&fault));
	memset(times, 0, (reckoning->roll->count + 1) * sizeof *times);
	for (size_t i = 0; i < count; i++)
		times[request->list->child[items[i]]] +=
			(uint16_t)(request->list->amount == NULL
					? 1
					: request->list->amount[items[i]]);
}

static void check_parts(struct reckoning *reckoning,
	struct evaluate_request *request, struct evaluate_result *whole)
{
	const struct measure *measure = request->measure;
	size_t children = reckoning->roll->count + 1;
	uint16_t *base = arena_array(reckoning->roll->arena, children, 2);
	uint16_t *counted = arena_array(reckoning->roll->arena, children, 2);
	for (size_t p = 0; p < request->count; p++) {
		struct evaluate_figure figure = whole->figures[p];
		int64_t sums[2] = {0, 0};
		tally(reckoning, request, p, SWEEP_COUNTED, counted);
		tally(reckoning, request, p, SWEEP_DENOMINATOR, base);
		for (size_t c = 0; c < children; c++) {
			sums[0] += counted[c];
			sums[1] += base[c];
			if (measure->unit == MEASURE_PERCENT
				&& counted[c] > base[c])
				complain(measure, request->dates[p],
					"a child is counted but not in the"
					" denominator");
		}
		if (sums[0] != figure.numerator
			|| (measure->unit == MEASURE_PERCENT
				&& sums[1] != figure.denominator))
			complain(measure, request->dates[p],
				"the children listed are not the figure");
	}
}

static void test_parts(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	each_measure(harness, check_parts);
}

/* ---- A child is in a state once ---- */

static const char *const once[] = {"LAC", "LACR", "LAC3P", "LAC3P2", "LACLT",
	"LACREV", "LACSW3", "LAC20M", "LACOUT", "LACHA", "LACCON", "CLEET",
	"CLSUIY", "PEX"};

static void check_once(struct reckoning *reckoning,
	struct evaluate_request *request, struct evaluate_result *whole)
{
	const struct measure *measure = request->measure;
	size_t children = reckoning->roll->count + 1;
	uint16_t *times = arena_array(reckoning->roll->arena, children, 2);
	bool is_once = false;
	(void)whole;
	for (size_t i = 0; i < COUNT_OF(once); i++)
		is_once |= text_is(measure->id, once[i]);
	for (size_t p = 0; is_once && p < request->count; p++)
		for (int part = 0; part < SWEEP_PARTS; part++) {
			tally(reckoning, request, p, (enum sweep_part)part,
				times);
			for (size_t c = 0; c < children; c++)
				if (times[c] > 1)
					complain(measure, request->dates[p],
						"a child is there twice");
		}
}

static void test_once(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	each_measure(harness, check_once);
}

/* ---- Breakdowns ---- */

static struct evaluate_result broken_down(struct reckoning *reckoning,
	struct evaluate_request *request, const struct roll_dimension *first,
	const struct roll_dimension *second)
{
	struct fault fault = {0};
	struct evaluate_result result;
	request->by[0] = first;
	request->by[1] = second;
	HARNESS_DONE(evaluate_measure(reckoning->roll, request, &result, &fault),
		&fault);
	request->by[0] = request->by[1] = NULL;
	return result;
}

static void check_sum(const struct evaluate_request *request,
	const struct evaluate_result *whole, const struct evaluate_result *parts)
{
	const struct measure *measure = request->measure;
	for (size_t p = 0; p < request->count; p++) {
		int64_t n = 0, d = 0;
		for (size_t g = 0; g < parts->groups; g++) {
			n += parts->figures[g * request->count + p].numerator;
			d += parts->figures[g * request->count + p].denominator;
		}
		if (n != whole->figures[p].numerator
			|| (measure->unit == MEASURE_PERCENT
				&& d != whole->figures[p].denominator))
			complain(measure, request->dates[p],
				"the groups do not add up to the whole");
	}
}

static void check_breakdowns(struct reckoning *reckoning,
	struct evaluate_request *request, struct evaluate_result *whole)
{
	struct roll_dimension age, sex;
	struct fault fault = {0};
	for (const char *const *name = roll_dimension_names(); *name != NULL;
		name++) {
		struct roll_dimension by;
		HARNESS_DONE(roll_dimension(reckoning->roll, text_of(*name),
				     &by, &fault),
			&fault);
		struct evaluate_result parts = broken_down(reckoning, request,
			&by, NULL);
		assert_int_equal(parts.groups, by.sweep.groups);
		assert_string_equal(by.labels[by.sweep.groups - 1], "Not known");
		check_sum(request, whole, &parts);
	}
	HARNESS_DONE(roll_dimension(reckoning->roll, TEXT("age"), &age, &fault),
		&fault);
	HARNESS_DONE(roll_dimension(reckoning->roll, TEXT("sex"), &sex, &fault),
		&fault);
	struct evaluate_result crossed = broken_down(reckoning, request, &age,
		&sex);
	assert_int_equal(crossed.groups, age.sweep.groups * sex.sweep.groups);
	check_sum(request, whole, &crossed);
}

static void test_breakdowns(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	reckoning_fill(harness,
		"UPDATE child SET sex = CASE id % 3 WHEN 0 THEN 'F' WHEN 1 THEN"
		" 'M' END, ethnicity = CASE id % 2 WHEN 0 THEN 'WBRI' ELSE"
		" 'BCRB' END WHERE la = 206 AND id <> 40;");
	each_measure(harness, check_breakdowns);
}

static void test_no_such_breakdown(void **state)
{
	struct harness *harness = harness_of(state);
	struct reckoning reckoning = reckoning_open(harness);
	struct roll_dimension by;
	struct fault fault = {0};
	assert_false(
		roll_dimension(reckoning.roll, TEXT("shoe-size"), &by, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
	for (const char *const *name = roll_dimension_names(); *name != NULL;
		name++)
		assert_non_null(strstr(fault.hint, *name));
	reckoning_close(&reckoning);
}

/* ---- Forty quarters are forty single runs ---- */

static void test_quarters(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	struct reckoning reckoning = reckoning_open(harness);
	struct date dates[QUARTERS];
	for (int i = 0; i < QUARTERS; i++)
		dates[i] = date_add_days(date_add_months(date_from(2025, 4, 1),
						 3 * (i + 1 - QUARTERS)),
			-1);
	for (size_t m = 0; m < reckoning.measures.count; m++) {
		struct fault fault = {0};
		struct evaluate_result all, one;
		const char *id = arena_string(harness_arena(harness),
			reckoning.measures.items[m].id);
		struct evaluate_request request = reckoning_request(&reckoning,
			id, dates, QUARTERS);
		HARNESS_DONE(evaluate_measure(reckoning.roll, &request, &all,
				     &fault),
			&fault);
		request.count = 1;
		for (int p = 0; p < QUARTERS; p++) {
			request.dates = &dates[p];
			HARNESS_DONE(evaluate_measure(reckoning.roll, &request,
					     &one, &fault),
				&fault);
			const struct evaluate_figure *a = &all.figures[p];
			const struct evaluate_figure *b = &one.figures[0];
			if (a->numerator != b->numerator
				|| a->denominator != b->denominator
				|| a->tenths != b->tenths
				|| strcmp(a->symbol, b->symbol) != 0)
				complain(request.measure, dates[p],
					"a run of its own gives another figure");
		}
	}
	reckoning_close(&reckoning);
}

/* ---- Published figures give nothing away ---- */

/* No small number stands where a reader could see it, alone or as the rest of
 * the group's or the whole's. */
static bool is_small(int64_t count)
{
	return count >= 1 && count <= 5;
}

static void check_shown(const struct evaluate_request *request, size_t p,
	const struct evaluate_figure *figure)
{
	const struct measure *measure = request->measure;
	bool shows_n = !figure->hides_numerator;
	bool shows_d = measure->unit == MEASURE_PERCENT
		&& !figure->hides_denominator;
	bool is_shown = figure->symbol[0] == '\0';
	if ((shows_n && is_small(figure->numerator))
		|| (shows_d && is_small(figure->denominator)))
		complain(measure, request->dates[p], "a small number is shown");
	if (shows_n && shows_d
		&& is_small(figure->denominator - figure->numerator))
		complain(measure, request->dates[p], "a small rest is shown");
	if (is_shown && (!shows_n || figure->hides_denominator))
		complain(measure, request->dates[p],
			"a value of hidden counts is shown");
}

/* A single hidden group is the total less the rest. */
static void check_alone(const struct evaluate_request *request, size_t p,
	const struct evaluate_figure *whole, const struct evaluate_result *parts)
{
	size_t hidden = 0;
	for (size_t g = 0; g < parts->groups; g++)
		hidden += parts->figures[g * request->count + p].hides_numerator;
	if (!whole->hides_numerator && hidden == 1)
		complain(request->measure, request->dates[p],
			"one group alone is hidden");
}

static void check_published(struct reckoning *reckoning,
	struct evaluate_request *request, struct evaluate_result *whole)
{
	struct roll_dimension by;
	struct fault fault = {0};
	HARNESS_DONE(roll_dimension(reckoning->roll, TEXT("sex"), &by, &fault),
		&fault);
	struct evaluate_result parts = broken_down(reckoning, request, &by, NULL);
	request->by[0] = &by;
	HARNESS_DONE(evaluate_protect(reckoning->roll, request, whole, &parts,
			     &fault),
		&fault);
	request->by[0] = NULL;
	for (size_t p = 0; p < request->count; p++) {
		check_shown(request, p, &whole->figures[p]);
		check_alone(request, p, &whole->figures[p], &parts);
		for (size_t g = 0; g < parts.groups; g++)
			check_shown(request, p,
				&parts.figures[g * request->count + p]);
	}
}

static void test_published(void **state)
{
	struct harness *harness = harness_of(state);
	borough_fill(harness);
	reckoning_fill(harness,
		"UPDATE child SET sex = CASE id % 3 WHEN 0 THEN 'F' ELSE 'M' END"
		" WHERE la = 206;");
	each_measure(harness, check_published);
}

/* ---- The samples ---- */

static void test_samples(void **state)
{
	struct harness *harness = harness_of(state);
	const char *care = importing_sample(harness, "ssda903-multiyear");
	const char *need = importing_sample(harness,
		"cin-census/fake_CIN_data.xml");
	if (care == NULL || need == NULL)
		return;
	importing_one(harness, "ssda903", care);
	importing_one(harness, "cin", need);
	each_measure(harness, check_parts);
	each_measure(harness, check_once);
	each_measure(harness, check_published);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_parts),
		HARNESS_SQLITE(test_once), HARNESS_EACH_ENGINE(test_breakdowns),
		HARNESS_SQLITE(test_no_such_breakdown),
		HARNESS_SQLITE(test_quarters), HARNESS_SQLITE(test_published),
		HARNESS_SQLITE(test_samples)};
	return HARNESS_RUN(tests);
}
