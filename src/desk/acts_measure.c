/* SPDX-License-Identifier: MIT
 *
 * The acts on measures: figures, and the children behind them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/map.h"
#include "desk/acts-inside.h"
#include "measures/setting.h"

extern const struct embedded measures_sql[];

static void close_roll(void *roll)
{
	roll_close(roll);
}

bool acts_roll(struct desk *desk, const struct region_part *part,
	struct date on, struct roll **out_roll, struct fault *fault)
{
	struct roll *roll;
	if (!roll_open(part->store, part->la, desk->codes, &roll, fault))
		return false;
	arena_on_close(desk->arena, close_roll, roll);
	if (!setting_apply(roll, on, fault))
		return false;
	*out_roll = roll;
	return true;
}

const struct measure *acts_measure_named(struct desk *desk, struct text id,
	struct fault *fault)
{
	const struct measure *measure = measure_find(&desk->measures, id);
	if (measure == NULL) {
		fault_set(fault, FAULT_USAGE,
			"there is no measure \"" TEXT_FORMAT "\"", TEXT_ARGS(id));
		fault_hint(fault, "list them with: kith measure");
	}
	return measure;
}

/* ---- Figures ---- */

/* What is asked of one authority, and what came of it. */
struct ask {
	struct desk *desk;
	const struct desk_measure_input *in;
	const struct measure *measure;
	struct part_rows {
		struct desk_measure_row *rows;
		size_t count;
	} * parts; /* by authority */
};

static const char *by_name(struct desk *desk, const struct desk_measure_input *in)
{
	if (in->by_count == 0)
		return "";
	if (in->by_count == 1)
		return arena_string(desk->arena, in->by[0]);
	return arena_format(desk->arena, TEXT_FORMAT "," TEXT_FORMAT,
		TEXT_ARGS(in->by[0]), TEXT_ARGS(in->by[1]));
}

static const char *group_name(struct desk *desk,
	const struct evaluate_request *request, size_t group)
{
	const struct roll_dimension *first = request->by[0];
	const struct roll_dimension *second = request->by[1];
	if (second == NULL)
		return first->labels[group];
	return arena_format(desk->arena, "%s, %s",
		first->labels[group / second->sweep.groups],
		second->labels[group % second->sweep.groups]);
}

/* Quarter ends of the financial year before the day, then the day: a year to
 * date must be judged with what was published earlier in the year. */
static size_t dates_for(struct roll *roll, const struct measure *measure,
	struct date at, const struct date **out_dates)
{
	struct date *dates = arena_array(roll->arena, 5, sizeof *dates);
	size_t count = 0;
	int year = period_financial_year_of(at);
	for (int q = 1; measure->basis == MEASURE_YEAR_TO_DATE && q <= 4; q++) {
		struct date end = period_quarter(year, q).last;
		if (end.day < at.day)
			dates[count++] = end;
	}
	dates[count++] = at;
	*out_dates = dates;
	return count;
}

static bool evaluate_both(struct ask *ask, struct roll *roll,
	struct evaluate_request *request, struct evaluate_result *whole,
	struct evaluate_result *parts, struct fault *fault)
{
	const struct roll_dimension *by[2] = {request->by[0], request->by[1]};
	request->by[0] = request->by[1] = NULL;
	if (!evaluate_measure(roll, request, whole, fault))
		return false;
	request->by[0] = by[0];
	request->by[1] = by[1];
	bool has_parts = by[0] != NULL;
	if (has_parts && !evaluate_measure(roll, request, parts, fault))
		return false;
	return !ask->in->is_published
		|| evaluate_protect(roll, request, whole,
			has_parts ? parts : NULL, fault);
}

/* The list, the coverage and the dates of one measure of one authority. */
static bool prepare(struct desk *desk, const struct region_part *part,
	const struct measure *measure, struct date at, struct roll **out_roll,
	struct evaluate_request *out_request, struct fault *fault)
{
	struct roll *roll;
	if (!acts_roll(desk, part, at, &roll, fault))
		return false;
	struct evaluate_coverages *coverages = arena_new(roll->arena,
		sizeof *coverages);
	if (!evaluate_coverage_read(roll, coverages, fault))
		return false;
	struct evaluate_request request = {.measure = measure,
		.coverages = coverages};
	request.count = dates_for(roll, measure, at, &request.dates);
	roll->window = (struct period){date_add_months(at, -24), at};
	struct sweep_list *list = arena_new(roll->arena, sizeof *list);
	if (measure->basis != MEASURE_AGGREGATE) {
		if (!roll_list(roll, measure, evaluate_feed(measure, coverages),
			    list, fault))
			return false;
		request.list = list;
	}
	*out_roll = roll;
	*out_request = request;
	return true;
}

static bool measure_part(const struct region_part *part, size_t index,
	void *data, struct fault *fault)
{
	struct ask *ask = data;
	const struct desk_measure_input *in = ask->in;
	struct roll *roll;
	struct evaluate_request request;
	struct evaluate_result whole, parts = {0};
	struct roll_dimension dimensions[DESK_BY];
	if (!prepare(ask->desk, part, ask->measure, in->at, &roll, &request,
		    fault))
		return false;
	for (size_t d = 0; request.list != NULL && d < in->by_count; d++) {
		if (!roll_dimension(roll, in->by[d], &dimensions[d], fault))
			return false;
		request.by[d] = &dimensions[d];
	}
	if (!evaluate_both(ask, roll, &request, &whole, &parts, fault))
		return false;
	size_t last = request.count - 1, count = 0;
	struct desk_measure_row *rows = arena_array(ask->desk->arena,
		parts.groups + 1, sizeof *rows);
	rows[count++] = (struct desk_measure_row){part->la, "", "",
		whole.figures[last]};
	for (size_t g = 0; request.by[0] != NULL && g < parts.groups; g++) {
		const struct evaluate_figure *figure =
			&parts.figures[g * request.count + last];
		if (figure->numerator == 0 && figure->denominator == 0)
			continue;
		rows[count++] = (struct desk_measure_row){part->la,
			by_name(ask->desk, in),
			group_name(ask->desk, &request, g), *figure};
	}
	ask->parts[index] = (struct part_rows){rows, count};
	return true;
}

bool acts_measure(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)note;
	const struct desk_measure_input *in = input;
	struct desk_measure_output *out = output;
	struct ask ask = {desk, in, acts_measure_named(desk, in->id, fault),
		arena_array(desk->arena, desk->region.count, sizeof *ask.parts)};
	if (ask.measure == NULL)
		return false;
	/* One thread: the parts share the desk's arena. */
	if (!region_run(&desk->region,
		    &(struct region_task){measure_part, &ask, 1}, fault))
		return false;
	size_t count = 0;
	for (size_t i = 0; i < desk->region.count; i++)
		count += ask.parts[i].count;
	struct desk_measure_row *rows = arena_array(desk->arena, count,
		sizeof *rows);
	size_t used = 0;
	for (size_t i = 0; i < desk->region.count; i++)
		for (size_t j = 0; j < ask.parts[i].count; j++)
			rows[used++] = ask.parts[i].rows[j];
	*out = (struct desk_measure_output){ask.measure, rows, count};
	return true;
}

/* ---- Children ---- */

struct known {
	const char *number;
	struct date born;
	const char *sex;
};

/* What each listed child is known by: the local id, else the UPN. */
static bool read_known(struct desk *desk, struct roll *roll, const char *scheme,
	struct known *known, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(roll->store, store_find(measures_sql, "child_numbers"),
		    STORE_VALUES(store_integer(roll->la), store_string(scheme)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t place;
		if (!map_get_number(roll->places, store_get_integer(rows, 0),
			    &place)
			|| known[place].number != NULL)
			continue;
		known[place].born = store_get_date(rows, 1);
		known[place].sex = arena_string(desk->arena,
			store_get_text(rows, 2));
		if (!store_is_null(rows, 3))
			known[place].number = arena_string(desk->arena,
				store_get_text(rows, 3));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

/* Where the row of the evidence came from, for `kith source`, if the
 * definition says: " [BATCH/PART/ROW]". */
static const char *place_words(struct arena *arena, const struct store_rows *rows)
{
	enum { BATCH = 4, PART, ROW, WIDTH };
	if (store_width(rows) < WIDTH || store_is_null(rows, BATCH)
		|| store_is_null(rows, ROW))
		return "";
	return arena_format(arena, " [%lld/%lld/%lld]",
		(long long)store_get_integer(rows, BATCH),
		(long long)store_get_integer(rows, PART),
		(long long)store_get_integer(rows, ROW));
}

/* The evidence of every listed child, joined up. */
static bool read_evidence(struct desk *desk, struct roll *roll,
	const struct evaluate_request *request, const char **evidence,
	struct fault *fault)
{
	const struct measure_query *query = &request->measure->evidence;
	struct text feed = evaluate_feed(request->measure, request->coverages);
	struct store_rows *rows;
	struct store_value values[MEASURE_PARAMETERS];
	if (query->sql == NULL)
		return true;
	for (size_t i = 0; i < query->count; i++)
		values[i] = roll_parameter(roll, query->parameters[i], feed,
			request->measure->id);
	if (!store_query(roll->store, query->sql, values, query->count, &rows,
		    fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t place;
		struct text day = store_get_text(rows, 2);
		struct text what = store_get_text(rows, 3);
		if (!map_get_number(roll->places, store_get_integer(rows, 1),
			    &place))
			continue;
		const char *before = evidence[place];
		evidence[place] = arena_format(desk->arena,
			"%s%s" TEXT_FORMAT " " TEXT_FORMAT "%s",
			before == NULL ? "" : before,
			before == NULL ? "" : "; ", TEXT_ARGS(day),
			TEXT_ARGS(what), place_words(desk->arena, rows));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static int order_children(const void *left, const void *right)
{
	const struct desk_child *a = left, *b = right;
	if (a->la != b->la)
		return a->la - b->la;
	int order = text_compare(text_of(a->child_id), text_of(b->child_id));
	if (order != 0)
		return order;
	if (a->starts.day != b->starts.day)
		return a->starts.day < b->starts.day ? -1 : 1;
	if (a->ends.day != b->ends.day)
		return a->ends.day < b->ends.day ? -1 : 1;
	return (int)b->is_counted - (int)a->is_counted;
}

static bool children_part(struct desk *desk, const struct region_part *part,
	const struct desk_children_input *in, const struct measure *measure,
	struct desk_children_output *out, struct fault *fault)
{
	struct roll *roll;
	struct evaluate_request request;
	if (!prepare(desk, part, measure, in->at, &roll, &request, fault))
		return false;
	struct known *known = arena_array(desk->arena, roll->count + 1,
		sizeof *known);
	const char **evidence = arena_array(desk->arena, roll->count + 1,
		sizeof *evidence);
	if (!read_known(desk, roll, "child_id", known, fault)
		|| !read_known(desk, roll, "upn", known, fault)
		|| (in->is_in_words
			&& !read_evidence(desk, roll, &request, evidence, fault)))
		return false;
	bool is_count = measure->unit == MEASURE_COUNT
		|| measure->unit == MEASURE_RATE;
	struct desk_child *children = NULL;
	size_t total = 0;
	for (int p = is_count ? SWEEP_COUNTED : SWEEP_DENOMINATOR;
		p < SWEEP_PARTS; p++) {
		const uint32_t *items;
		size_t count = evaluate_items(roll, &request, request.count - 1,
			(enum sweep_part)p, &items, fault);
		struct desk_child *more = arena_array(desk->arena,
			total + count + 1, sizeof *more);
		for (size_t i = 0; i < total; i++)
			more[i] = children[i];
		children = more;
		for (size_t i = 0; request.list != NULL && i < count; i++) {
			int32_t child = request.list->child[items[i]];
			int32_t end = request.list->end[items[i]];
			children[total++] = (struct desk_child){.la = part->la,
				.child_id = known[child].number == NULL
					? "no number"
					: known[child].number,
				.born = known[child].born,
				.sex = known[child].sex == NULL
					? ""
					: known[child].sex,
				.is_counted = p == SWEEP_COUNTED,
				.starts = {request.list->first[items[i]]},
				.ends = {end == SWEEP_OPEN ? 0 : end},
				.why = evidence[child] == NULL ? ""
							       : evidence[child]};
		}
	}
	if (total > 0)
		qsort(children, total, sizeof *children, order_children);
	*out = (struct desk_children_output){measure, children, total};
	return !fault_is_set(fault);
}

bool acts_children(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_children_input *in = input;
	const struct measure *measure = acts_measure_named(desk, in->id, fault);
	struct region_part part;
	char day[DATE_TEXT];
	if (measure == NULL)
		return false;
	date_write(in->at, day);
	*note = (struct acts_note){"measure",
		arena_string(desk->arena, measure->id),
		arena_format(desk->arena, "at %s", day)};
	return region_one(&desk->region, desk->la, &part, fault)
		&& children_part(desk, &part, in, measure, output, fault);
}
