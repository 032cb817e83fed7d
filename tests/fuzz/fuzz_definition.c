/* SPDX-License-Identifier: MIT
 *
 * The register language on any bytes: a definition is read, or every mistake is
 * a line with its place in the file. What is read is printed.
 */
#include <stdint.h>

#include "register/definition.h"
#include "register/register.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* Made once, for the life of the program. */
static const struct codes *shipped(void)
{
	static struct codes *codes;
	struct fault fault = {0};
	if (codes == NULL)
		require(codes_open(arena_open(), NULL, &codes, &fault));
	return codes;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	const struct definition *definition;
	struct register_one one;
	struct fault fault = {0};
	struct buffer mistakes = {.maximum = 1 << 22}, out = {.maximum = 1 << 22};
	struct definition_options options = {.name = TEXT("fuzz"),
		.text = {(const char *)bytes, length},
		.codes = shipped()};
	bool is_read = definition_read(arena, &options, &definition, &mistakes,
		&fault);
	require(is_read == (mistakes.length == 0 && !mistakes.has_failed));
	require(is_read == !fault_is_set(&fault));
	if (is_read) {
		definition_print(definition, &out);
		register_work_out(arena, definition, &one);
		require(out.length > 0 && one.table_count > 0);
	} else {
		require(text_starts(buffer_text(&mistakes), TEXT("fuzz:")));
		require(!text_has(buffer_text(&mistakes), TEXT(":0:")));
	}
	buffer_finish(&out);
	buffer_finish(&mistakes);
	arena_close(arena);
	return 0;
}
