/* SPDX-License-Identifier: MIT
 *
 * The ID token: OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8.
 *
 * The header is read here, before the library sees the token, so that neither
 * which algorithm nor which kind of key is left to what the token says: a row
 * of `algorithms` names both, and a key of another kind is not tried. Keys and
 * signatures are taken out of base 64 here too: cjose ends the program over
 * some that are not well formed.
 */
#include <cjose/cjose.h>
#include <jansson.h>
#include <sodium.h>
#include <string.h>

#include "accounts/oidc-inside.h"

enum {
	KEYS = 32,
	RSA_LEAST = 256, /* bytes of the modulus: 2048 bits */
	RSA_MOST = 1024,
	EC_BYTES = 32,        /* a coordinate of P-256 */
	MARK_MOST = RSA_MOST, /* of a signature */
	NAME_BYTES = 255,
};

static bool refuse(struct fault *fault, const char *why)
{
	fault_set(fault, FAULT_DENIED,
		"the identity provider's answer is not accepted");
	return fault_detail(fault, "%s", why);
}

/* Bytes from base 64 as RFC 7515 writes it; false: it is not, or too long. */
static bool decode(struct text letters, unsigned char *bytes, size_t size,
	size_t *out_length)
{
	return letters.length > 0
		&& sodium_base642bin(bytes, size, letters.at, letters.length,
			   NULL, out_length, NULL,
			   sodium_base64_VARIANT_URLSAFE_NO_PADDING)
		== 0;
}

/* An object of the token's part; json_decref it. NULL: it is none. */
static json_t *read_part(struct text part, struct arena *arena)
{
	size_t length = 0;
	unsigned char *bytes = arena_new(arena, part.length + 1);
	if (!decode(part, bytes, part.length, &length))
		return NULL;
	json_t *object = json_loadb((const char *)bytes, length,
		JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(object))
		return object;
	json_decref(object);
	return NULL;
}

static struct text member(const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return json_is_string(value) ? (struct text){json_string_value(value),
		       json_string_length(value)}
				     : (struct text){.at = NULL};
}

/* ---- Signature ---- */

/* A modulus that is long enough and a public exponent. */
static cjose_jwk_t *rsa_key(const json_t *key)
{
	unsigned char modulus[RSA_MOST], exponent[8];
	cjose_jwk_rsa_keyspec spec = {.n = modulus, .e = exponent};
	cjose_err ignored;
	if (!decode(member(key, "n"), modulus, sizeof modulus, &spec.nlen)
		|| !decode(member(key, "e"), exponent, sizeof exponent, &spec.elen)
		|| spec.nlen < RSA_LEAST || modulus[0] < 0x80
		|| (exponent[spec.elen - 1] & 1) == 0)
		return NULL;
	return cjose_jwk_create_RSA_spec(&spec, &ignored);
}

static cjose_jwk_t *ec_key(const json_t *key)
{
	unsigned char x[EC_BYTES], y[EC_BYTES];
	cjose_jwk_ec_keyspec spec = {.crv = CJOSE_JWK_EC_P_256, .x = x, .y = y};
	cjose_err ignored;
	if (!text_is(member(key, "crv"), "P-256")
		|| !decode(member(key, "x"), x, sizeof x, &spec.xlen)
		|| !decode(member(key, "y"), y, sizeof y, &spec.ylen)
		|| spec.xlen != EC_BYTES || spec.ylen != EC_BYTES)
		return NULL;
	return cjose_jwk_create_EC_spec(&spec, &ignored);
}

static const struct algorithm {
	const char *name, *kind;
	cjose_jwk_t *(*read)(const json_t *key);
} algorithms[] = {{"RS256", "RSA", rsa_key}, {"PS256", "RSA", rsa_key},
	{"ES256", "EC", ec_key}};

static const struct algorithm *algorithm_of(const json_t *header)
{
	struct text name = member(header, "alg");
	for (size_t i = 0; i < COUNT_OF(algorithms); i++)
		if (text_is(name, algorithms[i].name))
			return &algorithms[i];
	return NULL;
}

/* What the key says of itself fits what the header asks for. */
static bool may_be(const json_t *key, const json_t *header,
	const struct algorithm *algorithm)
{
	struct text use = member(key, "use"), alg = member(key, "alg");
	struct text wanted = member(header, "kid");
	return text_is(member(key, "kty"), algorithm->kind)
		&& (use.length == 0 || text_is(use, "sig"))
		&& (alg.length == 0 || text_is(alg, algorithm->name))
		&& (wanted.length == 0
			|| text_equals(wanted, member(key, "kid")));
}

static bool signed_by(struct text token, cjose_jwk_t *key)
{
	cjose_err ignored;
	if (key == NULL)
		return false;
	cjose_jws_t *jws = cjose_jws_import(token.at, token.length, &ignored);
	bool is_signed = jws != NULL && cjose_jws_verify(jws, key, &ignored);
	cjose_jws_release(jws);
	cjose_jwk_release(key);
	return is_signed;
}

static bool check_keys(struct text token, const json_t *header,
	const json_t *keys, struct fault *fault)
{
	const struct algorithm *algorithm = algorithm_of(header);
	const json_t *list = json_object_get(keys, "keys");
	if (algorithm == NULL)
		return refuse(fault, "the algorithm is not one we accept");
	if (json_object_get(header, "crit") != NULL)
		return refuse(fault, "the header asks for what we do not know");
	for (size_t i = 0; i < json_array_size(list) && i < KEYS; i++) {
		const json_t *key = json_array_get(list, i);
		if (may_be(key, header, algorithm)
			&& signed_by(token, algorithm->read(key)))
			return true;
	}
	return refuse(fault, "no key of the provider signed it");
}

/* ---- Claims ---- */

static bool check_audience(const json_t *claims, struct text client,
	struct fault *fault)
{
	const json_t *audience = json_object_get(claims, "aud");
	bool is_ours = text_equals(member(claims, "aud"), client);
	size_t count = json_array_size(audience);
	for (size_t i = 0; i < count; i++) {
		const json_t *one = json_array_get(audience, i);
		is_ours = is_ours
			|| (json_is_string(one)
				&& text_equals(text_of(json_string_value(one)),
					client));
	}
	if (!is_ours)
		return refuse(fault, "it was made for another program");
	struct text party = member(claims, "azp");
	if ((count > 1 || json_object_get(claims, "azp") != NULL)
		&& !text_equals(party, client))
		return refuse(fault, "it was asked for by another program");
	return true;
}

/* Seconds since 1970, whole or with a fraction; false: no number. */
static bool read_instant(const json_t *claims, const char *name,
	int64_t *out_moment)
{
	const json_t *value = json_object_get(claims, name);
	double seconds = json_number_value(value);
	if (!json_is_number(value) || !(seconds >= 0 && seconds < 1e11))
		return false;
	*out_moment = (int64_t)(seconds * 1000);
	return true;
}

static bool check_time(const json_t *claims, int64_t now, struct fault *fault)
{
	const int64_t leeway = OIDC_LEEWAY_SECONDS * ACCOUNT_SECOND;
	int64_t ends, made, begins = 0;
	if (!read_instant(claims, "exp", &ends) || now - leeway >= ends)
		return refuse(fault, "it is too old");
	if (!read_instant(claims, "iat", &made) || made > now + leeway
		|| made < now - ACCOUNT_HOUR)
		return refuse(fault, "it was not made just now");
	if (json_object_get(claims, "nbf") != NULL
		&& (!read_instant(claims, "nbf", &begins)
			|| begins > now + leeway))
		return refuse(fault, "it is not good yet");
	return true;
}

/* The left half of the access token's SHA-256. */
static bool check_access(const json_t *claims, struct text access,
	struct fault *fault)
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	char expected[64];
	if (json_object_get(claims, "at_hash") == NULL || access.length == 0)
		return true;
	crypto_hash_sha256(hash, (const unsigned char *)access.at, access.length);
	sodium_bin2base64(expected, sizeof expected, hash, sizeof hash / 2,
		sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	return text_is(member(claims, "at_hash"), expected)
		|| refuse(fault, "it belongs to another access token");
}

static bool check_claims(const json_t *claims,
	const struct oidc_expected *expected, struct fault *fault)
{
	struct text subject = member(claims, "sub");
	if (!text_equals(member(claims, "iss"), expected->issuer))
		return refuse(fault, "it is of another issuer");
	if (expected->nonce.length == 0
		|| !secret_equals(member(claims, "nonce"), expected->nonce))
		return refuse(fault, "it is not of this visit");
	if (subject.length == 0 || subject.length > NAME_BYTES)
		return refuse(fault, "it does not say who it is about");
	return check_audience(claims, expected->client, fault)
		&& check_time(claims, expected->now, fault)
		&& check_access(claims, expected->access_token, fault);
}

static struct text kept(struct arena *arena, struct text text)
{
	return arena_text(arena, text_cut(text, 0, NAME_BYTES));
}

static void take_group(struct oidc_person *person, const json_t *value,
	struct arena *arena)
{
	if (json_is_string(value) && person->group_count < OIDC_GROUPS)
		person->groups[person->group_count++] = kept(arena,
			text_of(json_string_value(value)));
}

static void take_person(const json_t *claims, const char *roles_claim,
	struct arena *arena, struct oidc_person *person)
{
	struct text email = member(claims, "email");
	const json_t *groups = json_object_get(claims, roles_claim);
	if (email.length == 0)
		email = member(claims, "preferred_username");
	*person = (struct oidc_person){.issuer = kept(arena,
					       member(claims, "iss")),
		.subject = kept(arena, member(claims, "sub")),
		.name = kept(arena, member(claims, "name")),
		.email = kept(arena, email)};
	take_group(person, groups, arena);
	for (size_t i = 0; i < json_array_size(groups); i++)
		take_group(person, json_array_get(groups, i), arena);
}

struct parts {
	json_t *header, *claims, *keys;
	bool has_mark; /* a signature follows, and nothing else */
};

static struct parts read_parts(const struct oidc_signed *given,
	struct arena *arena)
{
	struct text rest, after;
	unsigned char mark[MARK_MOST];
	size_t length;
	struct text head = text_split(given->token, '.', &rest);
	struct text body = text_split(rest, '.', &after);
	return (struct parts){.has_mark = decode(after, mark, sizeof mark,
				      &length),
		.header = read_part(head, arena),
		.claims = read_part(body, arena),
		.keys = json_loadb(given->keys.at == NULL ? "" : given->keys.at,
			given->keys.length, JSON_REJECT_DUPLICATES, NULL)};
}

bool oidc_verify(const struct oidc_signed *given,
	const struct oidc_expected *expected, struct arena *arena,
	struct oidc_person *out_person, struct fault *fault)
{
	if (given->token.length == 0 || given->token.length > OIDC_TOKEN_BYTES)
		return refuse(fault, "there is no token, or it is too long");
	struct parts parts = read_parts(given, arena);
	bool is_good = parts.header != NULL && parts.claims != NULL
			&& parts.keys != NULL && parts.has_mark
		? check_keys(given->token, parts.header, parts.keys, fault)
			&& check_claims(parts.claims, expected, fault)
		: refuse(fault, "it is not a signed token");
	if (is_good) {
		take_person(parts.claims,
			arena_string(arena, expected->roles_claim), arena,
			out_person);
		out_person->id_token = arena_text(arena, given->token);
	}
	json_decref(parts.header);
	json_decref(parts.claims);
	json_decref(parts.keys);
	return is_good;
}
