/* SPDX-License-Identifier: MIT
 *
 * What somebody meant who wrote a word that is not one of ours.
 */
#ifndef KITH_BASE_NEAREST_H
#define KITH_BASE_NEAREST_H

#include "base/arena.h"

/* The word that is nearest by letters added, taken away, changed or swapped;
 * NULL if none is near enough. Words of more than 24 letters are not compared. */
const char *nearest_of(struct text word, const char *const *words, size_t count);

/* "did you mean held_on?", or "". */
const char *nearest_hint(struct arena *arena, struct text word,
	const char *const *words, size_t count);

#endif
