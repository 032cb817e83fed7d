/* SPDX-License-Identifier: MIT
 *
 * Strings made safe to show: valid UTF-8 without control characters.
 *
 * Names come from other systems' files. A stray escape would drive a terminal,
 * a byte that is not UTF-8 would break an XML parser, and a mark that turns the
 * direction of writing would turn what stands after it too. Each becomes
 * U+FFFD, the replacement character, or, for line ends and tabs, a space.
 * Escaping for HTML, JSON and CSV is those writers' own business.
 */
#ifndef KITH_RENDER_CLEAN_H
#define KITH_RENDER_CLEAN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/text.h"

/* Takes the next code point, as it may be shown, off the front of *rest. False
 * at the end. */
bool clean_next(struct text *rest, int32_t *out_point);

void clean_put(struct buffer *out, int32_t point);       /* as UTF-8 */
void clean_string(struct buffer *out, const char *text); /* NULL is "" */

/* Columns taken on a terminal or in a ragged-right plain text. */
size_t clean_width(const char *text);

#endif
