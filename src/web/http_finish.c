/* SPDX-License-Identifier: MIT
 *
 * Completing a reply: its bytes, its tag, whether the asker has it already,
 * its coding, its headers.
 *
 * Compression and secrets. An attacker who can make a browser ask for pages
 * with text of his choice in them, and watch their lengths, can guess a secret
 * on the same page letter by letter, because what repeats compresses (BREACH,
 * 2013). Here a reply that bears such a secret says so and is not compressed;
 * tokens in forms are masked anew for each reply; and the session cookie is
 * SameSite=Strict, so that a foreign page cannot make the browser ask as the
 * user at all.
 */
#include "base/digest.h"
#include "web/encode.h"
#include "web/http-inside.h"

enum { WORTH_CODING = 1024, TAG = 16 };

/* Types worth compressing; pictures and PDF files are compressed already. */
static const char *const wordy[] = {
	"text/",
	"application/json",
	"application/problem+json",
	"application/openapi+json",
	"image/svg+xml",
};

static bool is_wordy(const char *type)
{
	for (size_t i = 0; type != NULL && i < COUNT_OF(wordy); i++)
		if (text_starts(text_of(type), text_of(wordy[i])))
			return true;
	return false;
}

void http_send(struct http_exchange *exchange, const char *name, struct text value)
{
	if (exchange->sent_count == COUNT_OF(exchange->sent))
		abort();
	exchange->sent[exchange->sent_count++] =
		(struct http_field){text_of(name), value};
}

/* RFC 9110 section 13.1.2: a list of tags, or a star; compared weakly. */
static bool has_it(struct text if_none_match, struct text tag)
{
	struct text rest = if_none_match;
	while (rest.length > 0) {
		struct text item = text_trim(text_split(rest, ',', &rest));
		if (text_is(item, "*"))
			return true;
		if (text_starts(item, TEXT("W/")))
			item = text_cut(item, 2, item.length);
		if (item.length == tag.length + 2 && item.at[0] == '"'
			&& item.at[item.length - 1] == '"'
			&& text_equals(text_cut(item, 1, tag.length), tag))
			return true;
	}
	return false;
}

static void take_bytes(struct http_exchange *exchange)
{
	struct http_reply *reply = &exchange->reply;
	if (reply->status == 0)
		reply->status = 200;
	if (reply->fixed != NULL) {
		reply->type = http_static_type(reply->fixed);
		reply->tag = http_static_tag(reply->fixed);
		return;
	}
	/* A page that grew over its maximum is not sent in part. */
	if (reply->page != NULL && reply->page->has_failed)
		http_refuse(exchange, 500, NULL);
	if (reply->page != NULL && reply->body.length == 0)
		reply->body = buffer_text(reply->page);
	if (reply->cache == HTTP_CHECKED && reply->tag.length == 0) {
		char *tag = arena_new(exchange->arena, DIGEST_TEXT);
		digest_text(reply->body, tag);
		reply->tag = (struct text){tag, TAG};
	}
}

static void take_coding(struct http_exchange *exchange)
{
	struct http_reply *reply = &exchange->reply;
	struct text taken = http_header(&exchange->request, "Accept-Encoding");
	const char *coding = NULL;
	struct text coded;
	if (!is_wordy(reply->type))
		taken = (struct text){NULL, 0};
	if (reply->fixed != NULL)
		reply->body = http_static_bytes(reply->fixed, taken, &coding);
	else if (!reply->has_secret && reply->body.length >= WORTH_CODING
		&& encode_is_taken(taken, "gzip")
		&& encode_gzip(reply->body, ENCODE_ONCE, exchange->arena, &coded)) {
		reply->body = coded;
		coding = "gzip";
	}
	if (coding != NULL)
		http_send(exchange, "Content-Encoding", text_of(coding));
	/* Also where this asker got it plain: the next may not. */
	if (is_wordy(reply->type))
		http_send(exchange, "Vary", TEXT("Accept-Encoding"));
}

void http_finish(struct http_exchange *exchange)
{
	struct http_reply *reply = &exchange->reply;
	if (exchange->is_finished)
		return;
	exchange->is_finished = true;
	take_bytes(exchange);
	bool is_get = exchange->request.method == HTTP_GET;
	if (reply->tag.length > 0 && reply->status == 200 && is_get
		&& has_it(http_header(&exchange->request, "If-None-Match"),
			reply->tag))
		reply->status = 304;
	if (reply->status == 304 || reply->status == 204) {
		reply->body = (struct text){NULL, 0};
	} else {
		take_coding(exchange);
		if (reply->type != NULL)
			http_send(exchange, "Content-Type", text_of(reply->type));
	}
	/* Weak, because one tag stands for all codings of the bytes. */
	if (reply->tag.length > 0)
		http_send(exchange, "ETag",
			text_of(arena_format(exchange->arena,
				"W/\"" TEXT_FORMAT "\"", TEXT_ARGS(reply->tag))));
	http_headers(exchange);
}
