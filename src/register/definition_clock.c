/* SPDX-License-Identifier: MIT
 *
 * Clocks, lists and letters: what is due, what is shown, what is sent.
 */
#include <stddef.h>

#include "register/definition-inside.h"

enum { MOST_NAME = 40 };

static const struct text nothing = {"", 0};

/* ---- Counting ---- */

static const struct {
	const char *words;
	enum definition_unit unit;
} units[] = {
	{"days", DEFINITION_DAYS},
	{"day", DEFINITION_DAYS},
	{"working days", DEFINITION_WORKING_DAYS},
	{"working day", DEFINITION_WORKING_DAYS},
	{"school days", DEFINITION_SCHOOL_DAYS},
	{"school weeks", DEFINITION_SCHOOL_WEEKS},
	{"weeks", DEFINITION_WEEKS},
	{"months", DEFINITION_MONTHS},
	{"month", DEFINITION_MONTHS},
};

const char *definition_unit_word(enum definition_unit unit)
{
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (units[i].unit == unit)
			return units[i].words;
	return "";
}

static bool read_unit(struct text text, enum definition_unit *out_unit)
{
	for (size_t i = 0; i < COUNT_OF(units); i++)
		if (text_is(text, units[i].words)) {
			*out_unit = units[i].unit;
			return true;
		}
	return false;
}

static const struct definition_setting *number_setting(const struct definition *definition,
	struct text name)
{
	for (size_t i = 0; i < definition->setting_count; i++)
		if (text_is(name, definition->settings[i].name)
			&& definition->settings[i].kind == DEFINITION_SET_NUMBER)
			return &definition->settings[i];
	return NULL;
}

/* A field that holds a whole number, of the clock's part or of the entry. */
static const struct condition *number_field(struct definition_reader *reader,
	struct text name)
{
	struct condition_mistake mistake;
	struct condition_scope scope = reader->scope;
	scope.row_part = reader->part == NULL ? 0 : reader->part->number;
	bool is_name = name.length > 0 && name.at[0] >= 'a' && name.at[0] <= 'z';
	return is_name ? condition_read(reader->tree->arena, name, &scope,
		       VALUE_NUMBER, &mistake)
		       : NULL;
}

/* "15 days beginning with", "10 school days", "setting.kit_months months",
 * "period_days days". */
static bool read_count(struct definition_reader *reader, struct text text,
	struct definition_count *count)
{
	const struct definition *definition = reader->definition;
	static const struct text prefix = {"setting.", 8},
				 with = {" beginning with", 15};
	struct text unit;
	int64_t number = 0;
	if (text_ends(text, with)) {
		count->is_beginning_with = true;
		text.length -= with.length;
	}
	struct text first = text_split(text, ' ', &unit);
	if (text_starts(first, prefix))
		count->setting = number_setting(definition,
			text_cut(first, prefix.length, first.length));
	else if (text_to_int64(first, &number) && number >= 0 && number <= 10000)
		count->number = (int)number;
	else if ((count->field = number_field(reader, first)) == NULL)
		return false;
	bool has_number = count->setting != NULL || !text_starts(first, prefix);
	return has_number && read_unit(text_trim(unit), &count->unit);
}

static void take_count(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct text text = tree_scalar(reader->tree, node);
	if (!read_count(reader, text, into))
		tree_mistake(reader->tree, node, "is no way to count", text,
			"as: 15 days beginning with, 10 school days,"
			" setting.NAME months, FIELD days");
}

/* ---- Clocks ---- */

static const struct tree_key clock_keys[] = {{"part", definition_take_part,
						     offsetof(struct definition_clock,
							     part),
						     false},
	{"title", definition_take_string,
		offsetof(struct definition_clock, title), true},
	{"then", definition_take_string,
		offsetof(struct definition_clock, then), true},
	{"when", definition_take_flag, offsetof(struct definition_clock, when),
		false},
	{"starts", definition_take_day,
		offsetof(struct definition_clock, starts), true},
	{"stops", definition_take_day, offsetof(struct definition_clock, stops),
		false},
	{"ends", definition_take_flag, offsetof(struct definition_clock, ends),
		false},
	{"count", take_count, offsetof(struct definition_clock, count), true},
	{"warn", take_count, offsetof(struct definition_clock, warn), false},
	{"due-to", definition_take_roles,
		offsetof(struct definition_clock, due_to), true},
	{"law", definition_take_string, offsetof(struct definition_clock, law),
		true},
	{"local", definition_take_yes,
		offsetof(struct definition_clock, is_local), false},
	DEFINITION_SPAN_KEYS(struct definition_clock), {NULL, NULL, 0, false}};

static void read_clock(struct definition_reader *reader,
	const struct tree *node, struct definition_clock *clock)
{
	clock->name = arena_string(reader->tree->arena, node->key);
	clock->line = node->key_line;
	definition_check_name(reader, node, '-', MOST_NAME);
	reader->part = NULL;
	tree_take(reader, node, clock_keys, "the clock lacks", clock);
	reader->part = NULL;
	if (clock->count.is_beginning_with
		&& (clock->count.unit == DEFINITION_SCHOOL_DAYS
			|| clock->count.unit == DEFINITION_SCHOOL_WEEKS))
		tree_mistake(reader->tree, tree_find(node, "count"),
			"school days and weeks are counted from the day after",
			node->key, "");
}

/* `read` reads one thing; `size` is the size of its struct. */
struct section {
	void (*read)(struct definition_reader *, const struct tree *, void *);
	size_t size, most;
};

static void *read_section(struct definition_reader *reader,
	const struct tree *node, const struct section *section, size_t *out_count)
{
	size_t count = definition_count(reader, node, section->most);
	char *things = arena_array(reader->tree->arena, count + 1, section->size);
	for (const struct tree *at = count == 0 ? NULL : node->first;
		at != NULL; at = at->next)
		section->read(reader, at,
			things + section->size * (*out_count)++);
	return things;
}

static void read_clock_here(struct definition_reader *reader,
	const struct tree *node, void *into)
{
	read_clock(reader, node, into);
}

void definition_read_clocks(struct definition_reader *reader,
	const struct tree *node)
{
	static const struct section section = {read_clock_here,
		sizeof(struct definition_clock), DEFINITION_CLOCKS};
	reader->definition->clocks = read_section(reader, node, &section,
		&reader->definition->clock_count);
}

/* ---- Lists ---- */

static void take_columns(void *context, const struct tree *node, void *into)
{
	struct definition_reader *reader = context;
	struct definition_list *list = into;
	if (node->kind != TREE_LIST) {
		tree_mistake(reader->tree, node, "must be a list of fields",
			nothing, "as: [one, another]");
		return;
	}
	list->columns = arena_array(reader->tree->arena, tree_length(node) + 1,
		sizeof *list->columns);
	for (const struct tree *at = node->first; at != NULL; at = at->next) {
		const struct definition_field *field = definition_field_named(reader,
			NULL, at, tree_scalar(reader->tree, at));
		if (field != NULL)
			list->columns[list->column_count++] = field;
	}
}

static void read_list(struct definition_reader *reader, const struct tree *node,
	void *into)
{
	static const struct tree_key keys[] =
		{{"title", definition_take_string,
			 offsetof(struct definition_list, title), true},
			{"about", definition_take_string,
				offsetof(struct definition_list, about), false},
			{"where", definition_take_flag,
				offsetof(struct definition_list, where), false},
			{"closed", definition_take_yes,
				offsetof(struct definition_list, has_closed),
				false},
			{"columns", take_columns, 0, true},
			{"empty", definition_take_string,
				offsetof(struct definition_list, empty), true},
			{NULL, NULL, 0, false}};
	struct definition_list *list = into;
	list->name = arena_string(reader->tree->arena, node->key);
	list->about = "";
	list->line = node->key_line;
	definition_check_name(reader, node, '-', MOST_NAME);
	tree_take(reader, node, keys, "the list lacks", list);
}

void definition_read_lists(struct definition_reader *reader,
	const struct tree *node)
{
	static const struct section section = {read_list,
		sizeof(struct definition_list), DEFINITION_LISTS};
	reader->definition->lists = read_section(reader, node, &section,
		&reader->definition->list_count);
}

/* ---- Letters ---- */

static void read_letter(struct definition_reader *reader,
	const struct tree *node, void *into)
{
	static const struct tree_key keys[] = {{"part", definition_take_part,
						       offsetof(struct definition_letter,
							       part),
						       false},
		{"title", definition_take_string,
			offsetof(struct definition_letter, title), true},
		{"file", definition_take_string,
			offsetof(struct definition_letter, file), true},
		{"audience", definition_take_audience,
			offsetof(struct definition_letter, audience), true},
		{"when", definition_take_flag,
			offsetof(struct definition_letter, when), false},
		DEFINITION_SPAN_KEYS(struct definition_letter),
		{"source", definition_take_string,
			offsetof(struct definition_letter, source), false},
		{NULL, NULL, 0, false}};
	struct definition_letter *letter = into;
	letter->name = arena_string(reader->tree->arena, node->key);
	letter->source = "";
	letter->line = node->key_line;
	definition_check_name(reader, node, '-', MOST_NAME);
	reader->part = NULL;
	tree_take(reader, node, keys, "the letter lacks", letter);
	reader->part = NULL;
}

void definition_read_letters(struct definition_reader *reader,
	const struct tree *node)
{
	static const struct section section = {read_letter,
		sizeof(struct definition_letter), DEFINITION_LETTERS};
	reader->definition->letters = read_section(reader, node, &section,
		&reader->definition->letter_count);
}
