/* SPDX-License-Identifier: MIT
 *
 * A measure's figures: counts from its list, coverage from the ledger of
 * feeds, and what may be said where the data do not reach.
 *
 * A figure always has its numerator and denominator; it has a value unless a
 * symbol says why not: `u` the data loaded begin too late or end too early for
 * the days the figure looks at, `x` not available (not loaded, or none of its
 * days covered), `z` nobody to count, `c` suppressed. Whole numbers throughout:
 * percentages are rounded half up to tenths here and nowhere else.
 */
#ifndef KITH_MEASURES_EVALUATE_H
#define KITH_MEASURES_EVALUATE_H

#include "measures/roll.h"

struct evaluate_figure {
	int64_t numerator;
	int64_t denominator; /* 0 for counts; the population for rates */
	int64_t tenths;      /* of the unit, if there is no symbol */
	const char *symbol;  /* "": there is a value */
	bool hides_numerator, hides_denominator; /* after suppression */
	bool lacks_counts; /* a hand-kept value given without them */
};

/* What a feed covers, of one authority. */
struct evaluate_coverage {
	struct text kind;
	struct period covers; /* none: it has no dates */
	int64_t batches, rows, refused, repaired, warned, children, linked;
	struct text received; /* newest, UTC instant */
};

struct evaluate_coverages {
	const struct evaluate_coverage *items;
	size_t count;
};

/* The last day that a register covers: it is kept, so there is none. */
struct date evaluate_still(void);

/* Of every feed loaded, and of every register with an entry ("register ehe").
 */
bool evaluate_coverage_read(struct roll *roll,
	struct evaluate_coverages *out_coverages, struct fault *fault)
	__attribute__((warn_unused_result));
const struct evaluate_coverage *evaluate_coverage_find(const struct evaluate_coverages
							       *coverages,
	struct text kind);

/* The days a measure's figure at a date looks at; one day for states. */
struct period evaluate_span(const struct measure *measure, struct date at);

/* The first of the measure's feeds that has been loaded; empty: none. */
struct text evaluate_feed(const struct measure *measure,
	const struct evaluate_coverages *coverages);

/* "" or the symbol that the coverage of the feed imposes. */
const char *evaluate_symbol(const struct measure *measure,
	const struct evaluate_coverage *coverage, struct date at);

struct evaluate_request {
	const struct measure *measure;
	const struct evaluate_coverages *coverages;
	const struct date *dates; /* ascending */
	size_t count;
	const struct roll_dimension *by[2]; /* NULL: not broken down */
	const struct sweep_list *list; /* already read, or NULL for aggregates */
};

/* Figures of group g at date p are figures[g * count + p]; one group unless
 * broken down, else the dimensions' groups (crossed: g = g1 * groups2 + g2). */
struct evaluate_result {
	struct evaluate_figure *figures;
	size_t groups;
	struct text feed;
};

bool evaluate_measure(struct roll *roll, const struct evaluate_request *request,
	struct evaluate_result *out_result, struct fault *fault)
	__attribute__((warn_unused_result));

/* Gives a figure its value, or the symbol that the coverage imposes. */
void evaluate_settle(struct evaluate_figure *figure,
	const struct measure *measure, const char *symbol);

/* The children of a figure: items of the list that stand behind it. */
size_t evaluate_items(struct roll *roll, const struct evaluate_request *request,
	size_t date, enum sweep_part part, const uint32_t **out_items,
	struct fault *fault);

/* 100 * n / d in tenths, half up; d above 0. */
int64_t evaluate_percent(int64_t numerator, int64_t denominator);

/* Hides what may not be published, in the whole and, unless `parts` is NULL, in
 * its breakdown. Years to date are judged with the other dates of their
 * financial year in the request, so ask for all that have been published. */
bool evaluate_protect(struct roll *roll, const struct evaluate_request *request,
	struct evaluate_result *whole, struct evaluate_result *parts,
	struct fault *fault) __attribute__((warn_unused_result));

/* "20.7", "-0.3": tenths as people write them. */
enum { EVALUATE_TENTHS = 24 };
void evaluate_write_tenths(int64_t tenths, char out_text[EVALUATE_TENTHS]);

#endif
