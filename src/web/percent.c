/* SPDX-License-Identifier: MIT
 *
 * One decoder for paths, queries and forms; they differ in what is allowed.
 */
#include "web/percent.h"

#include "base/encoding.h"

/* A page's filter has about twenty parameters; a date has ten bytes. */
const struct percent_limits percent_query = {.pairs = 64,
	.name_bytes = 64,
	.value_bytes = 1024};

/* The longest register has some hundred fields, and a case note is text. */
const struct percent_limits percent_form = {.pairs = 1024,
	.name_bytes = 128,
	.value_bytes = 32768,
	.has_lines = true};

enum { IN_PATH = 1, IN_PAIRS = 2 };

/* Which characters may stand unencoded: RFC 3986, section 3.3 and 3.4. In
 * pairs the browser also encodes what we leave out. */
static int where(char c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
		|| (c >= '0' && c <= '9'))
		return IN_PATH | IN_PAIRS;
	if (c != '\0' && strchr("-._~!$'()*,;:@", c) != NULL)
		return IN_PATH | IN_PAIRS;
	if (c == '&' || c == '=')
		return IN_PATH;
	if (c == '+')
		return IN_PATH | IN_PAIRS;
	return c == '/' || c == '?' ? IN_PAIRS : 0;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes into `to`, which has room for as many bytes as are encoded. */
static bool decode(struct text encoded, int place, char *to, size_t *out_length)
{
	size_t length = 0;
	for (size_t i = 0; i < encoded.length; i++) {
		char c = encoded.at[i];
		if (c == '%') {
			if (encoded.length - i < 3)
				return false;
			int high = hex(encoded.at[i + 1]);
			int low = hex(encoded.at[i + 2]);
			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
			if (place == IN_PATH && (c == '/' || c == '\\'))
				return false;
		} else if ((where(c) & place) == 0) {
			return false;
		} else if (c == '+' && place == IN_PAIRS) {
			c = ' ';
		}
		to[length++] = c;
	}
	*out_length = length;
	return true;
}

static bool has_control(struct text text, bool has_lines)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (has_lines && (c == '\n' || c == '\r' || c == '\t'))
			continue;
		if (c < 0x20 || c == 0x7f)
			return true;
	}
	return false;
}

static bool is_dots(struct text segment)
{
	return text_is(segment, ".") || text_is(segment, "..");
}

bool percent_path(struct text encoded, struct arena *arena, struct text *out_path)
{
	if (encoded.length == 0 || encoded.at[0] != '/')
		return false;
	char *bytes = arena_new(arena, encoded.length + 1);
	size_t used = 0;
	struct text rest = text_cut(encoded, 1, encoded.length);
	do {
		struct text segment = text_split(rest, '/', &rest);
		size_t length;
		bytes[used++] = '/';
		if (segment.length == 0 && rest.at != NULL)
			return false;
		if (!decode(segment, IN_PATH, bytes + used, &length))
			return false;
		if (is_dots((struct text){bytes + used, length}))
			return false;
		used += length;
	} while (rest.at != NULL);
	struct text path = {bytes, used};
	if (has_control(path, false) || !encoding_is_utf8(path))
		return false;
	*out_path = path;
	return true;
}

static bool pair_text(struct text encoded, size_t most, bool has_lines,
	struct arena *arena, struct text *out_text)
{
	char *bytes = arena_new(arena, encoded.length + 1);
	size_t length;
	if (!decode(encoded, IN_PAIRS, bytes, &length) || length > most)
		return false;
	struct text text = {bytes, length};
	if (has_control(text, has_lines) || !encoding_is_utf8(text))
		return false;
	*out_text = text;
	return true;
}

static size_t count_pairs(struct text encoded)
{
	size_t count = 1;
	for (size_t i = 0; i < encoded.length; i++)
		count += encoded.at[i] == '&';
	return count;
}

bool percent_pairs(struct text encoded, const struct percent_limits *limits,
	struct arena *arena, struct http_fields *out_fields,
	const char **out_reason)
{
	*out_fields = (struct http_fields){NULL, 0};
	if (encoded.length == 0)
		return true;
	size_t count = count_pairs(encoded);
	*out_reason = "There are too many parameters.";
	if (count > limits->pairs)
		return false;
	struct http_field *fields = arena_array(arena, count, sizeof *fields);
	struct text rest = encoded;
	for (size_t i = 0; i < count; i++) {
		struct text value, name;
		name = text_split(text_split(rest, '&', &rest), '=', &value);
		*out_reason = "A parameter has no name or no equals sign.";
		if (name.length == 0 || value.at == NULL)
			return false;
		*out_reason = "A parameter is too long or wrongly encoded.";
		if (!pair_text(name, limits->name_bytes, false, arena,
			    &fields[i].name)
			|| !pair_text(value, limits->value_bytes,
				limits->has_lines, arena, &fields[i].value))
			return false;
	}
	*out_fields = (struct http_fields){fields, count};
	return true;
}

void percent_write(struct text text, struct buffer *out)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
			|| (c >= '0' && c <= '9') || c == '-' || c == '.'
			|| c == '_' || c == '~';
		if (is_plain)
			buffer_char(out, c);
		else
			buffer_format(out, "%%%02X", (unsigned)(unsigned char)c);
	}
}
