/* SPDX-License-Identifier: MIT
 *
 * The CSV reader: rows and flaws by example, then against a slow and obvious
 * reader on random input, then the counterpart for hostile sizes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/csv.h"
#include "base/limits.h"

/* A reading written out: fields in brackets, a row a line, flaws marked. */
static void write_row(struct buffer *out, const struct csv_row *row)
{
	buffer_format(out, "%d@%d%s:", (int)row->row, (int)row->line,
		row->flaw == NULL ? "" : "!");
	for (size_t i = 0; i < row->count; i++) {
		buffer_char(out, '[');
		buffer_add(out, row->fields[i]);
		buffer_char(out, ']');
	}
	buffer_string(out, "<");
	buffer_add(out, row->raw);
	buffer_string(out, ">\n");
}

static void read_fast(struct text bytes, struct buffer *out)
{
	struct csv *csv = csv_open(bytes, ',');
	struct csv_row row;
	while (csv_next(csv, &row))
		write_row(out, &row);
	csv_close(csv);
}

/* The slow reader: one byte at a time, each row tried with quotes first and,
 * if that fails, as one plain line. */
struct slow {
	struct text bytes;
	size_t at;
	int64_t line;
	struct text fields[LIMIT_COLUMNS];
	size_t count;
};

static int byte_at(const struct slow *slow, size_t at)
{
	return at < slow->bytes.length ? (unsigned char)slow->bytes.at[at] : -1;
}

static bool is_end(int c)
{
	return c == -1 || c == '\n' || c == '\r';
}

static bool slow_field(struct slow *slow, struct arena *arena, size_t *at)
{
	struct text field = {slow->bytes.at + *at, 0};
	if (byte_at(slow, *at) != '"') {
		while (!is_end(byte_at(slow, *at)) && byte_at(slow, *at) != ',')
			(*at)++;
		field.length = (size_t)(slow->bytes.at + *at - field.at);
	} else {
		char *copy = arena_new(arena, slow->bytes.length);
		for ((*at)++;; (*at)++) {
			int c = byte_at(slow, *at);
			if (c == -1)
				return false;
			if (c == '"' && byte_at(slow, ++*at) != '"')
				break;
			copy[field.length++] = (char)c;
		}
		field.at = copy;
		if (!is_end(byte_at(slow, *at)) && byte_at(slow, *at) != ',')
			return false;
	}
	slow->fields[slow->count++] = field;
	return true;
}

static bool slow_row(struct slow *slow, struct arena *arena, size_t *at)
{
	for (;;) {
		if (!slow_field(slow, arena, at))
			return false;
		if (byte_at(slow, *at) != ',')
			return true;
		if (slow->count == LIMIT_COLUMNS)
			return false;
		(*at)++;
	}
}

static void slow_plain(struct slow *slow, size_t *at)
{
	size_t field = *at;
	slow->count = 0;
	for (;; (*at)++) {
		int c = byte_at(slow, *at);
		if (c != ',' && !is_end(c))
			continue;
		if (slow->count < LIMIT_COLUMNS)
			slow->fields[slow->count++] = (struct text){slow->bytes.at
					+ field,
				*at - field};
		field = *at + 1;
		if (is_end(c))
			return;
	}
}

static int64_t lines_in(struct text text)
{
	int64_t lines = 0;
	for (size_t i = 0; i < text.length; i++) {
		bool is_pair = text.at[i] == '\r' && i + 1 < text.length
			&& text.at[i + 1] == '\n';
		lines += (text.at[i] == '\n' || text.at[i] == '\r') && !is_pair;
	}
	return lines;
}

static void read_slow(struct text bytes, struct buffer *out)
{
	struct arena *arena = arena_open();
	struct slow slow = {.bytes = bytes, .line = 1};
	int64_t rows = 0;
	while (slow.at < bytes.length) {
		size_t end = slow.at;
		slow.count = 0;
		bool is_sound = slow_row(&slow, arena, &end);
		if (!is_sound) {
			end = slow.at;
			slow_plain(&slow, &end);
		}
		struct csv_row row = {.fields = slow.fields,
			.count = slow.count,
			.line = slow.line,
			.raw = {bytes.at + slow.at, end - slow.at},
			.flaw = is_sound ? NULL : "flawed"};
		if (row.raw.length > 0) {
			row.row = ++rows;
			write_row(out, &row);
		}
		size_t next = end + (end < bytes.length);
		if (byte_at(&slow, end) == '\r' && byte_at(&slow, next) == '\n')
			next++;
		slow.line += lines_in(
			(struct text){bytes.at + slow.at, next - slow.at});
		slow.at = next;
	}
	arena_close(arena);
}

static void check_reading(const char *given, const char *expected)
{
	struct buffer out = {0};
	read_fast(text_of(given), &out);
	assert_string_equal(out.bytes == NULL ? "" : out.bytes, expected);
	buffer_finish(&out);
}

static void test_plain_rows(void **state)
{
	(void)state;
	check_reading("", "");
	check_reading("\n\r\n\r", "");
	check_reading("A,B\n1,2\n", "1@1:[A][B]<A,B>\n2@2:[1][2]<1,2>\n");
	check_reading("A,B\r\n1,\r\n", "1@1:[A][B]<A,B>\n2@2:[1][]<1,>\n");
	check_reading("A\rB\r\r\nC", "1@1:[A]<A>\n2@2:[B]<B>\n3@4:[C]<C>\n");
	check_reading(",\n", "1@1:[][]<,>\n");
}

static void test_quoted_fields(void **state)
{
	(void)state;
	check_reading("\"a,b\",\"c\"\n", "1@1:[a,b][c]<\"a,b\",\"c\">\n");
	check_reading("\"a\"\"b\"\"\",\"\"\"\",\"\"",
		"1@1:[a\"b\"][\"][]<\"a\"\"b\"\"\",\"\"\"\",\"\">\n");
	check_reading("\"a\nb\r\nc\rd\"\ne",
		"1@1:[a\nb\r\nc\rd]<\"a\nb\r\nc\rd\">\n2@5:[e]<e>\n");
	check_reading("6\" nails,b\"\n", "1@1:[6\" nails][b\"]<6\" nails,b\">\n");
}

static void test_wrong_quotes_flaw_one_line(void **state)
{
	(void)state;
	check_reading("a,\"b,c\n1,2\n3,4\n",
		"1@1!:[a][\"b][c]<a,\"b,c>\n2@2:[1][2]<1,2>\n"
		"3@3:[3][4]<3,4>\n");
	check_reading("\"a\"x,b\nc", "1@1!:[\"a\"x][b]<\"a\"x,b>\n2@2:[c]<c>\n");
	check_reading("\"a\n2,\"b\"\n", "1@1!:[\"a]<\"a>\n2@2:[2][b]<2,\"b\">\n");
	check_reading("x\n\"", "1@1:[x]<x>\n2@2!:[\"]<\">\n");
}

static void test_same_as_the_slow_reader(void **state)
{
	(void)state;
	static const char letters[] = "\"\"\"\",,,\n\n\rab\"c,\r";
	uint32_t seed = 20240331;
	char bytes[400];
	for (int trial = 0; trial < 6000; trial++) {
		size_t length = (size_t)trial % sizeof bytes;
		for (size_t i = 0; i < length; i++) {
			seed = seed * 1664525 + 1013904223;
			/* Now and then long plain runs, to cross the blocks. */
			bytes[i] = trial % 3 == 0 && seed >> 30 != 0
				? 'z'
				: letters[(seed >> 16) % (sizeof letters - 1)];
		}
		/* An exact copy: the sanitizer sees a read past the end. */
		struct arena *arena = arena_open();
		struct buffer exact = {0}, fast = {0}, slow = {0};
		buffer_add(&exact, (struct text){bytes, length});
		read_fast(buffer_text(&exact), &fast);
		read_slow(buffer_text(&exact), &slow);
		assert_true(text_equals(buffer_text(&fast), buffer_text(&slow)));
		buffer_finish(&exact);
		buffer_finish(&fast);
		buffer_finish(&slow);
		arena_close(arena);
	}
}

static void fill(struct buffer *buffer, char c, size_t count)
{
	char *room = buffer_room(buffer, count);
	assert_non_null(room);
	memset(room, c, count);
	buffer_claim(buffer, count);
}

static void expect_row(struct csv *csv, size_t count, const char *flaw)
{
	struct csv_row row;
	assert_true(csv_next(csv, &row));
	assert_int_equal(row.count, count);
	if (flaw == NULL)
		assert_null(row.flaw);
	else
		assert_string_equal(row.flaw, flaw);
}

static void test_limits_flaw_one_row(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	fill(&bytes, ',', LIMIT_COLUMNS - 1);
	buffer_char(&bytes, '\n');
	fill(&bytes, ',', LIMIT_COLUMNS);
	buffer_char(&bytes, '\n');
	fill(&bytes, 'a', LIMIT_FIELD_BYTES);
	buffer_char(&bytes, '\n');
	fill(&bytes, 'a', LIMIT_FIELD_BYTES + 1);
	buffer_char(&bytes, '\n');
	for (int i = 0; i < 5; i++) {
		fill(&bytes, 'a', LIMIT_FIELD_BYTES);
		buffer_char(&bytes, ',');
	}
	buffer_string(&bytes, "\nlast,row\n");
	struct csv *csv = csv_open(buffer_text(&bytes), ',');
	expect_row(csv, LIMIT_COLUMNS, NULL);
	expect_row(csv, LIMIT_COLUMNS, "the row has more than 512 fields");
	expect_row(csv, 1, NULL);
	expect_row(csv, 1, "a field is longer than 262,144 bytes");
	expect_row(csv, 6, "the row is longer than 1,048,576 bytes");
	expect_row(csv, 2, NULL);
	csv_close(csv);
	buffer_finish(&bytes);
}

/* The partner of a stray quote stands further away than a row may be long:
 * not one of the rows between may be swallowed. */
static void test_stray_quote_in_a_large_file(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	buffer_string(&bytes, "1,\"stray\n");
	size_t rows = 1;
	for (; bytes.length < LIMIT_ROW_BYTES + 100; rows++)
		buffer_string(&bytes, "206,SK1234,30/06/2024\n");
	buffer_string(&bytes, "2,\"last\"\n");
	struct csv *csv = csv_open(buffer_text(&bytes), ',');
	struct csv_row row;
	expect_row(csv, 2, "a quotation mark is opened and not closed");
	for (size_t i = 1; i < rows; i++)
		expect_row(csv, 3, NULL);
	assert_true(csv_next(csv, &row));
	assert_true(text_is(row.fields[1], "last"));
	assert_int_equal(row.line, rows + 1);
	assert_false(csv_next(csv, &row));
	csv_close(csv);
	buffer_finish(&bytes);
}

/* Every line makes the reader look a megabyte ahead in vain; patience keeps
 * the whole linear and still no line is lost. */
static void test_hostile_quotes_lose_nothing(void **state)
{
	(void)state;
	struct buffer bytes = {0};
	int64_t lines = 0;
	for (; bytes.length < 8 * LIMIT_ROW_BYTES; lines++) {
		buffer_string(&bytes, "x\",\"");
		fill(&bytes, 'y', 2500);
		buffer_char(&bytes, '\n');
	}
	struct csv *csv = csv_open(buffer_text(&bytes), ',');
	struct csv_row row = {0};
	int64_t flawed = 0;
	while (csv_next(csv, &row)) {
		assert_int_equal(row.line, row.row);
		flawed += row.flaw != NULL;
	}
	assert_int_equal(row.row, lines);
	assert_int_equal(flawed, lines);
	csv_close(csv);
	buffer_finish(&bytes);
}

static void test_guesses_the_mark(void **state)
{
	(void)state;
	assert_int_equal(csv_guess_mark(TEXT("CHILD,SEX\n;;;")), ',');
	assert_int_equal(csv_guess_mark(TEXT("CHILD;SEX;\"a,b,c,d\"")), ';');
	assert_int_equal(csv_guess_mark(TEXT("CHILD\tSEX\r\n")), '\t');
	assert_int_equal(csv_guess_mark(TEXT("")), ',');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_plain_rows),
		cmocka_unit_test(test_quoted_fields),
		cmocka_unit_test(test_wrong_quotes_flaw_one_line),
		cmocka_unit_test(test_same_as_the_slow_reader),
		cmocka_unit_test(test_limits_flaw_one_row),
		cmocka_unit_test(test_stray_quote_in_a_large_file),
		cmocka_unit_test(test_hostile_quotes_lose_nothing),
		cmocka_unit_test(test_guesses_the_mark),
	};
	return cmocka_run_group_tests_name("csv", tests, NULL, NULL);
}
