/* SPDX-License-Identifier: MIT
 *
 * Links: who is connected, at which stage, until when.
 *
 * A thread looks at all links every few milliseconds and shuts those that are
 * overdue; the library then finds the connection at its end and closes it. It
 * also wakes the library where that has missed that bytes came.
 * A stage is changed by compare-and-swap, so that either the watcher ends a
 * link or the worker goes on with it, never both.
 */
#ifndef KITH_WEB_HTTP_LINKS_H
#define KITH_WEB_HTTP_LINKS_H

#include <stdatomic.h>

#include "base/text.h"
#include "web/peer.h"

enum http_stage {
	HTTP_LINK_WAITING,   /* for a request line */
	HTTP_LINK_READING,   /* a request */
	HTTP_LINK_ANSWERING, /* not ended by the watcher */
	HTTP_LINK_SENDING,
	HTTP_LINK_ENDED,
};

struct http_link {
	struct http_link *next, *previous;
	int socket;
	atomic_int stage;
	atomic_int_fast64_t due; /* monotonic milliseconds */
	atomic_bool is_known;    /* has sent a request line before */
	struct peer peer;
	int refusal;     /* status for every request; 0: none */
	bool is_counted; /* its address is */
	int gone;        /* the watcher's: looks at which nobody was there */
};

struct http_links;

struct http_links_options {
	size_t most, most_per_address;
	const struct peer_network *proxies; /* not counted by address */
	size_t proxy_count;
	int64_t idle_ms;
	struct text late; /* sent to who is too slow with a request */
};

struct http_links *http_links_open(const struct http_links_options *options);

/* All links must be gone. NULL is fine. */
void http_links_close(struct http_links *links);

struct http_link *http_links_add(struct http_links *links, int socket,
	const struct peer *peer);
void http_links_remove(struct http_links *links, struct http_link *link);
size_t http_links_count(struct http_links *links);

/* From one stage to the next, to be done by `due`. False: it was ended. */
bool http_links_move(struct http_link *link, enum http_stage from,
	enum http_stage to, int64_t due);

/* Ends all that wait, now and from now on, and waits until none is left, or
 * until `until`. True: none is left. */
bool http_links_drain(struct http_links *links, int64_t until);
bool http_links_is_draining(struct http_links *links);

#endif
