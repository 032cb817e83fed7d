/* SPDX-License-Identifier: MIT
 *
 * Importing files of one kind for one authority, in one transaction.
 */
#ifndef KITH_FEEDS_IMPORT_H
#define KITH_FEEDS_IMPORT_H

#include "base/period.h"
#include "store/region.h"

struct codes;

struct import_request {
	const struct region_part *part;
	const char *kind;         /* ssda903 ... */
	const char *const *paths; /* files and folders */
	size_t path_count;
	const char *actor;
	struct codes *codes;
	struct period covers; /* none: from the data */
	struct date today;
	/* Rows are read, typed and checked, and no child is claimed for them:
	 * what comes of it means nothing. For timings. */
	bool only_typed;
};

/* One line of what was done, a batch. */
struct import_batch {
	int64_t id;
	const char *label;
	struct period covers;
	int64_t rows_in, refused, repaired, warned, children, linked;
};

struct import_outcome {
	const struct import_batch *batches;
	size_t batch_count;
	size_t files;       /* taken */
	size_t passed_over; /* loaded before: the same bytes */
	size_t again; /* loaded before, replaced since: they count again */
};

/* The outcome's memory is the arena's. */
bool import_run(const struct import_request *request, struct arena *arena,
	struct import_outcome *out_outcome, struct fault *fault)
	__attribute__((warn_unused_result));

/* The kinds there are, for usage and help. */
struct import_kind {
	const char *name;
	const char *title;
	const char *about;
};
size_t import_kinds(const struct import_kind **out_kinds);

/* A row as it came, found in the kept files: quotes, spaces and all, but as
 * UTF-8 whatever the file was in. Empty text and true if that row is not
 * there. */
struct import_place {
	int la;
	int64_t batch;
	int file;
	int64_t row; /* or line, for XML */
};
bool import_source_row(struct store *store, const struct import_place *place,
	struct arena *arena, struct text *out_row, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
