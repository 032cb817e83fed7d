/* SPDX-License-Identifier: MIT
 *
 * See people_at_work.h.
 */
#include "people_at_work.h"

#include "codes/codes.h"

/* Hashing is slow by design; all invented people share one hash. */
static const char *shared_hash(void)
{
	static char hash[PASSWORD_HASH];
	struct fault fault = {0};
	if (hash[0] == '\0')
		HARNESS_DONE(password_hash(TEXT(PEOPLE_PASSWORD), hash, &fault),
			&fault);
	return hash;
}

struct people_at_work people_begin(void **state)
{
	struct harness *harness = harness_of(state);
	struct people_at_work people = {.harness = harness};
	struct arena *arena = harness_arena(harness);
	struct fault fault = {0};
	struct codes *codes;
	const struct role_list *roles;
	HARNESS_DONE(codes_open(arena, NULL, &codes, &fault)
			&& role_open(codes, arena, &roles, &fault)
			&& seal_open(harness_path(harness, "key"), &people.seal,
				&fault),
		&fault);
	struct seal *seal = arena_new(arena, sizeof *seal);
	*seal = people.seal;
	people.accounts = (struct accounts){.store = harness_store(harness),
		.la = HARNESS_LA,
		.roles = roles,
		.seal = seal,
		.arena = arena};
	return people;
}

void people_open(struct people_at_work *people)
{
	struct fault fault = {0};
	HARNESS_DONE(store_begin(people->accounts.store, &fault), &fault);
}

void people_shut(struct people_at_work *people)
{
	struct fault fault = {0};
	HARNESS_DONE(store_commit(people->accounts.store, &fault), &fault);
}

struct account_act people_act(int64_t account, int64_t now)
{
	return (struct account_act){account, "tester", now};
}

int64_t people_add(struct people_at_work *people, const char *login,
	const char *role)
{
	struct fault fault = {0};
	int64_t id = 0;
	struct account_act act = people_act(0, PEOPLE_NOON);
	people_open(people);
	HARNESS_DONE(account_add(&people->accounts,
			     &(struct account_new){.login = text_of(login),
				     .name = TEXT("Ada Example"),
				     .roles = role_set_of(people->accounts.roles,
					     &role, 1)},
			     &act, &id, &fault),
		&fault);
	act.account = id;
	HARNESS_DONE(account_set_password(&people->accounts, &act,
			     shared_hash(), 0, &fault),
		&fault);
	people_shut(people);
	return id;
}

struct signin_result people_sign_in_from(struct people_at_work *people,
	const struct signin_ask *ask, int64_t now)
{
	struct fault fault = {0};
	struct signin signin;
	struct signin_result result;
	people_open(people);
	HARNESS_DONE(signin_begin(&people->accounts, ask, now, &signin, &fault),
		&fault);
	people_shut(people);
	signin_check(&signin, ask);
	people_open(people);
	HARNESS_DONE(signin_end(&people->accounts, &signin, ask, &result, &fault),
		&fault);
	people_shut(people);
	return result;
}

struct signin_result people_sign_in(struct people_at_work *people,
	const char *login, const char *password, int64_t now)
{
	const struct signin_ask ask = {.login = text_of(login),
		.password = text_of(password),
		.address = TEXT("192.0.2.7"),
		.agent = TEXT("Mozilla/5.0 (Windows NT 10.0) Firefox/128.0")};
	return people_sign_in_from(people, &ask, now);
}

struct session people_session(struct people_at_work *people, const char *token,
	int64_t now)
{
	struct fault fault = {0};
	struct session session;
	HARNESS_DONE(session_find(&people->accounts, text_of(token), now,
			     &session, &fault),
		&fault);
	return session;
}

bool people_has_session(struct people_at_work *people, const char *token,
	int64_t now)
{
	struct fault fault = {0};
	struct session session;
	if (session_find(&people->accounts, text_of(token), now, &session, &fault))
		return true;
	assert_int_equal(fault.kind, FAULT_DENIED);
	return false;
}

int64_t people_audited(struct people_at_work *people, const char *act)
{
	struct fault fault = {0};
	int64_t count = 0;
	HARNESS_DONE(store_number(people->accounts.store,
			     "SELECT count(*) FROM audit WHERE la = $1 AND act ="
			     " $2",
			     STORE_VALUES(store_integer(HARNESS_LA),
				     store_string(act)),
			     &count, &fault),
		&fault);
	return count;
}
