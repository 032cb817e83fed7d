/* SPDX-License-Identifier: MIT
 *
 * The guard on the wire: what each rule lets through and what it refuses, as
 * raw bytes to a server. A refusal of framing must also close the connection,
 * so that nothing sent behind it is read as a request.
 */
#include "wire.h"

#include <unistd.h>

#define BYTES(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}
#define HOST "Host: localhost\r\n"
#define END " HTTP/1.1\r\n" HOST "\r\n"
#define PAGE "GET /page HTTP/1.1\r\n" HOST
#define FORM "POST /form HTTP/1.1\r\n" HOST
#define TYPED "Content-Type: application/x-www-form-urlencoded\r\n"

static const struct row {
	const char *about;
	struct text request;
	int status;
} rows[] = {
	{"plain", BYTES(PAGE "\r\n"), 200},
	{"with a port",
		BYTES("GET /page HTTP/1.1\r\nHost: localhost:80\r\n\r\n"), 200},
	{"host in capitals",
		BYTES("GET /page HTTP/1.1\r\nHOST: LocalHost\r\n\r\n"), 200},
	{"IPv6 host", BYTES("GET /page HTTP/1.1\r\nHost: [::1]:80\r\n\r\n"), 200},
	{"no space behind the colon",
		BYTES("GET /page HTTP/1.1\r\nHost:localhost\r\n\r\n"), 200},
	{"an empty header", BYTES(PAGE "X:\r\n\r\n"), 200},
	{"an empty header, spaced",
		BYTES("GET /page HTTP/1.1\r\nX: \r\n" HOST "\r\n"), 200},
	{"space behind a value", BYTES(PAGE "X: a \t\r\n\r\n"), 200},
	{"two spaces before a value", BYTES(PAGE "X:  a\r\n\r\n"), 200},
	{"a tab before a value", BYTES(PAGE "X:\ta\r\n\r\n"), 200},
	/* The one that http_layout.h says it cannot tell. */
	{"NUL for a carriage return", BYTES(PAGE "X: a\0\nY: b\r\n\r\n"), 200},
	{"HTTP/1.0", BYTES("GET /page HTTP/1.0\r\n" HOST "\r\n"), 200},
	{"a query", BYTES("GET /page?a=1&b=two+words%21" END), 200},
	{"a body", BYTES(FORM TYPED "Content-Length: 3\r\n\r\na=b"), 200},
	{"an empty body", BYTES(FORM "Content-Length: 0\r\n\r\n"), 200},
	{"UTF-8 in a header", BYTES(PAGE "X: caf\xc3\xa9\r\n\r\n"), 200},

	{"no such method", BYTES("BREW /page" END), 501},
	{"method in small letters", BYTES("get /page" END), 501},
	{"TRACE", BYTES("TRACE /page" END), 501},
	{"CONNECT", BYTES("CONNECT localhost:80" END), 501},
	{"HTTP/9.9", BYTES("GET /page HTTP/9.9\r\n" HOST "\r\n"), 505},

	{"no host", BYTES("GET /page HTTP/1.1\r\n\r\n"), 400},
	{"no host in HTTP/1.0", BYTES("GET /page HTTP/1.0\r\n\r\n"), 400},
	{"an empty host", BYTES("GET /page HTTP/1.1\r\nHost: \r\n\r\n"), 400},
	{"two hosts", BYTES("GET /page HTTP/1.1\r\n" HOST HOST "\r\n"), 400},
	{"another host",
		BYTES("GET /page HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"),
		421},
	{"host with a user",
		BYTES("GET /page HTTP/1.1\r\nHost: a@localhost\r\n\r\n"), 421},
	{"host and no port",
		BYTES("GET /page HTTP/1.1\r\nHost: localhost:\r\n\r\n"), 421},
	{"host and two ports",
		BYTES("GET /page HTTP/1.1\r\nHost: localhost:1:2\r\n\r\n"), 421},
	{"IPv6 host with a tail",
		BYTES("GET /page HTTP/1.1\r\nHost: [::1]x\r\n\r\n"), 421},

	{"two lengths, same",
		BYTES(FORM "Content-Length: 0\r\nContent-Length: 0\r\n\r\n"), 400},
	{"two lengths, different",
		BYTES(FORM "Content-Length: 0\r\nContent-Length: 5\r\n\r\n"), 400},
	{"a list of lengths", BYTES(FORM "Content-Length: 0, 0\r\n\r\n"), 400},
	{"a length with a plus", BYTES(FORM "Content-Length: +3\r\n\r\na=b"), 400},
	{"a negative length", BYTES(FORM "Content-Length: -3\r\n\r\na=b"), 400},
	{"a length in base 16", BYTES(FORM "Content-Length: 0x3\r\n\r\na=b"), 400},
	{"a body without a length", BYTES(FORM "\r\n"), 411},
	{"a body with GET", BYTES(PAGE "Content-Length: 3\r\n\r\na=b"), 400},
	{"a body with DELETE",
		BYTES("DELETE /child/1 HTTP/1.1\r\n" HOST
		      "Content-Length: 3\r\n\r\na=b"),
		400},
	{"too long a body", BYTES(FORM TYPED "Content-Length: 65537\r\n\r\n"),
		413},
	{"far too long a body",
		BYTES(FORM "Content-Length: 99999999999999999999999\r\n\r\n"),
		413},
	{"a body of no type", BYTES(FORM "Content-Length: 3\r\n\r\na=b"), 415},
	{"a body of another type",
		BYTES(FORM "Content-Type: application/json\r\nContent-Length: 3\r\n\r\na=b"),
		415},
	{"a packed body",
		BYTES(FORM TYPED
			"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\na=b"),
		415},

	{"chunked",
		BYTES(FORM "Transfer-Encoding: chunked\r\n\r\n3\r\na=b\r\n0\r\n\r\n"),
		411},
	{"chunked with extensions",
		BYTES(FORM "Transfer-Encoding: chunked\r\n\r\n3;x=\"y\"\r\na=b\r\n0\r\n\r\n"),
		411},
	{"chunked and a length",
		BYTES(FORM "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n"),
		400},
	{"a length and chunked",
		BYTES(FORM "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
		400},
	{"nearly chunked",
		BYTES(FORM "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 411},
	{"identity", BYTES(PAGE "Transfer-Encoding: identity\r\n\r\n"), 411},
	{"an expectation",
		BYTES(FORM "Expect: tea\r\nContent-Length: 0\r\n\r\n"), 417},

	{"a folded line", BYTES(PAGE "X: a\r\n b\r\n\r\n"), 400},
	{"a folded length",
		BYTES(FORM "X: a\r\n Content-Length: 0\r\nContent-Length: 0\r\n\r\n"),
		400},
	{"folded by a tab", BYTES(PAGE "X: a\r\n\tb\r\n\r\n"), 400},
	{"folded first line",
		BYTES("GET /page HTTP/1.1\r\n X: a\r\n" HOST "\r\n"), 400},
	{"bare line feeds", BYTES("GET /page HTTP/1.1\nHost: localhost\n\n"), 400},
	{"one bare line feed", BYTES(PAGE "X: a\nY: b\r\n\r\n"), 400},
	{"a bare line feed at the end", BYTES(PAGE "X: a\r\n\n"), 400},
	{"a bare line feed in the first line",
		BYTES("GET /page HTTP/1.1\n" HOST "\r\n"), 400},
	{"a bare carriage return", BYTES(PAGE "X: a\rY: b\r\n\r\n"), 400},
	{"a fold and bare line feeds",
		BYTES(PAGE "A: a\nB: b\nC: c\nX: a\r\n b\r\n\r\n"), 400},
	{"NUL in a value", BYTES(PAGE "X: a\0b\r\n\r\n"), 400},
	{"NUL in a name", BYTES(PAGE "X\0Y: b\r\n\r\n"), 400},
	{"NUL in the host",
		BYTES("GET /page HTTP/1.1\r\nHost: localhost\0.example\r\n\r\n"),
		400},
	{"a control character", BYTES(PAGE "X: a\x01\r\n\r\n"), 400},
	{"DEL", BYTES(PAGE "X: a\x7f\r\n\r\n"), 400},
	{"not UTF-8", BYTES(PAGE "X: caf\xe9\r\n\r\n"), 400},
	{"space before the colon",
		BYTES("GET /page HTTP/1.1\r\nHost : localhost\r\n\r\n"), 400},
	{"space in a name", BYTES(PAGE "X Y: b\r\n\r\n"), 400},
	{"no colon", BYTES(PAGE "XY\r\n\r\n"), 400},
	{"no name", BYTES(PAGE ": b\r\n\r\n"), 400},

	{"dots", BYTES("GET /../page" END), 400},
	{"a dot", BYTES("GET /./page" END), 400},
	{"encoded dots", BYTES("GET /%2e%2E/page" END), 400},
	{"two slashes", BYTES("GET //page" END), 400},
	{"an encoded slash", BYTES("GET /a%2fpage" END), 400},
	{"an encoded backslash", BYTES("GET /a%5Cpage" END), 400},
	{"a backslash", BYTES("GET /a\\page" END), 400},
	{"an encoded NUL", BYTES("GET /page%00" END), 400},
	{"a NUL", BYTES("GET /page\0" END), 400},
	{"an encoded line end", BYTES("GET /page%0d%0aX:y" END), 400},
	{"half an encoding", BYTES("GET /page%4" END), 400},
	{"no encoding", BYTES("GET /page%zz" END), 400},
	{"too long a form of a slash", BYTES("GET /a%c0%afb" END), 400},
	{"a surrogate", BYTES("GET /%ed%a0%80" END), 400},
	{"bytes over 127", BYTES("GET /caf\xc3\xa9" END), 400},
	{"a fragment", BYTES("GET /page#a" END), 400},
	{"a whole address", BYTES("GET http://localhost/page" END), 400},
	{"a star", BYTES("OPTIONS *" END), 400},
	{"a parameter without a name", BYTES("GET /page?=1" END), 400},
	{"a parameter without a value", BYTES("GET /page?a" END), 400},
	{"no parameter between", BYTES("GET /page?a=1&&b=2" END), 400},
	{"NUL in a parameter", BYTES("GET /page?a=%00" END), 400},
	{"a line end in a parameter", BYTES("GET /page?a=%0a" END), 400},
	{"quotes in a parameter", BYTES("GET /page?a=\"b\"" END), 400},
	{"no such page", BYTES("GET /nowhere" END), 404},
	{"a slash at the end", BYTES("GET /page/" END), 404},
};

/* These leave no doubt where the next request begins. */
static bool keeps_connection(int status)
{
	return status == 200 || status == 404 || status == 421;
}

static void test_rows(void **state)
{
	struct wire *wire = *state;
	int failures = 0;
	wire_serve(wire);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		struct text reply = wire_ask(wire, row->request);
		if (wire_status(reply) == row->status)
			continue;
		print_error("%s: %d expected, %d came\n", row->about,
			row->status, wire_status(reply));
		failures++;
	}
	assert_int_equal(failures, 0);
}

/* Behind each refusal of framing stands a second request: it is not read. */
static void test_nothing_behind(void **state)
{
	struct wire *wire = *state;
	int failures = 0;
	wire_serve(wire);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct row *row = &rows[i];
		bool is_closed;
		int file = wire_connect(wire);
		wire_send(file, row->request);
		if (keeps_connection(row->status) || row->status == 400) {
			close(file);
			continue;
		}
		wire_send(file, WIRE_GET("/child/7", ""));
		struct text all = wire_read(wire, file, 2000, &is_closed);
		close(file);
		if (is_closed && !text_has(all, TEXT("GET 7")))
			continue;
		print_error("%s: %s\n", row->about,
			is_closed ? "what followed was answered"
				  : "the connection is still open");
		failures++;
	}
	assert_int_equal(failures, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_rows, wire_open, wire_close),
		cmocka_unit_test_setup_teardown(test_nothing_behind, wire_open,
			wire_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
