/* SPDX-License-Identifier: MIT
 *
 * Answers without a socket: the router's table, places, conditional requests,
 * who asks through which proxy, problems and faults.
 */
#include "web/http.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct test {
	struct arena *arena;
	struct http_site *site;
};

/* Which route it was, what stood at its places, and who asked. */
static bool tell(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	struct buffer *out = http_reply_page(reply, "text/plain; charset=utf-8",
		2000, arena);
	buffer_string(out, request->route->pattern);
	for (size_t i = 0; i < request->places.count; i++)
		buffer_format(out, " %.*s=%.*s",
			TEXT_ARGS(request->places.at[i].name),
			TEXT_ARGS(request->places.at[i].value));
	struct text value;
	if (http_only(request->query, "q", &value))
		buffer_format(out, " q=" TEXT_FORMAT, TEXT_ARGS(value));
	if (http_only(request->cookies, "c", &value))
		buffer_format(out, " c=" TEXT_FORMAT, TEXT_ARGS(value));
	buffer_format(out, " from " TEXT_FORMAT, TEXT_ARGS(request->client));
	return worker == NULL;
}

static bool tagged(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)arena;
	reply->type = "text/plain; charset=utf-8";
	reply->body = TEXT("as it was");
	reply->cache = HTTP_CHECKED;
	if (text_is(request->path, "/own-tag"))
		reply->tag = TEXT("v7");
	return true;
}

static bool too_long(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	buffer_string(http_reply_page(reply, "text/plain", 4, arena), "12345");
	return true;
}

static bool see(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	(void)arena;
	http_reply_see(reply, TEXT("/ehe/1?saved=yes"));
	return true;
}

static bool faulty(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	struct fault fault = {0};
	(void)worker;
	fault_set(&fault, (enum fault_kind)http_place_number(request, "kind"),
		"it is \"so\"");
	fault_detail(&fault, "a library's words");
	http_reply_fault(reply, &fault, arena);
	return true;
}

static const struct http_route routes[] = {
	{HTTP_GET, "/", tell, NULL, 0, 0},
	{HTTP_GET, "/ehe/{id}", tell, NULL, 0, 0},
	{HTTP_PUT, "/ehe/{id:number}", tell, NULL, HTTP_JSON, 0},
	{HTTP_GET, "/ehe/{name:text}", tell, NULL, 0, 0},
	{HTTP_GET, "/ehe/new", tell, NULL, 0, 0},
	{HTTP_GET, "/{register:word}/{id}/steps/{day:date}", tell, NULL, 0, 0},
	{HTTP_GET, "/tagged", tagged, NULL, 0, 0},
	{HTTP_GET, "/own-tag", tagged, NULL, 0, 0},
	{HTTP_GET, "/too-long", too_long, NULL, 0, 0},
	{HTTP_GET, "/see", see, NULL, 0, 0},
	{HTTP_GET, "/fault/{kind}", faulty, NULL, 0, 0},
};

static int open_test(void **state)
{
	static const char *const proxies[] = {"10.0.0.0/8", "::1"};
	struct arena *arena = arena_open();
	struct test *test = arena_new(arena, sizeof *test);
	struct fault fault = {0};
	test->arena = arena;
	const struct http_options options = {.routes = routes,
		.route_count = COUNT_OF(routes),
		.proxies = proxies,
		.proxy_count = COUNT_OF(proxies),
		.is_behind_tls = true};
	if (!http_site_open(&options, arena, &test->site, &fault))
		fail_msg("%s", fault.message);
	*state = test;
	return 0;
}

static int close_test(void **state)
{
	struct test *test = *state;
	arena_close(test->arena);
	return 0;
}

struct asking {
	const char *method, *target, *client;
	struct http_field field; /* one more header */
};

static struct http_answer ask(struct test *test, struct asking asking)
{
	struct http_field fields[] = {{TEXT("Host"), TEXT("localhost")},
		asking.field};
	const struct http_head head = {.method = text_of(asking.method == NULL
						       ? "GET"
						       : asking.method),
		.target = text_of(asking.target),
		.client = text_of(
			asking.client == NULL ? "192.0.2.1" : asking.client),
		.fields = {fields, asking.field.name.length > 0 ? 2 : 1}};
	return http_answer(test->site, &head, TEXT(""), NULL, test->arena);
}

static const char *header(struct test *test, const struct http_answer *answer,
	const char *name)
{
	for (size_t i = 0; i < answer->headers.count; i++)
		if (text_is(answer->headers.at[i].name, name))
			return arena_string(test->arena,
				answer->headers.at[i].value);
	return "";
}

static void expect(struct test *test, struct asking asking, int status,
	const char *body)
{
	struct http_answer answer = ask(test, asking);
	if (answer.status != status)
		fail_msg("%s: %d expected, %d came", asking.target, status,
			answer.status);
	if (body != NULL)
		assert_string_equal(arena_string(test->arena, answer.body), body);
}

static void test_router(void **state)
{
	static const struct {
		const char *target;
		const char *body; /* NULL: 404 */
	} rows[] = {
		{"/", "/ from 192.0.2.1"},
		{"/ehe/12", "/ehe/{id} id=12 from 192.0.2.1"},
		{"/ehe/new", "/ehe/new from 192.0.2.1"},
		{"/ehe/New", "/ehe/{name:text} name=New from 192.0.2.1"},
		{"/ehe/012", "/ehe/{name:text} name=012 from 192.0.2.1"},
		{"/ehe/0", "/ehe/{name:text} name=0 from 192.0.2.1"},
		{"/ehe/-1", "/ehe/{name:text} name=-1 from 192.0.2.1"},
		{"/ehe/a%20b", "/ehe/{name:text} name=a b from 192.0.2.1"},
		{"/ehe/%2541", "/ehe/{name:text} name=%41 from 192.0.2.1"},
		{"/s17/9/steps/2024-02-29",
			"/{register:word}/{id}/steps/{day:date} register=s17"
			" id=9 day=2024-02-29 from 192.0.2.1"},
		{"/?q=x", "/ q=x from 192.0.2.1"},
		{"/?q=x&q=y", "/ from 192.0.2.1"}, /* which of the two? */
		{"/s17/9/steps/2023-02-29", NULL},
		{"/S17/9/steps/2024-02-29", NULL},
		{"/s17/9/steps", NULL},
		{"/s17/9/steps/2024-02-29/", NULL},
		{"/ehe", NULL},
		{"/ehe/", NULL},
		{"/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s", NULL},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(*state, (struct asking){.target = rows[i].target},
			rows[i].body == NULL ? 404 : 200, rows[i].body);
}

static void test_methods(void **state)
{
	struct test *test = *state;
	struct http_answer answer = ask(test,
		(struct asking){.method = "DELETE", .target = "/ehe/12"});
	assert_int_equal(answer.status, 405);
	assert_string_equal(header(test, &answer, "Allow"),
		"GET, HEAD, PUT, OPTIONS");
	answer = ask(test,
		(struct asking){.method = "OPTIONS", .target = "/ehe/12"});
	assert_int_equal(answer.status, 204);
	assert_string_equal(header(test, &answer, "Allow"),
		"GET, HEAD, PUT, OPTIONS");
	expect(test, (struct asking){.method = "OPTIONS", .target = "/no"}, 404,
		NULL);
	expect(test, (struct asking){.method = "HEAD", .target = "/"}, 200, "");
}

/* Patterns that no site may have. */
static bool ignored(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	(void)reply;
	(void)arena;
	return true;
}

static void test_patterns(void **state)
{
	struct test *test = *state;
	static const char *const wrong[][2] = {
		{"ehe", NULL},
		{"/ehe/", NULL},
		{"//", NULL},
		{"/a{b}", NULL},
		{"/{b}c", NULL},
		{"/{}", NULL},
		{"/{b:colour}", NULL},
		{"/{B}", NULL},
		{"/a/{x}", "/a/{y}"},
		{"/a", "/a"},
	};
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct http_site *site;
		struct fault fault = {0};
		const struct http_route both[] = {{HTTP_GET, wrong[i][0],
							  ignored, NULL, 0, 0},
			{HTTP_GET, wrong[i][1], ignored, NULL, 0, 0}};
		const struct http_options options = {.routes = both,
			.route_count = wrong[i][1] == NULL ? 1 : 2};
		if (http_site_open(&options, test->arena, &site, &fault))
			fail_msg("%s was taken", wrong[i][0]);
		assert_int_equal(fault.kind, FAULT_BROKEN);
	}
}

static void test_conditional(void **state)
{
	struct test *test = *state;
	struct http_answer answer = ask(test,
		(struct asking){.target = "/tagged"});
	assert_int_equal(answer.status, 200);
	assert_string_equal(header(test, &answer, "Cache-Control"), "no-cache");
	struct text tag = text_of(header(test, &answer, "ETag"));
	const struct {
		const char *target;
		struct text if_none_match;
		int status;
	} rows[] = {
		{"/tagged", tag, 304},
		{"/tagged", text_cut(tag, 2, tag.length), 304}, /* strong */
		{"/tagged", TEXT("*"), 304},
		{"/tagged", TEXT("\"a\", W/\"b\""), 200},
		{"/own-tag", TEXT("W/\"v6\", \"v7\""), 304},
		{"/own-tag", TEXT("v7"), 200}, {"/own-tag", TEXT("\"v7"), 200},
		{"/own-tag", TEXT(""), 200},
		{"/", TEXT("*"), 200}, /* not kept: it has no tag */
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(test,
			(struct asking){.target = rows[i].target,
				.field = {TEXT("If-None-Match"),
					rows[i].if_none_match}},
			rows[i].status, rows[i].status == 304 ? "" : NULL);
}

static void test_client(void **state)
{
	static const struct {
		const char *peer, *forwarded, *body;
	} rows[] = {
		{"192.0.2.1", "198.51.100.9", "/ from 192.0.2.1"},
		{"10.1.2.3", "198.51.100.9", "/ from 198.51.100.9"},
		{"::1", "198.51.100.9", "/ from 198.51.100.9"},
		{"10.1.2.3", "203.0.113.5, 198.51.100.9, 10.9.9.9",
			"/ from 198.51.100.9"},
		{"10.1.2.3", "10.4.4.4", "/ from 10.4.4.4"},
		{"10.1.2.3", "a secret, 10.4.4.4", "/ from 10.4.4.4"},
		{"10.1.2.3", "2001:db8::7", "/ from 2001:db8::7"},
		{"10.1.2.3", "198.51.100.9:80", "/ from 10.1.2.3"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(*state,
			(struct asking){.target = "/",
				.client = rows[i].peer,
				.field = {TEXT("X-Forwarded-For"),
					text_of(rows[i].forwarded)}},
			200, rows[i].body);
}

static void test_cookies(void **state)
{
	static const struct {
		const char *cookie, *body;
	} rows[] = {
		{"c=1", "/ c=1 from 192.0.2.1"},
		{"a=b; c=1=2 ;d", "/ c=1=2 from 192.0.2.1"},
		{"c=1; c=2", "/ from 192.0.2.1"},
		{";;=;c", "/ from 192.0.2.1"},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		expect(*state,
			(struct asking){.target = "/",
				.field = {TEXT("Cookie"),
					text_of(rows[i].cookie)}},
			200, rows[i].body);
}

static void test_faults(void **state)
{
	static const int statuses[FAULT_KINDS] = {500, 400, 422, 403, 404, 409,
		503, 413, 500, 500};
	struct test *test = *state;
	for (int kind = 1; kind < FAULT_KINDS; kind++) {
		struct http_answer answer = ask(test,
			(struct asking){.target = arena_format(test->arena,
						"/fault/%d", kind)});
		assert_int_equal(answer.status, statuses[kind]);
		assert_string_equal(header(test, &answer, "Content-Type"),
			"application/problem+json");
		assert_int_equal(text_has(answer.body, TEXT("it is \\\"so\\\"")),
			statuses[kind] < 500);
		assert_false(text_has(answer.body, TEXT("library")));
		assert_int_equal(header(test, &answer, "Retry-After")[0] != '\0',
			statuses[kind] == 503);
	}
}

static void test_replies(void **state)
{
	struct test *test = *state;
	expect(test, (struct asking){.target = "/too-long"}, 500, NULL);
	struct http_answer answer = ask(test, (struct asking){.target = "/see"});
	assert_int_equal(answer.status, 303);
	assert_string_equal(header(test, &answer, "Location"),
		"/ehe/1?saved=yes");
	assert_string_equal(header(test, &answer, "Cache-Control"), "no-store");
	assert_string_equal(header(test, &answer, "Strict-Transport-Security"),
		"max-age=31536000; includeSubDomains");
}

/* Browsers are shown a page, programs a problem. */
static void draw(const struct http_request *request, struct http_reply *reply,
	const char *detail, struct arena *arena)
{
	(void)request;
	buffer_format(http_reply_page(reply, "text/html; charset=utf-8", 1000,
			      arena),
		"<h1>%d</h1>%s", reply->status, detail == NULL ? "" : detail);
}

static void test_drawn(void **state)
{
	struct test *test = *state;
	struct fault fault = {0};
	struct http_options options = {.routes = routes,
		.route_count = COUNT_OF(routes),
		.draw_problem = draw};
	assert_true(http_site_open(&options, test->arena, &test->site, &fault));
	expect(test,
		(struct asking){.target = "/no",
			.field = {TEXT("Accept"), TEXT("text/html,*/*;q=0.8")}},
		404, "<h1>404</h1>");
	struct http_answer answer = ask(test,
		(struct asking){.target = "/no",
			.field = {TEXT("Accept"), TEXT("application/json")}});
	assert_int_equal(answer.status, 404);
	assert_string_equal(header(test, &answer, "Content-Type"),
		"application/problem+json");
	answer = ask(test,
		(struct asking){.method = "PUT",
			.target = "/ehe/1",
			.field = {TEXT("Accept"), TEXT("text/html")}});
	assert_int_equal(answer.status, 411);
	assert_string_equal(header(test, &answer, "Content-Type"),
		"text/html; charset=utf-8");
}

/* A body that is not as long as the head says belongs to no request. */
static void test_length(void **state)
{
	struct test *test = *state;
	const struct http_field fields[] = {{TEXT("Host"), TEXT("localhost")},
		{TEXT("Content-Type"), TEXT("application/json")},
		{TEXT("Content-Length"), TEXT("2")}};
	const struct http_head head = {.method = TEXT("PUT"),
		.target = TEXT("/ehe/1"),
		.fields = {fields, COUNT_OF(fields)}};
	assert_int_equal(http_answer(test->site, &head, TEXT("{}"), NULL,
				 test->arena)
				 .status,
		200);
	assert_int_equal(http_answer(test->site, &head, TEXT("{"), NULL,
				 test->arena)
				 .status,
		400);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_test, close_test)
	const struct CMUnitTest tests[] = {
		TEST(test_router),
		TEST(test_methods),
		TEST(test_patterns),
		TEST(test_conditional),
		TEST(test_client),
		TEST(test_cookies),
		TEST(test_faults),
		TEST(test_replies),
		TEST(test_drawn),
		TEST(test_length),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
