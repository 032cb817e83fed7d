/* SPDX-License-Identifier: MIT
 *
 * Steps: from where to where, who may take them, what must hold, what they ask
 * and give.
 */
#include <stddef.h>

#include "base/nearest.h"
#include "register/definition-inside.h"

enum { MOST_NAME = 40 };

static const struct text nothing = {"", 0};

/* ---- What it asks ---- */

/* "held_on", "held_on!", or {field: held_on, required: CONDITION}. */
static void read_ask(struct definition_reader *reader,
	const struct definition_part *part, const struct tree *node,
	struct definition_ask *ask)
{
	const struct tree *field = node->kind == TREE_SCALAR
		? node
		: tree_find(node, "field");
	const struct tree *required = tree_find(node, "required");
	if (field == NULL || field->kind != TREE_SCALAR) {
		tree_mistake(reader->tree, node, "must name a field", nothing,
			"");
		return;
	}
	struct text name = field->text;
	if (text_ends(name, TEXT("!"))) {
		ask->is_required = true;
		name.length--;
	}
	ask->field = definition_field_named(reader, part, field, name);
	if (required != NULL)
		ask->required = definition_condition(reader, required,
			VALUE_FLAG);
	if (ask->field != NULL && ask->field->derived != NULL)
		tree_mistake(reader->tree, field,
			"is worked out, so it cannot be asked", name, "");
}

static const struct definition_part *row_of(const struct definition_step *step)
{
	return step->adds != NULL ? step->adds : step->changes;
}

/* "all": every field of the row, or of the entry, that people give. */
static void ask_all(struct definition_reader *reader, struct definition_step *step)
{
	const struct definition_part *part = row_of(step);
	const struct definition *definition = reader->definition;
	const struct definition_field *fields = part == NULL ? definition->fields
							     : part->fields;
	size_t count = part == NULL ? definition->field_count : part->field_count;
	step->asks = arena_array(reader->tree->arena, count + 1,
		sizeof *step->asks);
	for (size_t i = 0; i < count; i++)
		if (fields[i].derived == NULL)
			step->asks[step->ask_count++].field = &fields[i];
}

static void take_asks(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	if (node->kind == TREE_SCALAR && text_is(node->text, "all")) {
		ask_all(reader, step);
		return;
	}
	size_t most = tree_length(node);
	step->asks = arena_array(reader->tree->arena, most + 1,
		sizeof *step->asks);
	if (node->kind != TREE_LIST)
		tree_mistake(reader->tree, node, "must be a list of fields",
			nothing, "");
	else
		for (const struct tree *at = node->first; at != NULL;
			at = at->next)
			read_ask(reader, row_of(step), at,
				&step->asks[step->ask_count++]);
}

/* ---- What it gives ---- */

static void take_sets(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	step->sets = arena_array(reader->tree->arena, tree_length(node) + 1,
		sizeof *step->sets);
	for (const struct tree *at = node->first; at != NULL; at = at->next) {
		struct definition_set *set = &step->sets[step->set_count];
		set->field = definition_field_named(reader, row_of(step), at,
			at->key);
		if (set->field == NULL)
			continue;
		set->value = definition_condition(reader, at,
			definition_field_kind(set->field));
		step->set_count++;
	}
}

/* ---- What must hold ---- */

static void read_guard(struct definition_reader *reader,
	const struct tree *node, struct definition_guard *guard)
{
	static const struct tree_key keys[] =
		{{"need", definition_take_flag,
			 offsetof(struct definition_guard, need), true},
			{"say", definition_take_string,
				offsetof(struct definition_guard, say), true},
			{"hint", definition_take_string,
				offsetof(struct definition_guard, hint), false},
			{"source", definition_take_string,
				offsetof(struct definition_guard, source), false},
			{"field", definition_take_string,
				offsetof(struct definition_guard, field), false},
			{"warning", definition_take_yes,
				offsetof(struct definition_guard, is_warning),
				false},
			DEFINITION_SPAN_KEYS(struct definition_guard),
			{NULL, NULL, 0, false}};
	guard->hint = guard->source = "";
	guard->line = node->line;
	tree_take(reader, node, keys, "the guard lacks", guard);
	const struct tree *field = tree_find(node, "field");
	if (field != NULL)
		(void)definition_field_named(reader, reader->part, field,
			field->text);
}

static void take_guards(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	step->guards = arena_array(reader->tree->arena, tree_length(node) + 1,
		sizeof *step->guards);
	if (node->kind != TREE_LIST)
		tree_mistake(reader->tree, node, "must be a list of guards",
			nothing, "");
	else
		for (const struct tree *at = node->first; at != NULL;
			at = at->next)
			read_guard(reader, at,
				&step->guards[step->guard_count++]);
}

/* ---- Names for others ---- */

static const char *const *names(struct definition_reader *reader,
	const struct tree *node, size_t *out_count)
{
	const char **list = arena_array(reader->tree->arena,
		tree_length(node) + 1, sizeof *list);
	if (node->kind == TREE_SCALAR)
		list[(*out_count)++] = arena_string(reader->tree->arena,
			node->text);
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		list[(*out_count)++] = arena_string(reader->tree->arena,
			tree_scalar(reader->tree, at));
	return list;
}

static void take_letters(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	step->letters = names(reader, node, &step->letter_count);
}

static void take_tells(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	uint64_t roles = 0;
	definition_take_roles(context, node, &roles);
	step->tells = names(reader, node, &step->tell_count);
}

static void take_to(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct text name = tree_scalar(reader->tree, node);
	const struct definition_state *state =
		definition_state(reader->definition, name);
	const char *known[DEFINITION_STATES];
	for (size_t i = 0; i < reader->definition->state_count; i++)
		known[i] = reader->definition->states[i].name;
	if (state == NULL)
		tree_mistake(reader->tree, node, "is no state of this register",
			name,
			nearest_hint(reader->tree->arena, name, known,
				reader->definition->state_count));
	*(const struct definition_state **)into = state;
}

/* ---- The whole ---- */

/* The part comes first: what follows may name its fields. */
static const struct tree_key step_keys[] = {{"adds", definition_take_part,
						    offsetof(struct definition_step,
							    adds),
						    false},
	{"changes", definition_take_part,
		offsetof(struct definition_step, changes), false},
	{"title", definition_take_string,
		offsetof(struct definition_step, title), true},
	{"about", definition_take_string,
		offsetof(struct definition_step, about), false},
	{"opens", definition_take_yes, offsetof(struct definition_step, opens),
		false},
	{"from-states", definition_take_states,
		offsetof(struct definition_step, from), false},
	{"to", take_to, offsetof(struct definition_step, to), false},
	{"who", definition_take_roles, offsetof(struct definition_step, who),
		true},
	{"approve", definition_take_roles,
		offsetof(struct definition_step, approve), false},
	{"asks", take_asks, 0, false}, {"sets", take_sets, 0, false},
	{"guards", take_guards, 0, false}, {"letters", take_letters, 0, false},
	{"tells", take_tells, 0, false},
	{"needs-reason", definition_take_yes,
		offsetof(struct definition_step, needs_reason), false},
	DEFINITION_SPAN_KEYS(struct definition_step),
	{"source", definition_take_string,
		offsetof(struct definition_step, source), false},
	{NULL, NULL, 0, false}};

static void check_step(struct definition_reader *reader,
	const struct tree *node, const struct definition_step *step)
{
	if (step->opens && step->from != 0)
		tree_mistake(reader->tree, node,
			"a step that opens an entry comes from no state",
			node->key, "");
	if (step->opens && step->to == NULL)
		tree_mistake(reader->tree, node,
			"a step that opens an entry says to which state",
			node->key, "");
	if (!step->opens && step->from == 0)
		tree_mistake(reader->tree, node, "the step lacks",
			TEXT("from-states"), "");
	if (row_of(step) != NULL && row_of(step)->is_own)
		tree_mistake(reader->tree, node,
			"the part of states is kept by every step", node->key,
			"");
	if (step->adds != NULL && step->changes != NULL)
		tree_mistake(reader->tree, node,
			"a step adds a row or changes one, not both", node->key,
			"");
}

static void read_step(struct definition_reader *reader, const struct tree *node,
	struct definition_step *step)
{
	step->name = arena_string(reader->tree->arena, node->key);
	step->about = step->source = "";
	step->line = node->key_line;
	definition_check_name(reader, node, '-', MOST_NAME);
	reader->part = NULL;
	tree_take(reader, node, step_keys, "the step lacks", step);
	check_step(reader, node, step);
	reader->part = NULL;
}

void definition_read_steps(struct definition_reader *reader,
	const struct tree *node)
{
	struct definition *definition = reader->definition;
	size_t count = node == NULL ? 0 : tree_length(node);
	if (node != NULL
		&& (node->kind != TREE_MAPPING || count > DEFINITION_STEPS)) {
		tree_mistake(reader->tree, node,
			"must be names and values, not more than kith can take",
			nothing, "");
		count = 0;
	}
	definition->steps = arena_array(reader->tree->arena, count + 1,
		sizeof *definition->steps);
	for (const struct tree *at = count == 0 ? NULL : node->first;
		at != NULL; at = at->next)
		read_step(reader, at,
			&definition->steps[definition->step_count++]);
}
