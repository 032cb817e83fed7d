/* SPDX-License-Identifier: MIT
 *
 * Workbooks: values by example, a workbook made here by another library, ones
 * made by hand to harm, and files that nobody here wrote.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <xlsxwriter.h>
#include <zip.h>

#include "base/buffer.h"
#include "base/file.h"
#include "base/limits.h"
#include "feeds/xlsx.h"
#include "feeds/xlsx_value.h"

static void check_number(const char *given, const char *expected)
{
	char text[XLSX_VALUE_NUMBER] = "";
	size_t length = 0;
	bool is_number = xlsx_value_number(text_of(given), text, &length);
	assert_string_equal(is_number ? text : "no number", expected);
	assert_true(!is_number || length == strlen(text));
}

static void test_numbers(void **state)
{
	(void)state;
	check_number("9212044", "9212044");
	check_number("9.2120440000000001E6", "9212044");
	check_number("12345678901234567", "12345678901234567");
	check_number("1.1000000000000001", "1.1");
	check_number("12.030116358658454", "12.0301163586585");
	check_number("-0.30000000000000004", "-0.3");
	check_number("0.99999999999999999", "1");
	check_number("1E-3", "0.001");
	check_number("1.5e+3", "1500");
	check_number("007", "7");
	check_number("-0", "0");
	check_number("0E5", "0");
	check_number(".5", "0.5");
	check_number("", "no number");
	check_number("-", "no number");
	check_number("1e", "no number");
	check_number("1e999", "no number");
	check_number("1.2.3", "no number");
	check_number("nan", "no number");
}

static void check_date(const char *given, enum xlsx_value_system from,
	const char *expected)
{
	char text[XLSX_VALUE_DATE] = "";
	size_t length = 0;
	bool is_date = xlsx_value_date(text_of(given), from, text, &length);
	assert_string_equal(is_date ? text : "no date", expected);
	assert_true(!is_date || length == strlen(text));
}

static void test_dates(void **state)
{
	(void)state;
	check_date("45473", XLSX_VALUE_FROM_1900, "2024-06-30");
	check_date("45473.5", XLSX_VALUE_FROM_1900, "2024-06-30T12:00:00");
	check_date("44011", XLSX_VALUE_FROM_1904, "2024-06-30");
	check_date("45472.999999999", XLSX_VALUE_FROM_1900, "2024-06-30");
	check_date("4.5473E4", XLSX_VALUE_FROM_1900, "2024-06-30");
	check_date("1", XLSX_VALUE_FROM_1900, "1900-01-01");
	check_date("60", XLSX_VALUE_FROM_1900, "no date");
	check_date("2958465", XLSX_VALUE_FROM_1900, "9999-12-31");
	check_date("2958466", XLSX_VALUE_FROM_1900, "no date");
	check_date("0.5", XLSX_VALUE_FROM_1900, "no date");
	check_date("-1", XLSX_VALUE_FROM_1900, "no date");
	check_date("1e300", XLSX_VALUE_FROM_1900, "no date");
}

static void test_date_formats(void **state)
{
	(void)state;
	static const struct {
		const char *code;
		bool is_date;
	} codes[] = {
		{"General", false},
		{"dd/mm/yyyy;@", true},
		{"mmm", true},
		{"[$-809]d mmmm yyyy", true},
		{"[Magenta]mmm", true},
		{"[mm]:ss", false},
		{"h:mm", false},
		{"[h]:mm", false},
		{"0.00", false},
		{"0\" days\"", false},
		{"[Red]0.0", false},
		{"\\d0", false},
		{"#,##0;[Red]-#,##0", false},
		{"mm:ss", false},
		{"YYYY-MM-DD", true},
		{"\"", false},
		{"\\", false},
		{"", false},
	};
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		assert_int_equal(xlsx_value_is_date_code(text_of(codes[i].code)),
			codes[i].is_date);
	assert_true(xlsx_value_is_date_id(14));
	assert_true(xlsx_value_is_date_id(22));
	assert_false(xlsx_value_is_date_id(23));
	assert_false(xlsx_value_is_date_id(0));
}

static void test_column_names(void **state)
{
	(void)state;
	static const struct {
		int column;
		const char *name;
	} columns[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {27, "AB"}, {701, "ZZ"},
		{702, "AAA"}, {16383, "XFD"}};
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		char name[XLSX_VALUE_COLUMN];
		xlsx_value_column(columns[i].column, name);
		assert_string_equal(name, columns[i].name);
	}
}

/* A sheet written out: a row a line, each cell with its column and kind. */
static bool write_row(void *self, const struct xlsx_row *row, struct fault *fault)
{
	static const char kinds[] = "tndbe";
	struct buffer *out = self;
	(void)fault;
	buffer_format(out, "%d:", (int)row->row);
	for (size_t i = 0; i < row->count; i++) {
		char column[XLSX_VALUE_COLUMN];
		xlsx_value_column(row->cells[i].column, column);
		buffer_format(out, " %s%c[", column, kinds[row->cells[i].kind]);
		buffer_add(out, row->cells[i].text);
		buffer_char(out, ']');
	}
	buffer_char(out, '\n');
	return true;
}

static bool read_sheet(struct text bytes, size_t sheet, struct buffer *out,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	struct xlsx *xlsx = NULL;
	struct xlsx_consumer consumer = {.self = out, .row = write_row};
	bool is_read = xlsx_open(bytes, arena, &xlsx, fault)
		&& xlsx_read(xlsx, sheet, &consumer, fault);
	arena_close(arena);
	return is_read;
}

static void check_sheet(struct text bytes, size_t sheet, const char *expected)
{
	struct buffer out = {0};
	struct fault fault = {0};
	bool is_read = read_sheet(bytes, sheet, &out, &fault);
	assert_string_equal(fault.message, "");
	assert_true(is_read);
	assert_string_equal(out.bytes, expected);
	buffer_finish(&out);
}

static void check_refused(struct text bytes, enum fault_kind kind,
	const char *message)
{
	struct buffer out = {0};
	struct fault fault = {0};
	assert_false(read_sheet(bytes, 0, &out, &fault));
	assert_string_equal(fault.message, message);
	assert_int_equal(fault.kind, kind);
	buffer_finish(&out);
}

static void fill_workbook(lxw_workbook *book)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, "List 1");
	lxw_format *day = workbook_add_format(book);
	format_set_num_format(day, "dd/mm/yyyy");
	lxw_format *bold = workbook_add_format(book);
	format_set_bold(bold);
	worksheet_write_string(sheet, 0, 0, "Child Unique ID", NULL);
	worksheet_write_string(sheet, 0, 1, "caf\xc3\xa9 & <tea>\nline", NULL);
	worksheet_write_string(sheet, 0, 3, "a\x01", NULL);
	worksheet_write_number(sheet, 2, 0, 9212044, NULL);
	worksheet_write_number(sheet, 2, 1, 0.1 + 0.2, NULL);
	worksheet_write_number(sheet, 2, 2, 45473, day);
	worksheet_write_boolean(sheet, 2, 3, 1, NULL);
	worksheet_write_formula_num(sheet, 2, 4, "=C3+1", day, 45474);
	worksheet_write_formula_str(sheet, 2, 5, "=A1", NULL, "cached");
	worksheet_write_blank(sheet, 2, 6, day);
	char plain[] = "rich ", strong[] = "text";
	lxw_rich_string_tuple one = {.string = plain}, two = {bold, strong};
	lxw_rich_string_tuple *rich[] = {&one, &two, NULL};
	worksheet_write_rich_string(sheet, 3, 1, rich, NULL);
	sheet = workbook_add_worksheet(book, "Hidden");
	worksheet_write_string(sheet, 0, 0, "here", NULL);
	worksheet_hide(sheet);
}

/* The workbook is made in a file of its own that is gone afterwards. */
static struct text make_workbook(struct arena *arena, uint8_t in_memory)
{
	char path[] = "/var/tmp/kith-test-XXXXXX";
	int file = mkstemp(path);
	assert_true(file >= 0);
	lxw_workbook_options options = {.constant_memory = in_memory};
	lxw_workbook *book = workbook_new_opt(path, &options);
	fill_workbook(book);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	struct text bytes;
	struct fault fault = {0};
	assert_true(file_map(path, arena, &bytes, &fault));
	close(file);
	unlink(path);
	return bytes;
}

static void test_a_workbook_of_another_writer(void **state)
{
	(void)state;
	static const char expected[] =
		"1: At[Child Unique ID] Bt[caf\xc3\xa9 & <tea>\nline] "
		"Dt[a\x01]\n"
		"3: An[9212044] Bn[0.3] Cd[2024-06-30] Db[TRUE] "
		"Ed[2024-07-01] Ft[cached]\n"
		"4: Bt[rich text]\n";
	for (uint8_t inline_texts = 0; inline_texts < 2; inline_texts++) {
		struct arena *arena = arena_open();
		struct text bytes = make_workbook(arena, inline_texts);
		check_sheet(bytes, 0, expected);
		check_sheet(bytes, 1, "1: At[here]\n");
		arena_close(arena);
	}
}

static void test_lists_sheets(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct xlsx *xlsx = NULL;
	size_t count = 0, found = 9;
	assert_true(xlsx_open(make_workbook(arena, 0), arena, &xlsx, &fault));
	const struct xlsx_sheet *sheets = xlsx_sheets(xlsx, &count);
	assert_int_equal(count, 2);
	assert_true(text_is(sheets[0].name, "List 1"));
	assert_false(sheets[0].is_hidden);
	assert_true(sheets[1].is_hidden);
	assert_true(xlsx_find(xlsx, TEXT("hidden"), &found));
	assert_int_equal(found, 1);
	assert_false(xlsx_find(xlsx, TEXT("List 2"), &found));
	arena_close(arena);
}

/* Workbooks put together by hand, part by part. */

struct part {
	const char *name;
	const char *text;
};

#define RELATIONS "<Relationships>"
#define RELATION(id, kind, target) \
	"<Relationship Id='" id "' Type='x/" kind "' Target='" target "'/>"

static const struct part package = {"_rels/.rels",
	RELATIONS RELATION("a", "officeDocument",
		"/xl/workbook.xml") "</Relationships>"};
static const struct part relations = {"xl/_rels/workbook.xml.rels",
	RELATIONS RELATION("a", "worksheet", "s.xml")
		RELATION("b", "sharedStrings", "../t.xml") "</Relationships>"};
static const struct part book = {"xl/workbook.xml",
	"<x:workbook xmlns:x='m' xmlns:r='r'><x:workbookPr date1904='true'/>"
	"<x:sheets><x:sheet name='S' r:id='a'/></x:sheets></x:workbook>"};
static const struct part texts = {"t.xml",
	"<sst><si><t>one</t><rPh><t>wan</t></rPh></si><si><r><t>tw</t></r>"
	"<r><t>o </t></r></si></sst>"};

static struct text zip_parts(struct arena *arena, const struct part *parts,
	size_t count)
{
	zip_error_t error;
	zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(whole);
	zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
	for (size_t i = 0; i < count; i++)
		zip_file_add(zip, parts[i].name,
			zip_source_buffer(zip, parts[i].text,
				strlen(parts[i].text), 0),
			0);
	assert_int_equal(zip_close(zip), 0);
	zip_stat_t about;
	zip_source_stat(whole, &about);
	char *bytes = arena_new(arena, about.size);
	zip_source_open(whole);
	assert_int_equal(zip_source_read(whole, bytes, about.size), about.size);
	zip_source_close(whole);
	zip_source_free(whole);
	return (struct text){bytes, about.size};
}

static struct text zip_sheet(struct arena *arena, const char *sheet)
{
	struct part parts[] = {package, relations, book, texts,
		{"xl/s.xml", sheet}};
	return zip_parts(arena, parts, COUNT_OF(parts));
}

static void test_a_workbook_by_hand(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	check_sheet(zip_sheet(arena,
			    "<worksheet><sheetData><row><c t='s'><v>1"
			    "</v></c><c/><c t='e'><v>#N/A</v></c><c t='inlineStr'>"
			    "<is><r><t>in</t></r><r><t>line</t></r></is></c>"
			    "<c t='str'><f>A1</f><v>f_x000A_g_x005F_x000A_</v></c>"
			    "<c t='d'><v>2024-06-30</v></c></row>"
			    "<row r='5'><c r='Z5' t='b'><v>0</v></c><c r='AB5' t='s'>"
			    "<v>0</v></c><c r='AC5'><v>x</v></c></row></sheetData>"
			    "</worksheet>"),
		0,
		"1: At[two ] Ce[] Dt[inline] Et[f\ng_x000A_] Fd[2024-06-30]\n"
		"5: Zb[FALSE] ABt[one] ACt[x]\n");
	arena_close(arena);
}

static void test_refuses_plainly(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	check_refused(TEXT("CHILD,SEX\n"), FAULT_INPUT,
		"the file is not a workbook (.xlsx)");
	check_refused(TEXT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on"),
		FAULT_INPUT,
		"the file is an old (.xls) workbook or one with a password");
	check_refused(TEXT("PK but no more"), FAULT_INPUT,
		"cannot read the zip file");
	check_refused(zip_parts(arena, &package, 1), FAULT_MISSING,
		"the file has no part \"xl/_rels/workbook.xml.rels\"");
	check_refused(zip_sheet(arena, "<s><row><c t='s'><v>2</v></c></row></s>"),
		FAULT_INPUT,
		"cannot read cell A1 of the sheet: it refers to a "
		"text that the workbook does not hold");
	check_refused(zip_sheet(arena, "<s><row><c r='B1'/><c r='A1'/></row></s>"),
		FAULT_INPUT,
		"cannot read cell B1 of the sheet: the cell behind "
		"it is out of order");
	check_refused(zip_sheet(arena, "<s><row r='7'/><row r='7'/></s>"),
		FAULT_INPUT,
		"the row behind row 7 of the sheet has a wrong number");
	check_refused(zip_sheet(arena,
			      "<s><row><c r='SS1'><v>1</v></c></row></s>"),
		FAULT_LIMIT,
		"cannot read cell SS1 of the sheet: the sheet has "
		"more than 512 columns");
	check_refused(zip_sheet(arena, "<!DOCTYPE s><s/>"), FAULT_INPUT,
		"cannot read the XML at line 1, column 12: a document type "
		"(DOCTYPE) is not accepted");
	arena_close(arena);
}

/* 64 MB of the same byte pack into 64 kB: a thousand times. */
static void test_refuses_a_bomb(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	size_t size = (size_t)64 * 1024 * 1024;
	char *bomb = arena_new(arena, size + 1);
	memset(bomb, ' ', size);
	check_refused(zip_sheet(arena, bomb), FAULT_LIMIT,
		"a part of the file unpacks to more than 200 times its size");
	arena_close(arena);
}

/* Damaged anywhere, a workbook is read or refused, never more. */
static void test_damage_anywhere(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct text whole = zip_sheet(arena,
		"<s><row><c t='s'><v>1</v></c><c><v>2</v></c></row></s>");
	int refused = 0;
	for (size_t i = 0; i < whole.length; i++) {
		char *copy = arena_new(arena, whole.length);
		memcpy(copy, whole.at, whole.length);
		copy[i] = (char)(copy[i] ^ 0x55);
		struct buffer out = {0};
		struct fault fault = {0};
		bool is_read = read_sheet((struct text){copy, whole.length}, 0,
			&out, &fault);
		assert_int_equal(is_read, !fault_is_set(&fault));
		refused += !is_read;
		is_read = read_sheet(text_cut(whole, 0, i), 0, &out,
			&(struct fault){0});
		assert_false(is_read);
		buffer_finish(&out);
	}
	assert_true(refused > 100);
	arena_close(arena);
}

static const char *sample(struct arena *arena, const char *name)
{
	const char *folder = file_environment("KITH_SAMPLES");
	const char *path = arena_format(arena, "%s/%s",
		folder == NULL ? "../shared/samples" : folder, name);
	if (!file_exists(path))
		print_message("# no sample at %s\n", path);
	return file_exists(path) ? path : NULL;
}

static void read_sample(struct arena *arena, const char *path, size_t sheet,
	struct buffer *out)
{
	struct text bytes;
	struct fault fault = {0};
	assert_true(file_map(path, arena, &bytes, &fault));
	bool is_read = read_sheet(bytes, sheet, out, &fault);
	assert_string_equal(fault.message, "");
	assert_true(is_read);
}

static void test_an_annex_a(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct buffer out = {0};
	const char *path = sample(arena, "annex-a/Annex_A_2024_Jan.xlsx");
	if (path == NULL) {
		arena_close(arena);
		return;
	}
	read_sample(arena, path, 1, &out);
	struct text read = buffer_text(&out);
	assert_true(text_starts(read, TEXT("1: At[")));
	assert_true(text_has(read, TEXT("\n2: An[612306] ")));
	assert_true(text_has(read,
		TEXT("Dd[2009-03-05] En[12.0301163586585] "
		     "Fd[2020-09-16] Gd[2020-09-30]")));
	buffer_clear(&out);
	read_sample(arena, path, 9, &out); /* dates made by formulas */
	assert_true(text_has(buffer_text(&out), TEXT("Id[2009-08-11]")));
	buffer_clear(&out);
	read_sample(arena, path, 5, &out); /* a cell with an error */
	assert_true(text_has(buffer_text(&out), TEXT("e[]")));
	buffer_finish(&out);
	arena_close(arena);
}

static void test_ofsted_providers(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	static const char *const files[] = {"ofsted-providers/ch_fake.xlsx",
		"ofsted-providers/scp_fake.xlsx"};
	for (size_t i = 0; i < COUNT_OF(files); i++)
		for (size_t sheet = 0; sheet < 2; sheet++) {
			struct buffer out = {0};
			const char *path = sample(arena, files[i]);
			if (path == NULL)
				continue;
			read_sample(arena, path, sheet, &out);
			assert_true(sheet == 1
				|| text_has(buffer_text(&out), TEXT("URN")));
			buffer_finish(&out);
		}
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_date_formats),
		cmocka_unit_test(test_column_names),
		cmocka_unit_test(test_a_workbook_of_another_writer),
		cmocka_unit_test(test_lists_sheets),
		cmocka_unit_test(test_a_workbook_by_hand),
		cmocka_unit_test(test_refuses_plainly),
		cmocka_unit_test(test_refuses_a_bomb),
		cmocka_unit_test(test_damage_anywhere),
		cmocka_unit_test(test_an_annex_a),
		cmocka_unit_test(test_ofsted_providers),
	};
	return cmocka_run_group_tests_name("xlsx", tests, NULL, NULL);
}
