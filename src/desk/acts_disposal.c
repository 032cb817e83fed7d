/* SPDX-License-Identifier: MIT
 *
 * Destroying what is due under a register's retention rule: asked for by one
 * person, agreed to by another, stopped by a hold. What stays is a line that
 * says there was an entry, how many versions it had, by which rule it went and
 * who decided. (UK GDPR article 5(1)(e).)
 */
#include <stdlib.h>

#include "base/map.h"
#include "desk/case_at-inside.h"

extern const struct embedded case_sql[];

enum { MOST = 5000 };

/* ---- When, and whether held ---- */

static struct date due_on(const struct definition *of, struct date born,
	struct date closed)
{
	struct date from = of->retains_from_birth ? born : closed;
	return from.day == 0 || of->retention_years == 0
		? DATE_NONE
		: date_add_months(from, 12 * of->retention_years);
}

struct holds {
	struct map *entries, *children;
};

static void close_map(void *map)
{
	map_close(map);
}

static bool read_holds(struct case_at *at, struct holds *out_holds,
	struct fault *fault)
{
	struct arena *arena = at->desk->arena;
	struct holds holds = {map_open(), map_open()};
	struct store_rows *rows;
	arena_on_close(arena, close_map, holds.entries);
	arena_on_close(arena, close_map, holds.children);
	*out_holds = holds;
	if (!store_query(at->part.store, store_find(case_sql, "holds"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_date(at->desk->today)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		map_set_number(holds.entries, store_get_integer(rows, 0), 1);
		map_set_number(holds.children, store_get_integer(rows, 1), 1);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool is_held(const struct holds *holds, int64_t entry, int64_t child)
{
	int64_t ignored;
	return map_get_number(holds->entries, entry, &ignored)
		|| (child != 0
			&& map_get_number(holds->children, child, &ignored));
}

/* ---- The list ---- */

static int earlier_due(const void *a, const void *b)
{
	const struct desk_disposal *x = a, *y = b;
	return (x->due.day > y->due.day) - (x->due.day < y->due.day);
}

static void add_due(struct case_at *at, const struct store_rows *rows,
	const struct holds *holds, struct desk_disposal *into, size_t *io_count)
{
	struct arena *arena = at->desk->arena;
	const struct register_one *one = register_find(at->desk->registers,
		store_get_text(rows, 1));
	int64_t entry = store_get_integer(rows, 0);
	int64_t child = store_get_integer(rows, 2);
	if (one == NULL || *io_count == MOST)
		return;
	struct date due = due_on(one->definition, store_get_date(rows, 4),
		store_get_date(rows, 3));
	bool is_seen = at->desk->person.is_operator || child == 0
		|| sight_child(at->sight, child);
	if (due.day == 0 || due.day > at->desk->today.day || !is_seen)
		return;
	into[(*io_count)++] = (struct desk_disposal){.id = store_is_null(rows, 5)
			? 0
			: store_get_integer(rows, 5),
		.reference = case_at_reference(at, one->definition, entry),
		.definition = one->definition,
		.due = due,
		.rule = one->definition->retention_source,
		.asked_by = arena_string(arena, store_get_text(rows, 6)),
		.reason = arena_string(arena, store_get_text(rows, 7)),
		.is_held = is_held(holds, entry, child)};
}

static bool read_due(struct case_at *at, struct desk_disposals_output *out,
	struct fault *fault)
{
	struct holds holds;
	struct store_rows *rows;
	struct desk_disposal *disposals = arena_array(at->desk->arena, MOST,
		sizeof *disposals);
	size_t count = 0;
	if (!read_holds(at, &holds, fault)
		|| !store_query(at->part.store,
			store_find(case_sql, "closed_entries"),
			STORE_VALUES(store_integer(at->part.la)), &rows, fault))
		return false;
	while (store_next(rows, fault))
		add_due(at, rows, &holds, disposals, &count);
	store_end(rows);
	qsort(disposals, count, sizeof *disposals, earlier_due);
	*out = (struct desk_disposals_output){disposals, count};
	return !fault_is_set(fault);
}

bool acts_disposals(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	struct case_at at;
	(void)input;
	*note = (struct acts_note){"disposal", "", "due"};
	return case_at_open(desk, &at, fault) && read_due(&at, output, fault);
}

/* ---- Asking ---- */

static const struct desk_disposal *find_due(const struct desk_disposals_output *all,
	struct text reference)
{
	for (size_t i = 0; i < all->count; i++)
		if (text_is(reference, all->disposals[i].reference))
			return &all->disposals[i];
	return NULL;
}

bool acts_disposal_ask(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_disposal_input *in = input;
	struct desk_disposals_output all;
	struct case_at at;
	int64_t entry;
	(void)output;
	if (in->reason == NULL || in->reason[0] == '\0')
		return fault_set(fault, FAULT_INPUT,
			"enter what the review found");
	if (!case_at_open(desk, &at, fault)
		|| !case_at_number(&at, in->reference, &entry, fault)
		|| !read_due(&at, &all, fault))
		return false;
	const struct desk_disposal *due = find_due(&all, in->reference);
	if (due == NULL)
		return fault_set(fault, FAULT_INPUT,
			"this entry is not due to be destroyed");
	if (due->is_held)
		return fault_set(fault, FAULT_DENIED,
			"this record is held back from destruction");
	if (due->id != 0)
		return fault_set(fault, FAULT_CONFLICT,
			"this was asked for already, by %s", due->asked_by);
	*note = (struct acts_note){"disposal", due->reference, in->reason};
	return store_run(at.part.store, store_find(case_sql, "disposal_add"),
		STORE_VALUES(store_integer(at.part.la),
			store_integer(ident_next(&at.ids)), store_integer(entry),
			store_string(due->definition->name), store_integer(0),
			store_date(due->due), store_string(due->rule),
			store_string(desk->person.login),
			store_string(in->reason)),
		fault);
}

/* ---- Agreeing, which destroys ---- */

struct asked {
	int64_t entry;
	const char *register_name, *asked_by;
};

static bool read_asked(struct case_at *at, int64_t id, struct asked *out_asked,
	struct fault *fault)
{
	struct store_rows *rows;
	struct arena *arena = at->desk->arena;
	bool is_found = false;
	if (!store_query(at->part.store, store_find(case_sql, "disposal"),
		    STORE_VALUES(store_integer(at->part.la), store_integer(id)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		is_found = true;
		*out_asked = (struct asked){store_get_integer(rows, 0),
			arena_string(arena, store_get_text(rows, 1)),
			arena_string(arena, store_get_text(rows, 2))};
	}
	store_end(rows);
	return is_found
		|| fault_set(fault, FAULT_MISSING, "nobody asked for this");
}

static bool empty_tables(struct case_at *at, const struct asked *asked,
	struct fault *fault)
{
	const struct register_one *one = register_find(at->desk->registers,
		text_of(asked->register_name));
	for (size_t i = 0; one != NULL && i < one->table_count; i++)
		if (!store_run(at->part.store, one->tables[i].clear,
			    STORE_VALUES(store_integer(at->part.la),
				    store_integer(asked->entry)),
			    fault))
			return false;
	return true;
}

static bool destroy(struct case_at *at, int64_t id, const struct asked *asked,
	struct fault *fault)
{
	static const char *const statements[] = {"destroy_versions",
		"destroy_work", "destroy_letters", "destroy_proposals",
		"destroy_drafts"};
	int64_t versions = 0;
	struct store *store = at->part.store;
	if (!store_number(store, store_find(case_sql, "versions_of"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(asked->entry)),
		    &versions, fault)
		|| !empty_tables(at, asked, fault))
		return false;
	for (size_t i = 0; i < COUNT_OF(statements); i++)
		if (!store_run(store, store_find(case_sql, statements[i]),
			    STORE_VALUES(store_integer(at->part.la),
				    store_integer(asked->entry)),
			    fault))
			return false;
	return store_run(store, store_find(case_sql, "destroy_entry"),
		       STORE_VALUES(store_integer(at->part.la),
			       store_integer(asked->entry), store_string(at->now)),
		       fault)
		&& store_run(store, store_find(case_sql, "disposal_done"),
			STORE_VALUES(store_integer(at->part.la), store_integer(id),
				store_string(at->desk->person.login),
				store_string(at->now), store_integer(versions)),
			fault);
}

bool acts_disposal_agree(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_disposal_input *in = input;
	struct desk_disposals_output all;
	struct case_at at;
	struct asked asked = {0};
	(void)output;
	if (!case_at_open(desk, &at, fault)
		|| !read_asked(&at, in->id, &asked, fault)
		|| !read_due(&at, &all, fault))
		return false;
	if (text_is(text_of(asked.asked_by), desk->person.login))
		return fault_set(fault, FAULT_DENIED,
			"whoever asked cannot agree as well");
	/* A hold may have come since. */
	const struct register_one *one = register_find(desk->registers,
		text_of(asked.register_name));
	const struct desk_disposal *due = one == NULL
		? NULL
		: find_due(&all,
			text_of(case_at_reference(&at, one->definition,
				asked.entry)));
	if (due == NULL || due->is_held)
		return fault_set(fault, FAULT_DENIED,
			"this record is held back from destruction");
	*note = (struct acts_note){"disposal", due->reference,
		arena_format(desk->arena, "asked by %s: %s", asked.asked_by,
			due->rule)};
	return destroy(&at, in->id, &asked, fault);
}

/* ---- Holding ---- */

bool acts_hold(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_hold_input *in = input;
	struct case_at at;
	int64_t entry = 0, id;
	(void)output;
	if (!case_at_open(desk, &at, fault)
		|| (in->reference.length > 0
			&& !case_at_number(&at, in->reference, &entry, fault)))
		return false;
	if (entry == 0 && in->child == 0)
		return fault_set(fault, FAULT_INPUT,
			"say which entry or child is held");
	int64_t child = entry != 0 ? 0 : in->child;
	*note = (struct acts_note){"legal_hold",
		arena_format(desk->arena, "%lld",
			(long long)(entry != 0 ? entry : child)),
		in->reason == NULL ? "ended" : in->reason};
	if (in->reason == NULL)
		return store_number(at.part.store,
			       store_find(case_sql, "hold_end"),
			       STORE_VALUES(store_integer(at.part.la),
				       store_integer(entry), store_integer(child),
				       store_date(desk->today)),
			       &id, fault)
			|| fault_set(fault, FAULT_MISSING,
				"there is no such hold");
	return store_run(at.part.store, store_find(case_sql, "hold_add"),
		STORE_VALUES(store_integer(at.part.la),
			store_integer(ident_next(&at.ids)),
			store_integer(entry), store_integer(child),
			store_string(in->reason), store_date(desk->today),
			store_string(desk->person.login)),
		fault);
}
