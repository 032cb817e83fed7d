/* SPDX-License-Identifier: MIT
 *
 * What the files of the SQLite engine share: the connection, and how its
 * mistakes become faults. For sqlite*.c alone.
 */
#ifndef KITH_STORE_SQLITE_INSIDE_H
#define KITH_STORE_SQLITE_INSIDE_H

#include <sqlite3.h>

#include "store/engine-inside.h"

enum {
	SQLITE_CACHED = 512,
	SQLITE_VALUES = 64,  /* of a row in bulk */
	SQLITE_HELD = 32768, /* values */
};

struct sqlite_cached {
	const char *sql;
	sqlite3_stmt *statement;
	bool is_busy;
};

/* A value held: 16 bytes. */
struct sqlite_held {
	uint32_t kind; /* enum store_kind */
	uint32_t length;
	union {
		int64_t integer;
		size_t at; /* of a text, among the bytes */
		struct date date;
	};
};

/* Rows held, value by value. */
struct sqlite_rows {
	struct sqlite_held *values;
	size_t count; /* of values */
	size_t width; /* of a row */
	struct buffer bytes;
};

struct sqlite_bulk;
struct sqlite_known;

struct sqlite_connection {
	struct sqlite_cached cached[SQLITE_CACHED];
	size_t count;
	struct sqlite_bulk *bulks;         /* open ones, newest first */
	const struct sqlite_rows *feeding; /* taken by the statement that runs */
	struct sqlite_known *known; /* parents found; NULL: none looked for yet */
	uint32_t known_since;       /* what was found before is forgotten */
};

/* See store_twin and store_part. */
struct store *sqlite_twin(struct store *store);
void sqlite_part(struct store *store, struct store *twin);

bool sqlite_fault(struct fault *fault, sqlite3 *database, const char *what);
bool sqlite_script(struct store *store, const char *sql, struct fault *fault);
bool sqlite_prepare(struct store *store, const char *sql,
	sqlite3_stmt **out_statement, struct fault *fault);

/* ---- sqlite_rows.c ---- */

/* The table that an insert takes its rows from; once a connection. */
bool sqlite_rows_register(sqlite3 *database,
	struct sqlite_connection *connection);

/* ---- sqlite_bulk.c ---- */

/* Rows may have gone: nothing that was found is known any more. */
void sqlite_bulk_forget(struct sqlite_connection *connection);

bool sqlite_bulk_open(struct store *store, const struct store_target *target,
	struct store_bulk **out_bulk, struct fault *fault);
bool sqlite_bulk_row(struct store_bulk *bulk, const struct store_value *values,
	size_t count, struct fault *fault);
bool sqlite_bulk_flush(struct store_bulk *bulk, struct fault *fault);
void sqlite_bulk_close(struct store_bulk *bulk);

#endif
