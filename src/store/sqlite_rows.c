/* SPDX-License-Identifier: MIT
 *
 * The virtual table kith_rows: the rows that a bulk holds, as SQLite reads
 * them. It has no rows but while the bulk's own statement runs.
 */
#include <string.h>

#include "store/sqlite-inside.h"

struct source {
	sqlite3_vtab base;
	struct sqlite_connection *connection;
};

/* Dates become text here; a column keeps the last one it wrote. */
struct cursor {
	sqlite3_vtab_cursor base;
	const struct sqlite_rows *rows;
	const struct sqlite_held *row;
	const struct sqlite_held *end;
	struct date written[SQLITE_VALUES];
	char days[SQLITE_VALUES][DATE_TEXT];
};

static int connect(sqlite3 *database, void *data, int count,
	const char *const *arguments, sqlite3_vtab **out_table, char **out_error)
{
	(void)count, (void)arguments, (void)out_error;
	struct buffer sql = {.maximum = 2048};
	buffer_string(&sql, "CREATE TABLE x (c0");
	for (int i = 1; i < SQLITE_VALUES; i++)
		buffer_format(&sql, ", c%d", i);
	buffer_char(&sql, ')');
	int code = sqlite3_declare_vtab(database, sql.bytes);
	buffer_finish(&sql);
	size_t one = 0;
	struct source *source = memory_grow(NULL, &one, 1, sizeof *source);
	*source = (struct source){.connection = data};
	*out_table = &source->base;
	return code;
}

static int disconnect(sqlite3_vtab *table)
{
	memory_free(table);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = SQLITE_HELD;
	info->estimatedRows = SQLITE_HELD;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out_cursor)
{
	(void)table;
	size_t one = 0;
	struct cursor *cursor = memory_grow(NULL, &one, 1, sizeof *cursor);
	*cursor = (struct cursor){.rows = NULL};
	*out_cursor = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *cursor)
{
	memory_free(cursor);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *name,
	int count, sqlite3_value **values)
{
	(void)number, (void)name, (void)count, (void)values;
	struct cursor *cursor = (struct cursor *)(void *)base;
	const struct source *source = (const void *)base->pVtab;
	cursor->rows = source->connection->feeding;
	if (cursor->rows == NULL)
		return SQLITE_MISUSE;
	cursor->row = cursor->rows->values;
	cursor->end = cursor->row + cursor->rows->count;
	return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base)
{
	struct cursor *cursor = (struct cursor *)(void *)base;
	cursor->row += cursor->rows->width;
	return SQLITE_OK;
}

static int is_over(sqlite3_vtab_cursor *base)
{
	const struct cursor *cursor = (const void *)base;
	return cursor->row == cursor->end;
}

static int row_number(sqlite3_vtab_cursor *base, sqlite3_int64 *out_number)
{
	const struct cursor *cursor = (const void *)base;
	*out_number = cursor->row - cursor->rows->values;
	return SQLITE_OK;
}

static const char *day_text(struct cursor *cursor, int place, struct date date)
{
	if (cursor->written[place].day != date.day) {
		date_write(date, cursor->days[place]);
		cursor->written[place] = date;
	}
	return cursor->days[place];
}

/* All texts stay where they are until the row is in. */
static int give_value(sqlite3_vtab_cursor *base, sqlite3_context *context,
	int place)
{
	struct cursor *cursor = (struct cursor *)(void *)base;
	const struct sqlite_held *value = &cursor->row[place];
	const char *bytes = cursor->rows->bytes.bytes;
	switch ((enum store_kind)value->kind) {
	case STORE_NULL:
		break;
	case STORE_INTEGER:
		sqlite3_result_int64(context, value->integer);
		break;
	case STORE_TEXT:
		sqlite3_result_text(context,
			value->length == 0 ? "" : bytes + value->at,
			(int)value->length, SQLITE_STATIC);
		break;
	case STORE_DATE:
		sqlite3_result_text(context, day_text(cursor, place, value->date),
			DATE_TEXT - 1, SQLITE_STATIC);
		break;
	case STORE_BLOB:
		sqlite3_result_blob(context,
			value->length == 0 ? "" : bytes + value->at,
			(int)value->length, SQLITE_STATIC);
		break;
	}
	return SQLITE_OK;
}

bool sqlite_rows_register(sqlite3 *database, struct sqlite_connection *connection)
{
	static const sqlite3_module module = {
		.xConnect = connect,
		.xBestIndex = best_index,
		.xDisconnect = disconnect,
		.xOpen = open_cursor,
		.xClose = close_cursor,
		.xFilter = filter,
		.xNext = next_row,
		.xEof = is_over,
		.xColumn = give_value,
		.xRowid = row_number,
	};
	return sqlite3_create_module_v2(database, "kith_rows", &module,
		       connection, NULL)
		== SQLITE_OK;
}
