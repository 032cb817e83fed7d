/* SPDX-License-Identifier: MIT
 *
 * Finding the lists in a workbook and giving their rows.
 *
 * A list is a sheet with one of its headings in the first rows: the sheet is
 * called "List 7", or the headings fit one list better than any other. Columns
 * go by heading, whatever their order.
 */
#include "base/limits.h"
#include "feeds/annex_a-inside.h"

enum {
	HEADING_ROWS = 20, /* above it may stand a title and notes */
	LEAST_NAMED = 3,   /* headings a sheet called "List n" must have */
	HEADING_BYTES = 200,
	NO_LIST = -1,
};

/* A sheet being read. */
struct sheet {
	const struct annex_a_sink *sink; /* NULL: only find the heading */
	struct arena *arena;             /* of the headings */
	int named;                       /* by its tab, from 0; or NO_LIST */
	int list;                        /* by its headings */
	int64_t rows_seen;
	int64_t last_row;                         /* given */
	struct annex_a_cell cells[LIMIT_COLUMNS]; /* of a row */
	const struct annex_a_column *columns[LIMIT_COLUMNS];
	struct text names[LIMIT_COLUMNS];
};

/* ---- Headings ---- */

static char fold(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c + 32);
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '\0';
}

/* Letters and digits alike, in order. */
static bool is_heading(struct text written, const char *heading)
{
	struct text ours = text_of(heading);
	size_t i = 0, j = 0;
	for (;;) {
		while (i < written.length && fold(written.at[i]) == '\0')
			i++;
		while (j < ours.length && fold(ours.at[j]) == '\0')
			j++;
		if (i == written.length || j == ours.length)
			return i == written.length && j == ours.length;
		if (fold(written.at[i++]) != fold(ours.at[j++]))
			return false;
	}
}

static const struct annex_a_column *find_column(int list, struct text written)
{
	const struct annex_a_column *columns = annex_a_tables[list].columns;
	for (int i = 0; i < ANNEX_A_COLUMNS && columns[i].heading; i++)
		if (is_heading(written, columns[i].heading))
			return &columns[i];
	return NULL;
}

static int count_columns(int list)
{
	int count = 0;
	while (count < ANNEX_A_COLUMNS
		&& annex_a_tables[list].columns[count].heading != NULL)
		count++;
	return count;
}

/* How many of the row's cells are headings of the list; 0 without its key. */
static int count_headings(int list, const struct xlsx_row *row)
{
	int count = 0;
	bool has_key = false;
	for (size_t i = 0; i < row->count; i++) {
		const struct annex_a_column *column = find_column(list,
			row->cells[i].text);
		count += column != NULL;
		has_key = has_key || column == annex_a_tables[list].columns;
	}
	return has_key ? count : 0;
}

static int identify(const struct sheet *sheet, const struct xlsx_row *row)
{
	if (sheet->named != NO_LIST)
		return count_headings(sheet->named, row) >= LEAST_NAMED
			? sheet->named
			: NO_LIST;
	int best = NO_LIST, most = 0;
	for (int list = 0; list < ANNEX_A_LISTS; list++) {
		int count = count_headings(list, row);
		if (count * 2 < count_columns(list) || count <= most)
			continue;
		most = count;
		best = list;
	}
	return best;
}

static bool has_name(const struct sheet *sheet, int before, struct text name)
{
	for (int i = 0; i < before; i++)
		if (text_equals(sheet->names[i], name))
			return true;
	return false;
}

/* Ours if we know the column, else as written; a second one of a name gets its
 * place behind it, because names tell columns apart. */
static void name_columns(struct sheet *sheet, const struct xlsx_row *row)
{
	for (int i = 0; i < LIMIT_COLUMNS; i++) {
		sheet->columns[i] = NULL;
		sheet->names[i] = (struct text){.at = NULL, .length = 0};
	}
	for (size_t i = 0; i < row->count; i++) {
		int at = row->cells[i].column;
		struct text written = text_trim(row->cells[i].text);
		const struct annex_a_column *column = find_column(sheet->list,
			written);
		struct text name = column != NULL
			? text_of(column->heading)
			: text_cut(written, 0, HEADING_BYTES);
		bool is_second = has_name(sheet, at, name);
		sheet->columns[at] = is_second ? NULL : column;
		sheet->names[at] = is_second || name.length == 0
			? text_of(arena_format(sheet->arena,
				TEXT_FORMAT "%scolumn %d", TEXT_ARGS(name),
				name.length == 0 ? "" : ", ", at + 1))
			: arena_text(sheet->arena, name);
	}
}

/* ---- Rows ---- */

static struct text name_of(struct sheet *sheet, int column)
{
	if (sheet->names[column].length == 0)
		sheet->names[column] = text_of(
			arena_format(sheet->arena, "column %d", column + 1));
	return sheet->names[column];
}

/* Cells that hold nothing but white space are as good as empty. */
static bool give_row(struct sheet *sheet, const struct xlsx_row *row,
	struct fault *fault)
{
	struct annex_a_row out = {.list = sheet->list + 1,
		.row = row->row,
		.cells = sheet->cells};
	for (size_t i = 0; i < row->count; i++) {
		const struct xlsx_cell *cell = &row->cells[i];
		if (cell->kind != XLSX_ERROR && text_trim(cell->text).length == 0)
			continue;
		sheet->cells[out.count++] =
			(struct annex_a_cell){sheet->columns[cell->column],
				name_of(sheet, cell->column), cell->kind,
				cell->text};
	}
	return out.count == 0 || sheet->sink->row(sheet->sink->self, &out, fault);
}

/* Rows and cells are keys in the store: damaged sheets may repeat them. */
static bool is_in_order(struct sheet *sheet, const struct xlsx_row *row)
{
	bool is_fine = row->row > sheet->last_row;
	for (size_t i = 1; i < row->count; i++)
		is_fine = is_fine
			&& row->cells[i].column > row->cells[i - 1].column;
	sheet->last_row = row->row;
	return is_fine;
}

static bool take_row(void *self, const struct xlsx_row *row, struct fault *fault)
{
	struct sheet *sheet = self;
	if (!is_in_order(sheet, row))
		return fault_set(fault, FAULT_INPUT,
			"row %lld of a sheet stands in another row, or twice",
			(long long)row->row);
	if (sheet->list != NO_LIST)
		return sheet->sink == NULL || give_row(sheet, row, fault);
	if (sheet->rows_seen++ >= HEADING_ROWS)
		return true;
	sheet->list = identify(sheet, row);
	if (sheet->list != NO_LIST)
		name_columns(sheet, row);
	return true;
}

/* ---- The workbook ---- */

/* "List 7", "list7", "List 7 - CP plans": 6. */
static int list_named(struct text name)
{
	int64_t number;
	size_t digits = 0;
	if (!text_equals_folded(text_cut(name, 0, 4), TEXT("list")))
		return NO_LIST;
	name = text_trim(text_cut(name, 4, name.length));
	while (digits < name.length && name.at[digits] >= '0'
		&& name.at[digits] <= '9')
		digits++;
	return text_to_int64(text_cut(name, 0, digits), &number) && number >= 1
			&& number <= ANNEX_A_LISTS
		? (int)number - 1
		: NO_LIST;
}

static bool read_sheet(const struct xlsx *xlsx, size_t place, int named,
	struct sheet *sheet, struct fault *fault)
{
	sheet->named = named;
	sheet->list = NO_LIST;
	sheet->rows_seen = 0;
	sheet->last_row = 0;
	struct xlsx_consumer consumer = {sheet, take_row};
	return xlsx_read(xlsx, place, &consumer, fault);
}

struct places {
	size_t sheet[ANNEX_A_LISTS];
	int named[ANNEX_A_LISTS];
};

/* Which sheet is which list. */
static bool find_lists(const struct xlsx *xlsx, struct sheet *sheet,
	struct places *places, struct annex_a_found *found, struct fault *fault)
{
	size_t count;
	const struct xlsx_sheet *sheets = xlsx_sheets(xlsx, &count);
	sheet->sink = NULL;
	for (size_t i = 0; i < count; i++) {
		int named = list_named(sheets[i].name);
		if (!read_sheet(xlsx, i, named, sheet, fault))
			return false;
		bool is_list = sheet->list != NO_LIST;
		bool is_lost = is_list
			? found->has[sheet->list]
			: named != NO_LIST && sheet->rows_seen > 0;
		if (is_lost && found->passed_over[0] == '\0')
			text_copy(found->passed_over, sizeof found->passed_over,
				sheets[i].name);
		if (!is_list || is_lost)
			continue;
		found->has[sheet->list] = true;
		found->lists++;
		places->sheet[sheet->list] = i;
		places->named[sheet->list] = named;
	}
	return true;
}

bool annex_a_book_read(struct text bytes, const struct annex_a_sink *sink,
	struct annex_a_found *out_found, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct sheet *sheet = arena_new(arena, sizeof *sheet);
	struct places places = {0};
	struct annex_a_found found = {.lists = 0};
	struct xlsx *xlsx;
	sheet->arena = arena;
	bool is_read = xlsx_open(bytes, arena, &xlsx, fault)
		&& find_lists(xlsx, sheet, &places, &found, fault);
	sheet->sink = sink;
	for (int i = 0; is_read && sink != NULL && i < ANNEX_A_LISTS; i++)
		if (found.has[i])
			is_read = read_sheet(xlsx, places.sheet[i],
				places.named[i], sheet, fault);
	arena_close(arena);
	if (is_read)
		*out_found = found;
	return is_read;
}
