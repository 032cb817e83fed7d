/* SPDX-License-Identifier: MIT
 *
 * From lists to figures.
 */
#include "measures/evaluate.h"

#include <stdio.h>

extern const struct embedded measures_sql[];

enum { LATE_DAYS = 31 }; /* a state is still told so long after the data end */

/* ---- Coverage ---- */

struct date evaluate_still(void)
{
	return date_from(9999, 12, 31);
}

bool evaluate_coverage_read(struct roll *roll,
	struct evaluate_coverages *out_coverages, struct fault *fault)
{
	enum { MOST = 64 };
	struct evaluate_coverage *items = arena_array(roll->arena, MOST,
		sizeof *items);
	size_t count = 0;
	struct store_rows *rows;
	if (!store_query(roll->store, store_find(measures_sql, "coverage"),
		    STORE_VALUES(store_integer(roll->la)), &rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault)) {
		struct evaluate_coverage *item = &items[count++];
		item->kind = arena_text(roll->arena, store_get_text(rows, 0));
		item->covers = (struct period){store_get_date(rows, 1),
			store_get_date(rows, 2)};
		if (text_starts(item->kind, TEXT("register ")))
			item->covers.last = evaluate_still();
		int64_t *numbers[] = {&item->batches, &item->rows,
			&item->refused, &item->repaired, &item->warned,
			&item->children, &item->linked};
		for (size_t i = 0; i < COUNT_OF(numbers); i++)
			*numbers[i] = store_get_integer(rows, (int)i + 3);
		item->received = arena_text(roll->arena,
			store_get_text(rows, 10));
	}
	store_end(rows);
	*out_coverages = (struct evaluate_coverages){items, count};
	return !fault_is_set(fault);
}

const struct evaluate_coverage *evaluate_coverage_find(const struct evaluate_coverages
							       *coverages,
	struct text kind)
{
	for (size_t i = 0; i < coverages->count; i++)
		if (text_equals(coverages->items[i].kind, kind))
			return &coverages->items[i];
	return NULL;
}

struct text evaluate_feed(const struct measure *measure,
	const struct evaluate_coverages *coverages)
{
	for (size_t i = 0; i < COUNT_OF(measure->feeds); i++)
		if (measure->feeds[i].length > 0
			&& evaluate_coverage_find(coverages, measure->feeds[i]))
			return measure->feeds[i];
	return (struct text){.at = NULL, .length = 0};
}

/* ---- Spans ---- */

static bool counts_events(const struct measure *measure)
{
	return measure->basis == MEASURE_QUARTER
		|| measure->basis == MEASURE_YEAR_TO_DATE
		|| measure->basis == MEASURE_ROLLING_12;
}

struct period evaluate_span(const struct measure *measure, struct date at)
{
	int year = period_financial_year_of(at);
	switch (measure->basis) {
	case MEASURE_QUARTER:
	case MEASURE_AGGREGATE:
		return (struct period){period_quarter(year, period_quarter_of(at))
					       .first,
			at};
	case MEASURE_YEAR_TO_DATE:
		return (struct period){period_financial_year(year).first, at};
	case MEASURE_ROLLING_12:
		return (struct period){date_add_days(date_add_months(at, -12), 1),
			at};
	case MEASURE_SNAPSHOT:
	case MEASURE_EXTRACT:
	case MEASURE_TERMS:
	case MEASURE_RETURN_YEAR:
		break;
	}
	return (struct period){at, at};
}

/* The first day whose data the figure needs. */
static struct date needed_from(const struct measure *measure, struct date at)
{
	struct date first = evaluate_span(measure, at).first;
	if (measure->history_months == 0)
		return first;
	if (counts_events(measure))
		return date_add_months(first, -measure->history_months);
	return date_add_days(date_add_months(at, -measure->history_months), 1);
}

/* Whether the feed says nothing about the figure's days. */
static bool is_outside(const struct measure *measure, struct period covers,
	struct date at)
{
	if (counts_events(measure))
		return evaluate_span(measure, at).first.day > covers.last.day;
	if (measure->basis == MEASURE_EXTRACT && at.day < covers.last.day)
		return true;
	return at.day > covers.last.day + LATE_DAYS;
}

const char *evaluate_symbol(const struct measure *measure,
	const struct evaluate_coverage *coverage, struct date at)
{
	if (coverage == NULL || at.day < measure->available_from.day)
		return "x";
	struct period covers = coverage->covers;
	if (covers.first.day == 0)
		return "";
	if (at.day < covers.first.day)
		return "x";
	if (measure->basis == MEASURE_TERMS
		|| measure->basis == MEASURE_RETURN_YEAR)
		return "";
	if (is_outside(measure, covers, at))
		return "x";
	bool stops_inside = counts_events(measure) && at.day > covers.last.day;
	return stops_inside || needed_from(measure, at).day < covers.first.day
		? "u"
		: "";
}

/* ---- Values ---- */

static int64_t round_half_up(int64_t thousandth, int64_t by)
{
	return (2 * thousandth + by) / (2 * by);
}

int64_t evaluate_percent(int64_t numerator, int64_t denominator)
{
	return round_half_up(numerator * 1000, denominator);
}

void evaluate_settle(struct evaluate_figure *figure,
	const struct measure *measure, const char *symbol)
{
	figure->symbol = symbol;
	if (symbol[0] != '\0')
		return;
	switch (measure->unit) {
	case MEASURE_COUNT:
		figure->tenths = figure->numerator * 10;
		return;
	case MEASURE_RATE:
		figure->symbol = figure->denominator == 0 ? "x" : "";
		if (figure->denominator != 0)
			figure->tenths = round_half_up(figure->numerator * 100000,
				figure->denominator);
		return;
	case MEASURE_MEAN:
		figure->symbol = figure->denominator == 0 ? "z" : "";
		if (figure->denominator != 0)
			figure->tenths = round_half_up(figure->numerator * 10,
				figure->denominator);
		return;
	case MEASURE_PERCENT:
		break;
	}
	figure->symbol = figure->denominator == 0 ? "z" : "";
	if (figure->denominator != 0)
		figure->tenths = evaluate_percent(figure->numerator,
			figure->denominator);
}

/* The population of the latest year that had begun by the day. */
static bool population(struct roll *roll, const struct measure *measure,
	struct date at, int64_t *out_population, struct fault *fault)
{
	*out_population = 0;
	struct store_rows *rows;
	if (!store_query(roll->store,
		    store_find(measures_sql, "published_population"),
		    STORE_VALUES(store_integer(roll->la),
			    store_text(measure->population)),
		    &rows, fault))
		return false;
	while (*out_population == 0 && store_next(rows, fault))
		if (store_get_date(rows, 0).day <= at.day)
			*out_population = store_get_integer(rows, 1);
	store_end(rows);
	return !fault_is_set(fault);
}

/* ---- Hand-kept figures ---- */

static bool evaluate_aggregate(struct roll *roll,
	const struct evaluate_request *request, struct evaluate_figure *figures,
	struct fault *fault)
{
	const struct measure *measure = request->measure;
	struct store_value values[MEASURE_PARAMETERS];
	for (size_t i = 0; i < measure->list.count; i++)
		values[i] = text_is(text_of(measure->list.parameters[i]), "la")
			? store_integer(roll->la)
			: store_text(measure->id);
	for (size_t p = 0; p < request->count; p++)
		figures[p].symbol = "x";
	struct store_rows *rows;
	if (!store_query(roll->store, measure->list.sql, values,
		    measure->list.count, &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct date last = store_get_date(rows, 2);
		for (size_t p = 0; p < request->count; p++) {
			struct evaluate_figure *figure = &figures[p];
			if (last.day != request->dates[p].day)
				continue;
			*figure = (struct evaluate_figure){.numerator =
								   store_get_integer(rows,
									   3),
				.denominator = store_get_integer(rows, 4)};
			bool has_counts = !store_is_null(rows, 3)
				&& (measure->unit == MEASURE_COUNT
					|| !store_is_null(rows, 4));
			evaluate_settle(figure, measure, has_counts ? "" : "x");
			figure->lacks_counts = !has_counts;
			if (store_is_null(rows, 5))
				continue;
			figure->tenths = store_get_integer(rows, 5);
			figure->symbol = "";
			if (has_counts || measure->unit != MEASURE_COUNT)
				continue;
			figure->numerator = figure->tenths / 10;
			figure->lacks_counts = false;
		}
	}
	store_end(rows);
	return !fault_is_set(fault);
}

/* ---- Computed figures ---- */

static bool calendar_for(struct roll *roll,
	const struct evaluate_request *request,
	const struct sweep_calendar **out_calendar, struct fault *fault)
{
	if (!counts_events(request->measure))
		return sweep_at_dates(roll->arena, request->dates,
			request->count, out_calendar, fault);
	struct period *spans = arena_array(roll->arena, request->count,
		sizeof *spans);
	for (size_t p = 0; p < request->count; p++)
		spans[p] = evaluate_span(request->measure, request->dates[p]);
	return sweep_in_spans(roll->arena, spans, request->count, out_calendar,
		fault);
}

static struct sweep_counts count_items(struct roll *roll,
	const struct evaluate_request *request,
	const struct sweep_calendar *calendar)
{
	if (request->by[0] != NULL && request->by[1] != NULL) {
		const struct sweep_dimension *both[2] = {&request->by[0]->sweep,
			&request->by[1]->sweep};
		return sweep_count_crossed(roll->arena, request->list, calendar,
			both);
	}
	return sweep_count(roll->arena, request->list, calendar,
		request->by[0] == NULL ? NULL : &request->by[0]->sweep);
}

static bool evaluate_list(struct roll *roll,
	const struct evaluate_request *request, struct evaluate_result *result,
	struct fault *fault)
{
	const struct measure *measure = request->measure;
	const struct evaluate_coverage *coverage =
		evaluate_coverage_find(request->coverages, result->feed);
	const struct sweep_calendar *calendar;
	if (!calendar_for(roll, request, &calendar, fault))
		return false;
	struct sweep_counts counts = count_items(roll, request, calendar);
	result->groups = counts.groups;
	result->figures = arena_array(roll->arena,
		counts.groups * request->count, sizeof *result->figures);
	for (size_t p = 0; p < request->count; p++) {
		const char *symbol = evaluate_symbol(measure, coverage,
			request->dates[p]);
		int64_t people = 0;
		if (measure->unit == MEASURE_RATE
			&& !population(roll, measure, request->dates[p],
				&people, fault))
			return false;
		for (uint32_t g = 0; g < counts.groups; g++) {
			struct evaluate_figure *figure =
				&result->figures[g * request->count + p];
			figure->numerator = sweep_cell(&counts, SWEEP_COUNTED,
				g, (uint32_t)p);
			figure->denominator = measure->unit == MEASURE_RATE
				? people
				: sweep_cell(&counts, SWEEP_DENOMINATOR, g,
					(uint32_t)p);
			evaluate_settle(figure, measure, symbol);
		}
	}
	return true;
}

bool evaluate_measure(struct roll *roll, const struct evaluate_request *request,
	struct evaluate_result *out_result, struct fault *fault)
{
	struct evaluate_result result = {.groups = 1,
		.feed = evaluate_feed(request->measure, request->coverages)};
	if (request->measure->basis == MEASURE_AGGREGATE) {
		result.figures = arena_array(roll->arena, request->count,
			sizeof *result.figures);
		if (!evaluate_aggregate(roll, request, result.figures, fault))
			return false;
	} else if (!evaluate_list(roll, request, &result, fault)) {
		return false;
	}
	*out_result = result;
	return true;
}

size_t evaluate_items(struct roll *roll, const struct evaluate_request *request,
	size_t date, enum sweep_part part, const uint32_t **out_items,
	struct fault *fault)
{
	const struct sweep_calendar *calendar;
	if (request->list == NULL
		|| !calendar_for(roll, request, &calendar, fault))
		return 0;
	return sweep_members(roll->arena, request->list, calendar,
		&(struct sweep_figure){.part = part, .period = (uint32_t)date},
		out_items);
}

void evaluate_write_tenths(int64_t tenths, char out_text[EVALUATE_TENTHS])
{
	int64_t size = tenths < 0 ? -tenths : tenths;
	snprintf(out_text, EVALUATE_TENTHS, "%s%lld.%lld", tenths < 0 ? "-" : "",
		(long long)size / 10, (long long)size % 10);
}
