/* SPDX-License-Identifier: MIT
 *
 * Figures and their breakdown as a table of cells, which suppress.h judges,
 * and what it hides taken back into the figures.
 */
#include "measures/evaluate.h"
#include "measures/suppress.h"

static const struct suppress_rules usual_rules = {.threshold = 0};

static void hide(struct evaluate_figure *figure, bool numerator, bool denominator)
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
	if (measure->unit == MEASURE_MEAN) {
		cells[0] = (uint32_t)figure->denominator; /* children */
		return;
	}
	if (measure->unit != MEASURE_PERCENT) {
		cells[0] = (uint32_t)figure->numerator;
		return;
	}
	cells[OUTCOME_BOTH] = (uint32_t)figure->denominator;
	cells[OUTCOME_COUNTED] = (uint32_t)figure->numerator;
	cells[OUTCOME_NOT_COUNTED] = (uint32_t)(figure->denominator
		- figure->numerator);
}

static void take_reasons(const struct measure *measure,
	const struct suppress_table *table, const uint8_t *reasons, size_t cell,
	struct evaluate_figure *figure)
{
	if (measure->unit == MEASURE_MEAN) {
		bool is_hidden = reasons[cell] != SUPPRESS_SHOWN;
		hide(figure, is_hidden, is_hidden);
		return;
	}
	if (measure->unit != MEASURE_PERCENT) {
		hide(figure, reasons[cell] != SUPPRESS_SHOWN, false);
		return;
	}
	hide(figure, reasons[cell + OUTCOME_COUNTED] != SUPPRESS_SHOWN,
		reasons[cell + OUTCOME_BOTH] != SUPPRESS_SHOWN);
	bool has_value = figure->symbol[0] == '\0';
	if (has_value
		&& !suppress_shows_percentage(table, &usual_rules, reasons, cell))
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
	uint32_t second = request->by[1] == NULL ? 0
						 : request->by[1]->sweep.groups;
	return (struct layout){request->by[0] == NULL
			? 1
			: request->by[0]->sweep.groups + 1,
		second + 1,
		request->measure->unit == MEASURE_PERCENT ? OUTCOMES : 1, second};
}

static size_t cell_of(const struct layout *layout, uint32_t row, uint32_t column)
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
	struct suppress_table table = {.size = {layout.rows, layout.columns,
					       layout.outcomes},
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

/* Means and their totals add up like counts, and are not judged: one that is
 * missing could be worked out from the others, so then all parts go. */
static void hide_means(const struct evaluate_request *request,
	struct evaluate_result *parts)
{
	for (size_t p = 0; p < request->count; p++) {
		bool hides = false;
		for (size_t g = 0; g < parts->groups; g++)
			hides |= parts->figures[g * request->count + p]
					 .hides_denominator;
		for (size_t g = 0; hides && g < parts->groups; g++)
			hide(&parts->figures[g * request->count + p], true, true);
	}
}

bool evaluate_protect(struct roll *roll, const struct evaluate_request *request,
	struct evaluate_result *whole, struct evaluate_result *parts,
	struct fault *fault)
{
	for (size_t p = 0; p < request->count; p += run_length(request, p))
		if (!is_judged_by_hand(request->measure, &whole->figures[p])
			&& !protect_run(roll, request, whole, parts, p, fault))
			return false;
	if (request->measure->unit == MEASURE_MEAN && parts != NULL)
		hide_means(request, parts);
	return true;
}
