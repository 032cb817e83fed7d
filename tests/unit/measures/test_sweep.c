/* SPDX-License-Identifier: MIT
 *
 * The sweep against a version that asks each item about each period, on
 * random lists, and by hand where days meet.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "measures/sweep.h"

enum { CHILDREN = 40, ITEMS = 300, PERIODS = 24 };

static uint64_t seed = 20240630;

static int32_t any(int32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)((seed >> 33) % (uint64_t)below);
}

static struct sweep_list random_list(struct arena *arena)
{
	int32_t *child = arena_array(arena, ITEMS, sizeof(*child));
	int32_t *first = arena_array(arena, ITEMS, sizeof(*first));
	int32_t *end = arena_array(arena, ITEMS, sizeof(*end));
	uint8_t *part = arena_array(arena, ITEMS, sizeof(*part));
	for (int i = 0; i < ITEMS; i++) {
		child[i] = any(CHILDREN + 2) - 1; /* some are not known */
		first[i] = 730000 + any(1500) - 200;
		end[i] = any(5) == 0 ? SWEEP_OPEN : first[i] + any(400) - 5;
		part[i] = (uint8_t)any(2);
	}
	return (struct sweep_list){child, first, end, part, ITEMS, NULL};
}

static struct sweep_dimension random_dimension(struct arena *arena)
{
	enum { MOST = CHILDREN * 8 };
	uint32_t *offsets = arena_array(arena, CHILDREN + 1, sizeof(*offsets));
	int32_t *first = arena_array(arena, MOST, sizeof(*first));
	int32_t *end = arena_array(arena, MOST, sizeof(*end));
	uint16_t *group = arena_array(arena, MOST, sizeof(*group));
	uint32_t made = 0, groups = 2 + (uint32_t)any(6);
	for (int c = 0; c < CHILDREN; c++) {
		offsets[c] = made;
		int32_t day = any(3) == 0 ? SWEEP_EVER : 729700 + any(900);
		for (int s = any(8); s > 0 && day != SWEEP_OPEN; s--, made++) {
			first[made] = day;
			day = day == SWEEP_EVER ? 729900 : day;
			end[made] = any(6) == 0 ? SWEEP_OPEN : day + 1 + any(300);
			group[made] = (uint16_t)any((int32_t)groups - 1);
			day = end[made];
			if (day != SWEEP_OPEN && any(2) == 0)
				day += any(100);
		}
	}
	offsets[CHILDREN] = made;
	return (struct sweep_dimension){offsets, first, end, group, CHILDREN,
		groups};
}

/* Straight from the definition: every segment of the child is asked. */
static uint32_t slow_group(const struct sweep_dimension *by, int32_t child,
	int32_t day)
{
	if (by == NULL)
		return 0;
	if (child < 0 || child >= (int32_t)by->children)
		return by->groups - 1;
	for (uint32_t s = by->offsets[child]; s < by->offsets[child + 1]; s++)
		if (by->first[s] <= day && day < by->end[s])
			return by->group[s];
	return by->groups - 1;
}

static bool slow_is_in(const struct sweep_list *list, int item,
	const struct period *span, bool is_event)
{
	if (is_event)
		return list->first[item] >= span->first.day
			&& list->first[item] <= span->last.day;
	return list->first[item] <= span->last.day
		&& list->end[item] > span->last.day;
}

struct trial {
	struct arena *arena;
	struct sweep_list list;
	struct period spans[PERIODS];
	const struct sweep_calendar *calendar;
	bool is_event;
};

static void check(const struct trial *trial, const struct sweep_counts *counts,
	const struct sweep_dimension *const by[2])
{
	uint32_t groups_b = by[1] == NULL ? 1 : by[1]->groups;
	uint32_t *slow = arena_array(trial->arena,
		(size_t)2 * PERIODS * counts->groups, sizeof(*slow));
	for (int i = 0; i < ITEMS; i++)
		for (uint32_t p = 0; p < PERIODS; p++) {
			if (!slow_is_in(&trial->list, i, &trial->spans[p],
				    trial->is_event))
				continue;
			int32_t day = trial->is_event ? trial->list.first[i]
						      : trial->spans[p].last.day;
			int32_t child = trial->list.child[i];
			uint32_t group = slow_group(by[0], child, day) * groups_b
				+ slow_group(by[1], child, day);
			slow[(trial->list.part[i] * counts->groups + group) * PERIODS
				+ p]++;
		}
	for (uint32_t part = 0; part < 2; part++)
		for (uint32_t g = 0; g < counts->groups; g++)
			for (uint32_t p = 0; p < PERIODS; p++)
				assert_int_equal(sweep_cell(counts, part, g, p),
					slow[(part * counts->groups + g) * PERIODS
						+ p]);
}

/* A figure's list has as many items as the figure, each once. */
static void check_members(const struct trial *trial,
	const struct sweep_counts *counts,
	const struct sweep_dimension *const by[2])
{
	for (uint32_t p = 0; p < PERIODS; p += 5)
		for (uint32_t g = 0; g < counts->groups; g++) {
			uint32_t width = by[1] == NULL ? 1 : by[1]->groups;
			struct sweep_figure figure = {.part = SWEEP_COUNTED,
				.period = p,
				.by = {by[0], by[1]},
				.group = {g / width, g % width}};
			const uint32_t *items;
			size_t found = sweep_members(trial->arena, &trial->list,
				trial->calendar, &figure, &items);
			assert_int_equal(found,
				sweep_cell(counts, SWEEP_COUNTED, g, p));
			for (size_t i = 1; i < found; i++)
				assert_true(items[i] > items[i - 1]);
		}
}

static void run_trial(struct trial *trial)
{
	struct fault fault = {0};
	if (trial->is_event) {
		assert_true(sweep_in_spans(trial->arena, trial->spans, PERIODS,
			&trial->calendar, &fault));
	} else {
		struct date dates[PERIODS];
		for (int p = 0; p < PERIODS; p++)
			dates[p] = trial->spans[p].last;
		assert_true(sweep_at_dates(trial->arena, dates, PERIODS,
			&trial->calendar, &fault));
	}
	struct sweep_dimension a = random_dimension(trial->arena);
	struct sweep_dimension b = random_dimension(trial->arena);
	const struct sweep_dimension *none[2] = {NULL, NULL};
	const struct sweep_dimension *one[2] = {&a, NULL};
	const struct sweep_dimension *two[2] = {&a, &b};
	struct sweep_counts counts = sweep_count(trial->arena, &trial->list,
		trial->calendar, NULL);
	check(trial, &counts, none);
	counts = sweep_count(trial->arena, &trial->list, trial->calendar, &a);
	check(trial, &counts, one);
	check_members(trial, &counts, one);
	counts = sweep_count_crossed(trial->arena, &trial->list,
		trial->calendar, two);
	check(trial, &counts, two);
	check_members(trial, &counts, two);
}

/* Spans of 1 to 400 days every 0 to 90 days: apart, touching, overlapping. */
static void random_spans(struct period *spans)
{
	int32_t first = 730000, last = first + any(90);
	for (int p = 0; p < PERIODS; p++) {
		spans[p].first.day = first;
		spans[p].last.day = last;
		first += any(90);
		last += any(90);
	}
}

static void test_random(void **state)
{
	(void)state;
	for (int round = 0; round < 60; round++) {
		struct trial trial = {.arena = arena_open(),
			.is_event = round % 2};
		trial.list = random_list(trial.arena);
		random_spans(trial.spans);
		run_trial(&trial);
		arena_close(trial.arena);
	}
}

/* Begins on the date: there. Ends on the date: gone. Open: there for ever. */
static void test_edges_of_a_state(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct date dates[] = {date_from(2024, 6, 30), date_from(2024, 9, 30)};
	int32_t q1 = dates[0].day, q2 = dates[1].day;
	int32_t child[] = {0, 0, 0, 0, 0}, first[] = {q1, q1 + 1, q1, 1, q2};
	int32_t end[] = {q2, q2 + 1, q1, SWEEP_OPEN, q2 + 1};
	uint8_t part[] = {0, 0, 0, 0, 1};
	struct sweep_list list = {child, first, end, part, 5};
	const struct sweep_calendar *calendar;
	assert_true(sweep_at_dates(arena, dates, 2, &calendar, &fault));
	struct sweep_counts counts = sweep_count(arena, &list, calendar, NULL);
	assert_int_equal(sweep_cell(&counts, SWEEP_DENOMINATOR, 0, 0), 2);
	assert_int_equal(sweep_cell(&counts, SWEEP_DENOMINATOR, 0, 1), 2);
	assert_int_equal(sweep_cell(&counts, SWEEP_COUNTED, 0, 0), 0);
	assert_int_equal(sweep_cell(&counts, SWEEP_COUNTED, 0, 1), 1);
	list.count = 0;
	counts = sweep_count(arena, &list, calendar, NULL);
	assert_int_equal(sweep_cell(&counts, SWEEP_DENOMINATOR, 0, 1), 0);
	arena_close(arena);
}

/* An event on the last day of a rolling year is in it and in the next three. */
static void test_rolling_years(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct period spans[8];
	for (int i = 0; i < 8; i++) {
		struct period quarter =
			period_quarter_step(period_quarter(2023, 1), i);
		spans[i].last = quarter.last;
		spans[i].first = date_add_months(date_add_days(quarter.last, 1),
			-12);
	}
	int32_t child[] = {0, 0};
	int32_t first[] = {spans[2].last.day, spans[3].first.day - 1};
	uint8_t part[] = {1, 0};
	struct sweep_list list = {child, first, NULL, part, 2};
	const struct sweep_calendar *calendar;
	assert_true(sweep_in_spans(arena, spans, 8, &calendar, &fault));
	struct sweep_counts counts = sweep_count(arena, &list, calendar, NULL);
	const uint32_t counted[8] = {0, 0, 1, 1, 1, 1, 0, 0};
	const uint32_t whole[8] = {1, 1, 1, 0, 0, 0, 0, 0};
	for (uint32_t i = 0; i < 8; i++) {
		assert_int_equal(sweep_cell(&counts, SWEEP_COUNTED, 0, i),
			counted[i]);
		assert_int_equal(sweep_cell(&counts, SWEEP_DENOMINATOR, 0, i),
			whole[i]);
	}
	arena_close(arena);
}

/* Ages at a date agree with date_age for every birthday, leap days too. */
static void test_ages(void **state)
{
	(void)state;
	enum { BORN = 3000 };
	struct arena *arena = arena_open();
	struct date *born = arena_array(arena, BORN, sizeof(*born));
	for (int i = 1; i < BORN; i++)
		born[i] = date_add_days(date_from(2003, 12, 1), i);
	int from[] = {0, 12, 60, 120, 192, 216};
	struct sweep_bands bands = {from, 6};
	struct sweep_dimension ages = sweep_ages(arena, born, BORN, &bands);
	assert_int_equal(ages.groups, 7);
	struct date days[] = {date_from(2024, 2, 28), date_from(2024, 2, 29),
		date_from(2024, 3, 1), date_from(2025, 2, 28),
		date_from(2025, 3, 1), date_from(2009, 6, 30)};
	for (size_t d = 0; d < 6; d++)
		for (int i = 1; i < BORN; i++) {
			uint32_t group = 6;
			int age = date_age(born[i], days[d]);
			for (uint32_t b = 0; b < 6; b++)
				if (born[i].day <= days[d].day
					&& age * 12 >= from[b])
					group = b;
			assert_int_equal(sweep_group(&ages, i, days[d].day),
				group);
		}
	assert_int_equal(sweep_group(&ages, 0, days[0].day), 6);
	from[0] = -1;
	ages = sweep_ages(arena, born, BORN, &bands);
	assert_int_equal(sweep_group(&ages, 1, 700000), 0);
	arena_close(arena);
}

static void test_refusals(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct date dates[] = {{700001}, {700000}};
	const struct sweep_calendar *calendar = NULL;
	assert_false(sweep_at_dates(arena, dates, 2, &calendar, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	assert_false(sweep_at_dates(arena, dates, 0, &calendar, &fault));
	assert_int_equal(fault.kind, FAULT_LIMIT);
	fault_clear(&fault);
	struct period nested[] = {{{100}, {400}}, {{200}, {300}}};
	assert_false(sweep_in_spans(arena, nested, 2, &calendar, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	fault_clear(&fault);
	assert_false(
		sweep_at_dates(arena, &(struct date){0}, 1, &calendar, &fault));
	assert_null(calendar);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_edges_of_a_state),
		cmocka_unit_test(test_rolling_years),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_refusals),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
