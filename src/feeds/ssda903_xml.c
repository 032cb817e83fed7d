/* SPDX-License-Identifier: MIT
 *
 * The XML form of the SSDA903 return, turned into the rows of the CSV form.
 *
 * EXPSSDA903 holds CHILD, each with one HEADER and its EPISODEs. A column goes
 * by the name it has in CSV, but for CHILDID and PL. Elements are taken in any
 * order; those we do not know are passed over.
 */
#include "feeds/ssda903-inside.h"
#include "feeds/xml.h"

static const char *const names[] = {"CHILD", "HEADER", "EPISODE", "AMISSING",
	"AREVIEW", "AD_PLACED"};

enum {
	CHILD_END,
	HEADER_END,
	EPISODE_END,
	AMISSING_END,
	AREVIEW_END,
	AD_PLACED_END
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

struct state {
	const struct ssda903_sink *sink;
	struct arena *child; /* memory of the present CHILD */
	struct text values[SSDA903_TABLES][SSDA903_FIELDS];
	bool has_row[SSDA903_TABLES];
	int64_t line[SSDA903_TABLES]; /* where the row began */
};

static const char *csv_name(struct text tag)
{
	if (text_is(tag, "CHILDID"))
		return "CHILD";
	if (text_is(tag, "PL"))
		return "PLACE";
	return NULL;
}

static void set_value(struct state *state, const struct xml_element *element)
{
	const char *alias = csv_name(element->tag);
	struct text name = alias == NULL ? element->tag : text_of(alias);
	struct text value = arena_text(state->child, element->text);
	for (int t = 0; t < SSDA903_TABLES; t++) {
		const struct ssda903_table *table = &ssda903_tables[t];
		for (int f = 0; f < SSDA903_FIELDS && table->fields[f].column;
			f++) {
			if (!text_is(name, table->fields[f].column))
				continue;
			state->values[t][f] = value;
			if (!table->fields[f].is_mark || value.length == 0)
				continue;
			if (!state->has_row[t])
				state->line[t] = element->line;
			state->has_row[t] = true;
		}
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
	const struct ssda903_table *table = &ssda903_tables[which];
	for (int f = 0; f < SSDA903_FIELDS && table->fields[f].column; f++)
		if (table->fields[f].type != SSDA903_CHILD
			&& !text_is(text_of(table->fields[f].column), "DOB"))
			state->values[which][f] = (struct text){.at = NULL};
	state->has_row[which] = false;
	return is_done;
}

static void forget_child(struct state *state)
{
	for (int t = 0; t < SSDA903_TABLES; t++)
		for (int f = 0; f < SSDA903_FIELDS; f++)
			state->values[t][f] = (struct text){.at = NULL};
	arena_reset(state->child);
}

static bool at_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct state *state = self;
	(void)fault;
	if (element->name == HEADER_END)
		state->line[SSDA903_HEADER] = element->line;
	if (element->name == EPISODE_END)
		state->line[SSDA903_EPISODES] = element->line;
	return true;
}

static bool at_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct state *state = self;
	if (!element->has_children)
		set_value(state, element);
	for (size_t i = 0; i < COUNT_OF(completions); i++)
		if (element->has_children && completions[i].element == element->name
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
	struct xml_consumer consumer = {names, COUNT_OF(names), state, at_start,
		at_end};
	bool is_read = xml_read(bytes, &consumer, fault);
	arena_close(state->child);
	arena_close(memory);
	return is_read;
}
