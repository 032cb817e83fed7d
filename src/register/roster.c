/* SPDX-License-Identifier: MIT
 *
 * Reading lists: the entries' table and the parts' tables side by side.
 */
#include "register/roster.h"

#include "base/buffer.h"
#include "base/map.h"
#include "register/fact.h"

enum { HEAD = 8 }; /* columns before the fields */

/* Which slots are to be read, of the entry (0) and of each part. */
struct wanted {
	const struct definition *of;
	bool *slots[DEFINITION_PARTS + 1];
	bool parts[DEFINITION_PARTS + 1];
	uint64_t facts;
};

/* The columns of one statement and where their values go. */
struct source {
	const struct register_table *table;
	struct store_rows *rows;
	int *slots;
	size_t count;
	bool has_row; /* the present row is still to be used */
};

struct listing {
	const struct roster_request *request;
	struct arena *arena;
	struct wanted wanted;
	struct source sources[DEFINITION_PARTS + 1];
	struct map *facts;   /* child to place in `known` */
	struct value *known; /* FACTS for each child */
	size_t known_count, known_room;
	const struct value *settings;
	struct condition_calendar calendar;
	struct roster_line *lines;
	size_t count, room;
};

/* ---- What is looked at ---- */

static void want_name(void *context, const struct condition_name *name)
{
	struct wanted *wanted = context;
	int facts = definition_slot(wanted->of, DEFINITION_SLOTS);
	wanted->parts[name->part] = true;
	wanted->slots[name->part][name->slot] = true;
	if (name->part == 0 && name->slot >= facts && name->slot < facts + FACTS)
		wanted->facts |= (uint64_t)1 << (name->slot - facts);
}

static void want_condition(struct wanted *wanted,
	const struct condition *condition)
{
	if (condition == NULL)
		return;
	condition_uses(condition, want_name, wanted);
	for (size_t i = 1; i <= wanted->of->part_count; i++)
		if (condition_uses_part(condition, (int)i))
			wanted->parts[i] = true;
}

static void find_wanted(struct listing *listing)
{
	const struct roster_request *request = listing->request;
	struct wanted *wanted = &listing->wanted;
	wanted->of = request->one->definition;
	wanted->slots[0] = arena_array(listing->arena, wanted->of->slot_count,
		sizeof(bool));
	for (size_t i = 0; i < wanted->of->part_count; i++)
		wanted->slots[i + 1] = arena_array(listing->arena,
			wanted->of->parts[i].field_count + 1, sizeof(bool));
	want_condition(wanted, request->list->where);
	want_condition(wanted, request->filter);
	for (size_t i = 0; i < request->list->column_count; i++)
		wanted->slots[0][request->list->columns[i]->slot] = true;
}

/* ---- The statements ---- */

static void add_columns(struct source *source, struct buffer *sql,
	const struct definition_field *fields, size_t count, const bool *slots)
{
	for (size_t i = 0; i < count; i++)
		if (slots[fields[i].slot]) {
			buffer_format(sql, ", %s", fields[i].name);
			source->slots[source->count++] = fields[i].slot;
		}
}

static bool open_source(struct listing *listing, struct store *store, int la,
	size_t part, struct fault *fault)
{
	const struct register_one *one = listing->request->one;
	const struct definition *of = one->definition;
	struct source *source = &listing->sources[part];
	struct buffer sql = {.maximum = 1 << 18};
	size_t count = part == 0 ? of->field_count
				 : of->parts[part - 1].field_count;
	source->table = &one->tables[part];
	source->slots = arena_array(listing->arena, count + 1,
		sizeof *source->slots);
	buffer_string(&sql,
		part == 0 ? "SELECT entry, child, is_open, state, opened, since,"
			    " owner, team"
			  : "SELECT entry, added");
	add_columns(source, &sql,
		part == 0 ? of->fields : of->parts[part - 1].fields, count,
		listing->wanted.slots[part]);
	buffer_format(&sql, " FROM %s WHERE la = $1", source->table->name);
	if (part == 0 && !listing->request->list->has_closed)
		buffer_string(&sql, " AND is_open = 1");
	buffer_string(&sql,
		part == 0 ? " ORDER BY entry" : " ORDER BY entry, place");
	const char *text = arena_string(listing->arena, buffer_text(&sql));
	buffer_finish(&sql);
	if (!store_query(store, text, STORE_VALUES(store_integer(la)),
		    &source->rows, fault))
		return false;
	source->has_row = part > 0 && store_next(source->rows, fault);
	return !fault_is_set(fault);
}

/* ---- Facts ---- */

static void take_fact(void *context, int64_t child, enum fact fact,
	struct value value)
{
	struct listing *listing = context;
	int64_t place;
	if (!map_get_number(listing->facts, child, &place)) {
		place = (int64_t)listing->known_count++;
		map_set_number(listing->facts, child, place);
		if (listing->known_count > listing->known_room) {
			size_t room = listing->known_room == 0
				? 1024
				: listing->known_room * 2;
			struct value *more = arena_array(listing->arena,
				room * FACTS, sizeof *more);
			for (size_t i = 0; i < listing->known_room * FACTS; i++)
				more[i] = listing->known[i];
			listing->known = more;
			listing->known_room = room;
		}
	}
	if (value.kind == VALUE_TEXT)
		value.text = arena_text(listing->arena, value.text);
	listing->known[(size_t)place * FACTS + fact] = value;
}

/* ---- Rows ---- */

static struct value value_at(struct listing *listing,
	const struct store_rows *rows, int column,
	const struct definition_field *field)
{
	if (store_is_null(rows, column))
		return value_empty();
	switch (definition_field_kind(field)) {
	case VALUE_DATE:
		return value_date(store_get_date(rows, column));
	case VALUE_NUMBER:
		return value_number(store_get_integer(rows, column));
	case VALUE_FLAG:
		return value_flag(store_get_integer(rows, column) != 0);
	default:
		return value_text(arena_text(listing->arena,
			store_get_text(rows, column)));
	}
}

static void fill(struct listing *listing, const struct source *source,
	const struct definition_field *fields, int first, struct value *into)
{
	for (size_t i = 0; i < source->count; i++)
		into[source->slots[i]] = value_at(listing, source->rows,
			first + (int)i, &fields[source->slots[i]]);
}

/* The rows of the part that belong to the entry; those of entries that are not
 * listed are passed over. */
static bool read_rows(struct listing *listing, size_t part, int64_t entry,
	struct condition_rows *out_rows, struct fault *fault)
{
	struct source *source = &listing->sources[part];
	const struct definition_part *of = &listing->wanted.of->parts[part - 1];
	const struct value **rows = NULL;
	size_t count = 0, room = 0;
	while (source->has_row && store_get_integer(source->rows, 0) <= entry) {
		if (store_get_integer(source->rows, 0) == entry) {
			if (count == room) {
				const struct value **more =
					arena_array(listing->arena,
						room = room == 0 ? 4 : room * 2,
						sizeof *more);
				for (size_t i = 0; i < count; i++)
					more[i] = rows[i];
				rows = more;
			}
			struct value *row = arena_array(listing->arena,
				of->field_count + 1, sizeof *row);
			row[of->field_count] = value_date(
				store_get_date(source->rows, 1));
			fill(listing, source, of->fields, 2, row);
			rows[count++] = row;
		}
		source->has_row = store_next(source->rows, fault);
	}
	*out_rows = (struct condition_rows){rows, count};
	return !fault_is_set(fault);
}

static void add_line(struct listing *listing, struct roster_line line)
{
	if (listing->count == listing->room) {
		size_t room = listing->room == 0 ? 256 : listing->room * 2;
		struct roster_line *more = arena_array(listing->arena, room,
			sizeof *more);
		for (size_t i = 0; i < listing->count; i++)
			more[i] = listing->lines[i];
		listing->lines = more;
		listing->room = room;
	}
	listing->lines[listing->count++] = line;
}

static void set_own(struct listing *listing, const struct store_rows *rows,
	struct value *values)
{
	const struct definition *of = listing->wanted.of;
	static const struct {
		enum definition_slot slot;
		int column;
		bool is_date;
	} own[] = {{DEFINITION_STATE, 3, false}, {DEFINITION_OPENED, 4, true},
		{DEFINITION_SINCE, 5, true}, {DEFINITION_OWNER, 6, false},
		{DEFINITION_TEAM, 7, false}};
	for (size_t i = 0; i < COUNT_OF(own); i++)
		values[definition_slot(of, own[i].slot)] = own[i].is_date
			? value_date(store_get_date(rows, own[i].column))
			: value_text(arena_text(listing->arena,
				store_get_text(rows, own[i].column)));
}

static void set_known(struct listing *listing, int64_t child, struct value *values)
{
	const struct definition *of = listing->wanted.of;
	struct value *at = values + definition_slot(of, DEFINITION_SLOTS);
	int64_t place;
	if (listing->facts != NULL
		&& map_get_number(listing->facts, child, &place))
		for (int i = 0; i < FACTS; i++)
			at[i] = listing->known[place * FACTS + i];
	for (size_t i = 0; i < of->setting_count; i++)
		at[FACTS + i] = listing->settings[i];
}

static bool fits(struct listing *listing, const struct value *values,
	const struct condition_rows *parts)
{
	const struct roster_request *request = listing->request;
	struct condition_input input = {.entry = values,
		.parts = parts,
		.today = request->today,
		.calendar = &listing->calendar};
	return (request->list->where == NULL
		       || condition_holds(request->list->where, &input))
		&& (request->filter == NULL
			|| condition_holds(request->filter, &input));
}

static struct value *columns_of(struct listing *listing,
	const struct value *values)
{
	const struct definition_list *list = listing->request->list;
	struct value *columns = arena_array(listing->arena,
		list->column_count + 1, sizeof *columns);
	for (size_t i = 0; i < list->column_count; i++)
		columns[i] = values[list->columns[i]->slot];
	return columns;
}

static bool read_entry(struct listing *listing, struct value *values,
	struct fault *fault)
{
	const struct roster_request *request = listing->request;
	const struct store_rows *rows = listing->sources[0].rows;
	const struct definition *of = listing->wanted.of;
	struct condition_rows parts[DEFINITION_PARTS] = {0};
	int64_t entry = store_get_integer(rows, 0);
	int64_t child = store_get_integer(rows, 1);
	for (size_t i = 0; i < of->slot_count; i++)
		values[i] = value_empty();
	fill(listing, &listing->sources[0], of->fields, HEAD, values);
	set_own(listing, rows, values);
	set_known(listing, child, values);
	for (size_t i = 0; i < of->part_count; i++)
		if (listing->wanted.parts[i + 1]
			&& !read_rows(listing, i + 1, entry, &parts[i], fault))
			return false;
	bool is_seen = request->sees == NULL
		|| request->sees(request->context, child,
			store_get_text(rows, 6), store_get_text(rows, 7));
	if (!is_seen || !fits(listing, values, parts))
		return true;
	add_line(listing,
		(struct roster_line){.entry = entry,
			.child = child,
			.is_open = store_get_integer(rows, 2) != 0,
			.state = arena_string(listing->arena,
				store_get_text(rows, 3)),
			.opened = store_get_date(rows, 4),
			.since = store_get_date(rows, 5),
			.owner = arena_string(listing->arena,
				store_get_text(rows, 6)),
			.team = arena_string(listing->arena,
				store_get_text(rows, 7)),
			.values = columns_of(listing, values)});
	return true;
}

static bool read_all(struct listing *listing, struct store *store, int la,
	struct fault *fault)
{
	const struct definition *of = listing->wanted.of;
	struct value *values = arena_array(listing->arena, of->slot_count,
		sizeof *values);
	for (size_t i = 0; i <= of->part_count; i++)
		if ((i == 0 || listing->wanted.parts[i])
			&& !open_source(listing, store, la, i, fault))
			return false;
	while (store_next(listing->sources[0].rows, fault))
		if (!read_entry(listing, values, fault))
			return false;
	return !fault_is_set(fault);
}

bool roster_read(struct store *store, int la,
	const struct roster_request *request, struct arena *arena,
	const struct roster_line **out_lines, size_t *out_count,
	struct fault *fault)
{
	struct listing listing = {.request = request, .arena = arena};
	struct value settings[DEFINITION_SETTINGS];
	find_wanted(&listing);
	listing.settings = settings;
	listing.calendar = register_calendar(request->registers, la, TEXT(""),
		request->today);
	if (!register_settings(request->one, store, la, request->today, arena,
		    settings, fault))
		return false;
	listing.facts = map_open();
	struct fact_taker taker = {take_fact, &listing};
	bool is_read = (listing.wanted.facts == 0
			       || fact_read_all(store, la,
				       request->one->definition->name,
				       request->today, listing.wanted.facts,
				       &taker, fault))
		&& read_all(&listing, store, la, fault);
	for (size_t i = 0; i <= DEFINITION_PARTS; i++)
		store_end(listing.sources[i].rows);
	map_close(listing.facts);
	*out_lines = listing.lines;
	*out_count = listing.count;
	return is_read;
}
