/* SPDX-License-Identifier: MIT
 *
 * Annex A on any bytes: rows belong to a list, columns to it too, every cell
 * has a name, and what is cleaned is a date, or words in UTF-8. Input that is
 * not a zip file is taken as a sheet, standing in the workbook twice: as
 * "List 7" and under a name that says nothing.
 */
#include <stdint.h>

#include <zip.h>

#include "base/encoding.h"
#include "codes/codes.h"
#include "feeds/annex_a-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char package[] =
	"<R><Relationship Id='a' Type='x/officeDocument' Target='b'/></R>";
static const char relations[] =
	"<R><Relationship Id='a' Type='x/worksheet' Target='s'/></R>";
static const char book[] = "<w><sheets><sheet name='List 7' id='a'/>"
			   "<sheet name='Other' id='a'/></sheets></w>";

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* Read once; they never change. */
static const struct codes *shipped(void)
{
	static struct codes *codes;
	static struct arena *arena;
	struct fault fault = {0};
	if (codes == NULL) {
		arena = arena_open();
		require(codes_open(arena, NULL, &codes, &fault));
	}
	return codes;
}

struct told {
	struct arena *arena;
	const struct codes *codes;
	int list;
	int64_t row;
};

static bool take_row(void *self, const struct annex_a_row *row,
	struct fault *fault)
{
	struct told *told = self;
	(void)fault;
	require(row->list >= 1 && row->list <= ANNEX_A_LISTS);
	require(row->list > told->list || row->row > told->row);
	require(row->list >= told->list && row->count >= 1);
	told->list = row->list;
	told->row = row->row;
	const struct annex_a_column *columns = annex_a_tables[row->list - 1].columns;
	for (size_t i = 0; i < row->count; i++) {
		const struct annex_a_cell *cell = &row->cells[i];
		struct annex_a_value value;
		require(cell->name.length > 0);
		require(cell->column == NULL
			|| (cell->column >= columns
				&& cell->column < columns + ANNEX_A_COLUMNS));
		annex_a_clean(told->codes, cell, told->arena, &value);
		require(encoding_is_utf8(value.text));
		require(value.date.day == 0 || value.flaw == ANNEX_A_FINE);
	}
	arena_reset(told->arena);
	return true;
}

static void add(zip_t *zip, const char *name, struct text text)
{
	zip_source_t *part = zip_source_buffer(zip, text.at, text.length, 0);
	zip_int64_t place = zip_file_add(zip, name, part, 0);
	if (place >= 0)
		zip_set_file_compression(zip, (zip_uint64_t)place, ZIP_CM_STORE,
			0);
}

static struct text zip_sheet(struct text sheet, struct arena *arena)
{
	zip_error_t error;
	zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(whole);
	zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
	add(zip, "_rels/.rels", text_of(package));
	add(zip, "_rels/b.rels", text_of(relations));
	add(zip, "b", text_of(book));
	add(zip, "s", sheet);
	require(zip_close(zip) == 0);
	zip_stat_t about;
	require(zip_source_stat(whole, &about) == 0);
	char *bytes = arena_new(arena, about.size);
	require(zip_source_open(whole) == 0);
	zip_source_read(whole, bytes, about.size);
	zip_source_close(whole);
	zip_source_free(whole);
	return (struct text){bytes, about.size};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text given = {(const char *)bytes, length};
	struct arena *arena = arena_open();
	struct told told = {.arena = arena_open(), .codes = shipped()};
	struct annex_a_found found = {0};
	struct fault fault = {0};
	if (!text_starts(given, TEXT("PK")))
		given = zip_sheet(given, arena);
	bool is_read = annex_a_book_read(given,
		&(struct annex_a_sink){&told, take_row}, &found, &fault);
	require(is_read != fault_is_set(&fault));
	arena_close(told.arena);
	arena_close(arena);
	return 0;
}
