/* SPDX-License-Identifier: MIT
 *
 * Tallies against one that asks the class of each mark on its day, for random
 * marks (all 256 bytes among them), spans of every length, and every path
 * this processor has;
 * and the arithmetic of absence by hand.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "list.h"
#include "marks/tally.h"

static uint64_t seed = 380;

static uint32_t any(uint32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)((seed >> 33) % below);
}

enum { PUPILS = 7, STRIDE = 740 };

static struct tally slow(const struct marks_table *table, int year,
	const uint8_t *marks, const struct tally_spans *spans)
{
	struct tally tally = {0};
	uint16_t *const fields[MARKS_CLASSES] = {
		[MARKS_UNMAPPED] = &tally.unmapped,
		[MARKS_NONE] = &tally.none,
		[MARKS_NOT_POSSIBLE] = &tally.not_possible,
		[MARKS_ATTENDING] = &tally.attending,
		[MARKS_ACTIVITY] = &tally.activity,
		[MARKS_AUTHORISED] = &tally.authorised,
		[MARKS_UNAUTHORISED] = &tally.unauthorised,
	};
	for (size_t s = 0; s < spans->count; s++)
		for (uint32_t i = spans->at[s].from; i < spans->at[s].to; i++) {
			struct date day = date_add_days(date_from(year, 8, 1),
				(int)i / 2);
			(*fields[marks_class(table, marks[i], day)])++;
			tally.late += marks[i] == 'L' || marks[i] == 'U';
		}
	return tally;
}

static void check(const struct marks_table *table, int year,
	const struct tally_marks *marks, const struct tally_spans *spans)
{
	struct arena *arena = arena_open();
	const struct marks_year *classes = marks_year(arena, table, year);
	struct tally expected[PUPILS], got[PUPILS];
	for (size_t p = 0; p < marks->count; p++)
		expected[p] = slow(table, year,
			marks->years + p * marks->stride, spans);
	size_t size = marks->count * sizeof(got[0]);
	tally_years(classes, marks, spans, got);
	assert_memory_equal(got, expected, size);
	for (size_t way = 0; way < tally_ways(); way++) {
		memset(got, 0xaa, sizeof(got));
		tally_years_by(way, classes, marks, spans, got);
		assert_memory_equal(got, expected, size);
	}
	arena_close(arena);
}

static void test_random(void **state)
{
	(void)state;
	static const char usual[] = "/\\/\\/\\/\\/\\LIMUGNO#XD-cjJHYK2";
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	for (int round = 0; round < 60; round++) {
		/* At the very end of the memory, to see reading too far. */
		size_t size = STRIDE * (PUPILS - 1) + MARKS_YEAR;
		uint8_t *bytes = test_malloc(size);
		for (size_t i = 0; i < size; i++)
			bytes[i] = (uint8_t)(round % 2
					? any(256)
					: (uint32_t)usual[any(sizeof(usual) - 1)]);
		struct tally_marks marks = {bytes, STRIDE, PUPILS};
		struct tally_span span[3];
		for (int s = 0; s < 3; s++) {
			span[s].from = (uint32_t)s * 244 + any(200);
			span[s].to = span[s].from
				+ any((uint32_t)(s + 1) * 244 - span[s].from + 1);
		}
		check(table, 2022 + round % 3, &marks,
			&(struct tally_spans){span, any(4)});
		struct tally_span whole = {0, MARKS_YEAR};
		check(table, 2022 + round % 3, &marks,
			&(struct tally_spans){&whole, 1});
		test_free(bytes);
	}
	arena_close(arena);
}

/* Every length from 0 to 100 and every start in a vector; a year of one mark
 * alone, so that a field would run over if it were not emptied. */
static void test_lengths(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	uint8_t bytes[MARKS_YEAR];
	struct tally_marks marks = {bytes, MARKS_YEAR, 1};
	for (uint32_t length = 0; length <= 100; length++) {
		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (uint8_t) "/ILU-?"[any(6)];
		struct tally_span span = {.from = any(600)};
		span.to = span.from + length;
		check(table, 2024, &marks, &(struct tally_spans){&span, 1});
	}
	for (const char *mark = "/IGLUX-?B"; *mark != 0; mark++) {
		memset(bytes, *mark, sizeof(bytes));
		struct tally_span span = {0, MARKS_YEAR};
		check(table, 2024, &marks, &(struct tally_spans){&span, 1});
	}
	arena_close(arena);
}

/* Ten of ten in a hundred; one session more; half. Severe is persistent. */
static void test_thresholds(void **state)
{
	(void)state;
	assert_true(tally_is_persistent(12, 120));
	assert_false(tally_is_severe(12, 120));
	assert_false(tally_is_persistent(12, 121));
	assert_true(tally_is_persistent(30, 60));
	assert_true(tally_is_severe(30, 60));
	assert_false(tally_is_severe(29, 60));
	assert_false(tally_is_persistent(0, 0));
	assert_false(tally_is_severe(0, 0));
	assert_false(tally_is_persistent(0, 120));
}

static struct tally tally_of(const struct marks_table *table, int year,
	struct date from, const char *text)
{
	struct arena *arena = arena_open();
	uint8_t bytes[MARKS_YEAR];
	size_t place = 0, length = strlen(text);
	memset(bytes, LIST_NO_MARK, sizeof(bytes));
	assert_true(marks_place(year, from, MARKS_MORNING, &place));
	memcpy(bytes + place, text, length);
	struct tally_marks marks = {bytes, MARKS_YEAR, 1};
	struct tally_span span = tally_span_of(year, period_absence_year(year));
	struct tally tally;
	tally_years(marks_year(arena, table, year), &marks,
		&(struct tally_spans){&span, 1}, &tally);
	uint32_t counts[256];
	tally_codes(bytes, &(struct tally_spans){&span, 1}, counts);
	for (size_t i = 0; i < length; i++)
		assert_true(counts[(uint8_t)text[i]] > 0);
	assert_int_equal(counts[LIST_NO_MARK], tally.none);
	arena_close(arena);
	return tally;
}

/* 10 present, 2 ill, 2 at the other school, 1 of travel disruption, 1 not
 * required: 12 possible, 2 absent. */
static void test_possible(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	char text[] = "//////////IIDDyX";
	text[14] = (char)marks_fold(table, TEXT("Y2"));
	struct tally tally = tally_of(table, 2024, date_from(2024, 9, 2), text);
	assert_int_equal(tally_possible(&tally), 12);
	assert_int_equal(tally_absent(&tally), 2);
	assert_int_equal(tally.not_possible, 4);
	assert_int_equal(tally.none, 730 - 16);
	arena_close(arena);
}

/* An interview on 18 July 2024 (J) and on 20 September 2024 (J1). */
static void test_interviews(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	const struct marks_table *table = list_read(arena);
	struct tally before = tally_of(table, 2023, date_from(2024, 7, 18), "J");
	assert_int_equal(before.activity, 1);
	assert_int_equal(tally_absent(&before), 0);
	char after_text[] = {(char)marks_fold(table, TEXT("J1")), 0};
	struct tally after = tally_of(table, 2024, date_from(2024, 9, 20),
		after_text);
	assert_int_equal(after.authorised, 1);
	assert_int_equal(tally_possible(&after), 1);
	/* The day the class changes, in the middle of a year's marks. */
	struct tally changed = tally_of(table, 2024, date_from(2024, 8, 18),
		"JJJJ");
	assert_int_equal(changed.activity, 2);
	assert_int_equal(changed.unmapped, 2);
	assert_int_equal(tally_possible(&changed), 2);
	arena_close(arena);
}

static void test_spans(void **state)
{
	(void)state;
	struct tally_span all = tally_span_of(2024, period_absence_year(2024));
	assert_int_equal(all.from, 0);
	assert_int_equal(all.to, 730);
	uint32_t next = 0;
	for (int term = 0; term < TERM_COUNT; term++) {
		struct tally_span span = tally_span_of(2024,
			period_term(2024, (enum period_term)term));
		assert_int_equal(span.from, next);
		next = span.to;
	}
	assert_int_equal(next, 730);
	struct tally_span none = tally_span_of(2024, period_absence_year(2022));
	assert_int_equal(none.from, none.to);
	struct tally_span part = tally_span_of(2024,
		(struct period){date_from(2020, 1, 1), date_from(2024, 8, 2)});
	assert_int_equal(part.from, 0);
	assert_int_equal(part.to, 4);
}

/* Every span of some marks, most of them usual, against counting all. */
static void test_uncommon(void **state)
{
	(void)state;
	static const char letters[] = "--////\\\\\\IMO-/\\N";
	static const uint8_t common[TALLY_COMMON] = {'-', '/', '\\'};
	uint8_t marks[96];
	for (size_t i = 0; i < sizeof marks; i++)
		marks[i] = (uint8_t)(i % 31 == 30
				? 255 - i
				: (size_t)letters[i * i % (sizeof letters - 1)]);
	for (uint32_t from = 0; from <= sizeof marks; from++)
		for (uint32_t to = from; to <= sizeof marks; to++) {
			struct tally_span span = {from, to};
			struct tally_bytes bytes = {.seen = {0}};
			uint32_t counts[256];
			tally_codes(marks, &(struct tally_spans){&span, 1},
				counts);
			tally_uncommon(marks, span, common, &bytes);
			for (size_t i = 0; i < 256; i++) {
				bool is_common = memchr(common, (int)i,
							 TALLY_COMMON)
					!= NULL;
				bool is_seen = (bytes.seen[i / 64] >> i % 64 & 1)
					!= 0;
				assert_int_equal(is_seen,
					!is_common && counts[i] > 0);
				if (is_seen)
					assert_int_equal(bytes.counts[i],
						counts[i]);
			}
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_thresholds),
		cmocka_unit_test(test_uncommon),
		cmocka_unit_test(test_possible),
		cmocka_unit_test(test_interviews),
		cmocka_unit_test(test_spans),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
