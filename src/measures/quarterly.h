/* SPDX-License-Identifier: MIT
 *
 * The quarterly report as figures: every measure of the pack at the quarter's
 * end and at the quarters before it, with targets, comparators, breakdowns,
 * what was frozen and what was written beside it. Nothing is formatted here.
 */
#ifndef KITH_MEASURES_QUARTERLY_H
#define KITH_MEASURES_QUARTERLY_H

#include "measures/evaluate.h"
#include "measures/goal.h"

enum { QUARTERLY_BREAKDOWNS = 8 };

/* The basis of a region whose authorities differ in the setting. */
#define QUARTERLY_MIXED "M"

/* Which measures, read from definitions/reports/quarterly.yaml. */
struct quarterly_pack {
	struct text title;
	size_t quarters; /* of history, 8 or more */
	const struct text *breakdowns;
	size_t breakdown_count;
	const struct text *measures;
	size_t measure_count;
};

bool quarterly_pack_open(struct arena *arena, const char *overlay,
	struct quarterly_pack *out_pack, struct fault *fault)
	__attribute__((warn_unused_result));

struct quarterly_breakdown {
	const char *title;
	const char *const *labels;
	const struct evaluate_figure *figures; /* by group */
	size_t groups;
	bool is_withheld; /* as a whole: its total is suppressed */
};

struct quarterly_frozen {
	bool is_set;
	struct evaluate_figure figure;
	struct text at; /* UTC instant */
};

struct quarterly_measure {
	const struct measure *measure;
	struct text feed; /* that the figures came from; empty: none */
	const struct evaluate_coverage *coverage; /* of it; NULL: none */
	const struct evaluate_figure *points;     /* by quarter, oldest first */
	const struct goal_comparison *comparisons; /* by quarter */
	const char *comparator_label;
	enum goal_status status;
	enum goal_direction direction;
	struct quarterly_breakdown breakdowns[QUARTERLY_BREAKDOWNS];
	size_t breakdown_count;
	struct quarterly_frozen frozen;
	struct text why, so_what, what_next, by_when; /* commentary */
	const char *gaps; /* of a region: whose figures are missing; "" none */
};

/* How many children of school age known to social care were found on a school
 * roll: what a cohort of linked feeds rests on. */
struct quarterly_linkage {
	struct text who;
	int64_t children, linked;
};

enum { QUARTERLY_LINKAGES = 2 };

struct quarterly {
	struct quarterly_pack pack;
	const struct date *dates; /* quarter ends, oldest first; the last is ours */
	size_t count;
	const struct quarterly_measure *measures;
	size_t measure_count;
	struct evaluate_coverages coverages;
	struct quarterly_linkage linkages[QUARTERLY_LINKAGES];
	bool is_published;
	const char *basis; /* "C" or "P"; QUARTERLY_MIXED */
	int first_day;     /* number of the day of an event */
};

struct quarterly_request {
	const struct measures *measures;
	struct quarterly_pack pack;
	struct date end;   /* last day of the quarter */
	bool is_published; /* suppress small numbers */
	bool has_breakdowns;
	bool has_twin; /* read by two threads, where the store can be */
};

/* The result lives as long as the roll. */
bool quarterly_compute(struct roll *roll,
	const struct quarterly_request *request, struct quarterly *out_report,
	struct fault *fault) __attribute__((warn_unused_result));

/* Keeps the present values as the quarter's own. A quarter is frozen once. */
bool quarterly_freeze(struct roll *roll, const struct quarterly *report,
	const char *actor, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
