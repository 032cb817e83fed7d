/* SPDX-License-Identifier: MIT
 *
 * malloc, realloc and free, and the end when there is nothing left.
 */
#include "base/memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

void memory_exhausted(void)
{
	static const char message[] = "kith: out of memory\n";
	(void)!write(STDERR_FILENO, message, sizeof message - 1);
	_exit(70);
}

void *memory_new(size_t size)
{
	void *memory = malloc(size);
	if (memory == NULL)
		memory_exhausted();
	return memory;
}

void *memory_grow(void *array, size_t *capacity, size_t wanted, size_t size)
{
	if (wanted <= *capacity && array != NULL)
		return array;
	size_t larger = *capacity < 16 ? 16 : *capacity * 2;
	if (larger < wanted)
		larger = wanted;
	if (larger > SIZE_MAX / 2 / size)
		memory_exhausted();
	void *moved = realloc(array, larger * size);
	if (moved == NULL)
		memory_exhausted();
	*capacity = larger;
	return moved;
}

void memory_free(void *memory)
{
	free(memory);
}
