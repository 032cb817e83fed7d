/* SPDX-License-Identifier: MIT
 *
 * One child's history: the merge of returns, periods of care, placements. By
 * vectors written by hand, and against a slow version that follows the words
 * of the rule day by day.
 */
#include <stdlib.h>

#include "feeds/episodes.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct line {
	const char *decom, *dec, *rne, *ls, *place, *post, *rec;
	int year;
};

static struct date day_of(const char *iso)
{
	struct date day = DATE_NONE;
	if (iso != NULL && iso[0] != '\0')
		assert_true(date_read_iso(text_of(iso), &day));
	return day;
}

static size_t build(const struct line *lines, size_t count,
	struct episode *out_rows)
{
	for (size_t i = 0; i < count; i++)
		out_rows[i] = (struct episode){.decom = day_of(lines[i].decom),
			.dec_supplied = day_of(lines[i].dec),
			.dec = day_of(lines[i].dec),
			.rne = text_of(lines[i].rne),
			.ls = text_of(lines[i].ls),
			.place = text_of(lines[i].place),
			.pl_post = text_of(lines[i].post),
			.rec = text_of(lines[i].rec),
			.year = lines[i].year,
			.row = (int64_t)i + 2};
	return count;
}

/* "2023-04-01..2023-05-01 " or "2023-04-01.. " */
static const char *show(struct arena *arena, const char *before,
	struct episodes_span span)
{
	char starts[DATE_TEXT], ends[DATE_TEXT];
	date_write(span.starts, starts);
	date_write(span.ends, ends);
	return arena_format(arena, "%s%s..%s ", before, starts, ends);
}

static const char *show_spells(struct arena *arena, const struct line *lines,
	size_t count, enum episodes_basis basis)
{
	struct episode rows[16];
	struct episodes_spell *spells;
	count = episodes_spells(rows, build(lines, count, rows), basis, arena,
		&spells);
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = show(arena, text, spells[i].span);
	return text;
}

#define SPELLS(arena, lines, basis) \
	show_spells((arena), (lines), COUNT_OF(lines), (basis))

/* ---- The merge ---- */

static const char *merged(struct arena *arena, const struct line *lines,
	size_t count, const int *years, size_t year_count)
{
	struct episode rows[16];
	build(lines, count, rows);
	size_t kept = episodes_merge(rows, count, years, year_count);
	const char *text = "";
	for (size_t i = 0; i < kept; i++)
		text = arena_format(arena, "%s%x ",
			show(arena, text,
				(struct episodes_span){rows[i].decom,
					rows[i].dec}),
			rows[i].repairs);
	return text;
}

static void test_merge_repairs(void **state)
{
	static const struct line lines[] = {
		/* c: ends after the next begins */
		{"2023-04-01", "2023-06-10", "S", "C2", "U1", "A", "X1", 2023},
		/* d: X1 with a gap */
		{"2023-06-01", "2023-07-01", "P", "C2", "U4", "B", "X1", 2023},
		/* a gap after another reason stays */
		{"2023-07-05", "2023-08-01", "P", "C2", "U4", "C", "E4A", 2023},
		/* a: open before another */
		{"2023-09-01", "", "S", "C2", "U4", "C", "X1", 2023},
		{"2023-10-01", "", "P", "C2", "U4", "D", "", 2023},
	};
	static const int years[] = {2023};
	struct arena *arena = arena_open();
	(void)state;
	assert_string_equal(merged(arena, lines, COUNT_OF(lines), years, 1),
		"2023-04-01..2023-06-01 4 2023-06-01..2023-07-05 8 "
		"2023-07-05..2023-08-01 0 2023-09-01..2023-10-01 1 "
		"2023-10-01.. 0 ");
	arena_close(arena);
}

static void test_merge_returns(void **state)
{
	static const struct line lines[] = {
		{"2022-05-01", "", "S", "C2", "U1", "A", "", 2022},
		{"2022-05-01", "2023-06-01", "S", "C2", "U1", "A", "X1", 2023},
		{"2023-06-01", "", "P", "C2", "U4", "B", "", 2023},
		{"2023-06-01", "", "P", "C2", "U4", "B", "", 2023},
	};
	static const int unseen[] = {2022, 2023, 2024}, last[] = {2022, 2023};
	struct arena *arena = arena_open();
	(void)state;
	assert_string_equal(merged(arena, lines, COUNT_OF(lines), last, 2),
		"2022-05-01..2023-06-01 0 2023-06-01.. 0 ");
	assert_string_equal(merged(arena, lines, COUNT_OF(lines), unseen, 3),
		"2022-05-01..2023-06-01 0 2023-06-01..2024-03-31 2 ");
	struct episode rows[4];
	build(lines, 4, rows);
	assert_int_equal(episodes_merge(rows, 4, last, 2), 2);
	unsigned dropped = rows[2].repairs | rows[3].repairs;
	assert_int_equal(dropped, EPISODES_TWICE);
	arena_close(arena);
}

/* The reason for ceasing means nothing on a row that has not ceased. */
static void test_merge_forgets_rec(void **state)
{
	static const struct line line = {"2023-04-01", "", "S", "C2", "U1", "A",
		"X1", 2023};
	static const int years[] = {2023};
	struct episode row;
	(void)state;
	build(&line, 1, &row);
	assert_int_equal(episodes_merge(&row, 1, years, 1), 1);
	assert_int_equal(row.rec.length, 0);
}

/* ---- Periods of care ---- */

static void test_cares(void **state)
{
	static const struct line lines[] = {
		{"2023-04-01", "2023-05-01", "S", "C2", "U1", "A", "X1", 2023},
		{"2023-05-01", "2023-06-01", "L", "D1", "U1", "A", "E4A", 2023},
		/* again on the day the last ended: a new period */
		{"2023-06-01", "2023-07-01", "S", "C2", "U1", "A", "E4A", 2023},
		/* a short break is no care period */
		{"2023-08-01", "2023-08-10", "S", "V4", "U1", "A", "E4A", 2023},
		{"2023-09-01", "", "S", "C2", "U1", "A", "", 2023},
	};
	struct arena *arena = arena_open();
	struct episode rows[COUNT_OF(lines)];
	struct episodes_care *cares;
	(void)state;
	size_t count = episodes_cares(rows, build(lines, COUNT_OF(lines), rows),
		arena, &cares);
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = show(arena, text, cares[i].span);
	assert_string_equal(text,
		"2023-04-01..2023-06-01 "
		"2023-06-01..2023-07-01 2023-09-01.. ");
	assert_true(text_is(cares[0].rec, "E4A"));
	arena_close(arena);
}

/* ---- Placements ---- */

/* Foster care, a legal status change, a holiday and back, a new carer, and
 * the carer's house move: two carers, three placements. */
static void test_year_of_moves(void **state)
{
	static const struct line lines[] = {
		{"2023-04-01", "2023-05-01", "S", "C2", "U6", "A", "X1", 2023},
		{"2023-05-01", "2023-07-01", "L", "C1", "U6", "A", "X1", 2023},
		{"2023-07-01", "2023-07-15", "P", "C1", "T2", "X", "X1", 2023},
		{"2023-07-15", "2023-09-01", "P", "C1", "U6", "A", "X1", 2023},
		{"2023-09-01", "2023-12-01", "P", "C1", "U4", "B", "X1", 2023},
		{"2023-12-01", "", "T", "C1", "U4", "C", "", 2023},
	};
	struct arena *arena = arena_open();
	(void)state;
	assert_string_equal(SPELLS(arena, lines, EPISODES_CARER),
		"2023-04-01..2023-09-01 2023-09-01.. ");
	assert_string_equal(SPELLS(arena, lines, EPISODES_PLACEMENT),
		"2023-04-01..2023-09-01 2023-09-01..2023-12-01 2023-12-01.. ");
	assert_string_equal(SPELLS(arena, lines, EPISODES_RAW),
		"2023-04-01..2023-07-01 2023-07-01..2023-07-15 "
		"2023-07-15..2023-09-01 2023-09-01.. ");
	arena_close(arena);
}

/* Hospital, then not back where the child was: that is a move. */
static void test_hospital(void **state)
{
	static const struct line back[] = {
		{"2023-04-01", "2023-05-01", "S", "C2", "U6", "A", "X1", 2023},
		{"2023-05-01", "2023-05-20", "P", "C2", "T1", "H", "X1", 2023},
		{"2023-05-20", "", "P", "C2", "U6", "A", "", 2023},
	};
	static const struct line elsewhere[] = {
		{"2023-04-01", "2023-05-01", "S", "C2", "U6", "A", "X1", 2023},
		{"2023-05-01", "2023-05-20", "P", "C2", "T1", "H", "X1", 2023},
		{"2023-05-20", "", "P", "C2", "U6", "B", "", 2023},
	};
	static const struct line twice[] = {
		{"2023-04-01", "2023-05-01", "S", "C2", "U6", "A", "X1", 2023},
		{"2023-05-01", "2023-05-10", "P", "C2", "T1", "H", "X1", 2023},
		{"2023-05-10", "2023-05-20", "P", "C2", "T3", "I", "X1", 2023},
		{"2023-05-20", "", "P", "C2", "U6", "A", "", 2023},
	};
	struct arena *arena = arena_open();
	(void)state;
	assert_string_equal(SPELLS(arena, back, EPISODES_CARER), "2023-04-01.. ");
	assert_string_equal(SPELLS(arena, elsewhere, EPISODES_CARER),
		"2023-04-01..2023-05-20 2023-05-20.. ");
	assert_string_equal(SPELLS(arena, twice, EPISODES_CARER),
		"2023-04-01.. ");
	arena_close(arena);
}

/* Adopted by the foster carer the child lives with: no move. Placed for
 * adoption with others: a move, but the stay counts both together. */
static void test_adoption(void **state)
{
	static const struct line carer[] = {
		{"2020-04-01", "2023-05-01", "S", "E1", "U6", "A", "X1", 2023},
		{"2023-05-01", "", "P", "E1", "A5", "A", "", 2023},
	};
	static const struct line others[] = {
		{"2020-04-01", "2023-05-01", "S", "E1", "U6", "A", "X1", 2023},
		{"2023-05-01", "", "P", "E1", "A4", "B", "", 2023},
	};
	struct arena *arena = arena_open();
	struct episode rows[2];
	struct episodes_stay *stays;
	(void)state;
	assert_string_equal(SPELLS(arena, carer, EPISODES_CARER),
		"2020-04-01.. ");
	assert_string_equal(SPELLS(arena, others, EPISODES_CARER),
		"2020-04-01..2023-05-01 2023-05-01.. ");
	size_t count = episodes_stays(rows, build(others, 2, rows),
		EPISODES_CARER, arena, &stays);
	assert_int_equal(count, 1);
	assert_int_equal(stays[0].since.day, day_of("2020-04-01").day);
	arena_close(arena);
}

/* A placement that ended a year ago to the day is outside the window. */
static void test_window(void **state)
{
	static const struct line lines[] = {
		{"2022-01-01", "2023-02-28", "S", "C2", "U6", "A", "X1", 2023},
		{"2023-02-28", "", "P", "C2", "U6", "B", "", 2023},
	};
	struct arena *arena = arena_open();
	struct episode rows[2];
	struct episodes_spell *spells;
	struct episodes_tally *tallies;
	(void)state;
	size_t count = episodes_spells(rows, build(lines, 2, rows),
		EPISODES_CARER, arena, &spells);
	count = episodes_tallies(spells, count, 12, arena, &tallies);
	const char *text = "";
	for (size_t i = 0; i < count; i++)
		text = arena_format(arena, "%s%d ",
			show(arena, text, tallies[i].span),
			tallies[i].placements);
	assert_string_equal(text,
		"2022-01-01..2023-02-28 1 "
		"2023-02-28..2024-02-28 2 2024-02-28.. 1 ");
	arena_close(arena);
}

/* ---- Against the slow version ---- */

enum { MOST = 12 };

static uint64_t dice_state;

static unsigned dice(unsigned sides)
{
	dice_state = dice_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(dice_state >> 33) % sides;
}

static bool is_in(struct text code, const char *list)
{
	return code.length > 0 && text_has(text_of(list), code);
}

static size_t invent(struct episode *out_rows)
{
	static const char *const reasons[] = {"S", "P", "B", "T", "U", "L"};
	static const char *const places[] = {"U4", "U6", "K2", "T0", "T1", "T4",
		"A3", "A4", "A5", "A6"};
	static const char *const posts[] = {"N10AA", "N10AB"};
	static const char *const orders[] = {"C2", "D1", "V2", "V3", "V4"};
	size_t count = 1 + dice(MOST - 1);
	struct date day = date_from(2019, 1, 1 + (int)dice(28));
	for (size_t i = 0; i < count; i++) {
		struct date end = date_add_days(day, 1 + (int)dice(300));
		out_rows[i] = (struct episode){.decom = day,
			.dec = i + 1 == count && dice(2) == 0 ? DATE_NONE : end,
			.rne = text_of(i == 0 ? "S" : reasons[dice(6)]),
			.place = text_of(places[dice(10)]),
			.pl_post = text_of(posts[dice(2)]),
			.ls = text_of(orders[dice(4) == 0 ? dice(5) : 0])};
		day = dice(4) == 0 ? date_add_days(end, (int)dice(500)) : end;
	}
	return count;
}

/* Which spell each episode is in, counted from 0, by the words of the rule;
 * -1 for short breaks. */
static void slow_spells(const struct episode *e, size_t count,
	enum episodes_basis basis, int *out_spell)
{
	const char *begins = basis == EPISODES_PLACEMENT ? "S P B T U" : "S P B";
	int last = -1;
	for (size_t i = 0; i < count; i++) {
		out_spell[i] = -1;
		if (is_in(e[i].ls, "V3 V4"))
			continue;
		bool absorbs = basis != EPISODES_RAW;
		/* The episode before this, and the one a stop interrupted. */
		int before = (int)i - 1, stayed;
		while (before >= 0 && out_spell[before] < 0)
			before--;
		for (stayed = before; stayed >= 0
			&& (out_spell[stayed] < 0
				|| (is_in(e[stayed].place, "T0 T1 T2 T3 T4")
					&& absorbs));
			stayed--)
			;
		bool is_stop = is_in(e[i].place, "T0 T1 T2 T3 T4") && absorbs;
		bool is_new = last < 0 || (!is_stop && is_in(e[i].rne, begins));
		bool is_back = before >= 0 && stayed >= 0 && stayed != before
			&& !text_is(e[i].rne, "S")
			&& text_equals(e[i].place, e[stayed].place)
			&& text_equals(e[i].pl_post, e[stayed].pl_post);
		bool is_carer = is_in(e[i].rne, "P B")
			&& is_in(e[i].place, "A3 A5");
		if (last >= 0 && (is_back || is_carer))
			is_new = false;
		last += is_new;
		out_spell[i] = last;
	}
}

static bool holds(struct date starts, struct date ends, struct date day)
{
	return starts.day <= day.day && (ends.day == 0 || ends.day > day.day);
}

/* First and last episode of a spell; `count` if there is no such spell. */
static void edges(const int *spell, size_t count, int wanted, size_t *out_first,
	size_t *out_last)
{
	*out_first = *out_last = count;
	for (size_t i = 0; i < count; i++) {
		if (wanted < 0 || spell[i] != wanted)
			continue;
		if (*out_first == count)
			*out_first = i;
		*out_last = i;
	}
}

static int slow_tally(const struct episode *e, const int *spell, size_t count,
	struct date day)
{
	int placements = 0;
	struct date year_ago = date_add_months(day, -12);
	for (int s = 0; s < (int)count; s++) {
		size_t first, last;
		edges(spell, count, s, &first, &last);
		placements += first < count && e[first].decom.day <= day.day
			&& (e[last].dec.day == 0
				|| e[last].dec.day > year_ago.day);
	}
	return placements;
}

static struct date slow_since(const struct episode *e, const int *spell,
	size_t count, struct date day)
{
	for (size_t i = 0; i < count; i++) {
		if (spell[i] < 0 || !holds(e[i].decom, e[i].dec, day))
			continue;
		size_t first, last, first_before, last_before;
		edges(spell, count, spell[i], &first, &last);
		edges(spell, count, spell[i] - 1, &first_before, &last_before);
		bool is_joined = is_in(e[i].place, "A3 A4 A5 A6")
			&& first_before < count
			&& e[last_before].dec.day == e[first].decom.day;
		return e[is_joined ? first_before : first].decom;
	}
	return DATE_NONE;
}

static void compare(const struct episode *e, size_t count,
	enum episodes_basis basis)
{
	struct arena *arena = arena_open();
	struct episodes_spell *spells;
	struct episodes_tally *tallies;
	struct episodes_stay *stays;
	int spell[MOST];
	slow_spells(e, count, basis, spell);
	size_t spell_count = episodes_spells(e, count, basis, arena, &spells);
	size_t tally_count = episodes_tallies(spells, spell_count, 12, arena,
		&tallies);
	size_t stay_count = episodes_stays(e, count, basis, arena, &stays);
	struct date last = date_add_days(e[count - 1].decom, 800);
	for (struct date day = date_add_days(e[0].decom, -1);
		day.day < last.day; day.day += 1 + (int)dice(9)) {
		int placements = 0;
		struct date since = DATE_NONE;
		for (size_t i = 0; i < tally_count; i++)
			if (holds(tallies[i].span.starts, tallies[i].span.ends,
				    day))
				placements = tallies[i].placements;
		for (size_t i = 0; i < stay_count; i++)
			if (holds(stays[i].span.starts, stays[i].span.ends, day))
				since = stays[i].since;
		assert_int_equal(placements, slow_tally(e, spell, count, day));
		assert_int_equal(since.day, slow_since(e, spell, count, day).day);
	}
	arena_close(arena);
}

static void test_random_histories(void **state)
{
	struct episode episodes[MOST];
	(void)state;
	for (unsigned seed = 1; seed <= 1500; seed++) {
		dice_state = seed;
		size_t count = invent(episodes);
		compare(episodes, count, EPISODES_CARER);
		compare(episodes, count, EPISODES_PLACEMENT);
		compare(episodes, count, EPISODES_RAW);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge_repairs),
		cmocka_unit_test(test_merge_returns),
		cmocka_unit_test(test_merge_forgets_rec),
		cmocka_unit_test(test_cares),
		cmocka_unit_test(test_year_of_moves),
		cmocka_unit_test(test_hospital),
		cmocka_unit_test(test_adoption),
		cmocka_unit_test(test_window),
		cmocka_unit_test(test_random_histories),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
