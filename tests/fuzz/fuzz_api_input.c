/* SPDX-License-Identifier: MIT
 *
 * What programs send to the API: bodies by every route's shape, the headers
 * that carry a token and a version. Checked: a body that is taken gives for
 * each required member a value; a refusal is the asker's fault and repeats
 * nothing that was sent but what was given for fields; a version is above zero.
 */
#include <stdint.h>
#include <stdlib.h>

#include "web/api-inside.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_body(const struct api_shape *shape, struct text body,
	struct arena *arena)
{
	struct fault fault = {.kind = FAULT_NONE};
	char input[API_SPACE] __attribute__((aligned(16))) = {0};
	if (api_read_body(shape, body, arena, input, &fault)) {
		require(fault.kind == FAULT_NONE);
		return;
	}
	require(fault.kind == FAULT_INPUT || fault.kind == FAULT_USAGE);
	require(fault.message[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	struct text text = {(const char *)bytes, length};
	int version = 0;
	for (size_t i = 0; i < api_table_count; i++)
		if (api_table[i].input != NULL && api_table[i].input->name != NULL)
			check_body(api_table[i].input, text, arena);
	if (api_read_match(text, &version))
		require(version > 0);
	struct text token = api_read_bearer(text);
	require(token.length <= text.length);
	require(token_la(token) >= 0 && token_la(token) < 1000);
	arena_close(arena);
	return 0;
}
