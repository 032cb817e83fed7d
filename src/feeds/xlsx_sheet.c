/* SPDX-License-Identifier: MIT
 *
 * Reading a sheet: cells are gathered until their row ends.
 */
#include "feeds/xlsx.h"

#include <string.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "feeds/xlsx-inside.h"

enum { LAST_ROW = 1048576, LAST_COLUMN = 16384 };

enum { ROW, CELL, VALUE, INLINE, INLINE_TEXT, SOUND };
static const char *const names[] = {
	[ROW] = "row",
	[CELL] = "c",
	[VALUE] = "v",
	[INLINE] = "is",
	[INLINE_TEXT] = "t",
	[SOUND] = "rPh",
};

enum form {
	FORM_NUMBER,
	FORM_SHARED,
	FORM_TEXT, /* of a formula, or inline */
	FORM_TRUTH,
	FORM_ERROR,
	FORM_DAY,
};

/* What the attribute t of a cell says; 18.18.11 ST_CellType. */
static const struct {
	const char *word;
	enum form form;
} forms[] = {
	{"", FORM_NUMBER},
	{"n", FORM_NUMBER},
	{"s", FORM_SHARED},
	{"str", FORM_TEXT},
	{"inlineStr", FORM_TEXT},
	{"b", FORM_TRUTH},
	{"e", FORM_ERROR},
	{"d", FORM_DAY},
};

struct sheet_reader {
	const struct xlsx *xlsx;
	const struct xlsx_consumer *consumer;
	struct arena *arena; /* of the row */
	struct buffer text;  /* of the cell */
	int64_t row;
	int column; /* of the cell, or the last one; -1 before the first */
	enum form form;
	int64_t style;
	bool is_sound;
	bool is_inline;
	bool is_in_row; /* rows and cells do not nest: 18.3.1.73, 18.3.1.4 */
	bool is_in_cell;
	size_t bytes; /* of the row's texts */
	size_t count;
	struct xlsx_cell cells[LIMIT_COLUMNS];
};

static bool cell_fault(const struct sheet_reader *reader, struct fault *fault,
	enum fault_kind kind, const char *why)
{
	char column[XLSX_VALUE_COLUMN];
	xlsx_value_column(reader->column, column);
	return fault_set(fault, kind, "cannot read cell %s%lld of the sheet: %s",
		column, (long long)reader->row, why);
}

/* The column of a place such as "AB12"; -1 if it does not name one. */
static int column_of(struct text place)
{
	int column = 0;
	size_t i = 0;
	for (; i < place.length && i < 3; i++) {
		char upper = place.at[i] & ~0x20;
		if (upper < 'A' || upper > 'Z')
			break;
		column = column * 26 + (upper - 'A' + 1);
	}
	return i > 0 && column <= LAST_COLUMN ? column - 1 : -1;
}

static bool start_row(struct sheet_reader *reader,
	const struct xml_element *element, struct fault *fault)
{
	if (reader->is_in_row)
		return fault_set(fault, FAULT_INPUT,
			"row %lld of the sheet holds another row",
			(long long)reader->row);
	struct text number = xml_attribute(element, "r");
	int64_t row = reader->row + 1;
	if ((number.length > 0 && !text_to_int64(number, &row))
		|| row <= reader->row || row > LAST_ROW)
		return fault_set(fault, FAULT_INPUT,
			"the row behind row %lld of the sheet has a wrong number",
			(long long)reader->row);
	reader->row = row;
	reader->is_in_row = true;
	reader->column = -1;
	reader->count = 0;
	reader->bytes = 0;
	arena_reset(reader->arena);
	return true;
}

static bool start_cell(struct sheet_reader *reader,
	const struct xml_element *element, struct fault *fault)
{
	if (reader->is_in_cell || !reader->is_in_row)
		return cell_fault(reader, fault, FAULT_INPUT,
			"a cell does not stand by itself in a row");
	struct text place = xml_attribute(element, "r");
	int column = place.length > 0 ? column_of(place) : reader->column + 1;
	if (column <= reader->column)
		return cell_fault(reader, fault, FAULT_INPUT,
			"the cell behind it is out of order");
	reader->column = column;
	reader->is_in_cell = true;
	reader->style = -1;
	reader->is_inline = false;
	(void)text_to_int64(xml_attribute(element, "s"), &reader->style);
	struct text word = xml_attribute(element, "t");
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (!text_is(word, forms[i].word))
			continue;
		reader->form = forms[i].form;
		buffer_clear(&reader->text);
		return true;
	}
	return cell_fault(reader, fault, FAULT_INPUT,
		"its type is not one that workbooks have");
}

static bool sheet_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct sheet_reader *reader = self;
	switch (element->name) {
	case ROW:
		return start_row(reader, element, fault);
	case CELL:
		return start_cell(reader, element, fault);
	case INLINE:
		reader->is_inline = true;
		return true;
	case SOUND:
		reader->is_sound = true;
		return true;
	default:
		return true;
	}
}

static bool shows_date(const struct sheet_reader *reader)
{
	return reader->style >= 0
		&& (size_t)reader->style < reader->xlsx->style_count
		&& reader->xlsx->is_date[reader->style];
}

static void take_number(struct sheet_reader *reader, struct text given,
	struct xlsx_cell *cell)
{
	char text[XLSX_VALUE_NUMBER];
	size_t length;
	given = text_trim(given);
	if (shows_date(reader)
		&& xlsx_value_date(given, reader->xlsx->dates, text, &length)) {
		cell->kind = XLSX_DATE;
	} else if (xlsx_value_number(given, text, &length)) {
		cell->kind = XLSX_NUMBER;
	} else {
		cell->kind = XLSX_TEXT;
		cell->text = arena_text(reader->arena, given);
		return;
	}
	cell->text = arena_text(reader->arena, (struct text){text, length});
}

static bool take_shared(struct sheet_reader *reader, struct text given,
	struct xlsx_cell *cell, struct fault *fault)
{
	int64_t place;
	if (!text_to_int64(text_trim(given), &place) || place < 0
		|| (size_t)place >= reader->xlsx->text_count)
		return cell_fault(reader, fault, FAULT_INPUT,
			"it refers to a text that the workbook does not hold");
	cell->kind = XLSX_TEXT;
	cell->text = reader->xlsx->texts[place];
	return true;
}

static bool take_value(struct sheet_reader *reader, struct text given,
	struct xlsx_cell *cell, struct fault *fault)
{
	switch (reader->form) {
	case FORM_NUMBER:
		take_number(reader, given, cell);
		return true;
	case FORM_SHARED:
		return take_shared(reader, given, cell, fault);
	case FORM_TEXT:
		cell->kind = XLSX_TEXT;
		cell->text = arena_text(reader->arena, given);
		return true;
	case FORM_TRUTH:
		cell->kind = XLSX_TRUTH;
		cell->text = text_is(text_trim(given), "1") ? TEXT("TRUE")
							    : TEXT("FALSE");
		return true;
	case FORM_ERROR:
		cell->kind = XLSX_ERROR;
		return true;
	case FORM_DAY:
		cell->kind = XLSX_DATE;
		cell->text = arena_text(reader->arena, text_trim(given));
		return true;
	}
	return true;
}

static bool end_cell(struct sheet_reader *reader, struct fault *fault)
{
	reader->is_in_cell = false;
	struct xlsx_cell cell = {.column = reader->column};
	if (reader->text.has_failed)
		return cell_fault(reader, fault, FAULT_LIMIT,
			"its text is longer than 262,144 bytes");
	struct text given = buffer_text(&reader->text);
	if (given.length == 0 && reader->form != FORM_ERROR)
		return true;
	if (!take_value(reader, given, &cell, fault))
		return false;
	if (cell.text.length == 0 && cell.kind != XLSX_ERROR)
		return true;
	if (reader->column >= LIMIT_COLUMNS)
		return cell_fault(reader, fault, FAULT_LIMIT,
			"the sheet has more than 512 columns");
	reader->bytes += cell.text.length;
	if (reader->bytes > LIMIT_ROW_BYTES)
		return cell_fault(reader, fault, FAULT_LIMIT,
			"the row is longer than 1,048,576 bytes");
	reader->cells[reader->count++] = cell;
	return true;
}

static bool end_row(struct sheet_reader *reader, struct fault *fault)
{
	reader->is_in_row = false;
	if (reader->count == 0)
		return true;
	struct xlsx_row row = {.row = reader->row,
		.cells = reader->cells,
		.count = reader->count};
	return reader->consumer->row(reader->consumer->self, &row, fault);
}

static bool sheet_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct sheet_reader *reader = self;
	switch (element->name) {
	case ROW:
		return end_row(reader, fault);
	case CELL:
		return end_cell(reader, fault);
	case VALUE:
		xlsx_value_add_text(&reader->text, element->whole);
		return true;
	case INLINE_TEXT:
		if (reader->is_inline && !reader->is_sound)
			xlsx_value_add_text(&reader->text, element->whole);
		return true;
	case SOUND:
		reader->is_sound = false;
		return true;
	default:
		return true;
	}
}

bool xlsx_sheet_read(const struct xlsx *xlsx, size_t sheet,
	const struct xlsx_consumer *consumer, struct fault *fault)
{
	struct arena *arena = arena_open();
	struct sheet_reader *reader = arena_new(arena, sizeof *reader);
	reader->xlsx = xlsx;
	reader->consumer = consumer;
	reader->arena = arena_open();
	reader->text.maximum = LIMIT_FIELD_BYTES;
	struct xml_consumer elements = {.names = names,
		.count = COUNT_OF(names),
		.self = reader,
		.start = sheet_start,
		.end = sheet_end};
	bool is_read = xlsx_read_part(xlsx, xlsx->sheet_parts[sheet], &elements,
		fault);
	buffer_finish(&reader->text);
	arena_close(reader->arena);
	arena_close(arena);
	return is_read;
}
