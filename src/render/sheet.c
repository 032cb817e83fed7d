/* SPDX-License-Identifier: MIT
 *
 * Workbooks with libxlsxwriter.
 *
 * The library writes numbers with printf, which follows the thread's locale,
 * and wants a file name; so the whole life of a book is spent in the "C" locale
 * of this thread, and the file is an anonymous one in memory.
 */
#include <xlsxwriter.h>

#undef BASE_BANNED_LATER
#include "base/banned.h"

#include "render/sheet.h"

#include <assert.h>
#include <locale.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "render/clean.h"
#include "render/status.h"
#include "render/words.h"

enum {
	UNITS = VIEW_MEAN + 1,
	STATUSES = VIEW_NEUTRAL + 1,
	CHART_ROWS = 16,
	CELL_MAXIMUM = 32000, /* bytes; Excel takes 32,767 characters */
};

struct sheet_book {
	struct arena *arena;
	lxw_workbook *workbook; /* NULL once written */
	lxw_format *styles[SHEET_STYLES];
	lxw_format *numbers[UNITS];
	lxw_format *statuses[STATUSES];
	lxw_format *link;
	int file; /* -1: closed */
	locale_t own;
	locale_t before;
	lxw_error error; /* the first */
};

static void keep_error(struct sheet_book *book, lxw_error error)
{
	if (book->error == LXW_NO_ERROR)
		book->error = error;
}

static void close_book(void *thing)
{
	struct sheet_book *book = thing;
	if (book->workbook != NULL)
		(void)workbook_close(book->workbook);
	if (book->file >= 0)
		close(book->file);
	uselocale(book->before);
	freelocale(book->own);
}

static void make_styles(struct sheet_book *book)
{
	for (size_t i = 0; i < SHEET_STYLES; i++) {
		book->styles[i] = workbook_add_format(book->workbook);
		format_set_align(book->styles[i], LXW_ALIGN_VERTICAL_TOP);
	}
	format_set_text_wrap(book->styles[SHEET_WRAPPED]);
	format_set_bold(book->styles[SHEET_TITLE]);
	format_set_font_size(book->styles[SHEET_TITLE], 18);
	format_set_bold(book->styles[SHEET_HEADING]);
	format_set_font_size(book->styles[SHEET_HEADING], 13);
	format_set_bold(book->styles[SHEET_LABEL]);
	format_set_text_wrap(book->styles[SHEET_LABEL]);
	format_set_font_color(book->styles[SHEET_QUIET], 0x484F54);
	format_set_text_wrap(book->styles[SHEET_QUIET]);
	format_set_align(book->styles[SHEET_SYMBOL], LXW_ALIGN_RIGHT);
	format_set_text_wrap(book->styles[SHEET_SYMBOL]);
	for (size_t i = SHEET_COLUMN; i <= SHEET_COLUMN_RIGHT; i++) {
		format_set_bold(book->styles[i]);
		format_set_text_wrap(book->styles[i]);
		format_set_bottom(book->styles[i], LXW_BORDER_MEDIUM);
	}
	format_set_align(book->styles[SHEET_COLUMN_RIGHT], LXW_ALIGN_RIGHT);
}

static void make_looks(struct sheet_book *book)
{
	static const char *const pictures[UNITS] = {
		[VIEW_PERCENT] = "0.0%",
		[VIEW_COUNT] = "#,##0",
		[VIEW_RATE_10000] = "#,##0.0",
		[VIEW_DAYS] = "#,##0.0",
		[VIEW_MEAN] = "#,##0.0",
	};
	for (size_t i = 0; i < UNITS; i++) {
		book->numbers[i] = workbook_add_format(book->workbook);
		format_set_num_format(book->numbers[i], pictures[i]);
		format_set_align(book->numbers[i], LXW_ALIGN_VERTICAL_TOP);
	}
	for (size_t i = 0; i < STATUSES; i++) {
		const struct status_look *look = status_look((enum view_status)i);
		lxw_format *format = workbook_add_format(book->workbook);
		format_set_bold(format);
		format_set_text_wrap(format);
		format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
		format_set_font_color(format, look->ink);
		format_set_bg_color(format, look->paper);
		book->statuses[i] = format;
	}
	book->link = workbook_add_format(book->workbook);
	format_set_font_color(book->link, 0x1A5A92);
	format_set_underline(book->link, LXW_UNDERLINE_SINGLE);
	format_set_text_wrap(book->link);
	format_set_align(book->link, LXW_ALIGN_VERTICAL_TOP);
}

static const char *cleaned(struct arena *arena, const char *text)
{
	struct buffer out = {.maximum = CELL_MAXIMUM};
	clean_string(&out, text);
	const char *string = arena_string(arena, buffer_text(&out));
	buffer_finish(&out);
	return string;
}

/* The library's properties are not const; they are copied at once. */
static char *lent(struct arena *arena, const char *text)
{
	struct text copy = arena_text(arena, text_of(cleaned(arena, text)));
	char *bytes = arena_array(arena, copy.length + 1, 1);
	text_copy(bytes, copy.length + 1, copy);
	return bytes;
}

static void set_properties(struct sheet_book *book, const char *title,
	struct date made)
{
	struct date epoch = date_from(1970, 1, 1);
	if (date_is_none(made))
		made = date_from(2000, 1, 1);
	lxw_doc_properties properties = {
		.title = lent(book->arena, title),
		.author = lent(book->arena, "kith"),
		.created = (time_t)(made.day - epoch.day) * 86400,
	};
	keep_error(book, workbook_set_properties(book->workbook, &properties));
}

bool sheet_book_open(struct arena *arena, const char *title, struct date made,
	struct sheet_book **out_book, struct fault *fault)
{
	int file = memfd_create("workbook", MFD_CLOEXEC);
	if (file < 0)
		return fault_set(fault, FAULT_SYSTEM,
			"could not get memory for a workbook");
	struct sheet_book *book = arena_new(arena, sizeof *book);
	book->arena = arena;
	book->file = file;
	book->own = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	book->before = uselocale(book->own);
	book->workbook = workbook_new(
		arena_format(arena, "/proc/self/fd/%d", file));
	arena_on_close(arena, close_book, book);
	if (book->workbook == NULL)
		return fault_set(fault, FAULT_SYSTEM,
			"could not begin a workbook");
	set_properties(book, title, made);
	make_styles(book);
	make_looks(book);
	*out_book = book;
	return true;
}

static bool copy_file(int file, struct buffer *out, struct fault *fault)
{
	struct stat facts;
	if (fstat(file, &facts) != 0 || facts.st_size <= 0)
		return fault_set(fault, FAULT_SYSTEM,
			"could not read the workbook back");
	size_t size = (size_t)facts.st_size;
	char *room = buffer_room(out, size);
	if (room == NULL)
		return true; /* the buffer remembers; its owner says so */
	for (size_t used = 0; used < size;) {
		ssize_t got = pread(file, room + used, size - used, (off_t)used);
		if (got <= 0)
			return fault_set(fault, FAULT_SYSTEM,
				"could not read the workbook back");
		used += (size_t)got;
	}
	buffer_claim(out, size);
	return true;
}

bool sheet_book_write(struct sheet_book *book, struct buffer *out,
	struct fault *fault)
{
	lxw_workbook *workbook = book->workbook;
	book->workbook = NULL;
	keep_error(book, workbook_close(workbook));
	if (book->error != LXW_NO_ERROR) {
		fault_set(fault, FAULT_SYSTEM, "could not write a workbook");
		return fault_detail(fault, "%s", lxw_strerror(book->error));
	}
	return copy_file(book->file, out, fault);
}

struct sheet sheet_add(struct sheet_book *book, const char *name)
{
	lxw_worksheet *page = workbook_add_worksheet(book->workbook, name);
	if (page == NULL) {
		keep_error(book, LXW_ERROR_SHEETNAME_ALREADY_USED);
		page = workbook_add_worksheet(book->workbook, NULL);
	}
	worksheet_set_paper(page, 9); /* A4 */
	worksheet_set_landscape(page);
	worksheet_fit_to_pages(page, 1, 0);
	worksheet_gridlines(page, LXW_HIDE_ALL_GRIDLINES);
	return (struct sheet){.book = book, .page = page};
}

void sheet_widths(struct sheet *sheet, const int *widths, size_t count)
{
	for (size_t i = 0; i < count; i++)
		keep_error(sheet->book,
			worksheet_set_column(sheet->page, (lxw_col_t)i,
				(lxw_col_t)i, widths[i], NULL));
}

static void put(struct sheet *sheet, int column, const char *text,
	lxw_format *format)
{
	keep_error(sheet->book,
		worksheet_write_string(sheet->page, sheet->row, (lxw_col_t)column,
			cleaned(sheet->book->arena, text), format));
}

void sheet_text(struct sheet *sheet, int column, const char *text,
	enum sheet_style style)
{
	put(sheet, column, text, sheet->book->styles[style]);
}

void sheet_number(struct sheet *sheet, int column, int64_t tenths,
	enum view_unit unit)
{
	double share = unit == VIEW_PERCENT ? 1000.0 : 10.0;
	keep_error(sheet->book,
		worksheet_write_number(sheet->page, sheet->row, (lxw_col_t)column,
			(double)tenths / share, sheet->book->numbers[unit]));
}

void sheet_link(struct sheet *sheet, int column, const char *to_sheet,
	const char *text)
{
	struct arena *arena = sheet->book->arena;
	keep_error(sheet->book,
		worksheet_write_url_opt(sheet->page, sheet->row, (lxw_col_t)column,
			arena_format(arena, "internal:'%s'!A1", to_sheet),
			sheet->book->link, cleaned(arena, text), NULL));
}

void sheet_wide(struct sheet *sheet, int columns, const char *text,
	enum sheet_style style)
{
	enum { LETTERS_A_COLUMN = 17, LINE_HEIGHT = 15 };
	assert(columns > 0);
	const char *clean = cleaned(sheet->book->arena, text);
	size_t lines = clean_width(clean) / ((size_t)columns * LETTERS_A_COLUMN)
		+ 1;
	if (style == SHEET_WRAPPED && lines > 1)
		keep_error(sheet->book,
			worksheet_set_row(sheet->page, sheet->row,
				(double)(lines < 25 ? lines : 25) * LINE_HEIGHT,
				NULL));
	keep_error(sheet->book,
		worksheet_merge_range(sheet->page, sheet->row, 0, sheet->row,
			(lxw_col_t)(columns - 1), clean,
			sheet->book->styles[style]));
}

void sheet_cell(struct sheet *sheet, int column, const struct table_cell *cell)
{
	struct arena *arena = sheet->book->arena;
	bool has_more = words_given(cell->more);
	const char *text = arena_format(arena, "%s%s%s%s",
		words_or(cell->text, ""), has_more ? " (" : "",
		has_more ? cell->more : "", has_more ? ")" : "");
	if (cell->mark == TABLE_STATUS) {
		const struct status_look *look = status_look(cell->status);
		put(sheet, column,
			arena_format(arena, "%s %s%s%s", look->glyph, look->word,
				look->word[0] == '\0' ? "" : ": ", text),
			sheet->book->statuses[look - status_look(0)]);
	} else if (cell->mark == TABLE_DIRECTION) {
		put(sheet, column,
			arena_format(arena, "%s %s",
				status_way(cell->direction)->glyph, text),
			sheet->book->styles[SHEET_WRAPPED]);
	} else if (cell->has_number) {
		sheet_number(sheet, column, cell->tenths, cell->unit);
	} else {
		sheet_text(sheet, column, text, SHEET_WRAPPED);
	}
}

static void table_row(struct sheet *sheet, const struct table *table,
	size_t row, const char *const *link_names)
{
	for (size_t c = 0; c < table->column_count; c++) {
		const struct table_cell *cell = table_cell_at(table, row, c);
		bool is_text = !cell->has_number && cell->mark == TABLE_PLAIN;
		if (cell->link > 0 && link_names != NULL)
			sheet_link(sheet, (int)c, link_names[cell->link - 1],
				cell->text);
		else if (table->columns[c].is_number && is_text)
			sheet_text(sheet, (int)c, cell->text, SHEET_SYMBOL);
		else
			sheet_cell(sheet, (int)c, cell);
	}
	sheet->row++;
}

void sheet_table(struct sheet *sheet, const struct table *table,
	const char *const *link_names)
{
	if (table->row_count == 0)
		return;
	sheet_text(sheet, 0, table->caption, SHEET_HEADING);
	sheet->row++;
	for (size_t c = 0; c < table->column_count; c++)
		sheet_text(sheet, (int)c, table->columns[c].title,
			table->columns[c].is_number ? SHEET_COLUMN_RIGHT
						    : SHEET_COLUMN);
	sheet->row++;
	for (size_t r = 0; r < table->row_count; r++)
		table_row(sheet, table, r, link_names);
	if (words_given(table->note)) {
		sheet_wide(sheet, (int)table->column_count, table->note,
			SHEET_WRAPPED);
		sheet->row++;
	}
	sheet->row++;
}

static void add_series(lxw_chart *chart, struct sheet_book *book,
	const struct sheet_chart *from, const struct sheet_series *series)
{
	lxw_chart_series *drawn = chart_add_series(chart, series->labels,
		series->values);
	chart_series_set_name(drawn, cleaned(book->arena, series->name));
	lxw_chart_line line = {.color = series->colour,
		.width = 2.25f,
		.dash_type = series->is_dashed ? LXW_CHART_LINE_DASH_DASH
					       : LXW_CHART_LINE_DASH_SOLID};
	if (from->is_bars) {
		lxw_chart_fill fill = {.color = series->colour};
		chart_series_set_fill(drawn, &fill);
		return;
	}
	chart_series_set_line(drawn, &line);
	if (series->is_dashed)
		return;
	lxw_chart_fill fill = {.color = series->colour};
	chart_series_set_marker_type(drawn, LXW_CHART_MARKER_CIRCLE);
	chart_series_set_marker_size(drawn, 6);
	chart_series_set_marker_fill(drawn, &fill);
}

void sheet_draw(struct sheet *sheet, const struct sheet_chart *from)
{
	struct sheet_book *book = sheet->book;
	lxw_chart *chart = workbook_add_chart(book->workbook,
		from->is_bars ? LXW_CHART_COLUMN : LXW_CHART_LINE);
	if (chart == NULL) {
		keep_error(book, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return;
	}
	for (size_t i = 0; i < from->series_count; i++)
		add_series(chart, book, from, &from->series[i]);
	chart_title_set_name(chart, cleaned(book->arena, from->title));
	chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
	chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
	chart_axis_set_min(chart->y_axis, from->lowest);
	chart_axis_set_num_format(chart->y_axis,
		from->is_percent ? "0%" : "#,##0");
	lxw_chart_options options = {.x_scale = 1.7, .y_scale = 1.0};
	keep_error(book,
		worksheet_insert_chart_opt(sheet->page, sheet->row, 0, chart,
			&options));
	sheet->row += CHART_ROWS;
}
