/* SPDX-License-Identifier: MIT
 *
 * The readers of the feeds, for the table in kinds.c alone. Each takes the
 * import's files, writes its batches and derives what follows from them.
 */
#ifndef KITH_FEEDS_KINDS_INSIDE_H
#define KITH_FEEDS_KINDS_INSIDE_H

#include "feeds/feed.h"
#include "feeds/import.h"

struct kind {
	struct import_kind about;
	bool (*read)(struct feed *feed, struct fault *fault);
	bool looks_again; /* reads even if every file is loaded: it may have
			   * been replaced since */
};

extern const struct kind kinds[]; /* ends with an entry without a name */

bool census_read(struct feed *feed, struct fault *fault);
bool marks_feed_read(struct feed *feed, struct fault *fault);
bool ssda903_read(struct feed *feed, struct fault *fault);
bool cin_read(struct feed *feed, struct fault *fault);
bool ees_read(struct feed *feed, struct fault *fault);
bool postcodes_read(struct feed *feed, struct fault *fault);
bool aggregates_read(struct feed *feed, struct fault *fault);
bool annex_a_read(struct feed *feed, struct fault *fault);

#endif
