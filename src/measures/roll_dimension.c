/* SPDX-License-Identifier: MIT
 *
 * Breakdowns: which group each listed child was in, and when.
 */
#include "measures/roll.h"

#include <stdlib.h>

#include "base/limits.h"

extern const struct embedded measures_sql[];

/* A breakdown read from the store. Values outside its code list are groups of
 * their own; rows may overlap, a smaller rank wins. */
struct spec {
	const char *name, *title;
	const char *statement;
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
	{"sex", "Sex", "dimension_sex", NULL, sexes, sex_labels, NULL},
	{"ethnicity", "Ethnicity", "dimension_ethnicity", "ethnic", NULL, NULL,
		NULL},
	{"ward", "Ward", "dimension_ward", NULL, NULL, NULL, NULL},
	{"sen", "Special educational needs", "dimension_sen", NULL, sens,
		sen_labels, NULL},
	{"fsm", "Free school meals", "dimension_fsm", NULL, yes_no,
		yes_no_labels, "no"},
	{"year-group", "Year group", "dimension_year_group", "nc-year", NULL,
		NULL, NULL},
	{"school", "School", "dimension_school", NULL, NULL, NULL, NULL},
	{"social-care", "Social care", "dimension_social_care", NULL, supports,
		support_labels, "none"},
	{"uasc", "Unaccompanied asylum-seeking", "dimension_uasc", NULL, yes_no,
		yes_no_labels, NULL},
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

static bool read_segments(struct roll *roll, const struct spec *spec,
	struct segments *segments, struct fault *fault)
{
	struct store_rows *rows;
	for (size_t i = 0; spec->order != NULL && spec->order[i] != NULL; i++)
		group_of(segments, roll->arena, text_of(spec->order[i]));
	if (!store_query(roll->store, store_find(measures_sql, spec->statement),
		    STORE_VALUES(store_integer(roll->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t place;
		if (store_is_null(rows, 1)
			|| !map_get_number(roll->places,
				store_get_integer(rows, 0), &place))
			continue;
		struct date first = store_get_date(rows, 2);
		struct date end = store_get_date(rows, 3);
		segments->items = memory_grow(segments->items,
			&segments->capacity, segments->count + 1,
			sizeof *segments->items);
		segments->items[segments->count++] = (struct segment){(int32_t)place,
			first.day == 0 ? SWEEP_EVER : first.day,
			end.day == 0 ? SWEEP_OPEN : end.day,
			group_of(segments, roll->arena, store_get_text(rows, 1))};
		if (segments->text_count >= LIMIT_GROUPS) {
			fault_set(fault, FAULT_LIMIT,
				"the breakdown by %s has more than %d groups",
				spec->name, LIMIT_GROUPS);
			break;
		}
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static int order_segments(const void *left, const void *right)
{
	const struct segment *a = left, *b = right;
	if (a->child != b->child)
		return a->child < b->child ? -1 : 1;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

static int order_by_first(const void *left, const void *right)
{
	const struct segment *a = left, *b = right;
	return (a->first > b->first) - (a->first < b->first);
}

static int order_days(const void *left, const void *right)
{
	int32_t a = *(const int32_t *)left, b = *(const int32_t *)right;
	return (a > b) - (a < b);
}

/* One child's rows, which may overlap, become segments that do not: on each
 * stretch between two changes the smallest group that covers it, or `missing`.
 * Returns how many were written. */
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
		if (made > 0 && out[made - 1].group == group
			&& out[made - 1].end == days[d])
			out[made - 1].end = days[d + 1];
		else
			out[made++] = (struct segment){in[0].child, days[d],
				days[d + 1], (uint16_t)group};
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
	struct segments *segments, const uint16_t *renumber)
{
	size_t most = segments->count * 2 + roll->count + 1;
	uint32_t *offsets = arena_array(roll->arena, roll->count + 1, 4);
	int32_t *first = arena_array(roll->arena, most, 4);
	int32_t *end = arena_array(roll->arena, most, 4);
	uint16_t *group = arena_array(roll->arena, most, 2);
	struct segment *flat = arena_array(roll->arena, most, sizeof *flat);
	int32_t *days = arena_array(roll->arena, segments->count * 2 + 2, 4);
	size_t at = 0, used = 0;
	int missing = missing_group(spec);
	for (size_t child = 0; child < roll->count; child++) {
		size_t rows = 0, made;
		offsets[child] = (uint32_t)used;
		while (at + rows < segments->count
			&& segments->items[at + rows].child == (int32_t)child)
			rows++;
		struct segment none = {(int32_t)child, SWEEP_EVER, SWEEP_EVER, 0};
		made = flatten(rows == 0 ? &none : &segments->items[at],
			rows == 0 ? 1 : rows, missing, days, flat);
		qsort(flat, made, sizeof *flat, order_by_first);
		for (size_t i = 0; i < made; i++, used++) {
			first[used] = flat[i].first;
			end[used] = flat[i].end;
			group[used] = renumber[flat[i].group];
		}
		at += rows;
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
		if (segments.count > 0)
			qsort(segments.items, segments.count,
				sizeof *segments.items, order_segments);
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
	struct date *born = arena_array(roll->arena, roll->count + 1,
		sizeof *born);
	struct store_rows *rows;
	if (!store_query(roll->store, store_find(measures_sql, "births"),
		    STORE_VALUES(store_integer(roll->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t place;
		if (map_get_number(roll->places, store_get_integer(rows, 0),
			    &place))
			born[place] = store_get_date(rows, 1);
	}
	store_end(rows);
	*out_dimension = (struct roll_dimension){"age", "Age",
		sweep_ages(roll->arena, born, roll->count,
			&(struct sweep_bands){from, COUNT_OF(from)}),
		labels};
	return !fault_is_set(fault);
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
