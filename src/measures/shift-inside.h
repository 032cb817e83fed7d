/* SPDX-License-Identifier: MIT
 *
 * Shifts: changes to a table that no total notices.
 *
 * A grid has three ordinary axes (total at index 0, then parts) and time. A
 * shift adds one to some cells and takes one from others so that every sum
 * still holds. The shifts tried here are products of a circuit on each axis:
 * on an ordinary axis two places (two parts move opposite ways, a part and its
 * total the same way); in time, what moves from one period's own figure to a
 * later one's through the years to date between; and on one pair of ordinary
 * axes together, any closed walk in the network of its rows and columns. In a
 * table of two axes that is every shift there is (Cox 1995).
 *
 * A cell that can be shifted by `n` altogether has a range at least `n` wide
 * for anyone who sees only what is shown. Private to suppress.c and shift.c.
 */
#ifndef KITH_MEASURES_SHIFT_INSIDE_H
#define KITH_MEASURES_SHIFT_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum { SHIFT_AXES = 4, SHIFT_TIME = 3 };

#define SHIFT_NEVER INT64_MAX

/* Places in time: of T periods, 0 to T - 1 are the years to date and T to
 * 2T - 1 the periods' own figures; with T = 1 there is one place. */
struct shift_grid {
	uint32_t size[SHIFT_AXES];
	size_t stride[SHIFT_AXES];
	uint32_t periods;
	size_t cells;
	int64_t *value;
	int64_t *least; /* that anyone would believe of the cell, if hidden */
	int64_t *cost;  /* of hiding it; SHIFT_NEVER: must stay as it is */
	uint8_t *is_hidden;
	int64_t *flow; /* what the shifts so far have added */
};

struct shift_search;

struct shift_search *shift_open(struct arena *arena, struct shift_grid *grid);

enum shift_way { SHIFT_DOWN = -1, SHIFT_UP = 1 };

/* Shifts the cell by up to `wanted`, each time by the cheapest shift below
 * `most` (1: through hidden cells only). Adds to grid->flow; returns how far it
 * came. Forget the flow with shift_forget before the next cell. */
int64_t shift_push(struct shift_search *search, size_t cell, enum shift_way way,
	int64_t wanted, int64_t most);
void shift_forget(struct shift_search *search);

#endif
