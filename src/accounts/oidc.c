/* SPDX-License-Identifier: MIT
 *
 * A visit to a provider and back.
 */
#include "accounts/oidc.h"

#include <jansson.h>
#include <sodium.h>
#include <stdio.h>

#include "accounts/account-inside.h"
#include "accounts/oidc-inside.h"
#include "base/buffer.h"

enum { PLACE = 160 };

static const char *verifier_place(const struct accounts *accounts,
	const char *hash, char place[PLACE])
{
	snprintf(place, PLACE, "%d/visit/%s", accounts->la, hash);
	return place;
}

/* ---- Discovery ---- */

static bool broken(struct fault *fault, const char *why)
{
	fault_set(fault, FAULT_BROKEN,
		"the identity provider describes itself wrongly");
	return fault_detail(fault, "%s", why);
}

static struct text member(const json_t *object, const char *name,
	struct arena *arena)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value)
		? arena_text(arena, text_of(json_string_value(value)))
		: (struct text){.at = NULL};
}

static bool take_site(const json_t *facts, struct arena *arena,
	struct oidc_site *site, struct fault *fault)
{
	site->authorize = member(facts, "authorization_endpoint", arena);
	site->token = member(facts, "token_endpoint", arena);
	site->keys = member(facts, "jwks_uri", arena);
	site->sign_out = member(facts, "end_session_endpoint", arena);
	if (!text_equals(member(facts, "issuer", arena), site->provider.issuer))
		return broken(fault, "it is another issuer");
	if (!oidc_is_allowed(site->authorize) || !oidc_is_allowed(site->token)
		|| !oidc_is_allowed(site->keys)
		|| (site->sign_out.length > 0 && !oidc_is_allowed(site->sign_out)))
		return broken(fault, "an address of it is missing or not https");
	return true;
}

bool oidc_discover(const struct oidc_provider *provider, struct arena *arena,
	struct oidc_site *out_site, struct fault *fault)
{
	struct oidc_site site = {.provider = *provider};
	struct text issuer = provider->issuer, body;
	if (text_ends(issuer, TEXT("/")))
		issuer.length--;
	const struct oidc_request request = {
		.url = text_of(arena_format(arena,
			TEXT_FORMAT "/.well-known/openid-configuration",
			TEXT_ARGS(issuer)))};
	if (!oidc_fetch(&request, arena, &body, fault))
		return false;
	json_t *facts = json_loadb(body.at, body.length, JSON_REJECT_DUPLICATES,
		NULL);
	bool is_done = facts != NULL
		? take_site(facts, arena, &site, fault)
		: broken(fault, "it does not answer in JSON");
	json_decref(facts);
	if (is_done)
		*out_site = site;
	return is_done;
}

/* ---- There ---- */

static void add_parameter(struct buffer *out, const char *name, struct text value)
{
	buffer_format(out, "%s=", name);
	account_escape(out, value);
}

static void challenge_of(struct text verifier, char out_challenge[64])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)verifier.at,
		verifier.length);
	sodium_bin2base64(out_challenge, 64, hash, sizeof hash,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

struct secrets {
	char state[SECRET_TEXT], nonce[SECRET_TEXT], verifier[SECRET_TEXT];
};

static struct text departure_url(const struct oidc_site *site,
	const struct secrets *secrets, struct arena *arena)
{
	struct buffer url = {.maximum = 1 << 16};
	struct text rest;
	char challenge[64];
	bool has_query = text_split(site->authorize, '?', &rest).length
		< site->authorize.length;
	challenge_of(text_of(secrets->verifier), challenge);
	buffer_add(&url, site->authorize);
	buffer_string(&url, has_query ? "&" : "?");
	add_parameter(&url, "response_type", TEXT("code"));
	add_parameter(&url, "&client_id", site->provider.client);
	add_parameter(&url, "&redirect_uri", site->provider.redirect);
	add_parameter(&url, "&scope", TEXT("openid profile email"));
	add_parameter(&url, "&state", text_of(secrets->state));
	add_parameter(&url, "&nonce", text_of(secrets->nonce));
	add_parameter(&url, "&code_challenge", text_of(challenge));
	add_parameter(&url, "&code_challenge_method", TEXT("S256"));
	struct text text = arena_text(arena, buffer_text(&url));
	buffer_finish(&url);
	return text;
}

/* A path of ours and nothing that a browser takes for another host. */
static bool is_own_path(struct text path)
{
	if (path.length == 0 || path.at[0] != '/' || path.length > 1024)
		return false;
	for (size_t i = 0; i < path.length; i++)
		if ((unsigned char)path.at[i] <= ' ' || path.at[i] == '\\')
			return false;
	return path.length == 1 || path.at[1] != '/';
}

bool oidc_begin(const struct accounts *accounts, const struct oidc_site *site,
	const struct oidc_wish *wish, struct oidc_departure *out_departure,
	struct fault *fault)
{
	struct secrets secrets;
	char hash[DIGEST_TEXT], place[PLACE];
	secret_make(accounts->la, secrets.state);
	secret_make(accounts->la, secrets.nonce);
	secret_make(accounts->la, secrets.verifier);
	secret_hash(text_of(secrets.state), hash);
	struct text sealed = seal_shut(accounts->seal,
		verifier_place(accounts, hash, place),
		text_of(secrets.verifier), accounts->arena);
	if (!account_run(accounts, "visit_add",
		    STORE_VALUES(store_integer(accounts->la), store_string(hash),
			    store_text(site->provider.issuer),
			    store_string(secrets.nonce), store_blob(sealed),
			    store_text(is_own_path(wish->goes_to) ? wish->goes_to
								  : TEXT("/")),
			    store_integer(wish->now)),
		    fault))
		return false;
	out_departure->url = departure_url(site, &secrets, accounts->arena);
	text_copy(out_departure->state, sizeof out_departure->state,
		text_of(secrets.state));
	return true;
}

/* ---- And back ---- */

static bool stray(struct fault *fault, const char *why)
{
	fault_set(fault, FAULT_DENIED, "this sign-in was not begun here");
	fault_detail(fault, "%s", why);
	return fault_hint(fault, "begin again");
}

static bool take_visit(const struct accounts *accounts, struct store_rows *rows,
	const char *hash, struct oidc_visit *visit, struct fault *fault)
{
	struct arena *arena = accounts->arena;
	char place[PLACE];
	visit->issuer = arena_text(arena, store_get_text(rows, 0));
	visit->nonce = arena_text(arena, store_get_text(rows, 1));
	visit->goes_to = arena_text(arena, store_get_text(rows, 3));
	return seal_take(accounts->seal, verifier_place(accounts, hash, place),
		store_get_blob(rows, 2), arena, &visit->verifier, fault);
}

static bool check_answer(const struct oidc_answer *answer,
	const struct oidc_visit *visit, struct fault *fault)
{
	if (answer->error.length > 0) {
		fault_set(fault, FAULT_DENIED,
			"the identity provider did not sign you in");
		return fault_detail(fault, TEXT_FORMAT,
			TEXT_ARGS(text_cut(answer->error, 0, 60)));
	}
	if (answer->issuer.length > 0
		&& !text_equals(answer->issuer, visit->issuer))
		return stray(fault, "the answer is of another provider");
	return answer->code.length > 0 || stray(fault, "the answer has no code");
}

bool oidc_return(const struct accounts *accounts,
	const struct oidc_answer *answer, int64_t now,
	struct oidc_visit *out_visit, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	struct store_rows *rows;
	struct oidc_visit visit;
	if (secret_la(answer->state) != accounts->la
		|| !secret_equals(answer->state, answer->cookie))
		return stray(fault, "the state is not this browser's");
	secret_hash(answer->state, hash);
	if (!store_query(accounts->store, store_find(accounts_sql, "visit_take"),
		    STORE_VALUES(store_integer(accounts->la), store_string(hash)),
		    &rows, fault))
		return false;
	bool is_there = store_next(rows, fault);
	bool is_fresh = is_there
		&& now - store_get_integer(rows, 4)
			< OIDC_VISIT_MINUTES * ACCOUNT_MINUTE;
	bool is_read = is_fresh
		&& take_visit(accounts, rows, hash, &visit, fault);
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	if (!is_read)
		return stray(fault,
			is_there ? "it took too long" : "there is no such visit");
	if (!check_answer(answer, &visit, fault))
		return false;
	*out_visit = visit;
	return true;
}

/* ---- The code for a token ---- */

static struct text exchange_form(const struct oidc_site *site,
	const struct oidc_code *code, struct arena *arena)
{
	struct buffer form = {.maximum = 1 << 16};
	add_parameter(&form, "grant_type", TEXT("authorization_code"));
	add_parameter(&form, "&code", code->code);
	add_parameter(&form, "&redirect_uri", site->provider.redirect);
	add_parameter(&form, "&code_verifier", code->visit->verifier);
	if (site->provider.secret.length == 0)
		add_parameter(&form, "&client_id", site->provider.client);
	struct text text = arena_text(arena, buffer_text(&form));
	buffer_finish(&form);
	return text;
}

static bool read_tokens(struct text body, struct arena *arena,
	struct text *out_id, struct text *out_access, struct fault *fault)
{
	json_t *tokens = json_loadb(body.at, body.length,
		JSON_REJECT_DUPLICATES, NULL);
	*out_id = member(tokens, "id_token", arena);
	*out_access = member(tokens, "access_token", arena);
	json_decref(tokens);
	if (out_id->length > 0)
		return true;
	fault_set(fault, FAULT_DENIED,
		"the identity provider's answer is not accepted");
	return fault_detail(fault, "it holds no ID token");
}

bool oidc_exchange(const struct oidc_site *site, const struct oidc_code *code,
	struct arena *arena, struct oidc_person *out_person, struct fault *fault)
{
	struct oidc_signed given;
	struct oidc_expected expected = {.issuer = site->provider.issuer,
		.client = site->provider.client,
		.nonce = code->visit->nonce,
		.roles_claim = site->provider.roles_claim,
		.now = code->now};
	struct text body;
	const struct oidc_request ask = {.url = site->token,
		.form = exchange_form(site, code, arena),
		.client = site->provider.client,
		.secret = site->provider.secret};
	const struct oidc_request keys = {.url = site->keys};
	if (!text_equals(code->visit->issuer, site->provider.issuer))
		return stray(fault, "the visit is to another provider");
	return oidc_fetch(&ask, arena, &body, fault)
		&& read_tokens(body, arena, &given.token,
			&expected.access_token, fault)
		&& oidc_fetch(&keys, arena, &given.keys, fault)
		&& oidc_verify(&given, &expected, arena, out_person, fault);
}

struct text oidc_sign_out_url(const struct oidc_site *site,
	struct text id_token, struct text after, struct arena *arena)
{
	struct buffer url = {.maximum = 1 << 18};
	struct text rest, text = {.at = NULL};
	if (site->sign_out.length == 0)
		return text;
	bool has_query = text_split(site->sign_out, '?', &rest).length
		< site->sign_out.length;
	buffer_add(&url, site->sign_out);
	buffer_string(&url, has_query ? "&" : "?");
	add_parameter(&url, "client_id", site->provider.client);
	add_parameter(&url, "&post_logout_redirect_uri", after);
	if (id_token.length > 0)
		add_parameter(&url, "&id_token_hint", id_token);
	text = arena_text(arena, buffer_text(&url));
	buffer_finish(&url);
	return text;
}
