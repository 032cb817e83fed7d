/* SPDX-License-Identifier: MIT
 *
 * Cell values: decimal digits in, text out.
 */
#include "feeds/xlsx_value.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"

enum {
	DIGITS = 15,      /* what a spreadsheet shows at most */
	MOST_DIGITS = 40, /* read; beyond that they are dropped */
	EXPONENT = 308,
	DAY_SECONDS = 24 * 60 * 60,
	DAYS_1904 = 1462, /* from the 1900 count to the 1904 count */
};

/* 0.d1d2d3... times ten to the power of `point`. */
struct decimal {
	bool is_negative;
	char digits[MOST_DIGITS]; /* 0 to 9, the first not 0 */
	int count;                /* 0: the number is zero */
	int point;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Up to five digits with a sign: the part behind E. */
static bool read_exponent(struct text text, int *out_exponent)
{
	if (text.length > 0 && text.at[0] == '+')
		text = text_cut(text, 1, text.length);
	int64_t exponent;
	if (text.length > 6 || text.length == 0 || text.at[0] == '+'
		|| !text_to_int64(text, &exponent))
		return false;
	*out_exponent = (int)exponent;
	return true;
}

static bool read_digits(struct text text, struct decimal *decimal)
{
	bool has_point = false, has_digit = false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == '.' && !has_point) {
			has_point = true;
			continue;
		}
		if (!is_digit(c))
			return false;
		has_digit = true;
		bool is_leading = decimal->count == 0 && c == '0';
		if (!is_leading && decimal->count < MOST_DIGITS)
			decimal->digits[decimal->count++] = (char)(c - '0');
		if (!has_point && !is_leading)
			decimal->point++;
		if (has_point && is_leading)
			decimal->point--;
	}
	return has_digit;
}

static bool read_decimal(struct text text, struct decimal *out_decimal)
{
	struct decimal decimal = {0};
	if (text.length > XLSX_VALUE_NUMBER)
		return false;
	if (text.length > 0 && text.at[0] == '-') {
		decimal.is_negative = true;
		text = text_cut(text, 1, text.length);
	}
	size_t e = 0;
	while (e < text.length && (text.at[e] | 0x20) != 'e')
		e++;
	int exponent = 0;
	if (e < text.length
		&& !read_exponent(text_cut(text, e + 1, text.length), &exponent))
		return false;
	if (!read_digits(text_cut(text, 0, e), &decimal))
		return false;
	if (decimal.count == 0)
		decimal.point = 0;
	else
		decimal.point += exponent;
	*out_decimal = decimal;
	return decimal.point <= EXPONENT + 1 && decimal.point >= -EXPONENT;
}

static void strip_zeros(struct decimal *decimal)
{
	while (decimal->count > 0 && decimal->digits[decimal->count - 1] == 0)
		decimal->count--;
}

/* Half away from zero, to so many digits. */
static void round_to(struct decimal *decimal, int digits)
{
	if (digits < 0)
		decimal->count = 0;
	if (decimal->count > digits && digits >= 0) {
		bool is_up = decimal->digits[digits] >= 5;
		decimal->count = digits;
		int i = digits;
		while (is_up && i > 0 && decimal->digits[i - 1] == 9)
			decimal->digits[--i] = 0;
		if (is_up && i > 0) {
			decimal->digits[i - 1]++;
		} else if (is_up) {
			decimal->digits[0] = 1;
			decimal->count = 1;
			decimal->point++;
		}
	}
	strip_zeros(decimal);
}

static size_t write_decimal(const struct decimal *decimal, char *to)
{
	char *start = to;
	if (decimal->is_negative && decimal->count > 0)
		*to++ = '-';
	if (decimal->point <= 0)
		*to++ = '0';
	for (int i = 0; i < decimal->point; i++)
		*to++ = (char)('0'
			+ (i < decimal->count ? decimal->digits[i] : 0));
	if (decimal->count > decimal->point) {
		*to++ = '.';
		for (int i = decimal->point; i < 0; i++)
			*to++ = '0';
		int first = decimal->point > 0 ? decimal->point : 0;
		for (int i = first; i < decimal->count; i++)
			*to++ = (char)('0' + decimal->digits[i]);
	}
	*to = '\0';
	return (size_t)(to - start);
}

bool xlsx_value_number(struct text given, char out_text[XLSX_VALUE_NUMBER],
	size_t *out_length)
{
	struct decimal decimal;
	if (!read_decimal(given, &decimal))
		return false;
	/* Whole numbers written in full are identifiers: every digit stays. */
	bool is_whole = decimal.count < MOST_DIGITS;
	for (size_t i = 0; i < given.length && is_whole; i++)
		is_whole = is_digit(given.at[i])
			|| (i == 0 && given.at[0] == '-');
	round_to(&decimal, is_whole ? MOST_DIGITS : DIGITS);
	if (decimal.count == 0)
		decimal.point = 0;
	*out_length = write_decimal(&decimal, out_text);
	return true;
}

/* The number times DAY_SECONDS, rounded to whole seconds: days times seconds
 * in a day stay below 2^63 for the 15 digits kept. */
static bool to_seconds(const struct decimal *decimal, int64_t *out_seconds)
{
	if (decimal->is_negative || decimal->point > 7)
		return false;
	int64_t days = 0;
	for (int i = 0; i < decimal->point; i++)
		days = days * 10 + (i < decimal->count ? decimal->digits[i] : 0);
	int64_t parts = 0, scale = 1;
	for (int i = decimal->point; i < decimal->count && scale < 100000000000;
		i++) {
		parts = parts * 10 + (i < 0 ? 0 : decimal->digits[i]);
		scale *= 10;
	}
	*out_seconds = days * DAY_SECONDS
		+ (parts * DAY_SECONDS + scale / 2) / scale;
	return true;
}

bool xlsx_value_date(struct text given, enum xlsx_value_system system_from,
	char out_text[XLSX_VALUE_DATE], size_t *out_length)
{
	struct decimal decimal;
	int64_t seconds;
	struct date date;
	if (!read_decimal(given, &decimal) || !to_seconds(&decimal, &seconds))
		return false;
	int64_t serial = seconds / DAY_SECONDS;
	int64_t rest = seconds % DAY_SECONDS;
	if (system_from == XLSX_VALUE_FROM_1904)
		serial += DAYS_1904;
	if (serial < 1 || !date_from_serial(serial, &date))
		return false;
	char day[DATE_TEXT];
	date_write(date, day);
	int length = rest == 0
		? snprintf(out_text, XLSX_VALUE_DATE, "%s", day)
		: snprintf(out_text, XLSX_VALUE_DATE, "%.10sT%02d:%02d:%02d",
			day, (int)(rest / 3600), (int)(rest / 60 % 60),
			(int)(rest % 60));
	*out_length = (size_t)length;
	return true;
}

bool xlsx_value_is_date_id(int id)
{
	/* Built in (18.8.30); 27 to 36 and 50 to 58 are East Asian dates. */
	static const struct {
		int first, last;
	} spans[] = {{14, 22}, {27, 36}, {45, 47}, {50, 58}};
	for (size_t i = 0; i < COUNT_OF(spans); i++)
		if (id >= spans[i].first && id <= spans[i].last)
			return true;
	return false;
}

/* What stands in quotes, in brackets or behind a backslash is shown as it is
 * (or is a colour or a language), so its letters do not count. */
static size_t skip_literal(struct text code, size_t i)
{
	char c = code.at[i];
	char close = c == '"' ? '"' : c == '[' ? ']' : '\0';
	if (close != '\0') {
		size_t end = i + 1;
		while (end < code.length && code.at[end] != close)
			end++;
		return end + 1;
	}
	return c == '\\' || c == '_' || c == '*' ? i + 2 : i;
}

/* [h], [mm], [ss]: time that has passed. [Magenta] is a colour. */
static bool is_elapsed(struct text code, size_t i)
{
	if (code.at[i] != '[' || code.length - i < 3)
		return false;
	char unit = code.at[i + 1] | 0x20;
	char next = code.at[i + 2];
	return (unit == 'h' || unit == 'm' || unit == 's')
		&& (next == ']' || (next | 0x20) == unit);
}

bool xlsx_value_is_date_code(struct text code)
{
	bool has_day = false, has_month = false, has_time = false;
	for (size_t i = 0; i < code.length && code.at[i] != ';';) {
		size_t next = skip_literal(code, i);
		if (next != i) {
			has_time = has_time || is_elapsed(code, i);
			i = next;
			continue;
		}
		switch (code.at[i++] | 0x20) {
		case 'd':
		case 'y':
			has_day = true;
			break;
		case 'm':
			has_month = true;
			break;
		case 'h':
		case 's':
			has_time = true;
			break;
		default:
			break;
		}
	}
	return has_day || (has_month && !has_time);
}

/* "_x" and four hexadecimal digits and "_"; -1 if it is not that. */
static int escaped(struct text text)
{
	if (text.length < 7 || text.at[0] != '_' || text.at[1] != 'x'
		|| text.at[6] != '_')
		return -1;
	int value = 0;
	for (int i = 2; i < 6; i++) {
		static const char hex[] = "0123456789abcdef";
		char c = text.at[i];
		char lower = c >= 'A' && c <= 'F' ? (char)(c + 32) : c;
		const char *found = lower == '\0' ? NULL : strchr(hex, lower);
		if (found == NULL)
			return -1;
		value = value * 16 + (int)(found - hex);
	}
	return value;
}

void xlsx_value_add_text(struct buffer *buffer, struct text given)
{
	while (given.length > 0) {
		const char *found = memchr(given.at, '_', given.length);
		size_t plain = found == NULL ? given.length
					     : (size_t)(found - given.at);
		buffer_add(buffer, text_cut(given, 0, plain));
		given = text_cut(given, plain, given.length);
		if (given.length == 0)
			return;
		int value = escaped(given);
		/* Only control characters and "_" itself are written so. */
		bool is_ours = value >= 0 && value < 0x80;
		buffer_char(buffer, is_ours ? (char)value : '_');
		given = text_cut(given, is_ours ? 7 : 1, given.length);
	}
}

void xlsx_value_column(int column, char out_name[XLSX_VALUE_COLUMN])
{
	char letters[XLSX_VALUE_COLUMN];
	int count = 0;
	for (int left = column + 1; left > 0 && count < XLSX_VALUE_COLUMN - 1;
		left = (left - 1) / 26)
		letters[count++] = (char)('A' + (left - 1) % 26);
	for (int i = 0; i < count; i++)
		out_name[i] = letters[count - 1 - i];
	out_name[count] = '\0';
}
