/* SPDX-License-Identifier: MIT
 *
 * When a school meets.
 *
 * A calendar is one row a day from the first day of its first term to the last
 * day of its last: how often the school has met so far, and which stretch of
 * known days it belongs to. Counting is then taking one number from another,
 * and the n-th school day a search by halves.
 */
#include "base/clock.h"

#include <assert.h>

#include "base/arena.h"

struct day {
	uint16_t met;     /* school days so far, this one included */
	uint16_t stretch; /* from 1; 0: nothing is known of the day */
};

struct clock_school {
	struct date first;
	int count;
	struct day *days;
};

enum { NO_TERM, CLOSED, OPEN }; /* in `stretch`, while a calendar is made */

static bool is_span(struct clock_span span)
{
	return !date_is_none(span.first) && span.last.day >= span.first.day;
}

/* First and last day of all terms. */
static struct clock_span reach_of(const struct clock_school_plan *plan)
{
	struct clock_span reach = {0};
	for (size_t i = 0; i < plan->term_count; i++) {
		struct clock_span term = plan->terms[i];
		if (!is_span(term))
			continue;
		reach.first = date_is_none(reach.first)
			? term.first
			: date_earlier(reach.first, term.first);
		reach.last = date_later(reach.last, term.last);
	}
	return reach;
}

/* What of the span lies within the calendar is of this sort. Only days of a
 * term can be closed. */
static void mark(struct clock_school *school, struct clock_span span,
	uint16_t sort)
{
	if (!is_span(span))
		return;
	int from = span.first.day - school->first.day;
	int to = span.last.day - school->first.day;
	for (int i = from < 0 ? 0 : from; i <= to && i < school->count; i++)
		if (sort == OPEN || school->days[i].stretch == OPEN)
			school->days[i].stretch = sort;
}

/* The stretch of each day: terms, and the holidays between them unless these
 * are longer than holidays are. */
static void number_stretches(struct clock_school *school)
{
	uint16_t stretch = 1;
	int term = 0; /* the last day seen that lies in a term; day 0 does */
	for (int i = 0; i < school->count; i++) {
		if (school->days[i].stretch == NO_TERM)
			continue;
		bool is_gap = i - term - 1 > CLOCK_LONGEST_HOLIDAY;
		for (int j = term + 1; j < i; j++)
			school->days[j].stretch = is_gap ? 0 : stretch;
		stretch = (uint16_t)(stretch + is_gap);
		school->days[i].stretch = stretch;
		term = i;
	}
}

static void count_days(struct clock_school *school,
	const struct clock_holidays *holidays)
{
	uint16_t met = 0;
	for (int i = 0; i < school->count; i++) {
		struct date day = date_add_days(school->first, i);
		met = (uint16_t)(met
			+ (school->days[i].stretch == OPEN
				&& clock_is_working_day(holidays, day)));
		school->days[i].met = met;
	}
}

const struct clock_school *clock_school_make(struct arena *arena,
	const struct clock_school_plan *plan)
{
	struct clock_span reach = reach_of(plan);
	if (date_is_none(reach.first))
		return NULL;
	struct clock_school *school = arena_new(arena, sizeof *school);
	*school = (struct clock_school){
		.first = reach.first,
		.count = reach.last.day - reach.first.day + 1,
	};
	assert(school->count <= CLOCK_SCHOOL_YEARS * 366);
	school->days = arena_array(arena, (size_t)school->count,
		sizeof *school->days);
	for (size_t i = 0; i < plan->term_count; i++)
		mark(school, plan->terms[i], OPEN);
	for (size_t i = 0; i < plan->closed_count; i++)
		mark(school, plan->closed[i], CLOSED);
	count_days(school, &plan->holidays);
	number_stretches(school);
	return school;
}

/* NULL: nothing is known of the day. */
static const struct day *look_up(const struct clock_school *school,
	struct date day)
{
	int at = day.day - school->first.day;
	if (at < 0 || at >= school->count || school->days[at].stretch == 0)
		return NULL;
	return &school->days[at];
}

bool clock_school_knows(const struct clock_school *school, struct date from,
	struct date to)
{
	const struct day *one = look_up(school, from), *two = look_up(school, to);
	return one != NULL && two != NULL && one->stretch == two->stretch;
}

bool clock_is_school_day(const struct clock_school *school, struct date day)
{
	const struct day *row = look_up(school, day);
	return row != NULL && row->met != (row == school->days ? 0 : row[-1].met);
}

/* The day by whose evening the school had met so often. */
static const struct day *nth(const struct clock_school *school, int64_t met)
{
	int low = 0, high = school->count;
	while (low < high) {
		int middle = low + (high - low) / 2;
		if (school->days[middle].met < met)
			low = middle + 1;
		else
			high = middle;
	}
	return low == school->count ? NULL : &school->days[low];
}

struct date clock_school_days(const struct clock_school *school,
	struct date day, int days)
{
	const struct day *from = look_up(school, day);
	if (days == 0)
		return day;
	if (days < 0 || from == NULL)
		return DATE_NONE;
	const struct day *to = nth(school, (int64_t)from->met + days);
	if (to == NULL || to->stretch != from->stretch)
		return DATE_NONE;
	return date_add_days(day, (int)(to - from));
}

bool clock_school_days_between(const struct clock_school *school,
	struct date from, struct date to, int *out_days)
{
	const struct day *one = look_up(school, from), *two = look_up(school, to);
	if (one == NULL || two == NULL || one->stretch != two->stretch)
		return false;
	*out_days = two->met - one->met;
	return true;
}

/* Of the week that begins on this Monday, what lies within the calendar: the
 * first day the school met, or NULL. */
static const struct day *met_in_week(const struct clock_school *school,
	struct date monday)
{
	for (int i = 0; i < 5; i++) {
		struct date day = date_add_days(monday, i);
		if (clock_is_school_day(school, day))
			return look_up(school, day);
	}
	return NULL;
}

struct date clock_school_weeks(const struct clock_school *school,
	struct date day, int weeks)
{
	const struct day *from = look_up(school, day);
	if (weeks == 0)
		return day;
	if (weeks < 0 || from == NULL)
		return DATE_NONE;
	int weekday = (int)date_weekday(day);
	struct date monday = date_add_days(day, -weekday);
	struct date last = date_add_days(school->first, school->count - 1);
	while (weeks > 0) {
		monday = date_add_days(monday, 7);
		if (date_is_none(monday) || monday.day > last.day)
			return DATE_NONE;
		const struct day *met = met_in_week(school, monday);
		if (met != NULL && met->stretch != from->stretch)
			return DATE_NONE;
		weeks -= met != NULL;
	}
	return date_add_days(monday, weekday);
}
