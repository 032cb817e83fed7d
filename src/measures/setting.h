/* SPDX-License-Identifier: MIT
 *
 * What a council may choose where the rules leave a choice, by day.
 *
 * placement_break_rule      CARER: a new carer begins a new placement (as the
 *                           published stability measure words it); PLACEMENT:
 *                           so does a move with the same carer.
 * working_day_convention    DAY0: the day of the event is day 0, as guidance
 *                           counts; DAY1: it is day 1, as some validation of
 *                           the children in need census does.
 */
#ifndef KITH_MEASURES_SETTING_H
#define KITH_MEASURES_SETTING_H

#include "measures/roll.h"

enum { SETTING_VALUES = 2 };

struct setting_row {
	const char *name;
	const char *values[SETTING_VALUES]; /* the first unless set */
};

const struct setting_row *setting_rows(size_t *out_count);

/* NULL if there is no such setting. */
const struct setting_row *setting_find(struct text name);

/* Gives the roll what is in force on the day. */
bool setting_apply(struct roll *roll, struct date on, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
