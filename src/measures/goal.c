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

bool goal_limits(const struct goal_comparison *comparison,
	struct goal_limits *out_limits)
{
	const struct measure_target *target = comparison->target;
	struct goal_limits limits = {0, 0};
	if (target == NULL || target->goal == GOAL_NONE)
		return false;
	if (target->goal == GOAL_COMPARATOR) {
		limits.low = limits.high = comparison->comparator;
		*out_limits = limits;
		return comparison->has_comparator;
	}
	if (target->goal == GOAL_IMPROVE) {
		limits.low = limits.high = comparison->before;
		*out_limits = limits;
		return comparison->has_before;
	}
	limits = (struct goal_limits){target->low, target->high};
	if (target->has_quarters && comparison->quarter > 0)
		limits.low = limits.high =
			target->quarters[comparison->quarter - 1];
	*out_limits = limits;
	return true;
}

void goal_set_period(struct goal_comparison *comparison,
	const struct evaluate_figure *points, size_t p, struct date at)
{
	enum { A_YEAR = 4 };
	comparison->quarter = period_quarter_of(at);
	comparison->has_before = p >= A_YEAR
		&& points[p - A_YEAR].symbol[0] == '\0';
	comparison->before = comparison->has_before ? points[p - A_YEAR].tenths
						    : 0;
}

/* Whether a value over the limit is on the wrong side. */
static bool is_low_good(const struct measure *measure,
	const struct measure_target *target)
{
	return target->goal == GOAL_AT_MOST || target->goal == GOAL_COMPARATOR
		|| (target->goal == GOAL_IMPROVE
			&& measure->polarity == MEASURE_LOW);
}

bool goal_miss(const struct measure *measure,
	const struct evaluate_figure *figure,
	const struct goal_comparison *comparison, int64_t *out_miss)
{
	struct goal_limits limits;
	if (figure->symbol[0] != '\0' || !goal_limits(comparison, &limits))
		return false;
	const struct measure_target *target = comparison->target;
	int64_t value = figure->tenths;
	bool is_above = target->goal == GOAL_BAND ? value > limits.high
						  : is_low_good(measure, target);
	*out_miss = is_above ? value - limits.high : limits.low - value;
	return true;
}

enum goal_status goal_status(const struct measure *measure,
	const struct evaluate_figure *figure,
	const struct goal_comparison *comparison)
{
	int64_t miss;
	if (measure->polarity == MEASURE_NEUTRAL)
		return GOAL_NEUTRAL;
	struct goal_limits limits;
	if (!goal_miss(measure, figure, comparison, &miss)
		|| !goal_limits(comparison, &limits))
		return GOAL_GREY;
	enum measure_goal goal = comparison->target->goal;
	bool is_strict = goal == GOAL_COMPARATOR || goal == GOAL_IMPROVE;
	if (is_strict ? miss < 0 : miss <= 0)
		return GOAL_GREEN;
	int64_t share = llabs(
		figure->tenths > limits.high ? limits.high : limits.low);
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
