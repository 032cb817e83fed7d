/* SPDX-License-Identifier: MIT
 *
 * Range and step of a chart's axis.
 */
#include "render/scale.h"

enum { STEPS_WANTED = 5, HUNDRED_PERCENT = 1000 };

struct range {
	bool has_any;
	int64_t low;
	int64_t high;
};

static void take(struct range *range, bool has_value, int64_t tenths)
{
	if (!has_value)
		return;
	if (!range->has_any || tenths < range->low)
		range->low = tenths;
	if (!range->has_any || tenths > range->high)
		range->high = tenths;
	range->has_any = true;
}

static int64_t step_for(int64_t span)
{
	static const int64_t firsts[] = {1, 2, 5};
	for (int64_t power = 1; power < INT64_MAX / 100; power *= 10)
		for (size_t i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++)
			if (firsts[i] * power * STEPS_WANTED >= span)
				return firsts[i] * power;
	return INT64_MAX / 100;
}

static int64_t floor_to(int64_t number, int64_t step)
{
	int64_t rest = number % step;
	return number - (rest < 0 ? rest + step : rest);
}

/* Values between 60 and 70 leave most of a chart from zero empty. */
static bool may_leave_zero(const struct view_measure *measure,
	const struct range *range)
{
	return measure->unit != VIEW_COUNT && range->low > 0
		&& range->low > 4 * (range->high - range->low);
}

struct scale scale_of(const struct view_measure *measure)
{
	struct range range = {0};
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		take(&range, point->has_value, point->tenths);
		take(&range, point->has_target, point->target_tenths);
		take(&range, point->has_comparator, point->comparator_tenths);
	}
	if (!may_leave_zero(measure, &range))
		take(&range, true, 0);
	int64_t smallest = measure->unit == VIEW_COUNT ? 50 : 10;
	int64_t span = range.high - range.low;
	int64_t step = step_for(span < smallest ? smallest : span);
	if (measure->unit == VIEW_COUNT && step < 10)
		step = 10;
	int64_t low = floor_to(range.low, step);
	if (range.low > 0 && low == range.low && low > 0)
		low -= step;
	int64_t high = floor_to(range.high, step) + step;
	if (measure->unit == VIEW_PERCENT && range.high <= HUNDRED_PERCENT
		&& high > HUNDRED_PERCENT && (HUNDRED_PERCENT - low) % step == 0)
		high = HUNDRED_PERCENT;
	return (struct scale){.low = low, .high = high, .step = step};
}

int32_t scale_place(const struct scale *scale, int64_t tenths, int32_t height)
{
	return (int32_t)((tenths - scale->low) * height
		/ (scale->high - scale->low));
}
