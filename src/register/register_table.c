/* SPDX-License-Identifier: MIT
 *
 * The tables of a register and the statements on them, from its definition.
 *
 * Names come from the definition alone, where they were checked to be
 * lower-case words; nothing a user types gets here.
 */
#include "base/buffer.h"
#include "base/digest.h"
#include "register/register.h"

static const char *column_type(const struct definition_field *field)
{
	switch (definition_field_kind(field)) {
	case VALUE_DATE:
		return "DATE";
	case VALUE_NUMBER:
		return "BIGINT";
	case VALUE_FLAG:
		return "SMALLINT";
	default:
		return "TEXT";
	}
}

/* Long texts stand last, so that a reader of the short ones skips them. */
static void add_columns(const struct definition_field *fields, size_t count,
	struct buffer *create, struct buffer *names)
{
	for (int is_prose = 0; is_prose < 2; is_prose++)
		for (size_t i = 0; i < count; i++) {
			bool is_long = fields[i].type == DEFINITION_PROSE;
			if (is_long != (is_prose == 1))
				continue;
			buffer_format(create, "  %s %s,\n", fields[i].name,
				column_type(&fields[i]));
			buffer_format(names, ", %s", fields[i].name);
		}
}

static const char *kept(struct arena *arena, struct buffer *buffer)
{
	const char *text = arena_string(arena, buffer_text(buffer));
	buffer_finish(buffer);
	return text;
}

/* "INSERT INTO t (a, b) VALUES ($1, $2)" */
static const char *add_statement(struct arena *arena, const char *table,
	const char *names, size_t width)
{
	struct buffer out = {.maximum = 1 << 18};
	buffer_format(&out, "INSERT INTO %s (%s) VALUES (", table, names);
	for (size_t i = 1; i <= width; i++)
		buffer_format(&out, "%s$%zu", i == 1 ? "" : ", ", i);
	buffer_char(&out, ')');
	return kept(arena, &out);
}

struct shape {
	const char *table;
	const char *own_create, *own_names, *key, *tail;
	const struct definition_field *fields;
	size_t field_count, own_count;
	const struct definition_part *part;
};

static struct register_table make(struct arena *arena, const struct shape *shape)
{
	struct buffer create = {.maximum = 1 << 18}, names = {.maximum = 1 << 18};
	buffer_format(&create, "CREATE TABLE %s (\n%s", shape->table,
		shape->own_create);
	buffer_string(&names, shape->own_names);
	add_columns(shape->fields, shape->field_count, &create, &names);
	buffer_format(&create, "  PRIMARY KEY (%s)\n);\n%s", shape->key,
		shape->tail);
	struct register_table table = {.name = shape->table,
		.create = kept(arena, &create),
		.drop = arena_format(arena, "DROP TABLE IF EXISTS %s",
			shape->table),
		.clear = arena_format(arena,
			"DELETE FROM %s WHERE la = $1 AND entry = $2",
			shape->table),
		.empty = arena_format(arena, "DELETE FROM %s WHERE la = $1",
			shape->table),
		.width = shape->own_count + shape->field_count,
		.part = shape->part};
	table.add = add_statement(arena, table.name, kept(arena, &names),
		table.width);
	return table;
}

/* A register's name has '-' where a table's has '_'. */
static const char *table_name(struct arena *arena, const char *register_name,
	const char *part)
{
	char *name = arena_new(arena, 128);
	struct buffer out = {.maximum = 127};
	buffer_format(&out, "reg_%s%s%s", register_name,
		part == NULL ? "" : "_", part == NULL ? "" : part);
	text_copy(name, 128, buffer_text(&out));
	buffer_finish(&out);
	for (char *at = name; *at != '\0'; at++)
		if (*at == '-')
			*at = '_';
	return name;
}

static struct register_table entries_table(struct arena *arena,
	const struct definition *of)
{
	const char *name = table_name(arena, of->name, NULL);
	struct shape shape = {.table = name,
		.own_create = "  la SMALLINT NOT NULL,\n"
			      "  entry BIGINT NOT NULL,\n"
			      "  child BIGINT NOT NULL,\n"
			      "  is_open SMALLINT NOT NULL,\n"
			      "  state TEXT NOT NULL,\n"
			      "  opened DATE NOT NULL,\n"
			      "  closed DATE,\n"
			      "  since DATE NOT NULL,\n"
			      "  owner TEXT NOT NULL,\n"
			      "  team TEXT NOT NULL,\n",
		.own_names = "la, entry, child, is_open, state, opened, closed,"
			     " since, owner, team",
		.own_count = 10,
		.key = "la, entry",
		.tail = arena_format(arena,
			"CREATE INDEX %s_child ON %s (la, child);\n", name, name),
		.fields = of->fields,
		.field_count = of->field_count};
	return make(arena, &shape);
}

static struct register_table part_table(struct arena *arena,
	const struct definition *of, const struct definition_part *part)
{
	struct shape shape = {.table = table_name(arena, of->name, part->name),
		.own_create = "  la SMALLINT NOT NULL,\n"
			      "  entry BIGINT NOT NULL,\n"
			      "  place INTEGER NOT NULL,\n"
			      "  item BIGINT NOT NULL,\n"
			      "  child BIGINT NOT NULL,\n"
			      "  added DATE,\n",
		.own_names = "la, entry, place, item, child, added",
		.own_count = 6,
		.key = "la, entry, place",
		.tail = "",
		.fields = part->fields,
		.field_count = part->field_count,
		.part = part};
	return make(arena, &shape);
}

static const char *shape_of(struct arena *arena, const struct register_one *one)
{
	struct digest sum;
	char digest[DIGEST_TEXT];
	digest_begin(&sum);
	/* A changed clock makes other work of the same documents. */
	digest_add(&sum, text_of(one->definition->digest));
	for (size_t i = 0; i < one->table_count; i++)
		digest_add(&sum, text_of(one->tables[i].create));
	digest_end(&sum, digest);
	return arena_string(arena, text_of(digest));
}

void register_work_out(struct arena *arena, const struct definition *definition,
	struct register_one *out_one)
{
	struct register_one one = {.definition = definition,
		.table_count = definition->part_count + 1};
	one.tables = arena_array(arena, one.table_count, sizeof *one.tables);
	one.tables[0] = entries_table(arena, definition);
	for (size_t i = 0; i < definition->part_count; i++)
		one.tables[i + 1] = part_table(arena, definition,
			&definition->parts[i]);
	one.shape = shape_of(arena, &one);
	*out_one = one;
}
