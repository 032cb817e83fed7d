/* SPDX-License-Identifier: MIT
 *
 * Documents of entries: JSON with the keys in the order of the definition, so
 * that equal entries have equal documents.
 *
 *   {"state": "REGISTERED", "opened": "2024-09-02", ...,
 *    "fields": {"arrangement": "EHE", ...},
 *    "parts": {"meetings": [{"item": 1, "added": "2024-10-01", ...}]}}
 */
#include <jansson.h>

#include "register/entry.h"

static const char *const own_names[DEFINITION_SLOTS] = {
	[DEFINITION_STATE] = "state",
	[DEFINITION_OPENED] = "opened",
	[DEFINITION_CLOSED] = "closed",
	[DEFINITION_SINCE] = "since",
	[DEFINITION_OWNER] = "owner",
	[DEFINITION_TEAM] = "team",
	[DEFINITION_ACTOR] = NULL, /* who performs the step: not kept */
};

static bool is_date_slot(int slot)
{
	return slot == DEFINITION_OPENED || slot == DEFINITION_CLOSED
		|| slot == DEFINITION_SINCE;
}

/* ---- Writing ---- */

static json_t *json_of(struct value value)
{
	char date[DATE_TEXT];
	switch (value.kind) {
	case VALUE_TEXT:
		return json_stringn(value.text.at, value.text.length);
	case VALUE_NUMBER:
		return json_integer(value.number);
	case VALUE_DATE:
		date_write(value.date, date);
		return json_string(date);
	case VALUE_FLAG:
		return json_boolean(value.flag);
	default:
		return NULL;
	}
}

static void set(json_t *object, const char *name, struct value value)
{
	json_t *json = json_of(value);
	if (json != NULL)
		json_object_set_new(object, name, json);
}

/* Fields in order, then what is kept of fields that are no more. */
static json_t *write_fields(const struct definition_field *fields, size_t count,
	const struct value *values, json_t *kept)
{
	json_t *object = json_object();
	const char *name;
	json_t *value;
	for (size_t i = 0; i < count; i++)
		set(object, fields[i].name, values[fields[i].slot]);
	if (kept != NULL)
		json_object_foreach(kept, name,
			value) if (json_object_get(object, name) == NULL)
			json_object_set(object, name, value);
	return object;
}

static json_t *kept_of(const struct entry *entry, const char *where,
	const char *key)
{
	json_t *section = entry->kept == NULL
		? NULL
		: json_object_get(entry->kept, where);
	return section == NULL ? NULL : json_object_get(section, key);
}

static json_t *write_part(const struct entry *entry,
	const struct definition_part *part)
{
	const struct entry_part *rows = &entry->parts[part->number - 1];
	json_t *array = json_array();
	for (size_t i = 0; i < rows->count; i++) {
		const char *item = arena_format(entry->arena, "%lld",
			(long long)rows->items[i]);
		json_t *row = json_object();
		json_object_set_new(row, "item", json_integer(rows->items[i]));
		set(row, "added", rows->rows[i][part->field_count]);
		json_object_set_new(row, "fields",
			write_fields(part->fields, part->field_count,
				rows->rows[i], kept_of(entry, "rows", item)));
		json_array_append_new(array, row);
	}
	return array;
}

static json_t *write_parts(const struct entry *entry)
{
	json_t *parts = json_object();
	json_t *lost = entry->kept == NULL
		? NULL
		: json_object_get(entry->kept, "parts");
	for (size_t i = 0; i < entry->of->part_count; i++)
		if (entry->parts[i].count > 0)
			json_object_set_new(parts, entry->of->parts[i].name,
				write_part(entry, &entry->of->parts[i]));
	if (lost != NULL)
		json_object_update_missing(parts, lost);
	return parts;
}

struct text entry_write(const struct entry *entry)
{
	const struct definition *of = entry->of;
	json_t *document = json_object();
	for (int i = 0; i < DEFINITION_SLOTS; i++)
		if (own_names[i] != NULL)
			set(document, own_names[i],
				entry_slot(entry, (enum definition_slot)i));
	json_object_set_new(document, "fields",
		write_fields(of->fields, of->field_count, entry->values,
			entry->kept == NULL
				? NULL
				: json_object_get(entry->kept, "fields")));
	json_object_set_new(document, "parts", write_parts(entry));
	size_t size = json_dumpb(document, NULL, 0, JSON_COMPACT);
	char *bytes = arena_new(entry->arena, size + 1);
	json_dumpb(document, bytes, size, JSON_COMPACT);
	json_decref(document);
	return (struct text){bytes, size};
}

/* ---- Reading ---- */

/* False: the value is not of the field's kind any more. */
static bool value_of(struct arena *arena, const json_t *json,
	enum value_kind kind, struct value *out_value)
{
	struct date date;
	struct text text = json_is_string(json)
		? (struct text){json_string_value(json), json_string_length(json)}
		: (struct text){NULL, 0};
	switch (kind) {
	case VALUE_TEXT:
		*out_value = value_text(arena_text(arena, text));
		return json_is_string(json);
	case VALUE_NUMBER:
		*out_value = value_number(json_integer_value(json));
		return json_is_integer(json);
	case VALUE_FLAG:
		*out_value = value_flag(json_is_true(json));
		return json_is_boolean(json);
	case VALUE_DATE:
		if (!date_read_iso(text, &date))
			return false;
		*out_value = value_date(date);
		return true;
	default:
		return false;
	}
}

static void keep_aside(struct entry *entry, const char *section,
	const char *name, json_t *value)
{
	if (entry->kept == NULL) {
		entry->kept = json_object();
		arena_on_close(entry->arena, (void (*)(void *))json_decref,
			entry->kept);
	}
	json_t *object = json_object_get(entry->kept, section);
	if (object == NULL) {
		object = json_object();
		json_object_set_new(entry->kept, section, object);
	}
	json_object_set(object, name, value);
}

/* Where what is not a field any more goes: a section of `kept`, or, for a row,
 * the object under its number. */
struct aside {
	struct entry *entry;
	const char *row; /* NULL: the entry's fields */
};

static void put_aside(struct aside *aside, const char *name, json_t *value)
{
	if (aside->row == NULL) {
		keep_aside(aside->entry, "fields", name, value);
		return;
	}
	json_t *rows = aside->entry->kept == NULL
		? NULL
		: json_object_get(aside->entry->kept, "rows");
	json_t *row = rows == NULL ? NULL : json_object_get(rows, aside->row);
	if (row == NULL) {
		row = json_object();
		keep_aside(aside->entry, "rows", aside->row, row);
		json_decref(row);
	}
	json_object_set(row, name, value);
}

static void read_fields(struct aside *aside, json_t *object,
	const struct definition_part *part, struct value *into)
{
	const char *name;
	json_t *value;
	json_object_foreach(object, name, value)
	{
		const struct definition_field *field =
			definition_field(aside->entry->of, part, text_of(name));
		if (field == NULL
			|| !value_of(aside->entry->arena, value,
				definition_field_kind(field), &into[field->slot]))
			put_aside(aside, name, value);
	}
}

static bool read_row(struct entry *entry, const struct definition_part *part,
	json_t *row)
{
	struct value added = value_empty();
	json_t *item = json_object_get(row, "item");
	if (!json_is_integer(item)
		|| entry->parts[part->number - 1].count >= ENTRY_ROWS)
		return false;
	(void)value_of(entry->arena, json_object_get(row, "added"), VALUE_DATE,
		&added);
	size_t place = entry_add_row(entry, part, json_integer_value(item),
		added.kind == VALUE_DATE ? added.date : DATE_NONE);
	struct aside aside = {entry,
		arena_format(entry->arena, "%lld",
			(long long)json_integer_value(item))};
	read_fields(&aside, json_object_get(row, "fields"), part,
		entry->parts[part->number - 1].rows[place]);
	return true;
}

static bool read_parts(struct entry *entry, json_t *parts)
{
	const char *name;
	json_t *rows, *row;
	size_t i;
	json_object_foreach(parts, name, rows)
	{
		const struct definition_part *part = definition_part(entry->of,
			text_of(name));
		if (part == NULL) {
			keep_aside(entry, "parts", name, rows);
			continue;
		}
		if (!json_is_array(rows))
			return false;
		json_array_foreach(rows, i,
			row) if (!read_row(entry, part, row)) return false;
	}
	return true;
}

static bool read_whole(struct entry *entry, json_t *document)
{
	struct aside aside = {entry, NULL};
	for (int i = 0; i < DEFINITION_SLOTS; i++) {
		json_t *value = own_names[i] == NULL
			? NULL
			: json_object_get(document, own_names[i]);
		struct value own;
		if (value != NULL
			&& value_of(entry->arena, value,
				is_date_slot(i) ? VALUE_DATE : VALUE_TEXT, &own))
			entry_set_slot(entry, (enum definition_slot)i, own);
	}
	read_fields(&aside, json_object_get(document, "fields"), NULL,
		entry->values);
	return read_parts(entry, json_object_get(document, "parts"));
}

bool entry_read(struct entry *entry, struct text document, struct fault *fault)
{
	json_t *json = json_loadb(document.at, document.length,
		JSON_REJECT_DUPLICATES, NULL);
	bool is_read = json_is_object(json) && read_whole(entry, json);
	json_decref(json);
	return is_read
		|| fault_set(fault, FAULT_BROKEN,
			"the document of an entry cannot be read");
}
