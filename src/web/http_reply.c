/* SPDX-License-Identifier: MIT
 *
 * Filling a reply: bodies, headers, addresses, problems.
 */
#include "render/json_out.h"
#include "web/http-inside.h"

static const struct status {
	int status;
	const char *text;
	int retry; /* seconds, for Retry-After */
} statuses[] = {
	{200, "OK", 0},
	{201, "Created", 0},
	{202, "Accepted", 0},
	{204, "No Content", 0},
	{303, "See Other", 0},
	{304, "Not Modified", 0},
	{308, "Permanent Redirect", 0},
	{400, "Bad Request", 0},
	{401, "Unauthorized", 0},
	{403, "Forbidden", 0},
	{404, "Not Found", 0},
	{405, "Method Not Allowed", 0},
	{406, "Not Acceptable", 0},
	{408, "Request Timeout", 0},
	{409, "Conflict", 0},
	{411, "Length Required", 0},
	{412, "Precondition Failed", 0},
	{413, "Content Too Large", 0},
	{414, "URI Too Long", 0},
	{415, "Unsupported Media Type", 0},
	{417, "Expectation Failed", 0},
	{421, "Misdirected Request", 0},
	{422, "Unprocessable Content", 0},
	{428, "Precondition Required", 0},
	{429, "Too Many Requests", 10},
	{431, "Request Header Fields Too Large", 0},
	{500, "Internal Server Error", 0},
	{501, "Not Implemented", 0},
	{503, "Service Unavailable", 5},
};

static const struct status *find(int status)
{
	for (size_t i = 0; i < COUNT_OF(statuses); i++)
		if (statuses[i].status == status)
			return &statuses[i];
	return NULL;
}

const char *http_status_text(int status)
{
	const struct status *found = find(status);
	return found == NULL ? "Other" : found->text;
}

int http_status_retry(int status)
{
	const struct status *found = find(status);
	return found == NULL ? 0 : found->retry;
}

static void finish_page(void *page)
{
	buffer_finish(page);
}

struct buffer *http_reply_page(struct http_reply *reply, const char *type,
	size_t maximum, struct arena *arena)
{
	reply->page = arena_new(arena, sizeof *reply->page);
	reply->page->maximum = maximum;
	reply->type = type;
	arena_on_close(arena, finish_page, reply->page);
	return reply->page;
}

void http_reply_header(struct http_reply *reply, const char *name,
	struct text value)
{
	if (reply->header_count == HTTP_REPLY_HEADERS)
		abort();
	/* A line end in a value would begin a header of the asker's. */
	for (size_t i = 0; i < value.length; i++)
		if ((unsigned char)value.at[i] < 0x20 || value.at[i] == 0x7f)
			abort();
	reply->headers[reply->header_count++] = (struct http_field){text_of(name),
		value};
}

void http_reply_see(struct http_reply *reply, struct text address)
{
	/* "//host" and "/\host" lead elsewhere. */
	if (address.length == 0 || address.at[0] != '/'
		|| (address.length > 1
			&& (address.at[1] == '/' || address.at[1] == '\\')))
		abort();
	reply->status = 303;
	http_reply_header(reply, "Location", address);
}

void http_reply_problem(struct http_reply *reply, int status,
	const char *detail, struct arena *arena)
{
	enum { MOST = 4096 };
	*reply = (struct http_reply){.status = status};
	struct json_out json = {.out = http_reply_page(reply,
					"application/problem+json", MOST, arena)};
	json_out_object(&json, NULL);
	json_out_string(&json, "type", "about:blank");
	json_out_string(&json, "title", http_status_text(status));
	json_out_whole(&json, "status", status);
	if (detail != NULL)
		json_out_string(&json, "detail", detail);
	json_out_object_end(&json);
	buffer_char(reply->page, '\n');
}

/* A usage fault of a request is the asker's, as of a command line. */
static const int fault_status[FAULT_KINDS] = {
	[FAULT_NONE] = 500,
	[FAULT_USAGE] = 400,
	[FAULT_INPUT] = 422,
	[FAULT_DENIED] = 403,
	[FAULT_MISSING] = 404,
	[FAULT_CONFLICT] = 409,
	[FAULT_BUSY] = 503,
	[FAULT_LIMIT] = 413,
	[FAULT_BROKEN] = 500,
	[FAULT_SYSTEM] = 500,
};

void http_reply_fault(struct http_reply *reply, const struct fault *fault,
	struct arena *arena)
{
	int status = fault_status[fault->kind];
	bool is_theirs = status < 500 && fault->message[0] != '\0';
	http_reply_problem(reply, status,
		is_theirs ? arena_string(arena, text_of(fault->message)) : NULL,
		arena);
}
