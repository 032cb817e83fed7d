/* SPDX-License-Identifier: MIT
 *
 * Growing buffers with a ceiling and a sticky failure.
 */
#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

void buffer_finish(struct buffer *buffer)
{
	memory_free(buffer->bytes);
	*buffer = (struct buffer){.maximum = buffer->maximum};
}

void buffer_clear(struct buffer *buffer)
{
	buffer->length = 0;
	buffer->has_failed = false;
	if (buffer->bytes != NULL)
		buffer->bytes[0] = '\0';
}

char *buffer_room(struct buffer *buffer, size_t size)
{
	size_t maximum = buffer->maximum == 0 ? BUFFER_MAXIMUM : buffer->maximum;
	if (buffer->has_failed || size > maximum - buffer->length) {
		buffer->has_failed = true;
		return NULL;
	}
	buffer->bytes = memory_grow(buffer->bytes, &buffer->capacity,
		buffer->length + size + 1, 1);
	return buffer->bytes + buffer->length;
}

void buffer_claim(struct buffer *buffer, size_t size)
{
	buffer->length += size;
	buffer->bytes[buffer->length] = '\0';
}

void buffer_add(struct buffer *buffer, struct text text)
{
	char *room = buffer_room(buffer, text.length);
	if (room == NULL)
		return;
	if (text.length > 0)
		memcpy(room, text.at, text.length);
	buffer_claim(buffer, text.length);
}

void buffer_string(struct buffer *buffer, const char *string)
{
	buffer_add(buffer, text_of(string));
}

void buffer_char(struct buffer *buffer, char c)
{
	buffer_add(buffer, (struct text){&c, 1});
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	va_list again;
	va_copy(again, arguments);
	/* Mostly there is room already, and once does. */
	bool has_room = !buffer->has_failed && buffer->bytes != NULL;
	size_t ready = has_room ? buffer->capacity - buffer->length : 0;
	int length = vsnprintf(ready == 0 ? NULL : buffer->bytes + buffer->length,
		ready, format, arguments);
	va_end(arguments);
	char *room = length < 0 ? NULL : buffer_room(buffer, (size_t)length);
	if (room != NULL && (size_t)length >= ready)
		vsnprintf(room, (size_t)length + 1, format, again);
	va_end(again);
	if (room != NULL)
		buffer_claim(buffer, (size_t)length);
	else if (ready > 0 && buffer->bytes != NULL)
		buffer->bytes[buffer->length] = '\0';
}

struct text buffer_text(const struct buffer *buffer)
{
	return (struct text){buffer->bytes, buffer->length};
}
