/* SPDX-License-Identifier: MIT
 *
 * Cases of home education for tests: the shipped register, with steps in one
 * line each. What is given is "name=value|name=value".
 */
#ifndef KITH_TESTS_HOME_H
#define KITH_TESTS_HOME_H

#include "registering.h"

/* Opens the registers; `today` is the day everything is asked on. */
void home_begin(struct registering *r, struct harness *harness,
	const char *today);

/* Sets the first day of the 2026 Act. */
void home_commence(struct registering *r, const char *day);

/* A notification of an ordinary case, about a child born on 6 May 2014 unless
 * one is given. */
struct entry *home_notify(struct registering *r, int64_t child, const char *on);

/* The same, looked at and registered on the day. */
struct entry *home_register(struct registering *r, int64_t child, const char *on);

/* One more step of an entry; NULL if it was refused. */
struct entry *home_step(struct registering *r, const struct entry *entry,
	const char *step, const char *on, const char *given);

/* The same, about the latest row of the part that the step changes. */
struct entry *home_change(struct registering *r, const struct entry *entry,
	const char *step, const char *on, const char *given);

/* Registered, unclear, two informal enquiries made: a notice may be served. */
struct entry *home_unclear(struct registering *r, const char *on);

/* As unclear, with a notice served by hand on the day. */
struct entry *home_notice(struct registering *r, const char *on);

/* From there: not satisfied, expedient, school consulted, intention served,
 * each as early as may be after the notice ended on `ended`. */
struct entry *home_intention(struct registering *r, struct entry *entry,
	const char *on);

/* A row of some column: what the query gives. */
const char *home_rows(struct registering *r, const char *sql);

/* Fails unless the last step was refused with the words somewhere. */
void home_refused(struct registering *r, const struct entry *entry,
	const char *words);

#endif
