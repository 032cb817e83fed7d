/* SPDX-License-Identifier: MIT
 *
 * What the timings share: processor time, memory, and the plain read of the
 * same bytes in the same run that every figure is a ratio to.
 *
 * A job runs in a process of its own, so that its memory is its own. Memory
 * is what the process has of its own (anonymous pages), looked at every few
 * milliseconds; pages of mapped files are the file system's cache and are
 * given back when anybody needs them.
 */
#ifndef KITH_BENCH_H
#define KITH_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of this process, all threads, in seconds. */
double bench_processor(void);
double bench_wall(void);

enum { BENCH_NOTES = 8 };

struct bench_result {
	bool is_done;
	double processor; /* seconds */
	double wall;
	double own;                /* bytes; the most of its own memory */
	double notes[BENCH_NOTES]; /* the job's own numbers */
};

/* A job writes into result->notes; false: it has said why. */
struct bench_result bench_run(bool (*job)(const void *data,
				      struct bench_result *result),
	const void *data);

/* Reads the file, or every file of the folder, once, and again for the clock:
 * processor seconds. */
double bench_read(const char *path, double *out_bytes);

/* A file or folder and all in it. */
void bench_remove(const char *path);

#endif
