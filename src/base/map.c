/* SPDX-License-Identifier: MIT
 *
 * Open addressing with linear probing, at most two thirds full. A key that is
 * a number stands in the slot itself, in place of a text's length, so that
 * looking it up touches one place in memory; where its text would be there is
 * the address of `number_mark`, which no text has.
 */
#include "base/map.h"

#include <string.h>

#include "base/arena.h"

struct slot {
	uint64_t hash; /* 0: empty */
	struct text key;
	int64_t value;
};

struct map {
	struct arena *keys;
	struct slot *slots;
	size_t capacity; /* a power of two */
	size_t count;
};

enum { FIRST_CAPACITY = 64 };

static const char number_mark[1];

_Static_assert(sizeof(size_t) == sizeof(int64_t),
	"a number fits where the length of a text stands");

static struct text number_key(int64_t number)
{
	return (struct text){.at = number_mark, .length = (size_t)number};
}

static bool is_same(struct text a, struct text b)
{
	if (a.at == number_mark || b.at == number_mark)
		return a.at == b.at && a.length == b.length;
	return text_equals(a, b);
}

static struct slot *open_slots(size_t count)
{
	size_t capacity = 0;
	struct slot *slots = memory_grow(NULL, &capacity, count, sizeof *slots);
	memset(slots, 0, count * sizeof *slots);
	return slots;
}

struct map *map_open(void)
{
	struct arena *keys = arena_open();
	struct map *map = arena_new(keys, sizeof *map);
	*map = (struct map){.keys = keys,
		.slots = open_slots(FIRST_CAPACITY),
		.capacity = FIRST_CAPACITY};
	return map;
}

void map_close(struct map *map)
{
	if (map == NULL)
		return;
	memory_free(map->slots);
	arena_close(map->keys);
}

static uint64_t hash_of(struct text key)
{
	uint64_t hash = key.at == number_mark
		? text_hash((struct text){(const char *)&key.length,
			sizeof key.length})
		: text_hash(key);
	return hash == 0 ? 1 : hash;
}

static struct slot *find(const struct map *map, uint64_t hash, struct text key)
{
	size_t i = hash & (map->capacity - 1);
	while (map->slots[i].hash != 0
		&& !(map->slots[i].hash == hash
			&& is_same(map->slots[i].key, key)))
		i = (i + 1) & (map->capacity - 1);
	return &map->slots[i];
}

static void make_room(struct map *map)
{
	if ((map->count + 1) * 3 <= map->capacity * 2)
		return;
	struct slot *old = map->slots;
	size_t count = map->capacity;
	map->capacity *= 2;
	map->slots = open_slots(map->capacity);
	for (size_t i = 0; i < count; i++) {
		if (old[i].hash == 0)
			continue;
		size_t j = old[i].hash & (map->capacity - 1);
		while (map->slots[j].hash != 0)
			j = (j + 1) & (map->capacity - 1);
		map->slots[j] = old[i];
	}
	memory_free(old);
}

static struct slot *claim(struct map *map, struct text key, bool *out_is_new)
{
	make_room(map);
	uint64_t hash = hash_of(key);
	struct slot *slot = find(map, hash, key);
	*out_is_new = slot->hash == 0;
	if (*out_is_new) {
		*slot = (struct slot){hash,
			key.at == number_mark ? key : arena_text(map->keys, key),
			0};
		map->count++;
	}
	return slot;
}

bool map_set(struct map *map, struct text key, int64_t value)
{
	bool is_new;
	claim(map, key, &is_new)->value = value;
	return is_new;
}

bool map_get(const struct map *map, struct text key, int64_t *out_value)
{
	const struct slot *slot = find(map, hash_of(key), key);
	if (slot->hash == 0)
		return false;
	*out_value = slot->value;
	return true;
}

bool map_set_number(struct map *map, int64_t key, int64_t value)
{
	return map_set(map, number_key(key), value);
}

bool map_get_number(const struct map *map, int64_t key, int64_t *out_value)
{
	return map_get(map, number_key(key), out_value);
}

size_t map_count(const struct map *map)
{
	return map->count;
}

int64_t map_intern(struct map *map, struct text key)
{
	bool is_new;
	struct slot *slot = claim(map, key, &is_new);
	if (is_new)
		slot->value = (int64_t)map->count - 1;
	return slot->value;
}
