/* SPDX-License-Identifier: MIT
 *
 * The invented case: each field is a row of a table with its values.
 */
#include "case.h"

#include <assert.h>

static const char *const states[] = {"OPEN", "REGISTERED", "CONTACTED",
	"CLOSED", NULL};
static const char *const reasons[] = {"BELIEF", "HEALTH", "BULLYING", "1A",
	"07", NULL};
static const char *const kinds[] = {"KIT", "HOME", "REVIEW", NULL};
static const char *const types[] = {"S437_1", "SAO", NULL};

enum { MOST_ROWS = 4 };

static const struct field {
	const char *name;
	int part;
	enum value_kind kind;
	const char *const *codes;
	const char *list; /* a shipped one instead */
	bool is_many;
	const char *values[MOST_ROWS]; /* by row; an entry has one */
} fields[] = {
	{"state", 0, VALUE_TEXT, states, .values = {"REGISTERED"}},
	{"reason", 0, VALUE_TEXT, reasons, .values = {"1A"}},
	{"reason_then", 0, VALUE_TEXT, reasons, .values = {NULL}},
	{"reasons", 0, VALUE_TEXT, reasons, .is_many = true,
		.values = {"BELIEF;1A"}},
	{"middle_name", 0, VALUE_TEXT, NULL, .values = {NULL}},
	{"town", 0, VALUE_TEXT, NULL, .values = {"St Mary's"}},
	{"date_of_birth", 0, VALUE_DATE, NULL, .values = {"2012-02-29"}},
	{"referred_on", 0, VALUE_DATE, NULL, .values = {"2024-11-25"}},
	{"closed_on", 0, VALUE_DATE, NULL, .values = {NULL}},
	{"served_on", 0, VALUE_DATE, NULL, .values = {"2024-11-22"}},
	{"method", 0, VALUE_TEXT, NULL, .list = "service-methods",
		.values = {"POST_FIRST"}},
	{"score", 0, VALUE_NUMBER, NULL, .values = {"7"}},
	{"score_then", 0, VALUE_NUMBER, NULL, .values = {NULL}},
	{"huge", 0, VALUE_NUMBER, NULL, .values = {"9223372036854775807"}},
	{"urgent", 0, VALUE_FLAG, NULL, .values = {"yes"}},
	{"consent", 0, VALUE_FLAG, NULL, .values = {"no"}},
	{"urgent_then", 0, VALUE_FLAG, NULL, .values = {NULL}},
	{"child.cp_plan", 0, VALUE_FLAG, NULL, .values = {"yes"}},
	{"setting.review_months", 0, VALUE_NUMBER, NULL, .values = {"6"}},
	{"offered_on", CASE_MEETINGS, VALUE_DATE, NULL,
		.values = {"2024-09-10", "2024-10-01", "2024-11-01"}},
	{"held_on", CASE_MEETINGS, VALUE_DATE, NULL,
		.values = {"2024-10-07", "2024-10-04", NULL}},
	{"kind", CASE_MEETINGS, VALUE_TEXT, kinds,
		.values = {"HOME", "KIT", "KIT"}},
	{"minutes", CASE_MEETINGS, VALUE_NUMBER, NULL,
		.values = {"30", NULL, "0"}},
	{"topics", CASE_MEETINGS, VALUE_TEXT, reasons, .is_many = true,
		.values = {"HEALTH", NULL, "HEALTH;07"}},
	{"from", CASE_STAYS, VALUE_DATE, NULL,
		.values = {"2024-12-16", "2024-11-25", "2024-10-01",
			"2024-12-02"}},
	{"to", CASE_STAYS, VALUE_DATE, NULL,
		.values = {NULL, "2024-12-02", "2024-11-24", "2024-12-16"}},
	{"type", CASE_NOTICES, VALUE_TEXT, types, .values = {"S437_1", "SAO"}},
	{"served_on", CASE_NOTICES, VALUE_DATE, NULL,
		.values = {"2024-09-02", "2024-10-14"}},
	{"response_on", CASE_NOTICES, VALUE_DATE, NULL,
		.values = {"2024-09-12", NULL}},
};
static const size_t row_counts[CASE_PARTS] = {3, 4, 2};
static const char *const parts[CASE_PARTS] = {"meetings", "stays", "notices"};

static const struct codes_list *make_list(struct arena *arena, const char *name,
	const char *const *words)
{
	struct codes_list *list = arena_new(arena, sizeof *list);
	while (words[list->count] != NULL)
		list->count++;
	struct codes_entry *entries = arena_array(arena, list->count,
		sizeof *entries);
	for (size_t i = 0; i < list->count; i++)
		entries[i].code = text_of(words[i]);
	list->name = text_of(name);
	list->entries = entries;
	return list;
}

struct condition_scope case_scope(struct arena *arena, const struct codes *codes)
{
	struct condition_name *names = arena_array(arena, COUNT_OF(fields),
		sizeof *names);
	int slots[CASE_PARTS + 1] = {0};
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const struct field *field = &fields[i];
		names[i] = (struct condition_name){
			.name = field->name,
			.kind = field->kind,
			.part = field->part,
			.slot = slots[field->part]++,
			.is_many = field->is_many,
		};
		if (field->codes != NULL)
			names[i].list = make_list(arena, field->name,
				field->codes);
		if (field->list != NULL && codes != NULL)
			names[i].list = codes_list(codes, field->list);
	}
	return (struct condition_scope){.names = names,
		.count = COUNT_OF(fields),
		.parts = parts,
		.part_count = CASE_PARTS,
		.codes = codes};
}

static struct value read_value(enum value_kind kind, const char *written)
{
	struct text text = text_of(written);
	struct date date = DATE_NONE;
	int64_t number = 0;
	if (written == NULL)
		return value_empty();
	switch (kind) {
	case VALUE_DATE:
		return date_read_iso(text, &date) ? value_date(date)
						  : value_empty();
	case VALUE_NUMBER:
		return text_to_int64(text, &number) ? value_number(number)
						    : value_empty();
	case VALUE_FLAG:
		return value_flag(text_is(text, "yes"));
	default:
		return value_text(text);
	}
}

/* The values of one row of a part, by slot. */
static const struct value *make_row(struct arena *arena, int part, size_t row)
{
	struct value *values = arena_array(arena, COUNT_OF(fields),
		sizeof *values);
	size_t slot = 0;
	for (size_t i = 0; i < COUNT_OF(fields); i++)
		if (fields[i].part == part)
			values[slot++] = read_value(fields[i].kind,
				fields[i].values[row]);
	return values;
}

struct condition_input case_input(struct arena *arena,
	const struct condition_calendar *calendar)
{
	struct condition_rows *all = arena_array(arena, CASE_PARTS, sizeof *all);
	for (int part = 1; part <= CASE_PARTS; part++) {
		size_t count = row_counts[part - 1];
		const struct value **rows = arena_array(arena, count,
			sizeof *rows);
		for (size_t i = 0; i < count; i++)
			rows[i] = make_row(arena, part, i);
		all[part - 1] = (struct condition_rows){rows, count};
	}
	return (struct condition_input){
		.entry = make_row(arena, 0, 0),
		.parts = all,
		.today = date_from(2024, 11, 25),
		.calendar = calendar,
	};
}

int case_slot(const struct condition_scope *scope, const char *name)
{
	for (size_t i = 0; i < scope->count; i++)
		if (text_is(text_of(scope->names[i].name), name))
			return scope->names[i].slot;
	assert(!"the case has no such field");
	return 0;
}
