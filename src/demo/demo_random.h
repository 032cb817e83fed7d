/* SPDX-License-Identifier: MIT
 *
 * Repeatable chance: SplitMix64, whole numbers only.
 *
 * Each part of the generator draws from a stream of its own, so that a change
 * to one feed leaves the children in the others as they were.
 */
#ifndef KITH_DEMO_DEMO_RANDOM_H
#define KITH_DEMO_DEMO_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"

struct demo_random {
	uint64_t state;
};

/* The stream of this seed and number. */
struct demo_random demo_random_stream(uint64_t seed, uint64_t number);

/* 0 to count-1; 0 when the count is not positive. */
int demo_random_below(struct demo_random *random, int count);

/* Both ends included; `from` when the ends are crossed. */
int demo_random_between(struct demo_random *random, int from, int to);
struct date demo_random_date(struct demo_random *random, struct date from,
	struct date to);

bool demo_random_chance(struct demo_random *random, int per_mille);

/* An index, in proportion to its weight; the weights add to more than 0. */
int demo_random_weighted(struct demo_random *random, const int *weights,
	size_t count);

/* Puts the numbers in an arbitrary order. */
void demo_random_shuffle(struct demo_random *random, int32_t *numbers,
	size_t count);

#endif
