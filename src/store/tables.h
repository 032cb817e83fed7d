/* SPDX-License-Identifier: MIT
 *
 * The schema as data: tables, columns, keys, read from the rendered schema.
 *
 * For what must go through every table alike (copying, comparing, linting).
 * Tables come in the order they are made, so a table follows those it refers
 * to. What is understood is what the schema files may hold: CREATE TABLE with
 * one column a line, and ALTER TABLE t ADD COLUMN in one line; a test holds
 * the result against both engines' own catalogues.
 */
#ifndef KITH_STORE_TABLES_H
#define KITH_STORE_TABLES_H

#include "base/arena.h"
#include "store/store.h"

enum { TABLES_COLUMNS = 64, TABLES_KEY = 12 };

struct tables_column {
	const char *name;
	enum store_kind kind;
};

struct tables_table {
	const char *name;
	struct tables_column columns[TABLES_COLUMNS];
	size_t column_count;
	size_t key[TABLES_KEY]; /* places of the primary key's columns */
	size_t key_count;
	bool has_la;   /* a council's, with `la` first; else reference data */
	bool has_blob; /* rows may be large */
};

/* Of this program's schema. Ends the program if the schema files hold a table
 * beyond these limits, which a test rules out. */
void tables_read(struct arena *arena, const struct tables_table **out_tables,
	size_t *out_count);

#endif
