/* SPDX-License-Identifier: MIT
 *
 * Sessions in the table `session`. The token against forged forms is a keyed
 * hash of the session's id: it needs no column, differs between sessions and
 * outlives a renewal.
 */
#include "accounts/session.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "accounts/account-inside.h"
#include "base/memory.h"

enum { MASK = 32 };

static const char *const stages[] = {[SESSION_HALF] = "half", [SESSION_FULL] = "full"};
static const char *const ways[] = {[SESSION_PASSWORD] = "password",
	[SESSION_SECOND] = "second",
	[SESSION_PROVIDER] = "provider"};

static const struct {
	const char *mark, *name;
} browsers[] =
	{/* the first found: later marks stand in earlier browsers */
		{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"},
		{"Safari/", "Safari"}},
  systems[] = {{"Windows", "Windows"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},
	  {"Android", "Android"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "macOS"},
	  {"Linux", "Linux"}};

void session_agent(struct text agent, char out_agent[SESSION_AGENT])
{
	const char *browser = "A browser", *machine = NULL;
	for (size_t i = COUNT_OF(browsers); i-- > 0;)
		if (text_has(agent, text_of(browsers[i].mark)))
			browser = browsers[i].name;
	for (size_t i = COUNT_OF(systems); i-- > 0;)
		if (text_has(agent, text_of(systems[i].mark)))
			machine = systems[i].name;
	snprintf(out_agent, SESSION_AGENT, "%s%s%s", browser,
		machine == NULL ? "" : " on ", machine == NULL ? "" : machine);
}

bool session_start(const struct accounts *accounts,
	const struct session_new *session, int64_t now,
	char out_token[SESSION_TOKEN], struct fault *fault)
{
	char token[SESSION_TOKEN], hash[DIGEST_TEXT], agent[SESSION_AGENT];
	int64_t lasts = session->stage == SESSION_HALF
		? SESSION_HALF_MINUTES * ACCOUNT_MINUTE
		: SESSION_HOURS * ACCOUNT_HOUR;
	secret_make(accounts->la, token);
	secret_hash(text_of(token), hash);
	session_agent(session->agent, agent);
	if (!account_run(accounts, "session_add",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account_next_id()),
			    store_integer(session->account), store_string(hash),
			    store_string(stages[session->stage]),
			    store_string(ways[session->how]), store_integer(now),
			    store_integer(now + lasts), store_string(agent)),
		    fault))
		return false;
	memcpy(out_token, token, sizeof token);
	return true;
}

static void make_csrf(const struct accounts *accounts, struct session *session)
{
	char name[40];
	snprintf(name, sizeof name, "%d/%lld", accounts->la,
		(long long)session->id);
	seal_hash(accounts->seal, "form", text_of(name), session->csrf);
}

static struct session take_row(const struct accounts *accounts,
	const struct store_rows *rows, int64_t now)
{
	struct text how = store_get_text(rows, 3);
	struct session session = {.id = store_get_integer(rows, 0),
		.account = store_get_integer(rows, 1),
		.stage = text_is(store_get_text(rows, 2), "full") ? SESSION_FULL
								  : SESSION_HALF,
		.created_at = store_get_integer(rows, 4),
		.seen_at = store_get_integer(rows, 5),
		.ends_at = store_get_integer(rows, 6),
		.proved_at = store_get_integer(rows, 7)};
	for (size_t i = 0; i < COUNT_OF(ways); i++)
		if (text_is(how, ways[i]))
			session.how = (enum session_how)i;
	text_copy(session.agent, sizeof session.agent, store_get_text(rows, 9));
	session.needs_touch = now - session.seen_at >= ACCOUNT_MINUTE;
	session.needs_renewal = store_get_integer(rows, 10)
		> store_get_integer(rows, 8);
	make_csrf(accounts, &session);
	return session;
}

static bool is_over(const struct session *session,
	const struct store_rows *rows, int64_t now)
{
	return now >= session->ends_at
		|| now - session->seen_at >= SESSION_IDLE_MINUTES * ACCOUNT_MINUTE
		|| account_state_of(store_get_text(rows, 11)) != ACCOUNT_ACTIVE;
}

static bool signed_out(struct fault *fault)
{
	fault_set(fault, FAULT_DENIED, "you are not signed in");
	return fault_hint(fault, "sign in again");
}

static bool find(const struct accounts *accounts, struct text token,
	int64_t now, struct session *out_session, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	struct store_rows *rows;
	if (secret_la(token) != accounts->la)
		return signed_out(fault);
	secret_hash(token, hash);
	if (!store_query(accounts->store, store_find(accounts_sql, "session_find"),
		    STORE_VALUES(store_integer(accounts->la), store_string(hash)),
		    &rows, fault))
		return false;
	struct session session = {.id = 0};
	bool is_found = false;
	if (store_next(rows, fault)) {
		session = take_row(accounts, rows, now);
		is_found = !is_over(&session, rows, now);
	}
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	if (!is_found)
		return signed_out(fault);
	*out_session = session;
	return true;
}

static bool find_stage(const struct accounts *accounts, struct text token,
	const struct session *wanted, struct session *out_session,
	struct fault *fault)
{
	struct session session = {.id = 0};
	if (!find(accounts, token, wanted->seen_at, &session, fault))
		return false;
	if (session.stage != wanted->stage)
		return signed_out(fault);
	*out_session = session;
	return true;
}

bool session_find(const struct accounts *accounts, struct text token,
	int64_t now, struct session *out_session, struct fault *fault)
{
	const struct session wanted = {.stage = SESSION_FULL, .seen_at = now};
	return find_stage(accounts, token, &wanted, out_session, fault);
}

bool session_find_half(const struct accounts *accounts, struct text token,
	int64_t now, struct session *out_session, struct fault *fault)
{
	const struct session wanted = {.stage = SESSION_HALF, .seen_at = now};
	return find_stage(accounts, token, &wanted, out_session, fault);
}

bool session_touch(const struct accounts *accounts,
	const struct session *session, int64_t now, struct fault *fault)
{
	const struct store_value la = store_integer(accounts->la);
	return account_run(accounts, "session_touch",
		       STORE_VALUES(la, store_integer(session->id),
			       store_integer(now)),
		       fault)
		&& account_run(accounts, "account_used",
			STORE_VALUES(la, store_integer(session->account),
				store_integer(now)),
			fault);
}

bool session_renew(const struct accounts *accounts,
	const struct session *session, const struct session_token *present,
	char out_token[SESSION_TOKEN], struct fault *fault)
{
	char token[SESSION_TOKEN], old[DIGEST_TEXT], hash[DIGEST_TEXT];
	secret_make(accounts->la, token);
	secret_hash(present->token, old);
	secret_hash(text_of(token), hash);
	if (!account_changed(accounts, "session_renew",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(session->id), store_string(old),
			    store_string(hash), store_integer(present->now)),
		    fault))
		return signed_out(fault);
	memcpy(out_token, token, sizeof token);
	return true;
}

bool session_prove(const struct accounts *accounts,
	const struct session *session, int64_t now, struct fault *fault)
{
	return account_run(accounts, "session_proved",
		STORE_VALUES(store_integer(accounts->la),
			store_integer(session->id), store_integer(now)),
		fault);
}

bool session_is_proved(const struct session *session, int64_t now)
{
	return now - session->proved_at < SESSION_PROOF_MINUTES * ACCOUNT_MINUTE;
}

bool session_list(const struct accounts *accounts, int64_t account, int64_t now,
	const struct session **out_sessions, size_t *out_count,
	struct fault *fault)
{
	enum { MOST = 100 };
	struct store_rows *rows;
	if (!store_query(accounts->store, store_find(accounts_sql, "sessions_of"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account)),
		    &rows, fault))
		return false;
	struct session *sessions = arena_array(accounts->arena, MOST,
		sizeof *sessions);
	size_t count = 0;
	while (count < MOST && store_next(rows, fault)) {
		sessions[count] = take_row(accounts, rows, now);
		if (!is_over(&sessions[count], rows, now))
			count++;
	}
	store_end(rows);
	*out_sessions = sessions;
	*out_count = count;
	return !fault_is_set(fault);
}

bool session_end(const struct accounts *accounts, const struct account_act *act,
	int64_t session, struct fault *fault)
{
	if (!account_changed(accounts, "session_end",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(act->account), store_integer(session)),
		    fault))
		return fault_set(fault, FAULT_MISSING,
			"there is no such session");
	return account_note(accounts, act, "sign-out", "", fault);
}

bool session_end_others(const struct accounts *accounts,
	const struct account_act *act, int64_t kept, struct fault *fault)
{
	return account_run(accounts, "session_end_others",
		       STORE_VALUES(store_integer(accounts->la),
			       store_integer(act->account), store_integer(kept)),
		       fault)
		&& account_note(accounts, act, "sign-out",
			kept == 0 ? "all" : "all others", fault);
}

/* The mask, then the token under the mask. */
void session_csrf(const struct session *session, char out_csrf[SESSION_CSRF])
{
	unsigned char bytes[2 * MASK];
	randombytes_buf(bytes, MASK);
	sodium_hex2bin(bytes + MASK, MASK, session->csrf, strlen(session->csrf),
		NULL, NULL, NULL);
	for (size_t i = 0; i < MASK; i++)
		bytes[MASK + i] ^= bytes[i];
	sodium_bin2hex(out_csrf, SESSION_CSRF, bytes, sizeof bytes);
}

bool session_csrf_is(const struct session *session, struct text csrf)
{
	unsigned char bytes[2 * MASK];
	char hex[DIGEST_TEXT];
	size_t length = 0;
	if (csrf.length != SESSION_CSRF - 1
		|| sodium_hex2bin(bytes, sizeof bytes, csrf.at, csrf.length,
			   NULL, &length, NULL)
			!= 0
		|| length != sizeof bytes)
		return false;
	for (size_t i = 0; i < MASK; i++)
		bytes[MASK + i] ^= bytes[i];
	sodium_bin2hex(hex, sizeof hex, bytes + MASK, MASK);
	return secret_equals(text_of(hex), text_of(session->csrf));
}
