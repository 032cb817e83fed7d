/* SPDX-License-Identifier: MIT
 *
 * The demonstration borough, imported, for timings of measures and reports;
 * and a region of as many of it as wanted: one file, linked once for each, so
 * that the disk holds it once and the work is that of all.
 */
#ifndef KITH_BOROUGH_H
#define KITH_BOROUGH_H

#include "desk/desk.h"

/* Makes the folder's files, imports them and returns the database's path, in
 * the arena; NULL: it has said why not. */
const char *borough_make(const char *folder, struct arena *arena);

/* A folder beside the database with `count` links to it. */
const char *borough_region(const char *database, int count, struct arena *arena);

#endif
