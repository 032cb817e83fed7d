/* SPDX-License-Identifier: MIT
 *
 * Subject access: all that registers hold about a child, for the child or the
 * family, with what is withheld and why.
 *
 * What is about somebody else, what is an address, and what is for staff alone
 * is emptied and named. A person checks the result before it goes out; nothing
 * here decides that harm is likely. (UK GDPR article 15; Data Protection Act
 * 2018 Schedule 2 paragraphs 16 and 17, Schedule 3 paragraph 8.)
 */
#include "desk/case_at-inside.h"

extern const struct embedded register_sql[];

struct collecting {
	struct case_at *at;
	struct desk_withheld *withheld;
	size_t count, room;
};

static const char *why_withheld(const struct definition_field *field)
{
	if (field->is_third_party)
		return "about somebody else";
	if (field->is_address)
		return "an address";
	if ((field->audience & DEFINITION_FOR_FAMILY) == 0)
		return "for staff alone";
	return NULL;
}

static void note_withheld(struct collecting *collecting, const char *label,
	const char *why)
{
	for (size_t i = 0; i < collecting->count; i++)
		if (text_is(text_of(collecting->withheld[i].label), label))
			return;
	if (collecting->count < collecting->room)
		collecting->withheld[collecting->count++] =
			(struct desk_withheld){label, why};
}

static void redact_fields(struct collecting *collecting,
	const struct definition_field *fields, size_t count, struct value *values)
{
	for (size_t i = 0; i < count; i++) {
		const char *why = why_withheld(&fields[i]);
		if (why == NULL || values[fields[i].slot].kind == VALUE_EMPTY)
			continue;
		values[fields[i].slot] = value_empty();
		note_withheld(collecting, fields[i].label, why);
	}
}

static bool collect(struct case_at *at, int64_t id,
	struct desk_subject_entry *out, struct fault *fault)
{
	struct entry *entry;
	struct arena *arena = at->desk->arena;
	if (!keep_load(&at->keep, id, &entry, fault)
		|| !case_at_blank(at, entry, fault))
		return false;
	const struct definition *of = entry->of;
	size_t room = of->field_count;
	for (size_t i = 0; i < of->part_count; i++)
		room += of->parts[i].field_count;
	struct collecting collecting = {.at = at,
		.room = room,
		.withheld = arena_array(arena, room + 1,
			sizeof *collecting.withheld)};
	redact_fields(&collecting, of->fields, of->field_count, entry->values);
	for (size_t i = 0; i < of->part_count; i++)
		for (size_t j = 0; j < entry->parts[i].count; j++)
			redact_fields(&collecting, of->parts[i].fields,
				of->parts[i].field_count,
				entry->parts[i].rows[j]);
	*out = (struct desk_subject_entry){.reference = case_at_reference(at,
						   of, id),
		.definition = of,
		.entry = entry,
		.withheld = collecting.withheld,
		.withheld_count = collecting.count};
	return true;
}

/* The numbers first: another query may not run while rows are open. */
static bool find_entries(struct case_at *at, int64_t child, int64_t *ids,
	size_t most, size_t *out_count, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(at->part.store,
		    store_find(register_sql, "entries_of_subject"),
		    STORE_VALUES(store_integer(at->part.la), store_integer(child)),
		    &rows, fault))
		return false;
	while (*out_count < most && store_next(rows, fault))
		ids[(*out_count)++] = store_get_integer(rows, 0);
	store_end(rows);
	return !fault_is_set(fault);
}

bool acts_subject(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 500 };
	const struct desk_child_input *in = input;
	struct desk_subject_output *out = output;
	struct case_at at;
	struct acts_note ignored;
	int64_t ids[MOST];
	size_t count = 0;
	*out = (struct desk_subject_output){.count = 0};
	if (!acts_child_read(desk, input, &out->card, &ignored, fault)
		|| !case_at_open(desk, &at, fault)
		|| !find_entries(&at, in->child, ids, MOST, &count, fault))
		return false;
	struct desk_subject_entry *entries = arena_array(desk->arena, count + 1,
		sizeof *entries);
	for (size_t i = 0; i < count; i++)
		if (!collect(&at, ids[i], &entries[out->count++], fault))
			return false;
	out->entries = entries;
	*note = case_at_note(&at, in->child, "subject access");
	return true;
}
