/* SPDX-License-Identifier: MIT
 *
 * Taking steps: one, several at once, only tried; and giving an entry to
 * somebody.
 */
#include "desk/case_at-inside.h"

extern const struct embedded case_sql[];

/* ---- Finding what it is about ---- */

static bool no_step(const struct desk_step_input *in, struct fault *fault)
{
	fault_set(fault, FAULT_MISSING,
		"there is no step \"" TEXT_FORMAT "\" in this register",
		TEXT_ARGS(text_cut(in->step, 0, 60)));
	return false;
}

static bool no_child(struct fault *fault)
{
	fault_set(fault, FAULT_MISSING, "there is no such child");
	return false;
}

static bool no_register(struct fault *fault)
{
	fault_set(fault, FAULT_MISSING, "there is no such register");
	return false;
}

static bool begin_entry(struct case_at *at, const struct desk_step_input *in,
	struct acts_taking *out, struct fault *fault)
{
	const struct register_one *one = register_find(at->desk->registers,
		in->register_name);
	if (one == NULL)
		return no_register(fault);
	out->step = definition_step(one->definition, in->step);
	if (out->step == NULL || !out->step->opens)
		return no_step(in, fault);
	/* Before the child is looked at: whoever may not is not told whether it
	 * is there. */
	if (!at->desk->person.is_operator
		&& sight_step(one->definition, out->step, at->roles, SIGHT_OWNS)
			!= SIGHT_YES) {
		fault_set(fault, FAULT_DENIED, "your role may not: %s",
			out->step->title);
		return false;
	}
	bool has_subject = one->definition->subject == DEFINITION_CHILD;
	if (has_subject && !at->desk->person.is_operator
		&& !sight_child(at->sight, in->child))
		return no_child(fault);
	int64_t known = 0;
	if (has_subject
		&& !store_number(at->part.store,
			store_find(case_sql, "child_is_known"),
			STORE_VALUES(store_integer(at->part.la),
				store_integer(in->child)),
			&known, fault))
		return no_child(fault);
	out->before = entry_new(one->definition, at->part.la,
		has_subject ? in->child : 0, at->desk->arena);
	return true;
}

bool acts_find_step(struct case_at *at, const struct desk_step_input *in,
	struct acts_taking *out_taking, struct fault *fault)
{
	*out_taking = (struct acts_taking){.input = in,
		.actor = at->desk->person.login};
	if (in->reference.length == 0)
		return begin_entry(at, in, out_taking, fault);
	if (!case_at_load(at, in->reference, &out_taking->before, fault))
		return false;
	out_taking->step = definition_step(out_taking->before->of, in->step);
	if (out_taking->step == NULL || out_taking->step->opens)
		return no_step(in, fault);
	return true;
}

/* ---- Whether the person may ---- */

static bool may_take(struct case_at *at, const struct acts_taking *taking,
	struct fault *fault)
{
	const struct entry *before = taking->before;
	const struct definition *of = before->of;
	if (at->desk->person.is_operator)
		return true;
	/* What is not there yet is as if one's own. */
	enum sight_relation relation = taking->step->opens
		? SIGHT_OWNS
		: case_at_relation(at, before);
	if (sight_step(of, taking->step, at->roles, relation) != SIGHT_YES)
		return fault_set(fault, FAULT_DENIED, "your role may not: %s",
			taking->step->title);
	for (size_t i = 0; i < taking->input->count; i++) {
		const struct definition_part *part = taking->step->adds != NULL
			? taking->step->adds
			: taking->step->changes;
		const struct definition_field *field = definition_field(of,
			part, taking->input->given[i].name);
		if (field == NULL)
			field = definition_field(of, NULL,
				taking->input->given[i].name);
		if (field != NULL && !sight_may_give(field, at->roles))
			return fault_set(fault, FAULT_DENIED,
				"your role may not give: %s", field->label);
	}
	return true;
}

/* ---- What moves ---- */

static const struct work_item *find_item(const struct work_item *items,
	size_t count, const struct work_item *wanted)
{
	for (size_t i = 0; i < count; i++)
		if (items[i].clock == wanted->clock
			&& items[i].item == wanted->item)
			return &items[i];
	return NULL;
}

static void add_move(struct desk_step_output *out, struct desk_move *moves,
	const struct work_item *before, const struct work_item *after)
{
	const struct definition_clock *clock = before != NULL ? before->clock
							      : after->clock;
	struct date was = before == NULL ? DATE_NONE : before->due;
	struct date is = after == NULL ? DATE_NONE : after->due;
	bool was_done = before != NULL && before->done.day != 0;
	bool is_done = after != NULL && after->done.day != 0;
	if (before != NULL && after != NULL && was.day == is.day
		&& was_done == is_done)
		return;
	moves[out->move_count++] = (struct desk_move){.title = clock->title,
		.law = clock->law,
		.before = was,
		.after = is,
		.is_done = is_done};
}

static void find_moves(struct case_at *at, const struct entry *before,
	const struct entry *after, const struct condition_calendar *calendar,
	struct desk_step_output *out)
{
	const struct work_item *old = NULL, *new;
	size_t old_count = 0, new_count;
	struct date today = at->desk->today;
	if (before->version > 0)
		work_of(before, today, calendar, at->desk->arena, &old,
			&old_count);
	work_of(after, today, calendar, at->desk->arena, &new, &new_count);
	struct desk_move *moves = arena_array(at->desk->arena,
		old_count + new_count + 1, sizeof *moves);
	for (size_t i = 0; i < new_count; i++)
		add_move(out, moves, find_item(old, old_count, &new[i]), &new[i]);
	for (size_t i = 0; i < old_count; i++)
		if (find_item(new, new_count, &old[i]) == NULL)
			add_move(out, moves, &old[i], NULL);
	out->moves = moves;
}

/* ---- Doing it ---- */

bool acts_tell(struct case_at *at, struct store *store,
	const struct acts_message *message, struct fault *fault)
{
	return store_run(store, store_find(case_sql, "told_add"),
		STORE_VALUES(store_integer(at->part.la),
			store_integer(ident_next(&at->ids)),
			store_string(message->kind),
			store_string(message->login == NULL ? "" : message->login),
			store_string(message->role == NULL ? "" : message->role),
			store_integer(message->entry),
			store_string(message->subject),
			store_string(message->content), store_string(at->now)),
		fault);
}

static bool tell_all(struct case_at *at, const struct definition_step *step,
	const struct entry *entry, struct fault *fault)
{
	for (size_t i = 0; i < step->tell_count; i++)
		if (!acts_tell(at, at->part.store,
			    &(struct acts_message){.kind = "told",
				    .role = step->tells[i],
				    .subject = step->title,
				    .content = case_at_reference(at, entry->of,
					    entry->id),
				    .entry = entry->id},
			    fault))
			return false;
	return true;
}

static bool refuse(const struct desk_step_output *out, struct fault *fault)
{
	const struct step_mistake *first = out->outcome.mistakes;
	for (size_t i = 0; i < out->outcome.count && first->is_warning; i++)
		first++;
	fault_set(fault, FAULT_INPUT, "%s", first->message);
	fault_hint(fault, "%s", first->hint);
	if (out->outcome.refused > 1)
		fault_detail(fault, "and %zu more", out->outcome.refused - 1);
	text_copy(fault->field, sizeof fault->field, text_of(first->field));
	return false;
}

static bool one_is_open(struct case_at *at, const struct entry *entry,
	struct fault *fault)
{
	int64_t id;
	if (!entry->of->has_one_open || entry->subject == 0)
		return true;
	if (!keep_open_about(&at->keep, entry->of, entry->subject, &id, fault))
		return false;
	if (id == 0)
		return true;
	fault_set(fault, FAULT_CONFLICT,
		"there is an open entry about this child already");
	return fault_hint(fault, "it is %s",
		case_at_reference(at, entry->of, id));
}

/* Somebody else was first: say what they did. */
static bool check_version(struct case_at *at, const struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
{
	const struct entry *before = taking->before;
	int version = taking->input->version;
	if (version == 0 || version == before->version)
		return true;
	if (!acts_versions(at, before, version, &out->since, &out->since_count,
		    fault))
		return false;
	out->version = before->version;
	fault_set(fault, FAULT_CONFLICT,
		"somebody else changed this entry since you read it");
	return fault_hint(fault, "look at what changed, then do it again");
}

bool acts_take(struct case_at *at, const struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
{
	const struct desk_step_input *in = taking->input;
	struct desk *desk = at->desk;
	struct entry *before = taking->before, *after;
	struct condition_calendar calendar;
	struct date on = date_is_none(in->on) ? desk->today : in->on;
	struct step_request request = {.step = taking->step,
		.given = in->given,
		.count = in->count,
		.item = in->item != 0 ? in->item : ident_next(&at->ids),
		.on = on,
		.today = desk->today,
		.actor = taking->actor,
		.reason = in->reason == NULL ? "" : in->reason,
		.calendar = &calendar};
	struct keep_change change = {.step = taking->step->name,
		.actor = taking->actor,
		.reason = request.reason,
		.purpose = desk->person.purpose,
		.on = on,
		.today = desk->today,
		.ids = &at->ids};
	if (!check_version(at, taking, out, fault)
		|| !keep_dress(&at->keep, before, on, &calendar, fault))
		return false;
	step_take(before, &request, desk->arena, &after, &out->outcome);
	if (after == NULL)
		return refuse(out, fault);
	find_moves(at, before, after, &calendar, out);
	out->letters = taking->step->letters;
	out->letter_count = taking->step->letter_count;
	out->version = after->version;
	out->reference = after->id == 0
		? ""
		: case_at_reference(at, after->of, after->id);
	if (taking->is_trial)
		return true;
	if ((taking->step->opens && !one_is_open(at, after, fault))
		|| !keep_save(&at->keep, after, &change, fault)
		|| !tell_all(at, taking->step, after, fault))
		return false;
	out->version = after->version;
	out->reference = case_at_reference(at, after->of, after->id);
	return true;
}

/* A step that somebody must agree to is tried now and kept as a proposal. */
static bool take_or_propose(struct case_at *at, struct acts_taking *taking,
	struct desk_step_output *out, struct fault *fault)
{
	bool is_trial = taking->is_trial;
	if (!may_take(at, taking, fault))
		return false;
	if (taking->step->approve == 0 || is_trial)
		return acts_take(at, taking, out, fault);
	taking->is_trial = true;
	return acts_take(at, taking, out, fault)
		&& acts_propose(at, taking, out, fault);
}

static bool step_once(struct case_at *at, const struct desk_step_input *in,
	bool is_trial, struct desk_step_output *out, struct fault *fault)
{
	struct acts_taking taking;
	*out = (struct desk_step_output){.reference = ""};
	if (!acts_find_step(at, in, &taking, fault))
		return false;
	taking.is_trial = is_trial;
	return take_or_propose(at, &taking, out, fault);
}

static struct acts_note note_of(struct case_at *at,
	const struct desk_step_input *in, const struct desk_step_output *out)
{
	struct entry *entry;
	struct fault ignored = {0};
	int64_t child = in->child;
	int64_t id;
	if (out->reference[0] != '\0'
		&& case_at_number(at, text_of(out->reference), &id, &ignored)
		&& keep_load(&at->keep, id, &entry, &ignored))
		child = entry->subject;
	return case_at_note(at, child, out->reference);
}

bool acts_case_step(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	struct case_at at;
	if (!case_at_open(desk, &at, fault)
		|| !step_once(&at, input, false, output, fault))
		return false;
	*note = note_of(&at, input, output);
	return true;
}

bool acts_case_try(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	struct case_at at;
	if (!case_at_open(desk, &at, fault)
		|| !step_once(&at, input, true, output, fault))
		return false;
	*note = note_of(&at, input, output);
	return true;
}

/* All in the transaction of the act: one that fails undoes those before it. */
bool acts_case_bulk(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_bulk_input *in = input;
	struct desk_bulk_output *out = output;
	struct case_at at;
	if (!case_at_open(desk, &at, fault))
		return false;
	out->outputs = arena_array(desk->arena, in->count + 1,
		sizeof *out->outputs);
	for (size_t i = 0; i < in->count; i++)
		if (!step_once(&at, &in->steps[i], false, &out->outputs[i],
			    fault)) {
			fault_detail(fault, "at " TEXT_FORMAT,
				TEXT_ARGS(in->steps[i].reference));
			return false;
		}
	*note = (struct acts_note){"register", "bulk",
		arena_format(desk->arena, "%zu entries", in->count)};
	return true;
}

/* ---- Giving an entry to somebody ---- */

/* Whoever only looks cannot give work away: a role that takes some step can. */
static bool works_in(const struct case_at *at, const struct definition *of)
{
	for (size_t i = 0; i < of->step_count; i++)
		if ((of->steps[i].who & at->roles) != 0 && !of->steps[i].opens)
			return true;
	return false;
}

bool acts_case_assign(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_assign_input *in = input;
	struct desk_step_output *out = output;
	struct case_at at;
	struct entry *entry;
	*out = (struct desk_step_output){.reference = ""};
	if (!case_at_open(desk, &at, fault)
		|| !case_at_load(&at, in->reference, &entry, fault))
		return false;
	if (!works_in(&at, entry->of))
		return fault_set(fault, FAULT_DENIED,
			"your role may not give this entry to somebody");
	struct desk_step_input step = {.version = in->version};
	struct acts_taking taking = {.input = &step, .before = entry};
	if (!check_version(&at, &taking, out, fault))
		return false;
	entry_set_slot(entry, DEFINITION_OWNER, value_text(in->owner));
	if (in->team.length > 0)
		entry_set_slot(entry, DEFINITION_TEAM, value_text(in->team));
	struct keep_change change = {.step = "assign",
		.actor = desk->person.login,
		.reason = in->reason == NULL ? "" : in->reason,
		.purpose = desk->person.purpose,
		.on = desk->today,
		.today = desk->today,
		.ids = &at.ids};
	if (!keep_save(&at.keep, entry, &change, fault))
		return false;
	out->version = entry->version;
	out->reference = case_at_reference(&at, entry->of, entry->id);
	*note = case_at_note(&at, entry->subject, out->reference);
	return in->owner.length == 0
		|| acts_tell(&at, at.part.store,
			&(struct acts_message){.kind = "told",
				.login = arena_string(desk->arena, in->owner),
				.subject = "An entry is yours now",
				.content = out->reference,
				.entry = entry->id},
			fault);
}
