/* SPDX-License-Identifier: MIT
 *
 * What the two files that draw a chart share: where a quarter and a value lie,
 * and the colours. Each colour that writes has a contrast of 4.5:1 with the
 * paper at least, each that draws what must be seen 3:1 (WCAG 2.2, 1.4.3 and
 * 1.4.11); the grid and the shade of a gap only help.
 */
#ifndef KITH_RENDER_CHART_INSIDE_H
#define KITH_RENDER_CHART_INSIDE_H

#include "base/arena.h"
#include "render/canvas.h"
#include "render/chart.h"
#include "render/scale.h"

enum {
	CHART_INK = 0x0B0C0C,
	CHART_QUIET = 0x484F54,
	CHART_GRID = 0xD8DCDE,
	CHART_AXIS = 0x6B7276,
	CHART_SERIES = 0x1D5F96,
	CHART_PALE = 0x6C95B7,
	CHART_TARGET = 0x0B0C0C,
	CHART_COMPARATOR = 0x7A2F6B,
	CHART_GAP = 0xF0F1F1,
	CHART_PAPER = 0xFFFFFF,
};

struct chart {
	struct canvas *canvas;
	const struct view_measure *measure;
	const struct chart_look *look;
	struct scale scale;
	struct canvas_box plot;
};

/* The parts of the picture that stand still: gaps, grid, names of quarters;
 * and, above all else, the symbols in the gaps. */
void chart_frame(const struct chart *chart, struct arena *arena);
void chart_frame_symbols(const struct chart *chart);

static inline struct canvas_pen chart_line_pen(uint32_t colour, int32_t width)
{
	return (struct canvas_pen){.fill = CANVAS_NO_COLOUR,
		.stroke = colour,
		.width = width};
}

static inline struct canvas_pen chart_fill_pen(uint32_t colour)
{
	return (struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR};
}

/* Widths of lines are designed for letters of 12 pixels. */
static inline int32_t chart_scaled(const struct chart *chart, int32_t width)
{
	return width * chart->look->text / 120;
}

static inline int32_t chart_slot_left(const struct chart *chart, size_t slot)
{
	return chart->plot.x
		+ (int32_t)((int64_t)chart->plot.width * (int64_t)slot
			/ (int64_t)chart->measure->point_count);
}

static inline int32_t chart_slot_centre(const struct chart *chart, size_t slot)
{
	return (chart_slot_left(chart, slot) + chart_slot_left(chart, slot + 1))
		/ 2;
}

static inline int32_t chart_foot(const struct chart *chart)
{
	return chart->plot.y + chart->plot.height;
}

static inline int32_t chart_height_of(const struct chart *chart, int64_t tenths)
{
	return chart_foot(chart)
		- scale_place(&chart->scale, tenths, chart->plot.height);
}

static inline void chart_label(const struct chart *chart, const char *text,
	struct canvas_point at, const struct canvas_label *style)
{
	struct canvas_label whole = *style;
	whole.text = text;
	whole.at = at;
	if (whole.size == 0)
		whole.size = chart->look->text;
	canvas_label(chart->canvas, &whole);
}

#endif
