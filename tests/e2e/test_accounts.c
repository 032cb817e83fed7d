/* SPDX-License-Identifier: MIT
 *
 * kith account, as the first administrator of a council would use it.
 */
#include "running.h"

#include "base/file.h"

static const char *ready(struct harness *harness)
{
	const char *db = harness_path(harness, "council.db");
	EXPECT(0, harness, "init", "--db", db, "--la", "206");
	return db;
}

static void test_first_administrator(void **state)
{
	struct harness *harness = harness_of(state);
	const char *db = ready(harness);
	struct text link = EXPECT(0, harness, "account", "add",
		"ada@council.example", "--name", "Ada Example", "--roles",
		"administrator", "--db", db);
	assert_int_equal(text_trim(link).length, 56);
	struct text list = EXPECT(0, harness, "account", "list", "--db", db);
	SAYS(list, "ada@council.example");
	SAYS(list, "invited  never");
	SAYS(list, "administrator");
	NEVER_SAYS(list, arena_string(harness_arena(harness), text_trim(link)));
	EXPECT(0, harness, "account", "role", "ada@council.example", "give",
		"analyst", "--db", db);
	/* Who makes accounts reads no cases. */
	EXPECT(5, harness, "account", "role", "ada@council.example", "give",
		"social-worker", "--db", db);
	SAYS(EXPECT(0, harness, "account", "list", "--format", "json", "--db", db),
		"\"roles\": \"analyst administrator\"");
	EXPECT(0, harness, "audit", "verify", "--db", db);
}

static void test_password(void **state)
{
	struct harness *harness = harness_of(state);
	const char *db = ready(harness);
	struct arena *arena = harness_arena(harness);
	EXPECT(0, harness, "account", "add", "ada", "--name", "Ada Example",
		"--db", db);
	static const struct {
		const char *password, *says;
		int code;
	} cases[] = {{"short", "12 characters or more", 3},
		{"Islington.Council.2026", "your council", 3},
		{"violet kettle under nine ladders", "the password is set", 0}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct running run = running_shell(harness, ".",
			arena_format(arena,
				"echo '%s' | kith account password ada --db %s",
				cases[i].password, db));
		assert_int_equal(run.code, cases[i].code);
		SAYS(run.err, cases[i].says);
		NEVER_SAYS(run.err, cases[i].password);
	}
	SAYS(EXPECT(0, harness, "account", "list", "--db", db), "active");
}

static void test_teams_and_ends(void **state)
{
	struct harness *harness = harness_of(state);
	const char *db = ready(harness);
	EXPECT(0, harness, "account", "add", "ada", "--name", "Ada Example",
		"--db", db);
	EXPECT(0, harness, "account", "team", "add", "North Team", "--db", db);
	EXPECT(0, harness, "account", "team", "join", "ada", "north team",
		"--db", db);
	SAYS(EXPECT(0, harness, "account", "team", "list", "--db", db),
		"North Team");
	SAYS(EXPECT(0, harness, "account", "roles"), "virtual-school-head");
	EXPECT(0, harness, "account", "close", "ada", "--why", "left", "--db",
		db);
	EXPECT(5, harness, "account", "reset", "ada", "--db", db);
	EXPECT(0, harness, "account", "reopen", "ada", "--db", db);
	EXPECT(0, harness, "account", "reset", "ada", "--db", db);
	SAYS(EXPECT(0, harness, "account", "sweep", "--db", db), "0 closed");
}

/* The secret is read, sealed and nowhere in the clear. */
static void test_provider(void **state)
{
	struct harness *harness = harness_of(state);
	const char *db = ready(harness);
	struct arena *arena = harness_arena(harness);
	static const char issuer[] = "https://login.council.example";
	struct running run = running_shell(harness, ".",
		arena_format(arena,
			"echo 'a client secret' | kith account provider %s kith"
			" https://kith.council.example/back --name 'Council"
			" sign-in' --claim roles --db %s",
			issuer, db));
	assert_int_equal(run.code, 0);
	assert_true(file_exists(arena_format(arena, "%s.key", db)));
	EXPECT(0, harness, "account", "group", issuer, "g-1", "means",
		"ehe-officer", "--db", db);
	EXPECT(3, harness, "account", "group", issuer, "g-1", "means", "king",
		"--db", db);
	EXPECT(0, harness, "account", "group", issuer, "g-1", "not",
		"ehe-officer", "--db", db);
	EXPECT(3, harness, "account", "group", issuer, "g-1", "not",
		"ehe-officer", "--db", db);
	run = running_shell(harness, ".",
		arena_format(arena, "! grep -qa 'a client secret' %s %s.key",
			db, db));
	assert_int_equal(run.code, 0);
	run = running_shell(harness, ".",
		arena_format(arena,
			"echo | kith account provider http://council.example kith"
			" https://kith.council.example/back --name X --db %s",
			db));
	assert_int_equal(run.code, 3);
}

static void test_refused(void **state)
{
	struct harness *harness = harness_of(state);
	const char *db = ready(harness);
	EXPECT(2, harness, "account", "--db", db);
	EXPECT(2, harness, "account", "add", "ada", "--db", db);
	EXPECT(2, harness, "account", "role", "ada", "lend", "hr", "--db", db);
	EXPECT(3, harness, "account", "close", "nobody", "--db", db);
	EXPECT(4, harness, "account", "list", "--role", "analyst", "--db", db);
	EXPECT(3, harness, "account", "add", "a b", "--name", "A", "--db", db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_first_administrator),
		HARNESS_SQLITE(test_password),
		HARNESS_SQLITE(test_teams_and_ends),
		HARNESS_SQLITE(test_provider),
		HARNESS_SQLITE(test_refused),
	};
	return HARNESS_RUN(tests);
}
