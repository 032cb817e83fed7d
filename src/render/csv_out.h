/* SPDX-License-Identifier: MIT
 *
 * CSV as people open it in a spreadsheet (RFC 4180).
 *
 * A cell that a spreadsheet would take for a formula (it begins with = + - @,
 * a tab or a carriage return) gets an apostrophe before it. What machines read
 * is JSON.
 */
#ifndef KITH_RENDER_CSV_OUT_H
#define KITH_RENDER_CSV_OUT_H

#include "base/buffer.h"

/* One cell, quoted where it must be; commas and line ends are the caller's. */
void csv_out_cell(struct buffer *out, struct text cell);

/* A whole row and its line end. */
void csv_out_row(struct buffer *out, const struct text *cells, size_t count);

#endif
