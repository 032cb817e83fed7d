/* SPDX-License-Identifier: MIT
 *
 * From the terms of one enrolment to spans of days on which it is
 * persistently absent, severely absent, or neither.
 *
 * An enrolment is a child at a school, whatever the number of entries. Within
 * an absence year sessions add up: autumn; autumn and spring; the whole year.
 * A sum holds from the last day of its last term (31 December, Easter Sunday,
 * 31 July) until the next one; the whole year's until the next 31 December. On
 * a day without a span the enrolment is in no denominator: nothing was
 * possible, or no school sent anything for the term yet. Who has left, and who
 * is at a school that stopped sending, stays in the year's sums, as in the
 * published statistics.
 *
 * Persistent from 10 in 100 of one's own possible sessions, severe from 50, in
 * whole numbers. (DfE, Pupil absence in schools in England: methodology.)
 *
 * Arrays in, arrays out: no database.
 */
#ifndef KITH_FEEDS_ABSENCE_H
#define KITH_FEEDS_ABSENCE_H

#include <stddef.h>
#include <stdint.h>

#include "base/period.h"

enum absence_phase {
	ABSENCE_PRIMARY,
	ABSENCE_SECONDARY,
	ABSENCE_SPECIAL,
	ABSENCE_OTHER,
	ABSENCE_PHASES,
};
const char *absence_phase_name(enum absence_phase phase);

/* The phase from the school's, or, where that is all-through or not known,
 * from the year group; failing that from the age as the year begins. */
enum absence_phase absence_phase_of(struct text school_phase,
	struct text year_group, int age);

enum absence_status {
	ABSENCE_NEITHER,
	ABSENCE_PERSISTENT,
	ABSENCE_SEVERE, /* and so persistent */
};

/* One term. In order of year and term, no term twice. */
struct absence_term {
	int year; /* 2023 is 2023/24 */
	enum period_term term;
	int64_t possible;
	int64_t absent;
	enum absence_phase phase; /* the first of a year counts for the year */
};

/* The terms for which any school sent anything, a bit each, by year. */
struct absence_sent {
	int first_year;
	int years;
	const uint8_t *terms;
};

struct absence_span {
	struct date starts;
	struct date ends; /* exclusive */
	enum absence_phase phase;
	enum absence_status status;
};

enum { ABSENCE_STEPS = 3 }; /* most spans a year */

/* The spans in order, no two that touch alike; `out_spans` has room for
 * ABSENCE_STEPS a year. Returns how many. */
size_t absence_spans(const struct absence_term *terms, size_t count,
	const struct absence_sent *sent, struct absence_span *out_spans);

#endif
