/* SPDX-License-Identifier: MIT
 *
 * JSON that was sent (RFC 8259), read strictly.
 *
 * Refused: more than JSON_IN_DEPTH levels, a name twice in one object (two
 * readers would take different values), NUL in a string, numbers that do not
 * fit, anything behind the end, a document that is no object or array.
 */
#ifndef KITH_WEB_JSON_IN_H
#define KITH_WEB_JSON_IN_H

#include <jansson.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

/* A register's entry with parts that repeat has four. */
enum { JSON_IN_DEPTH = 16 };

/* The document belongs to the arena. FAULT_USAGE says line and column, and
 * nothing of the text. */
bool json_in_read(struct text bytes, struct arena *arena, json_t **out_document,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
