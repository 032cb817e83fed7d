/* SPDX-License-Identifier: MIT
 *
 * Keeping two records apart.
 */
#include "people/apart.h"

extern const struct embedded people_sql[];

static bool find(struct store *store, int la, struct text child_id,
	int64_t *out_child, struct fault *fault)
{
	if (store_number(store, store_find(people_sql, "child_by_id"),
		    STORE_VALUES(store_integer(la), store_text(child_id)),
		    out_child, fault))
		return true;
	return fault_set(fault, FAULT_MISSING,
		"no child has the id \"" TEXT_FORMAT "\"", TEXT_ARGS(child_id));
}

bool apart_keep(struct store *store, int la, const struct apart_pair *pair,
	struct fault *fault)
{
	int64_t child, other;
	if (!find(store, la, pair->child_id, &child, fault)
		|| !find(store, la, pair->other_id, &other, fault))
		return false;
	if (child == other) {
		fault_set(fault, FAULT_INPUT, "both ids are of one record");
		return fault_hint(fault,
			"records can be kept apart only before they are linked");
	}
	return store_run(store, store_find(people_sql, "keep_apart"),
		STORE_VALUES(store_integer(la),
			store_integer(child < other ? child : other),
			store_integer(child < other ? other : child),
			store_text(pair->reason)),
		fault);
}
