/* SPDX-License-Identifier: MIT
 *
 * The server on a socket: connections kept and pipelined, bodies, what every
 * reply bears, the log.
 */
#include "wire.h"

#include <netinet/in.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define EXPECT_TEXT(found, wanted) \
	assert_string_equal(arena_string(wire->arena, (found)), (wanted))

static void test_kept_connection(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	int file = wire_connect(wire);
	for (int i = 0; i < 3; i++) {
		wire_send(file, WIRE_GET("/child/12", ""));
		struct text reply = wire_reply(wire, file);
		assert_int_equal(wire_status(reply), 200);
		EXPECT_TEXT(wire_body(reply), "GET 12");
	}
	/* Not finding something ends no connection. */
	wire_send(file, WIRE_GET("/nowhere", ""));
	assert_int_equal(wire_status(wire_reply(wire, file)), 404);
	wire_send(file, WIRE_GET("/page", "Connection: close\r\n"));
	bool is_closed;
	struct text last = wire_read(wire, file, 2000, &is_closed);
	assert_int_equal(wire_status(last), 200);
	assert_true(is_closed);
	close(file);
}

static void test_pipeline(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	int file = wire_connect(wire);
	wire_send(file,
		TEXT("GET /child/1 HTTP/1.1\r\nHost: localhost\r\n\r\n"
		     "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
		     " application/octet-stream\r\nContent-Length: 4\r\n\r\nbody"
		     "GET /child/2 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	EXPECT_TEXT(wire_body(wire_reply(wire, file)), "GET 1");
	EXPECT_TEXT(wire_body(wire_reply(wire, file)), "body");
	EXPECT_TEXT(wire_body(wire_reply(wire, file)), "GET 2");
	close(file);
}

static void test_methods(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	struct text reply = wire_ask(wire,
		TEXT("POST /child/3 HTTP/1.1\r\nHost: localhost\r\n"
		     "Content-Length: 0\r\n\r\n"));
	assert_int_equal(wire_status(reply), 405);
	EXPECT_TEXT(wire_header(reply, "Allow"),
		"GET, HEAD, PUT, DELETE, OPTIONS");
	reply = wire_ask(wire,
		TEXT("OPTIONS /child/3 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	assert_int_equal(wire_status(reply), 204);
	EXPECT_TEXT(wire_header(reply, "Allow"),
		"GET, HEAD, PUT, DELETE, OPTIONS");
	int file = wire_connect(wire);
	wire_send(file,
		TEXT("HEAD /child/3 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	wire_send(file, WIRE_GET("/child/4", "Connection: close\r\n"));
	struct text both = wire_read(wire, file, 2000, NULL);
	close(file);
	EXPECT_TEXT(wire_header(both, "Content-Length"), "5");
	assert_true(text_starts(wire_body(both), TEXT("HTTP/1.1 200")));
	assert_true(text_ends(both, TEXT("GET 4")));
}

/* ---- What every reply bears ---- */

static const char *const always[] = {
	"Content-Security-Policy",
	"X-Content-Type-Options",
	"X-Frame-Options",
	"Referrer-Policy",
	"Cross-Origin-Opener-Policy",
	"Cross-Origin-Resource-Policy",
	"Permissions-Policy",
	"Cache-Control",
	"X-Request-Id",
	"Date",
};

static void test_headers(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	const struct text requests[] = {
		WIRE_GET("/page", ""),
		WIRE_GET("/kept", "If-None-Match: *\r\n"),
		WIRE_GET("/nowhere", ""),
		WIRE_GET("/broken", ""),
		WIRE_GET("/%", ""),
		TEXT("BREW /page HTTP/1.1\r\nHost: localhost\r\n\r\n"),
		TEXT("OPTIONS /page HTTP/1.1\r\nHost: localhost\r\n\r\n"),
	};
	static const int statuses[] = {200, 304, 404, 500, 400, 501, 204};
	for (size_t i = 0; i < COUNT_OF(requests); i++) {
		struct text reply = wire_ask(wire, requests[i]);
		assert_int_equal(wire_status(reply), statuses[i]);
		for (size_t h = 0; h < COUNT_OF(always); h++)
			if (wire_header(reply, always[h]).length == 0)
				fail_msg("%s is missing with %d", always[h],
					statuses[i]);
		assert_int_equal(wire_header(reply, "Server").length, 0);
		assert_int_equal(wire_header(reply, "Strict-Transport-Security").length,
			0);
		/* No refusal gives back what was asked. */
		assert_false(text_has(reply, TEXT("nowhere")));
		assert_false(text_has(reply, TEXT("half a page")));
	}
}

static void test_codings(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	const struct {
		struct text request;
		const char *coding;
		const char *vary;
	} rows[] = {
		{WIRE_GET("/big", "Accept-Encoding: gzip, br\r\n"), "gzip",
			"Accept-Encoding"},
		{WIRE_GET("/big", "Accept-Encoding: gzip;q=0\r\n"), "",
			"Accept-Encoding"},
		{WIRE_GET("/big", ""), "", "Accept-Encoding"},
		{WIRE_GET("/secret", "Accept-Encoding: gzip\r\n"), "",
			"Accept-Encoding"},
		{WIRE_GET("/page", "Accept-Encoding: gzip\r\n"), "",
			"Accept-Encoding"},
		{WIRE_GET("/kept", "Accept-Encoding: gzip, deflate, br\r\n"),
			"br", "Accept-Encoding"},
		{WIRE_GET("/kept", "Accept-Encoding: gzip\r\n"), "gzip",
			"Accept-Encoding"},
		{WIRE_GET("/wide", "Accept-Encoding: gzip\r\n"), "", ""},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text reply = wire_ask(wire, rows[i].request);
		assert_int_equal(wire_status(reply), 200);
		EXPECT_TEXT(wire_header(reply, "Content-Encoding"),
			rows[i].coding);
		EXPECT_TEXT(wire_header(reply, "Vary"), rows[i].vary);
	}
}

/* ---- Bodies ---- */

/* In memory, and by a file; byte for byte, one after the other on a connection
 * that goes on. */
static void test_bodies(void **state)
{
	static const size_t lengths[] = {1, 1 << 20, (1 << 20) + 1, 3 << 20};
	struct wire *wire = *state;
	wire_serve(wire);
	int file = wire_connect(wire);
	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		char *bytes = arena_new(wire->arena, lengths[i]);
		for (size_t b = 0; b < lengths[i]; b++)
			bytes[b] = (char)(b * 31 + b / 251);
		wire_send(file,
			text_of(arena_format(wire->arena,
				"POST /echo HTTP/1.1\r\nHost: localhost\r\n"
				"Content-Type: application/octet-stream\r\n"
				"Content-Length: %zu\r\n\r\n",
				lengths[i])));
		wire_send(file, (struct text){bytes, lengths[i]});
		struct text body = wire_body(wire_reply(wire, file));
		assert_int_equal(body.length, lengths[i]);
		assert_memory_equal(body.at, bytes, lengths[i]);
	}
	close(file);
}

static void test_expectation(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	int file = wire_connect(wire);
	wire_send(file,
		TEXT("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
		     " application/octet-stream\r\nContent-Length: 2\r\n"
		     "Expect: 100-continue\r\n\r\n"));
	assert_int_equal(wire_status(wire_reply(wire, file)), 100);
	wire_send(file, TEXT("ok"));
	EXPECT_TEXT(wire_body(wire_reply(wire, file)), "ok");
	close(file);
	/* Who must not send is told so before it does. */
	struct text reply = wire_ask(wire,
		TEXT("POST /echo HTTP/1.1\r\nHost: localhost\r\n"
		     "Content-Length: 3145729\r\nExpect: 100-continue\r\n"
		     "\r\n"));
	assert_int_equal(wire_status(reply), 413);
}

/* ---- The log ---- */

static atomic_int lines;
static char last_line[512];

static void keep_line(void *data, const struct http_line *line)
{
	struct buffer out = {.maximum = sizeof last_line - 1};
	(void)data;
	http_line_write(line, &out);
	text_copy(last_line, sizeof last_line, buffer_text(&out));
	buffer_finish(&out);
	atomic_fetch_add(&lines, 1);
}

static void test_log(void **state)
{
	struct wire *wire = *state;
	wire->options.log = keep_line;
	atomic_store(&lines, 0);
	wire_serve(wire);
	struct text reply = wire_ask(wire,
		WIRE_GET("/child/4711?name=canary", "Cookie: canary=canary\r\n"));
	assert_int_equal(wire_status(reply), 200);
	http_server_close(wire->server, 1000); /* all lines are written */
	wire->server = NULL;
	assert_int_equal(atomic_load(&lines), 1);
	struct text line = text_of(last_line);
	assert_true(text_starts(line, TEXT("GET /child/{id} 200 ")));
	assert_true(text_has(line, wire_header(reply, "X-Request-Id")));
	assert_false(text_has(line, TEXT("canary")));
	assert_false(text_has(line, TEXT("4711")));
}

/* ---- Where it listens ---- */

static void test_one_thread(void **state)
{
	struct wire *wire = *state;
	wire->options.threads = 1;
	wire_serve(wire);
	for (int i = 0; i < 3; i++)
		assert_int_equal(wire_status(
					 wire_ask(wire, WIRE_GET("/page", ""))),
			200);
}

static void test_taken_port(void **state)
{
	struct wire *wire = *state;
	struct http_server *second = NULL;
	struct fault fault = {0};
	wire_serve(wire);
	struct http_server_options options = wire->options;
	options.listen = arena_format(wire->arena, "127.0.0.1:%d", wire->port);
	assert_false(http_server_open(&options, &second, &fault));
	assert_int_equal(fault.kind, FAULT_SYSTEM);
	assert_true(text_has(text_of(fault.message), TEXT("could not listen")));
	options.listen = "here:80";
	fault = (struct fault){0};
	assert_false(http_server_open(&options, &second, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
}

static void test_version_6(void **state)
{
	struct wire *wire = *state;
	struct fault fault = {0};
	wire->options.listen = "[::1]:0";
	if (!http_server_open(&wire->options, &wire->server, &fault)) {
		print_message("not run: no IPv6 here\n");
		return;
	}
	struct sockaddr_in6 address = {.sin6_family = AF_INET6,
		.sin6_port = htons((uint16_t)http_server_port(wire->server)),
		.sin6_addr = in6addr_loopback};
	int file = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_return_code(connect(file, (struct sockaddr *)&address,
				   sizeof address),
		0);
	wire_send(file, TEXT("GET /page HTTP/1.1\r\nHost: [::1]\r\n\r\n"));
	assert_int_equal(wire_status(wire_reply(wire, file)), 200);
	close(file);
}

/* What a request has is given back: files and connections. */
static void test_nothing_left(void **state)
{
	struct wire *wire = *state;
	bool is_closed;
	wire_serve(wire);
	(void)wire_ask(wire, WIRE_GET("/page", ""));
	assert_true(wire_falls_to(wire, 0));
	int before = dup(0);
	close(before);
	for (int i = 0; i < 200; i++) {
		int file = wire_connect(wire);
		wire_send(file,
			i % 2 == 0 ? TEXT("POST /echo HTTP/1.1\r\nHost: localhost"
					  "\r\nContent-Type: application/octet-"
					  "stream\r\nContent-Length: 2000000\r\n"
					  "\r\nonly a part of it")
				   : WIRE_GET("/page", "Connection: close\r\n"));
		if (i % 2 != 0)
			wire_read(wire, file, 2000, &is_closed);
		close(file);
	}
	assert_true(wire_falls_to(wire, 0));
	int after = dup(0);
	close(after);
	assert_int_equal(after, before);
}

/* ---- Many ---- */

static void test_thousand(void **state)
{
	enum { MANY = 1000 };
	struct wire *wire = *state;
	struct rlimit files;
	getrlimit(RLIMIT_NOFILE, &files);
	if (files.rlim_max < 2 * MANY + 200) {
		print_message("not run: too few files allowed\n");
		return;
	}
	files.rlim_cur = 2 * MANY + 200;
	setrlimit(RLIMIT_NOFILE, &files);
	wire->options.connections_per_address = MANY;
	wire_serve(wire);
	static int all[MANY];
	for (int i = 0; i < MANY; i++)
		all[i] = wire_connect(wire);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < MANY; i++)
			wire_send(all[i], WIRE_GET("/page", ""));
		for (int i = 0; i < MANY; i++)
			assert_int_equal(wire_status(wire_reply(wire, all[i])),
				200);
	}
	assert_int_equal(http_server_connections(wire->server), MANY);
	for (int i = 0; i < MANY; i++)
		close(all[i]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, wire_open, wire_close)
	const struct CMUnitTest tests[] = {
		TEST(test_kept_connection),
		TEST(test_pipeline),
		TEST(test_methods),
		TEST(test_headers),
		TEST(test_codings),
		TEST(test_bodies),
		TEST(test_expectation),
		TEST(test_log),
		TEST(test_one_thread),
		TEST(test_taken_port),
		TEST(test_version_6),
		TEST(test_nothing_left),
		TEST(test_thousand),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
