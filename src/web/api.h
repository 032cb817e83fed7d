/* SPDX-License-Identifier: MIT
 *
 * The JSON API, /api/v1: what programs may ask of the desk.
 *
 * A route is a row of one table (api_routes.c): the act it asks for, the scope
 * a token needs, how its input is read from path, query and body, how its
 * output is written. The same rows make the OpenAPI document, so that what is
 * said and what is done cannot differ. A handler never decides who may: the
 * desk does, by the code list `acts` and the register's definition; scopes only
 * take away from what the token's owner may.
 *
 * Who asks is found anew for each request, from a bearer token or a session's
 * cookie; a change by cookie also needs the session's token in X-CSRF-Token.
 * A change is answered after its commit. One that concerns an entry names the
 * version that was read (If-Match, or "version" in the body).
 *
 * JSON has snake_case names, ISO dates, codes with their labels, and ids as
 * strings, for they are larger than a double holds. Errors are problem details
 * (RFC 9457); they name fields and never a child.
 */
#ifndef KITH_WEB_API_H
#define KITH_WEB_API_H

#include "accounts/seal.h"
#include "desk/desk.h"
#include "web/http.h"

/* The rows for http_options, each with its handler. */
const struct http_route *api_routes(size_t *out_count);

/* What one thread has of its own. */
struct api_worker {
	struct arena *arena;
	struct desk desk;        /* on a connection that only reads */
	const struct seal *seal; /* NULL: no sessions, tokens alone */
	struct date today;       /* none: the clock's */
	/* Whoever asks without token or cookie, for `kith get`; NULL: nobody. */
	const struct person *person;
};

struct api_worker_options {
	const char *url, *definitions;
	int la;
	struct writers *writers; /* NULL: a writer of its own for each act */
	const struct seal *seal;
	struct date today;
};

/* Definitions must have been brought up (desk_open for writing) before. */
bool api_worker_open(const struct api_worker_options *options,
	struct api_worker **out_worker, struct fault *fault)
	__attribute__((warn_unused_result));
void api_worker_close(struct api_worker *worker); /* NULL is fine */

#endif
