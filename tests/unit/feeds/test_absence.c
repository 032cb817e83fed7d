/* SPDX-License-Identifier: MIT
 *
 * Spans of absence: worked examples, and a comparison with the slow and plain
 * rule, day by day, over enrolments made by a small generator.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "feeds/absence.h"

enum { FIRST = 2022, YEARS = 4, MOST = YEARS * TERM_COUNT };

static const uint8_t all_sent[YEARS] = {15, 15, 15, 15};

static const char *write_spans(const struct absence_term *terms, size_t count,
	const uint8_t sent[YEARS], struct buffer *out)
{
	struct absence_span spans[YEARS * ABSENCE_STEPS];
	size_t found = absence_spans(terms, count,
		&(struct absence_sent){FIRST, YEARS, sent}, spans);
	buffer_clear(out);
	buffer_string(out, "");
	for (size_t i = 0; i < found; i++) {
		char starts[DATE_TEXT], ends[DATE_TEXT];
		date_write(spans[i].starts, starts);
		date_write(spans[i].ends, ends);
		buffer_format(out, "%s..%s %s %d\n", starts, ends,
			absence_phase_name(spans[i].phase), (int)spans[i].status);
	}
	return out->bytes == NULL ? "" : out->bytes;
}

static void expect(const struct absence_term *terms, size_t count,
	const uint8_t sent[YEARS], const char *spans)
{
	struct buffer out = {0};
	assert_string_equal(write_spans(terms, count, sent, &out), spans);
	buffer_finish(&out);
}

/* Easter: 9 April 2023, 31 March 2024. */
static void test_sums_of_a_year(void **state)
{
	(void)state;
	const struct absence_term terms[] = {
		{2022, TERM_AUTUMN, 140, 13, ABSENCE_PRIMARY},
		{2022, TERM_SPRING, 110, 12, ABSENCE_PRIMARY},
		{2022, TERM_SUMMER_FIRST, 60, 3, ABSENCE_PRIMARY},
		{2022, TERM_SUMMER_SECOND, 70, 9, ABSENCE_PRIMARY},
		{2023, TERM_AUTUMN, 10, 5, ABSENCE_PRIMARY},
	};
	/* 13/140 is under 10 in 100; 25/250 is exactly that; 37/380 under. */
	expect(terms, 4, all_sent,
		"2022-12-31..2023-04-09 primary 0\n"
		"2023-04-09..2023-07-31 primary 1\n"
		"2023-07-31..2023-12-31 primary 0\n");
	/* The next year begins where this one's sum ends; 5/10 is severe. */
	expect(terms, 5, all_sent,
		"2022-12-31..2023-04-09 primary 0\n"
		"2023-04-09..2023-07-31 primary 1\n"
		"2023-07-31..2023-12-31 primary 0\n"
		"2023-12-31..2024-12-31 primary 2\n");
}

static void test_equal_spans_merge(void **state)
{
	(void)state;
	struct absence_term terms[] = {
		{2022, TERM_AUTUMN, 100, 0, ABSENCE_PRIMARY},
		{2022, TERM_SPRING, 100, 0, ABSENCE_PRIMARY},
		{2022, TERM_SUMMER_SECOND, 100, 0, ABSENCE_PRIMARY},
		{2023, TERM_AUTUMN, 100, 0, ABSENCE_PRIMARY},
	};
	const uint8_t sent[YEARS] = {15, 1, 0, 0};
	expect(terms, 4, sent, "2022-12-31..2024-03-31 primary 0\n");
	terms[3].phase = ABSENCE_SECONDARY;
	expect(terms, 4, sent,
		"2022-12-31..2023-12-31 primary 0\n"
		"2023-12-31..2024-03-31 secondary 0\n");
}

/* Who left in the autumn stays in the year's sums; nobody is in the sum of a
 * term for which the school sent nothing. */
static void test_leavers_and_silent_schools(void **state)
{
	(void)state;
	const struct absence_term autumn[] = {
		{2022, TERM_AUTUMN, 100, 60, ABSENCE_SECONDARY}};
	expect(autumn, 1, all_sent, "2022-12-31..2023-12-31 secondary 2\n");
	const uint8_t no_spring[YEARS] = {1 | 8, 0, 0, 0};
	expect(autumn, 1, no_spring,
		"2022-12-31..2023-04-09 secondary 2\n"
		"2023-07-31..2023-12-31 secondary 2\n");
	const uint8_t first_half[YEARS] = {1 | 2 | 4, 0, 0, 0};
	expect(autumn, 1, first_half, "2022-12-31..2023-12-31 secondary 2\n");
	const struct absence_term nothing[] = {
		{2022, TERM_AUTUMN, 0, 7, ABSENCE_SECONDARY}};
	expect(nothing, 1, all_sent, "");
	expect(NULL, 0, all_sent, "");
}

static void test_thresholds(void **state)
{
	(void)state;
	for (int64_t possible = 1; possible < 60; possible++)
		for (int64_t absent = 0; absent <= possible + 2; absent++) {
			struct absence_term term = {2022, TERM_AUTUMN, possible,
				absent, ABSENCE_PRIMARY};
			struct absence_span spans[ABSENCE_STEPS];
			assert_int_equal(absence_spans(&term, 1,
						 &(struct absence_sent){FIRST,
							 YEARS, all_sent},
						 spans),
				1);
			int expected = absent * 2 >= possible ? 2
				: absent * 10 >= possible     ? 1
							      : 0;
			assert_int_equal(spans[0].status, expected);
		}
}

/* ---- The slow rule ---- */

static bool has_sent(const uint8_t sent[YEARS], int year, unsigned terms)
{
	return year >= FIRST && year < FIRST + YEARS
		&& (sent[year - FIRST] & terms) != 0;
}

/* -1: in no denominator on the day. */
static int status_on(const struct absence_term *terms, size_t count,
	const uint8_t sent[YEARS], struct date day)
{
	int year = date_year(day), last = TERM_SUMMER_SECOND;
	unsigned wanted = 4 | 8;
	if (day.day >= date_from(year, 12, 31).day) {
		last = TERM_AUTUMN;
		wanted = 1;
	} else {
		year--;
		if (day.day < date_easter(year + 1).day) {
			last = TERM_AUTUMN;
			wanted = 1;
		} else if (day.day < date_from(year + 1, 7, 31).day) {
			last = TERM_SPRING;
			wanted = 2;
		}
	}
	int64_t possible = 0, absent = 0;
	for (size_t i = 0; i < count; i++)
		if (terms[i].year == year && (int)terms[i].term <= last) {
			possible += terms[i].possible;
			absent += terms[i].absent;
		}
	if (possible == 0 || !has_sent(sent, year, wanted))
		return -1;
	return absent * 2 >= possible ? 2 : absent * 10 >= possible;
}

static uint32_t seed = 20240630;
static uint32_t next_number(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static size_t make(struct absence_term terms[MOST], uint8_t sent[YEARS])
{
	size_t count = 0;
	for (int i = 0; i < YEARS; i++) {
		sent[i] = next_number(4) == 0 ? (uint8_t)next_number(16) : 15;
		for (int term = 0; term < TERM_COUNT; term++) {
			if (next_number(4) == 0)
				continue;
			int64_t possible = next_number(5) * 20;
			terms[count++] = (struct absence_term){FIRST + i,
				(enum period_term)term, possible,
				next_number((uint32_t)possible / 4 + 2),
				ABSENCE_PRIMARY};
		}
	}
	return count;
}

static void test_against_the_slow_rule(void **state)
{
	(void)state;
	for (int round = 0; round < 300; round++) {
		struct absence_term terms[MOST];
		uint8_t sent[YEARS];
		struct absence_span spans[YEARS * ABSENCE_STEPS];
		size_t count = make(terms, sent), at = 0;
		size_t found = absence_spans(terms, count,
			&(struct absence_sent){FIRST, YEARS, sent}, spans);
		for (size_t i = 1; i < found; i++) {
			assert_true(spans[i].starts.day >= spans[i - 1].ends.day);
			assert_false(spans[i].starts.day == spans[i - 1].ends.day
				&& spans[i].status == spans[i - 1].status);
		}
		struct date day = date_from(FIRST, 8, 1);
		struct date end = date_from(FIRST + YEARS + 2, 1, 5);
		for (; day.day < end.day; day = date_add_days(day, 1)) {
			while (at < found && spans[at].ends.day <= day.day)
				at++;
			int given = at < found && spans[at].starts.day <= day.day
				? (int)spans[at].status
				: -1;
			assert_int_equal(given,
				status_on(terms, count, sent, day));
		}
	}
}

static void test_phases(void **state)
{
	(void)state;
	static const struct {
		const char *school, *group;
		int age;
		const char *phase;
	} cases[] = {
		{"primary", "9", 14, "primary"},
		{"secondary", "", -1, "secondary"},
		{"special", "3", 7, "special"},
		{"other", "3", 7, "other"},
		{"all-through", "6", 10, "primary"},
		{"all-through", "7", 11, "secondary"},
		{"", "R", -1, "primary"},
		{"", "N1", -1, "primary"},
		{"", "14", -1, "secondary"},
		{"", "X", 11, "secondary"},
		{"", "M", 10, "primary"},
		{"", "0", -1, "other"},
		{"", "", -1, "other"},
		{"", "15", 30, "other"},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		assert_string_equal(absence_phase_name(
					    absence_phase_of(text_of(cases[i].school),
						    text_of(cases[i].group),
						    cases[i].age)),
			cases[i].phase);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sums_of_a_year),
		cmocka_unit_test(test_equal_spans_merge),
		cmocka_unit_test(test_leavers_and_silent_schools),
		cmocka_unit_test(test_thresholds),
		cmocka_unit_test(test_against_the_slow_rule),
		cmocka_unit_test(test_phases),
	};
	return cmocka_run_group_tests_name("absence", tests, NULL, NULL);
}
