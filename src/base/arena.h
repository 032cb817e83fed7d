/* SPDX-License-Identifier: MIT
 *
 * Memory with a lifetime.
 *
 * An arena hands out memory that is all released at once, when the arena is
 * closed or reset. There are four lifetimes in kith: program, command, batch
 * and row; take memory from the arena whose end matches the life of the thing.
 * Things that must be closed (statements, files) register with the arena and
 * are closed with it, last registered first.
 *
 * Running out of memory ends the process (memory.h), so nothing here fails.
 */
#ifndef KITH_BASE_ARENA_H
#define KITH_BASE_ARENA_H

#include <stddef.h>

#include "base/memory.h"
#include "base/text.h"

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *arena); /* NULL is fine */

/* Runs the closers and forgets all memory, keeping one block for reuse. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type. Never NULL. */
void *arena_new(struct arena *arena, size_t size)
	__attribute__((malloc, alloc_size(2), returns_nonnull));
void *arena_array(struct arena *arena, size_t count, size_t size)
	__attribute__((malloc, alloc_size(2, 3), returns_nonnull));

/* A copy that lives as long as the arena; also terminated by a zero byte. */
struct text arena_text(struct arena *arena, struct text text);
const char *arena_string(struct arena *arena, struct text text);
const char *arena_format(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3), returns_nonnull));

void arena_on_close(struct arena *arena, void (*closer)(void *), void *thing);

#endif
