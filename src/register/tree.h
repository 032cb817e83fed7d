/* SPDX-License-Identifier: MIT
 *
 * A YAML text as a tree that remembers where everything stands.
 *
 * libfyaml reads it; the tree is what readers of definitions walk. Another text
 * can be laid over it: mappings are joined key by key, anything else is
 * replaced, so that a council's own file need only say what differs. Nodes of
 * both keep the file they came from.
 */
#ifndef KITH_REGISTER_TREE_H
#define KITH_REGISTER_TREE_H

#include "base/arena.h"
#include "base/buffer.h"

enum tree_kind { TREE_SCALAR, TREE_LIST, TREE_MAPPING };

struct tree {
	enum tree_kind kind;
	struct text key;  /* inside a mapping; empty elsewhere */
	struct text text; /* of a scalar, without white space around it */
	struct tree *first, *next; /* children; the next of the same parent */
	const char *file;
	int line, column; /* from 1, in characters: of the value */
	int key_line, key_column;
	struct text source;  /* the file from the scalar's first byte on */
	const char *refused; /* why it cannot stand here, or NULL */
};

/* Mistakes found while a text is read, one line each:
 * FILE:LINE:COLUMN: message: "shown" (hint) */
struct tree_reader {
	struct arena *arena;
	struct buffer *mistakes;
	size_t count;
};

/* NULL if the text is not YAML; the mistake is told. One document of plain
 * values: no anchors, aliases or tags, which would let a line mean what stands
 * elsewhere, and no control characters. */
struct tree *tree_read(struct tree_reader *reader, struct text name,
	struct text text);

/* `over` laid on `under`, either of which may be NULL: a tree of its own that
 * shares what is the same. */
struct tree *tree_lay_over(struct arena *arena, const struct tree *under,
	const struct tree *over);

/* `shown` and `hint` may be empty. At the value; at its key; at a byte of the
 * value's text, wherever that stands in the file (a text may be quoted, folded
 * or on several lines). */
void tree_mistake(struct tree_reader *reader, const struct tree *node,
	const char *message, struct text shown, const char *hint);
void tree_mistake_key(struct tree_reader *reader, const struct tree *node,
	const char *message, struct text shown, const char *hint);
void tree_mistake_at(struct tree_reader *reader, const struct tree *node,
	size_t byte, const char *message, const char *hint);

/* The column of a byte: characters since the line began, from 1. */
int tree_column(struct text text, size_t at);

/* The value under a key, or NULL. */
struct tree *tree_find(const struct tree *mapping, const char *key);
size_t tree_length(const struct tree *node);

/* ---- Taking a mapping apart by a table ---- */

struct tree_key {
	const char *name; /* NULL ends the table */
	void (*take)(void *context, const struct tree *node, void *into);
	size_t into; /* where in the struct being filled */
	bool is_required;
};

/* Calls `take` for each key of the mapping in the order of the table; tells of
 * keys that are not in it, and of those it lacks. `what` begins that message:
 * "the field lacks". Context is passed on; its first member is the reader. */
void tree_take(void *context, const struct tree *mapping,
	const struct tree_key *keys, const char *what, void *into);

/* The scalar's text; empty, with a mistake, if it is none. */
struct text tree_scalar(struct tree_reader *reader, const struct tree *node);

/* Words of the language that stand for values of an enum; NULL ends them. */
struct tree_word {
	const char *word;
	int value;
};
bool tree_word(struct tree_reader *reader, const struct tree *node,
	const struct tree_word *words, int *out_value);

#endif
