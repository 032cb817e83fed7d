/* SPDX-License-Identifier: MIT
 *
 * Inputs and outputs of the acts on registers: reading entries and lists,
 * taking steps, agreeing to them, looking for children, restricting and
 * opening records, work and messages.
 *
 * What a person may not see is not in an output: hidden entries are missing,
 * hidden fields are empty. Everything lives in the desk's arena.
 */
#ifndef KITH_DESK_DESK_CASE_H
#define KITH_DESK_DESK_CASE_H

#include "desk/desk.h"
#include "desk/sight.h"
#include "register/intake.h"
#include "register/keep.h"
#include "register/roster.h"
#include "register/step.h"
#include "register/termly.h"

/* ---- DESK_CASE_READ ---- */

struct desk_case_input {
	struct text reference; /* "EHE-..." */
	int version;           /* 0: the newest */
	const char *known_at;  /* UTC instant; NULL: now */
};

struct desk_case {
	const struct definition *definition;
	const struct entry *entry; /* what may not be seen is empty */
	const char *reference;
	uint64_t roles; /* of the reader: fields by sight_field */
	const struct work_item *work;
	size_t work_count;
	const struct definition_step *const *steps; /* that the reader may take */
	size_t step_count;
};

/* ---- DESK_CASE_HISTORY: input desk_case_input ---- */

struct desk_version {
	int version;
	const char *at, *step, *actor, *reason;
	struct date on;
	const struct keep_difference *differences; /* from the one before */
	size_t count;
};

struct desk_history_output {
	const char *reference;
	const struct desk_version *versions; /* newest first */
	size_t count;
};

/* ---- DESK_CASE_LIST ---- */

enum { DESK_PAGE = 50, DESK_PAGE_MOST = 500 };

struct desk_list_input {
	struct text register_name, list;
	struct text order; /* a column's name, '-' before it: downwards; empty */
	size_t page;       /* from 1; 0 is 1 */
	size_t page_size;  /* 0: DESK_PAGE */
};

struct desk_list_line {
	struct roster_line line;
	const char *reference;
};

struct desk_list_output {
	const struct definition *definition;
	const struct definition_list *list;
	const struct desk_list_line *lines; /* of the page */
	size_t count;
	size_t total; /* of all pages */
	size_t page, page_size;
};

/* ---- DESK_CASE_STEP, DESK_CASE_TRY (nothing is kept) ---- */

struct desk_step_input {
	struct text register_name; /* of a step that opens */
	int64_t child;             /* that it opens for; 0: none */
	struct text reference;     /* of the entry otherwise */
	struct text step;
	const struct step_given *given;
	size_t count;
	int64_t item;       /* row that is changed */
	int version;        /* that was read; 0: whatever there is */
	struct date on;     /* none: today */
	const char *reason; /* NULL: none */
};

struct desk_move { /* a clock that a step starts, moves, stops */
	const char *title, *law;
	struct date before, after; /* when it is due; none: not running */
	bool is_done;
};

struct desk_step_output {
	const char *reference;
	int version;
	int64_t proposal; /* not 0: it waits for somebody to agree */
	struct step_outcome outcome;
	const struct desk_move *moves;
	size_t move_count;
	/* On a conflict: who changed what since the version that was read. */
	const struct desk_version *since;
	size_t since_count;
	const char *const *letters; /* to be offered */
	size_t letter_count;
};

/* ---- DESK_CASE_BULK: one step on several entries, all or none ---- */

struct desk_bulk_input {
	const struct desk_step_input *steps;
	size_t count;
};
struct desk_bulk_output {
	struct desk_step_output *outputs; /* as many */
};

/* ---- DESK_CASE_ASSIGN ---- */

struct desk_assign_input {
	struct text reference;
	struct text owner, team; /* empty owner: the team's; empty team: as is */
	int version;
	const char *reason;
}; /* gives desk_step_output */

/* ---- DESK_PROPOSALS, DESK_PROPOSAL_DECIDE ---- */

struct desk_proposals_input {
	const char *state; /* waiting, approved, returned */
};
struct desk_proposal {
	int64_t id;
	const char *reference, *register_name, *step, *asked_by, *asked_at,
		*state, *reason, *decided_by;
	struct text input; /* JSON: what was asked for */
	struct date on;
	bool may_decide;
};
struct desk_proposals_output {
	const struct desk_proposal *proposals;
	size_t count;
};

struct desk_decide_input {
	int64_t proposal;
	bool is_agreed;
	const char *reason; /* of a return: required */
};                          /* gives desk_step_output */

/* ---- DESK_WORK ---- */

enum desk_work_when {
	DESK_WORK_ALL,
	DESK_WORK_OVERDUE,
	DESK_WORK_SOON, /* warned about, not yet overdue */
};
enum desk_work_whose { DESK_WORK_MINE, DESK_WORK_TEAM, DESK_WORK_ANYBODY };

struct desk_work_input {
	enum desk_work_when when;
	enum desk_work_whose whose;
	struct text register_name; /* empty: all */
	size_t page, page_size;
};
struct desk_work_line {
	const char *reference;
	const struct definition *definition;
	const struct definition_clock *clock;
	int64_t child, item;
	struct date starts, due, warns;
	const char *owner, *team;
};
struct desk_work_output {
	const struct desk_work_line *lines;
	size_t count, total, overdue, soon;
	size_t page, page_size;
};

/* ---- DESK_CHILD_FIND, DESK_CHILD_READ, DESK_CHILD_LOOKED ---- */

struct desk_find_input {
	struct text words; /* a name, a number, a date of birth, or several */
};
struct desk_found {
	int64_t child;
	const char *name; /* "" if no feed has one */
	const char *number;
	struct date born;
	bool is_mine; /* the person sees an entry about the child */
};
struct desk_find_output {
	const struct desk_found *found;
	size_t count;
	bool is_cut; /* there are more */
};

struct desk_child_input {
	int64_t child;
};
struct desk_child_entry {
	const char *reference; /* NULL: it is there, ask the owner */
	const struct definition *definition;
	const char *state, *owner, *team;
	struct date opened, closed;
};
struct desk_child_card {
	int64_t child;
	struct date born, died;
	const char *sex, *ethnicity;
	const struct desk_child_name {
		const char *kind, *surname, *forename;
	} * names;
	size_t name_count;
	const struct desk_child_number {
		const char *scheme, *value, *grade, *feed;
	} * numbers;
	size_t number_count;
	const struct value *facts; /* FACTS */
	const struct desk_child_entry *entries;
	size_t entry_count;
};

struct desk_looked_output {
	const struct desk_looked {
		const char *at, *actor, *purpose, *act, *detail;
	} * looks; /* newest first */
	size_t count;
};

/* ---- DESK_RESTRICT, DESK_GLASS_BREAK, DESK_GLASS_LIST, DESK_GLASS_REVIEW ---- */

struct desk_restrict_input {
	int64_t child;
	const char *reason;         /* code list restriction-reason */
	const char *guardian;       /* login; NULL: the restriction ends */
	const char *const *members; /* logins */
	size_t member_count;
};

struct desk_glass_input {
	int64_t child;
	const char *reason;
};
struct desk_glass_output {
	int64_t id;
	const char *until; /* UTC instant */
	struct date review_due;
};
struct desk_glass_list_output {
	const struct desk_glass_line {
		int64_t id, child;
		const char *login, *reason, *opened_at, *guardian;
		struct date review_due;
	} * lines;
	size_t count;
};
struct desk_review_input {
	int64_t id;
	bool is_justified;
};

/* ---- DESK_DRAFT_SAVE, DESK_DRAFT_READ, DESK_DRAFTS, DESK_DRAFT_DROP ---- */

struct desk_draft_input {
	struct text register_name, step, reference;
	struct text input; /* JSON; DESK_DRAFT_SAVE alone */
};
struct desk_draft {
	const char *register_name, *reference, *step, *saved_at;
	struct text input;
};
struct desk_drafts_output {
	const struct desk_draft *drafts;
	size_t count;
};

/* ---- DESK_LETTER, DESK_LETTER_SEND, DESK_LETTERS ---- */

struct desk_letter_input {
	struct text reference, letter;
	int64_t item; /* the part's row it is about; 0: the newest */
};
struct desk_letter_value {
	const char *name, *label; /* label NULL: not one of the entry's own */
	struct text text;         /* as people read it */
};
struct desk_letter_row {
	const struct desk_letter_value *values;
	size_t count;
};
struct desk_letter_part {
	const char *name, *title;
	const struct desk_letter_row *rows;
	size_t count, chosen; /* from 1; 0: about none */
};
/* What the letter's reader may know, and nothing else. */
struct desk_letter {
	const struct definition_letter *letter;
	const char *reference, *council;
	int64_t entry, item;
	int version;
	struct text template;
	const struct desk_letter_value *values;
	size_t value_count;
	const struct desk_letter_part *parts;
	size_t part_count;
	/* Labels of fields that are given and not for this reader. */
	const char *const *withheld;
	size_t withheld_count;
};

struct desk_letter_send_input {
	struct text reference, letter;
	int64_t item;
	const char *recipient, *how; /* code list service-methods */
	struct date on;
	struct text content; /* HTML, as it went out */
};
struct desk_letters_output {
	const struct desk_letter_line {
		int64_t id;
		const char *letter, *recipient, *how, *sent_by, *digest;
		struct date on;
	} * lines; /* newest first */
	size_t count;
};

/* ---- DESK_DISPOSALS, DESK_DISPOSAL_ASK, DESK_DISPOSAL_AGREE, DESK_HOLD ---- */

struct desk_disposal {
	int64_t id; /* 0: nobody asked yet */
	const char *reference;
	const struct definition *definition;
	struct date due; /* by the register's rule */
	const char *rule, *asked_by, *reason;
	bool is_held;
};
struct desk_disposals_output {
	const struct desk_disposal *disposals; /* earliest due first */
	size_t count;
};
struct desk_disposal_input {
	struct text reference; /* DESK_DISPOSAL_ASK */
	int64_t id;            /* DESK_DISPOSAL_AGREE */
	const char *reason;
};
struct desk_hold_input {
	struct text reference; /* of one entry, or empty: all about the child */
	int64_t child;
	const char *reason; /* NULL: the hold ends */
};

/* ---- DESK_SUBJECT: input desk_child_input ---- */

struct desk_withheld {
	const char *label, *why;
};
struct desk_subject_entry {
	const char *reference;
	const struct definition *definition;
	const struct entry *entry; /* what is withheld is empty */
	const struct desk_withheld *withheld;
	size_t withheld_count;
};
struct desk_subject_output {
	struct desk_child_card card;
	const struct desk_subject_entry *entries;
	size_t count;
};

/* ---- DESK_INTAKE: gives struct intake_result ---- */

struct desk_intake_input {
	struct text register_name;
	const char *path; /* CSV, as register/intake.h says */
};

/* ---- DESK_TERMLY: gives struct termly ---- */

struct desk_termly_input {
	struct date on; /* the newest census day by then; none: today */
};

/* ---- DESK_TOLD: messages for the person ---- */

struct desk_told_output {
	const struct desk_told {
		const char *kind, *subject, *content, *made_at, *role, *reference;
	} * told;
	size_t count;
};

/* The words of enums, for the command line and JSON; NULL ends them. */
extern const char *const desk_work_when_words[];
extern const char *const desk_work_whose_words[];

#endif
