/* SPDX-License-Identifier: MIT
 *
 * Returns no council would send and some system will: each is taken as far as
 * it can be, or refused by name, and never breaks an import or makes the two
 * engines differ. What stands here was found by feeding kith damaged files.
 */
#include "importing.h"

#define EPISODES \
	"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC," \
	"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
#define EPISODE(child, decom, dec) \
	child "," decom ",S,C2,N1,U1,PR1," dec ",,,N1 0AA,N1 0AB,\n"

/* For tables, where TEXT may not stand. */
#define LITERAL(literal) \
	{ \
		literal, sizeof literal - 1 \
	}

static struct import_outcome import_text(struct harness *harness,
	const char *kind, struct text text)
{
	return importing_one(harness, kind,
		importing_write(harness, "in/file.csv", text));
}

/* ---- Dates ---- */

static void test_years_far_off(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = import_text(harness, "ssda903",
		TEXT(EPISODES EPISODE("T1", "01/05/2023",
			"31/12/9999") EPISODE("T2", "31/12/9999",
			"") EPISODE("T3", "01/01/0001", "") EPISODE("T4",
			"31/02/2023", "") EPISODE("T5", "01/05/23", "")));
	assert_int_equal(outcome.batches[0].refused, 4);
	assert_int_equal(outcome.batches[0].warned, 1);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT decom, dec FROM episode"),
		"2023-05-01|-\n");
}

static void test_end_before_start(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = import_text(harness, "ssda903",
		TEXT(EPISODES EPISODE("T1", "02/05/2023", "01/05/2023")
				EPISODE("T1", "06/05/2023", "06/05/2023")));
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_int_equal(outcome.batches[0].warned, 1);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT decom, dec, repairs FROM episode ORDER BY decom"),
		"2023-05-02|2023-05-06|a\n2023-05-06|2023-05-06|\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT column_name, value, rule, severity"
				    " FROM import_fault"),
		"DEC|01/05/2023|order|warned\n");
	outcome = importing_one(harness, "ssda903",
		importing_write(harness, "more/missing.csv",
			TEXT("CHILD,DOB,MISSING,MIS_START,MIS_END\n"
			     "T1,01/01/2010,M,09/05/2023,08/05/2023\n")));
	assert_int_equal(outcome.batches[0].warned, 1);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT starts, ends FROM missing"),
		"2023-05-09|-\n");
}

/* ---- Numbers ---- */

/* The column is a small integer on one engine and any on the other. */
static void test_numbers_out_of_range(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = import_text(harness, "ssda903",
		TEXT("CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED\n"
		     "T1,01/01/2010,40000,,1\n"
		     "T2,01/01/2010,-5,,9223372036854775807\n"
		     "T3,01/01/2010,40.0,,9223372036854775808\n"));
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_int_equal(outcome.batches[0].warned, 4);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT i.value, o.sdq_score, o.convicted"
				    " FROM lac_outcome o JOIN identifier i ON i.la = o.la"
				    " AND i.child = o.child ORDER BY i.value"),
		"T1|-|1\nT2|-|-\nT3|40|-\n");
}

/* Two such would share what is compared of them, or be a child a row. */
static void test_long_number(void **state)
{
	struct harness *harness = harness_of(state);
	enum { LONG = 300 };
	struct arena *arena = harness_arena(harness);
	char *name = arena_new(arena, LONG + 1);
	for (int i = 0; i < LONG; i++)
		name[i] = 'T';
	const char *text = arena_format(arena,
		EPISODES "%s,01/05/2023,S,C2,N1,U1,PR1,,,,,,\n"
			 "%sX,01/05/2023,S,C2,N1,U1,PR1,,,,,,\n"
			 "T1,01/05/2023,S,C2,N1,U1,PR1,,,,,,\n",
		name, name);
	struct import_outcome outcome = import_text(harness, "ssda903",
		text_of(text));
	assert_int_equal(outcome.batches[0].refused, 2);
	assert_int_equal(importing_number(harness, "SELECT COUNT(*) FROM child"),
		1);
	/* Of what was wrong as much is kept as a message shows. */
	assert_int_equal(importing_number(harness,
				 "SELECT MAX(LENGTH(value)) FROM import_fault"),
		200);
}

/* Ids are the case system's: two that differ in case are two children, and
 * space around one is none of it. */
static void test_numbers_alike(void **state)
{
	struct harness *harness = harness_of(state);
	import_text(harness, "ssda903",
		TEXT(EPISODES EPISODE("aB", "01/05/2023", "") EPISODE("Ab",
			"01/05/2023", "") EPISODE(" Ab ", "01/06/2023", "")));
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(DISTINCT child), COUNT(*) FROM episode"),
		"2|3\n");
}

/* ---- Bytes ---- */

/* In every feed that reads CSV such a row is kept aside, and the others read. */
static void test_zero_bytes(void **state)
{
	static const struct {
		const char *kind, *name;
		struct text text;
	} files[] = {
		{"ssda903", "a/e.csv",
			LITERAL(EPISODES EPISODE("T1", "01/05/2023", "")
					EPISODE("T\0002", "01/05/2023", ""))},
		{"marks", "b/marks.csv",
			LITERAL("UPN,DOB,School,Date,Session,Code\n"
				"A123456789012,2010-01-01,100001,2024-06-03,AM,/\n"
				"A12345\0006789012,2010-01-01,100001,2024-06-03,PM,/\n")},
		{"postcodes", "c/onspd.csv",
			LITERAL("pcds,oslaua,osward,lsoa11,oseast1m,osnrth1m\n"
				"N1 0AA,E09000019,E05000001,E01000001,531000,183000\n"
				"N1 0\000B,E09000019,E05000001,E01000001,531000,1\n")},
	};
	struct harness *harness = harness_of(state);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct import_outcome outcome = importing_one(harness,
			files[i].kind,
			importing_write(harness, files[i].name, files[i].text));
		assert_int_equal(outcome.batches[0].rows_in, 2);
		assert_int_equal(outcome.batches[0].refused, 1);
	}
}

/* Whatever the reader says, the file it says it of is named. */
static void test_names_the_file(void **state)
{
	static const struct {
		const char *kind, *name;
		struct text text;
	} files[] = {
		{"ssda903", "r/cut.xml",
			LITERAL("<EXPSSDA903><CHILD><HEADER><CHILDID>1")},
		{"cin", "r/cut-cin.xml", LITERAL("<Message><Header>")},
		{"annex-a", "r/cut.xlsx", LITERAL("PK\003\004nothing more")},
		{"census", "r/odd.csv", LITERAL("\xff\xfeU\000P\000N")},
		{"marks", "r/odd-marks.csv", LITERAL("\xff\xfeU\000P\000N")},
		{"ees", "r/odd-ees.csv", LITERAL("\xff\xfeU\000P\000N")},
	};
	struct harness *harness = harness_of(state);
	const char *before = importing_dump(harness);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		const char *path = importing_write(harness, files[i].name,
			files[i].text);
		struct import_outcome outcome;
		struct fault fault = {0};
		assert_false(importing_try(harness, files[i].kind,
			(const char *const[]){path, NULL}, &outcome, &fault));
		assert_int_equal(fault.kind, FAULT_INPUT);
		const char *words = arena_format(harness_arena(harness),
			"%s %s", fault.message, fault.detail);
		assert_non_null(strstr(words, path));
	}
	assert_string_equal(importing_dump(harness), before);
}

/* ---- Names of folders ---- */

/* Only a quarter written as one narrows what a return covers. */
static void test_quarter_in_a_name(void **state)
{
	static const struct {
		const char *name, *label;
	} folders[] = {
		{"2023-24q1/e.csv", "2023-24 to Q1"},
		{"2023-24 Q2 extract/e.csv", "2023-24 to Q2"},
		{"faq3/e.csv", "2023-24"},
		{"q12/e.csv", "2023-24"},
		{"tmpq1x/e.csv", "2023-24"},
	};
	struct harness *harness = harness_of(state);
	for (size_t i = 0; i < COUNT_OF(folders); i++) {
		const char *text = arena_format(harness_arena(harness),
			EPISODES "T%zu,01/05/2023,S,C2,N1,U1,PR1,02/05/2023,"
				 "E3,,,,\n",
			i);
		struct import_outcome outcome = importing_one(harness, "ssda903",
			importing_write(harness, folders[i].name, text_of(text)));
		assert_string_equal(outcome.batches[0].label, folders[i].label);
	}
}

/* File systems keep names that no database does. */
static void test_name_of_bytes(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "in/e\xff\xfe.csv",
			TEXT(EPISODES EPISODE("T1", "01/05/2023", ""))));
	assert_string_equal(IMPORTING_ROWS(harness, "SELECT name FROM batch_file"),
		"e??.csv\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_years_far_off),
		HARNESS_EACH_ENGINE(test_end_before_start),
		HARNESS_EACH_ENGINE(test_numbers_out_of_range),
		HARNESS_EACH_ENGINE(test_long_number),
		HARNESS_EACH_ENGINE(test_numbers_alike),
		HARNESS_EACH_ENGINE(test_zero_bytes),
		HARNESS_EACH_ENGINE(test_names_the_file),
		HARNESS_EACH_ENGINE(test_quarter_in_a_name),
		HARNESS_EACH_ENGINE(test_name_of_bytes),
	};
	return HARNESS_RUN(tests);
}
