/* SPDX-License-Identifier: MIT
 *
 * Packed years of marks: gathered, laid over those held, tallied, written.
 */
#include <string.h>

#include "feeds/marks_feed-inside.h"

extern const struct embedded marks_feed_sql[];

enum { PLACES = 2 * MARKS_FEED_GATHERED }; /* a power of two */

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

static bool is_absence(const struct marks_feed *marks, uint8_t byte,
	struct date day)
{
	enum marks_class class = marks_class(marks->table, byte, day);
	return class != MARKS_NONE && class != MARKS_ATTENDING
		&& class != MARKS_ACTIVITY;
}

static void fill_codes(const struct marks_feed *marks,
	struct marks_feed_calendar *calendar)
{
	for (int byte = ' '; byte < 127; byte++) {
		struct text code = marks_unfold(marks->table, (uint8_t)byte);
		calendar->letters[byte] = (char)byte;
		if (text_is(code, "?"))
			code = (struct text){&calendar->letters[byte], 1};
		calendar->codes[byte] = code;
		for (int term = 0; term < TERM_COUNT; term++)
			calendar->is_reason[term][byte] = is_absence(marks,
				(uint8_t)byte, calendar->term_ends[term]);
	}
}

static void fill_weekends(struct marks_feed_calendar *calendar)
{
	for (int place = 0; place < MARKS_YEAR; place++) {
		struct date day = date_add_days(calendar->first, place / 2);
		calendar->weekend[place] = date_weekday(day) >= SATURDAY ? 255
									 : 0;
	}
}

const struct marks_feed_calendar *marks_feed_calendar(struct marks_feed *marks,
	int year)
{
	int at = year - MARKS_FEED_FIRST_YEAR;
	if (at < 0 || at >= MARKS_FEED_YEARS)
		return NULL;
	if (marks->calendars[at] != NULL)
		return marks->calendars[at];
	struct marks_feed_calendar *calendar = arena_new(marks->arena,
		sizeof *calendar);
	struct period span = period_absence_year(year);
	calendar->meaning = marks_year(marks->arena, marks->table, year);
	calendar->first = span.first;
	calendar->last = span.last;
	for (int i = 0; i < TERM_COUNT; i++) {
		struct period term = period_term(year, (enum period_term)i);
		calendar->terms[i] = tally_span_of(year, term);
		calendar->term_ends[i] = term.last;
	}
	fill_weekends(calendar);
	fill_codes(marks, calendar);
	marks->calendars[at] = calendar;
	return calendar;
}

const struct marks_feed_calendar *marks_feed_calendar_on(struct marks_feed *marks,
	struct date day, int *out_year)
{
	const struct marks_feed_calendar *last = marks_feed_calendar(marks,
		marks->last_year);
	if (last == NULL || day.day < last->first.day || day.day > last->last.day)
		marks->last_year = period_absence_year_of(day);
	*out_year = marks->last_year;
	return marks_feed_calendar(marks, marks->last_year);
}

/* ---- Opening and closing ---- */

int32_t marks_feed_school(struct marks_feed *marks, struct text name)
{
	size_t before = map_count(marks->schools);
	if (before > 0
		&& text_equals(marks->school_names[marks->last_school], name))
		return marks->last_school;
	marks->last_school = (int32_t)map_intern(marks->schools, name);
	if (map_count(marks->schools) == before)
		return marks->last_school;
	marks->school_names = memory_grow(marks->school_names,
		&marks->school_capacity, before + 1, sizeof *marks->school_names);
	marks->school_names[before] = arena_text(marks->arena, name);
	return marks->last_school;
}

static bool look_for_held(struct marks_feed *marks, struct fault *fault)
{
	int64_t count = 0;
	bool is_told = store_number(marks->feed->store,
		store_find(marks_feed_sql, "holds_years"),
		STORE_VALUES(store_integer(marks->feed->la)), &count, fault);
	marks->has_held = count > 0;
	return is_told;
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
	marks->pupils = numbers_open();
	marks->schools = map_open();
	size_t capacity = 0;
	marks->gathered = memory_grow(NULL, &capacity, PLACES,
		sizeof *marks->gathered);
	memset(marks->gathered, 0, PLACES * sizeof *marks->gathered);
	return make_table(marks, fault) && look_for_held(marks, fault)
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
	numbers_close(marks->pupils);
	map_close(marks->schools);
	memory_free(marks->gathered);
	memory_free(marks->children);
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
	struct date first = marks_feed_calendar(marks, run->year)->first;
	for (size_t i = 0; i < run->count; i++) {
		uint8_t *held = &year->marks[run->from + i];
		if (*held == run->marks[i] || run->marks[i] == MARKS_FEED_NO_MARK)
			continue;
		struct date day = date_add_days(first, (int)(run->from + i) / 2);
		if (*held == MARKS_FEED_NO_MARK
			|| rank_of(marks, run->marks[i], day)
				> rank_of(marks, *held, day))
			*held = run->marks[i];
	}
}

static bool is_of(const struct marks_feed_year *year,
	const struct marks_feed_run *run)
{
	return year->child == run->child && year->school == run->school
		&& year->year == run->year;
}

/* Where the run's year is among the hashed places, or the free place. */
static uint32_t *gathered_place(struct marks_feed *marks,
	const struct marks_feed_run *run)
{
	uint64_t hash = (uint64_t)run->child * 0x9e3779b97f4a7c15u;
	hash = (hash ^ (uint64_t)run->school << 16 ^ (uint64_t)run->year)
		* 0xbf58476d1ce4e5b9u;
	size_t at = hash >> 32 & (PLACES - 1);
	while (marks->gathered[at] != 0
		&& !is_of(&marks->years[marks->gathered[at] - 1], run))
		at = (at + 1) & (PLACES - 1);
	return &marks->gathered[at];
}

/* The run's year if it is gathered already; that of the last run, or one
 * looked up. */
static struct marks_feed_year *find_gathered(struct marks_feed *marks,
	const struct marks_feed_run *run)
{
	if (marks->last < marks->year_count
		&& is_of(&marks->years[marks->last], run))
		return &marks->years[marks->last];
	const uint32_t *place = gathered_place(marks, run);
	if (*place == 0)
		return NULL;
	marks->last = *place - 1;
	return &marks->years[marks->last];
}

bool marks_feed_add(struct marks_feed *marks, const struct marks_feed_run *run,
	struct fault *fault)
{
	if (marks->feed->only_typed)
		return true;
	struct marks_feed_year *year = find_gathered(marks, run);
	if (year != NULL) {
		lay(marks, year, run);
		return true;
	}
	if (marks->year_count == MARKS_FEED_GATHERED
		&& !marks_feed_flush(marks, fault))
		return false;
	marks->years = memory_grow(marks->years, &marks->year_capacity,
		marks->year_count + 1, sizeof *marks->years);
	marks->last = marks->year_count++;
	year = &marks->years[marks->last];
	year->child = run->child;
	year->school = run->school;
	year->year = run->year;
	year->place = run->place;
	size_t end = run->from + run->count;
	memset(year->marks, MARKS_FEED_NO_MARK, run->from);
	memcpy(year->marks + run->from, run->marks, run->count);
	memset(year->marks + end, MARKS_FEED_NO_MARK, MARKS_YEAR - end);
	*gathered_place(marks, run) = (uint32_t)marks->year_count;
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
	bool is_held = store_next(rows, fault);
	if (is_held) {
		struct text held = store_get_text(rows, 0);
		for (size_t i = 0; i < MARKS_YEAR && i < held.length; i++)
			if (year->marks[i] == MARKS_FEED_NO_MARK)
				year->marks[i] = (uint8_t)held.at[i];
	}
	store_end(rows);
	return !fault_is_set(fault)
		&& (!is_held
			|| store_run(store,
				store_find(marks_feed_sql, "drop_reasons"), key,
				COUNT_OF(key), fault));
}

static bool write_reason(struct marks_feed *marks,
	const struct marks_feed_year *year, int term, struct text code,
	uint32_t sessions, struct fault *fault)
{
	return store_bulk_row(marks->to_reasons,
		STORE_VALUES(store_integer(marks->feed->la),
			store_integer(year->child),
			store_text(marks->school_names[year->school]),
			store_integer(year->year), store_integer(term),
			store_string("marks"), store_text(code),
			store_integer(sessions)),
		fault);
}

/* What nearly all marks are, passed over together where it is no reason. */
static void fill_common(const bool is_reason[256],
	uint8_t out_common[TALLY_COMMON])
{
	static const uint8_t usual[TALLY_COMMON] = {MARKS_FEED_NO_MARK, '/',
		'\\'};
	for (size_t i = 0; i < TALLY_COMMON; i++)
		out_common[i] = is_reason[usual[i]] ? MARKS_FEED_NO_MARK
						    : usual[i];
}

static bool write_reasons(struct marks_feed *marks,
	const struct marks_feed_year *year, int term,
	const struct marks_feed_calendar *calendar, struct fault *fault)
{
	uint8_t common[TALLY_COMMON];
	struct tally_bytes bytes = {.seen = {0}};
	const bool *is_reason = calendar->is_reason[term];
	fill_common(is_reason, common);
	tally_uncommon(year->marks, calendar->terms[term], common, &bytes);
	for (int word = 0; word < TALLY_WORDS; word++)
		for (uint64_t left = bytes.seen[word]; left != 0;
			left &= left - 1) {
			int byte = word * 64 + __builtin_ctzll(left);
			if (is_reason[byte]
				&& !write_reason(marks, year, term,
					calendar->codes[byte],
					bytes.counts[byte], fault))
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
	if (marks->has_held && !merge_held(marks, year, fault))
		return false;
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
	for (size_t i = 0; i < marks->year_count && marks->years != NULL; i++)
		if (!write_year(marks, &marks->years[i], fault))
			return false;
	marks->has_held = marks->has_held || marks->year_count > 0;
	marks->year_count = 0;
	memset(marks->gathered, 0, PLACES * sizeof *marks->gathered);
	return store_bulk_flush(marks->to_years, fault)
		&& store_bulk_flush(marks->to_terms, fault)
		&& store_bulk_flush(marks->to_reasons, fault);
}
