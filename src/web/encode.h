/* SPDX-License-Identifier: MIT
 *
 * Content codings: which the asker takes (RFC 9110 section 12.5.3), and gzip
 * and brotli made.
 */
#ifndef KITH_WEB_ENCODE_H
#define KITH_WEB_ENCODE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"

/* Whether the header names the coding, or "*", without q=0. */
bool encode_is_taken(struct text accept_encoding, const char *coding);

enum encode_effort {
	ENCODE_ONCE, /* for bytes made anew for each reply */
	ENCODE_KEPT  /* for bytes coded once and served often */
};

/* False: the result would not be smaller. */
bool encode_gzip(struct text bytes, enum encode_effort effort,
	struct arena *arena, struct text *out_bytes);
bool encode_brotli(struct text bytes, struct arena *arena,
	struct text *out_bytes);

#endif
