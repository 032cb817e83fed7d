/* SPDX-License-Identifier: MIT
 *
 * A drawing surface: rectangles, lines, shapes, text and named groups.
 *
 * Charts and marks are drawn once, on this interface; svg.c turns the calls
 * into SVG for pages and paint.c into PDF. Units are tenths of a pixel (SVG)
 * or of a point (PDF), origin at the upper left, so no floating point is ever
 * formatted. Colours are 0xRRGGBB. Text is given as it came: the back end
 * cleans and escapes it.
 *
 * The canvas knows neither measures nor suppression.
 */
#ifndef KITH_RENDER_CANVAS_H
#define KITH_RENDER_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct canvas_point {
	int32_t x;
	int32_t y;
};

struct canvas_box {
	int32_t x;
	int32_t y;
	int32_t width;
	int32_t height;
};

enum canvas_dash { CANVAS_SOLID, CANVAS_DASHED, CANVAS_DOTTED };

#define CANVAS_NO_COLOUR UINT32_MAX

struct canvas_pen {
	uint32_t fill;   /* CANVAS_NO_COLOUR: not filled */
	uint32_t stroke; /* CANVAS_NO_COLOUR: no outline */
	int32_t width;   /* of the stroke */
	enum canvas_dash dash;
};

enum canvas_anchor { CANVAS_START, CANVAS_MIDDLE, CANVAS_END };

struct canvas_label {
	const char *text;
	struct canvas_point at; /* on the base line */
	int32_t size;
	uint32_t colour;
	enum canvas_anchor anchor;
	bool is_bold;
};

struct canvas {
	void *back;
	void (*box)(void *back, struct canvas_box box,
		const struct canvas_pen *pen);
	/* Joins the points; a closed one is a shape. */
	void (*path)(void *back, const struct canvas_point *points,
		size_t count, bool is_closed, const struct canvas_pen *pen);
	void (*disc)(void *back, struct canvas_point centre, int32_t radius,
		const struct canvas_pen *pen);
	void (*label)(void *back, const struct canvas_label *label);
};

static inline void canvas_box(const struct canvas *canvas,
	struct canvas_box box, const struct canvas_pen *pen)
{
	canvas->box(canvas->back, box, pen);
}

static inline void canvas_path(const struct canvas *canvas,
	const struct canvas_point *points, size_t count,
	const struct canvas_pen *pen)
{
	canvas->path(canvas->back, points, count, false, pen);
}

static inline void canvas_shape(const struct canvas *canvas,
	const struct canvas_point *points, size_t count,
	const struct canvas_pen *pen)
{
	canvas->path(canvas->back, points, count, true, pen);
}

static inline void canvas_line(const struct canvas *canvas,
	struct canvas_point from, struct canvas_point to,
	const struct canvas_pen *pen)
{
	canvas->path(canvas->back, (struct canvas_point[]){from, to}, 2, false,
		pen);
}

static inline void canvas_disc(const struct canvas *canvas,
	struct canvas_point centre, int32_t radius, const struct canvas_pen *pen)
{
	canvas->disc(canvas->back, centre, radius, pen);
}

static inline void canvas_label(const struct canvas *canvas,
	const struct canvas_label *label)
{
	canvas->label(canvas->back, label);
}

#endif
