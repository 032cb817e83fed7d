/* SPDX-License-Identifier: MIT
 *
 * Marks on their way from a feed into years; for the marks_feed files alone.
 *
 * What an import brings is gathered in packed years, one for a child at a
 * school in an absence year, up to a fixed number; then they are laid over the
 * years held, tallied by term and written, and gathering starts anew. So
 * memory does not grow with the import, whatever the order of its rows.
 */
#ifndef KITH_FEEDS_MARKS_FEED_INSIDE_H
#define KITH_FEEDS_MARKS_FEED_INSIDE_H

#include "codes/codes.h"
#include "feeds/feed.h"
#include "marks/tally.h"

enum {
	MARKS_FEED_NO_MARK = '-',
	MARKS_FEED_GATHERED = 1 << 16, /* years; 48 MB */
	MARKS_FEED_FIRST_YEAR = 2000,
	MARKS_FEED_YEARS = 64,
};

struct marks_feed_year {
	int64_t child;
	int32_t school;
	int32_t year;
	struct feed_place place; /* of its first row */
	uint8_t marks[MARKS_YEAR];
};

/* What is the same for every pupil of an absence year. */
struct marks_feed_calendar {
	const struct marks_year *meaning; /* NULL: not made yet */
	struct tally_span terms[TERM_COUNT];
	struct date term_ends[TERM_COUNT];
	struct date first;
	int first_weekend; /* place of the first Saturday morning */
};

struct marks_feed {
	struct feed *feed;
	struct feed_batch *batch;
	const struct marks_table *table;
	struct arena *arena;
	struct arena *row;
	struct map *pupils;  /* long form: numbers and birth: child */
	struct map *schools; /* name: number */
	struct text *school_names;
	size_t school_capacity;
	struct map *gathered; /* child, school, year: place in `years` */
	struct map *held;     /* the same, of years in the store */
	struct marks_feed_year *years;
	size_t year_count, year_capacity;
	struct marks_feed_calendar calendars[MARKS_FEED_YEARS];
	struct store_bulk *to_years, *to_terms, *to_reasons;
};

bool marks_feed_open(struct marks_feed *marks, struct fault *fault)
	__attribute__((warn_unused_result));
void marks_feed_close(struct marks_feed *marks);

int32_t marks_feed_school(struct marks_feed *marks, struct text name);

/* NULL: the year is not one we keep. */
const struct marks_feed_calendar *marks_feed_calendar(struct marks_feed *marks,
	int year);

/* A run of sessions from a place of the year on. */
struct marks_feed_run {
	int64_t child;
	int32_t school;
	int year;
	size_t from;
	const uint8_t *marks;
	size_t count;
	struct feed_place place;
};

/* Adds a run. Of two marks of this import for one session the one that says
 * more for the child counts: present, activity, authorised, unauthorised. */
bool marks_feed_add(struct marks_feed *marks, const struct marks_feed_run *run,
	struct fault *fault) __attribute__((warn_unused_result));

/* Writes the years gathered. */
bool marks_feed_flush(struct marks_feed *marks, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
