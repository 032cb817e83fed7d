/* SPDX-License-Identifier: MIT
 *
 * The SSDA903 return as XML, any bytes: each row given is of a table, begins
 * on a line of the file and holds UTF-8 within the limit; a second reading
 * tells the same; and a sink that stops is not called again.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/encoding.h"
#include "base/limits.h"
#include "feeds/ssda903-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

struct told {
	uint64_t hash;
	int64_t rows;
	int64_t most_lines;
	int64_t stop_after; /* 0: never */
};

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool take_row(void *self, enum ssda903_which which,
	const struct text *fields, int64_t line, struct fault *fault)
{
	struct told *told = self;
	require((int)which >= 0 && which < SSDA903_TABLES);
	require(line >= 1 && line <= told->most_lines);
	require(told->stop_after == 0 || told->rows < told->stop_after);
	const struct ssda903_field *columns = ssda903_tables[which].fields;
	for (int i = 0; i < SSDA903_FIELDS && columns[i].column != NULL; i++) {
		require(encoding_is_utf8(fields[i]));
		require(fields[i].length <= LIMIT_FIELD_BYTES);
		told->hash = told->hash * 31 + text_hash(fields[i]);
	}
	told->hash = told->hash * 37 + (uint64_t)which + (uint64_t)line;
	told->rows++;
	if (told->rows == told->stop_after)
		return fault_set(fault, FAULT_LIMIT, "enough");
	return true;
}

static struct told read_once(struct text text, int64_t stop_after,
	struct fault *fault)
{
	/* Line ends may be LF or CR, in one byte or two. */
	struct told told = {.most_lines = (int64_t)text.length + 1,
		.stop_after = stop_after};
	struct ssda903_sink sink = {&told, take_row};
	bool is_read = ssda903_xml_read(text, &sink, fault);
	require(is_read != fault_is_set(fault));
	return told;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text text = {(const char *)bytes, length};
	struct fault first = {0}, second = {0}, third = {0};
	struct told one = read_once(text, 0, &first);
	struct told two = read_once(text, 0, &second);
	require(one.hash == two.hash && one.rows == two.rows);
	require(first.kind == second.kind);
	if (one.rows == 0)
		return 0;
	struct told part = read_once(text, (one.rows + 1) / 2, &third);
	require(part.rows == (one.rows + 1) / 2);
	require(third.kind == FAULT_LIMIT);
	return 0;
}
