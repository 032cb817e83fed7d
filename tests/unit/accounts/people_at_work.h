/* SPDX-License-Identifier: MIT
 *
 * An invented council's people for the tests of accounts: one accounts struct
 * on the harness's database, and steps that must succeed. The day is 1 March
 * 2026, noon; tests add to it and never wait.
 */
#ifndef KITH_TESTS_PEOPLE_AT_WORK_H
#define KITH_TESTS_PEOPLE_AT_WORK_H

#include "accounts/account.h"
#include "accounts/session.h"
#include "accounts/signin.h"
#include "harness.h"

#define PEOPLE_NOON ((int64_t)1772366400000) /* 2026-03-01T12:00:00Z */
#define PEOPLE_PASSWORD "violet kettle under nine ladders"

struct people_at_work {
	struct harness *harness;
	struct accounts accounts;
	struct seal seal;
};

struct people_at_work people_begin(void **state);

/* An active account with PEOPLE_PASSWORD and one role. Its id. */
int64_t people_add(struct people_at_work *people, const char *login,
	const char *role);

struct account_act people_act(int64_t account, int64_t now);

/* Between store_begin and store_commit. */
void people_open(struct people_at_work *people);
void people_shut(struct people_at_work *people);

/* A whole sign-in, its three steps. */
struct signin_result people_sign_in(struct people_at_work *people,
	const char *login, const char *password, int64_t now);
struct signin_result people_sign_in_from(struct people_at_work *people,
	const struct signin_ask *ask, int64_t now);

/* The session of a token, which must be there. */
struct session people_session(struct people_at_work *people, const char *token,
	int64_t now);
bool people_has_session(struct people_at_work *people, const char *token,
	int64_t now);

/* How often the audit names the act. */
int64_t people_audited(struct people_at_work *people, const char *act);

#endif
