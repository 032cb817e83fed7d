/* SPDX-License-Identifier: MIT
 *
 * What the invented borough must come out at: the published quarter, and
 * neighbours that lead up to it smoothly.
 *
 * Ratios are given as counts, since a percentage alone says nothing about how
 * many children moved it. The simulations steer towards these rows quarter by
 * quarter; the tests compute the measures again from the written files.
 */
#ifndef KITH_DEMO_DEMO_PLAN_H
#define KITH_DEMO_DEMO_PLAN_H

#include "base/date.h"

/* Children looked after on the last day of a quarter. */
struct demo_plan_care {
	int looked;    /* looked after, short breaks apart */
	int three;     /* of them with three or more placements in 12 months */
	int long_term; /* under 16 and looked after for 2.5 years or longer */
	int stable;    /* of those, with the same carer for 2 years */
};

/* Child protection plans that start in a quarter. */
struct demo_plan_protection {
	int starts;
	int repeats; /* of children who had a plan before */
};

/* `year` is the financial year, `quarter` 1 to 4. Before the first row the
 * first row holds. */
struct demo_plan_care demo_plan_care(int year, int quarter);
struct demo_plan_protection demo_plan_protection(int year, int quarter);
int demo_plan_referrals(int year, int quarter);

/* Persistently absent enrolments, per mille, in autumn and spring of the
 * academic year; `phase` is an enum demo_phase. */
int demo_plan_absent(int year, int phase);

#endif
