/* SPDX-License-Identifier: MIT
 *
 * A CSV file of a feed: known by its heading, then read row by row.
 *
 * What every such file needs alike stands here: the encoding is found, the
 * field separator guessed, columns are found by name in any order and case,
 * rows are counted, and a row that cannot be trusted is kept aside with its
 * reason and never reaches the feed. What the columns mean is the feed's.
 *
 * Fields may be empty texts; fields beyond the heading's width are accepted
 * only if they are empty, as spreadsheets leave them.
 */
#ifndef KITH_FEEDS_LISTING_H
#define KITH_FEEDS_LISTING_H

#include "feeds/feed.h"

struct listing {
	struct feed_file *file;
	struct text text; /* as UTF-8, the heading too */
	const char *encoding;
	char mark;
	struct csv_row heading; /* trimmed names, in the import's arena */
};

/* Decodes the file and reads its heading; no columns if the file is empty. */
bool listing_look(struct feed *feed, struct feed_file *file,
	struct listing *out_listing, struct fault *fault)
	__attribute__((warn_unused_result));

/* As feed_columns. */
void listing_find(const struct listing *listing, const char *const *names,
	size_t count, int *out_places);

struct listing_reader {
	void *self;
	bool (*row)(void *self, const struct csv_row *row, struct fault *fault);
	struct feed_batch *batch;
	int file;      /* of the batch */
	bool is_whole; /* a row shorter than the heading is kept aside too */
};

/* Every row that can be trusted, in order; with a batch each is counted and
 * the others are kept aside there. */
bool listing_read(const struct listing *listing,
	const struct listing_reader *reader, struct fault *fault)
	__attribute__((warn_unused_result));

/* Does a zero byte, which no database keeps in a text, stand in the row? */
bool listing_has_zero(const struct csv_row *row);

/* As much of the text as a message shows, cut between characters and before a
 * zero byte. */
struct text listing_excerpt(struct text text);

#endif
