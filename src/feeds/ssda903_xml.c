/* SPDX-License-Identifier: MIT
 *
 * The XML form of the SSDA903 return, turned into the rows of the CSV form.
 *
 * EXPSSDA903 holds CHILD, each with one HEADER and its EPISODEs. A column goes
 * by the name it has in CSV, but for CHILDID and PL. Elements are taken in any
 * order; those we do not know are passed over.
 */
#include <assert.h>
#include <string.h>

#include "feeds/ssda903-inside.h"
#include "feeds/xml.h"

static const char *const records[] = {"CHILD", "HEADER", "EPISODE", "AMISSING",
	"AREVIEW", "AD_PLACED"};

enum {
	CHILD_END,
	HEADER_END,
	EPISODE_END,
	AMISSING_END,
	AREVIEW_END,
	AD_PLACED_END
};

/* Elements that go by another name than their column. */
static const struct {
	const char *element, *column;
} aliases[] = {{"CHILDID", "CHILD"}, {"PL", "PLACE"}};

enum {
	MOST_NAMES = SSDA903_TABLES * SSDA903_FIELDS + 8,
	MOST_PLACES = SSDA903_TABLES + 4, /* of one element: CHILD is in all */
};

/* Which tables' rows are complete at the end of which element. */
static const struct {
	int element;
	enum ssda903_which which;
} completions[] = {
	{AMISSING_END, SSDA903_MISSING_TABLE},
	{AREVIEW_END, SSDA903_REVIEWS},
	{AD_PLACED_END, SSDA903_PLACED_ADOPTION},
	{HEADER_END, SSDA903_HEADER},
	{HEADER_END, SSDA903_UASC},
	{HEADER_END, SSDA903_AD1},
	{HEADER_END, SSDA903_OC3},
	{HEADER_END, SSDA903_PREVIOUS_PERMANENCE},
	{HEADER_END, SSDA903_OC2},
	{EPISODE_END, SSDA903_EPISODES},
};

/* A field of a table that an element's value goes to. */
struct place {
	int table, field;
	bool is_mark;
};

struct state {
	const struct ssda903_sink *sink;
	struct arena *child; /* memory of the present CHILD */
	const char *names[MOST_NAMES];
	size_t name_count;
	struct place places[MOST_NAMES][MOST_PLACES]; /* by name */
	int place_counts[MOST_NAMES];
	int field_counts[SSDA903_TABLES];
	bool is_kept[SSDA903_TABLES][SSDA903_FIELDS]; /* from row to row */
	struct text values[SSDA903_TABLES][SSDA903_FIELDS];
	bool has_row[SSDA903_TABLES];
	int64_t line[SSDA903_TABLES]; /* where the row began */
};

static size_t add_name(struct state *state, const char *name)
{
	for (size_t i = 0; i < state->name_count; i++)
		if (text_is(text_of(name), state->names[i]))
			return i;
	assert(state->name_count < MOST_NAMES);
	state->names[state->name_count] = name;
	return state->name_count++;
}

static void add_place(struct state *state, const char *name, struct place place)
{
	size_t i = add_name(state, name);
	assert(state->place_counts[i] < MOST_PLACES);
	state->places[i][state->place_counts[i]++] = place;
}

static void add_field(struct state *state, int table, int field)
{
	const struct ssda903_field *about = &ssda903_tables[table].fields[field];
	struct place place = {table, field, about->is_mark};
	add_place(state, about->column, place);
	for (size_t i = 0; i < COUNT_OF(aliases); i++)
		if (text_is(text_of(about->column), aliases[i].column))
			add_place(state, aliases[i].element, place);
	state->field_counts[table] = field + 1;
	state->is_kept[table][field] = about->type == SSDA903_CHILD
		|| text_is(text_of(about->column), "DOB");
}

/* The records' names come first, in their order. */
static void make_names(struct state *state)
{
	for (size_t i = 0; i < COUNT_OF(records); i++)
		add_name(state, records[i]);
	for (int t = 0; t < SSDA903_TABLES; t++)
		for (int f = 0; f < SSDA903_FIELDS
			&& ssda903_tables[t].fields[f].column != NULL;
			f++)
			add_field(state, t, f);
}

static void set_value(struct state *state, const struct xml_element *element)
{
	int count = element->name < 0 ? 0 : state->place_counts[element->name];
	if (count == 0)
		return;
	/* What lies in the file need not be copied. */
	struct text value = element->is_lasting
		? element->text
		: arena_text(state->child, element->text);
	for (int i = 0; i < count; i++) {
		const struct place *place = &state->places[element->name][i];
		state->values[place->table][place->field] = value;
		if (!place->is_mark || value.length == 0)
			continue;
		if (!state->has_row[place->table])
			state->line[place->table] = element->line;
		state->has_row[place->table] = true;
	}
}

/* Gives the row, then forgets all of it but the child and date of birth. */
static bool complete(struct state *state, enum ssda903_which which,
	struct fault *fault)
{
	bool is_needed = which == SSDA903_HEADER || which == SSDA903_EPISODES
		|| state->has_row[which];
	bool is_done = !is_needed
		|| state->sink->row(state->sink->self, which,
			state->values[which], state->line[which], fault);
	for (int f = 0; f < state->field_counts[which]; f++)
		if (!state->is_kept[which][f])
			state->values[which][f] = (struct text){.at = NULL};
	state->has_row[which] = false;
	return is_done;
}

static void forget_child(struct state *state)
{
	for (int t = 0; t < SSDA903_TABLES; t++)
		for (int f = 0; f < state->field_counts[t]; f++)
			state->values[t][f] = (struct text){.at = NULL};
	arena_reset(state->child);
}

static bool at_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct state *state = self;
	if (!element->has_children)
		set_value(state, element);
	if (element->name == HEADER_END)
		state->line[SSDA903_HEADER] = element->line;
	if (element->name == EPISODE_END)
		state->line[SSDA903_EPISODES] = element->line;
	for (size_t i = 0; element->has_children && i < COUNT_OF(completions); i++)
		if (completions[i].element == element->name
			&& !complete(state, completions[i].which, fault))
			return false;
	if (element->name == CHILD_END)
		forget_child(state);
	return true;
}

/* The root is all that is looked at: reading stops there. */
static bool at_root(void *self, const struct xml_element *element,
	struct fault *fault)
{
	bool *is_ours = self;
	*is_ours = text_is(element->tag, "EXPSSDA903");
	return fault_set(fault, FAULT_LIMIT, "the root element is enough");
}

bool ssda903_xml_is_ours(struct text bytes)
{
	bool is_ours = false;
	struct fault ignored = {FAULT_NONE};
	struct xml_consumer consumer = {.self = &is_ours, .start = at_root};
	(void)!xml_read(bytes, &consumer, &ignored);
	return is_ours;
}

bool ssda903_xml_read(struct text bytes, const struct ssda903_sink *sink,
	struct fault *fault)
{
	struct arena *memory = arena_open();
	struct state *state = arena_new(memory, sizeof *state);
	state->sink = sink;
	state->child = arena_open();
	make_names(state);
	struct xml_consumer consumer = {.names = state->names,
		.count = state->name_count,
		.self = state,
		.end = at_end};
	bool is_read = xml_read(bytes, &consumer, fault);
	arena_close(state->child);
	arena_close(memory);
	return is_read;
}

/* ---- A glance at the ends of episodes ---- */

static const struct text end_tag = {"DEC>", 4};

/* Sixteen bytes looked at together. */
typedef int8_t lanes __attribute__((vector_size(16)));

static lanes lanes_at(const char *bytes)
{
	lanes all;
	memcpy(&all, bytes, sizeof all);
	return all;
}

/* Whether the tag may begin at one of sixteen bytes. */
static bool may_begin(const char *at)
{
	lanes found = (lanes_at(at) == end_tag.at[0])
		& (lanes_at(at + 1) == end_tag.at[1])
		& (lanes_at(at + 3) == end_tag.at[3]);
	uint64_t halves[2];
	memcpy(halves, &found, sizeof halves);
	return (halves[0] | halves[1]) != 0;
}

/* Where the tag next stands, or the end of the bytes. */
static const char *find_tag(const char *at, const char *end)
{
	size_t room = sizeof(lanes) + end_tag.length;
	for (; (size_t)(end - at) >= room; at += sizeof(lanes))
		if (may_begin(at)) {
			const char *found = memmem(at, room, end_tag.at,
				end_tag.length);
			if (found != NULL)
				return found;
		}
	const char *found = memmem(at, (size_t)(end - at), end_tag.at,
		end_tag.length);
	return found == NULL ? end : found;
}

/* Comments and the like may hold what looks like elements. */
static bool has_declarations(struct text bytes)
{
	const char *at = bytes.at, *end = bytes.at + bytes.length;
	while (at < end && (at = memchr(at, '!', (size_t)(end - at))) != NULL)
		if (at > bytes.at && at[-1] == '<')
			return true;
		else
			at++;
	return false;
}

bool ssda903_xml_ends(struct text bytes, void *self,
	void (*take)(void *self, struct text value))
{
	const char *end = bytes.at + bytes.length, *value = NULL;
	bool has_one = false;
	if (bytes.length < end_tag.length || has_declarations(bytes))
		return false;
	for (const char *at = bytes.at + 2; (at = find_tag(at, end)) < end;
		at += end_tag.length) {
		if (at[-1] == '<' && value == NULL) {
			value = at + end_tag.length;
		} else if (at[-1] == '/' && at[-2] == '<' && value != NULL) {
			size_t length = (size_t)(at - 2 - value);
			take(self, text_trim((struct text){value, length}));
			value = NULL;
			has_one = true;
		} else if (at[-1] != '_') {
			return false;
		}
	}
	return has_one && value == NULL;
}
