/* SPDX-License-Identifier: MIT
 *
 * What an engine must be able to do: the table of functions behind store.h.
 * Included by store.c, sqlite.c and postgres.c alone.
 */
#ifndef KITH_STORE_ENGINE_INSIDE_H
#define KITH_STORE_ENGINE_INSIDE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "store/store.h"

struct engine {
	enum store_engine kind;
	bool (*open)(const struct store_options *, struct store *,
		struct fault *);
	void (*close)(struct store *);
	bool (*query)(struct store *, const char *sql, const struct store_value *,
		size_t, struct store_rows **, struct fault *);
	bool (*query_all)(struct store *, struct store_ask *, size_t,
		struct fault *);
	bool (*next)(struct store_rows *, struct fault *);
	void (*end)(struct store_rows *);
	int (*width)(const struct store_rows *);
	const char *(*column)(const struct store_rows *, int);
	bool (*is_null)(const struct store_rows *, int);
	struct text (*text)(const struct store_rows *, int);
	/* Without a zero byte behind it, if that is cheaper. */
	struct text (*bytes)(const struct store_rows *, int);
	int64_t (*integer)(const struct store_rows *, int);
	struct text (*blob)(struct store_rows *, int);
	bool (*check)(struct store *, const char *sql, struct fault *);
	bool (*script)(struct store *, const char *sql, struct fault *);
	bool (*has_transaction)(const struct store *);
	/* NULL: this engine has no twins. */
	struct store *(*twin)(struct store *);
	void (*part)(struct store *, struct store *twin);
	/* A target without a key only adds. */
	bool (*bulk_open)(struct store *, const struct store_target *,
		struct store_bulk **, struct fault *);
	bool (*bulk_row)(struct store_bulk *, const struct store_value *,
		size_t, struct fault *);
	bool (*bulk_flush)(struct store_bulk *, struct fault *);
	void (*bulk_close)(struct store_bulk *);
};

struct store {
	const struct engine *engine;
	struct arena *arena;
	void *handle;  /* the engine's connection */
	void *private; /* the engine's own */
	bool is_read_only;
	bool is_kept_from_writing; /* and so is_read_only without being asked */
};

struct store_rows {
	struct store *store;
	void *handle; /* sqlite3_stmt, or PGresult */
	void *private; /* the engine's own; PostgreSQL: arena of the row's blobs */
	int64_t row; /* present row, from 0; -1 before the first */
};

struct store_bulk {
	struct store *store;
	void *private;
};

/* "SET a = excluded.a, b = excluded.b WHERE ..." for a target with a key. */
void engine_replacing(const struct store_target *target, struct buffer *out);

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine;

#endif
