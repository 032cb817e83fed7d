/* SPDX-License-Identifier: MIT
 *
 * Canvas calls as cairo calls. Tenths of a point become points here and
 * nowhere else.
 */
#include "render/paint.h"

#include "base/buffer.h"
#include "render/clean.h"

static const char FONT[] = "Liberation Sans, Arial, sans-serif";

#ifdef __SANITIZE_ADDRESS__
/* fontconfig 2.14 keeps a few patterns until the process ends. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig\n";
}
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

int paint_to_pango(int32_t tenths)
{
	return (int)((int64_t)tenths * PANGO_SCALE / 10);
}

int32_t paint_from_pango(int units)
{
	return (int32_t)(((int64_t)units * 10 + PANGO_SCALE - 1) / PANGO_SCALE);
}

void paint_colour(cairo_t *cairo, uint32_t colour)
{
	cairo_set_source_rgb(cairo, (double)(colour >> 16 & 0xFF) / 255.0,
		(double)(colour >> 8 & 0xFF) / 255.0,
		(double)(colour & 0xFF) / 255.0);
}

PangoLayout *paint_layout(PangoContext *pango, const char *text, int32_t size,
	PangoWeight weight)
{
	struct buffer clean = {0};
	clean_string(&clean, text);
	PangoLayout *layout = pango_layout_new(pango);
	pango_layout_set_text(layout, clean.bytes == NULL ? "" : clean.bytes,
		(int)clean.length);
	buffer_finish(&clean);
	PangoFontDescription *font = pango_font_description_new();
	pango_font_description_set_family_static(font, FONT);
	pango_font_description_set_weight(font, weight);
	pango_font_description_set_absolute_size(font, paint_to_pango(size));
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	/* A hyphen put where a long word breaks would become part of it. */
	PangoAttrList *attributes = pango_attr_list_new();
	pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
	pango_layout_set_attributes(layout, attributes);
	pango_attr_list_unref(attributes);
	return layout;
}

static double points(int32_t tenths)
{
	return (double)tenths / 10.0;
}

static void finish(cairo_t *cairo, const struct canvas_pen *pen)
{
	static const double dashed[] = {4.2, 2.4}, dotted[] = {0.05, 3.0};
	if (pen->fill != CANVAS_NO_COLOUR) {
		paint_colour(cairo, pen->fill);
		if (pen->stroke == CANVAS_NO_COLOUR)
			cairo_fill(cairo);
		else
			cairo_fill_preserve(cairo);
	}
	if (pen->stroke == CANVAS_NO_COLOUR)
		return;
	paint_colour(cairo, pen->stroke);
	cairo_set_line_width(cairo, points(pen->width));
	cairo_set_line_cap(cairo,
		pen->dash == CANVAS_DOTTED ? CAIRO_LINE_CAP_ROUND
					   : CAIRO_LINE_CAP_BUTT);
	if (pen->dash == CANVAS_DASHED)
		cairo_set_dash(cairo, dashed, 2, 0);
	else if (pen->dash == CANVAS_DOTTED)
		cairo_set_dash(cairo, dotted, 2, 0);
	cairo_stroke(cairo);
	cairo_set_dash(cairo, NULL, 0, 0);
}

static void paint_box(void *back, struct canvas_box box,
	const struct canvas_pen *pen)
{
	struct paint *paint = back;
	cairo_rectangle(paint->cairo, points(paint->origin.x + box.x),
		points(paint->origin.y + box.y), points(box.width),
		points(box.height));
	finish(paint->cairo, pen);
}

static void paint_path(void *back, const struct canvas_point *at, size_t count,
	bool is_closed, const struct canvas_pen *pen)
{
	struct paint *paint = back;
	for (size_t i = 0; i < count; i++)
		cairo_line_to(paint->cairo, points(paint->origin.x + at[i].x),
			points(paint->origin.y + at[i].y));
	if (is_closed)
		cairo_close_path(paint->cairo);
	finish(paint->cairo, pen);
}

static void paint_disc(void *back, struct canvas_point centre, int32_t radius,
	const struct canvas_pen *pen)
{
	static const double whole_turn = 6.283185307179586;
	struct paint *paint = back;
	cairo_new_sub_path(paint->cairo);
	cairo_arc(paint->cairo, points(paint->origin.x + centre.x),
		points(paint->origin.y + centre.y), points(radius), 0,
		whole_turn);
	finish(paint->cairo, pen);
}

static void paint_label(void *back, const struct canvas_label *label)
{
	struct paint *paint = back;
	PangoLayout *layout = paint_layout(paint->pango, label->text, label->size,
		label->is_bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	PangoRectangle extents;
	pango_layout_get_extents(layout, NULL, &extents);
	int32_t width = paint_from_pango(extents.width);
	int32_t shift = label->anchor == CANVAS_START ? 0
		: label->anchor == CANVAS_MIDDLE      ? width / 2
						      : width;
	int32_t rise = paint_from_pango(pango_layout_get_baseline(layout));
	paint_colour(paint->cairo, label->colour);
	cairo_move_to(paint->cairo, points(paint->origin.x + label->at.x - shift),
		points(paint->origin.y + label->at.y - rise));
	pango_cairo_show_layout(paint->cairo, layout);
	cairo_new_path(paint->cairo);
	g_object_unref(layout);
}

struct canvas paint_canvas(struct paint *paint)
{
	return (struct canvas){
		.back = paint,
		.box = paint_box,
		.path = paint_path,
		.disc = paint_disc,
		.label = paint_label,
	};
}
