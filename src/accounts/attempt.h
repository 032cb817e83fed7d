/* SPDX-License-Identifier: MIT
 *
 * Slowing down guesses.
 *
 * Every check of a password or code is entered before it is made and counts as
 * failed until it is accepted, so that many at once cannot slip through. Five
 * failures in a row are free; then each wait is twice the one before, up to a
 * quarter of an hour; and never more than ten checks in five minutes, whatever
 * they gave. It is counted for what is guessed at (the name typed, whether or
 * not there is such an account) and for the address that guesses. For an
 * address only failures count: a whole office may come from one.
 *
 * A success ends the row of failures. What is refused here is not checked and
 * not counted: hammering does not make a wait longer.
 */
#ifndef KITH_ACCOUNTS_ATTEMPT_H
#define KITH_ACCOUNTS_ATTEMPT_H

#include "accounts/account.h"

enum {
	ATTEMPT_FREE = 5,
	ATTEMPT_FIRST_SECONDS = 30,
	ATTEMPT_MOST_SECONDS = 900,
	ATTEMPT_WINDOW_MINUTES = 5,
	ATTEMPT_IN_WINDOW = 10,
};

enum attempt_kind {
	ATTEMPT_LOGIN,   /* a name typed */
	ATTEMPT_ADDRESS, /* where from */
	ATTEMPT_SECOND,  /* codes of an account */
	ATTEMPT_SESSION, /* proving again, within a session */
};

struct attempt {
	enum attempt_kind kind;
	struct text subject; /* in the clear; kept as a keyed hash */
	int64_t id;          /* once entered */
};

/* Says how long each of them has still to wait, in whole seconds: the longest
 * (0: may be checked now). Then, if it is 0, enters them. */
struct attempt_list {
	struct attempt *attempts;
	size_t count;
	int64_t now;
};
bool attempt_enter(const struct accounts *accounts,
	const struct attempt_list *list, int64_t *out_wait, struct fault *fault)
	__attribute__((warn_unused_result));

/* The check was passed. */
bool attempt_accept(const struct accounts *accounts,
	const struct attempt_list *list, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
