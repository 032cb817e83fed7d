/* SPDX-License-Identifier: MIT
 *
 * The picture of a measure's history.
 *
 * Counts are bars from zero, everything else a line with a marker a quarter.
 * The target is dashed, the comparator dotted, and both are labelled where
 * they end, so that no key has to be looked up and none depends on colour. A
 * quarter without a value is a shaded gap with its symbol: the line breaks
 * there. The latest quarter and the same quarter a year before stand out.
 *
 * A chart never stands alone: chart_words says it in words, and the table of
 * the same quarters (table.h) follows it.
 */
#ifndef KITH_RENDER_CHART_H
#define KITH_RENDER_CHART_H

#include <stdbool.h>

#include "base/arena.h"
#include "render/canvas.h"
#include "render/view.h"

struct chart_look {
	int32_t width; /* in canvas units, as the rest */
	int32_t height;
	int32_t text;   /* size of the letters */
	bool is_narrow; /* labels of the lines above, not beside, the plot */
};

/* Is there anything to draw? */
bool chart_is_worth_drawing(const struct view_measure *measure);

void chart_draw(struct canvas *canvas, const struct view_measure *measure,
	const struct chart_look *look);

/* "CPP2, 2022-23 Q1 to 2024-25 Q1" */
const char *chart_title(const struct view_measure *measure, struct arena *arena);

/* What the chart shows, in sentences. */
const char *chart_words(const struct view_measure *measure, struct arena *arena);

/* "The axis starts at 60%, not at zero."; "" where it starts at zero. */
const char *chart_caution(const struct view_measure *measure,
	struct arena *arena);

#endif
