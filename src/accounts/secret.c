/* SPDX-License-Identifier: MIT
 *
 * Making and hashing secrets.
 */
#include "accounts/secret.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";

void secret_letters(const unsigned char *bytes, size_t count, char *out_letters)
{
	for (size_t i = 0; i < count; i++) {
		unsigned value = 0;
		for (size_t bit = 5 * i; bit < 5 * i + 5; bit++)
			value = value << 1
				| (bytes[bit / 8] >> (7 - bit % 8) & 1u);
		out_letters[i] = alphabet[value];
	}
	out_letters[count] = '\0';
}

bool secret_is_letters(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] == '\0' || strchr(alphabet, text.at[i]) == NULL)
			return false;
	return true;
}

void secret_make(int la, char out_secret[SECRET_TEXT])
{
	/* One byte more: 52 letters are 260 bits. */
	unsigned char bytes[SECRET_BYTES + 1];
	assert(la > 0 && la < 1000);
	randombytes_buf(bytes, sizeof bytes);
	snprintf(out_secret, 5, "%03d.", la);
	secret_letters(bytes, SECRET_LETTERS, out_secret + 4);
	sodium_memzero(bytes, sizeof bytes);
}

int secret_la(struct text secret)
{
	int64_t la;
	if (secret.length != SECRET_TEXT - 1 || secret.at[3] != '.'
		|| !secret_is_letters(text_cut(secret, 4, SECRET_LETTERS))
		|| !text_to_int64(text_cut(secret, 0, 3), &la) || la < 1)
		return 0;
	return (int)la;
}

void secret_hash(struct text secret, char out_hash[DIGEST_TEXT])
{
	digest_text(secret, out_hash);
}

bool secret_equals(struct text a, struct text b)
{
	return a.length == b.length
		&& (a.length == 0 || sodium_memcmp(a.at, b.at, a.length) == 0);
}
