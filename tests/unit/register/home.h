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

/* Cases of every kind, from A to J; the day of asking must be after May 2025.
 *
 * A  taught and heard: suitable since 2 December 2024, since 2 September 2024
 * B  from 16 September, back at school on 13 January 2025 and still there
 * C  notice on 1 October, not satisfied on the 16th, order on the 31st
 * D  withdrawn on 3 March 2025, the school pressed; declined to meet
 * E  from 4 November, missing education since 3 February 2025
 * F  flexible from 13 January to 28 April 2025, then full time
 * G  flexible since 3 February 2025
 * H  recorded in error, in September 2024 and in January 2023
 * I  from 2 September, moved out on 1 December; again since 3 February 2025
 * J  a flexible arrangement that was not agreed to, in January 2023 */
void home_cases(struct registering *r);

/* A, B, and one recorded in error. */
void home_taught(struct registering *r);
void home_back_at_school(struct registering *r);
void home_in_error(struct registering *r, const char *on, const char *until);

/* A row of some column: what the query gives. */
const char *home_rows(struct registering *r, const char *sql);

/* Fails unless the last step was refused with the words somewhere. */
void home_refused(struct registering *r, const struct entry *entry,
	const char *words);

#endif
