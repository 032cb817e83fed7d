/* SPDX-License-Identifier: MIT
 *
 * PostgreSQL behind the store interface, through libpq.
 *
 * Values travel as text and their types are inferred by the server, so that
 * the SQL text is the one SQLite takes. Each text is prepared once for a
 * connection. Results are read whole; several queries may share a round trip
 * (pipeline). Many rows go in by COPY, a megabyte at a time, because only one
 * COPY may be under way on a connection.
 *
 * Long because nothing outside it may know libpq.
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "store/engine-inside.h"

/* A row of a register takes most: its fields (128) and ten of its own. */
enum { MOST_VALUES = 160, COPY_BYTES = 1 << 20 };

struct connection {
	struct map *prepared; /* text of a statement: its number */
};

/* The values of one call, as the strings libpq wants. */
struct strings {
	const char *at[MOST_VALUES];
	struct arena *arena;
};

struct bulk {
	struct buffer copy; /* COPY table (columns) FROM STDIN */
	struct buffer merge; /* from the side table into the real one; or empty */
	struct buffer rows;
};

static bool result_fault(struct fault *fault, const PGresult *result,
	const char *what)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	struct text code = text_of(state);
	enum fault_kind kind = FAULT_SYSTEM;
	if (text_starts(code, TEXT("23")) || text_starts(code, TEXT("22")))
		kind = FAULT_BROKEN;
	else if (text_is(code, "40001") || text_is(code, "40P01")
		|| text_is(code, "55P03"))
		kind = FAULT_BUSY;
	else if (text_is(code, "25006") || text_is(code, "42501"))
		kind = FAULT_DENIED;
	fault_set(fault, kind, "could not %s", what);
	return fault_detail(fault, "%s",
		PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) == NULL
			? PQresultErrorMessage(result)
			: PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}

static bool is_fine(const PGresult *result)
{
	ExecStatusType status = PQresultStatus(result);
	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

static bool run_script(struct store *store, const char *sql, struct fault *fault)
{
	PGresult *result = PQexec(store->handle, sql);
	bool is_done = is_fine(result)
		|| result_fault(fault, result, "run a statement");
	/* The server answers COMMIT of a failed transaction with a rollback. */
	if (is_done && text_is(text_of(sql), "COMMIT")
		&& text_is(text_of(PQcmdStatus(result)), "ROLLBACK"))
		is_done = fault_set(fault, FAULT_BROKEN,
			"a statement of the transaction had failed");
	PQclear(result);
	return is_done;
}

static void ignore_notice(void *data, const PGresult *result)
{
	(void)data;
	(void)result;
}

static void close_store(struct store *store)
{
	struct connection *connection = store->private;
	map_close(connection->prepared);
	PQfinish(store->handle);
}

/* Text must sort by bytes, as it does in SQLite, or reports would differ. */
static bool check_order(struct store *store, struct fault *fault)
{
	PGresult *result = PQexec(store->handle,
		"SELECT datcollate FROM pg_catalog.pg_database"
		" WHERE datname = current_database()");
	if (!is_fine(result)) {
		result_fault(fault, result, "read the database's collation");
		PQclear(result);
		return false;
	}
	struct text collation = text_of(PQgetvalue(result, 0, 0));
	bool is_bytes = text_is(collation, "C") || text_is(collation, "POSIX")
		|| text_starts(collation, TEXT("C."));
	if (!is_bytes) {
		fault_set(fault, FAULT_INPUT,
			"the database sorts text by the locale \"%.*s\"",
			TEXT_ARGS(collation));
		fault_hint(fault,
			"create it with LOCALE 'C.UTF-8' TEMPLATE template0");
	}
	PQclear(result);
	return is_bytes;
}

/* What the server reports of itself, version 14 and newer. */
static bool is_on(const PGconn *database, const char *parameter)
{
	return text_is(text_of(PQparameterStatus(database, parameter)), "on");
}

static bool open_store(const struct store_options *options, struct store *store,
	struct fault *fault)
{
	PGconn *database = PQconnectdb(options->url);
	struct connection *connection = arena_new(store->arena,
		sizeof *connection);
	connection->prepared = map_open();
	store->handle = database;
	store->private = connection;
	if (PQstatus(database) != CONNECTION_OK) {
		fault_set(fault, FAULT_MISSING, "cannot connect to the database");
		fault_detail(fault, "%s", PQerrorMessage(database));
		close_store(store);
		return false;
	}
	PQsetNoticeReceiver(database, ignore_notice, NULL);
	if (!run_script(store,
		    "SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD';"
		    "SET bytea_output = 'hex'; SET timezone = 'UTC';"
		    "SET lock_timeout = '5s'; SET client_min_messages = 'warning'",
		    fault)
		|| (options->is_read_only
			&& !run_script(store,
				"SET default_transaction_read_only = on", fault))
		|| !check_order(store, fault)) {
		close_store(store);
		return false;
	}
	store->is_kept_from_writing = !options->is_read_only
		&& (is_on(database, "in_hot_standby")
			|| is_on(database, "default_transaction_read_only"));
	store->is_read_only |= store->is_kept_from_writing;
	return true;
}

static const char *blob_string(struct arena *arena, struct text bytes)
{
	static const char digits[] = "0123456789abcdef";
	char *string = arena_new(arena, bytes.length * 2 + 3);
	string[0] = '\\';
	string[1] = 'x';
	for (size_t i = 0; i < bytes.length; i++) {
		string[2 + i * 2] = digits[(unsigned char)bytes.at[i] >> 4];
		string[3 + i * 2] = digits[(unsigned char)bytes.at[i] & 15];
	}
	return string;
}

static const char *value_string(struct arena *arena,
	const struct store_value *value)
{
	char *day;
	switch (value->kind) {
	case STORE_NULL:
		return NULL;
	case STORE_INTEGER:
		return arena_format(arena, "%lld", (long long)value->integer);
	case STORE_TEXT:
		return arena_string(arena, value->text);
	case STORE_DATE:
		day = arena_new(arena, DATE_TEXT);
		date_write(value->date, day);
		return day;
	case STORE_BLOB:
		return blob_string(arena, value->text);
	}
	return NULL;
}

static void strings_of(struct strings *strings,
	const struct store_value *values, size_t count)
{
	strings->arena = arena_open();
	for (size_t i = 0; i < count; i++)
		strings->at[i] = value_string(strings->arena, &values[i]);
}

/* The server refuses more values than the statement names, SQLite does not:
 * pass only as many as the highest $n. */
static int highest_place(const char *sql)
{
	int highest = 0;
	for (const char *at = strchr(sql, '$'); at != NULL;
		at = strchr(at + 1, '$')) {
		int place = 0;
		for (const char *d = at + 1; *d >= '0' && *d <= '9'; d++)
			place = place * 10 + (*d - '0');
		if (place > highest)
			highest = place;
	}
	return highest < MOST_VALUES ? highest : MOST_VALUES;
}

static bool prepared_name(struct store *store, const char *sql, char name[24],
	struct fault *fault)
{
	struct connection *connection = store->private;
	int64_t number;
	if (map_get(connection->prepared, text_of(sql), &number)) {
		snprintf(name, 24, "s%lld", (long long)number);
		return true;
	}
	number = (int64_t)map_count(connection->prepared);
	snprintf(name, 24, "s%lld", (long long)number);
	PGresult *result = PQprepare(store->handle, name, sql, 0, NULL);
	bool is_done = is_fine(result)
		|| result_fault(fault, result, "prepare a statement");
	PQclear(result);
	if (is_done)
		map_set(connection->prepared, text_of(sql), number);
	return is_done;
}

static struct store_rows *rows_of(struct store *store, PGresult *result)
{
	size_t one = 0;
	struct store_rows *rows = memory_grow(NULL, &one, 1, sizeof *rows);
	*rows = (struct store_rows){store, result, NULL, -1};
	return rows;
}

static bool query(struct store *store, const char *sql,
	const struct store_value *values, size_t count,
	struct store_rows **out_rows, struct fault *fault)
{
	char name[24];
	if (count > MOST_VALUES)
		return fault_set(fault, FAULT_LIMIT, "too many values");
	if (!prepared_name(store, sql, name, fault))
		return false;
	struct strings strings;
	strings_of(&strings, values, count);
	PGresult *result = PQexecPrepared(store->handle, name,
		highest_place(sql), strings.at, NULL, NULL, 0);
	arena_close(strings.arena);
	if (!is_fine(result)) {
		result_fault(fault, result, "run a statement");
		PQclear(result);
		return false;
	}
	*out_rows = rows_of(store, result);
	return true;
}

static bool send_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		char name[24];
		struct strings strings;
		if (!prepared_name(store, asks[i].sql, name, fault))
			return false;
		strings_of(&strings, asks[i].values, asks[i].count);
		if (i == 0)
			PQenterPipelineMode(store->handle);
		int sent = PQsendQueryPrepared(store->handle, name,
			highest_place(asks[i].sql), strings.at, NULL, NULL, 0);
		arena_close(strings.arena);
		if (!sent)
			return fault_set(fault, FAULT_SYSTEM,
				"could not send a statement");
	}
	return PQpipelineSync(store->handle) == 1
		|| fault_set(fault, FAULT_SYSTEM, "could not send a statement");
}

/* Statements are prepared before the pipeline opens: PQprepare waits. */
static bool prepare_all(struct store *store, const struct store_ask *asks,
	size_t count, struct fault *fault)
{
	char name[24];
	for (size_t i = 0; i < count; i++) {
		if (asks[i].count > MOST_VALUES)
			return fault_set(fault, FAULT_LIMIT, "too many values");
		if (!prepared_name(store, asks[i].sql, name, fault))
			return false;
	}
	return true;
}

static void end_rows(struct store_rows *rows)
{
	PQclear(rows->handle);
	arena_close(rows->private);
	memory_free(rows);
}

static bool query_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault)
{
	if (count == 0)
		return true;
	if (!prepare_all(store, asks, count, fault)
		|| !send_all(store, asks, count, fault))
		return false;
	for (size_t i = 0; i < count; i++) {
		PGresult *result = PQgetResult(store->handle);
		if (!is_fine(result))
			result_fault(fault, result, "run a statement");
		asks[i].rows = rows_of(store, result);
		PQclear(PQgetResult(store->handle)); /* the NULL between */
	}
	PQclear(PQgetResult(store->handle)); /* the sync */
	PQexitPipelineMode(store->handle);
	if (!fault_is_set(fault))
		return true;
	for (size_t i = 0; i < count; i++)
		end_rows(asks[i].rows);
	return false;
}

static bool next(struct store_rows *rows, struct fault *fault)
{
	(void)fault;
	rows->row++;
	if (rows->private != NULL)
		arena_reset(rows->private);
	return rows->row < PQntuples(rows->handle);
}

static int width(const struct store_rows *rows)
{
	return PQnfields(rows->handle);
}

static const char *column(const struct store_rows *rows, int place)
{
	return PQfname(rows->handle, place);
}

static bool is_null(const struct store_rows *rows, int place)
{
	return PQgetisnull(rows->handle, (int)rows->row, place) == 1;
}

static struct text get_text(const struct store_rows *rows, int place)
{
	return (struct text){PQgetvalue(rows->handle, (int)rows->row, place),
		(size_t)PQgetlength(rows->handle, (int)rows->row, place)};
}

static int64_t get_integer(const struct store_rows *rows, int place)
{
	int64_t number = 0;
	struct text text = get_text(rows, place);
	if (!text_to_int64(text, &number))
		number = text_is(text, "t");
	return number;
}

static int hex_digit(char c)
{
	return c >= 'a' ? c - 'a' + 10 : c - '0';
}

static struct text get_blob(struct store_rows *rows, int place)
{
	struct text hex = get_text(rows, place);
	if (hex.length < 2)
		return (struct text){.at = NULL, .length = 0};
	if (rows->private == NULL)
		rows->private = arena_open();
	size_t size = (hex.length - 2) / 2;
	char *bytes = arena_new(rows->private, size);
	for (size_t i = 0; i < size; i++)
		bytes[i] = (char)(hex_digit(hex.at[2 + i * 2]) * 16
			+ hex_digit(hex.at[3 + i * 2]));
	return (struct text){bytes, size};
}

static bool check(struct store *store, const char *sql, struct fault *fault)
{
	PGresult *result = PQprepare(store->handle, "", sql, 0, NULL);
	bool is_done = is_fine(result)
		|| result_fault(fault, result, "prepare a statement");
	PQclear(result);
	return is_done;
}

static bool has_transaction(const struct store *store)
{
	PGTransactionStatusType status = PQtransactionStatus(store->handle);
	return status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

/* COPY cannot replace, so rows with a key go by way of a side table of this
 * session; the newest of several with one key counts, as it would one by one. */
static void write_merge(const struct store_target *target, struct buffer *out)
{
	buffer_format(out,
		"INSERT INTO %s (%s) SELECT DISTINCT ON (%s) %s FROM side_%s"
		" ORDER BY %s%s%s%s, side_%s.ctid DESC",
		target->table, target->columns, target->key, target->columns,
		target->table, target->key, target->version == NULL ? "" : ", ",
		target->version == NULL ? "" : target->version,
		target->version == NULL ? "" : " DESC", target->table);
	engine_replacing(target, out);
	buffer_format(out, "; TRUNCATE side_%s", target->table);
}

static bool open_side_table(struct store *store,
	const struct store_target *target, struct fault *fault)
{
	struct buffer sql = {.maximum = 1 << 12};
	buffer_format(&sql,
		"CREATE TEMPORARY TABLE IF NOT EXISTS side_%s (LIKE %s);"
		"TRUNCATE side_%s",
		target->table, target->table, target->table);
	bool is_done = run_script(store, sql.bytes, fault);
	buffer_finish(&sql);
	return is_done;
}

static bool bulk_open(struct store *store, const struct store_target *target,
	struct store_bulk **out_bulk, struct fault *fault)
{
	if (target->key != NULL && !open_side_table(store, target, fault))
		return false;
	size_t one = 0, other = 0;
	struct bulk *bulk = memory_grow(NULL, &one, 1, sizeof *bulk);
	*bulk = (struct bulk){.rows = {.maximum = BUFFER_MAXIMUM}};
	buffer_format(&bulk->copy, "COPY %s%s (%s) FROM STDIN",
		target->key == NULL ? "" : "side_", target->table,
		target->columns);
	if (target->key != NULL)
		write_merge(target, &bulk->merge);
	struct store_bulk *outer = memory_grow(NULL, &other, 1, sizeof *outer);
	*outer = (struct store_bulk){store, bulk};
	*out_bulk = outer;
	return true;
}

/* COPY's text form: tab between values, \N for NULL, backslash escapes. */
static void copy_text(struct buffer *rows, struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '\\' || c == '\t' || c == '\n' || c == '\r')
			buffer_char(rows, '\\');
		buffer_char(rows,
			c == '\t'           ? 't'
				: c == '\n' ? 'n'
				: c == '\r' ? 'r'
					    : c);
	}
}

static bool needs_escape(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] == '\\' || (unsigned char)text.at[i] < ' ')
			return true;
	return false;
}

static void copy_value(struct buffer *rows, const struct store_value *value)
{
	char day[DATE_TEXT];
	switch (value->kind) {
	case STORE_NULL:
		buffer_add(rows, TEXT("\\N"));
		break;
	case STORE_INTEGER:
		buffer_format(rows, "%lld", (long long)value->integer);
		break;
	case STORE_TEXT:
		if (needs_escape(value->text))
			copy_text(rows, value->text);
		else
			buffer_add(rows, value->text);
		break;
	case STORE_DATE:
		date_write(value->date, day);
		buffer_string(rows, day);
		break;
	case STORE_BLOB:
		buffer_add(rows, TEXT("\\\\x"));
		for (size_t i = 0; i < value->text.length; i++)
			buffer_format(rows, "%02x",
				(unsigned char)value->text.at[i]);
		break;
	}
}

static bool bulk_flush(struct store_bulk *outer, struct fault *fault)
{
	struct bulk *bulk = outer->private;
	PGconn *database = outer->store->handle;
	if (bulk->rows.length == 0)
		return true;
	PGresult *result = PQexec(database, bulk->copy.bytes);
	bool is_open = PQresultStatus(result) == PGRES_COPY_IN;
	if (!is_open)
		result_fault(fault, result, "add rows");
	PQclear(result);
	if (!is_open)
		return false;
	bool is_sent = PQputCopyData(database, bulk->rows.bytes,
			       (int)bulk->rows.length)
			== 1
		&& PQputCopyEnd(database, NULL) == 1;
	if (!is_sent)
		fault_set(fault, FAULT_SYSTEM, "could not send rows");
	while ((result = PQgetResult(database)) != NULL) {
		if (!is_fine(result))
			result_fault(fault, result, "add rows");
		PQclear(result);
	}
	buffer_clear(&bulk->rows);
	return !fault_is_set(fault)
		&& (bulk->merge.length == 0
			|| run_script(outer->store, bulk->merge.bytes, fault));
}

static bool bulk_row(struct store_bulk *outer, const struct store_value *values,
	size_t count, struct fault *fault)
{
	struct bulk *bulk = outer->private;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_char(&bulk->rows, '\t');
		copy_value(&bulk->rows, &values[i]);
	}
	buffer_char(&bulk->rows, '\n');
	return bulk->rows.length < COPY_BYTES || bulk_flush(outer, fault);
}

static void bulk_close(struct store_bulk *outer)
{
	struct bulk *bulk = outer->private;
	buffer_finish(&bulk->rows);
	buffer_finish(&bulk->copy);
	buffer_finish(&bulk->merge);
	memory_free(bulk);
	memory_free(outer);
}

const struct engine postgres_engine = {
	.kind = STORE_POSTGRES,
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
	.bytes = get_text,
	.integer = get_integer,
	.blob = get_blob,
	.check = check,
	.script = run_script,
	.has_transaction = has_transaction,
	.bulk_open = bulk_open,
	.bulk_row = bulk_row,
	.bulk_flush = bulk_flush,
	.bulk_close = bulk_close,
};
