/* SPDX-License-Identifier: MIT
 *
 * A row as it came, and what was said and done about it.
 *
 * A place is batch, part and row: the part is the number of the file in its
 * batch, or of the list in a workbook of Annex A.
 */
#include "desk/acts-inside.h"

extern const struct embedded desk_sql[];

enum { MOST_REMARKS = 200 };

static const char *kept(struct desk *desk, const struct store_rows *rows,
	int column)
{
	return arena_string(desk->arena, store_get_text(rows, column));
}

/* False without a fault too: out->file is NULL where the place is not there. */
static bool read_file(struct desk *desk, const struct import_place *place,
	struct store *store, struct desk_source_output *out, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(desk_sql, "source_file"),
		    STORE_VALUES(store_integer(place->la),
			    store_integer(place->batch),
			    store_integer(place->file)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		out->kind = kept(desk, rows, 0);
		out->label = kept(desk, rows, 1);
		out->received_at = kept(desk, rows, 2);
		out->received_by = kept(desk, rows, 3);
		out->file = kept(desk, rows, 4);
		out->content = kept(desk, rows, 5);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool read_text(struct desk *desk, const struct import_place *place,
	struct store *store, struct desk_source_output *out, struct fault *fault)
{
	struct import_place first = *place;
	struct text heading = {.at = NULL, .length = 0}, row;
	first.row = 1;
	if (!import_source_row(store, place, desk->arena, &row, fault)
		|| !import_source_row(store, &first, desk->arena, &heading, fault))
		return false;
	bool is_xml = text_starts(heading, TEXT("<"));
	out->heading = is_xml || place->row == 1
		? ""
		: arena_string(desk->arena, heading);
	out->text = arena_string(desk->arena, row);
	return true;
}

/* The cells of a row of a list, as they were written. */
static bool read_cells(struct desk *desk, const struct import_place *place,
	struct store *store, struct desk_source_output *out, struct fault *fault)
{
	struct store_rows *rows;
	struct buffer cells = {.maximum = 1 << 20};
	if (!store_query(store, store_find(desk_sql, "source_cells"),
		    STORE_VALUES(store_integer(place->la),
			    store_integer(place->batch),
			    store_integer(place->file), store_integer(place->row)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault))
		buffer_format(&cells, "%s" TEXT_FORMAT ": " TEXT_FORMAT,
			cells.length > 0 ? "\n" : "",
			TEXT_ARGS(store_get_text(rows, 0)),
			TEXT_ARGS(store_get_text(rows, 1)));
	store_end(rows);
	out->heading = "";
	out->text = arena_string(desk->arena, buffer_text(&cells));
	buffer_finish(&cells);
	return !fault_is_set(fault);
}

/* Repairs, then what was found wrong, a sentence each. */
static bool read_remarks(struct desk *desk, const struct import_place *place,
	struct store *store, struct desk_source_output *out, struct fault *fault)
{
	struct store_rows *rows;
	const char **remarks = arena_array(desk->arena, MOST_REMARKS,
		sizeof *remarks);
	if (!store_query(store, store_find(desk_sql, "source_remarks"),
		    STORE_VALUES(store_integer(place->la),
			    store_integer(place->batch),
			    store_integer(place->file), store_integer(place->row)),
		    &rows, fault))
		return false;
	while (out->remark_count < MOST_REMARKS && store_next(rows, fault))
		remarks[out->remark_count++] = arena_format(desk->arena,
			"%s, %s: %s (rule %s)", kept(desk, rows, 1),
			kept(desk, rows, 2), kept(desk, rows, 3),
			kept(desk, rows, 4));
	store_end(rows);
	out->remarks = remarks;
	return !fault_is_set(fault);
}

bool acts_source(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { LISTS = 11 };
	const struct desk_source_input *in = input;
	struct desk_source_output out = {.file = NULL};
	struct region_part part;
	*note = (struct acts_note){"batch",
		arena_format(desk->arena, "%lld", (long long)in->batch),
		arena_format(desk->arena, "part %d, row %lld", in->part,
			(long long)in->row)};
	if (!region_one(&desk->region, desk->la, &part, fault))
		return false;
	struct import_place place = {part.la, in->batch, in->part, in->row};
	struct import_place file = {part.la, in->batch, 0, in->row};
	if (!read_file(desk, &file, part.store, &out, fault))
		return false;
	bool is_book = out.file != NULL && text_is(text_of(out.kind), "annex-a");
	if (out.file != NULL && !is_book) {
		out.file = NULL;
		file = place;
		if (!read_file(desk, &file, part.store, &out, fault))
			return false;
	}
	bool is_list = is_book && in->part >= 1 && in->part <= LISTS;
	if (is_list && !read_cells(desk, &place, part.store, &out, fault))
		return false;
	if (out.file != NULL && !is_book
		&& !read_text(desk, &place, part.store, &out, fault))
		return false;
	if (out.file == NULL || out.text == NULL || out.text[0] == '\0') {
		fault_set(fault, FAULT_MISSING, "no row %lld in part %d of %lld",
			(long long)in->row, in->part, (long long)in->batch);
		return fault_hint(fault,
			"a place is BATCH/PART/ROW, as lists of children give"
			" it");
	}
	if (!read_remarks(desk, &file, part.store, &out, fault))
		return false;
	*(struct desk_source_output *)output = out;
	return true;
}
