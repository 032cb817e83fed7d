/* SPDX-License-Identifier: MIT
 *
 * The termly return of home education and of children missing education: how
 * many on the census day, who came and went in the year up to it, and which
 * notices and orders were served.
 *
 * A child is home educated from the day that began until the day it ended, out
 * of the stays that the register `ehe` keeps; missing education, and home
 * education decided not to be suitable, count as the other collection. So
 * start + in - out = end, to the child: every way in and out is counted, be it
 * between the two collections.
 *
 * The return itself takes true counts. What is published is rounded: to the
 * nearest 10, `low` for what rounds to 0 and is not 0.
 *
 * Source: DfE, elective home education and children missing education
 * collection, 2025/26 (mandatory since autumn 2024); rounding: DfE, Elective
 * home education, methodology 2024/25.
 */
#ifndef KITH_REGISTER_TERMLY_H
#define KITH_REGISTER_TERMLY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/period.h"
#include "codes/codes.h"
#include "store/store.h"

enum termly_term { TERMLY_AUTUMN, TERMLY_SPRING, TERMLY_SUMMER, TERMLY_TERMS };

/* The census day of a term of the academic year that begins in `year`: the
 * first Thursday of October, the third of January, the third of May. */
struct date termly_census(int year, enum termly_term term);

enum termly_collection {
	TERMLY_EHE, /* educated at home */
	TERMLY_CME, /* missing education */
	TERMLY_COLLECTIONS,
};

struct termly_cell {
	enum termly_collection of;
	const char *topic; /* "Sex", "Year group", "Primary reason" ... */
	const char *group; /* "Female", "Year 7", "Mental health" ... */
	int64_t count;
};

/* Who came and went in the period. */
struct termly_flow {
	int64_t start;    /* the day before it */
	int64_t in, out;  /* all ways */
	int64_t end;      /* its last day */
	int64_t any_time; /* children, each once */
};

struct termly {
	struct date census;
	struct period flows; /* the twelve months to the census day */
	struct termly_flow flow[TERMLY_COLLECTIONS];
	const struct termly_cell *cells; /* by collection, then topic */
	size_t count;
};

/* The return of an authority. All lives in the arena. Needs the tables of the
 * register (register_up). */
bool termly_compute(struct store *store, int la, const struct codes *codes,
	struct date census, struct arena *arena, struct termly *out_return,
	struct fault *fault) __attribute__((warn_unused_result));

/* As published: "30", "low", "0". */
enum { TERMLY_ROUNDED = 24 };
void termly_round(int64_t count, char out_text[TERMLY_ROUNDED]);

/* "collection,topic,group,count" a line; what is published is rounded. */
enum termly_edition { TERMLY_TRUE, TERMLY_PUBLISHED };
void termly_csv(const struct termly *termly, enum termly_edition edition,
	struct buffer *out);

#endif
