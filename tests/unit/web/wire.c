/* SPDX-License-Identifier: MIT
 *
 * Sockets with time limits, so that a server that hangs fails its test.
 */
#include "wire.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, MOST = 16 << 20, WIDE = 4 << 20 };

/* ---- The site ---- */

static atomic_bool may_go;

void wire_let_go(void)
{
	atomic_store(&may_go, true);
}

static bool page(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	buffer_string(http_reply_page(reply, "text/html; charset=utf-8", 100,
			      arena),
		"<p>A page.</p>");
	return true;
}

static bool big(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	struct buffer *out = http_reply_page(reply, "text/html; charset=utf-8",
		1 << 20, arena);
	for (int i = 0; i < 1000; i++)
		buffer_format(out, "<p>Line %d.</p>\n", i);
	reply->has_secret = text_is(request->path, "/secret");
	return true;
}

static struct http_static *sheet;

static bool kept(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	(void)arena;
	http_reply_static(reply, sheet);
	return true;
}

static bool wide(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	reply->type = "application/octet-stream";
	reply->body = (struct text){arena_new(arena, WIDE), WIDE};
	return true;
}

static bool slow(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	for (int i = 0; i < PATIENCE_MS && !atomic_load(&may_go); i++)
		nanosleep(&pause, NULL);
	return page(worker, request, reply, arena);
}

static bool broken(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)request;
	(void)arena;
	reply->body = TEXT("half a page");
	return false;
}

static bool child(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	buffer_format(http_reply_page(reply, "text/plain; charset=utf-8", 1000,
			      arena),
		"%s %lld", http_method_name(request->method),
		(long long)http_place_number(request, "id"));
	return true;
}

static bool echo(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)arena;
	reply->type = "application/octet-stream";
	reply->body = request->body;
	return true;
}

const struct http_route wire_routes[] = {
	{HTTP_GET, "/page", page, NULL, 0, 0},
	{HTTP_GET, "/big", big, NULL, 0, 0},
	{HTTP_GET, "/secret", big, NULL, 0, 0},
	{HTTP_GET, "/kept", kept, NULL, 0, 0},
	{HTTP_GET, "/wide", wide, NULL, 0, 0},
	{HTTP_GET, "/slow", slow, NULL, 0, 0},
	{HTTP_GET, "/broken", broken, NULL, 0, 0},
	{HTTP_GET, "/child/{id}", child, NULL, 0, 0},
	{HTTP_PUT, "/child/{id}", child, NULL, HTTP_JSON, 100},
	{HTTP_DELETE, "/child/{id}", child, NULL, 0, 0},
	{HTTP_POST, "/form", echo, NULL, HTTP_FORM, 0},
	{HTTP_POST, "/echo", echo, NULL, HTTP_BYTES | HTTP_FORM, 3 << 20},
};
const size_t wire_route_count = COUNT_OF(wire_routes);

int wire_open(void **state)
{
	struct arena *arena = arena_open();
	struct wire *wire = arena_new(arena, sizeof *wire);
	struct fault fault = {0};
	struct buffer css = {.maximum = 1 << 20};
	for (int i = 0; i < 500; i++)
		buffer_format(&css, ".c%d { margin: %dpx }\n", i, i);
	wire->arena = arena;
	sheet = http_static_open(arena_text(arena, buffer_text(&css)),
		"text/css; charset=utf-8", arena);
	buffer_finish(&css);
	atomic_store(&may_go, false);
	const struct http_options options = {.routes = wire_routes,
		.route_count = wire_route_count};
	if (!http_site_open(&options, arena, &wire->site, &fault))
		fail_msg("%s", fault.message);
	wire->options = (struct http_server_options){.site = wire->site,
		.listen = "127.0.0.1:0",
		.threads = 2};
	*state = wire;
	return 0;
}

void wire_serve(struct wire *wire)
{
	struct fault fault = {0};
	if (!http_server_open(&wire->options, &wire->server, &fault))
		fail_msg("%s: %s", fault.message, fault.detail);
	wire->port = http_server_port(wire->server);
}

int wire_close(void **state)
{
	struct wire *wire = *state;
	wire_let_go();
	http_server_close(wire->server, 1000);
	arena_close(wire->arena);
	return 0;
}

/* ---- Bytes ---- */

static bool try_connect(const struct wire *wire, int *out_file)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
		.sin_port = htons((uint16_t)wire->port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	*out_file = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(*out_file >= 0);
	return connect(*out_file, (struct sockaddr *)&address, sizeof address)
		== 0;
}

int wire_connect(const struct wire *wire)
{
	int file;
	if (!try_connect(wire, &file))
		fail_msg("nobody listens on port %d", wire->port);
	return file;
}

bool wire_is_open(const struct wire *wire)
{
	int file;
	bool is_open = try_connect(wire, &file);
	close(file);
	return is_open;
}

bool wire_falls_to(const struct wire *wire, size_t count)
{
	const struct timespec pause = {.tv_nsec = 1000000};
	for (int i = 0; i < PATIENCE_MS; i++) {
		if (http_server_connections(wire->server) == count)
			return true;
		nanosleep(&pause, NULL);
	}
	return false;
}

void wire_send(int file, struct text bytes)
{
	size_t sent = 0;
	while (sent < bytes.length) {
		ssize_t more = send(file, bytes.at + sent, bytes.length - sent,
			MSG_NOSIGNAL);
		if (more <= 0)
			return; /* refused before it was all sent */
		sent += (size_t)more;
	}
}

static bool has_more(int file, int milliseconds)
{
	struct pollfd wait = {.fd = file, .events = POLLIN};
	return poll(&wait, 1, milliseconds) == 1;
}

struct text wire_read(struct wire *wire, int file, int milliseconds,
	bool *out_is_closed)
{
	struct buffer all = {.maximum = MOST};
	bool is_closed = false;
	while (!is_closed && has_more(file, milliseconds)) {
		char *room = buffer_room(&all, 65536);
		assert_non_null(room);
		ssize_t got = recv(file, room, 65536, 0);
		is_closed = got <= 0;
		if (got > 0)
			buffer_claim(&all, (size_t)got);
	}
	if (out_is_closed != NULL)
		*out_is_closed = is_closed;
	struct text text = arena_text(wire->arena, buffer_text(&all));
	buffer_finish(&all);
	return text;
}

/* Where the head ends; 0: not yet. */
static size_t head_length(struct text text)
{
	const char *end = text.length == 0
		? NULL
		: memmem(text.at, text.length, "\r\n\r\n", 4);
	return end == NULL ? 0 : (size_t)(end - text.at) + 4;
}

static size_t whole_length(struct text text)
{
	size_t head = head_length(text);
	int64_t length = 0;
	if (head == 0)
		return SIZE_MAX;
	(void)text_to_int64(wire_header(text, "Content-Length"), &length);
	return head + (size_t)length;
}

/* Takes no more than one reply, so that what follows it on the same connection
 * stays for the next call: looks first, then takes. */
static bool take_some(int file, struct buffer *all)
{
	enum { LOOK = 4096 };
	size_t whole = whole_length(buffer_text(all)), had = all->length;
	size_t wanted = whole == SIZE_MAX ? LOOK : whole - had;
	char *room = buffer_room(all, wanted);
	assert_non_null(room);
	ssize_t got = has_more(file, PATIENCE_MS)
		? recv(file, room, wanted, MSG_PEEK)
		: -1;
	if (got <= 0) {
		print_message("# %s after %zu bytes\n",
			got == 0                    ? "closed"
				: has_more(file, 0) ? "reset"
						    : "nothing came",
			had);
		return false;
	}
	size_t head = head_length((struct text){all->bytes, had + (size_t)got});
	size_t taken = whole == SIZE_MAX && head > 0 ? head - had : (size_t)got;
	got = recv(file, room, taken, 0);
	assert_int_equal(got, taken);
	buffer_claim(all, taken);
	return true;
}

struct text wire_reply(struct wire *wire, int file)
{
	struct buffer all = {.maximum = MOST};
	while (all.length < whole_length(buffer_text(&all)))
		if (!take_some(file, &all))
			break;
	struct text text = arena_text(wire->arena, buffer_text(&all));
	buffer_finish(&all);
	return text;
}

int wire_status(struct text reply)
{
	int64_t status = 0;
	if (!text_starts(reply, TEXT("HTTP/1.1 "))
		|| !text_to_int64(text_cut(reply, 9, 3), &status))
		return 0;
	return (int)status;
}

struct text wire_header(struct text reply, const char *name)
{
	struct text rest = text_cut(reply, 0, head_length(reply));
	while (rest.length > 0) {
		struct text value;
		struct text line = text_trim(text_split(rest, '\n', &rest));
		struct text found = text_split(line, ':', &value);
		if (value.at != NULL && text_equals_folded(found, text_of(name)))
			return text_trim(value);
	}
	return (struct text){NULL, 0};
}

struct text wire_body(struct text reply)
{
	return text_cut(reply, head_length(reply), reply.length);
}

struct text wire_ask(struct wire *wire, struct text request)
{
	int file = wire_connect(wire);
	wire_send(file, request);
	struct text reply = wire_reply(wire, file);
	close(file);
	return reply;
}
