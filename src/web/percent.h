/* SPDX-License-Identifier: MIT
 *
 * Percent-encoding, decoded once and strictly (RFC 3986; forms: WHATWG URL,
 * application/x-www-form-urlencoded).
 *
 * Strict means: two hexadecimal digits behind every %, only the characters a
 * target may have unencoded, valid UTF-8 and no NUL afterwards. A browser
 * sends nothing else; what does is probing.
 */
#ifndef KITH_WEB_PERCENT_H
#define KITH_WEB_PERCENT_H

#include "base/buffer.h"
#include "web/http.h"

struct percent_limits {
	size_t pairs;       /* at most so many */
	size_t name_bytes;  /* decoded */
	size_t value_bytes; /* decoded */
	bool has_lines;     /* values may hold line ends and tabs */
};

extern const struct percent_limits percent_query, percent_form;

/* A path in normal form: begins with a slash; no empty, "." or ".." segment
 * (a slash at the end is one empty segment and stays); no encoded slash,
 * backslash or control character. */
bool percent_path(struct text encoded, struct arena *arena,
	struct text *out_path) __attribute__((warn_unused_result));

/* name=value&name=value; + is a space. Empty text has no pairs. The reason for
 * a refusal is a sentence without anything from the text. */
bool percent_pairs(struct text encoded, const struct percent_limits *limits,
	struct arena *arena, struct http_fields *out_fields,
	const char **out_reason) __attribute__((warn_unused_result));

/* Encodes all but what RFC 3986 section 2.3 calls unreserved. */
void percent_write(struct text text, struct buffer *out);

#endif
