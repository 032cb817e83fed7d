/* SPDX-License-Identifier: MIT
 *
 * Counts a measure's dated list over any dates and any breakdown in one pass.
 *
 * A measure is a list of items: a child, a first day, an end day, and a part
 * (in the denominator, or counted). A calendar says where to look: at dates
 * (an item is there if it has begun and not ended) or in spans (an item
 * happened if its first day lies in the span; its end is not looked at). A
 * dimension says which group each child was in and when; what it leaves out
 * is the group "not known", always the last.
 *
 * Each item touches two cells a segment of its child, however many dates are
 * asked for: the first where it appears and the first where it is gone. Sums
 * along the calendar then give the counts. So the work is linear in rows and
 * does not grow with the number of periods but for the size of the answer.
 *
 * Days are day numbers as in base/date.h; end days are exclusive, and
 * SWEEP_OPEN is an end that has not come. Items are counted, not children: a
 * list that has a child twice counts it twice. Memory comes from the arena
 * given. An item may have an amount, which is then added up in its place: the
 * points of a score. Percentages, small numbers and labels are for others.
 */
#ifndef KITH_MEASURES_SWEEP_H
#define KITH_MEASURES_SWEEP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/period.h"

#define SWEEP_OPEN INT32_MAX
#define SWEEP_EVER INT32_MIN /* a first day before all others */

enum sweep_part { SWEEP_DENOMINATOR, SWEEP_COUNTED, SWEEP_PARTS };

/* In any order. An item that ends on or before its first day is never there
 * at a date, but does happen in a span. */
struct sweep_list {
	const int32_t *child; /* index into the dimensions */
	const int32_t *first; /* day */
	const int32_t *end; /* first day no longer in; may be NULL for events */
	const uint8_t *part; /* enum sweep_part */
	size_t count;
	const uint32_t *amount; /* NULL: each is one */
};

/* Segments of child c are offsets[c] to offsets[c + 1] - 1, sorted by first
 * day and not overlapping. A child outside 0 to children - 1 is not known. */
struct sweep_dimension {
	const uint32_t *offsets; /* children + 1 of them */
	const int32_t *first;    /* of each segment */
	const int32_t *end;
	const uint16_t *group; /* less than groups */
	size_t children;
	uint32_t groups; /* with the last, "not known" */
};

struct sweep_calendar;

/* Dates must not descend; neither may the first days, nor the last days, of
 * spans (they may overlap: rolling years, years to date). From one to
 * LIMIT_PERIODS of them. */
bool sweep_at_dates(struct arena *arena, const struct date *dates, size_t count,
	const struct sweep_calendar **out_calendar, struct fault *fault)
	__attribute__((warn_unused_result));
bool sweep_in_spans(struct arena *arena, const struct period *spans,
	size_t count, const struct sweep_calendar **out_calendar,
	struct fault *fault) __attribute__((warn_unused_result));

/* Read with sweep_cell. */
struct sweep_counts {
	uint32_t *cells;
	uint32_t groups; /* of two crossed dimensions: their product */
	uint32_t periods;
	uint32_t stride;
};

static inline uint32_t sweep_cell(const struct sweep_counts *counts,
	enum sweep_part part, uint32_t group, uint32_t period)
{
	size_t row = (size_t)part * counts->groups + group;
	return counts->cells[row * counts->stride + period];
}

/* Without a dimension (NULL) there is one group: the whole. */
struct sweep_counts sweep_count(struct arena *arena,
	const struct sweep_list *list, const struct sweep_calendar *calendar,
	const struct sweep_dimension *by);

/* Two dimensions at once: group g of the first with h of the second is group
 * g * by[1]->groups + h. */
struct sweep_counts sweep_count_crossed(struct arena *arena,
	const struct sweep_list *list, const struct sweep_calendar *calendar,
	const struct sweep_dimension *const by[2]);

/* One figure: which items stand behind it. */
struct sweep_figure {
	enum sweep_part part;
	uint32_t period;
	const struct sweep_dimension *by[2]; /* NULL: not broken down */
	uint32_t group[2];
};

/* Their indices in the list, ascending; as many as the figure says. */
size_t sweep_members(struct arena *arena, const struct sweep_list *list,
	const struct sweep_calendar *calendar,
	const struct sweep_figure *figure, const uint32_t **out_items);

/* The group of a child on a day; "not known" where nothing says. */
uint32_t sweep_group(const struct sweep_dimension *dimension, int32_t child,
	int32_t day);

/* Age as a dimension. Band i begins on the day from[i] months are reached and
 * ends where the next begins; the last has no end. Ages count by birthdays, so
 * a child born on 29 February turns one on 1 March. Before the first band, and
 * without a date of birth, age is not known; a first band that starts below 0
 * holds the unborn too. */
struct sweep_bands {
	const int *from; /* months, ascending */
	size_t count;
};
struct sweep_dimension sweep_ages(struct arena *arena, const struct date *born,
	size_t children, const struct sweep_bands *bands);

#endif
