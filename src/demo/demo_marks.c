/* SPDX-License-Identifier: MIT
 *
 * Who was absent, when and why.
 *
 * For each academic year and phase the enrolments with a possible session in
 * autumn and spring are counted and exactly the planned share is chosen to
 * miss a tenth or more; the others miss less. Children known to social care
 * are likelier to be chosen. Absences then fall in runs: an illness lasts a
 * few days, a holiday a week, a dentist one session. The codes are those in
 * force before 19 August 2024 (H and Y still among them).
 */
#include "demo/demo_marks.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/period.h"
#include "base/text.h"
#include "demo/demo_out.h"
#include "demo/demo_plan.h"

enum { FIRST = 2020, LAST = 2023, MOST_DAYS = 220 };

/* The open days of one absence year. */
struct calendar {
	int year;
	struct date first; /* 1 August */
	size_t count;
	struct {
		struct date date;
		enum period_term term;
	} days[MOST_DAYS];
};

/* The sessions of one enrolment: where they are in the year. */
struct sessions {
	int16_t at[MOST_DAYS * 2];
	enum period_term term[MOST_DAYS * 2];
	size_t count;
	size_t early;   /* of them in autumn and spring, which come first */
	int16_t closed; /* a day the school could not open; -1: none */
};

/* One enrolment's year while it is being marked. */
struct year {
	struct demo_random random;
	const struct sessions *sessions;
	char *marks;
	bool is_older; /* secondary: other causes */
};

static void make_calendar(struct calendar *calendar, int year)
{
	calendar->year = year;
	calendar->first = date_from(year, 8, 1);
	calendar->count = 0;
	for (int t = 0; t < TERM_COUNT; t++) {
		struct period term = period_term(year, (enum period_term)t);
		for (struct date day = term.first; day.day <= term.last.day;
			day = date_add_days(day, 1)) {
			if (!demo_days_is_school(day)
				|| calendar->count == MOST_DAYS)
				continue;
			calendar->days[calendar->count].date = day;
			calendar->days[calendar->count++].term =
				(enum period_term)t;
		}
	}
}

/* Five days a year that the school keeps for training its staff. */
static bool is_training(size_t day, int school)
{
	return (day * 5 + (size_t)school * 11) % 190 < 5 && day % 38 < 30;
}

/* One school in four has a burst pipe: code Y, not a possible session. */
static bool is_closed(size_t day, int school, int year)
{
	return (school + year) % 4 == 0 && day == 60 + (size_t)school;
}

static void find_sessions(const struct demo_world *world,
	const struct demo_enrolment *enrolment, const struct calendar *calendar,
	struct sessions *out)
{
	const struct demo_school *school = &world->schools[enrolment->school];
	out->count = out->early = 0;
	out->closed = -1;
	for (size_t i = 0; i < calendar->count; i++) {
		struct date day = calendar->days[i].date;
		bool is_sent = date_is_none(school->silent)
			|| day.day < school->silent.day;
		if (day.day < enrolment->entry.day || !is_sent
			|| (!date_is_none(enrolment->left)
				&& day.day > enrolment->left.day)
			|| is_training(i, enrolment->school))
			continue;
		if (is_closed(i, enrolment->school, calendar->year)) {
			out->closed = (int16_t)((day.day - calendar->first.day)
				* 2);
			continue;
		}
		for (int half = 0; half < 2; half++) {
			out->at[out->count] =
				(int16_t)((day.day - calendar->first.day) * 2
					+ half);
			out->term[out->count++] = calendar->days[i].term;
		}
		if (calendar->days[i].term <= TERM_SPRING)
			out->early = out->count;
	}
}

struct cause {
	char code;
	int weight; /* primary */
	int weight_older;
	int from, to; /* sessions in a run */
};

static const struct cause causes[] = {
	{'I', 560, 470, 2, 9},
	{'M', 160, 150, 1, 2},
	{'G', 60, 25, 4, 12},
	{'O', 70, 150, 1, 6},
	{'U', 60, 90, 1, 1},
	{'C', 40, 30, 1, 4},
	{'R', 20, 15, 2, 2},
	{'E', 4, 30, 2, 8},
	{'N', 10, 15, 1, 3},
	{'H', 4, 3, 4, 10},
	{'T', 3, 3, 6, 14},
	{'S', 0, 4, 4, 10},
};

static bool is_present(char mark)
{
	return mark == '/' || mark == '\\';
}

/* Makes exactly `absent` of the sessions from `from` up to `to` absent, or all
 * of them if there are fewer. */
static void make_absent(struct year *year, size_t from, size_t to, size_t absent)
{
	const int16_t *places = year->sessions->at;
	int weights[COUNT_OF(causes)];
	for (size_t i = 0; i < COUNT_OF(causes); i++)
		weights[i] = year->is_older ? causes[i].weight_older
					    : causes[i].weight;
	for (int tries = 0; absent > 0 && to > from && tries < 2000; tries++) {
		const struct cause *cause =
			&causes[demo_random_weighted(&year->random, weights,
				COUNT_OF(causes))];
		size_t at = from
			+ (size_t)demo_random_below(&year->random,
				(int)(to - from));
		int run = demo_random_between(&year->random, cause->from,
			cause->to);
		for (; run > 0 && absent > 0 && at < to; run--, at++) {
			if (!is_present(year->marks[places[at]]))
				continue;
			year->marks[places[at]] = cause->code;
			absent--;
		}
	}
	for (size_t at = from; absent > 0 && at < to; at++) {
		if (!is_present(year->marks[places[at]]))
			continue;
		year->marks[places[at]] = 'O';
		absent--;
	}
}

/* Late marks and days out, which are attendance. */
static void decorate(struct year *year)
{
	static const char codes[] = "LLLLLVVBPW";
	const struct sessions *sessions = year->sessions;
	int count = demo_random_below(&year->random,
		1 + (int)sessions->count / 40);
	for (int i = 0; i < count; i++) {
		int at = sessions->at[demo_random_below(&year->random,
			(int)sessions->count)];
		if (is_present(year->marks[at]))
			year->marks[at] = codes[demo_random_below(&year->random,
				year->is_older ? 10 : 7)];
	}
}

static void fill_marks(const struct demo_world *world, int32_t enrolment,
	const struct calendar *calendar, char marks[DEMO_MARKS])
{
	const struct demo_enrolment *row = &world->enrolments[enrolment];
	int32_t index = row->tally[calendar->year - FIRST];
	const struct demo_tally *tally = &world->tallies[index - 1];
	struct sessions sessions;
	find_sessions(world, row, calendar, &sessions);
	memset(marks, '-', DEMO_MARKS);
	for (size_t i = 0; i < sessions.count; i++)
		marks[sessions.at[i]] = sessions.at[i] % 2 == 0 ? '/' : '\\';
	if (sessions.closed >= 0)
		memset(marks + sessions.closed, 'Y', 2);
	struct year year = {
		.random = demo_random_stream(world->seed,
			5000000 + (uint64_t)index),
		.sessions = &sessions,
		.marks = marks,
		.is_older = world->schools[row->school].phase != DEMO_PRIMARY,
	};
	make_absent(&year, 0, sessions.early, tally->absent);
	make_absent(&year, sessions.early, sessions.count,
		(sessions.count - sessions.early) * tally->summer_rate / 1000);
	decorate(&year);
}

/* Counts what was marked. */
static void tally_marks(const struct calendar *calendar, const char *marks,
	struct demo_tally *tally)
{
	for (size_t i = 0; i < calendar->count; i++) {
		int term = (int)calendar->days[i].term;
		int at = (calendar->days[i].date.day - calendar->first.day) * 2;
		for (int half = 0; half < 2; half++) {
			char mark = marks[at + half];
			if (mark == '-')
				continue;
			tally->possible[term] += mark != 'Y';
			const char *kind = is_present(mark)
				? NULL
				: strchr(DEMO_MARKS_CODES, mark);
			if (kind != NULL)
				tally->counts[term][kind - DEMO_MARKS_CODES]++;
		}
	}
}

/* An enrolment that could be chosen to be persistently absent. */
struct candidate {
	int32_t enrolment;
	int32_t score; /* the highest are chosen */
	uint16_t possible;
};

static int order_candidates(const void *a, const void *b)
{
	const struct candidate *left = a, *right = b;
	if (left->score != right->score)
		return left->score < right->score ? 1 : -1;
	return left->enrolment - right->enrolment;
}

static struct demo_tally *add_tally(struct demo_world *world, int32_t enrolment,
	int year)
{
	world->tallies = memory_grow(world->tallies, &world->tallies_capacity,
		world->tallies_count + 1, sizeof *world->tallies);
	world->tallies[world->tallies_count] = (struct demo_tally){.absent = 0};
	world->enrolments[enrolment].tally[year - FIRST] =
		(int32_t)++world->tallies_count;
	return &world->tallies[world->tallies_count - 1];
}

/* 10 absent of 100 possible is persistent, 9 is not; 50 is severe. */
static void set_absence(struct demo_random *random, struct demo_tally *tally,
	int possible, bool is_persistent)
{
	int rate;
	if (!is_persistent)
		rate = demo_random_below(random, 50)
			+ demo_random_below(random, 46);
	else if (demo_random_chance(random, 90))
		rate = demo_random_between(random, 500, 900);
	else
		rate = 100 + demo_random_below(random, 90)
			+ demo_random_below(random, 130);
	int absent = possible * rate / 1000;
	int least = (possible + 9) / 10,
	    most = possible > 0 ? (possible - 1) / 10 : 0;
	if (is_persistent && absent < least)
		absent = least;
	if (!is_persistent && absent > most)
		absent = most;
	tally->absent = (uint16_t)absent;
	tally->summer_rate = (uint16_t)rate;
}

static void mark_phase(struct demo_world *world, struct demo_random *random,
	const struct calendar *calendar, enum demo_phase phase)
{
	struct arena *arena = arena_open();
	struct candidate *candidates = arena_array(arena,
		world->enrolments_count, sizeof *candidates);
	size_t count = 0;
	for (int32_t i = 0; i < (int32_t)world->enrolments_count; i++) {
		const struct demo_enrolment *row = &world->enrolments[i];
		struct sessions sessions;
		if (world->schools[row->school].phase != phase)
			continue;
		find_sessions(world, row, calendar, &sessions);
		if (sessions.count == 0)
			continue;
		bool is_early = sessions.early > 0;
		bool is_known = world->people[row->person].social != 0;
		int score = demo_random_below(random, 1000000);
		if (is_known)
			score += (1000000 - score) / 4;
		if (calendar->year > FIRST && !is_early) {
			set_absence(random, add_tally(world, i, calendar->year),
				0, demo_random_chance(random, 200));
			continue;
		}
		candidates[count++] = (struct candidate){
			.enrolment = i,
			.score = score,
			.possible = (uint16_t)sessions.early,
		};
	}
	qsort(candidates, count, sizeof *candidates, order_candidates);
	size_t chosen = (count * (size_t)demo_plan_absent(calendar->year, phase)
				+ 500)
		/ 1000;
	for (size_t i = 0; i < count; i++)
		set_absence(random,
			add_tally(world, candidates[i].enrolment, calendar->year),
			candidates[i].possible, i < chosen);
	arena_close(arena);
}

void demo_marks_build(struct demo_world *world)
{
	struct demo_random random = demo_random_stream(world->seed, 4);
	for (int year = FIRST; year <= LAST; year++) {
		struct calendar calendar;
		make_calendar(&calendar, year);
		for (int phase = 0; phase < DEMO_PHASES; phase++)
			mark_phase(world, &random, &calendar,
				(enum demo_phase)phase);
		for (int32_t i = 0; i < (int32_t)world->enrolments_count; i++) {
			int32_t tally = world->enrolments[i].tally[year - FIRST];
			char marks[DEMO_MARKS];
			if (tally == 0)
				continue;
			fill_marks(world, i, &calendar, marks);
			tally_marks(&calendar, marks, &world->tallies[tally - 1]);
		}
	}
}

/* The whole of 2023/24, a pupil a row. */
static bool write_wide(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	struct demo_out out = {.is_inside_row = false};
	struct calendar calendar;
	make_calendar(&calendar, LAST);
	demo_out_line(&out, "upn,dob,school,from,marks");
	for (int32_t i = 0; i < (int32_t)world->enrolments_count; i++) {
		const struct demo_enrolment *row = &world->enrolments[i];
		char marks[DEMO_MARKS + 1], school[8];
		if (row->tally[LAST - FIRST] == 0)
			continue;
		fill_marks(world, i, &calendar, marks);
		marks[DEMO_MARKS] = '\0';
		demo_out_field(&out, world->people[row->person].upn);
		demo_out_iso(&out, world->people[row->person].born);
		snprintf(school, sizeof school, "SCH%02d",
			(row->school + 1) % 100);
		demo_out_field(&out, school);
		demo_out_iso(&out, calendar.first);
		demo_out_field(&out, marks);
		demo_out_row(&out);
	}
	return demo_out_save(&out, folder, "2023-24-wide.csv", fault);
}

/* June 2024 of one primary school, a session a row. */
static bool write_long(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	enum { SCHOOL = 4 };
	struct demo_out out = {.is_inside_row = false};
	struct calendar calendar;
	make_calendar(&calendar, LAST);
	demo_out_line(&out, "upn,dob,school,date,session,code");
	for (int32_t i = 0; i < (int32_t)world->enrolments_count; i++) {
		const struct demo_enrolment *row = &world->enrolments[i];
		char marks[DEMO_MARKS];
		if (row->school != SCHOOL || row->tally[LAST - FIRST] == 0)
			continue;
		fill_marks(world, i, &calendar, marks);
		struct date june = date_from(2024, 6, 1);
		for (int at = (june.day - calendar.first.day) * 2;
			at < (june.day + 30 - calendar.first.day) * 2; at++) {
			if (marks[at] == '-')
				continue;
			demo_out_field(&out, world->people[row->person].upn);
			demo_out_iso(&out, world->people[row->person].born);
			demo_out_field(&out, "SCH05");
			demo_out_iso(&out, date_add_days(calendar.first, at / 2));
			demo_out_field(&out, at % 2 == 0 ? "AM" : "PM");
			demo_out_field(&out, (char[]){marks[at], '\0'});
			demo_out_row(&out);
		}
	}
	return demo_out_save(&out, folder, "2024-06-long.csv", fault);
}

bool demo_marks_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	return write_wide(world, folder, fault)
		&& write_long(world, folder, fault);
}
