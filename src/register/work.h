/* SPDX-License-Identifier: MIT
 *
 * Clocks: what an entry asks to be done, by when, under which law.
 *
 * Worked out from the entry alone, each time it changes, so that moving a date
 * moves what hangs on it: compare two results to see what moves. A clock is
 * judged by the rules in force on the day it starts.
 */
#ifndef KITH_REGISTER_WORK_H
#define KITH_REGISTER_WORK_H

#include "register/entry.h"

struct work_item {
	const struct definition_clock *clock;
	int64_t item; /* of the part's row; 0: the entry's own */
	int number;   /* of the clock's unit */
	struct date starts;
	struct date due; /* none: the school calendar ends before it */
	struct date warns;
	struct date done; /* none: still to do */
};

/* The clocks that run, or ran and were stopped; in the order of the definition
 * and of the rows. Lives in the arena. */
void work_of(const struct entry *entry, struct date today,
	const struct condition_calendar *calendar, struct arena *arena,
	const struct work_item **out_items, size_t *out_count);

/* The last day of so many of a count's unit, from a day. */
struct date work_count(const struct definition_count *count, int number,
	struct date from, const struct condition_calendar *calendar);

/* "15 days beginning with 2 September 2024 (Education Act 1996 s437(2))", or
 * "on 2 September 2024 (...)" where nothing is counted. */
const char *work_reason(const struct work_item *item, struct arena *arena);

#endif
