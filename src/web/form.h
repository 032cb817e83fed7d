/* SPDX-License-Identifier: MIT
 *
 * The fields of a form that was sent (application/x-www-form-urlencoded).
 */
#ifndef KITH_WEB_FORM_H
#define KITH_WEB_FORM_H

#include "base/fault.h"
#include "web/http.h"

/* In the order sent; take them with http_only. FAULT_USAGE for what no browser
 * sends. A request without a body has no fields. */
bool form_read(const struct http_request *request, struct arena *arena,
	struct http_fields *out_fields, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
