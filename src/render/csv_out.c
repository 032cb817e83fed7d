/* SPDX-License-Identifier: MIT
 *
 * Writing CSV.
 */
#include "render/csv_out.h"

static bool is_formula(struct text cell)
{
	static const char signs[] = {'=', '+', '-', '@', '\t', '\r'};
	for (size_t i = 0; i < sizeof signs && cell.length > 0; i++)
		if (cell.at[0] == signs[i])
			return true;
	return false;
}

static bool must_be_quoted(struct text cell)
{
	for (size_t i = 0; i < cell.length; i++)
		if (cell.at[i] == ',' || cell.at[i] == '"' || cell.at[i] == '\r'
			|| cell.at[i] == '\n')
			return true;
	return false;
}

void csv_out_cell(struct buffer *out, struct text cell)
{
	bool is_quoted = must_be_quoted(cell);
	if (is_quoted)
		buffer_char(out, '"');
	if (is_formula(cell))
		buffer_char(out, '\'');
	for (size_t i = 0; i < cell.length; i++) {
		if (cell.at[i] == '"')
			buffer_char(out, '"');
		buffer_char(out, cell.at[i]);
	}
	if (is_quoted)
		buffer_char(out, '"');
}

void csv_out_row(struct buffer *out, const struct text *cells, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buffer_char(out, ',');
		csv_out_cell(out, cells[i]);
	}
	buffer_string(out, "\r\n");
}
