/* SPDX-License-Identifier: MIT
 *
 * The invented council (tests/council) behind the API, without a socket: a
 * child in each relation, an entry about each, and a person to ask as.
 *
 * Every child bears names, numbers and a date of birth that occur nowhere else,
 * so that a test may look for them where they must not be.
 */
#ifndef KITH_TESTS_API_COUNCIL_H
#define KITH_TESTS_API_COUNCIL_H

#include "desk/desk_case.h"
#include "harness.h"
#include "web/api.h"

enum { COUNCIL_MISSING = SIGHT_RELATIONS }; /* a child that is not there */

struct council {
	struct harness *h;
	struct arena *arena;
	struct desk desk; /* the operator's, for making things */
	struct writers *writers;
	struct api_worker *worker;
	struct http_site *site;
	struct person person; /* who asks, while `is_someone` */
	const char *token;    /* or what is sent; NULL: nothing */
	int64_t children[SIGHT_RELATIONS + 1];
	const char *entries[SIGHT_RELATIONS + 1]; /* references */
	int64_t proposals[SIGHT_RELATIONS];       /* to scrap it */
};

void council_begin(struct council *council, void **state);
void council_end(struct council *council);

/* From now on somebody with one role asks, in the team "cycles", whose login is
 * "tester"; NULL: whoever the token says. */
void council_ask_as(struct council *council, const char *role);
void council_ask_as_place(struct council *council, size_t role);

struct council_asked {
	const char *method, *target, *body;
	struct http_field header; /* one more */
};
struct http_answer council_ask(struct council *council,
	struct council_asked asked);

const char *council_header(struct council *council,
	const struct http_answer *answer, const char *name);

/* "%s" and "%lld" of a pattern filled for a child and its entry. */
const char *council_fill(struct council *council, const char *text, int relation);

void council_run(struct council *council, const char *sql);

/* Fails the test if a word about any child is in it. */
void council_names_nobody(const struct council *council, struct text bytes);

/* An active account, and a token of it. */
const char *council_token(struct council *council, const char *login,
	const char *roles, const char *scopes);

#endif
