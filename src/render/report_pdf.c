/* SPDX-License-Identifier: MIT
 *
 * The report as a PDF to print and to send to members: a title page with
 * contents, the summary, a page a measure (more where it is broken down or much
 * is written), sources and notes. What the boxes at the head of a measure say
 * is not said again below them.
 *
 * The HTML is the accessible original; this is its copy on paper.
 */
#include "render/report.h"

#include "base/limits.h"
#include "render/chart.h"
#include "render/pdf.h"
#include "render/report-inside.h"
#include "render/status.h"
#include "render/words.h"

/* Marks: places that the contents lead to. */
enum {
	MARK_SUMMARY = 1,
	MARK_EXCEPTIONS,
	MARK_SOURCES,
	MARK_NOTES,
	MARK_MEASURE, /* the first measure's; the others follow */
};

_Static_assert((int)MARK_MEASURE + (int)LIMIT_MEASURES <= (int)PDF_MARKS,
	"a mark for each measure");

static void heading(struct pdf *pdf, int mark, const char *text)
{
	pdf_mark(pdf, mark, text);
	pdf_paragraph(pdf, "H2", PDF_H2, text);
}

static void draw_band(struct pdf *pdf, const struct view_report *report)
{
	canvas_box(pdf_canvas(pdf), (struct canvas_box){0, 0, PDF_WIDTH, 1150},
		&(struct canvas_pen){.fill = 0x12344D,
			.stroke = CANVAS_NO_COLOUR});
	pdf_ink(pdf, 0xFFFFFF);
	pdf_tag(pdf, "P");
	pdf_draw(pdf, (struct canvas_point){PDF_MARGIN, 520},
		&(struct pdf_text){.text = report->authority,
			.style = PDF_H2,
			.width = PDF_INSIDE,
			.height = 500});
	pdf_tag_end(pdf, "P");
	pdf_ink(pdf, CANVAS_NO_COLOUR);
	pdf_go(pdf, 1100);
}

static size_t add_fact(struct table_fact *facts, size_t count,
	const char *label, const char *text)
{
	if (!words_given(text))
		return count;
	facts[count] = (struct table_fact){label, {.text = text}};
	return count + 1;
}

static void contents_line(struct pdf *pdf, int mark, const char *text)
{
	struct arena *arena = arena_open();
	struct pdf_text words = {.text = text,
		.style = PDF_BODY,
		.width = PDF_INSIDE - 400,
		.height = 1200};
	int32_t height = pdf_height(pdf, &words) + 60;
	pdf_need(pdf, height);
	struct canvas_point at = {PDF_MARGIN, pdf_y(pdf)};
	pdf_tag(pdf, "TOCI");
	pdf_link(pdf, mark);
	pdf_ink(pdf, 0x1A5A92);
	pdf_draw(pdf, at, &words);
	pdf_ink(pdf, CANVAS_NO_COLOUR);
	at.x += PDF_INSIDE - 300;
	pdf_draw(pdf, at,
		&(struct pdf_text){.text = arena_format(arena, "%d",
					   pdf_page_of(pdf, mark)),
			.style = PDF_BODY,
			.width = 300,
			.is_right = true});
	pdf_link_end(pdf);
	pdf_tag_end(pdf, "TOCI");
	pdf_go(pdf, height);
	arena_close(arena);
}

static void write_title(struct pdf *pdf, const struct view_report *report,
	struct arena *arena)
{
	struct table_fact facts[4];
	size_t count = 0;
	draw_band(pdf, report);
	pdf_paragraph(pdf, "P", PDF_LEAD, words_or(report->period, ""));
	pdf_paragraph(pdf, "H1", PDF_H1, words_or(report->title, "Report"));
	count = add_fact(facts, count, "Authority", report->authority);
	count = add_fact(facts, count, "As at", report->as_at);
	count = add_fact(facts, count, "Edition", report->edition);
	count = add_fact(facts, count, "Made with", report->definitions);
	pdf_facts(pdf, facts, count);
	pdf_paragraph(pdf, "H2", PDF_H2, "Contents");
	pdf_tag(pdf, "TOC");
	contents_line(pdf, MARK_SUMMARY, "Summary");
	contents_line(pdf, MARK_EXCEPTIONS, "Exceptions");
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		contents_line(pdf, MARK_MEASURE + (int)i,
			arena_format(arena, "%s  %s", words_or(measure->id, ""),
				words_or(measure->title, "")));
	}
	contents_line(pdf, MARK_SOURCES, "Sources, coverage and symbols");
	contents_line(pdf, MARK_NOTES, "Notes on this report");
	pdf_tag_end(pdf, "TOC");
}

static void write_exceptions(struct pdf *pdf, const struct view_report *report,
	struct arena *arena)
{
	bool has_any = false;
	pdf_need(pdf, 1500);
	heading(pdf, MARK_EXCEPTIONS, "Exceptions");
	pdf_paragraph(pdf, "P", PDF_QUIET,
		"Measures that miss their target, or are worse than in the "
		"same period last year.");
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		if (!words_is_exception(measure))
			continue;
		has_any = true;
		pdf_need(pdf, 400);
		pdf_go(pdf, 40);
		pdf_paragraph(pdf, "P", PDF_BOLD,
			arena_format(arena, "%s  %s  %s",
				words_or(measure->id, ""),
				words_value(arena, measure),
				words_or(measure->title, "")));
		pdf_go(pdf, -20);
		pdf_paragraph(pdf, "P", PDF_BODY,
			words_exception(arena, measure));
	}
	if (!has_any)
		pdf_paragraph(pdf, "P", PDF_BODY, "None in this period.");
}

/* One of three boxes at the head of a measure: a label, a strong line, and
 * two lines of words. */
struct box {
	const char *label;
	const char *strong;
	enum pdf_style style;
	struct table_cell sign;
	const char *lines[2];
};

enum { BOXES = 3, BOX_PAD = 90 };

static int32_t draw_box(struct pdf *pdf, const struct box *box,
	struct canvas_point at)
{
	int32_t top = at.y;
	int32_t width = PDF_INSIDE / BOXES - 2 * BOX_PAD;
	at.x += BOX_PAD;
	at.y += BOX_PAD;
	at.y += pdf_draw(pdf, at,
			&(struct pdf_text){.text = box->label,
				.style = PDF_FINE,
				.width = width})
		+ 25;
	int32_t sign = pdf_sign(pdf, (struct canvas_point){at.x, at.y + 8}, 100,
		&box->sign);
	at.y += pdf_draw(pdf, (struct canvas_point){at.x + sign, at.y},
			&(struct pdf_text){.text = box->strong,
				.style = box->style,
				.width = width - sign,
				.height = 900})
		+ 30;
	for (size_t i = 0; i < COUNT_OF(box->lines); i++)
		if (words_given(box->lines[i]))
			at.y += pdf_draw(pdf, at,
					&(struct pdf_text){.text = box->lines[i],
						.style = PDF_SMALL,
						.width = width,
						.height = 900})
				+ 15;
	return at.y + BOX_PAD - top;
}

static int32_t box_height(struct pdf *pdf, const struct box *box)
{
	int32_t width = PDF_INSIDE / BOXES - 2 * BOX_PAD;
	int32_t height = 2 * BOX_PAD + 55
		+ pdf_height(pdf,
			&(struct pdf_text){.text = box->label,
				.style = PDF_FINE,
				.width = width})
		+ pdf_height(pdf,
			&(struct pdf_text){.text = box->strong,
				.style = box->style,
				.width = width
					- (box->sign.mark == TABLE_PLAIN ? 0 : 150),
				.height = 900});
	for (size_t i = 0; i < COUNT_OF(box->lines); i++)
		if (words_given(box->lines[i]))
			height += 15
				+ pdf_height(pdf,
					&(struct pdf_text){.text = box->lines[i],
						.style = PDF_SMALL,
						.width = width,
						.height = 900});
	return height;
}

static void fill_boxes(struct box boxes[BOXES],
	const struct view_measure *measure, struct arena *arena)
{
	bool has_symbol = words_given(measure->symbol);
	const char *word = status_look(measure->status)->word;
	boxes[0] = (struct box){
		.label = "Value",
		.strong = words_value(arena, measure),
		.style = has_symbol ? PDF_BOLD : PDF_BIG,
		.lines = {words_fraction_in_full(arena, measure), ""},
	};
	boxes[1] = (struct box){
		.label = "Against target",
		.strong = arena_format(arena, "%s%s%s", word,
			word[0] == '\0' ? "" : ": ", words_status(measure)),
		.style = PDF_BOLD,
		.sign = {.mark = TABLE_STATUS, .status = measure->status},
		.lines = {measure->against_target,
			arena_format(arena, "Target: %s",
				words_or(measure->target, "none set"))},
	};
	boxes[2] = (struct box){
		.label = "Against the same period last year",
		.strong = words_direction(measure),
		.style = PDF_BOLD,
		.sign = {.mark = TABLE_DIRECTION, .direction = measure->direction},
		.lines = {measure->change,
			arena_format(arena, "%s: %s",
				words_or(measure->previous_label, "Last year"),
				words_explained(arena, measure->previous))},
	};
}

static void write_panel(struct pdf *pdf, const struct view_measure *measure,
	struct arena *arena)
{
	struct box boxes[BOXES];
	fill_boxes(boxes, measure, arena);
	int32_t height = 0;
	for (size_t i = 0; i < BOXES; i++) {
		int32_t own = box_height(pdf, &boxes[i]);
		height = own > height ? own : height;
	}
	pdf_need(pdf, height);
	struct canvas_point at = {PDF_MARGIN, pdf_y(pdf)};
	const struct canvas_pen paper = {.fill = 0xF6F7F8,
		.stroke = 0xC4C9CC,
		.width = 6};
	for (size_t i = 0; i < BOXES; i++) {
		canvas_box(pdf_canvas(pdf),
			(struct canvas_box){at.x, at.y, PDF_INSIDE / BOXES,
				height},
			&paper);
		pdf_tag(pdf, "P");
		draw_box(pdf, &boxes[i], at);
		pdf_tag_end(pdf, "P");
		at.x += PDF_INSIDE / BOXES;
	}
	pdf_go(pdf, height + 120);
}

static void write_notes(struct pdf *pdf, const char *const *notes, size_t count)
{
	struct arena *arena = arena_open();
	pdf_tag(pdf, "L");
	for (size_t i = 0; i < count; i++)
		pdf_paragraph(pdf, "LI", PDF_BODY,
			arena_format(arena, "• %s", words_or(notes[i], "")));
	pdf_tag_end(pdf, "L");
	arena_close(arena);
}

/* What stands below the chart. */
struct below {
	const char *facts, *notes; /* a paragraph each */
	struct table quarters;
	struct table_fact slots[TABLE_SLOTS];
};

static int32_t below_height(struct pdf *pdf, const struct below *below)
{
	return pdf_paragraph_height(pdf, PDF_SMALL, below->facts)
		+ pdf_table_height(pdf, &below->quarters)
		+ pdf_paragraph_height(pdf, PDF_H3, "Commentary")
		+ pdf_slots_height(pdf, below->slots, TABLE_SLOTS)
		+ pdf_paragraph_height(pdf, PDF_SMALL, below->notes);
}

/* As tall as leaves what is below it on the page; where that cannot be, as
 * tall as reads well. */
static void write_chart(struct pdf *pdf, const struct view_measure *measure,
	const struct below *below, struct arena *arena)
{
	enum { USUAL = 1500, LEAST = 800, MOST = 1900, SPACES = 200 };
	struct chart_look look = {.width = PDF_INSIDE, .text = 76};
	const char *caption = arena_format(arena, "%s. %s",
		chart_title(measure, arena), chart_caution(measure, arena));
	const char *words = chart_words(measure, arena);
	if (!chart_is_worth_drawing(measure))
		return;
	int32_t room = PDF_HEIGHT - PDF_BOTTOM - pdf_y(pdf)
		- pdf_paragraph_height(pdf, PDF_BOLD, caption)
		- pdf_paragraph_height(pdf, PDF_FINE, words) - SPACES
		- below_height(pdf, below);
	look.height = room < LEAST ? USUAL : room > MOST ? MOST : room;
	pdf_need(pdf, look.height + 700);
	pdf_paragraph(pdf, "P", PDF_BOLD, caption);
	pdf_tag(pdf, "Figure");
	pdf_chart(pdf, measure, &look);
	pdf_tag_end(pdf, "Figure");
	pdf_go(pdf, look.height + 60);
	pdf_paragraph(pdf, "P", PDF_FINE, words);
	pdf_go(pdf, 60);
}

static void add_sentence(struct buffer *line, const char *text)
{
	if (!words_given(text))
		return;
	buffer_format(line, "%s%s%s", line->length > 0 ? " " : "", text,
		text_ends(text_of(text), TEXT(".")) ? "" : ".");
}

/* "Year to date, 1 April 2024 to 30 June 2024. Low is good. From cin ..." */
static const char *facts_line(const struct view_measure *measure,
	struct arena *arena)
{
	struct buffer line = {.maximum = 1 << 14};
	add_sentence(&line, measure->basis);
	add_sentence(&line, measure->polarity);
	if (words_given(measure->comparator_name))
		add_sentence(&line,
			arena_format(arena, "Comparator: %s%s%s",
				words_comparator(arena, measure),
				words_given(measure->comparator_source) ? ", " : "",
				words_or(measure->comparator_source, "")));
	add_sentence(&line, measure->frozen);
	add_sentence(&line, measure->coverage);
	const char *words = arena_string(arena, buffer_text(&line));
	buffer_finish(&line);
	return words;
}

static const char *notes_line(const struct view_measure *measure,
	struct arena *arena)
{
	struct buffer line = {.maximum = 1 << 16};
	for (size_t i = 0; i < measure->note_count; i++)
		add_sentence(&line, measure->notes[i]);
	const char *words = arena_string(arena, buffer_text(&line));
	buffer_finish(&line);
	return words;
}

static void write_breakdowns(struct pdf *pdf,
	const struct view_measure *measure, struct arena *arena)
{
	for (size_t i = 0; i < measure->breakdown_count; i++) {
		struct table table = table_breakdown(measure,
			&measure->breakdowns[i], arena);
		pdf_table(pdf, &table, 0);
	}
}

static void write_measure(struct pdf *pdf, const struct view_measure *measure,
	int mark)
{
	struct arena *arena = arena_open();
	struct below below = {.facts = facts_line(measure, arena),
		.notes = notes_line(measure, arena),
		.quarters = table_quarters(measure, arena)};
	below.quarters.is_dense = true;
	table_commentary(measure, below.slots);
	pdf_next_page(pdf);
	pdf_mark(pdf, mark,
		arena_format(arena, "%s  %s", words_or(measure->id, ""),
			words_or(measure->title, "")));
	pdf_paragraph(pdf, "P", PDF_QUIET, words_or(measure->id, ""));
	pdf_paragraph(pdf, "H2", PDF_H2, words_or(measure->title, ""));
	if (words_given(measure->definition))
		pdf_paragraph(pdf, "P", PDF_BODY, measure->definition);
	pdf_go(pdf, 40);
	write_panel(pdf, measure, arena);
	write_chart(pdf, measure, &below, arena);
	pdf_paragraph(pdf, "P", PDF_SMALL, below.facts);
	pdf_table(pdf, &below.quarters, 0);
	write_breakdowns(pdf, measure, arena);
	pdf_paragraph(pdf, "H3", PDF_H3, "Commentary");
	pdf_slots(pdf, below.slots, TABLE_SLOTS);
	pdf_paragraph(pdf, "P", PDF_SMALL, below.notes);
	arena_close(arena);
}

static void write_ends(struct pdf *pdf, const struct view_report *report,
	struct arena *arena)
{
	pdf_next_page(pdf);
	heading(pdf, MARK_SOURCES, "Sources, coverage and symbols");
	struct table table = table_sources(report, arena);
	pdf_table(pdf, &table, 0);
	table = table_symbols(report, arena);
	pdf_table(pdf, &table, 0);
	pdf_need(pdf, 1200);
	heading(pdf, MARK_NOTES, "Notes on this report");
	write_notes(pdf, report->notes, report->note_count);
	if (report->note_count == 0)
		pdf_paragraph(pdf, "P", PDF_BODY, "There are no notes.");
}

static bool write_all(const struct view_report *report, struct pdf_plan *plan,
	enum pdf_run run, struct buffer *out, struct fault *fault)
{
	struct arena *arena = arena_open();
	const struct pdf_about about = {
		.title = arena_format(arena, "%s, %s",
			words_or(report->title, "Report"),
			words_or(report->period, "")),
		.subject = words_or(report->authority, ""),
		.footer = arena_format(arena, "%s. %s. %s",
			words_or(report->authority, ""),
			words_or(report->period, ""),
			words_or(report->edition, "")),
		.made = report->as_at_date,
	};
	struct pdf *pdf = pdf_open(arena, &about, plan, run, out);
	write_title(pdf, report, arena);
	pdf_next_page(pdf);
	heading(pdf, MARK_SUMMARY, "Summary");
	struct table table = table_summary(report, arena);
	pdf_table(pdf, &table, MARK_MEASURE);
	write_exceptions(pdf, report, arena);
	for (size_t i = 0; i < report->measure_count; i++)
		write_measure(pdf, &report->measures[i], MARK_MEASURE + (int)i);
	write_ends(pdf, report, arena);
	bool is_done = pdf_end(pdf, fault);
	arena_close(arena);
	return is_done;
}

bool report_write_pdf(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct pdf_plan plan = {0};
	if (report->measure_count > LIMIT_MEASURES)
		return fault_set(fault, FAULT_LIMIT,
			"the report has more than %d measures",
			(int)LIMIT_MEASURES);
	return write_all(report, &plan, PDF_DRAFT, out, fault)
		&& write_all(report, &plan, PDF_FINAL, out, fault)
		&& report_is_whole(out, fault);
}
