/* SPDX-License-Identifier: MIT
 *
 * Sessions: one browser, signed in.
 *
 * The browser holds a random token, the database its hash. A session ends after
 * 30 minutes without a request, 12 hours after sign-in whatever happens, when
 * it is ended by its holder, and when its account closes or its password
 * changes. Where a second factor is due, the password alone gives a half
 * session, good for five minutes and for nothing but giving the code.
 *
 * Guessing at an account from elsewhere slows the guesser, never a session
 * that is held: nothing here looks at attempts.
 *
 * session_find reads only, so that a page costs no commit. What it asks for
 * (needs_touch at most once a minute, needs_renewal after a change of roles) is
 * done by the caller in a transaction.
 */
#ifndef KITH_ACCOUNTS_SESSION_H
#define KITH_ACCOUNTS_SESSION_H

#include "accounts/account.h"
#include "accounts/secret.h"

enum {
	SESSION_IDLE_MINUTES = 30,
	SESSION_HOURS = 12,
	SESSION_HALF_MINUTES = 5,
	SESSION_PROOF_MINUTES = 15, /* age of a proof good enough for exports */
	SESSION_TOKEN = SECRET_TEXT,
	SESSION_CSRF = 129, /* with the zero byte */
	SESSION_AGENT = 48,
};

enum session_stage { SESSION_HALF, SESSION_FULL };
enum session_how { SESSION_PASSWORD, SESSION_SECOND, SESSION_PROVIDER };

struct session_new {
	int64_t account;
	enum session_stage stage;
	enum session_how how;
	struct text agent; /* the browser's User-Agent, as it came */
};

struct session {
	int64_t id;
	int64_t account;
	enum session_stage stage;
	enum session_how how;
	int64_t created_at, seen_at, ends_at;
	int64_t proved_at; /* last sign-in or password given */
	char agent[SESSION_AGENT];
	bool needs_touch;       /* call session_touch */
	bool needs_renewal;     /* call session_renew and set the new cookie */
	char csrf[DIGEST_TEXT]; /* before masking; for this file alone */
};

/* The token is shown once, to be set as a cookie. */
bool session_start(const struct accounts *accounts,
	const struct session_new *session, int64_t now,
	char out_token[SESSION_TOKEN], struct fault *fault)
	__attribute__((warn_unused_result));

/* FAULT_DENIED if there is no such session, it is over, or it is half. */
bool session_find(const struct accounts *accounts, struct text token,
	int64_t now, struct session *out_session, struct fault *fault)
	__attribute__((warn_unused_result));

/* The same for a half session, and for no other: the page that takes a code. */
bool session_find_half(const struct accounts *accounts, struct text token,
	int64_t now, struct session *out_session, struct fault *fault)
	__attribute__((warn_unused_result));

bool session_touch(const struct accounts *accounts, const struct session *session,
	int64_t now, struct fault *fault) __attribute__((warn_unused_result));

/* A new token for the same session; the old one is good for nothing. Forms
 * that are open stay valid. FAULT_DENIED if another request renewed it. */
struct session_token {
	struct text token; /* the present one */
	int64_t now;
};
bool session_renew(const struct accounts *accounts, const struct session *session,
	const struct session_token *present, char out_token[SESSION_TOKEN],
	struct fault *fault) __attribute__((warn_unused_result));

/* The holder has just proved again who they are. */
bool session_prove(const struct accounts *accounts, const struct session *session,
	int64_t now, struct fault *fault) __attribute__((warn_unused_result));
bool session_is_proved(const struct session *session, int64_t now);

/* The account's sessions that are not over, newest use first. */
bool session_list(const struct accounts *accounts, int64_t account, int64_t now,
	const struct session **out_sessions, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

/* Ends one of the account's sessions; all but `kept` (0: all). */
bool session_end(const struct accounts *accounts, const struct account_act *act,
	int64_t session, struct fault *fault) __attribute__((warn_unused_result));
bool session_end_others(const struct accounts *accounts,
	const struct account_act *act, int64_t kept, struct fault *fault)
	__attribute__((warn_unused_result));

/* A token for the session's forms, masked anew each time so that compressed
 * pages do not give it away; and whether a form brought one. */
void session_csrf(const struct session *session, char out_csrf[SESSION_CSRF]);
bool session_csrf_is(const struct session *session, struct text csrf);

/* The browser's family and system: "Firefox on Windows". */
void session_agent(struct text agent, char out_agent[SESSION_AGENT]);

#endif
