/* SPDX-License-Identifier: MIT
 *
 * A form is a query in the body, with longer values and with line ends.
 */
#include "web/form.h"

#include "web/percent.h"

bool form_read(const struct http_request *request, struct arena *arena,
	struct http_fields *out_fields, struct fault *fault)
{
	const char *reason = NULL;
	return percent_pairs(request->body, &percent_form, arena, out_fields,
		       &reason)
		|| fault_set(fault, FAULT_USAGE, "%s", reason);
}
