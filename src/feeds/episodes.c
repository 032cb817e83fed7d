/* SPDX-License-Identifier: MIT
 *
 * The merge of returns and the walk over placements, one child at a time.
 */
#include "feeds/episodes.h"

#include <stdlib.h>

#include "base/period.h"

/* ---- Merging returns ---- */

static int order_rows(const void *left, const void *right)
{
	const struct episode *a = left, *b = right;
	if (a->decom.day != b->decom.day)
		return a->decom.day < b->decom.day ? -1 : 1;
	if (a->year != b->year)
		return a->year < b->year ? -1 : 1;
	if (a->batch != b->batch)
		return a->batch < b->batch ? -1 : 1;
	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Of rows with one DECOM the last stays. One of the same return is a double;
 * one of an earlier return is simply replaced. Dropped rows go to the end. */
static size_t drop_replaced(struct episode *rows, size_t count)
{
	size_t kept = 0;
	for (size_t i = 0; i < count; i++) {
		bool is_last = i + 1 == count
			|| rows[i + 1].decom.day != rows[i].decom.day;
		if (!is_last && rows[i + 1].year == rows[i].year)
			rows[i].repairs |= EPISODES_TWICE;
		if (!is_last)
			continue;
		/* Dropped rows lie from `kept` to here: one changes places. */
		struct episode last = rows[i];
		rows[i] = rows[kept];
		rows[kept++] = last;
	}
	return kept;
}

static bool is_in_return(const struct episode *rows, size_t count, int year)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].year == year)
			return true;
	return false;
}

/* The return after this year's, or 0. */
static int next_year(const int *years, size_t count, int year)
{
	for (size_t i = 0; i < count; i++)
		if (years[i] > year)
			return years[i];
	return 0;
}

static void move_end(struct episode *episode, struct date end, unsigned rule)
{
	episode->dec = end;
	episode->repairs |= rule;
}

static void repair_against(struct episode *episode, const struct episode *next)
{
	if (episode->dec.day == 0)
		move_end(episode, next->decom, EPISODES_OPEN_BEFORE_ANOTHER);
	else if (episode->dec.day > next->decom.day)
		move_end(episode, next->decom, EPISODES_OVERLAP);
	else if (episode->dec.day < next->decom.day && text_is(episode->rec, "X1"))
		move_end(episode, next->decom, EPISODES_GAP_AFTER_X1);
}

size_t episodes_merge(struct episode *rows, size_t count, const int *years,
	size_t year_count)
{
	qsort(rows, count, sizeof *rows, order_rows);
	for (size_t i = 0; i < count; i++) {
		rows[i].dec = rows[i].dec_supplied;
		if (rows[i].dec.day == 0)
			rows[i].rec = (struct text){.at = NULL, .length = 0};
	}
	size_t kept = drop_replaced(rows, count);
	for (size_t i = 0; i < kept; i++) {
		if (i + 1 < kept) {
			repair_against(&rows[i], &rows[i + 1]);
			continue;
		}
		int next = next_year(years, year_count, rows[i].year);
		if (rows[i].dec.day == 0 && next != 0
			&& !is_in_return(rows, count, next))
			move_end(&rows[i],
				period_financial_year(rows[i].year).last,
				EPISODES_LEFT_UNSEEN);
	}
	return kept;
}

/* ---- Periods of care and placements ---- */

static bool is_one_of(struct text code, const char *const *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(code, codes[i]))
			return true;
	return false;
}

bool episodes_is_short_break(const struct episode *episode)
{
	static const char *const codes[] = {"V3", "V4"};
	return is_one_of(episode->ls, codes, COUNT_OF(codes));
}

static bool is_temporary(struct text place)
{
	static const char *const codes[] = {"T0", "T1", "T2", "T3", "T4"};
	return is_one_of(place, codes, COUNT_OF(codes));
}

static bool is_adoptive(struct text place)
{
	static const char *const codes[] = {"A3", "A4", "A5", "A6"};
	return is_one_of(place, codes, COUNT_OF(codes));
}

static bool is_by_foster_carer(struct text place)
{
	static const char *const codes[] = {"A3", "A5"};
	return is_one_of(place, codes, COUNT_OF(codes));
}

/* Does the reason for the new episode begin a new placement? */
static bool begins_placement(struct text rne, enum episodes_basis basis)
{
	static const char *const codes[] = {"S", "P", "B", "T", "U"};
	return is_one_of(rne, codes, basis == EPISODES_PLACEMENT ? 5 : 3);
}

size_t episodes_cares(const struct episode *episodes, size_t count,
	struct arena *arena, struct episodes_care **out_cares)
{
	struct episodes_care *cares = arena_array(arena, count, sizeof *cares);
	size_t used = 0;
	for (size_t i = 0; i < count; i++) {
		const struct episode *episode = &episodes[i];
		if (episodes_is_short_break(episode))
			continue;
		bool goes_on = used > 0
			&& cares[used - 1].span.ends.day == episode->decom.day
			&& !text_is(episode->rne, "S");
		if (!goes_on)
			cares[used++].span.starts = episode->decom;
		cares[used - 1].span.ends = episode->dec;
		cares[used - 1].rec = episode->rec;
	}
	*out_cares = cares;
	return used;
}

/* Where the walk over episodes has got to. */
struct walk {
	struct episodes_spell *spells;
	size_t count;
	bool was_temporary;       /* the episode before was */
	struct text before_place; /* of the episode a temporary one interrupted */
	struct text before_post;
	struct text place, post; /* of the last episode that was not temporary */
};

static bool is_return(const struct walk *walk, const struct episode *episode)
{
	return walk->was_temporary && !text_is(episode->rne, "S")
		&& text_equals(episode->place, walk->before_place)
		&& text_equals(episode->pl_post, walk->before_post);
}

static bool stays_with_carer(const struct episode *episode)
{
	return (text_is(episode->rne, "P") || text_is(episode->rne, "B"))
		&& is_by_foster_carer(episode->place);
}

/* Takes one episode; says whether it began a new placement. */
static bool step(struct walk *walk, const struct episode *episode,
	enum episodes_basis basis)
{
	bool is_stop = basis != EPISODES_RAW && is_temporary(episode->place);
	if (is_stop && walk->count > 0) {
		if (!walk->was_temporary) {
			walk->before_place = walk->place;
			walk->before_post = walk->post;
		}
		walk->was_temporary = true;
		walk->spells[walk->count - 1].span.ends = episode->dec;
		return false;
	}
	bool is_new = walk->count == 0
		|| (begins_placement(episode->rne, basis)
			&& !is_return(walk, episode)
			&& !stays_with_carer(episode));
	if (is_new)
		walk->spells[walk->count++] =
			(struct episodes_spell){.span = {.starts = episode->decom},
				.place = episode->place,
				.pl_post = episode->pl_post,
				.rne = episode->rne};
	walk->spells[walk->count - 1].span.ends = episode->dec;
	walk->was_temporary = false;
	walk->place = episode->place;
	walk->post = episode->pl_post;
	return is_new;
}

size_t episodes_spells(const struct episode *episodes, size_t count,
	enum episodes_basis basis, struct arena *arena,
	struct episodes_spell **out_spells)
{
	struct walk walk = {
		.spells = arena_array(arena, count, sizeof *walk.spells)};
	for (size_t i = 0; i < count; i++)
		if (!episodes_is_short_break(&episodes[i]))
			step(&walk, &episodes[i], basis);
	*out_spells = walk.spells;
	return walk.count;
}

/* ---- Placements in the months to a day ---- */

struct change {
	struct date day;
	int by;
};

static int order_changes(const void *left, const void *right)
{
	const struct change *a = left, *b = right;
	return (a->day.day > b->day.day) - (a->day.day < b->day.day);
}

/* A placement overlaps the months to day d if it began by d and ended after d
 * less those months: from its start until so many months are reached after its
 * end. */
size_t episodes_tallies(const struct episodes_spell *spells, size_t count,
	int months, struct arena *arena, struct episodes_tally **out_tallies)
{
	struct change *changes = arena_array(arena, count * 2 + 1,
		sizeof *changes);
	struct episodes_tally *tallies = arena_array(arena, count * 2 + 1,
		sizeof *tallies);
	size_t used = 0, made = 0;
	for (size_t i = 0; i < count; i++) {
		changes[used++] = (struct change){spells[i].span.starts, 1};
		if (spells[i].span.ends.day != 0)
			changes[used++] =
				(struct change){date_months_reached(spells[i]
									    .span
									    .ends,
							months),
					-1};
	}
	qsort(changes, used, sizeof *changes, order_changes);
	int now = 0;
	for (size_t i = 0; i < used; i++) {
		now += changes[i].by;
		if (i + 1 < used && changes[i + 1].day.day == changes[i].day.day)
			continue;
		if (made > 0 && tallies[made - 1].span.ends.day == 0)
			tallies[made - 1].span.ends = changes[i].day;
		if (now > 0)
			tallies[made++] =
				(struct episodes_tally){{.starts = changes[i].day},
					now};
	}
	*out_tallies = tallies;
	return made;
}

/* ---- How long the present placement has lasted ---- */

static void add_stay(struct episodes_stay *stays, size_t *count,
	const struct episode *episode, struct date since)
{
	struct episodes_stay *last = *count == 0 ? NULL : &stays[*count - 1];
	if (last != NULL && last->since.day == since.day
		&& last->span.ends.day == episode->decom.day) {
		last->span.ends = episode->dec;
		return;
	}
	stays[(*count)++] = (struct episodes_stay){{episode->decom, episode->dec},
		since};
}

size_t episodes_stays(const struct episode *episodes, size_t count,
	enum episodes_basis basis, struct arena *arena,
	struct episodes_stay **out_stays)
{
	struct episodes_stay *stays = arena_array(arena, count, sizeof *stays);
	struct walk walk = {
		.spells = arena_array(arena, count, sizeof *walk.spells)};
	size_t used = 0;
	struct date before = DATE_NONE; /* start of the placement before */
	for (size_t i = 0; i < count; i++) {
		const struct episode *episode = &episodes[i];
		if (episodes_is_short_break(episode))
			continue;
		struct episodes_span last = {DATE_NONE, DATE_NONE};
		if (walk.count > 0)
			last = walk.spells[walk.count - 1].span;
		if (step(&walk, episode, basis))
			before = last.ends.day == episode->decom.day
				? last.starts
				: DATE_NONE;
		struct date since = walk.spells[walk.count - 1].span.starts;
		if (is_adoptive(episode->place) && before.day != 0)
			since = before;
		add_stay(stays, &used, episode, since);
	}
	*out_stays = stays;
	return used;
}
