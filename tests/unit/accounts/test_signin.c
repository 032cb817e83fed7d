/* SPDX-License-Identifier: MIT
 *
 * Signing in, and that guessing does not pay. Numbers are of OWASP ASVS 5.
 */
#include <pthread.h>
#include <sodium.h>

#include "people_at_work.h"

static void test_verdicts(void **state)
{
	struct people_at_work people = people_begin(state);
	people_add(&people, "ada@council.example", "hr");
	struct signin_result result = people_sign_in(&people,
		" ADA@council.example", PEOPLE_PASSWORD, PEOPLE_NOON);
	assert_int_equal(result.verdict, SIGNIN_DONE);
	assert_true(people_has_session(&people, result.token, PEOPLE_NOON));
	/* ASVS 6.3.8: a wrong password, a wrong name, no name: one answer. */
	static const char *const wrong[][2] =
		{{"ada@council.example", "violet kettle under nine ladder"},
			{"bob@council.example", PEOPLE_PASSWORD}, {"", ""}};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct signin_result refused = people_sign_in(&people,
			wrong[i][0], wrong[i][1], PEOPLE_NOON);
		assert_int_equal(refused.verdict, SIGNIN_REFUSED);
		assert_int_equal(refused.account, 0);
		assert_string_equal(refused.token, "");
	}
	/* ASVS 16.3.1: each is in the audit; what was typed is not. */
	assert_int_equal(people_audited(&people, "sign-in"), 1);
	assert_int_equal(people_audited(&people, "sign-in-refused"), 3);
	assert_string_equal(harness_rows(people.harness, people.accounts.store,
				    "SELECT count(*) FROM audit WHERE actor ="
				    " 'bob@council.example' OR detail ="
				    " 'bob@council.example' OR subject_key ="
				    " 'bob@council.example'"),
		"0\n");
}

/* A hash of older parameters is made anew at sign-in. */
static void test_rehash(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	char old[PASSWORD_HASH] = "";
	int64_t id = people_add(&people, "ada", "hr");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	assert_int_equal(crypto_pwhash_str_alg(old, PEOPLE_PASSWORD,
				 sizeof PEOPLE_PASSWORD - 1, 1, 8192 * 1024,
				 crypto_pwhash_ALG_ARGON2ID13),
		0);
	people_open(&people);
	HARNESS_DONE(account_set_password(&people.accounts, &act, old, 0, &fault),
		&fault);
	people_shut(&people);
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
				 PEOPLE_NOON)
				 .verdict,
		SIGNIN_DONE);
	const char *held = harness_rows(people.harness, people.accounts.store,
		"SELECT password FROM account");
	assert_true(text_starts(text_of(held),
		TEXT("$argon2id$v=19$m=65536,t=2,p=1$")));
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
				 PEOPLE_NOON)
				 .verdict,
		SIGNIN_DONE);
}

/* The gate alone, without the slow hash: how many of `tries` evenly over
 * `span` are let through to a check that fails. */
static int count_checks(struct people_at_work *people, const char *login,
	const char *address, int tries)
{
	const int64_t span = 5 * ACCOUNT_MINUTE;
	int checks = 0;
	for (int i = 0; i < tries; i++) {
		struct fault fault = {0};
		struct signin signin;
		const struct signin_ask ask = {.login = text_of(login),
			.address = text_of(address == NULL
					? arena_format(people->accounts.arena,
						"198.51.100.%d", i)
					: address)};
		people_open(people);
		HARNESS_DONE(signin_begin(&people->accounts, &ask,
				     PEOPLE_NOON + span * i / tries, &signin,
				     &fault),
			&fault);
		people_shut(people);
		checks += signin.wait_seconds == 0;
	}
	return checks;
}

/* ASVS 6.3.1: never more than ten checks in five minutes, from one address or
 * from as many as there are guesses, for a name that is there or is not. */
static void test_ten_in_five_minutes(void **state)
{
	struct people_at_work people = people_begin(state);
	people_add(&people, "ada", "hr");
	int one = count_checks(&people, "ada", "192.0.2.1", 100);
	int many = count_checks(&people, "nobody", NULL, 100);
	assert_true(one >= ATTEMPT_FREE && one <= ATTEMPT_IN_WINDOW);
	assert_int_equal(many, one);
}

/* Rotating names from one address. */
static void test_one_address(void **state)
{
	struct people_at_work people = people_begin(state);
	int checks = 0;
	for (int i = 0; i < 40; i++)
		checks += count_checks(&people,
			arena_format(people.accounts.arena, "name%d", i),
			"192.0.2.1", 1);
	assert_int_equal(checks, ATTEMPT_FREE);
}

/* 1,000 guesses over 100 names and 100 addresses in five minutes, each address
 * with each tenth name: no name is checked more than ten times, no address. */
static void test_thousand_guesses(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int of_name[100] = {0}, of_address[100] = {0}, checked = 0;
	people_open(&people);
	for (int i = 0; i < 1000; i++) {
		int name = i % 100, address = (i + i / 100 * 7) % 100;
		struct signin signin;
		const struct signin_ask ask =
			{.login = text_of(arena_format(people.accounts.arena,
				 "name%d", name)),
				.address = text_of(
					arena_format(people.accounts.arena,
						"198.51.100.%d", address))};
		HARNESS_DONE(signin_begin(&people.accounts, &ask,
				     PEOPLE_NOON + i * 300, &signin, &fault),
			&fault);
		of_name[name] += signin.wait_seconds == 0;
		of_address[address] += signin.wait_seconds == 0;
		checked += signin.wait_seconds == 0;
	}
	people_shut(&people);
	for (int i = 0; i < 100; i++) {
		assert_in_range(of_name[i], 1, ATTEMPT_IN_WINDOW);
		assert_in_range(of_address[i], 1, ATTEMPT_IN_WINDOW);
	}
	print_message("# of 1000 guesses %d were checked\n", checked);
	assert_true(checked <= 1000 * 8 / 10);
}

static int64_t wait_at(struct people_at_work *people, int64_t now)
{
	struct fault fault = {0};
	struct signin signin;
	const struct signin_ask ask = {.login = TEXT("ada")};
	people_open(people);
	HARNESS_DONE(signin_begin(&people->accounts, &ask, now, &signin, &fault),
		&fault);
	people_shut(people);
	return signin.wait_seconds;
}

/* Five for nothing, then 30 seconds, doubling, to a quarter of an hour. */
static void test_doubling(void **state)
{
	static const int64_t waits[] = {0, 0, 0, 0, 0, 30, 60, 120, 240, 480,
		900, 900};
	struct people_at_work people = people_begin(state);
	int64_t now = PEOPLE_NOON;
	for (size_t i = 0; i < COUNT_OF(waits); i++) {
		if (waits[i] > 0) {
			assert_int_equal(wait_at(&people, now), waits[i]);
			/* Asking again does not make it longer. */
			assert_int_equal(wait_at(&people, now), waits[i]);
			now += waits[i] * ACCOUNT_SECOND;
			assert_int_equal(wait_at(&people, now - 1), 1);
		}
		assert_int_equal(wait_at(&people, now), 0);
	}
	/* A day later all is forgotten. */
	assert_int_equal(wait_at(&people, now + ACCOUNT_DAY + 1), 0);
}

/* A success ends the row of failures. */
static void test_success_clears(void **state)
{
	struct people_at_work people = people_begin(state);
	people_add(&people, "ada", "hr");
	for (int i = 0; i < 2; i++) {
		for (int j = 0; j < ATTEMPT_FREE - 1; j++)
			assert_int_equal(wait_at(&people, PEOPLE_NOON), 0);
		assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
					 PEOPLE_NOON)
					 .verdict,
			SIGNIN_DONE);
	}
	/* Ten checks by now: the window holds, whatever they gave. */
	assert_int_equal(wait_at(&people, PEOPLE_NOON), 300);
}

/* Many at once, on connections of their own: each counts before it is checked,
 * and none counts what another has not yet committed. */
enum { AT_ONCE = 8, TURNS_EACH = 6 };

struct guesser {
	struct people_at_work *people;
	const char *url;
	int begun;
};

static bool guess(const struct accounts *accounts, int *begun, struct fault *fault)
{
	struct signin signin;
	const struct signin_ask ask = {.login = TEXT("ada")};
	if (!store_begin(accounts->store, fault))
		return false;
	if (!signin_begin(accounts, &ask, PEOPLE_NOON, &signin, fault)
		|| !store_commit(accounts->store, fault)) {
		store_rollback(accounts->store);
		return false;
	}
	*begun += signin.wait_seconds == 0;
	return true;
}

static void *keep_guessing(void *data)
{
	struct guesser *guesser = data;
	struct fault fault = {0};
	struct accounts accounts = guesser->people->accounts;
	accounts.arena = arena_open();
	accounts.store = NULL;
	bool is_done = store_open(&(struct store_options){.url = guesser->url},
		&accounts.store, &fault);
	for (int i = 0; is_done && i < TURNS_EACH; i++)
		is_done = guess(&accounts, &guesser->begun, &fault);
	store_close(accounts.store);
	arena_close(accounts.arena);
	return is_done ? data : NULL;
}

static void test_at_once(void **state)
{
	struct people_at_work people = people_begin(state);
	struct guesser guessers[AT_ONCE];
	pthread_t threads[AT_ONCE];
	int begun = 0;
	for (int i = 0; i < AT_ONCE; i++) {
		guessers[i] = (struct guesser){&people,
			harness_url(people.harness), 0};
		assert_int_equal(pthread_create(&threads[i], NULL,
					 keep_guessing, &guessers[i]),
			0);
	}
	for (int i = 0; i < AT_ONCE; i++) {
		void *done;
		assert_int_equal(pthread_join(threads[i], &done), 0);
		assert_non_null(done);
		begun += guessers[i].begun;
	}
	assert_int_equal(begun, ATTEMPT_FREE);
}

/* ASVS 6.3.1, 2.4.1: guessing from outside neither ends a session that is held
 * nor keeps its holder from proving again who they are. */
static void test_no_lock_out(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct signin again;
	struct signin_result result;
	people_add(&people, "ada", "hr");
	struct signin_result in = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, PEOPLE_NOON);
	count_checks(&people, "ada", NULL, 100);
	const int64_t now = PEOPLE_NOON + 5 * ACCOUNT_MINUTE;
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD, now - 1)
				 .verdict,
		SIGNIN_WAIT);
	struct session session = people_session(&people, in.token, now);
	const struct signin_ask ask = {.password = TEXT(PEOPLE_PASSWORD)};
	people_open(&people);
	HARNESS_DONE(signin_begin_again(&people.accounts, &session, now, &again,
			     &fault),
		&fault);
	people_shut(&people);
	signin_check(&again, &ask);
	people_open(&people);
	HARNESS_DONE(signin_end_again(&people.accounts, &again, &session,
			     &result, &fault),
		&fault);
	people_shut(&people);
	assert_int_equal(result.verdict, SIGNIN_DONE);
	session = people_session(&people, in.token, now);
	assert_true(session.proved_at == now);
}

/* ASVS 6.3.8: unknown and known names run alike. The medians of turns taken in
 * one another's company; the noise of the machine is in both. */
static int order(const void *a, const void *b)
{
	clock_t x = *(const clock_t *)a, y = *(const clock_t *)b;
	return (x > y) - (x < y);
}

static clock_t one_turn(struct people_at_work *people, const char *login, int i)
{
	const struct signin_ask ask = {.login = text_of(login),
		.password = TEXT("not the password"),
		.address = text_of(arena_format(people->accounts.arena,
			"203.0.113.%d", i))};
	clock_t begin = clock();
	people_sign_in_from(people, &ask, PEOPLE_NOON + i * 20 * ACCOUNT_MINUTE);
	return clock() - begin;
}

static void test_same_time(void **state)
{
	enum { TURNS = 9 };
	struct people_at_work people = people_begin(state);
	clock_t known[TURNS], unknown[TURNS];
	people_add(&people, "ada", "hr");
	for (int i = 0; i < TURNS; i++) {
		known[i] = one_turn(&people, "ada", i);
		unknown[i] = one_turn(&people, "eve", i);
	}
	qsort(known, TURNS, sizeof *known, order);
	qsort(unknown, TURNS, sizeof *unknown, order);
	double ratio = (double)known[TURNS / 2] / (double)unknown[TURNS / 2];
	print_message("# known to unknown, in processor time: %.3f\n", ratio);
	assert_true(ratio > 0.8 && ratio < 1.25);
}

/* What is kept of attempts names nobody. */
static void test_attempts_are_hashed(void **state)
{
	struct people_at_work people = people_begin(state);
	people_sign_in(&people, "zoe", "x", PEOPLE_NOON);
	const char *rows = harness_rows(people.harness, people.accounts.store,
		"SELECT kind, subject FROM sign_in_attempt");
	assert_true(text_has(text_of(rows), TEXT("login|")));
	assert_true(text_has(text_of(rows), TEXT("address|")));
	assert_false(text_has(text_of(rows), TEXT("zoe")));
	assert_false(text_has(text_of(rows), TEXT("192.0.2.7")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_verdicts),
		HARNESS_SQLITE(test_rehash),
		HARNESS_EACH_ENGINE(test_ten_in_five_minutes),
		HARNESS_SQLITE(test_one_address),
		HARNESS_SQLITE(test_thousand_guesses),
		HARNESS_EACH_ENGINE(test_doubling),
		HARNESS_EACH_ENGINE(test_success_clears),
		HARNESS_EACH_ENGINE(test_at_once),
		HARNESS_EACH_ENGINE(test_no_lock_out),
		HARNESS_SQLITE(test_same_time),
		HARNESS_EACH_ENGINE(test_attempts_are_hashed),
	};
	return HARNESS_RUN(tests);
}
