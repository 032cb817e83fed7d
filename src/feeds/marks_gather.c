/* SPDX-License-Identifier: MIT
 *
 * Packed years of marks: gathered, laid over those held, tallied, written.
 */
#include <string.h>

#include "feeds/marks_feed-inside.h"

extern const struct embedded marks_feed_sql[];

/* ---- The table of codes ---- */

static bool make_table(struct marks_feed *marks, struct fault *fault)
{
	const struct codes_list *list = codes_list(marks->feed->codes,
		"attendance");
	size_t count = list == NULL ? 0 : list->count;
	struct marks_code *rows = arena_array(marks->arena, count + 1,
		sizeof *rows);
	for (size_t i = 0; i < count; i++) {
		const struct codes_entry *entry = &list->entries[i];
		int64_t byte;
		if (!text_to_int64(codes_column(entry, "byte"), &byte)
			|| byte < 1 || byte > 126
			|| !marks_class_read(codes_column(entry, "class"),
				&rows[i].class))
			return fault_set(fault, FAULT_BROKEN,
				"the attendance code \"" TEXT_FORMAT
				"\" has no byte or class",
				TEXT_ARGS(entry->code));
		rows[i].code = entry->code;
		rows[i].from = entry->valid_from;
		rows[i].to = entry->valid_to;
		rows[i].byte = (uint8_t)byte;
		rows[i].is_late = text_is(codes_column(entry, "reason_group"),
			"late");
	}
	return marks_table(marks->arena, rows, count, MARKS_FEED_NO_MARK,
		&marks->table, fault);
}

const struct marks_feed_calendar *marks_feed_calendar(struct marks_feed *marks,
	int year)
{
	int at = year - MARKS_FEED_FIRST_YEAR;
	if (at < 0 || at >= MARKS_FEED_YEARS)
		return NULL;
	struct marks_feed_calendar *calendar = &marks->calendars[at];
	if (calendar->meaning != NULL)
		return calendar;
	calendar->meaning = marks_year(marks->arena, marks->table, year);
	calendar->first = period_absence_year(year).first;
	calendar->first_weekend =
		(int)((SATURDAY + 7 - date_weekday(calendar->first)) % 7) * 2;
	for (int i = 0; i < TERM_COUNT; i++) {
		struct period term = period_term(year, (enum period_term)i);
		calendar->terms[i] = tally_span_of(year, term);
		calendar->term_ends[i] = term.last;
	}
	return calendar;
}

/* ---- Opening and closing ---- */

/* Child, school and year as the bytes of a key. */
struct year_key {
	int64_t child;
	int32_t school;
	int32_t year;
};

static struct text key_text(const struct year_key *key)
{
	return (struct text){(const char *)key, sizeof *key};
}

int32_t marks_feed_school(struct marks_feed *marks, struct text name)
{
	size_t before = map_count(marks->schools);
	int64_t number = map_intern(marks->schools, name);
	if (map_count(marks->schools) == before)
		return (int32_t)number;
	marks->school_names = memory_grow(marks->school_names,
		&marks->school_capacity, before + 1, sizeof *marks->school_names);
	marks->school_names[before] = arena_text(marks->arena, name);
	return (int32_t)number;
}

static bool read_held(struct marks_feed *marks, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(marks->feed->store,
		    store_find(marks_feed_sql, "held_years"),
		    STORE_VALUES(store_integer(marks->feed->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct year_key key = {store_get_integer(rows, 0),
			marks_feed_school(marks, store_get_text(rows, 1)),
			(int32_t)store_get_integer(rows, 2)};
		map_set(marks->held, key_text(&key), 1);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

bool marks_feed_open(struct marks_feed *marks, struct fault *fault)
{
	static const struct store_target years = {"mark_year",
		"la, child, school, year, marks, batch",
		"la, child, school, year", NULL};
	static const struct store_target terms = {"attendance_term",
		"la, child, school, year, term, feed, possible, authorised,"
		" unauthorised, unmapped, batch",
		"la, child, school, year, term, feed", NULL};
	static const struct store_target reasons = {"attendance_reason",
		"la, child, school, year, term, feed, code, sessions",
		"la, child, school, year, term, feed, code", NULL};
	struct store *store = marks->feed->store;
	marks->arena = arena_open();
	marks->row = arena_open();
	marks->pupils = map_open();
	marks->schools = map_open();
	marks->gathered = map_open();
	marks->held = map_open();
	return make_table(marks, fault) && read_held(marks, fault)
		&& store_bulk_open_replacing(store, &years, &marks->to_years,
			fault)
		&& store_bulk_open_replacing(store, &terms, &marks->to_terms,
			fault)
		&& store_bulk_open_replacing(store, &reasons,
			&marks->to_reasons, fault);
}

void marks_feed_close(struct marks_feed *marks)
{
	store_bulk_close(marks->to_years);
	store_bulk_close(marks->to_terms);
	store_bulk_close(marks->to_reasons);
	map_close(marks->pupils);
	map_close(marks->schools);
	map_close(marks->gathered);
	map_close(marks->held);
	memory_free(marks->school_names);
	memory_free(marks->years);
	arena_close(marks->arena);
	arena_close(marks->row);
}

/* ---- Gathering ---- */

/* How much a mark says for the child; the classes from low to high. */
static int rank_of(const struct marks_feed *marks, uint8_t byte, struct date day)
{
	static const int ranks[MARKS_CLASSES] = {[MARKS_NONE] = 0,
		[MARKS_UNMAPPED] = 1,
		[MARKS_NOT_POSSIBLE] = 2,
		[MARKS_UNAUTHORISED] = 3,
		[MARKS_AUTHORISED] = 4,
		[MARKS_ACTIVITY] = 5,
		[MARKS_ATTENDING] = 6};
	return ranks[marks_class(marks->table, byte, day)];
}

static void lay(struct marks_feed *marks, struct marks_feed_year *year,
	const struct marks_feed_run *run)
{
	struct date first = period_absence_year(run->year).first;
	for (size_t i = 0; i < run->count; i++) {
		uint8_t *held = &year->marks[run->from + i];
		struct date day = date_add_days(first, (int)(run->from + i) / 2);
		if (*held == run->marks[i] || run->marks[i] == MARKS_FEED_NO_MARK)
			continue;
		if (*held == MARKS_FEED_NO_MARK
			|| rank_of(marks, run->marks[i], day)
				> rank_of(marks, *held, day))
			*held = run->marks[i];
	}
}

bool marks_feed_add(struct marks_feed *marks, const struct marks_feed_run *run,
	struct fault *fault)
{
	struct year_key key = {run->child, run->school, run->year};
	int64_t place;
	if (map_get(marks->gathered, key_text(&key), &place)) {
		lay(marks, &marks->years[place], run);
		return true;
	}
	if (marks->year_count == MARKS_FEED_GATHERED
		&& !marks_feed_flush(marks, fault))
		return false;
	map_set(marks->gathered, key_text(&key), (int64_t)marks->year_count);
	marks->years = memory_grow(marks->years, &marks->year_capacity,
		marks->year_count + 1, sizeof *marks->years);
	struct marks_feed_year *year = &marks->years[marks->year_count++];
	year->child = run->child;
	year->school = run->school;
	year->year = run->year;
	year->place = run->place;
	memset(year->marks, MARKS_FEED_NO_MARK, MARKS_YEAR);
	memcpy(year->marks + run->from, run->marks, run->count);
	return true;
}

/* ---- Writing ---- */

/* A later import counts session by session; what it does not speak of stays. */
static bool merge_held(struct marks_feed *marks, struct marks_feed_year *year,
	struct fault *fault)
{
	struct store *store = marks->feed->store;
	struct store_rows *rows;
	struct store_value key[] = {store_integer(marks->feed->la),
		store_integer(year->child),
		store_text(marks->school_names[year->school]),
		store_integer(year->year)};
	if (!store_query(store, store_find(marks_feed_sql, "held_marks"), key,
		    COUNT_OF(key), &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		struct text held = store_get_text(rows, 0);
		for (size_t i = 0; i < MARKS_YEAR && i < held.length; i++)
			if (year->marks[i] == MARKS_FEED_NO_MARK)
				year->marks[i] = (uint8_t)held.at[i];
	}
	store_end(rows);
	return !fault_is_set(fault)
		&& store_run(store, store_find(marks_feed_sql, "drop_reasons"),
			key, COUNT_OF(key), fault);
}

static bool is_absence(const struct marks_feed *marks, uint8_t byte,
	struct date day)
{
	enum marks_class class = marks_class(marks->table, byte, day);
	return class != MARKS_NONE && class != MARKS_ATTENDING
		&& class != MARKS_ACTIVITY;
}

static bool write_reasons(struct marks_feed *marks,
	const struct marks_feed_year *year, int term,
	const struct marks_feed_calendar *calendar, struct fault *fault)
{
	uint32_t counts[256];
	tally_codes(year->marks,
		&(struct tally_spans){&calendar->terms[term], 1}, counts);
	for (int byte = ' '; byte < 127; byte++) {
		char letter = (char)byte;
		if (counts[byte] == 0
			|| !is_absence(marks, (uint8_t)byte,
				calendar->term_ends[term]))
			continue;
		struct text code = marks_unfold(marks->table, (uint8_t)byte);
		if (text_is(code, "?"))
			code = (struct text){&letter, 1};
		if (!store_bulk_row(marks->to_reasons,
			    STORE_VALUES(store_integer(marks->feed->la),
				    store_integer(year->child),
				    store_text(marks->school_names[year->school]),
				    store_integer(year->year),
				    store_integer(term), store_string("marks"),
				    store_text(code), store_integer(counts[byte])),
			    fault))
			return false;
	}
	return true;
}

static bool write_term(struct marks_feed *marks,
	const struct marks_feed_year *year, int term,
	const struct marks_feed_calendar *calendar, struct fault *fault)
{
	struct tally tally;
	struct tally_span span = calendar->terms[term];
	tally_years(calendar->meaning,
		&(struct tally_marks){year->marks, MARKS_YEAR, 1},
		&(struct tally_spans){&span, 1}, &tally);
	if (tally.none == span.to - span.from)
		return true;
	return store_bulk_row(marks->to_terms,
		       STORE_VALUES(store_integer(marks->feed->la),
			       store_integer(year->child),
			       store_text(marks->school_names[year->school]),
			       store_integer(year->year), store_integer(term),
			       store_string("marks"),
			       store_integer(tally_possible(&tally)),
			       store_integer(tally.authorised),
			       store_integer(tally.unauthorised),
			       store_integer(tally.unmapped),
			       store_integer(feed_batch_id(marks->batch))),
		       fault)
		&& write_reasons(marks, year, term, calendar, fault);
}

static bool write_year(struct marks_feed *marks, struct marks_feed_year *year,
	struct fault *fault)
{
	const struct marks_feed_calendar *calendar = marks_feed_calendar(marks,
		year->year);
	struct year_key key = {year->child, year->school, year->year};
	int64_t ignored;
	if (map_get(marks->held, key_text(&key), &ignored)
		&& !merge_held(marks, year, fault))
		return false;
	map_set(marks->held, key_text(&key), 1);
	if (!store_bulk_row(marks->to_years,
		    STORE_VALUES(store_integer(marks->feed->la),
			    store_integer(year->child),
			    store_text(marks->school_names[year->school]),
			    store_integer(year->year),
			    store_text((struct text){(const char *)year->marks,
				    MARKS_YEAR}),
			    store_integer(feed_batch_id(marks->batch))),
		    fault))
		return false;
	for (int term = 0; term < TERM_COUNT; term++)
		if (!write_term(marks, year, term, calendar, fault))
			return false;
	return true;
}

bool marks_feed_flush(struct marks_feed *marks, struct fault *fault)
{
	for (size_t i = 0; i < marks->year_count; i++)
		if (!write_year(marks, &marks->years[i], fault))
			return false;
	marks->year_count = 0;
	map_close(marks->gathered);
	marks->gathered = map_open();
	return store_bulk_flush(marks->to_years, fault)
		&& store_bulk_flush(marks->to_terms, fault)
		&& store_bulk_flush(marks->to_reasons, fault);
}
