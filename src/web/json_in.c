/* SPDX-License-Identifier: MIT
 *
 * jansson, after a look at the depth: it goes down by recursion, and its own
 * limit of 2048 levels is fixed when it is built.
 */
#include "web/json_in.h"

static void close_document(void *document)
{
	json_decref(document);
}

/* Brackets outside strings. Of what is not JSON the answer means nothing. */
static bool is_shallow(struct text bytes)
{
	int depth = 0;
	bool is_string = false;
	for (size_t i = 0; i < bytes.length; i++) {
		char c = bytes.at[i];
		if (is_string && c == '\\')
			i++;
		else if (c == '"')
			is_string = !is_string;
		else if (!is_string && (c == '[' || c == '{'))
			depth++;
		else if (!is_string && (c == ']' || c == '}'))
			depth--;
		if (depth > JSON_IN_DEPTH)
			return false;
	}
	return true;
}

bool json_in_read(struct text bytes, struct arena *arena, json_t **out_document,
	struct fault *fault)
{
	json_error_t error;
	if (!is_shallow(bytes))
		return fault_set(fault, FAULT_USAGE,
			"the JSON is more than %d levels deep", JSON_IN_DEPTH);
	json_t *document = json_loadb(bytes.length == 0 ? "" : bytes.at,
		bytes.length, JSON_REJECT_DUPLICATES, &error);
	if (document == NULL)
		return fault_set(fault, FAULT_USAGE,
			"the body is no JSON that can be read, at line %d,"
			" column %d",
			error.line, error.column);
	arena_on_close(arena, close_document, document);
	*out_document = document;
	return true;
}
