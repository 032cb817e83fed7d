/* SPDX-License-Identifier: MIT
 *
 * The C allocator, wrapped: the one place that calls it.
 *
 * Running out of memory ends the process with code 70: every change is in a
 * transaction, so nothing acknowledged is lost, and no caller needs a path
 * that can never be tested on a real machine. Most code wants an arena
 * (arena.h); this is for arenas themselves and for arrays that grow.
 */
#ifndef KITH_BASE_MEMORY_H
#define KITH_BASE_MEMORY_H

#include <stddef.h>

/* Not zeroed. */
void *memory_new(size_t size)
	__attribute__((malloc, alloc_size(1), returns_nonnull));

/* Room for at least `wanted` elements of `size` bytes. Returns the (moved)
 * array and updates *capacity. */
void *memory_grow(void *array, size_t *capacity, size_t wanted, size_t size)
	__attribute__((returns_nonnull, warn_unused_result));

void memory_free(void *memory); /* NULL is fine */

/* Says that there is no memory and ends the process. */
void memory_exhausted(void) __attribute__((noreturn));

#endif
