/* SPDX-License-Identifier: MIT
 *
 * Entries in memory.
 */
#include "register/entry.h"

#include <string.h>

static struct entry_part *part_of(const struct entry *entry,
	const struct definition_part *part)
{
	return &entry->parts[part->number - 1];
}

struct entry *entry_new(const struct definition *of, int la, int64_t subject,
	struct arena *arena)
{
	struct entry *entry = arena_new(arena, sizeof *entry);
	*entry = (struct entry){.of = of,
		.arena = arena,
		.la = la,
		.subject = subject,
		.values = arena_array(arena, of->slot_count,
			sizeof *entry->values),
		.parts = arena_array(arena, of->part_count + 1,
			sizeof *entry->parts)};
	return entry;
}

static void copy_part(struct entry_part *to, const struct entry_part *from,
	size_t width, struct arena *arena)
{
	*to = (struct entry_part){.count = from->count, .room = from->count};
	to->rows = arena_array(arena, from->count + 1, sizeof *to->rows);
	to->items = arena_array(arena, from->count + 1, sizeof *to->items);
	for (size_t i = 0; i < from->count; i++) {
		to->items[i] = from->items[i];
		to->rows[i] = arena_array(arena, width, sizeof **to->rows);
		memcpy(to->rows[i], from->rows[i], width * sizeof **to->rows);
	}
}

struct entry *entry_copy(const struct entry *entry, struct arena *arena)
{
	const struct definition *of = entry->of;
	struct entry *copy = entry_new(of, entry->la, entry->subject, arena);
	copy->id = entry->id;
	copy->version = entry->version;
	copy->changed_at = entry->changed_at;
	copy->kept = entry->kept;
	memcpy(copy->values, entry->values,
		of->slot_count * sizeof *copy->values);
	for (size_t i = 0; i < of->part_count; i++)
		copy_part(&copy->parts[i], &entry->parts[i],
			of->parts[i].field_count + 1, arena);
	return copy;
}

static void make_room(struct entry_part *part, struct arena *arena)
{
	if (part->count < part->room)
		return;
	size_t room = part->room == 0 ? 8 : part->room * 2;
	struct value **rows = arena_array(arena, room, sizeof *rows);
	int64_t *items = arena_array(arena, room, sizeof *items);
	for (size_t i = 0; i < part->count; i++) {
		rows[i] = part->rows[i];
		items[i] = part->items[i];
	}
	part->rows = rows;
	part->items = items;
	part->room = room;
}

size_t entry_add_row(struct entry *entry, const struct definition_part *part,
	int64_t item, struct date added)
{
	struct entry_part *rows = part_of(entry, part);
	make_room(rows, entry->arena);
	struct value *row = arena_array(entry->arena, part->field_count + 1,
		sizeof *row);
	row[part->field_count] = value_date(added);
	rows->rows[rows->count] = row;
	rows->items[rows->count] = item;
	return rows->count++;
}

bool entry_find_row(const struct entry *entry,
	const struct definition_part *part, int64_t item, size_t *out_place)
{
	const struct entry_part *rows = part_of(entry, part);
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i] == item) {
			*out_place = i;
			return true;
		}
	return false;
}

struct value entry_value(const struct entry *entry,
	const struct definition_field *field)
{
	return entry->values[field->slot];
}

struct value entry_slot(const struct entry *entry, enum definition_slot which)
{
	return entry->values[definition_slot(entry->of, which)];
}

void entry_set_slot(struct entry *entry, enum definition_slot which,
	struct value value)
{
	entry->values[definition_slot(entry->of, which)] = value;
}

const struct definition_state *entry_state(const struct entry *entry)
{
	struct value state = entry_slot(entry, DEFINITION_STATE);
	return state.kind == VALUE_TEXT ? definition_state(entry->of, state.text)
					: NULL;
}

/* A state the definition no longer has keeps its entries open, so that they
 * are seen. */
bool entry_is_open(const struct entry *entry)
{
	const struct definition_state *state = entry_state(entry);
	return state == NULL || !state->closes;
}

void entry_dress(struct entry *entry, const struct value *facts,
	const struct value *settings)
{
	struct value *at = entry->values
		+ definition_slot(entry->of, DEFINITION_SLOTS);
	memcpy(at, facts, FACTS * sizeof *at);
	if (entry->of->setting_count > 0)
		memcpy(at + FACTS, settings,
			entry->of->setting_count * sizeof *at);
}

const struct value *entry_settings(const struct entry *entry)
{
	return entry->values + definition_slot(entry->of, DEFINITION_SLOTS)
		+ FACTS;
}

const struct condition_input *entry_input(const struct entry *entry,
	const struct value *row, struct date today,
	const struct condition_calendar *calendar)
{
	size_t count = entry->of->part_count;
	struct condition_input *input = arena_new(entry->arena, sizeof *input);
	struct condition_rows *parts = arena_array(entry->arena, count + 1,
		sizeof *parts);
	for (size_t i = 0; i < count; i++)
		parts[i] = (struct condition_rows){(const struct value *const *)entry
							   ->parts[i]
							   .rows,
			entry->parts[i].count};
	*input = (struct condition_input){.entry = entry->values,
		.parts = parts,
		.row = row,
		.today = today,
		.calendar = calendar};
	return input;
}

static void derive(const struct definition_field *fields, size_t count,
	struct value *into, const struct condition_input *input)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].derived != NULL)
			into[fields[i].slot] = condition_value(fields[i].derived,
				input);
}

void entry_derive(struct entry *entry, struct date today,
	const struct condition_calendar *calendar)
{
	const struct definition *of = entry->of;
	for (size_t i = 0; i < of->part_count; i++)
		for (size_t j = 0; j < entry->parts[i].count; j++)
			derive(of->parts[i].fields, of->parts[i].field_count,
				entry->parts[i].rows[j],
				entry_input(entry, entry->parts[i].rows[j],
					today, calendar));
	derive(of->fields, of->field_count, entry->values,
		entry_input(entry, NULL, today, calendar));
}

/* ---- References ---- */

/* Crockford's base 32: no I, L, O, U. */
static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
enum { LETTERS = 13, CHECK = 31 };

static char check_character(int64_t id)
{
	return digits[id % CHECK];
}

void entry_reference(const struct definition *of, int64_t id,
	char out_reference[ENTRY_REFERENCE])
{
	char letters[LETTERS + 1];
	uint64_t rest = (uint64_t)id;
	for (int i = LETTERS - 1; i >= 0; i--, rest >>= 5)
		letters[i] = digits[rest & 31];
	letters[LETTERS] = '\0';
	struct buffer out = {.maximum = ENTRY_REFERENCE};
	buffer_format(&out, "%.16s-%s%c", of->prefix, letters,
		check_character(id));
	text_copy(out_reference, ENTRY_REFERENCE, buffer_text(&out));
	buffer_finish(&out);
}

/* Small letters, and the letters that look like digits, are taken too. */
static int digit_of(char c)
{
	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c == 'O')
		return 0;
	if (c == 'I' || c == 'L')
		return 1;
	const char *at = c == '\0' ? NULL : strchr(digits, c);
	return at == NULL ? -1 : (int)(at - digits);
}

bool entry_reference_read(const struct definition *of, struct text reference,
	int64_t *out_id)
{
	struct text rest;
	struct text prefix = text_split(text_trim(reference), '-', &rest);
	uint64_t id = 0;
	if (!text_equals_folded(prefix, text_of(of->prefix))
		|| rest.length != LETTERS + 1)
		return false;
	for (size_t i = 0; i < LETTERS; i++) {
		int digit = digit_of(rest.at[i]);
		if (digit < 0 || (i == 0 && digit > 7))
			return false;
		id = id << 5 | (uint64_t)digit;
	}
	if (digit_of(rest.at[LETTERS]) != digit_of(check_character((int64_t)id)))
		return false;
	*out_id = (int64_t)id;
	return true;
}
