/* SPDX-License-Identifier: MIT
 *
 * Bodies: the first byte chooses a form or JSON. Checked: fields of a form are
 * valid UTF-8 within their limits, in number as many as were sent; JSON that
 * is taken is no deeper than the limit, and written out is taken again and
 * equal; a refusal says nothing of the text.
 */
#include <stdint.h>

#include "base/encoding.h"
#include "web/form.h"
#include "web/json_in.h"
#include "web/percent.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void check_form(struct text body, struct arena *arena)
{
	struct fault fault = {0};
	struct http_fields fields;
	struct http_request request = {.body = body};
	size_t sent = body.length > 0;
	if (!form_read(&request, arena, &fields, &fault)) {
		require(fault.kind == FAULT_USAGE);
		return;
	}
	for (size_t i = 0; i < body.length; i++)
		sent += body.at[i] == '&';
	require(fields.count == sent && sent <= percent_form.pairs);
	for (size_t i = 0; i < fields.count; i++) {
		require(encoding_is_utf8(fields.at[i].value));
		require(fields.at[i].value.length <= percent_form.value_bytes);
		require(fields.at[i].name.length > 0);
	}
}

static int depth_of(const json_t *value)
{
	int most = 0;
	size_t i;
	const char *key;
	json_t *inner;
	if (json_is_array(value))
		json_array_foreach(value, i, inner)
		{
			int depth = depth_of(inner);
			most = depth > most ? depth : most;
		}
	else if (json_is_object(value))
		json_object_foreach((json_t *)(uintptr_t)value, key, inner)
		{
			int depth = depth_of(inner);
			most = depth > most ? depth : most;
		}
	else
		return 0;
	return most + 1;
}

static void check_json(struct text body, struct arena *arena)
{
	struct fault fault = {0};
	json_t *document, *again;
	if (!json_in_read(body, arena, &document, &fault)) {
		require(fault.kind == FAULT_USAGE);
		return;
	}
	require(depth_of(document) <= JSON_IN_DEPTH);
	char *written = json_dumps(document, JSON_COMPACT);
	require(written != NULL);
	require(json_in_read(text_of(written), arena, &again, &fault));
	require(json_equal(document, again));
	free(written);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length == 0)
		return 0;
	struct arena *arena = arena_open();
	struct text body = {(const char *)bytes + 1, length - 1};
	if (bytes[0] == 'f')
		check_form(body, arena);
	else
		check_json(body, arena);
	arena_close(arena);
	return 0;
}
