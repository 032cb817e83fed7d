/* SPDX-License-Identifier: MIT
 *
 * Ids grow by one within a run, and start from the clock and a random tail. A
 * bulk import may run ahead of the clock; the next run then starts later.
 */
#include "base/ident.h"

#include <sodium.h>

#include "base/moment.h"

enum { TAIL_BITS = 22 };

int64_t ident_next(struct ident_source *source)
{
	static const int64_t from_2020 = 1577836800000;
	if (source->last == 0) {
		int64_t head = (moment_now() - from_2020) << TAIL_BITS;
		source->last = head
			+ (int64_t)randombytes_uniform(1u << (TAIL_BITS - 1));
	}
	return ++source->last;
}
