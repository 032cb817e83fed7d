/* SPDX-License-Identifier: MIT
 *
 * The commands of kith, one row each.
 */
#ifndef KITH_CLI_COMMANDS_H
#define KITH_CLI_COMMANDS_H

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

command_run command_init, command_import, command_feeds, command_faults,
	command_measure, command_report, command_set, command_comment,
	command_define, command_audit, command_backup,
	command_restore, command_apart, command_schema, command_demo;

/* The desk for a command, by its arguments. */
bool command_desk(struct command_context *context, struct desk *out_desk,
	struct fault *fault) __attribute__((warn_unused_result));

/* Writes to --out, or to standard output. */
bool command_output(struct command_context *context, struct text bytes,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
