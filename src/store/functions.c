/* SPDX-License-Identifier: MIT
 *
 * The SQL functions of kith for SQLite. NULL in, NULL out; greatest and least
 * skip NULLs, as in PostgreSQL. Text that is not an ISO date gives NULL.
 */
#include "store/functions.h"

#include <string.h>

#include "base/date.h"

static struct date date_argument(sqlite3_value *value)
{
	struct date date = DATE_NONE;
	if (sqlite3_value_type(value) != SQLITE_NULL)
		date_read_iso((struct text){(const char *)sqlite3_value_text(value),
				      (size_t)sqlite3_value_bytes(value)},
			&date);
	return date;
}

static void date_result(sqlite3_context *context, struct date date)
{
	char text[DATE_TEXT];
	if (date.day != 0)
		sqlite3_result_text(context, text, date_write(date, text),
			SQLITE_TRANSIENT);
}

static void days_between(sqlite3_context *context, int count,
	sqlite3_value **values)
{
	(void)count;
	struct date from = date_argument(values[0]);
	struct date to = date_argument(values[1]);
	if (from.day != 0 && to.day != 0)
		sqlite3_result_int(context, to.day - from.day);
}

static void add_days(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	if (sqlite3_value_type(values[1]) != SQLITE_NULL)
		date_result(context,
			date_add_days(date_argument(values[0]),
				sqlite3_value_int(values[1])));
}

static void add_months(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	if (sqlite3_value_type(values[1]) != SQLITE_NULL)
		date_result(context,
			date_add_months(date_argument(values[0]),
				sqlite3_value_int(values[1])));
}

static void months_reached(sqlite3_context *context, int count,
	sqlite3_value **values)
{
	(void)count;
	if (sqlite3_value_type(values[1]) != SQLITE_NULL)
		date_result(context,
			date_months_reached(date_argument(values[0]),
				sqlite3_value_int(values[1])));
}

static void age_at(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	struct date born = date_argument(values[0]);
	struct date on = date_argument(values[1]);
	if (born.day != 0 && on.day != 0)
		sqlite3_result_int(context, date_age(born, on));
}

static int order_values(sqlite3_value *a, sqlite3_value *b)
{
	if (sqlite3_value_type(a) == SQLITE_INTEGER
		&& sqlite3_value_type(b) == SQLITE_INTEGER) {
		sqlite3_int64 x = sqlite3_value_int64(a);
		sqlite3_int64 y = sqlite3_value_int64(b);
		return (x > y) - (x < y);
	}
	return strcmp((const char *)sqlite3_value_text(a),
		(const char *)sqlite3_value_text(b));
}

/* The user data is +1 for greatest, -1 for least. */
static void extreme(sqlite3_context *context, int count, sqlite3_value **values)
{
	int wanted = *(const int *)sqlite3_user_data(context);
	sqlite3_value *best = NULL;
	for (int i = 0; i < count; i++) {
		if (sqlite3_value_type(values[i]) == SQLITE_NULL)
			continue;
		if (best == NULL || order_values(values[i], best) * wanted > 0)
			best = values[i];
	}
	if (best != NULL)
		sqlite3_result_value(context, best);
}

static void position(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count;
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *part = (const char *)sqlite3_value_text(values[1]);
	if (text == NULL || part == NULL)
		return;
	const char *found = strstr(text, part);
	int characters = found != NULL;
	for (const char *at = text; found != NULL && at < found; at++)
		characters += (*at & 0xc0) != 0x80;
	sqlite3_result_int(context, characters);
}

bool functions_register(sqlite3 *connection)
{
	static int greatest = 1, least = -1;
	static const struct {
		const char *name;
		int arguments;
		int *data;
		void (*call)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{"days_between", 2, NULL, days_between},
		{"add_days", 2, NULL, add_days},
		{"add_months", 2, NULL, add_months},
		{"months_reached", 2, NULL, months_reached},
		{"age_at", 2, NULL, age_at},
		{"greatest", -1, &greatest, extreme},
		{"least", -1, &least, extreme},
		{"strpos", 2, NULL, position},
	};
	for (size_t i = 0; i < COUNT_OF(functions); i++)
		if (sqlite3_create_function_v2(connection, functions[i].name,
			    functions[i].arguments,
			    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS,
			    functions[i].data, functions[i].call, NULL, NULL, NULL)
			!= SQLITE_OK)
			return false;
	return true;
}
