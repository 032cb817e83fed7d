/* SPDX-License-Identifier: MIT
 *
 * kith serve as it is run: it says where it listens, answers, logs without
 * personal data, and ends with 0 when told to. On a file, a folder and
 * PostgreSQL.
 */
#include "running.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

/* Waits for the line that says where; 0: none came. */
static int port_of(struct harness *h, const struct running_program *program)
{
	const struct timespec pause = {.tv_nsec = 2000000};
	for (int i = 0; i < PATIENCE_MS / 2; i++) {
		struct text out = running_read(h, program->out), port;
		int64_t number;
		if (text_ends(out, TEXT("/\n"))) {
			SAYS(out, "http://127.0.0.1:");
			port = text_cut(out, 17, out.length - 17 - 2);
			assert_true(text_to_int64(port, &number));
			return (int)number;
		}
		nanosleep(&pause, NULL);
	}
	return 0;
}

static struct text ask(struct harness *h, int port, struct text request)
{
	static char bytes[65536];
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	const struct timeval patience = {.tv_sec = PATIENCE_MS / 1000};
	int file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t come = 0;
	ssize_t got;
	setsockopt(file, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	assert_return_code(connect(file, (struct sockaddr *)&address,
				   sizeof address),
		0);
	assert_int_equal(send(file, request.at, request.length, MSG_NOSIGNAL),
		request.length);
	while ((got = recv(file, bytes + come, sizeof bytes - come, 0)) > 0)
		come += (size_t)got;
	close(file);
	return arena_text(harness_arena(h), (struct text){bytes, come});
}

#define GET(path) \
	TEXT("GET " path " HTTP/1.1\r\nHost: localhost\r\n" \
	     "Connection: close\r\n\r\n")

static void serve(struct harness *h, const char *db)
{
	struct running_program program = running_start(h,
		(const char *const[]){"--db", db, "serve", "--listen",
			"127.0.0.1:0", NULL});
	int port = port_of(h, &program);
	assert_int_not_equal(port, 0);
	struct text health = ask(h, port, GET("/health"));
	SAYS(health, "HTTP/1.1 200 OK");
	SAYS(health, "\"status\": \"ok\"");
	SAYS(ask(h, port, GET("/canary?canary=1")), "HTTP/1.1 404 Not Found");
	assert_return_code(kill(program.child, SIGTERM), 0);
	struct running ended = running_end(h, &program);
	assert_int_equal(ended.code, 0);
	SAYS(ended.err, "GET /health 200 ");
	SAYS(ended.err, "GET - 404 ");
	NEVER_SAYS(ended.err, "canary");
}

static void test_serve(void **state)
{
	struct harness *h = harness_of(state);
	for (int place = 0; place < RUNNING_PLACES; place++) {
		const char *db = running_database(h, (enum running_place)place,
			"206");
		if (db != NULL)
			serve(h, db);
	}
}

static void test_refused(void **state)
{
	struct harness *h = harness_of(state);
	const char *db = running_database(h, RUNNING_FILE, "206");
	EXPECT(2, h, "--db", db, "serve", "--listen", "nowhere");
	EXPECT(2, h, "--db", db, "serve", "--proxies", "nobody");
	EXPECT(2, h, "--db", db, "serve", "now");
	struct running none = KITH(h, "--db", harness_path(h, "none.db"),
		"serve", "--listen", "127.0.0.1:0");
	assert_int_not_equal(none.code, 0);
	assert_int_equal(none.out.length, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_serve),
		HARNESS_SQLITE(test_refused),
	};
	return HARNESS_RUN(tests);
}
