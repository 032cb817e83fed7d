/* SPDX-License-Identifier: MIT
 *
 * Names folded for search and comparison: what a person types and what a
 * register holds come out the same.
 *
 * Compatibility decomposition without marks, lower case; letters that Unicode
 * does not take apart (as in Łukasz, Øystein, Þóra) become plain ones;
 * typographic apostrophes and dashes become the plain ones; runs of white
 * space become one blank. A folded name folds to itself. The name as written
 * is kept elsewhere: a folded one is never shown.
 */
#ifndef KITH_PEOPLE_FOLD_H
#define KITH_PEOPLE_FOLD_H

#include "base/arena.h"
#include "base/text.h"

/* In the arena. Bytes that are not UTF-8 are left out. */
struct text fold_name(struct arena *arena, struct text name);

#endif
