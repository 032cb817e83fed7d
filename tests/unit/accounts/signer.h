/* SPDX-License-Identifier: MIT
 *
 * ID tokens for tests: good ones, and such as an attacker would make.
 */
#ifndef KITH_TESTS_SIGNER_H
#define KITH_TESTS_SIGNER_H

#include "base/arena.h"
#include "base/text.h"

enum signer_key {
	SIGNER_RSA,
	SIGNER_EC,
	SIGNER_OTHER, /* RSA, not among the provider's keys */
	SIGNER_WEAK,  /* RSA of 1024 bits, among the provider's keys */
	SIGNER_KEYS,
};

struct signer;

/* Makes the keys once for the whole program; never ends. */
const struct signer *signer_get(void);

/* The public keys that the provider shows. */
struct text signer_set(const struct signer *signer, struct arena *arena);

/* A token: `alg` and the key's id in its header, the claims as they stand.
 * For "none" and for HS256 (with the public key for a secret) the key is only
 * named. */
struct text signer_sign(const struct signer *signer, enum signer_key key,
	const char *alg, const char *claims, struct arena *arena);

/* The same with a header of one's own; signed with RS256's key and hash. */
struct text signer_sign_header(const struct signer *signer, const char *header,
	const char *claims, struct arena *arena);

#endif
