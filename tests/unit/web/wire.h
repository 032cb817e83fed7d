/* SPDX-License-Identifier: MIT
 *
 * Raw bytes to a server on loopback and back, and a small site to serve.
 *
 * The site: GET /page (a short page), /big (long, compressible), /secret
 * (long, not compressed), /kept (a fixed style sheet), /wide (4 MB of bytes),
 * /slow (answers when wire_let_go is called), /broken (fails), GET and PUT
 * /child/{id}, POST /form, POST /echo (gives the body back, 3 MB at most).
 */
#ifndef KITH_TESTS_WIRE_H
#define KITH_TESTS_WIRE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "web/http_server.h"

struct wire {
	struct arena *arena;
	struct http_site *site;
	struct http_server *server;
	struct http_server_options options; /* change, then wire_serve */
	int port;
};

int wire_open(void **state); /* cmocka set-up: a site, not yet served */
int wire_close(void **state);
void wire_serve(struct wire *wire);
void wire_let_go(void);

extern const struct http_route wire_routes[];
extern const size_t wire_route_count;

/* A connection; the test fails if there is none. */
int wire_connect(const struct wire *wire);
bool wire_is_open(const struct wire *wire); /* takes connections */

/* Waits until the server has so many connections; false: it never had. */
bool wire_falls_to(const struct wire *wire, size_t count);

void wire_send(int file, struct text bytes);

/* Everything until the server closes, or until `milliseconds` pass without a
 * byte; *out_is_closed may be NULL. */
struct text wire_read(struct wire *wire, int file, int milliseconds,
	bool *out_is_closed);

/* One whole reply by its Content-Length; empty if the connection ended. */
struct text wire_reply(struct wire *wire, int file);
int wire_status(struct text reply); /* 0: no reply */
struct text wire_header(struct text reply, const char *name);
struct text wire_body(struct text reply);

/* One request on a connection of its own, and the first reply to it. */
struct text wire_ask(struct wire *wire, struct text request);

#define WIRE_GET(path, fields) \
	TEXT("GET " path " HTTP/1.1\r\nHost: localhost\r\n" fields "\r\n")

#endif
