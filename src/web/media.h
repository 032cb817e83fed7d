/* SPDX-License-Identifier: MIT
 *
 * Content-Type of a body: which of the types we read it is (RFC 9110 section
 * 8.3), and the boundary of a multipart one (RFC 2046 section 5.1.1).
 */
#ifndef KITH_WEB_MEDIA_H
#define KITH_WEB_MEDIA_H

#include "web/http.h"

/* False: none that we read, or with a parameter that says otherwise (a charset
 * but UTF-8, a boundary that none can be). *out_boundary is empty but for
 * HTTP_MULTIPART. */
bool media_read(struct text content_type, enum http_type *out_type,
	struct text *out_boundary);

#endif
