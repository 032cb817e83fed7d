/* SPDX-License-Identifier: MIT
 *
 * What is kept of what was brought in: batches, faults, the audit chain, and
 * that nothing changes twice. Each on a file, a folder and PostgreSQL.
 */
#include "running.h"

#include "base/buffer.h"

static void on_each_place(void **state,
	void (*test)(struct harness *harness, const char *db))
{
	struct harness *h = harness_of(state);
	for (int place = 0; place < RUNNING_PLACES; place++) {
		const char *db = running_database(h, (enum running_place)place,
			"206");
		if (db == NULL)
			continue;
		print_message("# in %s\n",
			running_place_name((enum running_place)place));
		test(h, db);
	}
}

#define AT_206(db) "--db", (db), "--la", "206"

static const char header[] = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
			     "11,1,01/02/2012,WBRI,UN1,,\n"
			     "12,2,03/04/2013,MWBC,UN1,,\n"
			     "13,1,31/02/2014,WBRI,UN1,,\n";
static const char episodes[] = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
			       "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
			       "11,05/04/2023,S,C2,N1,U1,PR1,,,,,,\n"
			       "12,06/05/2023,S,C2,N1,U1,PR1,01/09/2023,E4A,,,,\n"
			       "12,not a date,S,C2,N1,U1,PR1,,,,,,\n"
			       "12,01/10/2023,S,QQ,N1,U1,PR1,,,,,,\n";

static const char *small_return(struct harness *h)
{
	running_write(h, "2023-24/header.csv", header);
	const char *path = running_write(h, "2023-24/episodes.csv", episodes);
	size_t length = text_of(path).length - sizeof "/episodes.csv" + 1;
	return arena_string(harness_arena(h), text_cut(text_of(path), 0, length));
}

/* The column headings of `kith feeds` are read by others. */
static void feeds(struct harness *h, const char *db)
{
	struct text heading, line;
	static const char *const columns[] = {"la", "source", "batch",
		"rows in", "rejected", "repaired", "warned", "children",
		"linked", "covers", "to", "age"};
	struct running run = KITH(h, AT_206(db), "feeds");
	assert_int_equal(run.code, 0);
	SAME(run.out, text_of(""));
	SAYS(run.err, "nothing is loaded yet");
	run = KITH(h, AT_206(db), "import", "ssda903", small_return(h));
	assert_int_equal(run.code, 1);
	SAYS(run.out, "7 rows, 1 refused, 0 repaired, 2 warned");
	SAYS(run.err, "kith faults");
	struct text list = EXPECT(0, h, AT_206(db), "feeds");
	heading = text_split(list, '\n', &line);
	size_t from = 0;
	for (size_t i = 0; i < COUNT_OF(columns); i++) {
		struct text rest = text_cut(heading, from, heading.length - from);
		SAYS(rest, columns[i]);
		while (!text_starts(text_cut(heading, from, heading.length - from),
			text_of(columns[i])))
			from++;
		from += text_of(columns[i]).length;
	}
	SAYS(line, "206  ssda903");
	SAYS(line, "2023-04-01 2024-03-31");
	SAYS(line, " days\n");
	assert_int_equal(running_rows(line), 0);
}

static void test_feeds(void **state)
{
	on_each_place(state, feeds);
}

/* Each fault names file, row, column, value and rule; what is refused is
 * counted, and the rest is there. */
static void faults(struct harness *h, const char *db)
{
	EXPECT(1, h, AT_206(db), "import", "ssda903", small_return(h));
	struct running run = KITH(h, AT_206(db), "faults");
	assert_int_equal(run.code, 1);
	SAME(run.err, text_of(""));
	SAYS(run.out, "header.csv: row 4, DOB: ");
	SAYS(run.out, "Value: \"31/02/2014\".");
	SAYS(run.out, "episodes.csv: row 4, DECOM: ");
	SAYS(run.out, "Value: \"not a date\".");
	SAYS(run.out, "episodes.csv: row 5, LS: ");
	SAYS(run.out, "Value: \"QQ\".");
	struct text csv = EXPECT(0, h, AT_206(db), "measure", "LAC", "--at",
		"2023-08-01", "--format", "csv");
	SAME(running_cell(h, csv, 1, "numerator"), text_of("2"));
	SAME(running_cell(h, csv, 1, "value"), text_of("2.0"));
}

/* From a child in a list to the row it counts by, as it came. */
static void source(struct harness *h, const char *db)
{
	struct arena *arena = harness_arena(h);
	assert_int_equal(KITH(h, AT_206(db), "import", "ssda903", small_return(h))
				 .code,
		1);
	struct text list = EXPECT(0, h, AT_206(db), "measure", "LAC3P", "--at",
		"2023-06-30", "--children");
	SAYS(list, "placement began: U1 (S) [");
	struct text rest = list, place = {.at = NULL, .length = 0};
	while (rest.length > 0) {
		struct text line = text_split(rest, '\n', &rest);
		if (!text_has(line, TEXT(" 12 ")))
			continue;
		(void)text_split(line, '[', &place);
		place = text_split(place, ']', &line);
	}
	struct text shown = EXPECT(0, h, AT_206(db), "source",
		arena_string(arena, place));
	SAYS(shown, "ssda903 2023-24, episodes.csv (Episodes), row 3\n");
	SAYS(shown, "\nCHILD,DECOM,RNE,LS,");
	SAYS(shown, "\n12,06/05/2023,S,C2,N1,U1,PR1,01/09/2023,E4A,,,,\n");
	/* A row found at fault says so. */
	struct text part;
	struct text batch = text_split(place, '/', &part);
	part = text_split(part, '/', &rest);
	shown = EXPECT(0, h, AT_206(db), "source",
		arena_format(arena, TEXT_FORMAT "/" TEXT_FORMAT "/5",
			TEXT_ARGS(batch), TEXT_ARGS(part)));
	SAYS(shown, "\n12,01/10/2023,S,QQ,N1,U1,PR1,,,,,,\n");
	SAYS(shown, "warned, LS: ");
	struct running run = KITH(h, AT_206(db), "source", "1/0/2");
	assert_int_equal(run.code, 3);
	SAYS(run.err, "no row 2 in part 0 of 1");
	run = KITH(h, AT_206(db), "source", "nonsense");
	assert_int_equal(run.code, 2);
	run = KITH(h, AT_206(db), "--role", "analyst", "source",
		arena_string(arena, place));
	assert_int_equal(run.code, 4);
}

static void test_source(void **state)
{
	on_each_place(state, source);
}

static void test_faults(void **state)
{
	on_each_place(state, faults);
}

static void again(struct harness *h, const char *db)
{
	const char *folder = small_return(h);
	EXPECT(1, h, AT_206(db), "import", "ssda903", folder);
	struct text feeds_before = EXPECT(0, h, AT_206(db), "feeds");
	struct text before = EXPECT(0, h, AT_206(db), "report", "quarterly",
		"--period", "2023-24Q4", "--format", "json");
	SAYS(EXPECT(0, h, AT_206(db), "import", "ssda903", folder),
		"nothing changed for them");
	SAME(EXPECT(0, h, AT_206(db), "feeds"), feeds_before);
	SAME(EXPECT(0, h, AT_206(db), "report", "quarterly", "--period",
		     "2023-24Q4", "--format", "json"),
		before);
}

static void test_again(void **state)
{
	on_each_place(state, again);
}

/* ---- A real malformed return ---- */

static void malformed(struct harness *h, const char *db)
{
	const char *folder = running_sample(h, "ssda903-malformed");
	if (folder == NULL)
		return;
	struct text said = EXPECT(1, h, AT_206(db), "import", "ssda903", folder);
	SAYS(said, " rows, ");
	SAYS(EXPECT(1, h, AT_206(db), "faults"), ": row ");
	EXPECT(0, h, AT_206(db), "audit", "verify");
}

static void test_malformed(void **state)
{
	on_each_place(state, malformed);
}

/* ---- The audit chain ---- */

static void sql(struct harness *h, const char *url, const char *statement)
{
	struct fault fault = {0};
	struct store *store;
	HARNESS_DONE(store_open(&(struct store_options){.url = url}, &store,
			     &fault),
		&fault);
	HARNESS_DONE(store_run(store, statement, NULL, 0, &fault), &fault);
	store_close(store);
	(void)h;
}

/* Where a folder keeps the authority. */
static const char *file_of(struct harness *h, const char *db)
{
	return text_has(text_of(db), TEXT("/region-"))
		? arena_format(harness_arena(h), "%s/206.db", db)
		: db;
}

static void chain(struct harness *h, const char *db)
{
	const char *folder = small_return(h);
	struct text whole, rest;
	EXPECT(1, h, AT_206(db), "--as", "test officer", "import", "ssda903",
		folder);
	EXPECT(0, h, AT_206(db), "measure", "LAC", "--at", "2023-08-01",
		"--children");
	whole = EXPECT(0, h, AT_206(db), "audit", "verify");
	SAYS(whole, "whole, head ");
	/* One entry a list of children that was read, none a figure. */
	int64_t entries = running_number(
		text_split(text_cut(whole, 5, whole.length), ' ', &rest));
	EXPECT(0, h, AT_206(db), "measure", "LAC", "--at", "2023-08-01");
	EXPECT(0, h, AT_206(db), "feeds");
	EXPECT(0, h, AT_206(db), "measure", "LAC", "--at", "2023-08-01",
		"--children");
	whole = EXPECT(0, h, AT_206(db), "audit", "verify");
	assert_int_equal(running_number(
				 text_split(text_cut(whole, 5, whole.length),
					 ' ', &rest)),
		entries + 1);
	sql(h, file_of(h, db),
		"UPDATE audit SET actor = 'someone else' WHERE la = 206 AND"
		" seq = 2");
	SAYS(EXPECT(1, h, AT_206(db), "audit", "verify"), "broken at entry 2: ");
}

static void test_chain(void **state)
{
	on_each_place(state, chain);
}

/* A figure that cannot be computed writes no entry; a set does. */
static void settings(struct harness *h, const char *db)
{
	struct text before = EXPECT(0, h, AT_206(db), "audit", "verify");
	EXPECT(2, h, AT_206(db), "set", "placement_break_rule", "SOMETIMES");
	SAME(EXPECT(0, h, AT_206(db), "audit", "verify"), before);
	struct running run = KITH(h, AT_206(db), "set", "placement_break_rule",
		"PLACEMENT", "--from", "2024-04-01");
	assert_int_equal(run.code, 0);
	SAYS(run.err, "placement_break_rule is PLACEMENT");
	SAME(run.out, text_of(""));
	SAYS(EXPECT(0, h, AT_206(db), "report", "quarterly", "--period",
		     "2024-25Q1", "--explain", "LAC3P"),
		"placement_break_rule = PLACEMENT");
	SAYS(EXPECT(0, h, AT_206(db), "report", "quarterly", "--period",
		     "2023-24Q4", "--explain", "LAC3P"),
		"placement_break_rule = CARER");
}

static void test_settings(void **state)
{
	on_each_place(state, settings);
}

/* A change waits for the writer and says so when it cannot have its turn. */
static void test_busy(void **state)
{
	struct harness *h = harness_of(state);
	const char *db = running_database(h, RUNNING_FILE, "206");
	struct fault fault = {0};
	struct store *store;
	HARNESS_DONE(store_open(&(struct store_options){.url = db}, &store,
			     &fault),
		&fault);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	struct running run = KITH(h, "--db", db, "set", "placement_break_rule",
		"CARER");
	store_rollback(store);
	store_close(store);
	assert_int_equal(run.code, 5);
	EXPECT(0, h, "--db", db, "set", "placement_break_rule", "CARER");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_feeds),
		HARNESS_SQLITE(test_source),
		HARNESS_SQLITE(test_faults),
		HARNESS_SQLITE(test_again),
		HARNESS_SQLITE(test_malformed),
		HARNESS_SQLITE(test_chain),
		HARNESS_SQLITE(test_settings),
		HARNESS_SQLITE(test_busy),
	};
	return HARNESS_RUN(tests);
}
