/* SPDX-License-Identifier: MIT
 *
 * See signer.h. Good signatures by cjose; the others by hand.
 */
#include "signer.h"

#include <cjose/cjose.h>
#include <sodium.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/memory.h"

struct signer {
	cjose_jwk_t *keys[SIGNER_KEYS];
};

static const char *const ids[SIGNER_KEYS] = {"rsa", "ec", "other", "weak"};

static void check(bool holds, const char *what)
{
	if (holds)
		return;
	fprintf(stderr, "signer: could not %s\n", what);
	abort();
}

const struct signer *signer_get(void)
{
	static struct signer signer;
	cjose_err error;
	if (signer.keys[0] != NULL)
		return &signer;
	for (int i = 0; i < SIGNER_KEYS; i++) {
		signer.keys[i] = i == SIGNER_EC
			? cjose_jwk_create_EC_random(CJOSE_JWK_EC_P_256, &error)
			: cjose_jwk_create_RSA_random(i == SIGNER_WEAK ? 1024
								       : 2048,
				(const uint8_t *)"\x01\x00\x01", 3, &error);
		check(signer.keys[i] != NULL
				&& cjose_jwk_set_kid(signer.keys[i], ids[i],
					text_of(ids[i]).length, &error),
			"make a key");
	}
	return &signer;
}

struct text signer_set(const struct signer *signer, struct arena *arena)
{
	struct buffer set = {.maximum = 1 << 16};
	cjose_err error;
	buffer_string(&set, "{\"keys\":[");
	for (int i = 0; i < SIGNER_KEYS; i++) {
		if (i == SIGNER_OTHER)
			continue;
		char *words = cjose_jwk_to_json(signer->keys[i], false, &error);
		check(words != NULL, "write a key");
		buffer_string(&set, i == 0 ? "" : ",");
		buffer_string(&set, words);
		memory_free(words);
	}
	buffer_string(&set, "]}");
	struct text text = arena_text(arena, buffer_text(&set));
	buffer_finish(&set);
	return text;
}

static void add_part(struct buffer *out, struct text part)
{
	char words[8192];
	sodium_bin2base64(words, sizeof words, (const unsigned char *)part.at,
		part.length, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	buffer_string(out, words);
}

static struct text by_hand(const char *header, const char *claims,
	struct text key, struct arena *arena)
{
	unsigned char mark[crypto_auth_hmacsha256_BYTES];
	struct buffer out = {.maximum = 1 << 16};
	add_part(&out, text_of(header));
	buffer_char(&out, '.');
	add_part(&out, text_of(claims));
	if (key.length > 0) {
		crypto_auth_hmacsha256_state state;
		crypto_auth_hmacsha256_init(&state,
			(const unsigned char *)key.at, key.length);
		crypto_auth_hmacsha256_update(&state,
			(const unsigned char *)out.bytes, out.length);
		crypto_auth_hmacsha256_final(&state, mark);
	}
	buffer_char(&out, '.');
	if (key.length > 0)
		add_part(&out, (struct text){(char *)mark, sizeof mark});
	struct text text = arena_text(arena, buffer_text(&out));
	buffer_finish(&out);
	return text;
}

/* The public key's own words as a shared secret: the classic confusion. */
static struct text with_public_key(const struct signer *signer,
	enum signer_key key, const char *claims, struct arena *arena)
{
	cjose_err error;
	char *words = cjose_jwk_to_json(signer->keys[key], false, &error);
	check(words != NULL, "write a key");
	struct text token = by_hand(arena_format(arena,
					    "{\"alg\":\"HS256\",\"kid\":\"%s\"}",
					    ids[key]),
		claims, text_of(words), arena);
	memory_free(words);
	return token;
}

struct text signer_sign(const struct signer *signer, enum signer_key key,
	const char *alg, const char *claims, struct arena *arena)
{
	cjose_err error;
	const char *words;
	if (text_is(text_of(alg), "none"))
		return by_hand("{\"alg\":\"none\"}", claims,
			(struct text){.at = NULL}, arena);
	if (text_is(text_of(alg), "HS256"))
		return with_public_key(signer, key, claims, arena);
	cjose_header_t *header = cjose_header_new(&error);
	check(cjose_header_set(header, "alg", alg, &error)
			&& cjose_header_set(header, "kid", ids[key], &error),
		"make a header");
	cjose_jws_t *jws = cjose_jws_sign(signer->keys[key], header,
		(const uint8_t *)claims, text_of(claims).length, &error);
	check(jws != NULL && cjose_jws_export(jws, &words, &error), "sign");
	struct text token = arena_text(arena, text_of(words));
	cjose_jws_release(jws);
	cjose_header_release(header);
	return token;
}

struct text signer_sign_header(const struct signer *signer, const char *header,
	const char *claims, struct arena *arena)
{
	struct text rest, after;
	struct text good = signer_sign(signer, SIGNER_RSA, "RS256", claims,
		arena);
	struct text bare = by_hand(header, claims, (struct text){.at = NULL},
		arena);
	text_split(good, '.', &rest);
	text_split(rest, '.', &after);
	return text_of(arena_format(arena, TEXT_FORMAT TEXT_FORMAT,
		TEXT_ARGS(bare), TEXT_ARGS(after)));
}
