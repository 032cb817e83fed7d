/* SPDX-License-Identifier: MIT
 *
 * Calendar dates.
 *
 * A date is a day number: 1 is 1 January of year 1 in the Gregorian calendar
 * taken backwards. Zero is "no date", so a zeroed struct has none. Dates order
 * and subtract as their numbers. There is no time of day and no time zone.
 */
#ifndef KITH_BASE_DATE_H
#define KITH_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct date {
	int32_t day; /* 0: no date */
};

#define DATE_NONE ((struct date){0})
enum { DATE_TEXT = 11 }; /* "2024-06-30" and a zero byte */

enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

/* The day must exist; otherwise DATE_NONE. Years 1 to 9999. */
struct date date_from(int year, int month, int day);
void date_parts(struct date date, int *out_year, int *out_month, int *out_day);
int date_year(struct date date);
bool date_is_none(struct date date);
enum weekday date_weekday(struct date date);
int date_month_length(int year, int month);

/* Days, months, years. No date stays no date. */
struct date date_add_days(struct date date, int days);

/* The corresponding day of the month `months` later (or earlier, if negative);
 * where that month is too short, its last day. */
struct date date_add_months(struct date date, int months);

/* The first day d on which date_add_months(d, -months) >= date: when n months
 * have been reached. Where the month is too short, the 1st of the next: so
 * 29 February comes round on 1 March. */
struct date date_months_reached(struct date date, int months);

/* Whole years lived on `on`; 29 February birthdays count on 1 March. */
int date_age(struct date born, struct date on);

struct date date_earlier(struct date a, struct date b); /* neither may be none */
struct date date_later(struct date a, struct date b);

struct date date_easter(int year); /* Easter Sunday */

/* The n-th such weekday of a month (n from 1), or the last (n is -1). No date
 * if the month has no fifth. */
struct date date_nth_weekday(int year, int month, enum weekday weekday, int n);

/* Readers. They take the whole text or nothing; true and a date, or false and
 * *out_date untouched. Two-digit years are refused. */
bool date_read_iso(struct text text, struct date *out_date);   /* 2024-06-30 */
bool date_read_uk(struct text text, struct date *out_date);    /* 30/06/2024 */
bool date_read_month(struct text text, struct date *out_date); /* 2012-Jan-21 */

/* Any of the above, also with a time behind it (" 00:00:00", "T00:00:00",
 * with fraction or Z), 30-06-2024 and 30-Jun-2024. For what a return says of
 * people living now: years before 1900 or after 2099 are slips, or another
 * system's way to write "no end" (31/12/9999), and are refused. */
bool date_read_any(struct text text, struct date *out_date);

/* Spreadsheet serial number, 1900 system: 45473 is 2024-06-30. */
bool date_from_serial(int64_t serial, struct date *out_date);

/* Writes "2024-06-30"; no date writes "". Returns the length. */
int date_write(struct date date, char out_text[DATE_TEXT]);

/* "30 June 2024"; returns the length, at most 17 and a zero byte. */
enum { DATE_WORDS = 24 };
int date_words(struct date date, char out_text[DATE_WORDS]);

#endif
