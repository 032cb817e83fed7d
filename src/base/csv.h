/* SPDX-License-Identifier: MIT
 *
 * CSV, row by row, without copying.
 *
 * The reader walks bytes that stay where they are (a mapped file) and gives
 * each row as slices of them; a field with doubled quotes is unfolded into the
 * reader's own memory. Rows end in LF, CRLF or CR. A row knows its line and
 * its row number (the heading is row 1), for messages. A field is quoted when
 * its first byte is a quote; a quote further in is text, as in 6" nails.
 *
 * No row is ever lost. What is wrong with a row (a quote not closed before the
 * limit on a row's length or the end of the file, text after a closing quote,
 * too many fields, too long) flaws its first line alone: that line is given
 * plainly split, quotes and all, and the reader goes on with the next line.
 * A wrong quote that finds a partner which closes it properly cannot be told
 * from a field of several lines; compare `count` with the heading.
 *
 * Which columns there are and what they mean is for `feeds`.
 */
#ifndef KITH_BASE_CSV_H
#define KITH_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct csv_row {
	const struct text *fields;
	size_t count;     /* 1 to LIMIT_COLUMNS */
	int64_t row;      /* 1 is the heading; blank lines are not counted */
	int64_t line;     /* of its first byte, from 1 */
	struct text raw;  /* the row as it stands, without its line end */
	struct text rest; /* what stands behind it, for who looks ahead */
	const char *flaw; /* NULL, or why the row cannot be trusted */
};

struct csv;

/* The text is UTF-8 without a byte order mark (see encoding.h); `mark` is the
 * field separator, ',' or ';' or '\t'. */
struct csv *csv_open(struct text bytes, char mark);
void csv_close(struct csv *csv); /* NULL is fine */

/* The next row, valid until the next call; false at the end. */
bool csv_next(struct csv *csv, struct csv_row *out_row);

/* The mark that the first line holds most of; a comma if it holds none. */
char csv_guess_mark(struct text bytes);

#endif
