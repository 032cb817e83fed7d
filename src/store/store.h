/* SPDX-License-Identifier: MIT
 *
 * One database, whichever engine holds it.
 *
 * A store is a SQLite file or a PostgreSQL database. Both take the same SQL
 * text, kept in .sql files beside the code that uses it and carried in the
 * binary as a catalogue of named statements; parameters are $1, $2 ... in
 * both. Nothing above this room knows which engine answers, and no statement
 * is ever put together from pieces.
 *
 * Dates are read and written as struct date, text as UTF-8. One transaction
 * writes for one authority. Reads outside a transaction see what is committed.
 *
 * A store belongs to one thread at a time.
 */
#ifndef KITH_STORE_STORE_H
#define KITH_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/embedded.h"
#include "base/fault.h"
#include "base/text.h"

struct store;

enum store_engine { STORE_SQLITE, STORE_POSTGRES };

struct store_options {
	const char *url;   /* a file path, or postgresql://... */
	bool must_create;  /* make the file if it is not there */
	bool is_read_only; /* refuse every write */
};

bool store_open(const struct store_options *options, struct store **out_store,
	struct fault *fault) __attribute__((warn_unused_result));
void store_close(struct store *store); /* NULL is fine */

/* Whether it was opened to be written and cannot be: the medium, the file's
 * permissions, or a standby server. What only reads works all the same. */
bool store_is_kept_from_writing(const struct store *store);
enum store_engine store_engine(const struct store *store);

/* ---- Values ---- */

enum store_kind {
	STORE_NULL,
	STORE_INTEGER,
	STORE_TEXT,
	STORE_DATE,
	STORE_BLOB
};

struct store_value {
	enum store_kind kind;
	union {
		int64_t integer;
		struct text text; /* also of a blob */
		struct date date;
	};
};

static inline struct store_value store_null(void)
{
	return (struct store_value){.kind = STORE_NULL};
}

static inline struct store_value store_integer(int64_t integer)
{
	return (struct store_value){.kind = STORE_INTEGER, .integer = integer};
}

/* Empty text is stored as empty text; see store_maybe. */
static inline struct store_value store_text(struct text text)
{
	return (struct store_value){.kind = STORE_TEXT, .text = text};
}

/* Empty text is stored as NULL. */
static inline struct store_value store_maybe(struct text text)
{
	return text.length == 0 ? store_null() : store_text(text);
}

static inline struct store_value store_string(const char *string)
{
	return store_text(text_of(string));
}

/* No date is stored as NULL. */
static inline struct store_value store_date(struct date date)
{
	return date.day == 0
		? store_null()
		: (struct store_value){.kind = STORE_DATE, .date = date};
}

static inline struct store_value store_blob(struct text bytes)
{
	return (struct store_value){.kind = STORE_BLOB, .text = bytes};
}

#define STORE_VALUES(...) \
	((const struct store_value[]){__VA_ARGS__}), \
		(sizeof((const struct store_value[]){__VA_ARGS__}) \
			/ sizeof(struct store_value))

/* ---- Statements ---- */

/* The text of a named statement; ends the program if there is none, which a
 * test over all catalogues rules out. */
const char *store_find(const struct embedded *catalogue, const char *name);

/* Runs a statement that gives no rows. *out_changed may be NULL. */
bool store_run(struct store *store, const char *sql,
	const struct store_value *values, size_t count, struct fault *fault)
	__attribute__((warn_unused_result));

/* Runs a statement that gives rows. End the rows before the next query with
 * the same text; rows of different statements may be open together (SQLite) or
 * are read ahead in whole (PostgreSQL). */
struct store_rows;
bool store_query(struct store *store, const char *sql,
	const struct store_value *values, size_t count,
	struct store_rows **out_rows, struct fault *fault)
	__attribute__((warn_unused_result));

/* Steps to the next row; false at the end or on a fault. */
bool store_next(struct store_rows *rows, struct fault *fault);
void store_end(struct store_rows *rows); /* NULL is fine */

/* Columns of the present row, from 0; valid until the next step. */
int store_width(const struct store_rows *rows);
const char *store_column(const struct store_rows *rows, int column);
bool store_is_null(const struct store_rows *rows, int column);
int64_t store_get_integer(const struct store_rows *rows, int column);
struct text store_get_text(const struct store_rows *rows, int column);
struct date store_get_date(const struct store_rows *rows, int column);
struct text store_get_blob(struct store_rows *rows, int column);

/* One row, one number. False with no fault set: no row. */
bool store_number(struct store *store, const char *sql,
	const struct store_value *values, size_t count, int64_t *out_number,
	struct fault *fault) __attribute__((warn_unused_result));

/* Several queries sent together, so that a page costs one round trip on
 * PostgreSQL (libpq's pipeline). The rows come in the order asked. */
struct store_ask {
	const char *sql;
	const struct store_value *values;
	size_t count;
	struct store_rows *rows; /* answer */
};
bool store_query_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault) __attribute__((warn_unused_result));

/* Checks that the engine takes the statement, without running it. */
bool store_check(struct store *store, const char *sql, struct fault *fault)
	__attribute__((warn_unused_result));

/* ---- Transactions ---- */

bool store_begin(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));
bool store_commit(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));
void store_rollback(struct store *store);
bool store_savepoint(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));
bool store_release(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));
void store_undo(struct store *store); /* back to the savepoint */

/* Engines may end a transaction by themselves (disk full, connection lost). */
bool store_has_transaction(const struct store *store);

/* ---- Many rows into one table ---- */

/* Columns as "la, child, starts". Rows may be held back until a flush; several
 * bulks may be open at once, inside a transaction. */
struct store_bulk;
bool store_bulk_open(struct store *store, const char *table,
	const char *columns, struct store_bulk **out_bulk, struct fault *fault)
	__attribute__((warn_unused_result));

/* The same, but a row whose key is there already replaces the one held, unless
 * its `version` column (NULL: none) is lower than the one held. */
struct store_target {
	const char *table;
	const char *columns;
	const char *key;     /* "la, child, starts" */
	const char *version; /* "year" */
};
bool store_bulk_open_replacing(struct store *store,
	const struct store_target *target, struct store_bulk **out_bulk,
	struct fault *fault) __attribute__((warn_unused_result));

bool store_bulk_row(struct store_bulk *bulk, const struct store_value *values,
	size_t count, struct fault *fault) __attribute__((warn_unused_result));
bool store_bulk_flush(struct store_bulk *bulk, struct fault *fault)
	__attribute__((warn_unused_result));
void store_bulk_close(struct store_bulk *bulk); /* NULL is fine */

/* Lets the engine look at what the tables hold, so that it picks the right
 * index. After much has been added, and before statements that look things up
 * in it; without this SQLite may read a whole table for each row. */
bool store_analyse(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));

/* A second connection for another thread to read by, which sees exactly what
 * this one sees: both stay at one state of the database, whoever writes
 * meanwhile, until they part. This one reads as ever until then, and may not
 * write. NULL where there is none to be had: in a transaction, on PostgreSQL,
 * or when others commit without a pause. Ask for it before reading. */
struct store *store_twin(struct store *store);
void store_part(struct store *store, struct store *twin); /* NULL is fine */

/* Data definition and other statements made by the migration tool only. */
bool store_script(struct store *store, const char *sql, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
