/* SPDX-License-Identifier: MIT
 *
 * From libfyaml's document to a tree of our own.
 */
#include <libfyaml.h>

#include "base/encoding.h"
#include "register/tree.h"

enum { MOST_DEPTH = 16 };

static const struct text nothing = {"", 0};

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct builder {
	struct tree_reader *reader;
	const char *file;
	struct text text; /* of the file */
};

static struct tree *build(struct builder *builder, struct fy_node *node,
	int depth);

/* Only scalars have a place; settle() gives the rest theirs. libfyaml would let
 * a tab be eight columns. */
static void place(struct builder *builder, struct fy_node *node, struct tree *tree)
{
	struct fy_token *token = fy_node_is_scalar(node)
		? fy_node_get_scalar_token(node)
		: NULL;
	const struct fy_mark *mark = token == NULL ? NULL
						   : fy_token_start_mark(token);
	tree->file = builder->file;
	if (mark == NULL || mark->input_pos > builder->text.length)
		return;
	tree->line = mark->line + 1;
	tree->column = tree_column(builder->text, mark->input_pos);
	tree->source = text_cut(builder->text, mark->input_pos,
		builder->text.length);
}

/* Why a node of YAML is none of ours, or NULL. */
static const char *refused(struct fy_node *node)
{
	size_t length = 0;
	if (fy_node_is_alias(node))
		return "is an alias, which is not used here; write it out";
	if (fy_node_get_anchor(node) != NULL)
		return "has an anchor, which is not used here";
	if (fy_node_get_tag(node, &length) != NULL)
		return "has a tag, which is not used here";
	return NULL;
}

static bool has_control(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (((unsigned char)text.at[i] < ' ' && !is_white(text.at[i]))
			|| text.at[i] == 0x7f)
			return true;
	return false;
}

static void build_scalar(struct builder *builder, struct fy_node *node,
	struct tree *tree)
{
	size_t length = 0;
	const char *at = fy_node_get_scalar(node, &length);
	struct text text = at == NULL ? nothing : (struct text){at, length};
	tree->kind = TREE_SCALAR;
	if (has_control(text)) {
		tree->refused = "holds a control character";
		return;
	}
	tree->text = text_trim(arena_text(builder->reader->arena, text));
}

/* A list or mapping stands where its first value or key does. */
static void add(struct tree *parent, struct tree **last, struct tree *child)
{
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
	struct tree name = {.line = 0};
	if (key != NULL && fy_node_is_scalar(key)) {
		place(builder, key, &name);
		build_scalar(builder, key, &name);
	}
	struct tree *tree = value == NULL
		? arena_new(builder->reader->arena, sizeof *tree)
		: build(builder, value, depth);
	tree->file = builder->file;
	tree->key = name.text;
	tree->key_line = name.line;
	tree->key_column = name.column;
	if (name.text.length == 0)
		tree->refused = "has a name that is no single word";
	else if (refused(key) != NULL)
		tree->refused = refused(key);
	return tree;
}

static struct tree *build(struct builder *builder, struct fy_node *node, int depth)
{
	struct tree *tree = arena_new(builder->reader->arena, sizeof *tree);
	struct tree *last = NULL;
	void *at = NULL;
	place(builder, node, tree);
	tree->refused = refused(node);
	if (depth > MOST_DEPTH) {
		tree->refused = "is nested too deeply";
		return tree;
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

/* What has no place of its own (nothing, {} and []) stands where its name does,
 * else where what holds it does. Says what was refused. */
static void settle(struct tree_reader *reader, struct tree *tree, int line,
	int column)
{
	if (tree->line == 0) {
		tree->line = tree->key_line > 0 ? tree->key_line : line;
		tree->column = tree->key_line > 0 ? tree->key_column : column;
	}
	if (tree->refused != NULL)
		tree_mistake_key(reader, tree, tree->refused, tree->key, "");
	for (struct tree *at = tree->first; at != NULL; at = at->next)
		settle(reader, at, tree->line, tree->column);
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
	tree_mistake(reader, &node,
		error == NULL ? "the file is empty" : "this is not YAML",
		error == NULL ? nothing : text_of(error->msg), "");
}

/* The first document, and whether there is a second. */
static struct fy_document *load(struct fy_parser *parser, bool *out_has_more)
{
	struct fy_document *document = fy_parse_load_document(parser);
	struct fy_document *second = document == NULL
		? NULL
		: fy_parse_load_document(parser);
	*out_has_more = second != NULL;
	fy_document_destroy(second);
	return document;
}

static struct tree *read_yaml(struct builder *builder, struct fy_diag *diag)
{
	struct fy_parse_cfg config = {.flags = FYPCF_QUIET, .diag = diag};
	struct fy_parser *parser = fy_parser_create(&config);
	struct fy_document *document = NULL;
	bool has_more = false;
	if (parser != NULL
		&& fy_parser_set_string(parser, builder->text.at,
			   builder->text.length)
			== 0)
		document = load(parser, &has_more);
	struct fy_node *root = document == NULL ? NULL
						: fy_document_root(document);
	struct tree *tree = root == NULL ? NULL : build(builder, root, 0);
	if (tree == NULL || fy_parser_get_stream_error(parser)) {
		syntax_mistake(builder->reader, builder->file, diag);
		tree = NULL;
	} else {
		settle(builder->reader, tree, 1, 1);
	}
	if (tree != NULL && has_more)
		tree_mistake(builder->reader, tree,
			"the file holds more than one document", nothing,
			"take out the line ---");
	fy_document_destroy(document);
	fy_parser_destroy(parser);
	return tree;
}

struct tree *tree_read(struct tree_reader *reader, struct text name,
	struct text text)
{
	struct builder builder = {reader, arena_string(reader->arena, name),
		arena_text(reader->arena, text)};
	struct tree top = {.file = builder.file, .line = 1, .column = 1};
	struct fy_diag_cfg diag_config;
	if (text_trim(text).length == 0) {
		tree_mistake(reader, &top, "the file is empty", nothing, "");
		return NULL;
	}
	if (!encoding_is_utf8(text) || has_control(text)) {
		tree_mistake(reader, &top,
			"the file is not plain text in UTF-8", nothing, "");
		return NULL;
	}
	fy_diag_cfg_default(&diag_config);
	diag_config.fp = NULL;
	diag_config.colorize = false;
	struct fy_diag *diag = fy_diag_create(&diag_config);
	fy_diag_set_collect_errors(diag, true);
	struct tree *tree = read_yaml(&builder, diag);
	fy_diag_destroy(diag);
	return tree;
}
