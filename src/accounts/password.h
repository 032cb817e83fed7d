/* SPDX-License-Identifier: MIT
 *
 * Passwords: which are refused, how they are kept, how they are checked.
 *
 * Twelve to 256 characters of any script, compared in one Unicode form (NFC).
 * No rule asks for digits or signs and none expires. Refused is what is guessed
 * first: the commonest passwords, alone or in pairs or dressed with digits; the
 * words of this work; the person's own name; runs of the keyboard; repeats.
 *
 * Kept as Argon2id (RFC 9106) with its parameters beside it; a hash made with
 * weaker ones than today's is made anew at the next sign-in. The list of the
 * commonest is taken from Debian's john-data when kith is built.
 */
#ifndef KITH_ACCOUNTS_PASSWORD_H
#define KITH_ACCOUNTS_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/text.h"

enum {
	PASSWORD_LEAST = 12, /* characters */
	PASSWORD_MOST = 256,
	PASSWORD_PASSES = 2,
	PASSWORD_BYTES = 64 * 1024 * 1024, /* of memory for one hash */
	PASSWORD_AT_ONCE = 4,              /* hashes made at the same time */
	PASSWORD_HASH = 128,               /* with the zero byte */
};

enum password_verdict {
	PASSWORD_GOOD,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_NOT_TEXT, /* not UTF-8 */
	PASSWORD_COMMON,
	PASSWORD_OWN, /* the person's name or the work's words */
	PASSWORD_REPEATS,
	PASSWORD_RUN,
	PASSWORD_VERDICTS,
};

/* `own` are words that say who or where: login, name, authority. */
enum password_verdict password_judge(struct text password,
	const struct text *own, size_t count);

/* What to tell the person; empty for a good one. */
const char *password_advice(enum password_verdict verdict);

/* Slow, on purpose, and 64 MB: outside any transaction. At most a few run at
 * the same time; others wait. */
bool password_hash(struct text password, char out_hash[PASSWORD_HASH],
	struct fault *fault) __attribute__((warn_unused_result));

/* Whether the hash is of this password. No hash (NULL or empty) takes the same
 * time and is false. */
bool password_is(struct text password, const char *hash);

/* Made with other parameters than today's. */
bool password_is_dated(const char *hash);

#endif
