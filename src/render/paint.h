/* SPDX-License-Identifier: MIT
 *
 * A canvas that paints with cairo, for the PDF.
 *
 * Text goes through pango, so that it is shaped, ordered from right to left
 * where it must be, and can be selected in the document.
 */
#ifndef KITH_RENDER_PAINT_H
#define KITH_RENDER_PAINT_H

#include <cairo.h>
#include <pango/pangocairo.h>

#include "render/canvas.h"

struct paint {
	cairo_t *cairo;
	PangoContext *pango;
	struct canvas_point origin; /* of the drawing on the page */
};

struct canvas paint_canvas(struct paint *paint);

void paint_colour(cairo_t *cairo, uint32_t colour);

/* A layout of cleaned text in Liberation Sans or what is nearest; to be
 * released with g_object_unref. Size in tenths of a point. */
PangoLayout *paint_layout(PangoContext *pango, const char *text, int32_t size,
	PangoWeight weight);

/* Tenths of a point to pango's units, and back (rounded up). */
int paint_to_pango(int32_t tenths);
int32_t paint_from_pango(int units);

#endif
