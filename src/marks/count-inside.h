/* SPDX-License-Identifier: MIT
 *
 * Counting a run of marks by what they mean, one way for each kind of
 * processor. All give the same counts; count_best picks the widest this one
 * can do. Private to count.c and tally.c.
 */
#ifndef KITH_MARKS_COUNT_INSIDE_H
#define KITH_MARKS_COUNT_INSIDE_H

#include <stddef.h>
#include <stdint.h>

struct year_stretch;

/* Eight counts of 16 bits, the first in the lowest: by class, and the late
 * ones last. A year has 732 marks, so none can run over. */
struct count {
	uint64_t low;  /* classes 0 to 3 */
	uint64_t high; /* 4 to 6, and late */
};

/* Adds to the count. */
typedef void count_run(const struct year_stretch *stretch, const uint8_t *bytes,
	size_t length, struct count *count);

/* The ways this processor can go, narrowest first; returns how many. */
enum { COUNT_WAYS = 3 };
size_t count_ways(count_run *out_ways[COUNT_WAYS]);

count_run *count_best(void);

#endif
