/* SPDX-License-Identifier: MIT
 *
 * Importing in a test: files written to the scratch folder or taken from the
 * public samples, into a harness's database.
 *
 * The samples lie at KITH_SAMPLES, or at ../shared/samples from the root of
 * the source tree. Where they are absent the tests that need them say so and
 * pass: a user who builds kith need not have them.
 */
#ifndef KITH_TESTS_IMPORTING_H
#define KITH_TESTS_IMPORTING_H

#include "feeds/import.h"
#include "harness.h"

/* Paths end with NULL. */
bool importing_try(struct harness *harness, const char *kind,
	const char *const *paths, struct import_outcome *out_outcome,
	struct fault *fault);

/* Fails the test unless the import works. */
struct import_outcome importing_all(struct harness *harness, const char *kind,
	const char *const *paths);
struct import_outcome importing_one(struct harness *harness, const char *kind,
	const char *path);

/* Writes a file into the scratch folder, making folders, and gives its path. */
const char *importing_write(struct harness *harness, const char *name,
	struct text bytes);

/* NULL, and said, where the samples are absent. */
const char *importing_sample(struct harness *harness, const char *name);

/* Every row of every table but the kept bytes, as text. */
const char *importing_dump(struct harness *harness);

/* One number; the test fails if the query gives no row. */
int64_t importing_number(struct harness *harness, const char *sql);

#define IMPORTING_ROWS(harness, sql) \
	harness_rows((harness), harness_store(harness), (sql))

#endif
