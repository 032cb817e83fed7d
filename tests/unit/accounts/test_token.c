/* SPDX-License-Identifier: MIT
 *
 * Tokens for programs.
 */
#include "accounts/token.h"

#include "people_at_work.h"

static const char *make(struct people_at_work *people, int64_t account,
	const char *scopes)
{
	char *text = arena_new(people->accounts.arena, TOKEN_TEXT);
	struct fault fault = {0};
	const struct account_act act = people_act(account, PEOPLE_NOON);
	people_open(people);
	HARNESS_DONE(token_make(&people->accounts, &act,
			     &(struct token_new){TEXT("Nightly extract"),
				     text_of(scopes),
				     PEOPLE_NOON + 30 * ACCOUNT_DAY},
			     text, &fault),
		&fault);
	people_shut(people);
	return text;
}

static bool is_good(struct people_at_work *people, const char *text,
	int64_t now, struct token *out_token)
{
	struct fault fault = {0};
	if (token_find(&people->accounts, text_of(text), now, out_token, &fault))
		return true;
	assert_int_equal(fault.kind, FAULT_DENIED);
	return false;
}

static void test_life(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct token token;
	const struct token *list;
	size_t count;
	const int64_t end = PEOPLE_NOON + 30 * ACCOUNT_DAY;
	int64_t id = people_add(&people, "ada", "analyst");
	int64_t other = people_add(&people, "bob", "analyst");
	const char *text = make(&people, id, "report read:ehe");
	assert_int_equal(token_la(text_of(text)), HARNESS_LA);
	assert_true(is_good(&people, text, end - 1, &token));
	assert_true(token.account == id);
	assert_true(token.needs_touch);
	assert_false(is_good(&people, text, end, &token));
	people_open(&people);
	HARNESS_DONE(token_touch(&people.accounts, &token, PEOPLE_NOON, &fault),
		&fault);
	people_shut(&people);
	assert_true(is_good(&people, text, PEOPLE_NOON, &token));
	assert_false(token.needs_touch);
	HARNESS_DONE(token_list(&people.accounts, id, &list, &count, &fault),
		&fault);
	assert_int_equal(count, 1);
	assert_true(text_is(list[0].label, "Nightly extract"));
	assert_string_equal(harness_rows(people.harness, people.accounts.store,
				    arena_format(people.accounts.arena,
					    "SELECT count(*) FROM api_token"
					    " WHERE token_hash = '%s'",
					    text)),
		"0\n");
	const struct account_act not_hers = people_act(other, PEOPLE_NOON);
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	assert_false(token_revoke(&people.accounts, &not_hers, token.id, &fault));
	fault_clear(&fault);
	HARNESS_DONE(token_revoke(&people.accounts, &act, token.id, &fault),
		&fault);
	people_shut(&people);
	assert_false(is_good(&people, text, PEOPLE_NOON, &token));
	assert_int_equal(people_audited(&people, "token-make"), 1);
	assert_int_equal(people_audited(&people, "token-revoke"), 1);
}

/* A token goes with its owner's account. */
static void test_owner(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct token token;
	int64_t id = people_add(&people, "ada", "analyst");
	const char *text = make(&people, id, "report");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	HARNESS_DONE(account_close(&people.accounts, &act, "left", &fault),
		&fault);
	people_shut(&people);
	assert_false(is_good(&people, text, PEOPLE_NOON, &token));
}

static void test_refused(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "analyst");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	const int64_t day = ACCOUNT_DAY;
	const struct token_new cases[] = {
		{TEXT(""), TEXT("report"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT(""), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("report  feeds"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("everything"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("read"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("read:"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("read:EHE"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("report:ehe"), PEOPLE_NOON + day},
		{TEXT("x"), TEXT("report"), PEOPLE_NOON},
		{TEXT("x"), TEXT("report"), PEOPLE_NOON + 365 * day + 1},
	};
	people_open(&people);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault fault = {0};
		char text[TOKEN_TEXT];
		assert_false(token_make(&people.accounts, &act, &cases[i], text,
			&fault));
		assert_int_equal(fault.kind, FAULT_INPUT);
	}
	people_shut(&people);
}

static void test_scopes(void **state)
{
	(void)state;
	const struct token token = {.scopes = TEXT("report read:ehe write:*")};
	static const struct {
		const char *verb, *subject;
		bool may;
	} cases[] = {{"report", "", true}, {"read", "ehe", true},
		{"read", "sgo", false}, {"write", "sgo", true},
		{"write", "", false}, {"read", "", false}, {"rep", "", false},
		{"admin", "", false}, {"", "", false}, {"read", "*", false}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_int_equal(token_may(&token, text_of(cases[i].verb),
					 text_of(cases[i].subject)),
			cases[i].may);
	size_t count;
	const struct token_scope *scopes = token_scopes(&count);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(scopes[i].verb, scopes[j].verb);
}

/* A slip in any place is seen without asking the database. */
static void test_check_sum(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "analyst");
	const char *text = make(&people, id, "report");
	char slip[TOKEN_TEXT];
	for (size_t i = 0; i < TOKEN_TEXT - 1; i++) {
		text_copy(slip, sizeof slip, text_of(text));
		slip[i] = slip[i] == '7' ? '8' : '7';
		assert_int_equal(token_la(text_of(slip)), 0);
		assert_int_equal(token_la(text_cut(text_of(text), 0, i)), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_life),
		HARNESS_EACH_ENGINE(test_owner),
		HARNESS_SQLITE(test_refused),
		HARNESS_SQLITE(test_scopes),
		HARNESS_SQLITE(test_check_sum),
	};
	return HARNESS_RUN(tests);
}
