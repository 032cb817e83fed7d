/* SPDX-License-Identifier: MIT
 *
 * The invented borough, imported once for the tests of one program, in a file,
 * in a folder and in PostgreSQL. Two of its censuses and all its other feeds
 * but the marks and the workbook: enough for every kind of measure.
 *
 * The folder and PostgreSQL hold a second authority, 201, to which the
 * borough's looked-after returns were given too, with the setting that every
 * move is a new placement; it has no other feed.
 */
#ifndef KITH_TESTS_PLACES_H
#define KITH_TESTS_PLACES_H

#include "running.h"

struct places {
	struct harness *harness;
	const char *db[RUNNING_PLACES]; /* NULL: there is none here */
};

extern struct places places;

void places_open(void);
void places_close(void);

/* The borough's database in the file, which has no other authority. */
#define PLACES_FILE "--db", places.db[RUNNING_FILE]

void places_test_report(void **state);
void places_test_measures(void **state);
void places_test_region(void **state);
void places_test_region_published(void **state);
void places_test_explain(void **state);
void places_test_explain_roles(void **state);
void places_test_children(void **state);

#endif
