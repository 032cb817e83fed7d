/* SPDX-License-Identifier: MIT
 *
 * A store that keeps nothing: what an import costs without the database.
 *
 * Every statement is taken and gives no rows, a count gives 0, rows written
 * are counted and forgotten. It also keeps the time of the two steps that are
 * not reading: the digest of the files (up to the question whether each is
 * loaded) and keeping their bytes (from the entry of a file to the last of its
 * pieces).
 */
#ifndef KITH_NULL_STORE_H
#define KITH_NULL_STORE_H

#include <stdint.h>

struct store;

struct null_tally {
	double digested; /* seconds of digesting */
	double keeping;  /* seconds of packing and keeping */
	int64_t rows;    /* written, kept bytes not counted */
};

struct store *null_store_open(struct null_tally *tally);
void null_store_close(struct store *store);

#endif
