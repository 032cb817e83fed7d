/* SPDX-License-Identifier: MIT
 *
 * Trees: saying what is wrong where, laying one over another, taking one apart
 * by a table.
 */
#include "register/tree.h"

#include "base/nearest.h"

enum { MOST_KEYS = 48 };

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

void tree_mistake_key(struct tree_reader *reader, const struct tree *node,
	const char *message, struct text shown, const char *hint)
{
	bool has_key = node->key_line > 0;
	write_place(reader, node, has_key ? node->key_line : node->line,
		has_key ? node->key_column : node->column);
	write_words(reader, message, shown, hint);
}

/* ---- Where a byte of a scalar stands in the file ---- */

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static size_t skip_white(struct text source, size_t at)
{
	while (at < source.length && is_white(source.at[at]))
		at++;
	return at;
}

/* Behind the one character `c` of the value: a quote may stand twice, another
 * be escaped; white space may be folded. */
static size_t behind(struct text source, size_t at, char c)
{
	if (is_white(c))
		return skip_white(source, at);
	if (at + 1 < source.length && source.at[at] == '\\' && c != '\\'
		&& is_white(source.at[at + 1]))
		at = skip_white(source, at + 1);
	if (at >= source.length)
		return source.length;
	bool is_escape = source.at[at] == '\\' && at + 1 < source.length
		&& (c != '\\' || source.at[at + 1] == '\\');
	bool is_twice = c == '\'' && at + 1 < source.length
		&& source.at[at + 1] == '\'';
	return at + 1 + (is_escape || is_twice);
}

int tree_column(struct text text, size_t at)
{
	size_t start = at;
	int column = 1;
	while (start > 0 && text.at[start - 1] != '\n')
		start--;
	for (size_t i = start; i < at; i++)
		column += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return column;
}

void tree_mistake_at(struct tree_reader *reader, const struct tree *node,
	size_t byte, const char *message, const char *hint)
{
	int line = node->line;
	size_t at = skip_white(node->source, 0);
	for (size_t i = 0; i < byte && i < node->text.length; i++)
		at = behind(node->source, at, node->text.at[i]);
	for (size_t i = 0; i < at; i++)
		line += node->source.at[i] == '\n';
	int column = tree_column(node->source, at);
	if (line == node->line)
		column += node->column - 1;
	write_place(reader, node, line, column);
	write_words(reader, message, node->text, hint);
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

/* The word meant, or all of them if they are few. */
static const char *hint_word(struct arena *arena, struct text word,
	const char *const *words, size_t count)
{
	enum { FEW = 8 };
	const char *hint = nearest_hint(arena, word, words, count);
	if (hint[0] != '\0' || count == 0 || count > FEW)
		return hint;
	hint = words[0];
	for (size_t i = 1; i < count; i++)
		hint = arena_format(arena, "%s, %s", hint, words[i]);
	return arena_format(arena, "one of %s", hint);
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
			hint_word(reader->arena, value, known, count));
	return false;
}

static void unknown_key(struct tree_reader *reader, const struct tree *node,
	const struct tree_key *keys)
{
	const char *known[MOST_KEYS];
	size_t count = 0;
	for (; keys[count].name != NULL && count < MOST_KEYS; count++)
		known[count] = keys[count].name;
	tree_mistake_key(reader, node, "is not a name used here", node->key,
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
		else if (at != NULL && at->refused != NULL)
			continue; /* it has been said why */
		else if (at != NULL && is_blank(at))
			tree_mistake_key(reader, at, "has no value", at->key, "");
		else if (at != NULL)
			key->take(context, at, (char *)into + key->into);
	}
}
