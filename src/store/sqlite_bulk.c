/* SPDX-License-Identifier: MIT
 *
 * Many rows into a SQLite table at a time.
 *
 * Rows are held until there are some thousands, then one statement inserts
 * them all: it selects from a virtual table, kith_rows, whose rows are those
 * held. That spares each row the starting and ending of a statement, which
 * costs as much as the row.
 *
 * Two checks that the schema asks for each row are made here, for less, while
 * the rows are looked through, and then left out of the statement:
 * - that a text is a date: a value that came as struct date is one;
 * - that a row's parent (its child, its batch) is there: each parent is looked
 *   for once, and rows of one child stand together. Nothing that could take a
 *   parent away runs meanwhile, and after it has all parents are looked for
 *   anew. The statement that would delete a parent is itself checked.
 * Where any row fails either, or the table has other checks, or a foreign key
 * is still open in the transaction, SQLite checks the rows itself, so what is
 * refused and with what words is the same.
 *
 * Both are switched off for the one statement alone. Switching makes SQLite
 * prepare its statements anew, which is why it is done for thousands of rows.
 */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "store/sqlite-inside.h"

enum {
	HELD_BYTES = 1 << 19,
	KEYS = 4, /* foreign keys of a table */
	KEY_COLUMNS = 3,
	KNOWN = 1 << 15, /* parents remembered, a power of two */
	NOT_THERE = -1,
};

/* A foreign key: where its columns are among the bulk's. */
struct key {
	const char *parent;   /* table */
	uint32_t parent_mark; /* tells tables apart */
	int columns[KEY_COLUMNS];
	size_t count;
	sqlite3_stmt *find;
};

struct sqlite_bulk {
	struct store *store;
	struct arena *arena;
	const char *table;
	sqlite3_stmt *insert;
	bool is_day[SQLITE_VALUES];
	bool only_days; /* the table has no checks but of dates */
	bool all_days;  /* the dates held came as dates */
	bool is_flushing;
	struct key keys[KEYS];
	size_t key_count;
	bool has_keys; /* all of the table's are in `keys` */
	struct sqlite_rows rows;
	size_t value_capacity;
	struct sqlite_bulk *next;
};

/* A parent that is there. */
struct sqlite_known {
	int64_t values[KEY_COLUMNS];
	uint32_t parent_mark;
	uint32_t since;
};

static struct sqlite_connection *connection_of(const struct store *store)
{
	return store->private;
}

/* ---- What the table asks of its rows ---- */

/* The statement that adds the rows held, built from names in our own code. */
static void write_insert(const struct store_target *target, size_t width,
	struct buffer *out)
{
	buffer_format(out, "INSERT OR FAIL INTO %s (%s) SELECT c0",
		target->table, target->columns);
	for (size_t i = 1; i < width; i++)
		buffer_format(out, ", c%zu", i);
	buffer_string(out, " FROM kith_rows WHERE true");
	if (target->key != NULL)
		engine_replacing(target, out);
}

static int place_in(struct text list, struct text name)
{
	for (int i = 0; list.length > 0; i++)
		if (text_equals(name, text_trim(text_split(list, ',', &list))))
			return i;
	return NOT_THERE;
}

/* Which of the target's columns the table holds to be dates, and whether it
 * has no checks of another kind. */
static void find_days(struct sqlite_bulk *bulk, struct text columns)
{
	sqlite3_stmt *find;
	int checks = 0, days = 0;
	if (sqlite3_prepare_v2(bulk->store->handle,
		    "SELECT sql FROM sqlite_schema WHERE name = ?", -1, &find,
		    NULL)
		!= SQLITE_OK)
		return;
	sqlite3_bind_text(find, 1, bulk->table, -1, SQLITE_STATIC);
	bool is_found = sqlite3_step(find) == SQLITE_ROW;
	struct text rest = {.at = NULL, .length = 0};
	if (is_found)
		rest = text_of((const char *)sqlite3_column_text(find, 0));
	while (rest.length > 0) {
		struct text line = text_split(rest, '\n', &rest);
		struct text name = text_trim(
			text_split(text_trim(line), ' ', &line));
		if (!text_has(line, TEXT("CHECK (")))
			continue;
		checks++;
		days += text_has(line, TEXT(" IS date("));
		int place = place_in(columns, name);
		if (place != NOT_THERE)
			bulk->is_day[place] = true;
	}
	sqlite3_finalize(find);
	bulk->only_days = is_found && checks == days;
}

/* Makes ready to look for parents of the key; the text so far ends before
 * the first condition's word. */
static bool finish_key(struct sqlite_bulk *bulk, struct buffer *find)
{
	struct fault ignored = {0};
	struct key *key = &bulk->keys[bulk->key_count];
	bool is_ready = sqlite_prepare(bulk->store, find->bytes, &key->find,
		&ignored);
	bulk->key_count += is_ready;
	buffer_clear(find);
	return is_ready;
}

/* One column of a foreign key. False: it cannot be looked after here. */
static bool add_key_column(struct sqlite_bulk *bulk, struct text columns,
	sqlite3_stmt *list, struct buffer *find)
{
	const char *parent = (const char *)sqlite3_column_text(list, 1);
	const char *from = (const char *)sqlite3_column_text(list, 2);
	const char *to = (const char *)sqlite3_column_text(list, 3);
	if (bulk->key_count == KEYS || parent == NULL || from == NULL
		|| to == NULL)
		return false;
	struct key *key = &bulk->keys[bulk->key_count];
	int place = place_in(columns, text_of(from));
	if (key->count == KEY_COLUMNS || place == NOT_THERE)
		return false;
	if (key->count == 0) {
		key->parent = arena_string(bulk->arena, text_of(parent));
		key->parent_mark = (uint32_t)text_hash(text_of(parent));
		buffer_format(find, "SELECT 1 FROM %s WHERE %s = ?1", parent, to);
	} else {
		buffer_format(find, " AND %s = ?%zu", to, key->count + 1);
	}
	key->columns[key->count++] = place;
	return true;
}

/* The table's foreign keys; the rows of the list are columns, key by key. */
static bool read_keys(struct sqlite_bulk *bulk, struct text columns,
	sqlite3_stmt *list)
{
	struct buffer find = {.maximum = 2048};
	int present = NOT_THERE;
	bool is_whole = true;
	while (is_whole && sqlite3_step(list) == SQLITE_ROW) {
		int id = sqlite3_column_int(list, 0);
		if (id != present && present != NOT_THERE)
			is_whole = finish_key(bulk, &find);
		present = id;
		is_whole = is_whole && add_key_column(bulk, columns, list, &find);
	}
	is_whole = is_whole && (present == NOT_THERE || finish_key(bulk, &find));
	buffer_finish(&find);
	return is_whole;
}

static void find_keys(struct sqlite_bulk *bulk, struct text columns)
{
	sqlite3_stmt *list;
	if (sqlite3_prepare_v2(bulk->store->handle,
		    "SELECT id, \"table\", \"from\", \"to\""
		    " FROM pragma_foreign_key_list(?) ORDER BY id, seq",
		    -1, &list, NULL)
		!= SQLITE_OK)
		return;
	sqlite3_bind_text(list, 1, bulk->table, -1, SQLITE_STATIC);
	bulk->has_keys = read_keys(bulk, columns, list);
	sqlite3_finalize(list);
}

/* ---- Opening, adding, closing ---- */

bool sqlite_bulk_open(struct store *store, const struct store_target *target,
	struct store_bulk **out_bulk, struct fault *fault)
{
	size_t width = 1;
	for (const char *at = target->columns; *at != '\0'; at++)
		width += *at == ',';
	if (width > SQLITE_VALUES)
		return fault_set(fault, FAULT_LIMIT,
			"a row of more than %d values", SQLITE_VALUES);
	struct arena *arena = arena_open();
	struct sqlite_bulk *bulk = arena_new(arena, sizeof *bulk);
	*bulk = (struct sqlite_bulk){.store = store,
		.arena = arena,
		.table = arena_string(arena, text_of(target->table)),
		.all_days = true,
		.rows = {.width = width, .bytes = {.maximum = BUFFER_MAXIMUM}},
		.next = connection_of(store)->bulks};
	struct buffer sql = {.maximum = 1 << 16};
	write_insert(target, width, &sql);
	bool is_ready = sqlite_prepare(store, sql.bytes, &bulk->insert, fault);
	buffer_finish(&sql);
	if (!is_ready) {
		arena_close(arena);
		return false;
	}
	find_days(bulk, text_of(target->columns));
	find_keys(bulk, text_of(target->columns));
	connection_of(store)->bulks = bulk;
	struct store_bulk *outer = arena_new(arena, sizeof *outer);
	*outer = (struct store_bulk){store, bulk};
	*out_bulk = outer;
	return true;
}

void sqlite_bulk_close(struct store_bulk *outer)
{
	struct sqlite_bulk *bulk = outer->private;
	struct sqlite_bulk **at = &connection_of(bulk->store)->bulks;
	while (*at != bulk)
		at = &(*at)->next;
	*at = bulk->next;
	sqlite3_finalize(bulk->insert);
	for (size_t i = 0; i < KEYS; i++)
		sqlite3_finalize(bulk->keys[i].find);
	memory_free(bulk->rows.values);
	buffer_finish(&bulk->rows.bytes);
	arena_close(bulk->arena);
}

static void hold(struct sqlite_bulk *bulk, struct sqlite_held *held,
	const struct store_value *value)
{
	held->kind = (uint32_t)value->kind;
	held->length = 0;
	switch (value->kind) {
	case STORE_NULL:
		break;
	case STORE_INTEGER:
		held->integer = value->integer;
		break;
	case STORE_DATE:
		held->date = value->date;
		break;
	case STORE_TEXT:
	case STORE_BLOB:
		held->length = (uint32_t)value->text.length;
		held->at = bulk->rows.bytes.length;
		buffer_add(&bulk->rows.bytes, value->text);
		break;
	}
}

bool sqlite_bulk_row(struct store_bulk *outer, const struct store_value *values,
	size_t count, struct fault *fault)
{
	struct sqlite_bulk *bulk = outer->private;
	if (count != bulk->rows.width)
		return fault_set(fault, FAULT_BROKEN,
			"a row of %zu values where %zu are wanted", count,
			bulk->rows.width);
	bulk->rows.values = memory_grow(bulk->rows.values, &bulk->value_capacity,
		bulk->rows.count + count, sizeof *bulk->rows.values);
	struct sqlite_held *held = &bulk->rows.values[bulk->rows.count];
	for (size_t i = 0; i < count; i++) {
		hold(bulk, &held[i], &values[i]);
		if (bulk->is_day[i] && values[i].kind != STORE_DATE
			&& values[i].kind != STORE_NULL)
			bulk->all_days = false;
	}
	bulk->rows.count += count;
	if (bulk->rows.count < SQLITE_HELD && bulk->rows.bytes.length < HELD_BYTES)
		return true;
	return sqlite_bulk_flush(outer, fault);
}

/* ---- Parents ---- */

void sqlite_bulk_forget(struct sqlite_connection *connection)
{
	connection->known_since++;
}

/* A place for a parent among those known, and whether it holds that one. */
static struct sqlite_known *known_place(struct sqlite_connection *connection,
	const struct sqlite_known *wanted, bool *out_is_there)
{
	if (connection->known == NULL) {
		size_t capacity = 0;
		connection->known = memory_grow(NULL, &capacity, KNOWN,
			sizeof *connection->known);
		memset(connection->known, 0, KNOWN * sizeof *connection->known);
		connection->known_since++;
	}
	uint64_t hash = wanted->parent_mark;
	for (size_t i = 0; i < KEY_COLUMNS; i++)
		hash = (hash ^ (uint64_t)wanted->values[i]) * 0x9e3779b97f4a7c15u;
	struct sqlite_known *place = &connection->known[hash >> 32 & (KNOWN - 1)];
	*out_is_there = memcmp(place, wanted, sizeof *place) == 0;
	return place;
}

static bool look_for(const struct key *key, const struct sqlite_known *wanted)
{
	for (size_t i = 0; i < key->count; i++)
		sqlite3_bind_int64(key->find, (int)i + 1, wanted->values[i]);
	bool is_there = sqlite3_step(key->find) == SQLITE_ROW;
	sqlite3_reset(key->find);
	return is_there;
}

/* Whether the row's parent is there, or it names none. */
static bool has_parent(struct sqlite_connection *connection,
	const struct key *key, const struct sqlite_held *row)
{
	struct sqlite_known wanted = {.parent_mark = key->parent_mark,
		.since = connection->known_since};
	for (size_t i = 0; i < key->count; i++) {
		const struct sqlite_held *value = &row[key->columns[i]];
		if (value->kind == STORE_NULL)
			return true;
		if (value->kind != STORE_INTEGER)
			return false;
		wanted.values[i] = value->integer;
	}
	bool is_there;
	struct sqlite_known *place = known_place(connection, &wanted, &is_there);
	if (!is_there && !look_for(key, &wanted))
		return false;
	*place = wanted;
	return true;
}

static bool have_parents(const struct sqlite_bulk *bulk)
{
	const struct sqlite_held *end = bulk->rows.values + bulk->rows.count;
	for (size_t i = 0; i < bulk->key_count; i++)
		for (const struct sqlite_held *row = bulk->rows.values;
			row < end; row += bulk->rows.width)
			if (!has_parent(connection_of(bulk->store),
				    &bulk->keys[i], row))
				return false;
	return true;
}

/* No row of the transaction waits for a parent that is still to come. */
static bool is_settled(sqlite3 *database)
{
	int open = 1, ignored;
	return sqlite3_db_status(database, SQLITE_DBSTATUS_DEFERRED_FKS, &open,
		       &ignored, 0)
		== SQLITE_OK
		&& open == 0;
}

/* ---- Writing ---- */

static bool switch_keys(struct store *store, int on, struct fault *fault)
{
	return sqlite3_db_config(store->handle, SQLITE_DBCONFIG_ENABLE_FKEY, on,
		       NULL)
		== SQLITE_OK
		|| sqlite_fault(fault, store->handle, "switch foreign keys");
}

static bool run_insert(struct sqlite_bulk *bulk, struct fault *fault)
{
	struct sqlite_connection *connection = connection_of(bulk->store);
	connection->feeding = &bulk->rows;
	bool is_done = sqlite3_step(bulk->insert) == SQLITE_DONE
		|| sqlite_fault(fault, bulk->store->handle, "add a row");
	sqlite3_reset(bulk->insert);
	connection->feeding = NULL;
	return is_done;
}

/* Without the checks that have been made. They must be on again afterwards,
 * whatever happened to the rows. */
static bool insert_held(struct sqlite_bulk *bulk, bool is_without_checks,
	bool is_without_keys, struct fault *fault)
{
	struct store *store = bulk->store;
	bool is_done = (!is_without_checks
			       || sqlite_script(store,
				       "PRAGMA ignore_check_constraints=ON",
				       fault))
		&& (!is_without_keys || switch_keys(store, 0, fault))
		&& run_insert(bulk, fault);
	struct fault again = {0};
	if (is_without_keys && !switch_keys(store, 1, &again))
		is_done = false;
	if (is_without_checks
		&& !sqlite_script(store, "PRAGMA ignore_check_constraints=OFF",
			&again))
		is_done = false;
	if (fault_is_set(&again) && !fault_is_set(fault))
		*fault = again;
	return is_done;
}

/* Rows held for tables that this one's rows refer to. */
static bool flush_parents(struct sqlite_bulk *bulk, struct fault *fault)
{
	for (size_t i = 0; i < bulk->key_count; i++)
		for (struct sqlite_bulk *at = connection_of(bulk->store)->bulks;
			at != NULL; at = at->next) {
			struct store_bulk outer = {at->store, at};
			if (!at->is_flushing
				&& text_is(text_of(at->table), bulk->keys[i].parent)
				&& !sqlite_bulk_flush(&outer, fault))
				return false;
		}
	return true;
}

bool sqlite_bulk_flush(struct store_bulk *outer, struct fault *fault)
{
	struct sqlite_bulk *bulk = outer->private;
	if (fault_is_set(fault))
		return false;
	if (bulk->rows.count == 0)
		return true;
	bulk->is_flushing = true;
	bool is_done = flush_parents(bulk, fault);
	if (is_done) {
		bool without_keys = bulk->has_keys && bulk->key_count > 0
			&& is_settled(bulk->store->handle) && have_parents(bulk);
		is_done = insert_held(bulk, bulk->only_days && bulk->all_days,
			without_keys, fault);
	}
	bulk->is_flushing = false;
	bulk->rows.count = 0;
	bulk->all_days = true;
	buffer_clear(&bulk->rows.bytes);
	return is_done;
}
