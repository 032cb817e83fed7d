/* SPDX-License-Identifier: MIT
 *
 * The children in need census on any bytes: parts stand in the parts they may
 * stand in, values where they belong, and reading twice tells the same.
 */
#include <stdint.h>

#include "feeds/cin-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static uint64_t told_of(const struct cin_part *part, enum cin_kind parent)
{
	const struct cin_record *record = &cin_tables[part->kind];
	uint64_t hash = (uint64_t)part->kind * 31 + (uint64_t)part->line;
	require(record->parent == parent && part->line >= 1);
	for (int i = 0; i < CIN_VALUES; i++) {
		const struct cin_value *value = &part->values[i];
		require(value->text.length == 0
			|| (record->fields[i].element != NULL
				&& value->line >= part->line));
		require(value->date.day == 0
			|| record->fields[i].type == CIN_DATE);
		hash = hash * 37 ^ text_hash(value->text);
	}
	for (const struct cin_part *at = part->first; at != NULL; at = at->next) {
		require(at->next != NULL || at == part->last);
		hash = hash * 41 ^ told_of(at, part->kind);
	}
	return hash;
}

static bool take(void *self, struct cin_part *child, struct fault *fault)
{
	uint64_t *hash = self;
	(void)fault;
	require(child->kind == CIN_CHILD);
	*hash = *hash * 43 ^ told_of(child, CIN_KINDS);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text text = {(const char *)bytes, length};
	uint64_t first = 0, second = 0;
	struct cin_unknown unknown, again;
	struct fault fault = {0}, repeated = {0}, header_fault = {0};
	bool is_read = cin_xml_read(text, &(struct cin_sink){&first, take},
		&unknown, &fault);
	require(is_read != fault_is_set(&fault));
	require(cin_xml_read(text, &(struct cin_sink){&second, take}, &again,
			&repeated)
		== is_read);
	require(first == second && unknown.count == again.count);
	struct arena *arena = arena_open();
	struct cin_part header;
	if (cin_xml_header(text, arena, &header, &header_fault))
		require(header.kind == CIN_HEADER && !fault_is_set(&header_fault));
	else if (is_read)
		require(!fault_is_set(&header_fault));
	arena_close(arena);
	return 0;
}
