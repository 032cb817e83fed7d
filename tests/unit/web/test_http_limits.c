/* SPDX-License-Identifier: MIT
 *
 * Limits of time and number: clients that drip, that do not read, that are too
 * many; and a stop that cuts nothing off.
 *
 * Times here are short, and every wait ends at what is waited for; only a
 * server that hangs makes a test wait longer, and fail.
 */
#include "wire.h"

#include <pthread.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { SHORT_MS = 300, DRIP_MS = 20, LONG_MS = 8000 };

static int64_t now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Sends a byte after the other until the server has had enough. */
static struct text drip(struct wire *wire, struct text bytes, bool *out_is_closed)
{
	struct buffer all = {.maximum = 1 << 16};
	int file = wire_connect(wire);
	int64_t until = now() + LONG_MS;
	*out_is_closed = false;
	for (size_t i = 0; now() < until && !*out_is_closed; i++) {
		if (i < bytes.length)
			wire_send(file, text_cut(bytes, i, 1));
		buffer_add(&all, wire_read(wire, file, DRIP_MS, out_is_closed));
	}
	close(file);
	struct text text = arena_text(wire->arena, buffer_text(&all));
	buffer_finish(&all);
	return text;
}

static void serve_impatiently(struct wire *wire)
{
	wire->options.idle_ms = SHORT_MS;
	wire->options.request_ms = SHORT_MS;
	wire->options.reply_ms = SHORT_MS;
	wire->options.rate_bytes = 1 << 30;
	wire_serve(wire);
}

static void test_slow_requests(void **state)
{
	struct wire *wire = *state;
	const struct text slow[] = {
		TEXT("GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
		TEXT("GET / HTTP/1.1\r\nHost: localhost\r\nX: aaaaaaaaaaaaaaaaa"
		     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
		TEXT(""),
	};
	serve_impatiently(wire);
	for (size_t i = 0; i < COUNT_OF(slow); i++) {
		bool is_closed;
		int64_t begun = now();
		struct text reply = drip(wire, slow[i], &is_closed);
		assert_true(is_closed);
		assert_true(now() - begun < LONG_MS / 2);
		assert_int_equal(wire_status(reply), 408);
		assert_true(wire_header(reply, "Content-Security-Policy").length
			> 0);
		assert_true(text_is(wire_header(reply, "Connection"), "close"));
	}
}

static void test_slow_body(void **state)
{
	struct wire *wire = *state;
	bool is_closed = false;
	serve_impatiently(wire);
	int file = wire_connect(wire);
	wire_send(file,
		TEXT("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
		     " application/octet-stream\r\nContent-Length: 100000\r\n"
		     "\r\n"));
	struct text reply = {NULL, 0};
	for (int64_t until = now() + LONG_MS; now() < until && !is_closed;) {
		wire_send(file, TEXT("a"));
		struct text more = wire_read(wire, file, DRIP_MS, &is_closed);
		if (more.length > 0)
			reply = more;
	}
	close(file);
	assert_true(is_closed);
	assert_int_equal(wire_status(reply), 408);
}

/* A connection that waits between requests is closed without a word. */
static void test_idle(void **state)
{
	struct wire *wire = *state;
	bool is_closed;
	serve_impatiently(wire);
	int file = wire_connect(wire);
	wire_send(file, WIRE_GET("/page", ""));
	assert_int_equal(wire_status(wire_reply(wire, file)), 200);
	struct text more = wire_read(wire, file, LONG_MS, &is_closed);
	assert_true(is_closed);
	assert_int_equal(more.length, 0);
	close(file);
}

static void test_slow_reader(void **state)
{
	const int little = 4096;
	struct wire *wire = *state;
	bool is_closed;
	serve_impatiently(wire);
	int file = wire_connect(wire);
	setsockopt(file, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
	wire_send(file, WIRE_GET("/wide", ""));
	/* Nothing is read; the server does not wait for ever. */
	assert_true(wire_falls_to(wire, 0));
	struct text part = wire_read(wire, file, LONG_MS, &is_closed);
	assert_true(is_closed);
	assert_true(part.length < 4 << 20);
	close(file);
}

/* Others are served while some are slow. */
static void test_others(void **state)
{
	enum { SLOW = 50 };
	struct wire *wire = *state;
	int slow[SLOW];
	wire->options.connections_per_address = SLOW + 10;
	wire_serve(wire);
	for (int i = 0; i < SLOW; i++) {
		slow[i] = wire_connect(wire);
		wire_send(slow[i], TEXT("GET /page HTTP/1.1\r\nHost: lo"));
	}
	for (int i = 0; i < 5; i++)
		assert_int_equal(wire_status(
					 wire_ask(wire, WIRE_GET("/page", ""))),
			200);
	for (int i = 0; i < SLOW; i++)
		close(slow[i]);
}

static void check_refusal(struct wire *wire, size_t held, int status)
{
	int files[8];
	for (size_t i = 0; i < held; i++) {
		files[i] = wire_connect(wire);
		wire_send(files[i], WIRE_GET("/page", ""));
		assert_int_equal(wire_status(wire_reply(wire, files[i])), 200);
	}
	struct text reply = wire_ask(wire, WIRE_GET("/page", ""));
	assert_int_equal(wire_status(reply), status);
	assert_true(wire_header(reply, "Retry-After").length > 0);
	assert_true(text_is(wire_header(reply, "Connection"), "close"));
	/* With one gone there is room again. */
	close(files[0]);
	assert_true(wire_falls_to(wire, held - 1));
	assert_int_equal(wire_status(wire_ask(wire, WIRE_GET("/page", ""))), 200);
	for (size_t i = 1; i < held; i++)
		close(files[i]);
}

static void test_too_many(void **state)
{
	struct wire *wire = *state;
	wire->options.connections = 4;
	wire_serve(wire);
	check_refusal(wire, 4, 503);
}

static void test_too_many_from_one(void **state)
{
	struct wire *wire = *state;
	wire->options.connections_per_address = 3;
	wire_serve(wire);
	check_refusal(wire, 3, 429);
}

/* A proxy that is believed brings everybody. */
static void test_proxy_not_counted(void **state)
{
	static const char *const proxies[] = {"127.0.0.0/8"};
	struct wire *wire = *state;
	struct fault fault = {0};
	const struct http_options options = {.routes = wire_routes,
		.route_count = wire_route_count,
		.proxies = proxies,
		.proxy_count = 1};
	assert_true(http_site_open(&options, wire->arena, &wire->site, &fault));
	wire->options.site = wire->site;
	wire->options.connections_per_address = 1;
	wire_serve(wire);
	int first = wire_connect(wire);
	wire_send(first, WIRE_GET("/page", ""));
	assert_int_equal(wire_status(wire_reply(wire, first)), 200);
	assert_int_equal(wire_status(wire_ask(wire, WIRE_GET("/page", ""))), 200);
	close(first);
}

/* ---- Stopping ---- */

struct stop {
	struct http_server *server;
	bool is_whole;
};

static void *stop_server(void *data)
{
	struct stop *stop = data;
	stop->is_whole = http_server_close(stop->server, LONG_MS);
	return NULL;
}

static void test_stop(void **state)
{
	struct wire *wire = *state;
	bool is_closed;
	wire_serve(wire);
	int idle = wire_connect(wire), busy = wire_connect(wire);
	wire_send(idle, WIRE_GET("/page", ""));
	assert_int_equal(wire_status(wire_reply(wire, idle)), 200);
	wire_send(busy, WIRE_GET("/slow", ""));
	while (http_server_connections(wire->server) < 2)
		wire_read(wire, busy, 1, NULL);
	assert_int_equal(wire_read(wire, busy, 200, NULL).length, 0);
	struct stop stop = {.server = wire->server};
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, stop_server, &stop), 0);
	/* The idle one is closed at once, and nobody new gets in. */
	assert_int_equal(wire_read(wire, idle, LONG_MS, &is_closed).length, 0);
	assert_true(is_closed);
	assert_false(wire_is_open(wire));
	wire_let_go();
	struct text reply = wire_read(wire, busy, LONG_MS, &is_closed);
	assert_int_equal(wire_status(reply), 200);
	assert_true(text_is(wire_header(reply, "Connection"), "close"));
	assert_true(is_closed);
	pthread_join(thread, NULL);
	assert_true(stop.is_whole);
	wire->server = NULL;
	close(idle);
	close(busy);
}

static void test_stop_cuts(void **state)
{
	struct wire *wire = *state;
	wire_serve(wire);
	int half = wire_connect(wire);
	wire_send(half,
		TEXT("POST /echo HTTP/1.1\r\nHost: localhost\r\n"
		     "Content-Type: application/octet-stream\r\n"
		     "Content-Length: 10\r\nExpect: 100-continue\r\n"
		     "\r\n"));
	/* It is being read once it was told to go on. */
	assert_int_equal(wire_status(wire_reply(wire, half)), 100);
	assert_false(http_server_close(wire->server, 100));
	wire->server = NULL;
	close(half);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, wire_open, wire_close)
	const struct CMUnitTest tests[] = {
		TEST(test_slow_requests),
		TEST(test_slow_body),
		TEST(test_idle),
		TEST(test_slow_reader),
		TEST(test_others),
		TEST(test_too_many),
		TEST(test_too_many_from_one),
		TEST(test_proxy_not_counted),
		TEST(test_stop),
		TEST(test_stop_cuts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
