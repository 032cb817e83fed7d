/* SPDX-License-Identifier: MIT
 *
 * libmicrohttpd's callbacks around http_admit and http_perform.
 *
 * The library calls, for each request: begin (its line is there), answer
 * (first when the head is there, then for each piece of the body, then when it
 * is whole), completed. `served` is one request from the first to the last.
 */
#include "web/http_server.h"

#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include "web/http-inside.h"
#include "web/http_layout.h"
#include "web/http_links.h"

enum {
	/* What the library may hold of one request's head, above the guard's
	 * own limits, so that the guard answers first. */
	MEMORY = 32 * 1024,
	FIELDS = 80,
	KEPT = 64,   /* arenas in the pool */
	SPARE = 256, /* connections that are told 503 and closed */
};

struct served {
	struct served *next; /* in the pool */
	struct arena *arena;
	struct http_exchange exchange;
	struct http_link *link;
	struct text arrived; /* the target, in the library's memory */
	struct text target;  /* the same, copied: the library cuts its own up */
	struct buffer body;
	int64_t begun; /* microseconds */
	bool is_judged, is_answered;
};

struct http_server {
	struct http_server_options options;
	struct MHD_Daemon *daemon;
	struct http_links *links;
	int port;
	pthread_mutex_t lock; /* of all below */
	struct served *pool;
	size_t pooled;
	void **workers; /* those at rest */
	size_t resting;
	struct arena *arena;
};

static int64_t micros(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- Requests in flight ---- */

static struct served *take(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	struct served *served = server->pool;
	if (served != NULL) {
		server->pool = served->next;
		server->pooled--;
	}
	pthread_mutex_unlock(&server->lock);
	struct arena *arena = served == NULL ? arena_open() : served->arena;
	if (served == NULL)
		served = memory_new(sizeof *served);
	*served = (struct served){.arena = arena, .begun = micros()};
	served->exchange.site = server->options.site;
	served->exchange.arena = arena;
	served->exchange.request.arrived = served->begun / 1000;
	return served;
}

static void give_back(struct http_server *server, struct served *served)
{
	buffer_finish(&served->body);
	arena_reset(served->arena);
	pthread_mutex_lock(&server->lock);
	bool is_kept = server->pooled < KEPT;
	if (is_kept) {
		served->next = server->pool;
		server->pool = served;
		server->pooled++;
	}
	pthread_mutex_unlock(&server->lock);
	if (is_kept)
		return;
	arena_close(served->arena);
	memory_free(served);
}

/* As many workers as threads, so that one is always at rest. */
static void *take_worker(struct http_server *server)
{
	pthread_mutex_lock(&server->lock);
	void *worker = server->workers[--server->resting];
	pthread_mutex_unlock(&server->lock);
	return worker;
}

static void rest_worker(struct http_server *server, void *worker)
{
	pthread_mutex_lock(&server->lock);
	server->workers[server->resting++] = worker;
	pthread_mutex_unlock(&server->lock);
}

/* ---- The library's callbacks ---- */

static void linked(void *data, struct MHD_Connection *connection, void **socket,
	enum MHD_ConnectionNotificationCode code)
{
	struct http_server *server = data;
	if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
		http_links_remove(server->links, *socket);
		*socket = NULL;
		return;
	}
	struct peer peer = peer_of(MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CLIENT_ADDRESS)
					   ->client_addr);
	int file = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_CONNECTION_FD)
			   ->connect_fd;
	*socket = http_links_add(server->links, file, &peer);
}

static void *begin(void *data, const char *uri, struct MHD_Connection *connection)
{
	struct http_server *server = data;
	struct served *served = take(server);
	served->link = MHD_get_connection_info(connection,
		MHD_CONNECTION_INFO_SOCKET_CONTEXT)
			       ->socket_context;
	served->arrived = text_of(uri);
	served->target = arena_text(served->arena, served->arrived);
	served->exchange.request.due = served->exchange.request.arrived
		+ server->options.request_ms;
	/* If it was ended meanwhile, `answer` finds that out. */
	(void)http_links_move(served->link, HTTP_LINK_WAITING,
		HTTP_LINK_READING, served->exchange.request.due);
	served->link->is_fresh = false;
	return served;
}

/* The library would decode what the guard decodes itself. */
static size_t leave_encoded(void *data, struct MHD_Connection *connection,
	char *text)
{
	(void)data;
	(void)connection;
	return strlen(text);
}

struct gathered {
	struct http_field *fields;
	size_t count;
};

static enum MHD_Result gather(void *data, enum MHD_ValueKind kind,
	const char *name, const char *value)
{
	struct gathered *gathered = data;
	(void)kind;
	if (gathered->count < FIELDS)
		gathered->fields[gathered->count] =
			(struct http_field){text_of(name), text_of(value)};
	gathered->count++;
	return MHD_YES;
}

static void log_line(const struct http_server *server,
	const struct served *served)
{
	const struct http_exchange *exchange = &served->exchange;
	if (server->options.log == NULL)
		return;
	struct http_line line = {
		.method = exchange->is_head
			? "HEAD"
			: http_method_name(exchange->request.method),
		.pattern = exchange->way == NULL
			? "-"
			: exchange->way->route->pattern,
		.status = served->is_answered ? exchange->reply.status : 408,
		.micros = micros() - served->begun,
		.in = served->body.length,
		.out = served->is_answered && !exchange->is_head
			? exchange->reply.body.length
			: 0,
		.id = exchange->request.id,
	};
	server->options.log(server->options.data, &line);
}

static void completed(void *data, struct MHD_Connection *connection,
	void **context, enum MHD_RequestTerminationCode code)
{
	struct http_server *server = data;
	struct served *served = *context;
	(void)connection;
	(void)code;
	if (served == NULL)
		return;
	*context = NULL;
	if (served->exchange.request.id[0] == '\0')
		http_new_id(served->exchange.request.id);
	log_line(server, served);
	(void)http_links_move(served->link, HTTP_LINK_SENDING,
		HTTP_LINK_WAITING, http_now() + server->options.idle_ms);
	give_back(server, served);
}

/* ---- Replies ---- */

static int64_t time_for(const struct http_server *server, size_t bytes)
{
	return (int64_t)(bytes * 1000 / server->options.rate_bytes);
}

static enum MHD_Result send_reply(struct http_server *server,
	struct MHD_Connection *connection, struct served *served,
	enum http_stage from)
{
	struct http_exchange *exchange = &served->exchange;
	if (http_links_is_draining(server->links))
		exchange->must_close = true;
	http_finish(exchange);
	struct text body = exchange->reply.body;
	struct MHD_Response *response =
		MHD_create_response_from_buffer_with_free_callback_cls(
			body.length, (void *)(uintptr_t)body.at, NULL, NULL);
	if (response == NULL)
		return MHD_NO;
	bool is_good = true;
	for (size_t i = 0; i < exchange->sent_count; i++)
		is_good = is_good
			&& MHD_add_response_header(response,
				   exchange->sent[i].name.at,
				   arena_string(exchange->arena,
					   exchange->sent[i].value))
				== MHD_YES;
	is_good = is_good
		&& http_links_move(served->link, from, HTTP_LINK_SENDING,
			http_now() + server->options.reply_ms
				+ time_for(server, body.length))
		&& MHD_queue_response(connection,
			   (unsigned)exchange->reply.status, response)
			== MHD_YES;
	served->is_answered = is_good;
	MHD_destroy_response(response);
	return is_good ? MHD_YES : MHD_NO;
}

static void read_head(struct served *served, struct MHD_Connection *connection,
	const char *method, const char *version)
{
	struct http_exchange *exchange = &served->exchange;
	struct gathered gathered = {.fields = arena_array(served->arena, FIELDS,
					    sizeof *gathered.fields)};
	MHD_get_connection_values(connection, MHD_HEADER_KIND, gather,
		&gathered);
	char *client = arena_new(served->arena, PEER_TEXT);
	peer_write(&served->link->peer, client);
	struct http_layout layout = {.method = method,
		.target = served->arrived,
		.version = version,
		.fields = {gathered.fields,
			gathered.count < FIELDS ? gathered.count : FIELDS},
		.length = MHD_get_connection_info(connection,
			MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE)
				  ->header_size};
	struct http_head head = {.method = text_of(method),
		.target = served->target,
		.fields = layout.fields,
		.client = text_of(client)};
	http_new_id(exchange->request.id);
	exchange->must_close = true;
	if (served->link->refusal != 0)
		(void)http_refuse(exchange, served->link->refusal, NULL);
	else if (gathered.count > FIELDS)
		(void)http_refuse(exchange, 431, NULL);
	else if (!http_layout_is_plain(&layout))
		(void)http_refuse(exchange, 400,
			"The head of the request is not in its normal form.");
	else {
		exchange->must_close = false;
		for (size_t i = 0; i < gathered.count; i++)
			gathered.fields[i].value =
				text_trim(gathered.fields[i].value);
		served->is_judged = http_admit(exchange, &head);
	}
}

static enum MHD_Result answer(void *data, struct MHD_Connection *connection,
	const char *url, const char *method, const char *version,
	const char *bytes, size_t *length, void **context)
{
	struct http_server *server = data;
	struct served *served = *context;
	(void)url;
	if (served == NULL)
		return MHD_NO;
	if (served->exchange.request.id[0] == '\0') {
		read_head(served, connection, method, version);
		if (!served->is_judged)
			return send_reply(server, connection, served,
				HTTP_LINK_READING);
		served->body.maximum = served->exchange.length + 1;
		served->exchange.request.due +=
			time_for(server, served->exchange.length);
		return http_links_move(served->link, HTTP_LINK_READING,
			       HTTP_LINK_READING, served->exchange.request.due)
			? MHD_YES
			: MHD_NO;
	}
	if (*length > 0) {
		buffer_add(&served->body, (struct text){bytes, *length});
		*length = 0;
		return served->body.has_failed ? MHD_NO : MHD_YES;
	}
	if (served->is_answered)
		return MHD_YES;
	if (!http_links_move(served->link, HTTP_LINK_READING,
		    HTTP_LINK_ANSWERING, 0))
		return MHD_NO;
	void *worker = take_worker(server);
	http_perform(&served->exchange, buffer_text(&served->body), worker);
	rest_worker(server, worker);
	return send_reply(server, connection, served, HTTP_LINK_ANSWERING);
}

/* ---- Opening and closing ---- */

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
		|| getsockname(file, (struct sockaddr *)&address, &length)
			!= 0) {
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
		.rate_bytes = 16 * 1024};
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
	server->links = http_links_open(&(struct http_links_options){
		.most = options->connections,
		.most_per_address = options->connections_per_address,
		.proxies = site->proxies,
		.proxy_count = site->options.proxy_count,
		.idle_ms = options->idle_ms,
		.late = write_late(server)});
	if (server->links == NULL)
		return could_not("start the server's watcher", fault);
	server->daemon = MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL,
		answer, server, MHD_OPTION_LISTEN_SOCKET, file,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)options->threads,
		MHD_OPTION_STRICT_FOR_CLIENT, 1,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY,
		MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)(options->connections + SPARE),
		MHD_OPTION_URI_LOG_CALLBACK, begin, server,
		MHD_OPTION_UNESCAPE_CALLBACK, leave_encoded, server,
		MHD_OPTION_NOTIFY_COMPLETED, completed, server,
		MHD_OPTION_NOTIFY_CONNECTION, linked, server, MHD_OPTION_END);
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
	while (server->pool != NULL) {
		struct served *served = server->pool;
		server->pool = served->next;
		arena_close(served->arena);
		memory_free(served);
	}
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
	bool is_whole =
		http_links_drain(server->links, http_now() + grace_ms);
	MHD_stop_daemon(server->daemon);
	finish(server);
	return is_whole;
}

void http_line_write(const struct http_line *line, struct buffer *out)
{
	buffer_format(out, "%s %s %d %lld.%03lld ms, %zu in, %zu out, %s\n",
		line->method, line->pattern, line->status,
		(long long)(line->micros / 1000),
		(long long)(line->micros % 1000), line->in, line->out,
		line->id);
}
