/* SPDX-License-Identifier: MIT
 *
 * Targets, status and direction.
 */
#include "measures/goal.h"

#include <stdlib.h>

extern const struct embedded measures_sql[];

enum {
	AMBER_SHARE = 10,   /* a miss up to a tenth of the target is amber */
	SAME_POINTS = 5,    /* tenths: less than half a point is the same */
	SAME_CHILDREN = 50, /* tenths of a child: fewer than 5 */
};

bool goal_miss(const struct evaluate_figure *figure,
	const struct goal_comparison *comparison, int64_t *out_miss)
{
	const struct measure_target *target = comparison->target;
	if (target == NULL || figure->symbol[0] != '\0')
		return false;
	int64_t value = figure->tenths;
	switch (target->goal) {
	case GOAL_AT_MOST:
		*out_miss = value - target->high;
		return true;
	case GOAL_AT_LEAST:
		*out_miss = target->low - value;
		return true;
	case GOAL_BAND:
		*out_miss = value > target->high ? value - target->high
						 : target->low - value;
		return true;
	case GOAL_COMPARATOR:
		if (comparison->has_comparator)
			*out_miss = value - comparison->comparator;
		return comparison->has_comparator;
	case GOAL_NONE:
		break;
	}
	return false;
}

/* What the miss is a share of. */
static int64_t goal_value(const struct evaluate_figure *figure,
	const struct goal_comparison *comparison)
{
	const struct measure_target *target = comparison->target;
	if (target->goal == GOAL_COMPARATOR)
		return comparison->comparator;
	bool is_above = target->goal == GOAL_BAND
		&& figure->tenths > target->high;
	return target->goal == GOAL_AT_MOST || is_above ? target->high
							: target->low;
}

enum goal_status goal_status(const struct measure *measure,
	const struct evaluate_figure *figure,
	const struct goal_comparison *comparison)
{
	int64_t miss;
	if (measure->polarity == MEASURE_NEUTRAL)
		return GOAL_NEUTRAL;
	if (!goal_miss(figure, comparison, &miss))
		return GOAL_GREY;
	bool is_strict = comparison->target->goal == GOAL_COMPARATOR;
	if (is_strict ? miss < 0 : miss <= 0)
		return GOAL_GREEN;
	int64_t share = llabs(goal_value(figure, comparison));
	return miss * AMBER_SHARE <= share ? GOAL_AMBER : GOAL_RED;
}

enum goal_direction goal_direction(const struct measure *measure,
	const struct evaluate_figure *now, const struct evaluate_figure *before)
{
	if (measure->polarity == MEASURE_NEUTRAL
		|| measure->polarity == MEASURE_BAND || now->symbol[0] != '\0'
		|| before->symbol[0] != '\0')
		return GOAL_UNKNOWN;
	int64_t change = now->tenths - before->tenths;
	int64_t same = measure->unit == MEASURE_COUNT ? SAME_CHILDREN
						      : SAME_POINTS;
	if (llabs(change) < same)
		return GOAL_SAME;
	return (change < 0) == (measure->polarity == MEASURE_LOW) ? GOAL_BETTER
								  : GOAL_WORSE;
}

/* "202324" began on 1 August 2023 (academic); "2024" is the reporting year
 * that ended on 31 March 2024, so it began on 1 April 2023. */
static struct date period_began(struct text period)
{
	int64_t number;
	if (!text_to_int64(period, &number))
		return DATE_NONE;
	if (period.length == 6)
		return date_from((int)(number / 100), 8, 1);
	return period.length == 4 ? date_from((int)number - 1, 4, 1) : DATE_NONE;
}

/* "15.9", "15.92345", "72": tenths, half up. False for a symbol. */
static bool read_tenths(struct text value, int64_t *out_tenths)
{
	struct text fraction;
	struct text whole = text_split(value, '.', &fraction);
	int64_t number, hundredths = 0;
	/* No published percentage or rate is below 0 or over ten million. */
	if (whole.length > 8 || text_starts(whole, TEXT("-"))
		|| !text_to_int64(whole, &number))
		return false;
	for (size_t i = 0; i < 2; i++) {
		char c = i < fraction.length ? fraction.at[i] : '0';
		if (c < '0' || c > '9')
			return false;
		hundredths = hundredths * 10 + (c - '0');
	}
	*out_tenths = number * 10 + (hundredths + 5) / 10;
	return true;
}

bool goal_comparator(struct roll *roll, const struct measure *measure,
	struct date at, struct goal_comparison *comparison,
	const char **out_label, struct fault *fault)
{
	const struct measure_comparator *comparator = &measure->comparator;
	*out_label = "";
	if (comparator->name.length == 0)
		return true;
	struct store_rows *rows;
	if (!store_query(roll->store, store_find(measures_sql, "comparator"),
		    STORE_VALUES(store_text(comparator->indicator),
			    store_text(comparator->area),
			    store_text(comparator->filters)),
		    &rows, fault))
		return false;
	while (!comparison->has_comparator && store_next(rows, fault)) {
		struct text period = store_get_text(rows, 0);
		struct date began = period_began(period);
		if (began.day == 0 || began.day > at.day
			|| !read_tenths(store_get_text(rows, 1),
				&comparison->comparator))
			continue;
		comparison->has_comparator = true;
		*out_label = arena_format(roll->arena,
			TEXT_FORMAT ", " TEXT_FORMAT, TEXT_ARGS(period),
			TEXT_ARGS(store_get_text(rows, 2)));
	}
	store_end(rows);
	return !fault_is_set(fault);
}
