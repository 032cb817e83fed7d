/* SPDX-License-Identifier: MIT
 *
 * The writers of a server: one an authority, made when first wanted, shared by
 * all workers, so that acts of different people share a durable commit.
 */
#ifndef KITH_DESK_WRITERS_H
#define KITH_DESK_WRITERS_H

#include "store/region.h"
#include "store/writer.h"

struct writers;

struct writers *writers_open(void);
void writers_close(struct writers *writers); /* NULL is fine */

/* The writer for a part; any thread may ask. */
bool writers_for(struct writers *writers, const struct region_part *part,
	struct writer **out_writer, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
