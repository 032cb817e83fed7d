/* SPDX-License-Identifier: MIT
 *
 * Names: what the scope says they are, and what was meant by one it does not
 * have.
 */
#include "base/nearest.h"
#include "register/condition-inside.h"

struct condition_node *condition_node(struct condition_reader *reader,
	enum condition_shape shape, size_t at)
{
	if (reader->nodes == CONDITION_NODES)
		return condition_refuse(reader, at,
			arena_format(reader->arena,
				"more than %d values and operations",
				CONDITION_NODES),
			"make a field of a part of it");
	reader->nodes++;
	struct condition_node *node = arena_new(reader->arena, sizeof *node);
	node->shape = shape;
	node->at = at;
	return node;
}

static struct condition_node *refuse_name(struct condition_reader *reader,
	struct condition_token token, const char *what, const char *hint)
{
	return condition_refuse(reader, token.at,
		arena_format(reader->arena, "\"" TEXT_FORMAT "\" %s",
			TEXT_ARGS(token.text), what),
		hint);
}

/* The part so named, or 0. */
static int find_part(const struct condition_scope *scope, struct text name)
{
	for (size_t i = 0; i < scope->part_count; i++)
		if (text_is(name, scope->parts[i]))
			return (int)i + 1;
	return 0;
}

static const struct condition_name *find_name(const struct condition_scope *scope,
	struct text name, int part)
{
	for (size_t i = 0; i < scope->count; i++)
		if (scope->names[i].part == part
			&& text_is(name, scope->names[i].name))
			return &scope->names[i];
	return NULL;
}

/* So that a name is told to the user once. */
static void use_name(struct condition_reader *reader,
	const struct condition_name *name)
{
	struct condition *condition = reader->condition;
	for (size_t i = 0; i < condition->name_count; i++)
		if (condition->names[i] == name)
			return;
	condition->names[condition->name_count++] = name;
}

static void take_name(struct condition_node *node,
	const struct condition_name *name)
{
	node->name = name;
	node->kind = name->kind;
	node->part = name->part;
	node->slot = name->slot;
	node->list = name->list;
	node->is_many = name->is_many;
	node->word = name->name;
}

/* A name that may stand here and is near: a field of a row around, of the
 * entry, or `today`. */
static const char *hint_field(struct condition_reader *reader, struct text word)
{
	const struct condition_scope *scope = reader->scope;
	const char **words = arena_array(reader->arena,
		scope->count + scope->part_count + 1, sizeof *words);
	size_t count = 0;
	for (int level = reader->level; level >= 0; level--)
		for (size_t i = 0; i < scope->count; i++)
			if (scope->names[i].part == reader->rows[level])
				words[count++] = scope->names[i].name;
	words[count++] = "today";
	const char *hint = nearest_hint(reader->arena, word, words, count);
	if (hint[0] != '\0')
		return hint;
	struct text field;
	struct text part = text_split(word, '.', &field);
	if (!text_is_empty(field))
		return nearest_hint(reader->arena, part, scope->parts,
			scope->part_count);
	for (size_t i = 0; i < scope->count; i++) {
		const struct condition_name *name = &scope->names[i];
		if (name->part > 0 && text_is(word, name->name))
			return arena_format(reader->arena,
				"%s of one row is meant? any(%s, ...), "
				"latest(%s.%s)",
				name->name, scope->parts[name->part - 1],
				scope->parts[name->part - 1], name->name);
	}
	return "";
}

static struct condition_node *refuse_field(struct condition_reader *reader,
	struct condition_token token)
{
	if (find_part(reader->scope, token.text) > 0)
		return refuse_name(reader, token, "is a part with rows",
			"count(...), any(..., ...)");
	if (condition_is_column(reader, token))
		return refuse_name(reader, token, "is of many rows",
			"first(...), last(...), earliest(...), latest(...); "
			"inside any(...) a row's field is its name alone");
	return refuse_name(reader, token, "is not a name here",
		hint_field(reader, token.text));
}

struct condition_node *condition_field(struct condition_reader *reader,
	struct condition_token token)
{
	const struct condition_name *name = NULL;
	int level = reader->level + 1;
	while (name == NULL && level > 0) {
		level--;
		name = find_name(reader->scope, token.text, reader->rows[level]);
	}
	if (name == NULL)
		return refuse_field(reader, token);
	struct condition_node *node = condition_node(reader, CONDITION_FIELD,
		token.at);
	if (node == NULL)
		return NULL;
	take_name(node, name);
	node->run = condition_run_field;
	node->level = level;
	use_name(reader, name);
	return node;
}

bool condition_is_column(const struct condition_reader *reader,
	struct condition_token token)
{
	struct text rest;
	struct text part = text_split(token.text, '.', &rest);
	return token.kind == CONDITION_NAME && !text_is_empty(rest)
		&& find_part(reader->scope, part) > 0;
}

struct condition_node *condition_part(struct condition_reader *reader,
	struct condition_token token)
{
	const struct condition_scope *scope = reader->scope;
	int part = token.kind == CONDITION_NAME ? find_part(scope, token.text)
						: 0;
	if (part == 0)
		return refuse_name(reader, token, "is not a part with rows",
			nearest_hint(reader->arena, token.text, scope->parts,
				scope->part_count));
	struct condition_node *node = condition_node(reader, CONDITION_PART,
		token.at);
	if (node == NULL)
		return NULL;
	node->part = part;
	node->word = scope->parts[part - 1];
	reader->condition->uses_part[part] = true;
	return node;
}

/* A field of the part that is near. */
static const char *hint_column(struct condition_reader *reader, int part,
	struct text word)
{
	const struct condition_scope *scope = reader->scope;
	const char **words = arena_array(reader->arena, scope->count + 1,
		sizeof *words);
	size_t count = 0;
	for (size_t i = 0; i < scope->count; i++)
		if (scope->names[i].part == part)
			words[count++] = scope->names[i].name;
	return nearest_hint(reader->arena, word, words, count);
}

struct condition_node *condition_column(struct condition_reader *reader,
	struct condition_token token)
{
	struct text field;
	struct text part = text_split(token.text, '.', &field);
	if (!condition_is_column(reader, token)) {
		const struct condition_scope *scope = reader->scope;
		return refuse_name(reader, token, "is not a field of a part",
			text_is_empty(field)
				? "write it as meetings.held_on"
				: nearest_hint(reader->arena, part,
					scope->parts, scope->part_count));
	}
	int number = find_part(reader->scope, part);
	const struct condition_name *name = find_name(reader->scope, field,
		number);
	if (name == NULL)
		return refuse_name(reader, token, "is not a field of that part",
			hint_column(reader, number, field));
	struct condition_node *node = condition_node(reader, CONDITION_COLUMN,
		token.at);
	if (node == NULL)
		return NULL;
	take_name(node, name);
	node->written = token.text;
	use_name(reader, name);
	reader->condition->uses_part[number] = true;
	return node;
}
