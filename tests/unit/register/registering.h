/* SPDX-License-Identifier: MIT
 *
 * The registers of an invented council (tests/council) for tests: its
 * definitions, and steps taken in one line each.
 */
#ifndef KITH_TESTS_REGISTERING_H
#define KITH_TESTS_REGISTERING_H

#include "harness.h"
#include "register/keep.h"
#include "register/roster.h"
#include "register/step.h"

struct registering {
	struct harness *harness;
	struct arena *arena;
	struct codes *codes;
	struct registers *registers;
	struct ident_source ids;
	struct keep keep;
	struct date today;
	struct step_outcome outcome; /* of the last step */
	struct fault fault;          /* of the last failure */
};

/* Opens the registers, with their tables in the harness's database. */
void registering_begin(struct registering *registering, struct harness *harness);

const struct definition *registering_definition(struct registering *registering,
	const char *name);

/* A child with a date of birth, "2014-05-06". Returns its id. */
int64_t registering_child(struct registering *registering, const char *born);

/* Takes a step on the day and keeps it; `given` is "name=value|name=value".
 * A step that opens makes an entry about `child`; else `entry` is changed (its
 * newest version is read). Gives the entry, or NULL if it was refused: see
 * outcome and fault. */
struct registering_step {
	const char *register_name, *step, *on, *given;
	int64_t child, entry, item;
	const char *actor, *reason; /* NULL: "lena", "" */
};
struct entry *registering_step(struct registering *registering,
	struct registering_step step);

/* The messages of the last outcome, "field: message\n" each. */
const char *registering_mistakes(struct registering *registering);

struct date registering_day(const char *day);

#endif
