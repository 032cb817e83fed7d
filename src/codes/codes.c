/* SPDX-License-Identifier: MIT
 *
 * Reads every list into arrays, then indexes each by code.
 *
 * While reading, a list is a growing array of entries (draft), because a
 * council's file may add to it; `finish_list` fixes the array, links the
 * entries of one code in order of validity and refuses spans that overlap.
 */
#include "codes/codes.h"

#include <stdlib.h>

#include "base/csv.h"
#include "base/embedded.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/map.h"

/* The lists that come with kith, made from definitions/codes by the build. */
extern const struct embedded codes_shipped[];

enum { LISTS_MAXIMUM = 256 };

enum column { CODE, LABEL, VALID_FROM, VALID_TO, SOURCE, COLUMNS };
enum { WHOLE_ROW = COLUMNS };
static const char *const column_names[COLUMNS] = {"code", "label", "valid_from",
	"valid_to", "source"};

struct codes_columns {
	const struct text *names;
	size_t count;
	size_t place[COLUMNS];
};

struct draft {
	struct codes_entry *entries; /* memory_grow; moved to the arena at the end */
	size_t capacity;
	size_t shipped; /* entries that came with kith */
};

struct codes {
	struct arena *arena;
	struct codes_list *lists;
	struct draft *drafts; /* beside lists, only while reading */
	size_t count;
	struct map *by_name;
	struct clock_holidays holidays;
};

/* Where a row stands, for faults. */
struct place {
	struct text file;
	int64_t row;
};

static bool row_fault(struct fault *fault, struct place place, size_t column,
	const char *what)
{
	const char *name = column == WHOLE_ROW ? "" : column_names[column];
	fault_set(fault, FAULT_INPUT,
		"code list \"" TEXT_FORMAT "\", row %lld%s%s: %s",
		TEXT_ARGS(place.file), (long long)place.row,
		column == WHOLE_ROW ? "" : ", column ", name, what);
	return fault_hint(fault,
		"columns: code,label,valid_from,valid_to,source; dates: 2024-04-01");
}

/* Reads the heading. The five columns may stand anywhere in it. */
static bool read_columns(struct codes *codes, const struct csv_row *heading,
	struct place place, struct codes_columns *out_columns,
	struct fault *fault)
{
	struct text *names = arena_array(codes->arena, heading->count,
		sizeof *names);
	for (size_t i = 0; i < heading->count; i++)
		names[i] = arena_text(codes->arena,
			text_trim(heading->fields[i]));
	*out_columns = (struct codes_columns){names, heading->count, {0}};
	for (size_t c = 0; c < COLUMNS; c++) {
		size_t i = 0;
		while (i < heading->count && !text_is(names[i], column_names[c]))
			i++;
		if (i == heading->count)
			return row_fault(fault, place, c,
				"the column is not there");
		out_columns->place[c] = i;
	}
	return true;
}

/* An empty cell is no date. */
static bool read_date(struct text cell, struct date *out_date)
{
	*out_date = DATE_NONE;
	return text_is_empty(cell) || date_read_iso(cell, out_date);
}

static bool read_entry(struct codes *codes, const struct csv_row *row,
	struct place place, struct codes_entry *entry, struct fault *fault)
{
	const struct codes_columns *columns = entry->columns;
	if (row->flaw != NULL)
		return row_fault(fault, place, WHOLE_ROW, row->flaw);
	if (row->count != columns->count)
		return row_fault(fault, place, WHOLE_ROW,
			row->count < columns->count ? "too few fields"
						    : "too many fields");
	struct text *cells = arena_array(codes->arena, row->count, sizeof *cells);
	for (size_t i = 0; i < row->count; i++)
		cells[i] = arena_text(codes->arena, text_trim(row->fields[i]));
	entry->cells = cells;
	entry->code = cells[columns->place[CODE]];
	entry->label = cells[columns->place[LABEL]];
	entry->source = cells[columns->place[SOURCE]];
	static const enum column needed[] = {CODE, LABEL, SOURCE};
	for (size_t i = 0; i < COUNT_OF(needed); i++)
		if (text_is_empty(cells[columns->place[needed[i]]]))
			return row_fault(fault, place, needed[i],
				"must not be empty");
	if (!read_date(cells[columns->place[VALID_FROM]], &entry->valid_from))
		return row_fault(fault, place, VALID_FROM, "is not a date");
	if (!read_date(cells[columns->place[VALID_TO]], &entry->valid_to))
		return row_fault(fault, place, VALID_TO, "is not a date");
	if (!date_is_none(entry->valid_to)
		&& entry->valid_to.day < entry->valid_from.day)
		return row_fault(fault, place, VALID_TO, "is before valid_from");
	return true;
}

/* Puts a council's row in the place of the shipped one it corrects. */
static bool replace_shipped(struct draft *draft, const struct codes_entry *entry)
{
	for (size_t i = 0; i < draft->shipped; i++) {
		struct codes_entry *ours = &draft->entries[i];
		if (!text_equals(ours->code, entry->code)
			|| ours->valid_from.day != entry->valid_from.day)
			continue;
		*ours = *entry;
		return true;
	}
	return false;
}

static void add_entry(struct codes_list *list, struct draft *draft,
	const struct codes_entry *entry)
{
	if (replace_shipped(draft, entry))
		return;
	draft->entries = memory_grow(draft->entries, &draft->capacity,
		list->count + 1, sizeof *draft->entries);
	draft->entries[list->count++] = *entry;
}

/* The list so named, made if need be; LISTS_MAXIMUM if there are too many. */
static size_t claim_list(struct codes *codes, struct text name)
{
	int64_t at;
	if (map_get(codes->by_name, name, &at))
		return (size_t)at;
	if (codes->count == LISTS_MAXIMUM)
		return LISTS_MAXIMUM;
	codes->lists[codes->count].name = arena_text(codes->arena, name);
	map_set(codes->by_name, name, (int64_t)codes->count);
	return codes->count++;
}

static bool read_rows(struct codes *codes, struct csv *csv, struct place place,
	struct fault *fault)
{
	struct csv_row row;
	if (!csv_next(csv, &row))
		return row_fault(fault, place, CODE, "the file is empty");
	struct codes_columns *columns = arena_new(codes->arena, sizeof *columns);
	if (!read_columns(codes, &row, place, columns, fault))
		return false;
	size_t at = claim_list(codes,
		text_cut(place.file, 0, place.file.length - 4));
	if (at == LISTS_MAXIMUM)
		return fault_set(fault, FAULT_LIMIT,
			"there are more than %d code lists", LISTS_MAXIMUM);
	while (csv_next(csv, &row)) {
		struct codes_entry entry = {.columns = columns};
		place.row = row.row;
		if (!read_entry(codes, &row, place, &entry, fault))
			return false;
		add_entry(&codes->lists[at], &codes->drafts[at], &entry);
	}
	return true;
}

static bool read_file(struct codes *codes, struct text file, struct text bytes,
	struct fault *fault)
{
	struct text utf8;
	enum encoding encoding;
	if (!encoding_to_utf8(bytes, codes->arena, &utf8, &encoding, fault))
		return false;
	struct csv *csv = csv_open(utf8, ',');
	bool is_read = read_rows(codes, csv, (struct place){file, 1}, fault);
	csv_close(csv);
	return is_read;
}

static bool read_shipped(struct codes *codes, struct fault *fault)
{
	for (const struct embedded *file = codes_shipped; file->name != NULL;
		file++)
		if (!read_file(codes, file_name(text_of(file->name)),
			    (struct text){file->text, file->length}, fault))
			return false;
	for (size_t i = 0; i < codes->count; i++)
		codes->drafts[i].shipped = codes->lists[i].count;
	return true;
}

static bool read_overlay(struct codes *codes, const char *folder,
	struct fault *fault)
{
	const struct text *names;
	size_t count;
	if (!file_is_folder(folder))
		return fault_set(fault, FAULT_MISSING,
			"there is no folder \"%s\"", folder);
	folder = arena_format(codes->arena, "%s/codes", folder);
	if (!file_is_folder(folder))
		return true;
	if (!file_list(folder, codes->arena, &names, &count, fault))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!text_ends(names[i], TEXT(".csv")))
			continue;
		struct text bytes;
		const char *path = arena_format(codes->arena, "%s/" TEXT_FORMAT,
			folder, TEXT_ARGS(names[i]));
		if (!file_map(path, codes->arena, &bytes, fault)
			|| !read_file(codes, names[i], bytes, fault))
			return false;
	}
	return true;
}

static void close_map(void *map)
{
	map_close(map);
}

static struct map *open_map(struct arena *arena)
{
	struct map *map = map_open();
	arena_on_close(arena, close_map, map);
	return map;
}

static bool is_before(const struct codes_entry *a, const struct codes_entry *b)
{
	return !date_is_none(a->valid_to) && a->valid_to.day < b->valid_from.day;
}

/* Puts the entry where its time is among those of its code. False if it
 * overlaps one of them. */
static bool link_entry(struct codes_entry *entries, struct codes_entry *entry,
	int64_t *first)
{
	struct codes_entry *before = NULL;
	struct codes_entry *after = *first < 0 ? NULL : &entries[*first];
	while (after != NULL && is_before(after, entry)) {
		before = after;
		after = after->next == NULL ? NULL
					    : &entries[after->next - entries];
	}
	if (after != NULL && !is_before(entry, after))
		return false;
	entry->next = after;
	if (before == NULL)
		*first = entry - entries;
	else
		before->next = entry;
	return true;
}

/* ---- Short codes ---- */

enum { SHORT = 8, ROOM = 4 }; /* bytes; places a code, so that few collide */

static size_t short_place(const struct codes_list *list, uint64_t word)
{
	word *= 0x9e3779b97f4a7c15u;
	return (size_t)(word >> 32) & list->short_mask;
}

/* Nearly every code is short enough to be a number, and a column is checked
 * against its list in every row: a table of numbers, besides the map. */
static void index_shorts(struct codes *codes, struct codes_list *list)
{
	size_t places = 16;
	while (places < list->count * ROOM)
		places *= 2;
	struct codes_short *shorts = arena_array(codes->arena, places,
		sizeof *shorts);
	list->shorts = shorts;
	list->short_mask = places - 1;
	for (size_t i = 0; i < list->count; i++) {
		struct text code = list->entries[i].code;
		int64_t first;
		if (code.length > SHORT || !map_get(list->by_code, code, &first)
			|| first != (int64_t)i)
			continue;
		uint64_t word = text_word(code);
		size_t at = short_place(list, word);
		while (shorts[at].entry != NULL)
			at = (at + 1) & list->short_mask;
		shorts[at] = (struct codes_short){word, &list->entries[i]};
	}
}

static bool finish_list(struct codes *codes, size_t at, struct fault *fault)
{
	struct codes_list *list = &codes->lists[at];
	struct codes_entry *entries = arena_array(codes->arena, list->count,
		sizeof *entries);
	if (codes->drafts[at].entries != NULL)
		memcpy(entries, codes->drafts[at].entries,
			list->count * sizeof *entries);
	struct map *by_code = open_map(codes->arena);
	for (size_t i = 0; i < list->count; i++) {
		int64_t first = -1;
		map_get(by_code, entries[i].code, &first);
		if (!link_entry(entries, &entries[i], &first))
			return fault_set(fault, FAULT_INPUT,
				"code list \"" TEXT_FORMAT ".csv\": two rows of "
				"code \"" TEXT_FORMAT "\" are valid at once",
				TEXT_ARGS(list->name),
				TEXT_ARGS(entries[i].code));
		map_set(by_code, entries[i].code, first);
	}
	list->entries = entries;
	list->by_code = by_code;
	index_shorts(codes, list);
	return true;
}

static int order_lists(const void *a, const void *b)
{
	const struct codes_list *first = a, *second = b;
	return text_compare(first->name, second->name);
}

static int order_dates(const void *a, const void *b)
{
	const struct date *first = a, *second = b;
	return (first->day > second->day) - (first->day < second->day);
}

static bool read_holidays(struct codes *codes, struct fault *fault)
{
	const struct codes_list *list = codes_list(codes, "bank-holidays");
	size_t count = list == NULL ? 0 : list->count;
	struct date *days = arena_array(codes->arena, count, sizeof *days);
	for (size_t i = 0; i < count; i++)
		if (!date_read_iso(list->entries[i].code, &days[i]))
			return fault_set(fault, FAULT_INPUT,
				"code list \"bank-holidays.csv\": \"" TEXT_FORMAT
				"\" is not a date",
				TEXT_ARGS(list->entries[i].code));
	if (count > 0)
		qsort(days, count, sizeof *days, order_dates);
	codes->holidays = (struct clock_holidays){days, count};
	return true;
}

static bool finish(struct codes *codes, struct fault *fault)
{
	for (size_t i = 0; i < codes->count; i++)
		if (!finish_list(codes, i, fault))
			return false;
	qsort(codes->lists, codes->count, sizeof *codes->lists, order_lists);
	for (size_t i = 0; i < codes->count; i++)
		map_set(codes->by_name, codes->lists[i].name, (int64_t)i);
	return read_holidays(codes, fault);
}

bool codes_open(struct arena *arena, const char *overlay,
	struct codes **out_codes, struct fault *fault)
{
	struct codes *codes = arena_new(arena, sizeof *codes);
	struct draft drafts[LISTS_MAXIMUM] = {0};
	*codes = (struct codes){
		.arena = arena,
		.lists = arena_array(arena, LISTS_MAXIMUM, sizeof *codes->lists),
		.drafts = drafts,
		.by_name = open_map(arena),
	};
	bool is_read = read_shipped(codes, fault)
		&& (overlay == NULL || read_overlay(codes, overlay, fault))
		&& finish(codes, fault);
	for (size_t i = 0; i < codes->count; i++)
		memory_free(drafts[i].entries);
	codes->drafts = NULL;
	if (is_read)
		*out_codes = codes;
	return is_read;
}

const struct codes_list *codes_lists(const struct codes *codes, size_t *out_count)
{
	*out_count = codes->count;
	return codes->lists;
}

const struct codes_list *codes_list(const struct codes *codes, const char *name)
{
	int64_t at;
	return map_get(codes->by_name, text_of(name), &at) ? &codes->lists[at]
							   : NULL;
}

/* The code's first entry. */
static const struct codes_entry *first_entry(const struct codes_list *list,
	struct text code)
{
	int64_t first;
	if (code.length > SHORT)
		return map_get(list->by_code, code, &first)
			? &list->entries[first]
			: NULL;
	uint64_t word = text_word(code);
	for (size_t at = short_place(list, word);
		list->shorts[at].entry != NULL; at = (at + 1) & list->short_mask)
		if (list->shorts[at].word == word
			&& list->shorts[at].entry->code.length == code.length)
			return list->shorts[at].entry;
	return NULL;
}

const struct codes_entry *codes_in(const struct codes_list *list,
	struct text code, struct date on)
{
	if (list == NULL)
		return NULL;
	const struct codes_entry *entry = first_entry(list, code);
	if (date_is_none(on))
		return entry;
	while (entry != NULL
		&& (on.day < entry->valid_from.day
			|| (!date_is_none(entry->valid_to)
				&& on.day > entry->valid_to.day)))
		entry = entry->next;
	return entry;
}

const struct codes_entry *codes_find(const struct codes *codes,
	const char *list, struct text code, struct date on)
{
	return codes_in(codes_list(codes, list), code, on);
}

bool codes_is_known(const struct codes *codes, const char *list, struct text code)
{
	return codes_find(codes, list, code, DATE_NONE) != NULL;
}

/* A day has to be given: no date was never a day on which a code was valid. */
bool codes_is_valid_on(const struct codes *codes, const char *list,
	struct text code, struct date on)
{
	return !date_is_none(on) && codes_find(codes, list, code, on) != NULL;
}

bool codes_is_in(const struct codes_entry *entry, struct period days)
{
	for (; entry != NULL; entry = entry->next)
		if (entry->valid_from.day <= days.last.day
			&& (entry->valid_to.day == 0
				|| entry->valid_to.day >= days.first.day))
			return true;
	return false;
}

struct text codes_column(const struct codes_entry *entry, const char *column)
{
	for (size_t i = 0; i < entry->columns->count; i++)
		if (text_is(entry->columns->names[i], column))
			return entry->cells[i];
	return (struct text){.at = NULL, .length = 0};
}

struct clock_holidays codes_bank_holidays(const struct codes *codes)
{
	return codes->holidays;
}
