/* SPDX-License-Identifier: MIT
 *
 * Figures in a test.
 */
#include "reckoning.h"

#include "register/register.h"

struct reckoning reckoning_open(struct harness *harness)
{
	struct reckoning reckoning = {.roll = NULL};
	struct fault fault = {0};
	struct codes *codes;
	HARNESS_DONE(codes_open(harness_arena(harness), NULL, &codes, &fault),
		&fault);
	/* Measures of registers read tables that their definitions make. */
	struct registers *registers;
	size_t changed;
	HARNESS_DONE(register_open(harness_arena(harness), codes, NULL,
			     &registers, &fault),
		&fault);
	HARNESS_DONE(register_up(registers, harness_store(harness), HARNESS_LA,
			     &changed, &fault),
		&fault);
	HARNESS_DONE(roll_open(harness_store(harness), HARNESS_LA, codes,
			     &reckoning.roll, &fault),
		&fault);
	HARNESS_DONE(measure_open(harness_arena(harness), NULL,
			     &reckoning.measures, &fault),
		&fault);
	HARNESS_DONE(evaluate_coverage_read(reckoning.roll,
			     &reckoning.coverages, &fault),
		&fault);
	return reckoning;
}

void reckoning_close(struct reckoning *reckoning)
{
	roll_close(reckoning->roll);
	reckoning->roll = NULL;
}

const struct measure *reckoning_measure(const struct reckoning *reckoning,
	const char *id)
{
	const struct measure *measure = measure_find(&reckoning->measures,
		text_of(id));
	if (measure == NULL)
		fail_msg("there is no measure %s", id);
	return measure;
}

struct date reckoning_day(const char *iso)
{
	struct date day = DATE_NONE;
	if (!date_read_iso(text_of(iso), &day))
		fail_msg("%s is not a date", iso);
	return day;
}

struct evaluate_request reckoning_request(struct reckoning *reckoning,
	const char *id, const struct date *dates, size_t count)
{
	struct fault fault = {0};
	const struct measure *measure = reckoning_measure(reckoning, id);
	struct sweep_list *list = arena_new(reckoning->roll->arena, sizeof *list);
	if (measure->basis != MEASURE_AGGREGATE)
		HARNESS_DONE(roll_list(reckoning->roll, measure,
				     evaluate_feed(measure, &reckoning->coverages),
				     list, &fault),
			&fault);
	return (struct evaluate_request){.measure = measure,
		.coverages = &reckoning->coverages,
		.dates = dates,
		.count = count,
		.list = list};
}

struct evaluate_figure reckoning_at(struct reckoning *reckoning, const char *id,
	const char *iso)
{
	struct fault fault = {0};
	struct date date = reckoning_day(iso);
	struct evaluate_request request = reckoning_request(reckoning, id,
		&date, 1);
	struct evaluate_result result;
	HARNESS_DONE(evaluate_measure(reckoning->roll, &request, &result, &fault),
		&fault);
	return result.figures[0];
}

const char *reckoning_text(struct reckoning *reckoning, const char *id,
	const char *iso)
{
	struct evaluate_figure figure = reckoning_at(reckoning, id, iso);
	struct arena *arena = reckoning->roll->arena;
	bool is_count = reckoning_measure(reckoning, id)->unit == MEASURE_COUNT;
	const char *counts = is_count
		? arena_format(arena, "%lld", (long long)figure.numerator)
		: arena_format(arena, "%lld/%lld", (long long)figure.numerator,
			(long long)figure.denominator);
	char tenths[EVALUATE_TENTHS];
	evaluate_write_tenths(figure.tenths, tenths);
	if (figure.symbol[0] != '\0')
		return arena_format(arena, "%s %s", counts, figure.symbol);
	return is_count ? counts : arena_format(arena, "%s %s", counts, tenths);
}

void reckoning_fill(struct harness *harness, const char *sql)
{
	struct fault fault = {0};
	struct store *store = harness_store(harness);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(store_script(store, sql, &fault), &fault);
	HARNESS_DONE(store_commit(store, &fault), &fault);
}
