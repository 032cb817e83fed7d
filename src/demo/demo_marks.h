/* SPDX-License-Identifier: MIT
 *
 * Attendance: a year of marks for each enrolment, and their tallies by term.
 *
 * The tallies go into the school census, the marks into the attendance feed,
 * so the two agree. Marks are made anew from the tally's stream whenever
 * demo_marks.c needs them rather than kept.
 */
#ifndef KITH_DEMO_DEMO_MARKS_H
#define KITH_DEMO_DEMO_MARKS_H

#include "demo/demo-inside.h"

/* One byte a session, two a calendar day from 1 August. */
enum { DEMO_MARKS = 366 * 2 };

/* Codes that are tallied, in this order: twelve kinds of absence, then
 * approved activities, late, and unable to attend. */
#define DEMO_MARKS_CODES "IMRSTECHGNOUBVPWLY"
enum { DEMO_MARKS_KINDS = sizeof DEMO_MARKS_CODES - 1, DEMO_MARKS_ABSENT = 12 };

struct demo_tally {
	uint16_t possible[4]; /* sessions by enum period_term */
	uint16_t counts[4][DEMO_MARKS_KINDS];
	uint16_t absent;      /* sessions to be absent, autumn and spring */
	uint16_t summer_rate; /* per mille absent in the summer */
};

#endif
