/* SPDX-License-Identifier: MIT
 *
 * The workbook unzipped again: its parts are well-formed XML, numbers are
 * numbers, symbols text, formulas none, charts draw gaps as gaps.
 */
#include "render/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <expat.h>
#include <string.h>
#include <zip.h>

#include "base/arena.h"
#include "fixture.h"

struct book {
	struct arena *arena;
	struct buffer bytes;
	zip_t *zip;
};

static int open_book(void **state)
{
	struct arena *arena = arena_open();
	struct book *book = arena_new(arena, sizeof *book);
	struct fault fault = {0};
	book->arena = arena;
	if (!report_write_xlsx(&fixture_report, &book->bytes, &fault))
		fail_msg("%s %s", fault.message, fault.detail);
	zip_error_t error;
	zip_error_init(&error);
	zip_source_t *source = zip_source_buffer_create(book->bytes.bytes,
		book->bytes.length, 0, &error);
	assert_non_null(source);
	book->zip = zip_open_from_source(source, ZIP_RDONLY, &error);
	if (book->zip == NULL)
		fail_msg("%s", zip_error_strerror(&error));
	zip_error_fini(&error);
	*state = book;
	return 0;
}

static int close_book(void **state)
{
	struct book *book = *state;
	zip_discard(book->zip);
	buffer_finish(&book->bytes);
	arena_close(book->arena);
	return 0;
}

static const char *part(struct book *book, const char *name)
{
	zip_stat_t facts;
	if (zip_stat(book->zip, name, 0, &facts) != 0)
		fail_msg("the workbook has no %s", name);
	zip_file_t *file = zip_fopen(book->zip, name, 0);
	char *bytes = arena_array(book->arena, facts.size + 1, 1);
	assert_int_equal(zip_fread(file, bytes, facts.size), facts.size);
	zip_fclose(file);
	return bytes;
}

static void every_part_is_well_formed(void **state)
{
	struct book *book = *state;
	zip_int64_t count = zip_get_num_entries(book->zip, 0);
	assert_true(count > 20);
	for (zip_int64_t i = 0; i < count; i++) {
		const char *name = zip_get_name(book->zip, (zip_uint64_t)i, 0);
		const char *bytes = part(book, name);
		XML_Parser parser = XML_ParserCreate(NULL);
		if (XML_Parse(parser, bytes, (int)strlen(bytes), 1)
			!= XML_STATUS_OK)
			fail_msg("%s: %s", name,
				XML_ErrorString(XML_GetErrorCode(parser)));
		XML_ParserFree(parser);
	}
}

static void nothing_is_a_formula(void **state)
{
	struct book *book = *state;
	for (size_t i = 1; i <= fixture_report.measure_count + 3; i++) {
		const char *name = arena_format(book->arena,
			"xl/worksheets/sheet%zu.xml", i);
		const char *sheet = part(book, name);
		if (strstr(sheet, "<f>") != NULL || strstr(sheet, "<f ") != NULL)
			fail_msg("%s holds a formula", name);
		if (strstr(sheet, "hidden=") != NULL)
			fail_msg("%s hides something", name);
	}
	const char *strings = part(book, "xl/sharedStrings.xml");
	assert_non_null(strstr(strings, ">=1+1 &lt;Q1&gt;<"));
	assert_non_null(strstr(strings, "فاطمة الزهراء"));
	assert_non_null(strstr(strings, "Łucja"));
	assert_null(strstr(strings, "\x1b"));
}

/* The first sheet: CPP2's value is 0.207 with a format, IYPT3's a string. */
static void numbers_are_numbers(void **state)
{
	struct book *book = *state;
	const char *sheet = part(book, "xl/worksheets/sheet1.xml");
	assert_non_null(strstr(sheet, "<v>0.207</v>"));
	assert_non_null(strstr(sheet, "<v>0.267</v>"));
	assert_non_null(strstr(sheet, "<v>0.67</v>"));
	assert_non_null(
		strstr(part(book, "xl/styles.xml"), "formatCode=\"0.0%\""));
	const char *measure = part(book, "xl/worksheets/sheet2.xml");
	assert_non_null(strstr(measure, "<v>58</v>"));
}

/* 2023-24 Q3 of CPP2 is hidden: its cell on the data sheet stays empty. */
static void charts_leave_gaps(void **state)
{
	struct book *book = *state;
	const char *name = arena_format(book->arena,
		"xl/worksheets/sheet%zu.xml", fixture_report.measure_count + 3);
	const char *data = part(book, name);
	assert_non_null(strstr(data, "<c r=\"B7\""));
	assert_non_null(strstr(data, "<c r=\"A8\""));
	assert_null(strstr(data, "<c r=\"B8\""));
	assert_non_null(strstr(data, "<c r=\"B9\""));
	const char *chart = part(book, "xl/charts/chart1.xml");
	assert_non_null(strstr(chart, "Chart data'!$B$2:$B$10"));
	assert_null(strstr(chart, "<c:dispBlanksAs val=\"zero\"/>"));
	assert_non_null(
		strstr(part(book, "xl/charts/chart6.xml"), "<c:barChart>"));
}

static void the_date_is_the_reports(void **state)
{
	struct book *book = *state;
	const char *core = part(book, "docProps/core.xml");
	assert_non_null(strstr(core, ">2024-06-30T00:00:00Z</dcterms:created>"));
	assert_non_null(strstr(core, ">2024-06-30T00:00:00Z</dcterms:modified>"));
}

static void names_of_sheets_are_lawful(void **state)
{
	struct book *book = *state;
	const char *workbook = part(book, "xl/workbook.xml");
	assert_non_null(strstr(workbook, "name=\"Summary\""));
	assert_non_null(strstr(workbook, "name=\"1 CPP2\""));
	assert_non_null(strstr(workbook, "name=\"8 X1\""));
	assert_non_null(strstr(workbook, "name=\"Chart data\""));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_part_is_well_formed),
		cmocka_unit_test(nothing_is_a_formula),
		cmocka_unit_test(numbers_are_numbers),
		cmocka_unit_test(charts_leave_gaps),
		cmocka_unit_test(the_date_is_the_reports),
		cmocka_unit_test(names_of_sheets_are_lawful),
	};
	return cmocka_run_group_tests(tests, open_book, close_book);
}
