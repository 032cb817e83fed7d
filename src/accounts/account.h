/* SPDX-License-Identifier: MIT
 *
 * Accounts: who a person is, what their roles and teams are.
 *
 * An account is invited, active or closed; it is never removed, because the
 * audit names it. What is typed to sign in is its folded login, one account a
 * login and authority. Roles and teams are read anew with every request, so a
 * role taken away is gone at once.
 *
 * Every function that changes something runs inside the caller's transaction
 * and writes its own audit entry. Time is a parameter everywhere: milliseconds
 * since 1970, as moment_now gives it.
 *
 * An account nobody used for 90 days closes by itself: at the next sign-in, or
 * by the daily sweep. So a leaver whom nobody reported is out.
 */
#ifndef KITH_ACCOUNTS_ACCOUNT_H
#define KITH_ACCOUNTS_ACCOUNT_H

#include "accounts/role.h"
#include "accounts/seal.h"
#include "base/date.h"
#include "store/store.h"

enum { ACCOUNT_TEAMS = 16, ACCOUNT_UNUSED_DAYS = 90 };

#define ACCOUNT_SECOND ((int64_t)1000)
#define ACCOUNT_MINUTE (60 * ACCOUNT_SECOND)
#define ACCOUNT_HOUR (60 * ACCOUNT_MINUTE)
#define ACCOUNT_DAY (24 * ACCOUNT_HOUR)

/* Where accounts are kept, for one authority. */
struct accounts {
	struct store *store;
	int la;
	const struct role_list *roles;
	const struct seal *seal; /* NULL: nothing sealed or hashed is needed */
	struct arena *arena;     /* what is returned lives in it */
};

/* Who does something to which account, and when. */
struct account_act {
	int64_t account;
	const char *actor; /* for the audit */
	int64_t now;
};

enum account_state { ACCOUNT_INVITED, ACCOUNT_ACTIVE, ACCOUNT_CLOSED };

struct account {
	int64_t id;
	struct text login;
	struct text email;
	struct text name;
	struct text language;
	enum account_state state;
	int64_t created_at, used_at, closed_at; /* 0: never */
	int64_t roles_at;
	struct role_set roles;
	int64_t teams[ACCOUNT_TEAMS]; /* on the day asked about */
	size_t team_count;
	bool has_password;
	bool has_second;   /* a confirmed second factor */
	bool has_provider; /* signs in at an identity provider */
};

struct account_new {
	struct text login; /* an e-mail address, or a name */
	struct text email; /* empty: the login if it is an address */
	struct text name;
	struct text language; /* empty: en */
	struct role_set roles;
};

const char *account_state_word(enum account_state state);

/* As it is compared: without blanks around, folded. Empty if it cannot be a
 * login (more than 254 bytes, or with control characters or blanks). */
struct text account_fold_login(struct text login, struct arena *arena);

/* Adds an invited account without a password. FAULT_CONFLICT: the login is
 * taken, or the roles exclude each other. */
bool account_add(const struct accounts *accounts,
	const struct account_new *account, const struct account_act *act,
	int64_t *out_id, struct fault *fault) __attribute__((warn_unused_result));

/* The account with its roles and the teams of the day. FAULT_MISSING if there
 * is none. Texts live in the arena of `accounts`. */
bool account_read(const struct accounts *accounts, int64_t id, int64_t now,
	struct account *out_account, struct fault *fault)
	__attribute__((warn_unused_result));

/* By what is typed. FAULT_MISSING if there is none. */
bool account_find(const struct accounts *accounts, struct text login,
	int64_t now, struct account *out_account, struct fault *fault)
	__attribute__((warn_unused_result));

/* All of the authority, by login. */
bool account_list(const struct accounts *accounts, int64_t now,
	const struct account **out_accounts, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

/* Gives or takes a role; doing what is done already is fine. The person's
 * sessions get a new token at their next request (session.h).
 * FAULT_CONFLICT: the roles exclude each other. */
bool account_give(const struct accounts *accounts,
	const struct account_act *act, struct text role, struct fault *fault)
	__attribute__((warn_unused_result));
bool account_take(const struct accounts *accounts,
	const struct account_act *act, struct text role, struct fault *fault)
	__attribute__((warn_unused_result));

/* Ends it: sessions, links and API tokens go with it. `why` is a word. */
bool account_close(const struct accounts *accounts,
	const struct account_act *act, const char *why, struct fault *fault)
	__attribute__((warn_unused_result));

/* Opens a closed one again as invited: without password and second factor. */
bool account_reopen(const struct accounts *accounts,
	const struct account_act *act, struct fault *fault)
	__attribute__((warn_unused_result));

/* Whether nobody has used it for longer than the limit. */
bool account_is_unused(const struct account *account, int64_t now);

/* Closes all that are unused, and removes sessions, links and visits that are
 * over. For once a day. */
bool account_sweep(const struct accounts *accounts, int64_t now,
	size_t *out_closed, struct fault *fault)
	__attribute__((warn_unused_result));

/* Changes the address (and the login, where that was the address), after the
 * link sent to it was followed (link.h). */
bool account_set_email(const struct accounts *accounts,
	const struct account_act *act, struct text email, struct fault *fault)
	__attribute__((warn_unused_result));

/* Sets a password by its hash (password.h) and makes an invited account
 * active; ends every session but `kept` (0: all). */
bool account_set_password(const struct accounts *accounts,
	const struct account_act *act, const char *hash, int64_t kept,
	struct fault *fault) __attribute__((warn_unused_result));

/* ---- Conflict of interest ---- */

/* A child that does not exist for this account: its own family, say. */
bool account_add_conflict(const struct accounts *accounts,
	const struct account_act *act, int64_t child, struct text reason,
	struct fault *fault) __attribute__((warn_unused_result));
bool account_remove_conflict(const struct accounts *accounts,
	const struct account_act *act, int64_t child, struct fault *fault)
	__attribute__((warn_unused_result));

/* All such children, ascending; few or none. */
bool account_conflicts(const struct accounts *accounts, int64_t account,
	const int64_t **out_children, size_t *out_count, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
