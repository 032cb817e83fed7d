/* SPDX-License-Identifier: MIT
 *
 * The report as one HTML page that needs nothing else: no script, no file from
 * elsewhere, its own style sheet and drawings inside.
 *
 * It is written so that an XML parser reads it too, which is how the tests
 * check it. Landmarks: header, main, navigation, footer; one h1; a section a
 * measure. Wide tables scroll in a region that the keyboard can reach; the
 * summary becomes cards on a narrow screen and says its roles itself, because
 * some browsers forget them when a table is not laid out as one.
 */
#include "render/report.h"

#include "render/html.h"
#include "render/report-inside.h"
#include "render/report_html-inside.h"
#include "render/status.h"
#include "render/svg.h"
#include "render/words.h"

enum { MARK_SIZE = 160 };

void report_html_status(struct buffer *out, const struct table_cell *cell)
{
	const struct status_look *look = status_look(cell->status);
	HTML_MARKUP(out, "<strong class=\"tag ");
	html_text(out, look->name);
	HTML_MARKUP(out, "\">");
	struct canvas mark = svg_open(out,
		&(struct svg_image){.class = "mark",
			.width = MARK_SIZE,
			.height = MARK_SIZE});
	status_draw(&mark, cell->status, (struct canvas_point){8, 8},
		MARK_SIZE - 16);
	svg_close(&mark);
	HTML_MARKUP(out, "<span>");
	if (words_given(look->word)) {
		html_text(out, look->word);
		HTML_MARKUP(out, ": ");
	}
	html_text(out, cell->text);
	HTML_MARKUP(out, "</span></strong>");
}

void report_html_way(struct buffer *out, const struct table_cell *cell)
{
	HTML_MARKUP(out, "<span class=\"way\">");
	struct canvas mark = svg_open(out,
		&(struct svg_image){.class = "mark",
			.width = MARK_SIZE,
			.height = MARK_SIZE});
	status_draw_way(&mark, cell->direction, (struct canvas_point){8, 8},
		MARK_SIZE - 16);
	svg_close(&mark);
	HTML_MARKUP(out, "<span>");
	html_text(out, cell->text);
	HTML_MARKUP(out, "</span></span>");
}

void report_html_cell(struct buffer *out, const struct table_cell *cell)
{
	if (cell->link > 0) {
		HTML_MARKUP(out, "<a href=\"#measure-");
		html_number(out, (int64_t)cell->link);
		HTML_MARKUP(out, "\">");
	}
	if (cell->mark == TABLE_STATUS) {
		report_html_status(out, cell);
	} else if (cell->mark == TABLE_DIRECTION) {
		report_html_way(out, cell);
	} else {
		HTML_MARKUP(out, "<bdi>");
		html_text(out, cell->text);
		HTML_MARKUP(out, "</bdi>");
	}
	if (cell->link > 0)
		HTML_MARKUP(out, "</a>");
	if (words_given(cell->more)) {
		HTML_MARKUP(out, " <span class=\"more\"><bdi>");
		html_text(out, cell->more);
		HTML_MARKUP(out, "</bdi></span>");
	}
}

static void table_head(struct buffer *out, const struct table *table)
{
	HTML_MARKUP(out, "<thead role=\"rowgroup\">\n<tr role=\"row\">");
	for (size_t c = 0; c < table->column_count; c++) {
		HTML_MARKUP(out, "<th scope=\"col\" role=\"columnheader\"");
		if (table->columns[c].is_number)
			HTML_MARKUP(out, " class=\"number\"");
		HTML_MARKUP(out, ">");
		html_text(out, table->columns[c].title);
		HTML_MARKUP(out, "</th>");
	}
	HTML_MARKUP(out, "</tr>\n</thead>\n");
}

static void table_row(struct buffer *out, const struct table *table, size_t row)
{
	HTML_MARKUP(out, "<th scope=\"row\" role=\"rowheader\">");
	report_html_cell(out, table_cell_at(table, row, 0));
	HTML_MARKUP(out, "</th>");
	for (size_t c = 1; c < table->column_count; c++) {
		HTML_MARKUP(out, "<td role=\"cell\" data-label=\"");
		html_text(out, table->columns[c].title);
		HTML_MARKUP(out, "\"");
		bool is_number = table->columns[c].is_number;
		if (is_number && c == 1)
			HTML_MARKUP(out, " class=\"number value\"");
		else if (is_number)
			HTML_MARKUP(out, " class=\"number\"");
		HTML_MARKUP(out, ">");
		report_html_cell(out, table_cell_at(table, row, c));
		HTML_MARKUP(out, "</td>");
	}
	HTML_MARKUP(out, "</tr>\n");
}

static void table_body(struct buffer *out, const struct table *table,
	bool is_last_strong)
{
	HTML_MARKUP(out, "<caption>");
	html_text(out, table->caption);
	HTML_MARKUP(out, "</caption>\n");
	table_head(out, table);
	HTML_MARKUP(out, "<tbody role=\"rowgroup\">\n");
	for (size_t r = 0; r < table->row_count; r++) {
		bool is_last = is_last_strong && r + 1 == table->row_count;
		if (is_last)
			HTML_MARKUP(out, "<tr role=\"row\" class=\"last\">");
		else
			HTML_MARKUP(out, "<tr role=\"row\">");
		table_row(out, table, r);
	}
	HTML_MARKUP(out, "</tbody>\n</table>\n");
}

void report_html_table(struct buffer *out, const struct table *table,
	enum report_html_rows rows)
{
	if (table->row_count == 0)
		return;
	HTML_MARKUP(out,
		"<div class=\"scroll\" role=\"region\" tabindex=\"0\""
		" aria-label=\"");
	html_text(out, table->caption);
	HTML_MARKUP(out, "\">\n<table role=\"table\">\n");
	table_body(out, table, rows == REPORT_HTML_LAST_STRONG);
	HTML_MARKUP(out, "</div>\n");
	if (words_given(table->note))
		HTML_ELEMENT(out, "p", table->note);
}

void report_html_notes(struct buffer *out, const char *const *notes, size_t count)
{
	if (count == 0)
		return;
	HTML_MARKUP(out, "<ul class=\"notes\">\n");
	for (size_t i = 0; i < count; i++)
		HTML_ELEMENT(out, "li", notes[i]);
	HTML_MARKUP(out, "</ul>\n");
}

static void fact(struct buffer *out, const char *label, const char *text)
{
	if (!words_given(text))
		return;
	HTML_MARKUP(out, "<div><dt>");
	html_text(out, label);
	HTML_MARKUP(out, "</dt>");
	HTML_ELEMENT(out, "dd", text);
	HTML_MARKUP(out, "</div>\n");
}

static void write_head(struct buffer *out, const struct view_report *report)
{
	HTML_MARKUP(out,
		"<!DOCTYPE html>\n<html lang=\"en-GB\""
		" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
		"<meta charset=\"utf-8\"/>\n<meta name=\"viewport\""
		" content=\"width=device-width, initial-scale=1\"/>\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\""
		"default-src 'none'; style-src 'unsafe-inline'\"/>\n<title>");
	html_text(out, report->title);
	HTML_MARKUP(out, ", ");
	html_text(out, report->period);
	HTML_MARKUP(out, " - ");
	html_text(out, report->authority);
	HTML_MARKUP(out, "</title>\n<style>\n");
	report_html_style(out);
	HTML_MARKUP(out,
		"</style>\n</head>\n<body>\n"
		"<a class=\"skip\" href=\"#main\">Skip to main content</a>\n"
		"<header><div class=\"width\"><bdi>");
	html_text(out, report->authority);
	HTML_MARKUP(out, "</bdi></div></header>\n");
}

static void write_title(struct buffer *out, const struct view_report *report)
{
	HTML_MARKUP(out, "<div class=\"title\">\n<h1><span class=\"period\">");
	html_text(out, report->period);
	HTML_MARKUP(out, "</span> ");
	html_text(out, report->title);
	HTML_MARKUP(out, "</h1>\n<dl class=\"list\">\n");
	fact(out, "Authority", report->authority);
	fact(out, "Period", report->period);
	fact(out, "As at", report->as_at);
	fact(out, "Edition", report->edition);
	HTML_MARKUP(out, "</dl>\n</div>\n");
}

static void glance_item(struct buffer *out, enum view_status status, int64_t count)
{
	const struct status_look *look = status_look(status);
	HTML_MARKUP(out, "<li class=\"");
	html_text(out, look->name);
	HTML_MARKUP(out, "\"><b>");
	html_number(out, count);
	HTML_MARKUP(out, "</b> ");
	struct canvas mark = svg_open(out,
		&(struct svg_image){.class = "mark",
			.width = MARK_SIZE,
			.height = MARK_SIZE});
	status_draw(&mark, status, (struct canvas_point){8, 8}, MARK_SIZE - 16);
	svg_close(&mark);
	html_text(out, look->word);
	html_text(out, look->word[0] == '\0' ? "" : ": ");
	html_text(out, look->words);
	HTML_MARKUP(out, "</li>\n");
}

/* How many measures have each status: a count of rows, so nothing can be
 * learnt from it that the rows do not show. */
static void write_glance(struct buffer *out, const struct view_report *report)
{
	static const enum view_status order[] = {VIEW_GREEN, VIEW_AMBER,
		VIEW_RED, VIEW_GREY, VIEW_NEUTRAL};
	if (report->measure_count == 0)
		return;
	HTML_MARKUP(out, "<ul class=\"glance\">\n");
	for (size_t s = 0; s < COUNT_OF(order); s++) {
		int64_t count = 0;
		for (size_t i = 0; i < report->measure_count; i++)
			count += report->measures[i].status == order[s];
		if (count > 0)
			glance_item(out, order[s], count);
	}
	HTML_MARKUP(out, "</ul>\n");
}

/* The summary leads to each measure, so the contents need not: with fifty of
 * them a list here would push the summary off the first screen. */
static void write_contents(struct buffer *out, const struct view_report *report)
{
	HTML_MARKUP(out,
		"<nav aria-labelledby=\"contents\">\n"
		"<h2 id=\"contents\">Contents</h2>\n<ol>\n"
		"<li><a href=\"#summary\">Summary, with a link to each"
		" measure</a></li>\n"
		"<li><a href=\"#exceptions\">Exceptions</a></li>\n");
	if (report->measure_count > 0)
		HTML_MARKUP(out,
			"<li><a href=\"#measure-1\">The measures, one"
			" by one</a></li>\n");
	HTML_MARKUP(out,
		"<li><a href=\"#sources\">Sources, coverage and"
		" symbols</a></li>\n<li><a href=\"#notes\">Notes on this"
		" report</a></li>\n</ol>\n</nav>\n");
}

static void write_summary(struct buffer *out, const struct view_report *report,
	struct arena *arena)
{
	HTML_MARKUP(out,
		"<section class=\"first\" aria-labelledby=\"summary\">\n"
		"<h2 id=\"summary\">Summary</h2>\n");
	write_glance(out, report);
	struct table table = table_summary(report, arena);
	HTML_MARKUP(out, "<table role=\"table\" class=\"summary\">\n");
	table_body(out, &table, false);
	HTML_MARKUP(out, "</section>\n");
}

static void write_exceptions(struct buffer *out,
	const struct view_report *report, struct arena *arena)
{
	HTML_MARKUP(out,
		"<section aria-labelledby=\"exceptions\">\n"
		"<h2 id=\"exceptions\">Exceptions</h2>\n<p>Measures that miss"
		" their target, or are worse than in the same period last"
		" year.</p>\n<ul class=\"exceptions\">\n");
	bool has_any = false;
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		if (!words_is_exception(measure))
			continue;
		has_any = true;
		HTML_MARKUP(out, "<li class=\"");
		html_text(out, status_look(measure->status)->name);
		HTML_MARKUP(out, "\"><a href=\"#measure-");
		html_number(out, (int64_t)i + 1);
		HTML_MARKUP(out, "\"><bdi>");
		html_text(out, measure->title);
		HTML_MARKUP(out, "</bdi></a> <strong>");
		html_text(out, words_value(arena, measure));
		HTML_MARKUP(out, "</strong><br/>");
		html_text(out, words_exception(arena, measure));
		HTML_MARKUP(out, "</li>\n");
	}
	if (!has_any)
		HTML_MARKUP(out,
			"<li class=\"grey\">None in this period."
			"</li>\n");
	HTML_MARKUP(out, "</ul>\n</section>\n");
}

static void write_ends(struct buffer *out, const struct view_report *report,
	struct arena *arena)
{
	HTML_MARKUP(out,
		"<section class=\"measure ends\""
		" aria-labelledby=\"sources\">\n"
		"<h2 id=\"sources\">Sources, coverage and symbols</h2>\n");
	struct table table = table_sources(report, arena);
	report_html_table(out, &table, REPORT_HTML_ALL_EQUAL);
	table = table_symbols(report, arena);
	report_html_table(out, &table, REPORT_HTML_ALL_EQUAL);
	HTML_MARKUP(out,
		"</section>\n<section aria-labelledby=\"notes\">\n"
		"<h2 id=\"notes\">Notes on this report</h2>\n");
	report_html_notes(out, report->notes, report->note_count);
	if (report->note_count == 0)
		HTML_MARKUP(out, "<p>There are no notes.</p>\n");
	HTML_MARKUP(out, "</section>\n");
}

bool report_write_html(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	write_head(out, report);
	HTML_MARKUP(out, "<main id=\"main\" class=\"width\">\n");
	write_title(out, report);
	write_contents(out, report);
	write_summary(out, report, arena);
	write_exceptions(out, report, arena);
	for (size_t i = 0; i < report->measure_count; i++)
		report_html_measure(out, &report->measures[i], i + 1);
	write_ends(out, report, arena);
	HTML_MARKUP(out, "</main>\n<footer><div class=\"width\"><p>Made with ");
	html_text(out, report->definitions);
	HTML_MARKUP(out, "</p></div></footer>\n</body>\n</html>\n");
	arena_close(arena);
	return report_is_whole(out, fault);
}
