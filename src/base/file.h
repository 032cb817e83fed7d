/* SPDX-License-Identifier: MIT
 *
 * Whole files: read into memory, or mapped so that a large return costs no
 * memory of ours; written in one step (a temporary beside it, then renamed).
 */
#ifndef KITH_BASE_FILE_H
#define KITH_BASE_FILE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

/* Mapped read-only until the arena closes. An empty file gives empty text. */
bool file_map(const char *path, struct arena *arena, struct text *out_bytes,
	struct fault *fault) __attribute__((warn_unused_result));

bool file_write(const char *path, struct text bytes, struct fault *fault)
	__attribute__((warn_unused_result));

bool file_is_folder(const char *path);
bool file_exists(const char *path);

/* Makes the folder and its parents; an existing one is fine. */
bool file_make_folder(const char *path, struct fault *fault)
	__attribute__((warn_unused_result));

/* The names in a folder, sorted by bytes, without those that begin with a
 * dot. Texts end in a zero byte. */
bool file_list(const char *folder, struct arena *arena,
	const struct text **out_names, size_t *out_count, struct fault *fault)
	__attribute__((warn_unused_result));

/* What follows the last slash. */
struct text file_name(struct text path);

/* An environment variable; NULL if unset or empty. */
const char *file_environment(const char *name);

#endif
