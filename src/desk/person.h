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

/* ---- From what a request brings ----
 *
 * The desk is seated, at one authority; what is given lives in its arena. Roles
 * and teams are read each time, so that one taken away is gone at once. */

struct desk;
struct fault;
struct seal;
struct token;
struct session;

/* FAULT_DENIED where the account is not active. */
bool person_of_account(const struct desk *desk, int64_t account, int64_t now,
	struct person *out_person, struct fault *fault)
	__attribute__((warn_unused_result));
bool person_of_login(const struct desk *desk, struct text login, int64_t now,
	struct person *out_person, struct fault *fault)
	__attribute__((warn_unused_result));

/* Whoever holds the token, or the session's cookie; what they asked is noted as
 * a use of it, once a minute. FAULT_DENIED: it is good for nothing. */
struct person_found {
	struct person person;
	const struct token *token;     /* its scopes; NULL of a session */
	const struct session *session; /* for its forms; NULL of a token */
};
bool person_of_token(struct desk *desk, struct text token, int64_t now,
	struct person_found *out_found, struct fault *fault)
	__attribute__((warn_unused_result));

struct person_cookie {
	struct text token;
	const struct seal *seal;
};
bool person_of_session(struct desk *desk, const struct person_cookie *cookie,
	int64_t now, struct person_found *out_found, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
