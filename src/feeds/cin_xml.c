/* SPDX-License-Identifier: MIT
 *
 * The census as XML, turned into one tree of parts a child.
 *
 * An element that opens a part pushes it; a value goes to the part that is
 * open, if that part has such a value; containers that only group (Reviews,
 * Disabilities) mean nothing. So the order of elements does not matter. What
 * is in an element we do not know is passed over with it, and counted.
 */
#include "feeds/cin-inside.h"
#include "feeds/xml.h"

enum {
	OPEN_PARTS = 8,    /* nested; the census needs 4 */
	MOST_PARTS = 2048, /* of one child, so that memory stays bounded */
	MOST_NAMES = CIN_KINDS * (CIN_VALUES + 1) + 16,
	NOWHERE = -1,
};

/* Elements that group others and are no parts. */
static const char *const groups[] = {"Message", "CollectionDetails", "Source",
	"Children", "ChildIdentifiers", "ChildCharacteristics", "Disabilities",
	"FactorsIdentifiedAtAssessment", "Reviews"};

struct reader {
	const struct cin_sink *sink;
	struct arena *arena; /* of the present child */
	const char *names[MOST_NAMES];
	size_t name_count;
	int16_t places[CIN_KINDS][MOST_NAMES]; /* of a name in a kind's values */
	struct cin_part *open[OPEN_PARTS];
	int top;        /* open parts */
	int skip_depth; /* of the unknown element we are in; 0: none */
	int part_count;
	struct cin_unknown unknown;
	bool is_header_only, has_header;
	struct cin_part header;
	struct arena *header_arena;
};

static size_t add_name(struct reader *reader, const char *name)
{
	for (size_t i = 0; i < reader->name_count; i++)
		if (text_is(text_of(name), reader->names[i]))
			return i;
	reader->names[reader->name_count] = name;
	return reader->name_count++;
}

/* The kinds' own names come first, so that a name's place is its kind. */
static void make_names(struct reader *reader)
{
	for (int kind = 0; kind < CIN_KINDS; kind++)
		add_name(reader, cin_tables[kind].element);
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		add_name(reader, groups[i]);
	for (int kind = 0; kind < CIN_KINDS; kind++)
		for (int name = 0; name < MOST_NAMES; name++)
			reader->places[kind][name] = NOWHERE;
	for (int kind = 0; kind < CIN_KINDS; kind++)
		for (int f = 0; f < CIN_VALUES; f++) {
			const char *name = cin_tables[kind].fields[f].element;
			if (name != NULL)
				reader->places[kind][add_name(reader, name)] =
					(int16_t)f;
		}
}

static struct cin_part *present(const struct reader *reader)
{
	return reader->top == 0 ? NULL : reader->open[reader->top - 1];
}

static bool may_open(const struct reader *reader, enum cin_kind kind)
{
	const struct cin_part *part = present(reader);
	enum cin_kind parent = part == NULL ? CIN_KINDS : part->kind;
	return cin_tables[kind].parent == parent;
}

static bool open_part(struct reader *reader, enum cin_kind kind, int64_t line,
	struct fault *fault)
{
	if (++reader->part_count > MOST_PARTS)
		return fault_set(fault, FAULT_LIMIT,
			"the child at line %lld has more than %d parts",
			(long long)reader->open[0]->line, MOST_PARTS);
	struct cin_part *part = arena_new(reader->arena, sizeof *part);
	part->kind = kind;
	part->line = line;
	struct cin_part *parent = present(reader);
	if (parent != NULL && parent->last != NULL)
		parent->last->next = part;
	else if (parent != NULL)
		parent->first = part;
	if (parent != NULL)
		parent->last = part;
	reader->open[reader->top++] = part;
	return true;
}

static void pass_over(struct reader *reader, const struct xml_element *element)
{
	reader->skip_depth = element->depth;
	if (reader->unknown.count++ > 0)
		return;
	reader->unknown.line = element->line;
	text_copy(reader->unknown.first, sizeof reader->unknown.first,
		element->tag);
}

static bool at_start(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct reader *reader = self;
	if (reader->skip_depth != 0)
		return true;
	if (element->name >= 0 && element->name < CIN_KINDS
		&& may_open(reader, (enum cin_kind)element->name))
		return open_part(reader, (enum cin_kind)element->name,
			element->line, fault);
	bool is_part = element->name >= 0 && element->name < CIN_KINDS;
	const struct cin_part *part = present(reader);
	/* The header holds more than we read; that is no news to anyone. */
	bool is_in_header = part != NULL && part->kind == CIN_HEADER;
	if ((element->name < 0 || is_part) && part != NULL && !is_in_header)
		pass_over(reader, element);
	return true;
}

static void set_value(struct reader *reader, const struct xml_element *element)
{
	struct cin_part *part = present(reader);
	if (part == NULL || element->name < 0 || element->text.length == 0)
		return;
	int place = reader->places[part->kind][element->name];
	if (place == NOWHERE)
		return;
	struct cin_value *value = &part->values[place];
	/* What lies in the file need not be copied. */
	*value = (struct cin_value){.text = element->is_lasting
			? element->text
			: arena_text(reader->arena, element->text),
		.line = element->line};
	if (cin_tables[part->kind].fields[place].type == CIN_DATE)
		(void)!date_read_any(value->text, &value->date);
}

static void keep_header(struct reader *reader, const struct cin_part *part)
{
	reader->has_header = true;
	reader->header = *part;
	for (int i = 0; reader->header_arena != NULL && i < CIN_VALUES; i++)
		reader->header.values[i].text = arena_text(reader->header_arena,
			part->values[i].text);
}

static bool close_part(struct reader *reader, struct fault *fault)
{
	struct cin_part *part = reader->open[--reader->top];
	if (reader->top > 0)
		return true;
	bool is_done = true;
	if (part->kind == CIN_HEADER)
		keep_header(reader, part);
	else if (reader->sink != NULL)
		is_done = reader->sink->child(reader->sink->self, part, fault);
	arena_reset(reader->arena);
	reader->part_count = 0;
	if (is_done && reader->is_header_only && reader->has_header)
		return fault_set(fault, FAULT_LIMIT, "the header is enough");
	return is_done;
}

static bool at_end(void *self, const struct xml_element *element,
	struct fault *fault)
{
	struct reader *reader = self;
	if (reader->skip_depth != 0) {
		if (element->depth == reader->skip_depth)
			reader->skip_depth = 0;
		return true;
	}
	if (!element->has_children)
		set_value(reader, element);
	const struct cin_part *part = present(reader);
	if (part != NULL && element->name == (int)part->kind)
		return close_part(reader, fault);
	return true;
}

static bool read_with(struct reader *reader, struct text bytes,
	struct fault *fault)
{
	make_names(reader);
	struct xml_consumer consumer = {reader->names, reader->name_count,
		reader, at_start, at_end};
	return xml_read(bytes, &consumer, fault);
}

bool cin_xml_read(struct text bytes, const struct cin_sink *sink,
	struct cin_unknown *out_unknown, struct fault *fault)
{
	struct arena *memory = arena_open();
	struct reader *reader = arena_new(memory, sizeof *reader);
	reader->sink = sink;
	reader->arena = arena_open();
	bool is_read = read_with(reader, bytes, fault);
	*out_unknown = reader->unknown;
	arena_close(reader->arena);
	arena_close(memory);
	return is_read;
}

bool cin_xml_header(struct text bytes, struct arena *arena,
	struct cin_part *out_header, struct fault *fault)
{
	struct arena *memory = arena_open();
	struct reader *reader = arena_new(memory, sizeof *reader);
	struct fault stopped = {0};
	reader->arena = arena_open();
	reader->header_arena = arena;
	reader->is_header_only = true;
	bool is_whole = read_with(reader, bytes, &stopped);
	bool has_header = reader->has_header;
	if (has_header)
		*out_header = reader->header;
	arena_close(reader->arena);
	arena_close(memory);
	if (!has_header && !is_whole && !fault_is_set(fault))
		*fault = stopped;
	return has_header;
}
