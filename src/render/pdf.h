/* SPDX-License-Identifier: MIT
 *
 * A tagged A4 document, written from the top down.
 *
 * Things are put one below another; what does not fit goes to the next page.
 * Each carries its structure tag (Document, H1, P, Table, TR, TH, TD, Figure,
 * L ...), so that a screen reader finds its way. All measures are tenths of a
 * point.
 *
 * Page numbers in the contents are known only when everything has been laid
 * out; so a caller writes the document twice, first with PDF_DRAFT, which
 * draws nowhere and notes the marks' pages, then for good.
 *
 * The library (cairo 1.16) can name neither the document's language nor a
 * figure's alternative text; the words stand beside the figure instead.
 */
#ifndef KITH_RENDER_PDF_H
#define KITH_RENDER_PDF_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/fault.h"
#include "render/canvas.h"
#include "render/chart.h"
#include "render/table.h"

enum {
	PDF_WIDTH = 5953,
	PDF_HEIGHT = 8419,
	PDF_MARGIN = 480,
	PDF_TOP = 500,
	PDF_BOTTOM = 620, /* the footer is in it */
	PDF_INSIDE = PDF_WIDTH - 2 * PDF_MARGIN,
	PDF_MARKS = 300, /* more than measures there may be (limits.h) */
};

enum pdf_style {
	PDF_BODY,
	PDF_LEAD,
	PDF_BOLD,
	PDF_QUIET,
	PDF_SMALL, /* in tables */
	PDF_SMALL_BOLD,
	PDF_FINE, /* second lines, footers */
	PDF_H1,
	PDF_H2,
	PDF_H3,
	PDF_BIG,
	PDF_STYLES,
};

/* What the first run found out for the second. */
struct pdf_plan {
	int pages[PDF_MARKS]; /* by mark; 0: not yet known */
	int page_count;
};

enum pdf_run { PDF_DRAFT, PDF_FINAL };

struct pdf_about {
	const char *title;
	const char *subject;
	const char *footer; /* on each page, beside its number */
	struct date made;   /* 1 January 2000 if there is none */
};

struct pdf;

/* The arena holds the document and closes it. `out` is untouched by a draft;
 * `plan` is written by a draft and read by the final run. */
struct pdf *pdf_open(struct arena *arena, const struct pdf_about *about,
	struct pdf_plan *plan, enum pdf_run run, struct buffer *out);
bool pdf_end(struct pdf *pdf, struct fault *fault)
	__attribute__((warn_unused_result));

struct canvas *pdf_canvas(struct pdf *pdf);
int32_t pdf_y(const struct pdf *pdf);
void pdf_go(struct pdf *pdf, int32_t down); /* leaves room; may be negative */
void pdf_next_page(struct pdf *pdf);        /* nothing at the top of a page */
/* Goes to the next page unless that much room is left on this one. */
void pdf_need(struct pdf *pdf, int32_t height);

void pdf_tag(struct pdf *pdf, const char *tag);     /* an element begins ... */
void pdf_tag_end(struct pdf *pdf, const char *tag); /* ... and ends */

/* A mark is a place that links lead to, and an entry of the outline. */
void pdf_mark(struct pdf *pdf, int mark, const char *title);
void pdf_link(struct pdf *pdf, int mark);
void pdf_link_end(struct pdf *pdf);
int pdf_page_of(const struct pdf *pdf, int mark);

/* What the next three take of a page, if they are not split. */
int32_t pdf_paragraph_height(struct pdf *pdf, enum pdf_style style,
	const char *text);
int32_t pdf_table_height(struct pdf *pdf, const struct table *table);
int32_t pdf_slots_height(struct pdf *pdf, const struct table_fact *slots,
	size_t count);

/* A paragraph or heading over the whole width, with its tag. */
void pdf_paragraph(struct pdf *pdf, const char *tag, enum pdf_style style,
	const char *text);

struct pdf_text {
	const char *text;
	enum pdf_style style;
	int32_t width;
	bool is_right;
	int32_t height; /* 0: as it comes; else cut there, with an ellipsis */
};

/* Height of the text; and the same, drawn at (x, y), untagged. */
int32_t pdf_height(struct pdf *pdf, const struct pdf_text *text);
int32_t pdf_draw(struct pdf *pdf, struct canvas_point at,
	const struct pdf_text *text);
void pdf_ink(struct pdf *pdf, uint32_t colour); /* of the texts that follow */

/* Draws a chart over the whole width at the place reached; goes nowhere. */
void pdf_chart(struct pdf *pdf, const struct view_measure *measure,
	const struct chart_look *look);

/* Tables with the heading repeated on each page; shares of the width are the
 * columns' own. */
void pdf_table(struct pdf *pdf, const struct table *table, int first_mark);
void pdf_facts(struct pdf *pdf, const struct table_fact *facts, size_t count);

/* Boxes side by side, two in a row, tall enough to write in; an empty one
 * stays empty. */
void pdf_slots(struct pdf *pdf, const struct table_fact *slots, size_t count);

/* The shape of a cell's status or direction; returns the room it takes. */
int32_t pdf_sign(struct pdf *pdf, struct canvas_point at, int32_t size,
	const struct table_cell *cell);

#endif
