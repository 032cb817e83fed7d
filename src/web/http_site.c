/* SPDX-License-Identifier: MIT
 *
 * A request from head to reply: guard, router, handler, finish; with or
 * without a socket.
 */
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <time.h>

#include "web/http-inside.h"
#include "web/media.h"

/* ---- Opening ---- */

static bool read_proxies(struct http_site *site, struct arena *arena,
	struct fault *fault)
{
	size_t count = site->options.proxy_count;
	site->proxies = arena_array(arena, count + 1, sizeof *site->proxies);
	for (size_t i = 0; i < count; i++)
		if (!peer_read_network(text_of(site->options.proxies[i]),
			    &site->proxies[i])) {
			fault_set(fault, FAULT_USAGE,
				"the proxy \"%s\" is no address",
				site->options.proxies[i]);
			return fault_hint(fault,
				"write an address, or a"
				" network as 10.0.0.0/8");
		}
	return true;
}

bool http_site_open(const struct http_options *options, struct arena *arena,
	struct http_site **out_site, struct fault *fault)
{
	struct http_site *site = arena_new(arena, sizeof *site);
	site->options = *options;
	if (!read_proxies(site, arena, fault)
		|| !http_route_all(site, arena, fault))
		return false;
	*out_site = site;
	return true;
}

int64_t http_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A count from a random start, stirred by a function that gives each number
 * another one (the finish of SplitMix64): never twice, and it tells nobody
 * how many requests there were. */
static atomic_uint_fast64_t next_id;

static void begin_ids(void)
{
	uint64_t start;
	randombytes_buf(&start, sizeof start);
	atomic_store(&next_id, start);
}

void http_new_id(char out_id[HTTP_ID])
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, begin_ids);
	uint64_t x = (uint64_t)atomic_fetch_add(&next_id, 1);
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	snprintf(out_id, HTTP_ID, "%016llx", (unsigned long long)(x ^ x >> 31));
}

/* ---- Finding fields ---- */

bool http_only(struct http_fields fields, const char *name, struct text *out_value)
{
	const struct http_field *found = NULL;
	for (size_t i = 0; i < fields.count; i++)
		if (text_is(fields.at[i].name, name)) {
			if (found != NULL)
				return false;
			found = &fields.at[i];
		}
	if (found == NULL)
		return false;
	*out_value = found->value;
	return true;
}

struct text http_header(const struct http_request *request, const char *name)
{
	struct text wanted = text_of(name);
	for (size_t i = 0; i < request->headers.count; i++)
		if (text_equals_folded(request->headers.at[i].name, wanted))
			return request->headers.at[i].value;
	return (struct text){NULL, 0};
}

/* ---- Refusing ---- */

static void set_problem(struct http_exchange *exchange, int status,
	const char *detail)
{
	const struct http_options *options = &exchange->site->options;
	struct text accept = http_header(&exchange->request, "Accept");
	if (options->draw_problem == NULL
		|| !text_has(accept, TEXT("text/html"))) {
		http_reply_problem(&exchange->reply, status, detail,
			exchange->arena);
		return;
	}
	exchange->reply = (struct http_reply){.status = status};
	options->draw_problem(&exchange->request, &exchange->reply, detail,
		exchange->arena);
	exchange->reply.status = status;
}

bool http_refuse(struct http_exchange *exchange, int status, const char *detail)
{
	set_problem(exchange, status, detail);
	return false;
}

/* ---- Before the body ---- */

static bool admit_body(struct http_exchange *exchange)
{
	struct http_request *request = &exchange->request;
	const struct http_route *route = request->route;
	size_t most = route->types == 0 ? 0
		: route->body_limit > 0 ? route->body_limit
					: HTTP_BODY;
	if (exchange->length > most) {
		exchange->must_close = true;
		return http_refuse(exchange, 413, NULL);
	}
	if (exchange->length == 0)
		return true;
	bool is_coded = http_header(request, "Content-Encoding").length > 0;
	if (!is_coded
		&& media_read(http_header(request, "Content-Type"),
			&request->type, &request->boundary)
		&& (request->type & route->types) != 0)
		return true;
	exchange->must_close = true;
	return http_refuse(exchange, 415, NULL);
}

bool http_admit(struct http_exchange *exchange, const struct http_head *head)
{
	if (exchange->request.id[0] == '\0')
		http_new_id(exchange->request.id);
	if (http_judge(exchange, head) && http_route(exchange)
		&& admit_body(exchange))
		return true;
	/* What would follow is a body that nobody wants. */
	if (exchange->length > 0)
		exchange->must_close = true;
	return false;
}

/* ---- With the body ---- */

void http_perform(struct http_exchange *exchange, struct text body, void *worker)
{
	exchange->request.body = body;
	exchange->reply = (struct http_reply){.status = 0};
	if (!exchange->request.route->handle(worker, &exchange->request,
		    &exchange->reply, exchange->arena))
		set_problem(exchange, 500, NULL);
}

void http_line_write(const struct http_line *line, struct buffer *out)
{
	buffer_format(out, "%s %s %d %lld.%03lld ms, %zu in, %zu out, %s\n",
		line->method, line->pattern, line->status,
		(long long)(line->micros / 1000),
		(long long)(line->micros % 1000), line->in, line->out, line->id);
}

/* ---- Dry run ---- */

struct http_answer http_answer(const struct http_site *site,
	const struct http_head *head, struct text body, void *worker,
	struct arena *arena)
{
	struct http_exchange *exchange = arena_new(arena, sizeof *exchange);
	exchange->site = site;
	exchange->arena = arena;
	exchange->request.arrived = http_now();
	exchange->request.due = INT64_MAX;
	if (http_admit(exchange, head)) {
		if (body.length == exchange->length)
			http_perform(exchange, body, worker);
		else
			http_refuse(exchange, 400,
				"The body is not as long as it says.");
	}
	http_finish(exchange);
	return (struct http_answer){.status = exchange->reply.status,
		.headers = {exchange->sent, exchange->sent_count},
		.body = exchange->is_head ? TEXT("") : exchange->reply.body,
		.pattern = exchange->way == NULL ? NULL
						 : exchange->way->route->pattern};
}
