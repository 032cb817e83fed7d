/* SPDX-License-Identifier: MIT
 *
 * Runs a fuzz target over files instead of invented input, so that the kept
 * corpus is part of the ordinary tests, with any compiler. Each argument is a
 * file or a folder of files. A finding ends the program as it would end the
 * fuzzer. At least one file must be there.
 */
#include <stdint.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static bool run_file(const char *path, struct arena *arena)
{
	struct text bytes;
	struct fault fault = {0};
	if (!file_map(path, arena, &bytes, &fault)) {
		fprintf(stderr, "%s\n", fault.message);
		return false;
	}
	/* An exact copy, so that the sanitizer sees one byte too far. */
	size_t capacity = 0;
	uint8_t *copy = memory_grow(NULL, &capacity, bytes.length + 1, 1);
	uint8_t *start = copy + (capacity - bytes.length);
	if (bytes.length > 0)
		memcpy(start, bytes.at, bytes.length);
	LLVMFuzzerTestOneInput(start, bytes.length);
	memory_free(copy);
	return true;
}

static int run_folder(const char *folder, struct arena *arena)
{
	const struct text *names = NULL;
	size_t count = 0;
	struct fault fault = {0};
	if (!file_list(folder, arena, &names, &count, &fault))
		return -1;
	for (size_t i = 0; i < count; i++)
		if (!run_file(arena_format(arena, "%s/%s", folder, names[i].at),
			    arena))
			return -1;
	return (int)count;
}

int main(int count, char **arguments)
{
	struct arena *arena = arena_open();
	int files = 0;
	for (int i = 1; i < count && files >= 0; i++) {
		int more = file_is_folder(arguments[i])
			? run_folder(arguments[i], arena)
			: run_file(arguments[i], arena) ? 1
							: -1;
		files = more < 0 ? -1 : files + more;
	}
	arena_close(arena);
	if (files <= 0) {
		fprintf(stderr, "no file was run\n");
		return 1;
	}
	printf("1..1\nok 1 - %d files\n", files);
	return 0;
}
