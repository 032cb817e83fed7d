/* SPDX-License-Identifier: MIT
 *
 * The school census and the attendance feed: absence by hand, the two feeds
 * against each other, and the pupil numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/map.h"
#include "borough.h"

enum { MOST = 40000 };

static const char absent_codes[] = "IMRSTECHGNOU";

struct enrolment {
	struct text school;
	int possible, absent;
};

struct roll {
	struct map *ids;  /* table id to enrolment */
	struct map *keys; /* pupil and school to enrolment */
	struct enrolment rows[MOST];
	size_t count;
};

static struct roll *roll_open(void)
{
	struct roll *roll = arena_new(borough_arena, sizeof *roll);
	roll->ids = map_open();
	roll->keys = map_open();
	return roll;
}

static void roll_close(struct roll *roll)
{
	map_close(roll->ids);
	map_close(roll->keys);
}

/* An enrolment is a pupil (number, birth, entry) at a school. */
static int64_t find(struct roll *roll, const struct borough_sheet *sheet,
	size_t row)
{
	struct text upn = borough_cell(sheet, row, borough_column(sheet, "upn"));
	struct text born = borough_cell(sheet, row, borough_column(sheet, "dob"));
	struct text school = borough_cell(sheet, row, 1);
	const char *key = arena_format(borough_arena,
		TEXT_FORMAT "|%.11s|" TEXT_FORMAT, TEXT_ARGS(upn), born.at,
		TEXT_ARGS(school));
	int64_t index;
	if (map_get(roll->keys, text_of(key), &index))
		return index;
	assert_in_range(roll->count, 0, MOST - 1);
	index = (int64_t)roll->count++;
	roll->rows[index].school = school;
	map_set(roll->keys, text_of(key), index);
	return index;
}

static void read_pupils(struct roll *roll, const char *path)
{
	struct borough_sheet sheet = borough_sheet(path);
	size_t possible = borough_column(&sheet, "termlysessionspossible");
	for (size_t i = 0; i < sheet.rows; i++) {
		struct text id = borough_cell(&sheet, i, 0);
		int64_t index = find(roll, &sheet, i);
		if (map_set(roll->ids, id, index)) /* rows come twice */
			roll->rows[index].possible += borough_number(
				borough_cell(&sheet, i, possible));
	}
}

static void read_sessions(struct roll *roll, const char *path)
{
	struct borough_sheet sheet = borough_sheet(path);
	size_t sessions = borough_column(&sheet, "sessions");
	size_t reason = borough_column(&sheet, "attendancereason");
	for (size_t i = 0; i < sheet.rows; i++) {
		int64_t index;
		assert_true(
			map_get(roll->ids, borough_cell(&sheet, i, 0), &index));
		struct text code = borough_cell(&sheet, i, reason);
		if (strchr(absent_codes, code.at[0]) != NULL)
			roll->rows[index].absent += borough_number(
				borough_cell(&sheet, i, sessions));
	}
}

/* Autumn and spring of the year that ends in `year`. */
static struct roll *read_year(int year)
{
	static const char *const seasons[] = {"spring", "summer"};
	struct roll *roll = roll_open();
	for (int i = 0; i < 2; i++) {
		const char *folder = arena_format(borough_arena, "census/%d_%s",
			year, seasons[i]);
		read_pupils(roll,
			arena_format(borough_arena, "%s/pupilonroll.csv", folder));
		read_pupils(roll,
			arena_format(borough_arena,
				"%s/pupilnolongeronroll.csv", folder));
		read_sessions(roll,
			arena_format(borough_arena,
				"%s/termlysessiondetailsonroll.csv", folder));
		read_sessions(roll,
			arena_format(borough_arena,
				"%s/termlysessiondetailsoffroll.csv", folder));
	}
	return roll;
}

/* Persistently absent enrolments in tenths of a per cent, half up. */
static int rate(const struct roll *roll, const struct borough_sheet *schools,
	const char *phase)
{
	int counted = 0, persistent = 0;
	for (size_t i = 0; i < roll->count; i++) {
		const struct enrolment *row = &roll->rows[i];
		for (size_t s = 0; s < schools->rows; s++) {
			if (!text_equals(borough_cell(schools, s, 0), row->school)
				|| !text_is(borough_cell(schools, s, 2), phase))
				continue;
			assert_true(row->absent <= row->possible);
			counted += row->possible > 0;
			persistent += row->possible > 0
				&& row->absent * 10 >= row->possible;
		}
	}
	assert_in_range(counted, 8000, 14000);
	return (persistent * 2000 + counted) / (counted * 2);
}

void borough_roll_absence(void **state)
{
	(void)state;
	struct borough_sheet schools = borough_sheet(
		"census/2024_spring/school.csv");
	struct roll *now = read_year(2024);
	assert_int_equal(rate(now, &schools, "primary"), 177);
	assert_int_equal(rate(now, &schools, "secondary"), 245);
	roll_close(now);
	struct roll *before = read_year(2023);
	assert_int_equal(rate(before, &schools, "primary"), 210);
	assert_int_equal(rate(before, &schools, "secondary"), 272);
	roll_close(before);
}

/* The marks of autumn and spring add up to the census. */
void borough_roll_marks(void **state)
{
	(void)state;
	struct roll *roll = read_year(2024);
	struct borough_sheet sheet = borough_sheet("marks/2023-24-wide.csv");
	int days = date_from(2024, 3, 31).day - date_from(2023, 8, 1).day + 1;
	for (size_t i = 0; i < sheet.rows; i++) {
		struct text marks = borough_cell(&sheet, i, 4);
		assert_int_equal(marks.length, 732);
		assert_true(text_is(borough_cell(&sheet, i, 3), "2023-08-01"));
		int possible = 0, absent = 0;
		for (int at = 0; at < days * 2; at++) {
			char mark = marks.at[at];
			possible += mark != '-' && mark != 'Y';
			absent += strchr(absent_codes, mark) != NULL;
		}
		if (possible == 0)
			continue;
		char born[24];
		struct date date = borough_date(borough_cell(&sheet, i, 1));
		static const char *const months[] = {"Jan", "Feb", "Mar", "Apr",
			"May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
		int year, month, day;
		date_parts(date, &year, &month, &day);
		snprintf(born, sizeof born, "%04d-%s-%02d", year,
			months[month - 1], day);
		const char *key = arena_format(borough_arena,
			TEXT_FORMAT "|%s|" TEXT_FORMAT,
			TEXT_ARGS(borough_cell(&sheet, i, 0)), born,
			TEXT_ARGS(borough_cell(&sheet, i, 2)));
		int64_t index;
		assert_true(map_get(roll->keys, text_of(key), &index));
		assert_int_equal(roll->rows[index].possible, possible);
		assert_int_equal(roll->rows[index].absent, absent);
	}
	roll_close(roll);
}

/* DfE, Unique pupil numbers: letter = sum of digit times place, modulo 23. */
static bool is_valid_number(struct text upn)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
	int sum = 0;
	if (upn.length != 13)
		return false;
	for (int i = 1; i < 13; i++)
		sum += (upn.at[i] - '0') * (i + 1);
	return upn.at[0] == letters[sum % 23];
}

void borough_roll_numbers(void **state)
{
	(void)state;
	struct borough_sheet sheet = borough_sheet(
		"census/2024_summer/pupilonroll.csv");
	size_t upn = borough_column(&sheet, "upn");
	size_t former = borough_column(&sheet, "formerupn");
	struct map *seen = map_open();
	int invalid = 0, changed = 0, twice = 0;
	for (size_t i = 0; i < sheet.rows; i++) {
		struct text number = borough_cell(&sheet, i, upn);
		invalid += !is_valid_number(number);
		changed += !text_is_empty(borough_cell(&sheet, i, former));
		twice += !map_set(seen, number, 1);
	}
	map_close(seen);
	assert_in_range(sheet.rows, 21000, 23000);
	assert_in_range(invalid, 1, 20); /* planted */
	assert_in_range(changed, 5, 60);
	/* A child on two rolls while moving, and no more. */
	assert_in_range(twice, 0, 60);
}
