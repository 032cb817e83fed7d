/* SPDX-License-Identifier: MIT
 *
 * Text files carried in the binary: SQL catalogues, definitions, code lists.
 * A table ends with an entry whose name is NULL. Made by tools/embed.c.
 */
#ifndef KITH_BASE_EMBEDDED_H
#define KITH_BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
	const char *name;
	const char *text;
	size_t length;
};

#endif
