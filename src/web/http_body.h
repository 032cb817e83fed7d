/* SPDX-License-Identifier: MIT
 *
 * A body as it arrives: in memory when it is short, else in a file without a
 * name, so that ten people who upload a school census at once cost no memory.
 * Its length is known and permitted beforehand.
 */
#ifndef KITH_WEB_HTTP_BODY_H
#define KITH_WEB_HTTP_BODY_H

#include "base/arena.h"
#include "base/buffer.h"

struct http_body {
	struct buffer bytes;
	size_t length;  /* that is to come */
	size_t arrived; /* of it */
	int file;       /* -1: in memory */
};

/* False: no file could be made, or it is full. */
bool http_body_begin(struct http_body *body, size_t length)
	__attribute__((warn_unused_result));
bool http_body_add(struct http_body *body, struct text bytes)
	__attribute__((warn_unused_result));

/* The whole body, until the arena is reset. False: it is not whole. */
bool http_body_take(struct http_body *body, struct arena *arena,
	struct text *out_bytes) __attribute__((warn_unused_result));

void http_body_finish(struct http_body *body);

#endif
