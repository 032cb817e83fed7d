/* SPDX-License-Identifier: MIT
 *
 * Attempts in the table `sign_in_attempt`.
 */
#include "accounts/attempt.h"

#include "accounts/account-inside.h"
#include "store/audit.h"

static const char *const kinds[] = {[ATTEMPT_LOGIN] = "login",
	[ATTEMPT_ADDRESS] = "address",
	[ATTEMPT_SECOND] = "second",
	[ATTEMPT_SESSION] = "session"};

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When the next check may be made after `failures` in a row. */
static int64_t after_failures(int64_t failures, int64_t newest)
{
	int64_t seconds = ATTEMPT_FIRST_SECONDS;
	if (failures < ATTEMPT_FREE)
		return 0;
	for (int64_t i = ATTEMPT_FREE;
		i < failures && seconds < ATTEMPT_MOST_SECONDS; i++)
		seconds *= 2;
	if (seconds > ATTEMPT_MOST_SECONDS)
		seconds = ATTEMPT_MOST_SECONDS;
	return newest + seconds * ACCOUNT_SECOND;
}

static int64_t after_window(int64_t checks, int64_t oldest)
{
	return checks < ATTEMPT_IN_WINDOW
		? 0
		: oldest + ATTEMPT_WINDOW_MINUTES * ACCOUNT_MINUTE;
}

static bool read_next(const struct accounts *accounts, enum attempt_kind kind,
	const struct store_value *values, int64_t *out_next, struct fault *fault)
{
	struct store_rows *rows;
	int column = kind == ATTEMPT_ADDRESS ? 4 : 2;
	if (!store_query(accounts->store, store_find(accounts_sql, "attempts_of"),
		    values, 5, &rows, fault))
		return false;
	if (store_next(rows, fault))
		*out_next = later(after_failures(store_get_integer(rows, 0),
					  store_get_integer(rows, 1)),
			after_window(store_get_integer(rows, column),
				store_get_integer(rows, column + 1)));
	store_end(rows);
	return !fault_is_set(fault);
}

static bool next_of(const struct accounts *accounts,
	const struct attempt *attempt, int64_t now, int64_t *out_next,
	struct fault *fault)
{
	char hash[DIGEST_TEXT];
	seal_hash(accounts->seal, kinds[attempt->kind], attempt->subject, hash);
	const struct store_value values[] = {store_integer(accounts->la),
		store_string(kinds[attempt->kind]), store_string(hash),
		store_integer(now - ACCOUNT_DAY),
		store_integer(now - ATTEMPT_WINDOW_MINUTES * ACCOUNT_MINUTE)};
	return read_next(accounts, attempt->kind, values, out_next, fault);
}

static bool enter(const struct accounts *accounts, struct attempt *attempt,
	int64_t now, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	seal_hash(accounts->seal, kinds[attempt->kind], attempt->subject, hash);
	attempt->id = account_next_id();
	return account_run(accounts, "attempt_add",
		STORE_VALUES(store_integer(accounts->la),
			store_integer(attempt->id),
			store_string(kinds[attempt->kind]), store_string(hash),
			store_integer(now)),
		fault);
}

bool attempt_enter(const struct accounts *accounts,
	const struct attempt_list *list, int64_t *out_wait, struct fault *fault)
{
	int64_t next = 0;
	/* Else two at once would both count what neither has committed. */
	if (!audit_turn(accounts->store, accounts->la, fault))
		return false;
	for (size_t i = 0; i < list->count; i++) {
		int64_t one = 0;
		if (!next_of(accounts, &list->attempts[i], list->now, &one, fault))
			return false;
		next = later(next, one);
	}
	int64_t wait = next <= list->now
		? 0
		: (next - list->now + ACCOUNT_SECOND - 1) / ACCOUNT_SECOND;
	for (size_t i = 0; wait == 0 && i < list->count; i++)
		if (!enter(accounts, &list->attempts[i], list->now, fault))
			return false;
	*out_wait = wait;
	return account_run(accounts, "attempts_forget",
		STORE_VALUES(store_integer(accounts->la),
			store_integer(list->now - ACCOUNT_DAY)),
		fault);
}

bool attempt_accept(const struct accounts *accounts,
	const struct attempt_list *list, struct fault *fault)
{
	for (size_t i = 0; i < list->count; i++)
		if (!account_run(accounts, "attempt_accepted",
			    STORE_VALUES(store_integer(accounts->la),
				    store_integer(list->attempts[i].id)),
			    fault))
			return false;
	return true;
}
