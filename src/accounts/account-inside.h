/* SPDX-License-Identifier: MIT
 *
 * What the files of the room share.
 */
#ifndef KITH_ACCOUNTS_ACCOUNT_INSIDE_H
#define KITH_ACCOUNTS_ACCOUNT_INSIDE_H

#include "accounts/account.h"

extern const struct embedded accounts_sql[];

/* The audit entry of something done to an account. */
bool account_note(const struct accounts *accounts,
	const struct account_act *act, const char *what, const char *detail,
	struct fault *fault) __attribute__((warn_unused_result));

/* Zero is stored as NULL. */
static inline struct store_value account_moment(int64_t moment)
{
	return moment == 0 ? store_null() : store_integer(moment);
}

/* A new id; from one counter for the whole program, under a lock. */
int64_t account_next_id(void);

/* Runs the named statement of accounts.sql. */
bool account_run(const struct accounts *accounts, const char *name,
	const struct store_value *values, size_t count, struct fault *fault)
	__attribute__((warn_unused_result));

/* The same, for a statement that returns a row for what it changed. False
 * without a fault: nothing was changed. */
bool account_changed(const struct accounts *accounts, const char *name,
	const struct store_value *values, size_t count, struct fault *fault)
	__attribute__((warn_unused_result));

/* For a URL: what RFC 3986 does not call unreserved is written as %XX. */
struct buffer;
void account_escape(struct buffer *out, struct text text);

enum account_state account_state_of(struct text word);

#endif
