/* SPDX-License-Identifier: MIT
 *
 * Summing reports over authorities.
 */
#include "measures/gather.h"

enum { MOST_NAMED = 8 };

struct gathering {
	struct arena *arena;
	const struct gather_request *request;
	struct quarterly *report;
	struct roll roll; /* an arena for evaluate_protect; no children in it */
	const char **labels; /* of the breakdown by authority */
};

/* ---- Keeping a part ---- */

static const void *copy(struct arena *arena, const void *items, size_t count,
	size_t size)
{
	char *into = arena_array(arena, count + 1, size);
	for (size_t i = 0; i < count * size; i++)
		into[i] = ((const char *)items)[i];
	return into;
}

struct quarterly gather_keep(struct arena *arena, const struct quarterly *report)
{
	struct quarterly kept = *report;
	kept.dates = copy(arena, report->dates, report->count,
		sizeof *report->dates);
	size_t feeds = report->coverages.count;
	struct evaluate_coverage *coverages = arena_array(arena, feeds + 1,
		sizeof *coverages);
	for (size_t i = 0; i < feeds; i++) {
		coverages[i] = report->coverages.items[i];
		coverages[i].kind = arena_text(arena, coverages[i].kind);
		coverages[i].received = arena_text(arena, coverages[i].received);
	}
	kept.coverages.items = coverages;
	for (size_t i = 0; i < QUARTERLY_LINKAGES; i++)
		kept.linkages[i].who = arena_text(arena, kept.linkages[i].who);
	struct quarterly_measure *measures = arena_array(arena,
		report->measure_count + 1, sizeof *measures);
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct quarterly_measure *m = &report->measures[i];
		measures[i] = (struct quarterly_measure){.measure = m->measure,
			.feed = m->feed,
			.points = copy(arena, m->points, report->count,
				sizeof *m->points),
			.comparisons = copy(arena, m->comparisons,
				report->count, sizeof *m->comparisons),
			.comparator_label = arena_string(arena,
				text_of(m->comparator_label)),
			.gaps = ""};
	}
	kept.measures = measures;
	return kept;
}

/* ---- Coverage ---- */

static struct date later(struct date a, struct date b)
{
	return a.day > b.day ? a : b;
}

static struct date earlier(struct date a, struct date b)
{
	return a.day < b.day ? a : b;
}

/* Rows and batches add up; the days are those that every part covers. */
static void add_coverage(struct evaluate_coverage *into,
	const struct evaluate_coverage *from)
{
	into->batches += from->batches;
	into->rows += from->rows;
	into->refused += from->refused;
	into->repaired += from->repaired;
	into->warned += from->warned;
	into->children += from->children;
	into->linked += from->linked;
	if (text_compare(from->received, into->received) > 0)
		into->received = from->received;
	bool has_dates = into->covers.first.day != 0
		&& from->covers.first.day != 0;
	struct period both = {later(into->covers.first, from->covers.first),
		earlier(into->covers.last, from->covers.last)};
	bool overlaps = has_dates && both.first.day <= both.last.day;
	into->covers = overlaps ? both : (struct period){DATE_NONE, DATE_NONE};
}

/* Every kind any part has, in the order of their names. */
static void gather_coverages(struct gathering *g)
{
	enum { MOST = 64 };
	struct evaluate_coverage *items = arena_array(g->arena, MOST,
		sizeof *items);
	size_t count = 0;
	for (size_t i = 0; i < g->request->count; i++) {
		const struct evaluate_coverages *from =
			&g->request->parts[i].report.coverages;
		for (size_t j = 0; j < from->count; j++) {
			size_t at = 0;
			while (at < count
				&& text_compare(items[at].kind, from->items[j].kind)
					< 0)
				at++;
			bool is_known = at < count
				&& text_equals(items[at].kind,
					from->items[j].kind);
			if (is_known) {
				add_coverage(&items[at], &from->items[j]);
				continue;
			}
			if (count == MOST)
				continue;
			for (size_t k = count++; k > at; k--)
				items[k] = items[k - 1];
			items[at] = from->items[j];
		}
	}
	g->report->coverages = (struct evaluate_coverages){items, count};
}

/* The parts give the same groups in the same order, or none where nobody is
 * known. */
static void gather_linkages(struct gathering *g)
{
	for (size_t i = 0; i < g->request->count; i++)
		for (size_t k = 0; k < QUARTERLY_LINKAGES; k++) {
			const struct quarterly_linkage *from =
				&g->request->parts[i].report.linkages[k];
			struct quarterly_linkage *into = &g->report->linkages[k];
			if (from->children == 0)
				continue;
			into->who = from->who;
			into->children += from->children;
			into->linked += from->linked;
		}
}

/* ---- Sums ---- */

static const struct evaluate_figure *part_figure(const struct gathering *g,
	size_t part, size_t m, size_t p)
{
	return &g->request->parts[part].report.measures[m].points[p];
}

/* What keeps an authority's figure out of a sum. A percentage kept by hand
 * without its numbers cannot be added to anything. */
static const char *obstacle(const struct evaluate_figure *figure)
{
	char symbol = figure->symbol[0];
	if (symbol == 'u')
		return "u";
	return symbol == 'x' || figure->lacks_counts ? "x" : "";
}

static struct evaluate_figure sum_parts(const struct gathering *g, size_t m,
	size_t p)
{
	const struct measure *measure = g->report->measures[m].measure;
	struct evaluate_figure sum = {.symbol = ""};
	const char *symbol = "";
	for (size_t i = 0; i < g->request->count; i++) {
		const struct evaluate_figure *figure = part_figure(g, i, m, p);
		const char *why = obstacle(figure);
		sum.numerator += figure->numerator;
		sum.denominator += figure->denominator;
		if (why[0] == 'x' || (why[0] == 'u' && symbol[0] == '\0'))
			symbol = why;
	}
	evaluate_settle(&sum, measure, symbol);
	return sum;
}

/* "not loaded for Ay (201), Bee (202)" and so on; "" where it is the same for
 * all of them, which the symbol says already. */
static const char *gap_words(struct gathering *g, size_t m)
{
	static const struct {
		const char *symbol, *words;
	} kinds[] = {{"x", "Not available for"},
		{"u", "The data loaded do not cover all the days for"}};
	size_t last = g->report->count - 1;
	struct buffer words = {.maximum = 1 << 14};
	for (size_t k = 0; k < COUNT_OF(kinds); k++) {
		size_t count = 0;
		struct buffer names = {.maximum = 1 << 12};
		for (size_t i = 0; i < g->request->count; i++) {
			const struct gather_part *part = &g->request->parts[i];
			if (obstacle(part_figure(g, i, m, last))[0]
				!= kinds[k].symbol[0])
				continue;
			if (++count <= MOST_NAMED)
				buffer_format(&names, "%s %s (%d)",
					count == 1 ? "" : ",", part->authority,
					part->la);
		}
		if (count > MOST_NAMED)
			buffer_format(&names, " and %zu more",
				count - MOST_NAMED);
		if (count > 0 && count < g->request->count)
			buffer_format(&words, "%s%s" TEXT_FORMAT ".",
				words.length == 0 ? "" : " ", kinds[k].words,
				TEXT_ARGS(buffer_text(&names)));
		buffer_finish(&names);
	}
	const char *kept = arena_string(g->arena, buffer_text(&words));
	buffer_finish(&words);
	return kept;
}

/* ---- Small numbers ---- */

static bool is_hidden(const struct evaluate_figure *figure)
{
	return figure->hides_numerator || figure->hides_denominator;
}

static struct evaluate_request request_for(struct gathering *g, size_t m,
	size_t first, size_t count)
{
	return (struct evaluate_request){.measure = g->report->measures[m].measure,
		.coverages = &g->report->coverages,
		.dates = &g->report->dates[first],
		.count = count};
}

/* Each authority's points, hidden as its own report hides them; laid out by
 * authority, then by quarter. */
static bool protect_parts(struct gathering *g, size_t m,
	struct evaluate_figure *own, struct fault *fault)
{
	size_t quarters = g->report->count;
	for (size_t i = 0; i < g->request->count; i++) {
		struct evaluate_figure *points = &own[i * quarters];
		for (size_t p = 0; p < quarters; p++)
			points[p] = *part_figure(g, i, m, p);
		struct evaluate_request request = request_for(g, m, 0, quarters);
		struct evaluate_result whole = {.figures = points, .groups = 1};
		if (g->request->is_published
			&& !evaluate_protect(&g->roll, &request, &whole, NULL,
				fault))
			return false;
	}
	return true;
}

/* The quarters whose hidden authorities are judged together. */
struct span {
	size_t first, count;
};

static bool hides_in(const struct evaluate_figure *points, struct span span)
{
	for (size_t p = span.first; p < span.first + span.count; p++)
		if (is_hidden(&points[p]))
			return true;
	return false;
}

static const struct measure *request_measure(const struct gathering *g, size_t m)
{
	return g->report->measures[m].measure;
}

/* A percentage kept by hand may count more than all. */
static bool is_no_table(const struct measure *measure,
	const struct evaluate_figure *figure)
{
	return measure->unit == MEASURE_PERCENT
		&& figure->numerator > figure->denominator;
}

static void hide_span(struct evaluate_figure *figures, size_t count)
{
	for (size_t p = 0; p < count; p++) {
		figures[p].hides_numerator = figures[p].hides_denominator = true;
		if (figures[p].symbol[0] == '\0')
			figures[p].symbol = "c";
	}
}

/* The authorities that hide something, as a table with their sum: what is left
 * of the region's figure when the others have been taken off. Where the table
 * hides the sum, so must the region. */
static bool protect_rest(struct gathering *g, size_t m, struct span span,
	const struct evaluate_figure *own, struct evaluate_figure *sums,
	struct fault *fault)
{
	size_t quarters = g->report->count, groups = 0;
	struct evaluate_figure *parts = arena_array(g->arena,
		g->request->count * span.count, sizeof *parts);
	struct evaluate_figure *rest = arena_array(g->arena, span.count,
		sizeof *rest);
	for (size_t p = 0; p < span.count; p++)
		rest[p].symbol = "";
	for (size_t i = 0; i < g->request->count; i++) {
		if (!hides_in(&own[i * quarters], span))
			continue;
		for (size_t p = 0; p < span.count; p++) {
			struct evaluate_figure figure = *part_figure(g, i, m,
				span.first + p);
			if (is_no_table(request_measure(g, m), &figure)) {
				hide_span(&sums[span.first], span.count);
				return true;
			}
			parts[groups * span.count + p] = figure;
			rest[p].numerator += figure.numerator;
			rest[p].denominator += figure.denominator;
		}
		groups++;
	}
	if (groups == 0)
		return true;
	struct roll_dimension dimension = {.sweep = {.groups = (uint32_t)groups}};
	struct evaluate_request request = request_for(g, m, span.first,
		span.count);
	struct evaluate_result whole = {.figures = rest, .groups = 1};
	struct evaluate_result result = {.figures = parts, .groups = groups};
	request.by[0] = &dimension;
	if (!evaluate_protect(&g->roll, &request, &whole, &result, fault))
		return false;
	for (size_t p = 0; p < span.count; p++) {
		struct evaluate_figure *sum = &sums[span.first + p];
		sum->hides_numerator |= rest[p].hides_numerator;
		sum->hides_denominator |= rest[p].hides_denominator;
		if (is_hidden(sum) && sum->symbol[0] == '\0')
			sum->symbol = "c";
	}
	return true;
}

static bool protect(struct gathering *g, size_t m,
	const struct evaluate_figure *own, struct evaluate_figure *sums,
	struct fault *fault)
{
	size_t quarters = g->report->count;
	struct evaluate_request request = request_for(g, m, 0, quarters);
	struct evaluate_result whole = {.figures = sums, .groups = 1};
	if (!evaluate_protect(&g->roll, &request, &whole, NULL, fault)
		|| !protect_rest(g, m, (struct span){0, quarters}, own, sums,
			fault))
		return false;
	for (size_t p = 0; p < quarters; p++)
		if (!protect_rest(g, m, (struct span){p, 1}, own, sums, fault))
			return false;
	return true;
}

/* ---- One measure ---- */

/* The newest comparator any part has: its label begins with the period. */
static void take_comparator(const struct gathering *g, size_t m,
	struct quarterly_measure *into)
{
	for (size_t i = 0; i < g->request->count; i++) {
		const struct quarterly_measure *from =
			&g->request->parts[i].report.measures[m];
		struct text rest;
		struct text newest = text_split(text_of(into->comparator_label),
			',', &rest);
		struct text period = text_split(text_of(from->comparator_label),
			',', &rest);
		if (i > 0 && text_compare(period, newest) <= 0)
			continue;
		into->comparisons = from->comparisons;
		into->comparator_label = from->comparator_label;
	}
}

/* The region improves on its own last year, not on one authority's. */
static void set_periods(const struct gathering *g, struct quarterly_measure *m,
	const struct evaluate_figure *sums)
{
	size_t count = g->report->count;
	struct goal_comparison *own = arena_array(g->arena, count, sizeof *own);
	for (size_t p = 0; p < count; p++) {
		own[p] = m->comparisons[p];
		goal_set_period(&own[p], sums, p, g->report->dates[p]);
	}
	m->comparisons = own;
}

static void add_breakdown(struct gathering *g, struct quarterly_measure *m,
	const struct evaluate_figure *own)
{
	size_t quarters = g->report->count;
	struct evaluate_figure *figures = arena_array(g->arena,
		g->request->count, sizeof *figures);
	for (size_t i = 0; i < g->request->count; i++)
		figures[i] = own[i * quarters + quarters - 1];
	m->breakdowns[m->breakdown_count++] =
		(struct quarterly_breakdown){"Authority", g->labels, figures,
			g->request->count, false};
}

static bool gather_measure(struct gathering *g, size_t i,
	struct quarterly_measure *m, struct fault *fault)
{
	size_t quarters = g->report->count, last = quarters - 1;
	struct evaluate_figure *sums = arena_array(g->arena, quarters,
		sizeof *sums);
	struct evaluate_figure *own = arena_array(g->arena,
		quarters * g->request->count, sizeof *own);
	for (size_t p = 0; p < quarters; p++)
		sums[p] = sum_parts(g, i, p);
	if (!protect_parts(g, i, own, fault)
		|| (g->request->is_published && !protect(g, i, own, sums, fault)))
		return false;
	take_comparator(g, i, m);
	set_periods(g, m, sums);
	m->points = sums;
	m->coverage = evaluate_coverage_find(&g->report->coverages, m->feed);
	m->gaps = gap_words(g, i);
	m->status = goal_status(m->measure, &sums[last], &m->comparisons[last]);
	m->direction = goal_direction(m->measure, &sums[last], &sums[last - 4]);
	if (g->request->has_breakdowns)
		add_breakdown(g, m, own);
	return true;
}

/* The feed of the first authority that has one for the measure. */
static struct text feed_of(const struct gathering *g, size_t m)
{
	for (size_t i = 0; i < g->request->count; i++) {
		struct text feed = g->request->parts[i].report.measures[m].feed;
		if (feed.length > 0)
			return feed;
	}
	return (struct text){.at = NULL, .length = 0};
}

static const char *basis_of(const struct gather_request *request)
{
	const char *basis = request->parts[0].report.basis;
	for (size_t i = 1; i < request->count; i++)
		if (request->parts[i].report.basis[0] != basis[0])
			return QUARTERLY_MIXED;
	return basis;
}

bool gather_quarterly(struct arena *arena, const struct gather_request *request,
	struct quarterly *out_report, struct fault *fault)
{
	const struct quarterly *first = &request->parts[0].report;
	struct quarterly report = {.pack = first->pack,
		.dates = first->dates,
		.count = first->count,
		.measure_count = first->measure_count,
		.is_published = request->is_published,
		.basis = basis_of(request),
		.first_day = first->first_day};
	struct gathering g = {.arena = arena,
		.request = request,
		.report = &report,
		.roll = {.arena = arena},
		.labels = arena_array(arena, request->count, sizeof *g.labels)};
	for (size_t i = 0; i < request->count; i++)
		g.labels[i] = arena_format(arena, "%s (%d)",
			request->parts[i].authority, request->parts[i].la);
	struct quarterly_measure *measures = arena_array(arena,
		report.measure_count, sizeof *measures);
	report.measures = measures;
	gather_coverages(&g);
	gather_linkages(&g);
	for (size_t i = 0; i < report.measure_count; i++) {
		measures[i].measure = first->measures[i].measure;
		measures[i].feed = feed_of(&g, i);
		measures[i].comparator_label = "";
		if (!gather_measure(&g, i, &measures[i], fault))
			return false;
	}
	*out_report = report;
	return true;
}
