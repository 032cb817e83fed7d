/* SPDX-License-Identifier: MIT
 *
 * Tables, lists of facts and boxes to write in, on the pages of a PDF.
 *
 * A row is never split. One taller than ROW_MAXIMUM is cut there with an
 * ellipsis: only a name of thousands of letters gets so far, and the HTML has
 * it whole. Commentary is never cut: a box that would be too tall becomes a
 * paragraph.
 */
#include "render/pdf.h"

#include "render/status.h"
#include "render/words.h"

enum {
	PAD = 34,       /* above and below a cell */
	PAD_DENSE = 12, /* the same in a dense table */
	GUTTER = 50,    /* between columns */
	ROW_MAXIMUM = 3000,
	SLOT_MINIMUM = 430, /* about three lines by hand */
	SLOT_MAXIMUM = 3000,
	SIGN = 78,
};

static const uint32_t RULE = 0xC4C9CC;
static const uint32_t INK = 0x0B0C0C;

int32_t pdf_sign(struct pdf *pdf, struct canvas_point at, int32_t size,
	const struct table_cell *cell)
{
	if (cell->mark == TABLE_PLAIN)
		return 0;
	if (cell->mark == TABLE_STATUS)
		status_draw(pdf_canvas(pdf), cell->status, at, size);
	else
		status_draw_way(pdf_canvas(pdf), cell->direction, at, size);
	return size * 3 / 2;
}

static void rule(struct pdf *pdf, int32_t y, int32_t width, uint32_t colour)
{
	canvas_box(pdf_canvas(pdf),
		(struct canvas_box){PDF_MARGIN, y, PDF_INSIDE, width},
		&(struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR});
}

static int32_t pad_of(const struct table *table)
{
	return table->is_dense ? PAD_DENSE : PAD;
}

static int32_t column_x(const struct table *table, size_t column)
{
	int32_t before = 0, whole = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		before += c < column ? table->columns[c].width : 0;
		whole += table->columns[c].width;
	}
	return PDF_MARGIN + PDF_INSIDE * before / whole;
}

static int32_t column_width(const struct table *table, size_t column)
{
	bool is_last = column + 1 == table->column_count;
	int32_t end = is_last ? PDF_MARGIN + PDF_INSIDE
			      : column_x(table, column + 1) - GUTTER;
	return end - column_x(table, column);
}

static const char *cell_words(struct arena *arena, const struct table_cell *cell)
{
	if (cell->mark != TABLE_STATUS)
		return cell->text;
	const char *word = status_look(cell->status)->word;
	return arena_format(arena, "%s%s%s", word, word[0] == '\0' ? "" : ": ",
		cell->text);
}

static int32_t sign_room(const struct table_cell *cell)
{
	return cell->mark == TABLE_PLAIN ? 0 : SIGN * 3 / 2;
}

struct cell_texts {
	struct pdf_text words;
	struct pdf_text more;
	bool has_more;
};

static struct cell_texts cell_texts(struct arena *arena,
	const struct table *table, size_t column, const struct table_cell *cell)
{
	int32_t width = column_width(table, column) - sign_room(cell);
	bool is_right = table->columns[column].is_number;
	bool is_strong = cell->mark != TABLE_PLAIN || cell->link > 0;
	return (struct cell_texts){
		.words = {.text = cell_words(arena, cell),
			.style = is_strong ? PDF_SMALL_BOLD : PDF_SMALL,
			.width = width,
			.is_right = is_right,
			.height = ROW_MAXIMUM / 2},
		.more = {.text = cell->more,
			.style = PDF_FINE,
			.width = width,
			.is_right = is_right,
			.height = ROW_MAXIMUM / 2},
		.has_more = words_given(cell->more),
	};
}

static void draw_cell(struct pdf *pdf, const struct table *table, size_t column,
	const struct table_cell *cell, int first_mark)
{
	struct arena *arena = arena_open();
	struct cell_texts texts = cell_texts(arena, table, column, cell);
	struct canvas_point at = {column_x(table, column),
		pdf_y(pdf) + pad_of(table)};
	bool is_link = cell->link > 0 && first_mark > 0;
	pdf_tag(pdf, column == 0 ? "TH" : "TD");
	pdf_sign(pdf, (struct canvas_point){at.x, at.y + 10}, SIGN, cell);
	at.x += sign_room(cell);
	if (is_link)
		pdf_link(pdf, first_mark + (int)cell->link - 1);
	at.y += pdf_draw(pdf, at, &texts.words);
	if (is_link)
		pdf_link_end(pdf);
	if (texts.has_more)
		pdf_draw(pdf, at, &texts.more);
	pdf_tag_end(pdf, column == 0 ? "TH" : "TD");
	arena_close(arena);
}

static int32_t row_height(struct pdf *pdf, const struct table *table, size_t row)
{
	struct arena *arena = arena_open();
	int32_t tallest = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		struct cell_texts texts = cell_texts(arena, table, c,
			table_cell_at(table, row, c));
		int32_t height = pdf_height(pdf, &texts.words);
		if (texts.has_more)
			height += pdf_height(pdf, &texts.more);
		tallest = height > tallest ? height : tallest;
	}
	arena_close(arena);
	return tallest + 2 * pad_of(table);
}

static struct pdf_text heading_text(const struct table *table, size_t column)
{
	return (struct pdf_text){.text = table->columns[column].title,
		.style = PDF_SMALL_BOLD,
		.width = column_width(table, column),
		.is_right = table->columns[column].is_number};
}

static int32_t headings_height(struct pdf *pdf, const struct table *table)
{
	int32_t tallest = 0;
	for (size_t c = 0; c < table->column_count; c++) {
		struct pdf_text text = heading_text(table, c);
		int32_t height = pdf_height(pdf, &text);
		tallest = height > tallest ? height : tallest;
	}
	return tallest + 2 * pad_of(table);
}

/* Headings stand on the line below them, however many lines they have. */
static void draw_headings(struct pdf *pdf, const struct table *table)
{
	int32_t height = headings_height(pdf, table);
	pdf_tag(pdf, "TR");
	for (size_t c = 0; c < table->column_count; c++) {
		struct pdf_text text = heading_text(table, c);
		int32_t own = pdf_height(pdf, &text);
		pdf_tag(pdf, "TH");
		pdf_draw(pdf,
			(struct canvas_point){column_x(table, c),
				pdf_y(pdf) + height - pad_of(table) - own},
			&text);
		pdf_tag_end(pdf, "TH");
	}
	pdf_tag_end(pdf, "TR");
	pdf_go(pdf, height);
	rule(pdf, pdf_y(pdf), 12, INK);
	pdf_go(pdf, 12);
}

static void draw_row(struct pdf *pdf, const struct table *table, size_t row,
	int first_mark)
{
	int32_t height = row_height(pdf, table, row);
	if (pdf_y(pdf) + height > PDF_HEIGHT - PDF_BOTTOM) {
		pdf_next_page(pdf);
		draw_headings(pdf, table);
	}
	pdf_tag(pdf, "TR");
	for (size_t c = 0; c < table->column_count; c++)
		draw_cell(pdf, table, c, table_cell_at(table, row, c),
			first_mark);
	pdf_tag_end(pdf, "TR");
	pdf_go(pdf, height);
	rule(pdf, pdf_y(pdf), 5, RULE);
	pdf_go(pdf, 5);
}

/* Of all rows if they fit on one page, so that a table is not split without
 * need; else of the first. */
static int32_t rows_height(struct pdf *pdf, const struct table *table)
{
	enum { KEPT_WHOLE = 5000, ROWS_KEPT = 40 };
	int32_t first = row_height(pdf, table, 0), whole = 0;
	for (size_t r = 0; r < table->row_count && r < ROWS_KEPT; r++)
		whole += row_height(pdf, table, r) + 5;
	return table->row_count > ROWS_KEPT || whole > KEPT_WHOLE ? first : whole;
}

int32_t pdf_table_height(struct pdf *pdf, const struct table *table)
{
	int32_t height = pdf_paragraph_height(pdf, PDF_BOLD, table->caption)
		+ headings_height(pdf, table) + 12 + 60 + 120;
	for (size_t r = 0; r < table->row_count; r++)
		height += row_height(pdf, table, r) + 5;
	if (words_given(table->note))
		height += pdf_paragraph_height(pdf, PDF_SMALL, table->note);
	return table->row_count == 0 ? 0 : height;
}

void pdf_table(struct pdf *pdf, const struct table *table, int first_mark)
{
	if (table->row_count == 0)
		return;
	pdf_need(pdf,
		300 + headings_height(pdf, table) + rows_height(pdf, table));
	pdf_paragraph(pdf, "P", PDF_BOLD, table->caption);
	pdf_tag(pdf, "Table");
	draw_headings(pdf, table);
	for (size_t r = 0; r < table->row_count; r++)
		draw_row(pdf, table, r, first_mark);
	pdf_tag_end(pdf, "Table");
	pdf_go(pdf, 60);
	if (words_given(table->note))
		pdf_paragraph(pdf, "P", PDF_SMALL, table->note);
	pdf_go(pdf, 120);
}

static void draw_fact(struct pdf *pdf, const struct table_fact *fact)
{
	enum { LABELS = 1500 };
	struct arena *arena = arena_open();
	const struct table_cell *cell = &fact->said;
	int32_t room = sign_room(cell);
	struct pdf_text label = {.text = fact->label,
		.style = PDF_SMALL_BOLD,
		.width = LABELS - GUTTER,
		.height = ROW_MAXIMUM};
	struct pdf_text words = {.text = cell_words(arena, cell),
		.style = PDF_SMALL,
		.width = PDF_INSIDE - LABELS - room,
		.height = ROW_MAXIMUM / 2};
	struct pdf_text more = {.text = cell->more,
		.style = PDF_FINE,
		.width = words.width,
		.height = ROW_MAXIMUM / 2};
	int32_t left = pdf_height(pdf, &label);
	int32_t right = pdf_height(pdf, &words)
		+ (words_given(cell->more) ? pdf_height(pdf, &more) : 0);
	int32_t height = (left > right ? left : right) + 2 * PAD;
	pdf_need(pdf, height);
	struct canvas_point at = {PDF_MARGIN, pdf_y(pdf) + PAD};
	pdf_tag(pdf, "LI");
	pdf_tag(pdf, "Lbl");
	pdf_draw(pdf, at, &label);
	pdf_tag_end(pdf, "Lbl");
	pdf_tag(pdf, "LBody");
	at.x += LABELS;
	pdf_sign(pdf, (struct canvas_point){at.x, at.y + 10}, SIGN, cell);
	at.x += room;
	at.y += pdf_draw(pdf, at, &words);
	if (words_given(cell->more))
		pdf_draw(pdf, at, &more);
	pdf_tag_end(pdf, "LBody");
	pdf_tag_end(pdf, "LI");
	pdf_go(pdf, height);
	rule(pdf, pdf_y(pdf), 5, RULE);
	pdf_go(pdf, 5);
	arena_close(arena);
}

void pdf_facts(struct pdf *pdf, const struct table_fact *facts, size_t count)
{
	pdf_tag(pdf, "L");
	for (size_t i = 0; i < count; i++)
		draw_fact(pdf, &facts[i]);
	pdf_tag_end(pdf, "L");
	pdf_go(pdf, 180);
}

enum { SLOT_GAP = 120, SLOT_PAD = 80 };

static struct pdf_text slot_label(const struct table_fact *slot)
{
	return (struct pdf_text){.text = slot->label,
		.style = PDF_BOLD,
		.width = (PDF_INSIDE - SLOT_GAP) / 2 - 2 * SLOT_PAD};
}

static struct pdf_text slot_words(const struct table_fact *slot)
{
	return (struct pdf_text){.text = slot->said.text,
		.style = PDF_BODY,
		.width = (PDF_INSIDE - SLOT_GAP) / 2 - 2 * SLOT_PAD};
}

static int32_t slot_height(struct pdf *pdf, const struct table_fact *slot)
{
	struct pdf_text label = slot_label(slot), words = slot_words(slot);
	int32_t height = pdf_height(pdf, &label) + 40 + 2 * SLOT_PAD;
	if (words_given(slot->said.text))
		height += pdf_height(pdf, &words);
	return height < SLOT_MINIMUM ? SLOT_MINIMUM : height;
}

static void draw_slot(struct pdf *pdf, const struct table_fact *slot, int32_t x,
	int32_t height)
{
	struct pdf_text label = slot_label(slot), words = slot_words(slot);
	struct canvas_point at = {x + SLOT_PAD, pdf_y(pdf) + SLOT_PAD};
	canvas_box(pdf_canvas(pdf),
		(struct canvas_box){x, pdf_y(pdf), (PDF_INSIDE - SLOT_GAP) / 2,
			height},
		&(struct canvas_pen){.fill = CANVAS_NO_COLOUR,
			.stroke = 0x8A9297,
			.width = 7});
	pdf_tag(pdf, "P");
	at.y += pdf_draw(pdf, at, &label) + 40;
	if (words_given(slot->said.text))
		pdf_draw(pdf, at, &words);
	pdf_tag_end(pdf, "P");
}

static void slots_as_paragraphs(struct pdf *pdf, const struct table_fact *slots,
	size_t count)
{
	for (size_t i = 0; i < count; i++) {
		pdf_paragraph(pdf, "P", PDF_BOLD, slots[i].label);
		pdf_paragraph(pdf, "P", PDF_BODY,
			words_or(slots[i].said.text, "Not written yet"));
	}
}

int32_t pdf_slots_height(struct pdf *pdf, const struct table_fact *slots,
	size_t count)
{
	int32_t whole = 0;
	for (size_t i = 0; i < count; i += 2) {
		int32_t height = slot_height(pdf, &slots[i]);
		int32_t other = i + 1 < count ? slot_height(pdf, &slots[i + 1])
					      : 0;
		whole += (height > other ? height : other) + SLOT_GAP;
	}
	return whole;
}

void pdf_slots(struct pdf *pdf, const struct table_fact *slots, size_t count)
{
	for (size_t i = 0; i < count; i += 2) {
		bool has_two = i + 1 < count;
		int32_t height = slot_height(pdf, &slots[i]);
		int32_t other = has_two ? slot_height(pdf, &slots[i + 1]) : 0;
		height = other > height ? other : height;
		if (height > SLOT_MAXIMUM) {
			slots_as_paragraphs(pdf, &slots[i], has_two ? 2 : 1);
			continue;
		}
		pdf_need(pdf, height);
		draw_slot(pdf, &slots[i], PDF_MARGIN, height);
		if (has_two)
			draw_slot(pdf, &slots[i + 1],
				PDF_MARGIN + (PDF_INSIDE + SLOT_GAP) / 2, height);
		pdf_go(pdf, height + SLOT_GAP);
	}
}
