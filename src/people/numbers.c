/* SPDX-License-Identifier: MIT
 *
 * Open addressing in segments. Each grows by half when it is three quarters
 * full, for itself, so that no moment needs the whole index twice over.
 */
#include "people/numbers.h"

#include <sodium.h>
#include <string.h>

#include "base/memory.h"

enum {
	SEGMENTS = 64,
	SEGMENT_BITS = 6,
	FIRST_SLOTS = 16,
	SHORT = 15,  /* bytes of a number that stand in its key */
	LONG = 0x80, /* marks the fingerprint of a longer one */
	SCHEME_SHIFT = 4,
};

/* A bearer is a person plus one, or with this bit a place in `shared`. */
static const uint32_t SHARED = 0x80000000u;

/* Without padding: four halves of the key, then the bearer; 0: empty. */
struct slot {
	uint32_t key[4];
	uint32_t bearer;
};

struct segment {
	struct slot *slots;
	size_t capacity;
	size_t count;
};

/* One of several bearers; `next` is a bearer. */
struct shared {
	int32_t person;
	uint32_t next;
};

struct numbers {
	uint64_t secret[2];
	unsigned char long_secret[crypto_shorthash_siphashx24_KEYBYTES];
	struct segment segments[SEGMENTS];
	struct shared *shared;
	size_t shared_count, shared_capacity;
};

static struct slot *open_slots(size_t count)
{
	size_t capacity = 0;
	struct slot *slots = memory_grow(NULL, &capacity, count, sizeof *slots);
	memset(slots, 0, count * sizeof *slots);
	return slots;
}

struct numbers *numbers_open(void)
{
	struct numbers *numbers = memory_new(sizeof *numbers);
	*numbers = (struct numbers){.shared = NULL};
	randombytes_buf(numbers->secret, sizeof numbers->secret);
	randombytes_buf(numbers->long_secret, sizeof numbers->long_secret);
	for (size_t i = 0; i < SEGMENTS; i++)
		numbers->segments[i] = (struct segment){open_slots(FIRST_SLOTS),
			FIRST_SLOTS, 0};
	return numbers;
}

void numbers_close(struct numbers *numbers)
{
	if (numbers == NULL)
		return;
	for (size_t i = 0; i < SEGMENTS; i++)
		memory_free(numbers->segments[i].slots);
	memory_free(numbers->shared);
	memory_free(numbers);
}

/* ---- Keys ---- */

_Static_assert(crypto_shorthash_siphashx24_BYTES == 16,
	"a fingerprint fills a key");

static void fingerprint(const struct numbers *numbers, struct text value,
	unsigned char out_key[16])
{
	(void)crypto_shorthash_siphashx24(out_key,
		(const unsigned char *)value.at, value.length,
		numbers->long_secret);
}

struct numbers_key numbers_key_of(const struct numbers *numbers,
	unsigned scheme, struct text value)
{
	struct numbers_key key;
	unsigned tag = scheme << SCHEME_SHIFT;
	if (value.length <= SHORT) {
		size_t first = value.length < 8 ? value.length : 8;
		key.words[0] = text_word((struct text){value.at, first});
		key.words[1] = text_word(
			(struct text){value.at + first, value.length - first});
		tag |= (unsigned)value.length;
	} else {
		unsigned char bytes[16];
		fingerprint(numbers, value, bytes);
		memcpy(key.words, bytes, sizeof key.words);
		key.words[1] &= ~(uint64_t)0 >> 8;
		tag |= LONG;
	}
	key.words[1] |= (uint64_t)tag << 56;
	return key;
}

__extension__ typedef unsigned __int128 product;

static uint64_t hash_of(const struct numbers *numbers,
	const struct numbers_key *key)
{
	product whole = (product)(key->words[0] ^ numbers->secret[0])
		* (key->words[1] ^ numbers->secret[1]);
	uint64_t hash = (uint64_t)whole ^ (uint64_t)(whole >> 64);
	return hash ^ hash >> 29;
}

static bool is_key(const struct slot *slot, const struct numbers_key *key)
{
	return memcmp(slot->key, key->words, sizeof key->words) == 0;
}

/* The slot of the key, or the free one where it would stand. */
static struct slot *find(const struct numbers *numbers,
	const struct numbers_key *key, size_t *out_segment)
{
	uint64_t hash = hash_of(numbers, key);
	*out_segment = (size_t)(hash >> (64 - SEGMENT_BITS));
	const struct segment *segment = &numbers->segments[*out_segment];
	size_t at = (size_t)((hash & UINT32_MAX) * segment->capacity >> 32);
	while (segment->slots[at].bearer != 0 && !is_key(&segment->slots[at], key))
		at = at + 1 == segment->capacity ? 0 : at + 1;
	return &segment->slots[at];
}

void numbers_expect(const struct numbers *numbers, const struct numbers_key *key)
{
	uint64_t hash = hash_of(numbers, key);
	const struct segment *segment =
		&numbers->segments[hash >> (64 - SEGMENT_BITS)];
	__builtin_prefetch(
		&segment->slots[(hash & UINT32_MAX) * segment->capacity >> 32]);
}

/* ---- Bearers ---- */

uint32_t numbers_first(const struct numbers *numbers,
	const struct numbers_key *key)
{
	size_t ignored;
	return find(numbers, key, &ignored)->bearer;
}

uint32_t numbers_next(const struct numbers *numbers, uint32_t bearer)
{
	return (bearer & SHARED) != 0 ? numbers->shared[bearer & ~SHARED].next
				      : 0;
}

int32_t numbers_person(const struct numbers *numbers, uint32_t bearer)
{
	return (bearer & SHARED) != 0 ? numbers->shared[bearer & ~SHARED].person
				      : (int32_t)(bearer - 1);
}

static uint32_t share(struct numbers *numbers, int32_t person, uint32_t next)
{
	numbers->shared = memory_grow(numbers->shared, &numbers->shared_capacity,
		numbers->shared_count + 1, sizeof *numbers->shared);
	numbers->shared[numbers->shared_count] = (struct shared){person, next};
	return SHARED | (uint32_t)numbers->shared_count++;
}

static void grow(struct numbers *numbers, struct segment *segment)
{
	struct segment old = *segment;
	*segment = (struct segment){.capacity = old.capacity + old.capacity / 2,
		.count = old.count};
	segment->slots = open_slots(segment->capacity);
	for (size_t i = 0; i < old.capacity; i++) {
		struct numbers_key key;
		size_t ignored;
		if (old.slots[i].bearer == 0)
			continue;
		memcpy(key.words, old.slots[i].key, sizeof key.words);
		*find(numbers, &key, &ignored) = old.slots[i];
	}
	memory_free(old.slots);
}

void numbers_add(struct numbers *numbers, const struct numbers_key *key,
	int32_t person)
{
	size_t which;
	struct slot *slot = find(numbers, key, &which);
	if (slot->bearer != 0) {
		uint32_t before = slot->bearer;
		if ((before & SHARED) == 0)
			before = share(numbers, numbers_person(numbers, before),
				0);
		slot->bearer = share(numbers, person, before);
		return;
	}
	struct segment *segment = &numbers->segments[which];
	if ((segment->count + 1) * 4 > segment->capacity * 3) {
		grow(numbers, segment);
		slot = find(numbers, key, &which);
	}
	memcpy(slot->key, key->words, sizeof slot->key);
	slot->bearer = (uint32_t)person + 1;
	segment->count++;
}

size_t numbers_bytes(const struct numbers *numbers)
{
	size_t bytes = sizeof *numbers
		+ numbers->shared_capacity * sizeof *numbers->shared;
	for (size_t i = 0; i < SEGMENTS; i++)
		bytes += numbers->segments[i].capacity
			* sizeof *numbers->segments->slots;
	return bytes;
}
