/* SPDX-License-Identifier: MIT
 *
 * Putting the quarterly report's figures together: all lists first, then the
 * breakdowns the children on them fall into, then the figures.
 */
#include "measures/quarterly.h"

#include "base/moment.h"
#include "measures/setting.h"

extern const struct embedded measures_sql[];

static const char report_name[] = "quarterly";

struct assembly {
	struct roll *roll;
	const struct quarterly_request *request;
	struct quarterly *report;
	struct quarterly_measure *measures;
	struct sweep_list *lists;
	struct roll_dimension dimensions[QUARTERLY_BREAKDOWNS];
};

static void set_dates(struct assembly *a)
{
	size_t count = a->request->pack.quarters;
	struct date *dates = arena_array(a->roll->arena, count, sizeof *dates);
	struct date end = a->request->end;
	struct period quarter = period_quarter(period_financial_year_of(end),
		period_quarter_of(end));
	for (size_t i = 0; i < count; i++)
		dates[i] = period_quarter_step(quarter, (int)i - (int)count + 1).last;
	a->report->dates = dates;
	a->report->count = count;
	a->roll->window = (struct period){date_add_months(dates[0], -12),
		dates[count - 1]};
}

static struct evaluate_request request_for(const struct assembly *a, size_t i)
{
	const struct measure *measure = a->measures[i].measure;
	return (struct evaluate_request){.measure = measure,
		.coverages = &a->report->coverages,
		.dates = a->report->dates,
		.count = a->report->count,
		.list = measure->basis == MEASURE_AGGREGATE ? NULL
							    : &a->lists[i]};
}

static bool find_measures(struct assembly *a, struct fault *fault)
{
	const struct quarterly_pack *pack = &a->request->pack;
	for (size_t i = 0; i < pack->measure_count; i++) {
		struct quarterly_measure *m = &a->measures[i];
		m->measure = measure_find(a->request->measures,
			pack->measures[i]);
		if (m->measure == NULL)
			return fault_set(fault, FAULT_INPUT,
				"the report pack names \"" TEXT_FORMAT
				"\", which is no measure",
				TEXT_ARGS(pack->measures[i]));
		m->gaps = "";
		m->feed = evaluate_feed(m->measure, &a->report->coverages);
		m->coverage = evaluate_coverage_find(&a->report->coverages,
			m->feed);
	}
	return true;
}

/* All lists in one round trip; hand-kept figures have none. */
static bool read_lists(struct assembly *a, struct fault *fault)
{
	size_t count = a->request->pack.measure_count, asked = 0;
	struct roll_ask *asks = arena_array(a->roll->arena, count, sizeof *asks);
	for (size_t i = 0; i < count; i++)
		if (a->measures[i].measure->basis != MEASURE_AGGREGATE)
			asks[asked++] =
				(struct roll_ask){.measure = a->measures[i].measure,
					.feed = a->measures[i].feed};
	if (!roll_lists(a->roll, asks, asked, fault))
		return false;
	for (size_t i = 0, at = 0; i < count; i++)
		if (a->measures[i].measure->basis != MEASURE_AGGREGATE)
			a->lists[i] = asks[at++].list;
	return true;
}

static bool read_dimensions(struct assembly *a, struct fault *fault)
{
	const struct quarterly_pack *pack = &a->request->pack;
	for (size_t i = 0;
		a->request->has_breakdowns && i < pack->breakdown_count; i++)
		if (!roll_dimension(a->roll, pack->breakdowns[i],
			    &a->dimensions[i], fault))
			return false;
	return true;
}

static bool set_comparisons(struct assembly *a, struct quarterly_measure *m,
	struct fault *fault)
{
	size_t count = a->report->count;
	struct goal_comparison *comparisons = arena_array(a->roll->arena, count,
		sizeof *comparisons);
	for (size_t p = 0; p < count; p++) {
		struct date at = a->report->dates[p];
		comparisons[p].target = measure_target_on(m->measure, at);
		if (!goal_comparator(a->roll, m->measure, at, &comparisons[p],
			    &m->comparator_label, fault))
			return false;
		goal_set_period(&comparisons[p], m->points, p, at);
	}
	m->comparisons = comparisons;
	return true;
}

/* The figures of one breakdown at the quarter's end, judged together with the
 * earlier quarters of the year. */
static bool set_breakdown(struct assembly *a, size_t i,
	const struct roll_dimension *dimension, struct fault *fault)
{
	struct quarterly_measure *m = &a->measures[i];
	struct evaluate_request request = request_for(a, i);
	struct evaluate_result whole, parts;
	size_t quarter = (size_t)period_quarter_of(a->request->end);
	request.dates += request.count - quarter;
	request.count = quarter;
	if (!evaluate_measure(a->roll, &request, &whole, fault))
		return false;
	request.by[0] = dimension;
	if (!evaluate_measure(a->roll, &request, &parts, fault)
		|| (a->request->is_published
			&& !evaluate_protect(a->roll, &request, &whole, &parts,
				fault)))
		return false;
	struct evaluate_figure *figures = arena_array(a->roll->arena,
		parts.groups, sizeof *figures);
	for (size_t g = 0; g < parts.groups; g++)
		figures[g] = parts.figures[g * quarter + quarter - 1];
	const struct evaluate_figure *now = &m->points[a->report->count - 1];
	const struct evaluate_figure *total = &whole.figures[quarter - 1];
	bool is_hidden = now->hides_numerator || now->hides_denominator
		|| total->hides_numerator || total->hides_denominator;
	m->breakdowns[m->breakdown_count++] =
		(struct quarterly_breakdown){dimension->title,
			dimension->labels, figures, parts.groups,
			a->request->is_published && is_hidden};
	return true;
}

static bool set_figures(struct assembly *a, size_t i, struct fault *fault)
{
	struct quarterly_measure *m = &a->measures[i];
	struct evaluate_request request = request_for(a, i);
	struct evaluate_result whole;
	size_t last = a->report->count - 1;
	if (!evaluate_measure(a->roll, &request, &whole, fault)
		|| (a->request->is_published
			&& !evaluate_protect(a->roll, &request, &whole, NULL,
				fault)))
		return false;
	m->points = whole.figures;
	if (!set_comparisons(a, m, fault))
		return false;
	m->status = goal_status(m->measure, &m->points[last],
		&m->comparisons[last]);
	m->direction = goal_direction(m->measure, &m->points[last],
		&m->points[last - 4]);
	bool has_parts = a->request->has_breakdowns && request.list != NULL
		&& m->measure->unit != MEASURE_RATE
		&& m->points[last].symbol[0] == '\0';
	for (size_t d = 0; has_parts && d < a->request->pack.breakdown_count; d++)
		if (!set_breakdown(a, i, &a->dimensions[d], fault))
			return false;
	return true;
}

/* ---- What was kept and written ---- */

static struct quarterly_measure *find(struct assembly *a, struct text id)
{
	for (size_t i = 0; i < a->request->pack.measure_count; i++)
		if (text_equals(a->measures[i].measure->id, id))
			return &a->measures[i];
	return NULL;
}

static void period_label(struct date end, char out_label[PERIOD_TEXT])
{
	period_write_quarter(end, out_label);
}

/* Static symbols for stored ones, so that they outlive the row. */
static const char *symbol_of(struct text symbol)
{
	static const char *const symbols[] = {"c", "u", "x", "z"};
	for (size_t i = 0; i < COUNT_OF(symbols); i++)
		if (text_is(symbol, symbols[i]))
			return symbols[i];
	return "";
}

static bool read_frozen(struct assembly *a, const char *period,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(a->roll->store, store_find(measures_sql, "frozen"),
		    STORE_VALUES(store_integer(a->roll->la),
			    store_string(report_name), store_string(period)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct quarterly_measure *m = find(a, store_get_text(rows, 0));
		if (m == NULL)
			continue;
		m->frozen = (struct quarterly_frozen){.is_set = true,
			.figure = {.numerator = store_get_integer(rows, 1),
				.denominator = store_get_integer(rows, 2),
				.tenths = store_get_integer(rows, 3),
				.symbol = symbol_of(store_get_text(rows, 4))},
			.at = arena_text(a->roll->arena, store_get_text(rows, 5))};
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool read_commentary(struct assembly *a, const char *period,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(a->roll->store, store_find(measures_sql, "commentaries"),
		    STORE_VALUES(store_integer(a->roll->la),
			    store_string(report_name), store_string(period)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct quarterly_measure *m = find(a, store_get_text(rows, 0));
		struct text *slots[4];
		if (m == NULL)
			continue;
		slots[0] = &m->why;
		slots[1] = &m->so_what;
		slots[2] = &m->what_next;
		slots[3] = &m->by_when;
		for (int i = 0; i < 4; i++)
			*slots[i] = arena_text(a->roll->arena,
				store_get_text(rows, i + 1));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool read_linkage(struct assembly *a, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(a->roll->store, store_find(measures_sql, "linkage"),
		    STORE_VALUES(store_integer(a->roll->la),
			    store_date(a->request->end)),
		    &rows, fault))
		return false;
	for (size_t i = 0; i < QUARTERLY_LINKAGES && store_next(rows, fault); i++)
		a->report->linkages[i] =
			(struct quarterly_linkage){arena_text(a->roll->arena,
							   store_get_text(rows,
								   0)),
				store_get_integer(rows, 1),
				store_get_integer(rows, 2)};
	store_end(rows);
	return !fault_is_set(fault);
}

static bool compute(struct roll *roll, const struct quarterly_request *request,
	struct quarterly *out_report, struct fault *fault)
{
	struct quarterly report = {.pack = request->pack,
		.is_published = request->is_published};
	size_t count = request->pack.measure_count;
	struct assembly a = {.roll = roll,
		.request = request,
		.report = &report,
		.measures = arena_array(roll->arena, count, sizeof *a.measures),
		.lists = arena_array(roll->arena, count, sizeof *a.lists)};
	char period[PERIOD_TEXT];
	set_dates(&a);
	period_label(request->end, period);
	if (!setting_apply(roll, request->end, fault)
		|| !evaluate_coverage_read(roll, &report.coverages, fault)
		|| !find_measures(&a, fault) || !read_lists(&a, fault)
		|| !read_dimensions(&a, fault))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!set_figures(&a, i, fault))
			return false;
	if (!read_linkage(&a, fault) || !read_frozen(&a, period, fault)
		|| !read_commentary(&a, period, fault))
		return false;
	report.measures = a.measures;
	report.measure_count = count;
	report.basis = roll->basis;
	report.first_day = roll->first_day;
	*out_report = report;
	return true;
}

bool quarterly_compute(struct roll *roll, const struct quarterly_request *request,
	struct quarterly *out_report, struct fault *fault)
{
	roll->twin = request->has_twin ? store_twin(roll->store) : NULL;
	bool is_done = compute(roll, request, out_report, fault);
	store_part(roll->store, roll->twin);
	roll->twin = NULL;
	return is_done;
}

bool quarterly_freeze(struct roll *roll, const struct quarterly *report,
	const char *actor, struct fault *fault)
{
	char period[PERIOD_TEXT], now[MOMENT_TEXT];
	period_label(report->dates[report->count - 1], period);
	moment_write(moment_now(), now);
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct quarterly_measure *m = &report->measures[i];
		const struct evaluate_figure *f = &m->points[report->count - 1];
		if (m->frozen.is_set)
			return fault_set(fault, FAULT_CONFLICT,
				"%s has been frozen already", period);
		if (!store_run(roll->store, store_find(measures_sql, "freeze"),
			    STORE_VALUES(store_integer(roll->la),
				    store_string(report_name),
				    store_string(period),
				    store_text(m->measure->id),
				    store_integer(f->numerator),
				    store_integer(f->denominator),
				    f->symbol[0] == '\0' ? store_integer(f->tenths)
							 : store_null(),
				    store_string(f->symbol),
				    store_string(m->measure->digest),
				    store_string(now), store_string(actor)),
			    fault))
			return false;
	}
	return true;
}
