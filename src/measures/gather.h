/* SPDX-License-Identifier: MIT
 *
 * The quarterly report of a region out of those of its authorities.
 *
 * Each authority computes its own report, by itself and unsuppressed; these
 * are summed in the order of the authorities' numbers, so that the outcome is
 * the same however the parts were held and whichever came first. Counts add
 * up; percentages and rates are of the summed numerators and denominators.
 * Targets are the same for all; the comparator is the newest any of them has.
 * Where one authority has no figure or too short a history the region has none
 * either, and says whose is missing: a sum that leaves someone out is wrong.
 *
 * For publication each authority's figure is hidden where its own report hides
 * it, and a sum for the region where it would give these away to a reader who
 * takes off what the others show.
 *
 * What is written beside a figure or frozen is each authority's own and is not
 * gathered. Breakdowns other than by authority are not gathered either: two
 * publications of the same groups would have to be suppressed as one.
 */
#ifndef KITH_MEASURES_GATHER_H
#define KITH_MEASURES_GATHER_H

#include "measures/quarterly.h"

struct gather_part {
	int la;
	const char *authority;
	struct quarterly report; /* with true values, without breakdowns */
};

/* A copy that outlives the roll it was computed on; definitions are shared. */
struct quarterly gather_keep(struct arena *arena, const struct quarterly *report);

/* Parts in the order of la, at least one, all of the same quarter and pack. */
struct gather_request {
	const struct gather_part *parts;
	size_t count;
	bool is_published; /* suppress small numbers */
	bool has_breakdowns;
};

/* The result lives as long as the arena and the parts. */
bool gather_quarterly(struct arena *arena, const struct gather_request *request,
	struct quarterly *out_report, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
