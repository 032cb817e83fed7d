/* SPDX-License-Identifier: MIT
 *
 * Which figures of a table may not be published, so that no small number can
 * be read, subtracted or bounded out of those that are.
 *
 * A table has one to three dimensions; each has its total at index 0 and parts
 * behind it. Where a percentage is published, the outcome is a dimension too,
 * with exactly three places: both (the denominator), counted, not counted.
 * A series is the same table at several dates of one year, each figure the
 * year to date; the figures within each period follow from it and are judged
 * with it. Later dates never change what was said of earlier ones, as those
 * have been published.
 *
 * First the cells that are small themselves are hidden (1 to the threshold; a
 * true zero is shown), then what completes a hidden outcome, then what stands
 * a small step above the last figure shown. Then, for each of these, as many
 * other cells as it takes for this promise to hold:
 *
 *   There are two tables of whole numbers that agree with everything shown, in
 *   which the cell differs by at least `interval`; in both, hidden cells that
 *   are not zero are at least 1 (a hidden figure within a period at least 0).
 *   For every other hidden cell there are two in which it differs by 1.
 *
 * Zeros are hidden in two places only: "not counted" where the counted figure
 * is hidden, and a figure within a period that would give away the year's.
 * The reasons are for the council's own eyes: publish one symbol for all.
 *
 * Parents and children (borough, wards) belong in one table. Tables that share
 * a figure without being one, as breakdowns of one measure share its total,
 * are protected each for itself: if one hides the shared figure, pass it as
 * hidden to the others and ask again, until none hides more. Rounding is not
 * dealt with here.
 *
 * Threshold and symbols: DfE, children in need and looked after data guidance
 * (1 to 5 replaced by c, secondary suppression where needed); method: Cox,
 * JASA 1980 and 1995 (cell suppression by paths in a network).
 */
#ifndef KITH_MEASURES_SUPPRESS_H
#define KITH_MEASURES_SUPPRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"

enum { SUPPRESS_AXES = 3, SUPPRESS_PERIODS = 12 };

enum suppress_reason {
	SUPPRESS_SHOWN,
	SUPPRESS_PRIMARY,    /* 1 to the threshold */
	SUPPRESS_COMPLEMENT, /* its outcome's other half is small, or the base */
	SUPPRESS_DIFFERENCE, /* a small step from the last shown in the year */
	SUPPRESS_SECONDARY,  /* would give another away */
	SUPPRESS_ELSEWHERE,  /* hidden in another table that has it too */
	SUPPRESS_REASONS,
};

enum { OUTCOME_BOTH, OUTCOME_COUNTED, OUTCOME_NOT_COUNTED, OUTCOMES };

/* Zero stands for the usual rule. */
struct suppress_rules {
	uint32_t threshold;         /* hide 1 to this; 5 */
	uint32_t interval;          /* least width left to a primary cell; 5 */
	uint32_t least_denominator; /* smaller bases hide percentages; 10 */
};

/* Cell (i, j, k) of period t is
 * values[((t * size[0] + i) * size[1] + j) * size[2] + k]. */
struct suppress_table {
	uint32_t size[SUPPRESS_AXES]; /* parts and total; 0 or 1: no such axis */
	unsigned outcome;             /* 1 to 3: this axis; 0: none */
	uint32_t periods;             /* 0 or 1: not a series */
	const uint32_t *values;
	const uint8_t *hidden; /* not 0: hidden elsewhere; NULL: nothing is */
};

/* enum suppress_reason, laid out as the values. */
struct suppress_result {
	uint8_t *figures;
	uint8_t *within; /* the same for each period's own; NULL: no series */
};

/* The fault is FAULT_BROKEN for totals that do not add up, years to date that
 * fall, or an outcome without three places. */
bool suppress_cells(struct arena *arena, const struct suppress_table *table,
	const struct suppress_rules *rules, struct suppress_result *out_result,
	struct fault *fault) __attribute__((warn_unused_result));

/* May the percentage at this cell (any place of its outcome, of period 0 if
 * `reasons` begins there) be shown? Only if both, counted and not counted are
 * and the base is large enough. */
bool suppress_shows_percentage(const struct suppress_table *table,
	const struct suppress_rules *rules, const uint8_t *reasons, size_t cell);

const char *suppress_reason_name(enum suppress_reason reason);

#endif
