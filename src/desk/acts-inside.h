/* SPDX-License-Identifier: MIT
 *
 * The functions behind the acts; for the table in desk.c alone.
 */
#ifndef KITH_DESK_ACTS_INSIDE_H
#define KITH_DESK_ACTS_INSIDE_H

#include "desk/desk_case.h"

/* What the audit entry of the act says. */
struct acts_note {
	const char *subject, *key, *detail;
};

/* Hands something to the authority's writer and waits for the commit. */
bool desk_submit(struct desk *desk, const struct region_part *part,
	writer_act *act, void *data, struct fault *fault)
	__attribute__((warn_unused_result));

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

/* On registers: desk_case.h. */
bool acts_case_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_history(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_list(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_step(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_try(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_bulk(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_case_assign(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_proposals(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_proposal_decide(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_work(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_child_find(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_child_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_child_looked(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_restrict(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_glass_break(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_glass_list(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_glass_review(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_draft_save(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_draft_read(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_drafts(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_draft_drop(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_letter(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_letter_send(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_letters(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_disposals(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_disposal_ask(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_disposal_agree(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_hold(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_subject(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_intake(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_termly(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);
bool acts_told(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault);

/* ---- What acts on registers share ---- */

struct case_at;

struct acts_message {
	const char *kind, *login, *role, *subject, *content; /* NULL: empty */
	int64_t entry;
};

/* Versions after `from`, newest first, each with what it changed. */
bool acts_versions(struct case_at *at, const struct entry *newest, int from,
	const struct desk_version **out_versions, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

/* Takes one step and keeps it (acts_step.c), for whoever has seen to it that the
 * person may. */
struct acts_taking {
	const struct desk_step_input *input;
	const struct definition_step *step;
	const char *actor;
	struct entry *before;
	bool is_trial;
};
bool acts_take(struct case_at *at, const struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
	__attribute__((warn_unused_result));

/* Finds the entry and the step of an input; a step that opens has an entry that
 * is not kept yet. */
/* Keeps what was tried as a proposal (acts_proposal.c). */
bool acts_propose(struct case_at *at, const struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
	__attribute__((warn_unused_result));

bool acts_find_step(struct case_at *at, const struct desk_step_input *in,
	struct acts_taking *out_taking, struct fault *fault)
	__attribute__((warn_unused_result));

/* Tells a person, or all with a role, in the same transaction. */
bool acts_tell(struct case_at *at, struct store *store,
	const struct acts_message *message, struct fault *fault)
	__attribute__((warn_unused_result));

/* Opens a roll on the authority, with its settings. */
bool acts_roll(struct desk *desk, const struct region_part *part,
	struct date on, struct roll **out_roll, struct fault *fault)
	__attribute__((warn_unused_result));

/* The measure by that id; the fault lists what there is. */
const struct measure *acts_measure_named(struct desk *desk, struct text id,
	struct fault *fault);

#endif
