/* SPDX-License-Identifier: MIT
 *
 * Random secrets that a person or program carries: 256 bits, written in 52
 * characters that survive a URL, a cookie and being read aloud (Crockford's
 * base 32, lower case). What is stored is their SHA-256: with so much
 * randomness a slow hash would add nothing.
 *
 * The authority stands in front ("206." or "kith_206_"), so that in a region
 * one knows whose database to ask.
 */
#ifndef KITH_ACCOUNTS_SECRET_H
#define KITH_ACCOUNTS_SECRET_H

#include <stdbool.h>

#include "base/digest.h"
#include "base/text.h"

enum {
	SECRET_BYTES = 32,
	SECRET_LETTERS = 52,                  /* of 5 bits each */
	SECRET_TEXT = 4 + SECRET_LETTERS + 1, /* "206." in front, zero behind */
};

/* A new one: "206." and 52 letters. */
void secret_make(int la, char out_secret[SECRET_TEXT]);

/* The authority in front; 0 if the text has not the form of a secret. */
int secret_la(struct text secret);

/* What is stored of it. */
void secret_hash(struct text secret, char out_hash[DIGEST_TEXT]);

/* The letters of `count` times five bits of the bytes, and whether a text has
 * only such letters. */
void secret_letters(const unsigned char *bytes, size_t count, char *out_letters);
bool secret_is_letters(struct text text);

/* Equal, in a time that does not tell where they differ. */
bool secret_equals(struct text a, struct text b);

#endif
