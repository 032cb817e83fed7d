/* SPDX-License-Identifier: MIT
 *
 * What the files of HTTP share: the steps that http_answer and the server take
 * in the same order.
 *
 *   http_judge   the guard: a head becomes a request, or a status and a reason
 *   http_route   the router: which row, and what stands at its places
 *   http_admit   both, and what the route says about bodies; before the body
 *   http_perform the handler, and the finish of the reply
 *
 * A reply that is finished has all its headers in `sent` and its final bytes.
 */
#ifndef KITH_WEB_HTTP_INSIDE_H
#define KITH_WEB_HTTP_INSIDE_H

#include "web/http.h"
#include "web/peer.h"

struct http_segment;

/* A route with its pattern taken apart once. */
struct http_way {
	const struct http_route *route;
	const struct http_segment *segments;
	size_t count;
};

struct http_site {
	struct http_options options;
	struct http_way *ways;
	struct peer_network *proxies;
};

/* One request on its way. */
struct http_exchange {
	const struct http_site *site;
	struct arena *arena;
	struct http_request request;
	struct http_reply reply;
	const struct http_way *way;
	struct http_field sent[32]; /* the finished reply's headers */
	size_t sent_count;
	bool has_method; /* it is one of ours */
	bool is_head;
	bool is_finished;
	bool must_close; /* what follows on the wire cannot be trusted */
	size_t length;   /* of the body that is to come */
};

/* The guard. False: the exchange has a problem for a reply. */
bool http_judge(struct http_exchange *exchange, const struct http_head *head);

/* Reads the patterns; a fault for one that cannot be read. */
bool http_route_all(struct http_site *site, struct arena *arena,
	struct fault *fault) __attribute__((warn_unused_result));

/* False: the exchange has the reply (404, 405, or the answer to OPTIONS). */
bool http_route(struct http_exchange *exchange);

/* The tag and the bytes of something fixed in the best coding of those that
 * the header allows; *out_coding is NULL for none. */
struct text http_static_bytes(struct http_static *fixed,
	struct text accept_encoding, const char **out_coding);
struct text http_static_tag(const struct http_static *fixed);
const char *http_static_type(const struct http_static *fixed);

/* Seconds to wait before asking again, for the statuses that say so; or 0. */
int http_status_retry(int status);

/* Sets the problem that refuses a request. False, for `return`. */
bool http_refuse(struct http_exchange *exchange, int status, const char *detail);

bool http_admit(struct http_exchange *exchange, const struct http_head *head);
void http_perform(struct http_exchange *exchange, struct text body, void *worker);

/* Completes the reply: problem page, tag, 304, compression, headers. */
void http_finish(struct http_exchange *exchange);
void http_headers(struct http_exchange *exchange);

/* Puts a header among those sent; its name is terminated by a zero byte. */
void http_send(struct http_exchange *exchange, const char *name,
	struct text value);

/* A new id, unlike any other of this process and telling no count. */
void http_new_id(char out_id[HTTP_ID]);

int64_t http_now(void); /* monotonic milliseconds */

#endif
