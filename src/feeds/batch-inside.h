/* SPDX-License-Identifier: MIT
 *
 * A batch while it is being filled; for batch.c and import.c alone.
 */
#ifndef KITH_FEEDS_BATCH_INSIDE_H
#define KITH_FEEDS_BATCH_INSIDE_H

#include "feeds/feed.h"

enum { BATCH_FILES = 4096 };

struct feed_batch {
	struct feed *feed;
	int64_t id;
	const char *label;
	struct period covers;
	int64_t rows[BATCH_FILES]; /* by file */
	int file_count;
	int64_t rows_in, refused, repaired, warned, children, linked;
	int64_t flaw_count;
	struct store_bulk *flaws;
	struct store_bulk *chunks;
	struct feed_batch *next;
};

void batch_release(void *batch);

#endif
