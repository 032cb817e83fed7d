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
#include "people/numbers.h"

enum {
	MARKS_FEED_NO_MARK = '-',
	MARKS_FEED_GATHERED = 1 << 16, /* years; 48 MB */
	MARKS_FEED_FIRST_YEAR = 2000,
	MARKS_FEED_YEARS = 64,
	MARKS_FEED_KEY = 128, /* bytes of a usual pupil's numbers and birth */
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
	struct date first, last;
	uint8_t weekend[MARKS_YEAR]; /* 255 on a Saturday or Sunday */
	/* Which bytes a term counts as reasons, and under which code. */
	bool is_reason[TERM_COUNT][256];
	struct text codes[256];
	char letters[256]; /* of bytes that stand for no code */
};

struct marks_feed {
	struct feed *feed;
	struct feed_batch *batch;
	const struct marks_table *table;
	struct arena *arena;
	struct arena *row;
	struct numbers *pupils; /* long form: numbers and birth as they stand:
				   place in `children` */
	int64_t *children;
	size_t child_count, child_capacity;
	char last_pupil[MARKS_FEED_KEY]; /* the row before in the long form: */
	size_t last_length;              /* its pupil, */
	int64_t last_child;              /* and who that was; 0: not known */
	int32_t last_school;
	int last_year;       /* an absence year with a calendar; 0: none yet */
	struct map *schools; /* name: number */
	struct text *school_names;
	size_t school_capacity;
	uint32_t *gathered; /* hashed: place in `years` plus one; 0: free */
	bool has_held;      /* the store may hold years already */
	struct marks_feed_year *years;
	size_t year_count, year_capacity;
	size_t last; /* of `years`, added to last */
	struct marks_feed_calendar *calendars[MARKS_FEED_YEARS]; /* made when
								    needed */
	struct store_bulk *to_years, *to_terms, *to_reasons;
};

bool marks_feed_open(struct marks_feed *marks, struct fault *fault)
	__attribute__((warn_unused_result));
void marks_feed_close(struct marks_feed *marks);

int32_t marks_feed_school(struct marks_feed *marks, struct text name);

/* The absence year that a day lies in, made quick for days that follow each
 * other. NULL: the year is not one we keep. */
const struct marks_feed_calendar *marks_feed_calendar_on(struct marks_feed *marks,
	struct date day, int *out_year);

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
