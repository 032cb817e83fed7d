/* SPDX-License-Identifier: MIT
 *
 * The engine that keeps nothing.
 */
#include "null_store.h"

#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "store/engine-inside.h"

struct null_state {
	struct null_tally *tally;
	double mark; /* the last event before a file is digested or kept */
};

static struct null_state *state_of(const struct store *store)
{
	return store->private;
}

static bool query(struct store *store, const char *sql,
	const struct store_value *values, size_t count,
	struct store_rows **out_rows, struct fault *fault)
{
	(void)values, (void)count, (void)fault;
	size_t one = 0;
	struct null_state *state = state_of(store);
	bool is_digested = strncmp(sql, "SELECT COUNT(*) FROM batch_file", 31)
		== 0;
	if (is_digested || strncmp(sql, "INSERT INTO batch_file", 22) == 0) {
		double now = bench_processor();
		if (is_digested)
			state->tally->digested += now - state->mark;
		state->mark = now;
	}
	struct store_rows *rows = memory_grow(NULL, &one, 1, sizeof *rows);
	bool is_count = strncmp(sql, "SELECT COUNT(", 13) == 0;
	*rows = (struct store_rows){.store = store, .row = is_count ? 0 : 1};
	*out_rows = rows;
	return true;
}

static bool query_all(struct store *store, struct store_ask *asks, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++)
		if (!query(store, asks[i].sql, NULL, 0, &asks[i].rows, fault))
			return false;
	return true;
}

/* A count has one row. */
static bool next(struct store_rows *rows, struct fault *fault)
{
	(void)fault;
	return rows->row++ == 0;
}

static void end(struct store_rows *rows)
{
	memory_free(rows);
}

static int width(const struct store_rows *rows)
{
	(void)rows;
	return 1;
}

static const char *column(const struct store_rows *rows, int place)
{
	(void)rows, (void)place;
	return "";
}

static bool is_null(const struct store_rows *rows, int place)
{
	(void)rows, (void)place;
	return false;
}

static struct text text(const struct store_rows *rows, int place)
{
	(void)rows, (void)place;
	return (struct text){.at = NULL, .length = 0};
}

static int64_t integer(const struct store_rows *rows, int place)
{
	(void)rows, (void)place;
	return 0;
}

static struct text blob(struct store_rows *rows, int place)
{
	return text(rows, place);
}

static bool check(struct store *store, const char *sql, struct fault *fault)
{
	(void)store, (void)sql, (void)fault;
	return true;
}

static bool script(struct store *store, const char *sql, struct fault *fault)
{
	(void)fault;
	if (strncmp(sql, "BEGIN", 5) == 0)
		state_of(store)->mark = bench_processor();
	return true;
}

static bool has_transaction(const struct store *store)
{
	(void)store;
	return true;
}

static bool bulk_open(struct store *store, const struct store_target *target,
	struct store_bulk **out_bulk, struct fault *fault)
{
	(void)fault;
	size_t one = 0;
	struct store_bulk *bulk = memory_grow(NULL, &one, 1, sizeof *bulk);
	bool is_bytes = strcmp(target->table, "batch_chunk") == 0;
	*bulk = (struct store_bulk){store, is_bytes ? store->private : NULL};
	*out_bulk = bulk;
	return true;
}

static bool bulk_row(struct store_bulk *bulk, const struct store_value *values,
	size_t count, struct fault *fault)
{
	(void)values, (void)count, (void)fault;
	struct null_state *state = state_of(bulk->store);
	if (bulk->private == NULL) {
		state->tally->rows++;
		return true;
	}
	double now = bench_processor();
	state->tally->keeping += now - state->mark;
	state->mark = now;
	return true;
}

static bool bulk_flush(struct store_bulk *bulk, struct fault *fault)
{
	(void)bulk, (void)fault;
	return true;
}

static void bulk_close(struct store_bulk *bulk)
{
	memory_free(bulk);
}

/* The rest of what an engine does is not called here. */
static const struct engine null_engine = {
	.kind = STORE_SQLITE,
	.query = query,
	.query_all = query_all,
	.next = next,
	.end = end,
	.width = width,
	.column = column,
	.is_null = is_null,
	.text = text,
	.bytes = text,
	.integer = integer,
	.blob = blob,
	.check = check,
	.script = script,
	.has_transaction = has_transaction,
	.bulk_open = bulk_open,
	.bulk_row = bulk_row,
	.bulk_flush = bulk_flush,
	.bulk_close = bulk_close,
};

struct store *null_store_open(struct null_tally *tally)
{
	struct arena *arena = arena_open();
	struct store *store = arena_new(arena, sizeof *store);
	struct null_state *state = arena_new(arena, sizeof *state);
	*tally = (struct null_tally){0};
	*state = (struct null_state){.tally = tally};
	*store = (struct store){.engine = &null_engine,
		.arena = arena,
		.private = state};
	return store;
}

void null_store_close(struct store *store)
{
	arena_close(store->arena);
}
