/* SPDX-License-Identifier: MIT
 *
 * From libfyaml's document to a tree of our own, and tables over it.
 */
#include "register/tree.h"

#include <libfyaml.h>

#include "base/nearest.h"

enum { MOST_DEPTH = 16, MOST_KEYS = 48 };

static const struct text nothing = {"", 0};

static void write_place(struct tree_reader *reader, const struct tree *node,
	int line, int column)
{
	buffer_format(reader->mistakes, "%s:%d:%d: ", node->file, line, column);
	reader->count++;
}

static void write_words(struct tree_reader *reader, const char *message,
	struct text shown, const char *hint)
{
	buffer_string(reader->mistakes, message);
	if (shown.length > 0)
		buffer_format(reader->mistakes, ": \"" TEXT_FORMAT "\"",
			TEXT_ARGS(shown));
	if (hint[0] != '\0')
		buffer_format(reader->mistakes, " (%s)", hint);
	buffer_char(reader->mistakes, '\n');
}

void tree_mistake(struct tree_reader *reader, const struct tree *node,
	const char *message, struct text shown, const char *hint)
{
	write_place(reader, node, node->line, node->column);
	write_words(reader, message, shown, hint);
}

static void key_mistake(struct tree_reader *reader, const struct tree *node,
	const char *message, const char *hint)
{
	write_place(reader, node, node->key_line, node->key_column);
	write_words(reader, message, node->key, hint);
}

/* In a text that stands on one line the column is the byte's; a quoted one has
 * its quote before it. */
void tree_mistake_at(struct tree_reader *reader, const struct tree *node,
	size_t byte, const char *message, const char *hint)
{
	int column = node->column + (node->is_block ? 0 : (int)byte);
	write_place(reader, node, node->line, column);
	write_words(reader, message, node->text, hint);
}

/* ---- From YAML ---- */

struct builder {
	struct tree_reader *reader;
	const char *file;
};

static struct tree *build(struct builder *builder, struct fy_node *node,
	int depth);

static void place(struct builder *builder, struct fy_node *node, struct tree *tree)
{
	struct fy_token *token = fy_node_is_scalar(node)
		? fy_node_get_scalar_token(node)
		: NULL;
	const struct fy_mark *mark = token == NULL ? NULL
						   : fy_token_start_mark(token);
	tree->file = builder->file;
	tree->line = mark == NULL ? 0 : mark->line + 1;
	tree->column = mark == NULL ? 0 : mark->column + 1;
}

static void build_scalar(struct builder *builder, struct fy_node *node,
	struct tree *tree)
{
	size_t length = 0;
	const char *at = fy_node_get_scalar(node, &length);
	struct fy_token *token = fy_node_get_scalar_token(node);
	enum fy_scalar_style style = token == NULL
		? FYSS_PLAIN
		: fy_token_scalar_style(token);
	struct text text = at == NULL ? nothing : (struct text){at, length};
	tree->kind = TREE_SCALAR;
	tree->text = text_trim(arena_text(builder->reader->arena, text));
	tree->is_block = style == FYSS_LITERAL || style == FYSS_FOLDED
		|| text_has(text, TEXT("\n"));
	if (style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED)
		tree->column++;
}

/* A list or mapping stands where its first value or key does. */
static void add(struct tree *parent, struct tree **last, struct tree *child)
{
	if (child == NULL)
		return;
	if (*last == NULL) {
		parent->first = child;
		bool has_key = child->key.length > 0;
		parent->line = has_key ? child->key_line : child->line;
		parent->column = has_key ? child->key_column : child->column;
	} else {
		(*last)->next = child;
	}
	*last = child;
}

static struct tree *build_pair(struct builder *builder,
	struct fy_node_pair *pair, int depth)
{
	struct fy_node *key = fy_node_pair_key(pair);
	struct fy_node *value = fy_node_pair_value(pair);
	struct tree place_of_key = {.line = 0};
	size_t length = 0;
	const char *at = key == NULL ? NULL : fy_node_get_scalar(key, &length);
	if (key != NULL)
		place(builder, key, &place_of_key);
	struct tree *tree = value == NULL
		? arena_new(builder->reader->arena, sizeof *tree)
		: build(builder, value, depth);
	if (tree == NULL)
		return NULL;
	tree->file = builder->file;
	tree->key = arena_text(builder->reader->arena,
		at == NULL ? nothing : (struct text){at, length});
	tree->key_line = place_of_key.line;
	tree->key_column = place_of_key.column;
	if (tree->line == 0) {
		tree->line = tree->key_line;
		tree->column = tree->key_column;
	}
	return tree;
}

static struct tree *build(struct builder *builder, struct fy_node *node, int depth)
{
	struct tree *tree = arena_new(builder->reader->arena, sizeof *tree);
	struct tree *last = NULL;
	void *at = NULL;
	place(builder, node, tree);
	if (depth > MOST_DEPTH) {
		tree_mistake(builder->reader, tree, "is nested too deeply",
			nothing, "");
		return NULL;
	}
	if (fy_node_is_scalar(node)) {
		build_scalar(builder, node, tree);
		return tree;
	}
	if (fy_node_is_sequence(node)) {
		struct fy_node *item;
		tree->kind = TREE_LIST;
		while ((item = fy_node_sequence_iterate(node, &at)) != NULL)
			add(tree, &last, build(builder, item, depth + 1));
		return tree;
	}
	struct fy_node_pair *pair;
	tree->kind = TREE_MAPPING;
	while ((pair = fy_node_mapping_iterate(node, &at)) != NULL)
		add(tree, &last, build_pair(builder, pair, depth + 1));
	return tree;
}

static void syntax_mistake(struct tree_reader *reader, const char *file,
	struct fy_diag *diag)
{
	void *at = NULL;
	struct fy_diag_error *error = fy_diag_errors_iterate(diag, &at);
	struct tree node = {.file = file, .line = 1, .column = 1};
	if (error != NULL && error->line > 0) {
		node.line = error->line;
		node.column = error->column > 0 ? error->column : 1;
	}
	tree_mistake(reader, &node, "this is not YAML",
		error == NULL ? nothing : text_of(error->msg), "");
}

struct tree *tree_read(struct tree_reader *reader, struct text name,
	struct text text)
{
	struct builder builder = {reader, arena_string(reader->arena, name)};
	struct fy_diag_cfg diag_config;
	fy_diag_cfg_default(&diag_config);
	diag_config.fp = NULL;
	diag_config.colorize = false;
	struct fy_diag *diag = fy_diag_create(&diag_config);
	fy_diag_set_collect_errors(diag, true);
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
	struct fy_document *document = text_trim(text).length == 0
		? NULL
		: fy_document_build_from_string(&config, text.at, text.length);
	struct fy_node *root = document == NULL ? NULL
						: fy_document_root(document);
	struct tree *tree = root == NULL ? NULL : build(&builder, root, 0);
	if (root == NULL)
		syntax_mistake(reader, builder.file, diag);
	fy_document_destroy(document);
	fy_diag_destroy(diag);
	return tree;
}

/* ---- Joining ---- */

static struct tree *find(const struct tree *mapping, struct text key)
{
	struct tree *at = mapping->first;
	while (at != NULL && !text_equals(at->key, key))
		at = at->next;
	return at;
}

static struct tree *copy(struct arena *arena, const struct tree *node,
	struct tree *next)
{
	struct tree *made = arena_new(arena, sizeof *made);
	*made = *node;
	made->next = next;
	return made;
}

struct tree *tree_lay_over(struct arena *arena, const struct tree *under,
	const struct tree *over)
{
	const struct tree *top = over == NULL ? under : over;
	if (top == NULL)
		return NULL;
	struct tree *joined = copy(arena, top, NULL);
	if (under == NULL || over == NULL || under->kind != TREE_MAPPING
		|| over->kind != TREE_MAPPING)
		return joined;
	struct tree **link = &joined->first;
	for (const struct tree *at = under->first; at != NULL; at = at->next) {
		*link = tree_lay_over(arena, at, find(over, at->key));
		link = &(*link)->next;
	}
	for (const struct tree *at = over->first; at != NULL; at = at->next)
		if (find(under, at->key) == NULL) {
			*link = copy(arena, at, NULL);
			link = &(*link)->next;
		}
	*link = NULL;
	return joined;
}

/* ---- Looking ---- */

struct tree *tree_find(const struct tree *mapping, const char *key)
{
	return mapping == NULL || mapping->kind != TREE_MAPPING
		? NULL
		: find(mapping, text_of(key));
}

size_t tree_length(const struct tree *node)
{
	size_t count = 0;
	for (const struct tree *at = node->first; at != NULL; at = at->next)
		count++;
	return count;
}

struct text tree_scalar(struct tree_reader *reader, const struct tree *node)
{
	if (node->kind == TREE_SCALAR)
		return node->text;
	tree_mistake(reader, node, "this must be a single value", nothing, "");
	return nothing;
}

bool tree_word(struct tree_reader *reader, const struct tree *node,
	const struct tree_word *words, int *out_value)
{
	const char *known[MOST_KEYS];
	size_t count = 0;
	struct text value = tree_scalar(reader, node);
	for (; words[count].word != NULL && count < MOST_KEYS; count++) {
		known[count] = words[count].word;
		if (!text_is(value, words[count].word))
			continue;
		*out_value = words[count].value;
		return true;
	}
	if (node->kind == TREE_SCALAR)
		tree_mistake(reader, node, "is not a word used here", value,
			nearest_hint(reader->arena, value, known, count));
	return false;
}

static void unknown_key(struct tree_reader *reader, const struct tree *node,
	const struct tree_key *keys)
{
	const char *known[MOST_KEYS];
	size_t count = 0;
	for (; keys[count].name != NULL && count < MOST_KEYS; count++)
		known[count] = keys[count].name;
	key_mistake(reader, node, "is not a name used here",
		nearest_hint(reader->arena, node->key, known, count));
}

static bool is_known(const struct tree_key *keys, struct text name)
{
	while (keys->name != NULL && !text_is(name, keys->name))
		keys++;
	return keys->name != NULL;
}

static bool is_blank(const struct tree *node)
{
	return node->kind == TREE_SCALAR ? node->text.length == 0
					 : node->first == NULL;
}

void tree_take(void *context, const struct tree *mapping,
	const struct tree_key *keys, const char *what, void *into)
{
	struct tree_reader *reader = *(struct tree_reader **)context;
	if (mapping->kind != TREE_MAPPING) {
		tree_mistake(reader, mapping, "must be names and values",
			mapping->text, "");
		return;
	}
	for (const struct tree *at = mapping->first; at != NULL; at = at->next)
		if (!is_known(keys, at->key))
			unknown_key(reader, at, keys);
	for (const struct tree_key *key = keys; key->name != NULL; key++) {
		const struct tree *at = tree_find(mapping, key->name);
		if (at == NULL && key->is_required)
			tree_mistake(reader, mapping, what, text_of(key->name),
				"");
		else if (at != NULL && is_blank(at))
			key_mistake(reader, at, "has no value", "");
		else if (at != NULL)
			key->take(context, at, (char *)into + key->into);
	}
}
