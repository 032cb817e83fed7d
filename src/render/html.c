/* SPDX-License-Identifier: MIT
 *
 * Escaping.
 */
#include "render/html.h"

#include "render/clean.h"

void html_text(struct buffer *out, const char *text)
{
	html_bytes(out, text_of(text));
}

void html_bytes(struct buffer *out, struct text text)
{
	int32_t point;
	while (clean_next(&text, &point)) {
		switch (point) {
		case '&':
			buffer_add(out, TEXT("&amp;"));
			break;
		case '<':
			buffer_add(out, TEXT("&lt;"));
			break;
		case '>':
			buffer_add(out, TEXT("&gt;"));
			break;
		case '"':
			buffer_add(out, TEXT("&quot;"));
			break;
		case '\'':
			buffer_add(out, TEXT("&#39;"));
			break;
		default:
			clean_put(out, point);
		}
	}
}

void html_number(struct buffer *out, int64_t number)
{
	buffer_format(out, "%lld", (long long)number);
}
