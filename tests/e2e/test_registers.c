/* SPDX-License-Identifier: MIT
 *
 * Case work from the command line, as an officer and a data protection officer
 * do it, with the invented council's register of bicycles.
 */
#include "running.h"

static struct harness *h;
static const char *db, *council;

/* kith --db DB --definitions COUNCIL ... */
#define OURS(code, ...) \
	EXPECT((code), h, "--db", db, "--definitions", council, __VA_ARGS__)

static struct text said_wrong(int code, const char *const *words)
{
	struct running run = running_words(h, words);
	assert_int_equal(run.code, code);
	return run.err;
}
#define OURS_WRONG(code, ...) \
	said_wrong((code), \
		(const char *const[]){"--db", db, "--definitions", council, \
			__VA_ARGS__, NULL})

static void begin(void **state)
{
	struct fault fault = {0};
	h = harness_of(state);
	council = harness_source(h, "tests/council");
	db = running_database(h,
		harness_engine(h) == STORE_SQLITE ? RUNNING_FILE
						  : RUNNING_POSTGRES,
		"206");
	struct store *store;
	HARNESS_DONE(store_open(&(struct store_options){.url = db}, &store,
			     &fault),
		&fault);
	HARNESS_DONE(store_script(store,
			     "INSERT INTO child (la, id, born, sex, is_uasc,"
			     " batch, version) VALUES (206, 77, '2014-05-06',"
			     " 'F', 0, 1, 1);"
			     "INSERT INTO identifier (la, scheme, value, child,"
			     " grade, batch) VALUES (206, 'child_id', 'C77', 77,"
			     " 'valid', 1);"
			     "INSERT INTO child_name (la, child, kind, surname,"
			     " forename, folded, batch) VALUES (206, 77, 'legal',"
			     " 'Tester', 'Ada', 'tester ada', 1)",
			     &fault),
		&fault);
	store_close(store);
}

/* "LEND-0SA... version 1": the reference. */
static const char *reference_of(struct text out)
{
	return arena_string(harness_arena(h), text_split(out, ' ', &out));
}

static const char *open_one(void)
{
	return reference_of(OURS(0, "case", "open", "lending", "ask", "--child",
		"C77", "wheels=24", "deposit=12.50", "why=Walks 3 miles",
		"--at", "2025-01-06"));
}

static void test_case_work(void **state)
{
	begin(state);
	const char *reference = open_one();
	SAYS(OURS_WRONG(5, "case", "open", "lending", "ask", "--child", "C77",
		     "wheels=24", "deposit=1"),
		"open entry about this child already");
	SAYS(OURS_WRONG(3, "case", "take", reference, "lend", "colour=red"),
		"colour: \"colour\" is not asked for by this step");
	SAYS(OURS(0, "case", "take", reference, "lend", "bicycle=B7", "--at",
		     "2025-01-07", "--try"),
		"due 18 February 2025");
	SAYS(OURS(0, "case", "show", reference), "State: Asked for");
	OURS(0, "case", "take", reference, "lend", "bicycle=B7", "--at",
		"2025-01-07");
	SAYS(OURS(0, "case", "show", reference), "Bicycle number: B7");
	SAYS(OURS(0, "case", "history", reference),
		"State: \"Asked for\" -> \"Lent\"");
	SAYS(OURS(0, "case", "list", "lending", "open", "--format", "csv"),
		"reference,bicycle,wheels\r\n");
	SAYS(OURS(0, "work", "overdue", "--at", "2025-03-01"),
		"1 to do, 1 overdue");
	SAYS(OURS(0, "work", "--at", "2025-02-12"), "1 due soon");
	SAYS(OURS(0, "case", "letter", reference, "lent", "--name", "Parent"),
		"<h1>Your bicycle B7</h1>");
	SAYS(OURS(0, "audit", "verify"), "whole");
}

/* What one asks for, another agrees to. */
static void test_agreement(void **state)
{
	begin(state);
	const char *reference = open_one();
	SAYS(OURS(0, "case", "take", reference, "scrap"), "waits for agreement");
	struct text waiting = OURS(0, "case", "waiting");
	SAYS(waiting, reference);
	const char *number = arena_string(harness_arena(h),
		text_split(waiting, ' ', &waiting));
	SAYS(OURS_WRONG(4, "case", "agree", number),
		"whoever asked cannot agree as well");
	OURS(0, "--as", "max", "case", "agree", number);
	SAYS(OURS(0, "case", "show", reference), "State: Closed");
	SAYS(OURS(0, "case", "waiting"), "Nothing waits");
}

static void test_children(void **state)
{
	begin(state);
	const char *reference = open_one();
	SAYS(OURS(0, "child", "find", "ada tester"), "Ada Tester");
	SAYS(OURS(0, "child", "show", "C77"), reference);
	SAYS(OURS(0, "child", "looked", "C77"), "case-step");
	SAYS(OURS(0, "child", "copy", "C77"), "\"why\": \"for staff alone\"");
	OURS(0, "child", "restrict", "C77", "gil", "--why", "protection");
	SAYS(OURS(0, "--role", "social-worker", "child", "find", "tester"),
		"No child is found");
	SAYS(OURS_WRONG(3, "--role", "social-worker", "child", "open", "77",
		     "--why", "x"),
		"enter why you must see this record now");
	OURS(0, "--role", "social-worker", "child", "open", "77", "--why",
		"at the hospital now");
	SAYS(OURS(0, "--role", "social-worker", "child", "find", "tester"),
		"Ada Tester");
	SAYS(OURS(0, "child", "openings"), "at the hospital now");
	SAYS(OURS(0, "retention", "due"), "Nothing is due");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_case_work),
		HARNESS_EACH_ENGINE(test_agreement),
		HARNESS_EACH_ENGINE(test_children)};
	return HARNESS_RUN(tests);
}
