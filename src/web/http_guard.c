/* SPDX-License-Identifier: MIT
 *
 * The guard: what every request must be before anything of it is believed.
 *
 * Two tables. `singles` are headers that may come once: two values mean that
 * two readers may take different ones, which is how requests are smuggled
 * past a proxy. `rules` are judged in their order and the first that is broken
 * answers. A request that breaks a rule of framing closes its connection:
 * where the next request begins cannot be known.
 *
 * Chunked bodies are refused altogether (411, RFC 9112 section 6.3 allows it):
 * browsers never send them, and with them go chunk extensions and trailers.
 */
#include "base/encoding.h"
#include "web/http-inside.h"
#include "web/percent.h"

enum {
	/* Reports are asked for by short addresses; nginx stops at 8 kB. */
	TARGET_BYTES = 4096,
	/* A browser sends about twenty. */
	FIELDS = 64,
	/* Mostly cookies; nginx gives 32 kB, Apache 8 kB a line. */
	FIELD_BYTES = 8192,
	ALL_FIELD_BYTES = 12 * 1024,
	COOKIES = 32,
};

static const char *const method_names[HTTP_METHODS] = {
	[HTTP_GET] = "GET",
	[HTTP_HEAD] = "HEAD",
	[HTTP_POST] = "POST",
	[HTTP_PUT] = "PUT",
	[HTTP_PATCH] = "PATCH",
	[HTTP_DELETE] = "DELETE",
	[HTTP_OPTIONS] = "OPTIONS",
};

const char *http_method_name(enum http_method method)
{
	return method_names[method];
}

static const char *const singles[] = {
	"Host",
	"Content-Length",
	"Content-Type",
	"Content-Encoding",
	"Transfer-Encoding",
	"Authorization",
	"Cookie",
	"Origin",
	"Referer",
	"If-None-Match",
	"If-Match",
	"Range",
	"Expect",
	"Upgrade",
	"User-Agent",
	"Sec-Fetch-Site",
	"X-Forwarded-For",
	"X-Request-Id",
};

struct asked {
	const struct http_exchange *exchange;
	const struct http_head *head;
};

static const struct http_field *find(const struct http_head *head,
	const char *name)
{
	for (size_t i = 0; i < head->fields.count; i++)
		if (text_equals_folded(head->fields.at[i].name, text_of(name)))
			return &head->fields.at[i];
	return NULL;
}

static bool find_method(struct text name, enum http_method *out_method)
{
	for (int i = 0; i < HTTP_METHODS; i++)
		if (text_is(name, method_names[i])) {
			*out_method = (enum http_method)i;
			return true;
		}
	return false;
}

/* ---- Rules: true where the request keeps it ---- */

static bool is_method(const struct asked *asked)
{
	enum http_method ignored;
	return find_method(asked->head->method, &ignored);
}

static bool is_target_short(const struct asked *asked)
{
	return asked->head->target.length <= TARGET_BYTES;
}

static bool are_fields_few(const struct asked *asked)
{
	const struct http_fields *fields = &asked->head->fields;
	size_t all = 0;
	for (size_t i = 0; i < fields->count; i++) {
		size_t bytes = fields->at[i].name.length
			+ fields->at[i].value.length;
		if (bytes > FIELD_BYTES)
			return false;
		all += bytes;
	}
	return fields->count <= FIELDS && all <= ALL_FIELD_BYTES;
}

/* RFC 9110 section 5.6.2. */
static bool is_token(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
			|| (c >= '0' && c <= '9')
			|| (c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL);
		if (!is_good)
			return false;
	}
	return text.length > 0;
}

static bool is_printable(struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return false;
	}
	return encoding_is_utf8(text);
}

static bool are_fields_plain(const struct asked *asked)
{
	const struct http_fields *fields = &asked->head->fields;
	for (size_t i = 0; i < fields->count; i++)
		if (!is_token(fields->at[i].name)
			|| !is_printable(fields->at[i].value))
			return false;
	return true;
}

static bool are_singles_single(const struct asked *asked)
{
	bool is_seen[COUNT_OF(singles)] = {false};
	const struct http_fields *fields = &asked->head->fields;
	for (size_t i = 0; i < fields->count; i++)
		for (size_t s = 0; s < COUNT_OF(singles); s++) {
			if (!text_equals_folded(fields->at[i].name,
				    text_of(singles[s])))
				continue;
			if (is_seen[s])
				return false;
			is_seen[s] = true;
		}
	return true;
}

static bool is_not_both(const struct asked *asked)
{
	return find(asked->head, "Transfer-Encoding") == NULL
		|| find(asked->head, "Content-Length") == NULL;
}

static bool is_not_chunked(const struct asked *asked)
{
	return find(asked->head, "Transfer-Encoding") == NULL;
}

/* Digits only: "+5", "5,5", "0x5" and "" are read differently elsewhere. */
static bool read_length(const struct http_head *head, size_t *out_length)
{
	const struct http_field *field = find(head, "Content-Length");
	size_t length = 0;
	*out_length = 0;
	if (field == NULL)
		return true;
	if (field->value.length == 0 || field->value.length > 15)
		return false;
	for (size_t i = 0; i < field->value.length; i++) {
		if (field->value.at[i] < '0' || field->value.at[i] > '9')
			return false;
		length = length * 10 + (size_t)(field->value.at[i] - '0');
	}
	*out_length = length;
	return true;
}

static bool is_length_plain(const struct asked *asked)
{
	size_t ignored;
	return read_length(asked->head, &ignored);
}

static bool takes_body(const struct http_head *head)
{
	return text_is(head->method, "POST") || text_is(head->method, "PUT")
		|| text_is(head->method, "PATCH");
}

static bool has_length(const struct asked *asked)
{
	return !takes_body(asked->head)
		|| find(asked->head, "Content-Length") != NULL;
}

static bool is_body_expected(const struct asked *asked)
{
	size_t length;
	return takes_body(asked->head)
		|| (read_length(asked->head, &length) && length == 0);
}

static bool is_expectation(const struct asked *asked)
{
	const struct http_field *field = find(asked->head, "Expect");
	return field == NULL
		|| text_equals_folded(field->value, TEXT("100-continue"));
}

static bool has_host(const struct asked *asked)
{
	const struct http_field *field = find(asked->head, "Host");
	return field != NULL && field->value.length > 0;
}

/* The name without the port; empty if what follows it is no port. */
static struct text host_name(const struct http_head *head)
{
	const struct http_field *field = find(head, "Host");
	if (field == NULL || field->value.length == 0)
		return (struct text){NULL, 0};
	struct text host = field->value;
	size_t from = 0;
	if (host.at[0] == '[') {
		const char *end = memchr(host.at, ']', host.length);
		if (end == NULL)
			return (struct text){NULL, 0};
		from = (size_t)(end - host.at) + 1;
	}
	const char *colon = memchr(host.at + from, ':', host.length - from);
	if (colon == NULL)
		return from > 0 && from < host.length ? (struct text){NULL, 0}
						      : host;
	struct text name = {host.at, (size_t)(colon - host.at)};
	struct text port = text_cut(host, name.length + 1, host.length);
	int64_t number;
	bool is_port = text_to_int64(port, &number) && port.at[0] != '-'
		&& port.at[0] != '+' && number > 0 && number < 65536;
	return is_port && (from == 0 || from == name.length)
		? name
		: (struct text){NULL, 0};
}

static bool is_host_ours(const struct asked *asked)
{
	static const char *const loopback[] = {"localhost", "127.0.0.1", "[::1]"};
	const struct http_options *options = &asked->exchange->site->options;
	bool has_hosts = options->host_count > 0;
	const char *const *hosts = has_hosts ? options->hosts : loopback;
	size_t count = has_hosts ? options->host_count : COUNT_OF(loopback);
	struct text name = host_name(asked->head);
	for (size_t i = 0; i < count; i++)
		if (name.length > 0 && text_equals_folded(name, text_of(hosts[i])))
			return true;
	return false;
}

static bool is_target_ours(const struct asked *asked)
{
	struct text target = asked->head->target;
	return target.length > 0 && target.at[0] == '/'
		&& memchr(target.at, '#', target.length) == NULL;
}

static const struct rule {
	bool (*is_kept)(const struct asked *asked);
	int status;
	bool is_framing; /* the connection cannot go on */
	const char *detail;
} rules[] = {
	{is_method, 501, true, "The method is not one that this server knows."},
	{is_target_short, 414, true, "The address is too long."},
	{are_fields_few, 431, true, "There are too many or too long headers."},
	{are_fields_plain, 400, true,
		"A header has a name or a value that headers cannot have."},
	{are_singles_single, 400, true,
		"A header that may be sent once was sent twice."},
	{is_not_both, 400, true, "The length of the body is given in two ways."},
	{is_not_chunked, 411, true,
		"Send the body with its length and without a transfer coding."},
	{is_length_plain, 400, true, "The length of the body is no number."},
	{has_length, 411, true, "Send the length of the body."},
	{is_body_expected, 400, true, "This method takes no body."},
	{is_expectation, 417, true, "The expectation cannot be met."},
	{has_host, 400, true, "Name the host."},
	{is_host_ours, 421, false, "This server does not serve that host."},
	{is_target_ours, 400, false,
		"Ask for a path on this server, beginning with a slash."},
};

/* ---- From a head that keeps the rules to a request ---- */

static struct http_fields read_cookies(const struct http_head *head,
	struct arena *arena)
{
	const struct http_field *field = find(head, "Cookie");
	if (field == NULL)
		return (struct http_fields){NULL, 0};
	struct http_field *cookies = arena_array(arena, COOKIES, sizeof *cookies);
	size_t count = 0;
	struct text rest = field->value;
	/* Other programs of the domain may set what they like, so that what is
	 * no cookie is passed over. */
	while (rest.length > 0 && count < COOKIES) {
		struct text value;
		struct text pair = text_trim(text_split(rest, ';', &rest));
		struct text name = text_split(pair, '=', &value);
		if (is_token(name) && value.at != NULL)
			cookies[count++] = (struct http_field){name, value};
	}
	return (struct http_fields){cookies, count};
}

static struct text read_client(const struct http_exchange *exchange,
	const struct http_head *head)
{
	struct peer peer;
	const struct http_site *site = exchange->site;
	const struct http_field *field = find(head, "X-Forwarded-For");
	if (site->options.proxy_count == 0 || field == NULL
		|| !peer_read(head->client, &peer))
		return head->client;
	peer = peer_behind(&peer, field->value, site->proxies,
		site->options.proxy_count);
	char *written = arena_new(exchange->arena, PEER_TEXT);
	peer_write(&peer, written);
	return text_of(written);
}

static bool read_target(struct http_exchange *exchange, struct text target)
{
	struct text query;
	struct text path = text_split(target, '?', &query);
	struct http_request *request = &exchange->request;
	const char *reason;
	if (!percent_path(path, exchange->arena, &request->path))
		return http_refuse(exchange, 400,
			"The path is not in its normal form.");
	if (!percent_pairs(query, &percent_query, exchange->arena,
		    &request->query, &reason))
		return http_refuse(exchange, 400, reason);
	return true;
}

bool http_judge(struct http_exchange *exchange, const struct http_head *head)
{
	struct http_request *request = &exchange->request;
	const struct asked asked = {exchange, head};
	request->headers = head->fields; /* also for drawing a refusal */
	exchange->is_head = text_is(head->method, "HEAD");
	exchange->has_method = find_method(head->method, &request->method);
	for (size_t i = 0; i < COUNT_OF(rules); i++)
		if (!rules[i].is_kept(&asked)) {
			exchange->must_close = rules[i].is_framing;
			return http_refuse(exchange, rules[i].status,
				rules[i].detail);
		}
	read_length(head, &exchange->length);
	request->host = host_name(head);
	request->cookies = read_cookies(head, exchange->arena);
	request->client = read_client(exchange, head);
	return read_target(exchange, head->target);
}
