/* SPDX-License-Identifier: MIT
 *
 * Records that must never be linked: a child before and after adoption has two,
 * and no matching may bring them together again.
 */
#ifndef KITH_PEOPLE_APART_H
#define KITH_PEOPLE_APART_H

#include "store/store.h"

struct apart_pair {
	struct text child_id; /* local child ids */
	struct text other_id;
	struct text reason;
};

/* Within the caller's transaction. The fault is FAULT_MISSING if a child id is
 * not held, FAULT_INPUT if both are the same record already. */
bool apart_keep(struct store *store, int la, const struct apart_pair *pair,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
