/* SPDX-License-Identifier: MIT
 *
 * How status, direction and symbols are shown: always a shape and a word, and
 * a colour only beside them.
 *
 * Arrows lie on their side. Forwards is better, backwards is worse; none
 * points up or down, because "up" is good for one measure and bad for the
 * next. Which of them applies was decided by `measures`.
 */
#ifndef KITH_RENDER_STATUS_H
#define KITH_RENDER_STATUS_H

#include <stddef.h>
#include <stdint.h>

#include "render/canvas.h"
#include "render/view.h"

struct status_look {
	const char *name; /* for machines */
	const char *word; /* the colour, in a word; "" where there is none */
	const char *words; /* what it means, where the report says nothing else */
	const char *glyph; /* shape for plain text and spreadsheets */
	uint32_t ink;      /* of the words, on `paper`: contrast 7:1 at least */
	uint32_t paper;
	uint32_t mark; /* of the shape */
};

const struct status_look *status_look(enum view_status status);

struct status_way {
	const char *name;
	const char *word; /* "Better" */
	const char *glyph;
};

const struct status_way *status_way(enum view_direction direction);

/* Draws the shape into the square whose upper left corner is (x, y); all in
 * canvas units. */
void status_draw(struct canvas *canvas, enum view_status status,
	struct canvas_point at, int32_t size);
void status_draw_way(struct canvas *canvas, enum view_direction direction,
	struct canvas_point at, int32_t size);

struct status_symbol {
	const char *symbol;
	const char *words;
};

/* What a symbol means; NULL if `text` is not a symbol. */
const struct status_symbol *status_symbol(const char *text);
const struct status_symbol *status_symbols(size_t *out_count);

#endif
