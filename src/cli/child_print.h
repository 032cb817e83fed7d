/* SPDX-License-Identifier: MIT
 *
 * Children, looks at them and what is due, as text; a child's own copy as JSON.
 */
#ifndef KITH_CLI_CHILD_PRINT_H
#define KITH_CLI_CHILD_PRINT_H

#include "desk/desk_case.h"

void child_print_found(const struct desk_find_output *found);
void child_print_card(const struct desk_child_card *card);
void child_print_looks(const struct desk_looked_output *looked);
void child_print_openings(const struct desk_glass_list_output *openings);
void child_print_due(const struct desk_disposals_output *due);
void child_print_copy(const struct desk_subject_output *copy,
	struct arena *arena, struct buffer *out_json);

#endif
