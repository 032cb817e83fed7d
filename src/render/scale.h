/* SPDX-License-Identifier: MIT
 *
 * Which part of the number line a chart shows, and where its marks stand.
 *
 * All numbers are tenths of the measure's unit. Steps are 1, 2 or 5 times a
 * power of ten.
 */
#ifndef KITH_RENDER_SCALE_H
#define KITH_RENDER_SCALE_H

#include <stdbool.h>
#include <stdint.h>

#include "render/view.h"

struct scale {
	int64_t low;  /* at the foot of the chart; a multiple of step */
	int64_t high; /* at its top; a multiple of step, above low */
	int64_t step; /* at least 1 */
};

/* Holds every value, target and comparator of the measure. Starts from zero,
 * except that a line of percentages, days or means that stay far from zero
 * starts nearer to them; counts always start from zero, because bars lie
 * otherwise. */
struct scale scale_of(const struct view_measure *measure);

/* Height above the foot in a chart `height` high. */
int32_t scale_place(const struct scale *scale, int64_t tenths, int32_t height);

#endif
