/* SPDX-License-Identifier: MIT
 *
 * From one string to the next. Addresses are compared as numbers, because
 * strings that were moved lie in other objects.
 */
#include "web/http_layout.h"

static uintptr_t place(const char *at)
{
	return (uintptr_t)at;
}

/* A colon and white space, then the value; what follows that, the library
 * leaves in the value. */
static bool is_field_plain(const struct http_field *field)
{
	enum { MOST = 64 };
	uintptr_t colon = place(field->name.at) + field->name.length;
	uintptr_t value = place(field->value.at);
	if (value <= colon || value - colon > MOST)
		return false;
	for (size_t i = 1; i < value - colon; i++) {
		char c = field->name.at[field->name.length + i];
		if (c != ' ' && c != '\t')
			return false;
	}
	return true;
}

bool http_layout_is_plain(const struct http_layout *layout)
{
	enum { LINE_END = 2, SPACE = 1 };
	uintptr_t begin = place(layout->method);
	uintptr_t at = begin + strlen(layout->method) + SPACE;
	if (place(layout->target.at) != at)
		return false;
	at += layout->target.length + SPACE;
	if (place(layout->version) != at)
		return false;
	at += strlen(layout->version);
	for (size_t i = 0; i < layout->fields.count; i++) {
		const struct http_field *field = &layout->fields.at[i];
		if (place(field->name.at) != at + LINE_END
			|| !is_field_plain(field))
			return false;
		at = place(field->value.at) + field->value.length;
	}
	return at + LINE_END + LINE_END == begin + layout->length;
}
