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

/* The part whose row it adds or changes; NULL: the entry itself. */
static const struct definition_part *row_of(const struct definition_step *step)
{
	return step->adds != NULL ? step->adds : step->changes;
}

/* ---- What it asks ---- */

/* A field is asked once; a second time would hide the first. */
static void check_ask(struct definition_reader *reader,
	const struct definition_step *step, const struct tree *node,
	const struct definition_ask *ask)
{
	struct text name = text_of(ask->field->name);
	if (ask->field->derived != NULL)
		tree_mistake(reader->tree, node,
			"is worked out, so it cannot be asked", name, "");
	for (const struct definition_ask *at = step->asks; at < ask; at++)
		if (at->field == ask->field)
			tree_mistake(reader->tree, node, "is asked twice", name,
				"");
}

/* "held_on", "held_on!", or {field: held_on, required: CONDITION}. */
static void read_ask(struct definition_reader *reader,
	const struct definition_step *step, const struct tree *node,
	struct definition_ask *ask)
{
	static const struct tree_key keys[] = {{"field", definition_take_nothing,
						       0, true},
		{"required", definition_take_flag,
			offsetof(struct definition_ask, required), false},
		{NULL, NULL, 0, false}};
	const struct tree *field = node->kind == TREE_SCALAR
		? node
		: tree_find(node, "field");
	if (node->kind != TREE_SCALAR)
		tree_take(reader, node, keys, "the question lacks", ask);
	if (field == NULL)
		return;
	struct text name = tree_scalar(reader->tree, field);
	if (text_ends(name, TEXT("!"))) {
		ask->is_required = true;
		name.length--;
	}
	if (field->kind == TREE_SCALAR)
		ask->field = definition_field_named(reader, row_of(step), field,
			name);
	if (ask->field != NULL)
		check_ask(reader, step, field, ask);
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
			read_ask(reader, step, at,
				&step->asks[step->ask_count++]);
}

/* ---- What it gives ---- */

/* A value of its own would be lost, unless it is what was given made more. */
struct using
{
	const char *name;
	bool is_used;
};

static void use(void *context, const struct condition_name *name)
{
	struct using *using = context;
	using->is_used = using->is_used
		|| text_is(text_of(name->name), using->name);
}

static void check_set(struct definition_reader *reader,
	const struct definition_step *step, const struct tree *node,
	const struct definition_set *set)
{
	const struct definition_field *field = set->field;
	struct using using = {field->name, false};
	if (set->value != NULL)
		condition_uses(set->value, use, &using);
	if (field->derived != NULL)
		tree_mistake_key(reader->tree, node,
			"is worked out, so it cannot be set", node->key, "");
	for (size_t i = 0; i < step->ask_count; i++)
		if (step->asks[i].field == field && !using.is_used)
			tree_mistake_key(reader->tree, node,
				"is asked by this step, so it cannot be set too",
				node->key, "");
}

static void take_sets(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_step *step = into;
	if (node->kind != TREE_MAPPING) {
		tree_mistake(reader->tree, node,
			"must be fields and what they are set to", nothing,
			"as: closed_on: today");
		return;
	}
	step->sets = arena_array(reader->tree->arena, tree_length(node) + 1,
		sizeof *step->sets);
	for (const struct tree *at = node->first; at != NULL; at = at->next) {
		struct definition_set *set = &step->sets[step->set_count];
		struct tree key = {.file = at->file,
			.line = at->key_line,
			.column = at->key_column};
		set->field = definition_field_named(reader, row_of(step), &key,
			at->key);
		if (set->field == NULL)
			continue;
		set->value = definition_condition(reader, at,
			definition_field_kind(set->field));
		check_set(reader, step, at, set);
		step->set_count++;
	}
}

/* ---- What must hold ---- */

/* The input at fault must be one the step asks for. */
static void check_guard_field(struct definition_reader *reader,
	const struct definition_step *step, const struct tree *node)
{
	if (node == NULL || node->kind != TREE_SCALAR)
		return;
	const struct definition_field *field = definition_field_named(reader,
		reader->part, node, node->text);
	for (size_t i = 0; i < step->ask_count; i++)
		if (field == step->asks[i].field)
			return;
	if (field != NULL)
		tree_mistake(reader->tree, node, "is not asked by this step",
			node->text, "");
}

static void read_guard(struct definition_reader *reader,
	const struct definition_step *step, const struct tree *node,
	struct definition_guard *guard)
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
	check_guard_field(reader, step, tree_find(node, "field"));
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
			read_guard(reader, step, at,
				&step->guards[step->guard_count++]);
}

/* ---- Names for others ---- */

static const char *const *names(struct definition_reader *reader,
	const struct tree *node, size_t *out_count)
{
	const char **list = arena_array(reader->tree->arena,
		tree_length(node) + 1, sizeof *list);
	if (!definition_is_some(reader, node))
		return list;
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
	const struct definition_part *row = row_of(step);
	const struct {
		bool is_wrong;
		const char *at, *message;
	} rules[] = {
		{step->opens && tree_find(node, "from-states") != NULL,
			"from-states",
			"a step that opens an entry comes from no state"},
		{step->opens && tree_find(node, "to") == NULL, "opens",
			"a step that opens an entry says to which state"},
		{step->opens && step->approve != 0, "approve",
			"a step that opens an entry cannot wait for agreement"},
		{step->opens && step->changes != NULL, "changes",
			"an entry that is opened has no rows yet"},
		{row != NULL && row->is_own,
			step->adds != NULL ? "adds" : "changes",
			"the part of states is kept by every step"},
		{step->adds != NULL && step->changes != NULL, "changes",
			"a step adds a row or changes one, not both"},
	};
	if (!step->opens && tree_find(node, "from-states") == NULL)
		tree_mistake(reader->tree, node, "the step lacks",
			TEXT("from-states"), "");
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		const struct tree *at = tree_find(node, rules[i].at);
		if (rules[i].is_wrong)
			tree_mistake_key(reader->tree, at == NULL ? node : at,
				rules[i].message, node->key, "");
	}
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
	size_t count = definition_count(reader, node, DEFINITION_STEPS);
	definition->steps = arena_array(reader->tree->arena, count + 1,
		sizeof *definition->steps);
	for (const struct tree *at = count == 0 ? NULL : node->first;
		at != NULL; at = at->next)
		read_step(reader, at,
			&definition->steps[definition->step_count++]);
}
