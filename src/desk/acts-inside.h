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

bool acts_import(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_feeds(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_measure(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_children(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_report(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_freeze(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_set(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_comment(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_verify(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_faults(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_backup(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_source(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_apart(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_account(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_accounts(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);

/* Opens a roll on the authority, with its settings. */
bool acts_roll(struct desk *desk, const struct region_part *part,
	struct date on, struct roll **out_roll, struct fault *fault)
	__attribute__((warn_unused_result));

/* The measure by that id; the fault lists what there is. */
const struct measure *acts_measure_named(struct desk *desk, struct text id,
	struct fault *fault);

#endif
