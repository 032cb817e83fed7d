/* SPDX-License-Identifier: MIT
 *
 * A register's definition, read whole: its sections in the order in which each
 * may name what came before, then what must hold between them.
 */
#include "register/definition.h"

#include <stddef.h>

#include "base/digest.h"
#include "register/definition-inside.h"
#include "register/fact.h"

/* ---- Looking things up ---- */

const struct definition_field *definition_field(const struct definition *of,
	const struct definition_part *part, struct text name)
{
	const struct definition_field *fields = part == NULL ? of->fields
							     : part->fields;
	size_t count = part == NULL ? of->field_count : part->field_count;
	for (size_t i = 0; i < count; i++)
		if (text_is(name, fields[i].name))
			return &fields[i];
	return NULL;
}

#define LOOK_UP(thing, things) \
	const struct definition_##thing \
		*definition_##thing(const struct definition *of, \
			struct text name) \
	{ \
		for (size_t i = 0; i < of->thing##_count; i++) \
			if (text_is(name, of->things[i].name)) \
				return &of->things[i]; \
		return NULL; \
	}

LOOK_UP(part, parts)
LOOK_UP(step, steps)
LOOK_UP(state, states)
LOOK_UP(clock, clocks)
LOOK_UP(list, lists)
LOOK_UP(letter, letters)

uint64_t definition_role(const struct definition *of, struct text role)
{
	for (size_t i = 0; i < of->roles->count && i < DEFINITION_ROLES; i++)
		if (text_equals(role, of->roles->entries[i].code))
			return (uint64_t)1 << i;
	return 0;
}

int definition_slot(const struct definition *of, enum definition_slot which)
{
	return (int)of->field_count + (int)which;
}

static struct date bound(struct date own,
	const struct definition_setting *setting, const struct value *settings)
{
	if (setting == NULL)
		return own;
	struct value value = settings[setting->slot];
	return value.kind == VALUE_DATE ? value.date : DATE_NONE;
}

bool definition_holds_on(const struct definition_span *span,
	const struct value *settings, struct date on)
{
	struct date from = bound(span->from, span->from_setting, settings);
	struct date until = bound(span->until, span->until_setting, settings);
	if (span->from_setting != NULL && from.day == 0)
		return false;
	if (from.day != 0 && on.day < from.day)
		return false;
	/* A setting names the first day of what comes after. */
	if (span->until_setting != NULL)
		return until.day == 0 || on.day < until.day;
	return until.day == 0 || on.day <= until.day;
}

/* ---- Names that conditions may use ---- */

struct names {
	struct condition_name *names;
	size_t count;
};

static void add_name(struct names *names, struct condition_name name)
{
	names->names[names->count++] = name;
}

static void add_fields(struct names *names,
	const struct definition_field *fields, size_t count, int part)
{
	for (size_t i = 0; i < count; i++)
		add_name(names,
			(struct condition_name){.name = fields[i].name,
				.kind = definition_field_kind(&fields[i]),
				.part = part,
				.slot = fields[i].slot,
				.list = fields[i].list,
				.is_many = fields[i].type == DEFINITION_CODES});
}

/* Codes that a condition may compare with: the states, a setting's choices. */
static const struct codes_list *codes_of(struct arena *arena, const char *name,
	const char *const *codes, size_t count)
{
	struct codes_list *list = arena_new(arena, sizeof *list);
	struct codes_entry *entries = arena_array(arena, count + 1,
		sizeof *entries);
	for (size_t i = 0; i < count; i++)
		entries[i].code = text_of(codes[i]);
	*list = (struct codes_list){.name = text_of(name),
		.entries = entries,
		.count = count};
	return list;
}

static const struct codes_list *state_codes(struct definition_reader *reader)
{
	const struct definition *definition = reader->definition;
	const char *codes[DEFINITION_STATES];
	for (size_t i = 0; i < definition->state_count; i++)
		codes[i] = definition->states[i].name;
	return codes_of(reader->tree->arena, "the states", codes,
		definition->state_count);
}

static const struct codes_list *choice_codes(struct arena *arena,
	const struct definition_setting *setting)
{
	return setting->kind == DEFINITION_SET_CODE ? codes_of(arena,
		       "its choices", setting->choices, setting->choice_count)
						    : NULL;
}

static void add_own(struct definition_reader *reader, struct names *names)
{
	static const struct {
		const char *name;
		enum value_kind kind;
	} own[DEFINITION_SLOTS] = {
		[DEFINITION_STATE] = {"state", VALUE_TEXT},
		[DEFINITION_OPENED] = {"opened", VALUE_DATE},
		[DEFINITION_CLOSED] = {"closed", VALUE_DATE},
		[DEFINITION_SINCE] = {"since", VALUE_DATE},
		[DEFINITION_OWNER] = {"owner", VALUE_TEXT},
		[DEFINITION_TEAM] = {"team", VALUE_TEXT},
		[DEFINITION_ACTOR] = {"actor", VALUE_TEXT},
	};
	struct definition *definition = reader->definition;
	for (int i = 0; i < DEFINITION_SLOTS; i++)
		add_name(names,
			(struct condition_name){.name = own[i].name,
				.kind = own[i].kind,
				.list = i == DEFINITION_STATE ? state_codes(reader)
							      : NULL,
				.slot = definition_slot(definition,
					(enum definition_slot)i)});
	int slot = definition_slot(definition, DEFINITION_SLOTS);
	for (int i = 0; i < FACTS; i++, slot++)
		add_name(names,
			(struct condition_name){.name = fact_row((enum fact)i)->name,
				.kind = fact_row((enum fact)i)->kind,
				.slot = slot});
	for (size_t i = 0; i < definition->setting_count; i++, slot++) {
		static const enum value_kind kinds[] = {[DEFINITION_SET_DATE] =
								VALUE_DATE,
			[DEFINITION_SET_NUMBER] = VALUE_NUMBER,
			[DEFINITION_SET_CODE] = VALUE_TEXT};
		struct definition_setting *setting = &definition->settings[i];
		setting->slot = (int)i;
		add_name(names,
			(struct condition_name){.name = arena_format(reader->tree
									     ->arena,
							"setting.%s",
							setting->name),
				.kind = kinds[setting->kind],
				.list = choice_codes(reader->tree->arena, setting),
				.slot = slot});
	}
	definition->slot_count = (size_t)slot;
}

void definition_build_scope(struct definition_reader *reader)
{
	struct definition *definition = reader->definition;
	size_t most = definition->field_count + DEFINITION_SLOTS + FACTS
		+ definition->setting_count;
	for (size_t i = 0; i < definition->part_count; i++)
		most += definition->parts[i].field_count + 1;
	struct names names = {arena_array(reader->tree->arena, most,
				      sizeof *names.names),
		0};
	const char **parts = arena_array(reader->tree->arena,
		definition->part_count + 1, sizeof *parts);
	add_fields(&names, definition->fields, definition->field_count, 0);
	add_own(reader, &names);
	for (size_t i = 0; i < definition->part_count; i++) {
		const struct definition_part *part = &definition->parts[i];
		parts[i] = part->name;
		add_fields(&names, part->fields, part->field_count, part->number);
		if (part->is_own)
			names.names[names.count - DEFINITION_STAY_FIELDS
				     + DEFINITION_STAY_STATE]
				.list = state_codes(reader);
		add_name(&names,
			(struct condition_name){.name = "added",
				.kind = VALUE_DATE,
				.part = part->number,
				.slot = (int)part->field_count});
	}
	reader->scope = (struct condition_scope){.names = names.names,
		.count = names.count,
		.parts = parts,
		.part_count = definition->part_count,
		.codes = reader->options->codes};
}

/* ---- The head ---- */

static const struct tree_word subjects[] = {{"child", DEFINITION_CHILD},
	{"family", DEFINITION_FAMILY}, {"person", DEFINITION_PERSON},
	{"organisation", DEFINITION_ORGANISATION}, {"home", DEFINITION_HOME},
	{"space", DEFINITION_SPACE}, {"group", DEFINITION_GROUP},
	{"none", DEFINITION_NOTHING}, {NULL, 0}};

const char *definition_subject_word(enum definition_subject subject)
{
	for (const struct tree_word *at = subjects; at->word != NULL; at++)
		if (at->value == (int)subject)
			return at->word;
	return "";
}

static void take_subject(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	int value = 0;
	if (tree_word(reader->tree, node, subjects, &value))
		*(enum definition_subject *)into = (enum definition_subject)value;
}

static void take_reach(void *context, const struct tree *node, void *into)
{
	static const struct tree_word words[] = {{"own", DEFINITION_REACH_OWN},
		{"team", DEFINITION_REACH_TEAM}, {"any", DEFINITION_REACH_ANY},
		{"none", DEFINITION_REACH_NONE}, {NULL, 0}};
	struct definition_reader *reader = context;
	enum definition_reach *reach = into;
	if (node->kind != TREE_MAPPING)
		tree_mistake(reader->tree, node,
			"must be roles and what they see", node->text,
			"as: ehe-officer: any");
	else
		for (const struct tree *at = node->first; at != NULL;
			at = at->next) {
			struct tree role = {.kind = TREE_SCALAR,
				.text = at->key,
				.file = at->file,
				.line = at->key_line,
				.column = at->key_column};
			uint64_t bit = 0;
			int value = 0;
			definition_take_roles(context, &role, &bit);
			/* A wrong word has been told; that nothing is seen would not
		 * be true. */
			if (!tree_word(reader->tree, at, words, &value))
				value = DEFINITION_REACH_ANY;
			if (bit != 0)
				reach[__builtin_ctzll(bit)] =
					(enum definition_reach)value;
		}
}

static void take_retention_from(void *context, const struct tree *node, void *into)
{
	static const struct tree_word words[] = {{"birth", 1}, {"closing", 0},
		{NULL, 0}};
	struct definition_reader *reader = context;
	int value = 0;
	if (tree_word(reader->tree, node, words, &value))
		*(bool *)into = value == 1;
}

static void take_retention(void *context, const struct tree *node, void *into)
{
	static const struct tree_key keys[] = {{"years", definition_take_number,
						       offsetof(struct definition,
							       retention_years),
						       true},
		{"after", take_retention_from,
			offsetof(struct definition, retains_from_birth), true},
		{"source", definition_take_string,
			offsetof(struct definition, retention_source), true},
		{NULL, NULL, 0, false}};
	tree_take(context, node, keys, "retention lacks", into);
}

static const struct tree_key head_keys[] = {{"register", definition_take_string,
						    offsetof(struct definition,
							    name),
						    true},
	{"title", definition_take_string, offsetof(struct definition, title),
		true},
	{"about", definition_take_string, offsetof(struct definition, about),
		true},
	{"source", definition_take_string, offsetof(struct definition, source),
		true},
	{"prefix", definition_take_string, offsetof(struct definition, prefix),
		true},
	{"subject", take_subject, offsetof(struct definition, subject), true},
	{"one-open", definition_take_yes,
		offsetof(struct definition, has_one_open), false},
	{"owner-role", definition_take_string,
		offsetof(struct definition, owner_role), true},
	{"team", definition_take_string, offsetof(struct definition, team), true},
	{"see", take_reach, offsetof(struct definition, reach), true},
	{"retention", take_retention, 0, true},
	{"settings", definition_take_nothing, 0, false},
	{"fields", definition_take_nothing, 0, true},
	{"parts", definition_take_nothing, 0, false},
	{"states", definition_take_nothing, 0, true},
	{"steps", definition_take_nothing, 0, true},
	{"clocks", definition_take_nothing, 0, false},
	{"lists", definition_take_nothing, 0, true},
	{"letters", definition_take_nothing, 0, false}, {NULL, NULL, 0, false}};

/* ---- The whole ---- */

static void read_sections(struct definition_reader *reader,
	const struct tree *root)
{
	struct definition *definition = reader->definition;
	const struct tree *fields = tree_find(root, "fields");
	const struct tree *parts = tree_find(root, "parts");
	tree_take(reader, root, head_keys, "the register lacks", definition);
	definition_read_settings(reader, tree_find(root, "settings"));
	definition_read_fields(reader, fields);
	definition_read_parts(reader, parts);
	size_t before = reader->tree->count;
	definition_read_states(reader, tree_find(root, "states"));
	definition_build_scope(reader);
	definition_read_rules(reader, fields, parts);
	definition_read_steps(reader, tree_find(root, "steps"));
	definition_read_clocks(reader, tree_find(root, "clocks"));
	definition_read_lists(reader, tree_find(root, "lists"));
	definition_read_letters(reader, tree_find(root, "letters"));
	definition_check_names(reader, root);
	definition_check(reader, root, reader->tree->count == before);
}

static const char *digest_of(struct arena *arena,
	const struct definition_options *options)
{
	char digest[DIGEST_TEXT];
	struct digest sum;
	digest_begin(&sum);
	digest_add(&sum, options->text);
	digest_add(&sum, options->overlay);
	digest_end(&sum, digest);
	return arena_string(arena, text_of(digest));
}

bool definition_read(struct arena *arena,
	const struct definition_options *options,
	const struct definition **out_definition, struct buffer *out_mistakes,
	struct fault *fault)
{
	struct tree_reader tree = {arena, out_mistakes, 0};
	struct definition *definition = arena_new(arena, sizeof *definition);
	struct definition_reader reader = {.tree = &tree,
		.definition = definition,
		.options = options};
	const struct tree *root = tree_read(&tree, options->name, options->text);
	if (options->overlay.length > 0)
		root = tree_lay_over(arena, root,
			tree_read(&tree, options->overlay_name, options->overlay));
	definition->name = definition->title = definition->about = "";
	definition->owner_role = definition->team = definition->prefix = "";
	definition->roles = codes_list(options->codes, "roles");
	definition->text = arena_text(arena, options->text);
	definition->digest = digest_of(arena, options);
	if (root != NULL && root->kind == TREE_MAPPING)
		read_sections(&reader, root);
	else if (root != NULL)
		tree_mistake(&tree, root, "must be names and values",
			root->text, "as: register: ehe");
	if (tree.count == 0) {
		*out_definition = definition;
		return true;
	}
	fault_set(fault, FAULT_INPUT, "%zu mistake%s in \"" TEXT_FORMAT "\"",
		tree.count, tree.count == 1 ? "" : "s", TEXT_ARGS(options->name));
	return fault_hint(fault, "see: kith define check FILE");
}
