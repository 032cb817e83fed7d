/* SPDX-License-Identifier: MIT
 *
 * Breakdowns: which group each listed child was in, and when.
 */
#include "measures/roll-inside.h"

#include <stdlib.h>

#include "base/limits.h"

extern const struct embedded measures_sql[];

/* A breakdown read from the store. Values outside its code list are groups of
 * their own; rows may overlap, a smaller rank wins. */
struct spec {
	const char *name, *title;
	const char *statement; /* NULL: a fact of the child, for ever */
	enum roll_fact fact;   /* which, where there is no statement */
	const char *list; /* code list of labels; NULL: the values themselves */
	const char *const *order; /* fixed groups, first to last; or NULL */
	const char *const *order_labels;
	const char *missing; /* group of a child with no row; NULL: not known */
};

static const char *const sexes[] = {"M", "F", "U", NULL};
static const char *const sex_labels[] = {"Male", "Female", "Unknown or unborn"};
static const char *const sens[] = {"N", "K", "E", NULL};
static const char *const sen_labels[] = {"No special educational need",
	"SEN support", "Education, health and care plan"};
static const char *const yes_no[] = {"yes", "no", NULL};
static const char *const yes_no_labels[] = {"Yes", "No"};
static const char *const supports[] = {"LAC", "CPP", "CIN", "none", NULL};
static const char *const support_labels[] = {"Looked after",
	"Child protection plan", "Child in need", "None known"};

static const struct spec specs[] = {
	{.name = "sex",
		.title = "Sex",
		.fact = ROLL_SEX,
		.order = sexes,
		.order_labels = sex_labels},
	{.name = "ethnicity",
		.title = "Ethnicity",
		.fact = ROLL_ETHNICITY,
		.list = "ethnic"},
	{.name = "ward", .title = "Ward", .statement = "dimension_ward"},
	{.name = "sen",
		.title = "Special educational needs",
		.statement = "dimension_sen",
		.order = sens,
		.order_labels = sen_labels},
	{.name = "fsm",
		.title = "Free school meals",
		.statement = "dimension_fsm",
		.order = yes_no,
		.order_labels = yes_no_labels,
		.missing = "no"},
	{.name = "year-group",
		.title = "Year group",
		.statement = "dimension_year_group",
		.list = "nc-year"},
	{.name = "school", .title = "School", .statement = "dimension_school"},
	{.name = "social-care",
		.title = "Social care",
		.statement = "dimension_social_care",
		.order = supports,
		.order_labels = support_labels,
		.missing = "none"},
	{.name = "uasc",
		.title = "Unaccompanied asylum-seeking",
		.fact = ROLL_UASC,
		.order = yes_no,
		.order_labels = yes_no_labels},
};

const char *const *roll_dimension_names(void)
{
	static const char *names[COUNT_OF(specs) + 2] = {"age"};
	for (size_t i = 0; i < COUNT_OF(specs); i++)
		names[i + 1] = specs[i].name;
	return names;
}

struct segment {
	int32_t child, first, end;
	uint16_t group;
};

struct segments {
	struct segment *items;
	size_t count, capacity;
	struct map *values; /* value: group before sorting */
	struct text *texts; /* by that group */
	size_t text_count, text_capacity;
};

static uint16_t group_of(struct segments *segments, struct arena *arena,
	struct text value)
{
	int64_t group = map_intern(segments->values, value);
	if ((size_t)group == segments->text_count) {
		segments->texts = memory_grow(segments->texts,
			&segments->text_capacity, segments->text_count + 1,
			sizeof *segments->texts);
		segments->texts[segments->text_count++] = arena_text(arena,
			value);
	}
	return (uint16_t)group;
}

static void add_segment(struct segments *segments, const struct segment *segment)
{
	segments->items = memory_grow(segments->items, &segments->capacity,
		segments->count + 1, sizeof *segments->items);
	segments->items[segments->count++] = *segment;
}

static bool check_groups(const struct segments *segments,
	const struct spec *spec, struct fault *fault)
{
	if (segments->text_count < LIMIT_GROUPS)
		return true;
	return fault_set(fault, FAULT_LIMIT,
		"the breakdown by %s has more than %d groups", spec->name,
		LIMIT_GROUPS);
}

static bool read_rows(struct roll *roll, const struct spec *spec,
	struct segments *segments, struct fault *fault)
{
	struct store_rows *rows;
	struct roll_cursor cursor = ROLL_CURSOR;
	if (!store_query(roll->store, store_find(measures_sql, spec->statement),
		    STORE_VALUES(store_integer(roll->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		if (store_is_null(rows, 1)
			|| !roll_child_find(roll, store_get_integer(rows, 0),
				&cursor))
			continue;
		struct date first = store_get_date(rows, 2);
		struct date end = store_get_date(rows, 3);
		struct segment segment = {cursor.place,
			first.day == 0 ? SWEEP_EVER : first.day,
			end.day == 0 ? SWEEP_OPEN : end.day,
			group_of(segments, roll->arena, store_get_text(rows, 1))};
		add_segment(segments, &segment);
		if (!check_groups(segments, spec, fault))
			break;
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool read_facts(struct roll *roll, const struct spec *spec,
	struct segments *segments, struct fault *fault)
{
	const struct roll_facts *facts;
	if (!roll_child_facts(roll, &facts, fault))
		return false;
	const struct roll_values *values = &facts->values[spec->fact];
	uint16_t *groups = arena_array(roll->arena, values->count + 1,
		sizeof *groups);
	for (size_t i = 0; i < values->count; i++) {
		groups[i] = group_of(segments, roll->arena, values->texts[i]);
		if (!check_groups(segments, spec, fault))
			return false;
	}
	for (size_t child = 0; child < facts->children; child++) {
		struct segment segment = {(int32_t)child, SWEEP_EVER,
			SWEEP_OPEN, 0};
		if (values->by_child[child] == 0)
			continue;
		segment.group = groups[values->by_child[child] - 1];
		add_segment(segments, &segment);
	}
	return true;
}

static bool read_segments(struct roll *roll, const struct spec *spec,
	struct segments *segments, struct fault *fault)
{
	for (size_t i = 0; spec->order != NULL && spec->order[i] != NULL; i++)
		group_of(segments, roll->arena, text_of(spec->order[i]));
	return spec->statement == NULL ? read_facts(roll, spec, segments, fault)
				       : read_rows(roll, spec, segments, fault);
}

/* By group, then by first day. */
static bool is_after(const struct segment *a, const struct segment *b)
{
	return a->group != b->group ? a->group > b->group : a->first > b->first;
}

/* The rows of a child stand together, those of child c from offsets[c] to
 * before offsets[c + 1]. A child has few: they are sorted by insertion. */
static struct segment *sort_segments(struct arena *arena,
	const struct segments *segments, size_t children,
	const uint32_t **out_offsets)
{
	struct segment *sorted = arena_array(arena, segments->count + 1,
		sizeof *sorted);
	uint32_t *ends = arena_array(arena, children + 2, sizeof *ends);
	for (size_t i = 0; i < segments->count; i++)
		ends[segments->items[i].child + 1]++;
	for (size_t child = 0; child < children; child++)
		ends[child + 1] += ends[child];
	/* Filling each child from its end leaves where it begins. */
	for (size_t i = segments->count; i-- > 0;) {
		const struct segment *segment = &segments->items[i];
		sorted[--ends[segment->child + 1]] = *segment;
	}
	ends[children + 1] = (uint32_t)segments->count;
	for (size_t i = 1; i < segments->count; i++) {
		struct segment moved = sorted[i];
		size_t at = i;
		for (; at > 0 && sorted[at - 1].child == moved.child
			&& is_after(&sorted[at - 1], &moved);
			at--)
			sorted[at] = sorted[at - 1];
		sorted[at] = moved;
	}
	*out_offsets = ends + 1;
	return sorted;
}

static int order_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
	return (a > b) - (a < b);
}

/* Adds a stretch to those of a child, to the last of them if it goes on. */
static size_t add_stretch(struct segment *out, size_t made,
	const struct segment *stretch)
{
	if (stretch->first >= stretch->end)
		return made;
	if (made > 0 && out[made - 1].group == stretch->group
		&& out[made - 1].end == stretch->first) {
		out[made - 1].end = stretch->end;
		return made;
	}
	out[made] = *stretch;
	return made + 1;
}

/* No row, or one: nothing overlaps. */
static size_t flatten_one(const struct segment *row, int32_t child, int missing,
	struct segment *out)
{
	struct segment gap = {child, SWEEP_EVER, SWEEP_OPEN, (uint16_t)missing};
	size_t made = 0;
	if (row == NULL || row->first >= row->end)
		return missing < 0 ? 0 : add_stretch(out, 0, &gap);
	gap.end = row->first;
	if (missing >= 0)
		made = add_stretch(out, made, &gap);
	made = add_stretch(out, made, row);
	gap.first = row->end;
	gap.end = SWEEP_OPEN;
	return missing < 0 ? made : add_stretch(out, made, &gap);
}

/* One child's rows, which may overlap, become segments that do not, in the
 * order of their days: on each stretch between two changes the smallest group
 * that covers it, or `missing`. Returns how many were written. */
static size_t flatten(const struct segment *in, size_t count, int missing,
	int32_t *days, struct segment *out)
{
	size_t day_count = 0, made = 0;
	days[day_count++] = SWEEP_EVER;
	for (size_t i = 0; i < count; i++) {
		days[day_count++] = in[i].first;
		days[day_count++] = in[i].end;
	}
	days[day_count++] = SWEEP_OPEN;
	qsort(days, day_count, sizeof *days, order_days);
	for (size_t d = 0; d + 1 < day_count; d++) {
		int group = missing;
		if (days[d] == days[d + 1])
			continue;
		for (size_t i = 0; i < count; i++)
			if (in[i].first <= days[d] && in[i].end > days[d]) {
				group = in[i].group;
				break;
			}
		if (group < 0)
			continue;
		made = add_stretch(out, made,
			&(struct segment){in[0].child, days[d], days[d + 1],
				(uint16_t)group});
	}
	return made;
}

/* ---- Sorting groups into the order they are shown in ---- */

struct shown {
	struct text value;
	const char *label;
	uint16_t before; /* number while reading */
};

static int order_shown(const void *left, const void *right)
{
	const struct shown *a = left, *b = right;
	int order = text_compare(text_of(a->label), text_of(b->label));
	return order != 0 ? order : text_compare(a->value, b->value);
}

static const char *label_of(struct roll *roll, const struct spec *spec,
	size_t i, struct text value)
{
	if (spec->order_labels != NULL) {
		size_t fixed = 0;
		while (spec->order[fixed] != NULL)
			fixed++;
		if (i < fixed)
			return spec->order_labels[i];
	}
	const struct codes_entry *entry = spec->list == NULL
		? NULL
		: codes_find(roll->codes, spec->list, value, DATE_NONE);
	return entry == NULL ? value.at : arena_string(roll->arena, entry->label);
}

/* Labels by group, and the new number of each old group. */
static const char *const *sort_groups(struct roll *roll, const struct spec *spec,
	const struct segments *segments, uint16_t *renumber)
{
	size_t count = segments->text_count;
	struct shown *shown = arena_array(roll->arena, count + 1, sizeof *shown);
	for (size_t i = 0; i < count; i++)
		shown[i] = (struct shown){segments->texts[i],
			label_of(roll, spec, i, segments->texts[i]), (uint16_t)i};
	if (spec->order == NULL && count > 0)
		qsort(shown, count, sizeof *shown, order_shown);
	const char **labels = arena_array(roll->arena, count + 1, sizeof *labels);
	for (size_t i = 0; i < count; i++) {
		labels[i] = shown[i].label;
		renumber[shown[i].before] = (uint16_t)i;
	}
	labels[count] = "Not known";
	return labels;
}

static int missing_group(const struct spec *spec)
{
	for (int i = 0; spec->missing != NULL && spec->order[i] != NULL; i++)
		if (text_is(text_of(spec->missing), spec->order[i]))
			return i;
	return -1;
}

/* Lays the rows out child by child as the kernel wants them. */
static struct sweep_dimension lay_out(struct roll *roll, const struct spec *spec,
	const struct segments *segments, const uint16_t *renumber)
{
	size_t most = segments->count * 2 + roll->count + 1;
	uint32_t *offsets = arena_array(roll->arena, roll->count + 1, 4);
	int32_t *first = arena_array(roll->arena, most, 4);
	int32_t *end = arena_array(roll->arena, most, 4);
	uint16_t *group = arena_array(roll->arena, most, 2);
	struct segment *flat = arena_array(roll->arena, segments->count * 2 + 3,
		sizeof *flat);
	int32_t *days = arena_array(roll->arena, segments->count * 2 + 2, 4);
	const uint32_t *from;
	const struct segment *sorted = sort_segments(roll->arena, segments,
		roll->count, &from);
	size_t used = 0;
	int missing = missing_group(spec);
	for (size_t child = 0; child < roll->count; child++) {
		const struct segment *rows = &sorted[from[child]];
		size_t count = from[child + 1] - from[child];
		size_t made = count > 1
			? flatten(rows, count, missing, days, flat)
			: flatten_one(count == 0 ? NULL : rows, (int32_t)child,
				missing, flat);
		offsets[child] = (uint32_t)used;
		for (size_t i = 0; i < made; i++, used++) {
			first[used] = flat[i].first;
			end[used] = flat[i].end;
			group[used] = renumber[flat[i].group];
		}
	}
	offsets[roll->count] = (uint32_t)used;
	return (struct sweep_dimension){offsets, first, end, group, roll->count,
		(uint32_t)segments->text_count + 1};
}

static bool read_dimension(struct roll *roll, const struct spec *spec,
	struct roll_dimension *out_dimension, struct fault *fault)
{
	struct segments segments = {.values = map_open()};
	bool is_read = read_segments(roll, spec, &segments, fault);
	if (is_read) {
		uint16_t *renumber = arena_array(roll->arena,
			segments.text_count + 1, sizeof *renumber);
		const char *const *labels = sort_groups(roll, spec, &segments,
			renumber);
		*out_dimension = (struct roll_dimension){spec->name, spec->title,
			lay_out(roll, spec, &segments, renumber), labels};
	}
	map_close(segments.values);
	memory_free(segments.items);
	memory_free(segments.texts);
	return is_read;
}

/* Bands of the looked-after and in-need statistics. */
static bool read_ages(struct roll *roll, struct roll_dimension *out_dimension,
	struct fault *fault)
{
	static const int from[] = {0, 12, 60, 120, 192, 216};
	static const char *const labels[] = {"Under 1", "1 to 4", "5 to 9",
		"10 to 15", "16 and 17", "18 and over", "Not known"};
	const struct roll_facts *facts;
	if (!roll_child_facts(roll, &facts, fault))
		return false;
	*out_dimension = (struct roll_dimension){"age", "Age",
		sweep_ages(roll->arena, facts->born, roll->count,
			&(struct sweep_bands){from, COUNT_OF(from)}),
		labels};
	return true;
}

bool roll_dimension(struct roll *roll, struct text name,
	struct roll_dimension *out_dimension, struct fault *fault)
{
	if (text_is(name, "age"))
		return read_ages(roll, out_dimension, fault);
	for (size_t i = 0; i < COUNT_OF(specs); i++)
		if (text_is(name, specs[i].name))
			return read_dimension(roll, &specs[i], out_dimension,
				fault);
	fault_set(fault, FAULT_USAGE,
		"there is no breakdown by \"" TEXT_FORMAT "\"", TEXT_ARGS(name));
	return fault_hint(fault,
		"one of: age, sex, ethnicity, ward, sen, fsm,"
		" year-group, school, social-care, uasc");
}
