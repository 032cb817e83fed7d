/* SPDX-License-Identifier: MIT
 *
 * Taking steps: read what is given, work out what follows, then see what must
 * hold.
 */
#include "register/step.h"

#include "register/given.h"

struct taking {
	const struct step_request *request;
	struct arena *arena;
	struct entry *after;
	struct value *row; /* of the part the step is about, or NULL */
	struct step_mistake *mistakes;
	struct step_outcome outcome;
};

static void add_mistake(struct taking *taking, struct step_mistake mistake)
{
	struct step_outcome *outcome = &taking->outcome;
	if (outcome->count == STEP_MISTAKES)
		return;
	if (mistake.hint == NULL)
		mistake.hint = "";
	if (mistake.source == NULL)
		mistake.source = "";
	outcome->refused += !mistake.is_warning;
	taking->mistakes[outcome->count++] = mistake;
}

static bool is_mistaken(const struct taking *taking, const char *field)
{
	for (size_t i = 0; i < taking->outcome.count; i++)
		if (text_is(text_of(taking->mistakes[i].field), field))
			return true;
	return false;
}

static const struct definition_part *part_of(const struct definition_step *step)
{
	return step->adds != NULL ? step->adds : step->changes;
}

bool step_is_open(const struct entry *entry, const struct definition_step *step,
	struct date on)
{
	const struct definition_state *state = entry_state(entry);
	if (!definition_holds_on(&step->span, entry_settings(entry), on))
		return false;
	if (step->opens)
		return state == NULL;
	return state != NULL
		&& (step->from >> (state - entry->of->states) & 1) != 0;
}

/* ---- What is given ---- */

static const struct definition_ask *find_ask(const struct definition_step *step,
	struct text name)
{
	for (size_t i = 0; i < step->ask_count; i++)
		if (text_is(name, step->asks[i].field->name))
			return &step->asks[i];
	return NULL;
}

/* A field of the step's part stands in its row, any other in the entry. */
static struct value *place_of(struct taking *taking,
	const struct definition_field *field)
{
	const struct definition_part *part = part_of(taking->request->step);
	bool is_of_row = part != NULL && field >= part->fields
		&& field < part->fields + part->field_count;
	return is_of_row ? &taking->row[field->slot]
			 : &taking->after->values[field->slot];
}

static void take_given(struct taking *taking, const struct step_given *given)
{
	const struct step_request *request = taking->request;
	const struct definition_ask *ask = find_ask(request->step, given->name);
	const char *message = "";
	struct value value;
	const char *name = arena_string(taking->arena,
		text_cut(given->name, 0, 60));
	if (ask == NULL) {
		add_mistake(taking,
			(struct step_mistake){.field = name,
				.message = arena_format(taking->arena,
					"\"%s\" is not asked for by this step",
					name)});
		return;
	}
	if (!definition_holds_on(&ask->field->span,
		    entry_settings(taking->after), request->on)) {
		add_mistake(taking,
			(struct step_mistake){.field = ask->field->name,
				.message = arena_format(taking->arena,
					"%s is not in force on this day",
					ask->field->label),
				.source = ask->field->source});
		return;
	}
	if (!given_read(ask->field, given->text, request->on, taking->arena,
		    &value, &message)) {
		add_mistake(taking,
			(struct step_mistake){.field = name,
				.message = message,
				.hint = ask->field->hint});
		return;
	}
	*place_of(taking, ask->field) = value;
}

static void check_twice(struct taking *taking)
{
	const struct step_request *request = taking->request;
	for (size_t i = 0; i < request->count; i++)
		for (size_t j = 0; j < i; j++)
			if (text_equals(request->given[i].name,
				    request->given[j].name))
				add_mistake(taking,
					(struct step_mistake){.field = arena_string(taking->arena,
								      text_cut(request->given[i]
										       .name,
									      0,
									      60)),
						.message = "is given twice"});
}

/* ---- What follows ---- */

static const struct condition_input *input_of(struct taking *taking)
{
	return entry_input(taking->after, taking->row, taking->request->on,
		taking->request->calendar);
}

static void apply_sets(struct taking *taking)
{
	const struct definition_step *step = taking->request->step;
	for (size_t i = 0; i < step->set_count; i++)
		*place_of(taking, step->sets[i].field) =
			condition_value(step->sets[i].value, input_of(taking));
}

/* The state it leaves ends on the day; a day before it began, as a correction
 * may give, ends it where it began. */
static void stay(struct taking *taking, const struct definition_state *state)
{
	struct entry *after = taking->after;
	const struct definition_part *stays = definition_stays(after->of);
	struct entry_part *rows = &after->parts[stays->number - 1];
	struct date on = taking->request->on;
	if (rows->count > 0) {
		struct value *last = rows->rows[rows->count - 1];
		struct value from = last[DEFINITION_STAY_FROM];
		if (from.kind == VALUE_DATE && from.date.day > on.day)
			on = from.date;
		last[DEFINITION_STAY_UNTIL] = value_date(on);
	}
	if (rows->count == ENTRY_ROWS)
		return;
	size_t place = entry_add_row(after, stays, (int64_t)rows->count + 1, on);
	struct value *row = rows->rows[place];
	row[DEFINITION_STAY_STATE] = value_text(text_of(state->name));
	row[DEFINITION_STAY_FROM] = value_date(on);
}

static void move(struct taking *taking)
{
	const struct definition_step *step = taking->request->step;
	struct entry *after = taking->after;
	struct value on = value_date(taking->request->on);
	if (step->opens) {
		entry_set_slot(after, DEFINITION_OPENED, on);
		entry_set_slot(after, DEFINITION_TEAM,
			value_text(text_of(after->of->team)));
	}
	if (step->to == NULL || step->to == entry_state(after))
		return;
	stay(taking, step->to);
	entry_set_slot(after, DEFINITION_STATE,
		value_text(text_of(step->to->name)));
	entry_set_slot(after, DEFINITION_SINCE, on);
	entry_set_slot(after, DEFINITION_CLOSED,
		step->to->closes ? on : value_empty());
}

/* ---- What must hold ---- */

static void check_asks(struct taking *taking)
{
	const struct definition_step *step = taking->request->step;
	const struct condition_input *input = input_of(taking);
	for (size_t i = 0; i < step->ask_count; i++) {
		const struct definition_ask *ask = &step->asks[i];
		const struct definition_field *field = ask->field;
		struct value *value = place_of(taking, field);
		if (!definition_holds_on(&field->span,
			    entry_settings(taking->after), taking->request->on))
			continue;
		/* What is no longer asked is no longer so. */
		if (field->asked != NULL
			&& !condition_holds(field->asked, input)) {
			*value = value_empty();
			continue;
		}
		bool is_required = ask->is_required
			|| (ask->required != NULL
				&& condition_holds(ask->required, input))
			|| (field->required != NULL
				&& condition_holds(field->required, input));
		if (is_required && value->kind == VALUE_EMPTY
			&& !is_mistaken(taking, field->name))
			add_mistake(taking,
				(struct step_mistake){.field = field->name,
					.message = given_missing(field,
						taking->arena),
					.hint = field->hint,
					.source = field->source});
	}
}

static void check_guards(struct taking *taking)
{
	const struct definition_step *step = taking->request->step;
	const struct condition_input *input = input_of(taking);
	for (size_t i = 0; i < step->guard_count; i++) {
		const struct definition_guard *guard = &step->guards[i];
		if (!definition_holds_on(&guard->span,
			    entry_settings(taking->after), taking->request->on)
			|| condition_holds(guard->need, input)
			|| (guard->field != NULL
				&& is_mistaken(taking, guard->field)))
			continue;
		add_mistake(taking,
			(struct step_mistake){.field = guard->field == NULL
					? ""
					: guard->field,
				.message = guard->say,
				.hint = guard->hint,
				.source = guard->source,
				.is_warning = guard->is_warning});
	}
}

static void check_day(struct taking *taking)
{
	const struct step_request *request = taking->request;
	struct value opened = entry_slot(taking->after, DEFINITION_OPENED);
	if (request->on.day > request->today.day)
		add_mistake(taking,
			(struct step_mistake){.field = "on",
				.message = "The day of the event must"
					   " be today or in the past"});
	if (!request->step->opens && opened.kind == VALUE_DATE
		&& request->on.day < opened.date.day)
		add_mistake(taking,
			(struct step_mistake){.field = "on",
				.message = "The day of the event must be on or"
					   " after the day the entry was opened"});
	if (request->step->needs_reason && request->reason[0] == '\0')
		add_mistake(taking,
			(struct step_mistake){.field = "reason",
				.message = "Enter the reason for the"
					   " correction"});
}

/* The row the step is about; false where there is no such row. */
static bool find_row(struct taking *taking)
{
	const struct step_request *request = taking->request;
	const struct definition_part *part = part_of(request->step);
	size_t place;
	if (part == NULL)
		return true;
	struct entry_part *rows = &taking->after->parts[part->number - 1];
	if (request->step->adds != NULL && rows->count >= ENTRY_ROWS) {
		add_mistake(taking,
			(struct step_mistake){.field = "",
				.message = "This entry holds as many"
					   " as kith can keep"});
		return false;
	}
	if (request->step->adds != NULL)
		place = entry_add_row(taking->after, part, request->item,
			request->on);
	else if (!entry_find_row(taking->after, part, request->item, &place)) {
		add_mistake(taking,
			(struct step_mistake){.field = "item",
				.message = arena_format(taking->arena,
					"There is no such %s in this entry",
					part->one)});
		return false;
	}
	taking->row = rows->rows[place];
	return true;
}

void step_take(const struct entry *before, const struct step_request *request,
	struct arena *arena, struct entry **out_after,
	struct step_outcome *out_outcome)
{
	struct taking taking = {.request = request,
		.arena = arena,
		.after = entry_copy(before, arena),
		.mistakes = arena_array(arena, STEP_MISTAKES,
			sizeof *taking.mistakes)};
	*out_after = NULL;
	if (!step_is_open(before, request->step, request->on)) {
		const struct definition_state *state = entry_state(before);
		add_mistake(&taking,
			(struct step_mistake){.field = "",
				.message = arena_format(arena,
					"\"%s\" cannot be done now",
					request->step->title),
				.hint = state == NULL
					? ""
					: arena_format(arena,
						"the entry is in the state %s",
						state->title),
				.source = request->step->source});
	} else if (find_row(&taking)) {
		entry_set_slot(taking.after, DEFINITION_ACTOR,
			value_text(text_of(request->actor)));
		check_day(&taking);
		check_twice(&taking);
		for (size_t i = 0; i < request->count; i++)
			take_given(&taking, &request->given[i]);
		check_asks(&taking);
		apply_sets(&taking);
		entry_derive(taking.after, request->on, request->calendar);
		check_guards(&taking);
		move(&taking);
		entry_derive(taking.after, request->on, request->calendar);
	}
	taking.outcome.mistakes = taking.mistakes;
	*out_outcome = taking.outcome;
	if (taking.outcome.refused == 0)
		*out_after = taking.after;
}
