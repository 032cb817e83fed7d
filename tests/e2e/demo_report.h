/* SPDX-License-Identifier: MIT
 *
 * The demo that one program of tests shares. The first test makes it; those
 * after it need it.
 */
#ifndef KITH_TESTS_DEMO_REPORT_H
#define KITH_TESTS_DEMO_REPORT_H

#include "base/buffer.h"
#include "running.h"

struct demo_report {
	struct harness *harness;
	const char *folder, *db;
};

extern struct demo_report demo_report;

/* The report of quarter 1 2024-25. */
struct text demo_report_csv(const char *edition);

/* The row of a measure's present figure. */
size_t demo_report_row(struct text csv, const char *id);

/* Fails the test unless a measure's present row says so. */
void demo_report_is(struct text csv, const char *id, const char *column,
	const char *wanted);

/* In demo_report_publish.c. */
void demo_report_test_small_numbers(void **state);
void demo_report_test_steps(void **state);
void demo_report_test_groups(void **state);
void demo_report_test_json(void **state);

#endif
