/* SPDX-License-Identifier: MIT
 *
 * SQLite behind the store interface.
 *
 * WAL with synchronous FULL: an acknowledged commit survives a power cut.
 * Prepared statements are kept and found again by the address of their text
 * (and by the text itself, should an address be used twice).
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "store/functions.h"
#include "store/sqlite-inside.h"

enum { BUSY_MS = 5000, CACHE_KIB = 65536 };

bool sqlite_fault(struct fault *fault, sqlite3 *database, const char *what)
{
	int code = sqlite3_errcode(database);
	enum fault_kind kind = FAULT_SYSTEM;
	if (code == SQLITE_BUSY || code == SQLITE_LOCKED)
		kind = FAULT_BUSY;
	else if (code == SQLITE_NOTADB)
		kind = FAULT_INPUT; /* some other file was named */
	else if (code == SQLITE_CONSTRAINT || code == SQLITE_CORRUPT)
		kind = FAULT_BROKEN;
	else if (code == SQLITE_READONLY)
		kind = FAULT_DENIED;
	fault_set(fault, kind, "could not %s", what);
	if (code == SQLITE_FULL)
		fault_hint(fault, "nothing was changed; make room and try again");
	return fault_detail(fault, "%s", sqlite3_errmsg(database));
}

/* Transactions end here, and tables are made. */
static bool run_script(struct store *store, const char *sql, struct fault *fault)
{
	sqlite_bulk_forget(store->private);
	return sqlite_script(store, sql, fault);
}

bool sqlite_script(struct store *store, const char *sql, struct fault *fault)
{
	if (sqlite3_exec(store->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return sqlite_fault(fault, store->handle, "run a statement");
	return true;
}

static bool configure(struct store *store, struct fault *fault)
{
	sqlite3 *database = store->handle;
	char cache[64];
	snprintf(cache, sizeof cache, "PRAGMA cache_size=-%d", CACHE_KIB);
	sqlite3_busy_timeout(database, BUSY_MS);
	sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	return (store->is_read_only
		       || sqlite_script(store, "PRAGMA journal_mode=WAL", fault))
		&& sqlite_script(store,
			"PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
			"PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"
			"PRAGMA temp_store=MEMORY; PRAGMA mmap_size=1073741824",
			fault)
		&& sqlite_script(store, cache, fault)
		&& ((functions_register(database)
			    && sqlite_rows_register(database, store->private))
			|| sqlite_fault(fault, database, "add functions"));
}

static void close_store(struct store *store)
{
	struct sqlite_connection *connection = store->private;
	for (size_t i = 0; i < connection->count; i++)
		sqlite3_finalize(connection->cached[i].statement);
	memory_free(connection->known);
	sqlite3_close_v2(store->handle);
}

/* A database in WAL mode needs a file beside it even to be read. Where that
 * cannot be made, nobody can be writing either, so it is read as it stands:
 * unless a log beside it holds what it lacks. */
static int open_unchanging(struct store *store, const char *path)
{
	sqlite3 *database = NULL;
	struct stat log;
	if (stat(arena_format(store->arena, "%s-wal", path), &log) == 0
		&& log.st_size > 0)
		return SQLITE_CANTOPEN;
	struct buffer uri = {.maximum = 1 << 16};
	buffer_string(&uri, "file:");
	for (const char *at = path; *at != '\0'; at++)
		buffer_format(&uri,
			*at == '%' || *at == '?' || *at == '#' ? "%%%02X" : "%c",
			*at);
	buffer_string(&uri, "?immutable=1");
	int code = sqlite3_open_v2(uri.bytes, &database,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI,
		NULL);
	buffer_finish(&uri);
	sqlite3_close_v2(store->handle);
	store->handle = database;
	return code;
}

/* Whether the file may only be read, for whatever reason; SQLite has then
 * opened it so by itself. */
static int look_at_medium(struct store *store, const char *path)
{
	if (sqlite3_db_readonly(store->handle, "main") != 1)
		return SQLITE_OK;
	store->is_kept_from_writing = !store->is_read_only;
	store->is_read_only = true;
	int code = sqlite3_exec(store->handle, "PRAGMA schema_version", NULL,
		NULL, NULL);
	return code == SQLITE_CANTOPEN || code == SQLITE_READONLY
		? open_unchanging(store, path)
		: SQLITE_OK;
}

static bool open_store(const struct store_options *options, struct store *store,
	struct fault *fault)
{
	/* Counting each allocation takes a lock; nobody reads the counts. Has no
	 * effect once a database has been opened. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int flags = options->is_read_only ? SQLITE_OPEN_READONLY
					  : SQLITE_OPEN_READWRITE;
	if (options->must_create)
		flags |= SQLITE_OPEN_CREATE;
	sqlite3 *database = NULL;
	int code = sqlite3_open_v2(options->url, &database,
		flags | SQLITE_OPEN_NOMUTEX, NULL);
	store->handle = database;
	store->private = arena_new(store->arena,
		sizeof(struct sqlite_connection));
	if (code == SQLITE_OK)
		code = look_at_medium(store, options->url);
	if (code != SQLITE_OK) {
		fault_set(fault, FAULT_MISSING,
			"cannot open the database \"%s\"", options->url);
		fault_detail(fault, "%s", sqlite3_errstr(code));
		if (store->is_kept_from_writing)
			fault_hint(fault,
				"it was left in the middle of work: bring it to"
				" where it can be written, with the files beside"
				" it");
		else
			fault_hint(fault,
				"make one with: kith --db \"%s\" init --la 206",
				options->url);
		sqlite3_close_v2(store->handle);
		return false;
	}
	if (!configure(store, fault)) {
		fault_in(fault, options->url);
		close_store(store);
		return false;
	}
	return true;
}

bool sqlite_prepare(struct store *store, const char *sql,
	sqlite3_stmt **out_statement, struct fault *fault)
{
	if (sqlite3_prepare_v3(store->handle, sql, -1,
		    SQLITE_PREPARE_PERSISTENT, out_statement, NULL)
		!= SQLITE_OK)
		return sqlite_fault(fault, store->handle, "prepare a statement");
	return true;
}

/* A statement that is not in use; kept for next time when there is room. */
static bool borrow(struct store *store, const char *sql,
	struct sqlite_cached **out_cached, sqlite3_stmt **out_statement,
	struct fault *fault)
{
	struct sqlite_connection *connection = store->private;
	*out_cached = NULL;
	for (size_t i = 0; i < connection->count; i++) {
		struct sqlite_cached *cached = &connection->cached[i];
		if (cached->sql != sql || cached->is_busy
			|| strcmp(sqlite3_sql(cached->statement), sql) != 0)
			continue;
		cached->is_busy = true;
		*out_cached = cached;
		*out_statement = cached->statement;
		return true;
	}
	if (!sqlite_prepare(store, sql, out_statement, fault))
		return false;
	if (connection->count < SQLITE_CACHED) {
		*out_cached = &connection->cached[connection->count++];
		**out_cached = (struct sqlite_cached){sql, *out_statement, true};
	}
	return true;
}

static int bind_value(sqlite3_stmt *statement, int place,
	const struct store_value *value)
{
	char day[DATE_TEXT];
	switch (value->kind) {
	case STORE_NULL:
		return sqlite3_bind_null(statement, place);
	case STORE_INTEGER:
		return sqlite3_bind_int64(statement, place, value->integer);
	case STORE_TEXT:
		return sqlite3_bind_text(statement, place,
			value->text.length == 0 ? "" : value->text.at,
			(int)value->text.length, SQLITE_TRANSIENT);
	case STORE_DATE:
		return sqlite3_bind_text(statement, place, day,
			date_write(value->date, day), SQLITE_TRANSIENT);
	case STORE_BLOB:
		return sqlite3_bind_blob(statement, place, value->text.at,
			(int)value->text.length, SQLITE_TRANSIENT);
	}
	return SQLITE_MISUSE;
}

/* $3 may be used before $1, or not at all: places go by name. */
static bool bind_all(sqlite3_stmt *statement, const struct store_value *values,
	size_t count, struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		char name[24];
		snprintf(name, sizeof name, "$%zu", i + 1);
		int place = sqlite3_bind_parameter_index(statement, name);
		if (place != 0
			&& bind_value(statement, place, &values[i]) != SQLITE_OK)
			return sqlite_fault(fault, sqlite3_db_handle(statement),
				"bind a value");
	}
	return true;
}

static void end_rows(struct store_rows *rows)
{
	struct sqlite_cached *cached = rows->private;
	sqlite3_reset(rows->handle);
	sqlite3_clear_bindings(rows->handle);
	if (cached == NULL)
		sqlite3_finalize(rows->handle);
	else
		cached->is_busy = false;
	memory_free(rows);
}

static bool query(struct store *store, const char *sql,
	const struct store_value *values, size_t count,
	struct store_rows **out_rows, struct fault *fault)
{
	struct sqlite_cached *cached;
	sqlite3_stmt *statement;
	if (!borrow(store, sql, &cached, &statement, fault))
		return false;
	if (!sqlite3_stmt_readonly(statement)
		&& !text_starts(text_of(sql), TEXT("INSERT INTO ")))
		sqlite_bulk_forget(store->private);
	size_t one = 0;
	struct store_rows *rows = memory_grow(NULL, &one, 1, sizeof *rows);
	*rows = (struct store_rows){store, statement, cached, -1};
	if (!bind_all(statement, values, count, fault)) {
		end_rows(rows);
		return false;
	}
	*out_rows = rows;
	return true;
}

static bool query_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		if (query(store, asks[i].sql, asks[i].values, asks[i].count,
			    &asks[i].rows, fault))
			continue;
		while (i-- > 0)
			end_rows(asks[i].rows);
		return false;
	}
	return true;
}

static bool next(struct store_rows *rows, struct fault *fault)
{
	int code = sqlite3_step(rows->handle);
	rows->row++;
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		sqlite_fault(fault, rows->store->handle, "run a statement");
	return false;
}

static int width(const struct store_rows *rows)
{
	return sqlite3_column_count(rows->handle);
}

static const char *column(const struct store_rows *rows, int place)
{
	return sqlite3_column_name(rows->handle, place);
}

static bool is_null(const struct store_rows *rows, int place)
{
	return sqlite3_column_type(rows->handle, place) == SQLITE_NULL;
}

static struct text get_text(const struct store_rows *rows, int place)
{
	const char *at = (const char *)sqlite3_column_text(rows->handle, place);
	return (struct text){at,
		(size_t)sqlite3_column_bytes(rows->handle, place)};
}

/* Asking for a text would copy it, to put a zero byte behind it. */
static struct text get_bytes(const struct store_rows *rows, int place)
{
	const char *at = sqlite3_column_blob(rows->handle, place);
	return (struct text){at,
		(size_t)sqlite3_column_bytes(rows->handle, place)};
}

static int64_t get_integer(const struct store_rows *rows, int place)
{
	return sqlite3_column_int64(rows->handle, place);
}

static struct text get_blob(struct store_rows *rows, int place)
{
	const char *at = sqlite3_column_blob(rows->handle, place);
	return (struct text){at,
		(size_t)sqlite3_column_bytes(rows->handle, place)};
}

static bool check(struct store *store, const char *sql, struct fault *fault)
{
	sqlite3_stmt *statement;
	if (!sqlite_prepare(store, sql, &statement, fault))
		return false;
	sqlite3_finalize(statement);
	return true;
}

static bool has_transaction(const struct store *store)
{
	return sqlite3_get_autocommit(store->handle) == 0;
}

const struct engine sqlite_engine = {
	.kind = STORE_SQLITE,
	.open = open_store,
	.close = close_store,
	.query = query,
	.query_all = query_all,
	.next = next,
	.end = end_rows,
	.width = width,
	.column = column,
	.is_null = is_null,
	.text = get_text,
	.bytes = get_bytes,
	.integer = get_integer,
	.blob = get_blob,
	.check = check,
	.script = run_script,
	.has_transaction = has_transaction,
	.twin = sqlite_twin,
	.part = sqlite_part,
	.bulk_open = sqlite_bulk_open,
	.bulk_row = sqlite_bulk_row,
	.bulk_flush = sqlite_bulk_flush,
	.bulk_close = sqlite_bulk_close,
};
