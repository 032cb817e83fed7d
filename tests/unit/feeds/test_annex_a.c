/* SPDX-License-Identifier: MIT
 *
 * Annex A workbooks: cells by example, lists however they are laid out, which
 * workbook stands, and a workbook that nobody here wrote.
 *
 * Long because the workbooks stand in it, heading by heading.
 */
#include "importing.h"

#include <stdio.h>
#include <string.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "codes/codes.h"
#include "feeds/annex_a-inside.h"

/* ---- Cells ---- */

static const struct annex_a_column *column_of(int list, const char *heading)
{
	const struct annex_a_column *columns = annex_a_tables[list - 1].columns;
	for (int i = 0; i < ANNEX_A_COLUMNS && columns[i].heading; i++)
		if (text_is(text_of(heading), columns[i].heading))
			return &columns[i];
	fail_msg("list %d has no \"%s\"", list, heading);
	return NULL;
}

static const struct {
	int list;
	const char *heading;
	enum xlsx_kind kind;
	const char *written, *value;
	enum annex_a_flaw flaw;
} cells[] = {
	{1, "Gender", XLSX_TEXT, "b) Female", "F", ANNEX_A_FINE},
	{1, "Gender", XLSX_TEXT, " FEMALE ", "F", ANNEX_A_FINE},
	{1, "Gender", XLSX_TEXT, "m", "M", ANNEX_A_FINE},
	{1, "Gender", XLSX_TEXT, "c) Not stated/recorded", "U", ANNEX_A_FINE},
	{1, "Gender", XLSX_TEXT, "x) Blue", "Blue", ANNEX_A_NOT_CODE},
	{1, "Ethnicity", XLSX_TEXT, "a) WBRI", "WBRI", ANNEX_A_FINE},
	{1, "Ethnicity", XLSX_TEXT, "White British", "WBRI", ANNEX_A_FINE},
	{1, "Contact Source", XLSX_TEXT, "q) 6: Police", "6", ANNEX_A_FINE},
	{1, "Contact Source", XLSX_TEXT, "b) 1B: Individual", "1B", ANNEX_A_FINE},
	{1, "Contact Source", XLSX_NUMBER, "6", "6", ANNEX_A_FINE},
	{1, "Age", XLSX_NUMBER, "6.13826146475018", "6", ANNEX_A_FINE},
	{1, "Age", XLSX_TEXT, "six", "six", ANNEX_A_NOT_NUMBER},
	{1, "Date of Birth", XLSX_DATE, "2015-01-25", "2015-01-25", ANNEX_A_FINE},
	{1, "Date of Birth", XLSX_DATE, "2015-01-25T10:30:00", "2015-01-25",
		ANNEX_A_FINE},
	{1, "Date of Birth", XLSX_TEXT, "25/01/2015", "2015-01-25", ANNEX_A_FINE},
	{1, "Date of Birth", XLSX_NUMBER, "42029", "2015-01-25", ANNEX_A_FINE},
	{1, "Date of Birth", XLSX_NUMBER, "17", "17", ANNEX_A_NOT_DATE},
	{1, "Date of Birth", XLSX_TEXT, "unborn", "unborn", ANNEX_A_NOT_DATE},
	{1, "Date of Birth", XLSX_ERROR, "", "", ANNEX_A_CELL_ERROR},
	{1, "Date of Birth", XLSX_TEXT, "#REF!", "", ANNEX_A_CELL_ERROR},
	{3, "Referral NFA?", XLSX_TEXT, "a) Yes", "Y", ANNEX_A_FINE},
	{3, "Referral NFA?", XLSX_TEXT, "No", "N", ANNEX_A_FINE},
	{3, "Referral NFA?", XLSX_TRUTH, "TRUE", "Y", ANNEX_A_FINE},
	{3, "Referral NFA?", XLSX_TEXT, "maybe", "maybe", ANNEX_A_NOT_YES},
	{3, "Allocated Worker", XLSX_TEXT, "a) b) c", "a) b) c", ANNEX_A_FINE},
	{6, "Primary Need Code", XLSX_TEXT, "N1 - Abuse or Neglect", "N1",
		ANNEX_A_FINE},
	{6, "Primary Need Code", XLSX_TEXT, "PSRMEM - Memory",
		"PSRMEM - Memory", ANNEX_A_NOT_CODE},
	{6, "Case Status", XLSX_TEXT, "c) Child in need plan",
		"Child in need plan", ANNEX_A_FINE},
	{7, "Initial Category of Abuse", XLSX_TEXT, "Physical abuse", "PHY",
		ANNEX_A_FINE},
	{7, "Latest Category of Abuse", XLSX_TEXT, "d) Emotional abuse", "EMO",
		ANNEX_A_FINE},
	{7, "Number of Previous Child Protection Plans", XLSX_TEXT, "2.0", "2",
		ANNEX_A_FINE},
	{8, "Child's Legal Status", XLSX_TEXT, "C2: FCO", "C2", ANNEX_A_FINE},
	{8, "Reason Ceased to be Looked After", XLSX_TEXT,
		"k) E47: Special Guardianship Orders", "E47", ANNEX_A_FINE},
	{8, "Placement Provider", XLSX_TEXT, "e) PR4 - Private", "PR4",
		ANNEX_A_FINE},
};

static void test_cells(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct codes *codes;
	struct fault fault = {0};
	assert_true(codes_open(arena, NULL, &codes, &fault));
	for (size_t i = 0; i < COUNT_OF(cells); i++) {
		struct annex_a_value value;
		annex_a_clean(codes,
			&(struct annex_a_cell){.column = column_of(cells[i].list,
						       cells[i].heading),
				.kind = cells[i].kind,
				.written = text_of(cells[i].written)},
			arena, &value);
		assert_string_equal(arena_string(arena, value.text),
			cells[i].value);
		assert_int_equal(value.flaw, cells[i].flaw);
	}
	arena_close(arena);
}

/* Every row of the tables is whole: the key first, known code lists, no
 * heading twice, a start date where measures need one. */
static void test_tables(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct codes *codes;
	struct fault fault = {0};
	assert_true(codes_open(arena, NULL, &codes, &fault));
	for (int list = 0; list < ANNEX_A_LISTS; list++) {
		const struct annex_a_column *columns = annex_a_tables[list].columns;
		bool has_start = false;
		assert_true(columns[0].role == ANNEX_A_CHILD
			|| columns[0].role == ANNEX_A_ADOPTER);
		for (int i = 0; i < ANNEX_A_COLUMNS && columns[i].heading; i++) {
			has_start |= columns[i].role == ANNEX_A_START;
			assert_int_equal(columns[i].type == ANNEX_A_CODE,
				columns[i].codes != NULL);
			assert_true(columns[i].codes == NULL
				|| codes_list(codes, columns[i].codes) != NULL);
			assert_ptr_equal(column_of(list + 1, columns[i].heading),
				&columns[i]);
		}
		assert_true(has_start || list < 2 || list > 6);
	}
	arena_close(arena);
}

/* ---- Workbooks made here ---- */

/* "A1 text|A2 text\n...": a leading = is a number, @ a date's number, ! a
 * formula that came to an error; empty cells are left out. */
static void fill_sheet(lxw_workbook *book, const char *name, const char *rows)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, name);
	lxw_format *day = workbook_add_format(book);
	format_set_num_format(day, "dd/mm/yyyy");
	struct text rest = text_of(rows);
	for (lxw_row_t row = 0; rest.length > 0; row++) {
		struct text line = text_split(rest, '\n', &rest);
		for (lxw_col_t column = 0; line.length > 0; column++) {
			char text[256];
			text_copy(text, sizeof text,
				text_split(line, '|', &line));
			int64_t number = 0;
			(void)!text_to_int64(text_of(text + (text[0] != '\0')),
				&number);
			if (text[0] == '=')
				worksheet_write_number(sheet, row, column,
					(double)number, NULL);
			else if (text[0] == '@')
				worksheet_write_number(sheet, row, column,
					(double)number, day);
			else if (text[0] == '!')
				worksheet_write_formula_str(sheet, row, column,
					"=NA()", NULL, "#N/A");
			else if (text[0] != '\0')
				worksheet_write_string(sheet, row, column, text,
					NULL);
		}
	}
}

struct sheet {
	const char *name, *rows;
};

static const char *make_book(struct harness *harness, const char *name,
	const struct sheet *sheets)
{
	const char *path = harness_path(harness, name);
	lxw_workbook *book = workbook_new(path);
	for (; sheets->name != NULL; sheets++)
		fill_sheet(book, sheets->name, sheets->rows);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	return path;
}

/* Not in order, with a title, notes, odd headings, empty rows. */
static const struct sheet messy[] = {
	{"Notes", "Made up for a test\nNothing|to|see\n"},
	{"LIST 7 plans",
		"Child protection plans\n\n"
		"CHILD UNIQUE-ID|Child Protection plan  start date|Remark|"
		"Number of previous Child Protection Plans|Remark|"
		"Initial category of abuse|was the child seen alone|"
		"Date of the Last Statutory Visit|"
		"Date of latest review conference\n"
		"=1001|@45292|kept|=2|too|a) Neglect|a) Yes|30/06/2024|@45400\n"
		"   |  \n"
		"=1001|@45400||x\n"
		"=1002|soon|!\n"
		"|@45292\n"},
	{"Referrals",
		"Child Unique ID|Gender|Ethnicity|Date of Birth|Age|"
		"Date of Referral|Referral Source|Referral NFA?\n"
		"=1001|b) Female|a) WBRI|@42029|=9|01/02/2024|q) 6: Police|No\n"
		"=1003|Male||@42029|=9|05/02/2024|e) 2A: Schools|a) Yes\n"},
	{"List 6",
		"Child Unique ID|CIN Start Date|Primary Need Code|"
		"Date Child Was Last Seen|CIN Closure Date|Reason for Closure|"
		"Case Status\n"
		"=1001|01/02/2024|N1 - Abuse or Neglect|@45400|||"
		"c) Child in need plan\n"
		"=1003|05/02/2024|N4|||RC8|b) Child protection plan\n"},
	{"List 5",
		"Child Unique ID|"
		"Strategy discussion initiating Section 47 Enquiry Start Date|"
		"Was an Initial Child Protection Conference deemed unnecessary?|"
		"Date of Initial Child Protection Conference\n"
		"=1001|20/12/2023|b) No|03/01/2024\n"},
	{"List 4",
		"Child Unique ID|Continuous Assessment Start Date|"
		"Continuous Assessment Date of Authorisation\n"
		"=1001|20/12/2023|03/01/2024\n=1003|20/12/2023\n"},
	{"List 2", "Something|else\n1|2\n"},
	{"List 11",
		"Individual adopter identifier|Gender|Date enquiry received\n"
		"A1|a) Male|01/02/2020\n"},
	{NULL, NULL},
};

#define OF_CHILD(table, columns) \
	"SELECT i.value, " columns " FROM " table " AS t JOIN identifier AS i" \
	" ON i.la = t.la AND i.child = t.child" \
	" WHERE t.feed = 'annex-a' ORDER BY 1, 2"

static void check_typed(struct harness *harness)
{
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_CHILD("referral",
					    "referred, source, nfa, need, closure_reason,"
					    " row_number")),
		"1001|2024-02-01|6|0|N1|-|2\n1003|2024-02-05|2A|1|N4|RC8|3\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_CHILD("assessment",
					    "started, authorised, days")),
		"1001|2023-12-20|2024-01-03|7\n1003|2023-12-20|-|-\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_CHILD("section47",
					    "started, icpc, icpc_days,"
					    " icpc_not_required")),
		"1001|2023-12-20|2024-01-03|7|0\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_CHILD("cin_plan",
					    "starts, ends, last_visit")),
		"1001|2024-02-01|-|2024-04-18\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_CHILD("cp_plan",
					    "starts, initial_category,"
					    " previous_supplied, previous_counted")),
		"1001|2024-01-01|NEG|2|0\n1001|2024-04-18|-|-|1\n");
}

static void test_messy(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024-06-30.xlsx", messy));
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(outcome.batches[0].label, "2024-06-30");
	assert_int_equal(outcome.batches[0].covers.first.day,
		date_from(2023, 12, 31).day);
	assert_int_equal(outcome.batches[0].covers.last.day,
		date_from(2024, 6, 30).day);
	assert_int_equal(outcome.batches[0].rows_in, 12);
	assert_int_equal(outcome.batches[0].refused, 1);
	assert_int_equal(outcome.batches[0].children, 3);
	check_typed(harness);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT last_visit, seen_alone, held FROM cp_plan"
				    " JOIN cp_review ON plan = id AND cp_review.la = cp_plan.la"),
		"2024-06-30|1|2024-04-18\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT row_number, column_name, value, cell FROM annex_value"
				    " WHERE list = 7 ORDER BY row_number, column_name"),
		"4|Child Protection Plan Start Date|2024-01-01|2024-01-01\n"
		"4|Child Unique ID|1001|1001\n"
		"4|Date of latest review conference|2024-04-18|2024-04-18\n"
		"4|Date of the Last Statutory Visit|2024-06-30|30/06/2024\n"
		"4|Initial Category of Abuse|NEG|a) Neglect\n"
		"4|Number of Previous Child Protection Plans|2|2\n"
		"4|Remark|kept|kept\n"
		"4|Remark, column 5|too|too\n"
		"4|Was the Child Seen Alone?|Y|a) Yes\n"
		"6|Child Protection Plan Start Date|2024-04-18|2024-04-18\n"
		"6|Child Unique ID|1001|1001\n"
		"6|Number of Previous Child Protection Plans|x|x\n"
		"7|Child Protection Plan Start Date|soon|soon\n"
		"7|Child Unique ID|1002|1002\n"
		"7|Remark||#N/A\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT column_name, row_number, rule, severity, value"
				    " FROM import_fault ORDER BY seq"),
		"List 2|0|sheet|warned|\n"
		"List 7: Number of Previous Child Protection Plans|6|number|"
		"warned|x\n"
		"List 7: Child Protection Plan Start Date|7|date|warned|soon\n"
		"List 7: Remark|7|cell|noted|#N/A\n"
		"List 7: Child Protection Plan Start Date|7|missing|warned|"
		"soon\n"
		"List 7: Child Unique ID|8|missing|refused|\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT value, child FROM annex_value WHERE list = 11"
				    " ORDER BY column_name"),
		"2020-02-01|-\nM|-\nA1|-\n");
}

/* Lists 1, 2, 8 and 9 as measures read them. */
static const struct sheet pictures[] =
	{{"List 1",
		 "Child Unique ID|Date of Contact|Contact Source\n"
		 "=1001|01/06/2024|q) 6: Police\n=1002||b) 1B: Individual\n"},
		{"List 2",
			"Child Unique ID|Assessment start date|"
			"Assessment completion date|Organisation completing assessment\n"
			"=1001|01/03/2024|20/04/2024|Invented Hub\n=1002|02/03/2024\n"},
		{"List 8",
			"Child Unique ID|Date Started to be Looked After|"
			"Child's Legal Status|Date of Latest Statutory Review|"
			"Date of Last Social Work Visit|"
			"What is the permanence plan for this child?|"
			"Date of Last Health Assessment|Date of Last Dental Check|"
			"Number of Placements in the Last 12 months|"
			"Date Ceased to be Looked After|"
			"Start Date of Most Recent Placement|"
			"Number of Episodes the Child has been Missing from their "
			"Placement in the last 12 months|"
			"Was the child offered a Return Interview after their last "
			"missing episode (Y/N)?|"
			"Did the child accept a Return Interview after their last "
			"missing episode (Y/N)?\n"
			"=1001|02/01/2023|C2: FCO|03/05/2024|04/05/2024|"
			"d) Long-term fostering|05/05/2024|06/05/2024|=2||02/01/2023|"
			"=1|a) Yes|b) No\n"
			"=1002|02/01/2024|C1: ICO|||a) Return to family|||||||\n"},
		{"List 9",
			"Child Unique ID|Eligibility Category|"
			"Latest Pathway Plan Review Date|LA in Touch|"
			"Latest Date of Contact|Type of Accommodation|"
			"Suitability of Accommodation|Activity Status\n"
			"=1003|b) Former relevant child|07/05/2024|a) Yes|08/05/2024|"
			"U: Independent living|a) Suitable|"
			"F2: Full time in other education\n"},
		{NULL, NULL}};

#define OF_PICTURE(table, columns) \
	"SELECT i.value, " columns ", t.row_number FROM " table \
	" AS t JOIN identifier AS i" \
	" ON i.la = t.la AND i.child = t.child ORDER BY 1, 2"

static void test_pictures(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024-06-30.xlsx", pictures));
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_PICTURE("contact", "made, source")),
		"1001|2024-06-01|6|2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_PICTURE("early_help",
					    "starts, completed, organisation")),
		"1001|2024-03-01|2024-04-20|Invented Hub|2\n"
		"1002|2024-03-02|-|-|3\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_PICTURE("care_snapshot",
					    "starts, ends, legal_status, is_lasting,"
					    " placed, placements, last_review,"
					    " last_visit, last_health, last_dental,"
					    " missing, absent, interview_offered,"
					    " interview_accepted")),
		"1001|2023-01-02|-|C2|1|2023-01-02|2|2024-05-03|2024-05-04|"
		"2024-05-05|2024-05-06|1|-|1|0|2\n"
		"1002|2024-01-02|-|C1|0|-|-|-|-|-|-|-|-|-|-|3\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    OF_PICTURE("leaver_snapshot",
					    "eligibility, pathway_review, in_touch,"
					    " latest_contact, accommodation,"
					    " suitability, activ")),
		"1003|Former relevant child|2024-05-07|Yes|2024-05-08|"
		"U: Independent living|Suitable|F2|2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT column_name, row_number, rule"
				    " FROM import_fault ORDER BY seq"),
		"List 1: Date of Contact|3|missing\n");
	/* A later workbook takes their place. */
	importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024-07-31.xlsx", messy));
	assert_int_equal(importing_number(harness,
				 "SELECT (SELECT COUNT(*) FROM contact)"
				 " + (SELECT COUNT(*) FROM early_help)"
				 " + (SELECT COUNT(*) FROM care_snapshot)"
				 " + (SELECT COUNT(*) FROM leaver_snapshot)"),
		0);
}

/* ---- Which workbook stands ---- */

#define PLANS \
	"Child Unique ID|Child Protection Plan Start Date|" \
	"Child Protection Plan End Date\n"

static const struct sheet january[] =
	{{"List 7", PLANS "=1001|@45200|\n=1002|@45210|\n"}, {NULL, NULL}};
static const struct sheet june[] =
	{{"List 7", PLANS "=1001|@45200|@45400\n=1003|@45410|\n"}, {NULL, NULL}};

static void test_latest_stands(void **state)
{
	struct harness *harness = harness_of(state);
	static const char expected[] =
		"1001|2023-10-01|2024-04-18\n1003|2024-04-28|-\n";
	static const char plans[] =
		"SELECT i.value, p.starts, p.ends FROM cp_plan AS p"
		" JOIN identifier AS i ON i.la = p.la AND i.child = p.child"
		" ORDER BY 1, 2";
	static const char kept[] = "SELECT COUNT(*), COUNT(DISTINCT batch)"
				   " FROM annex_value";
	importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024_Jan.xlsx", january));
	assert_string_equal(IMPORTING_ROWS(harness, plans),
		"1001|2023-10-01|-\n1002|2023-10-11|-\n");
	importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024_06.xlsx", june));
	assert_string_equal(IMPORTING_ROWS(harness, plans), expected);
	assert_string_equal(IMPORTING_ROWS(harness, kept), "5|1\n");

	struct harness *other = harness_open(harness_engine(harness));
	importing_one(other, "annex-a",
		make_book(other, "Annex_A_2024_06.xlsx", june));
	importing_one(other, "annex-a",
		make_book(other, "Annex_A_2024_Jan.xlsx", january));
	assert_string_equal(IMPORTING_ROWS(other, plans), expected);
	assert_string_equal(IMPORTING_ROWS(other, kept), "5|1\n");
	assert_int_equal(importing_number(other, "SELECT COUNT(*) FROM child"),
		3);
	harness_close(other);

	struct harness *together = harness_open(harness_engine(harness));
	const char *paths[] = {make_book(together, "Annex_A_2024_06.xlsx", june),
		make_book(together, "Annex_A_2024_Jan.xlsx", january), NULL};
	importing_all(together, "annex-a", paths);
	assert_string_equal(IMPORTING_ROWS(together, plans), expected);
	assert_string_equal(IMPORTING_ROWS(together, kept), "5|1\n");
	harness_close(together);
}

/* Without a date in the name the latest contact or referral says it. */
static void test_day_from_the_data(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "annex-a",
		make_book(harness, "lists.xlsx", messy));
	assert_string_equal(outcome.batches[0].label, "2024-02-05");
	struct fault fault = {0};
	const char *paths[] = {make_book(harness, "undated.xlsx", january), NULL};
	assert_false(importing_try(harness, "annex-a", paths, &outcome, &fault));
	assert_non_null(strstr(fault.message, "which day it is about"));
}

static void test_broken_book_changes_nothing(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "annex-a",
		make_book(harness, "Annex_A_2024_Jan.xlsx", january));
	const char *before = importing_dump(harness);
	struct text bytes;
	struct fault fault = {0};
	struct import_outcome outcome;
	const char *whole = make_book(harness, "Annex_A_2024_06.xlsx", june);
	HARNESS_DONE(file_map(whole, harness_arena(harness), &bytes, &fault),
		&fault);
	const char *paths[] = {importing_write(harness, "Annex_A_2024_07.xlsx",
				       text_cut(bytes, 0, bytes.length - 600)),
		whole, NULL};
	assert_false(importing_try(harness, "annex-a", paths, &outcome, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_string_equal(importing_dump(harness), before);
	/* The same bytes again are passed over. */
	const char *again[] = {harness_path(harness, "Annex_A_2024_Jan.xlsx"),
		NULL};
	outcome = importing_all(harness, "annex-a", again);
	assert_int_equal(outcome.passed_over, 1);
	assert_string_equal(importing_dump(harness), before);
}

/* ---- A workbook that nobody here wrote ---- */

static void test_sample(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"annex-a/Annex_A_2024_Jan.xlsx");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "annex-a", path);
	assert_string_equal(outcome.batches[0].label, "2024-01-31");
	assert_int_equal(outcome.batches[0].rows_in, 59);
	assert_int_equal(outcome.batches[0].refused, 0);
	/* List, rows, cells that hold something. */
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT list, COUNT(DISTINCT row_number), COUNT(*)"
				    " FROM annex_value GROUP BY list ORDER BY list"),
		"1|5|34\n2|5|40\n3|6|66\n4|5|60\n5|5|66\n6|5|60\n7|7|115\n"
		"8|5|135\n9|6|75\n10|5|67\n11|5|87\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*) FROM referral"),
		"6\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*), COUNT(authorised) FROM assessment"),
		"5|5\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*), COUNT(icpc), SUM(icpc_not_required)"
				    " FROM section47"),
		"5|3|2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*), COUNT(last_visit) FROM cin_plan"),
		"5|5\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT latest_category, COUNT(*), COUNT(ends),"
				    " SUM(previous_supplied) FROM cp_plan GROUP BY latest_category"
				    " ORDER BY 1"),
		"EMO|4|4|0\nPHY|3|1|2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT rule, column_name, COUNT(*) FROM import_fault"
				    " WHERE rule <> 'born' AND rule <> 'sex'"
				    " GROUP BY rule, column_name ORDER BY 1, 2"),
		"cell|List 6: Allocated Team|5\n"
		"cell|List 6: Allocated Worker|5\n"
		"code|List 6: Primary Need Code|1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cells),
		cmocka_unit_test(test_tables),
		HARNESS_EACH_ENGINE(test_messy),
		HARNESS_EACH_ENGINE(test_pictures),
		HARNESS_EACH_ENGINE(test_latest_stands),
		HARNESS_SQLITE(test_day_from_the_data),
		HARNESS_EACH_ENGINE(test_broken_book_changes_nothing),
		HARNESS_EACH_ENGINE(test_sample),
	};
	return HARNESS_RUN(tests);
}
