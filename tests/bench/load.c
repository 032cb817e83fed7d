/* SPDX-License-Identifier: MIT
 *
 * An epoll loop over connections that differ only in how much of their reply
 * has come.
 */
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { MOST_CONNECTIONS = 1024, MOST_TIMES = 1 << 20, BLOCK = 1 << 16 };

struct connection {
	int file;
	size_t come; /* bytes of the present reply */
	double asked;
};

struct run {
	const struct load *load;
	struct connection connections[MOST_CONNECTIONS];
	size_t reply_bytes;
	long count;
};

static uint32_t times[MOST_TIMES]; /* microseconds; the first so many */
static char block[BLOCK];

static bool ask(struct run *run, struct connection *connection)
{
	size_t length = strlen(run->load->request);
	connection->come = 0;
	connection->asked = bench_wall();
	return send(connection->file, run->load->request, length, MSG_NOSIGNAL)
		== (ssize_t)length;
}

static bool open_connection(struct run *run, struct connection *connection)
{
	const int yes = 1;
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)run->load->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	connection->file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(connection->file, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
	return connection->file >= 0
		&& connect(connection->file, (struct sockaddr *)&address,
			   sizeof address)
		== 0;
}

/* The first reply, by its Content-Length. */
static bool learn_length(struct run *run, struct connection *connection)
{
	size_t come = 0;
	if (!ask(run, connection))
		return false;
	while (come < BLOCK - 1) {
		ssize_t got = recv(connection->file, block + come,
			BLOCK - 1 - come, 0);
		if (got <= 0)
			return false;
		come += (size_t)got;
		block[come] = '\0';
		const char *end = strstr(block, "\r\n\r\n");
		const char *length = strcasestr(block, "\ncontent-length:");
		size_t body;
		if (end == NULL || length == NULL
			|| sscanf(length + 16, "%zu", &body) != 1)
			continue;
		run->reply_bytes = (size_t)(end - block) + 4 + body;
		if (come == run->reply_bytes)
			return strncmp(block, "HTTP/1.1 200", 12) == 0;
	}
	return false;
}

static bool take(struct run *run, struct connection *connection)
{
	ssize_t got = recv(connection->file, block, BLOCK, MSG_DONTWAIT);
	if (got < 0 && errno == EAGAIN)
		return true;
	if (got <= 0)
		return false;
	connection->come += (size_t)got;
	if (connection->come < run->reply_bytes)
		return true;
	double taken = bench_wall() - connection->asked;
	if (run->count < MOST_TIMES)
		times[run->count] = (uint32_t)(taken * 1e6);
	run->count++;
	return connection->come == run->reply_bytes && ask(run, connection);
}

static bool loop(struct run *run, int poll, double until)
{
	struct epoll_event events[64];
	while (bench_wall() < until) {
		int count = epoll_wait(poll, events, 64, 100);
		for (int i = 0; i < count; i++)
			if (!take(run, events[i].data.ptr))
				return false;
	}
	return true;
}

static int compare_times(const void *one, const void *other)
{
	const uint32_t *a = one, *b = other;
	return (*a > *b) - (*a < *b);
}

static void write_result(const struct run *run, double wall,
	struct load_result *result)
{
	size_t count = run->count < MOST_TIMES ? (size_t)run->count : MOST_TIMES;
	qsort(times, count, sizeof *times, compare_times);
	*result = (struct load_result){.count = run->count,
		.requests = (double)run->count / wall,
		.reply_bytes = run->reply_bytes};
	if (count == 0)
		return;
	result->median_ms = times[count / 2] / 1e3;
	result->p99_ms = times[count * 99 / 100] / 1e3;
	result->worst_ms = times[count - 1] / 1e3;
}

bool load_run(const struct load *load, struct load_result *out_result)
{
	static struct run run;
	run = (struct run){.load = load};
	int poll = epoll_create1(EPOLL_CLOEXEC);
	bool is_good = poll >= 0;
	int open = 0;
	for (; is_good && open < load->connections; open++) {
		struct connection *connection = &run.connections[open];
		struct epoll_event event = {.events = EPOLLIN,
			.data.ptr = connection};
		is_good = open_connection(&run, connection)
			&& learn_length(&run, connection)
			&& epoll_ctl(poll, EPOLL_CTL_ADD, connection->file, &event)
				== 0;
	}
	for (int i = 0; is_good && i < open; i++)
		is_good = ask(&run, &run.connections[i]);
	double begun = bench_wall();
	is_good = is_good && loop(&run, poll, begun + load->seconds);
	write_result(&run, bench_wall() - begun, out_result);
	for (int i = 0; i < open; i++)
		close(run.connections[i].file);
	close(poll);
	return is_good;
}
