/* SPDX-License-Identifier: MIT
 *
 * A site on a socket.
 *
 * libmicrohttpd reads and writes (one epoll loop a thread, strict); this file
 * and http_links.c are the only ones that know it. What the library takes too
 * easily is refused before anything is believed: http_layout.h says how.
 *
 * Each thread answers one request at a time with a worker of its own (later: a
 * read connection of the store), made by worker_open when the server opens.
 * Each request in flight has an arena of its own, from a pool.
 *
 * Time is limited for each stage of a connection, not between two bytes, so
 * that a client who drips bytes is dropped as surely as one who is silent:
 *   waiting for a request line          idle_ms
 *   the request, from its line          request_ms, and bytes at rate_bytes
 *   the reply, from its first byte      reply_ms, and bytes at rate_bytes
 * Whoever is too slow with a request gets 408. The handler itself is not
 * interrupted; request->due says when nobody waits any more.
 *
 * Over `connections` new requests get 503, over `connections_per_address` 429,
 * both with Retry-After and a closed connection. Proxies that the site
 * believes, and so all who come through them, are not counted by address.
 */
#ifndef KITH_WEB_HTTP_SERVER_H
#define KITH_WEB_HTTP_SERVER_H

#include "web/http.h"

struct http_server;

struct http_server_options {
	const struct http_site *site;
	const char *listen; /* NULL: 127.0.0.1:8080; port 0: any free one */
	size_t threads;     /* 0: one a processor */
	size_t connections; /* 0: 2048 */
	size_t connections_per_address; /* 0: 64 */
	int64_t idle_ms;                /* 0: 15 seconds */
	int64_t request_ms;             /* 0: 10 seconds */
	int64_t reply_ms;               /* 0: 20 seconds */
	size_t rate_bytes; /* a second, at least; 0: 16 KiB, a bad line */
	/* NULL: no worker. */
	bool (*worker_open)(void *data, void **out_worker, struct fault *fault);
	void (*worker_close)(void *worker);
	/* Called by many threads, once a request. NULL: no log. */
	void (*log)(void *data, const struct http_line *line);
	void *data;
};

/* Listens and answers from now on. The options' site must live as long. */
bool http_server_open(const struct http_server_options *options,
	struct http_server **out_server, struct fault *fault)
	__attribute__((warn_unused_result));

int http_server_port(const struct http_server *server);

/* Connections at the moment, and requests being read, answered or sent. */
size_t http_server_connections(struct http_server *server);

/* Refuses new connections, lets what was begun finish for at most `grace_ms`,
 * closes. True: nothing was cut off. NULL is fine. */
bool http_server_close(struct http_server *server, int64_t grace_ms);

#endif
