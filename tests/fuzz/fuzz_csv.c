/* SPDX-License-Identifier: MIT
 *
 * The CSV reader on any bytes. The first byte chooses the mark. Checked: rows
 * lie in the input in order and leave nothing out but line ends, lines and
 * rows count up, fields are within the limits.
 */
#include <stdint.h>

#include "base/csv.h"
#include "base/limits.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_gap(const char *from, const char *to)
{
	require(from <= to);
	for (; from < to; from++)
		require(*from == '\n' || *from == '\r');
}

static void check_row(const struct csv_row *row, const struct csv_row *before)
{
	require(row->row == before->row + 1 && row->line > before->line);
	require(row->count >= 1 && row->count <= LIMIT_COLUMNS);
	require(row->raw.length > 0);
	size_t total = 0;
	for (size_t i = 0; i < row->count; i++) {
		total += row->fields[i].length;
		if (row->fields[i].length > 0)
			require(text_hash(row->fields[i]) != 1);
	}
	require(total <= row->raw.length);
	if (row->flaw != NULL)
		require(memchr(row->raw.at, '\n', row->raw.length) == NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length == 0)
		return 0;
	struct text text = {(const char *)bytes + 1, length - 1};
	struct csv *csv = csv_open(text, ",;\t|"[bytes[0] % 4]);
	struct csv_row row, before = {.line = 0};
	const char *end = text.at;
	while (csv_next(csv, &row)) {
		check_gap(end, row.raw.at);
		check_row(&row, &before);
		end = row.raw.at + row.raw.length;
		before = row;
	}
	check_gap(end, text.at + text.length);
	csv_close(csv);
	(void)csv_guess_mark(text);
	return 0;
}
