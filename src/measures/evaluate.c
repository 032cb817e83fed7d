/* SPDX-License-Identifier: MIT
 *
 * From lists to figures.
 */
#include "measures/evaluate.h"

#include <stdio.h>

#include "measures/suppress.h"

extern const struct embedded measures_sql[];

enum { LATE_DAYS = 31 }; /* a state is still told so long after the data end */

static const struct suppress_rules usual_rules = {.threshold = 0};

/* ---- Coverage ---- */

bool evaluate_coverage_read(struct roll *roll,
	struct evaluate_coverages *out_coverages, struct fault *fault)
{
	enum { MOST = 64 };
	struct evaluate_coverage *items =
		arena_array(roll->arena, MOST, sizeof *items);
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
		int64_t *numbers[] = {&item->batches, &item->rows, &item->refused,
			&item->repaired, &item->warned, &item->children,
			&item->linked};
		for (size_t i = 0; i < COUNT_OF(numbers); i++)
			*numbers[i] = store_get_integer(rows, (int)i + 3);
		item->received =
			arena_text(roll->arena, store_get_text(rows, 10));
	}
	store_end(rows);
	*out_coverages = (struct evaluate_coverages){items, count};
	return !fault_is_set(fault);
}

const struct evaluate_coverage *evaluate_coverage_find(
	const struct evaluate_coverages *coverages, struct text kind)
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
		return (struct period){
			period_quarter(year, period_quarter_of(at)).first, at};
	case MEASURE_YEAR_TO_DATE:
		return (struct period){period_financial_year(year).first, at};
	case MEASURE_ROLLING_12:
		return (struct period){
			date_add_days(date_add_months(at, -12), 1), at};
	case MEASURE_SNAPSHOT:
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

const char *evaluate_symbol(const struct measure *measure,
	const struct evaluate_coverage *coverage, struct date at)
{
	if (coverage == NULL || at.day < measure->available_from.day)
		return "x";
	if (coverage->covers.first.day == 0)
		return "";
	struct period span = evaluate_span(measure, at);
	bool is_after = counts_events(measure)
		? span.first.day > coverage->covers.last.day
		: at.day > coverage->covers.last.day + LATE_DAYS;
	bool is_yearly = measure->basis == MEASURE_TERMS
		|| measure->basis == MEASURE_RETURN_YEAR;
	if ((is_after && !is_yearly) || at.day < coverage->covers.first.day)
		return "x";
	if (!is_yearly
		&& needed_from(measure, at).day < coverage->covers.first.day)
		return "u";
	return "";
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
			figure->tenths = round_half_up(
				figure->numerator * 100000, figure->denominator);
		return;
	case MEASURE_PERCENT:
		break;
	}
	figure->symbol = figure->denominator == 0 ? "z" : "";
	if (figure->denominator != 0)
		figure->tenths =
			evaluate_percent(figure->numerator, figure->denominator);
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
			*figure = (struct evaluate_figure){
				.numerator = store_get_integer(rows, 3),
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
		return sweep_at_dates(roll->arena, request->dates, request->count,
			out_calendar, fault);
	struct period *spans =
		arena_array(roll->arena, request->count, sizeof *spans);
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
		const char *symbol =
			evaluate_symbol(measure, coverage, request->dates[p]);
		int64_t people = 0;
		if (measure->unit == MEASURE_RATE
			&& !population(roll, measure, request->dates[p], &people,
				fault))
			return false;
		for (uint32_t g = 0; g < counts.groups; g++) {
			struct evaluate_figure *figure =
				&result->figures[g * request->count + p];
			figure->numerator = sweep_cell(&counts, SWEEP_COUNTED, g,
				(uint32_t)p);
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
	if (request->list == NULL || !calendar_for(roll, request, &calendar, fault))
		return 0;
	return sweep_members(roll->arena, request->list, calendar,
		&(struct sweep_figure){.part = part, .period = (uint32_t)date},
		out_items);
}

/* ---- Small numbers ---- */

static void hide(struct evaluate_figure *figure, bool numerator,
	bool denominator)
{
	figure->hides_numerator |= numerator;
	figure->hides_denominator |= denominator;
	bool has_value = figure->symbol[0] == '\0';
	if ((numerator || denominator) && has_value)
		figure->symbol = "c";
}

/* Both, counted, not counted; or the count alone. */
static void put_cells(const struct measure *measure,
	const struct evaluate_figure *figure, uint32_t *cells)
{
	if (measure->unit != MEASURE_PERCENT) {
		cells[0] = (uint32_t)figure->numerator;
		return;
	}
	cells[OUTCOME_BOTH] = (uint32_t)figure->denominator;
	cells[OUTCOME_COUNTED] = (uint32_t)figure->numerator;
	cells[OUTCOME_NOT_COUNTED] =
		(uint32_t)(figure->denominator - figure->numerator);
}

static void take_reasons(const struct measure *measure,
	const struct suppress_table *table, const uint8_t *reasons, size_t cell,
	struct evaluate_figure *figure)
{
	if (measure->unit != MEASURE_PERCENT) {
		hide(figure, reasons[cell] != SUPPRESS_SHOWN, false);
		return;
	}
	hide(figure, reasons[cell + OUTCOME_COUNTED] != SUPPRESS_SHOWN,
		reasons[cell + OUTCOME_BOTH] != SUPPRESS_SHOWN);
	bool has_value = figure->symbol[0] == '\0';
	if (has_value && !suppress_shows_percentage(table, &usual_rules, reasons, cell))
		figure->symbol = "c";
}

/* How many of the dates from p on are judged together: years to date, year by
 * year, so that no difference gives a small number away; else one. */
static size_t run_length(const struct evaluate_request *request, size_t p)
{
	size_t run = 1;
	int year = period_financial_year_of(request->dates[p]);
	while (request->measure->basis == MEASURE_YEAR_TO_DATE
		&& p + run < request->count && run < SUPPRESS_PERIODS
		&& period_financial_year_of(request->dates[p + run]) == year)
		run++;
	return run;
}

/* Where a group of one dimension, or of two crossed, stands in the table: its
 * row and column, with the margins at 0. */
struct layout {
	uint32_t rows, columns, outcomes;
	uint32_t second; /* groups of the second dimension; 0: none */
};

static struct layout layout_of(const struct evaluate_request *request)
{
	uint32_t second =
		request->by[1] == NULL ? 0 : request->by[1]->sweep.groups;
	return (struct layout){
		request->by[0] == NULL ? 1 : request->by[0]->sweep.groups + 1,
		second + 1,
		request->measure->unit == MEASURE_PERCENT ? OUTCOMES : 1, second};
}

static size_t cell_of(const struct layout *layout, uint32_t row,
	uint32_t column)
{
	return ((size_t)row * layout->columns + column) * layout->outcomes;
}

static size_t group_cell(const struct layout *layout, uint32_t group)
{
	if (layout->second == 0)
		return cell_of(layout, group + 1, 0);
	return cell_of(layout, group / layout->second + 1,
		group % layout->second + 1);
}

/* Adds a group's cells to its own place and to the margins it belongs to. */
static void add_group(const struct measure *measure, const struct layout *layout,
	uint32_t group, const struct evaluate_figure *figure, uint32_t *values)
{
	uint32_t cells[OUTCOMES] = {0};
	uint32_t row = layout->second == 0 ? group + 1
					   : group / layout->second + 1;
	uint32_t column = layout->second == 0 ? 0 : group % layout->second + 1;
	put_cells(measure, figure, cells);
	const size_t places[] = {cell_of(layout, 0, 0), cell_of(layout, row, 0),
		cell_of(layout, 0, column), cell_of(layout, row, column)};
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		if (layout->second == 0 && i > 1)
			break;
		for (uint32_t k = 0; k < layout->outcomes; k++)
			values[places[i] + k] += cells[k];
	}
}

/* A hand-kept percentage: one given without its counts cannot be judged and is
 * published by whoever keeps it; one of more than all is no table. Returns
 * whether that is all there is to say. */
static bool is_judged_by_hand(const struct measure *measure,
	struct evaluate_figure *figure)
{
	if (measure->basis != MEASURE_AGGREGATE
		|| measure->unit != MEASURE_PERCENT)
		return false;
	if (figure->lacks_counts)
		return true;
	if (figure->numerator <= figure->denominator)
		return false;
	hide(figure, true, true);
	return true;
}

/* Judges the dates p to p + run - 1 as one table or series of tables. */
static bool protect_run(struct roll *roll,
	const struct evaluate_request *request, struct evaluate_result *whole,
	struct evaluate_result *parts, size_t p, struct fault *fault)
{
	const struct measure *measure = request->measure;
	struct layout layout = layout_of(request);
	size_t run = run_length(request, p);
	size_t cells = (size_t)layout.rows * layout.columns * layout.outcomes;
	uint32_t *values = arena_array(roll->arena, run * cells, sizeof *values);
	for (size_t t = 0; t < run; t++) {
		uint32_t *table = &values[t * cells];
		if (parts == NULL)
			put_cells(measure, &whole->figures[p + t], table);
		for (uint32_t g = 0; parts != NULL && g < parts->groups; g++)
			add_group(measure, &layout, g,
				&parts->figures[g * request->count + p + t],
				table);
	}
	struct suppress_table table = {
		.size = {layout.rows, layout.columns, layout.outcomes},
		.outcome = layout.outcomes > 1 ? 3 : 0,
		.periods = (uint32_t)run,
		.values = values};
	struct suppress_result result;
	if (!suppress_cells(roll->arena, &table, &usual_rules, &result, fault))
		return false;
	for (size_t t = 0; t < run; t++) {
		struct suppress_table one = table;
		one.periods = 0;
		one.values = &values[t * cells];
		const uint8_t *reasons = &result.figures[t * cells];
		take_reasons(measure, &one, reasons, 0, &whole->figures[p + t]);
		for (uint32_t g = 0; parts != NULL && g < parts->groups; g++)
			take_reasons(measure, &one, reasons,
				group_cell(&layout, g),
				&parts->figures[g * request->count + p + t]);
	}
	return true;
}

bool evaluate_protect(struct roll *roll, const struct evaluate_request *request,
	struct evaluate_result *whole, struct evaluate_result *parts,
	struct fault *fault)
{
	for (size_t p = 0; p < request->count; p += run_length(request, p))
		if (!is_judged_by_hand(request->measure, &whole->figures[p])
			&& !protect_run(roll, request, whole, parts, p, fault))
			return false;
	return true;
}

void evaluate_write_tenths(int64_t tenths, char out_text[EVALUATE_TENTHS])
{
	int64_t size = tenths < 0 ? -tenths : tenths;
	snprintf(out_text, EVALUATE_TENTHS, "%s%lld.%lld", tenths < 0 ? "-" : "",
		(long long)size / 10, (long long)size % 10);
}
