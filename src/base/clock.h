/* SPDX-License-Identifier: MIT
 *
 * How the law counts time.
 *
 * One function for each phrase that Acts, regulations and guidance use. None
 * knows which holidays there are: pass the table (England's bank holidays are
 * the code list `bank-holidays`). Day of the event is day 0 unless the phrase
 * is "beginning with".
 */
#ifndef KITH_BASE_CLOCK_H
#define KITH_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"

struct arena;

/* Days that are not worked, sorted, each once; weekends are not needed. */
struct clock_holidays {
	const struct date *days;
	size_t count;
};

/* "n days beginning with the day": the last day of the period, day + n - 1. */
struct date clock_beginning_with(struct date day, int days);

/* "within n days of": the last day, day + n. */
struct date clock_within(struct date day, int days);

/* "n months" after: the corresponding date, or the last day of the month. */
struct date clock_months(struct date day, int months);

/* Monday to Friday and not a holiday. */
bool clock_is_working_day(const struct clock_holidays *holidays, struct date day);

/* The n-th working day after the day, or before it if n is negative; 0 gives
 * the day itself. */
struct date clock_working_days(const struct clock_holidays *holidays,
	struct date day, int days);

/* Working days after `from` up to and including `to`; negative if `to` is
 * earlier. clock_working_days_between(h, d, clock_working_days(h, d, n)) == n. */
int clock_working_days_between(const struct clock_holidays *holidays,
	struct date from, struct date to);

/* "n clear working days" before a meeting: the last day to publish. */
struct date clock_clear_days_before(const struct clock_holidays *holidays,
	struct date meeting, int days);

/* One month (or `months`) from receipt; if that day is not a working day, the
 * next that is. Subject access: UK GDPR article 12(3). */
struct date clock_subject_access(const struct clock_holidays *holidays,
	struct date received, int months);

/* When a paper served that day counts as received: so many working days later,
 * 0 for the same day. By post that is when it would be delivered in the ordinary
 * course of post (Interpretation Act 1978 s7); how many days that is for which
 * way of serving is the code list `service-methods`. */
struct date clock_deemed(const struct clock_holidays *holidays,
	struct date served, int working_days);

/* From a first to a last day, both inside. */
struct clock_span {
	struct date first, last;
};

/* ---- School days ----
 *
 * A school day is one on which that school meets for pupils: inside a term, not
 * closed (half term, INSET day, snow), Monday to Friday, no bank holiday. Only
 * a calendar can know; working days are not near enough. A calendar is known
 * from the first day of its first term to the last day of its last. A gap
 * longer than the longest holidays means that terms were not entered. Where a
 * calendar knows nothing there is no answer, never a guess. */
enum { CLOCK_LONGEST_HOLIDAY = 70, CLOCK_SCHOOL_YEARS = 100 };

/* Spans in any order. Those without a first day, or that end before they begin,
 * are left out. All terms must lie within CLOCK_SCHOOL_YEARS. */
struct clock_school_plan {
	const struct clock_span *terms;
	size_t term_count;
	const struct clock_span *closed;
	size_t closed_count;
	struct clock_holidays holidays;
};

struct clock_school;

/* Lives in the arena. NULL: the plan has no term. */
const struct clock_school *clock_school_make(struct arena *arena,
	const struct clock_school_plan *plan);

/* Whether the calendar knows all days from the one to the other. */
bool clock_school_knows(const struct clock_school *school, struct date from,
	struct date to);

/* False also for a day of which nothing is known. */
bool clock_is_school_day(const struct clock_school *school, struct date day);

/* The n-th school day after the day (0 gives the day itself). No date: n is
 * negative, or the calendar does not reach so far. */
struct date clock_school_days(const struct clock_school *school,
	struct date day, int days);

/* School days after `from` up to and including `to`; negative if `to` is
 * earlier. False: the calendar does not know all of these days. */
bool clock_school_days_between(const struct clock_school *school,
	struct date from, struct date to, int *out_days);

/* n weeks in which the school meets at least once: the same weekday of the n-th
 * such week after the one the day is in. Weeks run Monday to Sunday. The day's
 * own week is week 0 whether the school met in it or not, and weeks without a
 * school day are passed over. The day so found need not be a school day. */
struct date clock_school_weeks(const struct clock_school *school,
	struct date day, int weeks);

/* ---- Stays that follow each other ----
 *
 * A stay that begins on the day another ends, or before it ends, continues it:
 * two hotels with no night between are one run. A stay without a last day goes
 * on; one without a first is no stay. */

/* If the stay begins before the run and reaches it, the run begins there. */
bool clock_run_extends(struct clock_span stay, struct date *run);

/* First day of the unbroken run that the stay with the latest first day belongs
 * to; stays in any order. No date: there is no stay. */
struct date clock_run_start(const struct clock_span *stays, size_t count);

/* Home education census day of an academic year, given the year it begins in:
 * first Thursday of October, third of January, third of May. The rule is read
 * from the days the Department for Education set (6 October 2022, 19 January
 * and 18 May 2023); it is not law. */
enum clock_census { CLOCK_AUTUMN, CLOCK_SPRING, CLOCK_SUMMER };
struct date clock_census_day(int academic_year, enum clock_census term);

/* Compulsory school age (Education Act 1996 s8): the first of 31 August,
 * 31 December, 31 March on or after the fifth birthday; to the last Friday of
 * June in the academic year of the sixteenth. */
struct date clock_school_age_starts(struct date born);
struct date clock_school_age_ends(struct date born);

#endif
