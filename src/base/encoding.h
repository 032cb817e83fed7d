/* SPDX-License-Identifier: MIT
 *
 * What a council's files are written in, turned into UTF-8.
 *
 * Found by byte order mark, then by trial: valid UTF-8 is taken as it stands,
 * UTF-16 without a mark is seen by its zero bytes, the rest is Windows-1252.
 * Text that is already UTF-8 is not copied.
 */
#ifndef KITH_BASE_ENCODING_H
#define KITH_BASE_ENCODING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

enum encoding {
	ENCODING_UTF8,
	ENCODING_UTF8_MARK,
	ENCODING_UTF16_LE,
	ENCODING_UTF16_BE,
	ENCODING_WINDOWS_1252,
};

/* *out_text lies in `bytes` or in the arena. The fault is FAULT_INPUT for a
 * lone surrogate or an odd number of bytes in UTF-16. */
bool encoding_to_utf8(struct text bytes, struct arena *arena,
	struct text *out_text, enum encoding *out_encoding,
	struct fault *fault) __attribute__((warn_unused_result));

const char *encoding_name(enum encoding encoding);
bool encoding_is_utf8(struct text text);

#endif
