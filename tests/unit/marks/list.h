/* SPDX-License-Identifier: MIT
 *
 * Reads definitions/codes/attendance.csv for the tests of this room, which
 * must not use `codes`. The list has no quoted fields, and this reader fails
 * the test if one appears.
 */
#ifndef KITH_TESTS_MARKS_LIST_H
#define KITH_TESTS_MARKS_LIST_H

#include "base/file.h"
#include "marks/marks.h"

enum { LIST_MOST = 200, LIST_NO_MARK = '-' };

static inline struct date list_date(struct text text)
{
	struct date date = DATE_NONE;
	if (!text_is_empty(text))
		assert_true(date_read_iso(text, &date));
	return date;
}

static inline const struct marks_table *list_read(struct arena *arena)
{
	struct fault fault = {0};
	struct text rest, field[8];
	assert_true(file_map(arena_format(arena,
				     "%s/definitions/codes/attendance.csv",
				     file_environment("KITH_ROOT")),
		arena, &rest, &fault));
	struct marks_code *codes = arena_array(arena, LIST_MOST, sizeof(*codes));
	size_t count = 0;
	text_split(rest, '\n', &rest);
	while (!text_is_empty(rest) && count < LIST_MOST) {
		struct text row = text_split(rest, '\n', &rest);
		assert_false(text_has(row, TEXT("\"")));
		for (int i = 0; i < 8; i++)
			field[i] = text_split(row, ',', &row);
		int64_t byte;
		assert_true(text_is_empty(row));
		assert_false(text_is_empty(field[7]));
		assert_true(text_to_int64(field[1], &byte));
		assert_true(marks_class_read(field[3], &codes[count].class));
		codes[count].code = field[0];
		codes[count].byte = (uint8_t)byte;
		codes[count].is_late = text_is(field[4], "late");
		codes[count].from = list_date(field[5]);
		codes[count++].to = list_date(field[6]);
	}
	const struct marks_table *table = NULL;
	assert_true(
		marks_table(arena, codes, count, LIST_NO_MARK, &table, &fault));
	return table;
}

#endif
