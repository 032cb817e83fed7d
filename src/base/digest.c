/* SPDX-License-Identifier: MIT
 *
 * SHA-256 by libsodium.
 */
#include "base/digest.h"

#include <sodium.h>

_Static_assert(sizeof(crypto_hash_sha256_state)
		<= sizeof(((struct digest *)0)->state),
	"digest has room for libsodium's state");

void digest_begin(struct digest *digest)
{
	crypto_hash_sha256_init((void *)digest->state);
}

void digest_add(struct digest *digest, struct text text)
{
	crypto_hash_sha256_update((void *)digest->state,
		(const unsigned char *)text.at, text.length);
}

void digest_end(struct digest *digest, char out_digest[DIGEST_TEXT])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_final((void *)digest->state, hash);
	sodium_bin2hex(out_digest, DIGEST_TEXT, hash, sizeof hash);
}

void digest_text(struct text text, char out_digest[DIGEST_TEXT])
{
	struct digest digest;
	digest_begin(&digest);
	digest_add(&digest, text);
	digest_end(&digest, out_digest);
}
