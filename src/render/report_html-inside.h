/* SPDX-License-Identifier: MIT
 *
 * What the two files that write the HTML report share.
 */
#ifndef KITH_RENDER_REPORT_HTML_INSIDE_H
#define KITH_RENDER_REPORT_HTML_INSIDE_H

#include <stddef.h>

#include "base/buffer.h"
#include "render/table.h"
#include "render/view.h"

enum report_html_rows { REPORT_HTML_ALL_EQUAL, REPORT_HTML_LAST_STRONG };

void report_html_status(struct buffer *out, const struct table_cell *cell);
void report_html_way(struct buffer *out, const struct table_cell *cell);
void report_html_cell(struct buffer *out, const struct table_cell *cell);
void report_html_table(struct buffer *out, const struct table *table,
	enum report_html_rows rows);
void report_html_notes(struct buffer *out, const char *const *notes,
	size_t count);
void report_html_style(struct buffer *out); /* the embedded style sheet */

/* The section of one measure; `number` counts from 1 and makes its ids. */
void report_html_measure(struct buffer *out, const struct view_measure *measure,
	size_t number);

#endif
