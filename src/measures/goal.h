/* SPDX-License-Identifier: MIT
 *
 * A figure against its target, and against the same period last year.
 *
 * Green meets the target; amber misses it by no more than a tenth of it; red
 * by more; grey there is no target or no value; neutral the measure takes no
 * sides. Below a comparator means below it, and improving on last year means
 * being better than it: the same is not enough. A target may have a profile, a
 * value for each quarter's end. Better and worse follow the
 * measure's polarity; less than half a point (or, for counts, fewer than 5
 * children) is the same. Source of the default: kith's own, as no national
 * rule gives one; a measure can be red and better at once.
 */
#ifndef KITH_MEASURES_GOAL_H
#define KITH_MEASURES_GOAL_H

#include "measures/evaluate.h"

enum goal_status { GOAL_GREEN, GOAL_AMBER, GOAL_RED, GOAL_GREY, GOAL_NEUTRAL };
enum goal_direction { GOAL_BETTER, GOAL_WORSE, GOAL_SAME, GOAL_UNKNOWN };

struct goal_comparison {
	const struct measure_target *target; /* NULL: none in force */
	bool has_comparator;
	int64_t comparator; /* tenths */
	bool has_before;    /* the same period last year has a value */
	int64_t before;     /* tenths */
	int quarter; /* of the financial year, 1 to 4, for a profile; 0: none */
};

/* What the value is held against, in tenths; both the same but for a band. */
struct goal_limits {
	int64_t low, high;
};

/* False: there is no target, or what it points to is not known. */
bool goal_limits(const struct goal_comparison *comparison,
	struct goal_limits *out_limits);

/* Sets what the comparison takes from the measure's own figures: `points` by
 * quarter, oldest first, up to that of the comparison, `p`, on the day `at`. */
void goal_set_period(struct goal_comparison *comparison,
	const struct evaluate_figure *points, size_t p, struct date at);

enum goal_status goal_status(const struct measure *measure,
	const struct evaluate_figure *figure,
	const struct goal_comparison *comparison);

enum goal_direction goal_direction(const struct measure *measure,
	const struct evaluate_figure *now, const struct evaluate_figure *before);

/* How far off the target, in tenths of a point: positive is on the wrong side,
 * negative inside. False: there is nothing to compare. */
bool goal_miss(const struct measure *measure,
	const struct evaluate_figure *figure,
	const struct goal_comparison *comparison, int64_t *out_miss);

/* The latest published figure of the comparator for a period that had begun by
 * the day. *out_label is its publication and period, in the roll's arena. */
bool goal_comparator(struct roll *roll, const struct measure *measure,
	struct date at, struct goal_comparison *comparison,
	const char **out_label, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
