/* SPDX-License-Identifier: MIT
 *
 * What a spreadsheet's cells hold, as text that people would write.
 *
 * Numbers are kept by spreadsheets in binary and written with up to 17 digits
 * and an exponent; people typed 15 at most. Working on the digits, never with
 * floating point, they are rounded back to 15 and written out in full. Dates
 * are numbers of days whose only sign is the format of the cell.
 *
 * Source: ECMA-376 part 1 (5th edition), 18.8.30 numFmt, 18.17.4 dates,
 * 22.9.2.19 ST_Xstring.
 */
#ifndef KITH_FEEDS_XLSX_VALUE_H
#define KITH_FEEDS_XLSX_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/text.h"

enum {
	XLSX_VALUE_NUMBER = 400, /* bytes that any number fits into */
	XLSX_VALUE_DATE = 24,
	XLSX_VALUE_COLUMN = 4,
};

/* "9.2120440000000001E6" becomes "9212044". False: not a number that a cell
 * can hold. Returns the length in *out_length. */
bool xlsx_value_number(struct text given, char out_text[XLSX_VALUE_NUMBER],
	size_t *out_length);

/* "45473" becomes "2024-06-30", "45473.5" "2024-06-30T12:00:00". False: not a
 * day from 1900 to 9999, or only a time of day. */
enum xlsx_value_system { XLSX_VALUE_FROM_1900, XLSX_VALUE_FROM_1904 };
bool xlsx_value_date(struct text given, enum xlsx_value_system system_from,
	char out_text[XLSX_VALUE_DATE], size_t *out_length);

/* Whether a number format shows a date: by its code, or by its built-in id. */
bool xlsx_value_is_date_code(struct text code);
bool xlsx_value_is_date_id(int id);

/* Adds text, with _x000D_ and the like turned into their characters. */
void xlsx_value_add_text(struct buffer *buffer, struct text given);

/* "A" for column 0, "AB" for 27: for messages. */
void xlsx_value_column(int column, char out_name[XLSX_VALUE_COLUMN]);

#endif
