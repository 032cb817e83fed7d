/* SPDX-License-Identifier: MIT
 *
 * Requests a second and processor time a request, at 64 connections.
 *
 * The server runs in a process of its own, so that its processor time is its
 * own; the load (load.h) shares the machine with it. The yardstick is the same
 * page, kept ready by the same server, and beside it a loop that reads what
 * comes and writes the same bytes without looking: what the machine's sockets
 * cost alone.
 *
 *     bench_http [SECONDS [CONNECTIONS]]
 */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "bench.h"
#include "load.h"
#include "web/http_server.h"

enum { PAGE = 9000, MOST = 4096 };

static char page_bytes[PAGE];
static struct http_static *fixed;

static bool give_fixed(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	(void)arena;
	http_reply_static(reply, fixed);
	return true;
}

/* Written in pieces, as a page is. */
static bool give_page(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	enum { PIECE = 50 };
	struct buffer *out = http_reply_page(reply, "text/html; charset=utf-8",
		2 * PAGE, arena);
	(void)worker;
	(void)request;
	for (size_t i = 0; i < PAGE; i += PIECE)
		buffer_add(out, (struct text){page_bytes + i, PIECE});
	return true;
}

static const struct http_route routes[] = {
	{HTTP_GET, "/fixed", give_fixed, NULL, 0, 0},
	{HTTP_GET, "/page", give_page, NULL, 0, 0},
	{HTTP_GET, "/child/{id}", give_page, NULL, 0, 0},
};

/* ---- Servers, each in a child ---- */

static int serve_kith(struct arena *arena, struct http_server **out_server)
{
	struct fault fault = {0};
	struct http_site *site;
	fixed = http_static_open((struct text){page_bytes, PAGE},
		"text/html; charset=utf-8", arena);
	const struct http_options options = {.routes = routes,
		.route_count = COUNT_OF(routes)};
	struct http_server_options how = {.listen = "127.0.0.1:0",
		.connections = MOST,
		.connections_per_address = MOST};
	if (!http_site_open(&options, arena, &site, &fault))
		return -1;
	how.site = site;
	return http_server_open(&how, out_server, &fault)
		? http_server_port(*out_server)
		: -1;
}

/* Answers whatever comes with the same bytes. */
static void serve_blindly(int listener)
{
	static char in[1 << 16], out[PAGE + 200];
	struct epoll_event events[64], event = {.events = EPOLLIN};
	int length = snprintf(out, sizeof out,
		"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%.*s", PAGE, PAGE,
		page_bytes);
	int poll = epoll_create1(0);
	event.data.fd = listener;
	epoll_ctl(poll, EPOLL_CTL_ADD, listener, &event);
	for (;;) {
		int count = epoll_wait(poll, events, 64, -1);
		for (int i = 0; i < count; i++) {
			int file = events[i].data.fd;
			if (file == listener) {
				event.data.fd = accept(listener, NULL, NULL);
				epoll_ctl(poll, EPOLL_CTL_ADD, event.data.fd,
					&event);
			} else if (recv(file, in, sizeof in, 0) <= 0
				|| send(file, out, (size_t)length, MSG_NOSIGNAL)
					!= length) {
				close(file);
			}
		}
	}
}

static int listen_blindly(int *out_listener)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof address;
	*out_listener = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(*out_listener, (struct sockaddr *)&address, length) != 0
		|| listen(*out_listener, 128) != 0
		|| getsockname(*out_listener, (struct sockaddr *)&address, &length)
			!= 0)
		return -1;
	return ntohs(address.sin_port);
}

static void child(int out, bool is_blind)
{
	struct arena *arena = arena_open();
	struct http_server *server;
	int listener = -1;
	int port = is_blind ? listen_blindly(&listener)
			    : serve_kith(arena, &server);
	if (write(out, &port, sizeof port) != (ssize_t)sizeof port)
		_exit(1);
	if (is_blind)
		serve_blindly(listener);
	for (;;)
		pause();
}

static pid_t start(bool is_blind, int *out_port)
{
	int ends[2];
	fflush(NULL);
	if (pipe(ends) != 0)
		return -1;
	pid_t pid = fork();
	if (pid == 0)
		child(ends[1], is_blind);
	if (pid > 0
		&& read(ends[0], out_port, sizeof *out_port)
			!= (ssize_t)sizeof *out_port)
		*out_port = -1;
	close(ends[0]);
	close(ends[1]);
	return pid;
}

static double processor_of(pid_t pid)
{
	clockid_t clock;
	struct timespec used = {.tv_sec = 0};
	if (clock_getcpuclockid(pid, &clock) == 0)
		clock_gettime(clock, &used);
	return (double)used.tv_sec + (double)used.tv_nsec / 1e9;
}

/* ---- Rows ---- */

#define GET(path, fields) \
	"GET " path " HTTP/1.1\r\nHost: localhost\r\n" \
	"User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:115.0) bench\r\n" \
	"Accept: text/html,application/xhtml+xml;q=0.9,*/*;q=0.8\r\n" \
	"Accept-Language: en-GB,en;q=0.5\r\n" fields "\r\n"

static const struct row {
	const char *about;
	const char *request;
	bool is_blind;
} rows[] = {
	{"sockets alone", GET("/", ""), true},
	{"fixed page", GET("/fixed", ""), false},
	{"fixed page, brotli", GET("/fixed", "Accept-Encoding: br\r\n"), false},
	{"page made anew", GET("/page", ""), false},
	{"page made anew, gzip", GET("/page", "Accept-Encoding: gzip\r\n"), false},
	{"with place, query, cookie",
		GET("/child/123456789?page=2&sort=name",
			"Cookie: __Host-session=0123456789abcdef\r\n"),
		false},
};

static bool run_row(const struct row *row, struct load load, double *yardstick)
{
	struct load_result result;
	pid_t pid = start(row->is_blind, &load.port);
	double before = processor_of(pid);
	load.request = row->request;
	bool is_good = pid > 0 && load.port > 0 && load_run(&load, &result);
	double used = processor_of(pid) - before;
	if (pid > 0) {
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
	if (!is_good || result.count == 0) {
		printf("%-26s failed\n", row->about);
		return false;
	}
	double each = used / (double)result.count * 1e6;
	if (*yardstick <= 0 && !row->is_blind)
		*yardstick = each;
	printf("%-26s %9.0f %8.1f %7.2f %8.2f %8.2f %8.2f %7zu\n", row->about,
		result.requests, each, *yardstick > 0 ? each / *yardstick : 0,
		result.median_ms, result.p99_ms, result.worst_ms,
		result.reply_bytes);
	return true;
}

int main(int count, char **words)
{
	int64_t seconds = 3, connections = 64;
	double yardstick = 0;
	bool is_good = true;
	if (count > 1 && !text_to_int64(text_of(words[1]), &seconds))
		return 2;
	if (count > 2
		&& (!text_to_int64(text_of(words[2]), &connections)
			|| connections < 1 || connections > 1024))
		return 2;
	for (size_t i = 0; i < PAGE; i++)
		page_bytes[i] = (char)('a' + i * i / 7 % 26);
	const struct load load = {.seconds = (double)seconds,
		.connections = (int)connections};
	printf("%-26s %9s %8s %7s %8s %8s %8s %7s\n", "9 kB page", "requests",
		"us each", "x fixed", "median", "p99", "worst", "bytes");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		is_good = run_row(&rows[i], load, &yardstick) && is_good;
	return is_good ? 0 : 1;
}
