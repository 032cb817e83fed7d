/* SPDX-License-Identifier: MIT
 *
 * The API without a socket: each route taken and refused, tokens and scopes,
 * versions, pages, CSV, calendars, problems.
 *
 * Long because there are many routes.
 */
#include <jansson.h>
#include <string.h>

#include "api_council.h"
#include "web/api-inside.h"

static struct http_answer get(struct council *council, const char *target)
{
	return council_ask(council,
		(struct council_asked){.method = "GET", .target = target});
}

static struct http_answer post(struct council *council, const char *target,
	const char *body)
{
	return council_ask(council,
		(struct council_asked){.method = "POST",
			.target = target,
			.body = body});
}

static json_t *json_of(const struct http_answer *answer)
{
	json_t *json = json_loadb(answer->body.at, answer->body.length,
		JSON_REJECT_DUPLICATES, NULL);
	if (json == NULL)
		fail_msg("no JSON: %.2000s", answer->body.at);
	return json;
}

static void says(const struct http_answer *answer, const char *part)
{
	if (!text_has(answer->body, text_of(part)))
		fail_msg("\"%s\" is not in %.*s", part, TEXT_ARGS(answer->body));
}

static void expect(const struct http_answer *answer, int status)
{
	if (answer->status != status)
		fail_msg("%d, not %d: %.*s", answer->status, status,
			TEXT_ARGS(answer->body));
}

/* ---- One case from beginning to end ---- */

static void test_case_of(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_run(&council,
		"INSERT INTO child (la, id, born, sex, is_uasc, batch, version)"
		" VALUES (206, 77, '2013-01-01', 'M', 0, 1, 1)");
	council_ask_as(&council, "library-staff");
	struct http_answer answer = post(&council,
		"/api/v1/registers/lending/entries",
		"{\"child\": \"77\", \"given\": {\"wheels\": 24, \"deposit\":"
		" 12.5, \"why\": \"far away\"}, \"on\": \"2025-05-01\"}");
	expect(&answer, 201);
	assert_string_equal(council_header(&council, &answer, "ETag"), "W/\"1\"");
	const char *place = council_header(&council, &answer, "Location");
	struct http_answer read = get(&council, place);
	expect(&read, 200);
	json_t *entry = json_of(&read);
	assert_string_equal(json_string_value(json_object_get(entry, "child")),
		"77");
	json_t *fields = json_object_get(entry, "fields");
	assert_int_equal(json_integer_value(json_object_get(fields, "wheels")),
		24);
	assert_float_equal(json_real_value(json_object_get(fields, "deposit")),
		12.5, 1e-9);
	assert_string_equal(json_string_value(
				    json_object_get(json_object_get(entry, "state"),
					    "label")),
		"Asked for");
	json_decref(entry);
	/* Lend it, with the version in the header. */
	const char *lend = arena_format(council.arena, "%s/steps/lend", place);
	answer = council_ask(&council,
		(struct council_asked){.method = "POST",
			.target = lend,
			.body = "{\"given\": {\"bicycle\": \"=B-1\"}}",
			.header = {TEXT("If-Match"), TEXT("W/\"1\"")}});
	expect(&answer, 200);
	says(&answer, "\"version\": 2");
	says(&answer, "Bring the bicycle back");
	says(&answer, "\"lent\"");
	/* A row of a part, with a code. */
	answer = post(&council,
		arena_format(council.arena, "%s/steps/return", place),
		"{\"version\": 2, \"given\": {\"returned_on\": \"2025-05-20\","
		" \"condition_found\": \"BAD\"}}");
	expect(&answer, 200);
	read = get(&council, place);
	says(&read, "\"code\": \"BAD\"");
	answer = get(&council, arena_format(council.arena, "%s/history", place));
	expect(&answer, 200);
	says(&answer, "\"label\": \"It came back\"");
	answer = get(&council,
		arena_format(council.arena, "%s?version=1", place));
	expect(&answer, 200);
	says(&answer, "\"version\": 1");
	answer = get(&council,
		arena_format(council.arena,
			"%s?known_at=1999-01-01T00:00:00.000Z", place));
	expect(&answer, 404);
	council_end(&council);
}

/* ---- Refusals ---- */

static void test_refused(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	const char *lend = council_fill(&council,
		"/api/v1/entries/$REF/steps/lend", SIGHT_TEAM);
	struct http_answer answer = post(&council, lend, "{}");
	expect(&answer, 428);
	answer = post(&council, lend, "{\"version\": 1}");
	expect(&answer, 422);
	says(&answer, "\"field\": \"bicycle\"");
	says(&answer, "\"message\"");
	answer = post(&council, lend, "{\"version\": 1, \"verison\": 2}");
	expect(&answer, 422);
	assert_false(text_has(answer.body, TEXT("verison")));
	answer = post(&council, lend, "{\"version\": \"one\"}");
	expect(&answer, 422);
	says(&answer, "\"field\": \"version\"");
	answer = post(&council, lend, "{\"version\": 1");
	expect(&answer, 400);
	answer = post(&council, lend, "[]");
	expect(&answer, 422);
	answer = council_ask(&council,
		(struct council_asked){.method = "POST",
			.target = lend,
			.body = "{}",
			.header = {TEXT("If-Match"), TEXT("soon")}});
	expect(&answer, 412);
	answer = get(&council, "/api/v1/work?when=never");
	expect(&answer, 422);
	answer = get(&council, "/api/v1/work?whom=mine");
	expect(&answer, 400);
	answer = get(&council, "/api/v1/work?when=all&when=all");
	expect(&answer, 422);
	answer = get(&council, "/api/v1/children");
	expect(&answer, 422);
	answer = get(&council, "/api/v1/entries/NOT-ONE");
	expect(&answer, 404);
	answer = get(&council, "/api/v1/registers/lending/lists/none");
	expect(&answer, 404);
	answer = get(&council, "/api/v1/proposals?state=lost");
	expect(&answer, 422);
	answer = get(&council, "/api/v1/reports/quarterly?period=2024");
	expect(&answer, 422);
	answer = post(&council, "/api/v1/bulk", "{\"steps\": []}");
	expect(&answer, 422);
	council_end(&council);
}

/* Somebody else was first: what they did is shown. */
static void test_conflict(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	const char *lend = council_fill(&council,
		"/api/v1/entries/$REF/steps/lend", SIGHT_TEAM);
	const char *body = "{\"version\": 1, \"given\": {\"bicycle\": \"B-7\"}}";
	struct http_answer tried = post(&council,
		arena_format(council.arena, "%s?try=1", lend), body);
	expect(&tried, 200);
	struct http_answer answer = post(&council, lend, body);
	expect(&answer, 200);
	answer = post(&council, lend, body);
	expect(&answer, 409);
	json_t *problem = json_of(&answer);
	json_t *since = json_array_get(json_object_get(problem, "since"), 0);
	assert_string_equal(json_string_value(json_object_get(since, "actor")),
		"tester");
	assert_int_equal(json_integer_value(json_object_get(problem, "version")),
		2);
	json_decref(problem);
	says(&answer, "B-7");
	council_end(&council);
}

/* ---- Agreement, several at once, giving away ---- */

static void test_agreed(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "programme-manager");
	struct http_answer answer = get(&council, "/api/v1/proposals");
	expect(&answer, 200);
	says(&answer, "\"may_decide\": true");
	const char *place = council_fill(&council,
		"/api/v1/proposals/$PROPOSAL", SIGHT_TEAM);
	answer = post(&council, place, "{\"agreed\": false}");
	expect(&answer, 422);
	answer = post(&council, place, "{\"agreed\": true}");
	expect(&answer, 200);
	answer = post(&council, place, "{\"agreed\": true}");
	expect(&answer, 409);
	council_ask_as(&council, "library-staff");
	answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/steps/scrap",
			SIGHT_OWNS),
		"{\"version\": 2}");
	expect(&answer, 202);
	answer = get(&council, "/api/v1/told");
	expect(&answer, 200);
	council_end(&council);
}

static void test_bulk(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	const char *one = council.entries[SIGHT_TEAM];
	const char *other = council.entries[SIGHT_OPENED];
	struct http_answer answer = post(&council, "/api/v1/bulk",
		arena_format(council.arena,
			"{\"steps\": [{\"reference\": \"%s\", \"step\": \"lend\","
			" \"version\": 1, \"given\": {\"bicycle\": \"B-1\"}},"
			" {\"reference\": \"%s\", \"step\": \"lend\","
			" \"version\": 5, \"given\": {\"bicycle\": \"B-2\"}}]}",
			one, other));
	expect(&answer, 409);
	/* The first was undone with the second. */
	answer = get(&council,
		council_fill(&council, "/api/v1/entries/$REF", SIGHT_TEAM));
	says(&answer, "\"version\": 1");
	answer = post(&council, "/api/v1/bulk",
		arena_format(council.arena,
			"{\"steps\": [{\"reference\": \"%s\", \"step\": \"lend\","
			" \"version\": 1, \"given\": {\"bicycle\": \"B-1\"}},"
			" {\"reference\": \"%s\", \"step\": \"lend\","
			" \"version\": 1, \"given\": {\"bicycle\": \"B-2\"}}]}",
			one, other));
	expect(&answer, 200);
	answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/assign", SIGHT_TEAM),
		"{\"owner\": \"nadia\"}");
	expect(&answer, 428);
	answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/assign", SIGHT_TEAM),
		"{\"owner\": \"nadia\", \"version\": 2}");
	expect(&answer, 200);
	council_end(&council);
}

/* ---- Lists and work ---- */

static void test_pages(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "programme-manager");
	struct http_answer answer = get(&council,
		"/api/v1/registers/lending/lists/open?page=2&page_size=2"
		"&order=-wheels");
	expect(&answer, 200);
	says(&answer, "\"total\": 4");
	says(&answer, "\"pages\": 2");
	const char *links = council_header(&council, &answer, "Link");
	assert_non_null(strstr(links, "rel=\"prev\""));
	assert_null(strstr(links, "rel=\"next\""));
	assert_non_null(strstr(links, "order=-wheels&page=1&page_size=2"));
	assert_string_equal(council_header(&council, &answer, "X-Total-Count"),
		"4");
	council_end(&council);
}

/* A bicycle's number that a spreadsheet would run. */
static void test_csv(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	struct http_answer answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/steps/lend",
			SIGHT_TEAM),
		"{\"version\": 1, \"given\": {\"bicycle\": \"=1+1,\\\"x\\\"\"}}");
	expect(&answer, 200);
	answer = council_ask(&council,
		(struct council_asked){.method = "GET",
			.target = "/api/v1/registers/lending/lists/open",
			.header = {TEXT("Accept"), TEXT("text/csv")}});
	expect(&answer, 200);
	assert_string_equal(council_header(&council, &answer, "Content-Type"),
		"text/csv; charset=utf-8");
	says(&answer, "\"'=1+1,\"\"x\"\"\"");
	says(&answer, "LENT,Lent,");
	council_names_nobody(&council, answer.body);
	council_end(&council);
}

static void test_calendar(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	struct http_answer answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/steps/lend",
			SIGHT_TEAM),
		"{\"version\": 1, \"given\": {\"bicycle\": \"B\"}, \"on\":"
		" \"2025-06-02\"}");
	expect(&answer, 200);
	answer = get(&council, "/api/v1/work?whose=team&format=calendar");
	expect(&answer, 200);
	says(&answer, "BEGIN:VCALENDAR\r\n");
	says(&answer, "DTSTART;VALUE=DATE:20250714\r\n");
	says(&answer, council.entries[SIGHT_TEAM]);
	council_names_nobody(&council, answer.body);
	struct text rest = answer.body;
	while (rest.length > 0)
		assert_true(text_split(rest, '\n', &rest).length <= 76);
	answer = get(&council, "/api/v1/work?whose=mine&register=lending");
	expect(&answer, 200);
	says(&answer, "\"label\": \"Bring the bicycle back\"");
	council_end(&council);
}

/* ---- Children ---- */

static void test_children(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "social-worker");
	struct http_answer answer = get(&council,
		"/api/v1/children?find=zebedee");
	expect(&answer, 200);
	says(&answer, "Quillon0 Zebedee");
	answer = get(&council,
		council_fill(&council, "/api/v1/children/$CHILD", SIGHT_TEAM));
	expect(&answer, 200);
	says(&answer, "\"label\": \"Female\"");
	answer = post(&council,
		council_fill(&council, "/api/v1/children/$CHILD/glass",
			SIGHT_RESTRICTED),
		"{\"reason\": \"a call about danger tonight\"}");
	expect(&answer, 201);
	says(&answer, "\"review_due\": \"2025-06-04\"");
	answer = get(&council,
		council_fill(&council, "/api/v1/children/$CHILD",
			SIGHT_RESTRICTED));
	expect(&answer, 200);
	council_ask_as(&council, "dpo");
	answer = get(&council,
		council_fill(&council, "/api/v1/children/$CHILD/looked",
			SIGHT_TEAM));
	expect(&answer, 200);
	says(&answer, "child-read");
	answer = post(&council,
		council_fill(&council, "/api/v1/children/$CHILD/restriction",
			SIGHT_TEAM),
		"{\"reason\": \"protection\", \"guardian\": \"gwen\","
		" \"members\": [\"lena\"]}");
	expect(&answer, 204);
	answer = get(&council,
		council_fill(&council, "/api/v1/children/$CHILD", SIGHT_TEAM));
	expect(&answer, 404);
	council_end(&council);
}

/* ---- Tokens ---- */

static void test_tokens(void **state)
{
	struct council council;
	council_begin(&council, state);
	struct http_answer answer = get(&council, "/api/v1/told");
	expect(&answer, 401);
	assert_string_equal(council_header(&council, &answer, "WWW-Authenticate"),
		"Bearer realm=\"kith\"");
	council.token = "kith_206_nonsense";
	answer = get(&council, "/api/v1/told");
	expect(&answer, 401);
	const char *token = council_token(&council, "pat@example.org",
		"programme-manager", "read:lending");
	council.token = token;
	answer = get(&council, "/api/v1/registers/lending/lists/open");
	expect(&answer, 200);
	/* What the roles may and the scopes do not name. */
	answer = get(&council, "/api/v1/work");
	expect(&answer, 403);
	answer = get(&council, "/api/v1/work?register=lending");
	expect(&answer, 200);
	answer = get(&council, "/api/v1/feeds");
	expect(&answer, 403);
	answer = post(&council,
		council_fill(&council, "/api/v1/entries/$REF/steps/lend",
			SIGHT_TEAM),
		"{\"version\": 1}");
	expect(&answer, 403);
	answer = post(&council, "/api/v1/bulk",
		council_fill(&council,
			"{\"steps\": [{\"reference\": \"$REF\", \"step\":"
			" \"lend\", \"version\": 1}]}",
			SIGHT_TEAM));
	expect(&answer, 403);
	/* What the scopes name and the roles may not. */
	council.token = council_token(&council, "lee@example.org",
		"programme-manager", "read:* write:* feeds");
	answer = get(&council, "/api/v1/children?find=zebedee");
	expect(&answer, 403);
	answer = get(&council, "/api/v1/feeds");
	expect(&answer, 200);
	/* A role taken away is gone at once. */
	council_run(&council,
		"DELETE FROM account_role WHERE account = (SELECT id FROM account"
		" WHERE login = 'lee@example.org')");
	answer = get(&council, "/api/v1/registers/lending/lists/open");
	expect(&answer, 403);
	/* So is the token of a closed account. */
	council_run(&council,
		"UPDATE account SET state = 'closed' WHERE login ="
		" 'pat@example.org'");
	council.token = token;
	answer = get(&council, "/api/v1/registers/lending/lists/open");
	expect(&answer, 401);
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT count(*) FROM audit WHERE purpose = 'api' AND"
				    " actor = 'pat@example.org' AND act = 'case-list'"),
		"1\n");
	council_end(&council);
}

/* ---- Figures and the rest ---- */

static void test_figures(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "analyst");
	struct http_answer answer = get(&council, "/api/v1/measures");
	expect(&answer, 200);
	answer = get(&council,
		"/api/v1/measures/LAC?at=2024-06-30&by=sex,age&publish=1");
	expect(&answer, 200);
	says(&answer, "\"symbol\": \"x\"");
	answer = get(&council, "/api/v1/measures/LAC");
	expect(&answer, 422);
	answer = get(&council, "/api/v1/measures/NONE?at=2024-06-30");
	assert_true(answer.status >= 400 && answer.status < 500);
	answer = get(&council, "/api/v1/reports/quarterly?period=2024-25Q1");
	expect(&answer, 200);
	json_decref(json_of(&answer));
	answer = get(&council, "/api/v1/feeds");
	expect(&answer, 200);
	answer = get(&council, "/api/v1");
	expect(&answer, 200);
	json_decref(json_of(&answer));
	council_end(&council);
}

static void test_definitions(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "library-staff");
	struct http_answer answer = get(&council, "/api/v1/registers");
	expect(&answer, 200);
	says(&answer, "\"name\": \"lending\"");
	answer = get(&council, "/api/v1/registers/lending");
	expect(&answer, 200);
	json_t *json = json_of(&answer);
	assert_int_equal(json_array_size(json_object_get(json, "steps")), 7);
	json_decref(json);
	council_ask_as(&council, "social-worker");
	answer = get(&council, "/api/v1/registers/lending");
	expect(&answer, 404);
	council_end(&council);
}

static void test_drafts(void **state)
{
	struct council council;
	council_begin(&council, state);
	council_ask_as(&council, "caldicott-guardian");
	const char *place = "/api/v1/registers/lending/drafts/ask";
	struct http_answer answer = get(&council, place);
	expect(&answer, 404);
	answer = council_ask(&council,
		(struct council_asked){.method = "PUT",
			.target = place,
			.body = "{\"given\": {\"wheels\": \"1\"}}"});
	expect(&answer, 204);
	answer = get(&council, place);
	expect(&answer, 200);
	says(&answer, "\"given\": {\"wheels\":\"1\"}");
	answer = get(&council, "/api/v1/drafts");
	expect(&answer, 200);
	says(&answer, "\"step\": \"ask\"");
	answer = council_ask(&council,
		(struct council_asked){.method = "DELETE", .target = place});
	expect(&answer, 204);
	answer = get(&council, place);
	expect(&answer, 404);
	council_end(&council);
}

/* A version that was changed behind the desk's back is named. */
static void test_verified(void **state)
{
	struct council council;
	struct desk_verify_output output;
	struct fault fault = {0};
	council_begin(&council, state);
	HARNESS_DONE(desk_perform(&council.desk, DESK_VERIFY, NULL, &output,
			     &fault),
		&fault);
	assert_int_equal(output.rows[0].versions, 8);
	assert_string_equal(output.rows[0].broken_why, "");
	council_run(&council,
		"UPDATE entry_version SET actor = 'nobody' WHERE version = 2");
	HARNESS_DONE(desk_perform(&council.desk, DESK_VERIFY, NULL, &output,
			     &fault),
		&fault);
	assert_string_not_equal(output.rows[0].broken_why, "");
	assert_int_equal(output.rows[0].broken_version, 2);
	council_end(&council);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_case_of),
		HARNESS_EACH_ENGINE(test_refused),
		HARNESS_EACH_ENGINE(test_conflict),
		HARNESS_EACH_ENGINE(test_agreed), HARNESS_EACH_ENGINE(test_bulk),
		HARNESS_EACH_ENGINE(test_pages), HARNESS_EACH_ENGINE(test_csv),
		HARNESS_EACH_ENGINE(test_calendar),
		HARNESS_EACH_ENGINE(test_children),
		HARNESS_EACH_ENGINE(test_tokens),
		HARNESS_EACH_ENGINE(test_figures),
		HARNESS_EACH_ENGINE(test_definitions),
		HARNESS_EACH_ENGINE(test_drafts),
		HARNESS_EACH_ENGINE(test_verified)};
	return HARNESS_RUN(tests);
}
