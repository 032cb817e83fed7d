/* SPDX-License-Identifier: MIT
 *
 * A canvas that writes inline SVG.
 *
 * cairo's own SVG turns each letter into an outline that nobody can select or
 * hear; here text stays text. A drawing is either an image with a title and a
 * description, or hidden from screen readers because the words beside it say
 * the same.
 */
#ifndef KITH_RENDER_SVG_H
#define KITH_RENDER_SVG_H

#include "base/buffer.h"
#include "render/canvas.h"

struct svg_image {
	const char *id;    /* unique on the page; "" for a mark without words */
	const char *title; /* with an id: the accessible name */
	const char *words; /* with an id: the long description */
	const char *class;
	int32_t width;
	int32_t height;
};

/* Writes <svg ...> and returns a canvas that draws into it. */
struct canvas svg_open(struct buffer *out, const struct svg_image *image);
void svg_close(const struct canvas *canvas);

#endif
