/* SPDX-License-Identifier: MIT
 *
 * Who may ask what: every route, every role, every relation to the record,
 * against verdicts that stand written in tests/golden/access/api.txt; and that
 * what is hidden answers as what is not there, to the byte.
 */
#include <string.h>

#include "api_council.h"
#include "base/file.h"
#include "web/api-inside.h"

/* One asking for each route. A route that is not here fails the test. A step
 * with version 9 is refused as a conflict to whoever may take it, so that
 * nothing is changed. */
static const struct asking {
	enum http_method method;
	const char *pattern, *target, *body;
	const char *after; /* undoes what was done */
} askings[] = {
	{HTTP_GET, "", "", NULL, NULL},
	{HTTP_GET, "/registers", "/registers", NULL, NULL},
	{HTTP_GET, "/registers/{register:word}", "/registers/lending", NULL, NULL},
	{HTTP_GET, "/registers/{register:word}/lists/{list:word}",
		"/registers/lending/lists/open", NULL, NULL},
	{HTTP_POST, "/registers/{register:word}/entries",
		"/registers/lending/entries", "{\"child\": \"$CHILD\"}", NULL},
	{HTTP_GET, "/registers/{register:word}/drafts/{step:word}",
		"/registers/lending/drafts/ask", NULL, NULL},
	{HTTP_PUT, "/registers/{register:word}/drafts/{step:word}",
		"/registers/lending/drafts/lend", "{\"given\": {}}", NULL},
	{HTTP_DELETE, "/registers/{register:word}/drafts/{step:word}",
		"/registers/lending/drafts/lend", NULL, NULL},
	{HTTP_GET, "/entries/{reference:text}", "/entries/$REF", NULL, NULL},
	{HTTP_GET, "/entries/{reference:text}/history", "/entries/$REF/history",
		NULL, NULL},
	{HTTP_POST, "/entries/{reference:text}/steps/{step:word}",
		"/entries/$REF/steps/lend", "{\"version\": 9}", NULL},
	{HTTP_POST, "/entries/{reference:text}/assign", "/entries/$REF/assign",
		"{\"version\": 9, \"owner\": \"nadia\"}", NULL},
	{HTTP_GET, "/entries/{reference:text}/drafts/{step:word}",
		"/entries/$REF/drafts/lend", NULL, NULL},
	{HTTP_PUT, "/entries/{reference:text}/drafts/{step:word}",
		"/entries/$REF/drafts/scrap", "{\"given\": {}}", NULL},
	{HTTP_DELETE, "/entries/{reference:text}/drafts/{step:word}",
		"/entries/$REF/drafts/scrap", NULL, NULL},
	{HTTP_POST, "/bulk", "/bulk",
		"{\"steps\": [{\"reference\": \"$REF\", \"step\": \"lend\","
		" \"version\": 9}]}",
		NULL},
	{HTTP_GET, "/proposals", "/proposals", NULL, NULL},
	{HTTP_POST, "/proposals/{id}", "/proposals/$PROPOSAL",
		"{\"agreed\": false, \"reason\": \"tested\"}",
		"UPDATE proposal SET state = 'waiting'"},
	{HTTP_GET, "/work", "/work", NULL, NULL},
	{HTTP_GET, "/children", "/children?find=zebedee", NULL, NULL},
	{HTTP_GET, "/children/{id}", "/children/$CHILD", NULL, NULL},
	{HTTP_GET, "/children/{id}/looked", "/children/$CHILD/looked", NULL, NULL},
	{HTTP_POST, "/children/{id}/glass", "/children/$CHILD/glass",
		"{\"reason\": \"an invented emergency\"}",
		"DELETE FROM break_glass WHERE id <> 7"},
	{HTTP_POST, "/children/{id}/restriction", "/children/$CHILD/restriction",
		"{\"reason\": \"\", \"guardian\": \"gwen\"}", NULL},
	{HTTP_DELETE, "/children/{id}/restriction", "/children/$CHILD/restriction",
		NULL, "UPDATE restriction SET ends = NULL"},
	{HTTP_GET, "/glass", "/glass", NULL, NULL},
	{HTTP_POST, "/glass/{id}", "/glass/7", "{\"justified\": true}",
		"UPDATE break_glass SET reviewed_by = NULL, reviewed_at = NULL,"
		" verdict = NULL"},
	{HTTP_GET, "/drafts", "/drafts", NULL, NULL},
	{HTTP_GET, "/told", "/told", NULL, NULL},
	{HTTP_GET, "/measures", "/measures", NULL, NULL},
	{HTTP_GET, "/measures/{id:text}", "/measures/LAC?at=2024-06-30", NULL,
		NULL},
	{HTTP_GET, "/reports/quarterly", "/reports/quarterly?period=2024-25Q1",
		NULL, NULL},
	{HTTP_GET, "/feeds", "/feeds", NULL, NULL},
	{HTTP_GET, "/openapi.json", "/openapi.json", NULL, NULL},
};

static const struct asking *asking_of(const struct api_route *route)
{
	struct text pattern = text_cut(text_of(route->pattern),
		sizeof "/api/v1" - 1, SIZE_MAX);
	for (size_t i = 0; i < COUNT_OF(askings); i++)
		if (askings[i].method == route->method
			&& text_is(pattern, askings[i].pattern))
			return &askings[i];
	fail_msg("%s %s has no written verdict: add it to `askings`",
		http_method_name(route->method), route->pattern);
	return askings; /* not reached: the test has failed */
}

static bool has_relation(const struct asking *asking)
{
	return strchr(asking->target, '$') != NULL
		|| (asking->body != NULL && strchr(asking->body, '$') != NULL);
}

static struct http_answer ask(struct council *council,
	const struct asking *asking, int relation)
{
	return council_ask(council,
		(struct council_asked){.method = http_method_name(asking->method),
			.target = council_fill(council,
				arena_format(council->arena, "/api/v1%s",
					asking->target),
				relation),
			.body = asking->body == NULL
				? NULL
				: council_fill(council, asking->body, relation)});
}

enum { MOST_ROLES = 64, STATUSES = 600 };

/* "GET /told owns 200: partner hr\n", a line a status. */
static void write_lines(struct council *council, const struct asking *asking,
	const char *relation, const int statuses[MOST_ROLES], struct buffer *out)
{
	const struct codes_list *roles = codes_list(council->desk.codes, "roles");
	for (int status = 0; status < STATUSES; status++) {
		bool is_first = true;
		for (size_t i = 0; i < roles->count; i++) {
			if (statuses[i] != status)
				continue;
			if (is_first)
				buffer_format(out, "%s %s %s %d:",
					http_method_name(asking->method),
					asking->pattern, relation, status);
			buffer_format(out, " " TEXT_FORMAT,
				TEXT_ARGS(roles->entries[i].code));
			is_first = false;
		}
		if (!is_first)
			buffer_char(out, '\n');
	}
}

static void try_roles(struct council *council, const struct asking *asking,
	int relation, struct buffer *out)
{
	const struct codes_list *roles = codes_list(council->desk.codes, "roles");
	int statuses[MOST_ROLES] = {0};
	assert_true(roles->count <= MOST_ROLES);
	for (size_t i = 0; i < roles->count; i++) {
		council_ask_as_place(council, i);
		struct http_answer answer = ask(council, asking, relation);
		statuses[i] = answer.status;
		if (answer.status >= 400)
			council_names_nobody(council, answer.body);
		if (answer.status < 300 && asking->after != NULL)
			council_run(council, asking->after);
	}
	write_lines(council, asking,
		has_relation(asking)
			? sight_relation_word((enum sight_relation)relation)
			: "-",
		statuses, out);
}

/* After a change that is meant: KITH_TEST_REWRITE=1 test_api_access, and read
 * the difference. */
static void test_written(void **state)
{
	struct council council;
	struct buffer lines = {.maximum = 1 << 22};
	struct fault fault = {0};
	struct text written;
	council_begin(&council, state);
	for (size_t i = 0; i < api_table_count; i++) {
		const struct asking *asking = asking_of(&api_table[i]);
		int count = has_relation(asking) ? SIGHT_RELATIONS : 1;
		for (int relation = 0; relation < count; relation++)
			try_roles(&council, asking, relation, &lines);
	}
	const char *path = harness_source(council.h,
		"tests/golden/access/api.txt");
	if (file_environment("KITH_TEST_REWRITE") != NULL)
		HARNESS_DONE(file_write(path, buffer_text(&lines), &fault),
			&fault);
	HARNESS_DONE(file_map(path, council.arena, &written, &fault), &fault);
	struct text left = written, right = buffer_text(&lines);
	while (left.length > 0 || right.length > 0) {
		struct text a = text_split(left, '\n', &left);
		struct text b = text_split(right, '\n', &right);
		if (!text_equals(a, b))
			fail_msg("written: " TEXT_FORMAT
				 "\nis:      " TEXT_FORMAT,
				TEXT_ARGS(a), TEXT_ARGS(b));
	}
	buffer_finish(&lines);
	council_end(&council);
}

/* What is sent, but for the request's number. */
static const char *wire(struct council *council, const struct http_answer *answer)
{
	struct buffer out = {.maximum = 1 << 20};
	buffer_format(&out, "%d\n", answer->status);
	for (size_t i = 0; i < answer->headers.count; i++)
		if (!text_is(answer->headers.at[i].name, "X-Request-Id"))
			buffer_format(&out, TEXT_FORMAT ": " TEXT_FORMAT "\n",
				TEXT_ARGS(answer->headers.at[i].name),
				TEXT_ARGS(answer->headers.at[i].value));
	buffer_add(&out, answer->body);
	const char *bytes = arena_string(council->arena, buffer_text(&out));
	buffer_finish(&out);
	return bytes;
}

/* Restricted and own family, asked for by those with every case role: as if
 * there were no such child and entry. */
static void test_hidden(void **state)
{
	static const int hidden[] = {SIGHT_RESTRICTED, SIGHT_CONFLICT};
	static const char *const roles[] = {"library-staff",
		"programme-manager", "dpo", "social-worker"};
	struct council council;
	size_t compared = 0;
	council_begin(&council, state);
	for (size_t i = 0; i < COUNT_OF(askings); i++) {
		const struct asking *asking = &askings[i];
		/* Opening and restricting are about what is hidden. */
		if (!has_relation(asking) || strstr(asking->target, "glass")
			|| strstr(asking->target, "restriction"))
			continue;
		for (size_t j = 0; j < COUNT_OF(hidden) * COUNT_OF(roles); j++) {
			council_ask_as(&council, roles[j % COUNT_OF(roles)]);
			struct http_answer one = ask(&council, asking,
				hidden[j / COUNT_OF(roles)]);
			struct http_answer other = ask(&council, asking,
				COUNCIL_MISSING);
			assert_string_equal(wire(&council, &one),
				wire(&council, &other));
			compared++;
		}
	}
	assert_true(compared > 50);
	council_end(&council);
}

/* Lists, counts and searches are as they would be without the hidden child. */
static void test_uncounted(void **state)
{
	static const char *const targets[] = {"/api/v1/registers/lending/lists/open",
		"/api/v1/work?whose=anybody", "/api/v1/children?find=zebedee",
		"/api/v1/children?find=NUMBER4", "/api/v1/proposals"};
	static const char *const roles[] = {"programme-manager",
		"social-worker", "dpo"};
	struct council council;
	const char *before[COUNT_OF(targets) * COUNT_OF(roles)];
	council_begin(&council, state);
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < COUNT_OF(before); i++) {
			council_ask_as(&council, roles[i % COUNT_OF(roles)]);
			struct http_answer answer = council_ask(&council,
				(struct council_asked){.method = "GET",
					.target = targets[i / COUNT_OF(roles)]});
			if (pass == 0)
				before[i] = wire(&council, &answer);
			else
				assert_string_equal(before[i],
					wire(&council, &answer));
		}
		/* What is hidden changes: nobody can tell. */
		council_run(&council,
			arena_format(council.arena,
				"UPDATE child SET born = '2011-01-01' WHERE id IN"
				" (%lld, %lld); UPDATE entry SET owner = 'tester'"
				" WHERE subject IN (%lld, %lld)",
				(long long)council.children[SIGHT_RESTRICTED],
				(long long)council.children[SIGHT_CONFLICT],
				(long long)council.children[SIGHT_RESTRICTED],
				(long long)council.children[SIGHT_CONFLICT]));
	}
	council_end(&council);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_written),
		HARNESS_EACH_ENGINE(test_hidden),
		HARNESS_EACH_ENGINE(test_uncounted)};
	return HARNESS_RUN(tests);
}
