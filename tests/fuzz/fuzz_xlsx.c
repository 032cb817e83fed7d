/* SPDX-License-Identifier: MIT
 *
 * Workbooks on any bytes. Compressed bytes are hard to invent, so that input
 * which is not a zip file is taken as the text of a sheet, of styles and of
 * shared texts (parted by zero bytes) and zipped here first.
 */
#include <stdint.h>

#include <zip.h>

#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/xlsx.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char package[] =
	"<R><Relationship Id='a' Type='x/officeDocument' Target='b'/></R>";
static const char relations[] =
	"<R><Relationship Id='a' Type='x/worksheet' Target='s'/>"
	"<Relationship Id='b' Type='x/styles' Target='y'/>"
	"<Relationship Id='c' Type='x/sharedStrings' Target='t'/></R>";
static const char book[] = "<w><sheets><sheet name='S' id='a'/></sheets></w>";

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool on_row(void *self, const struct xlsx_row *row, struct fault *fault)
{
	int64_t *last = self;
	(void)fault;
	require(row->row > *last && row->count >= 1);
	*last = row->row;
	int column = -1;
	for (size_t i = 0; i < row->count; i++) {
		const struct xlsx_cell *cell = &row->cells[i];
		require(cell->column > column);
		require(cell->column < LIMIT_COLUMNS);
		require((cell->text.length == 0) == (cell->kind == XLSX_ERROR));
		require(encoding_is_utf8(cell->text));
		column = cell->column;
	}
	return true;
}

static void read_workbook(struct text bytes)
{
	struct arena *arena = arena_open();
	struct xlsx *xlsx = NULL;
	struct fault fault = {0};
	size_t count = 0;
	bool is_read = xlsx_open(bytes, arena, &xlsx, &fault);
	if (is_read)
		xlsx_sheets(xlsx, &count);
	for (size_t i = 0; i < count && i < 4; i++) {
		int64_t last = 0;
		struct xlsx_consumer consumer = {.self = &last, .row = on_row};
		struct fault again = {0};
		is_read = xlsx_read(xlsx, i, &consumer, &again);
		require(is_read != fault_is_set(&again));
	}
	arena_close(arena);
}

static void add(zip_t *zip, const char *name, struct text text)
{
	zip_source_t *part = zip_source_buffer(zip, text.at, text.length, 0);
	zip_int64_t place = zip_file_add(zip, name, part, 0);
	if (place >= 0)
		zip_set_file_compression(zip, (zip_uint64_t)place, ZIP_CM_STORE,
			0);
}

static struct text zip_parts(struct text given, struct arena *arena)
{
	struct text styles, texts;
	struct text sheet = text_split(given, '\0', &styles);
	styles = text_split(styles, '\0', &texts);
	zip_error_t error;
	zip_source_t *whole = zip_source_buffer_create(NULL, 0, 0, &error);
	zip_source_keep(whole);
	zip_t *zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
	add(zip, "_rels/.rels", text_of(package));
	add(zip, "_rels/b.rels", text_of(relations));
	add(zip, "b", text_of(book));
	add(zip, "s", sheet);
	add(zip, "y", styles);
	add(zip, "t", texts);
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
	if (!text_starts(given, TEXT("PK")))
		given = zip_parts(given, arena);
	read_workbook(given);
	arena_close(arena);
	return 0;
}
