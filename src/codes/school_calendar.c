/* SPDX-License-Identifier: MIT
 *
 * Rows of the list are sorted into calendars, one for each owner that has a
 * row; each year of a calendar takes its terms from the nearest owner that has
 * some: itself, its council, the default.
 */
#include "codes/school_calendar.h"

#include "base/map.h"
#include "codes/codes.h"

enum {
	FIRST_YEAR = 1990,
	YEARS = 90, /* less than CLOCK_SCHOOL_YEARS */
	LONGEST_TERM = 200,
	RANKS = SCHOOL_CALENDAR_SCHOOL + 1,
};

struct row {
	struct text owner; /* "206/100456", "206", "default" */
	bool is_term;
	struct clock_span span;
	int year; /* from 0 */
	struct text source;
};

struct rows {
	const struct row *rows;
	size_t count;
};

struct year {
	enum school_calendar_owner owner;
	struct text source;
};

struct calendar {
	struct text owner;
	const struct clock_school *school;
	struct year years[YEARS];
};

struct school_calendars {
	struct calendar *calendars; /* the default's is the first */
	struct map *by_owner;
};

/* ---- Reading rows ---- */

static bool row_fault(struct fault *fault, const struct codes_entry *entry,
	const char *what)
{
	fault_set(fault, FAULT_INPUT,
		"code list \"school-terms.csv\", code \"" TEXT_FORMAT "\": %s",
		TEXT_ARGS(entry->code), what);
	return fault_hint(fault,
		"code: 206/100456 2024-25 INSET 1; kind: term or closed; "
		"first,last: 2024-09-02");
}

static bool is_number(struct text text, size_t length)
{
	int64_t number;
	return text.length == length && text_to_int64(text, &number)
		&& number > 0;
}

/* The rank of an owner as it is written; NOBODY: it is not one. */
static enum school_calendar_owner rank_of(struct text owner)
{
	if (text_is(owner, "default"))
		return SCHOOL_CALENDAR_DEFAULT;
	struct text urn;
	struct text la = text_split(owner, '/', &urn);
	if (!is_number(la, 3))
		return SCHOOL_CALENDAR_NOBODY;
	if (la.length == owner.length)
		return SCHOOL_CALENDAR_COUNCIL;
	return is_number(urn, 6) ? SCHOOL_CALENDAR_SCHOOL
				 : SCHOOL_CALENDAR_NOBODY;
}

/* From 1 August, so that a term may begin in the last days of that month. */
static int year_of(struct date day)
{
	int year, month, number;
	date_parts(day, &year, &month, &number);
	return year - (month < 8) - FIRST_YEAR;
}

static bool read_span(const struct codes_entry *entry, struct row *row,
	struct fault *fault)
{
	struct text first = codes_column(entry, "first");
	struct text last = codes_column(entry, "last");
	if (!date_read_iso(first, &row->span.first))
		return row_fault(fault, entry, "first is not a date");
	row->span.last = row->span.first;
	if ((row->is_term || !text_is_empty(last))
		&& !date_read_iso(last, &row->span.last))
		return row_fault(fault, entry, "last is not a date");
	if (row->span.last.day < row->span.first.day)
		return row_fault(fault, entry, "last is before first");
	if (row->span.last.day - row->span.first.day >= LONGEST_TERM)
		return row_fault(fault, entry, "is longer than 200 days");
	row->year = year_of(row->span.first);
	if (row->year < 0 || row->year >= YEARS)
		return row_fault(fault, entry,
			"is not in the years 1990 to 2080");
	return true;
}

static bool read_row(const struct codes_entry *entry, struct row *out_row,
	struct fault *fault)
{
	struct text rest, kind = codes_column(entry, "kind");
	struct row row = {
		.owner = text_split(entry->code, ' ', &rest),
		.is_term = text_is(kind, "term"),
		.source = entry->source,
	};
	if (rank_of(row.owner) == SCHOOL_CALENDAR_NOBODY)
		return row_fault(fault, entry,
			"does not begin with a council or a school");
	if (!row.is_term && !text_is(kind, "closed"))
		return row_fault(fault, entry, "kind is not term or closed");
	if (!read_span(entry, &row, fault))
		return false;
	*out_row = row;
	return true;
}

/* ---- Making calendars ---- */

/* Whose rows a calendar may take, the nearest first. */
struct owners {
	struct text names[RANKS];
	size_t count;
};

static struct owners owners_for(struct text owner)
{
	struct owners owners = {.count = 0};
	struct text urn;
	struct text la = text_split(owner, '/', &urn);
	enum school_calendar_owner rank = rank_of(owner);
	if (rank == SCHOOL_CALENDAR_SCHOOL)
		owners.names[owners.count++] = owner;
	if (rank >= SCHOOL_CALENDAR_COUNCIL)
		owners.names[owners.count++] = la;
	owners.names[owners.count++] = TEXT("default");
	return owners;
}

/* The first term that this owner has in the year. */
static const struct row *term_in(struct rows rows, struct text owner, int year)
{
	for (size_t i = 0; i < rows.count; i++)
		if (rows.rows[i].is_term && rows.rows[i].year == year
			&& text_equals(rows.rows[i].owner, owner))
			return &rows.rows[i];
	return NULL;
}

struct plan {
	struct clock_span *terms, *closed;
	size_t term_count, closed_count;
};

/* `is_closed_only` of the owners nearer than the one whose terms are taken. */
static void take_rows(struct plan *plan, struct rows rows, struct text owner,
	int year, bool is_closed_only)
{
	for (size_t i = 0; i < rows.count; i++) {
		const struct row *row = &rows.rows[i];
		if (row->year != year || !text_equals(row->owner, owner))
			continue;
		if (!row->is_term)
			plan->closed[plan->closed_count++] = row->span;
		else if (!is_closed_only)
			plan->terms[plan->term_count++] = row->span;
	}
}

static struct year fill_year(struct plan *plan, struct rows rows,
	const struct owners *owners, int year)
{
	size_t nearest = 0;
	const struct row *term = NULL;
	while (nearest < owners->count
		&& (term = term_in(rows, owners->names[nearest], year)) == NULL)
		nearest++;
	if (term == NULL)
		return (struct year){.owner = SCHOOL_CALENDAR_NOBODY};
	for (size_t i = 0; i <= nearest; i++)
		take_rows(plan, rows, owners->names[i], year, i < nearest);
	return (struct year){rank_of(term->owner), term->source};
}

static void make_calendar(struct arena *arena, struct rows rows,
	struct clock_holidays holidays, struct calendar *calendar)
{
	struct plan plan = {
		.terms = arena_array(arena, rows.count + 1, sizeof *plan.terms),
		.closed = arena_array(arena, rows.count + 1, sizeof *plan.closed),
	};
	struct owners owners = owners_for(calendar->owner);
	for (int year = 0; year < YEARS; year++)
		calendar->years[year] = fill_year(&plan, rows, &owners, year);
	const struct clock_school_plan whole = {plan.terms, plan.term_count,
		plan.closed, plan.closed_count, holidays};
	calendar->school = clock_school_make(arena, &whole);
}

static void close_map(void *map)
{
	map_close(map);
}

bool school_calendar_open(struct arena *arena, const struct codes *codes,
	struct school_calendars **out_calendars, struct fault *fault)
{
	const struct codes_list *list = codes_list(codes, "school-terms");
	size_t count = list == NULL ? 0 : list->count;
	struct row *rows = arena_array(arena, count + 1, sizeof *rows);
	struct school_calendars *all = arena_new(arena, sizeof *all);
	all->by_owner = map_open();
	arena_on_close(arena, close_map, all->by_owner);
	map_intern(all->by_owner, TEXT("default"));
	for (size_t i = 0; i < count; i++) {
		if (!read_row(&list->entries[i], &rows[i], fault))
			return false;
		map_intern(all->by_owner, rows[i].owner);
	}
	size_t owners = map_count(all->by_owner);
	all->calendars = arena_array(arena, owners, sizeof *all->calendars);
	all->calendars[0].owner = TEXT("default");
	for (size_t i = 0; i < count; i++) {
		int64_t at = map_intern(all->by_owner, rows[i].owner);
		all->calendars[at].owner = rows[i].owner;
	}
	for (size_t i = 0; i < owners; i++)
		make_calendar(arena, (struct rows){rows, count},
			codes_bank_holidays(codes), &all->calendars[i]);
	*out_calendars = all;
	return true;
}

/* ---- Looking up ---- */

static const struct calendar *nearest_calendar(const struct school_calendars *all,
	int la, int64_t urn)
{
	char school[32], council[16];
	snprintf(council, sizeof council, "%03d", la);
	snprintf(school, sizeof school, "%s/%06lld", council, (long long)urn);
	int64_t at = 0;
	if (!map_get(all->by_owner, text_of(school), &at))
		map_get(all->by_owner, text_of(council), &at);
	return &all->calendars[at];
}

struct school_calendar school_calendar_on(const struct school_calendars *all,
	int la, int64_t urn, struct date day)
{
	const struct calendar *calendar = nearest_calendar(all, la, urn);
	struct school_calendar found = {.school = calendar->school};
	int year = date_is_none(day) ? -1 : year_of(day);
	if (year >= 0 && year < YEARS) {
		found.owner = calendar->years[year].owner;
		found.source = calendar->years[year].source;
	}
	return found;
}
