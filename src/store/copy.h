/* SPDX-License-Identifier: MIT
 *
 * Carrying an authority's records, or all, from one database to another,
 * whichever engine holds either.
 *
 * Tables go in the order of the schema and rows in the order of the key, as
 * one transaction that reads one moment of the source. Afterwards every table
 * is read back and its SHA-256, one for each authority, held against the
 * source's; only then is the target's transaction committed. Public reference
 * data go along where the target has none of that table and stay as they are
 * where it has.
 *
 * It never adds to records already there: a target that holds any row of an
 * authority to be copied is refused.
 */
#ifndef KITH_STORE_COPY_H
#define KITH_STORE_COPY_H

#include "store/store.h"

struct copy_result {
	int64_t tables; /* that had rows */
	int64_t rows;
};

/* `la` 0 copies every authority. *out_result may be NULL. */
bool copy_store(const char *from_url, const char *to_url, int la,
	struct copy_result *out_result, struct fault *fault)
	__attribute__((warn_unused_result));

/* SHA-256 over all rows of one authority (0: all) in every table of the
 * schema, reference data too: equal for equal records on either engine. */
bool copy_digest(struct store *store, int la, char out_digest[65],
	struct fault *fault) __attribute__((warn_unused_result));

#endif
