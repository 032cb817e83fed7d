/* SPDX-License-Identifier: MIT
 *
 * Opening and closing a server. The library listens on a socket of ours, so
 * that a port that is taken is our message and port 0 can be asked about.
 */
#include "web/http_server.h"

#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/http_server-inside.h"

enum {
	/* What the library may hold of one request's head, above the guard's
	 * own limits, so that the guard answers first. */
	MEMORY = 32 * 1024,
	SPARE = 256, /* connections that are told 503 and closed */
};

/* The library would decode what the guard decodes itself. */
static size_t leave_encoded(void *data, struct MHD_Connection *connection,
	char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

static bool could_not(const char *what, struct fault *fault)
{
	fault_set(fault, FAULT_SYSTEM, "could not %s", what);
	return fault_detail(fault, "%s", strerror(errno));
}

static bool listen_on(struct http_server *server, int *out_socket,
	struct fault *fault)
{
	enum { BACKLOG = 1024 };
	const int yes = 1;
	const char *name = server->options.listen;
	struct sockaddr_storage address;
	if (!peer_read_listen(text_of(name), &address, fault))
		return false;
	socklen_t length = address.ss_family == AF_INET
		? sizeof(struct sockaddr_in)
		: sizeof(struct sockaddr_in6);
	int file = socket(address.ss_family,
		SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (file < 0)
		return could_not("make a socket", fault);
	setsockopt(file, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(file, (struct sockaddr *)&address, length) != 0
		|| listen(file, BACKLOG) != 0
		|| getsockname(file, (struct sockaddr *)&address, &length) != 0) {
		fault_set(fault, FAULT_SYSTEM, "could not listen on %s", name);
		fault_detail(fault, "%s", strerror(errno));
		close(file);
		return false;
	}
	/* The port lies at the same place for both families. */
	server->port = ntohs(((struct sockaddr_in *)&address)->sin_port);
	*out_socket = file;
	return true;
}

static bool open_workers(struct http_server *server, struct fault *fault)
{
	struct http_server_options *options = &server->options;
	server->workers = arena_array(server->arena, options->threads,
		sizeof *server->workers);
	while (server->resting < options->threads) {
		if (options->worker_open != NULL
			&& !options->worker_open(options->data,
				&server->workers[server->resting], fault))
			return false;
		server->resting++;
	}
	return true;
}

static void set_defaults(struct http_server_options *options)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	struct http_server_options usual = {.listen = "127.0.0.1:8080",
		.threads = processors > 0 ? (size_t)processors : 1,
		.connections = 2048,
		.connections_per_address = 64,
		.idle_ms = 15000,
		.request_ms = 10000,
		.reply_ms = 20000,
		.rate_bytes = 16384};
	if (options->listen == NULL)
		options->listen = usual.listen;
	if (options->threads == 0)
		options->threads = usual.threads;
	if (options->connections == 0)
		options->connections = usual.connections;
	if (options->connections_per_address == 0)
		options->connections_per_address = usual.connections_per_address;
	if (options->idle_ms == 0)
		options->idle_ms = usual.idle_ms;
	if (options->request_ms == 0)
		options->request_ms = usual.request_ms;
	if (options->reply_ms == 0)
		options->reply_ms = usual.reply_ms;
	if (options->rate_bytes == 0)
		options->rate_bytes = usual.rate_bytes;
}

/* What a client is told who is too slow: whole, with all headers. */
static struct text write_late(struct http_server *server)
{
	struct http_exchange exchange = {.site = server->options.site,
		.arena = server->arena,
		.must_close = true};
	http_refuse(&exchange, 408, NULL);
	http_new_id(exchange.request.id);
	http_finish(&exchange);
	const char *head = arena_format(server->arena,
		"HTTP/1.1 408 %s\r\nContent-Length: %zu\r\n",
		http_status_text(408), exchange.reply.body.length);
	for (size_t i = 0; i < exchange.sent_count; i++)
		head = arena_format(server->arena,
			"%s" TEXT_FORMAT ": " TEXT_FORMAT "\r\n", head,
			TEXT_ARGS(exchange.sent[i].name),
			TEXT_ARGS(exchange.sent[i].value));
	return text_of(arena_format(server->arena, "%s\r\n" TEXT_FORMAT, head,
		TEXT_ARGS(exchange.reply.body)));
}

static bool start(struct http_server *server, int file, struct fault *fault)
{
	const struct http_server_options *options = &server->options;
	const struct http_site *site = options->site;
	server->links = http_links_open(
		&(struct http_links_options){.most = options->connections,
			.most_per_address = options->connections_per_address,
			.proxies = site->proxies,
			.proxy_count = site->options.proxy_count,
			.idle_ms = options->idle_ms,
			.late = write_late(server)});
	if (server->links == NULL)
		return could_not("start the server's watcher", fault);
	server->daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD
			| MHD_USE_ITC,
		0, NULL, NULL, http_served_answer, server,
		MHD_OPTION_LISTEN_SOCKET, file, MHD_OPTION_THREAD_POOL_SIZE,
		(unsigned)options->threads, MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
		MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)(options->connections + SPARE),
		MHD_OPTION_URI_LOG_CALLBACK, http_served_begin, server,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, server,
		MHD_OPTION_NOTIFY_COMPLETED, http_served_completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, http_served_linked, server,
		MHD_OPTION_END);
	return server->daemon != NULL || could_not("start the server", fault);
}

static void finish(struct http_server *server)
{
	http_links_close(server->links);
	while (server->resting > 0) {
		void *worker = server->workers[--server->resting];
		if (server->options.worker_close != NULL)
			server->options.worker_close(worker);
	}
	http_served_finish(server);
	pthread_mutex_destroy(&server->lock);
	arena_close(server->arena);
	memory_free(server);
}

bool http_server_open(const struct http_server_options *options,
	struct http_server **out_server, struct fault *fault)
{
	struct http_server *server = memory_new(sizeof *server);
	*server = (struct http_server){.options = *options,
		.arena = arena_open()};
	set_defaults(&server->options);
	pthread_mutex_init(&server->lock, NULL);
	int file = -1;
	if (open_workers(server, fault) && listen_on(server, &file, fault)
		&& start(server, file, fault)) {
		*out_server = server;
		return true;
	}
	if (file >= 0)
		close(file);
	finish(server);
	return false;
}

int http_server_port(const struct http_server *server)
{
	return server->port;
}

size_t http_server_connections(struct http_server *server)
{
	return http_links_count(server->links);
}

bool http_server_close(struct http_server *server, int64_t grace_ms)
{
	if (server == NULL)
		return true;
	int file = MHD_quiesce_daemon(server->daemon);
	if (file >= 0)
		close(file);
	bool is_whole = http_links_drain(server->links, http_now() + grace_ms);
	MHD_stop_daemon(server->daemon);
	finish(server);
	return is_whole;
}
