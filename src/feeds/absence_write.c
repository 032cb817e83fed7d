/* SPDX-License-Identifier: MIT
 *
 * Absence states of an authority, read and written enrolment by enrolment.
 */
#include "feeds/absence_write.h"

#include "feeds/absence.h"

extern const struct embedded absence_sql[];

enum { YEARS = 64, FIRST_YEAR = 2000, GROUP = 4 };

struct school {
	struct text phase; /* empty: not known */
};

/* One enrolment under way. */
struct writing {
	struct feed *feed;
	struct arena *arena;
	struct map *places;  /* of schools */
	uint8_t sent[YEARS]; /* terms for which any school sent something */
	struct school *schools;
	size_t school_count, school_capacity;
	int64_t child;
	struct text school; /* in `key` */
	char key[128];
	struct absence_term terms[YEARS * TERM_COUNT];
	char groups[YEARS * TERM_COUNT][GROUP];
	size_t count;
	struct store_bulk *states;
};

static struct school *school_of(struct writing *w, struct text name)
{
	int64_t place = map_intern(w->places, name);
	if ((size_t)place == w->school_count) {
		w->schools = memory_grow(w->schools, &w->school_capacity,
			w->school_count + 1, sizeof *w->schools);
		w->schools[w->school_count++] = (struct school){0};
	}
	return &w->schools[place];
}

static bool read_schools(struct writing *w, struct fault *fault)
{
	struct store_value la = store_integer(w->feed->la);
	struct store_rows *rows;
	if (!store_query(w->feed->store,
		    store_find(absence_sql, "schools_with_phase"), &la, 1,
		    &rows, fault))
		return false;
	while (store_next(rows, fault))
		school_of(w, store_get_text(rows, 0))->phase =
			arena_text(w->arena, store_get_text(rows, 1));
	store_end(rows);
	if (fault_is_set(fault)
		|| !store_query(w->feed->store,
			store_find(absence_sql, "terms_sent"), &la, 1, &rows,
			fault))
		return false;
	while (store_next(rows, fault)) {
		int64_t year = store_get_integer(rows, 0) - FIRST_YEAR;
		int64_t term = store_get_integer(rows, 1);
		if (year >= 0 && year < YEARS && term >= 0 && term < TERM_COUNT)
			w->sent[year] |= (uint8_t)(1u << term);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

/* A year group given in any term of the year is that of the year. */
static void set_phases(struct writing *w, const struct school *school)
{
	struct date born = people_born(w->feed->people, w->child);
	for (size_t from = 0, to = 0; from < w->count; from = to) {
		int year = w->terms[from].year;
		struct text group = {.at = NULL, .length = 0};
		for (; to < w->count && w->terms[to].year == year; to++)
			if (group.length == 0)
				group = text_of(w->groups[to]);
		int age = born.day == 0 ? -1
					: date_age(born, date_from(year, 8, 31));
		enum absence_phase phase = absence_phase_of(school->phase,
			group, age);
		for (size_t i = from; i < to; i++)
			w->terms[i].phase = phase;
	}
}

static bool write_enrolment(struct writing *w, struct fault *fault)
{
	struct absence_span spans[YEARS * ABSENCE_STEPS];
	const struct school *school = school_of(w, w->school);
	struct absence_sent sent = {FIRST_YEAR, YEARS, w->sent};
	set_phases(w, school);
	size_t count = absence_spans(w->terms, w->count, &sent, spans);
	for (size_t i = 0; i < count; i++)
		if (!store_bulk_row(w->states,
			    STORE_VALUES(store_integer(w->feed->la),
				    store_string(
					    absence_phase_name(spans[i].phase)),
				    store_integer(w->child), store_text(w->school),
				    store_date(spans[i].starts),
				    store_date(spans[i].ends),
				    store_integer((int64_t)spans[i].status)),
			    fault))
			return false;
	w->count = 0;
	return true;
}

static void add_term(struct writing *w, struct store_rows *rows)
{
	struct absence_term term = {.year = (int)store_get_integer(rows, 2),
		.term = (enum period_term)store_get_integer(rows, 3),
		.possible = store_get_integer(rows, 4),
		.absent = store_get_integer(rows, 5)};
	const struct absence_term *last = w->count == 0
		? NULL
		: &w->terms[w->count - 1];
	bool is_second_feed = last != NULL && last->year == term.year
		&& last->term == term.term;
	if (is_second_feed || term.year < FIRST_YEAR
		|| term.year >= FIRST_YEAR + YEARS)
		return;
	text_copy(w->groups[w->count], GROUP, store_get_text(rows, 6));
	w->terms[w->count++] = term;
}

static bool write_all(struct writing *w, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(w->feed->store,
		    store_find(absence_sql, "terms_by_enrolment"),
		    STORE_VALUES(store_integer(w->feed->la)), &rows, fault))
		return false;
	bool is_fine = true;
	while (is_fine && store_next(rows, fault)) {
		int64_t child = store_get_integer(rows, 0);
		struct text school = store_get_text(rows, 1);
		if (child != w->child || !text_equals(school, w->school)) {
			is_fine = w->count == 0 || write_enrolment(w, fault);
			w->child = child;
			text_copy(w->key, sizeof w->key, school);
			w->school = text_of(w->key);
		}
		add_term(w, rows);
	}
	store_end(rows);
	return is_fine && !fault_is_set(fault)
		&& (w->count == 0 || write_enrolment(w, fault));
}

bool absence_write(struct feed *feed, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct writing *w = arena_new(arena, sizeof *w);
	w->feed = feed;
	w->arena = arena;
	w->places = map_open();
	bool is_done = store_run(feed->store,
			       store_find(absence_sql, "drop_absence_states"),
			       STORE_VALUES(store_integer(feed->la)), fault)
		&& store_bulk_open(feed->store, "absence_state",
			"la, phase, child, school, starts, ends, status",
			&w->states, fault)
		&& read_schools(w, fault) && write_all(w, fault)
		&& store_bulk_flush(w->states, fault);
	store_bulk_close(w->states);
	memory_free(w->schools);
	map_close(w->places);
	arena_close(arena);
	return is_done;
}
