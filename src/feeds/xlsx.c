/* SPDX-License-Identifier: MIT
 *
 * Opening a workbook: from the package's relations to the workbook, from the
 * workbook's to sheets, styles and shared texts.
 */
#include "feeds/xlsx.h"

#include <string.h>

#include "base/buffer.h"
#include "base/limits.h"
#include "feeds/xlsx-inside.h"

enum { LIMIT_STYLES = 65536, LIMIT_SHEETS = 1024, LIMIT_RELATIONS = 4096 };

struct part_reader {
	struct xml *xml;
};

static bool feed_piece(void *self, struct text piece, struct fault *fault)
{
	struct part_reader *reader = self;
	return xml_feed(reader->xml, piece, fault);
}

bool xlsx_read_part(const struct xlsx *xlsx, const char *part,
	const struct xml_consumer *consumer, struct fault *fault)
{
	struct part_reader reader = {.xml = xml_open(consumer)};
	struct unzip_consumer pieces = {.self = &reader, .piece = feed_piece};
	bool is_read = unzip_read(xlsx->unzip, part, &pieces, fault)
		&& xml_finish(reader.xml, fault);
	xml_close(reader.xml);
	if (!is_read)
		fault_hint(fault, "this is in \"%.200s\" inside the workbook",
			part);
	return is_read;
}

/* Relations: from an id to the part it means, of some kind. */

struct relation {
	struct text id;
	struct text kind;   /* the last word of its type */
	struct text target; /* as written */
};

struct relations {
	struct arena *arena;
	struct text folder; /* of the part they belong to, with its slash */
	struct relation *all;
	size_t count;
	size_t capacity;
};

static bool relation_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct relations *relations = self;
	if (element->name < 0)
		return true;
	if (relations->count == LIMIT_RELATIONS)
		return fault_set(fault, FAULT_LIMIT,
			"the workbook has more than %d relations",
			LIMIT_RELATIONS);
	struct text type = xml_attribute(element, "Type");
	const char *slash = type.length == 0
		? NULL
		: memrchr(type.at, '/', type.length);
	size_t skip = slash == NULL ? 0 : (size_t)(slash - type.at) + 1;
	struct arena *arena = relations->arena;
	relations->all = memory_grow(relations->all, &relations->capacity,
		relations->count + 1, sizeof *relations->all);
	relations->all[relations->count++] =
		(struct relation){.id = arena_text(arena,
					  xml_attribute(element, "Id")),
			.kind = arena_text(arena,
				text_cut(type, skip, type.length)),
			.target = arena_text(arena,
				xml_attribute(element, "Target"))};
	return true;
}

/* The part a relation means: from the root, or beside its owner. */
static const char *part_of(const struct relations *relations,
	const struct relation *relation)
{
	struct text target = relation->target;
	if (text_starts(target, TEXT("/")))
		return arena_string(relations->arena,
			text_cut(target, 1, target.length));
	struct text folder = relations->folder;
	while (text_starts(target, TEXT("../")) && folder.length > 0) {
		target = text_cut(target, 3, target.length);
		folder.length--;
		while (folder.length > 0 && folder.at[folder.length - 1] != '/')
			folder.length--;
	}
	return arena_format(relations->arena, TEXT_FORMAT TEXT_FORMAT,
		TEXT_ARGS(folder), TEXT_ARGS(target));
}

static const char *part_of_kind(const struct relations *relations,
	const char *kind)
{
	for (size_t i = 0; i < relations->count; i++)
		if (text_is(relations->all[i].kind, kind))
			return part_of(relations, &relations->all[i]);
	return NULL;
}

static const struct relation *find_relation(const struct relations *relations,
	struct text id)
{
	for (size_t i = 0; i < relations->count; i++)
		if (text_equals(relations->all[i].id, id))
			return &relations->all[i];
	return NULL;
}

static void release(void *thing)
{
	memory_free(thing);
}

/* The relations of a part stand in _rels/NAME.rels beside it; those of the
 * whole package in _rels/.rels. */
static bool read_relations(const struct xlsx *xlsx, const char *part,
	struct relations *out_relations, struct fault *fault)
{
	static const char *const names[] = {"Relationship"};
	struct text whole = text_of(part);
	const char *slash = whole.length == 0 ? NULL
					      : memrchr(part, '/', whole.length);
	size_t folder = slash == NULL ? 0 : (size_t)(slash - part) + 1;
	struct relations relations = {.arena = xlsx->arena,
		.folder = text_cut(whole, 0, folder)};
	struct xml_consumer consumer = {.names = names,
		.count = COUNT_OF(names),
		.self = &relations,
		.start = relation_start};
	bool is_read = xlsx_read_part(xlsx,
		arena_format(xlsx->arena, "%.*s_rels/%s.rels", (int)folder,
			part, part + folder),
		&consumer, fault);
	arena_on_close(xlsx->arena, release, relations.all);
	*out_relations = relations;
	return is_read;
}

/* The workbook: its sheets and from when it counts days. */

enum { WORKBOOK_PROPERTIES, WORKBOOK_SHEET };
static const char *const workbook_names[] =
	{[WORKBOOK_PROPERTIES] = "workbookPr", [WORKBOOK_SHEET] = "sheet"};

struct workbook_reader {
	struct xlsx *xlsx;
	const struct relations *relations;
};

static bool add_sheet(struct workbook_reader *reader,
	const struct xml_element *element, struct fault *fault)
{
	struct xlsx *xlsx = reader->xlsx;
	const struct relation *relation = find_relation(reader->relations,
		xml_attribute(element, "id"));
	if (relation == NULL || !text_is(relation->kind, "worksheet"))
		return true; /* a chart, or a sheet of an old macro language */
	if (xlsx->sheet_count == LIMIT_SHEETS)
		return fault_set(fault, FAULT_LIMIT,
			"the workbook has more than %d sheets", LIMIT_SHEETS);
	struct text state = xml_attribute(element, "state");
	xlsx->sheets[xlsx->sheet_count] =
		(struct xlsx_sheet){.name = arena_text(xlsx->arena,
					    xml_attribute(element, "name")),
			.is_hidden = state.length > 0
				&& !text_is(state, "visible")};
	xlsx->sheet_parts[xlsx->sheet_count++] = part_of(reader->relations,
		relation);
	return true;
}

static bool is_true(struct text text)
{
	return text_is(text, "1") || text_equals_folded(text, TEXT("true"));
}

static bool workbook_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct workbook_reader *reader = self;
	if (element->name == WORKBOOK_PROPERTIES
		&& is_true(xml_attribute(element, "date1904")))
		reader->xlsx->dates = XLSX_VALUE_FROM_1904;
	if (element->name == WORKBOOK_SHEET && element->depth == 3)
		return add_sheet(reader, element, fault);
	return true;
}

static bool read_workbook(struct xlsx *xlsx, const char *part,
	const struct relations *relations, struct fault *fault)
{
	struct workbook_reader reader = {xlsx, relations};
	struct xml_consumer consumer = {.names = workbook_names,
		.count = COUNT_OF(workbook_names),
		.self = &reader,
		.start = workbook_start};
	xlsx->sheets = arena_array(xlsx->arena, LIMIT_SHEETS,
		sizeof *xlsx->sheets);
	xlsx->sheet_parts = arena_array(xlsx->arena, LIMIT_SHEETS,
		sizeof *xlsx->sheet_parts);
	if (!xlsx_read_part(xlsx, part, &consumer, fault))
		return false;
	if (xlsx->sheet_count == 0)
		return fault_set(fault, FAULT_INPUT,
			"the workbook has no sheets");
	return true;
}

/* Styles: which of them show dates. Own formats precede the styles that use
 * them (18.8.39, a sequence). */

enum { STYLE_FORMAT, STYLE_CELLS, STYLE };
static const char *const style_names[] =
	{[STYLE_FORMAT] = "numFmt", [STYLE_CELLS] = "cellXfs", [STYLE] = "xf"};

struct style_reader {
	struct xlsx *xlsx;
	bool is_in_cells;
	size_t format_count;
	struct {
		int64_t id;
		bool is_date;
	} formats[LIMIT_RELATIONS];
};

static bool is_date_format(const struct style_reader *reader, int64_t id)
{
	for (size_t i = 0; i < reader->format_count; i++)
		if (reader->formats[i].id == id)
			return reader->formats[i].is_date;
	return id >= 0 && id < 1000 && xlsx_value_is_date_id((int)id);
}

static void add_style(struct style_reader *reader,
	const struct xml_element *element)
{
	struct xlsx *xlsx = reader->xlsx;
	int64_t id = 0;
	(void)text_to_int64(xml_attribute(element, "numFmtId"), &id);
	if (xlsx->style_count == LIMIT_STYLES)
		return;
	xlsx->is_date[xlsx->style_count++] = is_date_format(reader, id);
}

static bool style_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct style_reader *reader = self;
	(void)fault;
	if (element->name == STYLE_CELLS)
		reader->is_in_cells = true;
	if (element->name == STYLE && reader->is_in_cells)
		add_style(reader, element);
	int64_t id;
	if (element->name == STYLE_FORMAT && reader->format_count < LIMIT_RELATIONS
		&& text_to_int64(xml_attribute(element, "numFmtId"), &id)) {
		size_t place = reader->format_count++;
		reader->formats[place].id = id;
		reader->formats[place].is_date = xlsx_value_is_date_code(
			xml_attribute(element, "formatCode"));
	}
	return true;
}

static bool style_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct style_reader *reader = self;
	(void)fault;
	if (element->name == STYLE_CELLS)
		reader->is_in_cells = false;
	return true;
}

static bool read_styles(struct xlsx *xlsx, const char *part, struct fault *fault)
{
	struct style_reader *reader = arena_new(xlsx->arena, sizeof *reader);
	reader->xlsx = xlsx;
	xlsx->is_date = arena_array(xlsx->arena, LIMIT_STYLES,
		sizeof *xlsx->is_date);
	struct xml_consumer consumer = {.names = style_names,
		.count = COUNT_OF(style_names),
		.self = reader,
		.start = style_start,
		.end = style_end};
	return xlsx_read_part(xlsx, part, &consumer, fault);
}

/* Shared texts: plain, or in runs of different looks that are joined; how they
 * are pronounced (rPh) is left out. */

enum { SHARED_ITEM, SHARED_TEXT, SHARED_SOUND };
static const char *const shared_names[] =
	{[SHARED_ITEM] = "si", [SHARED_TEXT] = "t", [SHARED_SOUND] = "rPh"};

struct shared_reader {
	struct xlsx *xlsx;
	struct buffer text;
	bool is_sound;
};

static bool shared_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct shared_reader *reader = self;
	(void)fault;
	if (element->name == SHARED_ITEM)
		buffer_clear(&reader->text);
	if (element->name == SHARED_SOUND)
		reader->is_sound = true;
	return true;
}

static bool add_shared(struct shared_reader *reader, struct fault *fault)
{
	struct xlsx *xlsx = reader->xlsx;
	if (reader->text.has_failed)
		return fault_set(fault, FAULT_LIMIT,
			"a text of the workbook is longer than %d bytes",
			LIMIT_FIELD_BYTES);
	if (xlsx->text_count == LIMIT_SHARED_TEXTS)
		return fault_set(fault, FAULT_LIMIT,
			"the workbook has more than %d texts",
			LIMIT_SHARED_TEXTS);
	xlsx->texts = memory_grow(xlsx->texts, &xlsx->text_capacity,
		xlsx->text_count + 1, sizeof *xlsx->texts);
	xlsx->texts[xlsx->text_count++] = arena_text(xlsx->arena,
		buffer_text(&reader->text));
	return true;
}

static bool shared_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct shared_reader *reader = self;
	if (element->name == SHARED_SOUND)
		reader->is_sound = false;
	if (element->name == SHARED_TEXT && !reader->is_sound)
		xlsx_value_add_text(&reader->text, element->whole);
	return element->name != SHARED_ITEM || add_shared(reader, fault);
}

static bool read_shared(struct xlsx *xlsx, const char *part, struct fault *fault)
{
	struct shared_reader reader = {.xlsx = xlsx,
		.text = {.maximum = LIMIT_FIELD_BYTES}};
	struct xml_consumer consumer = {.names = shared_names,
		.count = COUNT_OF(shared_names),
		.self = &reader,
		.start = shared_start,
		.end = shared_end};
	bool is_read = xlsx_read_part(xlsx, part, &consumer, fault);
	buffer_finish(&reader.text);
	arena_on_close(xlsx->arena, release, xlsx->texts);
	return is_read;
}

bool xlsx_open(struct text bytes, struct arena *arena, struct xlsx **out_xlsx,
	struct fault *fault)
{
	struct xlsx *xlsx = arena_new(arena, sizeof *xlsx);
	struct relations package, relations;
	xlsx->arena = arena;
	if (!unzip_open(bytes, arena, &xlsx->unzip, fault)
		|| !read_relations(xlsx, "", &package, fault))
		return false;
	const char *workbook = part_of_kind(&package, "officeDocument");
	if (workbook == NULL)
		return fault_set(fault, FAULT_INPUT,
			"the file is not a workbook (.xlsx)");
	if (!read_relations(xlsx, workbook, &relations, fault)
		|| !read_workbook(xlsx, workbook, &relations, fault))
		return false;
	const char *styles = part_of_kind(&relations, "styles");
	if (styles != NULL && !read_styles(xlsx, styles, fault))
		return false;
	const char *shared = part_of_kind(&relations, "sharedStrings");
	if (shared != NULL && !read_shared(xlsx, shared, fault))
		return false;
	*out_xlsx = xlsx;
	return true;
}

const struct xlsx_sheet *xlsx_sheets(const struct xlsx *xlsx, size_t *out_count)
{
	*out_count = xlsx->sheet_count;
	return xlsx->sheets;
}

bool xlsx_find(const struct xlsx *xlsx, struct text name, size_t *out_sheet)
{
	for (size_t i = 0; i < xlsx->sheet_count; i++) {
		if (!text_equals_folded(xlsx->sheets[i].name, name))
			continue;
		*out_sheet = i;
		return true;
	}
	return false;
}

bool xlsx_read(const struct xlsx *xlsx, size_t sheet,
	const struct xlsx_consumer *consumer, struct fault *fault)
{
	return xlsx_sheet_read(xlsx, sheet, consumer, fault);
}
