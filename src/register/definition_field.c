/* SPDX-License-Identifier: MIT
 *
 * Settings, fields, parts and states: what an entry is made of. Rules about
 * fields are read after all names are known (definition_read_rules).
 *
 * Long because what an entry is made of is read together, a table a section.
 */
#include <stddef.h>

#include "register/definition-inside.h"

enum { MOST_NAME = 40, MOST_TEXT = 200, MOST_PROSE = 20000 };

static const struct text nothing = {"", 0};

/* ---- Settings ---- */

static void take_setting_kind(void *context, const struct tree *node, void *into)
{
	static const struct tree_word words[] = {{"date", DEFINITION_SET_DATE},
		{"number", DEFINITION_SET_NUMBER},
		{"code", DEFINITION_SET_CODE}, {NULL, 0}};
	struct definition_reader *reader = context;
	int value = 0;
	if (tree_word(reader->tree, node, words, &value))
		*(enum definition_setting_kind *)into =
			(enum definition_setting_kind)value;
}

static void take_choices(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_setting *setting = into;
	if (!definition_is_some(reader, node))
		return;
	const char **choices = arena_array(reader->tree->arena,
		tree_length(node) + 1, sizeof *choices);
	if (node->kind == TREE_SCALAR)
		choices[setting->choice_count++] =
			arena_string(reader->tree->arena, node->text);
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		choices[setting->choice_count++] = arena_string(reader->tree->arena,
			tree_scalar(reader->tree, at));
	setting->choices = choices;
}

/* "0..100" */
static bool read_range(struct text text, int64_t *out_least, int64_t *out_most)
{
	for (size_t i = 0; i + 2 < text.length; i++)
		if (text.at[i] == '.' && text.at[i + 1] == '.')
			return text_to_int64(text_cut(text, 0, i), out_least)
				&& text_to_int64(text_cut(text, i + 2,
							 text.length),
					out_most)
				&& *out_least <= *out_most;
	return false;
}

static void take_range(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_setting *setting = into;
	struct text text = tree_scalar(reader->tree, node);
	if (!read_range(text, &setting->least, &setting->most))
		tree_mistake(reader->tree, node, "must be a range as 1..60",
			text, "");
}

static bool is_choice(const struct definition_setting *setting, struct text text)
{
	for (size_t i = 0; i < setting->choice_count; i++)
		if (text_is(text, setting->choices[i]))
			return true;
	return false;
}

bool definition_setting_read(const struct definition_setting *setting,
	struct text text, struct value *out_value)
{
	struct date date;
	int64_t number;
	switch (setting->kind) {
	case DEFINITION_SET_DATE:
		if (!date_read_iso(text, &date))
			return false;
		*out_value = value_date(date);
		return true;
	case DEFINITION_SET_NUMBER:
		if (!text_to_int64(text, &number) || number < setting->least
			|| number > setting->most)
			return false;
		*out_value = value_number(number);
		return true;
	case DEFINITION_SET_CODE:
		if (!is_choice(setting, text))
			return false;
		*out_value = value_text(text);
		return true;
	}
	return false;
}

/* A range is of numbers, choices are of codes. */
static void check_setting(struct definition_reader *reader,
	const struct tree *node, const struct definition_setting *setting)
{
	const struct tree *range = tree_find(node, "range");
	const struct tree *choices = tree_find(node, "choices");
	if (range != NULL && setting->kind != DEFINITION_SET_NUMBER)
		tree_mistake_key(reader->tree, range,
			"only a number has a range", range->key, "");
	if (choices != NULL && setting->kind != DEFINITION_SET_CODE)
		tree_mistake_key(reader->tree, choices,
			"only a code has choices", choices->key, "");
	if (choices == NULL && setting->kind == DEFINITION_SET_CODE)
		tree_mistake_key(reader->tree, node, "the setting lacks",
			TEXT("choices"), "");
}

static void read_setting(struct definition_reader *reader,
	const struct tree *node, struct definition_setting *setting)
{
	static const struct tree_key keys[] =
		{{"title", definition_take_string,
			 offsetof(struct definition_setting, title), true},
			{"kind", take_setting_kind,
				offsetof(struct definition_setting, kind), true},
			{"range", take_range, 0, false},
			{"choices", take_choices, 0, false},
			{"initial", definition_take_nothing, 0, false},
			{"source", definition_take_string,
				offsetof(struct definition_setting, source), true},
			{NULL, NULL, 0, false}};
	*setting = (struct definition_setting){.least = 0, .most = 100000};
	setting->name = arena_string(reader->tree->arena, node->key);
	setting->line = node->key_line;
	definition_check_name(reader, node, '_', MOST_NAME);
	tree_take(reader, node, keys, "the setting lacks", setting);
	check_setting(reader, node, setting);
	const struct tree *initial = tree_find(node, "initial");
	if (initial != NULL
		&& !definition_setting_read(setting,
			tree_scalar(reader->tree, initial), &setting->initial))
		tree_mistake(reader->tree, initial,
			"is no value that this setting may have", initial->text,
			"");
}

size_t definition_count(struct definition_reader *reader,
	const struct tree *node, size_t most)
{
	if (node == NULL)
		return 0;
	size_t count = tree_length(node);
	if (node->kind == TREE_MAPPING && count <= most)
		return count;
	if (node->kind == TREE_MAPPING)
		tree_mistake_key(reader->tree, node,
			"holds more than kith can take", node->key,
			arena_format(reader->tree->arena, "at most %zu", most));
	else
		tree_mistake(reader->tree, node, "must be names and values",
			nothing, "");
	return 0;
}

void definition_read_settings(struct definition_reader *reader,
	const struct tree *node)
{
	struct definition *definition = reader->definition;
	size_t count = definition_count(reader, node, DEFINITION_SETTINGS);
	definition->settings = arena_array(reader->tree->arena, count + 1,
		sizeof *definition->settings);
	if (count == 0)
		return;
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		read_setting(reader, at,
			&definition->settings[definition->setting_count++]);
}

/* ---- Fields ---- */

static const struct tree_word types[] = {{"text", DEFINITION_TEXT},
	{"prose", DEFINITION_PROSE}, {"code", DEFINITION_CODE},
	{"codes", DEFINITION_CODES}, {"date", DEFINITION_DATE},
	{"whole", DEFINITION_WHOLE}, {"tenths", DEFINITION_TENTHS},
	{"pence", DEFINITION_PENCE}, {"yes-no", DEFINITION_YESNO},
	{"school", DEFINITION_SCHOOL}, {"account", DEFINITION_ACCOUNT},
	{"postcode", DEFINITION_POSTCODE}, {"phone", DEFINITION_PHONE},
	{"email", DEFINITION_EMAIL}, {"link", DEFINITION_LINK},
	{"document", DEFINITION_DOCUMENT}, {NULL, 0}};

const char *definition_type_word(enum definition_type type)
{
	for (const struct tree_word *at = types; at->word != NULL; at++)
		if (at->value == (int)type)
			return at->word;
	return "";
}

/* What follows the type's word: a list, a register, a range, a length. */
static void take_type_rest(struct definition_reader *reader,
	const struct tree *node, struct text rest, struct definition_field *field)
{
	switch (field->type) {
	case DEFINITION_CODE:
	case DEFINITION_CODES:
		field->list = codes_list(reader->options->codes,
			arena_string(reader->tree->arena, rest));
		if (field->list == NULL)
			tree_mistake(reader->tree, node,
				"names no code list of definitions/codes", rest,
				"");
		return;
	case DEFINITION_LINK:
		field->register_name = arena_string(reader->tree->arena, rest);
		if (rest.length == 0)
			tree_mistake(reader->tree, node,
				"a link names its register", node->text,
				"as: link section17");
		return;
	case DEFINITION_WHOLE:
	case DEFINITION_TENTHS:
	case DEFINITION_PENCE:
		field->most = INT32_MAX;
		if (rest.length > 0
			&& (!read_range(rest, &field->least, &field->most)
				|| field->least < 0))
			tree_mistake(reader->tree, node,
				"must be a range as 0..168", rest, "");
		return;
	case DEFINITION_TEXT:
	case DEFINITION_PROSE:
		field->most = field->type == DEFINITION_TEXT ? MOST_TEXT
							     : MOST_PROSE;
		if (rest.length > 0
			&& (!text_to_int64(rest, &field->most)
				|| field->most < 1 || field->most > MOST_PROSE))
			tree_mistake(reader->tree, node,
				"must be a number of characters", rest, "");
		return;
	default:
		if (rest.length > 0)
			tree_mistake(reader->tree, node,
				"nothing may follow this type", rest, "");
	}
}

static void take_type(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_field *field = into;
	struct text rest;
	struct tree word = *node;
	int type = 0;
	if (node->kind != TREE_SCALAR) {
		(void)tree_scalar(reader->tree, node);
		return;
	}
	word.text = text_split(node->text, ' ', &rest);
	if (!tree_word(reader->tree, &word, types, &type))
		return;
	field->type = (enum definition_type)type;
	take_type_rest(reader, node, text_trim(rest), field);
}

static const struct tree_key field_keys[] =
	{{"label", definition_take_string,
		 offsetof(struct definition_field, label), true},
		{"hint", definition_take_string,
			offsetof(struct definition_field, hint), false},
		{"type", take_type, 0, true},
		{"required", definition_take_nothing, 0, false},
		{"asked", definition_take_nothing, 0, false},
		{"derived", definition_take_nothing, 0, false},
		{"see", definition_take_roles,
			offsetof(struct definition_field, see), false},
		{"set", definition_take_roles,
			offsetof(struct definition_field, set), false},
		{"audience", definition_take_audience,
			offsetof(struct definition_field, audience), false},
		{"sealed-until", definition_take_string,
			offsetof(struct definition_field, sealed_until), false},
		{"third-party", definition_take_yes,
			offsetof(struct definition_field, is_third_party), false},
		{"address", definition_take_yes,
			offsetof(struct definition_field, is_address), false},
		DEFINITION_SPAN_KEYS(struct definition_field),
		{"source", definition_take_string,
			offsetof(struct definition_field, source), false},
		{NULL, NULL, 0, false}};

static void read_field(struct definition_reader *reader,
	const struct tree *node, struct definition_field *field)
{
	field->name = arena_string(reader->tree->arena, node->key);
	field->hint = field->source = "";
	field->line = node->key_line;
	definition_check_name(reader, node, '_', MOST_NAME);
	definition_check_column(reader, node);
	tree_take(reader, node, field_keys, "the field lacks", field);
}

static void read_fields(struct definition_reader *reader, const struct tree *node,
	struct definition_field **out_fields, size_t *out_count)
{
	size_t count = definition_count(reader, node, DEFINITION_FIELDS);
	struct definition_field *fields = arena_array(reader->tree->arena,
		count + 1, sizeof *fields);
	*out_fields = fields;
	if (count == 0)
		return;
	for (const struct tree *at = node->first; at != NULL; at = at->next) {
		fields[*out_count].slot = (int)*out_count;
		read_field(reader, at, &fields[*out_count]);
		(*out_count)++;
	}
}

void definition_read_fields(struct definition_reader *reader,
	const struct tree *node)
{
	read_fields(reader, node, &reader->definition->fields,
		&reader->definition->field_count);
}

/* ---- Parts ---- */

static void take_fields(void *context, const struct tree *node, void *into)
{
	struct definition_part *part = into;
	read_fields(context, node, &part->fields, &part->field_count);
}

static void read_part(struct definition_reader *reader, const struct tree *node,
	struct definition_part *part)
{
	static const struct tree_key keys[] =
		{{"title", definition_take_string,
			 offsetof(struct definition_part, title), true},
			{"one", definition_take_string,
				offsetof(struct definition_part, one), true},
			{"fields", take_fields, 0, true}, {NULL, NULL, 0, false}};
	part->name = arena_string(reader->tree->arena, node->key);
	part->line = node->key_line;
	definition_check_name(reader, node, '_', MOST_NAME);
	definition_check_column(reader, node);
	tree_take(reader, node, keys, "the part lacks", part);
	if (definition_field(reader->definition, NULL, node->key) != NULL)
		tree_mistake_key(reader->tree, node,
			"the entry has a field of this name already", node->key,
			"");
	for (size_t i = 0; i < part->field_count; i++)
		if (definition_field(reader->definition, NULL,
			    text_of(part->fields[i].name))
			!= NULL)
			tree_mistake_key(reader->tree,
				tree_find(tree_find(node, "fields"),
					part->fields[i].name),
				"the entry has a field of this name already",
				text_of(part->fields[i].name), "");
}

const struct definition_part *definition_stays(const struct definition *of)
{
	return &of->parts[of->part_count - 1];
}

static void add_stays(struct definition_reader *reader)
{
	static const struct definition_field fields[DEFINITION_STAY_FIELDS] = {
		[DEFINITION_STAY_STATE] = {.name = "stay_state",
			.label = "State",
			.type = DEFINITION_TEXT},
		[DEFINITION_STAY_FROM] = {.name = "stay_from",
			.label = "Since",
			.type = DEFINITION_DATE},
		[DEFINITION_STAY_UNTIL] = {.name = "stay_until",
			.label = "Until",
			.type = DEFINITION_DATE},
	};
	struct definition *definition = reader->definition;
	struct definition_part *part = &definition->parts[definition->part_count];
	*part = (struct definition_part){.name = "states",
		.title = "States",
		.one = "state",
		.is_own = true,
		.fields = arena_array(reader->tree->arena,
			DEFINITION_STAY_FIELDS, sizeof *part->fields),
		.field_count = DEFINITION_STAY_FIELDS,
		.number = (int)++definition->part_count};
	for (int i = 0; i < DEFINITION_STAY_FIELDS; i++) {
		part->fields[i] = fields[i];
		part->fields[i].hint = part->fields[i].source = "";
		part->fields[i].slot = i;
	}
}

void definition_read_parts(struct definition_reader *reader,
	const struct tree *node)
{
	struct definition *definition = reader->definition;
	size_t count = definition_count(reader, node, DEFINITION_PARTS - 1);
	definition->parts = arena_array(reader->tree->arena, count + 1,
		sizeof *definition->parts);
	for (const struct tree *at = count == 0 ? NULL : node->first;
		at != NULL; at = at->next) {
		struct definition_part *part =
			&definition->parts[definition->part_count];
		part->number = (int)++definition->part_count;
		read_part(reader, at, part);
	}
	add_stays(reader);
}

/* ---- States ---- */

static bool is_state_name(struct text name)
{
	for (size_t i = 0; i < name.length; i++)
		if (!(name.at[i] >= 'A' && name.at[i] <= 'Z')
			&& !(name.at[i] >= '0' && name.at[i] <= '9')
			&& name.at[i] != '_')
			return false;
	return name.length > 0 && name.length <= MOST_NAME;
}

static void read_state(struct definition_reader *reader,
	const struct tree *node, struct definition_state *state)
{
	static const struct tree_key keys[] =
		{{"title", definition_take_string,
			 offsetof(struct definition_state, title), true},
			{"closes", definition_take_yes,
				offsetof(struct definition_state, closes), false},
			{NULL, NULL, 0, false}};
	state->name = arena_string(reader->tree->arena, node->key);
	state->line = node->key_line;
	if (!is_state_name(node->key))
		tree_mistake_key(reader->tree, node,
			"states are written in capitals joined by _", node->key,
			"");
	if (node->kind == TREE_SCALAR)
		state->title = arena_string(reader->tree->arena, node->text);
	else
		tree_take(reader, node, keys, "the state lacks", state);
}

void definition_read_states(struct definition_reader *reader,
	const struct tree *node)
{
	struct definition *definition = reader->definition;
	size_t count = definition_count(reader, node, DEFINITION_STATES);
	definition->states = arena_array(reader->tree->arena, count + 1,
		sizeof *definition->states);
	if (count == 0)
		return;
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		read_state(reader, at,
			&definition->states[definition->state_count++]);
}

/* ---- Rules about fields ---- */

static void read_field_rules(struct definition_reader *reader,
	const struct tree *node, struct definition_field *field)
{
	const struct tree *required = tree_find(node, "required");
	const struct tree *asked = tree_find(node, "asked");
	const struct tree *derived = tree_find(node, "derived");
	if (required != NULL)
		field->required = definition_condition(reader, required,
			VALUE_FLAG);
	if (asked != NULL)
		field->asked = definition_condition(reader, asked, VALUE_FLAG);
	if (derived != NULL)
		field->derived = definition_condition(reader, derived,
			definition_field_kind(field));
}

static void read_all_rules(struct definition_reader *reader,
	const struct tree *nodes, struct definition_field *fields)
{
	size_t i = 0;
	if (nodes == NULL || nodes->kind != TREE_MAPPING)
		return;
	for (const struct tree *at = nodes->first; at != NULL; at = at->next)
		read_field_rules(reader, at, &fields[i++]);
}

void definition_read_rules(struct definition_reader *reader,
	const struct tree *fields, const struct tree *parts)
{
	struct definition *definition = reader->definition;
	reader->part = NULL;
	if (definition->field_count > 0)
		read_all_rules(reader, fields, definition->fields);
	for (size_t i = 0; i < definition->part_count; i++) {
		if (definition->parts[i].is_own)
			continue;
		const struct tree *part = tree_find(parts,
			definition->parts[i].name);
		reader->part = &definition->parts[i];
		if (definition->parts[i].field_count > 0)
			read_all_rules(reader, tree_find(part, "fields"),
				definition->parts[i].fields);
	}
	reader->part = NULL;
}
