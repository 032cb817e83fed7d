/* SPDX-License-Identifier: MIT
 *
 * The three steps of a sign-in. The attempts of struct signin are those of the
 * name and of the address, or only that of a session.
 */
#include "accounts/signin.h"

#include <stdio.h>
#include <string.h>

#include "accounts/account-inside.h"
#include "accounts/totp.h"

static void take_secrets(const struct store_rows *rows, struct signin *signin)
{
	const struct account account = {.created_at = store_get_integer(rows, 4),
		.used_at = store_get_integer(rows, 5)};
	signin->account = store_get_integer(rows, 0);
	signin->state = account_state_of(store_get_text(rows, 3));
	signin->is_unused = account_is_unused(&account, signin->now);
	signin->has_second = !store_is_null(rows, 8);
	text_copy(signin->actor, sizeof signin->actor, store_get_text(rows, 2));
	text_copy(signin->hash, sizeof signin->hash, store_get_text(rows, 6));
}

static bool read_secrets(const struct accounts *accounts, const char *statement,
	struct store_value key, struct signin *signin, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store, store_find(accounts_sql, statement),
		    STORE_VALUES(store_integer(accounts->la), key), &rows, fault))
		return false;
	if (store_next(rows, fault))
		take_secrets(rows, signin);
	store_end(rows);
	return !fault_is_set(fault);
}

/* How many attempts the sign-in counts for: an address may be missing. */
static struct attempt_list attempts_of(struct signin *signin)
{
	return (struct attempt_list){signin->attempts,
		signin->attempts[1].subject.length > 0 ? 2 : 1, signin->now};
}

bool signin_begin(const struct accounts *accounts, const struct signin_ask *ask,
	int64_t now, struct signin *out_signin, struct fault *fault)
{
	struct signin signin = {.now = now};
	struct text login = account_fold_login(ask->login, accounts->arena);
	signin.attempts[0] = (struct attempt){.kind = ATTEMPT_LOGIN,
		.subject = login.length > 0 ? login : TEXT("-")};
	signin.attempts[1] = (struct attempt){.kind = ATTEMPT_ADDRESS,
		.subject = arena_text(accounts->arena, ask->address)};
	const struct attempt_list list = attempts_of(&signin);
	if (!attempt_enter(accounts, &list, &signin.wait_seconds, fault)
		|| !read_secrets(accounts, "secrets", store_text(login),
			&signin, fault))
		return false;
	*out_signin = signin;
	return true;
}

void signin_check(struct signin *signin, const struct signin_ask *ask)
{
	struct fault ignored = {.kind = FAULT_NONE};
	if (signin->wait_seconds > 0)
		return;
	signin->is_right = password_is(ask->password, signin->hash);
	/* A hash that cannot be made now is made at the next sign-in. */
	if (signin->is_right && password_is_dated(signin->hash))
		(void)!password_hash(ask->password, signin->new_hash, &ignored);
}

static bool note(const struct accounts *accounts, const struct signin *signin,
	const char *what, const char *detail, struct fault *fault)
{
	const struct account_act act = {signin->account,
		signin->account == 0 ? "-" : signin->actor, signin->now};
	return account_note(accounts, &act, what, detail, fault);
}

static bool begin_session(const struct accounts *accounts,
	const struct session_new *session, int64_t now,
	struct signin_result *result, struct fault *fault)
{
	result->verdict = session->stage == SESSION_HALF ? SIGNIN_HALF
							 : SIGNIN_DONE;
	result->account = session->account;
	return session_start(accounts, session, now, result->token, fault)
		&& (session->stage == SESSION_HALF
			|| account_run(accounts, "account_used",
				STORE_VALUES(store_integer(accounts->la),
					store_integer(session->account),
					store_integer(now)),
				fault));
}

/* The password is right, the account perhaps not open any more. */
static bool turn_away(const struct accounts *accounts,
	const struct signin *signin, struct signin_result *result,
	struct fault *fault)
{
	result->verdict = SIGNIN_CLOSED;
	if (signin->state == ACCOUNT_ACTIVE
		&& !account_close(accounts,
			&(struct account_act){signin->account, "kith", signin->now},
			"unused", fault))
		return false;
	return note(accounts, signin, "sign-in-refused", "closed", fault);
}

static bool let_in(const struct accounts *accounts, struct signin *signin,
	const struct signin_ask *ask, struct signin_result *result,
	struct fault *fault)
{
	const struct attempt_list list = attempts_of(signin);
	if (!attempt_accept(accounts, &list, fault))
		return false;
	if (signin->state != ACCOUNT_ACTIVE || signin->is_unused)
		return turn_away(accounts, signin, result, fault);
	if (signin->new_hash[0] != '\0'
		&& !account_run(accounts, "account_rehash",
			STORE_VALUES(store_integer(accounts->la),
				store_integer(signin->account),
				store_string(signin->hash),
				store_string(signin->new_hash)),
			fault))
		return false;
	const struct session_new session = {.account = signin->account,
		.stage = signin->has_second ? SESSION_HALF : SESSION_FULL,
		.how = SESSION_PASSWORD,
		.agent = ask->agent};
	return begin_session(accounts, &session, signin->now, result, fault)
		&& note(accounts, signin, "sign-in",
			signin->has_second ? "password, code to come" : "password",
			fault);
}

bool signin_end(const struct accounts *accounts, struct signin *signin,
	const struct signin_ask *ask, struct signin_result *out_result,
	struct fault *fault)
{
	struct signin_result result = {.verdict = SIGNIN_REFUSED};
	bool is_done = true;
	if (signin->wait_seconds > 0)
		result = (struct signin_result){.verdict = SIGNIN_WAIT,
			.wait_seconds = signin->wait_seconds};
	else if (signin->is_right)
		is_done = let_in(accounts, signin, ask, &result, fault);
	else
		is_done = note(accounts, signin, "sign-in-refused", "", fault);
	if (is_done)
		*out_result = result;
	return is_done;
}

static bool take_code(const struct accounts *accounts,
	const struct signin_code *code, struct signin *signin,
	struct signin_result *result, struct fault *fault)
{
	enum totp_kind kind;
	const struct account_act act = {signin->account, signin->actor,
		signin->now};
	const struct attempt_list list = attempts_of(signin);
	if (!totp_use(accounts, &act, code->code, &kind, fault))
		return false;
	if (kind == TOTP_WRONG) {
		result->verdict = SIGNIN_REFUSED;
		return note(accounts, signin, "sign-in-refused", "code", fault);
	}
	const struct session_new session = {.account = signin->account,
		.stage = SESSION_FULL,
		.how = SESSION_SECOND,
		.agent = code->agent};
	return attempt_accept(accounts, &list, fault)
		&& account_changed(accounts, "session_end",
			STORE_VALUES(store_integer(accounts->la),
				store_integer(signin->account),
				store_integer(code->session->id)),
			fault)
		&& begin_session(accounts, &session, signin->now, result, fault)
		&& note(accounts, signin, "sign-in",
			kind == TOTP_APP ? "code" : "recovery code", fault);
}

bool signin_second(const struct accounts *accounts,
	const struct signin_code *code, struct signin_result *out_result,
	struct fault *fault)
{
	struct signin signin = {.now = code->now};
	struct signin_result result = {.verdict = SIGNIN_WAIT};
	if (code->session->stage != SESSION_HALF)
		return fault_set(fault, FAULT_CONFLICT,
			"no code is asked for now");
	signin.attempts[0] = (struct attempt){.kind = ATTEMPT_SECOND,
		.subject = text_of(arena_format(accounts->arena, "%lld",
			(long long)code->session->account))};
	const struct attempt_list list = attempts_of(&signin);
	if (!attempt_enter(accounts, &list, &result.wait_seconds, fault)
		|| !read_secrets(accounts, "secrets_by_id",
			store_integer(code->session->account), &signin, fault))
		return false;
	if (result.wait_seconds == 0
		&& !take_code(accounts, code, &signin, &result, fault))
		return false;
	*out_result = result;
	return true;
}

bool signin_begin_again(const struct accounts *accounts,
	const struct session *session, int64_t now, struct signin *out_signin,
	struct fault *fault)
{
	struct signin signin = {.now = now};
	signin.attempts[0] = (struct attempt){.kind = ATTEMPT_SESSION,
		.subject = text_of(arena_format(accounts->arena, "%lld",
			(long long)session->id))};
	const struct attempt_list list = attempts_of(&signin);
	if (!attempt_enter(accounts, &list, &signin.wait_seconds, fault)
		|| !read_secrets(accounts, "secrets_by_id",
			store_integer(session->account), &signin, fault))
		return false;
	*out_signin = signin;
	return true;
}

bool signin_end_again(const struct accounts *accounts, struct signin *signin,
	const struct session *session, struct signin_result *out_result,
	struct fault *fault)
{
	struct signin_result result = {.verdict = SIGNIN_REFUSED,
		.wait_seconds = signin->wait_seconds,
		.account = session->account};
	const struct attempt_list list = attempts_of(signin);
	bool is_done = true;
	if (signin->wait_seconds > 0) {
		result.verdict = SIGNIN_WAIT;
	} else if (signin->is_right) {
		result.verdict = SIGNIN_DONE;
		is_done = attempt_accept(accounts, &list, fault)
			&& session_prove(accounts, session, signin->now, fault)
			&& note(accounts, signin, "sign-in", "again", fault);
	} else {
		is_done = note(accounts, signin, "sign-in-refused", "again",
			fault);
	}
	if (is_done)
		*out_result = result;
	return is_done;
}

bool signin_trusted(const struct accounts *accounts,
	const struct account_act *act, struct text agent,
	struct signin_result *out_result, struct fault *fault)
{
	struct account account;
	struct signin_result result = {.verdict = SIGNIN_CLOSED};
	const struct session_new session = {.account = act->account,
		.stage = SESSION_FULL,
		.how = SESSION_PROVIDER,
		.agent = agent};
	if (!account_read(accounts, act->account, act->now, &account, fault))
		return false;
	struct signin signin = {.now = act->now,
		.account = account.id,
		.state = account.state};
	text_copy(signin.actor, sizeof signin.actor, account.login);
	bool is_done = account.state == ACCOUNT_CLOSED
			|| account_is_unused(&account, act->now)
		? turn_away(accounts, &signin, &result, fault)
		: begin_session(accounts, &session, act->now, &result, fault)
			&& note(accounts, &signin, "sign-in", "provider", fault);
	if (is_done)
		*out_result = result;
	return is_done;
}
