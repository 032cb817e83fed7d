/* SPDX-License-Identifier: MIT
 *
 * kith serve: the site on a socket until SIGTERM or SIGINT.
 *
 * Prints its address when it is ready, on standard output, so that who starts
 * it with port 0 learns which it got; a line a request goes to standard error.
 * What is served, serving.c says.
 */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/serving.h"
#include "web/http_server.h"

enum { GRACE_MS = 20000, LIST = 16 };

static bool open_worker(void *data, void **out_worker, struct fault *fault)
{
	struct api_worker *worker;
	if (!serving_worker(data, &worker, fault))
		return false;
	*out_worker = worker;
	return true;
}

static void close_worker(void *worker)
{
	api_worker_close(worker);
}

/* One write a line, so that threads do not mix theirs. */
static void write_line(void *data, const struct http_line *line)
{
	struct buffer out = {.maximum = 1024};
	(void)data;
	http_line_write(line, &out);
	ssize_t ignored = write(STDERR_FILENO, out.bytes, out.length);
	(void)ignored;
	buffer_finish(&out);
}

/* "a,b" to its parts. */
static size_t split_list(const char *list, struct arena *arena,
	const char *parts[LIST])
{
	size_t count = 0;
	struct text rest = text_of(list);
	while (rest.length > 0 && count < LIST)
		parts[count++] = arena_string(arena,
			text_trim(text_split(rest, ',', &rest)));
	return count;
}

static bool open_server(struct serving *serving,
	struct http_server **out_server, struct fault *fault)
{
	struct command_context *context = serving->context;
	const struct arguments *arguments = &context->arguments;
	const char **hosts = arena_array(context->arena, LIST, sizeof *hosts);
	const char **proxies = arena_array(context->arena, LIST, sizeof *proxies);
	struct http_site *site;
	const struct http_options options = {.routes = serving->routes,
		.route_count = serving->route_count,
		.hosts = hosts,
		.host_count = split_list(arguments->hosts, context->arena, hosts),
		.proxies = proxies,
		.proxy_count = split_list(arguments->proxies, context->arena,
			proxies),
		.is_behind_tls = arguments->is_https};
	return http_site_open(&options, context->arena, &site, fault)
		&& http_server_open(&(struct http_server_options){.site = site,
					    .listen = arguments->listen,
					    .worker_open = open_worker,
					    .worker_close = close_worker,
					    .log = write_line,
					    .data = serving},
			out_server, fault);
}

/* As many files as the machine lets us: one a connection, some a worker. */
static void raise_file_limit(void)
{
	struct rlimit files;
	if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
		files.rlim_cur = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &files);
	}
}

int command_serve(struct command_context *context, struct fault *fault)
{
	if (context->arguments.operand_count > 0) {
		fault_set(fault, FAULT_USAGE,
			"usage: kith serve [--listen ADDRESS:PORT]");
		return 0;
	}
	/* Blocked before any thread is made: all inherit it, and the signal
	 * waits for sigwait. */
	sigset_t stops;
	int signal_number;
	sigemptyset(&stops);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGINT);
	pthread_sigmask(SIG_BLOCK, &stops, NULL);
	signal(SIGPIPE, SIG_IGN);
	raise_file_limit();
	struct http_server *server;
	struct serving serving;
	if (!serving_open(context, &serving, fault)
		|| !open_server(&serving, &server, fault)) {
		serving_close(&serving);
		return 0;
	}
	struct text listen = text_of(context->arguments.listen == NULL
			? "127.0.0.1:8080"
			: context->arguments.listen);
	while (listen.at[listen.length - 1] != ':')
		listen.length--;
	printf("http://" TEXT_FORMAT "%d/\n", TEXT_ARGS(listen),
		http_server_port(server));
	fflush(stdout);
	sigwait(&stops, &signal_number);
	if (!http_server_close(server, GRACE_MS))
		fault_set(fault, FAULT_BUSY,
			"requests were still running and were cut off");
	serving_close(&serving);
	return 0;
}
