/* SPDX-License-Identifier: MIT
 *
 * One request after another: the library's callbacks around http_admit and
 * http_perform. `served` is one request from its line to its last byte.
 */
#include "web/http_body.h"
#include "web/http_layout.h"
#include "web/http_server-inside.h"

enum {
	FIELDS = 80,   /* above the guard's own limit, so that it answers */
	KEPT = 16,     /* arenas in the pool */
	SMALL = 65536, /* after a larger reply its arena is not kept */
};

struct served {
	struct served *next; /* in the pool */
	struct arena *arena;
	struct http_exchange exchange;
	struct http_link *link;
	struct text arrived; /* the target, in the library's memory */
	struct text target;  /* the same, copied: the library cuts its own up */
	struct http_body body;
	int64_t begun; /* microseconds */
	bool is_judged, is_answered;
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
	bool is_small = served->exchange.reply.body.length <= SMALL;
	http_body_finish(&served->body);
	arena_reset(served->arena);
	pthread_mutex_lock(&server->lock);
	bool is_kept = is_small && server->pooled < KEPT;
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

void http_served_linked(void *data, struct MHD_Connection *connection,
	void **socket, enum MHD_ConnectionNotificationCode code)
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

void *http_served_begin(void *data, const char *uri,
	struct MHD_Connection *connection)
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
	atomic_store(&served->link->is_known, true);
	return served;
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

static void log_line(const struct http_server *server, const struct served *served)
{
	const struct http_exchange *exchange = &served->exchange;
	if (server->options.log == NULL)
		return;
	struct http_line line = {
		.method = !exchange->has_method ? "-"
			: exchange->is_head
			? "HEAD"
			: http_method_name(exchange->request.method),
		.pattern = exchange->way == NULL ? "-"
						 : exchange->way->route->pattern,
		.status = served->is_answered ? exchange->reply.status : 408,
		.micros = micros() - served->begun,
		.in = served->body.arrived,
		.out = served->is_answered && !exchange->is_head
			? exchange->reply.body.length
			: 0,
		.id = exchange->request.id,
	};
	server->options.log(server->options.data, &line);
}

void http_served_completed(void *data, struct MHD_Connection *connection,
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
		MHD_create_response_from_buffer_with_free_callback_cls(body.length,
			(void *)(uintptr_t)body.at, NULL, NULL);
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
	MHD_get_connection_values(connection, MHD_HEADER_KIND, gather, &gathered);
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
			gathered.fields[i].value = text_trim(
				gathered.fields[i].value);
		served->is_judged = http_admit(exchange, &head);
	}
}

/* A reply before the library has read all closes the connection; one that may
 * leave it open is sent when the library asks again. */
static enum MHD_Result answer_head(struct http_server *server,
	struct MHD_Connection *connection, struct served *served)
{
	struct http_exchange *exchange = &served->exchange;
	if (served->is_judged
		&& !http_body_begin(&served->body, exchange->length)) {
		served->is_judged = false;
		exchange->must_close = true;
		(void)http_refuse(exchange, 503, NULL);
	}
	if (!served->is_judged && exchange->must_close)
		return send_reply(server, connection, served, HTTP_LINK_READING);
	exchange->request.due += time_for(server, exchange->length);
	return http_links_move(served->link, HTTP_LINK_READING,
		       HTTP_LINK_READING, exchange->request.due)
		? MHD_YES
		: MHD_NO;
}

/* Where there is no room the rest is still read, or the asker would never see
 * the reply. */
static void take_piece(struct served *served, struct text bytes)
{
	if (!served->is_judged || http_body_add(&served->body, bytes))
		return;
	served->is_judged = false;
	(void)http_refuse(&served->exchange, 503, NULL);
}

static enum MHD_Result answer_whole(struct http_server *server,
	struct MHD_Connection *connection, struct served *served)
{
	struct text body;
	if (!http_links_move(served->link, HTTP_LINK_READING,
		    HTTP_LINK_ANSWERING, INT64_MAX))
		return MHD_NO;
	if (served->is_judged) {
		if (!http_body_take(&served->body, served->arena, &body))
			return MHD_NO;
		void *worker = take_worker(server);
		http_perform(&served->exchange, body, worker);
		rest_worker(server, worker);
	}
	return send_reply(server, connection, served, HTTP_LINK_ANSWERING);
}

enum MHD_Result http_served_answer(void *data,
	struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *bytes, size_t *length, void **context)
{
	struct http_server *server = data;
	struct served *served = *context;
	(void)url;
	if (served == NULL)
		return MHD_NO;
	if (served->exchange.request.id[0] == '\0') {
		read_head(served, connection, method, version);
		return answer_head(server, connection, served);
	}
	if (*length > 0) {
		take_piece(served, (struct text){bytes, *length});
		*length = 0;
		return MHD_YES;
	}
	return served->is_answered ? MHD_YES
				   : answer_whole(server, connection, served);
}

void http_served_finish(struct http_server *server)
{
	while (server->pool != NULL) {
		struct served *served = server->pool;
		server->pool = served->next;
		arena_close(served->arena);
		memory_free(served);
	}
}
