/* SPDX-License-Identifier: MIT
 *
 * A growing run of bytes with a ceiling.
 *
 * Every buffer is made with a maximum. Going over it, or writing after that,
 * marks the buffer as failed and changes nothing else, so that a writer may
 * check once, at the end.
 */
#ifndef KITH_BASE_BUFFER_H
#define KITH_BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct buffer {
	char *bytes; /* a zero byte always follows the last */
	size_t length;
	size_t capacity;
	size_t maximum; /* bytes; zero means BUFFER_MAXIMUM */
	bool has_failed;
};

#define BUFFER_MAXIMUM ((size_t)1 << 30)

void buffer_finish(struct buffer *buffer); /* releases; a zeroed one is fine */
void buffer_clear(struct buffer *buffer);  /* empties, keeps the memory */

void buffer_add(struct buffer *buffer, struct text text);
void buffer_string(struct buffer *buffer, const char *string);
void buffer_char(struct buffer *buffer, char c);
void buffer_format(struct buffer *buffer, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Room for `size` more bytes at the end, to be claimed with buffer_claim.
 * NULL if that would go over the maximum. */
char *buffer_room(struct buffer *buffer, size_t size);
void buffer_claim(struct buffer *buffer, size_t size);

struct text buffer_text(const struct buffer *buffer);

#endif
