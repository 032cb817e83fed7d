/* SPDX-License-Identifier: MIT
 *
 * Record ids: 63-bit positive whole numbers made by the program, unique within
 * an authority without asking the database: 41 bits of milliseconds since
 * 2020, 22 bits of a counter that starts at random. They order by time.
 */
#ifndef KITH_BASE_IDENT_H
#define KITH_BASE_IDENT_H

#include <stdint.h>

struct ident_source {
	int64_t last; /* zero: not yet used */
};

int64_t ident_next(struct ident_source *source);

#endif
