/* SPDX-License-Identifier: MIT
 *
 * What a council's files are written in, turned into UTF-8.
 *
 * Found by byte order mark, then by trial: a zero byte in every second place
 * is UTF-16, valid UTF-8 is taken as it stands, the rest is Windows-1252.
 * Text that is already UTF-8 is not copied. Behind a UTF-8 mark, bytes that
 * are not UTF-8 are read as Windows-1252 one by one and the rest is kept.
 */
#ifndef KITH_BASE_ENCODING_H
#define KITH_BASE_ENCODING_H

#include <stdbool.h>
#include <stdint.h>

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

/* *out_text lies in `bytes` or in the arena, and is valid UTF-8. The fault is
 * FAULT_INPUT for a lone surrogate or an odd number of bytes in UTF-16. */
bool encoding_to_utf8(struct text bytes, struct arena *arena,
	struct text *out_text, enum encoding *out_encoding, struct fault *fault)
	__attribute__((warn_unused_result));

const char *encoding_name(enum encoding encoding);
bool encoding_is_utf8(struct text text);

/* The Unicode character a Windows-1252 byte stands for. */
uint32_t encoding_windows_1252(unsigned char byte);

#endif
