/* SPDX-License-Identifier: MIT
 *
 * The report as a workbook: a summary, a sheet a measure with its chart, the
 * charts' data, sources and notes.
 *
 * The charts draw from a sheet of their own, where a quarter without a value
 * is an empty cell: a chart would draw the symbol, being text, as zero.
 * Nothing is hidden, and no sheet holds what the page does not show.
 */
#include "render/report.h"

#include "render/chart.h"
#include "render/report-inside.h"
#include "render/scale.h"
#include "render/sheet.h"
#include "render/status.h"
#include "render/words.h"

static const char DATA[] = "Chart data";

enum { WIDE = 6, NAME_LETTERS = 24 };

/* "1 CPP2": the number makes it unique; letters that a sheet's name may not
 * have are left out. */
static const char *name_of(struct arena *arena,
	const struct view_measure *measure, size_t number)
{
	char letters[NAME_LETTERS + 1] = {0};
	size_t used = 0;
	const char *id = words_or(measure->id, "measure");
	for (; *id != '\0' && used < NAME_LETTERS; id++) {
		bool is_plain = (*id >= 'A' && *id <= 'Z')
			|| (*id >= 'a' && *id <= 'z')
			|| (*id >= '0' && *id <= '9') || *id == '-';
		if (is_plain)
			letters[used++] = *id;
	}
	return arena_format(arena, "%zu %s", number,
		used == 0 ? "measure" : letters);
}

static const char **names_of(struct arena *arena, const struct view_report *report)
{
	const char **names = arena_array(arena, report->measure_count + 1,
		sizeof *names);
	for (size_t i = 0; i < report->measure_count; i++)
		names[i] = name_of(arena, &report->measures[i], i + 1);
	return names;
}

static void put_pair(struct sheet *sheet, const char *label, const char *text)
{
	if (!words_given(text))
		return;
	sheet_text(sheet, 0, label, SHEET_LABEL);
	sheet_text(sheet, 1, text, SHEET_PLAIN);
	sheet->row++;
}

static void put_summary(struct sheet_book *book, const struct view_report *report,
	const char *const *names, struct arena *arena)
{
	static const int widths[] = {44, 12, 17, 24, 16, 22, 16, 24, 16};
	struct sheet sheet = sheet_add(book, "Summary");
	sheet_widths(&sheet, widths, COUNT_OF(widths));
	sheet_text(&sheet, 0, report->title, SHEET_TITLE);
	sheet.row++;
	put_pair(&sheet, "Authority", report->authority);
	put_pair(&sheet, "Period", report->period);
	put_pair(&sheet, "As at", report->as_at);
	put_pair(&sheet, "Edition", report->edition);
	put_pair(&sheet, "Made with", report->definitions);
	sheet.row++;
	struct table table = table_summary(report, arena);
	sheet_table(&sheet, &table, names);
	sheet_text(&sheet, 0, "Exceptions", SHEET_HEADING);
	sheet.row++;
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		if (!words_is_exception(measure))
			continue;
		sheet_link(&sheet, 0, names[i], words_or(measure->title, "–"));
		sheet_text(&sheet, 1,
			arena_format(arena, "%s. %s", words_value(arena, measure),
				words_exception(arena, measure)),
			SHEET_PLAIN);
		sheet.row++;
	}
}

static void put_facts(struct sheet *sheet, const struct view_measure *measure,
	struct arena *arena)
{
	size_t count;
	const struct table_fact *facts = table_facts(measure, arena, &count);
	for (size_t i = 0; i < count; i++) {
		const struct table_cell *cell = &facts[i].said;
		sheet_text(sheet, 0, facts[i].label, SHEET_LABEL);
		if (cell->mark == TABLE_PLAIN && !words_given(cell->more))
			sheet_text(sheet, 1, cell->text, SHEET_PLAIN);
		else
			sheet_cell(sheet, 1, cell);
		sheet->row++;
	}
	sheet->row++;
}

static const char *range(struct arena *arena, char column, uint32_t first,
	size_t count)
{
	return arena_format(arena, "='%s'!$%c$%u:$%c$%zu", DATA, column,
		(unsigned)first, column, first + count - 1);
}

static bool has_level(const struct view_measure *measure, char column)
{
	for (size_t i = 0; i < measure->point_count; i++)
		if (column == 'C' ? measure->points[i].has_target
				  : measure->points[i].has_comparator)
			return true;
	return false;
}

/* Puts the quarters on the data sheet and the chart of them on the other. */
static void put_chart(struct sheet *sheet, struct sheet *data,
	const struct view_measure *measure, struct arena *arena)
{
	if (!chart_is_worth_drawing(measure))
		return;
	size_t count = measure->point_count;
	sheet_text(data, 0, measure->id, SHEET_COLUMN);
	sheet_text(data, 1, "Value", SHEET_COLUMN_RIGHT);
	sheet_text(data, 2, "Target", SHEET_COLUMN_RIGHT);
	sheet_text(data, 3, words_or(measure->comparator_name, "Comparator"),
		SHEET_COLUMN_RIGHT);
	uint32_t first = ++data->row + 1; /* as a spreadsheet counts */
	for (size_t i = 0; i < count; i++, data->row++) {
		const struct view_point *point = &measure->points[i];
		sheet_text(data, 0, point->label, SHEET_PLAIN);
		if (point->has_value)
			sheet_number(data, 1, point->tenths, measure->unit);
		if (point->has_target)
			sheet_number(data, 2, point->target_tenths,
				measure->unit);
		if (point->has_comparator)
			sheet_number(data, 3, point->comparator_tenths,
				measure->unit);
	}
	data->row++;
	const char *labels = range(arena, 'A', first, count);
	struct sheet_series series[3] = {{words_or(measure->id, "Value"),
		labels, range(arena, 'B', first, count), 0x1D5F96, false}};
	size_t used = 1;
	if (has_level(measure, 'C'))
		series[used++] = (struct sheet_series){"Target", labels,
			range(arena, 'C', first, count), 0x0B0C0C, true};
	if (has_level(measure, 'D'))
		series[used++] =
			(struct sheet_series){words_or(measure->comparator_name,
						      "Comparator"),
				labels, range(arena, 'D', first, count),
				0x7A2F6B, true};
	bool is_percent = measure->unit == VIEW_PERCENT;
	struct sheet_chart chart = {
		.is_bars = measure->unit == VIEW_COUNT,
		.is_percent = is_percent,
		.title = chart_title(measure, arena),
		.series = series,
		.series_count = used,
		.lowest = (double)scale_of(measure).low
			/ (is_percent ? 1000.0 : 10.0),
	};
	sheet_draw(sheet, &chart);
}

static void put_notes(struct sheet *sheet, const char *heading,
	const char *const *notes, size_t count)
{
	if (count == 0)
		return;
	sheet_text(sheet, 0, heading, SHEET_HEADING);
	sheet->row++;
	for (size_t i = 0; i < count; i++, sheet->row++)
		sheet_wide(sheet, WIDE, notes[i], SHEET_WRAPPED);
	sheet->row++;
}

static void put_commentary(struct sheet *sheet, const struct view_measure *measure)
{
	struct table_fact slots[TABLE_SLOTS];
	table_commentary(measure, slots);
	sheet_text(sheet, 0, "Commentary", SHEET_HEADING);
	sheet->row++;
	for (size_t i = 0; i < TABLE_SLOTS; i++, sheet->row++) {
		sheet_text(sheet, 0, slots[i].label, SHEET_LABEL);
		sheet_text(sheet, 1,
			words_or(slots[i].said.text, "Not written yet"),
			SHEET_PLAIN);
	}
	sheet->row++;
}

static void put_measure(struct sheet *sheet, struct sheet *data,
	const struct view_measure *measure, struct arena *arena)
{
	static const int widths[] = {34, 26, 16, 16, 14, 14};
	sheet_widths(sheet, widths, COUNT_OF(widths));
	sheet_text(sheet, 0,
		arena_format(arena, "%s  %s", words_or(measure->id, ""),
			words_or(measure->title, "")),
		SHEET_TITLE);
	sheet->row++;
	if (words_given(measure->definition)) {
		sheet_wide(sheet, WIDE, measure->definition, SHEET_WRAPPED);
		sheet->row++;
	}
	sheet->row++;
	put_facts(sheet, measure, arena);
	put_chart(sheet, data, measure, arena);
	struct table table = table_quarters(measure, arena);
	sheet_table(sheet, &table, NULL);
	for (size_t i = 0; i < measure->breakdown_count; i++) {
		table = table_breakdown(measure, &measure->breakdowns[i], arena);
		sheet_table(sheet, &table, NULL);
	}
	put_commentary(sheet, measure);
	put_notes(sheet, "Notes", measure->notes, measure->note_count);
}

static void put_ends(struct sheet *sheet, const struct view_report *report,
	struct arena *arena)
{
	static const int widths[] = {22, 34, 26, 12, 12, 12, 28};
	sheet_widths(sheet, widths, COUNT_OF(widths));
	struct table table = table_sources(report, arena);
	sheet_table(sheet, &table, NULL);
	table = table_symbols(report, arena);
	sheet_table(sheet, &table, NULL);
	put_notes(sheet, "Notes on this report", report->notes,
		report->note_count);
}

bool report_write_xlsx(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	struct sheet_book *book;
	bool is_done = sheet_book_open(arena, report->title, report->as_at_date,
		&book, fault);
	if (is_done) {
		const char **names = names_of(arena, report);
		put_summary(book, report, names, arena);
		struct sheet *sheets = arena_array(arena,
			report->measure_count + 1, sizeof *sheets);
		for (size_t i = 0; i < report->measure_count; i++)
			sheets[i] = sheet_add(book, names[i]);
		struct sheet ends = sheet_add(book, "Sources and notes");
		struct sheet data = sheet_add(book, DATA);
		static const int widths[] = {20, 14, 14, 24};
		sheet_widths(&data, widths, COUNT_OF(widths));
		for (size_t i = 0; i < report->measure_count; i++)
			put_measure(&sheets[i], &data, &report->measures[i],
				arena);
		put_ends(&ends, report, arena);
		is_done = sheet_book_write(book, out, fault);
	}
	arena_close(arena);
	return is_done && report_is_whole(out, fault);
}
