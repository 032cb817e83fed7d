/* SPDX-License-Identifier: MIT
 *
 * The commands of kith, one row each.
 */
#ifndef KITH_CLI_COMMAND_H
#define KITH_CLI_COMMAND_H

#include "base/arena.h"
#include "base/fault.h"
#include "cli/arguments.h"
#include "desk/desk.h"

struct command_context {
	struct arguments arguments; /* operands without the command's name */
	struct arena *arena;
	struct date today;
};

/* Gives the exit code of a command that was done: 0, or 1 where faults were
 * found in the data. A fault decides otherwise. */
typedef int command_run(struct command_context *context, struct fault *fault);

struct command {
	const char *name;
	const char *usage;
	const char *about;
	command_run *run;
};

extern const struct command commands[]; /* ends with an entry without a name */

int command_init(struct command_context *context, struct fault *fault);
int command_import(struct command_context *context, struct fault *fault);
int command_feeds(struct command_context *context, struct fault *fault);
int command_faults(struct command_context *context, struct fault *fault);
int command_measure(struct command_context *context, struct fault *fault);
int command_report(struct command_context *context, struct fault *fault);
int command_set(struct command_context *context, struct fault *fault);
int command_comment(struct command_context *context, struct fault *fault);
int command_define(struct command_context *context, struct fault *fault);
int command_audit(struct command_context *context, struct fault *fault);
int command_copy(struct command_context *context, struct fault *fault);
int command_backup(struct command_context *context, struct fault *fault);
int command_restore(struct command_context *context, struct fault *fault);
int command_source(struct command_context *context, struct fault *fault);
int command_apart(struct command_context *context, struct fault *fault);
int command_case(struct command_context *context, struct fault *fault);
int command_child(struct command_context *context, struct fault *fault);
int command_retention(struct command_context *context, struct fault *fault);
int command_work(struct command_context *context, struct fault *fault);
int command_account(struct command_context *context, struct fault *fault);
int command_token(struct command_context *context, struct fault *fault);
int command_get(struct command_context *context, struct fault *fault);
int command_schema(struct command_context *context, struct fault *fault);
int command_serve(struct command_context *context, struct fault *fault);
int command_demo(struct command_context *context, struct fault *fault);

/* The desk for a command, by its arguments. */
bool command_desk(struct command_context *context, struct desk *out_desk,
	struct fault *fault) __attribute__((warn_unused_result));

/* Writes to --out, or to standard output. */
bool command_output(struct command_context *context, struct text bytes,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
