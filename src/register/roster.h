/* SPDX-License-Identifier: MIT
 *
 * A register's lists: which of its entries fit a condition, with the columns
 * to be shown.
 *
 * One statement reads the columns that the condition and the list look at from
 * the register's table, in the order of the entries; each part that is looked
 * at is read beside it in the same order. The condition is evaluated here, by
 * the same code that judges a step, so a list and a guard cannot disagree.
 */
#ifndef KITH_REGISTER_ROSTER_H
#define KITH_REGISTER_ROSTER_H

#include "register/register.h"

struct roster_line {
	int64_t entry, child;
	bool is_open;
	const char *state;
	struct date opened, since;
	const char *owner, *team;
	struct value *values; /* of the list's columns, in their order */
};

struct roster_request {
	const struct registers *registers;
	const struct register_one *one;
	const struct definition_list *list;
	const struct condition *filter; /* beside the list's own; or NULL */
	struct date today;
	/* Leaves out what the reader may not see, as if it were not there; NULL:
	 * everything is seen. */
	bool (*sees)(void *context, int64_t child, struct text owner,
		struct text team);
	void *context;
};

/* All lines, in the order of the entries. They live in the arena. */
bool roster_read(struct store *store, int la,
	const struct roster_request *request, struct arena *arena,
	const struct roster_line **out_lines, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
