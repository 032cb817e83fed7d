/* SPDX-License-Identifier: MIT
 *
 * When a child's school meets: the code list `school-terms`.
 *
 * A row is a span of days, of kind `term` or `closed` (half term, INSET day,
 * snow; `last` may be left empty for one day). Its code begins with whose it is
 * and a space: a school (206/100456), a council (206), or `default`, which kith
 * ships and which is no council's: "206/100456 2024-25 INSET 1". What follows
 * only has to be different from row to row. Bank holidays need no row.
 *
 * For each academic year the terms are those of the school if it has any, else
 * its council's, else the default. Closed days are of the same owner, and of
 * the school if it has its own, so that a school may give its INSET days alone.
 *
 * valid_from and valid_to say nothing here: `first` and `last` do.
 */
#ifndef KITH_CODES_SCHOOL_CALENDAR_H
#define KITH_CODES_SCHOOL_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/text.h"

struct codes;
struct school_calendars;

enum school_calendar_owner {
	SCHOOL_CALENDAR_NOBODY, /* no terms are known for that year */
	SCHOOL_CALENDAR_DEFAULT,
	SCHOOL_CALENDAR_COUNCIL,
	SCHOOL_CALENDAR_SCHOOL,
};

struct school_calendar {
	const struct clock_school *school; /* of all years; NULL: none known */
	enum school_calendar_owner owner;  /* of the terms of that year */
	struct text source;                /* of these; empty if nobody's */
};

/* All calendars, made once; they live in the arena and never change. The fault
 * names the row. */
bool school_calendar_open(struct arena *arena, const struct codes *codes,
	struct school_calendars **out_calendars, struct fault *fault)
	__attribute__((warn_unused_result));

/* The calendar for a school (urn 0: any other) of a council; owner and source
 * are those of the academic year (from 1 August) that the day is in. */
struct school_calendar school_calendar_on(const struct school_calendars *calendars,
	int la, int64_t urn, struct date day);

#endif
