/* SPDX-License-Identifier: MIT
 *
 * The looked-after returns: merged, walked and counted by hand.
 *
 * Later rows replace earlier ones of the same child and start; a row still
 * open is closed where the next begins, or on 31 March if the child is gone
 * from the next return. A spell goes on through changes that keep the carer
 * and through short stays elsewhere with a return to the same place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/period.h"
#include "borough.h"

enum { RETURNS = 4, MOST_EPISODES = 8000, MOST_SPELLS = 64 };

static const char *const returns[RETURNS] = {"2021-22", "2022-23", "2023-24",
	"2024-25-q1"};

struct episode {
	int64_t child;
	struct date start, end, born;
	struct text change, status, place, postcode, reason;
	int source; /* the latest return it is in */
};

struct history {
	struct episode rows[MOST_EPISODES];
	size_t count;
};

struct spell {
	struct date start, end;
	struct text place, postcode;
};

static struct date last_day(int source)
{
	return source == RETURNS - 1 ? date_from(2024, 6, 30)
				     : date_from(2022 + source, 3, 31);
}

static struct borough_sheet table(int source, const char *name)
{
	return borough_sheet(arena_format(borough_arena, "ssda903/%s/%s.csv",
		returns[source], name));
}

static struct date birth(const struct borough_sheet *header, int64_t child)
{
	for (size_t i = 0; i < header->rows; i++)
		if (borough_number(borough_cell(header, i, 0)) == child)
			return borough_date(borough_cell(header, i, 2));
	fail_msg("child %d is not in the header", (int)child);
	return DATE_NONE;
}

static void keep(struct history *history, const struct episode *episode)
{
	for (size_t i = 0; i < history->count; i++) {
		struct episode *row = &history->rows[i];
		if (row->child == episode->child
			&& row->start.day == episode->start.day) {
			*row = *episode;
			return;
		}
	}
	assert_in_range(history->count, 0, MOST_EPISODES - 1);
	history->rows[history->count++] = *episode;
}

static void read_return(struct history *history, int source)
{
	struct borough_sheet header = table(source, "header");
	struct borough_sheet sheet = table(source, "episodes");
	for (size_t i = 0; i < sheet.rows; i++) {
		struct episode episode = {
			.child = borough_number(borough_cell(&sheet, i, 0)),
			.start = borough_date(borough_cell(&sheet, i, 1)),
			.change = borough_cell(&sheet, i, 2),
			.status = borough_cell(&sheet, i, 3),
			.place = borough_cell(&sheet, i, 5),
			.end = borough_date(borough_cell(&sheet, i, 7)),
			.reason = borough_cell(&sheet, i, 8),
			.postcode = borough_cell(&sheet, i, 11),
			.source = source,
		};
		episode.born = birth(&header, episode.child);
		assert_true(date_is_none(episode.end)
			== text_is_empty(episode.reason));
		assert_true(date_is_none(episode.end)
			|| (episode.end.day > episode.start.day
				&& episode.end.day <= last_day(source).day + 3));
		keep(history, &episode);
	}
}

static int by_child_and_start(const void *a, const void *b)
{
	const struct episode *left = a, *right = b;
	if (left->child != right->child)
		return left->child < right->child ? -1 : 1;
	return left->start.day - right->start.day;
}

static struct history *merge(void)
{
	struct history *history = arena_new(borough_arena, sizeof *history);
	for (int i = 0; i < RETURNS; i++)
		read_return(history, i);
	qsort(history->rows, history->count, sizeof history->rows[0],
		by_child_and_start);
	for (size_t i = 0; i < history->count; i++) {
		struct episode *row = &history->rows[i];
		const struct episode *next = row + 1;
		bool has_next = i + 1 < history->count
			&& next->child == row->child;
		bool is_open = date_is_none(row->end);
		if (has_next && (is_open || row->end.day > next->start.day))
			row->end = next->start;
		else if (!has_next && is_open && row->source < RETURNS - 1)
			row->end = last_day(row->source);
	}
	return history;
}

static bool is_counted(const struct episode *row)
{
	return !text_is(row->status, "V3") && !text_is(row->status, "V4");
}

static bool is_on(struct date start, struct date end, struct date day)
{
	return start.day <= day.day && (date_is_none(end) || end.day > day.day);
}

static size_t walk(const struct episode *rows, size_t count, struct spell *spells)
{
	size_t made = 0;
	bool was_away = false;
	for (size_t i = 0; i < count; i++) {
		const struct episode *row = &rows[i];
		struct spell *now = &spells[made == 0 ? 0 : made - 1];
		if (!is_counted(row))
			continue;
		if (made > 0 && row->place.at[0] == 'T') {
			now->end = row->end;
			was_away = true;
			continue;
		}
		bool is_new = text_is(row->change, "S")
			|| text_is(row->change, "P")
			|| text_is(row->change, "B");
		bool is_back = made > 0 && was_away && !text_is(row->change, "S")
			&& text_equals(now->place, row->place)
			&& text_equals(now->postcode, row->postcode);
		was_away = false;
		if (made == 0 || (is_new && !is_back)) {
			assert_in_range(made, 0, MOST_SPELLS - 1);
			now = &spells[made++];
			now->start = row->start;
		}
		now->end = row->end;
		now->place = row->place;
		now->postcode = row->postcode;
	}
	return made;
}

struct counts {
	int looked, three, long_term, stable;
};

static void count_child(const struct episode *rows, size_t count,
	struct date day, struct counts *counts)
{
	size_t at = count;
	for (size_t i = 0; i < count; i++)
		if (is_counted(&rows[i]) && is_on(rows[i].start, rows[i].end, day))
			at = i;
	if (at == count || date_age(rows[at].born, day) >= 18)
		return;
	struct spell spells[MOST_SPELLS];
	size_t made = walk(rows, count, spells);
	int recent = 0;
	size_t current = 0;
	for (size_t i = 0; i < made; i++) {
		recent += spells[i].start.day <= day.day
			&& (date_is_none(spells[i].end)
				|| spells[i].end.day
					> date_add_months(day, -12).day);
		if (is_on(spells[i].start, spells[i].end, day))
			current = i;
	}
	counts->looked++;
	counts->three += recent >= 3;
	size_t first = at;
	while (first > 0 && !text_is(rows[first].change, "S")
		&& rows[first - 1].end.day == rows[first].start.day)
		first--;
	if (date_age(rows[at].born, day) >= 16
		|| rows[first].start.day > date_add_months(day, -30).day)
		return;
	counts->long_term++;
	int two_years = date_add_months(day, -24).day;
	bool is_placed = rows[at].place.at[0] == 'A' && current > 0
		&& spells[current - 1].end.day == spells[current].start.day
		&& spells[current - 1].start.day <= two_years;
	counts->stable += spells[current].start.day <= two_years || is_placed;
}

static struct counts count_on(const struct history *history, struct date day)
{
	struct counts counts = {0, 0, 0, 0};
	for (size_t from = 0; from < history->count;) {
		size_t to = from;
		while (to < history->count
			&& history->rows[to].child == history->rows[from].child)
			to++;
		count_child(history->rows + from, to - from, day, &counts);
		from = to;
	}
	return counts;
}

/* 14.4% and 12.1%; 67.0%; and eight quarters that do not jump about. */
void borough_care_measures(void **state)
{
	(void)state;
	struct history *history = merge();
	struct counts now = count_on(history, date_from(2024, 6, 30));
	struct counts before = count_on(history, date_from(2023, 6, 30));
	assert_int_equal(now.looked, 299);
	assert_int_equal(now.three, 43);
	assert_int_equal(now.long_term, 106);
	assert_int_equal(now.stable, 71);
	assert_int_equal(before.looked, 314);
	assert_int_equal(before.three, 38);
	for (int i = 0; i < 8; i++) {
		struct period quarter =
			period_quarter_step(period_quarter(2024, 1), -i);
		struct counts counts = count_on(history, quarter.last);
		assert_in_range(counts.looked, 290, 330);
		assert_in_range(counts.three * 1000 / counts.looked, 100, 145);
		assert_in_range(counts.stable * 1000 / counts.long_term, 640,
			720);
	}
}

/* Everyone open at the end of a return begins the next, but for one; and what
 * begins it is what was open. */
void borough_care_continuity(void **state)
{
	(void)state;
	int gone = 0;
	for (int source = 0; source + 1 < RETURNS; source++) {
		struct borough_sheet now = table(source, "episodes");
		struct borough_sheet next = table(source + 1, "episodes");
		for (size_t i = 0; i < now.rows; i++) {
			bool is_found = false;
			if (!text_is_empty(borough_cell(&now, i, 7)))
				continue;
			for (size_t j = 0; j < next.rows && !is_found; j++) {
				bool is_same = true;
				for (size_t c = 0; c < now.columns; c++)
					is_same = is_same
						&& ((c >= 7 && c <= 9)
							|| text_equals(borough_cell(&now,
									       i,
									       c),
								borough_cell(&next,
									j, c)));
				is_found = is_same;
			}
			gone += !is_found;
		}
	}
	assert_int_equal(gone, 1);
}
