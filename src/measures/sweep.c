/* SPDX-License-Identifier: MIT
 *
 * Difference arrays over a calendar.
 *
 * A calendar turns days into places. For dates: place(day) is the number of
 * dates before the day, so an item from `first` to `end` is there at the dates
 * place(first) to place(end) - 1. For spans in ascending order, those that
 * contain a day are again a run: from the first that ends on or after the day
 * to the last that begins on or before it. Both look-ups are tables by day.
 */
#include "measures/sweep.h"

#include <string.h>

#include "base/limits.h"

/* How many marks lie before each day. */
struct places {
	const uint16_t *before; /* for lowest, lowest + 1, ... highest */
	int32_t lowest;
	int32_t highest;
};

struct sweep_calendar {
	struct places begins; /* of spans */
	struct places ends;   /* of spans; or the dates */
	uint32_t count;
	bool is_spans;
};

/* A run of places: from `at` up to but not including `to`. */
struct run {
	uint32_t at;
	uint32_t to;
};

static inline uint32_t place(const struct places *places, int32_t day)
{
	if (day < places->lowest)
		day = places->lowest;
	if (day > places->highest)
		day = places->highest;
	return places->before[day - places->lowest];
}

/* `marks` ascend. */
static struct places index_days(struct arena *arena, const int32_t *marks,
	size_t count)
{
	struct places places = {.lowest = marks[0],
		.highest = marks[count - 1] + 1};
	size_t days = (size_t)(places.highest - places.lowest) + 1;
	uint16_t *before = arena_array(arena, days, sizeof(*before));
	uint16_t passed = 0;
	for (size_t i = 0; i < days; i++) {
		int32_t day = places.lowest + (int32_t)i;
		while (passed < count && marks[passed] < day)
			passed++;
		before[i] = passed;
	}
	places.before = before;
	return places;
}

static bool check_order(const int32_t *marks, size_t count, struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		if (marks[i] <= 0)
			return fault_set(fault, FAULT_BROKEN,
				"period %zu has no date", i + 1);
		if (i > 0 && marks[i] < marks[i - 1])
			return fault_set(fault, FAULT_BROKEN,
				"period %zu comes before period %zu", i + 1, i);
	}
	return true;
}

static bool check_count(size_t count, struct fault *fault)
{
	if (count >= 1 && count <= LIMIT_PERIODS)
		return true;
	return fault_set(fault, FAULT_LIMIT,
		"%zu periods asked for, at least 1 and at most %d can be given",
		count, LIMIT_PERIODS);
}

bool sweep_at_dates(struct arena *arena, const struct date *dates, size_t count,
	const struct sweep_calendar **out_calendar, struct fault *fault)
{
	if (!check_count(count, fault))
		return false;
	int32_t *days = arena_array(arena, count, sizeof(*days));
	for (size_t i = 0; i < count; i++)
		days[i] = dates[i].day;
	if (!check_order(days, count, fault))
		return false;
	struct sweep_calendar *calendar = arena_new(arena, sizeof(*calendar));
	calendar->ends = index_days(arena, days, count);
	calendar->count = (uint32_t)count;
	*out_calendar = calendar;
	return true;
}

bool sweep_in_spans(struct arena *arena, const struct period *spans, size_t count,
	const struct sweep_calendar **out_calendar, struct fault *fault)
{
	if (!check_count(count, fault))
		return false;
	int32_t *begins = arena_array(arena, count, sizeof(*begins));
	int32_t *ends = arena_array(arena, count, sizeof(*ends));
	for (size_t i = 0; i < count; i++) {
		begins[i] = spans[i].first.day;
		ends[i] = spans[i].last.day;
	}
	if (!check_order(begins, count, fault)
		|| !check_order(ends, count, fault))
		return false;
	struct sweep_calendar *calendar = arena_new(arena, sizeof(*calendar));
	calendar->begins = index_days(arena, begins, count);
	calendar->ends = index_days(arena, ends, count);
	calendar->count = (uint32_t)count;
	calendar->is_spans = true;
	*out_calendar = calendar;
	return true;
}

/* Where an item is found. A span that ends before it begins holds nothing. */
static inline struct run find_run(const struct sweep_calendar *calendar,
	const struct sweep_list *list, size_t item)
{
	int32_t first = list->first[item];
	struct run run = {.at = place(&calendar->ends, first)};
	if (calendar->is_spans)
		run.to = first == INT32_MAX
			? calendar->count
			: place(&calendar->begins, first + 1);
	else
		run.to = place(&calendar->ends, list->end[item]);
	return run;
}

static struct sweep_counts counts_new(struct arena *arena, uint32_t groups,
	uint32_t periods)
{
	struct sweep_counts counts = {.groups = groups,
		.periods = periods,
		.stride = periods + 1};
	counts.cells = arena_array(arena,
		(size_t)SWEEP_PARTS * groups * counts.stride, sizeof(uint32_t));
	return counts;
}

/* Sums along four cells at a time: each is added to the next, then each pair
 * to the next pair, so that only one addition in four waits for the last. */
typedef uint32_t four __attribute__((vector_size(16)));

static void sum_row(uint32_t *cells, uint32_t count)
{
	uint32_t sum = 0;
	uint32_t i = 0;
	for (; i + 4 <= count; i += 4) {
		four at;
		memcpy(&at, cells + i, sizeof(at));
		at += __builtin_shufflevector((four){0}, at, 0, 4, 5, 6);
		at += __builtin_shufflevector((four){0}, at, 0, 0, 4, 5);
		at += sum;
		sum = at[3];
		memcpy(cells + i, &at, sizeof(at));
	}
	for (; i < count; i++) {
		sum += cells[i];
		cells[i] = sum;
	}
}

/* Unsigned sums may pass below zero on the way; the ends agree. */
static void counts_sum(const struct sweep_counts *counts)
{
	uint32_t stride = counts->stride;
	size_t rows = (size_t)SWEEP_PARTS * counts->groups;
	for (size_t row = 0; row < rows; row++)
		sum_row(counts->cells + row * stride, stride);
}

static inline uint32_t weight_of(const struct sweep_list *list, size_t item)
{
	return list->amount == NULL ? 1 : list->amount[item];
}

static inline void add_run(const struct sweep_counts *counts, size_t row,
	struct run run, uint32_t weight)
{
	uint32_t *cells = counts->cells + row * counts->stride;
	cells[run.at] += weight;
	cells[run.to] -= weight;
}

/* The segments of one child, walked in step with the days of an item. */
struct walk {
	const struct sweep_dimension *by;
	uint32_t at;
	uint32_t stop;
};

static inline struct walk walk_child(const struct sweep_dimension *by,
	int32_t child)
{
	struct walk walk = {.by = by};
	if (child >= 0 && (size_t)child < by->children) {
		walk.at = by->offsets[child];
		walk.stop = by->offsets[child + 1];
	}
	return walk;
}

/* The group from `day` on, and the day up to which that holds. */
static inline uint32_t walk_to(struct walk *walk, int32_t day, int32_t *out_until)
{
	const struct sweep_dimension *by = walk->by;
	while (walk->at < walk->stop && by->end[walk->at] <= day)
		walk->at++;
	if (walk->at == walk->stop) {
		*out_until = INT32_MAX;
		return by->groups - 1;
	}
	if (by->first[walk->at] > day) {
		*out_until = by->first[walk->at];
		return by->groups - 1;
	}
	*out_until = by->end[walk->at];
	return by->group[walk->at];
}

uint32_t sweep_group(const struct sweep_dimension *dimension, int32_t child,
	int32_t day)
{
	struct walk walk = walk_child(dimension, child);
	int32_t until;
	return walk_to(&walk, day, &until);
}

/* Cuts the run of an item where its child changes group. The item lasts for
 * ever as far as the last cut is concerned: its run says where it stops. */
static inline void add_states(const struct sweep_counts *counts,
	const struct sweep_calendar *calendar, const struct sweep_list *list,
	size_t item, const struct sweep_dimension *by)
{
	struct run run = find_run(calendar, list, item);
	if (run.at >= run.to)
		return;
	struct walk walk = walk_child(by, list->child[item]);
	size_t row = (size_t)list->part[item] * counts->groups;
	int32_t day = list->first[item];
	while (run.at < run.to) {
		int32_t until;
		uint32_t group = walk_to(&walk, day, &until);
		uint32_t cut = until == INT32_MAX
			? run.to
			: place(&calendar->ends, until);
		if (cut > run.to)
			cut = run.to;
		if (cut > run.at)
			add_run(counts, row + group, (struct run){run.at, cut},
				weight_of(list, item));
		run.at = cut;
		day = until;
	}
}

static inline void add_events(const struct sweep_counts *counts,
	const struct sweep_calendar *calendar, const struct sweep_list *list,
	size_t item, const struct sweep_dimension *by)
{
	struct run run = find_run(calendar, list, item);
	if (run.at >= run.to)
		return;
	size_t row = (size_t)list->part[item] * counts->groups;
	row += sweep_group(by, list->child[item], list->first[item]);
	add_run(counts, row, run, weight_of(list, item));
}

static void add_whole(const struct sweep_counts *counts,
	const struct sweep_calendar *calendar, const struct sweep_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		struct run run = find_run(calendar, list, i);
		if (run.at < run.to)
			add_run(counts, list->part[i], run, weight_of(list, i));
	}
}

struct sweep_counts sweep_count(struct arena *arena,
	const struct sweep_list *list, const struct sweep_calendar *calendar,
	const struct sweep_dimension *by)
{
	struct sweep_counts counts = counts_new(arena,
		by == NULL ? 1 : by->groups, calendar->count);
	if (by == NULL)
		add_whole(&counts, calendar, list);
	else if (calendar->is_spans)
		for (size_t i = 0; i < list->count; i++)
			add_events(&counts, calendar, list, i, by);
	else
		for (size_t i = 0; i < list->count; i++)
			add_states(&counts, calendar, list, i, by);
	counts_sum(&counts);
	return counts;
}

static void add_crossed(const struct sweep_counts *counts,
	const struct sweep_calendar *calendar, const struct sweep_list *list,
	size_t item, const struct sweep_dimension *const by[2])
{
	struct run run = find_run(calendar, list, item);
	struct walk walks[2] = {walk_child(by[0], list->child[item]),
		walk_child(by[1], list->child[item])};
	size_t row = (size_t)list->part[item] * counts->groups;
	int32_t day = list->first[item];
	while (run.at < run.to) {
		int32_t until[2];
		uint32_t group = walk_to(&walks[0], day, &until[0]) * by[1]->groups
			+ walk_to(&walks[1], day, &until[1]);
		day = until[0] < until[1] ? until[0] : until[1];
		uint32_t cut = calendar->is_spans || day == INT32_MAX
			? run.to
			: place(&calendar->ends, day);
		if (cut > run.to)
			cut = run.to;
		if (cut > run.at)
			add_run(counts, row + group, (struct run){run.at, cut},
				weight_of(list, item));
		run.at = cut;
	}
}

struct sweep_counts sweep_count_crossed(struct arena *arena,
	const struct sweep_list *list, const struct sweep_calendar *calendar,
	const struct sweep_dimension *const by[2])
{
	struct sweep_counts counts = counts_new(arena,
		by[0]->groups * by[1]->groups, calendar->count);
	for (size_t i = 0; i < list->count; i++)
		add_crossed(&counts, calendar, list, i, by);
	counts_sum(&counts);
	return counts;
}

/* The day on which the groups of a state are looked up: the date itself. It is
 * the day before the first that has one more date behind it. */
static int32_t date_at(const struct sweep_calendar *calendar, uint32_t period)
{
	const struct places *places = &calendar->ends;
	int32_t low = places->lowest, high = places->highest;
	while (low < high) {
		int32_t middle = low + (high - low) / 2;
		if (place(places, middle) > period)
			high = middle;
		else
			low = middle + 1;
	}
	return low - 1;
}

size_t sweep_members(struct arena *arena, const struct sweep_list *list,
	const struct sweep_calendar *calendar,
	const struct sweep_figure *figure, const uint32_t **out_items)
{
	uint32_t *items = arena_array(arena, list->count + 1, sizeof(*items));
	int32_t date = date_at(calendar, figure->period);
	size_t found = 0;
	for (size_t i = 0; i < list->count; i++) {
		struct run run = find_run(calendar, list, i);
		if (list->part[i] != figure->part || figure->period < run.at
			|| figure->period >= run.to)
			continue;
		int32_t day = calendar->is_spans ? list->first[i] : date;
		bool is_in = true;
		for (int b = 0; b < 2 && is_in; b++)
			is_in = figure->by[b] == NULL
				|| sweep_group(figure->by[b], list->child[i], day)
					== figure->group[b];
		if (is_in)
			items[found++] = (uint32_t)i;
	}
	*out_items = items;
	return found;
}

/* First days of the bands of all who were born on one day, found once. */
struct birthdays {
	const struct sweep_bands *bands;
	int32_t lowest;
	int32_t *first; /* by day of birth from the lowest, then by band */
	bool *is_known; /* by day of birth */
	int32_t *spare; /* of one day, where the days lie too far apart to keep */
};

static struct birthdays birthdays_open(struct arena *arena,
	const struct date *born, size_t children, const struct sweep_bands *bands)
{
	enum { MOST_DAYS = 1 << 16 };
	struct birthdays days = {.bands = bands, .lowest = INT32_MAX};
	int32_t highest = INT32_MIN;
	days.spare = arena_array(arena, bands->count + 1, sizeof(*days.spare));
	for (size_t i = 0; i < children; i++) {
		if (date_is_none(born[i]))
			continue;
		if (born[i].day < days.lowest)
			days.lowest = born[i].day;
		if (born[i].day > highest)
			highest = born[i].day;
	}
	if (highest < days.lowest || highest - days.lowest >= MOST_DAYS)
		return days;
	size_t count = (size_t)(highest - days.lowest) + 1;
	days.first = arena_array(arena, count * bands->count,
		sizeof(*days.first));
	days.is_known = arena_array(arena, count, sizeof(*days.is_known));
	return days;
}

static const int32_t *birthdays_of(struct birthdays *days, struct date born)
{
	size_t count = days->bands->count;
	size_t at = (size_t)(born.day - days->lowest);
	int32_t *first = days->first == NULL ? days->spare
					     : &days->first[at * count];
	if (days->first != NULL && days->is_known[at])
		return first;
	for (size_t b = 0; b < count; b++) {
		int months = days->bands->from[b];
		first[b] = months < 0 ? SWEEP_EVER
				      : date_months_reached(born, months).day;
	}
	if (days->first != NULL)
		days->is_known[at] = true;
	return first;
}

struct sweep_dimension sweep_ages(struct arena *arena, const struct date *born,
	size_t children, const struct sweep_bands *bands)
{
	size_t most = children * bands->count;
	uint32_t *offsets = arena_array(arena, children + 1, sizeof(*offsets));
	int32_t *first = arena_array(arena, most + 1, sizeof(*first));
	int32_t *end = arena_array(arena, most + 1, sizeof(*end));
	uint16_t *group = arena_array(arena, most + 1, sizeof(*group));
	uint32_t made = 0;
	struct birthdays days = birthdays_open(arena, born, children, bands);
	for (size_t child = 0; child < children; child++) {
		offsets[child] = made;
		if (date_is_none(born[child]))
			continue;
		const int32_t *begins = birthdays_of(&days, born[child]);
		for (size_t b = 0; b < bands->count; b++, made++) {
			first[made] = begins[b];
			end[made] = SWEEP_OPEN;
			group[made] = (uint16_t)b;
			if (b > 0)
				end[made - 1] = first[made];
		}
	}
	offsets[children] = made;
	return (struct sweep_dimension){.offsets = offsets,
		.first = first,
		.end = end,
		.group = group,
		.children = children,
		.groups = (uint32_t)bands->count + 1};
}
