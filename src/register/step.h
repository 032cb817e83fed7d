/* SPDX-License-Identifier: MIT
 *
 * Taking a step: from an entry as it was and what a person gives to the entry
 * as it will be, or to everything that stands against it.
 *
 * Nothing here knows the database or who may do what: the entry comes dressed
 * (facts and settings of the day of the event), roles are the desk's matter.
 * All mistakes are found at once; a warning alone does not stop the step, but
 * is told and kept in the history.
 */
#ifndef KITH_REGISTER_STEP_H
#define KITH_REGISTER_STEP_H

#include "register/entry.h"

struct step_given {
	struct text name, text; /* of the field; empty text clears it */
};

struct step_request {
	const struct definition_step *step;
	const struct step_given *given;
	size_t count;
	int64_t item;   /* the row that is changed, or the new row's number */
	struct date on; /* day of the event: rules of this day judge */
	struct date today;
	const char *actor;  /* login */
	const char *reason; /* "" if the step needs none */
	const struct condition_calendar *calendar;
};

struct step_mistake {
	const char *field; /* "" if it is about the whole */
	const char *message, *hint, *source;
	bool is_warning;
};

enum { STEP_MISTAKES = 256 };

struct step_outcome {
	const struct step_mistake *mistakes;
	size_t count;
	size_t refused; /* mistakes that are no warnings */
};

/* Gives the entry as it will be; NULL where something stands against it. All
 * live in the arena. */
void step_take(const struct entry *before, const struct step_request *request,
	struct arena *arena, struct entry **out_after,
	struct step_outcome *out_outcome);

/* Whether the step may be offered: its state and its day fit. */
bool step_is_open(const struct entry *entry, const struct definition_step *step,
	struct date on);

#endif
