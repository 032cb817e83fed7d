/* SPDX-License-Identifier: MIT
 *
 * The head as it stood on the wire, judged through what a parser made of it.
 *
 * libmicrohttpd 0.9.75, even when strict, takes lines that end in a bare line
 * feed, joins folded lines, and cuts a value at a NUL; a proxy in front may
 * read each of these differently, and the difference is what smuggles a
 * request past it. The library tells none of it. But it parses in place: the
 * strings it hands out still lie where they arrived, so that in a head written
 * as RFC 9112 says (without the obsolete forms) the distance from each to the
 * next is known to the byte, and the whole is as long as the library counted.
 * Any other head has a gap somewhere and is refused. (One form is not told
 * apart: a NUL in place of the carriage return before a line feed.)
 *
 * If another release of the library places strings differently, everything is
 * refused and the first test fails: it errs on the safe side.
 */
#ifndef KITH_WEB_HTTP_LAYOUT_H
#define KITH_WEB_HTTP_LAYOUT_H

#include "web/http.h"

struct http_layout {
	const char *method; /* where the head begins */
	struct text target; /* where it arrived, with its whole length */
	const char *version;
	struct http_fields fields; /* in the order they came */
	size_t length;             /* of the head, up to the empty line */
};

bool http_layout_is_plain(const struct http_layout *layout);

#endif
