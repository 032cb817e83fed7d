/* SPDX-License-Identifier: MIT
 *
 * What the report's writers share: the end of each of them.
 */
#ifndef KITH_RENDER_REPORT_INSIDE_H
#define KITH_RENDER_REPORT_INSIDE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/fault.h"

/* False, with a fault, if the buffer's maximum was reached on the way. */
static inline bool report_is_whole(const struct buffer *out, struct fault *fault)
{
	if (out->has_failed)
		return fault_set(fault, FAULT_LIMIT,
			"the report is larger than %zu bytes",
			out->maximum == 0 ? BUFFER_MAXIMUM : out->maximum);
	return true;
}

#endif
