/* SPDX-License-Identifier: MIT
 *
 * A hash map from text, or from a whole number, to a 64-bit value.
 *
 * Keys of text are copied into the map. Nothing is ever removed. Order is not
 * kept: sort before showing.
 */
#ifndef KITH_BASE_MAP_H
#define KITH_BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct map;

struct map *map_open(void);
void map_close(struct map *map); /* NULL is fine */

/* Sets and says whether the key is new. An existing value is replaced. */
bool map_set(struct map *map, struct text key, int64_t value);
bool map_set_number(struct map *map, int64_t key, int64_t value);

/* False: no such key; the result is untouched. */
bool map_get(const struct map *map, struct text key, int64_t *out_value);
bool map_get_number(const struct map *map, int64_t key, int64_t *out_value);

size_t map_count(const struct map *map);

/* Gives each different text a number from 0 upwards, in order of arrival. */
int64_t map_intern(struct map *map, struct text key);

#endif
