/* SPDX-License-Identifier: MIT
 *
 * The invented borough: written once, read back and counted.
 *
 * borough_care.c and borough_roll.c hold the tests that compute measures; here
 * are the child protection plans, the planted troubles, and that the same seed
 * gives the same bytes.
 */
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/map.h"
#include "borough.h"
#include "demo/demo.h"

const char *borough_folder;
struct arena *borough_arena;

static char made[2][64];

static const char *write_borough(int which, uint64_t seed)
{
	struct fault fault = {FAULT_NONE};
	snprintf(made[which], sizeof made[which], "/tmp/kith-demo-XXXXXX");
	assert_non_null(mkdtemp(made[which]));
	if (!demo_write(made[which], seed, &fault))
		fail_msg("%s: %s", fault.message, fault.detail);
	return made[which];
}

static int remove_one(const char *path, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

static int set_up(void **state)
{
	(void)state;
	borough_arena = arena_open();
	borough_folder = write_borough(0, DEMO_SEED);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_close(borough_arena);
	for (int i = 0; i < 2; i++)
		if (made[i][0] != '\0')
			nftw(made[i], remove_one, 16, FTW_DEPTH | FTW_PHYS);
	return 0;
}

static const char *const census_files[] = {"cin/CIN_2020.xml",
	"cin/CIN_2021.xml", "cin/CIN_2022.xml", "cin/CIN_2023.xml",
	"cin/CIN_2024.xml", "cin/CIN_2024_q1.xml"};

/* What stands between <name> and </name> on the line; false: another line. */
static bool element(struct text line, const char *name, struct text *out_value)
{
	char open[64];
	snprintf(open, sizeof open, "<%s>", name);
	if (!text_starts(line, text_of(open)))
		return false;
	size_t from = strlen(open);
	*out_value = text_cut(line, from, line.length - from * 2 - 1);
	return true;
}

/* Plans that start in the span, and how many of them are repeats; each plan
 * is in several files but counts once. */
static void count_plans(struct date from, struct date to, int *out_starts,
	int *out_repeats)
{
	struct map *seen = map_open();
	*out_starts = *out_repeats = 0;
	for (size_t f = 0; f < COUNT_OF(census_files); f++) {
		struct text rest = borough_bytes(census_files[f]), value;
		struct text child = {NULL, 0}, start = {NULL, 0};
		while (!text_is_empty(rest)) {
			struct text line = text_split(rest, '\n', &rest);
			if (element(line, "LAchildID", &value))
				child = value;
			if (element(line, "CPPstartDate", &value))
				start = value;
			if (!element(line, "NumberOfPreviousCPP", &value))
				continue;
			struct date day = borough_date(start);
			const char *key = arena_format(borough_arena,
				TEXT_FORMAT " " TEXT_FORMAT, TEXT_ARGS(child),
				TEXT_ARGS(start));
			if (day.day < from.day || day.day > to.day
				|| !map_set(seen, text_of(key), 1))
				continue;
			++*out_starts;
			*out_repeats += !text_is(value, "0");
		}
	}
	map_close(seen);
}

/* 20.7% and 26.7%. */
static void repeat_plans(void **state)
{
	(void)state;
	int starts, repeats;
	count_plans(date_from(2024, 4, 1), date_from(2024, 6, 30), &starts,
		&repeats);
	assert_int_equal(starts, 58);
	assert_int_equal(repeats, 12);
	count_plans(date_from(2023, 4, 1), date_from(2023, 6, 30), &starts,
		&repeats);
	assert_int_equal(starts, 60);
	assert_int_equal(repeats, 16);
	count_plans(date_from(2023, 4, 1), date_from(2024, 3, 31), &starts,
		&repeats);
	assert_in_range(repeats * 1000 / starts, 200, 260);
}

/* A child's number of earlier plans is never less than the files show. */
static void earlier_plans_are_counted(void **state)
{
	(void)state;
	struct map *plans = map_open(); /* child and start, once each */
	struct map *counts = map_open();
	for (size_t f = 0; f < COUNT_OF(census_files); f++) {
		struct text rest = borough_bytes(census_files[f]), value;
		struct text child = {NULL, 0}, start = {NULL, 0};
		while (!text_is_empty(rest)) {
			struct text line = text_split(rest, '\n', &rest);
			if (element(line, "LAchildID", &value))
				child = value;
			if (element(line, "CPPstartDate", &value))
				start = value;
			if (!element(line, "NumberOfPreviousCPP", &value))
				continue;
			const char *key = arena_format(borough_arena,
				TEXT_FORMAT " " TEXT_FORMAT, TEXT_ARGS(child),
				TEXT_ARGS(start));
			int64_t before = 0;
			if (!map_set(plans, text_of(key), 1))
				continue;
			map_get(counts, child, &before);
			assert_true(borough_number(value) >= before);
			map_set(counts, child, before + 1);
		}
	}
	assert_in_range(map_count(plans), 1000, 1600);
	map_close(plans);
	map_close(counts);
}

static void troubles_are_there(void **state)
{
	(void)state;
	struct text marked = borough_bytes("ssda903/2021-22/header.csv");
	assert_true(text_starts(marked,
		TEXT("\xef\xbb\xbf"
		     "CHILD")));
	struct text windows = borough_bytes("census/2022_spring/pupilonroll.csv");
	assert_non_null(memchr(windows.at, 0xe9, windows.length));
	assert_null(memchr(windows.at, 0xc3, windows.length));
	struct borough_sheet leavers = borough_sheet(
		"census/2024_summer/pupilnolongeronroll.csv");
	int twice = 0;
	for (size_t i = 1; i < leavers.rows; i++)
		twice += text_equals(borough_cell(&leavers, i, 0),
			borough_cell(&leavers, i - 1, 0));
	assert_in_range(twice, 1, 40);
	assert_true(text_has(borough_bytes("cin/CIN_2024_q1.xml"),
		TEXT("<ExpectedPersonBirthDate>2024-0")));
	struct text episodes = borough_bytes("ssda903/2023-24/episodes.csv");
	assert_true(text_has(episodes, TEXT(",T2,")));
	assert_true(text_has(episodes, TEXT(",V3,")));
	struct borough_sheet pupils = borough_sheet(
		"census/2024_summer/pupilonroll.csv");
	size_t possible = borough_column(&pupils, "termlysessionspossible");
	int silent = 0;
	for (size_t i = 0; i < pupils.rows; i++)
		silent += text_is(borough_cell(&pupils, i, 1), "SCH21")
			&& text_is_empty(borough_cell(&pupils, i, possible));
	assert_in_range(silent, 200, 500);
}

/* Compares every file below the two folders by bytes; counts them. */
static int compare(const char *left, const char *right)
{
	struct fault fault = {FAULT_NONE};
	const struct text *names;
	size_t count;
	int files = 0;
	assert_true(file_list(left, borough_arena, &names, &count, &fault));
	for (size_t i = 0; i < count; i++) {
		const char *a = arena_format(borough_arena, "%s/%s", left,
			names[i].at);
		const char *b = arena_format(borough_arena, "%s/%s", right,
			names[i].at);
		struct text mine, theirs;
		if (file_is_folder(a)) {
			files += compare(a, b);
			continue;
		}
		assert_true(file_map(a, borough_arena, &mine, &fault));
		assert_true(file_map(b, borough_arena, &theirs, &fault));
		if (!text_equals(mine, theirs))
			fail_msg("%s differs from %s", a, b);
		files++;
	}
	return files;
}

static void same_seed_same_bytes(void **state)
{
	(void)state;
	const char *other = write_borough(1, DEMO_SEED);
	assert_in_range(compare(borough_folder, other), 120, 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(borough_care_measures),
		cmocka_unit_test(borough_care_continuity),
		cmocka_unit_test(repeat_plans),
		cmocka_unit_test(earlier_plans_are_counted),
		cmocka_unit_test(borough_roll_absence),
		cmocka_unit_test(borough_roll_marks),
		cmocka_unit_test(borough_roll_numbers),
		cmocka_unit_test(troubles_are_there),
		cmocka_unit_test(same_seed_same_bytes),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
