/* SPDX-License-Identifier: MIT
 *
 * One measure's section of the HTML report; one page when printed.
 */
#include "render/report_html-inside.h"

#include "base/embedded.h"
#include "render/chart.h"
#include "render/html.h"
#include "render/status.h"
#include "render/svg.h"
#include "render/words.h"

extern const struct embedded render_styles[];

/* The chart twice, for wide and narrow screens; a style rule shows one. */
static const struct chart_look wide = {.width = 10400, .height = 3600, .text = 140};
static const struct chart_look narrow = {.width = 3580,
	.height = 3000,
	.text = 110,
	.is_narrow = true};

void report_html_style(struct buffer *out)
{
	buffer_add(out,
		(struct text){render_styles[0].text, render_styles[0].length});
}

static void write_value(struct buffer *out, const struct view_measure *measure,
	struct arena *arena)
{
	HTML_MARKUP(out, "<div><h3>Value</h3>");
	const char *meaning = words_symbol(measure);
	if (words_given(meaning)) {
		HTML_MARKUP(out, "<p class=\"symbol\">");
		html_text(out, words_value(arena, measure));
	} else {
		HTML_MARKUP(out, "<p class=\"big\">");
		html_text(out, words_value(arena, measure));
	}
	HTML_MARKUP(out, "</p>");
	if (words_given(measure->numerator))
		HTML_ELEMENT(out, "p", words_fraction_in_full(arena, measure));
	HTML_MARKUP(out, "</div>\n");
}

static void write_panel(struct buffer *out, const struct view_measure *measure,
	struct arena *arena)
{
	HTML_MARKUP(out, "<div class=\"panel\">\n");
	write_value(out, measure, arena);
	HTML_MARKUP(out, "<div><h3>Against target</h3>");
	report_html_status(out,
		&(struct table_cell){.text = words_status(measure),
			.status = measure->status});
	if (words_given(measure->against_target))
		HTML_ELEMENT(out, "p", measure->against_target);
	HTML_MARKUP(out, "<p>Target: ");
	html_text(out, words_or(measure->target, "none set"));
	HTML_MARKUP(out,
		"</p></div>\n"
		"<div><h3>Against the same period last year</h3>");
	report_html_way(out,
		&(struct table_cell){.text = words_direction(measure),
			.direction = measure->direction});
	if (words_given(measure->change))
		HTML_ELEMENT(out, "p", measure->change);
	HTML_MARKUP(out, "<p>");
	html_text(out, words_or(measure->previous_label, "Last year"));
	HTML_MARKUP(out, ": ");
	html_text(out, words_explained(arena, measure->previous));
	HTML_MARKUP(out, "</p></div>\n</div>\n");
}

static void write_chart(struct buffer *out, const struct view_measure *measure,
	size_t number)
{
	if (!chart_is_worth_drawing(measure))
		return;
	struct arena *arena = arena_open();
	const struct chart_look *looks[] = {&wide, &narrow};
	HTML_MARKUP(out, "<figure>\n<figcaption><bdi>");
	html_text(out, chart_title(measure, arena));
	HTML_MARKUP(out, "</bdi> <span>");
	html_text(out, chart_caution(measure, arena));
	HTML_MARKUP(out, "</span></figcaption>\n");
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		bool is_narrow = looks[i]->is_narrow;
		struct svg_image image = {
			.id = arena_format(arena, "chart-%zu-%s", number,
				is_narrow ? "narrow" : "wide"),
			.title = chart_title(measure, arena),
			.words = chart_words(measure, arena),
			.class = is_narrow ? "chart narrow" : "chart wide",
			.width = looks[i]->width,
			.height = looks[i]->height,
		};
		struct canvas canvas = svg_open(out, &image);
		chart_draw(&canvas, measure, looks[i]);
		svg_close(&canvas);
		HTML_MARKUP(out, "\n");
	}
	HTML_MARKUP(out, "</figure>\n");
	arena_close(arena);
}

static void write_facts(struct buffer *out, const struct view_measure *measure,
	struct arena *arena)
{
	size_t count;
	const struct table_fact *facts = table_facts(measure, arena, &count);
	HTML_MARKUP(out,
		"<h3>Definition and facts</h3>\n"
		"<dl class=\"list\">\n");
	for (size_t i = 0; i < count; i++) {
		HTML_MARKUP(out, "<div><dt>");
		html_text(out, facts[i].label);
		HTML_MARKUP(out, "</dt><dd>");
		report_html_cell(out, &facts[i].said);
		HTML_MARKUP(out, "</dd></div>\n");
	}
	HTML_MARKUP(out, "</dl>\n");
}

static void write_commentary(struct buffer *out,
	const struct view_measure *measure)
{
	struct table_fact slots[TABLE_SLOTS];
	table_commentary(measure, slots);
	HTML_MARKUP(out, "<h3>Commentary</h3>\n<dl class=\"slots\">\n");
	for (size_t i = 0; i < TABLE_SLOTS; i++) {
		HTML_MARKUP(out, "<div><dt>");
		html_text(out, slots[i].label);
		HTML_MARKUP(out, "</dt>");
		if (words_given(slots[i].said.text))
			HTML_ELEMENT(out, "dd", slots[i].said.text);
		else
			HTML_MARKUP(out,
				"<dd class=\"empty\">Not written yet"
				"</dd>\n");
		HTML_MARKUP(out, "</div>\n");
	}
	HTML_MARKUP(out, "</dl>\n");
}

static void write_tables(struct buffer *out, const struct view_measure *measure,
	struct arena *arena)
{
	struct table table = table_quarters(measure, arena);
	report_html_table(out, &table, REPORT_HTML_LAST_STRONG);
	if (measure->breakdown_count == 0)
		return;
	HTML_MARKUP(out, "<details class=\"breakdowns\">\n<summary>");
	html_text(out, measure->id);
	HTML_MARKUP(out, " broken down</summary>\n");
	for (size_t i = 0; i < measure->breakdown_count; i++) {
		table = table_breakdown(measure, &measure->breakdowns[i], arena);
		report_html_table(out, &table, REPORT_HTML_ALL_EQUAL);
	}
	HTML_MARKUP(out, "</details>\n");
}

void report_html_measure(struct buffer *out, const struct view_measure *measure,
	size_t number)
{
	struct arena *arena = arena_open();
	HTML_MARKUP(out, "<section class=\"measure\" aria-labelledby=\"measure-");
	html_number(out, (int64_t)number);
	HTML_MARKUP(out, "\">\n<h2 id=\"measure-");
	html_number(out, (int64_t)number);
	HTML_MARKUP(out, "\"><bdi class=\"id\">");
	html_text(out, measure->id);
	HTML_MARKUP(out, "</bdi> <bdi>");
	html_text(out, measure->title);
	HTML_MARKUP(out, "</bdi></h2>\n");
	if (words_given(measure->definition)) {
		HTML_MARKUP(out, "<p class=\"lead\">");
		html_text(out, measure->definition);
		HTML_MARKUP(out, "</p>\n");
	}
	write_panel(out, measure, arena);
	write_chart(out, measure, number);
	write_facts(out, measure, arena);
	write_tables(out, measure, arena);
	write_commentary(out, measure);
	if (measure->note_count > 0)
		HTML_MARKUP(out, "<h3>Notes</h3>\n");
	report_html_notes(out, measure->notes, measure->note_count);
	HTML_MARKUP(out,
		"<p class=\"back\"><a href=\"#contents\">Back to"
		" contents</a></p>\n</section>\n");
	arena_close(arena);
}
