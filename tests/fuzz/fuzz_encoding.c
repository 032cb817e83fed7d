/* SPDX-License-Identifier: MIT
 *
 * Encodings on any bytes: what comes out is UTF-8, and what is UTF-8 already
 * stays where it is.
 */
#include <stdint.h>

#include "base/encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	struct text given = {(const char *)bytes, length}, text = {0};
	struct fault fault = {0};
	enum encoding encoding = ENCODING_UTF8;
	bool is_read = encoding_to_utf8(given, arena, &text, &encoding, &fault);
	if (is_read == fault_is_set(&fault))
		abort();
	if (is_read && !encoding_is_utf8(text))
		abort();
	if (is_read && encoding == ENCODING_UTF8 && text.at != given.at)
		abort();
	arena_close(arena);
	return 0;
}
