/* SPDX-License-Identifier: MIT
 *
 * Bytes that stay, with their tag and their codings.
 *
 * Workers share these, so that the first to ask makes what is missing while
 * the others wait; afterwards nothing changes.
 */
#include <pthread.h>

#include "base/digest.h"
#include "web/encode.h"
#include "web/http-inside.h"

enum { TAG = 16, WORTH_CODING = 1024 };

struct http_static {
	struct text bytes, gzip, brotli; /* a coding that gains nothing: empty */
	const char *type;
	char tag[DIGEST_TEXT];
	struct arena *own;
	pthread_mutex_t lock;
	bool is_coded;
};

static void close_static(void *thing)
{
	struct http_static *fixed = thing;
	arena_close(fixed->own);
	pthread_mutex_destroy(&fixed->lock);
}

struct http_static *http_static_open(struct text bytes, const char *type,
	struct arena *arena)
{
	struct http_static *fixed = arena_new(arena, sizeof *fixed);
	fixed->bytes = bytes;
	fixed->type = type;
	fixed->own = arena_open();
	pthread_mutex_init(&fixed->lock, NULL);
	digest_text(bytes, fixed->tag);
	fixed->tag[TAG] = '\0';
	arena_on_close(arena, close_static, fixed);
	return fixed;
}

static void code(struct http_static *fixed)
{
	pthread_mutex_lock(&fixed->lock);
	if (!fixed->is_coded && fixed->bytes.length >= WORTH_CODING) {
		(void)encode_gzip(fixed->bytes, ENCODE_KEPT, fixed->own,
			&fixed->gzip);
		(void)encode_brotli(fixed->bytes, fixed->own, &fixed->brotli);
	}
	fixed->is_coded = true;
	pthread_mutex_unlock(&fixed->lock);
}

struct text http_static_bytes(struct http_static *fixed,
	struct text accept_encoding, const char **out_coding)
{
	code(fixed);
	*out_coding = NULL;
	if (fixed->brotli.length > 0 && encode_is_taken(accept_encoding, "br")) {
		*out_coding = "br";
		return fixed->brotli;
	}
	if (fixed->gzip.length > 0 && encode_is_taken(accept_encoding, "gzip")) {
		*out_coding = "gzip";
		return fixed->gzip;
	}
	return fixed->bytes;
}

struct text http_static_tag(const struct http_static *fixed)
{
	return text_of(fixed->tag);
}

const char *http_static_type(const struct http_static *fixed)
{
	return fixed->type;
}

void http_reply_static(struct http_reply *reply, struct http_static *fixed)
{
	reply->fixed = fixed;
	if (reply->cache == HTTP_NOT_KEPT)
		reply->cache = HTTP_CHECKED;
}
