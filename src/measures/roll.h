/* SPDX-License-Identifier: MIT
 *
 * The children of one authority as numbers from 0, the lists measures make of
 * them, and the breakdowns they fall into. What the kernels of sweep.h take,
 * read from the store.
 */
#ifndef KITH_MEASURES_ROLL_H
#define KITH_MEASURES_ROLL_H

#include "base/map.h"
#include "base/period.h"
#include "codes/codes.h"
#include "measures/measure.h"
#include "measures/sweep.h"
#include "store/store.h"

/* Opened once a run and authority. Children join as lists name them; a
 * breakdown is read once, after the lists. */
struct roll {
	struct store *store;
	struct store *twin; /* reads half of the lists; NULL: there is none */
	int la;
	struct arena *arena;
	const struct codes *codes;
	struct map *places; /* child id: number */
	int64_t *ids;       /* by number */
	size_t count, capacity;
	int first_day;     /* number of the day of an event, 0 or 1: setting */
	const char *basis; /* "C" or "P": setting placement_break_rule */
	const struct roll_facts *facts; /* of the children; NULL: not yet read */
	struct period window; /* of interest: all dates asked about lie in it */
};

bool roll_open(struct store *store, int la, const struct codes *codes,
	struct roll **out_roll, struct fault *fault)
	__attribute__((warn_unused_result));
void roll_close(struct roll *roll); /* NULL is fine */

/* What a named parameter of a measure's statements stands for. */
struct store_value roll_parameter(const struct roll *roll, const char *name,
	struct text feed, struct text id);

/* Runs a measure's list. `feed` is which of its feeds to read. */
bool roll_list(struct roll *roll, const struct measure *measure,
	struct text feed, struct sweep_list *out_list, struct fault *fault)
	__attribute__((warn_unused_result));

/* Several lists in one round trip to the store. Those whose statements and
 * values are the same are read once. */
struct roll_ask {
	const struct measure *measure;
	struct text feed;
	struct sweep_list list; /* answer */
};
bool roll_lists(struct roll *roll, struct roll_ask *asks, size_t count,
	struct fault *fault) __attribute__((warn_unused_result));

/* ---- Breakdowns ---- */

struct roll_dimension {
	const char *name;  /* "sex", as on the command line */
	const char *title; /* "Sex" */
	struct sweep_dimension sweep;
	const char *const *labels; /* by group; the last is "Not known" */
};

/* The fault is FAULT_USAGE, with the names there are, for another name. */
bool roll_dimension(struct roll *roll, struct text name,
	struct roll_dimension *out_dimension, struct fault *fault)
	__attribute__((warn_unused_result));

/* All names, for help; ends with NULL. */
const char *const *roll_dimension_names(void);

#endif
