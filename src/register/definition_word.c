/* SPDX-License-Identifier: MIT
 *
 * Names: how they are written, how long they may be, and which are taken.
 *
 * Fields become columns and parts become tables of both engines, without
 * quotes, so their names may not be words of SQL. The words are those that
 * PostgreSQL 15 or SQLite 3.40 refuse as the name of a column; a test asks both
 * engines for their words and tries each that is not here.
 */
#include "register/definition-inside.h"

/* What every entry or row has, and words of conditions. */
static const char *const taken[] = {"actor", "added", "child", "closed",
	"empty", "entry", "is", "is_open", "item", "la", "no", "opened",
	"owner", "place", "row", "setting", "since", "state", "states",
	"subject", "team", "today", "version", "yes"};

static const char *const sql[] = {"add", "all", "alter", "analyse", "analyze",
	"and", "any", "array", "as", "asc", "asymmetric", "authorization",
	"autoincrement", "between", "binary", "both", "case", "cast", "check",
	"cmax", "cmin", "collate", "collation", "column", "commit",
	"concurrently", "constraint", "create", "cross", "ctid",
	"current_catalog", "current_date", "current_role", "current_schema",
	"current_time", "current_timestamp", "current_user", "default",
	"deferrable", "delete", "desc", "distinct", "do", "drop", "else", "end",
	"escape", "except", "exists", "false", "fetch", "for", "foreign",
	"freeze", "from", "full", "grant", "group", "having", "ilike", "in",
	"index", "initially", "inner", "insert", "intersect", "into", "isnull",
	"join", "lateral", "leading", "left", "like", "limit", "localtime",
	"localtimestamp", "natural", "not", "nothing", "notnull", "null",
	"offset", "on", "only", "or", "order", "outer", "overlaps", "placing",
	"primary", "raise", "references", "returning", "right", "rowid",
	"select", "session_user", "set", "similar", "some", "symmetric", "table",
	"tableoid", "tablesample", "then", "to", "trailing", "transaction",
	"true", "union", "unique", "update", "user", "using", "values",
	"variadic", "verbose", "when", "where", "window", "with", "xmax", "xmin"};

static bool is_among(struct text name, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_is(name, words[i]))
			return true;
	return false;
}

bool definition_is_taken(struct text name)
{
	return is_among(name, taken, COUNT_OF(taken))
		|| is_among(name, sql, COUNT_OF(sql));
}

static bool is_written(struct text name, char joint, size_t most)
{
	bool is_good = name.length > 0 && name.length <= most;
	for (size_t i = 0; is_good && i < name.length; i++) {
		char c = name.at[i];
		is_good = (c >= 'a' && c <= 'z')
			|| (i > 0 && c >= '0' && c <= '9')
			|| (i > 0 && i + 1 < name.length && c == joint);
	}
	return is_good;
}

void definition_check_name(struct definition_reader *reader,
	const struct tree *node, char joint, size_t most)
{
	struct tree_reader *tree = reader->tree;
	if (is_written(node->key, joint, most))
		return;
	tree_mistake_key(tree, node,
		joint == '_' ? "names here are lower-case words joined by _"
			     : "names here are lower-case words joined by -",
		node->key,
		node->key.length > most
			? arena_format(tree->arena, "at most %zu letters", most)
			: "");
}

void definition_check_column(struct definition_reader *reader,
	const struct tree *node)
{
	if (definition_is_taken(node->key))
		tree_mistake_key(reader->tree, node,
			"is a word of the language, not a name", node->key, "");
}

/* ---- What a register is called ---- */

/* PostgreSQL cuts longer names without a word. */
enum { MOST_TABLE = 63, MOST_REGISTER = 40 };

/* The longest name made of these: reg_NAME_PART; an index is reg_NAME_child. */
static void check_tables(struct definition_reader *reader, const struct tree *root)
{
	const struct tree *parts = tree_find(root, "parts");
	size_t used = text_of("reg__").length
		+ text_of(reader->definition->name).length;
	if (used >= MOST_TABLE)
		return;
	if (parts == NULL || parts->kind != TREE_MAPPING)
		return;
	for (const struct tree *at = parts->first; at != NULL; at = at->next)
		if (used + at->key.length > MOST_TABLE)
			tree_mistake_key(reader->tree, at,
				"its table would have too long a name", at->key,
				arena_format(reader->tree->arena,
					"at most %zu letters", MOST_TABLE - used));
}

static void check_register(struct definition_reader *reader,
	const struct tree *root)
{
	const struct tree *node = tree_find(root, "register");
	struct text file = reader->options->name;
	static const struct text ending = {".yaml", 5};
	if (node == NULL || node->kind != TREE_SCALAR)
		return;
	struct text name = node->text;
	if (!is_written(name, '-', MOST_REGISTER))
		tree_mistake(reader->tree, node,
			"a register's name is lower-case words joined by -",
			name, "");
	else if (text_ends(file, ending)
		&& !text_equals(text_cut(file, 0, file.length - ending.length),
			name))
		tree_mistake(reader->tree, node,
			"a register is called as its file is", name,
			arena_format(reader->tree->arena,
				"the file is " TEXT_FORMAT, TEXT_ARGS(file)));
}

/* It begins the references people read out: "EHE-3F7K-2Q9M-4". */
static void check_prefix(struct definition_reader *reader, const struct tree *root)
{
	const struct tree *node = tree_find(root, "prefix");
	if (node == NULL || node->kind != TREE_SCALAR)
		return;
	bool is_good = node->text.length >= 2 && node->text.length <= 8;
	for (size_t i = 0; i < node->text.length; i++)
		is_good = is_good && node->text.at[i] >= 'A'
			&& node->text.at[i] <= 'Z';
	if (!is_good)
		tree_mistake(reader->tree, node,
			"must be two to eight capital letters", node->text, "");
}

void definition_check_names(struct definition_reader *reader,
	const struct tree *root)
{
	check_register(reader, root);
	check_prefix(reader, root);
	check_tables(reader, root);
}
