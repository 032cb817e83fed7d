/* SPDX-License-Identifier: MIT
 *
 * From an element's name to its place in the consumer's table: a hash of the
 * name's ends and length, since the names of a return differ there.
 */
#include <string.h>

#include "feeds/xml-inside.h"

enum { NO_NAME = -1, FEWEST_BITS = 4 };

static uint64_t hash_of(struct text name)
{
	uint64_t first = 0, last = 0;
	if (name.length >= sizeof first) {
		memcpy(&first, name.at, sizeof first);
		memcpy(&last, name.at + name.length - sizeof last, sizeof last);
	} else {
		for (size_t i = 0; i < name.length; i++)
			first = first << 8 | (unsigned char)name.at[i];
	}
	return (first ^ (last << 23 | last >> 41) ^ name.length)
		* UINT64_C(0x9e3779b97f4a7c15);
}

void xml_names_make(const struct xml_consumer *consumer, struct arena *arena,
	struct xml_names *out_names)
{
	unsigned bits = FEWEST_BITS;
	while (((size_t)1 << bits) < consumer->count * 4)
		bits++;
	size_t size = (size_t)1 << bits;
	struct text *texts = arena_array(arena, consumer->count + 1,
		sizeof *texts);
	*out_names = (struct xml_names){.texts = texts,
		.slots = arena_array(arena, size, sizeof *out_names->slots),
		.shift = 64 - bits,
		.mask = size - 1};
	memset(out_names->slots, 0xff, size * sizeof *out_names->slots);
	for (size_t i = 0; i < consumer->count; i++) {
		texts[i] = text_of(consumer->names[i]);
		size_t slot = hash_of(texts[i]) >> out_names->shift;
		while (out_names->slots[slot] != NO_NAME)
			slot = (slot + 1) & out_names->mask;
		out_names->slots[slot] = (int16_t)i;
	}
}

int xml_names_find(const struct xml_names *names, struct text name)
{
	size_t slot = hash_of(name) >> names->shift;
	for (; names->slots[slot] != NO_NAME; slot = (slot + 1) & names->mask)
		if (text_equals(name, names->texts[names->slots[slot]]))
			return names->slots[slot];
	return NO_NAME;
}
