/* SPDX-License-Identifier: MIT
 *
 * The measure reader on any bytes: it takes a file or names a mistake with its
 * place, and what it takes has one statement, of parameters it knows.
 */
#include <stdint.h>

#include "measures/measure.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_query(const struct measure_query *query)
{
	require(query->count <= MEASURE_PARAMETERS);
	for (size_t i = 0; i < query->count; i++)
		for (size_t j = 0; j < i; j++)
			require(query->parameters[i] != query->parameters[j]);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	struct measure measure;
	struct buffer mistakes = {.maximum = 1 << 20}, out = {.maximum = 1 << 20};
	struct text text = {(const char *)bytes, length};
	bool is_read = measure_read(TEXT("fuzz.sql"), text, arena, &measure,
		&mistakes);
	require(is_read == (mistakes.length == 0 && !mistakes.has_failed));
	if (is_read) {
		require(measure.id.length > 0 && measure.source.length > 0);
		require(measure.list.sql[0] != '\0' && measure.list.count > 0);
		check_query(&measure.list);
		check_query(&measure.evidence);
		measure_print(&measure, &out);
	} else {
		require(text_starts(buffer_text(&mistakes), TEXT("fuzz.sql:")));
	}
	buffer_finish(&out);
	buffer_finish(&mistakes);
	arena_close(arena);
	return 0;
}
