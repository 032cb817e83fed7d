/* SPDX-License-Identifier: MIT
 *
 * What SQLite alone takes for the rows of a database of ours: the least that an
 * import into it could cost, and what its own shell takes.
 *
 * The kept bytes of files are left out, all other rows count.
 */
#ifndef KITH_PEER_SQLITE_H
#define KITH_PEER_SQLITE_H

#include <stdbool.h>
#include <stdint.h>

struct peer_times {
	int64_t rows;
	double bare;  /* processor seconds: prepared statements, one a row, into
			 the same tables without checking anything, committed */
	double shell; /* by `.import` of the shell into tables without keys and
			 types, committed; below zero: there is no shell */
};

/* Files are made beside the database and removed. */
bool peer_sqlite(const char *database, struct peer_times *out_times);

#endif
