/* SPDX-License-Identifier: MIT
 *
 * An invented council (tests/council) with four children, an open entry of the
 * register "lending" about each, and people to act in it.
 */
#ifndef KITH_TESTS_COUNCIL_H
#define KITH_TESTS_COUNCIL_H

#include "desk/desk_case.h"
#include "harness.h"

enum { CHILDREN = 4 };

struct council {
	struct harness *h;
	struct desk desk; /* the operator's */
	int64_t children[CHILDREN];
	const char *references[CHILDREN];
};

void council_begin(struct council *council, void **state);

/* Somebody with one role, in a team or (NULL) in none. */
struct desk council_as(const struct council *council, const char *login,
	const char *role, const char *team);

void council_run(struct council *council, const char *sql);

/* The fault of reading an entry, of taking a step with one value. */
struct fault council_read(struct desk *desk, const char *reference);
struct fault council_take(struct desk *desk, const char *reference,
	const char *step, const char *name, const char *value);

/* How many entries the list "open" has, how many children are found. */
size_t council_listed(struct desk *desk);
size_t council_found(struct desk *desk, const char *words);

#endif
