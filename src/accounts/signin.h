/* SPDX-License-Identifier: MIT
 *
 * Signing in with a name and a password, then a code; and proving it again.
 *
 * A check of a password takes a tenth of a second and 64 MB on purpose, and a
 * transaction must not wait for it. So there are three steps:
 *
 *     signin_begin   in a transaction: may it be tried now? enters the attempt
 *     signin_check   outside any: the slow part
 *     signin_end     in a transaction: the verdict, the session, the audit
 *
 * What is answered, and how long it takes, does not tell whether the name
 * exists: a name without an account runs the same statements and the same hash.
 * That an account is closed, or wants a code, is told only to whoever gave its
 * password. The name typed is never audited: it may be a password.
 *
 * All three are called with the same struct signin; its members are for
 * signin.c alone, but `wait_seconds`.
 */
#ifndef KITH_ACCOUNTS_SIGNIN_H
#define KITH_ACCOUNTS_SIGNIN_H

#include "accounts/attempt.h"
#include "accounts/password.h"
#include "accounts/session.h"

struct signin_ask {
	struct text login;
	struct text password;
	struct text address; /* where the request came from */
	struct text agent;   /* the browser's User-Agent */
};

enum signin_verdict {
	SIGNIN_REFUSED, /* name or password is not right */
	SIGNIN_WAIT,    /* too many tries: see wait_seconds */
	SIGNIN_CLOSED, /* the password is right, the account closed or unused */
	SIGNIN_HALF,   /* give the code: the token is of a half session */
	SIGNIN_DONE,
};

struct signin {
	int64_t wait_seconds;
	int64_t now;
	int64_t account; /* 0: there is none of that name */
	enum account_state state;
	bool has_second;
	bool is_unused;
	bool is_right;
	struct attempt attempts[2];
	char actor[256];
	char hash[PASSWORD_HASH];     /* held */
	char new_hash[PASSWORD_HASH]; /* with today's parameters; empty: no need */
};

struct signin_result {
	enum signin_verdict verdict;
	int64_t wait_seconds;
	int64_t account;
	char token[SESSION_TOKEN]; /* for SIGNIN_HALF and SIGNIN_DONE */
};

bool signin_begin(const struct accounts *accounts, const struct signin_ask *ask,
	int64_t now, struct signin *out_signin, struct fault *fault)
	__attribute__((warn_unused_result));
void signin_check(struct signin *signin, const struct signin_ask *ask);
bool signin_end(const struct accounts *accounts, struct signin *signin,
	const struct signin_ask *ask, struct signin_result *out_result,
	struct fault *fault) __attribute__((warn_unused_result));

/* The code behind a half session, in one transaction: quick enough. A right
 * one ends the half session and begins a full one. */
struct signin_code {
	const struct session *session; /* half */
	struct text code;
	struct text agent;
	int64_t now;
};
bool signin_second(const struct accounts *accounts,
	const struct signin_code *code, struct signin_result *out_result,
	struct fault *fault) __attribute__((warn_unused_result));

/* The password again, within a session, before something that matters. Counted
 * for the session alone, so that nobody outside can hinder it. signin_check in
 * between; signin_end_again gives SIGNIN_DONE without a token. */
bool signin_begin_again(const struct accounts *accounts,
	const struct session *session, int64_t now, struct signin *out_signin,
	struct fault *fault) __attribute__((warn_unused_result));
bool signin_end_again(const struct accounts *accounts, struct signin *signin,
	const struct session *session, struct signin_result *out_result,
	struct fault *fault) __attribute__((warn_unused_result));

/* After an identity provider said who it is (oidc.h): the session, at once. */
bool signin_trusted(const struct accounts *accounts,
	const struct account_act *act, struct text agent,
	struct signin_result *out_result, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
