/* SPDX-License-Identifier: MIT
 *
 * Reading a condition whole, and asking it.
 */
#include "register/condition.h"

#include "register/condition-inside.h"

struct condition_node *condition_refuse(struct condition_reader *reader,
	size_t at, const char *message, const char *hint)
{
	if (!reader->has_mistake)
		reader->mistake = (struct condition_mistake){at, message, hint};
	reader->has_mistake = true;
	return NULL;
}

/* The whole text, or NULL. */
static const struct condition_node *read_top(struct condition_reader *reader)
{
	if (reader->source.length > CONDITION_LENGTH)
		return condition_refuse(reader, CONDITION_LENGTH,
			arena_format(reader->arena,
				"the condition is longer than %d bytes",
				CONDITION_LENGTH),
			"make a field of a part of it");
	condition_lex(reader);
	const struct condition_node *top = condition_expression(reader);
	if (top != NULL && condition_is_at(reader, ")"))
		return condition_refuse(reader, reader->token.at,
			"this bracket closes nothing", "");
	if (top != NULL && reader->token.kind != CONDITION_END)
		return condition_unexpected(reader, "\"and\" or \"or\"", "");
	return top;
}

static const struct condition *read(struct arena *arena, struct text source,
	const struct condition_scope *scope, enum value_kind wanted,
	struct condition_mistake *out_mistake)
{
	struct condition *condition = arena_new(arena, sizeof *condition);
	*condition = (struct condition){
		.names = arena_array(arena, CONDITION_NODES,
			sizeof *condition->names),
		.uses_part = arena_array(arena, scope->part_count + 1,
			sizeof *condition->uses_part),
		.part_count = scope->part_count,
	};
	struct condition_reader reader = {
		.arena = arena,
		.source = arena_text(arena, source),
		.scope = scope,
		.rows = {0, scope->row_part},
		.level = scope->row_part > 0,
		.condition = condition,
	};
	condition->top = read_top(&reader);
	if (condition->top != NULL && wanted != VALUE_EMPTY
		&& condition->top->kind != wanted)
		condition_refuse(&reader, 0,
			arena_format(arena, "this gives %s where %s is wanted",
				condition_kind_words(condition->top->kind),
				condition_kind_words(wanted)),
			"");
	if (!reader.has_mistake)
		return condition;
	*out_mistake = reader.mistake;
	return NULL;
}

const struct condition *condition_read(struct arena *arena, struct text source,
	const struct condition_scope *scope, enum value_kind wanted,
	struct condition_mistake *out_mistake)
{
	return read(arena, source, scope, wanted, out_mistake);
}

const struct condition *condition_read_any(struct arena *arena,
	struct text source, const struct condition_scope *scope,
	enum value_kind *out_kind, struct condition_mistake *out_mistake)
{
	const struct condition *condition = read(arena, source, scope,
		VALUE_EMPTY, out_mistake);
	if (condition != NULL)
		*out_kind = condition->top->kind;
	return condition;
}

struct value condition_value(const struct condition *condition,
	const struct condition_input *input)
{
	struct condition_frame frame;
	frame.input = input;
	frame.rows[0] = input->entry;
	frame.rows[1] = input->row;
	return condition->top->run(condition->top, &frame);
}

bool condition_holds(const struct condition *condition,
	const struct condition_input *input)
{
	struct value value = condition_value(condition, input);
	return value.kind == VALUE_FLAG && value.flag;
}

void condition_uses(const struct condition *condition,
	void (*use)(void *context, const struct condition_name *name),
	void *context)
{
	for (size_t i = 0; i < condition->name_count; i++)
		use(context, condition->names[i]);
}

bool condition_uses_part(const struct condition *condition, int part)
{
	return part > 0 && (size_t)part <= condition->part_count
		&& condition->uses_part[part];
}

bool condition_uses_school(const struct condition *condition)
{
	return condition->uses_school;
}
