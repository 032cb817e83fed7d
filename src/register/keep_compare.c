/* SPDX-License-Identifier: MIT
 *
 * What differs between two versions of an entry, in the words of its labels.
 */
#include "register/given.h"
#include "register/keep.h"

struct comparing {
	struct arena *arena;
	struct keep_difference *differences;
	size_t count, room;
};

static void add(struct comparing *comparing, struct keep_difference difference)
{
	if (comparing->count == comparing->room) {
		size_t room = comparing->room == 0 ? 16 : comparing->room * 2;
		struct keep_difference *more = arena_array(comparing->arena,
			room, sizeof *more);
		for (size_t i = 0; i < comparing->count; i++)
			more[i] = comparing->differences[i];
		comparing->differences = more;
		comparing->room = room;
	}
	comparing->differences[comparing->count++] = difference;
}

static void compare_fields(struct comparing *comparing,
	const struct definition_part *part, const struct definition *of,
	const struct value *before, const struct value *after, int64_t item)
{
	const struct definition_field *fields = part == NULL ? of->fields
							     : part->fields;
	size_t count = part == NULL ? of->field_count : part->field_count;
	for (size_t i = 0; i < count; i++) {
		struct value old = before == NULL ? value_empty() : before[i];
		struct value new = after == NULL ? value_empty() : after[i];
		if (value_equals(old, new))
			continue;
		add(comparing,
			(struct keep_difference){.label = part == NULL
					? fields[i].label
					: arena_format(comparing->arena, "%s: %s",
						part->one, fields[i].label),
				.field = fields[i].name,
				.item = item,
				.before = given_shown(&fields[i], old,
					comparing->arena),
				.after = given_shown(&fields[i], new,
					comparing->arena),
				.definition = &fields[i]});
	}
}

static void compare_part(struct comparing *comparing,
	const struct definition_part *part, const struct entry *before,
	const struct entry *after)
{
	const struct entry_part *old = &before->parts[part->number - 1];
	const struct entry_part *new = &after->parts[part->number - 1];
	size_t place;
	for (size_t i = 0; i < new->count; i++)
		compare_fields(comparing, part, after->of,
			entry_find_row(before, part, new->items[i], &place)
				? old->rows[place]
				: NULL,
			new->rows[i], new->items[i]);
	for (size_t i = 0; i < old->count; i++)
		if (!entry_find_row(after, part, old->items[i], &place))
			compare_fields(comparing, part, after->of, old->rows[i],
				NULL, old->items[i]);
}

static struct text own_shown(const struct entry *entry, int slot,
	struct arena *arena)
{
	struct value value = entry_slot(entry, (enum definition_slot)slot);
	const struct definition_state *state = entry_state(entry);
	char words[DATE_WORDS];
	if (slot == DEFINITION_STATE && state != NULL)
		return text_of(state->title);
	if (value.kind == VALUE_TEXT)
		return value.text;
	if (value.kind != VALUE_DATE)
		return TEXT("");
	date_words(value.date, words);
	return arena_text(arena, text_of(words));
}

static void compare_own(struct comparing *comparing, const struct entry *before,
	const struct entry *after)
{
	static const struct {
		enum definition_slot slot;
		const char *label, *name;
	} own[] = {{DEFINITION_STATE, "State", "state"},
		{DEFINITION_OWNER, "Owner", "owner"},
		{DEFINITION_TEAM, "Team", "team"},
		{DEFINITION_CLOSED, "Closed on", "closed"}};
	for (size_t i = 0; i < COUNT_OF(own); i++) {
		if (value_equals(entry_slot(before, own[i].slot),
			    entry_slot(after, own[i].slot)))
			continue;
		add(comparing,
			(struct keep_difference){.label = own[i].label,
				.field = own[i].name,
				.before = own_shown(before, own[i].slot,
					comparing->arena),
				.after = own_shown(after, own[i].slot,
					comparing->arena)});
	}
}

void keep_compare(const struct entry *before, const struct entry *after,
	struct arena *arena, const struct keep_difference **out_differences,
	size_t *out_count)
{
	struct comparing comparing = {.arena = arena};
	compare_own(&comparing, before, after);
	compare_fields(&comparing, NULL, after->of, before->values,
		after->values, 0);
	for (size_t i = 0; i < after->of->part_count; i++)
		if (!after->of->parts[i].is_own) /* the state told it */
			compare_part(&comparing, &after->of->parts[i], before,
				after);
	*out_differences = comparing.differences;
	*out_count = comparing.count;
}
