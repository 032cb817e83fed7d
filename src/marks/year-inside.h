/* SPDX-License-Identifier: MIT
 *
 * The classes of a year as tables by byte, one for each stretch of the year in
 * which no code changes its class: seldom more than two. Private to marks.c
 * and tally.c.
 */
#ifndef KITH_MARKS_YEAR_INSIDE_H
#define KITH_MARKS_YEAR_INSIDE_H

#include <stdint.h>

/* What a byte counts as: its class, and the flag if late. YEAR_SKIP counts as
 * nothing. */
enum { YEAR_LATE = 8, YEAR_SKIP = 15, YEAR_ROWS = 16 };

struct year_stretch {
	uint8_t meaning[256];
	/* Sixteens of the table that are not all unmapped, for look-ups of 16
	 * bytes at a time. */
	uint8_t rows[YEAR_ROWS];
	uint32_t row_count;
	/* The meaning as a one in the right byte, to add up eight counts. */
	uint64_t unit[256];
	uint32_t from; /* places */
	uint32_t to;   /* exclusive */
};

struct marks_year {
	struct year_stretch *stretches;
	uint32_t count;
};

#endif
