/* SPDX-License-Identifier: MIT
 *
 * Reading the files of the borough.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/csv.h"
#include "base/encoding.h"
#include "base/file.h"
#include "borough.h"

struct text borough_bytes(const char *path)
{
	struct fault fault = {FAULT_NONE};
	struct text bytes = {NULL, 0};
	const char *whole = arena_format(borough_arena, "%s/%s", borough_folder,
		path);
	if (!file_map(whole, borough_arena, &bytes, &fault))
		fail_msg("%s", fault.message);
	return bytes;
}

/* Adds a row's cells; every row must have as many as the heading. */
static void keep_row(struct borough_sheet *sheet, const struct csv_row *row,
	struct text *cells)
{
	assert_null(row->flaw);
	assert_int_equal(row->count, sheet->columns);
	for (size_t i = 0; i < row->count; i++)
		cells[sheet->rows * sheet->columns + i] = row->fields[i];
	sheet->rows++;
}

struct borough_sheet borough_sheet(const char *path)
{
	struct fault fault = {FAULT_NONE};
	struct text text;
	enum encoding encoding;
	assert_true(encoding_to_utf8(borough_bytes(path), borough_arena, &text,
		&encoding, &fault));
	size_t lines = 0;
	for (size_t i = 0; i < text.length; i++)
		lines += text.at[i] == '\n';
	struct csv *csv = csv_open(text, ',');
	struct csv_row row;
	assert_true(csv_next(csv, &row));
	struct borough_sheet sheet = {.columns = row.count};
	struct text *heading = arena_array(borough_arena, row.count,
		sizeof *heading);
	for (size_t i = 0; i < row.count; i++)
		heading[i] = row.fields[i];
	struct text *cells = arena_array(borough_arena, lines * row.count + 1,
		sizeof *cells);
	while (csv_next(csv, &row))
		keep_row(&sheet, &row, cells);
	csv_close(csv);
	sheet.heading = heading;
	sheet.cells = cells;
	return sheet;
}

size_t borough_column(const struct borough_sheet *sheet, const char *name)
{
	for (size_t i = 0; i < sheet->columns; i++)
		if (text_is(sheet->heading[i], name))
			return i;
	fail_msg("no column %s", name);
	return 0;
}

struct text borough_cell(const struct borough_sheet *sheet, size_t row,
	size_t column)
{
	return sheet->cells[row * sheet->columns + column];
}

int borough_number(struct text cell)
{
	int64_t number = 0;
	if (!text_is_empty(cell) && !text_to_whole(cell, &number))
		fail_msg("not a number: " TEXT_FORMAT, TEXT_ARGS(cell));
	return (int)number;
}

struct date borough_date(struct text cell)
{
	struct date date = DATE_NONE;
	if (!text_is_empty(cell) && !date_read_any(cell, &date))
		fail_msg("not a date: " TEXT_FORMAT, TEXT_ARGS(cell));
	return date;
}
