/* SPDX-License-Identifier: MIT
 *
 * A workbook written sheet by sheet, from the top down.
 *
 * A thin layer over libxlsxwriter: it knows the handful of styles the report
 * uses, cleans every string, and remembers the first failure. Numbers are
 * numbers, so that they can be added and charted; symbols are text. A string is
 * never a formula. The file is made in memory, never in a folder.
 */
#ifndef KITH_RENDER_SHEET_H
#define KITH_RENDER_SHEET_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/fault.h"
#include "render/table.h"
#include "render/view.h"

struct sheet_book;

/* A sheet and the place on it where the next thing goes. */
struct sheet {
	struct sheet_book *book;
	void *page; /* libxlsxwriter's */
	uint32_t row;
};

enum sheet_style {
	SHEET_PLAIN,
	SHEET_WRAPPED,
	SHEET_TITLE,
	SHEET_HEADING,
	SHEET_LABEL, /* bold, wrapped, at the top of its cell */
	SHEET_QUIET,
	SHEET_COLUMN, /* over a column */
	SHEET_COLUMN_RIGHT,
	SHEET_SYMBOL, /* text where a number might be */
	SHEET_STYLES,
};

/* The arena holds the book and closes it. Both dates the file bears are `made`
 * (1 January 2000 if there is none), so that it is the same tomorrow. */
bool sheet_book_open(struct arena *arena, const char *title, struct date made,
	struct sheet_book **out_book, struct fault *fault)
	__attribute__((warn_unused_result));

/* Ends the book and appends the file; nothing may be written after it. */
bool sheet_book_write(struct sheet_book *book, struct buffer *out,
	struct fault *fault) __attribute__((warn_unused_result));

/* `name` must be unique, at most 31 letters, digits, spaces and - or _. */
struct sheet sheet_add(struct sheet_book *book, const char *name);
void sheet_widths(struct sheet *sheet, const int *widths, size_t count);

void sheet_text(struct sheet *sheet, int column, const char *text,
	enum sheet_style style);
void sheet_number(struct sheet *sheet, int column, int64_t tenths,
	enum view_unit unit);
void sheet_link(struct sheet *sheet, int column, const char *to_sheet,
	const char *text);
/* Text over several columns, on a row high enough for its length. */
void sheet_wide(struct sheet *sheet, int columns, const char *text,
	enum sheet_style style);
void sheet_cell(struct sheet *sheet, int column, const struct table_cell *cell);

/* Caption, headings and rows; a cell's second line stands in brackets. A
 * linked cell leads to the sheet named by link_names[link - 1]. */
void sheet_table(struct sheet *sheet, const struct table *table,
	const char *const *link_names);

struct sheet_series {
	const char *name;
	const char *labels; /* ranges: "='Chart data'!$A$2:$A$10" */
	const char *values;
	uint32_t colour;
	bool is_dashed;
};

struct sheet_chart {
	bool is_bars;
	bool is_percent;
	const char *title;
	const struct sheet_series *series;
	size_t series_count;
	double lowest; /* foot of the axis */
};

/* Puts the chart at the next row and goes on below it. */
void sheet_draw(struct sheet *sheet, const struct sheet_chart *chart);

#endif
