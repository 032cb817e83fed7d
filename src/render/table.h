/* SPDX-License-Identifier: MIT
 *
 * The report's tables and lists of facts, laid out once for every format.
 *
 * A table has a caption, columns and rows of cells; its first column heads the
 * rows. A cell is what it says; beside that it may carry a number (for the
 * spreadsheet), a status or a direction (for a shape) and a link to a measure.
 * HTML, PDF, text and XLSX draw the same cells, so they cannot tell different
 * stories. Everything lives in the arena given, or in the view.
 */
#ifndef KITH_RENDER_TABLE_H
#define KITH_RENDER_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "render/view.h"

struct table_column {
	const char *title;
	bool is_number; /* set to the right */
	int width;      /* share of the page, in hundredths */
};

enum table_mark { TABLE_PLAIN, TABLE_STATUS, TABLE_DIRECTION };

struct table_cell {
	const char *text;
	const char *more; /* a second, smaller line; may be NULL */
	enum table_mark mark;
	enum view_status status;       /* where mark is TABLE_STATUS */
	enum view_direction direction; /* where mark is TABLE_DIRECTION */
	bool has_number;
	int64_t tenths;
	enum view_unit unit;
	size_t link; /* measure number from 1; 0: none */
};

struct table {
	const char *caption;
	const struct table_column *columns;
	size_t column_count;
	struct table_cell *cells; /* row after row */
	size_t row_count;
	const char *note; /* below the table; may be "" */
	bool is_dense;    /* on paper: rows close together */
};

struct table table_summary(const struct view_report *report, struct arena *arena);
/* The same for a narrow page: no titles, no targets, status by its colour. */
struct table table_brief(const struct view_report *report, struct arena *arena);
struct table table_quarters(const struct view_measure *measure,
	struct arena *arena);
struct table table_breakdown(const struct view_measure *measure,
	const struct view_breakdown *breakdown, struct arena *arena);
struct table table_sources(const struct view_report *report, struct arena *arena);

/* The symbols that stand in the report, and their meaning; may be empty. */
struct table table_symbols(const struct view_report *report, struct arena *arena);

const struct table_cell *table_cell_at(const struct table *table, size_t row,
	size_t column);

/* A labelled fact about a measure. */
struct table_fact {
	const char *label;
	struct table_cell said;
};

/* Everything known about the value, in the order to read it. */
struct table_fact *table_facts(const struct view_measure *measure,
	struct arena *arena, size_t *out_count);

enum { TABLE_SLOTS = 4 };

/* Why, so what, what next, by when; the text of an empty slot is "". */
void table_commentary(const struct view_measure *measure,
	struct table_fact out_slots[TABLE_SLOTS]);

#endif
