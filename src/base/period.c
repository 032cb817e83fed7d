/* SPDX-License-Identifier: MIT
 *
 * Years, quarters and terms.
 */
#include "base/period.h"

#include <stdio.h>

struct period period_financial_year(int year)
{
	return (struct period){date_from(year, 4, 1), date_from(year + 1, 3, 31)};
}

struct period period_quarter(int year, int quarter)
{
	struct date first = date_add_months(date_from(year, 4, 1),
		(quarter - 1) * 3);
	return (struct period){first,
		date_add_days(date_add_months(first, 3), -1)};
}

struct period period_academic_year(int year)
{
	return (struct period){date_from(year, 9, 1), date_from(year + 1, 8, 31)};
}

struct period period_absence_year(int year)
{
	return (struct period){date_from(year, 8, 1), date_from(year + 1, 7, 31)};
}

static int year_from_month(struct date day, int first_month)
{
	int year, month, in_month;
	date_parts(day, &year, &month, &in_month);
	return month >= first_month ? year : year - 1;
}

int period_financial_year_of(struct date day)
{
	return year_from_month(day, 4);
}

int period_absence_year_of(struct date day)
{
	return year_from_month(day, 8);
}

int period_quarter_of(struct date day)
{
	int year, month, in_month;
	date_parts(day, &year, &month, &in_month);
	return (month + 8) % 12 / 3 + 1;
}

struct period period_quarter_step(struct period quarter, int steps)
{
	struct date first = date_add_months(quarter.first, steps * 3);
	return (struct period){first,
		date_add_days(date_add_months(first, 3), -1)};
}

/* Reads "2024" mark "25": the second must be the year after. */
static bool read_years(struct text text, char mark, int *out_year)
{
	int64_t first, second;
	if (text.length != 7 || text.at[4] != mark
		|| !text_to_int64(text_cut(text, 0, 4), &first)
		|| !text_to_int64(text_cut(text, 5, 2), &second) || first < 1900
		|| first > 2999 || (first + 1) % 100 != second)
		return false;
	*out_year = (int)first;
	return true;
}

bool period_read(struct text text, struct period *out_period)
{
	int year;
	text = text_trim(text);
	if (read_years(text, '/', &year)) {
		*out_period = period_academic_year(year);
		return true;
	}
	if (!read_years(text_cut(text, 0, 7), '-', &year))
		return false;
	if (text.length == 7) {
		*out_period = period_financial_year(year);
		return true;
	}
	if (text.length != 9 || (text.at[7] != 'Q' && text.at[7] != 'q')
		|| text.at[8] < '1' || text.at[8] > '4')
		return false;
	*out_period = period_quarter(year, text.at[8] - '0');
	return true;
}

void period_write_financial(struct date day, char out_text[PERIOD_TEXT])
{
	int year = period_financial_year_of(day);
	snprintf(out_text, PERIOD_TEXT, "%04d-%02d", year, (year + 1) % 100);
}

void period_write_quarter(struct date day, char out_text[PERIOD_TEXT])
{
	int year = period_financial_year_of(day);
	snprintf(out_text, PERIOD_TEXT, "%04d-%02dQ%d", year, (year + 1) % 100,
		period_quarter_of(day));
}

struct period period_term(int year, enum period_term term)
{
	struct date easter = date_easter(year + 1);
	struct date spring_bank = date_nth_weekday(year + 1, 5, MONDAY, -1);
	switch (term) {
	case TERM_AUTUMN:
		return (struct period){date_from(year, 8, 1),
			date_from(year, 12, 31)};
	case TERM_SPRING:
		return (struct period){date_from(year + 1, 1, 1), easter};
	case TERM_SUMMER_FIRST:
		return (struct period){date_add_days(easter, 1),
			date_add_days(spring_bank, -1)};
	case TERM_SUMMER_SECOND:
	case TERM_COUNT:
		break;
	}
	return (struct period){spring_bank, date_from(year + 1, 7, 31)};
}
