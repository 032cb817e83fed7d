/* SPDX-License-Identifier: MIT
 *
 * The functions behind the acts; for the table in desk.c alone.
 */
#ifndef KITH_DESK_ACTS_INSIDE_H
#define KITH_DESK_ACTS_INSIDE_H

#include "desk/desk.h"

/* What the audit entry of the act says. */
struct acts_note {
	const char *subject, *key, *detail;
};

typedef bool acts_run(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);

acts_run acts_import, acts_feeds, acts_measure, acts_children, acts_report,
	acts_freeze, acts_set, acts_comment, acts_verify, acts_faults,
	acts_backup, acts_apart;

/* Opens a roll on the authority, with its settings. */
bool acts_roll(struct desk *desk, const struct region_part *part,
	struct date on, struct roll **out_roll, struct fault *fault)
	__attribute__((warn_unused_result));

/* The measure by that id; the fault lists what there is. */
const struct measure *acts_measure_named(struct desk *desk, struct text id,
	struct fault *fault);

#endif
