/* SPDX-License-Identifier: MIT
 *
 * For the tests of the census and the marks: importing from texts in the test,
 * and the shared samples.
 */
#ifndef KITH_TESTS_SCHOOL_H
#define KITH_TESTS_SCHOOL_H

#include <string.h>

#include "harness.h"

#include "base/file.h"
#include "base/period.h"
#include "codes/codes.h"
#include "feeds/import.h"

/* A file NAME of the folder FOLDER in the scratch folder. */
static inline void school_put(struct harness *harness, const char *name,
	const char *bytes)
{
	struct fault fault = {0};
	const char *path = harness_path(harness, name);
	const char *slash = strrchr(path, '/');
	const char *folder = arena_string(harness_arena(harness),
		(struct text){path, (size_t)(slash - path)});
	HARNESS_DONE(file_make_folder(folder, &fault), &fault);
	HARNESS_DONE(file_write(path, text_of(bytes), &fault), &fault);
}

static inline bool school_try(struct harness *harness, const char *kind,
	const char *path, struct import_outcome *out_outcome, struct fault *fault)
{
	struct region_part part = {.la = HARNESS_LA,
		.name = "Islington",
		.store = harness_store(harness)};
	struct codes *codes;
	HARNESS_DONE(codes_open(harness_arena(harness), NULL, &codes, fault),
		fault);
	struct import_request request = {.part = &part,
		.kind = kind,
		.paths = &path,
		.path_count = 1,
		.actor = "tester",
		.codes = codes,
		.today = date_from(2025, 1, 2)};
	return import_run(&request, harness_arena(harness), out_outcome, fault);
}

static inline struct import_outcome school_import(struct harness *harness,
	const char *kind, const char *name)
{
	struct import_outcome outcome = {0};
	struct fault fault = {0};
	HARNESS_DONE(school_try(harness, kind, harness_path(harness, name),
			     &outcome, &fault),
		&fault);
	return outcome;
}

static inline void school_expect(struct harness *harness, const char *sql,
	const char *rows)
{
	assert_string_equal(harness_rows(harness, harness_store(harness), sql),
		rows);
}

/* The sample's path, or NULL, having said so. */
static inline const char *school_sample(struct harness *harness, const char *name)
{
	const char *folder = file_environment("KITH_SAMPLES");
	const char *path = arena_format(harness_arena(harness), "%s/%s",
		folder == NULL ? "../shared/samples" : folder, name);
	if (file_exists(path) || file_is_folder(path))
		return path;
	print_message("# skipped: no sample at %s\n", path);
	return NULL;
}

#endif
