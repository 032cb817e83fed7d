/* SPDX-License-Identifier: MIT
 *
 * One row a type; parameters are few and known.
 */
#include "web/media.h"

static const struct media {
	const char *name;
	enum http_type type;
} table[] = {
	{"application/x-www-form-urlencoded", HTTP_FORM},
	{"application/json", HTTP_JSON},
	{"multipart/form-data", HTTP_MULTIPART},
	{"text/csv", HTTP_CSV},
	{"application/octet-stream", HTTP_BYTES},
};

static bool is_boundary(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
			|| (c >= '0' && c <= '9')
			|| (c != '\0' && strchr("'()+_,-./:=?", c) != NULL);
		if (!is_good)
			return false;
	}
	return text.length > 0 && text.length <= 70;
}

static struct text unquoted(struct text text)
{
	return text.length >= 2 && text_starts(text, TEXT("\""))
			&& text_ends(text, TEXT("\""))
		? text_cut(text, 1, text.length - 2)
		: text;
}

static bool read_parameter(struct text parameter, enum http_type type,
	struct text *boundary)
{
	struct text value;
	struct text name = text_split(text_trim(parameter), '=', &value);
	value = unquoted(value);
	if (text_equals_folded(name, TEXT("charset")))
		return text_equals_folded(value, TEXT("utf-8"));
	if (type == HTTP_MULTIPART && boundary->length == 0
		&& text_equals_folded(name, TEXT("boundary"))) {
		*boundary = value;
		return is_boundary(value);
	}
	/* text/csv; header=present (RFC 7111) says nothing that we need. */
	return type == HTTP_CSV && text_equals_folded(name, TEXT("header"));
}

bool media_read(struct text content_type, enum http_type *out_type,
	struct text *out_boundary)
{
	struct text rest, boundary = {NULL, 0};
	struct text name = text_trim(text_split(content_type, ';', &rest));
	enum http_type type = HTTP_NO_TYPE;
	for (size_t i = 0; i < COUNT_OF(table); i++)
		if (text_equals_folded(name, text_of(table[i].name)))
			type = table[i].type;
	while (rest.length > 0)
		if (!read_parameter(text_split(rest, ';', &rest), type, &boundary))
			return false;
	if (type == HTTP_NO_TYPE
		|| (type == HTTP_MULTIPART) != (boundary.length > 0))
		return false;
	*out_type = type;
	*out_boundary = boundary;
	return true;
}
