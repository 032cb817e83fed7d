/* SPDX-License-Identifier: MIT
 *
 * HTTP as the rest of kith sees it: a table of routes, a request that has
 * passed the guard, a reply that is completed for you.
 *
 * A *site* is what is served: the routes and who may ask. http_answer takes a
 * head and a body through guard, router, handler and finish without a socket;
 * `kith get` and the golden tests use it. A *server* (http_server.h) does the
 * same for each request of its connections, so that what is tested without a
 * socket is what is served.
 *
 * A handler may rely on this: the method and path are those of its route, the
 * path is decoded once and in normal form, every place of the pattern has its
 * type, parameters and cookies are valid UTF-8 without NUL, the body is whole,
 * no longer than the route allows and of a type that it takes. All of it lives
 * as long as the arena given to the handler, and so may the reply's bytes.
 *
 * Every reply leaves with the headers of one table (http_headers.c), whatever
 * the handler did. It sets neither Date, Server nor anything about framing.
 *
 * Not here: sessions, tokens, permissions (they stand on this), TLS (a proxy's
 * work) and HTTP/2 (also the proxy's).
 *
 * Rules: RFC 9110 (semantics), RFC 9112 (framing), RFC 9457 (problem details),
 * RFC 3986 (targets).
 */
#ifndef KITH_WEB_HTTP_H
#define KITH_WEB_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

/* ---- What is asked ---- */

enum http_method {
	HTTP_GET,
	HTTP_HEAD, /* a handler never sees it: it is told GET */
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OPTIONS, /* answered from the routes */
	HTTP_METHODS,
};

/* Bits, so that a route can say which of them it takes. */
enum http_type {
	HTTP_NO_TYPE = 0,
	HTTP_FORM = 1 << 0, /* application/x-www-form-urlencoded */
	HTTP_JSON = 1 << 1, /* application/json */
	HTTP_MULTIPART = 1 << 2,
	HTTP_CSV = 1 << 3,   /* text/csv */
	HTTP_BYTES = 1 << 4, /* application/octet-stream */
};

/* A header, a parameter, a cookie. */
struct http_field {
	struct text name;
	struct text value;
};

struct http_fields {
	const struct http_field *at;
	size_t count;
};

enum { HTTP_ID = 17 }; /* with the zero byte */

struct http_route;

struct http_request {
	enum http_method method;
	const struct http_route *route;
	struct text path;           /* decoded; begins with a slash */
	struct text host;           /* without the port; one of the site's */
	struct http_fields places;  /* what stands for the route's {names} */
	struct http_fields query;   /* as sent; names may repeat */
	struct http_fields headers; /* find them with http_header */
	struct http_fields cookies;
	enum http_type type;  /* of the body */
	struct text body;     /* empty unless the route takes one */
	struct text boundary; /* of HTTP_MULTIPART, else empty */
	struct text client;   /* the asker's address, written out */
	char id[HTTP_ID];     /* in the log line, and in every reply */
	int64_t arrived;      /* monotonic milliseconds: the request line */
	int64_t due;          /* after this nobody waits for the answer */
};

/* The value of the only field with this name. False if there is none, and if
 * there are several: which of two values counts is never left to chance. */
bool http_only(struct http_fields fields, const char *name,
	struct text *out_value);

/* A header by its name, in any case of letters; empty if not sent. */
struct text http_header(const struct http_request *request, const char *name);

/* What stands at a place of the pattern. The route's type has been checked, so
 * that these cannot fail; asking for a place that the pattern has not, or has
 * with another type, ends the program. */
struct text http_place(const struct http_request *request, const char *name);
int64_t http_place_number(const struct http_request *request, const char *name);
struct date http_place_date(const struct http_request *request, const char *name);

/* ---- What is answered ---- */

enum http_cache {
	HTTP_NOT_KEPT, /* no-store: anything about a person, and the default */
	HTTP_CHECKED,  /* kept, and asked for again by its tag */
	HTTP_EVERLASTING /* the address changes when the bytes do */
};

enum { HTTP_REPLY_HEADERS = 8 };

struct http_reply {
	int status;       /* 0: 200 */
	const char *type; /* media type; NULL: none, for no body */
	/* Static, or in the handler's arena. */
	struct text body;
	/* Or written piece by piece; counts if `body` is empty. Released when
	 * the arena is. */
	struct buffer *page;
	struct http_static *fixed; /* http_reply_static; counts before both */
	struct text tag; /* ETag without quotes; empty: made from the bytes for
			  * HTTP_CHECKED, else none */
	enum http_cache cache;
	/* The body bears a secret that must not be guessed from its length
	 * beside text that an asker can choose (the BREACH attack): it is never
	 * compressed. Pages with a token that is not masked anew each time. */
	bool has_secret;
	struct http_field headers[HTTP_REPLY_HEADERS]; /* http_reply_header */
	size_t header_count;
};

/* A buffer of at most `maximum` bytes that is the reply's body. */
struct buffer *http_reply_page(struct http_reply *reply, const char *type,
	size_t maximum, struct arena *arena);

/* Adds a header. Several of one name stand beside each other (Set-Cookie). The
 * value must be free of control characters and the place must suffice; the
 * caller guarantees both. */
void http_reply_header(struct http_reply *reply, const char *name,
	struct text value);

/* Bytes that never change while the program runs: style sheet, script, icons.
 * Their tag and their compressed forms are made once, when first asked for. */
struct http_static;
struct http_static *http_static_open(struct text bytes, const char *type,
	struct arena *arena);
void http_reply_static(struct http_reply *reply, struct http_static *fixed);

/* 303, to an address on this site that begins with one slash. */
void http_reply_see(struct http_reply *reply, struct text address);

/* A problem in JSON (RFC 9457) in place of whatever the reply was. `detail` is
 * for the asker, and may be NULL; it bears nothing that came with the request. */
void http_reply_problem(struct http_reply *reply, int status,
	const char *detail, struct arena *arena);

/* The same for a fault: its kind decides the status. What a library or the
 * machine said stays inside. */
void http_reply_fault(struct http_reply *reply, const struct fault *fault,
	struct arena *arena);

const char *http_status_text(int status);
const char *http_method_name(enum http_method method);

/* ---- Routes ---- */

/* `worker` is what the site's worker_open gave; nobody else uses it meanwhile.
 * False: our fault; the asker gets 500 whatever the reply holds. */
typedef bool http_handle(void *worker, const struct http_request *request,
	struct http_reply *reply, struct arena *arena);

/* A pattern is a path in which a whole segment may be {name} or {name:type}:
 *   number  1 to 19 digits that fit 63 bits, no leading nought, above zero
 *           (the default)
 *   word    1 to 64 of a-z, 0-9, - and _, beginning with a letter
 *   date    2024-06-30, a day that exists
 *   text    anything of 1 to 200 bytes
 * A segment written out goes before a place. */
struct http_route {
	enum http_method method; /* GET answers HEAD too */
	const char *pattern;
	http_handle *handle;
	const void *data;  /* the handler's own: request->route->data */
	unsigned types;    /* bits of enum http_type; 0: takes no body */
	size_t body_limit; /* bytes; 0 with types: HTTP_BODY */
};

enum { HTTP_BODY = 64 * 1024 };

/* ---- The site ---- */

/* What one request came to, for the log: nothing about who or whom. */
struct http_line {
	const char *method;
	const char *pattern; /* of the route; "-" if none was found */
	int status;
	int64_t micros; /* from the request line to the reply's last byte */
	size_t in, out; /* bytes of the bodies */
	const char *id;
};

void http_line_write(const struct http_line *line, struct buffer *out);

struct http_options {
	const struct http_route *routes;
	size_t route_count;
	/* Names that Host may have, without a port. None: localhost,
	 * 127.0.0.1 and ::1. */
	const char *const *hosts;
	size_t host_count;
	/* Proxies whose X-Forwarded-For counts: addresses, or networks as
	 * 10.0.0.0/8. None: the header means nothing. */
	const char *const *proxies;
	size_t proxy_count;
	bool is_behind_tls; /* then Strict-Transport-Security is sent */
	/* Draws a problem as a page for browsers. NULL: always JSON. The reply
	 * has the status; `detail` as for http_reply_problem. */
	void (*draw_problem)(const struct http_request *request,
		struct http_reply *reply, const char *detail,
		struct arena *arena);
};

struct http_site;

/* Lives in the arena; the options' tables must live as long. Faults: a pattern
 * that cannot be read, two routes that mean the same, a proxy or host that is
 * none. */
bool http_site_open(const struct http_options *options, struct arena *arena,
	struct http_site **out_site, struct fault *fault)
	__attribute__((warn_unused_result));

/* A request as it stands on the wire, split but not judged. */
struct http_head {
	struct text method;
	struct text target;        /* as sent, with the query */
	struct http_fields fields; /* as sent */
	struct text client;        /* the peer's address, written out */
};

/* What goes onto the wire, but for Date and the framing. */
struct http_answer {
	int status;
	struct http_fields headers;
	struct text body;    /* empty for HEAD */
	const char *pattern; /* of the route; NULL if there is none */
};

/* Answers without a socket; the body is as long as the head says. */
struct http_answer http_answer(const struct http_site *site,
	const struct http_head *head, struct text body, void *worker,
	struct arena *arena);

#endif
