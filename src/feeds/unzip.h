/* SPDX-License-Identifier: MIT
 *
 * The parts of a zipped file, unpacked piece by piece.
 *
 * A zip file comes from outside and may be made to harm: a few kilobytes can
 * claim to be gigabytes. What the directory claims is checked before anything
 * is unpacked (LIMIT_UNZIP_PARTS, _BYTES, _RATIO), and a part that yields more
 * than it claimed is refused while it is read. Nothing is written to disk and
 * a part's name is never used as a path.
 */
#ifndef KITH_FEEDS_UNZIP_H
#define KITH_FEEDS_UNZIP_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

struct unzip;

/* The bytes must stay where they are until the arena closes; it closes the
 * zip file too. */
bool unzip_open(struct text bytes, struct arena *arena, struct unzip **out_unzip,
	struct fault *fault) __attribute__((warn_unused_result));

/* Given the pieces of a part in order; false, with a fault, stops. */
struct unzip_consumer {
	void *self;
	bool (*piece)(void *self, struct text piece, struct fault *fault);
};

/* FAULT_MISSING if there is no such part. */
bool unzip_read(const struct unzip *unzip, const char *part,
	const struct unzip_consumer *consumer, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
