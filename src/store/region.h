/* SPDX-License-Identifier: MIT
 *
 * The authorities behind an address, one part each.
 *
 * An address is a SQLite file, a folder of SQLite files (a region on one
 * machine, a file an authority) or a PostgreSQL database. A report runs as a
 * part on each authority and is gathered in the order of their numbers, so
 * that it comes out the same whichever holds them.
 */
#ifndef KITH_STORE_REGION_H
#define KITH_STORE_REGION_H

#include "base/arena.h"
#include "store/store.h"

struct region_part {
	int la;
	const char *name;    /* of the authority */
	const char *url;     /* of its store: for a second connection */
	struct store *store; /* may be shared between parts */
};

struct region {
	struct region_part *parts; /* in the order of la */
	size_t count;
};

struct region_options {
	const char *url;
	int la; /* only this authority; 0: all */
	bool is_read_only;
};

/* The stores close with the arena. A fault if there is no authority. */
bool region_open(const struct region_options *options, struct arena *arena,
	struct region *out_region, struct fault *fault)
	__attribute__((warn_unused_result));

/* The one authority to write for. A fault if there are several and `la` does
 * not say which, or if it is not there. */
bool region_one(const struct region *region, int la, struct region_part *out_part,
	struct fault *fault) __attribute__((warn_unused_result));

/* Makes the schema and enters the authority; a folder gets a file LA.db. */
bool region_init(const char *url, int la, const char *name, struct fault *fault)
	__attribute__((warn_unused_result));

/* Runs `work` on every part, parts of different stores at the same time on up
 * to `threads` threads. False with the first part's fault if any failed. */
struct region_task {
	bool (*work)(const struct region_part *part, size_t index, void *data,
		struct fault *fault);
	void *data;
	size_t threads; /* 0: as many as the machine has */
};
bool region_run(const struct region *region, const struct region_task *task,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
