/* SPDX-License-Identifier: MIT
 *
 * Members, commas and indents.
 */
#include "render/json_out.h"

#include <utf8proc.h>

#include "render/words.h"

static void write_string(struct buffer *out, const char *string)
{
	struct text rest = text_of(string);
	buffer_char(out, '"');
	while (rest.length > 0) {
		utf8proc_int32_t point = -1;
		utf8proc_ssize_t took =
			utf8proc_iterate((const utf8proc_uint8_t *)rest.at,
				(utf8proc_ssize_t)rest.length, &point);
		size_t length = took < 1 ? 1 : (size_t)took;
		if (took < 1)
			buffer_add(out, TEXT("\xEF\xBF\xBD"));
		else if (point == '"' || point == '\\')
			buffer_format(out, "\\%c", (int)point);
		else if (point < 0x20 || point == 0x7F)
			buffer_format(out, "\\u%04x", (unsigned)point);
		else
			buffer_add(out, text_cut(rest, 0, length));
		rest = text_cut(rest, length, rest.length);
	}
	buffer_char(out, '"');
}

static void indent(struct json_out *json)
{
	buffer_char(json->out, '\n');
	for (int i = 0; i < json->depth; i++)
		buffer_add(json->out, TEXT("  "));
}

static void begin(struct json_out *json, const char *key)
{
	if (json->has_member)
		buffer_char(json->out, ',');
	if (json->depth > 0)
		indent(json);
	json->has_member = true;
	if (key == NULL)
		return;
	write_string(json->out, key);
	buffer_add(json->out, TEXT(": "));
}

static void open_level(struct json_out *json, const char *key, char mark)
{
	begin(json, key);
	buffer_char(json->out, mark);
	json->depth++;
	json->has_member = false;
}

static void close_level(struct json_out *json, char mark)
{
	json->depth--;
	if (json->has_member)
		indent(json);
	buffer_char(json->out, mark);
	json->has_member = true;
	if (json->depth == 0)
		buffer_char(json->out, '\n');
}

void json_out_object(struct json_out *json, const char *key)
{
	open_level(json, key, '{');
}

void json_out_object_end(struct json_out *json)
{
	close_level(json, '}');
}

void json_out_array(struct json_out *json, const char *key)
{
	open_level(json, key, '[');
}

void json_out_array_end(struct json_out *json)
{
	close_level(json, ']');
}

void json_out_string(struct json_out *json, const char *key, const char *value)
{
	begin(json, key);
	write_string(json->out, value);
}

void json_out_string_or_null(struct json_out *json, const char *key,
	const char *value)
{
	if (words_given(value))
		json_out_string(json, key, value);
	else
		json_out_null(json, key);
}

void json_out_whole(struct json_out *json, const char *key, int64_t number)
{
	begin(json, key);
	buffer_format(json->out, "%lld", (long long)number);
}

void json_out_tenths(struct json_out *json, const char *key, int64_t tenths)
{
	begin(json, key);
	words_tenths(json->out, tenths);
}

void json_out_null(struct json_out *json, const char *key)
{
	begin(json, key);
	buffer_add(json->out, TEXT("null"));
}

void json_out_flag(struct json_out *json, const char *key, bool flag)
{
	begin(json, key);
	buffer_string(json->out, flag ? "true" : "false");
}

void json_out_as_is(struct json_out *json, const char *key, struct text value)
{
	begin(json, key);
	buffer_add(json->out, value);
}
