/* SPDX-License-Identifier: MIT
 *
 * Lists, from rows to arrays.
 *
 * Lists whose statement and values are the same are one *reading*: its rows are
 * fetched once and dealt out to each measure by the words of their part. What
 * a part's text means to each measure is found once for each different text.
 */
#include "measures/roll-inside.h"

/* Growing columns of a list; they live as long as the roll. */
struct columns {
	int32_t *child, *first, *end;
	uint8_t *part;
	uint32_t *amount; /* NULL: the measure adds none up */
	size_t room[5];
	size_t count;
};

/* What a row is to a measure: a bit for each part. */
enum {
	IN_BASE = 1 << SWEEP_DENOMINATOR,
	IN_COUNTED = 1 << SWEEP_COUNTED,
	IN_ERROR = 1 << SWEEP_PARTS
};

/* One of the measures that share the rows. */
struct taker {
	struct roll_ask *ask;
	struct columns *columns;
};

struct roll_reading {
	struct taker *takers;
	size_t taker_count;
	int64_t *children; /* by row listed, until they have numbers */
	size_t row_count, row_room;
	struct map *words; /* text of a part: its number */
	uint8_t *meanings; /* by that number, then by taker */
	size_t meanings_room;
	char latest[64]; /* text of the part before: the next is often the same */
	size_t latest_length; /* SIZE_MAX: there was none, or it was too long */
	size_t latest_number;
};

/* ---- Items ---- */

static void make_room(struct columns *columns)
{
	size_t wanted = columns->count * 2 + 256;
	columns->child = memory_grow(columns->child, &columns->room[0], wanted,
		sizeof *columns->child);
	columns->first = memory_grow(columns->first, &columns->room[1], wanted,
		sizeof *columns->first);
	columns->end = memory_grow(columns->end, &columns->room[2], wanted,
		sizeof *columns->end);
	columns->part = memory_grow(columns->part, &columns->room[3], wanted,
		sizeof *columns->part);
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

static struct columns *open_columns(struct roll *roll)
{
	struct columns *columns = arena_new(roll->arena, sizeof *columns);
	arena_on_close(roll->arena, free_columns, columns);
	make_room(columns);
	return columns;
}

/* The last column to grow says how much room there is in all. */
static inline void add_item(struct columns *columns, int32_t child,
	struct period there, uint8_t part)
{
	size_t i = columns->count++;
	if (i == columns->room[3])
		make_room(columns);
	columns->child[i] = child;
	columns->first[i] = there.first.day;
	columns->end[i] = there.last.day == 0 ? SWEEP_OPEN : there.last.day;
	columns->part[i] = part;
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

/* ---- Parts ---- */

/* 'both' is a row of each: one reading of a table does for a percentage. */
static const struct {
	const char *word;
	uint8_t meaning;
} part_words[] = {
	{"base", IN_BASE},
	{"counted", IN_COUNTED},
	{"both", IN_BASE | IN_COUNTED},
};

static bool has_any(const struct measure_parts *parts, struct text text)
{
	while (text.length > 0) {
		struct text word = text_split(text, ' ', &text);
		for (size_t i = 0; i < parts->count; i++)
			if (text_equals(parts->words[i], word))
				return true;
	}
	return false;
}

static uint8_t meaning_of(const struct measure *measure, struct text text)
{
	if (!measure_has_words(measure)) {
		for (size_t i = 0; i < COUNT_OF(part_words); i++)
			if (text_is(text, part_words[i].word))
				return part_words[i].meaning;
		return IN_ERROR;
	}
	if (measure->of.count > 0 && !has_any(&measure->of, text))
		return 0;
	bool has_base = measure->unit == MEASURE_PERCENT
		|| measure->unit == MEASURE_MEAN;
	uint8_t base = has_base ? IN_BASE : 0;
	bool is_counted = measure->counted.count == 0
		|| has_any(&measure->counted, text);
	return is_counted ? base | IN_COUNTED : base;
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

/* What a text not seen before means to each measure. */
static bool learn(struct roll_reading *reading, struct text text,
	struct fault *fault)
{
	size_t count = reading->taker_count;
	size_t at = (map_count(reading->words) - 1) * count;
	reading->meanings = memory_grow(reading->meanings,
		&reading->meanings_room, at + count, sizeof *reading->meanings);
	for (size_t i = 0; i < count; i++) {
		const struct measure *measure = reading->takers[i].ask->measure;
		reading->meanings[at + i] = meaning_of(measure, text);
		if (reading->meanings[at + i] == IN_ERROR)
			return part_fault(text, measure, fault);
	}
	return true;
}

static bool is_latest(const struct roll_reading *reading, struct text text)
{
	return reading->latest_length == text.length
		&& text_equals(text,
			(struct text){reading->latest, reading->latest_length});
}

/* The meanings of a part, by taker; NULL on a fault. */
static const uint8_t *meanings_of(struct roll_reading *reading,
	struct text text, struct fault *fault)
{
	if (!is_latest(reading, text)) {
		size_t known = map_count(reading->words);
		reading->latest_number = (size_t)map_intern(reading->words, text);
		if (map_count(reading->words) > known
			&& !learn(reading, text, fault))
			return NULL;
		text_copy(reading->latest, sizeof reading->latest, text);
		reading->latest_length = text.length < sizeof reading->latest
			? text.length
			: SIZE_MAX;
	}
	return &reading->meanings[reading->latest_number * reading->taker_count];
}

/* ---- Rows ---- */

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

static bool is_listed(const struct roll_reading *reading, const uint8_t *meanings)
{
	for (size_t i = 0; i < reading->taker_count; i++)
		if (meanings[i] != 0)
			return true;
	return false;
}

static bool take_row(struct roll_reading *reading, const struct store_rows *row,
	struct fault *fault)
{
	const uint8_t *meanings = meanings_of(reading, store_get_text(row, 2),
		fault);
	if (meanings == NULL)
		return false;
	struct period there = {.first = store_get_date(row, 3)};
	if (there.first.day == 0)
		return true;
	there.last = store_get_date(row, 4);
	if (!is_listed(reading, meanings))
		return true;
	reading->children = memory_grow(reading->children, &reading->row_room,
		reading->row_count + 1, sizeof *reading->children);
	reading->children[reading->row_count] = store_get_integer(row, 1);
	for (size_t i = 0; i < reading->taker_count; i++) {
		const struct taker *taker = &reading->takers[i];
		for (int part = 0; part < SWEEP_PARTS; part++) {
			if (!(meanings[i] >> part & 1))
				continue;
			add_item(taker->columns, (int32_t)reading->row_count,
				there, (uint8_t)part);
			if (taker->ask->measure->unit == MEASURE_MEAN)
				add_amount(taker->columns,
					store_get_integer(row, 5));
		}
	}
	reading->row_count++;
	return true;
}

/* ---- One reading ---- */

struct roll_reading *roll_list_open(struct roll *roll,
	struct roll_ask *const *asks, size_t count)
{
	struct roll_reading *reading = arena_new(roll->arena, sizeof *reading);
	*reading = (struct roll_reading){.takers = arena_array(roll->arena,
						 count, sizeof *reading->takers),
		.taker_count = count,
		.words = map_open(),
		.latest_length = SIZE_MAX};
	for (size_t i = 0; i < count; i++)
		reading->takers[i] = (struct taker){asks[i], open_columns(roll)};
	return reading;
}

bool roll_list_take(struct roll_reading *reading, struct store_rows *rows,
	struct fault *fault)
{
	for (size_t i = 0; i < reading->taker_count; i++)
		if (!check_columns(rows, reading->takers[i].ask->measure, fault))
			return false;
	while (store_next(rows, fault))
		if (!take_row(reading, rows, fault))
			break;
	return !fault_is_set(fault);
}

/* The number of the child of each row, in place of its id. */
static void number_children(struct roll *roll, struct roll_reading *reading)
{
	struct roll_cursor cursor = ROLL_CURSOR;
	for (size_t row = 0; row < reading->row_count; row++) {
		roll_child_join(roll, reading->children[row], &cursor);
		reading->children[row] = cursor.place;
	}
}

void roll_list_close(struct roll *roll, struct roll_reading *reading)
{
	number_children(roll, reading);
	for (size_t i = 0; i < reading->taker_count; i++) {
		const struct columns *columns = reading->takers[i].columns;
		for (size_t item = 0; item < columns->count; item++)
			columns->child[item] =
				(int32_t)reading->children[columns->child[item]];
		reading->takers[i].ask->list = (struct sweep_list){columns->child,
			columns->first, columns->end, columns->part,
			columns->count, columns->amount};
	}
	map_close(reading->words);
	memory_free(reading->children);
	memory_free(reading->meanings);
}
