/* SPDX-License-Identifier: MIT
 *
 * Dates as day numbers, with the usual 400-year arithmetic.
 */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

static const char *const month_names[12] = {"January", "February", "March",
	"April", "May", "June", "July", "August", "September", "October",
	"November", "December"};

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int date_month_length(int year, int month)
{
	static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31};
	return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

/* Counts from March, so that the leap day is the last of its year. */
static int32_t day_number(int year, int month, int day)
{
	static const uint16_t months[13] = {0, 306, 337, 0, 31, 61, 92, 122,
		153, 184, 214, 245, 275};
	unsigned y = (unsigned)(month <= 2 ? year - 1 : year);
	unsigned days = 365 * y + y / 4 - y / 100 + y / 400 + months[month];
	return (int32_t)days + day - 306;
}

struct date date_from(int year, int month, int day)
{
	if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1
		|| day > date_month_length(year, month))
		return DATE_NONE;
	return (struct date){day_number(year, month, day)};
}

void date_parts(struct date date, int *out_year, int *out_month, int *out_day)
{
	int64_t days = (int64_t)date.day + 305;
	int64_t era = days / 146097;
	int64_t rest = days % 146097;
	int64_t year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	int64_t in_year = rest - (365 * year + year / 4 - year / 100);
	int64_t m = (5 * in_year + 2) / 153;
	*out_day = (int)(in_year - (153 * m + 2) / 5 + 1);
	*out_month = (int)(m < 10 ? m + 3 : m - 9);
	*out_year = (int)(year + era * 400 + (*out_month <= 2));
}

int date_year(struct date date)
{
	int year, month, day;
	date_parts(date, &year, &month, &day);
	return year;
}

bool date_is_none(struct date date)
{
	return date.day == 0;
}

enum weekday date_weekday(struct date date)
{
	return (enum weekday)((date.day + 6) % 7);
}

struct date date_add_days(struct date date, int days)
{
	if (date.day == 0)
		return date;
	int64_t sum = (int64_t)date.day + days;
	return sum < 1 || sum > 3652059 ? DATE_NONE : (struct date){(int32_t)sum};
}

static void add_months(struct date date, int months, int out[3])
{
	date_parts(date, &out[0], &out[1], &out[2]);
	int64_t index = (int64_t)out[0] * 12 + out[1] - 1 + months;
	out[0] = (int)(index / 12);
	out[1] = (int)(index % 12) + 1;
}

struct date date_add_months(struct date date, int months)
{
	if (date.day == 0)
		return date;
	int parts[3];
	add_months(date, months, parts);
	if (parts[0] < 1 || parts[0] > 9999)
		return DATE_NONE;
	int length = date_month_length(parts[0], parts[1]);
	return date_from(parts[0], parts[1],
		parts[2] < length ? parts[2] : length);
}

struct date date_months_reached(struct date date, int months)
{
	if (date.day == 0)
		return date;
	int parts[3];
	add_months(date, months, parts);
	if (parts[0] < 1 || parts[0] > 9999)
		return DATE_NONE;
	int length = date_month_length(parts[0], parts[1]);
	if (parts[2] <= length)
		return date_from(parts[0], parts[1], parts[2]);
	return date_add_days(date_from(parts[0], parts[1], length), 1);
}

int date_age(struct date born, struct date on)
{
	int y1, m1, d1, y2, m2, d2;
	date_parts(born, &y1, &m1, &d1);
	date_parts(on, &y2, &m2, &d2);
	return y2 - y1 - (m2 < m1 || (m2 == m1 && d2 < d1));
}

struct date date_earlier(struct date a, struct date b)
{
	return a.day <= b.day ? a : b;
}

struct date date_later(struct date a, struct date b)
{
	return a.day >= b.day ? a : b;
}

/* The anonymous Gregorian computus (Nature, 20 April 1876). */
struct date date_easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100;
	int d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30;
	int i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451;
	int month = (h + l - 7 * m + 114) / 31;
	return date_from(year, month, (h + l - 7 * m + 114) % 31 + 1);
}

struct date date_nth_weekday(int year, int month, enum weekday weekday, int n)
{
	int length = date_month_length(year, month);
	int first = (int)date_weekday(date_from(year, month, 1));
	int day = 1 + ((int)weekday - first + 7) % 7;
	if (n == -1)
		return date_from(year, month, day + (length - day) / 7 * 7);
	return date_from(year, month, day + (n - 1) * 7);
}

/* Reads `length` digits; -1 if any is not one. */
static int digits(const char *at, size_t length)
{
	int number = 0;
	for (size_t i = 0; i < length; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		number = number * 10 + at[i] - '0';
	}
	return number;
}

static int month_number(const char *at)
{
	for (int i = 0; i < 12; i++)
		if (text_equals_folded((struct text){at, 3},
			    (struct text){month_names[i], 3}))
			return i + 1;
	return -1;
}

static bool accept(int year, int month, int day, struct date *out_date)
{
	struct date date = date_from(year, month, day);
	if (date.day == 0)
		return false;
	*out_date = date;
	return true;
}

bool date_read_iso(struct text text, struct date *out_date)
{
	const char *s = text.at;
	if (text.length != 10 || s[4] != '-' || s[7] != '-')
		return false;
	return accept(digits(s, 4), digits(s + 5, 2), digits(s + 8, 2), out_date);
}

/* Day first: 30/06/2024, with one- or two-digit day and month. */
static bool read_day_first(struct text text, char mark, struct date *out_date)
{
	struct text rest, year;
	struct text day = text_split(text, mark, &rest);
	struct text month = text_split(rest, mark, &year);
	if (year.length != 4 || day.length < 1 || day.length > 2)
		return false;
	int m;
	if (month.length == 3)
		m = month_number(month.at);
	else if (month.length == 1 || month.length == 2)
		m = digits(month.at, month.length);
	else
		return false;
	return accept(digits(year.at, 4), m, digits(day.at, day.length),
		out_date);
}

bool date_read_uk(struct text text, struct date *out_date)
{
	return read_day_first(text, '/', out_date);
}

bool date_read_month(struct text text, struct date *out_date)
{
	const char *s = text.at;
	if (text.length != 11 || s[4] != '-' || s[8] != '-')
		return false;
	return accept(digits(s, 4), month_number(s + 5), digits(s + 9, 2),
		out_date);
}

/* True if `text` is a time of day: 00:00, 00:00:00, with .000 and Z. */
static bool is_time(struct text text)
{
	if (text.length < 5 || text.at[2] != ':')
		return false;
	int hour = digits(text.at, 2), minute = digits(text.at + 3, 2);
	if (hour < 0 || hour > 24 || minute < 0 || minute > 59)
		return false;
	for (size_t i = 5; i < text.length; i++)
		if (strchr("0123456789:.+Z", text.at[i]) == NULL
			|| text.at[i] == '\0')
			return false;
	return true;
}

static struct text without_time(struct text text)
{
	for (size_t i = 8; i < text.length; i++) {
		if (text.at[i] != ' ' && text.at[i] != 'T')
			continue;
		struct text after = text_cut(text, i + 1, text.length);
		return is_time(after) ? text_cut(text, 0, i) : text;
	}
	return text;
}

enum { FIRST = 1900, LAST = 2099 }; /* years of people living now */

static bool read_slowly(struct text text, struct date *out_date)
{
	struct date date;
	text = without_time(text_trim(text));
	bool is_read = date_read_iso(text, &date) || date_read_uk(text, &date)
		|| date_read_month(text, &date)
		|| read_day_first(text, '-', &date);
	if (!is_read || date_year(date) < FIRST || date_year(date) > LAST)
		return false;
	*out_date = date;
	return true;
}

/* Two digits; far below zero if one is not. */
static inline int pair(const char *at)
{
	unsigned tens = (unsigned char)at[0] - '0';
	unsigned ones = (unsigned char)at[1] - '0';
	return tens > 9 || ones > 9 ? -100000 : (int)(tens * 10 + ones);
}

/* Three letters as a number, in lower case. */
#define LETTERS(a, b, c) \
	((uint32_t)(a) << 16 | (uint32_t)(b) << 8 | (uint32_t)(c))

/* 0 if the three letters are no month. */
static int month_of(const char *at)
{
	static const uint32_t months[12] = {LETTERS('j', 'a', 'n'),
		LETTERS('f', 'e', 'b'), LETTERS('m', 'a', 'r'),
		LETTERS('a', 'p', 'r'), LETTERS('m', 'a', 'y'),
		LETTERS('j', 'u', 'n'), LETTERS('j', 'u', 'l'),
		LETTERS('a', 'u', 'g'), LETTERS('s', 'e', 'p'),
		LETTERS('o', 'c', 't'), LETTERS('n', 'o', 'v'),
		LETTERS('d', 'e', 'c')};
	uint32_t letters = LETTERS((unsigned char)at[0] | 0x20,
		(unsigned char)at[1] | 0x20, (unsigned char)at[2] | 0x20);
	int found = 0;
	for (int i = 0; i < 12; i++)
		found = months[i] == letters ? i + 1 : found;
	return found;
}

/* The shapes that returns come in: 30/06/2024, 2024-06-30, 2024-Jun-30, the
 * last two also with midnight behind. False: some other shape, or no date. */
static bool read_quickly(struct text text, struct date *out_date)
{
	const char *s = text.at;
	int year, month, day;
	if (text.length == 10 && s[2] == '/' && s[5] == '/') {
		day = pair(s);
		month = pair(s + 3);
		year = pair(s + 6) * 100 + pair(s + 8);
	} else if (text.length >= 10 && s[4] == '-') {
		bool is_named = s[7] != '-';
		size_t length = is_named ? 11 : 10;
		if (text.length != length
			&& (text.length != length + 9
				|| memcmp(s + length, " 00:00:00", 9) != 0))
			return false;
		if (s[length - 3] != '-')
			return false;
		year = pair(s) * 100 + pair(s + 2);
		month = is_named ? month_of(s + 5) : pair(s + 5);
		day = pair(s + length - 2);
	} else {
		return false;
	}
	if (year < FIRST || year > LAST || month < 1 || month > 12 || day < 1
		|| (day > 28 && day > date_month_length(year, month)))
		return false;
	*out_date = (struct date){day_number(year, month, day)};
	return true;
}

bool date_read_any(struct text text, struct date *out_date)
{
	return read_quickly(text, out_date) || read_slowly(text, out_date);
}

/* Serial 60 is the 29 February 1900 that never was. */
bool date_from_serial(int64_t serial, struct date *out_date)
{
	if (serial < 1 || serial == 60 || serial > 2958465)
		return false;
	int64_t before = date_from(1899, 12, 30).day + (serial < 60);
	*out_date = (struct date){(int32_t)(before + serial)};
	return true;
}

int date_write(struct date date, char out_text[DATE_TEXT])
{
	if (date.day == 0) {
		out_text[0] = '\0';
		return 0;
	}
	int parts[3];
	date_parts(date, &parts[0], &parts[1], &parts[2]);
	for (int i = 3, year = parts[0]; i >= 0; i--, year /= 10)
		out_text[i] = (char)('0' + year % 10);
	out_text[4] = out_text[7] = '-';
	out_text[5] = (char)('0' + parts[1] / 10);
	out_text[6] = (char)('0' + parts[1] % 10);
	out_text[8] = (char)('0' + parts[2] / 10);
	out_text[9] = (char)('0' + parts[2] % 10);
	out_text[10] = '\0';
	return 10;
}

int date_words(struct date date, char out_text[DATE_WORDS])
{
	out_text[0] = '\0';
	if (date.day == 0)
		return 0;
	int year, month, day;
	date_parts(date, &year, &month, &day);
	return snprintf(out_text, DATE_WORDS, "%d %s %d", day,
		month_names[month - 1], year);
}
