/* SPDX-License-Identifier: MIT
 *
 * An invented register's case for tests of conditions: what its fields are
 * called and what one case holds.
 */
#ifndef KITH_TESTS_REGISTER_CASE_H
#define KITH_TESTS_REGISTER_CASE_H

#include "codes/codes.h"
#include "register/condition.h"

enum { CASE_MEETINGS = 1, CASE_STAYS, CASE_NOTICES, CASE_PARTS = 3 };

/* Names of the entry and of the parts; row_part 0. Lives in the arena. */
struct condition_scope case_scope(struct arena *arena, const struct codes *codes);

/* The values of a case: 25 November 2024, three meetings, four stays, two
 * notices; closed_on, middle_name, score_then and urgent_then are empty. */
struct condition_input case_input(struct arena *arena,
	const struct condition_calendar *calendar);

/* The slot of a name, for a test that changes a value. */
int case_slot(const struct condition_scope *scope, const char *name);

#endif
