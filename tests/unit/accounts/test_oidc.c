/* SPDX-License-Identifier: MIT
 *
 * Signing in at an identity provider, over a network: the real one of
 * tests/oidc from end to end, and one that answers what it should not. Numbers
 * are of OWASP ASVS 5.
 *
 * Long because a browser, the visit and two providers are played in it.
 */
#include <curl/curl.h>

#include "accounts/oidc.h"
#include "base/moment.h"
#include "people_at_work.h"
#include "signer.h"
#include "small_provider.h"

static const char *at_port(struct people_at_work *people, int port,
	const char *path)
{
	return arena_format(people->accounts.arena, "http://127.0.0.1:%d%s",
		port, path);
}

static struct oidc_provider set_up(struct people_at_work *people, int port)
{
	struct fault fault = {0};
	const struct account_act act = people_act(0, PEOPLE_NOON);
	const struct oidc_provider provider = {.issuer = text_of(at_port(people,
						       port, "")),
		.label = TEXT("Council sign-in"),
		.client = TEXT("kith"),
		.secret = TEXT("a secret: of 100% & more"),
		.redirect = text_of(at_port(people, port, "/back")),
		.roles_claim = TEXT("groups")};
	static const char *const meanings[][2] = {{"g-home-education",
							  "ehe-officer"},
		{"g-home-education", "analyst"}, {"g-others", "dpo"}};
	struct oidc_provider found;
	people_open(people);
	HARNESS_DONE(oidc_set_provider(&people->accounts, &act, &provider, &fault),
		&fault);
	for (size_t i = 0; i < COUNT_OF(meanings); i++)
		HARNESS_DONE(oidc_add_meaning(&people->accounts, &act,
				     &(struct oidc_meaning){provider.issuer,
					     text_of(meanings[i][0]),
					     text_of(meanings[i][1])},
				     &fault),
			&fault);
	people_shut(people);
	HARNESS_DONE(oidc_find_provider(&people->accounts, provider.issuer,
			     &found, &fault),
		&fault);
	assert_true(text_equals(found.secret, provider.secret));
	return found;
}

/* ---- A browser ---- */

static size_t ignore(char *bytes, size_t size, size_t count, void *data)
{
	(void)bytes;
	(void)data;
	return size * count;
}

static struct text parameter(struct arena *arena, const char *url,
	const char *name)
{
	struct text rest, found = {.at = NULL};
	text_split(text_of(url), '?', &rest);
	while (rest.length > 0 && found.length == 0) {
		struct text value;
		struct text pair = text_split(rest, '&', &rest);
		struct text key = text_split(pair, '=', &value);
		int length = 0;
		if (!text_is(key, name))
			continue;
		char *plain = curl_easy_unescape(NULL, value.at,
			(int)value.length, &length);
		found = arena_text(arena, (struct text){plain, (size_t)length});
		curl_free(plain);
	}
	return found;
}

/* Goes to the address and on, with cookies, until it is sent back to us. */
static struct oidc_answer browse(struct people_at_work *people,
	struct text address, const char *who)
{
	struct arena *arena = people->accounts.arena;
	char *last = NULL;
	CURL *curl = curl_easy_init();
	const char *url = arena_format(arena, TEXT_FORMAT "&login_hint=%s",
		TEXT_ARGS(address), who);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
	assert_int_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_EFFECTIVE_URL, &last);
	const char *back = arena_string(arena, text_of(last));
	curl_easy_cleanup(curl);
	struct text state = parameter(arena, back, "state");
	return (struct oidc_answer){.state = state,
		.cookie = state,
		.code = parameter(arena, back, "code"),
		.issuer = parameter(arena, back, "iss"),
		.error = parameter(arena, back, "error")};
}

/* ---- The real provider ---- */

static struct oidc_departure depart(struct people_at_work *people,
	const struct oidc_site *site, const char *goes_to, int64_t now)
{
	struct fault fault = {0};
	struct oidc_departure departure;
	people_open(people);
	HARNESS_DONE(oidc_begin(&people->accounts, site,
			     &(struct oidc_wish){text_of(goes_to), now},
			     &departure, &fault),
		&fault);
	people_shut(people);
	return departure;
}

static struct oidc_visit come_back(struct people_at_work *people,
	const struct oidc_answer *answer, int64_t now)
{
	struct fault fault = {0};
	struct oidc_visit visit;
	people_open(people);
	HARNESS_DONE(oidc_return(&people->accounts, answer, now, &visit, &fault),
		&fault);
	people_shut(people);
	return visit;
}

static struct signin_result admit(struct people_at_work *people,
	const struct oidc_person *person, int64_t now)
{
	struct fault fault = {0};
	struct signin_result result;
	people_open(people);
	HARNESS_DONE(oidc_admit(&people->accounts,
			     &(struct oidc_arrival){person, TEXT("Firefox/128"),
				     now},
			     &result, &fault),
		&fault);
	people_shut(people);
	return result;
}

static struct oidc_person visit_real(struct people_at_work *people,
	const struct oidc_site *site, const char *who, int64_t now)
{
	struct fault fault = {0};
	struct oidc_person person;
	struct oidc_departure departure = depart(people, site, "/ehe?open=1",
		now);
	struct oidc_answer answer = browse(people, departure.url, who);
	assert_true(text_is(answer.state, departure.state));
	struct oidc_visit visit = come_back(people, &answer, now);
	assert_true(text_is(visit.goes_to, "/ehe?open=1"));
	HARNESS_DONE(oidc_exchange(site,
			     &(struct oidc_code){&visit, answer.code, now},
			     people->accounts.arena, &person, &fault),
		&fault);
	/* ASVS 10.4.2: a code works once, there as here. */
	assert_false(oidc_exchange(site,
		&(struct oidc_code){&visit, answer.code, now},
		people->accounts.arena, &person, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	return person;
}

static void check_ada(struct people_at_work *people,
	const struct signin_result *in, int64_t now)
{
	struct fault fault = {0};
	struct account account;
	assert_int_equal(in->verdict, SIGNIN_DONE);
	struct session session = people_session(people, in->token, now);
	assert_int_equal(session.how, SESSION_PROVIDER);
	HARNESS_DONE(account_read(&people->accounts, session.account, now,
			     &account, &fault),
		&fault);
	assert_true(text_is(account.login, "ada@council.example"));
	assert_true(text_is(account.name, "Ada Example"));
	assert_true(account.has_provider);
	assert_int_equal(account.state, ACCOUNT_ACTIVE);
	assert_true(text_is(role_words(people->accounts.roles, account.roles,
				    people->accounts.arena),
		"ehe-officer analyst"));
}

static void test_real(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct oidc_site site;
	int port = small_provider_real();
	if (port == 0)
		return;
	const int64_t now = moment_now();
	struct oidc_provider provider = set_up(&people, port);
	HARNESS_DONE(oidc_discover(&provider, people.accounts.arena, &site,
			     &fault),
		&fault);
	struct oidc_person ada = visit_real(&people, &site, "ada", now);
	struct signin_result first = admit(&people, &ada, now);
	check_ada(&people, &first, now);
	/* The second time it is the same account. */
	ada = visit_real(&people, &site, "ada", now);
	struct signin_result second = admit(&people, &ada, now);
	assert_true(first.account == second.account);
	/* Eve is in no group that means a role. */
	struct oidc_person eve = visit_real(&people, &site, "eve", now);
	assert_true(text_is(eve.subject, "eve"));
	assert_int_equal(admit(&people, &eve, now).verdict, SIGNIN_REFUSED);
	struct text out = oidc_sign_out_url(&site, ada.id_token,
		text_of(at_port(&people, port, "/after")), people.accounts.arena);
	assert_true(text_starts(out, text_of(at_port(&people, port, "/"))));
	assert_true(
		text_has(out, TEXT("post_logout_redirect_uri=http%3A%2F%2F")));
}

/* The wrong client's secret, and a code with another's proof key. */
static void test_real_refuses(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct oidc_site site;
	struct oidc_person person;
	int port = small_provider_real();
	if (port == 0)
		return;
	const int64_t now = moment_now();
	struct oidc_provider provider = set_up(&people, port);
	HARNESS_DONE(oidc_discover(&provider, people.accounts.arena, &site,
			     &fault),
		&fault);
	for (int i = 0; i < 2; i++) {
		struct oidc_departure departure = depart(&people, &site, "/",
			now);
		struct oidc_answer answer = browse(&people, departure.url, "ada");
		struct oidc_visit visit = come_back(&people, &answer, now);
		struct oidc_site other = site;
		if (i == 0)
			visit.verifier = text_of(departure.state);
		else
			other.provider.secret = TEXT("not the secret");
		fault_clear(&fault);
		assert_false(oidc_exchange(&other,
			&(struct oidc_code){&visit, answer.code, now},
			people.accounts.arena, &person, &fault));
		assert_int_equal(fault.kind, FAULT_DENIED);
	}
}

/* ---- Visits ---- */

/* ASVS 10.1.2, 10.2.1: the state is this browser's, works once, and not long;
 * and the answer is of the provider that was asked. */
static void test_visits(void **state)
{
	struct people_at_work people = people_begin(state);
	struct oidc_provider provider = set_up(&people, 1);
	const struct oidc_site site = {.provider = provider,
		.authorize = TEXT("https://login.council.example/go?x=1")};
	const int64_t limit = OIDC_VISIT_MINUTES * ACCOUNT_MINUTE;
	static const char *const paths[][2] = {{"/ehe", "/ehe"},
		{"https://evil.example", "/"}, {"//evil.example", "/"},
		{"/\\evil.example", "/"}, {"", "/"}, {"/a b", "/"}};
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		struct oidc_departure one = depart(&people, &site, paths[i][0],
			PEOPLE_NOON);
		const struct oidc_answer answer = {.state = text_of(one.state),
			.cookie = text_of(one.state),
			.code = TEXT("c")};
		assert_true(text_starts(one.url,
			TEXT("https://login.council.example/go?x=1&")));
		assert_true(
			text_has(one.url, TEXT("&code_challenge_method=S256")));
		assert_true(text_is(come_back(&people, &answer,
					    PEOPLE_NOON + limit - 1)
					    .goes_to,
			paths[i][1]));
		struct fault fault = {0};
		struct oidc_visit visit;
		assert_false(oidc_return(&people.accounts, &answer, PEOPLE_NOON,
			&visit, &fault));
		assert_int_equal(fault.kind, FAULT_DENIED);
	}
}

static void test_stray_answers(void **state)
{
	struct people_at_work people = people_begin(state);
	struct oidc_provider provider = set_up(&people, 1);
	const struct oidc_site site = {.provider = provider,
		.authorize = TEXT("https://login.council.example/go")};
	for (int i = 0; i < 6; i++) {
		struct fault fault = {0};
		struct oidc_visit visit;
		struct oidc_departure one = depart(&people, &site, "/",
			PEOPLE_NOON);
		struct oidc_departure two = depart(&people, &site, "/",
			PEOPLE_NOON);
		struct oidc_answer answer = {.state = text_of(one.state),
			.cookie = text_of(one.state),
			.code = TEXT("c"),
			.issuer = provider.issuer};
		int64_t now = PEOPLE_NOON;
		switch (i) {
		case 0:
			answer.cookie = text_of(two.state);
			break;
		case 1:
			answer.cookie = answer.state = TEXT("");
			break;
		case 2:
			answer.issuer = TEXT("https://evil.example");
			break;
		case 3:
			answer.code = TEXT("");
			break;
		case 4:
			answer.error = TEXT("access_denied");
			break;
		default:
			now += OIDC_VISIT_MINUTES * ACCOUNT_MINUTE;
		}
		assert_false(oidc_return(&people.accounts, &answer, now, &visit,
			&fault));
		assert_int_equal(fault.kind, FAULT_DENIED);
	}
}

/* ---- A provider that answers what it should not ---- */

static const char *description(struct people_at_work *people, int port,
	const char *issuer)
{
	return arena_format(people->accounts.arena,
		"{\"issuer\":\"%s\",\"authorization_endpoint\":"
		"\"http://127.0.0.1:%d/go\",\"token_endpoint\":"
		"\"http://127.0.0.1:%d/token\",\"jwks_uri\":"
		"\"http://127.0.0.1:%d/keys\"}",
		issuer, port, port, port);
}

static void test_descriptions(void **state)
{
	struct people_at_work people = people_begin(state);
	struct arena *arena = people.accounts.arena;
	struct small_provider *small = small_provider_start();
	struct oidc_provider provider = set_up(&people, small->port);
	const char *issuer = arena_string(arena, provider.issuer);
	const char *good = description(&people, small->port, issuer);
	char *huge = arena_new(arena, OIDC_ANSWER_BYTES + 2);
	memset(huge, ' ', OIDC_ANSWER_BYTES + 1);
	const struct {
		const char *body, *status;
		enum fault_kind kind;
	} cases[] = {{good, NULL, FAULT_NONE}, {good, "302 Found", FAULT_BUSY},
		{good, "500 Broken", FAULT_BUSY}, {"", NULL, FAULT_BROKEN},
		{"[]", NULL, FAULT_BROKEN}, {"{}", NULL, FAULT_BROKEN},
		{huge, NULL, FAULT_LIMIT},
		{description(&people, small->port, "https://evil.example"),
			NULL, FAULT_BROKEN},
		{arena_format(arena,
			 "{\"issuer\":\"%s\",\"authorization_endpoint\":"
			 "\"http://127.0.0.1/go\",\"token_endpoint\":"
			 "\"http://council.example/token\",\"jwks_uri\":"
			 "\"file:///etc/passwd\"}",
			 issuer),
			NULL, FAULT_BROKEN}};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault fault = {0};
		struct oidc_site site;
		small->description = cases[i].body;
		small->status = cases[i].status;
		assert_int_equal(oidc_discover(&provider, arena, &site, &fault),
			cases[i].kind == FAULT_NONE);
		assert_int_equal(fault.kind, cases[i].kind);
	}
	small->status = NULL;
}

struct hostile {
	const char *what;
	enum signer_key key;
	const char *alg;
	const char *nonce; /* NULL: the visit's */
	int64_t ends;      /* seconds from now */
	bool is_taken;
};

static const struct hostile hostile[] = {
	{"good", SIGNER_RSA, "RS256", NULL, 300, true},
	{"another visit's", SIGNER_RSA, "RS256", "n-2", 300, false},
	{"not signed", SIGNER_RSA, "none", NULL, 300, false},
	{"signed with the public key", SIGNER_RSA, "HS256", NULL, 300, false},
	{"of another key", SIGNER_OTHER, "RS256", NULL, 300, false},
	{"expired", SIGNER_RSA, "RS256", NULL, -61, false},
};

static const char *token_answer(struct people_at_work *people,
	const struct hostile *one, const struct oidc_visit *visit)
{
	struct arena *arena = people->accounts.arena;
	const int64_t now = PEOPLE_NOON / 1000;
	const char *claims = arena_format(arena,
		"{\"iss\":\"" TEXT_FORMAT "\",\"sub\":\"ada\",\"aud\":\"kith\","
		"\"exp\":%lld,\"iat\":%lld,\"nonce\":\"%s\",\"email\":"
		"\"ada@council.example\",\"groups\":[\"g-home-education\"]}",
		TEXT_ARGS(visit->issuer), (long long)(now + one->ends),
		(long long)now,
		one->nonce != NULL ? one->nonce
				   : arena_string(arena, visit->nonce));
	struct text token = signer_sign(signer_get(), one->key, one->alg,
		claims, arena);
	return arena_format(arena,
		"{\"access_token\":\"a\",\"token_type\":\"Bearer\",\"id_token\":"
		"\"" TEXT_FORMAT "\"}",
		TEXT_ARGS(token));
}

static void test_hostile_answers(void **state)
{
	struct people_at_work people = people_begin(state);
	struct arena *arena = people.accounts.arena;
	struct small_provider *small = small_provider_start();
	struct oidc_provider provider = set_up(&people, small->port);
	struct oidc_site site;
	struct fault fault = {0};
	small->status = NULL;
	small->description = description(&people, small->port,
		arena_string(arena, provider.issuer));
	small->keys = arena_string(arena, signer_set(signer_get(), arena));
	HARNESS_DONE(oidc_discover(&provider, arena, &site, &fault), &fault);
	for (size_t i = 0; i < COUNT_OF(hostile); i++) {
		struct oidc_person person;
		struct oidc_departure departure = depart(&people, &site, "/",
			PEOPLE_NOON);
		const struct oidc_answer answer = {.state = text_of(
							   departure.state),
			.cookie = text_of(departure.state),
			.code = TEXT("c")};
		struct oidc_visit visit = come_back(&people, &answer,
			PEOPLE_NOON);
		small->token = token_answer(&people, &hostile[i], &visit);
		fault_clear(&fault);
		bool is_taken = oidc_exchange(&site,
			&(struct oidc_code){&visit, answer.code, PEOPLE_NOON},
			arena, &person, &fault);
		if (is_taken != hostile[i].is_taken)
			fail_msg("%s: %s", hostile[i].what, fault.detail);
		assert_int_equal(fault.kind,
			is_taken ? FAULT_NONE : FAULT_DENIED);
	}
}

/* ---- Who comes in ---- */

static struct oidc_person person_in(struct people_at_work *people,
	const struct oidc_provider *provider, const char *subject,
	const char *group)
{
	return (struct oidc_person){.issuer = provider->issuer,
		.subject = text_of(subject),
		.name = TEXT("Ada Example"),
		.email = text_of(arena_format(people->accounts.arena,
			"%s@council.example", subject)),
		.groups = {text_of(group)},
		.group_count = 1};
}

static void test_admit(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	struct account account;
	struct signin_result result;
	struct oidc_provider provider = set_up(&people, 1);
	struct oidc_person ada = person_in(&people, &provider, "ada",
		"g-home-education");
	struct signin_result in = admit(&people, &ada, PEOPLE_NOON);
	assert_int_equal(in.verdict, SIGNIN_DONE);
	/* In another group, the roles are others; in none, none are left. */
	ada.groups[0] = TEXT("g-others");
	admit(&people, &ada, PEOPLE_NOON);
	HARNESS_DONE(account_read(&people.accounts, in.account, PEOPLE_NOON,
			     &account, &fault),
		&fault);
	assert_true(text_is(role_words(people.accounts.roles, account.roles,
				    people.accounts.arena),
		"dpo"));
	ada.group_count = 0;
	assert_int_equal(admit(&people, &ada, PEOPLE_NOON).verdict,
		SIGNIN_REFUSED);
	HARNESS_DONE(account_read(&people.accounts, in.account, PEOPLE_NOON,
			     &account, &fault),
		&fault);
	assert_int_equal(account.roles.bits, 0);
	/* An account with a password is not taken over. */
	people_add(&people, "bob@council.example", "hr");
	struct oidc_person bob = person_in(&people, &provider, "bob", "g-others");
	people_open(&people);
	assert_false(oidc_admit(&people.accounts,
		&(struct oidc_arrival){&bob, TEXT(""), PEOPLE_NOON}, &result,
		&fault));
	store_rollback(people.accounts.store);
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	/* Unused for 90 days, it closes here too. */
	ada.group_count = 1;
	assert_int_equal(admit(&people, &ada, PEOPLE_NOON + 91 * ACCOUNT_DAY).verdict,
		SIGNIN_CLOSED);
}

static void test_settings(void **state)
{
	struct people_at_work people = people_begin(state);
	struct fault fault = {0};
	const struct account_act act = people_act(0, PEOPLE_NOON);
	const struct oidc_provider *list;
	size_t count;
	struct oidc_provider provider = set_up(&people, 1), bad = provider;
	HARNESS_DONE(oidc_providers(&people.accounts, &list, &count, &fault),
		&fault);
	assert_int_equal(count, 1);
	assert_true(text_is(list[0].label, "Council sign-in"));
	people_open(&people);
	bad.issuer = TEXT("http://login.council.example");
	assert_false(oidc_set_provider(&people.accounts, &act, &bad, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault_clear(&fault);
	assert_false(oidc_add_meaning(&people.accounts, &act,
		&(struct oidc_meaning){provider.issuer, TEXT("g"), TEXT("king")},
		&fault));
	fault_clear(&fault);
	const struct oidc_meaning others = {provider.issuer, TEXT("g-others"),
		TEXT("dpo")};
	HARNESS_DONE(oidc_remove_meaning(&people.accounts, &act, &others, &fault),
		&fault);
	assert_false(
		oidc_remove_meaning(&people.accounts, &act, &others, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	people_shut(&people);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_real),
		HARNESS_SQLITE(test_real_refuses),
		HARNESS_EACH_ENGINE(test_visits),
		HARNESS_SQLITE(test_stray_answers),
		HARNESS_SQLITE(test_descriptions),
		HARNESS_SQLITE(test_hostile_answers),
		HARNESS_EACH_ENGINE(test_admit),
		HARNESS_SQLITE(test_settings),
	};
	return HARNESS_RUN(tests);
}
