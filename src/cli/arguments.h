/* SPDX-License-Identifier: MIT
 *
 * The command line: options and operands.
 *
 * Options may stand anywhere. Which there are is one table (arguments.c), so
 * that help, parsing and the documents agree; a command says which of them it
 * takes. Values are checked here: dates are dates.
 */
#ifndef KITH_CLI_ARGUMENTS_H
#define KITH_CLI_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/period.h"

struct arguments {
	const char *db;
	const char *definitions;
	const char *role;
	const char *as;
	const char *name;
	const char *roles;
	const char *scopes;
	const char *claim;
	const char *format;
	const char *out;
	const char *engine;
	const char *explain;
	const char *listen, *hosts, *proxies;
	const char *by;
	const char *child, *how;
	const char *why, *so_what, *what_next, *by_when;
	int64_t la;
	int64_t seed;
	int64_t batch, item;
	struct date at, from, to, known_at;
	struct period period;
	bool wants_children, wants_publish, wants_help, wants_version;
	bool is_https, wants_try;
	bool has_no_serve, has_no_breakdowns, has_breakdowns;
	const char *operands[64];
	size_t operand_count;
};

/* Options the environment may give are read first: KITH_DB for --db,
 * KITH_DEFINITIONS, KITH_ROLE. */
bool arguments_read(int count, char *const *words, struct arena *arena,
	struct arguments *out_arguments, struct fault *fault)
	__attribute__((warn_unused_result));

/* The options, a line each, for help. */
void arguments_help(struct arena *arena, const char **out_lines);

#endif
