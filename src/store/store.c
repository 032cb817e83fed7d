/* SPDX-License-Identifier: MIT
 *
 * The engine-blind half of the store: picks the engine by the address, passes
 * calls on, and adds what is the same for all.
 */
#include "store/store.h"

#include <stdio.h>
#include <string.h>

#include "store/engine-inside.h"

static const struct engine *engine_for(const char *url)
{
	struct text address = text_of(url);
	bool is_postgres = text_starts(address, TEXT("postgresql://"))
		|| text_starts(address, TEXT("postgres://"));
	return is_postgres ? &postgres_engine : &sqlite_engine;
}

bool store_open(const struct store_options *options, struct store **out_store,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	struct store *store = arena_new(arena, sizeof *store);
	*store = (struct store){.engine = engine_for(options->url),
		.arena = arena,
		.is_read_only = options->is_read_only};
	if (!store->engine->open(options, store, fault)) {
		arena_close(arena);
		return false;
	}
	*out_store = store;
	return true;
}

void store_close(struct store *store)
{
	if (store == NULL)
		return;
	store->engine->close(store);
	arena_close(store->arena);
}

bool store_is_kept_from_writing(const struct store *store)
{
	return store->is_kept_from_writing;
}

enum store_engine store_engine(const struct store *store)
{
	return store->engine->kind;
}

const char *store_find(const struct embedded *catalogue, const char *name)
{
	for (; catalogue->name != NULL; catalogue++)
		if (text_is(text_of(name), catalogue->name))
			return catalogue->text;
	fprintf(stderr, "kith: no statement named \"%s\"\n", name);
	abort();
}

/* PostgreSQL cannot keep a zero byte in a text, and libpq would end the text
 * there without a word. */
static bool check_values(const struct store_value *values, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++)
		if (values[i].kind == STORE_TEXT && text_has_zero(values[i].text))
			return fault_set(fault, FAULT_INPUT,
				"a text with a zero byte cannot be stored");
	return true;
}

bool store_query(struct store *store, const char *sql,
	const struct store_value *values, size_t count,
	struct store_rows **out_rows, struct fault *fault)
{
	return check_values(values, count, fault)
		&& store->engine->query(store, sql, values, count, out_rows,
			fault);
}

bool store_run(struct store *store, const char *sql,
	const struct store_value *values, size_t count, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, sql, values, count, &rows, fault))
		return false;
	while (store_next(rows, fault))
		continue;
	store_end(rows);
	return !fault_is_set(fault);
}

bool store_next(struct store_rows *rows, struct fault *fault)
{
	return rows->store->engine->next(rows, fault);
}

void store_end(struct store_rows *rows)
{
	if (rows != NULL)
		rows->store->engine->end(rows);
}

int store_width(const struct store_rows *rows)
{
	return rows->store->engine->width(rows);
}

const char *store_column(const struct store_rows *rows, int column)
{
	return rows->store->engine->column(rows, column);
}

bool store_is_null(const struct store_rows *rows, int column)
{
	return rows->store->engine->is_null(rows, column);
}

int64_t store_get_integer(const struct store_rows *rows, int column)
{
	return rows->store->engine->integer(rows, column);
}

struct text store_get_text(const struct store_rows *rows, int column)
{
	return rows->store->engine->text(rows, column);
}

struct date store_get_date(const struct store_rows *rows, int column)
{
	struct date date = DATE_NONE;
	date_read_iso(rows->store->engine->bytes(rows, column),
		&date); /* NULL: no text */
	return date;
}

struct text store_get_blob(struct store_rows *rows, int column)
{
	return rows->store->engine->blob(rows, column);
}

bool store_number(struct store *store, const char *sql,
	const struct store_value *values, size_t count, int64_t *out_number,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, sql, values, count, &rows, fault))
		return false;
	bool has_number = store_next(rows, fault) && !store_is_null(rows, 0);
	if (has_number)
		*out_number = store_get_integer(rows, 0);
	store_end(rows);
	return has_number;
}

bool store_query_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++)
		if (!check_values(asks[i].values, asks[i].count, fault))
			return false;
	return store->engine->query_all(store, asks, count, fault);
}

struct store *store_twin(struct store *store)
{
	return store->engine->twin == NULL ? NULL : store->engine->twin(store);
}

void store_part(struct store *store, struct store *twin)
{
	if (twin != NULL)
		store->engine->part(store, twin);
}

bool store_check(struct store *store, const char *sql, struct fault *fault)
{
	return store->engine->check(store, sql, fault);
}

bool store_script(struct store *store, const char *sql, struct fault *fault)
{
	return store->engine->script(store, sql, fault);
}

bool store_analyse(struct store *store, struct fault *fault)
{
	bool is_sqlite = store->engine->kind == STORE_SQLITE;
	return store_script(store,
		is_sqlite ? "PRAGMA analysis_limit=1000; ANALYZE" : "ANALYZE",
		fault);
}

bool store_begin(struct store *store, struct fault *fault)
{
	if (store->is_kept_from_writing) {
		fault_set(fault, FAULT_DENIED, "the database cannot be written");
		return fault_hint(fault,
			"look at the file's and folder's permissions, whether"
			" the disk is mounted to be read only, or whether the"
			" server is a standby");
	}
	if (store->is_read_only)
		return fault_set(fault, FAULT_DENIED,
			"the store is open read-only");
	bool is_sqlite = store->engine->kind == STORE_SQLITE;
	return store_script(store, is_sqlite ? "BEGIN IMMEDIATE" : "BEGIN",
		fault);
}

bool store_commit(struct store *store, struct fault *fault)
{
	return store_script(store, "COMMIT", fault);
}

void store_rollback(struct store *store)
{
	struct fault ignored = {0};
	(void)!store_script(store, "ROLLBACK", &ignored);
}

bool store_savepoint(struct store *store, struct fault *fault)
{
	return store_script(store, "SAVEPOINT act", fault);
}

bool store_release(struct store *store, struct fault *fault)
{
	return store_script(store, "RELEASE SAVEPOINT act", fault);
}

void store_undo(struct store *store)
{
	struct fault ignored = {0};
	(void)!store_script(store, "ROLLBACK TO SAVEPOINT act", &ignored);
	(void)!store_script(store, "RELEASE SAVEPOINT act", &ignored);
}

bool store_has_transaction(const struct store *store)
{
	return store->engine->has_transaction(store);
}

bool store_bulk_open(struct store *store, const char *table,
	const char *columns, struct store_bulk **out_bulk, struct fault *fault)
{
	return store->engine->bulk_open(store,
		&(struct store_target){.table = table, .columns = columns},
		out_bulk, fault);
}

bool store_bulk_open_replacing(struct store *store,
	const struct store_target *target, struct store_bulk **out_bulk,
	struct fault *fault)
{
	return store->engine->bulk_open(store, target, out_bulk, fault);
}

static bool is_in_list(struct text name, struct text list)
{
	while (list.length > 0)
		if (text_equals(text_trim(text_split(list, ',', &list)), name))
			return true;
	return false;
}

/* The key stays as it is: an engine that is told to set it, even to the same,
 * moves the row and looks after its foreign keys again. */
void engine_replacing(const struct store_target *target, struct buffer *out)
{
	struct text rest = text_of(target->columns);
	const char *before = " DO UPDATE SET";
	buffer_format(out, " ON CONFLICT (%s)", target->key);
	while (rest.length > 0) {
		struct text name = text_trim(text_split(rest, ',', &rest));
		if (is_in_list(name, text_of(target->key)))
			continue;
		buffer_format(out, "%s " TEXT_FORMAT " = excluded." TEXT_FORMAT,
			before, TEXT_ARGS(name), TEXT_ARGS(name));
		before = ",";
	}
	if (before[0] != ',') {
		buffer_string(out, " DO NOTHING");
		return;
	}
	if (target->version != NULL)
		buffer_format(out, " WHERE excluded.%s >= %s.%s",
			target->version, target->table, target->version);
}

bool store_bulk_row(struct store_bulk *bulk, const struct store_value *values,
	size_t count, struct fault *fault)
{
	return check_values(values, count, fault)
		&& bulk->store->engine->bulk_row(bulk, values, count, fault);
}

bool store_bulk_flush(struct store_bulk *bulk, struct fault *fault)
{
	return bulk->store->engine->bulk_flush(bulk, fault);
}

void store_bulk_close(struct store_bulk *bulk)
{
	if (bulk != NULL)
		bulk->store->engine->bulk_close(bulk);
}
