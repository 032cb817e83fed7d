/* SPDX-License-Identifier: MIT
 *
 * Accounts, roles, teams, links, conflicts of interest, the key file.
 */
#include <sys/stat.h>
#include <unistd.h>

#include "accounts/link.h"
#include "accounts/team.h"
#include "base/file.h"
#include "people_at_work.h"

static struct account look_up(struct people_at_work *people, int64_t id,
	int64_t now)
{
	struct fault fault = {0};
	struct account account;
	HARNESS_DONE(account_read(&people->accounts, id, now, &account, &fault),
		&fault);
	return account;
}

static enum fault_kind add(struct people_at_work *people, const char *login,
	const char *const *roles, size_t count)
{
	struct fault fault = {0};
	int64_t id;
	const struct account_act act = people_act(0, PEOPLE_NOON);
	people_open(people);
	bool is_done = account_add(&people->accounts,
		&(struct account_new){.login = text_of(login),
			.name = TEXT("Ada Example"),
			.roles = role_set_of(people->accounts.roles, roles,
				count)},
		&act, &id, &fault);
	people_shut(people);
	assert_int_equal(is_done, !fault_is_set(&fault));
	return fault.kind;
}

static void test_add_and_find(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct account account;
	const char *roles[] = {"ehe-officer", "analyst"};
	assert_int_equal(add(&people, " Ada.Example@Council.Example ", roles, 2),
		FAULT_NONE);
	HARNESS_DONE(account_find(&people.accounts,
			     TEXT("ADA.EXAMPLE@council.example"), PEOPLE_NOON,
			     &account, &fault),
		&fault);
	assert_true(text_is(account.login, "ada.example@council.example"));
	assert_true(text_is(account.email, "Ada.Example@Council.Example"));
	assert_int_equal(account.state, ACCOUNT_INVITED);
	assert_false(account.has_password);
	assert_true(role_has(people.accounts.roles, account.roles, "analyst"));
	assert_false(role_has(people.accounts.roles, account.roles, "dpo"));
	assert_int_equal(role_most_read(people.accounts.roles, account.roles),
		ROLE_CASES);
	assert_int_equal(people_audited(&people, "account-add"), 1);
	/* One account a login, however it is written: fullwidth letters too. */
	assert_int_equal(add(&people, "ada.EXAMPLE@council.example", roles, 1),
		FAULT_CONFLICT);
	assert_int_equal(add(&people,
				 "\xef\xbd\x81"
				 "da.example@council.example",
				 roles, 1),
		FAULT_CONFLICT);
}

static void test_not_logins(void **state)
{
	static const char *const not [] = {"", "   ", "a b", "a\tb", "a\x7f",
		"\xc3\x28",
		"a\xe2\x80\x8b"
		"b" /* zero width */};
	struct people_at_work people = people_begin(state);
	const char *role = "hr";
	for (size_t i = 0; i < COUNT_OF(not ); i++)
		assert_int_equal(add(&people, not [i], &role, 1), FAULT_INPUT);
	char *longest = arena_new(people.accounts.arena, 300);
	memset(longest, 'a', 255);
	assert_int_equal(add(&people, longest, &role, 1), FAULT_INPUT);
	longest[254] = '\0';
	assert_int_equal(add(&people, longest, &role, 1), FAULT_NONE);
}

/* Every row of the list can be held, and says what it reads. */
static void test_roles(void **state)
{
	static const char *const needed[] = {"ehe-officer",
		"education-welfare-officer", "principal-officer", "school-lead",
		"social-worker", "team-manager", "service-manager",
		"embedded-worker", "housing-officer", "ta-officer",
		"permanency-worker", "decision-maker", "virtual-school-head",
		"analyst", "measure-owner", "democratic-services",
		"programme-manager", "partner", "hr", "library-staff", "dpo",
		"administrator", "family", "young-person"};
	struct people_at_work people = people_begin(state);
	const struct role_list *roles = people.accounts.roles;
	for (size_t i = 0; i < COUNT_OF(needed); i++)
		assert_true(role_place(roles, text_of(needed[i])) >= 0);
	for (size_t i = 0; i < roles->count; i++) {
		struct role_set one = role_with((struct role_set){0}, (int)i);
		assert_true(roles->roles[i].does.length > 0);
		assert_true(role_may_join(roles, one));
		assert_true(
			text_equals(role_words(roles, one, people.accounts.arena),
				roles->roles[i].code));
		assert_int_equal(role_without(one, (int)i).bits, 0);
		const char *code = arena_string(people.accounts.arena,
			roles->roles[i].code);
		people_add(&people, code, code);
	}
	assert_int_equal(role_place(roles, TEXT("king")), -1);
	assert_int_equal(role_with((struct role_set){0}, -1).bits, 0);
}

/* ASVS 8.2.1 and separation of duties: who makes accounts reads no child. */
static void test_administrators_read_no_cases(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const char *both[] = {"administrator", "social-worker"};
	const char *fine[] = {"administrator", "analyst"};
	assert_int_equal(add(&people, "one", both, 2), FAULT_CONFLICT);
	assert_int_equal(add(&people, "two", fine, 2), FAULT_NONE);
	int64_t id = people_add(&people, "three", "administrator");
	assert_int_equal(role_most_read(people.accounts.roles,
				 look_up(&people, id, PEOPLE_NOON).roles),
		ROLE_NOTHING);
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	assert_false(account_give(&people.accounts, &act, TEXT("dpo"), &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	fault_clear(&fault);
	assert_false(account_give(&people.accounts, &act, TEXT("king"), &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	people_shut(&people);
}

static void test_give_and_take(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int64_t id = people_add(&people, "ada", "analyst");
	const struct account_act act = people_act(id, PEOPLE_NOON + 5);
	people_open(&people);
	for (int i = 0; i < 2; i++)
		HARNESS_DONE(account_give(&people.accounts, &act,
				     TEXT("sign-off"), &fault)
				&& account_take(&people.accounts, &act,
					TEXT("analyst"), &fault),
			&fault);
	people_shut(&people);
	struct account account = look_up(&people, id, PEOPLE_NOON);
	assert_true(text_is(role_words(people.accounts.roles, account.roles,
				    people.accounts.arena),
		"sign-off"));
	assert_true(account.roles_at == PEOPLE_NOON + 5);
	/* Doing it twice is one entry each. */
	assert_int_equal(people_audited(&people, "account-give"), 1);
	assert_int_equal(people_audited(&people, "account-take"), 1);
}

static void test_list(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const struct account *list;
	size_t count;
	people_add(&people, "zoe", "hr");
	people_add(&people, "ada", "analyst");
	HARNESS_DONE(account_list(&people.accounts, PEOPLE_NOON, &list, &count,
			     &fault),
		&fault);
	assert_int_equal(count, 2);
	assert_true(text_is(list[0].login, "ada"));
	assert_true(role_has(people.accounts.roles, list[0].roles, "analyst"));
	assert_true(role_has(people.accounts.roles, list[1].roles, "hr"));
	assert_false(role_has(people.accounts.roles, list[1].roles, "analyst"));
}

static size_t teams_on(struct people_at_work *people, int64_t id, int64_t now)
{
	return look_up(people, id, now).team_count;
}

static void test_teams(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const int64_t later = PEOPLE_NOON + 40 * ACCOUNT_DAY;
	int64_t id = people_add(&people, "ada", "social-worker"), team, same;
	struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	HARNESS_DONE(team_add(&people.accounts, &act, TEXT("North Team"), &team,
			     &fault)
			&& team_join(&people.accounts, &act, team, &fault)
			&& team_join(&people.accounts, &act, team, &fault)
			&& team_find(&people.accounts, TEXT("north team "),
				&same, &fault),
		&fault);
	assert_true(team == same);
	assert_int_equal(teams_on(&people, id, PEOPLE_NOON), 1);
	assert_int_equal(teams_on(&people, id, PEOPLE_NOON - ACCOUNT_DAY), 0);
	act.now = later;
	HARNESS_DONE(team_leave(&people.accounts, &act, team, &fault)
			&& team_leave(&people.accounts, &act, team, &fault),
		&fault);
	assert_int_equal(teams_on(&people, id, later), 0);
	assert_int_equal(teams_on(&people, id, later - ACCOUNT_DAY), 1);
	HARNESS_DONE(team_join(&people.accounts, &act, team, &fault), &fault);
	assert_int_equal(teams_on(&people, id, later), 1);
	HARNESS_DONE(team_close(&people.accounts, &act, team, &fault), &fault);
	assert_int_equal(teams_on(&people, id, later), 0);
	assert_false(team_add(&people.accounts, &act, TEXT("NORTH TEAM"), &same,
		&fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	people_shut(&people);
	assert_int_equal(people_audited(&people, "team-join"), 2);
}

/* Closing ends what the account had; nothing of it is removed. */
static void test_close_and_reopen(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int64_t id = people_add(&people, "ada", "hr");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	struct signin_result in = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, PEOPLE_NOON);
	assert_true(people_has_session(&people, in.token, PEOPLE_NOON));
	people_open(&people);
	HARNESS_DONE(account_close(&people.accounts, &act, "left", &fault),
		&fault);
	assert_false(account_close(&people.accounts, &act, "left", &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	people_shut(&people);
	assert_false(people_has_session(&people, in.token, PEOPLE_NOON));
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
				 PEOPLE_NOON)
				 .verdict,
		SIGNIN_CLOSED);
	assert_int_equal(look_up(&people, id, PEOPLE_NOON).state, ACCOUNT_CLOSED);
	people_open(&people);
	HARNESS_DONE(account_reopen(&people.accounts, &act, &fault), &fault);
	people_shut(&people);
	struct account account = look_up(&people, id, PEOPLE_NOON);
	assert_int_equal(account.state, ACCOUNT_INVITED);
	assert_false(account.has_password);
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
				 PEOPLE_NOON)
				 .verdict,
		SIGNIN_REFUSED);
}

/* 90 days to the millisecond; the sweep says how many. */
static void test_unused_close(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	size_t closed = 99;
	const int64_t limit = PEOPLE_NOON + ACCOUNT_UNUSED_DAYS * ACCOUNT_DAY;
	int64_t idle = people_add(&people, "idle", "hr");
	int64_t busy = people_add(&people, "busy", "hr");
	people_sign_in(&people, "busy", PEOPLE_PASSWORD, PEOPLE_NOON + 10);
	people_open(&people);
	HARNESS_DONE(account_sweep(&people.accounts, limit, &closed, &fault),
		&fault);
	assert_int_equal(closed, 0);
	HARNESS_DONE(account_sweep(&people.accounts, limit + 1, &closed, &fault),
		&fault);
	assert_int_equal(closed, 1);
	people_shut(&people);
	assert_int_equal(look_up(&people, idle, limit).state, ACCOUNT_CLOSED);
	assert_int_equal(look_up(&people, busy, limit).state, ACCOUNT_ACTIVE);
	/* And without a sweep, at the sign-in that comes too late. */
	assert_int_equal(people_sign_in(&people, "busy", PEOPLE_PASSWORD,
				 limit + 11)
				 .verdict,
		SIGNIN_CLOSED);
	assert_int_equal(look_up(&people, busy, limit).state, ACCOUNT_CLOSED);
	assert_int_equal(people_audited(&people, "account-close"), 2);
}

static bool link_is_good(struct people_at_work *people, const char *text,
	int64_t now)
{
	struct fault fault = {0};
	struct link link;
	return link_find(&people->accounts, text_of(text), now, &link, &fault);
}

/* ASVS 6.4.1: links expire, work once, and a newer one makes older ones void. */
static void test_links(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	char first[LINK_TEXT], second[LINK_TEXT];
	struct link link, wanted = {.kind = LINK_RESET};
	int64_t id = people_add(&people, "ada", "hr");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	const int64_t end = PEOPLE_NOON + LINK_RESET_MINUTES * ACCOUNT_MINUTE;
	people_open(&people);
	HARNESS_DONE(link_make(&people.accounts, &act, &wanted, first, &fault)
			&& link_make(&people.accounts, &act, &wanted, second,
				&fault),
		&fault);
	assert_false(link_is_good(&people, first, PEOPLE_NOON));
	assert_true(link_is_good(&people, second, end - 1));
	assert_false(link_is_good(&people, second, end));
	assert_false(link_is_good(&people, "206.0", PEOPLE_NOON));
	HARNESS_DONE(link_find(&people.accounts, text_of(second), PEOPLE_NOON,
			     &link, &fault)
			&& link_use(&people.accounts, &link, PEOPLE_NOON, &fault),
		&fault);
	assert_int_equal(link.kind, LINK_RESET);
	assert_true(link.account == id);
	assert_false(link_is_good(&people, second, PEOPLE_NOON));
	assert_false(link_use(&people.accounts, &link, PEOPLE_NOON, &fault));
	people_shut(&people);
	assert_string_equal(harness_rows(people.harness, people.accounts.store,
				    arena_format(people.accounts.arena,
					    "SELECT count(*) FROM account_link"
					    " WHERE token_hash IN ('%s', '%s')",
					    first, second)),
		"0\n");
}

/* A new address is taken only when its link was followed; the login follows. */
static void test_email(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int64_t id = people_add(&people, "ada@old.example", "hr");
	people_add(&people, "bob@new.example", "hr");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	assert_false(account_set_email(&people.accounts, &act,
		TEXT("BOB@new.example"), &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	fault_clear(&fault);
	assert_false(
		account_set_email(&people.accounts, &act, TEXT("ada"), &fault));
	fault_clear(&fault);
	HARNESS_DONE(account_set_email(&people.accounts, &act,
			     TEXT("Ada@New.example"), &fault),
		&fault);
	people_shut(&people);
	struct account account = look_up(&people, id, PEOPLE_NOON);
	assert_true(text_is(account.login, "ada@new.example"));
	assert_true(text_is(account.email, "Ada@New.example"));
	assert_int_equal(people_audited(&people, "account-email"), 1);
}

static void test_conflicts(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const int64_t *children;
	size_t count;
	int64_t id = people_add(&people, "ada", "social-worker");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	HARNESS_DONE(store_run(people.accounts.store,
			     "INSERT INTO child (la, id, is_uasc, batch, version)"
			     " VALUES (206, 7, 0, 1, 1), (206, 8, 0, 1, 1)",
			     NULL, 0, &fault)
			&& account_add_conflict(&people.accounts, &act, 8,
				TEXT("own-family"), &fault)
			&& account_add_conflict(&people.accounts, &act, 7,
				TEXT("neighbour"), &fault)
			&& account_remove_conflict(&people.accounts, &act, 7,
				&fault)
			&& account_conflicts(&people.accounts, id, &children,
				&count, &fault),
		&fault);
	people_shut(&people);
	assert_int_equal(count, 1);
	assert_int_equal(children[0], 8);
	people_open(&people);
	assert_false(account_remove_conflict(&people.accounts, &act, 7, &fault));
	people_shut(&people);
}

/* ASVS 13.3.1 in spirit: the key is a file of its own, for its owner alone. */
static void test_key_file(void **state)
{
	struct people_at_work people = people_begin(state);
	struct arena *arena = people.accounts.arena;
	struct fault fault = {0};
	struct seal one, two;
	struct stat facts;
	struct text opened;
	const char *path = harness_path(people.harness, "another.key");
	HARNESS_DONE(seal_open(path, &one, &fault)
			&& seal_open(path, &two, &fault),
		&fault);
	assert_memory_equal(one.key, two.key, SEAL_KEY);
	assert_memory_not_equal(one.key, people.seal.key, SEAL_KEY);
	assert_int_equal(stat(path, &facts), 0);
	assert_int_equal(facts.st_mode & 0777, 0400);
	struct text sealed = seal_shut(&one, "206/account/1/second",
		TEXT("a secret"), arena);
	HARNESS_DONE(seal_take(&one, "206/account/1/second", sealed, arena,
			     &opened, &fault),
		&fault);
	assert_true(text_is(opened, "a secret"));
	/* In another place, with another key, cut short, empty: never. */
	assert_false(seal_take(&one, "206/account/2/second", sealed, arena,
		&opened, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	assert_false(seal_take(&people.seal, "206/account/1/second", sealed,
		arena, &opened, &fault));
	for (size_t i = 0; i < sealed.length; i++) {
		fault_clear(&fault);
		assert_false(seal_take(&one, "206/account/1/second",
			text_cut(sealed, 0, i), arena, &opened, &fault));
	}
	fault_clear(&fault);
	assert_int_equal(chmod(path, 0440), 0);
	assert_false(seal_open(path, &two, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
}

static void test_key_place(void **state)
{
	struct people_at_work people = people_begin(state);
	struct arena *arena = people.accounts.arena;
	struct fault fault = {0};
	const char *path;
	HARNESS_DONE(seal_path("a/kith.db", NULL, arena, &path, &fault), &fault);
	assert_string_equal(path, "a/kith.db.key");
	HARNESS_DONE(seal_path("postgresql://x", "k", arena, &path, &fault),
		&fault);
	assert_string_equal(path, "k");
	if (file_environment("KITH_KEY") == NULL) {
		assert_false(
			seal_path("postgresql://x", NULL, arena, &path, &fault));
		assert_int_equal(fault.kind, FAULT_USAGE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_add_and_find),
		HARNESS_SQLITE(test_not_logins),
		HARNESS_SQLITE(test_roles),
		HARNESS_EACH_ENGINE(test_administrators_read_no_cases),
		HARNESS_EACH_ENGINE(test_give_and_take),
		HARNESS_EACH_ENGINE(test_list),
		HARNESS_EACH_ENGINE(test_teams),
		HARNESS_EACH_ENGINE(test_close_and_reopen),
		HARNESS_EACH_ENGINE(test_unused_close),
		HARNESS_EACH_ENGINE(test_links),
		HARNESS_EACH_ENGINE(test_email),
		HARNESS_EACH_ENGINE(test_conflicts),
		HARNESS_SQLITE(test_key_file),
		HARNESS_SQLITE(test_key_place),
	};
	return HARNESS_RUN(tests);
}
