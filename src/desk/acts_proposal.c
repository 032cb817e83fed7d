/* SPDX-License-Identifier: MIT
 *
 * Steps that somebody else must agree to: kept as they were asked for, taken
 * anew when they are agreed to, so that what is judged is what holds then.
 */
#include "desk/case_at-inside.h"
#include "desk/given_json.h"

extern const struct embedded case_sql[];

bool acts_propose(struct case_at *at, const struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
{
	const struct desk_step_input *in = taking->input;
	const struct entry *before = taking->before;
	struct desk *desk = at->desk;
	if (before->id == 0)
		return fault_set(fault, FAULT_BROKEN,
			"a step that opens an entry cannot wait for agreement");
	out->proposal = ident_next(&at->ids);
	return store_run(at->part.store, store_find(case_sql, "proposal_add"),
		STORE_VALUES(store_integer(at->part.la),
			store_integer(out->proposal), store_integer(before->id),
			store_string(before->of->name),
			store_string(taking->step->name),
			store_integer(before->version),
			store_date(date_is_none(in->on) ? desk->today : in->on),
			store_text(given_json_write(in->given, in->count,
				desk->arena)),
			store_string(taking->actor), store_string(at->now),
			store_integer(in->item)),
		fault);
}

/* ---- The list ---- */

static bool add_proposal(struct case_at *at, const struct store_rows *rows,
	struct desk_proposal *proposal, bool *out_is_seen, struct fault *fault)
{
	struct arena *arena = at->desk->arena;
	struct entry *entry;
	*out_is_seen = false;
	if (!keep_load(&at->keep, store_get_integer(rows, 1), &entry, fault))
		return false;
	if (case_at_read(at, entry) != SIGHT_YES)
		return true;
	const struct definition_step *step = definition_step(entry->of,
		store_get_text(rows, 3));
	bool is_asker = text_is(store_get_text(rows, 6), at->desk->person.login);
	*proposal = (struct desk_proposal){.id = store_get_integer(rows, 0),
		.reference = case_at_reference(at, entry->of, entry->id),
		.register_name = entry->of->name,
		.step = arena_string(arena, store_get_text(rows, 3)),
		.on = store_get_date(rows, 4),
		.input = arena_text(arena, store_get_text(rows, 5)),
		.asked_by = arena_string(arena, store_get_text(rows, 6)),
		.asked_at = arena_string(arena, store_get_text(rows, 7)),
		.state = arena_string(arena, store_get_text(rows, 8)),
		.decided_by = arena_string(arena, store_get_text(rows, 9)),
		.reason = arena_string(arena, store_get_text(rows, 11))};
	proposal->may_decide = step != NULL && !is_asker
		&& (at->desk->person.is_operator
			|| sight_approve(entry->of, step, at->roles,
				   case_at_relation(at, entry))
				== SIGHT_YES);
	*out_is_seen = true;
	return true;
}

bool acts_proposals(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 1000 };
	const struct desk_proposals_input *in = input;
	struct desk_proposals_output *out = output;
	struct case_at at;
	struct store_rows *rows;
	struct desk_proposal *proposals = arena_array(desk->arena, MOST,
		sizeof *proposals);
	size_t count = 0;
	if (!case_at_open(desk, &at, fault)
		|| !store_query(at.part.store, store_find(case_sql, "proposals"),
			STORE_VALUES(store_integer(at.part.la),
				store_string(in->state)),
			&rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault)) {
		bool is_seen;
		if (!add_proposal(&at, rows, &proposals[count], &is_seen, fault))
			break;
		count += is_seen;
	}
	store_end(rows);
	*out = (struct desk_proposals_output){proposals, count};
	*note = (struct acts_note){"proposal", in->state, ""};
	return !fault_is_set(fault);
}

/* ---- Deciding ---- */

struct held {
	int64_t entry, item;
	const char *step, *asked_by, *state;
	struct date on;
	struct text input;
};

static bool read_proposal(struct case_at *at, int64_t id, struct held *out_held,
	struct fault *fault)
{
	struct store_rows *rows;
	struct arena *arena = at->desk->arena;
	bool is_found = false;
	if (!store_query(at->part.store, store_find(case_sql, "proposal"),
		    STORE_VALUES(store_integer(at->part.la), store_integer(id)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		is_found = true;
		*out_held = (struct held){.entry = store_get_integer(rows, 0),
			.step = arena_string(arena, store_get_text(rows, 2)),
			.on = store_get_date(rows, 4),
			.input = arena_text(arena, store_get_text(rows, 5)),
			.asked_by = arena_string(arena, store_get_text(rows, 6)),
			.state = arena_string(arena, store_get_text(rows, 7)),
			.item = store_get_integer(rows, 8)};
	}
	store_end(rows);
	return is_found
		|| fault_set(fault, FAULT_MISSING, "there is no such proposal");
}

static bool may_decide(struct case_at *at, const struct held *held,
	const struct definition_step *step, const struct entry *entry,
	struct fault *fault)
{
	if (!text_is(text_of(held->state), "waiting"))
		return fault_set(fault, FAULT_CONFLICT,
			"this was decided already: it is %s", held->state);
	if (text_is(text_of(held->asked_by), at->desk->person.login))
		return fault_set(fault, FAULT_DENIED,
			"whoever asked cannot agree as well");
	if (at->desk->person.is_operator
		|| sight_approve(entry->of, step, at->roles,
			   case_at_relation(at, entry))
			== SIGHT_YES)
		return true;
	return fault_set(fault, FAULT_DENIED, "your role may not agree to: %s",
		step->title);
}

static bool decide(struct case_at *at, const struct desk_decide_input *in,
	struct fault *fault)
{
	int64_t id;
	return store_number(at->part.store,
		       store_find(case_sql, "proposal_decide"),
		       STORE_VALUES(store_integer(at->part.la),
			       store_integer(in->proposal),
			       store_string(
				       in->is_agreed ? "approved" : "returned"),
			       store_string(at->desk->person.login),
			       store_string(at->now),
			       store_string(in->reason == NULL ? "" : in->reason)),
		       &id, fault)
		|| fault_set(fault, FAULT_CONFLICT, "this was decided already");
}

/* Taken in the name of who asked; the audit entry of the act names who agreed.
 */
static bool take_agreed(struct case_at *at, const struct held *held,
	struct acts_taking *taking, struct desk_step_output *out,
	struct fault *fault)
{
	struct desk_step_input *step = arena_new(at->desk->arena, sizeof *step);
	step->on = held->on;
	step->item = held->item;
	step->reason = arena_format(at->desk->arena, "agreed by %s",
		at->desk->person.login);
	if (!given_json_read(held->input, at->desk->arena, &step->given,
		    &step->count, fault))
		return false;
	taking->input = step;
	taking->actor = held->asked_by;
	return acts_take(at, taking, out, fault);
}

bool acts_proposal_decide(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_decide_input *in = input;
	struct desk_step_output *out = output;
	struct case_at at;
	struct held held = {.entry = 0};
	struct entry *entry;
	*out = (struct desk_step_output){.reference = ""};
	if (!in->is_agreed && (in->reason == NULL || in->reason[0] == '\0'))
		return fault_set(fault, FAULT_INPUT,
			"enter the reason why it is returned");
	if (!case_at_open(desk, &at, fault)
		|| !read_proposal(&at, in->proposal, &held, fault)
		|| !keep_load(&at.keep, held.entry, &entry, fault))
		return false;
	if (case_at_read(&at, entry) != SIGHT_YES)
		return fault_set(fault, FAULT_MISSING,
			"there is no such proposal");
	struct acts_taking taking = {.before = entry,
		.step = definition_step(entry->of, text_of(held.step))};
	if (taking.step == NULL)
		return fault_set(fault, FAULT_BROKEN,
			"the definition has this step no more");
	out->reference = case_at_reference(&at, entry->of, entry->id);
	*note = case_at_note(&at, entry->subject,
		arena_format(desk->arena, "%s %s, asked by %s", out->reference,
			held.step, held.asked_by));
	if (!may_decide(&at, &held, taking.step, entry, fault)
		|| !decide(&at, in, fault))
		return false;
	return (!in->is_agreed || take_agreed(&at, &held, &taking, out, fault))
		&& acts_tell(&at, at.part.store,
			&(struct acts_message){.kind = "told",
				.login = held.asked_by,
				.subject = in->is_agreed ? "Agreed" : "Returned",
				.content = arena_format(desk->arena, "%s: %s%s%s",
					out->reference, taking.step->title,
					in->is_agreed ? "" : ". ",
					in->is_agreed ? "" : in->reason),
				.entry = entry->id},
			fault);
}
