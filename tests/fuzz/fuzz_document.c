/* SPDX-License-Identifier: MIT
 *
 * Documents of entries on any bytes: one is read or refused. What is read is
 * written, and what is written reads as the same again.
 */
#include <stdint.h>

#include "base/file.h"
#include "register/entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* A field of each kind, and a part; made once, for the life of the program. */
static const char text[] =
	"register: fuzz\ntitle: F\nabout: F\nsource: F\nprefix: FU\n"
	"subject: child\nowner-role: auditor\nteam: t\nsee: {auditor: any}\n"
	"retention: {years: 1, after: closing, source: F}\n"
	"fields:\n"
	"  note: {label: N, type: prose}\n"
	"  how: {label: N, type: codes service-methods}\n"
	"  day: {label: D, type: date}\n"
	"  rooms: {label: R, type: whole}\n"
	"  agreed: {label: A, type: yes-no}\n"
	"parts:\n"
	"  visits:\n"
	"    title: V\n"
	"    one: v\n"
	"    fields: {seen: {label: S, type: yes-no}, seen_on: {label: S, type: date}}\n"
	"states: {OPEN: {title: O, closes: yes}}\n"
	"steps: {open: {title: O, opens: yes, to: OPEN, who: auditor}}\n"
	"lists: {all: {title: A, columns: [note], empty: E}}\n";

static const struct definition *definition(void)
{
	static const struct definition *read;
	struct fault fault = {0};
	struct codes *codes;
	if (read != NULL)
		return read;
	struct arena *arena = arena_open();
	struct buffer mistakes = {.maximum = 1 << 16};
	require(codes_open(arena, NULL, &codes, &fault));
	struct definition_options options = {.name = TEXT("fuzz.yaml"),
		.text = text_of(text),
		.codes = codes};
	require(definition_read(arena, &options, &read, &mistakes, &fault));
	return read;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct entry *first = entry_new(definition(), 206, 7, arena);
	struct entry *second = entry_new(definition(), 206, 7, arena);
	bool is_read = entry_read(first,
		(struct text){(const char *)bytes, length}, &fault);
	require(is_read == !fault_is_set(&fault));
	if (is_read) {
		struct text written = entry_write(first);
		require(entry_read(second, written, &fault));
		require(text_equals(written, entry_write(second)));
	}
	arena_close(arena);
	return 0;
}
