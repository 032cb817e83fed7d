/* SPDX-License-Identifier: MIT
 *
 * What was given for a step, as JSON: an object of names and texts.
 */
#include "desk/given_json.h"

#include <jansson.h>

#include "base/buffer.h"

struct text given_json_write(const struct step_given *given, size_t count,
	struct arena *arena)
{
	json_t *object = json_object();
	for (size_t i = 0; i < count; i++)
		json_object_set_new(object, arena_string(arena, given[i].name),
			json_stringn(given[i].text.at == NULL ? ""
							      : given[i].text.at,
				given[i].text.length));
	size_t size = json_dumpb(object, NULL, 0, JSON_COMPACT);
	char *bytes = arena_new(arena, size + 1);
	json_dumpb(object, bytes, size, JSON_COMPACT);
	json_decref(object);
	return (struct text){bytes, size};
}

/* Several codes may be given as a list of them. */
static bool several_of_json(const json_t *list, struct arena *arena,
	struct text *out_text)
{
	struct buffer joined = {.maximum = 1 << 16};
	size_t i;
	const json_t *one;
	bool are_codes = true;
	json_array_foreach(list, i, one)
	{
		are_codes = are_codes && json_is_string(one);
		buffer_format(&joined, "%s%s", i > 0 ? ";" : "",
			are_codes ? json_string_value(one) : "");
	}
	*out_text = arena_text(arena, buffer_text(&joined));
	buffer_finish(&joined);
	return are_codes;
}

/* Numbers and yes or no may be given as such. */
static bool text_of_json(const json_t *value, struct arena *arena,
	struct text *out_text)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		*out_text = arena_text(arena,
			(struct text){json_string_value(value),
				json_string_length(value)});
		return true;
	case JSON_INTEGER:
		*out_text = text_of(arena_format(arena, "%" JSON_INTEGER_FORMAT,
			json_integer_value(value)));
		return true;
	case JSON_TRUE:
		*out_text = TEXT("yes");
		return true;
	case JSON_FALSE:
		*out_text = TEXT("no");
		return true;
	case JSON_NULL:
		*out_text = TEXT("");
		return true;
	case JSON_REAL:
		*out_text = text_of(
			arena_format(arena, "%.15g", json_real_value(value)));
		return true;
	case JSON_ARRAY:
		return several_of_json(value, arena, out_text);
	default:
		return false;
	}
}

static bool read_object(json_t *object, struct arena *arena,
	struct step_given *given, size_t *out_count, struct fault *fault)
{
	const char *name;
	json_t *value;
	json_object_foreach(object, name, value)
	{
		struct step_given *one = &given[(*out_count)++];
		one->name = arena_text(arena, text_of(name));
		if (!text_of_json(value, arena, &one->text))
			return fault_set(fault, FAULT_INPUT,
				"\"%s\" must be a single value", name);
	}
	return true;
}

bool given_json_read(struct text json, struct arena *arena,
	const struct step_given **out_given, size_t *out_count,
	struct fault *fault)
{
	json_t *object = json_loadb(json.at, json.length,
		JSON_REJECT_DUPLICATES, NULL);
	size_t count = 0;
	if (!json_is_object(object)) {
		json_decref(object);
		return fault_set(fault, FAULT_INPUT,
			"what is given must be an object of names and values");
	}
	struct step_given *given = arena_array(arena,
		json_object_size(object) + 1, sizeof *given);
	bool is_read = read_object(object, arena, given, &count, fault);
	json_decref(object);
	*out_given = given;
	*out_count = count;
	return is_read;
}
