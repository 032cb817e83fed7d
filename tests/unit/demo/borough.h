/* SPDX-License-Identifier: MIT
 *
 * The invented borough as a reader meets it: files on disk, read in full.
 *
 * The tests compute the measures again from the written files in the slowest
 * and most obvious way, knowing nothing of how the generator made them.
 */
#ifndef KITH_TESTS_BOROUGH_H
#define KITH_TESTS_BOROUGH_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/text.h"

/* A CSV file; row 0 is the first after the heading. */
struct borough_sheet {
	const struct text *heading;
	size_t columns;
	const struct text *cells;
	size_t rows;
};

extern const char *borough_folder; /* written once for all tests */
extern struct arena *borough_arena;

struct borough_sheet borough_sheet(const char *path);
size_t borough_column(const struct borough_sheet *sheet, const char *name);
struct text borough_cell(const struct borough_sheet *sheet, size_t row,
	size_t column);
struct text borough_bytes(const char *path);

/* Number of a cell such as "132.0"; 0 when empty. */
int borough_number(struct text cell);
struct date borough_date(struct text cell);

/* Tests that live in files of their own. */
void borough_care_measures(void **state);
void borough_care_continuity(void **state);
void borough_roll_absence(void **state);
void borough_roll_marks(void **state);
void borough_roll_numbers(void **state);

#endif
