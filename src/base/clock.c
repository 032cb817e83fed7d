/* SPDX-License-Identifier: MIT
 *
 * How the law counts time: plain arithmetic on dates and a table of holidays.
 */
#include "base/clock.h"

#include <assert.h>

struct date clock_beginning_with(struct date day, int days)
{
	return date_add_days(day, days - 1);
}

struct date clock_within(struct date day, int days)
{
	return date_add_days(day, days);
}

struct date clock_months(struct date day, int months)
{
	return date_add_months(day, months);
}

/* The place of the first holiday after the day. */
static size_t first_after(const struct clock_holidays *holidays, struct date day)
{
	size_t low = 0, high = holidays->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (holidays->days[middle].day <= day.day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool clock_is_working_day(const struct clock_holidays *holidays, struct date day)
{
	if (date_is_none(day) || date_weekday(day) >= SATURDAY)
		return false;
	size_t after = first_after(holidays, day);
	return after == 0 || holidays->days[after - 1].day != day.day;
}

struct date clock_working_days(const struct clock_holidays *holidays,
	struct date day, int days)
{
	assert(days >= 0);
	while (days > 0 && !date_is_none(day)) {
		day = date_add_days(day, 1);
		days -= clock_is_working_day(holidays, day);
	}
	return day;
}

/* Mondays to Fridays from day 1, which is a Monday, up to and including it. */
static int weekdays_until(struct date day)
{
	int rest = day.day % 7;
	return day.day / 7 * 5 + (rest < 5 ? rest : 5);
}

int clock_working_days_between(const struct clock_holidays *holidays,
	struct date from, struct date to)
{
	if (date_is_none(from) || date_is_none(to))
		return 0;
	if (to.day < from.day)
		return -clock_working_days_between(holidays, to, from);
	int days = weekdays_until(to) - weekdays_until(from);
	for (size_t i = first_after(holidays, from);
		i < holidays->count && holidays->days[i].day <= to.day; i++)
		days -= date_weekday(holidays->days[i]) < SATURDAY;
	return days;
}

/* Neither the day of publishing nor that of the meeting counts, and a notice
 * published on a day that is not worked is published on the one before. */
struct date clock_clear_days_before(const struct clock_holidays *holidays,
	struct date meeting, int days)
{
	assert(days >= 0);
	struct date day = meeting;
	for (int left = days + 1; left > 0 && !date_is_none(day);) {
		day = date_add_days(day, -1);
		left -= clock_is_working_day(holidays, day);
	}
	return day;
}

struct date clock_subject_access(const struct clock_holidays *holidays,
	struct date received, int months)
{
	struct date due = date_add_months(received, months);
	while (!date_is_none(due) && !clock_is_working_day(holidays, due))
		due = date_add_days(due, 1);
	return due;
}

struct date clock_school_age_starts(struct date born)
{
	if (date_is_none(born))
		return born;
	struct date fifth = date_months_reached(born, 5 * 12);
	int year = date_year(fifth);
	const struct date starts[] = {date_from(year, 3, 31),
		date_from(year, 8, 31), date_from(year, 12, 31)};
	size_t i = 0;
	while (starts[i].day < fifth.day)
		i++;
	return starts[i];
}

struct date clock_school_age_ends(struct date born)
{
	if (date_is_none(born))
		return born;
	struct date sixteenth = date_months_reached(born, 16 * 12);
	int year = date_year(sixteenth);
	bool is_autumn_born = sixteenth.day >= date_from(year, 9, 1).day;
	return date_nth_weekday(year + is_autumn_born, 6, FRIDAY, -1);
}
