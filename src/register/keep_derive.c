/* SPDX-License-Identifier: MIT
 *
 * The derived rows of an entry: its line in the register's table, its parts'
 * lines, its work.
 */
#include "register/keep.h"

extern const struct embedded register_sql[];

static struct store_value stored(struct value value)
{
	switch (value.kind) {
	case VALUE_TEXT:
		return store_text(value.text);
	case VALUE_NUMBER:
		return store_integer(value.number);
	case VALUE_DATE:
		return store_date(value.date);
	case VALUE_FLAG:
		return store_integer(value.flag);
	default:
		return store_null();
	}
}

/* In the order of the table's columns: long texts last. */
static size_t add_fields(const struct definition_field *fields, size_t count,
	const struct value *row, struct store_value *into)
{
	size_t at = 0;
	for (int is_prose = 0; is_prose < 2; is_prose++)
		for (size_t i = 0; i < count; i++)
			if ((fields[i].type == DEFINITION_PROSE)
				== (is_prose == 1))
				into[at++] = stored(row[fields[i].slot]);
	return at;
}

static struct store_value own(const struct entry *entry, enum definition_slot slot)
{
	struct value value = entry_slot(entry, slot);
	bool is_text = slot == DEFINITION_OWNER || slot == DEFINITION_TEAM
		|| slot == DEFINITION_STATE;
	return value.kind == VALUE_EMPTY && is_text ? store_text(TEXT(""))
						    : stored(value);
}

static bool add_entry_row(struct keep *keep, const struct entry *entry,
	const struct register_table *table, struct fault *fault)
{
	const struct definition *of = entry->of;
	struct store_value *values = arena_array(keep->arena, table->width,
		sizeof *values);
	struct store_value head[] = {store_integer(keep->la),
		store_integer(entry->id), store_integer(entry->subject),
		store_integer(entry_is_open(entry)),
		own(entry, DEFINITION_STATE), own(entry, DEFINITION_OPENED),
		own(entry, DEFINITION_CLOSED), own(entry, DEFINITION_SINCE),
		own(entry, DEFINITION_OWNER), own(entry, DEFINITION_TEAM)};
	for (size_t i = 0; i < COUNT_OF(head); i++)
		values[i] = head[i];
	add_fields(of->fields, of->field_count, entry->values,
		values + COUNT_OF(head));
	return store_run(keep->store, table->add, values, table->width, fault);
}

static bool add_part_rows(struct keep *keep, const struct entry *entry,
	const struct register_table *table, struct fault *fault)
{
	const struct definition_part *part = table->part;
	const struct entry_part *rows = &entry->parts[part->number - 1];
	struct store_value *values = arena_array(keep->arena, table->width,
		sizeof *values);
	for (size_t i = 0; i < rows->count; i++) {
		struct store_value head[] = {store_integer(keep->la),
			store_integer(entry->id), store_integer((int64_t)i),
			store_integer(rows->items[i]),
			store_integer(entry->subject),
			stored(rows->rows[i][part->field_count])};
		for (size_t j = 0; j < COUNT_OF(head); j++)
			values[j] = head[j];
		add_fields(part->fields, part->field_count, rows->rows[i],
			values + COUNT_OF(head));
		if (!store_run(keep->store, table->add, values, table->width,
			    fault))
			return false;
	}
	return true;
}

static bool add_tables(struct keep *keep, const struct entry *entry,
	const struct register_one *one, struct fault *fault)
{
	for (size_t i = 0; i < one->table_count; i++) {
		const struct register_table *table = &one->tables[i];
		if (!store_run(keep->store, table->clear,
			    STORE_VALUES(store_integer(keep->la),
				    store_integer(entry->id)),
			    fault))
			return false;
		if (!(table->part == NULL
				    ? add_entry_row(keep, entry, table, fault)
				    : add_part_rows(keep, entry, table, fault)))
			return false;
	}
	return true;
}

static bool add_work(struct keep *keep, const struct entry *entry,
	const struct work_item *item, struct fault *fault)
{
	return store_run(keep->store, store_find(register_sql, "work_add"),
		STORE_VALUES(store_integer(keep->la), store_integer(entry->id),
			store_string(item->clock->name),
			store_integer(item->item), store_string(entry->of->name),
			store_integer(entry->subject), store_date(item->starts),
			store_date(item->due), store_date(item->warns),
			store_date(item->done), own(entry, DEFINITION_OWNER),
			own(entry, DEFINITION_TEAM)),
		fault);
}

bool keep_derive(struct keep *keep, struct entry *entry, struct date today,
	struct fault *fault)
{
	const struct register_one *one = register_find(keep->registers,
		text_of(entry->of->name));
	struct condition_calendar calendar;
	const struct work_item *items;
	size_t count;
	if (!keep_dress(keep, entry, today, &calendar, fault))
		return false;
	work_of(entry, today, &calendar, keep->arena, &items, &count);
	if (!add_tables(keep, entry, one, fault)
		|| !store_run(keep->store, store_find(register_sql, "work_clear"),
			STORE_VALUES(store_integer(keep->la),
				store_integer(entry->id)),
			fault))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!add_work(keep, entry, &items[i], fault))
			return false;
	return true;
}
