/* SPDX-License-Identifier: MIT
 *
 * One request of the API: who asks, whether the token is for this, reading,
 * the act, writing.
 */
#include "web/api.h"

#include "accounts/session.h"
#include "base/moment.h"
#include "web/api-inside.h"
#include "web/percent.h"

/* The browser takes such a cookie only over TLS, for this host alone. */
static const char cookie_name[] = "__Host-kith";

enum { MOST_ROUTES = 96 };

/* ---- Workers ---- */

bool api_worker_open(const struct api_worker_options *options,
	struct api_worker **out_worker, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct api_worker *worker = arena_new(arena, sizeof *worker);
	*worker = (struct api_worker){.arena = arena,
		.seal = options->seal,
		.today = options->today};
	if (!desk_open(&(struct desk_options){.url = options->url,
			       .definitions = options->definitions,
			       .actor = "nobody",
			       .la = options->la,
			       .is_read_only = true},
		    arena, &worker->desk, fault)) {
		arena_close(arena);
		return false;
	}
	worker->desk.writers = options->writers;
	/* Nobody sits here until a request says who. */
	worker->desk.person = (struct person){.login = "nobody",
		.purpose = "api"};
	*out_worker = worker;
	return true;
}

void api_worker_close(struct api_worker *worker)
{
	if (worker != NULL)
		arena_close(worker->arena);
}

/* ---- Who asks ---- */

/* The desk of one authority, for this request. */
static bool seat(struct api_call *call, int la, struct fault *fault)
{
	const struct desk *of = &call->worker->desk;
	struct region_part *part = arena_new(call->arena, sizeof *part);
	desk_seat(of, &of->person, call->arena, &call->desk);
	call->desk.today = date_is_none(call->worker->today)
		? moment_date(moment_now())
		: call->worker->today;
	if (!region_one(&of->region, la != 0 ? la : of->la, part, fault))
		return false;
	call->desk.la = part->la;
	call->desk.region = (struct region){part, 1};
	return true;
}

static bool find_person(struct api_call *call, struct fault *fault)
{
	struct text cookie;
	struct text header = http_header(call->request, "Authorization");
	struct text bearer = api_read_bearer(header);
	int64_t now = moment_now();
	if (header.length > 0)
		return token_la(bearer) != 0
			&& seat(call, token_la(bearer), fault)
			&& person_of_token(&call->desk, bearer, now,
				&call->found, fault);
	if (call->worker->seal != NULL
		&& http_only(call->request->cookies, cookie_name, &cookie)) {
		const struct person_cookie given = {cookie, call->worker->seal};
		return secret_la(cookie) != 0
			&& seat(call, secret_la(cookie), fault)
			&& person_of_session(&call->desk, &given, now,
				&call->found, fault);
	}
	if (call->worker->person == NULL || !seat(call, 0, fault))
		return false;
	call->found.person = *call->worker->person;
	return true;
}

/* A foreign page can make a browser send its cookie, but no such header. */
static bool is_own_page(const struct api_call *call)
{
	return call->found.session == NULL || call->request->method == HTTP_GET
		|| session_csrf_is(call->found.session,
			http_header(call->request, "X-CSRF-Token"));
}

/* Whatever was wrong with it: only that it is no good. */
static bool admit(struct api_call *call)
{
	struct fault fault = {.kind = FAULT_NONE};
	if (find_person(call, &fault)) {
		call->desk.person = call->found.person;
		if (is_own_page(call))
			return true;
		api_problem(call, 403, "The form's token is missing or old.");
		return false;
	}
	if (fault.kind >= FAULT_BUSY)
		api_problem_fault(call, &fault);
	else
		api_problem(call, 401, "Send a valid token.");
	return false;
}

/* ---- What the token is for ---- */

static const struct register_one *register_of(const struct api_call *call,
	struct text reference)
{
	const struct registers *registers = call->desk.registers;
	int64_t id;
	for (size_t i = 0; i < registers->count; i++)
		if (entry_reference_read(registers->all[i].definition,
			    reference, &id))
			return &registers->all[i];
	return NULL;
}

static struct text named(const struct register_one *one)
{
	return one == NULL ? TEXT("*") : text_of(one->definition->name);
}

static bool has_scope(const struct api_call *call, struct text subject)
{
	return call->found.token == NULL
		|| token_may(call->found.token, text_of(call->route->verb),
			subject);
}

static bool has_each(const struct api_call *call)
{
	const struct desk_bulk_input *in = (const void *)call->input.bytes;
	for (size_t i = 0; i < in->count; i++)
		if (!has_scope(call,
			    named(register_of(call, in->steps[i].reference))))
			return false;
	return true;
}

static bool is_scoped(struct api_call *call)
{
	struct text asked;
	switch (call->route->subject) {
	case API_NOTHING:
		return has_scope(call, TEXT(""));
	case API_REGISTER:
		call->one = register_find(call->desk.registers,
			http_place(call->request, "register"));
		return has_scope(call, http_place(call->request, "register"));
	case API_ENTRY:
		call->one = register_of(call,
			http_place(call->request, "reference"));
		return has_scope(call, named(call->one));
	case API_ASKED:
		asked = api_query(call, "register");
		return has_scope(call, asked.length == 0 ? TEXT("*") : asked);
	case API_EACH:
		return has_each(call);
	case API_ALL:
		return has_scope(call, TEXT("*"));
	case API_ANY_SCOPE:
		return true;
	}
	return false;
}

/* ---- Doing it ---- */

uint64_t api_roles(const struct api_call *call)
{
	return call->desk.person.is_operator ? ~(uint64_t)0
					     : call->desk.person.roles;
}

struct text api_query(const struct api_call *call, const char *name)
{
	struct text value;
	return http_only(call->request->query, name, &value) ? value : TEXT("");
}

void api_begin(struct api_call *call)
{
	call->json = (struct json_out){
		.out = http_reply_page(call->reply, "application/json",
			API_REPLY, call->arena)};
}

static bool write_output(struct api_call *call, struct fault *fault)
{
	if (call->route->write != NULL)
		return call->route->write(call, fault);
	if (call->route->output == NULL) {
		call->reply->status = 204;
		return true;
	}
	api_begin(call);
	api_shape_write(call, NULL, call->route->output, call->output.bytes);
	return true;
}

static bool read_match(struct api_call *call)
{
	struct text match = http_header(call->request, "If-Match");
	if (match.length == 0 || api_read_match(match, &call->version))
		return true;
	api_problem(call, 412, "If-Match must be the version that was read.");
	return false;
}

/* Reads and prepares. False: the reply says why not. */
static bool take_input(struct api_call *call)
{
	struct fault fault = {.kind = FAULT_NONE};
	if (!read_match(call))
		return false;
	if (!api_read_input(call, &fault)
		|| (call->route->prepare != NULL
			&& !call->route->prepare(call, &fault))) {
		if (call->reply->status == 0)
			api_problem_fault(call, &fault);
		return false;
	}
	if (is_scoped(call))
		return true;
	api_problem(call, 403, "The token's scopes do not allow this.");
	return false;
}

static void perform(struct api_call *call)
{
	struct fault fault = {.kind = FAULT_NONE};
	bool is_done = (call->act == DESK_ACTS
			       || desk_perform(&call->desk, call->act,
				       call->input.bytes, call->output.bytes,
				       &fault))
		&& write_output(call, &fault);
	if (!is_done)
		api_problem_fault(call, &fault);
	else if (call->reply->status == 0)
		call->reply->status = call->route->status;
}

static bool answer(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	struct api_call *call = arena_new(arena, sizeof *call);
	call->worker = worker;
	call->route = request->route->data;
	call->request = request;
	call->reply = reply;
	call->arena = arena;
	call->act = call->route->act;
	if (admit(call) && take_input(call))
		perform(call);
	return true;
}

/* ---- Pages ---- */

static void add_link(struct api_call *call, struct buffer *out, size_t page,
	size_t page_size, const char *relation)
{
	const struct http_request *request = call->request;
	buffer_format(out, "%s<" TEXT_FORMAT "?", out->length > 0 ? ", " : "",
		TEXT_ARGS(request->path));
	for (size_t i = 0; i < request->query.count; i++) {
		const struct http_field *field = &request->query.at[i];
		if (text_is(field->name, "page")
			|| text_is(field->name, "page_size"))
			continue;
		percent_write(field->name, out);
		buffer_char(out, '=');
		percent_write(field->value, out);
		buffer_char(out, '&');
	}
	buffer_format(out, "page=%zu&page_size=%zu>; rel=\"%s\"", page,
		page_size, relation);
}

void api_page_links(struct api_call *call, size_t page, size_t page_size,
	size_t total)
{
	size_t last = total == 0 ? 1 : (total + page_size - 1) / page_size;
	struct buffer links = {.maximum = 1 << 16};
	add_link(call, &links, 1, page_size, "first");
	if (page > 1)
		add_link(call, &links, page - 1 < last ? page - 1 : last,
			page_size, "prev");
	if (page < last)
		add_link(call, &links, page + 1, page_size, "next");
	add_link(call, &links, last, page_size, "last");
	http_reply_header(call->reply, "Link",
		arena_text(call->arena, buffer_text(&links)));
	http_reply_header(call->reply, "X-Total-Count",
		text_of(arena_format(call->arena, "%zu", total)));
	buffer_finish(&links);
}

/* ---- Routes ---- */

static bool takes_body(const struct api_route *route)
{
	for (size_t i = 0; route->input != NULL && i < route->input->count; i++)
		if (route->input->members[i].in == API_BODY)
			return true;
	return false;
}

/* Made at the first call, before any thread is. */
const struct http_route *api_routes(size_t *out_count)
{
	static struct http_route routes[MOST_ROUTES];
	if (api_table_count > MOST_ROUTES)
		abort();
	for (size_t i = 0; i < api_table_count; i++) {
		const struct api_route *route = &api_table[i];
		bool has_body = route->method != HTTP_GET && takes_body(route);
		routes[i] = (struct http_route){route->method, route->pattern,
			answer, route, has_body ? HTTP_JSON : 0,
			has_body ? API_BODY_MOST : 0};
	}
	*out_count = api_table_count;
	return routes;
}
