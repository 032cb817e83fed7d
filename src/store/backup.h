/* SPDX-License-Identifier: MIT
 *
 * A backup is one SQLite file, whichever engine holds the records: it can be
 * opened by kith as it is, and restored into either.
 *
 * The file appears under its name only when it is whole, checked and on the
 * disk; nothing is ever overwritten. What this does not do: encrypt, rotate,
 * or carry the file elsewhere.
 */
#ifndef KITH_STORE_BACKUP_H
#define KITH_STORE_BACKUP_H

#include "store/store.h"

/* One moment of the database, while others go on writing. */
bool backup_make(const char *url, const char *file, struct fault *fault)
	__attribute__((warn_unused_result));

/* Into a SQLite file that is not there yet, or a PostgreSQL database that
 * holds no records. A file made by an older kith is restored as it is into
 * SQLite, to be brought up to date by `init`. */
bool backup_restore(const char *file, const char *url, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
