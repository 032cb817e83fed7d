/* SPDX-License-Identifier: MIT
 *
 * JSON written as it goes (RFC 8259), two spaces an indent.
 *
 * Keys are given by the program, values by the data. A string stands exactly
 * as given; only bytes that are not UTF-8 become U+FFFD. Integers are exact;
 * tenths are written as a decimal with one place, without floating point.
 */
#ifndef KITH_RENDER_JSON_OUT_H
#define KITH_RENDER_JSON_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"

struct json_out {
	struct buffer *out;
	int depth;
	bool has_member; /* something stands already on this level */
};

/* `key` is NULL inside an array and for the whole document. */
void json_out_object(struct json_out *json, const char *key);
void json_out_object_end(struct json_out *json);
void json_out_array(struct json_out *json, const char *key);
void json_out_array_end(struct json_out *json);

void json_out_string(struct json_out *json, const char *key, const char *value);
void json_out_string_or_null(struct json_out *json, const char *key,
	const char *value); /* null for "" */
void json_out_whole(struct json_out *json, const char *key, int64_t number);
void json_out_tenths(struct json_out *json, const char *key, int64_t tenths);
void json_out_null(struct json_out *json, const char *key);
void json_out_flag(struct json_out *json, const char *key, bool flag);

/* What is JSON already: a number as written, a document kept as one. */
void json_out_as_is(struct json_out *json, const char *key, struct text value);

#endif
