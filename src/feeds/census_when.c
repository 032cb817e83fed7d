/* SPDX-License-Identifier: MIT
 *
 * Which census.
 */
#include "feeds/census_when.h"

#include <stdio.h>

static const char *const words[] = {"spring", "summer", "autumn"};

enum { FIRST_YEAR = 2000, LAST_YEAR = 2099, SHORTEST_WORD = 3 };

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A season's word at the start of the text, not the "summer" of a table of the
 * second half of the summer term. */
static bool season_at(struct text text, enum census_season *out_season,
	size_t *out_length)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct text word = text_of(words[i]);
		if (!text_equals_folded(text_cut(text, 0, word.length), word)
			|| text_equals_folded(text_cut(text, word.length, 4),
				TEXT("half")))
			continue;
		*out_season = (enum census_season)i;
		*out_length = word.length;
		return true;
	}
	return false;
}

static bool year_at(struct text text, int *out_year)
{
	int64_t year;
	struct text four = text_cut(text, 0, 4);
	if (four.length < 4 || !is_digit(four.at[0])
		|| !text_to_int64(four, &year)
		|| (text.length > 4 && is_digit(text.at[4]))
		|| year < FIRST_YEAR || year > LAST_YEAR)
		return false;
	*out_year = (int)year;
	return true;
}

static size_t skip_others(struct text text, size_t at)
{
	while (at < text.length && !is_letter(text.at[at])
		&& !is_digit(text.at[at]))
		at++;
	return at;
}

/* "-25" after 2024: an academic year, whose spring is the next calendar
 * year's. */
static size_t skip_second_year(struct text text, size_t at, int year,
	bool *out_is_academic)
{
	int64_t second;
	*out_is_academic = at + 3 <= text.length
		&& (text.at[at] == '-' || text.at[at] == '/' || text.at[at] == '_')
		&& is_digit(text.at[at + 1])
		&& text_to_int64(text_cut(text, at + 1, 2), &second)
		&& second == (year + 1) % 100
		&& (at + 3 == text.length || !is_digit(text.at[at + 3]));
	return *out_is_academic ? at + 3 : at;
}

static struct census_when starting(struct text text)
{
	struct census_when when = {0};
	size_t length;
	bool is_academic;
	int year;
	if (year_at(text, &year)) {
		size_t at = skip_second_year(text, 4, year, &is_academic);
		at = skip_others(text, at);
		if (season_at(text_cut(text, at, text.length), &when.season,
			    &length))
			when.year = year
				+ (is_academic && when.season != CENSUS_AUTUMN);
	} else if (season_at(text, &when.season, &length)) {
		size_t at = skip_others(text, length);
		if (at > length
			&& year_at(text_cut(text, at, text.length), &year)) {
			(void)skip_second_year(text, at + 4, year, &is_academic);
			when.year = year
				+ (is_academic && when.season != CENSUS_AUTUMN);
		}
	}
	return when;
}

struct census_when census_when_in(struct text name)
{
	for (size_t i = 0; i < name.length; i++) {
		bool is_inside = i > 0
			&& ((is_digit(name.at[i]) && is_digit(name.at[i - 1]))
				|| (is_letter(name.at[i])
					&& is_letter(name.at[i - 1])));
		if (is_inside)
			continue;
		struct census_when when = starting(
			text_cut(name, i, name.length));
		if (when.year != 0)
			return when;
	}
	return (struct census_when){0};
}

struct census_when census_when_of(struct text year, struct text season)
{
	int64_t number;
	if (!text_to_whole(text_trim(year), &number) || number < FIRST_YEAR
		|| number > LAST_YEAR)
		return (struct census_when){0};
	struct text start = text_cut(text_trim(season), 0, SHORTEST_WORD);
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_equals_folded(start,
			    text_cut(text_of(words[i]), 0, SHORTEST_WORD)))
			return (struct census_when){(int)number,
				(enum census_season)i};
	return (struct census_when){0};
}

struct census_when census_when_on(struct date day)
{
	int year, month, ignored;
	if (date_is_none(day))
		return (struct census_when){0};
	date_parts(day, &year, &month, &ignored);
	return (struct census_when){year,
		month <= 3           ? CENSUS_SPRING
			: month <= 8 ? CENSUS_SUMMER
				     : CENSUS_AUTUMN};
}

struct date census_when_day(struct census_when when)
{
	static const struct {
		int month, nth;
	} thursdays[] = {[CENSUS_SPRING] = {1, 3},
		[CENSUS_SUMMER] = {5, 3},
		[CENSUS_AUTUMN] = {10, 1}};
	return date_nth_weekday(when.year, thursdays[when.season].month,
		THURSDAY, thursdays[when.season].nth);
}

void census_when_write(struct census_when when, char out_text[CENSUS_WHEN_TEXT])
{
	snprintf(out_text, CENSUS_WHEN_TEXT, "%04d %s", when.year % 10000,
		words[when.season]);
}

int census_when_terms(struct census_when when, int *out_year,
	enum period_term out_terms[2])
{
	static const enum period_term first[] = {[CENSUS_SPRING] = TERM_AUTUMN,
		[CENSUS_SUMMER] = TERM_SPRING,
		[CENSUS_AUTUMN] = TERM_SUMMER_FIRST};
	*out_year = when.year - 1;
	out_terms[0] = first[when.season];
	out_terms[1] = TERM_SUMMER_SECOND;
	return when.season == CENSUS_AUTUMN ? 2 : 1;
}
