/* SPDX-License-Identifier: MIT
 *
 * See small_provider.h. A thread that takes one connection after another, reads
 * the head of a request and answers by its path.
 */
#include "small_provider.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"

static struct small_provider provider;
static int listening;

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static const char *body_for(const char *head)
{
	return strstr(head, " /token ") != NULL   ? provider.token
		: strstr(head, " /keys ") != NULL ? provider.keys
						  : provider.description;
}

static void say(int link, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t sent = send(link, bytes, length, MSG_NOSIGNAL);
		if (sent <= 0)
			return;
		bytes += sent;
		length -= (size_t)sent;
	}
}

static void answer(int link)
{
	char head[16384] = "", start[256];
	size_t length = 0;
	while (length < sizeof head - 1 && strstr(head, "\r\n\r\n") == NULL) {
		ssize_t got = recv(link, head + length,
			sizeof head - 1 - length, 0);
		if (got <= 0)
			return;
		length += (size_t)got;
		head[length] = '\0';
	}
	const char *body = body_for(head);
	int size = snprintf(start, sizeof start,
		"HTTP/1.1 %s\r\nContent-Length: %zu\r\nConnection: close\r\n"
		"Location: /keys\r\n\r\n",
		provider.status == NULL ? "200 OK" : provider.status,
		strlen(body));
	say(link, start, (size_t)size);
	say(link, body, strlen(body));
	shutdown(link, SHUT_WR);
	while (recv(link, head, sizeof head, 0) > 0)
		continue;
}

static void *serve(void *data)
{
	(void)data;
	for (;;) {
		int link = accept(listening, NULL, NULL);
		if (link < 0)
			continue;
		answer(link);
		close(link);
	}
	return NULL;
}

struct small_provider *small_provider_start(void)
{
	struct sockaddr_in here = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof here;
	pthread_t thread;
	if (provider.port != 0)
		return &provider;
	listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (listening < 0
		|| bind(listening, (struct sockaddr *)&here, sizeof here) != 0
		|| listen(listening, 8) != 0
		|| getsockname(listening, (struct sockaddr *)&here, &size) != 0
		|| pthread_create(&thread, NULL, serve, NULL) != 0)
		fail("small provider");
	pthread_detach(thread);
	provider.port = ntohs(here.sin_port);
	provider.description = provider.token = provider.keys = "";
	return &provider;
}

/* A line from the program, within half a minute. */
static int read_port(int from)
{
	char line[32] = "";
	size_t length = 0;
	int64_t port = 0;
	while (length < sizeof line - 1 && strchr(line, '\n') == NULL) {
		struct pollfd wait = {.fd = from, .events = POLLIN};
		ssize_t got = poll(&wait, 1, 30000) == 1
			? read(from, line + length, sizeof line - 1 - length)
			: 0;
		if (got <= 0)
			return 0;
		length += (size_t)got;
		line[length] = '\0';
	}
	return text_to_int64(text_trim(text_of(line)), &port) ? (int)port : 0;
}

static void run_node(const int in[2], const int out[2])
{
	int nowhere = open("/dev/null", O_WRONLY);
	dup2(in[0], STDIN_FILENO);
	dup2(out[1], STDOUT_FILENO);
	dup2(nowhere, STDERR_FILENO);
	close(in[1]);
	close(out[0]);
	execlp("node", "node", "tests/oidc/provider.mjs", "build/oidc",
		(char *)NULL);
	_exit(127);
}

int small_provider_real(void)
{
	static int port;
	int in[2], out[2];
	if (port != 0)
		return port;
	if (!file_is_folder("build/oidc/node_modules/oidc-provider")) {
		puts("# the real provider is not installed: left out");
		return 0;
	}
	if (pipe(in) != 0 || pipe(out) != 0)
		fail("pipe");
	fcntl(in[1], F_SETFD, FD_CLOEXEC);
	pid_t child = fork();
	if (child < 0)
		fail("fork");
	if (child == 0)
		run_node(in, out);
	close(in[0]);
	close(out[1]);
	port = read_port(out[0]);
	if (port == 0)
		puts("# the real provider does not start");
	return port;
}
