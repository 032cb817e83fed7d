/* SPDX-License-Identifier: MIT
 *
 * Faults: the first one wins, and one table gives each kind its exit code.
 */
#include "base/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const int exit_codes[FAULT_KINDS] = {
	[FAULT_NONE] = 0,
	[FAULT_USAGE] = 2,
	[FAULT_INPUT] = 3,
	[FAULT_DENIED] = 4,
	[FAULT_MISSING] = 3,
	[FAULT_CONFLICT] = 5,
	[FAULT_BUSY] = 5,
	[FAULT_LIMIT] = 3,
	[FAULT_BROKEN] = 70,
	[FAULT_SYSTEM] = 70,
};

bool fault_set(struct fault *fault, enum fault_kind kind, const char *format, ...)
{
	if (fault->kind != FAULT_NONE) {
		fault->is_closed = true;
		return false;
	}
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(fault->message, sizeof fault->message, format, arguments);
	va_end(arguments);
	fault->kind = kind;
	return false;
}

bool fault_detail(struct fault *fault, const char *format, ...)
{
	if (fault->is_closed || fault->detail[0] != '\0')
		return false;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(fault->detail, sizeof fault->detail, format, arguments);
	va_end(arguments);
	return false;
}

bool fault_hint(struct fault *fault, const char *format, ...)
{
	if (fault->is_closed || fault->hint[0] != '\0')
		return false;
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(fault->hint, sizeof fault->hint, format, arguments);
	va_end(arguments);
	return false;
}

bool fault_in(struct fault *fault, const char *path)
{
	bool is_about_file = fault->kind == FAULT_INPUT
		|| fault->kind == FAULT_LIMIT;
	if (!is_about_file || strstr(fault->message, path) != NULL
		|| strstr(fault->detail, path) != NULL)
		return false;
	size_t used = strlen(fault->detail);
	snprintf(fault->detail + used, sizeof fault->detail - used,
		"%sin \"%s\"", used == 0 ? "" : "; ", path);
	return false;
}

bool fault_is_set(const struct fault *fault)
{
	return fault->kind != FAULT_NONE;
}

void fault_clear(struct fault *fault)
{
	*fault = (struct fault){.kind = FAULT_NONE};
}

int fault_exit_code(enum fault_kind kind)
{
	return kind < FAULT_KINDS ? exit_codes[kind] : 70;
}
