/* SPDX-License-Identifier: MIT
 *
 * From a reference to an entry the person may see.
 */
#include "desk/case_at-inside.h"

extern const struct embedded case_sql[];

bool case_at_open(struct desk *desk, struct case_at *out_at, struct fault *fault)
{
	struct case_at at = {.desk = desk,
		.roles = desk->person.is_operator ? ~(uint64_t)0
						  : desk->person.roles};
	moment_write(moment_now(), at.now);
	if (!region_one(&desk->region, desk->la, &at.part, fault)
		|| !sight_open(at.part.store, at.part.la, &desk->person, at.now,
			desk->arena, &at.sight, fault))
		return false;
	at.keep = (struct keep){desk->registers, at.part.store, at.part.la,
		desk->arena};
	*out_at = at;
	return true;
}

const char *case_at_reference(struct case_at *at, const struct definition *of,
	int64_t id)
{
	char reference[ENTRY_REFERENCE];
	entry_reference(of, id, reference);
	return arena_string(at->desk->arena, text_of(reference));
}

static bool no_such(struct fault *fault)
{
	fault_set(fault, FAULT_MISSING, "there is no such entry");
	return false;
}

bool case_at_number(struct case_at *at, struct text reference, int64_t *out_id,
	struct fault *fault)
{
	const struct registers *registers = at->desk->registers;
	for (size_t i = 0; i < registers->count; i++)
		if (entry_reference_read(registers->all[i].definition,
			    reference, out_id))
			return true;
	return no_such(fault);
}

enum sight_relation case_at_relation(const struct case_at *at,
	const struct entry *entry)
{
	struct value owner = entry_slot(entry, DEFINITION_OWNER);
	struct value team = entry_slot(entry, DEFINITION_TEAM);
	return sight_relation(at->sight,
		entry->of->subject == DEFINITION_CHILD ? entry->subject : 0,
		owner.kind == VALUE_TEXT ? owner.text : TEXT(""),
		team.kind == VALUE_TEXT ? team.text : TEXT(""));
}

enum sight_verdict case_at_read(const struct case_at *at,
	const struct entry *entry)
{
	return at->desk->person.is_operator
		? SIGHT_YES
		: sight_read(entry->of, at->roles, case_at_relation(at, entry));
}

bool case_at_load(struct case_at *at, struct text reference,
	struct entry **out_entry, struct fault *fault)
{
	int64_t id;
	struct entry *entry;
	if (!case_at_number(at, reference, &id, fault)
		|| !keep_load(&at->keep, id, &entry, fault))
		return false;
	switch (case_at_read(at, entry)) {
	case SIGHT_YES:
		*out_entry = entry;
		return true;
	case SIGHT_NO: {
		struct value owner = entry_slot(entry, DEFINITION_OWNER);
		struct value team = entry_slot(entry, DEFINITION_TEAM);
		struct text who = owner.kind == VALUE_TEXT ? owner.text
			: team.kind == VALUE_TEXT          ? team.text
							   : TEXT("its team");
		fault_set(fault, FAULT_DENIED, "this entry is not yours to see");
		fault_hint(fault, "ask " TEXT_FORMAT, TEXT_ARGS(who));
		return false;
	}
	default:
		return no_such(fault);
	}
}

/* ---- What is not for the person ---- */

static bool was_taken(struct case_at *at, const struct entry *entry,
	const char *step, bool *out_was, struct fault *fault)
{
	int64_t count = 0;
	if (!store_number(at->part.store, store_find(case_sql, "steps_taken"),
		    STORE_VALUES(store_integer(at->part.la),
			    store_integer(entry->id), store_string(step)),
		    &count, fault)
		&& fault_is_set(fault))
		return false;
	*out_was = count > 0;
	return true;
}

static bool blank_fields(struct case_at *at, const struct entry *entry,
	const struct definition_part *part, struct value *values,
	struct fault *fault)
{
	const struct definition_field *fields = part == NULL ? entry->of->fields
							     : part->fields;
	size_t count = part == NULL ? entry->of->field_count : part->field_count;
	for (size_t i = 0; i < count; i++) {
		bool is_open = true;
		if (fields[i].sealed_until != NULL
			&& !was_taken(at, entry, fields[i].sealed_until,
				&is_open, fault))
			return false;
		if (!is_open || !sight_field(&fields[i], at->roles))
			values[fields[i].slot] = value_empty();
	}
	return true;
}

/* A sealed field is sealed for the operator too: it is nobody's until the step
 * is taken. */
bool case_at_blank(struct case_at *at, struct entry *entry, struct fault *fault)
{
	if (!blank_fields(at, entry, NULL, entry->values, fault))
		return false;
	for (size_t i = 0; i < entry->of->part_count; i++)
		for (size_t j = 0; j < entry->parts[i].count; j++)
			if (!blank_fields(at, entry, &entry->of->parts[i],
				    entry->parts[i].rows[j], fault))
				return false;
	return true;
}

struct acts_note case_at_note(struct case_at *at, int64_t child,
	const char *detail)
{
	return (struct acts_note){"child",
		arena_format(at->desk->arena, "%lld", (long long)child), detail};
}
