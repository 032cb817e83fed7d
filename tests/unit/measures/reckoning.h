/* SPDX-License-Identifier: MIT
 *
 * Figures of shipped measures in a test, from whatever the harness's database
 * holds. Open a reckoning after the data are in.
 */
#ifndef KITH_TESTS_RECKONING_H
#define KITH_TESTS_RECKONING_H

#include "harness.h"
#include "measures/evaluate.h"
#include "measures/goal.h"

struct reckoning {
	struct roll *roll;
	struct measures measures;
	struct evaluate_coverages coverages;
};

struct reckoning reckoning_open(struct harness *harness);
void reckoning_close(struct reckoning *reckoning);

/* By its id; the test fails if there is none. */
const struct measure *reckoning_measure(const struct reckoning *reckoning,
	const char *id);

/* "2024-06-30" */
struct date reckoning_day(const char *iso);

/* A request for dates; NULL `list` is read. Reuse the request for lists. */
struct evaluate_request reckoning_request(struct reckoning *reckoning,
	const char *id, const struct date *dates, size_t count);

/* One figure of the whole. */
struct evaluate_figure reckoning_at(struct reckoning *reckoning, const char *id,
	const char *iso);

/* "3/10 30.0", "2/16 u", "7" for a count. In the roll's arena. */
const char *reckoning_text(struct reckoning *reckoning, const char *id,
	const char *iso);

/* Statements that fill tables, run in one transaction. */
void reckoning_fill(struct harness *harness, const char *sql);

#endif
