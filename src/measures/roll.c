/* SPDX-License-Identifier: MIT
 *
 * Opening a roll, and which statements have to run for the lists asked for.
 */
#include "measures/roll-inside.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

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

static bool is_same_value(const struct store_value *a,
	const struct store_value *b)
{
	if (a->kind != b->kind)
		return false;
	switch (a->kind) {
	case STORE_NULL:
		return true;
	case STORE_INTEGER:
		return a->integer == b->integer;
	case STORE_DATE:
		return a->date.day == b->date.day;
	case STORE_TEXT:
	case STORE_BLOB:
		break;
	}
	return text_equals(a->text, b->text);
}

static bool is_same_ask(const struct store_ask *a, const struct store_ask *b)
{
	if (a->count != b->count || strcmp(a->sql, b->sql) != 0)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (!is_same_value(&a->values[i], &b->values[i]))
			return false;
	return true;
}

/* A register without an entry may have no tables: its lists are empty. */
static bool has_no_tables(const struct roll_ask *ask)
{
	return ask->feed.length == 0
		&& text_starts(ask->measure->feeds[0], TEXT("register "));
}

/* Asks sorted into readings: those of one reading stand together. */
struct plan {
	struct store_ask *readings;
	size_t count;
	struct roll_ask **asks; /* all, reading after reading */
	size_t *ends;           /* of each reading among the asks */
};

static struct plan make_plan(struct roll *roll, struct roll_ask *asks,
	size_t count)
{
	struct arena *arena = roll->arena;
	struct plan plan = {arena_array(arena, count + 1, sizeof *plan.readings),
		0, arena_array(arena, count + 1, sizeof *plan.asks),
		arena_array(arena, count + 1, sizeof *plan.ends)};
	struct store_ask *all = arena_array(arena, count + 1, sizeof *all);
	bool *is_placed = arena_array(arena, count + 1, sizeof *is_placed);
	size_t placed = 0;
	for (size_t i = 0; i < count; i++) {
		all[i] = ask_for(roll, &asks[i]);
		is_placed[i] = has_no_tables(&asks[i]);
	}
	for (size_t i = 0; i < count; i++) {
		if (is_placed[i])
			continue;
		for (size_t j = i; j < count; j++)
			if (!is_placed[j] && is_same_ask(&all[i], &all[j])) {
				plan.asks[placed++] = &asks[j];
				is_placed[j] = true;
			}
		plan.readings[plan.count] = all[i];
		plan.ends[plan.count++] = placed;
	}
	return plan;
}

/* ---- Reading, by two threads where the store has a twin ---- */

struct reader {
	const struct plan *plan;
	struct roll_reading **readings;
	const size_t *order;  /* of the readings */
	struct fault *faults; /* by reading */
	atomic_size_t *next;  /* in that order; whoever is free takes it */
	struct store *store;
};

static void *read_some(void *data)
{
	const struct reader *reader = data;
	size_t at;
	while ((at = atomic_fetch_add(reader->next, 1)) < reader->plan->count) {
		size_t i = reader->order[at];
		const struct store_ask *ask = &reader->plan->readings[i];
		struct store_rows *rows;
		if (!store_query(reader->store, ask->sql, ask->values,
			    ask->count, &rows, &reader->faults[i]))
			continue;
		(void)!roll_list_take(reader->readings[i], rows,
			&reader->faults[i]);
		store_end(rows);
	}
	return NULL;
}

static size_t takers_of(const struct plan *plan, size_t i)
{
	return plan->ends[i] - (i == 0 ? 0 : plan->ends[i - 1]);
}

/* What many measures share is mostly long: it comes first, so that neither
 * thread is left with something long at the end. */
static size_t *long_first(struct arena *arena, const struct plan *plan)
{
	size_t *order = arena_array(arena, plan->count + 1, sizeof *order);
	for (size_t i = 0; i < plan->count; i++) {
		size_t at = i;
		for (; at > 0
			&& takers_of(plan, order[at - 1]) < takers_of(plan, i);
			at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

static bool read_by_two(struct roll *roll, const struct plan *plan,
	struct roll_reading **readings, struct fault *fault)
{
	atomic_size_t next = 0;
	struct reader own = {plan, readings, long_first(roll->arena, plan),
		arena_array(roll->arena, plan->count + 1, sizeof *own.faults),
		&next, roll->store};
	struct reader other = own;
	pthread_t thread;
	other.store = roll->twin;
	bool has_two = pthread_create(&thread, NULL, read_some, &other) == 0;
	read_some(&own);
	if (has_two)
		pthread_join(thread, NULL);
	for (size_t i = 0; i < plan->count && !fault_is_set(fault); i++)
		*fault = own.faults[i];
	return !fault_is_set(fault);
}

static bool read_by_one(struct roll *roll, const struct plan *plan,
	struct roll_reading **readings, struct fault *fault)
{
	if (!store_query_all(roll->store, plan->readings, plan->count, fault))
		return false;
	for (size_t i = 0; i < plan->count; i++) {
		struct store_rows *rows = plan->readings[i].rows;
		if (!fault_is_set(fault))
			(void)!roll_list_take(readings[i], rows, fault);
		store_end(rows);
	}
	return !fault_is_set(fault);
}

bool roll_lists(struct roll *roll, struct roll_ask *asks, size_t count,
	struct fault *fault)
{
	struct plan plan = make_plan(roll, asks, count);
	struct roll_reading **readings = arena_array(roll->arena,
		plan.count + 1, sizeof *readings);
	for (size_t i = 0; i < plan.count; i++) {
		size_t takers = takers_of(&plan, i);
		readings[i] = roll_list_open(roll,
			&plan.asks[plan.ends[i] - takers], takers);
	}
	bool is_read = roll->twin == NULL
		? read_by_one(roll, &plan, readings, fault)
		: read_by_two(roll, &plan, readings, fault);
	for (size_t i = 0; i < plan.count; i++)
		roll_list_close(roll, readings[i]);
	return is_read;
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
