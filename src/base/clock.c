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

/* Mondays to Fridays from day 1, which is a Monday, up to and including it. */
static int weekdays_until(struct date day)
{
	int rest = day.day % 7;
	return day.day / 7 * 5 + (rest < 5 ? rest : 5);
}

/* The day up to which there are so many: its opposite. */
static struct date weekday_number(int64_t number)
{
	int64_t day = (number - 1) / 5 * 7 + (number - 1) % 5 + 1;
	return number < 1 || day > INT32_MAX
		? DATE_NONE
		: date_add_days((struct date){1}, (int)(day - 1));
}

static bool is_weekday(struct date day)
{
	return date_weekday(day) < SATURDAY;
}

/* Counts Mondays to Fridays, then one more for each that was a holiday: the
 * time it takes does not grow with the number of days. */
static struct date working_days_after(const struct clock_holidays *holidays,
	struct date day, int64_t days)
{
	int64_t number = weekdays_until(day) + days;
	struct date due = weekday_number(number);
	for (size_t i = first_after(holidays, day); i < holidays->count
		&& !date_is_none(due) && holidays->days[i].day <= due.day;
		i++)
		if (is_weekday(holidays->days[i]))
			due = weekday_number(++number);
	return due;
}

static struct date working_days_before(const struct clock_holidays *holidays,
	struct date day, int64_t days)
{
	struct date eve = date_add_days(day, -1);
	int64_t number = weekdays_until(eve) - days + 1;
	struct date due = weekday_number(number);
	for (size_t i = first_after(holidays, eve); i > 0 && !date_is_none(due)
		&& holidays->days[i - 1].day >= due.day;
		i--)
		if (is_weekday(holidays->days[i - 1]))
			due = weekday_number(--number);
	return due;
}

struct date clock_working_days(const struct clock_holidays *holidays,
	struct date day, int days)
{
	if (days == 0 || date_is_none(day))
		return day;
	return days > 0 ? working_days_after(holidays, day, days)
			: working_days_before(holidays, day, -(int64_t)days);
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
		days -= is_weekday(holidays->days[i]);
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

struct date clock_deemed(const struct clock_holidays *holidays,
	struct date served, int working_days)
{
	return clock_working_days(holidays, served, working_days);
}

bool clock_run_extends(struct clock_span stay, struct date *run)
{
	if (date_is_none(stay.first) || stay.first.day >= run->day
		|| (!date_is_none(stay.last) && stay.last.day < run->day))
		return false;
	*run = stay.first;
	return true;
}

struct date clock_run_start(const struct clock_span *stays, size_t count)
{
	struct date run = DATE_NONE;
	for (size_t i = 0; i < count; i++)
		run = date_later(run, stays[i].first);
	bool is_longer = count > 0;
	while (is_longer) {
		is_longer = false;
		for (size_t i = count; i > 0; i--)
			is_longer |= clock_run_extends(stays[i - 1], &run);
	}
	return run;
}

struct date clock_census_day(int academic_year, enum clock_census term)
{
	static const struct {
		int later, month, n;
	} days[] = {
		[CLOCK_AUTUMN] = {0, 10, 1},
		[CLOCK_SPRING] = {1, 1, 3},
		[CLOCK_SUMMER] = {1, 5, 3},
	};
	return date_nth_weekday(academic_year + days[term].later,
		days[term].month, THURSDAY, days[term].n);
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
