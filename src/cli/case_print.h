/* SPDX-License-Identifier: MIT
 *
 * Entries, lists and work as text on a terminal.
 */
#ifndef KITH_CLI_CASE_PRINT_H
#define KITH_CLI_CASE_PRINT_H

#include "desk/desk_case.h"

void case_print_entry(const struct desk_case *entry, struct arena *arena);
void case_print_versions(const struct desk_version *versions, size_t count);
void case_print_list(const struct desk_list_output *list, bool is_csv,
	struct arena *arena);
void case_print_work(const struct desk_work_output *work);

/* What a step did, or would do, to standard output; what stands against it, and
 * what somebody else changed, to standard error. */
void case_print_done(const struct desk_step_output *output, bool is_trial);
void case_print_refused(const struct desk_step_output *output);

#endif
