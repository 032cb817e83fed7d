/* SPDX-License-Identifier: MIT
 *
 * What opening a server (http_server.c) and serving one request after another
 * (http_served.c) share; with them the only files that know the library.
 *
 * The library calls, for each request: begin (its line is there), answer
 * (first when the head is there, then for each piece of the body, then when it
 * is whole), completed; and linked for each connection that comes or goes.
 */
#ifndef KITH_WEB_HTTP_SERVER_INSIDE_H
#define KITH_WEB_HTTP_SERVER_INSIDE_H

#include <microhttpd.h>
#include <pthread.h>

#include "web/http-inside.h"
#include "web/http_links.h"
#include "web/http_server.h"

struct served;

struct http_server {
	struct http_server_options options;
	struct MHD_Daemon *daemon;
	struct http_links *links;
	int port;
	pthread_mutex_t lock; /* of all below */
	struct served *pool;
	size_t pooled;
	void **workers; /* those at rest */
	size_t resting;
	struct arena *arena;
};

/* The library's callbacks; `data` is the server. */
void *http_served_begin(void *data, const char *uri,
	struct MHD_Connection *connection);
enum MHD_Result http_served_answer(void *data,
	struct MHD_Connection *connection, const char *url, const char *method,
	const char *version, const char *bytes, size_t *length, void **context);
void http_served_completed(void *data, struct MHD_Connection *connection,
	void **context, enum MHD_RequestTerminationCode code);
void http_served_linked(void *data, struct MHD_Connection *connection,
	void **socket, enum MHD_ConnectionNotificationCode code);

/* Releases the pool; no request is in flight any more. */
void http_served_finish(struct http_server *server);

#endif
