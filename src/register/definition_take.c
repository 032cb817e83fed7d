/* SPDX-License-Identifier: MIT
 *
 * How single values of a definition are taken: texts, numbers, roles, spans,
 * conditions.
 */
#include "register/definition-inside.h"

#include "base/nearest.h"

static const struct text nothing = {"", 0};

void definition_take_string(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	*(const char **)into = arena_string(reader->tree->arena,
		tree_scalar(reader->tree, node));
}

static bool read_yes(struct definition_reader *reader, const struct tree *node)
{
	static const struct tree_word words[] = {{"yes", 1}, {"no", 0},
		{NULL, 0}};
	int value = 0;
	return tree_word(reader->tree, node, words, &value) && value == 1;
}

void definition_take_yes(void *context, const struct tree *node, void *into)
{
	*(bool *)into = read_yes(context, node);
}

void definition_take_number(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct text text = tree_scalar(reader->tree, node);
	int64_t number;
	if (!text_to_int64(text, &number) || number < 0 || number > 100000)
		tree_mistake(reader->tree, node, "must be a whole number", text,
			"");
	else
		*(int *)into = (int)number;
}

void definition_take_nothing(void *context, const struct tree *node, void *into)
{
	(void)context, (void)node, (void)into;
}

/* ---- Roles, audiences, states ---- */

static uint64_t role_bit(struct definition_reader *reader,
	const struct tree *node, struct text name)
{
	uint64_t bit = definition_role(reader->definition, name);
	if (bit != 0 || node->kind != TREE_SCALAR)
		return bit;
	const struct codes_list *roles = reader->definition->roles;
	const char *known[DEFINITION_ROLES];
	size_t count = 0;
	for (; count < roles->count && count < DEFINITION_ROLES; count++)
		known[count] = arena_string(reader->tree->arena,
			roles->entries[count].code);
	tree_mistake(reader->tree, node, "is no role", name,
		nearest_hint(reader->tree->arena, name, known, count));
	return 0;
}

bool definition_is_some(struct definition_reader *reader, const struct tree *node)
{
	if (node->kind == TREE_MAPPING)
		tree_mistake(reader->tree, node, "must be a list", nothing,
			"as: [one, another]");
	return node->kind != TREE_MAPPING;
}

void definition_take_roles(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	uint64_t roles = 0;
	if (!definition_is_some(reader, node))
		return;
	if (node->kind == TREE_SCALAR)
		roles = role_bit(reader, node, node->text);
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		roles |= role_bit(reader, at, tree_scalar(reader->tree, at));
	*(uint64_t *)into = roles;
}

void definition_take_audience(void *context, const struct tree *node, void *into)
{
	static const struct tree_word words[] = {{"staff", DEFINITION_STAFF},
		{"family", DEFINITION_FOR_FAMILY},
		{"partners", DEFINITION_FOR_PARTNERS},
		{"anyone",
			DEFINITION_FOR_ANYONE | DEFINITION_FOR_FAMILY
				| DEFINITION_FOR_PARTNERS},
		{NULL, 0}};
	struct definition_reader *reader = context;
	int value = 0;
	unsigned audience = 0;
	if (!definition_is_some(reader, node))
		return;
	if (node->kind == TREE_SCALAR
		&& tree_word(reader->tree, node, words, &value))
		audience = (unsigned)value;
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		if (tree_word(reader->tree, at, words, &value))
			audience |= (unsigned)value;
	*(unsigned *)into = audience;
}

static uint64_t state_bit(struct definition_reader *reader,
	const struct tree *node)
{
	const struct definition *definition = reader->definition;
	struct text name = tree_scalar(reader->tree, node);
	const char *known[DEFINITION_STATES + 2];
	size_t count = 0;
	for (; count < definition->state_count; count++) {
		known[count] = definition->states[count].name;
		if (text_is(name, known[count]))
			return (uint64_t)1 << count;
	}
	known[count++] = "any-open";
	known[count++] = "any";
	if (node->kind == TREE_SCALAR)
		tree_mistake(reader->tree, node, "is no state of this register",
			name,
			nearest_hint(reader->tree->arena, name, known, count));
	return 0;
}

/* "any-open", "any", or a list of states. */
void definition_take_states(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	const struct definition *definition = reader->definition;
	bool is_any = node->kind == TREE_SCALAR && text_is(node->text, "any");
	bool is_open = node->kind == TREE_SCALAR
		&& text_is(node->text, "any-open");
	uint64_t states = 0;
	if (!definition_is_some(reader, node))
		return;
	for (size_t i = 0; i < definition->state_count; i++)
		if (is_any || (is_open && !definition->states[i].closes))
			states |= (uint64_t)1 << i;
	if (node->kind == TREE_SCALAR && !is_any && !is_open)
		states = state_bit(reader, node);
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		states |= state_bit(reader, at);
	*(uint64_t *)into = states;
}

/* ---- Days and spans ---- */

static const struct definition_setting *setting_named(const struct definition *definition,
	struct text name)
{
	for (size_t i = 0; i < definition->setting_count; i++)
		if (text_is(name, definition->settings[i].name))
			return &definition->settings[i];
	return NULL;
}

/* A day, or `setting.NAME`. The last day in force is the one before the day a
 * setting names: what begins on it takes over. */
static void take_bound(struct definition_reader *reader, const struct tree *node,
	struct date *out_day, const struct definition_setting **out_setting)
{
	static const struct text prefix = {"setting.", 8};
	struct text text = tree_scalar(reader->tree, node);
	if (!text_starts(text, prefix)) {
		if (!date_read_iso(text, out_day))
			tree_mistake(reader->tree, node,
				"must be a day as 2024-08-19, or setting.NAME",
				text, "");
		return;
	}
	const struct definition_setting *setting = setting_named(reader->definition,
		text_cut(text, prefix.length, text.length));
	if (setting == NULL || setting->kind != DEFINITION_SET_DATE)
		tree_mistake(reader->tree, node,
			"is no setting of this register that holds a date",
			text, "");
	else
		*out_setting = setting;
}

void definition_take_from(void *context, const struct tree *node, void *into)
{
	struct definition_span *span = into;
	take_bound(context, node, &span->from, &span->from_setting);
}

void definition_take_until(void *context, const struct tree *node, void *into)
{
	struct definition_span *span = into;
	take_bound(context, node, &span->until, &span->until_setting);
}

/* ---- Conditions ---- */

const struct condition *definition_condition(struct definition_reader *reader,
	const struct tree *node, enum value_kind wanted)
{
	struct condition_mistake mistake = {0};
	struct text text = tree_scalar(reader->tree, node);
	if (node->kind != TREE_SCALAR)
		return NULL;
	struct condition_scope scope = reader->scope;
	scope.row_part = reader->part == NULL ? 0 : reader->part->number;
	const struct condition *condition = condition_read(reader->tree->arena,
		text, &scope, wanted, &mistake);
	if (condition == NULL)
		tree_mistake_at(reader->tree, node, mistake.at, mistake.message,
			mistake.hint);
	return condition;
}

void definition_take_flag(void *context, const struct tree *node, void *into)
{
	*(const struct condition **)into = definition_condition(context, node,
		VALUE_FLAG);
}

void definition_take_day(void *context, const struct tree *node, void *into)
{
	*(const struct condition **)into = definition_condition(context, node,
		VALUE_DATE);
}

/* ---- Parts and fields ---- */

void definition_take_part(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct text name = tree_scalar(reader->tree, node);
	const struct definition *definition = reader->definition;
	const struct definition_part *part = definition_part(definition, name);
	const char *known[DEFINITION_PARTS];
	for (size_t i = 0; i < definition->part_count; i++)
		known[i] = definition->parts[i].name;
	if (part == NULL)
		tree_mistake(reader->tree, node, "is no part of this register",
			name,
			nearest_hint(reader->tree->arena, name, known,
				definition->part_count));
	*(const struct definition_part **)into = part;
	reader->part = part;
}

static const struct definition_part *part_with(const struct definition *of,
	struct text name)
{
	for (size_t i = 0; i < of->part_count; i++)
		if (definition_field(of, &of->parts[i], name) != NULL)
			return &of->parts[i];
	return NULL;
}

const struct definition_field *definition_field_named(struct definition_reader *reader,
	const struct definition_part *part, const struct tree *node,
	struct text name)
{
	const struct definition *definition = reader->definition;
	const struct definition_field *field = definition_field(definition,
		part, name);
	const char *known[2 * DEFINITION_FIELDS];
	size_t count = 0;
	if (field == NULL && part != NULL)
		field = definition_field(definition, NULL, name);
	if (field != NULL || node->kind != TREE_SCALAR)
		return field;
	const struct definition_part *owner = part_with(definition, name);
	if (owner != NULL) {
		tree_mistake(reader->tree, node, "is a field of a part's rows",
			name, owner->name);
		return NULL;
	}
	for (size_t i = 0; part != NULL && i < part->field_count; i++)
		known[count++] = part->fields[i].name;
	for (size_t i = 0; i < definition->field_count; i++)
		known[count++] = definition->fields[i].name;
	tree_mistake(reader->tree, node, "is no field of this register", name,
		nearest_hint(reader->tree->arena, name, known, count));
	return NULL;
}

enum value_kind definition_field_kind(const struct definition_field *field)
{
	static const enum value_kind kinds[DEFINITION_TYPES] = {
		[DEFINITION_TEXT] = VALUE_TEXT,
		[DEFINITION_PROSE] = VALUE_TEXT,
		[DEFINITION_CODE] = VALUE_TEXT,
		[DEFINITION_CODES] = VALUE_TEXT,
		[DEFINITION_DATE] = VALUE_DATE,
		[DEFINITION_WHOLE] = VALUE_NUMBER,
		[DEFINITION_TENTHS] = VALUE_NUMBER,
		[DEFINITION_PENCE] = VALUE_NUMBER,
		[DEFINITION_YESNO] = VALUE_FLAG,
		[DEFINITION_SCHOOL] = VALUE_TEXT,
		[DEFINITION_ACCOUNT] = VALUE_TEXT,
		[DEFINITION_POSTCODE] = VALUE_TEXT,
		[DEFINITION_PHONE] = VALUE_TEXT,
		[DEFINITION_EMAIL] = VALUE_TEXT,
		[DEFINITION_LINK] = VALUE_TEXT,
		[DEFINITION_DOCUMENT] = VALUE_TEXT,
	};
	return kinds[field->type];
}
