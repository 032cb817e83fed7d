/* SPDX-License-Identifier: MIT
 *
 * What is read of a request: percent-encoding, forms, JSON, media types,
 * addresses, and which codings an asker takes.
 */
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/socket.h>

#include <cmocka.h>
#include <zlib.h>

#include "web/encode.h"
#include "web/form.h"
#include "web/json_in.h"
#include "web/media.h"
#include "web/peer.h"
#include "web/percent.h"

static int open_arena(void **state)
{
	*state = arena_open();
	return 0;
}

static int close_arena(void **state)
{
	arena_close(*state);
	return 0;
}

static void test_paths(void **state)
{
	static const struct {
		const char *encoded, *decoded; /* NULL: refused */
	} rows[] = {
		{"/", "/"},
		{"/a/b", "/a/b"},
		{"/a/", "/a/"},
		{"/a%20b", "/a b"},
		{"/%C3%A9", "\x2f\xc3\xa9"},
		{"/a+b", "/a+b"}, /* a space only in a query */
		{"/...", "/..."},
		{"/%2525", "/%25"},
		{"", NULL},
		{"a", NULL},
		{"//", NULL},
		{"/a//b", NULL},
		{"/.", NULL},
		{"/a/..", NULL},
		{"/a/%2e%2e/b", NULL},
		{"/.%2e", NULL},
		{"/%2f", NULL},
		{"/%5c", NULL},
		{"/%00", NULL},
		{"/%1f", NULL},
		{"/%7f", NULL},
		{"/%", NULL},
		{"/%a", NULL},
		{"/%g0", NULL},
		{"/%C3", NULL},
		{"/%c0%80", NULL},
		{"/a b", NULL},
		{"/a\"b", NULL},
		{"/a?b", NULL},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text path;
		bool is_read = percent_path(text_of(rows[i].encoded), *state,
			&path);
		if (is_read != (rows[i].decoded != NULL))
			fail_msg("%s", rows[i].encoded);
		if (is_read)
			assert_true(text_is(path, rows[i].decoded));
	}
}

static void test_pairs(void **state)
{
	struct http_fields fields;
	const char *reason;
	assert_true(percent_pairs(TEXT(""), &percent_query, *state, &fields,
		&reason));
	assert_int_equal(fields.count, 0);
	assert_true(percent_pairs(TEXT("a=1&b=&c=x+%26%3D/?"), &percent_query,
		*state, &fields, &reason));
	assert_int_equal(fields.count, 3);
	assert_true(text_is(fields.at[1].value, ""));
	assert_true(text_is(fields.at[2].value, "x &=/?"));
	static const char *const wrong[] = {"a", "=1", "&", "a=1&", "a=%0a",
		"a=%", "a=%zz", "a=1=2", "a=\xff", "a=%ff", "a=%00", "a%00=1",
		"a=<"};
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (percent_pairs(text_of(wrong[i]), &percent_query, *state,
			    &fields, &reason))
			fail_msg("%s was taken", wrong[i]);
}

static void test_pair_limits(void **state)
{
	const struct percent_limits tight = {.pairs = 2,
		.name_bytes = 2,
		.value_bytes = 3};
	static const struct {
		const char *text;
		bool is_good;
	} rows[] = {
		{"ab=123&c=%41%41%41", true},
		{"a=1&b=2&c=3", false},
		{"abc=1", false},
		{"a=1234", false},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct http_fields fields;
		const char *reason;
		assert_int_equal(percent_pairs(text_of(rows[i].text), &tight,
					 *state, &fields, &reason),
			rows[i].is_good);
	}
}

static void test_forms(void **state)
{
	struct fault fault = {0};
	struct http_fields fields;
	struct text value;
	struct http_request request = {
		.body = TEXT("note=line+one%0D%0Aline+two&tick=yes&tick=no")};
	assert_true(form_read(&request, *state, &fields, &fault));
	assert_true(http_only(fields, "note", &value));
	assert_true(text_is(value, "line one\r\nline two"));
	assert_false(http_only(fields, "tick", &value));
	assert_false(http_only(fields, "none", &value));
	request.body = TEXT("canary");
	assert_false(form_read(&request, *state, &fields, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
	assert_false(text_has(text_of(fault.message), TEXT("canary")));
}

static void test_json(void **state)
{
	static const struct {
		const char *text;
		bool is_good;
	} rows[] = {
		{"{}", true},
		{" [1, \"\\u00e9\", null] ", true},
		{"[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]", true},    /* 16 */
		{"[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", false}, /* 17 */
		{"[\"[[[[[[[[[[[[[[[[[[[[[[[[\\\"[[[[[[\"]", true},
		{"", false},
		{"{", false},
		{"1", false},
		{"\"a\"", false},
		{"{\"a\":1,\"a\":2}", false},
		{"{\"a\":1,\"\\u0061\":2}", false},
		{"{} {}", false},
		{"{}x", false},
		{"[1,]", false},
		{"[01]", false},
		{"[NaN]", false},
		{"[99999999999999999999]", false},
		{"[1e999]", false},
		{"[\"\\u0000\"]", false},
		{"[\"\\ud800\"]", false},
		{"[\"\xff\"]", false},
		{"[\"\n\"]", false},
		{"{'a':1}", false},
		{"// no\n{}", false},
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fault fault = {0};
		json_t *document;
		if (json_in_read(text_of(rows[i].text), *state, &document, &fault)
			!= rows[i].is_good)
			fail_msg("%s", rows[i].text);
		assert_int_equal(fault_is_set(&fault), !rows[i].is_good);
	}
	struct fault fault = {0};
	json_t *document;
	assert_false(json_in_read(TEXT("{\"canary\": canary}"), *state,
		&document, &fault));
	assert_string_equal(fault.message,
		"the body is no JSON that can be read, at line 1, column 17");
}

static void test_media(void **state)
{
	static const struct {
		const char *text;
		enum http_type type; /* none: refused */
		const char *boundary;
	} rows[] = {
		{"application/x-www-form-urlencoded", HTTP_FORM, ""},
		{"Application/JSON", HTTP_JSON, ""},
		{"application/json; charset=UTF-8", HTTP_JSON, ""},
		{"application/json;charset=\"utf-8\"", HTTP_JSON, ""},
		{"text/csv; header=present", HTTP_CSV, ""},
		{"multipart/form-data; boundary=----x1", HTTP_MULTIPART, "----x1"},
		{"multipart/form-data; boundary=\"a b\"", HTTP_NO_TYPE, NULL},
		{"multipart/form-data", HTTP_NO_TYPE, NULL},
		{"multipart/form-data; boundary=", HTTP_NO_TYPE, NULL},
		{"multipart/form-data; boundary=a; boundary=b", HTTP_NO_TYPE,
			NULL},
		{"application/json; charset=latin1", HTTP_NO_TYPE, NULL},
		{"application/json; x=y", HTTP_NO_TYPE, NULL},
		{"text/plain", HTTP_NO_TYPE, NULL},
		{"", HTTP_NO_TYPE, NULL},
		{"application/json, text/csv", HTTP_NO_TYPE, NULL},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		enum http_type type = HTTP_NO_TYPE;
		struct text boundary;
		bool is_read = media_read(text_of(rows[i].text), &type,
			&boundary);
		if (is_read != (rows[i].type != HTTP_NO_TYPE)
			|| type != rows[i].type)
			fail_msg("%s", rows[i].text);
		if (is_read)
			assert_true(text_is(boundary, rows[i].boundary));
	}
}

static void test_peers(void **state)
{
	static const struct {
		const char *network, *peer;
		bool is_in;
	} rows[] = {
		{"10.0.0.0/8", "10.255.1.2", true},
		{"10.0.0.0/8", "11.0.0.0", false},
		{"192.0.2.128/25", "192.0.2.129", true},
		{"192.0.2.128/25", "192.0.2.127", false},
		{"192.0.2.1", "192.0.2.1", true},
		{"192.0.2.1", "192.0.2.2", false},
		{"0.0.0.0/0", "203.0.113.1", true},
		{"0.0.0.0/0", "2001:db8::1", false},
		{"2001:db8::/32", "2001:db8:1::1", true},
		{"2001:db8::/32", "2001:db9::1", false},
		{"::/0", "203.0.113.1", true},
		{"::ffff:192.0.2.1", "192.0.2.1", true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct peer_network network;
		struct peer peer;
		assert_true(
			peer_read_network(text_of(rows[i].network), &network));
		assert_true(peer_read(text_of(rows[i].peer), &peer));
		if (peer_is_in(&peer, &network, 1) != rows[i].is_in)
			fail_msg("%s in %s", rows[i].peer, rows[i].network);
	}
	static const char *const wrong[] = {"", "10.0.0", "10.0.0.0/33",
		"10.0.0.0/", "10.0.0.0/-1", "::/129", "localhost", "1.2.3.4.5",
		"[::1]", "fe80::1%eth0", "010.0.0.1"};
	struct peer_network ignored;
	for (size_t i = 0; i < COUNT_OF(wrong); i++)
		if (peer_read_network(text_of(wrong[i]), &ignored))
			fail_msg("%s was taken", wrong[i]);
}

static void test_listen(void **state)
{
	static const struct {
		const char *text;
		int family; /* 0: refused */
	} rows[] = {
		{"127.0.0.1:8080", AF_INET},
		{"0.0.0.0:0", AF_INET},
		{"[::1]:8080", AF_INET6},
		{"[::]:65535", AF_INET6},
		{"127.0.0.1", 0},
		{"127.0.0.1:", 0},
		{"127.0.0.1:65536", 0},
		{"127.0.0.1:-1", 0},
		{"127.0.0.1:80x", 0},
		{":8080", 0},
		{"::1:8080", 0},
		{"[127.0.0.1]:80", 0},
		{"localhost:80", 0},
		{"", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct sockaddr_storage address = {.ss_family = 0};
		struct fault fault = {0};
		bool is_read = peer_read_listen(text_of(rows[i].text), &address,
			&fault);
		if (is_read != (rows[i].family != 0)
			|| address.ss_family != rows[i].family)
			fail_msg("%s", rows[i].text);
		if (!is_read)
			assert_int_equal(fault.kind, FAULT_USAGE);
	}
}

static void test_taken(void **state)
{
	static const struct {
		const char *header;
		bool gzip, br;
	} rows[] = {
		{"", false, false},
		{"gzip", true, false},
		{"GZIP, br", true, true},
		{"gzip;q=0", false, false},
		{"gzip;q=0.000, br;q=0.001", false, true},
		{"*", true, true},
		{"*;q=0", false, false},
		{"gzip;q=0, *", false, true},
		{"identity, xgzip", false, false},
		{"gzip ; q=1.0 ,br", true, true},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct text header = text_of(rows[i].header);
		if (encode_is_taken(header, "gzip") != rows[i].gzip
			|| encode_is_taken(header, "br") != rows[i].br)
			fail_msg("%s", rows[i].header);
	}
}

static void test_gzip(void **state)
{
	enum { LONG = 100000 };
	char *words = arena_new(*state, LONG);
	for (size_t i = 0; i < LONG; i++)
		words[i] = (char)('a' + i * i % 7);
	struct text text = {words, LONG}, packed;
	for (int effort = ENCODE_ONCE; effort <= ENCODE_KEPT; effort++) {
		assert_true(encode_gzip(text, (enum encode_effort)effort,
			*state, &packed));
		assert_true(packed.length < LONG / 4);
		unsigned char *back = arena_new(*state, LONG);
		z_stream stream = {0};
		assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
		stream.next_in = (unsigned char *)(uintptr_t)packed.at;
		stream.avail_in = (unsigned)packed.length;
		stream.next_out = back;
		stream.avail_out = LONG;
		assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
		assert_int_equal(stream.total_out, LONG);
		inflateEnd(&stream);
		assert_memory_equal(back, words, LONG);
	}
	/* What does not become smaller is left as it is. */
	assert_false(encode_gzip(TEXT("x"), ENCODE_ONCE, *state, &packed));
	assert_false(encode_gzip(TEXT(""), ENCODE_ONCE, *state, &packed));
	assert_false(encode_brotli(TEXT(""), *state, &packed));
	assert_true(encode_brotli(text, *state, &packed));
}

int main(void)
{
#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
	const struct CMUnitTest tests[] = {
		TEST(test_paths),
		TEST(test_pairs),
		TEST(test_pair_limits),
		TEST(test_forms),
		TEST(test_json),
		TEST(test_media),
		TEST(test_peers),
		TEST(test_listen),
		TEST(test_taken),
		TEST(test_gzip),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
