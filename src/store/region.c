/* SPDX-License-Identifier: MIT
 *
 * Opening every authority behind an address, and running a part on each.
 */
#include "store/region.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "store/migrate.h"

extern const struct embedded store_sql[];

static void close_part(void *store)
{
	store_close(store);
}

/* Adds the authorities of one store to the region. */
static bool add_store(const struct region_options *options, const char *url,
	struct arena *arena, struct region *region, struct fault *fault)
{
	struct store *store;
	if (!store_open(&(struct store_options){.url = url,
				.is_read_only = options->is_read_only},
		    &store, fault))
		return false;
	arena_on_close(arena, close_part, store);
	struct store_rows *rows;
	if (!migrate_check(store, fault)
		|| !store_query(store, store_find(store_sql, "authorities"),
			NULL, 0, &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		int la = (int)store_get_integer(rows, 0);
		if (options->la != 0 && options->la != la)
			continue;
		if (region->count == LIMIT_AUTHORITIES) {
			fault_set(fault, FAULT_LIMIT,
				"more than %d authorities", LIMIT_AUTHORITIES);
			break;
		}
		region->parts[region->count++] = (struct region_part){la,
			arena_string(arena, store_get_text(rows, 1)),
			arena_string(arena, text_of(url)), store};
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool add_folder(const struct region_options *options,
	struct arena *arena, struct region *region, struct fault *fault)
{
	const struct text *names;
	size_t count;
	if (!file_list(options->url, arena, &names, &count, fault))
		return false;
	for (size_t i = 0; i < count; i++)
		if (text_ends(names[i], TEXT(".db"))
			&& !add_store(options,
				arena_format(arena, "%s/%s", options->url,
					names[i].at),
				arena, region, fault))
			return false;
	return true;
}

static int order_parts(const void *a, const void *b)
{
	return ((const struct region_part *)a)->la
		- ((const struct region_part *)b)->la;
}

bool region_open(const struct region_options *options, struct arena *arena,
	struct region *out_region, struct fault *fault)
{
	struct region region = {.parts = arena_array(arena, LIMIT_AUTHORITIES,
					sizeof(struct region_part))};
	bool is_done = file_is_folder(options->url)
		? add_folder(options, arena, &region, fault)
		: add_store(options, options->url, arena, &region, fault);
	if (!is_done)
		return false;
	if (region.count == 0) {
		fault_set(fault, FAULT_MISSING, "no authority %s\"%s\"",
			options->la == 0 ? "in " : "of that number in ",
			options->url);
		return fault_hint(fault, "enter one with: kith init --la 206");
	}
	qsort(region.parts, region.count, sizeof *region.parts, order_parts);
	*out_region = region;
	return true;
}

bool region_one(const struct region *region, int la,
	struct region_part *out_part, struct fault *fault)
{
	if (la == 0 && region->count > 1) {
		fault_set(fault, FAULT_USAGE,
			"the database holds %zu authorities", region->count);
		return fault_hint(fault, "say which with --la");
	}
	for (size_t i = 0; i < region->count; i++) {
		if (la != 0 && region->parts[i].la != la)
			continue;
		*out_part = region->parts[i];
		return true;
	}
	return fault_set(fault, FAULT_MISSING, "no authority %d here", la);
}

bool region_init(const char *url, int la, const char *name, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct store *store;
	const char *file = file_is_folder(url)
		? arena_format(arena, "%s/%d.db", url, la)
		: url;
	bool is_open = store_open(&(struct store_options){.url = file,
					  .must_create = true},
		&store, fault);
	arena_close(arena);
	if (!is_open)
		return false;
	bool is_done = migrate_up(store, fault)
		&& store_run(store, store_find(store_sql, "add_authority"),
			STORE_VALUES(store_integer(la), store_string(name)),
			fault);
	store_close(store);
	return is_done;
}

/* ---- Running a part on each ---- */

struct run {
	const struct region *region;
	const struct region_task *task;
	struct fault *faults; /* one a part */
	atomic_size_t next;
};

/* One worker takes parts until none are left. Parts that share a store (all
 * of them, on PostgreSQL) must not run at the same time. */
static void *work(void *data)
{
	struct run *run = data;
	size_t i;
	while ((i = atomic_fetch_add(&run->next, 1)) < run->region->count)
		(void)!run->task->work(&run->region->parts[i], i,
			run->task->data, &run->faults[i]);
	return NULL;
}

static size_t thread_count(const struct region *region, size_t wanted)
{
	enum { MOST = 16 };
	for (size_t i = 1; i < region->count; i++)
		for (size_t j = 0; j < i; j++)
			if (region->parts[i].store == region->parts[j].store)
				return 1;
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t count = wanted != 0 ? wanted : (size_t)processors;
	if (count > region->count)
		count = region->count;
	return count > MOST ? MOST : count;
}

bool region_run(const struct region *region, const struct region_task *task,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	struct run run = {region, task,
		arena_array(arena, region->count, sizeof(struct fault)), 0};
	pthread_t threads[16];
	size_t started = 0, wanted = thread_count(region, task->threads);
	while (started + 1 < wanted
		&& pthread_create(&threads[started], NULL, work, &run) == 0)
		started++;
	work(&run);
	while (started > 0)
		pthread_join(threads[--started], NULL);
	for (size_t i = 0; i < region->count && !fault_is_set(fault); i++)
		*fault = run.faults[i];
	arena_close(arena);
	return !fault_is_set(fault);
}
