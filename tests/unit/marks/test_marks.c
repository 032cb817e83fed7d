/* SPDX-License-Identifier: MIT
 *
 * Codes, bytes and places; the code list itself; codes whose class changed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "list.h"

static void test_places(void **state)
{
	(void)state;
	size_t place = 99;
	assert_true(
		marks_place(2024, date_from(2024, 8, 1), MARKS_MORNING, &place));
	assert_int_equal(place, 0);
	assert_true(marks_place(2024, date_from(2024, 8, 19), MARKS_AFTERNOON,
		&place));
	assert_int_equal(place, 37);
	assert_true(marks_place(2023, date_from(2024, 7, 31), MARKS_AFTERNOON,
		&place));
	assert_int_equal(place, MARKS_YEAR - 1);
	assert_true(marks_place(2024, date_from(2025, 7, 31), MARKS_AFTERNOON,
		&place));
	assert_int_equal(place, MARKS_YEAR - 3);
	assert_false(
		marks_place(2024, date_from(2025, 8, 1), MARKS_MORNING, &place));
	assert_false(marks_place(2024, date_from(2024, 7, 31), MARKS_MORNING,
		&place));
	assert_int_equal(place, MARKS_YEAR - 3);
}

static void test_folding(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	static const char *const codes[] = {"/", "\\", "L", "K", "V", "P", "W",
		"B", "D", "C1", "C2", "C", "M", "J1", "S", "T", "R", "I", "E",
		"Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7", "G", "N", "O",
		"U", "X", "Z", "#", "H", "F", "J", "Y", "X01", "X07", "I01"};
	bool is_used[256] = {false};
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		uint8_t byte = marks_fold(table, text_of(codes[i]));
		assert_int_not_equal(byte, MARKS_UNKNOWN);
		assert_false(is_used[byte]);
		is_used[byte] = true;
		assert_true(text_is(marks_unfold(table, byte), codes[i]));
	}
	assert_int_equal(marks_fold(table, TEXT(" I ")), 'I');
	assert_int_equal(marks_fold(table, TEXT("A")), MARKS_UNKNOWN);
	assert_int_equal(marks_fold(table, TEXT("Y8")), MARKS_UNKNOWN);
	assert_int_equal(marks_fold(table, TEXT("")), LIST_NO_MARK);
	assert_int_equal(marks_fold(table, TEXT("-")), LIST_NO_MARK);
	assert_true(text_is(marks_unfold(table, LIST_NO_MARK), ""));
	assert_true(text_is(marks_unfold(table, MARKS_UNKNOWN), "?"));
	arena_close(arena);
}

struct dated {
	const char *code;
	int year, month, day;
	enum marks_class class;
};

/* J attends and J1 is absence: the same interview, before and after. */
static void test_dated_classes(void **state)
{
	(void)state;
	static const struct dated cases[] = {
		{"J", 2024, 7, 18, MARKS_ACTIVITY},
		{"J", 2024, 8, 18, MARKS_ACTIVITY},
		{"J", 2024, 8, 19, MARKS_UNMAPPED},
		{"J1", 2024, 8, 18, MARKS_UNMAPPED},
		{"J1", 2024, 9, 20, MARKS_AUTHORISED},
		{"H", 2023, 10, 2, MARKS_AUTHORISED},
		{"H", 2024, 10, 2, MARKS_UNMAPPED},
		{"Y", 2024, 7, 1, MARKS_NOT_POSSIBLE},
		{"Y2", 2024, 9, 3, MARKS_NOT_POSSIBLE},
		{"K", 2024, 9, 3, MARKS_ACTIVITY},
		{"C2", 2024, 9, 3, MARKS_AUTHORISED},
		{"D", 2024, 9, 3, MARKS_NOT_POSSIBLE},
		{"/", 2010, 9, 3, MARKS_ATTENDING},
		{"U", 2024, 9, 3, MARKS_UNAUTHORISED},
		{"", 2024, 9, 3, MARKS_NONE},
		{"?", 2024, 9, 3, MARKS_UNMAPPED},
	};
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const struct dated *c = &cases[i];
		assert_int_equal(marks_class(table,
					 marks_fold(table, text_of(c->code)),
					 date_from(c->year, c->month, c->day)),
			c->class);
	}
	arena_close(arena);
}

static void refuse(const struct marks_code *codes, size_t count)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	const struct marks_table *table = NULL;
	assert_false(marks_table(arena, codes, count, '-', &table, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	assert_null(table);
	arena_close(arena);
}

static void test_refusals(void **state)
{
	(void)state;
	struct date may = date_from(2024, 5, 1), june = date_from(2024, 6, 1);
	struct marks_code good = {.code = TEXT("H"),
		.byte = 'H',
		.class = MARKS_AUTHORISED,
		.to = may};
	struct marks_code next = {.code = TEXT("H"),
		.byte = 'H',
		.class = MARKS_UNAUTHORISED,
		.from = june};
	struct arena *arena = arena_open();
	struct fault fault = {0};
	const struct marks_table *table = NULL;
	struct marks_code two[2] = {good, next};
	assert_true(marks_table(arena, two, 2, '-', &table, &fault));
	two[1].from = may; /* on one day both */
	refuse(two, 2);
	two[1] = next;
	two[1].byte = 'h'; /* one code, two bytes */
	refuse(two, 2);
	two[1] = next;
	two[1].code = TEXT("I"); /* two codes, one byte */
	refuse(two, 2);
	struct marks_code bad = good;
	bad.byte = '-';
	refuse(&bad, 1);
	bad.byte = MARKS_UNKNOWN;
	refuse(&bad, 1);
	bad = good;
	bad.class = MARKS_NONE;
	refuse(&bad, 1);
	bad = good;
	bad.code = TEXT("");
	refuse(&bad, 1);
	arena_close(arena);
}

static void test_class_names(void **state)
{
	(void)state;
	for (int class = MARKS_NOT_POSSIBLE; class < MARKS_CLASSES; class ++) {
		enum marks_class read;
		assert_true(marks_class_read(text_of(marks_class_name(
						     (enum marks_class) class)),
			&read));
		assert_int_equal(read, class);
	}
	enum marks_class read;
	assert_false(marks_class_read(TEXT("unmapped"), &read));
	assert_false(marks_class_read(TEXT("present"), &read));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_folding),
		cmocka_unit_test(test_dated_classes),
		cmocka_unit_test(test_refusals),
		cmocka_unit_test(test_class_names),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
