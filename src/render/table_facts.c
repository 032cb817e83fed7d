/* SPDX-License-Identifier: MIT
 *
 * The labelled facts about one measure, and its commentary.
 */
#include "render/table.h"

#include "render/status.h"
#include "render/words.h"

enum { FACTS_MAXIMUM = 12 };

struct facts {
	struct table_fact *at;
	size_t count;
};

static struct table_cell *add(struct facts *facts, const char *label,
	const char *text)
{
	struct table_fact *fact = &facts->at[facts->count++];
	*fact = (struct table_fact){.label = label, .said = {.text = text}};
	return &fact->said;
}

static void add_given(struct facts *facts, const char *label, const char *text)
{
	if (words_given(text))
		add(facts, label, text);
}

static void add_previous(struct facts *facts,
	const struct view_measure *measure, struct arena *arena)
{
	const char *label = "Same period last year";
	if (words_given(measure->previous_label))
		label = arena_format(arena, "Same period last year, %s",
			measure->previous_label);
	add(facts, label, words_explained(arena, measure->previous));
	struct table_cell *cell = add(facts, "Direction",
		words_direction(measure));
	cell->mark = TABLE_DIRECTION;
	cell->direction = measure->direction;
	cell->more = measure->change;
}

static void add_target(struct facts *facts, const struct view_measure *measure)
{
	struct table_cell *cell = add(facts, "Status", words_status(measure));
	cell->mark = TABLE_STATUS;
	cell->status = measure->status;
	cell = add(facts, "Target", words_or(measure->target, "none set"));
	cell->more = measure->against_target;
}

struct table_fact *table_facts(const struct view_measure *measure,
	struct arena *arena, size_t *out_count)
{
	struct facts facts = {
		.at = arena_array(arena, FACTS_MAXIMUM, sizeof(struct table_fact)),
	};
	add(&facts, "Value", words_value(arena, measure));
	add_given(&facts, "What was counted",
		words_fraction_in_full(arena, measure));
	add_given(&facts, "Period and basis", measure->basis);
	add_given(&facts, "How to read it", measure->polarity);
	add_target(&facts, measure);
	add_previous(&facts, measure, arena);
	if (words_given(measure->comparator_name)) {
		struct table_cell *cell = add(&facts, "Comparator",
			words_comparator(arena, measure));
		if (words_given(measure->comparator_source))
			cell->more = arena_format(arena, "Source: %s",
				measure->comparator_source);
	}
	add_given(&facts, "As published", measure->frozen);
	add_given(&facts, "Data behind it", measure->coverage);
	*out_count = facts.count;
	return facts.at;
}

void table_commentary(const struct view_measure *measure,
	struct table_fact out_slots[TABLE_SLOTS])
{
	const char *const texts[TABLE_SLOTS] = {measure->commentary_why,
		measure->commentary_so_what, measure->commentary_next,
		measure->commentary_by_when};
	static const char *const labels[TABLE_SLOTS] = {"Why is it so?",
		"So what?", "What next?", "By when, and who?"};
	for (size_t i = 0; i < TABLE_SLOTS; i++)
		out_slots[i] = (struct table_fact){.label = labels[i],
			.said = {.text = words_or(texts[i], "")}};
}
