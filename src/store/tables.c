/* SPDX-License-Identifier: MIT
 *
 * Reads the tables out of the schema as PostgreSQL takes it, whose types say
 * which texts are dates.
 */
#include "store/tables.h"

#include <stdio.h>

#include "store/migrate.h"

enum { MOST_TABLES = 256 };

struct reader {
	struct arena *arena;
	struct tables_table *tables;
	size_t count;
	struct tables_table *table; /* being read; NULL: between tables */
};

static const struct {
	const char *type;
	enum store_kind kind;
} types[] = {
	{"SMALLINT", STORE_INTEGER},
	{"INTEGER", STORE_INTEGER},
	{"BIGINT", STORE_INTEGER},
	{"TEXT", STORE_TEXT},
	{"DATE", STORE_DATE},
	{"BYTEA", STORE_BLOB},
};

static void refuse(const char *what, struct text line)
{
	fprintf(stderr, "kith: the schema has %s: " TEXT_FORMAT "\n", what,
		TEXT_ARGS(line));
	abort();
}

/* A word ends at a space, comma or bracket. */
static struct text take_word(struct text *rest)
{
	struct text line = text_trim(*rest);
	size_t length = 0;
	while (length < line.length && strchr(" ,();", line.at[length]) == NULL)
		length++;
	*rest = text_cut(line, length, line.length);
	return text_cut(line, 0, length);
}

static bool kind_of(struct text type, enum store_kind *out_kind)
{
	for (size_t i = 0; i < COUNT_OF(types); i++)
		if (text_is(type, types[i].type)) {
			*out_kind = types[i].kind;
			return true;
		}
	return false;
}

static void begin_table(struct reader *reader, struct text rest)
{
	if (reader->count == MOST_TABLES)
		refuse("too many tables", rest);
	reader->table = &reader->tables[reader->count++];
	reader->table->name = arena_string(reader->arena, take_word(&rest));
}

static void add_column(struct reader *reader, struct tables_table *table,
	struct text line)
{
	struct text rest = line;
	struct text name = take_word(&rest);
	enum store_kind kind;
	if (!kind_of(take_word(&rest), &kind))
		return;
	if (table->column_count == TABLES_COLUMNS)
		refuse("too many columns", line);
	if (table->column_count == 0)
		table->has_la = text_is(name, "la");
	table->has_blob = table->has_blob || kind == STORE_BLOB;
	table->columns[table->column_count++] =
		(struct tables_column){arena_string(reader->arena, name), kind};
}

static size_t place_of(const struct tables_table *table, struct text name)
{
	for (size_t i = 0; i < table->column_count; i++)
		if (text_is(name, table->columns[i].name))
			return i;
	refuse("a key without its column", name);
	return 0;
}

static void read_key(struct tables_table *table, struct text line)
{
	struct text rest;
	text_split(line, '(', &rest);
	struct text names = text_split(rest, ')', &rest);
	while (names.length > 0) {
		struct text name = text_trim(text_split(names, ',', &names));
		if (table->key_count == TABLES_KEY)
			refuse("too long a key", line);
		table->key[table->key_count++] = place_of(table, name);
	}
}

static void alter_table(struct reader *reader, struct text rest)
{
	struct text name = take_word(&rest);
	rest = text_trim(rest);
	if (!text_starts(rest, TEXT("ADD COLUMN ")))
		refuse("a change that cannot be copied", rest);
	rest = text_cut(rest, sizeof "ADD COLUMN " - 1, rest.length);
	for (size_t i = 0; i < reader->count; i++)
		if (text_is(name, reader->tables[i].name)) {
			add_column(reader, &reader->tables[i], rest);
			return;
		}
	refuse("a change of no table", name);
}

static void read_line(struct reader *reader, struct text line)
{
	static const struct text create = {"CREATE TABLE ", 13};
	static const struct text alter = {"ALTER TABLE ", 12};
	static const struct text drop = {"DROP TABLE ", 11};
	if (text_starts(line, create))
		begin_table(reader, text_cut(line, create.length, line.length));
	else if (text_starts(line, alter))
		alter_table(reader, text_cut(line, alter.length, line.length));
	else if (text_starts(line, drop))
		refuse("a change that cannot be copied", line);
	else if (reader->table == NULL)
		return;
	else if (text_starts(line, TEXT(");")))
		reader->table = NULL;
	else if (text_starts(line, TEXT("PRIMARY KEY")))
		read_key(reader->table, line);
	else
		add_column(reader, reader->table, line);
}

void tables_read(struct arena *arena, const struct tables_table **out_tables,
	size_t *out_count)
{
	struct reader reader = {.arena = arena,
		.tables = arena_array(arena, MOST_TABLES,
			sizeof(struct tables_table))};
	struct buffer schema = {.maximum = 1 << 22};
	migrate_render(STORE_POSTGRES, &schema);
	struct text rest = buffer_text(&schema);
	while (rest.length > 0)
		read_line(&reader, text_trim(text_split(rest, '\n', &rest)));
	buffer_finish(&schema);
	*out_tables = reader.tables;
	*out_count = reader.count;
}
