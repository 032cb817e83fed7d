/* SPDX-License-Identifier: MIT
 *
 * What the files that read a definition share.
 */
#ifndef KITH_REGISTER_DEFINITION_INSIDE_H
#define KITH_REGISTER_DEFINITION_INSIDE_H

#include "register/definition.h"
#include "register/tree.h"

struct definition_reader {
	struct tree_reader *tree; /* first: tree_take finds it here */
	struct definition *definition;
	const struct definition_options *options;
	struct condition_scope scope;
	const struct definition_part *part; /* whose row names stand for, or NULL */
};

/* ---- Takers for tree_take; `into` is what the name says ---- */

void definition_take_string(void *context, const struct tree *node, void *into);
void definition_take_yes(void *context, const struct tree *node, void *into);
void definition_take_number(void *context, const struct tree *node, void *into);
void definition_take_roles(void *context, const struct tree *node, void *into);
void definition_take_audience(void *context, const struct tree *node, void *into);
void definition_take_from(void *context, const struct tree *node, void *into);
void definition_take_until(void *context, const struct tree *node, void *into);
void definition_take_flag(void *context, const struct tree *node, void *into);
void definition_take_day(void *context, const struct tree *node, void *into);
void definition_take_part(void *context, const struct tree *node, void *into);
void definition_take_states(void *context, const struct tree *node, void *into);
void definition_take_nothing(void *context, const struct tree *node, void *into);

/* Two keys for a struct with a member `span`. */
#define DEFINITION_SPAN_KEYS(type) \
	{"from", definition_take_from, offsetof(type, span), false}, \
	{ \
		"until", definition_take_until, offsetof(type, span), false \
	}

/* A condition or value that must give the kind; NULL with a mistake. */
const struct condition *definition_condition(struct definition_reader *reader,
	const struct tree *node, enum value_kind wanted);

/* Whether the value is one or several: a scalar or a list; a mistake if not. */
bool definition_is_some(struct definition_reader *reader,
	const struct tree *node);

/* How many things a section holds; 0 with a mistake if it is no mapping or
 * holds too many. NULL has none. */
size_t definition_count(struct definition_reader *reader,
	const struct tree *node, size_t most);

/* Names must be lower-case words joined by '_' (fields, parts: they become
 * columns) or '-' (the rest), and no word that means something already. */
void definition_check_name(struct definition_reader *reader,
	const struct tree *node, char joint, size_t most);
void definition_check_column(struct definition_reader *reader,
	const struct tree *node);
bool definition_is_taken(struct text name);

const struct definition_field *definition_field_named(struct definition_reader *reader,
	const struct definition_part *part, const struct tree *node,
	struct text name);

/* ---- Sections, in the order they are read ---- */

void definition_read_settings(struct definition_reader *, const struct tree *);
void definition_read_fields(struct definition_reader *, const struct tree *);
void definition_read_parts(struct definition_reader *, const struct tree *);
void definition_read_states(struct definition_reader *, const struct tree *);
void definition_build_scope(struct definition_reader *);
void definition_read_rules(struct definition_reader *,
	const struct tree *fields, const struct tree *parts);
void definition_read_steps(struct definition_reader *, const struct tree *);
void definition_read_clocks(struct definition_reader *, const struct tree *);
void definition_read_lists(struct definition_reader *, const struct tree *);
void definition_read_letters(struct definition_reader *, const struct tree *);

/* ---- What must hold between them ---- */

void definition_check_names(struct definition_reader *, const struct tree *root);

/* Whether every state is reached and left is only asked of whole steps: a
 * mistake in one would be told again as a state that is not reached. */
void definition_check(struct definition_reader *reader, const struct tree *root,
	bool has_whole_steps);

#endif
