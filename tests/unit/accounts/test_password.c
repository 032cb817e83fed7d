/* SPDX-License-Identifier: MIT
 *
 * Passwords. Numbers are of OWASP ASVS 5.
 */
#include "accounts/password.h"

#include <sodium.h>

#include "base/buffer.h"
#include "people_at_work.h"

static const struct text own[] = {{"ada.example@council.example", 27},
	{"Ada Winterbourne", 16}, {"Barsetshire", 11}};

static enum password_verdict judge(const char *password)
{
	return password_judge(text_of(password), own, COUNT_OF(own));
}

static const char *times(struct arena *arena, const char *part, size_t count)
{
	struct buffer all = {.maximum = 1 << 16};
	for (size_t i = 0; i < count; i++)
		buffer_string(&all, part);
	const char *string = arena_string(arena, buffer_text(&all));
	buffer_finish(&all);
	return string;
}

/* ASVS 6.2.1, 6.2.9: 12 to 256 characters; of any script, so not bytes. */
static void test_length(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	assert_int_equal(judge("kqv zh mw8r"), PASSWORD_SHORT);
	assert_int_equal(judge("kqv zh mw8rt"), PASSWORD_GOOD);
	const char *seven = "abq\xc3\xa9kz\xe2\x82\xac";
	/* 7 characters, 10 bytes */
	assert_int_equal(judge(seven), PASSWORD_SHORT);
	struct buffer longest = {.maximum = 1 << 16};
	unsigned next = 1;
	for (unsigned i = 0; i < 256; i++) {
		next = next * 1103515245u + 12345u;
		buffer_char(&longest, "bcdfghjklmnpqrstvwxz"[next / 65536 % 20]);
	}
	assert_int_equal(judge(longest.bytes), PASSWORD_GOOD);
	buffer_char(&longest, 'q');
	assert_int_equal(judge(longest.bytes), PASSWORD_LONG);
	buffer_finish(&longest);
	assert_int_equal(judge(times(arena, "ab", 4000)), PASSWORD_LONG);
	assert_int_equal(judge("kqv zh mw8r\xff\xfe"), PASSWORD_NOT_TEXT);
	arena_close(arena);
}

/* ASVS 6.2.4, 6.2.11, 6.2.12: what is guessed first. */
static void test_refused(void **state)
{
	static const struct {
		const char *password;
		enum password_verdict verdict;
	} cases[] = {
		{"winniethepooh", PASSWORD_COMMON}, /* as it stands in the list */
		{"Password1234", PASSWORD_OWN},
		{"P@ssw0rd!!2026", PASSWORD_OWN},
		{"qwerty123456", PASSWORD_RUN},
		{"dragonmonkey1", PASSWORD_COMMON},
		{"1Baseball2026!", PASSWORD_COMMON},
		{"islington.council1", PASSWORD_OWN},
		{"SocialWorker2026", PASSWORD_OWN},
		{"Safeguarding!!1", PASSWORD_OWN},
		{"ada.winterbourne", PASSWORD_OWN},
		{"Winterbourne1978", PASSWORD_OWN},
		{"barsetshire2026", PASSWORD_OWN},
		{"aaaaaaaaaaaaaaa", PASSWORD_REPEATS},
		{"xkqxkqxkqxkq", PASSWORD_REPEATS},
		{"zebraxquilt7zebraxquilt7", PASSWORD_REPEATS},
		{"abcdefghijklm", PASSWORD_RUN},
		{"qwertyuiopasdf", PASSWORD_RUN},
		{"234567890987654", PASSWORD_RUN},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum password_verdict verdict = judge(cases[i].password);
		if (verdict != cases[i].verdict)
			fail_msg("%s: %s", cases[i].password,
				password_advice(verdict));
		assert_string_not_equal(password_advice(verdict), "");
	}
}

/* ASVS 6.2.5, 6.2.6: no rule on what it is made of. */
static void test_taken(void **state)
{
	static const char *const good[] = {PEOPLE_PASSWORD,
		"correct horse battery staple", "839201746512",
		"\xd9\x85\xd8\xaf\xd8\xb1\xd8\xb3\xd8\xa9 "
		"\xd8\xb9\xd8\xa7\xd9\x84\xd9\x8a\xd8\xa9 \xd8\xac\xd8\xaf\xd8\xa7",
		"zqx vbn rtp lkw", "Tr0ub4dor&3-kite"};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		enum password_verdict verdict = judge(good[i]);
		if (verdict != PASSWORD_GOOD)
			fail_msg("%s: %s", good[i], password_advice(verdict));
	}
	assert_string_equal(password_advice(PASSWORD_GOOD), "");
}

/* ASVS 6.2.8: exactly as typed, case and blanks and end; and ASVS 11.4.2: a
 * slow hash whose parameters are within appendix C. */
static void test_hash(void **state)
{
	(void)state;
	struct fault fault = {0};
	char hash[PASSWORD_HASH], other[PASSWORD_HASH];
	HARNESS_DONE(password_hash(TEXT("caf\xc3\xa9 am Rhein, 7"), hash, &fault)
			&& password_hash(TEXT("caf\xc3\xa9 am Rhein, 7"), other,
				&fault),
		&fault);
	assert_string_not_equal(hash, other);
	assert_true(text_starts(text_of(hash),
		TEXT("$argon2id$v=19$m=65536,t=2,p=1$")));
	assert_true(password_is(TEXT("caf\xc3\xa9 am Rhein, 7"), hash));
	/* The same written with a combining accent. */
	assert_true(password_is(TEXT("cafe\xcc\x81 am Rhein, 7"), hash));
	static const char *const not [] = {"", "cafe am Rhein, 7",
		"Caf\xc3\xa9 am Rhein, 7", "caf\xc3\xa9 am Rhein, 7 ",
		"caf\xc3\xa9 am Rhein, "};
	for (size_t i = 0; i < COUNT_OF(not ); i++)
		assert_false(password_is(text_of(not [i]), hash));
	assert_false(password_is_dated(hash));
}

/* Nobody's hash fits nothing, and is a hash: it does not fail early. */
static void test_nobody(void **state)
{
	(void)state;
	assert_false(password_is(TEXT("anything"), NULL));
	assert_false(password_is(TEXT("anything"), ""));
	assert_false(password_is(TEXT(""), NULL));
	clock_t begin = clock();
	password_is(TEXT("anything"), NULL);
	clock_t nobody = clock() - begin;
	begin = clock();
	password_is(TEXT("anything"), "no hash at all");
	clock_t broken = clock() - begin;
	assert_true(nobody > 20 * broken);
}

static void test_dated(void **state)
{
	(void)state;
	char old[PASSWORD_HASH] = "";
	assert_int_equal(crypto_pwhash_str_alg(old, "violet", 6, 1, 8192 * 1024,
				 crypto_pwhash_ALG_ARGON2ID13),
		0);
	assert_true(password_is(TEXT("violet"), old));
	assert_true(password_is_dated(old));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_length),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_hash),
		cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_dated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
