/* SPDX-License-Identifier: MIT
 *
 * The report as plain text, for a terminal or an e-mail.
 *
 * Prose wraps at 78 columns. Tables are as wide as their cells; a table wider
 * than the page is written as labelled lines instead, one block a row, so that
 * nothing is cut and nothing wraps into its neighbour.
 */
#include "render/report.h"

#include "render/clean.h"
#include "render/report-inside.h"
#include "render/status.h"
#include "render/table.h"
#include "render/words.h"

enum {
	PAGE = 78,    /* columns */
	LABEL = 26,   /* columns of a fact's label */
	COLUMNS = 12, /* of the widest table */
};

static void spaces(struct buffer *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		buffer_char(out, ' ');
}

static void underline(struct buffer *out, const char *text, char mark)
{
	clean_string(out, text);
	buffer_char(out, '\n');
	size_t width = clean_width(text);
	for (size_t i = 0; i < width && i < PAGE; i++)
		buffer_char(out, mark);
	buffer_add(out, TEXT("\n\n"));
}

/* Writes words from column `at`, going on in column `margin`. */
static void wrap(struct buffer *out, const char *text, size_t at, size_t margin)
{
	struct arena *arena = arena_open();
	struct text rest = text_of(text);
	bool is_first = true;
	while (rest.length > 0) {
		const char *word = arena_string(arena,
			text_split(rest, ' ', &rest));
		size_t width = clean_width(word);
		if (!is_first && at + 1 + width > PAGE) {
			buffer_char(out, '\n');
			spaces(out, margin);
			at = margin;
		} else if (!is_first) {
			buffer_char(out, ' ');
			at++;
		}
		clean_string(out, word);
		at += width;
		is_first = false;
	}
	buffer_char(out, '\n');
	arena_close(arena);
}

static void labelled(struct buffer *out, const char *label, const char *text)
{
	size_t width = clean_width(label);
	clean_string(out, label);
	buffer_char(out, ':');
	if (width + 2 > LABEL) {
		buffer_char(out, '\n');
		spaces(out, LABEL);
	} else {
		spaces(out, LABEL - width - 1);
	}
	wrap(out, text, LABEL, LABEL);
}

/* A cell as one line: its sign, its words and the words beside them. */
static const char *in_line(struct arena *arena, const struct table_cell *cell)
{
	const char *sign = "";
	if (cell->mark == TABLE_STATUS)
		sign = status_look(cell->status)->glyph;
	else if (cell->mark == TABLE_DIRECTION)
		sign = status_way(cell->direction)->glyph;
	const char *colour = "";
	if (cell->mark == TABLE_STATUS)
		colour = words_given(cell->text)
			? status_look(cell->status)->word
			: words_or(status_look(cell->status)->word, "None");
	bool is_both = words_given(colour) && words_given(cell->text);
	bool has_more = words_given(cell->more);
	return arena_format(arena, "%s%s%s%s%s%s%s%s", sign,
		sign[0] == '\0' ? "" : " ", colour, is_both ? ": " : "",
		words_or(cell->text, ""), has_more ? " (" : "",
		has_more ? cell->more : "", has_more ? ")" : "");
}

static void table_as_blocks(struct buffer *out, const struct table *table,
	struct arena *arena)
{
	for (size_t r = 0; r < table->row_count; r++) {
		wrap(out, in_line(arena, table_cell_at(table, r, 0)), 0, 0);
		for (size_t c = 1; c < table->column_count; c++) {
			buffer_add(out, TEXT("  "));
			labelled(out, table->columns[c].title,
				in_line(arena, table_cell_at(table, r, c)));
		}
		buffer_char(out, '\n');
	}
}

static void padded(struct buffer *out, const char *text, size_t width,
	bool is_right)
{
	size_t used = clean_width(text);
	size_t gap = used < width ? width - used : 0;
	if (is_right)
		spaces(out, gap);
	clean_string(out, text);
	if (!is_right)
		spaces(out, gap);
}

static size_t measure_columns(const struct table *table, struct arena *arena,
	size_t widths[COLUMNS])
{
	size_t whole = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		widths[c] = clean_width(table->columns[c].title);
		for (size_t r = 0; r < table->row_count; r++) {
			size_t width = clean_width(
				in_line(arena, table_cell_at(table, r, c)));
			widths[c] = width > widths[c] ? width : widths[c];
		}
		whole += widths[c] + 2;
	}
	return whole - 2;
}

static void table_line(struct buffer *out, const struct table *table,
	const char *const *texts, const size_t *widths)
{
	for (size_t c = 0; c < table->column_count; c++) {
		buffer_string(out, c == 0 ? "" : "  ");
		bool is_number = table->columns[c].is_number;
		bool is_last = c + 1 == table->column_count;
		padded(out, texts[c], is_last && !is_number ? 0 : widths[c],
			is_number);
	}
	buffer_char(out, '\n');
}

static void table_as_columns(struct buffer *out, const struct table *table,
	struct arena *arena, const size_t *widths)
{
	const char *texts[COLUMNS] = {0};
	size_t whole = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		texts[c] = table->columns[c].title;
		whole += widths[c] + (c == 0 ? 0 : 2);
	}
	table_line(out, table, texts, widths);
	for (size_t i = 0; i < whole; i++)
		buffer_char(out, '-');
	buffer_char(out, '\n');
	for (size_t r = 0; r < table->row_count; r++) {
		for (size_t c = 0; c < table->column_count; c++)
			texts[c] = in_line(arena, table_cell_at(table, r, c));
		table_line(out, table, texts, widths);
	}
	buffer_char(out, '\n');
}

static void write_table(struct buffer *out, const struct table *table,
	struct arena *arena)
{
	if (table->row_count == 0)
		return;
	size_t widths[COLUMNS] = {0};
	clean_string(out, table->caption);
	buffer_add(out, TEXT("\n\n"));
	if (measure_columns(table, arena, widths) > PAGE)
		table_as_blocks(out, table, arena);
	else
		table_as_columns(out, table, arena, widths);
	if (words_given(table->note)) {
		wrap(out, table->note, 0, 0);
		buffer_char(out, '\n');
	}
}

static void write_notes(struct buffer *out, const char *const *notes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buffer_add(out, TEXT("- "));
		wrap(out, notes[i], 2, 2);
	}
	if (count > 0)
		buffer_char(out, '\n');
}

static void write_facts(struct buffer *out, const struct view_measure *measure,
	struct arena *arena)
{
	size_t count;
	const struct table_fact *facts = table_facts(measure, arena, &count);
	for (size_t i = 0; i < count; i++)
		labelled(out, facts[i].label, in_line(arena, &facts[i].said));
	buffer_char(out, '\n');
}

static void write_commentary(struct buffer *out,
	const struct view_measure *measure)
{
	struct table_fact slots[TABLE_SLOTS];
	table_commentary(measure, slots);
	buffer_add(out, TEXT("Commentary\n\n"));
	for (size_t i = 0; i < TABLE_SLOTS; i++)
		labelled(out, slots[i].label,
			words_or(slots[i].said.text, "[not written yet]"));
	buffer_char(out, '\n');
}

static void write_measure(struct buffer *out, const struct view_measure *measure)
{
	struct arena *arena = arena_open();
	underline(out,
		arena_format(arena, "%s  %s", words_or(measure->id, ""),
			words_or(measure->title, "")),
		'-');
	if (words_given(measure->definition)) {
		wrap(out, measure->definition, 0, 0);
		buffer_char(out, '\n');
	}
	write_facts(out, measure, arena);
	struct table quarters = table_quarters(measure, arena);
	write_table(out, &quarters, arena);
	for (size_t i = 0; i < measure->breakdown_count; i++) {
		struct table table = table_breakdown(measure,
			&measure->breakdowns[i], arena);
		write_table(out, &table, arena);
	}
	write_commentary(out, measure);
	write_notes(out, measure->notes, measure->note_count);
	arena_close(arena);
}

static void write_exceptions(struct buffer *out,
	const struct view_report *report, struct arena *arena)
{
	underline(out, "Exceptions: off target, or worse than a year ago", '-');
	bool has_any = false;
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		if (!words_is_exception(measure))
			continue;
		has_any = true;
		buffer_add(out, TEXT("- "));
		wrap(out,
			arena_format(arena, "%s %s. %s. %s",
				words_or(measure->id, ""),
				words_value(arena, measure),
				words_exception(arena, measure),
				words_or(measure->title, "")),
			2, 2);
	}
	if (!has_any)
		buffer_add(out, TEXT("None in this period.\n"));
	buffer_char(out, '\n');
}

static void write_head(struct buffer *out, const struct view_report *report)
{
	underline(out, words_or(report->title, ""), '=');
	labelled(out, "Authority", words_or(report->authority, ""));
	labelled(out, "Period", words_or(report->period, ""));
	labelled(out, "As at", words_or(report->as_at, ""));
	labelled(out, "Edition", words_or(report->edition, ""));
	labelled(out, "Made with", words_or(report->definitions, ""));
	buffer_char(out, '\n');
}

bool report_write_text(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	write_head(out, report);
	struct table table = table_brief(report, arena);
	write_table(out, &table, arena);
	write_exceptions(out, report, arena);
	for (size_t i = 0; i < report->measure_count; i++)
		write_measure(out, &report->measures[i]);
	underline(out, "Sources and notes", '-');
	table = table_sources(report, arena);
	write_table(out, &table, arena);
	table = table_symbols(report, arena);
	write_table(out, &table, arena);
	write_notes(out, report->notes, report->note_count);
	arena_close(arena);
	return report_is_whole(out, fault);
}
