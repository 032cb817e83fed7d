/* SPDX-License-Identifier: MIT
 *
 * Canvas calls as SVG elements. Numbers are tenths, written with one decimal
 * at most.
 */
#include "render/svg.h"

#include <stdlib.h>

#include "render/html.h"
#include "render/words.h"

static void put_length(struct buffer *out, int32_t tenths)
{
	words_whole(out, tenths);
}

static void put_attribute(struct buffer *out, const char *name, int32_t tenths)
{
	buffer_format(out, " %s=\"", name);
	put_length(out, tenths);
	buffer_char(out, '"');
}

static void put_colour(struct buffer *out, const char *name, uint32_t colour)
{
	if (colour == CANVAS_NO_COLOUR)
		buffer_format(out, " %s=\"none\"", name);
	else
		buffer_format(out, " %s=\"#%06x\"", name, (unsigned)colour);
}

static void put_pen(struct buffer *out, const struct canvas_pen *pen)
{
	put_colour(out, "fill", pen->fill);
	if (pen->stroke == CANVAS_NO_COLOUR)
		return;
	put_colour(out, "stroke", pen->stroke);
	put_attribute(out, "stroke-width", pen->width);
	if (pen->dash == CANVAS_DASHED)
		HTML_MARKUP(out, " stroke-dasharray=\"7 4\"");
	else if (pen->dash == CANVAS_DOTTED)
		HTML_MARKUP(out,
			" stroke-dasharray=\"0.1 5\""
			" stroke-linecap=\"round\"");
}

static void svg_box(void *back, struct canvas_box box,
	const struct canvas_pen *pen)
{
	struct buffer *out = back;
	HTML_MARKUP(out, "<rect");
	put_attribute(out, "x", box.x);
	put_attribute(out, "y", box.y);
	put_attribute(out, "width", box.width);
	put_attribute(out, "height", box.height);
	put_pen(out, pen);
	HTML_MARKUP(out, "/>");
}

static void svg_path(void *back, const struct canvas_point *points,
	size_t count, bool is_closed, const struct canvas_pen *pen)
{
	struct buffer *out = back;
	buffer_string(out,
		is_closed ? "<polygon points=\"" : "<polyline points=\"");
	for (size_t i = 0; i < count; i++) {
		buffer_string(out, i == 0 ? "" : " ");
		put_length(out, points[i].x);
		buffer_char(out, ',');
		put_length(out, points[i].y);
	}
	buffer_char(out, '"');
	put_pen(out, pen);
	HTML_MARKUP(out, "/>");
}

static void svg_disc(void *back, struct canvas_point centre, int32_t radius,
	const struct canvas_pen *pen)
{
	struct buffer *out = back;
	HTML_MARKUP(out, "<circle");
	put_attribute(out, "cx", centre.x);
	put_attribute(out, "cy", centre.y);
	put_attribute(out, "r", radius);
	put_pen(out, pen);
	HTML_MARKUP(out, "/>");
}

static void svg_label(void *back, const struct canvas_label *label)
{
	static const char *const anchors[] = {
		[CANVAS_START] = "",
		[CANVAS_MIDDLE] = " text-anchor=\"middle\"",
		[CANVAS_END] = " text-anchor=\"end\"",
	};
	struct buffer *out = back;
	HTML_MARKUP(out, "<text");
	put_attribute(out, "x", label->at.x);
	put_attribute(out, "y", label->at.y);
	put_attribute(out, "font-size", label->size);
	put_colour(out, "fill", label->colour);
	buffer_string(out, anchors[label->anchor]);
	if (label->is_bold)
		HTML_MARKUP(out, " font-weight=\"bold\"");
	buffer_char(out, '>');
	html_text(out, label->text);
	HTML_MARKUP(out, "</text>");
}

static void put_names(struct buffer *out, const struct svg_image *image)
{
	HTML_MARKUP(out, " role=\"img\" aria-labelledby=\"");
	html_text(out, image->id);
	HTML_MARKUP(out, "-title\" aria-describedby=\"");
	html_text(out, image->id);
	HTML_MARKUP(out, "-desc\"><title id=\"");
	html_text(out, image->id);
	HTML_MARKUP(out, "-title\">");
	html_text(out, image->title);
	HTML_MARKUP(out, "</title><desc id=\"");
	html_text(out, image->id);
	HTML_MARKUP(out, "-desc\">");
	html_text(out, image->words);
	HTML_MARKUP(out, "</desc>");
}

struct canvas svg_open(struct buffer *out, const struct svg_image *image)
{
	HTML_MARKUP(out, "<svg xmlns=\"http://www.w3.org/2000/svg\"");
	put_attribute(out, "width", image->width);
	put_attribute(out, "height", image->height);
	HTML_MARKUP(out, " viewBox=\"0 0 ");
	put_length(out, image->width);
	buffer_char(out, ' ');
	put_length(out, image->height);
	HTML_MARKUP(out, "\" class=\"");
	html_text(out, image->class);
	HTML_MARKUP(out, "\" focusable=\"false\"");
	if (words_given(image->id))
		put_names(out, image);
	else
		HTML_MARKUP(out, " aria-hidden=\"true\">");
	return (struct canvas){
		.back = out,
		.box = svg_box,
		.path = svg_path,
		.disc = svg_disc,
		.label = svg_label,
	};
}

void svg_close(const struct canvas *canvas)
{
	struct buffer *out = canvas->back;
	HTML_MARKUP(out, "</svg>");
}
