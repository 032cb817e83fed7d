/* SPDX-License-Identifier: MIT
 *
 * Spans of persistent and severe absence.
 */
#include "feeds/absence.h"

#include "marks/tally.h"

const char *absence_phase_name(enum absence_phase phase)
{
	static const char *const names[ABSENCE_PHASES] = {"primary",
		"secondary", "special", "other"};
	return names[phase];
}

static bool group_phase(struct text group, enum absence_phase *out_phase)
{
	static const char *const early[] = {"E1", "E2", "N1", "N2", "R"};
	enum { LAST_PRIMARY = 6, LAST_GROUP = 14 };
	int64_t number;
	for (size_t i = 0; i < COUNT_OF(early); i++)
		if (text_is(group, early[i])) {
			*out_phase = ABSENCE_PRIMARY;
			return true;
		}
	if (!text_to_int64(group, &number) || number < 1 || number > LAST_GROUP)
		return false;
	*out_phase = number <= LAST_PRIMARY ? ABSENCE_PRIMARY : ABSENCE_SECONDARY;
	return true;
}

enum absence_phase absence_phase_of(struct text school_phase,
	struct text year_group, int age)
{
	enum { SECONDARY_AGE = 11, OLDEST = 19 };
	enum absence_phase phase;
	for (int i = 0; i < ABSENCE_PHASES; i++)
		if (text_is(school_phase,
			    absence_phase_name((enum absence_phase)i)))
			return (enum absence_phase)i;
	if (group_phase(year_group, &phase))
		return phase;
	if (age < 0 || age > OLDEST)
		return ABSENCE_OTHER;
	return age < SECONDARY_AGE ? ABSENCE_PRIMARY : ABSENCE_SECONDARY;
}

static enum absence_status status_of(int64_t absent, int64_t possible)
{
	uint32_t missed = (uint32_t)absent, whole = (uint32_t)possible;
	if (tally_is_severe(missed, whole))
		return ABSENCE_SEVERE;
	return tally_is_persistent(missed, whole) ? ABSENCE_PERSISTENT
						  : ABSENCE_NEITHER;
}

/* The sums in the order they come to hold, and the terms each waits for. */
static const struct {
	enum period_term last;
	uint8_t any_of; /* terms, a bit each */
} steps[ABSENCE_STEPS] = {
	{TERM_AUTUMN, 1u << TERM_AUTUMN},
	{TERM_SPRING, 1u << TERM_SPRING},
	{TERM_SUMMER_SECOND,
		(1u << TERM_SUMMER_FIRST) | (1u << TERM_SUMMER_SECOND)},
};

static bool was_sent(const struct absence_sent *sent, int year, int step)
{
	int at = year - sent->first_year;
	return at >= 0 && at < sent->years
		&& (sent->terms[at] & steps[step].any_of) != 0;
}

static size_t add(struct absence_span *spans, size_t count,
	const struct absence_span *span)
{
	struct absence_span *last = count == 0 ? NULL : &spans[count - 1];
	if (last != NULL && last->ends.day == span->starts.day
		&& last->phase == span->phase && last->status == span->status) {
		last->ends = span->ends;
		return count;
	}
	spans[count] = *span;
	return count + 1;
}

/* One year's terms. */
static size_t add_year(const struct absence_term *terms, size_t term_count,
	const struct absence_sent *sent, struct absence_span *spans, size_t count)
{
	int year = terms[0].year;
	int64_t possible = 0, absent = 0;
	size_t at = 0;
	for (int step = 0; step < ABSENCE_STEPS; step++) {
		for (; at < term_count && terms[at].term <= steps[step].last;
			at++) {
			possible += terms[at].possible;
			absent += terms[at].absent;
		}
		if (possible <= 0 || !was_sent(sent, year, step))
			continue;
		struct absence_span span = {.starts = period_term(year,
						    steps[step].last)
							      .last,
			.ends = step + 1 < ABSENCE_STEPS
				? period_term(year, steps[step + 1].last).last
				: period_term(year + 1, TERM_AUTUMN).last,
			.phase = terms[0].phase,
			.status = status_of(absent, possible)};
		count = add(spans, count, &span);
	}
	return count;
}

size_t absence_spans(const struct absence_term *terms, size_t count,
	const struct absence_sent *sent, struct absence_span *out_spans)
{
	size_t spans = 0;
	for (size_t from = 0, to = 0; from < count; from = to) {
		while (to < count && terms[to].year == terms[from].year)
			to++;
		spans = add_year(&terms[from], to - from, sent, out_spans, spans);
	}
	return spans;
}
