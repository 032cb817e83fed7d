/* SPDX-License-Identifier: MIT
 *
 * Figures into words.
 *
 * Long because every part of the view is one small function of its own.
 */
#include "web/quarterly_view.h"

#include <stdlib.h>

enum { MOST_NOTES = 8, A_YEAR = 4 /* quarters */ };

/* ---- Words for one figure ---- */

const char *quarterly_view_symbol(const char *symbol)
{
	static const struct {
		const char *symbol, *words;
	} meanings[] = {
		{"c", "suppressed because it could identify a child"},
		{"u", "the data loaded do not cover all the days of this figure"},
		{"x", "not available: no data loaded for this day"},
		{"z", "not applicable: there was nobody to count"},
	};
	for (size_t i = 0; i < COUNT_OF(meanings); i++)
		if (text_is(text_of(symbol), meanings[i].symbol))
			return meanings[i].words;
	return "";
}

static const char *tenths_words(const struct measure *measure, int64_t tenths,
	struct arena *arena)
{
	char number[EVALUATE_TENTHS];
	if (measure->unit == MEASURE_COUNT)
		return arena_format(arena, "%lld", (long long)(tenths / 10));
	evaluate_write_tenths(tenths, number);
	return arena_format(arena, "%s%s", number,
		measure->unit == MEASURE_PERCENT ? "%" : "");
}

const char *quarterly_view_value(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena)
{
	return figure->symbol[0] != '\0'
		? figure->symbol
		: tenths_words(measure, figure->tenths, arena);
}

static const char *count_words(int64_t count, bool is_hidden, struct arena *arena)
{
	return is_hidden ? "c" : arena_format(arena, "%lld", (long long)count);
}

static bool is_loaded(const struct evaluate_figure *figure)
{
	return !text_is(text_of(figure->symbol), "x") && !figure->lacks_counts;
}

static const char *numerator_of(const struct evaluate_figure *figure,
	struct arena *arena)
{
	return is_loaded(figure)
		? count_words(figure->numerator, figure->hides_numerator, arena)
		: "";
}

static const char *denominator_of(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena)
{
	if (measure->unit == MEASURE_COUNT || !is_loaded(figure)
		|| figure->denominator == 0)
		return "";
	return count_words(figure->denominator, figure->hides_denominator, arena);
}

const char *quarterly_view_counts(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena)
{
	const char *numerator = numerator_of(figure, arena);
	const char *denominator = denominator_of(measure, figure, arena);
	return denominator[0] == '\0'
		? numerator
		: arena_format(arena, "%s of %s", numerator, denominator);
}

static enum view_unit unit_of(const struct measure *measure)
{
	static const enum view_unit units[] = {[MEASURE_PERCENT] = VIEW_PERCENT,
		[MEASURE_COUNT] = VIEW_COUNT,
		[MEASURE_RATE] = VIEW_RATE_10000,
		[MEASURE_MEAN] = VIEW_MEAN};
	return units[measure->unit];
}

static const char *quarter_label(struct date end, struct arena *arena)
{
	char words[PERIOD_TEXT];
	period_write_quarter(end, words);
	return arena_format(arena, "%.7s %s", words, words + 7);
}

static const char *day_words(struct date day, struct arena *arena)
{
	char words[DATE_WORDS];
	date_words(day, words);
	return arena_string(arena, text_of(words));
}

/* ---- Words about the measure ---- */

static const char *polarity_words(const struct measure *measure)
{
	static const char *const words[] = {[MEASURE_NEUTRAL] =
						    "Neither high nor low is good",
		[MEASURE_LOW] = "Low is good",
		[MEASURE_HIGH] = "High is good",
		[MEASURE_BAND] = "Good inside a band"};
	return words[measure->polarity];
}

static const char *basis_words(const struct measure *measure, struct date at,
	struct arena *arena)
{
	static const char *const words[] = {[MEASURE_SNAPSHOT] = "On the day",
		[MEASURE_EXTRACT] = "On the day of the extract",
		[MEASURE_QUARTER] = "In the quarter",
		[MEASURE_YEAR_TO_DATE] = "Year to date",
		[MEASURE_ROLLING_12] = "Twelve months",
		[MEASURE_TERMS] = "School terms of the year that had ended",
		[MEASURE_RETURN_YEAR] = "At the last 31 March",
		[MEASURE_AGGREGATE] = "Kept by hand, for the quarter"};
	struct period span = evaluate_span(measure, at);
	const char *last = day_words(span.last, arena);
	if (span.first.day == span.last.day)
		return arena_format(arena, "%s, as at %s",
			words[measure->basis], last);
	return arena_format(arena, "%s, %s to %s", words[measure->basis],
		day_words(span.first, arena), last);
}

static const char *target_words(const struct quarterly_measure *m,
	const struct goal_comparison *c, struct arena *arena)
{
	const struct measure_target *target = c->target;
	if (target == NULL)
		return "none set";
	const char *name = arena_string(arena, m->measure->comparator.name);
	struct goal_limits limits = {0, 0};
	(void)goal_limits(c, &limits);
	const char *at_quarter = target->has_quarters ? " at this quarter's end"
						      : "";
	switch (target->goal) {
	case GOAL_AT_MOST:
		return arena_format(arena, "%s or less%s",
			tenths_words(m->measure, limits.high, arena), at_quarter);
	case GOAL_AT_LEAST:
		return arena_format(arena, "%s or more%s",
			tenths_words(m->measure, limits.low, arena), at_quarter);
	case GOAL_IMPROVE:
		if (!c->has_before)
			return "better than last year (not known)";
		return arena_format(arena, "better than last year (%s)",
			tenths_words(m->measure, c->before, arena));
	case GOAL_BAND:
		return arena_format(arena, "%s to %s",
			tenths_words(m->measure, target->low, arena),
			tenths_words(m->measure, target->high, arena));
	case GOAL_COMPARATOR:
		if (!c->has_comparator)
			return arena_format(arena, "below %s (not loaded)", name);
		return arena_format(arena, "below %s (%s)", name,
			tenths_words(m->measure, c->comparator, arena));
	case GOAL_NONE:
		break;
	}
	return "none set";
}

static const char *points_word(const struct measure *measure)
{
	return measure->unit == MEASURE_PERCENT ? "percentage points"
		: measure->unit == MEASURE_RATE ? "per 10,000"
		: measure->unit == MEASURE_MEAN ? "points"
						: "";
}

static const char *gap_words(const struct quarterly_measure *m,
	const struct evaluate_figure *now, const struct goal_comparison *c,
	struct arena *arena)
{
	int64_t miss;
	if (!goal_miss(m->measure, now, c, &miss))
		return "";
	const char *size = tenths_words(&(struct measure){.unit = m->measure->unit
								== MEASURE_COUNT
							? MEASURE_COUNT
							: MEASURE_RATE},
		llabs(miss), arena);
	bool is_comparator = c->target->goal == GOAL_COMPARATOR;
	const char *side = c->target->goal == GOAL_IMPROVE
		? (miss < 0 ? "better than last year" : "short of last year")
		: is_comparator ? (miss >= 0 ? "above" : "below")
		: miss <= 0     ? "inside target"
		: c->target->goal == GOAL_AT_LEAST ? "below target"
						   : "over target";
	return arena_format(arena, "%s %s%s%s%s", size, points_word(m->measure),
		points_word(m->measure)[0] == '\0' ? "" : " ", side,
		is_comparator ? " the comparator" : "");
}

static const char *change_words(const struct measure *measure,
	const struct evaluate_figure *now, const struct evaluate_figure *before,
	struct arena *arena)
{
	if (now->symbol[0] != '\0' || before->symbol[0] != '\0')
		return "";
	int64_t change = now->tenths - before->tenths;
	if (change == 0)
		return "no change";
	const char *size = tenths_words(&(struct measure){.unit = measure->unit
								== MEASURE_COUNT
							? MEASURE_COUNT
							: MEASURE_RATE},
		llabs(change), arena);
	return arena_format(arena, "%s%s%s %s", size,
		points_word(measure)[0] == '\0' ? "" : " ",
		points_word(measure), change < 0 ? "lower" : "higher");
}

static const char *status_words(enum goal_status status)
{
	static const char *const words[] = {[GOAL_GREEN] = "Meets target",
		[GOAL_AMBER] = "Misses target by a tenth or less",
		[GOAL_RED] = "Misses target",
		[GOAL_GREY] = "No target or no value",
		[GOAL_NEUTRAL] = "Not judged"};
	return words[status];
}

static const char *direction_words(enum goal_direction direction)
{
	static const char *const words[] = {[GOAL_BETTER] = "Better than a year ago",
		[GOAL_WORSE] = "Worse than a year ago",
		[GOAL_SAME] = "About the same as a year ago",
		[GOAL_UNKNOWN] = "Not known"};
	return words[direction];
}

/* ---- Frozen and revised ---- */

enum { SMALL = 5 };

static bool is_small(int64_t number)
{
	return number >= 1 && number <= SMALL;
}

/* A frozen figure that was fit to publish stays the quarter's figure. */
static bool may_show_frozen(const struct quarterly *report,
	const struct evaluate_figure *was)
{
	return !report->is_published
		|| (!is_small(was->numerator)
			&& !is_small(was->denominator - was->numerator));
}

static bool is_revised(const struct evaluate_figure *was,
	const struct evaluate_figure *now)
{
	return was->numerator != now->numerator
		|| was->denominator != now->denominator
		|| was->tenths != now->tenths;
}

/* The present figure beside it, and all that is made of the same rows, only if
 * the step between them gives nobody away. */
static bool may_show_revision(const struct quarterly *report,
	const struct evaluate_figure *was, const struct evaluate_figure *now)
{
	return !report->is_published || !is_revised(was, now)
		|| (now->symbol[0] == '\0' && !now->hides_numerator
			&& !now->hides_denominator
			&& !is_small(llabs(was->numerator - now->numerator))
			&& !is_small(llabs(was->denominator - now->denominator)));
}

/* What stands for a quarter: the frozen figure, if there is one, else ours. */
static const struct evaluate_figure *figure_at(const struct quarterly *report,
	const struct quarterly_measure *m, size_t p)
{
	bool is_frozen = p == report->count - 1 && m->frozen.is_set
		&& may_show_frozen(report, &m->frozen.figure);
	return is_frozen ? &m->frozen.figure : &m->points[p];
}

static const char *frozen_words(const struct quarterly *report,
	const struct quarterly_measure *m, const struct evaluate_figure *now,
	struct arena *arena)
{
	const struct evaluate_figure *was = &m->frozen.figure;
	if (!m->frozen.is_set)
		return "";
	if (!is_revised(was, now))
		return arena_format(arena,
			"Frozen on %.10s; not revised since.", m->frozen.at.at);
	if (!may_show_frozen(report, was) || !may_show_revision(report, was, now))
		return arena_format(arena,
			"Frozen on %.10s and revised since; the difference is too"
			" small to publish.",
			m->frozen.at.at);
	return arena_format(arena,
		"Published value %s (%lld of %lld), frozen on %.10s. Revised"
		" since: %s (%lld of %lld).",
		quarterly_view_value(m->measure, was, arena),
		(long long)was->numerator, (long long)was->denominator,
		m->frozen.at.at, quarterly_view_value(m->measure, now, arena),
		(long long)now->numerator, (long long)now->denominator);
}

/* ---- Parts of the view ---- */

static const struct view_point *points_view(const struct quarterly *report,
	const struct quarterly_measure *m, struct arena *arena)
{
	struct view_point *points = arena_array(arena, report->count,
		sizeof *points);
	for (size_t p = 0; p < report->count; p++) {
		const struct evaluate_figure *f = figure_at(report, m, p);
		const struct goal_comparison *c = &m->comparisons[p];
		struct goal_limits limits;
		bool is_line = goal_limits(c, &limits)
			&& c->target->goal != GOAL_COMPARATOR
			&& c->target->goal != GOAL_BAND;
		points[p] = (struct view_point){.label = quarter_label(report->dates[p],
							arena),
			.value = quarterly_view_value(m->measure, f, arena),
			.numerator = numerator_of(f, arena),
			.denominator = denominator_of(m->measure, f, arena),
			.has_value = f->symbol[0] == '\0',
			.tenths = f->symbol[0] == '\0' ? f->tenths : 0,
			.has_target = is_line,
			.target_tenths = is_line ? limits.high : 0,
			.has_comparator = c->has_comparator,
			.comparator_tenths = c->comparator};
	}
	return points;
}

static struct view_breakdown breakdown_view(const struct quarterly_measure *m,
	const struct quarterly_breakdown *b, struct arena *arena)
{
	struct view_breakdown view = {.title = b->title, .note = ""};
	struct view_group *groups = arena_array(arena, b->groups, sizeof *groups);
	if (b->is_withheld) {
		view.note = "Withheld: the total is suppressed.";
		return view;
	}
	for (size_t g = 0; g < b->groups; g++) {
		const struct evaluate_figure *f = &b->figures[g];
		/* An empty group is left out; one without data is not empty. */
		if (f->numerator == 0 && f->denominator == 0 && is_loaded(f))
			continue;
		if (f->symbol[0] == 'c' || f->hides_numerator)
			view.note = "c: suppressed because it could identify a"
				    " child, or help to.";
		groups[view.count++] = (struct view_group){b->labels[g],
			quarterly_view_value(m->measure, f, arena),
			numerator_of(f, arena),
			denominator_of(m->measure, f, arena),
			f->symbol[0] == '\0',
			f->symbol[0] == '\0' ? f->tenths : 0};
	}
	view.groups = groups;
	return view;
}

static bool is_still(const struct evaluate_coverage *coverage)
{
	return coverage->covers.last.day == evaluate_still().day;
}

static const char *coverage_words(const struct quarterly_measure *m,
	struct arena *arena)
{
	if (m->coverage == NULL)
		return "None of its feeds has been loaded.";
	if (m->coverage->covers.first.day == 0)
		return arena_format(arena, "From " TEXT_FORMAT ".",
			TEXT_ARGS(m->feed));
	if (is_still(m->coverage))
		return arena_format(arena,
			"From the " TEXT_FORMAT ", kept since %s.",
			TEXT_ARGS(m->feed),
			day_words(m->coverage->covers.first, arena));
	return arena_format(arena, "From " TEXT_FORMAT ", which covers %s to %s.",
		TEXT_ARGS(m->feed), day_words(m->coverage->covers.first, arena),
		day_words(m->coverage->covers.last, arena));
}

static void add_notes(const struct quarterly *report,
	const struct quarterly_measure *m, struct view_measure *view,
	struct arena *arena)
{
	const char **notes = arena_array(arena, MOST_NOTES, sizeof *notes);
	size_t count = 0;
	const struct goal_comparison *now = &m->comparisons[report->count - 1];
	if (text_has(m->measure->settings, TEXT("placement_break_rule")))
		notes[count++] = text_is(text_of(report->basis), QUARTERLY_MIXED)
			? "The authorities differ in what begins a new placement"
			  " (setting placement_break_rule)."
			: text_is(text_of(report->basis), "C")
			? "A new placement begins with a new carer (setting"
			  " placement_break_rule = CARER)."
			: "A new placement begins with every move (setting"
			  " placement_break_rule = PLACEMENT).";
	if (m->gaps[0] != '\0')
		notes[count++] = m->gaps;
	if (text_has(m->measure->settings, TEXT("working_day_convention")))
		notes[count++] = report->first_day == 0
			? "Working days: the day of the event is day 0 (setting"
			  " working_day_convention = DAY0)."
			: "Working days: the day of the event is day 1 (setting"
			  " working_day_convention = DAY1).";
	if (now->target != NULL && now->target->source.length > 0)
		notes[count++] = arena_format(arena, "Target: " TEXT_FORMAT ".",
			TEXT_ARGS(now->target->source));
	notes[count++] = arena_format(arena,
		"Source of the definition: " TEXT_FORMAT ".",
		TEXT_ARGS(m->measure->source));
	if (m->measure->owner.length > 0)
		notes[count++] = arena_format(arena, "Owner: " TEXT_FORMAT ".",
			TEXT_ARGS(m->measure->owner));
	size_t hidden = 0;
	for (size_t p = 0; p < report->count; p++)
		hidden += m->points[p].hides_numerator
			|| m->points[p].hides_denominator;
	if (hidden > 0)
		notes[count++] = arena_format(arena,
			"%zu of %zu quarters have a number of 1 to 5, or one that"
			" would give such a number away; they are suppressed.",
			hidden, report->count);
	view->notes = notes;
	view->note_count = count;
}

static void add_words(const struct quarterly *report,
	const struct quarterly_measure *m, struct view_measure *view,
	struct arena *arena)
{
	size_t last = report->count - 1;
	const struct evaluate_figure *now = &m->points[last];
	const struct evaluate_figure *before = &m->points[last - A_YEAR];
	const struct goal_comparison *c = &m->comparisons[last];
	const struct evaluate_figure *shown = figure_at(report, m, last);
	view->value = quarterly_view_value(m->measure, shown, arena);
	view->has_value = shown->symbol[0] == '\0';
	view->tenths = view->has_value ? shown->tenths : 0;
	view->symbol = shown->symbol;
	view->symbol_words = quarterly_view_symbol(shown->symbol);
	view->numerator = numerator_of(shown, arena);
	view->denominator = denominator_of(m->measure, shown, arena);
	view->previous = before->symbol[0] == '\0'
		? quarterly_view_value(m->measure, before, arena)
		: arena_format(arena, "not available (%s)", before->symbol);
	view->previous_label = quarter_label(report->dates[last - A_YEAR], arena);
	view->change = change_words(m->measure, shown, before, arena);
	view->target = target_words(m, c, arena);
	view->against_target = gap_words(m, shown, c, arena);
	view->comparator_name = arena_string(arena, m->measure->comparator.name);
	view->comparator = c->has_comparator
		? tenths_words(m->measure, c->comparator, arena)
		: "";
	view->comparator_source = c->has_comparator ? m->comparator_label : "";
	enum goal_status status = goal_status(m->measure, shown, c);
	enum goal_direction direction = goal_direction(m->measure, shown, before);
	static const enum view_status statuses[] = {[GOAL_GREEN] = VIEW_GREEN,
		[GOAL_AMBER] = VIEW_AMBER,
		[GOAL_RED] = VIEW_RED,
		[GOAL_GREY] = VIEW_GREY,
		[GOAL_NEUTRAL] = VIEW_NEUTRAL};
	static const enum view_direction directions[] = {[GOAL_BETTER] = VIEW_BETTER,
		[GOAL_WORSE] = VIEW_WORSE,
		[GOAL_SAME] = VIEW_SAME,
		[GOAL_UNKNOWN] = VIEW_UNKNOWN};
	view->status = statuses[status];
	view->status_words = status_words(status);
	view->direction = directions[direction];
	view->direction_words = direction_words(direction);
	view->frozen = frozen_words(report, m, now, arena);
}

static struct view_measure measure_view(const struct quarterly *report,
	const struct quarterly_measure *m, struct arena *arena)
{
	const struct measure *measure = m->measure;
	bool has_parts = !m->frozen.is_set
		|| may_show_revision(report, &m->frozen.figure,
			&m->points[report->count - 1]);
	struct view_measure view = {.id = arena_string(arena, measure->id),
		.title = arena_string(arena, measure->title),
		.definition = arena_string(arena, measure->definition),
		.polarity = polarity_words(measure),
		.basis = basis_words(measure, report->dates[report->count - 1],
			arena),
		.unit = unit_of(measure),
		.numerator_words = arena_string(arena, measure->numerator),
		.denominator_words = measure->unit == MEASURE_COUNT
			? ""
			: arena_string(arena, measure->denominator),
		.coverage = coverage_words(m, arena),
		.points = points_view(report, m, arena),
		.point_count = report->count,
		.breakdown_count = has_parts ? m->breakdown_count : 0,
		.commentary_why = arena_string(arena, m->why),
		.commentary_so_what = arena_string(arena, m->so_what),
		.commentary_next = arena_string(arena, m->what_next),
		.commentary_by_when = arena_string(arena, m->by_when)};
	struct view_breakdown *breakdowns = arena_array(arena,
		QUARTERLY_BREAKDOWNS, sizeof *breakdowns);
	for (size_t i = 0; i < m->breakdown_count; i++)
		breakdowns[i] = breakdown_view(m, &m->breakdowns[i], arena);
	view.breakdowns = breakdowns;
	add_words(report, m, &view, arena);
	add_notes(report, m, &view, arena);
	return view;
}

static struct view_source source_view(const struct evaluate_coverage *c,
	struct arena *arena)
{
	bool has_dates = c->covers.first.day != 0;
	return (struct view_source){.feed = arena_string(arena, c->kind),
		.covers = is_still(c) ? arena_format(arena, "since %s",
				  day_words(c->covers.first, arena))
			: has_dates   ? arena_format(arena, "%s to %s",
				    day_words(c->covers.first, arena),
				    day_words(c->covers.last, arena))
				      : "no dates of its own",
		.freshest = is_still(c) ? "kept day by day"
			: has_dates     ? arena_format(arena, "data to %s",
				      day_words(c->covers.last, arena))
					: "",
		.rows = arena_format(arena, "%lld", (long long)c->rows),
		.refused = arena_format(arena, "%lld", (long long)c->refused),
		.repaired = arena_format(arena, "%lld", (long long)c->repaired),
		.linked = c->children == 0
			? ""
			: arena_format(arena, "%lld of %lld children known before",
				(long long)c->linked, (long long)c->children)};
}

static const char *definitions_words(const struct quarterly *report,
	struct arena *arena)
{
	/* The digests of all definitions, folded together. */
	uint64_t fold = 0;
	for (size_t i = 0; i < report->measure_count; i++)
		fold = fold * 31
			+ text_hash(text_of(report->measures[i].measure->digest));
	return arena_format(arena, "kith " KITH_VERSION ", definitions %08x",
		(unsigned)(fold ^ (fold >> 32)));
}

/* Shares in whole per cents, so that no small number shows. */
static void add_linkage(const struct quarterly *report, struct arena *arena,
	const char **notes, size_t *count)
{
	enum { FEWEST = 10 };
	for (size_t i = 0; i < QUARTERLY_LINKAGES; i++) {
		const struct quarterly_linkage *linkage = &report->linkages[i];
		if (linkage->children < FEWEST)
			continue;
		notes[(*count)++] = arena_format(arena,
			"Linkage: about %lld%% of " TEXT_FORMAT
			" aged 5 to 15 were found on a school roll here.",
			(long long)(linkage->linked * 100 / linkage->children),
			TEXT_ARGS(linkage->who));
	}
}

struct view_report quarterly_view(const struct desk_report_output *output,
	struct arena *arena)
{
	const struct quarterly *report = &output->report;
	struct date end = report->dates[report->count - 1];
	struct view_measure *measures = arena_array(arena,
		report->measure_count, sizeof *measures);
	struct view_source *sources = arena_array(arena,
		report->coverages.count, sizeof *sources);
	for (size_t i = 0; i < report->measure_count; i++)
		measures[i] = measure_view(report, &report->measures[i], arena);
	for (size_t i = 0; i < report->coverages.count; i++)
		sources[i] = source_view(&report->coverages.items[i], arena);
	char quarter[PERIOD_TEXT];
	period_write_quarter(end, quarter);
	static const char *const fixed[] = {"Figures are provisional until the"
					    " statutory returns of the year are final.",
		"Status and direction follow kith's default rules: green meets the"
		" target, amber misses it by no more than a tenth of it, red by"
		" more; less than half a point from a year ago is the same.",
		"Each authority's figures are computed from its own record and"
		" summed; one that is missing in any leaves the region without."};
	size_t fixed_count = COUNT_OF(fixed) - (output->la != 0);
	const char **notes = arena_array(arena,
		COUNT_OF(fixed) + QUARTERLY_LINKAGES, sizeof *notes);
	size_t note_count = 0;
	while (note_count < fixed_count) {
		notes[note_count] = fixed[note_count];
		note_count++;
	}
	add_linkage(report, arena, notes, &note_count);
	return (struct view_report){.title = arena_string(arena,
					    report->pack.title),
		.authority = output->la == 0
			? output->authority
			: arena_format(arena, "%s (%d)", output->authority,
				output->la),
		.period = arena_format(arena, "Quarter %c %.7s", quarter[8],
			quarter),
		.as_at = day_words(end, arena),
		.as_at_date = end,
		.edition = report->is_published
			? "For publication: small numbers are suppressed"
			: "For officers: true values, not for publication",
		.definitions = definitions_words(report, arena),
		.measures = measures,
		.measure_count = report->measure_count,
		.sources = sources,
		.source_count = report->coverages.count,
		.notes = notes,
		.note_count = note_count};
}
