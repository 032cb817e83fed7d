/* SPDX-License-Identifier: MIT
 *
 * Who is at the desk: a person with an account, or whoever has the database
 * file in hand.
 *
 * Whoever sits at the machine with the file can read all of it, so there is
 * nothing to keep from them: they are the operator, may do everything and are
 * entered in the audit chain under the machine's name for them.
 */
#ifndef KITH_DESK_PERSON_H
#define KITH_DESK_PERSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

enum { PERSON_TEAMS = 16 };

struct person {
	const char *login; /* in the audit chain */
	int64_t account;   /* 0: none */
	uint64_t roles;    /* a bit for each entry of the code list `roles` */
	const char *teams[PERSON_TEAMS]; /* names */
	size_t team_count;
	bool is_operator;
	const char *purpose; /* where they act: "command line", "api" */
};

bool person_is_in(const struct person *person, struct text team);

#endif
