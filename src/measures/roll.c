/* SPDX-License-Identifier: MIT
 *
 * Lists, from rows to arrays.
 */
#include "measures/roll.h"

bool roll_open(struct store *store, int la, const struct codes *codes,
	struct roll **out_roll, struct fault *fault)
{
	(void)fault;
	struct arena *arena = arena_open();
	struct roll *roll = arena_new(arena, sizeof *roll);
	*roll = (struct roll){.store = store,
		.la = la,
		.arena = arena,
		.codes = codes,
		.places = map_open(),
		.basis = "C",
		.window = {date_from(1900, 1, 1), date_from(2999, 12, 31)}};
	*out_roll = roll;
	return true;
}

void roll_close(struct roll *roll)
{
	if (roll == NULL)
		return;
	map_close(roll->places);
	memory_free(roll->ids);
	arena_close(roll->arena);
}

static int32_t place_of(struct roll *roll, int64_t child)
{
	int64_t place;
	if (map_get_number(roll->places, child, &place))
		return (int32_t)place;
	roll->ids = memory_grow(roll->ids, &roll->capacity, roll->count + 1,
		sizeof *roll->ids);
	roll->ids[roll->count] = child;
	map_set_number(roll->places, child, (int64_t)roll->count);
	return (int32_t)roll->count++;
}

/* ---- Lists ---- */

struct store_value roll_parameter(const struct roll *roll, const char *name,
	struct text feed, struct text id)
{
	struct text text = text_of(name);
	if (text_is(text, "la"))
		return store_integer(roll->la);
	if (text_is(text, "basis"))
		return store_string(roll->basis);
	if (text_is(text, "first_day"))
		return store_integer(roll->first_day);
	if (text_is(text, "feed"))
		return store_text(feed);
	if (text_is(text, "from"))
		return store_date(roll->window.first);
	if (text_is(text, "to"))
		return store_date(roll->window.last);
	return store_text(id);
}

/* Growing columns of a list; they live as long as the roll. */
struct columns {
	int32_t *child, *first, *end;
	uint8_t *part;
	uint32_t *amount; /* NULL: the measure adds none up */
	size_t room[5];
	size_t count;
	int64_t latest; /* child of the row before, often the same */
};

static void add_item(struct roll *roll, struct columns *columns, int64_t id,
	struct period there, bool is_counted)
{
	struct date first = there.first, end = there.last;
	size_t i = columns->count++;
	columns->child = memory_grow(columns->child, &columns->room[0], i + 1, 4);
	columns->first = memory_grow(columns->first, &columns->room[1], i + 1, 4);
	columns->end = memory_grow(columns->end, &columns->room[2], i + 1, 4);
	columns->part = memory_grow(columns->part, &columns->room[3], i + 1, 1);
	columns->child[i] = i > 0 && columns->latest == id
		? columns->child[i - 1]
		: place_of(roll, id);
	columns->latest = id;
	columns->first[i] = first.day;
	columns->end[i] = end.day == 0 ? SWEEP_OPEN : end.day;
	columns->part[i] = is_counted ? SWEEP_COUNTED : SWEEP_DENOMINATOR;
}

/* Of the item just added; those of the denominator are one each. */
static void add_amount(struct columns *columns, int64_t amount)
{
	enum { MOST = 1000000 };
	size_t i = columns->count - 1;
	bool is_counted = columns->part[i] == SWEEP_COUNTED;
	columns->amount = memory_grow(columns->amount, &columns->room[4], i + 1,
		sizeof *columns->amount);
	columns->amount[i] = !is_counted ? 1
		: amount < 0             ? 0
		: amount > MOST          ? MOST
					 : (uint32_t)amount;
}

static void free_columns(void *thing)
{
	struct columns *columns = thing;
	memory_free(columns->child);
	memory_free(columns->first);
	memory_free(columns->end);
	memory_free(columns->part);
	memory_free(columns->amount);
}

/* A council's own definition may give anything. */
static bool check_columns(const struct store_rows *rows,
	const struct measure *measure, struct fault *fault)
{
	static const char *const names[] = {"la", "child", "part", "starts",
		"ends", "amount"};
	int width = measure->unit == MEASURE_MEAN ? 6 : 5;
	bool is_right = store_width(rows) == width;
	for (int i = 0; is_right && i < width; i++)
		is_right = text_is(text_of(names[i]), store_column(rows, i));
	if (is_right)
		return true;
	fault_set(fault, FAULT_INPUT,
		"the list of measure " TEXT_FORMAT
		" has other columns than it must",
		TEXT_ARGS(measure->id));
	return fault_hint(fault, "it must give la, child, part, starts, ends%s",
		measure->unit == MEASURE_MEAN ? ", amount" : "");
}

enum { IN_BASE = 1, IN_COUNTED = 2 };

/* 'both' is a row of each: one reading of a table does for a percentage. */
static const struct {
	const char *word;
	unsigned parts;
} part_words[] = {
	{"base", IN_BASE},
	{"counted", IN_COUNTED},
	{"both", IN_BASE | IN_COUNTED},
};

/* 0: no such part. */
static unsigned parts_of(struct text word)
{
	for (size_t i = 0; i < COUNT_OF(part_words); i++)
		if (text_is(word, part_words[i].word))
			return part_words[i].parts;
	return 0;
}

static bool part_fault(struct text part, const struct measure *measure,
	struct fault *fault)
{
	fault_set(fault, FAULT_INPUT,
		"the list of measure " TEXT_FORMAT
		" has the part \"" TEXT_FORMAT "\"",
		TEXT_ARGS(measure->id), TEXT_ARGS(text_cut(part, 0, 40)));
	return fault_hint(fault, "a part is base, counted or both");
}

/* Takes and ends the rows of one list. */
static bool take_list(struct roll *roll, const struct measure *measure,
	struct store_rows *rows, struct sweep_list *out_list, struct fault *fault)
{
	struct columns *columns = arena_new(roll->arena, sizeof *columns);
	arena_on_close(roll->arena, free_columns, columns);
	bool is_right = check_columns(rows, measure, fault);
	while (is_right && store_next(rows, fault)) {
		struct period there = {store_get_date(rows, 3),
			store_get_date(rows, 4)};
		struct text part = store_get_text(rows, 2);
		unsigned parts = parts_of(part);
		int64_t child = store_get_integer(rows, 1);
		is_right = parts != 0 || part_fault(part, measure, fault);
		for (int p = 0; there.first.day != 0 && p < 2; p++) {
			if (!(parts & (p == 0 ? IN_BASE : IN_COUNTED)))
				continue;
			add_item(roll, columns, child, there, p == 1);
			if (measure->unit == MEASURE_MEAN)
				add_amount(columns, store_get_integer(rows, 5));
		}
	}
	store_end(rows);
	*out_list = (struct sweep_list){columns->child, columns->first,
		columns->end, columns->part, columns->count, columns->amount};
	return !fault_is_set(fault);
}

static struct store_ask ask_for(struct roll *roll, const struct roll_ask *ask)
{
	const struct measure *measure = ask->measure;
	struct store_value *values = arena_array(roll->arena,
		MEASURE_PARAMETERS, sizeof *values);
	for (size_t i = 0; i < measure->list.count; i++)
		values[i] = roll_parameter(roll, measure->list.parameters[i],
			ask->feed, measure->id);
	return (struct store_ask){.sql = measure->list.sql,
		.values = values,
		.count = measure->list.count};
}

bool roll_lists(struct roll *roll, struct roll_ask *asks, size_t count,
	struct fault *fault)
{
	struct store_ask *all = arena_array(roll->arena, count + 1, sizeof *all);
	for (size_t i = 0; i < count; i++)
		all[i] = ask_for(roll, &asks[i]);
	if (!store_query_all(roll->store, all, count, fault))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (fault_is_set(fault))
			store_end(all[i].rows);
		else
			(void)!take_list(roll, asks[i].measure, all[i].rows,
				&asks[i].list, fault);
	}
	return !fault_is_set(fault);
}

bool roll_list(struct roll *roll, const struct measure *measure,
	struct text feed, struct sweep_list *out_list, struct fault *fault)
{
	struct roll_ask ask = {.measure = measure, .feed = feed};
	if (!roll_lists(roll, &ask, 1, fault))
		return fault_hint(fault, "in the list of measure " TEXT_FORMAT,
			TEXT_ARGS(measure->id));
	*out_list = ask.list;
	return true;
}
