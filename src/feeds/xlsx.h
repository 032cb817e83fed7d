/* SPDX-License-Identifier: MIT
 *
 * Workbooks (.xlsx), row by row.
 *
 * Opening reads the small parts: which sheets there are, the texts they share,
 * which cell styles show dates. A sheet is then unpacked and read as a stream:
 * its rows are given one by one with the cells that hold something, so that a
 * sheet of any length takes the memory of one row.
 *
 * Every value arrives as text, as a person would write it: numbers in full,
 * dates as YYYY-MM-DD (with a time behind a T if there is one), formulas by
 * the value last calculated. A cell with an error is given, empty, with its
 * kind. What a row or column means is for the consumer. Not read: .xls,
 * workbooks with a password, charts, comments, merged areas (the value stands
 * in the first cell).
 *
 * Source: ECMA-376 part 1 (5th edition), 18.2 to 18.4 and 18.8.
 */
#ifndef KITH_FEEDS_XLSX_H
#define KITH_FEEDS_XLSX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/text.h"

enum xlsx_kind {
	XLSX_TEXT,
	XLSX_NUMBER,
	XLSX_DATE,  /* date_read_any reads it */
	XLSX_TRUTH, /* "TRUE" or "FALSE" */
	XLSX_ERROR, /* #N/A and the like; the text is empty */
};

struct xlsx_cell {
	int column; /* 0 is A; less than LIMIT_COLUMNS; xlsx_value_column */
	enum xlsx_kind kind;
	struct text text; /* not empty unless an error; not trimmed */
};

/* Valid during the call only. */
struct xlsx_row {
	int64_t row; /* as the spreadsheet counts, from 1; rows may be skipped */
	const struct xlsx_cell *cells; /* by column; empty ones are left out */
	size_t count;                  /* at least 1 */
};

struct xlsx_sheet {
	struct text name;
	bool is_hidden;
};

struct xlsx;

/* The bytes must stay where they are until the arena closes; the workbook is
 * closed with it. */
bool xlsx_open(struct text bytes, struct arena *arena, struct xlsx **out_xlsx,
	struct fault *fault) __attribute__((warn_unused_result));

/* The sheets in the order of their tabs. */
const struct xlsx_sheet *xlsx_sheets(const struct xlsx *xlsx, size_t *out_count);

/* The sheet with that name, whatever its case; false if there is none. */
bool xlsx_find(const struct xlsx *xlsx, struct text name, size_t *out_sheet);

struct xlsx_consumer {
	void *self;
	bool (*row)(void *self, const struct xlsx_row *row,
		struct fault *fault); /* false, with a fault, stops */
};

/* Reads the sheet with that place in xlsx_sheets. */
bool xlsx_read(const struct xlsx *xlsx, size_t sheet,
	const struct xlsx_consumer *consumer, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
