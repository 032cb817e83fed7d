/* SPDX-License-Identifier: MIT
 *
 * Reading every table in chunks by its key, hashing and writing on the way.
 *
 * This is the one place that puts statements together, and only from the names
 * in our own schema: no statement could be kept for a table that a later
 * schema will add.
 */
#include "store/copy.h"

#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/digest.h"
#include "store/migrate.h"
#include "store/tables.h"

/* Rows read at a time: PostgreSQL's answer is held in memory whole. */
enum { CHUNK = 4096, CHUNK_OF_BLOBS = 16 };

/* What one table holds of one authority (0 for reference data). */
struct tally {
	int64_t la;
	int64_t rows;
	char digest[DIGEST_TEXT];
};

struct tallies {
	struct tally *at;
	size_t count, capacity;
};

/* One table on its way. */
struct walk {
	struct store *store;
	const struct tables_table *table;
	int la;
	struct store_bulk *bulk; /* where rows go; NULL: only hashed */
	struct arena *arena;     /* of the walk: statements and the last key */
	struct store_value key[TABLES_KEY + 1]; /* of the last row, then la */
	struct buffer row;
	struct digest digest;
	struct tallies *tallies;
};

static struct tally *last_tally(struct tallies *tallies)
{
	return &tallies->at[tallies->count - 1];
}

static void end_tally(struct walk *walk, size_t begun)
{
	if (walk->tallies->count > begun)
		digest_end(&walk->digest, last_tally(walk->tallies)->digest);
}

static void begin_tally(struct walk *walk, int64_t la)
{
	struct tallies *tallies = walk->tallies;
	tallies->at = memory_grow(tallies->at, &tallies->capacity,
		tallies->count + 1, sizeof *tallies->at);
	tallies->at[tallies->count++] = (struct tally){.la = la};
	digest_begin(&walk->digest);
}

static const char *column_list(const struct tables_table *table,
	struct arena *arena)
{
	struct buffer list = {.maximum = 1 << 16};
	for (size_t i = 0; i < table->column_count; i++) {
		buffer_string(&list, i == 0 ? "" : ", ");
		buffer_string(&list, table->columns[i].name);
	}
	const char *copy = arena_string(arena, buffer_text(&list));
	buffer_finish(&list);
	return copy;
}

static void add_key(struct buffer *sql, const struct tables_table *table,
	bool as_places)
{
	for (size_t i = 0; i < table->key_count; i++) {
		buffer_string(sql, i == 0 ? "" : ", ");
		if (as_places)
			buffer_format(sql, "$%zu", i + 1);
		else
			buffer_string(sql, table->columns[table->key[i]].name);
	}
}

/* SELECT columns FROM table [WHERE la = $n] [AND (key) > ($1, $2 ...)]
 * ORDER BY key LIMIT chunk. */
static const char *chunk_sql(const struct walk *walk, bool is_first, int chunk)
{
	const struct tables_table *table = walk->table;
	struct buffer sql = {.maximum = 1 << 16};
	bool has_la = walk->la != 0 && table->has_la;
	buffer_format(&sql, "SELECT %s FROM %s",
		column_list(table, walk->arena), table->name);
	if (has_la)
		buffer_format(&sql, " WHERE la = $%zu",
			is_first ? (size_t)1 : table->key_count + 1);
	if (!is_first) {
		buffer_string(&sql, has_la ? " AND (" : " WHERE (");
		add_key(&sql, table, false);
		buffer_string(&sql, ") > (");
		add_key(&sql, table, true);
		buffer_char(&sql, ')');
	}
	buffer_string(&sql, " ORDER BY ");
	add_key(&sql, table, false);
	buffer_format(&sql, " LIMIT %d", chunk);
	const char *copy = arena_string(walk->arena, buffer_text(&sql));
	buffer_finish(&sql);
	return copy;
}

static struct store_value read_value(struct store_rows *rows, int place,
	enum store_kind kind)
{
	if (store_is_null(rows, place))
		return store_null();
	switch (kind) {
	case STORE_INTEGER:
		return store_integer(store_get_integer(rows, place));
	case STORE_DATE:
		return store_date(store_get_date(rows, place));
	case STORE_BLOB:
		return store_blob(store_get_blob(rows, place));
	case STORE_TEXT:
	case STORE_NULL:
		break;
	}
	return store_text(store_get_text(rows, place));
}

/* Kind, length, bytes: no two rows are written alike. */
static void hash_value(struct buffer *row, const struct store_value *value)
{
	switch (value->kind) {
	case STORE_NULL:
		buffer_char(row, '-');
		break;
	case STORE_INTEGER:
		buffer_format(row, "i%lld;", (long long)value->integer);
		break;
	case STORE_DATE:
		buffer_format(row, "d%d;", (int)value->date.day);
		break;
	case STORE_TEXT:
	case STORE_BLOB:
		buffer_format(row,
			"%c%zu:", value->kind == STORE_TEXT ? 't' : 'b',
			value->text.length);
		buffer_add(row, value->text);
		break;
	}
}

static void keep_key(struct walk *walk, const struct store_value *values)
{
	for (size_t i = 0; i < walk->table->key_count; i++) {
		struct store_value value = values[walk->table->key[i]];
		if (value.kind == STORE_TEXT)
			value.text = arena_text(walk->arena, value.text);
		walk->key[i] = value;
	}
}

static bool take_row(struct walk *walk, struct store_rows *rows, size_t begun,
	struct store_value *values, struct fault *fault)
{
	const struct tables_table *table = walk->table;
	buffer_clear(&walk->row);
	for (size_t i = 0; i < table->column_count; i++) {
		values[i] = read_value(rows, (int)i, table->columns[i].kind);
		hash_value(&walk->row, &values[i]);
	}
	int64_t la = table->has_la ? values[0].integer : 0;
	if (walk->tallies->count == begun || last_tally(walk->tallies)->la != la) {
		end_tally(walk, begun);
		begin_tally(walk, la);
	}
	if (walk->row.has_failed)
		return fault_set(fault, FAULT_LIMIT, "a row is too large");
	digest_add(&walk->digest, buffer_text(&walk->row));
	last_tally(walk->tallies)->rows++;
	return walk->bulk == NULL
		|| store_bulk_row(walk->bulk, values, table->column_count, fault);
}

/* One chunk; *out_more says whether another may follow. */
static bool walk_chunk(struct walk *walk, const char *sql, size_t begun,
	bool *out_more, struct fault *fault)
{
	struct store_value values[TABLES_COLUMNS] = {{.kind = STORE_NULL}};
	struct store_rows *rows;
	int chunk = walk->table->has_blob ? CHUNK_OF_BLOBS : CHUNK, seen = 0;
	/* Before the first chunk there is no key, and la stands in its place. */
	if (!store_query(walk->store, sql, walk->key,
		    walk->table->key_count + 1, &rows, fault))
		return false;
	while (store_next(rows, fault)
		&& take_row(walk, rows, begun, values, fault))
		if (++seen == chunk)
			keep_key(walk, values);
	store_end(rows);
	*out_more = seen == chunk;
	return !fault_is_set(fault);
}

static bool walk_table(struct walk *walk, struct fault *fault)
{
	size_t begun = walk->tallies->count;
	int chunk = walk->table->has_blob ? CHUNK_OF_BLOBS : CHUNK;
	const char *first = chunk_sql(walk, true, chunk);
	const char *later = chunk_sql(walk, false, chunk);
	bool has_more;
	walk->key[0] = store_integer(walk->la);
	if (!walk_chunk(walk, first, begun, &has_more, fault))
		return false;
	walk->key[walk->table->key_count] = store_integer(walk->la);
	while (has_more)
		if (!walk_chunk(walk, later, begun, &has_more, fault))
			return false;
	end_tally(walk, begun);
	return true;
}

/* Hashes one table, writing its rows into `to` unless that is NULL. */
static bool pass_table(struct store *from, struct store *to,
	const struct tables_table *table, int la, struct tallies *tallies,
	struct fault *fault)
{
	struct walk walk = {.store = from,
		.table = table,
		.la = la,
		.arena = arena_open(),
		.tallies = tallies};
	bool is_done = to == NULL
		|| store_bulk_open(to, table->name,
			column_list(table, walk.arena), &walk.bulk, fault);
	is_done = is_done && walk_table(&walk, fault)
		&& (walk.bulk == NULL || store_bulk_flush(walk.bulk, fault));
	store_bulk_close(walk.bulk);
	buffer_finish(&walk.row);
	arena_close(walk.arena);
	return is_done;
}

static bool has_rows(struct store *store, const struct tables_table *table,
	int la, bool *out_has, struct fault *fault)
{
	struct arena *arena = arena_open();
	const char *sql = la != 0 && table->has_la
		? arena_format(arena, "SELECT 1 FROM %s WHERE la = $1 LIMIT 1",
			table->name)
		: arena_format(arena, "SELECT 1 FROM %s LIMIT 1", table->name);
	int64_t one;
	*out_has = store_number(store, sql, STORE_VALUES(store_integer(la)),
		&one, fault);
	arena_close(arena);
	return !fault_is_set(fault);
}

static bool compare(const struct tables_table *table, const struct tallies *there,
	const struct tallies *here, struct fault *fault)
{
	for (size_t i = 0; i < there->count || i < here->count; i++) {
		bool is_same = i < there->count && i < here->count
			&& there->at[i].la == here->at[i].la
			&& there->at[i].rows == here->at[i].rows
			&& strcmp(there->at[i].digest, here->at[i].digest) == 0;
		if (!is_same)
			return fault_set(fault, FAULT_BROKEN,
				"the copy of table \"%s\" differs", table->name);
	}
	return true;
}

static bool copy_table(struct store *from, struct store *to,
	const struct tables_table *table, int la, struct copy_result *result,
	struct fault *fault)
{
	bool is_filled;
	if (!has_rows(to, table, la, &is_filled, fault))
		return false;
	if (is_filled && !table->has_la)
		return true;
	if (is_filled) {
		fault_set(fault, FAULT_CONFLICT,
			"the target already holds rows of table \"%s\"",
			table->name);
		return fault_hint(fault, "copy into a new database");
	}
	struct tallies there = {.count = 0}, here = {.count = 0};
	bool is_done = pass_table(from, to, table, la, &there, fault)
		&& pass_table(to, NULL, table, la, &here, fault)
		&& compare(table, &there, &here, fault);
	for (size_t i = 0; i < there.count; i++)
		result->rows += there.at[i].rows;
	result->tables += there.count > 0;
	memory_free(there.at);
	memory_free(here.at);
	return is_done;
}

static bool copy_all(struct store *from, struct store *to, int la,
	struct copy_result *result, struct fault *fault)
{
	struct arena *arena = arena_open();
	const struct tables_table *tables;
	size_t count;
	tables_read(arena, &tables, &count);
	for (size_t i = 0; i < count && !fault_is_set(fault); i++)
		(void)!copy_table(from, to, &tables[i], la, result, fault);
	arena_close(arena);
	return !fault_is_set(fault);
}

/* All reads see one moment. */
static bool begin_reading(struct store *store, struct fault *fault)
{
	bool is_sqlite = store_engine(store) == STORE_SQLITE;
	return store_script(store,
		is_sqlite ? "BEGIN"
			  : "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
		fault);
}

static bool copy_between(struct store *from, struct store *to, int la,
	struct copy_result *result, struct fault *fault)
{
	if (!migrate_check(from, fault) || !migrate_up(to, fault)
		|| !begin_reading(from, fault))
		return false;
	bool is_done = store_begin(to, fault)
		&& copy_all(from, to, la, result, fault)
		&& store_commit(to, fault);
	if (!is_done && store_has_transaction(to))
		store_rollback(to);
	store_rollback(from);
	return is_done;
}

bool copy_store(const char *from_url, const char *to_url, int la,
	struct copy_result *out_result, struct fault *fault)
{
	struct store *from, *to;
	struct copy_result result = {0};
	if (!store_open(&(struct store_options){.url = from_url,
				.is_read_only = true},
		    &from, fault))
		return false;
	if (!store_open(&(struct store_options){.url = to_url, .must_create = true},
		    &to, fault)) {
		store_close(from);
		return false;
	}
	bool is_done = copy_between(from, to, la, &result, fault)
		&& store_analyse(to, fault);
	store_close(to);
	store_close(from);
	if (is_done && out_result != NULL)
		*out_result = result;
	return is_done;
}

static void digest_tallies(struct digest *digest, const char *table,
	const struct tallies *tallies)
{
	struct buffer line = {.maximum = 1 << 12};
	for (size_t i = 0; i < tallies->count; i++) {
		const struct tally *tally = &tallies->at[i];
		buffer_clear(&line);
		buffer_format(&line, "%s %lld %lld %s\n", table,
			(long long)tally->la, (long long)tally->rows,
			tally->digest);
		digest_add(digest, buffer_text(&line));
	}
	buffer_finish(&line);
}

bool copy_digest(struct store *store, int la, char out_digest[65],
	struct fault *fault)
{
	struct arena *arena = arena_open();
	const struct tables_table *tables;
	size_t count;
	struct digest digest;
	digest_begin(&digest);
	tables_read(arena, &tables, &count);
	for (size_t i = 0; i < count && !fault_is_set(fault); i++) {
		struct tallies tallies = {.count = 0};
		if (pass_table(store, NULL, &tables[i], la, &tallies, fault))
			digest_tallies(&digest, tables[i].name, &tallies);
		memory_free(tallies.at);
	}
	arena_close(arena);
	if (fault_is_set(fault))
		return false;
	digest_end(&digest, out_digest);
	return true;
}
