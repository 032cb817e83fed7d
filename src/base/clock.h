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

/* Days that are not worked, sorted, weekends not needed among them. */
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

/* The n-th working day after the day (n >= 0; 0 gives the day itself). */
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

/* Compulsory school age (Education Act 1996 s8): the first of 31 August,
 * 31 December, 31 March on or after the fifth birthday; to the last Friday of
 * June in the academic year of the sixteenth. */
struct date clock_school_age_starts(struct date born);
struct date clock_school_age_ends(struct date born);

#endif
