/* SPDX-License-Identifier: MIT
 *
 * The second factor. Numbers are of OWASP ASVS 5.
 */
#include "accounts/totp.h"

#include "people_at_work.h"

/* RFC 6238, appendix B, SHA-1, the last six of its eight digits. */
static void test_vectors(void **state)
{
	static const struct {
		int64_t seconds;
		const char *code;
	} cases[] = {{59, "287082"}, {1111111109, "081804"},
		{1111111111, "050471"}, {1234567890, "005924"},
		{2000000000, "279037"}, {20000000000, "353130"}};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char code[TOTP_DIGITS + 1];
		totp_code(TEXT("12345678901234567890"), cases[i].seconds * 1000,
			code);
		assert_string_equal(code, cases[i].code);
	}
}

/* ASVS 6.5.5: one step either side and no more. */
static void test_window(void **state)
{
	(void)state;
	const struct text secret = TEXT("12345678901234567890");
	const int64_t step = PEOPLE_NOON / 30000;
	char code[TOTP_DIGITS + 1];
	totp_code(secret, PEOPLE_NOON, code);
	for (int64_t i = -3; i <= 3; i++)
		assert_int_equal(totp_step(secret, text_of(code),
					 PEOPLE_NOON + i * 30000),
			i >= -1 && i <= 1 ? step : 0);
	assert_int_equal(totp_step(secret, TEXT(""), PEOPLE_NOON), 0);
	assert_int_equal(totp_step(secret, text_cut(text_of(code), 0, 5),
				 PEOPLE_NOON),
		0);
}

/* The bytes of what is shown in base 32. */
static struct text bytes_of(struct people_at_work *people, struct text letters)
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	char *bytes = arena_new(people->accounts.arena, TOTP_SECRET + 1);
	assert_int_equal(letters.length, TOTP_SECRET * 8 / 5);
	for (size_t i = 0; i < letters.length * 5; i++) {
		const char *at = strchr(alphabet, letters.at[i / 5]);
		assert_non_null(at);
		if (((at - alphabet) >> (4 - i % 5) & 1) != 0)
			bytes[i / 8] = (char)(bytes[i / 8] | 0x80 >> i % 8);
	}
	return (struct text){bytes, TOTP_SECRET};
}

struct enrolled {
	struct text secret;
	struct totp_codes codes;
};

static struct enrolled enrol(struct people_at_work *people, int64_t id)
{
	struct fault fault = {0};
	struct totp_enrolment enrolment;
	struct enrolled enrolled;
	char code[TOTP_DIGITS + 1];
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(people);
	HARNESS_DONE(totp_enrol(&people->accounts, &act,
			     TEXT("Example Council"), &enrolment, &fault),
		&fault);
	assert_true(text_starts(enrolment.uri,
		TEXT("otpauth://totp/Example%20Council:ada?secret=")));
	assert_true(text_has(enrolment.uri, enrolment.secret));
	enrolled.secret = bytes_of(people, enrolment.secret);
	totp_code(enrolled.secret, PEOPLE_NOON, code);
	HARNESS_DONE(totp_confirm(&people->accounts, &act, text_of(code),
			     &enrolled.codes, &fault),
		&fault);
	people_shut(people);
	return enrolled;
}

static struct signin_result second(struct people_at_work *people,
	const char *token, const char *code, int64_t now)
{
	struct fault fault = {0};
	struct signin_result result;
	struct session half;
	/* It opens no page but the one that takes the code. */
	assert_false(people_has_session(people, token, now));
	HARNESS_DONE(session_find_half(&people->accounts, text_of(token), now,
			     &half, &fault),
		&fault);
	people_open(people);
	HARNESS_DONE(signin_second(&people->accounts,
			     &(struct signin_code){&half, text_of(code),
				     TEXT(""), now},
			     &result, &fault),
		&fault);
	people_shut(people);
	return result;
}

/* ASVS 6.3.3, 6.5.1: password, then code; a code works once. */
static void test_sign_in(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "hr");
	struct enrolled enrolled = enrol(&people, id);
	const int64_t now = PEOPLE_NOON + 90 * ACCOUNT_SECOND;
	char code[TOTP_DIGITS + 1];
	struct signin_result half = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, now);
	assert_int_equal(half.verdict, SIGNIN_HALF);
	totp_code(enrolled.secret, now, code);
	struct signin_result full = second(&people, half.token, code, now);
	assert_int_equal(full.verdict, SIGNIN_DONE);
	assert_false(people_has_session(&people, half.token, now));
	struct session session = people_session(&people, full.token, now);
	struct fault fault = {0};
	assert_false(session_find_half(&people.accounts, text_of(full.token),
		now, &session, &fault));
	session = people_session(&people, full.token, now);
	assert_int_equal(session.stage, SESSION_FULL);
	assert_int_equal(session.how, SESSION_SECOND);
	/* The same code again, and the one before it: used up. */
	half = people_sign_in(&people, "ada", PEOPLE_PASSWORD, now);
	assert_int_equal(second(&people, half.token, code, now).verdict,
		SIGNIN_REFUSED);
	totp_code(enrolled.secret, now - 30000, code);
	assert_int_equal(second(&people, half.token, code, now).verdict,
		SIGNIN_REFUSED);
	totp_code(enrolled.secret, now + 30000, code);
	assert_int_equal(second(&people, half.token, code, now).verdict,
		SIGNIN_DONE);
}

/* A half session is short. */
static void test_half_ends(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "hr");
	enrol(&people, id);
	struct signin_result half = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, PEOPLE_NOON);
	const int64_t end = PEOPLE_NOON + SESSION_HALF_MINUTES * ACCOUNT_MINUTE;
	struct fault fault = {0};
	struct session session;
	HARNESS_DONE(session_find_half(&people.accounts, text_of(half.token),
			     end - 1, &session, &fault),
		&fault);
	assert_false(session_find_half(&people.accounts, text_of(half.token),
		end, &session, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
}

/* ASVS 6.5.6, 6.4.2: recovery codes work once, however they are typed. */
static void test_recovery(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	int64_t id = people_add(&people, "ada", "hr"), left;
	struct enrolled enrolled = enrol(&people, id);
	char typed[TOTP_RECOVERY_TEXT];
	text_copy(typed, sizeof typed, text_of(enrolled.codes.codes[3]));
	for (size_t i = 0; typed[i] != '\0'; i++)
		if (typed[i] == '-')
			typed[i] = ' ';
		else if (typed[i] >= 'a' && typed[i] <= 'z')
			typed[i] = (char)(typed[i] - 'a' + 'A');
	struct signin_result half = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, PEOPLE_NOON);
	assert_int_equal(second(&people, half.token, typed, PEOPLE_NOON).verdict,
		SIGNIN_DONE);
	half = people_sign_in(&people, "ada", PEOPLE_PASSWORD, PEOPLE_NOON);
	assert_int_equal(second(&people, half.token, typed, PEOPLE_NOON).verdict,
		SIGNIN_REFUSED);
	HARNESS_DONE(totp_left(&people.accounts, id, &left, &fault), &fault);
	assert_int_equal(left, TOTP_RECOVERY - 1);
	assert_int_equal(people_audited(&people, "second-recovery"), 1);
	for (size_t i = 0; i < TOTP_RECOVERY; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(enrolled.codes.codes[i],
				enrolled.codes.codes[j]);
}

/* Guessing codes is slowed as guessing passwords is. */
static void test_guessing(void **state)
{
	struct people_at_work people = people_begin(state);
	int64_t id = people_add(&people, "ada", "hr");
	enrol(&people, id);
	struct signin_result half = people_sign_in(&people, "ada",
		PEOPLE_PASSWORD, PEOPLE_NOON);
	for (int i = 0; i < ATTEMPT_FREE; i++)
		assert_int_equal(second(&people, half.token, "abcdef", PEOPLE_NOON)
					 .verdict,
			SIGNIN_REFUSED);
	struct signin_result result = second(&people, half.token, "abcdef",
		PEOPLE_NOON);
	assert_int_equal(result.verdict, SIGNIN_WAIT);
	assert_int_equal(result.wait_seconds, ATTEMPT_FIRST_SECONDS);
}

/* Not asked for before it is confirmed; confirming wants a right code. */
static void test_unconfirmed(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct totp_enrolment enrolment;
	struct totp_codes codes;
	int64_t id = people_add(&people, "ada", "hr");
	const struct account_act act = people_act(id, PEOPLE_NOON);
	people_open(&people);
	HARNESS_DONE(totp_enrol(&people.accounts, &act, TEXT("X"), &enrolment,
			     &fault),
		&fault);
	assert_false(totp_confirm(&people.accounts, &act, TEXT("abcdef"),
		&codes, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	people_shut(&people);
	assert_int_equal(people_sign_in(&people, "ada", PEOPLE_PASSWORD,
				 PEOPLE_NOON)
				 .verdict,
		SIGNIN_DONE);
	/* The secret is sealed in the database. */
	struct text secret = bytes_of(&people, enrolment.secret);
	struct store_rows *rows;
	fault_clear(&fault);
	HARNESS_DONE(store_query(people.accounts.store,
			     "SELECT second_sealed FROM account", NULL, 0,
			     &rows, &fault),
		&fault);
	assert_true(store_next(rows, &fault));
	assert_false(text_has(store_get_blob(rows, 0), secret));
	store_end(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_window),
		HARNESS_EACH_ENGINE(test_sign_in),
		HARNESS_SQLITE(test_half_ends),
		HARNESS_EACH_ENGINE(test_recovery),
		HARNESS_SQLITE(test_guessing),
		HARNESS_EACH_ENGINE(test_unconfirmed),
	};
	return HARNESS_RUN(tests);
}
