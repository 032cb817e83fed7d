/* SPDX-License-Identifier: MIT
 *
 * ID tokens: what is taken, and everything an attacker may try. Numbers are of
 * OWASP ASVS 5.
 */
#include "accounts/oidc.h"
#include "people_at_work.h"
#include "signer.h"

#define NOW 1772366400 /* seconds: PEOPLE_NOON */
#define ISSUER "https://login.council.example"

/* A good token's claims, with one of them replaced or added. */
static const char *claims(struct arena *arena, const char *name, const char *value)
{
	static const char *const good[][2] = {{"iss", "\"" ISSUER "\""},
		{"sub", "\"person-1\""}, {"aud", "\"kith\""},
		{"exp", "1772366700"}, {"iat", "1772366400"},
		{"nonce", "\"n-1\""}, {"name", "\"Ada Example\""},
		{"email", "\"ada@council.example\""},
		{"groups", "[\"g-1\",\"g-2\"]"}};
	const char *all = "";
	bool is_new = name != NULL;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		bool is_it = name != NULL && text_is(text_of(name), good[i][0]);
		is_new = is_new && !is_it;
		if (is_it && value == NULL)
			continue;
		all = arena_format(arena, "%s%s\"%s\":%s", all,
			all[0] == '\0' ? "" : ",", good[i][0],
			is_it ? value : good[i][1]);
	}
	return is_new ? arena_format(arena, "{%s,\"%s\":%s}", all, name, value)
		      : arena_format(arena, "{%s}", all);
}

static struct oidc_expected expected(void)
{
	return (struct oidc_expected){.issuer = TEXT(ISSUER),
		.client = TEXT("kith"),
		.nonce = TEXT("n-1"),
		.roles_claim = TEXT("groups"),
		.now = PEOPLE_NOON};
}

static bool is_taken(struct text token, const struct oidc_expected *wanted,
	struct arena *arena, struct oidc_person *out_person)
{
	struct fault fault = {0};
	const struct oidc_signed given = {token, signer_set(signer_get(), arena)};
	bool is_good = oidc_verify(&given, wanted, arena, out_person, &fault);
	assert_int_equal(fault.kind, is_good ? FAULT_NONE : FAULT_DENIED);
	return is_good;
}

static bool takes_claim(struct arena *arena, const char *name, const char *value)
{
	struct oidc_person person;
	const struct oidc_expected wanted = expected();
	return is_taken(signer_sign(signer_get(), SIGNER_RSA, "RS256",
				claims(arena, name, value), arena),
		&wanted, arena, &person);
}

static int begin(void **state)
{
	*state = arena_open();
	return 0;
}

static int end(void **state)
{
	arena_close(*state);
	return 0;
}

static void test_taken(void **state)
{
	struct arena *arena = *state;
	struct oidc_person person;
	const struct oidc_expected wanted = expected();
	static const struct {
		enum signer_key key;
		const char *alg;
	} cases[] = {{SIGNER_RSA, "RS256"}, {SIGNER_RSA, "PS256"},
		{SIGNER_EC, "ES256"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_true(is_taken(signer_sign(signer_get(), cases[i].key,
					     cases[i].alg,
					     claims(arena, NULL, NULL), arena),
			&wanted, arena, &person));
		assert_true(text_is(person.subject, "person-1"));
		assert_true(text_is(person.issuer, ISSUER));
		assert_true(text_is(person.name, "Ada Example"));
		assert_true(text_is(person.email, "ada@council.example"));
		assert_int_equal(person.group_count, 2);
		assert_true(text_is(person.groups[1], "g-2"));
	}
}

/* ASVS 9.1.1, 9.1.2, 9.1.3: signed, with an algorithm and a key of ours. */
static void test_signatures(void **state)
{
	struct arena *arena = *state;
	struct oidc_person person;
	const struct oidc_expected wanted = expected();
	static const struct {
		enum signer_key key;
		const char *alg;
	} cases[] = {{SIGNER_RSA, "none"}, {SIGNER_RSA, "HS256"},
		{SIGNER_EC, "HS256"}, {SIGNER_OTHER, "RS256"},
		{SIGNER_OTHER, "PS256"}, {SIGNER_WEAK, "RS256"},
		{SIGNER_RSA, "RS384"}, {SIGNER_RSA, "RS512"}};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_false(is_taken(signer_sign(signer_get(), cases[i].key,
					      cases[i].alg,
					      claims(arena, NULL, NULL), arena),
			&wanted, arena, &person));
	static const char *const headers[] = {"{\"alg\":\"RS256\"}",
		"{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"b64\"]}",
		"{\"alg\":\"RS256\",\"alg\":\"RS256\",\"kid\":\"rsa\"}",
		"{\"alg\":\"ES256\",\"kid\":\"rsa\"}", "{\"alg\":\"NONE\"}",
		"{\"alg\":[\"RS256\"],\"kid\":\"rsa\"}", "{}", "[]", ""};
	for (size_t i = 0; i < COUNT_OF(headers); i++)
		assert_false(is_taken(signer_sign_header(signer_get(), headers[i],
					      claims(arena, NULL, NULL), arena),
			&wanted, arena, &person));
}

/* Another's claims under a good signature, and a token cut anywhere. */
static void test_changed(void **state)
{
	struct arena *arena = *state;
	struct oidc_person person;
	const struct oidc_expected wanted = expected();
	struct text good = signer_sign(signer_get(), SIGNER_EC, "ES256",
		claims(arena, NULL, NULL), arena);
	char *bytes = arena_new(arena, good.length + 1);
	for (size_t i = 0; i < good.length; i += 3) {
		text_copy(bytes, good.length + 1, good);
		bytes[i] = bytes[i] == 'A' ? 'B' : 'A';
		/* The last letter's low bits may stand for nothing. */
		if (i < good.length - 1)
			assert_false(is_taken(text_of(bytes), &wanted, arena,
				&person));
		assert_false(
			is_taken(text_cut(good, 0, i), &wanted, arena, &person));
	}
	assert_false(is_taken(text_of(arena_format(arena, TEXT_FORMAT ".x",
				      TEXT_ARGS(good))),
		&wanted, arena, &person));
}

/* ASVS 9.2.1 to 9.2.4, 10.5.1 to 10.5.4: for us, from them, now, for this. */
static void test_claims(void **state)
{
	static const struct {
		const char *name, *value;
		bool is_good;
	} cases[] = {
		{"iss", "\"https://login.council.example/\"", false},
		{"iss", "\"https://evil.example\"", false},
		{"iss", NULL, false},
		{"iss", "[\"" ISSUER "\"]", false},
		{"sub", NULL, false},
		{"sub", "\"\"", false},
		{"sub", "7", false},
		{"aud", "\"another\"", false},
		{"aud", NULL, false},
		{"aud", "\"kithx\"", false},
		{"aud", "[\"kith\"]", true},
		{"aud", "[\"another\"]", false},
		{"aud", "[]", false},
		{"aud", "[\"kith\",\"another\"]", false}, /* no azp */
		{"azp", "\"kith\"", true},
		{"azp", "\"another\"", false},
		{"azp", "7", false},
		{"exp", "1772366341", true},
		{"exp", "1772366340", false},
		{"exp", NULL, false},
		{"exp", "\"1772366700\"", false},
		{"exp", "1e300", false},
		{"exp", "-1", false},
		{"iat", "1772366460", true},
		{"iat", "1772366461", false},
		{"iat", "1772362800", true},
		{"iat", "1772362799", false},
		{"iat", NULL, false},
		{"nbf", "1772366460", true},
		{"nbf", "1772366461", false},
		{"nbf", "\"now\"", false},
		{"nonce", "\"n-2\"", false},
		{"nonce", NULL, false},
		{"nonce", "\"\"", false},
		{"groups", "\"g-1\"", true},
		{"groups", "[1,{}]", true},
	};
	struct arena *arena = *state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		if (takes_claim(arena, cases[i].name, cases[i].value)
			!= cases[i].is_good)
			fail_msg("%s: %s", cases[i].name,
				cases[i].value == NULL ? "left out"
						       : cases[i].value);
}

/* A visit without a nonce expects nothing, so nothing fits it. */
static void test_no_nonce(void **state)
{
	struct arena *arena = *state;
	struct oidc_person person;
	struct oidc_expected wanted = expected();
	wanted.nonce = TEXT("");
	assert_false(is_taken(signer_sign(signer_get(), SIGNER_RSA, "RS256",
				      claims(arena, "nonce", "\"\""), arena),
		&wanted, arena, &person));
}

/* The example of OpenID Connect Core 1.0, A.3 is of this kind: half a hash. */
static void test_access(void **state)
{
	struct arena *arena = *state;
	struct oidc_person person;
	struct oidc_expected wanted = expected();
	wanted.access_token = TEXT("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
	assert_true(is_taken(signer_sign(signer_get(), SIGNER_RSA, "RS256",
				     claims(arena, "at_hash",
					     "\"77QmUPtjPfzWtF2AnpK9RQ\""),
				     arena),
		&wanted, arena, &person));
	wanted.access_token = TEXT("another");
	assert_false(is_taken(signer_sign(signer_get(), SIGNER_RSA, "RS256",
				      claims(arena, "at_hash",
					      "\"77QmUPtjPfzWtF2AnpK9RQ\""),
				      arena),
		&wanted, arena, &person));
}

/* More groups than are kept, and keys that are no keys. */
static void test_many(void **state)
{
	struct arena *arena = *state;
	struct fault fault = {0};
	struct oidc_person person;
	const struct oidc_expected wanted = expected();
	const char *groups = "\"g\"";
	for (int i = 0; i < 9; i++)
		groups = arena_format(arena, "%s,%s", groups, groups);
	assert_true(is_taken(signer_sign(signer_get(), SIGNER_RSA, "RS256",
				     claims(arena, "groups",
					     arena_format(arena, "[%s]", groups)),
				     arena),
		&wanted, arena, &person));
	assert_int_equal(person.group_count, OIDC_GROUPS);
	static const char *const sets[] = {"", "{}", "[]", "{\"keys\":{}}",
		"{\"keys\":[]}", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa\"}]}",
		"{\"keys\":[null,7,\"x\"]}",
		/* Keys that the library would end the program over. */
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa\",\"n\":\"!\",\"e\":\"AQAB\"}]}",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa\",\"n\":\"AQAB\",\"e\":\"\"}]}",
		"{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa\",\"n\":\"A\",\"e\":\"A=\"}]}"};
	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		const struct oidc_signed given =
			{signer_sign(signer_get(), SIGNER_RSA, "RS256",
				 claims(arena, NULL, NULL), arena),
				text_of(sets[i])};
		fault_clear(&fault);
		assert_false(
			oidc_verify(&given, &wanted, arena, &person, &fault));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_taken, begin, end),
		cmocka_unit_test_setup_teardown(test_signatures, begin, end),
		cmocka_unit_test_setup_teardown(test_changed, begin, end),
		cmocka_unit_test_setup_teardown(test_claims, begin, end),
		cmocka_unit_test_setup_teardown(test_no_nonce, begin, end),
		cmocka_unit_test_setup_teardown(test_access, begin, end),
		cmocka_unit_test_setup_teardown(test_many, begin, end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
