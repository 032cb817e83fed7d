/* SPDX-License-Identifier: MIT
 *
 * Dates: every day of 1995 to 2045 against a calendar kept by counting, the
 * readers' accepted and refused shapes, and months reached by brute force.
 */
#include "base/date.h"

#include <stdio.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct date on(const char *iso)
{
	struct date date;
	assert_true(date_read_iso(text_of(iso), &date));
	return date;
}

static void assert_date(struct date got, const char *wanted)
{
	char written[DATE_TEXT];
	date_write(got, written);
	assert_string_equal(written, wanted);
}

static int slow_length(int year, int month)
{
	if (month == 2)
		return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
			? 29
			: 28;
	return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void test_every_day(void **state)
{
	(void)state;
	int year = 1995, month = 1, day = 1;
	int weekday = SUNDAY; /* 1 January 1995 was one */
	struct date date = date_from(1995, 1, 1);
	while (year <= 2045) {
		int parts[3];
		date_parts(date, &parts[0], &parts[1], &parts[2]);
		assert_int_equal(parts[0], year);
		assert_int_equal(parts[1], month);
		assert_int_equal(parts[2], day);
		assert_int_equal(date_year(date), year);
		assert_int_equal(date_from(year, month, day).day, date.day);
		assert_int_equal(date_weekday(date), weekday);
		char written[DATE_TEXT], wanted[32];
		snprintf(wanted, sizeof wanted, "%04d-%02d-%02d", year, month,
			day);
		assert_int_equal(date_write(date, written), 10);
		assert_string_equal(written, wanted);
		assert_int_equal(on(written).day, date.day);
		snprintf(wanted, sizeof wanted, "%d/%02d/%d", day, month, year);
		struct date again;
		assert_true(date_read_uk(text_of(wanted), &again));
		assert_int_equal(again.day, date.day);
		weekday = (weekday + 1) % 7;
		date = date_add_days(date, 1);
		if (++day > slow_length(year, month)) {
			day = 1;
			year += ++month > 12;
			month = month > 12 ? 1 : month;
		}
	}
}

static void test_ends_of_the_calendar(void **state)
{
	(void)state;
	assert_int_equal(date_from(1, 1, 1).day, 1);
	assert_date(date_from(9999, 12, 31), "9999-12-31");
	assert_true(date_is_none(date_add_days(date_from(9999, 12, 31), 1)));
	assert_true(date_is_none(date_add_days(date_from(1, 1, 1), -1)));
	assert_true(date_is_none(date_add_months(date_from(1, 1, 1), -1)));
	assert_true(date_is_none(date_add_months(date_from(9999, 12, 1), 1)));
	assert_true(date_is_none(date_from(2023, 2, 29)));
	assert_true(date_is_none(date_from(1900, 2, 29)));
	assert_false(date_is_none(date_from(2000, 2, 29)));
	assert_true(date_is_none(date_from(2024, 13, 1)));
	assert_true(date_is_none(date_from(2024, 0, 1)));
	assert_true(date_is_none(date_from(2024, 4, 31)));
	assert_true(date_is_none(date_from(0, 4, 1)));
	assert_true(date_is_none(date_add_days(DATE_NONE, 1)));
	assert_true(date_is_none(date_add_months(DATE_NONE, 1)));
	assert_true(date_is_none(date_months_reached(DATE_NONE, 1)));
	char written[DATE_TEXT];
	assert_int_equal(date_write(DATE_NONE, written), 0);
	assert_string_equal(written, "");
}

static void test_add_months(void **state)
{
	(void)state;
	assert_date(date_add_months(on("2024-01-31"), 1), "2024-02-29");
	assert_date(date_add_months(on("2023-01-31"), 1), "2023-02-28");
	assert_date(date_add_months(on("2024-03-31"), -1), "2024-02-29");
	assert_date(date_add_months(on("2024-01-15"), -1), "2023-12-15");
	assert_date(date_add_months(on("2024-02-29"), 12), "2025-02-28");
	assert_date(date_add_months(on("2024-02-29"), 48), "2028-02-29");
	assert_date(date_add_months(on("2024-06-30"), 0), "2024-06-30");
}

/* The definition, walked: the first day d, so many months later, with
 * date_add_months(d, -months) >= date. */
static struct date slow_reached(struct date date, int months)
{
	struct date day = date_add_days(date_add_months(date, months), -4);
	while (date_add_months(day, -months).day < date.day)
		day = date_add_days(day, 1);
	return day;
}

static void test_months_reached(void **state)
{
	(void)state;
	static const int spans[] = {1, 2, 6, 12, 24, 30, 60, 192, 216, -1, -12};
	for (struct date date = on("1995-01-01"); date_year(date) <= 2045;
		date = date_add_days(date, 1))
		for (size_t i = 0; i < COUNT_OF(spans); i++)
			assert_int_equal(date_months_reached(date, spans[i]).day,
				slow_reached(date, spans[i]).day);
	assert_date(date_months_reached(on("2016-02-29"), 12), "2017-03-01");
	assert_date(date_months_reached(on("2016-02-29"), 48), "2020-02-29");
}

static void test_age(void **state)
{
	(void)state;
	assert_int_equal(date_age(on("2016-02-29"), on("2024-02-28")), 7);
	assert_int_equal(date_age(on("2016-02-29"), on("2024-02-29")), 8);
	assert_int_equal(date_age(on("2016-02-29"), on("2023-02-28")), 6);
	assert_int_equal(date_age(on("2016-02-29"), on("2023-03-01")), 7);
	assert_int_equal(date_age(on("2024-06-30"), on("2024-06-30")), 0);
	/* Age and months reached are one rule seen from two sides. */
	struct date on_day = on("2024-06-30");
	for (struct date born = on("2000-01-01"); born.day <= on_day.day;
		born = date_add_days(born, 1)) {
		int age = date_age(born, on_day);
		assert_true(
			date_months_reached(born, age * 12).day <= on_day.day);
		assert_true(date_months_reached(born, age * 12 + 12).day
			> on_day.day);
	}
}

static void test_order(void **state)
{
	(void)state;
	struct date a = on("2024-06-30"), b = on("2024-07-01");
	assert_int_equal(date_earlier(a, b).day, a.day);
	assert_int_equal(date_earlier(b, a).day, a.day);
	assert_int_equal(date_later(a, b).day, b.day);
	assert_int_equal(date_later(b, a).day, b.day);
}

static void test_easter(void **state)
{
	(void)state;
	static const char *const sundays[] = {"1818-03-22", "1943-04-25",
		"1995-04-16", "1999-04-04", "2000-04-23", "2008-03-23",
		"2011-04-24", "2016-03-27", "2018-04-01", "2019-04-21",
		"2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09",
		"2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
		"2038-04-25", "2045-04-09"};
	for (size_t i = 0; i < COUNT_OF(sundays); i++)
		assert_date(date_easter(date_year(on(sundays[i]))), sundays[i]);
	for (int year = 1900; year < 2100; year++)
		assert_int_equal(date_weekday(date_easter(year)), SUNDAY);
}

static void test_nth_weekday(void **state)
{
	(void)state;
	assert_date(date_nth_weekday(2024, 5, MONDAY, -1), "2024-05-27");
	assert_date(date_nth_weekday(2021, 5, MONDAY, -1), "2021-05-31");
	assert_date(date_nth_weekday(2024, 6, SATURDAY, 1), "2024-06-01");
	assert_date(date_nth_weekday(2024, 6, SUNDAY, 5), "2024-06-30");
	assert_true(date_is_none(date_nth_weekday(2024, 6, MONDAY, 5)));
}

static void test_reading(void **state)
{
	(void)state;
	static const char *const taken[] = {"2024-06-30", "30/06/2024",
		"30-06-2024", "2024-Jun-30", "2024-JUN-30", "30-Jun-2024",
		"30/jun/2024", " 2024-06-30 ", "2024-06-30 00:00:00",
		"2024-06-30T00:00:00", "2024-06-30T09:15:00.000Z",
		"2024-Jun-30 00:00:00", "30/06/2024 00:00", "30/6/2024"};
	for (size_t i = 0; i < COUNT_OF(taken); i++) {
		struct date date = DATE_NONE;
		assert_true(date_read_any(text_of(taken[i]), &date));
		assert_date(date, "2024-06-30");
	}
	static const char *const refused[] = {"", " ", "2024-06-31",
		"2023-02-29", "30/06/24", "30/13/2024", "32/01/2024", "2024-6-30",
		"2024/06/30", "20240630", "45473", "06-30-2024", "2024-Foo-30",
		"2024-06-30x", "2024-06-30 25:00", "2024-06-30 10:61",
		"2024-06-30 noon", "-024-06-30", "2024-06-3O", "//2024",
		"30//2024", "zz/05/2020", "30/06/2024/1", "9999-12-31",
		"31/12/9999", "0001-01-01", "31/12/1899", "2100-01-01 00:00:00"};
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		struct date date = {42};
		assert_false(date_read_any(text_of(refused[i]), &date));
		assert_int_equal(date.day, 42);
	}
	struct date date;
	assert_false(date_read_iso(text_of("30/06/2024"), &date));
	assert_false(date_read_uk(text_of("2024-06-30"), &date));
	assert_false(date_read_month(text_of("2024-06-30"), &date));
}

/* The reader for any shape against those for one shape each. */
static void same_as_slow(const char *words)
{
	struct text text = text_of(words);
	struct date slow = DATE_NONE, quick = DATE_NONE;
	struct text day = text_cut(text, 0,
		text_ends(text, TEXT(" 00:00:00")) ? text.length - 9
						   : text.length);
	bool is_read = date_read_iso(day, &slow) || date_read_uk(day, &slow)
		|| date_read_month(day, &slow);
	if (is_read && (date_year(slow) < 1900 || date_year(slow) > 2099)) {
		is_read = false;
		slow = DATE_NONE;
	}
	assert_int_equal(date_read_any(text, &quick), is_read);
	assert_int_equal(quick.day, slow.day);
}

/* One day in every shape, padded and not, with midnight and without. */
static void every_shape(int year, int month, int day)
{
	static const char *const months[] = {"jan", "Feb", "MAR", "Apr", "may",
		"Jun", "jul", "Aug", "Sep", "oct", "Nov", "Dec", "Jam", "J-n"};
	static const char *const times[] = {"", " 00:00:00"};
	char words[64];
	snprintf(words, sizeof words, "%02d/%02d/%04d", day, month, year);
	same_as_slow(words);
	snprintf(words, sizeof words, "%d/%d/%04d", day, month, year);
	same_as_slow(words);
	snprintf(words, sizeof words, "%04d/%02d/%02d", year, month, day);
	same_as_slow(words);
	for (size_t i = 0; i < COUNT_OF(times); i++) {
		snprintf(words, sizeof words, "%04d-%02d-%02d%s", year, month,
			day, times[i]);
		same_as_slow(words);
		snprintf(words, sizeof words, "%04d-%s-%02d%s", year,
			months[month], day, times[i]);
		same_as_slow(words);
	}
}

static void test_quick_and_slow(void **state)
{
	(void)state;
	for (int year = 1896; year <= 2104; year += 4 - year % 3)
		for (int month = 0; month <= 13; month++)
			for (int day = 0; day <= 32; day++)
				every_shape(year, month, day);
}

/* A byte of a date replaced by each other byte. */
static void test_one_byte_wrong(void **state)
{
	(void)state;
	static const char *const dates[] = {"28/02/2024", "2024-02-28",
		"2024-Feb-28"};
	for (size_t i = 0; i < COUNT_OF(dates); i++)
		for (size_t at = 0; at < strlen(dates[i]); at++)
			for (int byte = 33; byte < 127; byte++) {
				char words[16];
				text_copy(words, sizeof words, text_of(dates[i]));
				words[at] = (char)byte;
				/* 2-02-2024 and the like are taken too. */
				if (byte != '-' && byte != '/')
					same_as_slow(words);
			}
}

static void test_serial(void **state)
{
	(void)state;
	struct date date = DATE_NONE;
	assert_true(date_from_serial(45473, &date));
	assert_date(date, "2024-06-30");
	assert_true(date_from_serial(1, &date));
	assert_date(date, "1900-01-01");
	assert_true(date_from_serial(59, &date));
	assert_date(date, "1900-02-28");
	assert_true(date_from_serial(61, &date));
	assert_date(date, "1900-03-01");
	assert_true(date_from_serial(2958465, &date));
	assert_date(date, "9999-12-31");
	assert_false(date_from_serial(60, &date)); /* a day that never was */
	assert_false(date_from_serial(0, &date));
	assert_false(date_from_serial(2958466, &date));
}

static void test_words(void **state)
{
	(void)state;
	char words[DATE_WORDS];
	assert_int_equal(date_words(on("2024-09-30"), words), 17);
	assert_string_equal(words, "30 September 2024");
	date_words(on("2024-05-01"), words);
	assert_string_equal(words, "1 May 2024");
	assert_int_equal(date_words(DATE_NONE, words), 0);
	assert_string_equal(words, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_day),
		cmocka_unit_test(test_ends_of_the_calendar),
		cmocka_unit_test(test_add_months),
		cmocka_unit_test(test_months_reached),
		cmocka_unit_test(test_age),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_easter),
		cmocka_unit_test(test_nth_weekday),
		cmocka_unit_test(test_reading),
		cmocka_unit_test(test_quick_and_slow),
		cmocka_unit_test(test_one_byte_wrong),
		cmocka_unit_test(test_serial),
		cmocka_unit_test(test_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
