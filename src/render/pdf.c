/* SPDX-License-Identifier: MIT
 *
 * Pages, text, tags and marks of a PDF.
 */
#include "render/pdf.h"

#include <cairo-pdf.h>

#include "render/clean.h"
#include "render/paint.h"
#include "render/words.h"

struct pdf {
	struct arena *arena;
	const struct pdf_about *about;
	struct pdf_plan *plan;
	enum pdf_run run;
	struct buffer *out;
	cairo_surface_t *surface;
	PangoFontMap *fonts;
	struct paint paint;
	struct canvas canvas;
	int page;
	int32_t y;
	uint32_t ink;
};

struct look {
	int32_t size;
	PangoWeight weight;
	int32_t after; /* room below a paragraph */
	uint32_t ink;
};

static const struct look looks[PDF_STYLES] = {
	[PDF_BODY] = {95, PANGO_WEIGHT_NORMAL, 60, 0x0B0C0C},
	[PDF_LEAD] = {110, PANGO_WEIGHT_NORMAL, 90, 0x0B0C0C},
	[PDF_BOLD] = {95, PANGO_WEIGHT_BOLD, 40, 0x0B0C0C},
	[PDF_QUIET] = {95, PANGO_WEIGHT_NORMAL, 40, 0x484F54},
	[PDF_SMALL] = {82, PANGO_WEIGHT_NORMAL, 40, 0x0B0C0C},
	[PDF_SMALL_BOLD] = {82, PANGO_WEIGHT_BOLD, 40, 0x0B0C0C},
	[PDF_FINE] = {72, PANGO_WEIGHT_NORMAL, 30, 0x484F54},
	[PDF_H1] = {240, PANGO_WEIGHT_BOLD, 160, 0x0B0C0C},
	[PDF_H2] = {160, PANGO_WEIGHT_BOLD, 90, 0x0B0C0C},
	[PDF_H3] = {115, PANGO_WEIGHT_BOLD, 60, 0x0B0C0C},
	[PDF_BIG] = {270, PANGO_WEIGHT_BOLD, 30, 0x0B0C0C},
};

static cairo_status_t take_bytes(void *closure, const unsigned char *bytes,
	unsigned length)
{
	struct pdf *pdf = closure;
	if (pdf->run == PDF_FINAL)
		buffer_add(pdf->out, (struct text){(const char *)bytes, length});
	return CAIRO_STATUS_SUCCESS;
}

static void close_pdf(void *thing)
{
	struct pdf *pdf = thing;
	g_object_unref(pdf->paint.pango);
	g_object_unref(pdf->fonts);
	cairo_destroy(pdf->paint.cairo);
	cairo_surface_destroy(pdf->surface);
}

static const char *cleaned(struct arena *arena, const char *text)
{
	struct buffer out = {0};
	clean_string(&out, text);
	const char *string = arena_string(arena, buffer_text(&out));
	buffer_finish(&out);
	return string;
}

static void set_about(struct pdf *pdf)
{
	struct date made = pdf->about->made;
	if (date_is_none(made))
		made = date_from(2000, 1, 1);
	char day[DATE_TEXT];
	date_write(made, day);
	const char *stamp = arena_format(pdf->arena, "%sT00:00:00Z", day);
	const struct {
		cairo_pdf_metadata_t key;
		const char *value;
	} facts[] = {
		{CAIRO_PDF_METADATA_TITLE, pdf->about->title},
		{CAIRO_PDF_METADATA_SUBJECT, pdf->about->subject},
		{CAIRO_PDF_METADATA_CREATOR, "kith"},
		{CAIRO_PDF_METADATA_CREATE_DATE, stamp},
		{CAIRO_PDF_METADATA_MOD_DATE, stamp},
	};
	for (size_t i = 0; i < COUNT_OF(facts); i++)
		cairo_pdf_surface_set_metadata(pdf->surface, facts[i].key,
			cleaned(pdf->arena, facts[i].value));
}

/* Shapes as designed, wherever it is drawn: no fitting to pixels. */
static void set_fonts(struct pdf *pdf)
{
	pdf->fonts = pango_cairo_font_map_new();
	pdf->paint.pango = pango_font_map_create_context(pdf->fonts);
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	pango_cairo_context_set_font_options(pdf->paint.pango, options);
	cairo_font_options_destroy(options);
	pango_context_set_language(pdf->paint.pango,
		pango_language_from_string("en-gb"));
	pango_context_set_round_glyph_positions(pdf->paint.pango, FALSE);
}

struct pdf *pdf_open(struct arena *arena, const struct pdf_about *about,
	struct pdf_plan *plan, enum pdf_run run, struct buffer *out)
{
	struct pdf *pdf = arena_new(arena, sizeof *pdf);
	*pdf = (struct pdf){.arena = arena,
		.about = about,
		.plan = plan,
		.run = run,
		.out = out,
		.page = 1,
		.y = PDF_TOP,
		.ink = CANVAS_NO_COLOUR};
	pdf->surface = cairo_pdf_surface_create_for_stream(take_bytes, pdf,
		PDF_WIDTH / 10.0, PDF_HEIGHT / 10.0);
	pdf->paint.cairo = cairo_create(pdf->surface);
	set_fonts(pdf);
	pdf->canvas = paint_canvas(&pdf->paint);
	arena_on_close(arena, close_pdf, pdf);
	set_about(pdf);
	pdf_tag(pdf, "Document");
	return pdf;
}

static void draw_footer(struct pdf *pdf)
{
	int32_t y = PDF_HEIGHT - PDF_BOTTOM + 220;
	canvas_box(&pdf->canvas,
		(struct canvas_box){PDF_MARGIN, y - 60, PDF_INSIDE, 5},
		&(struct canvas_pen){.fill = 0xC4C9CC,
			.stroke = CANVAS_NO_COLOUR});
	pdf_draw(pdf, (struct canvas_point){PDF_MARGIN, y},
		&(struct pdf_text){.text = pdf->about->footer,
			.style = PDF_FINE,
			.width = PDF_INSIDE * 4 / 5,
			.height = 200});
	const char *number = arena_format(pdf->arena, "Page %d of %d",
		pdf->page, pdf->plan->page_count);
	pdf_draw(pdf, (struct canvas_point){PDF_MARGIN + PDF_INSIDE * 4 / 5, y},
		&(struct pdf_text){.text = number,
			.style = PDF_FINE,
			.width = PDF_INSIDE / 5,
			.is_right = true});
}

bool pdf_end(struct pdf *pdf, struct fault *fault)
{
	draw_footer(pdf);
	pdf_tag_end(pdf, "Document");
	if (pdf->run == PDF_DRAFT)
		pdf->plan->page_count = pdf->page;
	cairo_status_t status = cairo_status(pdf->paint.cairo);
	cairo_surface_finish(pdf->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(pdf->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	fault_set(fault, FAULT_SYSTEM, "could not write a PDF");
	return fault_detail(fault, "%s", cairo_status_to_string(status));
}

struct canvas *pdf_canvas(struct pdf *pdf)
{
	return &pdf->canvas;
}

void pdf_chart(struct pdf *pdf, const struct view_measure *measure,
	const struct chart_look *look)
{
	pdf->paint.origin = (struct canvas_point){PDF_MARGIN, pdf->y};
	if (pdf->run == PDF_FINAL)
		chart_draw(&pdf->canvas, measure, look);
	pdf->paint.origin = (struct canvas_point){0, 0};
}

int32_t pdf_y(const struct pdf *pdf)
{
	return pdf->y;
}

void pdf_go(struct pdf *pdf, int32_t down)
{
	pdf->y += down;
}

void pdf_next_page(struct pdf *pdf)
{
	if (pdf->y == PDF_TOP)
		return;
	draw_footer(pdf);
	cairo_show_page(pdf->paint.cairo);
	pdf->page++;
	pdf->y = PDF_TOP;
}

void pdf_need(struct pdf *pdf, int32_t height)
{
	if (pdf->y + height > PDF_HEIGHT - PDF_BOTTOM)
		pdf_next_page(pdf);
}

void pdf_tag(struct pdf *pdf, const char *tag)
{
	if (pdf->run == PDF_FINAL)
		cairo_tag_begin(pdf->paint.cairo, tag, NULL);
}

void pdf_tag_end(struct pdf *pdf, const char *tag)
{
	if (pdf->run == PDF_FINAL)
		cairo_tag_end(pdf->paint.cairo, tag);
}

void pdf_mark(struct pdf *pdf, int mark, const char *title)
{
	if (pdf->run == PDF_DRAFT) {
		if (mark >= 0 && mark < PDF_MARKS)
			pdf->plan->pages[mark] = pdf->page;
		return;
	}
	const char *place = arena_format(pdf->arena, "name='mark-%d'", mark);
	cairo_tag_begin(pdf->paint.cairo, CAIRO_TAG_DEST, place);
	cairo_tag_end(pdf->paint.cairo, CAIRO_TAG_DEST);
	cairo_pdf_surface_add_outline(pdf->surface, CAIRO_PDF_OUTLINE_ROOT,
		cleaned(pdf->arena, words_or(title, "Measure")),
		arena_format(pdf->arena, "dest='mark-%d'", mark), 0);
}

void pdf_link(struct pdf *pdf, int mark)
{
	if (pdf->run == PDF_FINAL)
		cairo_tag_begin(pdf->paint.cairo, CAIRO_TAG_LINK,
			arena_format(pdf->arena, "dest='mark-%d'", mark));
}

void pdf_link_end(struct pdf *pdf)
{
	if (pdf->run == PDF_FINAL)
		cairo_tag_end(pdf->paint.cairo, CAIRO_TAG_LINK);
}

int pdf_page_of(const struct pdf *pdf, int mark)
{
	return mark >= 0 && mark < PDF_MARKS ? pdf->plan->pages[mark] : 0;
}

static PangoLayout *lay(struct pdf *pdf, const struct pdf_text *text)
{
	const struct look *look = &looks[text->style];
	PangoLayout *layout = paint_layout(pdf->paint.pango, text->text,
		look->size, look->weight);
	pango_layout_set_width(layout, paint_to_pango(text->width));
	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_line_spacing(layout, 1.12f);
	if (text->is_right)
		pango_layout_set_alignment(layout, PANGO_ALIGN_RIGHT);
	if (text->height > 0) {
		pango_layout_set_height(layout, paint_to_pango(text->height));
		pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
	}
	return layout;
}

static int32_t height_of(PangoLayout *layout)
{
	PangoRectangle extents;
	pango_layout_get_extents(layout, NULL, &extents);
	return paint_from_pango(extents.height);
}

void pdf_ink(struct pdf *pdf, uint32_t colour)
{
	pdf->ink = colour;
}

static void set_ink(struct pdf *pdf, enum pdf_style style)
{
	paint_colour(pdf->paint.cairo,
		pdf->ink == CANVAS_NO_COLOUR ? looks[style].ink : pdf->ink);
}

int32_t pdf_height(struct pdf *pdf, const struct pdf_text *text)
{
	PangoLayout *layout = lay(pdf, text);
	int32_t height = height_of(layout);
	g_object_unref(layout);
	return height;
}

int32_t pdf_draw(struct pdf *pdf, struct canvas_point at,
	const struct pdf_text *text)
{
	if (pdf->run == PDF_DRAFT)
		return pdf_height(pdf, text);
	PangoLayout *layout = lay(pdf, text);
	set_ink(pdf, text->style);
	cairo_move_to(pdf->paint.cairo, at.x / 10.0, at.y / 10.0);
	pango_cairo_show_layout(pdf->paint.cairo, layout);
	cairo_new_path(pdf->paint.cairo);
	int32_t height = height_of(layout);
	g_object_unref(layout);
	return height;
}

static void draw_line(struct pdf *pdf, struct canvas_point at,
	PangoLayoutLine *line)
{
	cairo_move_to(pdf->paint.cairo, (PDF_MARGIN + at.x) / 10.0, at.y / 10.0);
	pango_cairo_show_layout_line(pdf->paint.cairo, line);
	cairo_new_path(pdf->paint.cairo);
}

/* Line by line, so that a long paragraph goes on on the next page. */
static void draw_lines(struct pdf *pdf, PangoLayout *layout, enum pdf_style style)
{
	PangoLayoutIter *iterator = pango_layout_get_iter(layout);
	bool has_more = true;
	while (has_more) {
		PangoRectangle extents;
		pango_layout_iter_get_line_extents(iterator, NULL, &extents);
		int32_t height = paint_from_pango(extents.height);
		int32_t rise = paint_from_pango(
			pango_layout_iter_get_baseline(iterator) - extents.y);
		pdf_need(pdf, height);
		set_ink(pdf, style);
		if (pdf->run == PDF_FINAL)
			draw_line(pdf,
				(struct canvas_point){paint_from_pango(extents.x),
					pdf->y + rise},
				pango_layout_iter_get_line_readonly(iterator));
		pdf->y += height;
		has_more = pango_layout_iter_next_line(iterator);
	}
	pango_layout_iter_free(iterator);
}

int32_t pdf_paragraph_height(struct pdf *pdf, enum pdf_style style,
	const char *text)
{
	return pdf_height(pdf,
		       &(struct pdf_text){.text = text,
			       .style = style,
			       .width = PDF_INSIDE})
		+ looks[style].after;
}

void pdf_paragraph(struct pdf *pdf, const char *tag, enum pdf_style style,
	const char *text)
{
	/* A heading stays with some of what it heads. */
	enum { WITH_HEADING = 900 };
	PangoLayout *layout = lay(pdf,
		&(struct pdf_text){.text = text,
			.style = style,
			.width = PDF_INSIDE});
	if (tag[0] == 'H')
		pdf_need(pdf, height_of(layout) + WITH_HEADING);
	pdf_tag(pdf, tag);
	draw_lines(pdf, layout, style);
	pdf_tag_end(pdf, tag);
	pdf->y += looks[style].after;
	g_object_unref(layout);
}
