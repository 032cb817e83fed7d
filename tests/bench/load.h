/* SPDX-License-Identifier: MIT
 *
 * Load on a server of HTTP/1.1 on loopback: one thread, many connections that
 * are kept, each asks again when it was answered.
 *
 * Every reply must have as many bytes as the first, which is how the end of
 * one is known cheaply.
 */
#ifndef KITH_BENCH_LOAD_H
#define KITH_BENCH_LOAD_H

#include <stdbool.h>
#include <stddef.h>

struct load {
	int port;
	const char *request;
	int connections;
	double seconds;
};

struct load_result {
	double requests; /* a second */
	long count;
	double median_ms, p99_ms, worst_ms;
	size_t reply_bytes; /* with the head */
};

/* False: a connection failed, or a reply had another length. */
bool load_run(const struct load *load, struct load_result *out_result);

#endif
