/* SPDX-License-Identifier: MIT
 *
 * HTML that is also well-formed XML, with all text escaped.
 *
 * Markup can only be a string literal: HTML_MARKUP pastes its argument to one,
 * so that the compiler refuses a variable. Whatever comes from data goes
 * through html_text, which cleans (clean.h) and escapes it for element and for
 * quoted attribute alike. There is no function that writes a variable raw.
 */
#ifndef KITH_RENDER_HTML_H
#define KITH_RENDER_HTML_H

#include <stdint.h>

#include "base/buffer.h"

#define HTML_MARKUP(out, literal) buffer_add((out), TEXT(literal))

void html_text(struct buffer *out, const char *text);  /* NULL is "" */
void html_bytes(struct buffer *out, struct text text); /* the same */
void html_number(struct buffer *out, int64_t number);

/* <tag>text</tag>, for a literal tag name; with an isolated direction, so that
 * Arabic beside English does not disturb it. */
#define HTML_ELEMENT(out, tag, text) \
	do { \
		HTML_MARKUP((out), "<" tag " dir=\"auto\">"); \
		html_text((out), (text)); \
		HTML_MARKUP((out), "</" tag ">\n"); \
	} while (0)

#endif
