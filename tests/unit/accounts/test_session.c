/* SPDX-License-Identifier: MIT
 *
 * Sessions: tokens, ends, renewal, lists, forms. Numbers are of OWASP ASVS 5.
 */
#include <sodium.h>

#include "people_at_work.h"

static const char *start(struct people_at_work *people, int64_t account,
	int64_t now)
{
	char *token = arena_new(people->accounts.arena, SESSION_TOKEN);
	struct fault fault = {0};
	people_open(people);
	HARNESS_DONE(session_start(&people->accounts,
			     &(struct session_new){.account = account,
				     .stage = SESSION_FULL,
				     .agent = TEXT("Firefox/128.0 Linux")},
			     now, token, &fault),
		&fault);
	people_shut(people);
	return token;
}

static void touch(struct people_at_work *people, const char *token, int64_t now)
{
	struct fault fault = {0};
	struct session session = people_session(people, token, now);
	people_open(people);
	HARNESS_DONE(session_touch(&people->accounts, &session, now, &fault),
		&fault);
	people_shut(people);
}

/* ASVS 7.2.2, 7.2.3: random reference tokens of 256 bits, checked here; the
 * database holds only hashes. */
static void test_tokens(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "hr");
	const char *one = start(&people, id, PEOPLE_NOON);
	const char *two = start(&people, id, PEOPLE_NOON);
	assert_string_not_equal(one, two);
	assert_int_equal(strlen(one), 56);
	assert_int_equal(secret_la(text_of(one)), HARNESS_LA);
	assert_true(people_has_session(&people, one, PEOPLE_NOON));
	assert_string_equal(harness_rows(people.harness, people.accounts.store,
				    arena_format(people.accounts.arena,
					    "SELECT count(*) FROM session WHERE"
					    " token_hash = '%s'",
					    one)),
		"0\n");
	static const char *const not [] = {"", "206.", "206.0000",
		"207.0000000000000000000000000000000000000000000000000000",
		"206.0000000000000000000000000000000000000000000000000000",
		"206.000000000000000000000000000000000000000000000000000I"};
	for (size_t i = 0; i < COUNT_OF(not ); i++)
		assert_false(people_has_session(&people, not [i], PEOPLE_NOON));
}

/* Each letter of the token counts. */
static void test_every_letter(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "hr");
	const char *token = start(&people, id, PEOPLE_NOON);
	char other[SESSION_TOKEN];
	for (size_t i = 0; i < SESSION_TOKEN - 1; i++) {
		text_copy(other, sizeof other, text_of(token));
		other[i] = other[i] == '7' ? '8' : '7';
		assert_false(people_has_session(&people, other, PEOPLE_NOON));
	}
}

/* ASVS 7.3.1: half an hour without a request. */
static void test_idle(void **state)
{
	struct people_at_work people = people_begin(state);
	const int64_t idle = SESSION_IDLE_MINUTES * ACCOUNT_MINUTE;
	int64_t id = people_add(&people, "ada", "hr");
	const char *token = start(&people, id, PEOPLE_NOON);
	assert_true(people_has_session(&people, token, PEOPLE_NOON + idle - 1));
	assert_false(people_has_session(&people, token, PEOPLE_NOON + idle));
	touch(&people, token, PEOPLE_NOON + idle - 1);
	assert_true(
		people_has_session(&people, token, PEOPLE_NOON + 2 * idle - 2));
	assert_false(
		people_session(&people, token, PEOPLE_NOON + idle).needs_touch);
	assert_true(people_session(&people, token,
		PEOPLE_NOON + idle - 1 + ACCOUNT_MINUTE)
			    .needs_touch);
}

/* ASVS 7.3.2: twelve hours, however busy. */
static void test_absolute(void **state)
{
	struct people_at_work people = people_begin(state);
	const int64_t end = PEOPLE_NOON + SESSION_HOURS * ACCOUNT_HOUR;
	int64_t id = people_add(&people, "ada", "hr");
	const char *token = start(&people, id, PEOPLE_NOON);
	for (int64_t now = PEOPLE_NOON; now < end; now += 20 * ACCOUNT_MINUTE)
		touch(&people, token, now);
	assert_true(people_has_session(&people, token, end - 1));
	assert_false(people_has_session(&people, token, end));
}

/* ASVS 7.2.4: a new token at sign-in and when rights change; the old is void. */
static void test_renewal(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	char fresh[SESSION_TOKEN], csrf[SESSION_CSRF];
	int64_t id = people_add(&people, "ada", "hr");
	const char *token = start(&people, id, PEOPLE_NOON);
	const int64_t then = PEOPLE_NOON + ACCOUNT_MINUTE;
	const struct account_act act = people_act(id, then);
	assert_false(people_session(&people, token, then).needs_renewal);
	people_open(&people);
	HARNESS_DONE(account_give(&people.accounts, &act, TEXT("analyst"), &fault),
		&fault);
	people_shut(&people);
	struct session session = people_session(&people, token, then);
	assert_true(session.needs_renewal);
	session_csrf(&session, csrf);
	people_open(&people);
	HARNESS_DONE(session_renew(&people.accounts, &session,
			     &(struct session_token){text_of(token), then},
			     fresh, &fault),
		&fault);
	/* Another request with the old token comes too late. */
	assert_false(session_renew(&people.accounts, &session,
		&(struct session_token){text_of(token), then}, csrf, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	people_shut(&people);
	assert_false(people_has_session(&people, token, then));
	struct session renewed = people_session(&people, fresh, then);
	assert_true(renewed.id == session.id);
	assert_true(renewed.ends_at == session.ends_at);
	assert_false(renewed.needs_renewal);
	assert_true(session_csrf_is(&renewed, text_of(csrf)));
}

/* ASVS 7.4.1, 7.4.3, 7.5.2: ended is ended; one sees and ends one's own. */
static void test_list_and_end(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const struct session *list;
	size_t count;
	int64_t id = people_add(&people, "ada", "hr");
	int64_t other = people_add(&people, "bob", "hr");
	const char *tokens[3];
	for (int i = 0; i < 3; i++)
		tokens[i] = start(&people, id, PEOPLE_NOON + i);
	const char *bobs = start(&people, other, PEOPLE_NOON);
	const struct account_act act = people_act(id, PEOPLE_NOON);
	HARNESS_DONE(session_list(&people.accounts, id, PEOPLE_NOON + 3, &list,
			     &count, &fault),
		&fault);
	assert_int_equal(count, 3);
	assert_string_equal(list[0].agent, "Firefox on Linux");
	int64_t bobs_id = people_session(&people, bobs, PEOPLE_NOON).id;
	int64_t kept = people_session(&people, tokens[2], PEOPLE_NOON).id;
	people_open(&people);
	assert_false(session_end(&people.accounts, &act, bobs_id, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	HARNESS_DONE(session_end(&people.accounts, &act, list[2].id, &fault),
		&fault);
	people_shut(&people);
	assert_false(people_has_session(&people, tokens[0], PEOPLE_NOON));
	people_open(&people);
	HARNESS_DONE(session_end_others(&people.accounts, &act, kept, &fault),
		&fault);
	people_shut(&people);
	assert_false(people_has_session(&people, tokens[1], PEOPLE_NOON));
	assert_true(people_has_session(&people, tokens[2], PEOPLE_NOON));
	assert_true(people_has_session(&people, bobs, PEOPLE_NOON));
}

/* ASVS 7.4.2, 7.4.5: a new password ends the sessions it was not set from. */
static void test_password_ends_sessions(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int64_t id = people_add(&people, "ada", "hr");
	const char *here = start(&people, id, PEOPLE_NOON);
	const char *there = start(&people, id, PEOPLE_NOON);
	const struct account_act act = people_act(id, PEOPLE_NOON);
	int64_t kept = people_session(&people, here, PEOPLE_NOON).id;
	people_open(&people);
	HARNESS_DONE(account_set_password(&people.accounts, &act, "$argon2id$x",
			     kept, &fault),
		&fault);
	people_shut(&people);
	assert_true(people_has_session(&people, here, PEOPLE_NOON));
	assert_false(people_has_session(&people, there, PEOPLE_NOON));
}

/* ASVS 7.5.1, 7.5.3: how old the proof is. */
static void test_proof(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const int64_t later = PEOPLE_NOON + 20 * ACCOUNT_MINUTE;
	int64_t id = people_add(&people, "ada", "hr");
	const char *token = start(&people, id, PEOPLE_NOON);
	struct session session = people_session(&people, token, later);
	assert_true(session_is_proved(&session, PEOPLE_NOON));
	assert_false(session_is_proved(&session, later));
	people_open(&people);
	HARNESS_DONE(session_prove(&people.accounts, &session, later, &fault),
		&fault);
	people_shut(&people);
	session = people_session(&people, token, later);
	assert_true(session_is_proved(&session, later));
}

/* ASVS 3.5.1: a token for forms, of this session and no other, never twice the
 * same. */
static void test_forms(void **state)
{
	struct people_at_work people = people_begin(state);
	char one[SESSION_CSRF], two[SESSION_CSRF], bad[SESSION_CSRF];
	int64_t id = people_add(&people, "ada", "hr");
	struct session session = people_session(&people,
		start(&people, id, PEOPLE_NOON), PEOPLE_NOON);
	struct session other = people_session(&people,
		start(&people, id, PEOPLE_NOON), PEOPLE_NOON);
	session_csrf(&session, one);
	session_csrf(&session, two);
	assert_string_not_equal(one, two);
	assert_true(session_csrf_is(&session, text_of(one)));
	assert_true(session_csrf_is(&session, text_of(two)));
	assert_false(session_csrf_is(&other, text_of(one)));
	for (size_t i = 0; i < SESSION_CSRF - 1; i++) {
		text_copy(bad, sizeof bad, text_of(one));
		bad[i] = bad[i] == '0' ? '1' : '0';
		assert_false(session_csrf_is(&session, text_of(bad)));
		assert_false(
			session_csrf_is(&session, text_cut(text_of(one), 0, i)));
	}
	assert_false(session_csrf_is(&session, TEXT("")));
}

static void test_agents(void **state)
{
	static const struct {
		const char *agent, *words;
	} cases[] = {
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36"
		 " (KHTML, like Gecko) Chrome/126.0 Safari/537.36 Edg/126.0",
			"Edge on Windows"},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"
		 " AppleWebKit/605.1.15 Version/17.5 Mobile Safari/604.1",
			"Safari on iPhone"},
		{"Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Safari/537.36",
			"Chrome on Android"},
		{"", "A browser"},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char words[SESSION_AGENT];
		session_agent(text_of(cases[i].agent), words);
		assert_string_equal(words, cases[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_tokens),
		HARNESS_SQLITE(test_every_letter),
		HARNESS_EACH_ENGINE(test_idle),
		HARNESS_EACH_ENGINE(test_absolute),
		HARNESS_EACH_ENGINE(test_renewal),
		HARNESS_EACH_ENGINE(test_list_and_end),
		HARNESS_EACH_ENGINE(test_password_ends_sessions),
		HARNESS_EACH_ENGINE(test_proof),
		HARNESS_SQLITE(test_forms),
		HARNESS_SQLITE(test_agents),
	};
	return HARNESS_RUN(tests);
}
