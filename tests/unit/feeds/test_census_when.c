/* SPDX-License-Identifier: MIT
 *
 * Which census a name speaks of, its day, and the terms it reports.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "feeds/census_when.h"

static void test_names(void **state)
{
	(void)state;
	static const struct {
		const char *name, *label; /* "": not known */
	} cases[] = {
		{"2024_autumn_pupilonroll.csv", "2024 autumn"},
		{"2024_autumn_summerhalfterm2sessiondetailsonroll.csv",
			"2024 autumn"},
		{"summerhalfterm2sessiondetailsonroll_2024.csv", ""},
		{"2025-SPRING", "2025 spring"},
		{"Census Summer 2023 final", "2023 summer"},
		{"Spring2025", ""},
		{"2024-25 spring", "2025 spring"},
		{"2024-25_autumn", "2024 autumn"},
		{"spring 2024-25", "2025 spring"},
		{"2024_25_summer.csv", "2025 summer"},
		{"20240_autumn", ""},
		{"12024 autumn", ""},
		{"1999 autumn", ""},
		{"2024 offspring", ""},
		{"autumn", ""},
		{"pupilonroll.csv", ""},
		{"", ""},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char label[CENSUS_WHEN_TEXT] = "";
		struct census_when when = census_when_in(text_of(cases[i].name));
		if (when.year != 0)
			census_when_write(when, label);
		if (strcmp(label, cases[i].label) != 0)
			fail_msg("\"%s\" gives \"%s\", not \"%s\"",
				cases[i].name, label, cases[i].label);
	}
}

/* What is written is read again. */
static void test_labels(void **state)
{
	(void)state;
	for (int year = 2000; year < 2100; year++)
		for (int season = 0; season < 3; season++) {
			char label[CENSUS_WHEN_TEXT];
			struct census_when when = {year,
				(enum census_season)season};
			census_when_write(when, label);
			struct census_when again = census_when_in(text_of(label));
			assert_int_equal(again.year, year);
			assert_int_equal(again.season, season);
			struct census_when on = census_when_on(
				census_when_day(when));
			assert_int_equal(on.year, year);
			assert_int_equal(on.season, season);
		}
}

/* Days that were: DfE, complete the school census, 2022 to 2025. */
static void test_days(void **state)
{
	(void)state;
	static const struct {
		int year;
		enum census_season season;
		const char *day;
	} cases[] = {
		{2022, CENSUS_AUTUMN, "2022-10-06"},
		{2023, CENSUS_SPRING, "2023-01-19"},
		{2023, CENSUS_SUMMER, "2023-05-18"},
		{2024, CENSUS_AUTUMN, "2024-10-03"},
		{2025, CENSUS_SPRING, "2025-01-16"},
		{2025, CENSUS_SUMMER, "2025-05-15"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		char day[DATE_TEXT];
		date_write(census_when_day((struct census_when){cases[i].year,
				   cases[i].season}),
			day);
		assert_string_equal(day, cases[i].day);
	}
}

static void test_terms(void **state)
{
	(void)state;
	int year;
	enum period_term terms[2];
	struct census_when when = {2025, CENSUS_SPRING};
	assert_int_equal(census_when_terms(when, &year, terms), 1);
	assert_int_equal(year, 2024);
	assert_int_equal(terms[0], TERM_AUTUMN);
	when.season = CENSUS_SUMMER;
	assert_int_equal(census_when_terms(when, &year, terms), 1);
	assert_int_equal(year, 2024);
	assert_int_equal(terms[0], TERM_SPRING);
	when.season = CENSUS_AUTUMN;
	assert_int_equal(census_when_terms(when, &year, terms), 2);
	assert_int_equal(year, 2024);
	assert_int_equal(terms[0], TERM_SUMMER_FIRST);
	assert_int_equal(terms[1], TERM_SUMMER_SECOND);
}

static void test_words_of_the_table(void **state)
{
	(void)state;
	struct census_when when = census_when_of(TEXT("2024.0"), TEXT("AUT"));
	assert_int_equal(when.year, 2024);
	assert_int_equal(when.season, CENSUS_AUTUMN);
	when = census_when_of(TEXT("2025"), TEXT(" Summer "));
	assert_int_equal(when.season, CENSUS_SUMMER);
	assert_int_equal(census_when_of(TEXT("2025"), TEXT("")).year, 0);
	assert_int_equal(census_when_of(TEXT("x"), TEXT("AUT")).year, 0);
	assert_int_equal(census_when_on(DATE_NONE).year, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_labels),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_terms),
		cmocka_unit_test(test_words_of_the_table),
	};
	return cmocka_run_group_tests_name("census_when", tests, NULL, NULL);
}
