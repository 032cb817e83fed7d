/* SPDX-License-Identifier: MIT
 *
 * Opening and closing one census: the tables written, what of them an earlier
 * import of the same census wrote, and what a later census has overtaken.
 */
#include <stdio.h>

#include "feeds/census-inside.h"

extern const struct embedded census_sql[];

static const struct store_target targets[CENSUS_TARGETS] = {
	[CENSUS_TO_SCHOOL] = {"school",
		"la, school, name, urn, estab, phase, batch", "la, school", NULL},
	[CENSUS_TO_ENROLMENT] = {"enrolment",
		"la, child, school, starts, ends, status, is_boarder, batch",
		"la, child, school, starts", NULL},
	[CENSUS_TO_PUPIL] = {"census_pupil",
		"la, child, school, census, year_group, sen, is_part_time,"
		" language, plaa, young_carer, batch",
		"la, child, school, census", NULL},
	[CENSUS_TO_TERM] = {"attendance_term",
		"la, child, school, year, term, feed, possible, authorised,"
		" unauthorised, unmapped, year_group, batch",
		"la, child, school, year, term, feed", NULL},
	[CENSUS_TO_REASON] = {"attendance_reason",
		"la, child, school, year, term, feed, code, sessions",
		"la, child, school, year, term, feed, code", NULL},
	[CENSUS_TO_EXCLUSION] = {"exclusion",
		"la, child, school, starts, category, sessions, reasons, sen,"
		" batch",
		"la, child, school, starts, category", NULL},
	[CENSUS_TO_ADDRESS] = {"address",
		"la, child, starts, postcode, uprn, feed, batch",
		"la, child, starts, postcode, uprn", NULL},
	[CENSUS_TO_MEALS] = {"fsm", "la, child, starts, ends, country, batch",
		"la, child, starts", NULL},
	[CENSUS_TO_NEED] = {"sen_need", "la, child, census, rank, kind, batch",
		"la, child, census, rank, kind", NULL},
	[CENSUS_TO_NAME] = {"child_name",
		"la, child, kind, surname, forename, folded, batch",
		"la, child, kind, surname, forename", NULL},
};

/* ---- Censuses held already ---- */

/* The rows of a batch that a later census wrote: "E/child/school/day". */
static const struct {
	const char *statement;
	char letter;
	int columns; /* of the key; a third is a date */
} overtaken[] = {
	{"schools_of_batch", 'S', 1},
	{"enrolments_of_batch", 'E', 3},
	{"meals_of_batch", 'M', 2},
};

static bool read_later(struct census *census, int64_t batch, struct fault *fault)
{
	struct feed *feed = census->feed;
	for (size_t i = 0; i < COUNT_OF(overtaken); i++) {
		struct store_rows *rows;
		if (!store_query(feed->store,
			    store_find(census_sql, overtaken[i].statement),
			    STORE_VALUES(store_integer(feed->la),
				    store_integer(batch)),
			    &rows, fault))
			return false;
		while (store_next(rows, fault)) {
			char key[CENSUS_KEY];
			size_t used = (size_t)snprintf(key, sizeof key, "%c",
				overtaken[i].letter);
			for (int c = 0; c < overtaken[i].columns; c++) {
				struct text part = store_get_text(rows, c);
				used += (size_t)snprintf(key + used,
					sizeof key - used, "/" TEXT_FORMAT,
					(int)(part.length < 50 ? part.length : 50),
					part.at);
			}
			map_set(census->later, text_of(key), 1);
		}
		store_end(rows);
		if (fault_is_set(fault))
			return false;
	}
	return true;
}

static bool look_back(struct census *census, struct fault *fault)
{
	struct feed *feed = census->feed;
	struct store_rows *rows;
	int64_t *batches = NULL;
	size_t count = 0, capacity = 0;
	if (!store_query(feed->store, store_find(census_sql, "census_labels"),
		    STORE_VALUES(store_integer(feed->la)), &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		struct census_when when = census_when_in(store_get_text(rows, 1));
		if (when.year == 0)
			continue;
		int32_t day = census_when_day(when).day;
		census->is_again |= day == census->day.day;
		if (day <= census->day.day)
			continue;
		batches = memory_grow(batches, &capacity, count + 1,
			sizeof *batches);
		batches[count++] = store_get_integer(rows, 0);
	}
	store_end(rows);
	bool is_done = !fault_is_set(fault);
	for (size_t i = 0; is_done && i < count; i++)
		is_done = read_later(census, batches[i], fault);
	memory_free(batches);
	return is_done;
}

bool census_has_later(const struct census *census)
{
	return map_count(census->later) > 0;
}

bool census_is_outdated(const struct census *census, const char *key)
{
	int64_t ignored;
	return map_get(census->later, text_of(key), &ignored);
}

/* What an earlier batch of the same census wrote of the child, table by table;
 * what this import has no table for stays. */
enum forget_by { BY_DAY, BY_TERM, BY_LABEL };
static const struct {
	const char *statement;
	enum forget_by by;
	enum census_table table;
} forgotten[] = {
	{"forget_pupil", BY_DAY, CENSUS_PUPILS},
	{"forget_needs", BY_DAY, CENSUS_NEEDS},
	{"forget_address", BY_DAY, CENSUS_ADDRESSES},
	{"forget_term", BY_TERM, CENSUS_SESSIONS},
	{"forget_reasons", BY_TERM, CENSUS_SESSIONS},
	{"forget_exclusions", BY_LABEL, CENSUS_EXCLUSIONS},
	{"forget_enrolments", BY_LABEL, CENSUS_PUPILS},
	{"forget_meals", BY_LABEL, CENSUS_MEALS},
};

static bool forget_one(struct census *census, int64_t child, size_t which,
	struct fault *fault)
{
	struct store *store = census->feed->store;
	const char *sql = store_find(census_sql, forgotten[which].statement);
	struct store_value la = store_integer(census->feed->la);
	char label[CENSUS_WHEN_TEXT];
	census_when_write(census->when, label);
	if (forgotten[which].by == BY_DAY)
		return store_run(store, sql,
			STORE_VALUES(la, store_integer(child),
				store_date(census->day)),
			fault);
	if (forgotten[which].by == BY_LABEL)
		return store_run(store, sql,
			STORE_VALUES(la, store_integer(child), store_string(label),
				store_integer(feed_batch_id(census->batch))),
			fault);
	for (int part = 0; part < census->part_count; part++)
		if (!store_run(store, sql,
			    STORE_VALUES(la, store_integer(child),
				    store_integer(census->year),
				    store_integer((int64_t)census->terms[part])),
			    fault))
			return false;
	return true;
}

bool census_forget(struct census *census, int64_t child, struct fault *fault)
{
	if (!census->is_again || !map_set_number(census->seen, child, 1))
		return true;
	for (size_t i = 0; i < COUNT_OF(forgotten); i++)
		if (census->has[forgotten[i].table]
			&& !forget_one(census, child, i, fault))
			return false;
	return true;
}

/* ---- Opening and closing ---- */

static bool open_batch(struct census *census, struct fault *fault)
{
	char label[CENSUS_WHEN_TEXT];
	census_when_write(census->when, label);
	if (!feed_batch_open(census->feed, label, &census->batch, fault))
		return false;
	feed_batch_covers(census->batch,
		period_term(census->year, census->terms[0]).first, census->day);
	return true;
}

/* Terms and reasons are summed before they are written and no other census
 * speaks of the same term, so the first time they cannot meet a row held; most
 * rows are theirs, and rows that replace none are written quicker. */
static bool open_bulk(struct census *census, enum census_target target,
	struct fault *fault)
{
	struct store *store = census->feed->store;
	struct store_bulk **bulk = &census->bulks[target];
	bool is_new = !census->is_again
		&& (target == CENSUS_TO_TERM || target == CENSUS_TO_REASON);
	return is_new
		? store_bulk_open(store, targets[target].table,
			targets[target].columns, bulk, fault)
		: store_bulk_open_replacing(store, &targets[target], bulk, fault);
}

bool census_open(struct census *census, struct fault *fault)
{
	census->day = census_when_day(census->when);
	census->part_count = census_when_terms(census->when, &census->year,
		census->terms);
	census->arena = arena_open();
	census->row = arena_open();
	struct map **maps[] = {&census->later, &census->seen, &census->exclusions,
		&census->school_places, &census->code_places};
	for (size_t i = 0; i < COUNT_OF(maps); i++)
		*maps[i] = map_open();
	census->places = numbers_open();
	census->ethnic = codes_list(census->feed->codes, "ethnic-extended");
	for (int i = 0; i < CENSUS_COLUMNS; i++) {
		const char *list = census_list_of((enum census_column)i);
		census->is_coded[i] = list != NULL;
		if (list != NULL)
			census->lists[i] = codes_list(census->feed->codes, list);
	}
	if (!look_back(census, fault) || !open_batch(census, fault))
		return false;
	for (int i = 0; i < CENSUS_TARGETS; i++)
		if (!open_bulk(census, (enum census_target)i, fault))
			return false;
	return true;
}

bool census_flush(struct census *census, struct fault *fault)
{
	for (int i = 0; i < CENSUS_TARGETS; i++)
		if (!store_bulk_flush(census->bulks[i], fault))
			return false;
	return true;
}

void census_close(struct census *census)
{
	for (int i = 0; i < CENSUS_TARGETS; i++)
		store_bulk_close(census->bulks[i]);
	struct map *maps[] = {census->later, census->seen, census->exclusions,
		census->school_places, census->code_places};
	for (size_t i = 0; i < COUNT_OF(maps); i++)
		map_close(maps[i]);
	numbers_close(census->places);
	memory_free(census->schools);
	memory_free(census->stints);
	memory_free(census->reasons);
	memory_free(census->codes);
	arena_close(census->arena);
	arena_close(census->row);
}

bool census_place(const struct census *census, enum census_key what,
	struct text key, int32_t *out_place)
{
	struct numbers_key number = numbers_key_of(census->places,
		(unsigned)what, key);
	uint32_t first = numbers_first(census->places, &number);
	if (first == 0)
		return false;
	*out_place = numbers_person(census->places, first);
	return true;
}

/* What was added last is found first, so that this also replaces. */
void census_set_place(struct census *census, enum census_key what,
	struct text key, int32_t place)
{
	struct numbers_key number = numbers_key_of(census->places,
		(unsigned)what, key);
	numbers_add(census->places, &number, place);
}

int32_t census_school(struct census *census, struct text school)
{
	size_t before = map_count(census->school_places);
	if (before > 0
		&& text_equals(census->schools[census->last_school], school))
		return census->last_school;
	int64_t number = map_intern(census->school_places, school);
	census->last_school = (int32_t)number;
	if (map_count(census->school_places) == before)
		return (int32_t)number;
	census->schools = memory_grow(census->schools, &census->school_capacity,
		before + 1, sizeof *census->schools);
	census->schools[before] = arena_text(census->arena, school);
	return (int32_t)number;
}
