/* SPDX-License-Identifier: MIT
 *
 * What the acts on registers begin with: the authority, the instant, what the
 * person may see; and the way from a reference to an entry they may see.
 */
#ifndef KITH_DESK_CASE_AT_INSIDE_H
#define KITH_DESK_CASE_AT_INSIDE_H

#include "base/moment.h"
#include "desk/acts-inside.h"
#include "desk/desk_case.h"

struct case_at {
	struct desk *desk;
	struct region_part part;
	struct keep keep;
	struct sight *sight;
	uint64_t roles; /* all bits for the operator */
	char now[MOMENT_TEXT];
	struct ident_source ids;
};

bool case_at_open(struct desk *desk, struct case_at *out_at, struct fault *fault)
	__attribute__((warn_unused_result));

/* The entry of a reference, if the person may see it; the fault says "there is
 * no such entry" of one that is hidden, and that it is somebody else's of one
 * that is not. */
bool case_at_load(struct case_at *at, struct text reference,
	struct entry **out_entry, struct fault *fault)
	__attribute__((warn_unused_result));

/* The number a reference stands for, in whatever register. */
bool case_at_number(struct case_at *at, struct text reference, int64_t *out_id,
	struct fault *fault) __attribute__((warn_unused_result));

enum sight_relation case_at_relation(const struct case_at *at,
	const struct entry *entry);
enum sight_verdict case_at_read(const struct case_at *at,
	const struct entry *entry);

/* Empties what the person may not see: fields of other roles, fields that are
 * still sealed. */
bool case_at_blank(struct case_at *at, struct entry *entry, struct fault *fault)
	__attribute__((warn_unused_result));

const char *case_at_reference(struct case_at *at, const struct definition *of,
	int64_t id);

/* The audit entry of a look at a child. */
struct acts_note case_at_note(struct case_at *at, int64_t child,
	const char *detail);

#endif
