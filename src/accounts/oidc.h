/* SPDX-License-Identifier: MIT
 *
 * Signing in at the council's own identity provider (OpenID Connect Core 1.0:
 * the code flow, with PKCE after RFC 7636, state and nonce).
 *
 *     oidc_discover   network: the provider's addresses, from its issuer
 *     oidc_begin      transaction: where to send the browser
 *     oidc_return     transaction: the browser is back; its visit is used up
 *     oidc_exchange   network: the code for an ID token, which is verified
 *     oidc_admit      transaction: the person's account, roles and session
 *
 * Only issuers in the table `provider` are spoken to, over https; over plain
 * http only on this machine, for tests. A redirect is not followed. An ID
 * token counts if a key of the issuer signed it with RS256, PS256 or ES256 and
 * it was made for us, now, for this visit. "none" and keys shared with the
 * client are refused whatever the token's header says.
 *
 * What the provider's groups or app roles mean is the table `provider_role`.
 * At each sign-in the account's roles become those that its groups give, so
 * that who leaves a group loses the role; who has none is not let in. An
 * account is made at the first sign-in, or the invited one of that address is
 * taken; one that has a password of its own is never taken over.
 */
#ifndef KITH_ACCOUNTS_OIDC_H
#define KITH_ACCOUNTS_OIDC_H

#include "accounts/secret.h"
#include "accounts/signin.h"

enum {
	OIDC_TOKEN_BYTES = 64 * 1024, /* an ID token with very many groups */
	OIDC_ANSWER_BYTES = 256 * 1024,
	OIDC_TIMEOUT_MS = 10000,
	OIDC_VISIT_MINUTES = 10,
	OIDC_LEEWAY_SECONDS = 60, /* between two clocks */
	OIDC_GROUPS = 256,
};

struct oidc_provider {
	struct text issuer;
	struct text label; /* on the button */
	struct text client;
	struct text secret;      /* empty: a public client */
	struct text redirect;    /* our address for the answer */
	struct text roles_claim; /* "groups", "roles" */
};

/* ---- What a council sets ---- */

bool oidc_set_provider(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_provider *provider,
	struct fault *fault) __attribute__((warn_unused_result));
bool oidc_providers(const struct accounts *accounts,
	const struct oidc_provider **out_providers, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));
bool oidc_find_provider(const struct accounts *accounts, struct text issuer,
	struct oidc_provider *out_provider, struct fault *fault)
	__attribute__((warn_unused_result));

/* That a group or app role of the provider means a role here; and that it does
 * not any more. */
struct oidc_meaning {
	struct text issuer, value, role;
};
bool oidc_add_meaning(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_meaning *meaning,
	struct fault *fault) __attribute__((warn_unused_result));
bool oidc_remove_meaning(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_meaning *meaning,
	struct fault *fault) __attribute__((warn_unused_result));

/* ---- A sign-in ---- */

/* The provider's addresses. */
struct oidc_site {
	struct oidc_provider provider;
	struct text authorize, token, keys;
	struct text sign_out; /* empty: it has none */
};

/* FAULT_BUSY: it does not answer. FAULT_BROKEN: it answers what it may not. */
bool oidc_discover(const struct oidc_provider *provider, struct arena *arena,
	struct oidc_site *out_site, struct fault *fault)
	__attribute__((warn_unused_result));

/* `state` is also set as a cookie of this browser: a link sent by somebody
 * else then leads nowhere. */
struct oidc_departure {
	struct text url;
	char state[SECRET_TEXT];
};
struct oidc_wish {
	struct text goes_to; /* the page asked for, a path of ours */
	int64_t now;
};
bool oidc_begin(const struct accounts *accounts, const struct oidc_site *site,
	const struct oidc_wish *wish, struct oidc_departure *out_departure,
	struct fault *fault) __attribute__((warn_unused_result));

/* What the browser brought back, and its cookie. */
struct oidc_answer {
	struct text state, cookie, code;
	struct text issuer; /* RFC 9207; empty: it sends none */
	struct text error;  /* instead of a code */
};
struct oidc_visit {
	struct text issuer, nonce, verifier, goes_to;
};
bool oidc_return(const struct accounts *accounts,
	const struct oidc_answer *answer, int64_t now,
	struct oidc_visit *out_visit, struct fault *fault)
	__attribute__((warn_unused_result));

struct oidc_person {
	struct text issuer, subject, name, email;
	struct text groups[OIDC_GROUPS];
	size_t group_count;
	struct text id_token; /* to be named at sign-out */
};
struct oidc_code {
	const struct oidc_visit *visit;
	struct text code;
	int64_t now;
};
bool oidc_exchange(const struct oidc_site *site, const struct oidc_code *code,
	struct arena *arena, struct oidc_person *out_person,
	struct fault *fault) __attribute__((warn_unused_result));

/* SIGNIN_DONE with a session; SIGNIN_REFUSED where no group means a role;
 * SIGNIN_CLOSED. FAULT_CONFLICT: an account with a password has that name. */
struct oidc_arrival {
	const struct oidc_person *person;
	struct text agent;
	int64_t now;
};
bool oidc_admit(const struct accounts *accounts,
	const struct oidc_arrival *arrival, struct signin_result *out_result,
	struct fault *fault) __attribute__((warn_unused_result));

/* Where to send the browser to be signed out there too; `after` is our page
 * for afterwards. Empty where the provider has no such address. */
struct text oidc_sign_out_url(const struct oidc_site *site,
	struct text id_token, struct text after, struct arena *arena);

/* ---- The token, without a network ---- */

struct oidc_expected {
	struct text issuer, client, nonce, roles_claim;
	struct text access_token; /* empty: at_hash is not looked at */
	int64_t now;
};

/* `keys` is the provider's JSON Web Key Set. FAULT_DENIED says why not. */
struct oidc_signed {
	struct text token, keys;
};
bool oidc_verify(const struct oidc_signed *given,
	const struct oidc_expected *expected, struct arena *arena,
	struct oidc_person *out_person, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
