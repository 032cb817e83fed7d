/* SPDX-License-Identifier: MIT
 *
 * Arenas: a list of blocks, each twice the last up to a ceiling, bumped from
 * the front.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum {
	FIRST_BLOCK = 16 * 1024,
	LARGEST_BLOCK = 4 * 1024 * 1024,
	ALIGNMENT = 16
};

struct block {
	struct block *next;
	size_t size;
	size_t used;
	_Alignas(ALIGNMENT) char bytes[];
};

struct closer {
	struct closer *next;
	void (*close)(void *);
	void *thing;
};

struct arena {
	struct block *blocks; /* newest first */
	struct closer *closers;
	size_t next_size;
};

static struct block *block_open(size_t size)
{
	struct block *block = memory_new(sizeof *block + size);
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

struct arena *arena_open(void)
{
	struct arena *arena = memory_new(sizeof *arena);
	*arena = (struct arena){.next_size = FIRST_BLOCK};
	return arena;
}

static void run_closers(struct arena *arena)
{
	while (arena->closers != NULL) {
		struct closer *closer = arena->closers;
		arena->closers = closer->next;
		closer->close(closer->thing);
	}
}

void arena_reset(struct arena *arena)
{
	run_closers(arena);
	struct block *kept = arena->blocks;
	if (kept == NULL)
		return;
	for (struct block *block = kept->next, *next; block != NULL;
		block = next) {
		next = block->next;
		memory_free(block);
	}
	kept->next = NULL;
	kept->used = 0;
}

void arena_close(struct arena *arena)
{
	if (arena == NULL)
		return;
	arena_reset(arena);
	memory_free(arena->blocks);
	memory_free(arena);
}

void *arena_new(struct arena *arena, size_t size)
{
	size_t room = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	struct block *block = arena->blocks;
	if (block == NULL || block->size - block->used < room) {
		size_t wanted = arena->next_size > room ? arena->next_size : room;
		block = block_open(wanted);
		block->next = arena->blocks;
		arena->blocks = block;
		if (arena->next_size < LARGEST_BLOCK)
			arena->next_size *= 2;
	}
	void *memory = block->bytes + block->used;
	block->used += room;
	memset(memory, 0, size);
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / 2 / size)
		memory_exhausted();
	return arena_new(arena, count * size);
}

struct text arena_text(struct arena *arena, struct text text)
{
	char *copy = arena_new(arena, text.length + 1);
	if (text.length > 0)
		memcpy(copy, text.at, text.length);
	return (struct text){.at = copy, .length = text.length};
}

const char *arena_string(struct arena *arena, struct text text)
{
	return arena_text(arena, text).at;
}

const char *arena_format(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	va_list again;
	va_copy(again, arguments);
	int length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	size_t size = length < 0 ? 1 : (size_t)length + 1;
	char *result = arena_new(arena, size);
	vsnprintf(result, size, format, again);
	va_end(again);
	return result;
}

void arena_on_close(struct arena *arena, void (*closer)(void *), void *thing)
{
	struct closer *entry = arena_new(arena, sizeof *entry);
	*entry = (struct closer){arena->closers, closer, thing};
	arena->closers = entry;
}
