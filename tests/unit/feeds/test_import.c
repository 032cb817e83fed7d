/* SPDX-License-Identifier: MIT
 *
 * The frame around every feed: nothing twice, nothing by halves, nothing
 * silently, and every source row to be seen again.
 */
#include "base/buffer.h"
#include "importing.h"

#define EPISODES \
	"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC," \
	"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
#define ROW_ONE "T1,01/05/2023,S,C2,N1,U1,PR1,01/06/2023,E3,,N1 0AA,N1 0AB,\n"
#define ROW_TWO "T2,01/07/2023,S,C2,N1,U1,PR1,,,,N1 0AA,N1 0AD,\n"

/* ---- Nothing twice ---- */

static void test_again(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_write(harness, "in/episodes.csv",
		TEXT(EPISODES ROW_ONE));
	struct import_outcome outcome = importing_one(harness, "ssda903", path);
	assert_int_equal(outcome.files, 1);
	assert_int_equal(outcome.passed_over, 0);
	const char *before = importing_dump(harness);
	outcome = importing_one(harness, "ssda903",
		importing_write(harness, "copy/renamed.csv",
			TEXT(EPISODES ROW_ONE)));
	assert_int_equal(outcome.files, 0);
	assert_int_equal(outcome.passed_over, 1);
	assert_int_equal(outcome.batch_count, 0);
	assert_string_equal(importing_dump(harness), before);
}

/* ---- Nothing by halves ---- */

static void check_refused(struct harness *harness, const char *path,
	const char *named)
{
	const char *before = importing_dump(harness);
	struct import_outcome outcome;
	struct fault fault = {0};
	assert_false(importing_try(harness, "ssda903",
		(const char *const[]){path, NULL}, &outcome, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	const char *words = arena_format(harness_arena(harness), "%s %s",
		fault.message, fault.detail);
	assert_non_null(strstr(words, named));
	assert_string_equal(importing_dump(harness), before);
	assert_false(store_has_transaction(harness_store(harness)));
}

static void test_stranger(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "first/episodes.csv",
			TEXT(EPISODES ROW_ONE)));
	importing_write(harness, "second/episodes.csv", TEXT(EPISODES ROW_TWO));
	importing_write(harness, "second/minutes.txt",
		TEXT("Present: nobody\nApologies: everybody\n"));
	check_refused(harness, harness_path(harness, "second"), "minutes.txt");
	/* Without the stranger the same folder is taken. */
	struct import_outcome outcome = importing_one(harness, "ssda903",
		harness_path(harness, "second/episodes.csv"));
	assert_int_equal(outcome.files, 1);
}

/* XML of another return is as much a stranger as a text. */
static void test_strange_xml(void **state)
{
	struct harness *harness = harness_of(state);
	importing_write(harness, "in/episodes.csv", TEXT(EPISODES ROW_ONE));
	importing_write(harness, "in/census.xml",
		TEXT("<?xml version=\"1.0\"?><Message><Children/></Message>"));
	check_refused(harness, harness_path(harness, "in"), "census.xml");
}

/* The first file is written before the second proves broken. */
static void test_broken_midway(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "first/episodes.csv",
			TEXT(EPISODES ROW_ONE)));
	importing_write(harness, "second/2023.csv", TEXT(EPISODES ROW_TWO));
	importing_write(harness, "second/2024.xml",
		TEXT("<EXPSSDA903><CHILD><HEADER><CHILDID>T3</CHILDID>"
		     "<DOB>01/01/2010</DOB></HEADER></CHILD><CHILD>"));
	check_refused(harness, harness_path(harness, "second"), "");
}

static void test_unknown_kind(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome;
	struct fault fault = {0};
	assert_false(importing_try(harness, "census-of-cats",
		(const char *const[]){"/nowhere", NULL}, &outcome, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
	fault = (struct fault){0};
	assert_false(importing_try(harness, "ssda903",
		(const char *const[]){harness_path(harness, "nowhere"), NULL},
		&outcome, &fault));
	assert_true(fault_is_set(&fault));
}

/* ---- Nothing silently ---- */

/* Each fault says in which file, row and column, and what stood there. */
static void test_faults_named(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "ssda903",
		importing_write(harness, "in/episodes.csv",
			TEXT(EPISODES ROW_ONE
				",01/05/2023,S,C2,N1,U1,PR1,,,,,,\n"
				"T4,31/02/2023,S,C2,N1,U1,PR1,,,,,,\n"
				"T5,01/05/2023,Q,C2,N1,U1,PR1,soon,,,,NOWHERE,\n"
				"T6,01/05/2023,S,C2,N1,U1,PR1,,,,,,,more\n"
				"T7,\"01/05/2023,S,C2,N1,U1,PR1,,,,,,\n")));
	assert_int_equal(outcome.batches[0].rows_in, 6);
	assert_int_equal(outcome.batches[0].refused, 4);
	assert_int_equal(outcome.batches[0].warned, 3);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT f.name, i.row_number, i.column_name,"
				    " i.value, i.rule, i.severity FROM import_fault"
				    " AS i JOIN batch_file AS f ON f.la = i.la AND"
				    " f.batch = i.batch AND f.file = i.file"
				    " ORDER BY i.seq"),
		"episodes.csv|3|CHILD||missing|refused\n"
		"episodes.csv|4|DECOM|31/02/2023|date|refused\n"
		"episodes.csv|5|RNE|Q|code|warned\n"
		"episodes.csv|5|DEC|soon|date|warned\n"
		"episodes.csv|5|PL_POST|NOWHERE|postcode|warned\n"
		"episodes.csv|6||T6,01/05/2023,S,C2,N1,U1,PR1,,,,,,,more|row|"
		"refused\n"
		"episodes.csv|7||T7,\"01/05/2023,S,C2,N1,U1,PR1,,,,,,|row|"
		"refused\n");
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM import_fault"
				 " WHERE message = ''"),
		0);
}

static void test_audited(void **state)
{
	struct harness *harness = harness_of(state);
	importing_write(harness, "in/2023-episodes.csv", TEXT(EPISODES ROW_ONE));
	importing_write(harness, "in/2024-episodes.csv",
		TEXT(EPISODES "T3,01/05/2024,S,C2,N1,U1,PR1,01/06/2024,E3,,,,\n"));
	struct import_outcome outcome = importing_one(harness, "ssda903",
		harness_path(harness, "in"));
	assert_int_equal(outcome.batch_count, 2);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT b.label, a.actor, a.act, a.subject,"
				    " a.detail FROM audit AS a JOIN batch AS b"
				    " ON b.la = a.la AND"
				    " CAST(b.id AS TEXT) = a.subject_key"
				    " WHERE a.act = 'import' ORDER BY b.label"),
		"2023-24|test.analyst|import|ssda903|"
		"2023-24: 1 rows, 0 refused, 0 repaired\n"
		"2024-25|test.analyst|import|ssda903|"
		"2024-25: 1 rows, 0 refused, 0 repaired\n");
}

/* Bytes that a database will not take are a fault of their row, and the rest
 * is imported. */
static void test_odd_bytes(void **state)
{
	struct harness *harness = harness_of(state);
	struct buffer file = {.maximum = 1 << 16};
	/* Cut for the message in the middle of a character, were it by bytes. */
	buffer_string(&file, EPISODES "T1,\"");
	for (int i = 0; i < 300; i++)
		buffer_string(&file, "\xc3\xa9");
	buffer_string(&file,
		"\nT2,01/07/2023,S,C2,N1,U1,PR1,,,,,,x\xe2\x82\xac\n");
	importing_one(harness, "ssda903",
		importing_write(harness, "in/episodes.csv", buffer_text(&file)));
	buffer_finish(&file);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT urn FROM episode_return"),
		"x\xe2\x82\xac\n");
	static const char zero[] = EPISODES
		"T3,01/07/2023,S,C2,N1,U1,PR1,,,,,,a\0b\n" ROW_ONE;
	struct import_outcome outcome = importing_one(harness, "ssda903",
		importing_write(harness, "zero/episodes.csv",
			(struct text){zero, sizeof zero - 1}));
	assert_int_equal(outcome.batches[0].rows_in, 2);
	assert_int_equal(outcome.batches[0].refused, 1);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT row_number, value FROM import_fault"
				    " WHERE message LIKE '%zero byte%'"),
		"2|T3,01/07/2023,S,C2,N1,U1,PR1,,,,,,a\n");
}

/* ---- Source rows ---- */

static const char *source_row(struct harness *harness, int64_t row)
{
	struct fault fault = {0};
	struct text text;
	const struct import_place place = {HARNESS_LA,
		importing_number(harness, "SELECT MAX(id) FROM batch"), 0, row};
	HARNESS_DONE(import_source_row(harness_store(harness), &place,
			     harness_arena(harness), &text, &fault),
		&fault);
	return arena_string(harness_arena(harness), text);
}

#define AGGREGATES "measure,period,value,note,source,entered_by"

static void test_source_rows(void **state)
{
	static const struct {
		const char *name, *bytes, *second, *third;
	} files[] = {
		{"plain.csv",
			AGGREGATES "\r\nM,2024-25,1,\"a \"\"b\"\", c\",T,A\r\n"
				   "N,2024-25,2, d ,T,A\r\n",
			"M,2024-25,1,\"a \"\"b\"\", c\",T,A",
			"N,2024-25,2, d ,T,A"},
		{"mark.csv",
			"\xef\xbb\xbf" AGGREGATES "\nM,2024-25,1,\"two\nlines\",T,A\n"
			"N,2024-25,2,\xc3\xa9,T,A",
			"M,2024-25,1,\"two\nlines\",T,A",
			"N,2024-25,2,\xc3\xa9,T,A"},
		{"windows.csv",
			AGGREGATES "\nM,2024-25,1,caf\xe9 \x80,T,A\n"
				   "N,2024-25,2,,T,A\n",
			"M,2024-25,1,caf\xc3\xa9 \xe2\x82\xac,T,A",
			"N,2024-25,2,,T,A"},
		{"semicolons.csv",
			"measure;period;value;note;source;entered_by\n"
			"M;2024-25;1;\"two\nlines\";T;A\nN;2024-25;2;,;T;A\n",
			"M;2024-25;1;\"two\nlines\";T;A", "N;2024-25;2;,;T;A"},
	};
	struct harness *harness = harness_of(state);
	for (size_t i = 0; i < COUNT_OF(files); i++) {
		importing_one(harness, "aggregates",
			importing_write(harness, files[i].name,
				text_of(files[i].bytes)));
		assert_string_equal(source_row(harness, 2), files[i].second);
		assert_string_equal(source_row(harness, 3), files[i].third);
		assert_string_equal(source_row(harness, 4), "");
	}
}

static void test_source_rows_wide(void **state)
{
	static const char text[] = AGGREGATES
		"\r\nM,2024-25,1,wide,T,A\r\nN,2024-25,2,,T,A\r\n";
	struct harness *harness = harness_of(state);
	struct buffer wide = {.maximum = 4096};
	buffer_string(&wide, "\xff\xfe");
	for (size_t i = 0; i + 1 < sizeof text; i++) {
		buffer_char(&wide, text[i]);
		buffer_char(&wide, '\0');
	}
	importing_one(harness, "aggregates",
		importing_write(harness, "wide.csv", buffer_text(&wide)));
	buffer_finish(&wide);
	assert_string_equal(source_row(harness, 2), "M,2024-25,1,wide,T,A");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT encoding FROM batch_file"),
		"UTF-16, low byte first\n");
}

/* A file of several pieces comes back whole. */
static void test_source_rows_long(void **state)
{
	enum { ROWS = 60000 };
	struct harness *harness = harness_of(state);
	struct buffer file = {.maximum = 1 << 24};
	buffer_string(&file, "pcd,laua,oseast1m,osnrth1m\n");
	for (int i = 0; i < ROWS; i++)
		buffer_format(&file, "N%d %dAA,E09000019,%d,180000\n",
			1 + i / 10 % 90, i % 10, 500000 + i);
	importing_one(harness, "postcodes",
		importing_write(harness, "long.csv", buffer_text(&file)));
	buffer_finish(&file);
	assert_true(importing_number(harness, "SELECT COUNT(*) FROM batch_chunk")
		> 1);
	assert_string_equal(source_row(harness, ROWS + 1),
		"N60 9AA,E09000019,559999,180000");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_again),
		HARNESS_EACH_ENGINE(test_stranger),
		HARNESS_SQLITE(test_strange_xml),
		HARNESS_EACH_ENGINE(test_broken_midway),
		HARNESS_SQLITE(test_unknown_kind),
		HARNESS_EACH_ENGINE(test_faults_named),
		HARNESS_EACH_ENGINE(test_audited),
		HARNESS_EACH_ENGINE(test_odd_bytes),
		HARNESS_EACH_ENGINE(test_source_rows),
		HARNESS_SQLITE(test_source_rows_wide),
		HARNESS_EACH_ENGINE(test_source_rows_long),
	};
	return HARNESS_RUN(tests);
}
