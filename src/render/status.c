/* SPDX-License-Identifier: MIT
 *
 * The tables of looks and symbols, and the shapes.
 *
 * Shapes differ in outline, not only in colour: disc with a tick, triangle,
 * diamond with a bar, ring, plain bar. Symbols are those of the Government
 * Statistical Service as the Department for Education uses them (z, x, c, low,
 * u, k; Explore Education Statistics, 2024).
 */
#include "render/status.h"

#include <string.h>

#include "base/text.h"

static const struct status_look looks[] = {
	[VIEW_GREEN] = {"green", "Green", "Meets target", "●", 0x0B4A2B,
		0xD7EBDD, 0x00703C},
	[VIEW_AMBER] = {"amber", "Amber", "Just misses target", "▲", 0x5A2E00,
		0xFFE3C2, 0xC55A00},
	[VIEW_RED] = {"red", "Red", "Misses target", "◆", 0x6E1A10, 0xF8DAD5,
		0xB31B0F},
	[VIEW_GREY] = {"grey", "Grey", "Not judged", "○", 0x383F43, 0xEBEDEE,
		0x505A5F},
	[VIEW_NEUTRAL] = {"neutral", "", "For information", "–", 0x0B0C0C,
		0xFFFFFF, 0x0B0C0C},
};

static const struct status_way ways[] = {
	[VIEW_BETTER] = {"better", "Better", "→"},
	[VIEW_WORSE] = {"worse", "Worse", "←"},
	[VIEW_SAME] = {"same", "Same", "="},
	[VIEW_UNKNOWN] = {"unknown", "Not known", "?"},
};

static const struct status_symbol symbols[] = {
	{"c", "suppressed because it could identify a child"},
	{"k", "rounds to 0, but is not 0"},
	{"low", "rounds to 0, but is not 0"},
	{"u", "the data loaded do not cover all its days"},
	{"x", "not available"},
	{"z", "not applicable"},
};

const struct status_look *status_look(enum view_status status)
{
	size_t index = (size_t)status;
	return &looks[index < COUNT_OF(looks) ? index : VIEW_GREY];
}

const struct status_way *status_way(enum view_direction direction)
{
	size_t index = (size_t)direction;
	return &ways[index < COUNT_OF(ways) ? index : VIEW_UNKNOWN];
}

const struct status_symbol *status_symbols(size_t *out_count)
{
	*out_count = COUNT_OF(symbols);
	return symbols;
}

const struct status_symbol *status_symbol(const char *text)
{
	for (size_t i = 0; i < COUNT_OF(symbols); i++)
		if (text != NULL && strcmp(text, symbols[i].symbol) == 0)
			return &symbols[i];
	return NULL;
}

/* A point of a shape drawn in a square of 100 by 100. */
static struct canvas_point placed(struct canvas_point at, int32_t size,
	int32_t x, int32_t y)
{
	return (struct canvas_point){at.x + size * x / 100,
		at.y + size * y / 100};
}

static void draw_disc(struct canvas *canvas, struct canvas_point at,
	int32_t size, uint32_t colour)
{
	canvas_disc(canvas, placed(at, size, 50, 50), size / 2,
		&(struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR});
	struct canvas_point tick[] = {placed(at, size, 27, 52),
		placed(at, size, 44, 69), placed(at, size, 74, 34)};
	canvas_path(canvas, tick, COUNT_OF(tick),
		&(struct canvas_pen){.fill = CANVAS_NO_COLOUR,
			.stroke = 0xFFFFFF,
			.width = size * 13 / 100});
}

static void draw_triangle(struct canvas *canvas, struct canvas_point at,
	int32_t size, uint32_t colour)
{
	struct canvas_point corners[] = {placed(at, size, 50, 4),
		placed(at, size, 100, 94), placed(at, size, 0, 94)};
	canvas_shape(canvas, corners, COUNT_OF(corners),
		&(struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR});
	canvas_line(canvas, placed(at, size, 50, 38), placed(at, size, 50, 66),
		&(struct canvas_pen){.fill = CANVAS_NO_COLOUR,
			.stroke = 0xFFFFFF,
			.width = size * 12 / 100});
	canvas_disc(canvas, placed(at, size, 50, 80), size * 7 / 100,
		&(struct canvas_pen){.fill = 0xFFFFFF,
			.stroke = CANVAS_NO_COLOUR});
}

static void draw_diamond(struct canvas *canvas, struct canvas_point at,
	int32_t size, uint32_t colour)
{
	struct canvas_point corners[] = {placed(at, size, 50, -4),
		placed(at, size, 104, 50), placed(at, size, 50, 104),
		placed(at, size, -4, 50)};
	canvas_shape(canvas, corners, COUNT_OF(corners),
		&(struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR});
	canvas_line(canvas, placed(at, size, 26, 50), placed(at, size, 74, 50),
		&(struct canvas_pen){.fill = CANVAS_NO_COLOUR,
			.stroke = 0xFFFFFF,
			.width = size * 14 / 100});
}

static void draw_ring(struct canvas *canvas, struct canvas_point at,
	int32_t size, uint32_t colour)
{
	canvas_disc(canvas, placed(at, size, 50, 50), size * 42 / 100,
		&(struct canvas_pen){.fill = 0xFFFFFF,
			.stroke = colour,
			.width = size * 14 / 100});
}

static void draw_bar(struct canvas *canvas, struct canvas_point at,
	int32_t size, uint32_t colour)
{
	canvas_box(canvas,
		(struct canvas_box){at.x, at.y + size * 42 / 100, size,
			size * 16 / 100},
		&(struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR});
}

void status_draw(struct canvas *canvas, enum view_status status,
	struct canvas_point at, int32_t size)
{
	static void (*const shapes[])(struct canvas *, struct canvas_point,
		int32_t, uint32_t) = {
		[VIEW_GREEN] = draw_disc,
		[VIEW_AMBER] = draw_triangle,
		[VIEW_RED] = draw_diamond,
		[VIEW_GREY] = draw_ring,
		[VIEW_NEUTRAL] = draw_bar,
	};
	const struct status_look *look = status_look(status);
	shapes[look - looks](canvas, at, size, look->mark);
}

void status_draw_way(struct canvas *canvas, enum view_direction direction,
	struct canvas_point at, int32_t size)
{
	/* Strokes of each sign, three points each, in a square of 100. */
	static const int8_t strokes[][3][6] = {
		[VIEW_BETTER] = {{2, 50, 50, 50, 96, 50},
			{58, 16, 96, 50, 58, 84}},
		[VIEW_WORSE] = {{4, 50, 50, 50, 98, 50}, {42, 16, 4, 50, 42, 84}},
		[VIEW_SAME] = {{8, 34, 50, 34, 92, 34}, {8, 66, 50, 66, 92, 66}},
		[VIEW_UNKNOWN] = {{28, 30, 44, 14, 66, 22},
			{66, 22, 66, 44, 48, 62}, {48, 80, 48, 86, 48, 92}},
	};
	size_t index = (size_t)(status_way(direction) - ways);
	for (size_t i = 0; i < COUNT_OF(strokes[0]); i++) {
		const int8_t *s = strokes[index][i];
		if (s[0] == 0 && s[4] == 0)
			continue;
		struct canvas_point line[] = {placed(at, size, s[0], s[1]),
			placed(at, size, s[2], s[3]),
			placed(at, size, s[4], s[5])};
		canvas_path(canvas, line, COUNT_OF(line),
			&(struct canvas_pen){.fill = CANVAS_NO_COLOUR,
				.stroke = 0x0B0C0C,
				.width = size * 14 / 100});
	}
}
