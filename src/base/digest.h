/* SPDX-License-Identifier: MIT
 *
 * SHA-256, as lower-case hexadecimal text. For provenance and the audit chain.
 */
#ifndef KITH_BASE_DIGEST_H
#define KITH_BASE_DIGEST_H

#include "base/text.h"

enum { DIGEST_TEXT = 65 }; /* with the zero byte */

void digest_text(struct text text, char out_digest[DIGEST_TEXT]);

/* Over several pieces: begin, add, end. */
struct digest {
	_Alignas(64) unsigned char state[128];
};

void digest_begin(struct digest *digest);
void digest_add(struct digest *digest, struct text text);
void digest_end(struct digest *digest, char out_digest[DIGEST_TEXT]);

#endif
