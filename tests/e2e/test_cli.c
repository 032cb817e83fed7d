/* SPDX-License-Identifier: MIT
 *
 * What the command line promises whoever scripts it: exit codes, streams,
 * columns, and plain refusals.
 */
#include "running.h"

#include "base/buffer.h"

/* ---- Words it does not know: 2, and nothing on standard output ---- */

static void refuses(struct harness *harness, int code, const char *part,
	const char *const *words)
{
	struct running run = running_words(harness, words);
	running_expect(code, run, words, __FILE__, __LINE__);
	SAME(run.out, text_of(""));
	SAYS(run.err, "kith: ");
	SAYS(run.err, part);
}
#define REFUSES(harness, code, part, ...) \
	refuses((harness), (code), (part), \
		(const char *const[]){__VA_ARGS__, NULL})

static void test_usage(void **state)
{
	struct harness *h = harness_of(state);
	const char *db = running_database(h, RUNNING_FILE, "206");
	REFUSES(h, 2, "there is no command \"absense\"", "absense");
	REFUSES(h, 2, "there is no option \"--dbb\"", "--dbb", "x", "feeds");
	REFUSES(h, 2, "--db needs a value", "feeds", "--db");
	REFUSES(h, 2, "--at cannot be \"30/06/2024\"", "measure", "LAC", "--at",
		"30/06/2024");
	REFUSES(h, 2, "--at cannot be \"2023-02-29\"", "measure", "LAC", "--at",
		"2023-02-29");
	REFUSES(h, 2, "--la cannot be \"Islington\"", "init", "--la",
		"Islington");
	REFUSES(h, 2, "--la cannot be \"-1\"", "init", "--la=-1");
	REFUSES(h, 2, "usage: kith init", "--db", db, "init");
	REFUSES(h, 2, "usage: kith import", "--db", db, "import", "ssda903");
	REFUSES(h, 2, "teapot", "--db", db, "import", "teapot", "/dev/null");
	REFUSES(h, 2, "there is no measure \"LACX\"", "--db", db, "measure",
		"LACX", "--at", "2024-06-30");
	REFUSES(h, 2, "a measure needs a day", "--db", db, "measure", "LAC");
	REFUSES(h, 2, "shoe-size", "--db", db, "measure", "LAC", "--at",
		"2024-06-30", "--by", "shoe-size");
	REFUSES(h, 2, "at most 2", "--db", db, "measure", "LAC", "--at",
		"2024-06-30", "--by", "age,sex,ward");
	REFUSES(h, 2, "--format cannot be \"yaml\"", "--db", db, "measure",
		"LAC", "--at", "2024-06-30", "--format", "yaml");
	REFUSES(h, 2, "--format cannot be \"doc\"", "--db", db, "report",
		"quarterly", "--period", "2024-25Q1", "--format", "doc");
	REFUSES(h, 2, "--period cannot be \"2024Q9\"", "report", "quarterly",
		"--period", "2024Q9");
	REFUSES(h, 2, "the report needs a quarter", "--db", db, "report",
		"quarterly");
	REFUSES(h, 2, "the report needs a quarter", "--db", db, "report",
		"quarterly", "--period", "2024-25");
	REFUSES(h, 2, "there is no role \"admin\"", "--db", db, "feeds",
		"--role", "admin");
	REFUSES(h, 2, "no setting", "--db", db, "set", "colour", "blue");
	REFUSES(h, 2, "cannot be \"BLUE\"", "--db", db, "set",
		"placement_break_rule", "BLUE");
	REFUSES(h, 2, "usage: kith schema", "schema", "--engine", "oracle");
	REFUSES(h, 2, "usage: kith audit verify", "--db", db, "audit", "burn");
	REFUSES(h, 2, "usage: kith define", "define", "burn", "x");
	REFUSES(h, 3, "no authority of that number", "--db", db, "report",
		"quarterly", "--period", "2024-25Q1", "--la", "999");
}

/* Without a command: the help, on standard output, and 2. */
static void test_help(void **state)
{
	struct harness *h = harness_of(state);
	static const char *const words[] = {"init", "import", "feeds", "faults",
		"measure", "report", "set", "comment", "define", "audit",
		"backup", "restore", "schema", "demo", "--db", "--la", "--at",
		"--definitions", "--role", "--as", "--name", "--from", "--to",
		"--by", "--children", "--publish", "--period", "--format",
		"--out", "--explain", "--no-breakdowns", "--why", "--so-what",
		"--what-next", "--by-when", "--engine", "--seed", "--batch",
		"--no-serve", "--help", "--version", "KITH_DB", "exit codes",
		"ssda903, cin, annex-a, census, marks, ees, postcodes,"
		" aggregates"};
	struct text help = EXPECT(0, h, "--help");
	for (size_t i = 0; i < COUNT_OF(words); i++)
		SAYS(help, words[i]);
	SAME(EXPECT(2, h, NULL), help);
	SAME(EXPECT(0, h, "feeds", "--help"), help);
	SAYS(EXPECT(0, h, "--version"), "kith ");
}

/* ---- What cannot be read: 3, and the store is as it was ---- */

static void test_unreadable(void **state)
{
	struct harness *h = harness_of(state);
	const char *db = running_database(h, RUNNING_FILE, "206");
	const char *empty = harness_path(h, "no-such-folder");
	const char *other = running_write(h, "other/readme.txt", "hello\n");
	const char *broken = running_write(h, "cin/broken.xml", "<Message><A>");
	struct text before = running_read(h, db);
	REFUSES(h, 3, "no-such-folder", "--db", db, "import", "ssda903", empty);
	REFUSES(h, 3, "readme.txt", "--db", db, "import", "ssda903", other);
	REFUSES(h, 3, "broken.xml", "--db", db, "import", "cin", broken);
	REFUSES(h, 3, "no-such.db", "--db", harness_path(h, "no-such.db"),
		"feeds");
	REFUSES(h, 3, "not a database", "--db", other, "feeds");
	REFUSES(h, 3, "no-such.sql", "define", "check",
		harness_path(h, "no-such.sql"));
	assert_true(text_equals(before, running_read(h, db)));
	SAYS(KITH(h, "--db", db, "feeds").err, "nothing is loaded yet");
}

/* ---- Definitions and schema need no database ---- */

static void test_definitions(void **state)
{
	struct harness *h = harness_of(state);
	const char *good = harness_source(h, "definitions/measures/LAC3P.sql");
	const char *bad = running_write(h, "BAD.sql",
		"/*---\nid: BAD\nunit: teapots\npolarity: sideways\n---*/\n"
		"DELETE FROM child\n");
	struct running run = KITH(h, "define", "check", good);
	assert_int_equal(run.code, 0);
	SAME(run.out, text_of(""));
	SAME(run.err, text_of(""));
	SAYS(EXPECT(0, h, "define", "print", good), "LAC3P");
	run = KITH(h, "define", "check", bad);
	assert_int_equal(run.code, 1);
	SAME(run.out, text_of(""));
	SAYS(run.err, "BAD.sql:3:");
	SAYS(run.err, "BAD.sql:4:");
	SAYS(run.err, "teapots");
	SAYS(run.err, "sideways");
}

/* A register by its ending; a file that does not say which register it is lies
 * over the shipped one of its name. */
static void test_define_registers(void **state)
{
	struct harness *h = harness_of(state);
	const char *good = harness_source(h, "definitions/registers/flexi.yaml");
	const char *bad = running_write(h, "odd.yaml",
		"register: odd\ntitel: Odd\nprefix: o\n");
	const char *over = running_write(h, "ehe.yaml",
		"title: Learning at home\n");
	const char *wrong = running_write(h, "over/ehe.yaml",
		"titel: Learning at home\n");
	struct running run = KITH(h, "define", "check", good);
	assert_int_equal(run.code, 0);
	SAME(run.out, text_of(""));
	SAME(run.err, text_of(""));
	SAYS(EXPECT(0, h, "define", "print", good), "## Steps");
	SAYS(EXPECT(0, h, "define", "print", over), "# Learning at home (`ehe`)");
	run = KITH(h, "define", "print", bad);
	assert_int_equal(run.code, 1);
	SAME(run.out, text_of(""));
	SAYS(run.err,
		"odd.yaml:2:1: is not a name used here: \"titel\""
		" (did you mean title?)");
	SAYS(run.err, "odd.yaml:3:9: must be two to eight capital letters");
	run = KITH(h, "define", "check", wrong);
	assert_int_equal(run.code, 1);
	SAME(run.err,
		text_of("ehe.yaml:1:1: is not a name used here: \"titel\""
			" (did you mean title?)\n"));
	REFUSES(h, 3, "no-such.yaml", "define", "check",
		harness_path(h, "no-such.yaml"));
	struct text list = EXPECT(0, h, "define", "list");
	SAYS(list, "register  ehe ");
	SAYS(list, "measure   LAC3P ");
	SAYS(list, "codes     service-methods ");
}

static void test_schema(void **state)
{
	struct harness *h = harness_of(state);
	SAYS(EXPECT(0, h, "schema"), ") STRICT;");
	NEVER_SAYS(EXPECT(0, h, "schema", "--engine", "postgresql"), ") STRICT;");
	struct text citus = EXPECT(0, h, "schema", "--engine", "citus");
	SAYS(citus, "create_distributed_table('child', 'la'");
	SAYS(citus, "create_reference_table('published'");
	NEVER_SAYS(EXPECT(0, h, "schema", "--engine", "postgresql"),
		"create_distributed_table");
}

/* ---- Which database ---- */

static void test_environment(void **state)
{
	struct harness *h = harness_of(state);
	const char *db = running_database(h, RUNNING_FILE, "206");
	const char *command = arena_format(harness_arena(h),
		"KITH_DB='%s' kith feeds; KITH_DB=/nowhere kith --db '%s' feeds;"
		" KITH_DB='%s' KITH_ROLE=library-staff kith measure LAC"
		" --at 2024-06-30",
		db, db, db);
	struct running run = running_shell(h, "/", command);
	assert_int_equal(run.code, 4);
	SAYS(run.err, "your role may not compute a measure");
}

/* Entering the authority again gives it another name and changes nothing
 * else. */
static void test_init(void **state)
{
	struct harness *h = harness_of(state);
	for (int place = 0; place < RUNNING_PLACES; place++) {
		const char *db = running_database(h, (enum running_place)place,
			"206");
		if (db == NULL)
			continue;
		struct running run = KITH(h, "--db", db, "init", "--la", "206",
			"--name", "Elsewhere");
		assert_int_equal(run.code, 0);
		SAYS(run.err, "Elsewhere (206) is ready");
		SAME(run.out, text_of(""));
		SAYS(EXPECT(0, h, "--db", db, "--la", "206", "report",
			     "quarterly", "--period", "2024-25Q1"),
			"Elsewhere (206)");
	}
}

/* ---- Several authorities ---- */

static void test_several(void **state)
{
	struct harness *h = harness_of(state);
	for (int place = 0; place < RUNNING_PLACES; place++) {
		const char *db = running_database(h, (enum running_place)place,
			"206");
		if (db == NULL)
			continue;
		if (place != RUNNING_FOLDER)
			EXPECT(0, h, "--db", db, "init", "--la", "201");
		REFUSES(h, 2, "say which with --la", "--db", db, "import",
			"ssda903", "/dev/null");
		REFUSES(h, 2, "say which with --la", "--db", db, "set",
			"placement_break_rule", "CARER");
		REFUSES(h, 2, "say which with --la", "--db", db, "report",
			"freeze", "--period", "2024-25Q1");
		struct text csv = EXPECT(0, h, "--db", db, "measure", "LAC",
			"--at", "2024-06-30", "--format", "csv");
		SAME(csv,
			text_of("measure,at,la,by,group,numerator,denominator,"
				"value,symbol\n"
				"LAC,2024-06-30,201,,,,,,x\n"
				"LAC,2024-06-30,206,,,,,,x\n"));
		csv = EXPECT(0, h, "--db", db, "--la", "206", "measure", "LAC",
			"--at", "2024-06-30", "--format", "csv");
		SAME(csv,
			text_of("measure,at,la,by,group,numerator,denominator,"
				"value,symbol\n"
				"LAC,2024-06-30,206,,,,,,x\n"));
		struct text verdict = EXPECT(0, h, "--db", db, "audit", "verify");
		SAYS(verdict, "201: ");
		SAYS(verdict, "206: ");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_usage),
		HARNESS_SQLITE(test_help),
		HARNESS_SQLITE(test_unreadable),
		HARNESS_SQLITE(test_definitions),
		HARNESS_SQLITE(test_define_registers),
		HARNESS_SQLITE(test_schema),
		HARNESS_SQLITE(test_environment),
		HARNESS_SQLITE(test_init),
		HARNESS_SQLITE(test_several),
	};
	return HARNESS_RUN(tests);
}
