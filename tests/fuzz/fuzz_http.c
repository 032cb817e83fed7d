/* SPDX-License-Identifier: MIT
 *
 * A request on any bytes: "METHOD TARGET LF, then NAME:VALUE LF ..., then an
 * empty line and the body". The bytes are split as the library would and then
 * judged, routed and answered without a socket. Checked: an answer always
 * comes, with a known status and every header that all replies bear; what the
 * handler sees is what http.h promises; nothing of the request is in a refusal.
 */
#include <stdint.h>

#include "base/encoding.h"
#include "web/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

enum { FIELDS = 80 };

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void require_plain(struct text text)
{
	require(encoding_is_utf8(text));
	for (size_t i = 0; i < text.length; i++)
		require((unsigned char)text.at[i] >= 0x20 && text.at[i] != 0x7f);
}

static void require_fields(struct http_fields fields)
{
	for (size_t i = 0; i < fields.count; i++) {
		require_plain(fields.at[i].name);
		require_plain(fields.at[i].value);
		require(fields.at[i].name.length > 0);
	}
}

static bool handle(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena)
{
	(void)worker;
	(void)arena;
	require(request->path.length > 0 && request->path.at[0] == '/');
	require(!text_has(request->path, TEXT("//")));
	require(!text_has(request->path, TEXT("/../")));
	require_plain(request->path);
	require_fields(request->query);
	require_fields(request->places);
	require(request->host.length > 0);
	require(request->body.length == 0
		|| (request->route->types & request->type) != 0);
	require(request->body.length <= HTTP_BODY);
	if (request->places.count == 1)
		require(http_place_number(request, "id") > 0);
	reply->type = "text/plain; charset=utf-8";
	reply->body = request->path;
	reply->cache = HTTP_CHECKED;
	return true;
}

static const struct http_route routes[] = {
	{HTTP_GET, "/", handle, NULL, 0, 0},
	{HTTP_GET, "/a/{id}", handle, NULL, 0, 0},
	{HTTP_POST, "/a/{id}", handle, NULL, HTTP_FORM | HTTP_JSON, 0},
	{HTTP_GET, "/{word:word}/{day:date}/{any:text}", handle, NULL, 0, 0},
};

static struct text split_line(struct text *rest)
{
	return text_split(*rest, '\n', rest);
}

static void check(const struct http_answer *answer)
{
	int found = 0;
	require(!text_is(text_of(http_status_text(answer->status)), "Other"));
	for (size_t i = 0; i < answer->headers.count; i++) {
		require_plain(answer->headers.at[i].value);
		found += text_is(answer->headers.at[i].name,
				 "Content-Security-Policy")
			|| text_is(answer->headers.at[i].name, "X-Request-Id");
	}
	require(found == 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct http_site *site;
	static struct arena *kept;
	struct fault fault = {0};
	struct http_field fields[FIELDS];
	if (site == NULL) {
		const struct http_options options = {.routes = routes,
			.route_count = COUNT_OF(routes)};
		kept = arena_open();
		require(http_site_open(&options, kept, &site, &fault));
	}
	struct text rest = {(const char *)bytes, length}, target;
	struct http_head head = {.client = TEXT("192.0.2.1"),
		.fields.at = fields};
	head.method = text_split(split_line(&rest), ' ', &target);
	head.target = target;
	while (rest.length > 0 && head.fields.count < FIELDS) {
		struct text line = split_line(&rest), value;
		if (line.length == 0)
			break;
		struct text name = text_split(line, ':', &value);
		fields[head.fields.count++] = (struct http_field){name, value};
	}
	struct arena *arena = arena_open();
	struct http_answer answer = http_answer(site, &head, rest, NULL, arena);
	check(&answer);
	arena_close(arena);
	return 0;
}
