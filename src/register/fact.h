/* SPDX-License-Identifier: MIT
 *
 * What the feeds know about a child, as conditions of registers may ask:
 * "child.cp_plan", "child.born". Each is what was so on a day, by the feeds
 * loaded; a child no feed tells about has none. The names are a table, so that
 * a definition that asks for anything else is refused when it is read.
 */
#ifndef KITH_REGISTER_FACT_H
#define KITH_REGISTER_FACT_H

#include "base/arena.h"
#include "register/value.h"
#include "store/store.h"

enum fact {
	FACT_BORN,
	FACT_SEX,
	FACT_ETHNICITY,
	FACT_SCHOOL_AGE, /* of compulsory school age */
	FACT_CIN,        /* an open episode of need */
	FACT_SECTION47,  /* enquiries under way */
	FACT_CP_PLAN,
	FACT_LOOKED_AFTER,
	FACT_WAS_LOOKED_AFTER, /* before, no more */
	FACT_WORKER, /* the case's social worker, as the feed names them */
	FACT_SEN,    /* N, K, E: of the latest census */
	FACT_EHCP,
	FACT_SCHOOL, /* URN of the latest census */
	FACT_SPECIAL_SCHOOL,
	FACT_ABSENCE,    /* tenths of a percent, of the latest year */
	FACT_PERSISTENT, /* persistently absent in it */
	FACT_SEVERE,
	FACT_SUSPENSIONS, /* in twelve months */
	FACT_YOUNG_CARER,
	FACT_SCHOOL_AGE_ENDS,
	FACT_CP_ENDED, /* the latest plan that has ended */
	FACT_SURNAME,
	FACT_FORENAME,
	FACT_POSTCODE, /* the latest known */
	FACT_IN_AREA,  /* it lies in the authority's area */
	FACTS,
};

struct fact_row {
	const char *name;  /* "child.born" */
	const char *label; /* "Date of birth" */
	enum value_kind kind;
	const char *feed; /* that tells it: "cin" */
};

const struct fact_row *fact_row(enum fact fact);

/* What is known of one child on the day, FACTS values; texts live in the
 * arena. A child of 0 knows nothing. */
bool fact_read(struct store *store, int la, int64_t child, struct date on,
	struct arena *arena, struct value out_values[FACTS],
	struct fault *fault) __attribute__((warn_unused_result));

/* The same for all children that have an entry in the register; calls `take`
 * in no order, once a child that anything is known of. `wanted` has a bit for
 * each fact to be read. */
struct fact_taker {
	void (*take)(void *context, int64_t child, enum fact fact,
		struct value value);
	void *context;
};
bool fact_read_all(struct store *store, int la, const char *register_name,
	struct date on, uint64_t wanted, const struct fact_taker *taker,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
