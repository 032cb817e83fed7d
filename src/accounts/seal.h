/* SPDX-License-Identifier: MIT
 *
 * The key that is never in the database, and what is done with it.
 *
 * Secrets that must be read again (of second factors, of identity providers)
 * are sealed with it (XChaCha20-Poly1305) for one place: a sealed value moved
 * to another row or column does not open. Names typed and addresses are only
 * kept as hashes with it, so that a copy of the database does not say who
 * signed in from where.
 *
 * The key is a file of its own: beside the database, or where the operator
 * says. It is made at the first need, readable by its owner only; a file that
 * others may read is refused. A backup of the database without it loses the
 * second factors, and only these.
 */
#ifndef KITH_ACCOUNTS_SEAL_H
#define KITH_ACCOUNTS_SEAL_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/text.h"

enum { SEAL_KEY = 32 };

struct seal {
	unsigned char key[SEAL_KEY];
};

/* Where the key of a database lies: `named` if not NULL, else KITH_KEY, else
 * FILE.key or FOLDER/kith.key. A fault for PostgreSQL without a name. */
bool seal_path(const char *url, const char *named, struct arena *arena,
	const char **out_path, struct fault *fault)
	__attribute__((warn_unused_result));

/* Reads the key; makes the file if there is none. */
bool seal_open(const char *path, struct seal *out_seal, struct fault *fault)
	__attribute__((warn_unused_result));
void seal_close(struct seal *seal); /* wipes it */

/* `place` names the row and column it belongs to: "206/account/17/second". */
struct text seal_shut(const struct seal *seal, const char *place,
	struct text secret, struct arena *arena);
bool seal_take(const struct seal *seal, const char *place, struct text sealed,
	struct arena *arena, struct text *out_secret, struct fault *fault)
	__attribute__((warn_unused_result));

/* Keyed hash; `purpose` keeps hashes of different kinds apart. */
void seal_hash(const struct seal *seal, const char *purpose, struct text text,
	char out_hash[DIGEST_TEXT]);

#endif
