/* SPDX-License-Identifier: MIT
 *
 * Every SQL function that both engines have by the same name, against
 * base/date: each engine in bulk over all pairs of awkward dates, month ends
 * and the days around leap days from 1995 to 2045.
 */
#include "store/functions.h"

#include "harness.h"

enum { FIRST_YEAR = 1995, LAST_YEAR = 2045, MOST_DATES = 1024, NUMBERS = 96 };

static struct date dates[MOST_DATES];
static int date_count;

/* In order: the last of each month, and around the end of each February. */
static void gather_dates(void)
{
	date_count = 0;
	for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
		for (int month = 1; month <= 12; month++) {
			int last = date_month_length(year, month);
			if (month == 2)
				dates[date_count++] = date_from(year, month,
					last - 1);
			if (month == 3)
				dates[date_count++] = date_from(year, month, 1);
			dates[date_count++] = date_from(year, month, last);
		}
	assert_true(date_count > 700);
}

static void begin(struct harness *harness)
{
	struct fault fault = {0};
	struct store *store = harness_store(harness);
	struct store_bulk *bulk;
	bool is_sqlite = harness_engine(harness) == STORE_SQLITE;
	gather_dates();
	HARNESS_DONE(store_script(store,
			     is_sqlite ? "CREATE TABLE d (d TEXT);"
					 "CREATE TABLE n (n INTEGER)"
				       : "CREATE TABLE d (d DATE);"
					 "CREATE TABLE n (n INTEGER)",
			     &fault),
		&fault);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(store_bulk_open(store, "d", "d", &bulk, &fault), &fault);
	for (int i = 0; i < date_count; i++)
		HARNESS_DONE(store_bulk_row(bulk,
				     STORE_VALUES(store_date(dates[i])), &fault),
			&fault);
	HARNESS_DONE(store_bulk_flush(bulk, &fault), &fault);
	store_bulk_close(bulk);
	HARNESS_DONE(store_bulk_open(store, "n", "n", &bulk, &fault), &fault);
	for (int i = 0; i < NUMBERS; i++)
		HARNESS_DONE(store_bulk_row(bulk,
				     STORE_VALUES(store_integer(i - NUMBERS / 2)),
				     &fault),
			&fault);
	HARNESS_DONE(store_bulk_flush(bulk, &fault), &fault);
	store_bulk_close(bulk);
	HARNESS_DONE(store_commit(store, &fault), &fault);
}

static struct store_rows *ask(struct harness *harness, const char *sql)
{
	struct fault fault = {0};
	struct store_rows *rows;
	HARNESS_DONE(store_query(harness_store(harness), sql, NULL, 0, &rows,
			     &fault),
		&fault);
	return rows;
}

static void test_pairs_of_dates(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	begin(harness);
	struct store_rows *rows = ask(harness,
		"SELECT days_between(a.d, b.d), age_at(a.d, b.d),"
		" days_between(greatest(a.d, b.d), least(a.d, b.d))"
		" FROM d AS a CROSS JOIN d AS b ORDER BY a.d, b.d");
	for (int i = 0; i < date_count; i++)
		for (int j = 0; j < date_count; j++) {
			assert_true(store_next(rows, &fault));
			int apart = dates[j].day - dates[i].day;
			assert_int_equal(store_get_integer(rows, 0), apart);
			assert_int_equal(store_get_integer(rows, 1),
				date_age(dates[i], dates[j]));
			assert_int_equal(store_get_integer(rows, 2),
				apart < 0 ? apart : -apart);
		}
	assert_false(store_next(rows, &fault));
	assert_false(fault_is_set(&fault));
	store_end(rows);
}

static void test_dates_and_numbers(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	begin(harness);
	struct store_rows *rows = ask(harness,
		"SELECT add_days(d, n), add_months(d, n), months_reached(d, n)"
		" FROM d CROSS JOIN n ORDER BY d, n");
	for (int i = 0; i < date_count; i++)
		for (int j = 0; j < NUMBERS; j++) {
			int n = j - NUMBERS / 2;
			assert_true(store_next(rows, &fault));
			assert_int_equal(store_get_date(rows, 0).day,
				date_add_days(dates[i], n).day);
			assert_int_equal(store_get_date(rows, 1).day,
				date_add_months(dates[i], n).day);
			assert_int_equal(store_get_date(rows, 2).day,
				date_months_reached(dates[i], n).day);
		}
	assert_false(store_next(rows, &fault));
	store_end(rows);
}

/* NULL in, NULL out; but greatest and least pass over NULLs. */
static void test_nulls_and_texts(void **state)
{
	static const struct {
		const char *sql;
		const char *expected;
	} cases[] = {
		{"SELECT days_between(NULL, d), days_between(d, NULL),"
		 " add_days(NULL, 1), add_days(d, NULL), add_months(d, NULL),"
		 " months_reached(NULL, 1), age_at(NULL, d), age_at(d, NULL)"
		 " FROM d ORDER BY d LIMIT 1",
			"-|-|-|-|-|-|-|-\n"},
		{"SELECT greatest(1, NULL, 3), least(NULL, 2, 1),"
		 " greatest(-5, -7), least(10, 9), greatest(2, 10)",
			"3|1|-5|9|10\n"},
		{"SELECT greatest(n, NULL), least(NULL, NULL) FROM n"
		 " WHERE n = 4",
			"4|-\n"},
		{"SELECT greatest('a', 'B'), least('a', 'B'),"
		 " greatest('a', 'ab'), greatest('e', '\xc3\xa9')",
			"a|B|ab|\xc3\xa9\n"},
		{"SELECT strpos('abcabc', 'c'), strpos('abc', 'x'),"
		 " strpos('abc', ''), strpos('', 'a'), strpos('', ''),"
		 " strpos('z\xc3\xa9\xe2\x82\xac-', '-'), strpos(NULL, 'a'),"
		 " strpos('a', NULL)",
			"3|0|1|0|1|4|-|-\n"},
	};
	struct harness *harness = harness_of(state);
	begin(harness);
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(harness_rows(harness, harness_store(harness),
					    cases[i].sql),
			cases[i].expected);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_pairs_of_dates),
		HARNESS_EACH_ENGINE(test_dates_and_numbers),
		HARNESS_EACH_ENGINE(test_nulls_and_texts),
	};
	return HARNESS_RUN(tests);
}
