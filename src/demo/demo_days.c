/* SPDX-License-Identifier: MIT
 *
 * Working days and school days of the invented borough.
 *
 * Bank holidays of England and Wales 2016 to 2024 (Banking and Financial
 * Dealings Act 1971, with the one-off holidays of 2020 and 2022-23). The
 * generator keeps its own copy, which only has to be right for the years it
 * writes; the program's table is the code list bank-holidays.
 */
#include "demo/demo-inside.h"

#include "base/text.h"

struct day_of_year {
	int16_t year;
	int8_t month, day;
};

struct span_of_year {
	struct day_of_year first, last;
};

static const struct day_of_year holidays[] = {
	{2016, 1, 1},
	{2016, 3, 25},
	{2016, 3, 28},
	{2016, 5, 2},
	{2016, 5, 30},
	{2016, 8, 29},
	{2016, 12, 26},
	{2016, 12, 27},
	{2017, 1, 2},
	{2017, 4, 14},
	{2017, 4, 17},
	{2017, 5, 1},
	{2017, 5, 29},
	{2017, 8, 28},
	{2017, 12, 25},
	{2017, 12, 26},
	{2018, 1, 1},
	{2018, 3, 30},
	{2018, 4, 2},
	{2018, 5, 7},
	{2018, 5, 28},
	{2018, 8, 27},
	{2018, 12, 25},
	{2018, 12, 26},
	{2019, 1, 1},
	{2019, 4, 19},
	{2019, 4, 22},
	{2019, 5, 6},
	{2019, 5, 27},
	{2019, 8, 26},
	{2019, 12, 25},
	{2019, 12, 26},
	{2020, 1, 1},
	{2020, 4, 10},
	{2020, 4, 13},
	{2020, 5, 8},
	{2020, 5, 25},
	{2020, 8, 31},
	{2020, 12, 25},
	{2020, 12, 28},
	{2021, 1, 1},
	{2021, 4, 2},
	{2021, 4, 5},
	{2021, 5, 3},
	{2021, 5, 31},
	{2021, 8, 30},
	{2021, 12, 27},
	{2021, 12, 28},
	{2022, 1, 3},
	{2022, 4, 15},
	{2022, 4, 18},
	{2022, 5, 2},
	{2022, 6, 2},
	{2022, 6, 3},
	{2022, 8, 29},
	{2022, 9, 19},
	{2022, 12, 26},
	{2022, 12, 27},
	{2023, 1, 2},
	{2023, 4, 7},
	{2023, 4, 10},
	{2023, 5, 1},
	{2023, 5, 8},
	{2023, 5, 29},
	{2023, 8, 28},
	{2023, 12, 25},
	{2023, 12, 26},
	{2024, 1, 1},
	{2024, 3, 29},
	{2024, 4, 1},
	{2024, 5, 6},
	{2024, 5, 27},
	{2024, 8, 26},
	{2024, 12, 25},
	{2024, 12, 26},
};

/* Half terms in which every school of the borough is open. */
static const struct span_of_year open_weeks[] = {
	{{2021, 4, 19}, {2021, 5, 28}},
	{{2021, 6, 7}, {2021, 7, 21}},
	{{2021, 9, 2}, {2021, 10, 22}},
	{{2021, 11, 1}, {2021, 12, 17}},
	{{2022, 1, 4}, {2022, 2, 11}},
	{{2022, 2, 21}, {2022, 4, 1}},
	{{2022, 4, 19}, {2022, 5, 27}},
	{{2022, 6, 6}, {2022, 7, 21}},
	{{2022, 9, 2}, {2022, 10, 21}},
	{{2022, 10, 31}, {2022, 12, 16}},
	{{2023, 1, 3}, {2023, 2, 10}},
	{{2023, 2, 20}, {2023, 3, 31}},
	{{2023, 4, 17}, {2023, 5, 26}},
	{{2023, 6, 5}, {2023, 7, 21}},
	{{2023, 9, 4}, {2023, 10, 20}},
	{{2023, 10, 30}, {2023, 12, 21}},
	{{2024, 1, 8}, {2024, 2, 9}},
	{{2024, 2, 19}, {2024, 3, 28}},
	{{2024, 4, 15}, {2024, 5, 24}},
	{{2024, 6, 3}, {2024, 6, 28}},
};

static struct date day_from(struct day_of_year day)
{
	return date_from(day.year, day.month, day.day);
}

static bool is_holiday(struct date date)
{
	int year, month, day;
	date_parts(date, &year, &month, &day);
	for (size_t i = 0; i < COUNT_OF(holidays); i++)
		if (holidays[i].year == year && holidays[i].month == month
			&& holidays[i].day == day)
			return true;
	return false;
}

bool demo_days_is_working(struct date day)
{
	return date_weekday(day) < SATURDAY && !is_holiday(day);
}

struct date demo_days_working_back(struct date day, int days)
{
	while (days > 0) {
		day = date_add_days(day, -1);
		days -= demo_days_is_working(day);
	}
	return day;
}

struct date demo_days_working_on(struct date day, int days)
{
	while (days > 0) {
		day = date_add_days(day, 1);
		days -= demo_days_is_working(day);
	}
	return day;
}

struct date demo_days_next_working(struct date day)
{
	while (!demo_days_is_working(day))
		day = date_add_days(day, 1);
	return day;
}

bool demo_days_is_school(struct date day)
{
	if (!demo_days_is_working(day))
		return false;
	for (size_t i = 0; i < COUNT_OF(open_weeks); i++)
		if (day.day >= day_from(open_weeks[i].first).day
			&& day.day <= day_from(open_weeks[i].last).day)
			return true;
	return false;
}
