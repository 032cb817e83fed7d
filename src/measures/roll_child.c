/* SPDX-License-Identifier: MIT
 *
 * Children as numbers, and what they are: born when, of which sex, of which
 * ethnicity, unaccompanied or not.
 */
#include "measures/roll-inside.h"

#include "base/limits.h"

extern const struct embedded measures_sql[];

/* ---- Numbers ---- */

static bool is_near(const struct roll *roll, int64_t child,
	struct roll_cursor *cursor)
{
	size_t next = (size_t)cursor->place + 1;
	if (cursor->place >= 0 && cursor->child == child)
		return true;
	if (next >= roll->count || roll->ids[next] != child)
		return false;
	*cursor = (struct roll_cursor){child, (int32_t)next};
	return true;
}

bool roll_child_find(const struct roll *roll, int64_t child,
	struct roll_cursor *cursor)
{
	int64_t place;
	if (is_near(roll, child, cursor))
		return true;
	if (!map_get_number(roll->places, child, &place))
		return false;
	*cursor = (struct roll_cursor){child, (int32_t)place};
	return true;
}

void roll_child_join(struct roll *roll, int64_t child, struct roll_cursor *cursor)
{
	if (roll_child_find(roll, child, cursor))
		return;
	*cursor = (struct roll_cursor){child, (int32_t)roll->count};
	roll->ids = memory_grow(roll->ids, &roll->capacity, roll->count + 1,
		sizeof *roll->ids);
	map_set_number(roll->places, child, (int64_t)roll->count);
	roll->ids[roll->count++] = child;
}

/* ---- Facts ---- */

struct reading {
	struct roll *roll;
	struct roll_facts *facts;
	struct map *known[ROLL_FACTS]; /* text: number, from 0 */
	size_t latest[ROLL_FACTS];     /* the number before: often the same */
};

static bool add_value(struct reading *reading, enum roll_fact fact,
	int32_t child, struct text text, struct fault *fault)
{
	struct roll_values *values = &reading->facts->values[fact];
	size_t number = reading->latest[fact];
	if (number >= values->count || !text_equals(values->texts[number], text))
		number = (size_t)map_intern(reading->known[fact], text);
	reading->latest[fact] = number;
	if (number >= LIMIT_GROUPS)
		return fault_set(fault, FAULT_LIMIT,
			"a breakdown has more than %d groups", LIMIT_GROUPS);
	if (number == values->count) {
		values->texts = memory_grow(values->texts, &values->capacity,
			number + 1, sizeof *values->texts);
		values->texts[values->count++] = arena_text(reading->roll->arena,
			text);
	}
	values->by_child[child] = (uint16_t)(number + 1);
	return true;
}

static bool add_child(struct reading *reading, const struct store_rows *row,
	int32_t child, struct fault *fault)
{
	static const struct text no = {"no", 2}, yes = {"yes", 3};
	reading->facts->born[child] = store_get_date(row, 1);
	return (store_is_null(row, 2)
		       || add_value(reading, ROLL_SEX, child,
			       store_get_text(row, 2), fault))
		&& (store_is_null(row, 3)
			|| add_value(reading, ROLL_ETHNICITY, child,
				store_get_text(row, 3), fault))
		&& add_value(reading, ROLL_UASC, child,
			store_get_integer(row, 4) == 1 ? yes : no, fault);
}

static void free_facts(void *thing)
{
	struct roll_facts *facts = thing;
	for (int i = 0; i < ROLL_FACTS; i++)
		memory_free(facts->values[i].texts);
}

static bool read_children(struct reading *reading, struct fault *fault)
{
	struct roll *roll = reading->roll;
	struct store_rows *rows;
	struct roll_cursor cursor = ROLL_CURSOR;
	if (!store_query(roll->store, store_find(measures_sql, "children"),
		    STORE_VALUES(store_integer(roll->la)), &rows, fault))
		return false;
	while (store_next(rows, fault))
		if (roll_child_find(roll, store_get_integer(rows, 0), &cursor)
			&& !add_child(reading, rows, cursor.place, fault))
			break;
	store_end(rows);
	return !fault_is_set(fault);
}

bool roll_child_facts(struct roll *roll, const struct roll_facts **out_facts,
	struct fault *fault)
{
	if (roll->facts != NULL && roll->facts->children == roll->count) {
		*out_facts = roll->facts;
		return true;
	}
	struct arena *arena = roll->arena;
	struct roll_facts *facts = arena_new(arena, sizeof *facts);
	struct reading reading = {.roll = roll, .facts = facts};
	arena_on_close(arena, free_facts, facts);
	facts->children = roll->count;
	facts->born = arena_array(arena, roll->count + 1, sizeof *facts->born);
	for (int i = 0; i < ROLL_FACTS; i++) {
		struct roll_values *values = &facts->values[i];
		values->by_child = arena_array(arena, roll->count + 1,
			sizeof *values->by_child);
		reading.known[i] = map_open();
	}
	bool is_read = read_children(&reading, fault);
	for (int i = 0; i < ROLL_FACTS; i++)
		map_close(reading.known[i]);
	if (!is_read)
		return false;
	roll->facts = facts;
	*out_facts = facts;
	return true;
}
