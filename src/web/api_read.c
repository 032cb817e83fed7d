/* SPDX-License-Identifier: MIT
 *
 * Inputs of acts from path, query and body, by their tables.
 *
 * A body has only members that the table knows, each of its type; what is
 * wrong is named by its member, never repeated.
 */
#include <limits.h>

#include "desk/given_json.h"
#include "web/api-inside.h"
#include "web/json_in.h"

struct reading {
	struct arena *arena;
	struct fault *fault;
};

static bool wrong(const struct reading *reading,
	const struct api_member *member, const char *what)
{
	fault_set(reading->fault, FAULT_INPUT, "%s %s", member->name, what);
	text_copy(reading->fault->field, sizeof reading->fault->field,
		text_of(member->name));
	return false;
}

static void *place(const struct api_member *member, void *input)
{
	return (char *)input + member->at;
}

/* ---- One value as text ---- */

static bool read_word(const struct reading *reading,
	const struct api_member *member, struct text text, void *input)
{
	for (int i = 0; member->words[i] != NULL; i++)
		if (text_is(text, member->words[i])) {
			*(int *)place(member, input) = i;
			return true;
		}
	return wrong(reading, member, "has no such word");
}

static bool read_number(const struct reading *reading,
	const struct api_member *member, struct text text, void *input)
{
	int64_t number;
	int64_t most = member->type == API_ID ? INT64_MAX : 1000000000;
	if (!text_to_int64(text, &number) || number < 0 || number > most)
		return wrong(reading, member, "must be a whole number");
	if (member->type == API_WHOLE)
		*(int *)place(member, input) = (int)number;
	else if (member->type == API_SIZE)
		*(size_t *)place(member, input) = (size_t)number;
	else
		*(int64_t *)place(member, input) = number;
	return true;
}

static bool read_flag(const struct reading *reading,
	const struct api_member *member, struct text text, void *input)
{
	bool is_true = text_is(text, "1") || text_is(text, "true");
	if (!is_true && !text_is(text, "0") && !text_is(text, "false"))
		return wrong(reading, member, "must be true or false");
	*(bool *)place(member, input) = is_true;
	return true;
}

static bool read_text(const struct reading *reading,
	const struct api_member *member, struct text text, void *input)
{
	switch (member->type) {
	case API_STRING:
		*(const char **)place(member,
			input) = arena_string(reading->arena, text);
		return true;
	case API_TEXT:
		*(struct text *)place(member,
			input) = arena_text(reading->arena, text);
		return true;
	case API_WHOLE:
	case API_SIZE:
	case API_COUNT:
	case API_ID:
		return read_number(reading, member, text, input);
	case API_FLAG:
		return read_flag(reading, member, text, input);
	case API_DATE:
		return date_read_iso(text, place(member, input))
			|| wrong(reading, member, "must be a day, as 2024-06-30");
	case API_WORD:
		return read_word(reading, member, text, input);
	default:
		abort(); /* the table asks for what a query cannot say */
	}
}

/* ---- One value of JSON ---- */

static bool read_object(const struct reading *reading,
	const struct api_shape *shape, const json_t *object, void *input);

static bool read_items(const struct reading *reading,
	const struct api_member *member, const json_t *list, void *input)
{
	size_t count = json_array_size(list);
	char *items = arena_array(reading->arena, count + 1, member->shape->size);
	for (size_t i = 0; i < count; i++)
		if (!read_object(reading, member->shape, json_array_get(list, i),
			    items + i * member->shape->size))
			return false;
	*(const void **)place(member, input) = items;
	*(size_t *)(void *)((char *)input + member->count_at) = count;
	return true;
}

static bool read_strings(const struct reading *reading,
	const struct api_member *member, const json_t *list, void *input)
{
	size_t count = json_array_size(list);
	const char **strings = arena_array(reading->arena, count + 1,
		sizeof *strings);
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(list, i);
		if (!json_is_string(item))
			return wrong(reading, member, "must be strings");
		strings[i] = arena_string(reading->arena,
			text_of(json_string_value(item)));
	}
	*(const void **)place(member, input) = strings;
	*(size_t *)(void *)((char *)input + member->count_at) = count;
	return true;
}

static struct text written(const struct reading *reading, const json_t *value)
{
	size_t size = json_dumpb(value, NULL, 0, JSON_COMPACT);
	char *bytes = arena_new(reading->arena, size + 1);
	json_dumpb(value, bytes, size, JSON_COMPACT);
	return (struct text){bytes, size};
}

static bool read_given(const struct reading *reading,
	const struct api_member *member, const json_t *value, void *input)
{
	const struct step_given *given;
	if (!json_is_object(value))
		return wrong(reading, member, "must be an object");
	if (!given_json_read(written(reading, value), reading->arena, &given,
		    (size_t *)(void *)((char *)input + member->count_at),
		    reading->fault))
		return false;
	*(const struct step_given **)place(member, input) = given;
	return true;
}

static bool read_scalar(const struct reading *reading,
	const struct api_member *member, const json_t *value, void *input)
{
	bool is_number = member->type == API_WHOLE || member->type == API_SIZE;
	struct text text;
	if (json_is_boolean(value) && member->type == API_FLAG)
		text = json_is_true(value) ? TEXT("true") : TEXT("false");
	else if (json_is_integer(value) && (is_number || member->type == API_ID))
		text = text_of(arena_format(reading->arena,
			"%" JSON_INTEGER_FORMAT, json_integer_value(value)));
	else if (json_is_string(value) && !is_number && member->type != API_FLAG)
		text = (struct text){json_string_value(value),
			json_string_length(value)};
	else
		return wrong(reading, member, "has a value of another type");
	return read_text(reading, member, text, input);
}

static bool read_value(const struct reading *reading,
	const struct api_member *member, const json_t *value, void *input)
{
	if (json_is_null(value))
		return !member->is_required
			|| wrong(reading, member, "must be given");
	switch (member->type) {
	case API_GIVEN:
		return read_given(reading, member, value, input);
	case API_JSON:
		if (!json_is_object(value))
			return wrong(reading, member, "must be an object");
		*(struct text *)place(member, input) = written(reading, value);
		return true;
	case API_STRINGS:
		return json_is_array(value)
			? read_strings(reading, member, value, input)
			: wrong(reading, member, "must be a list of strings");
	case API_LIST:
		return json_is_array(value)
			? read_items(reading, member, value, input)
			: wrong(reading, member, "must be a list");
	default:
		return read_scalar(reading, member, value, input);
	}
}

static bool is_known(const struct api_shape *shape, const char *name)
{
	for (size_t i = 0; i < shape->count; i++)
		if (shape->members[i].in == API_BODY
			&& text_is(text_of(name), shape->members[i].name))
			return true;
	return false;
}

static bool read_object(const struct reading *reading,
	const struct api_shape *shape, const json_t *object, void *input)
{
	const char *name;
	json_t *value;
	if (!json_is_object(object))
		return fault_set(reading->fault, FAULT_INPUT,
			"the body must be an object");
	json_object_foreach((json_t *)(uintptr_t)object, name, value)
	{
		if (!is_known(shape, name)) {
			fault_set(reading->fault, FAULT_INPUT,
				"the body has a member that is not known");
			return fault_hint(reading->fault,
				"leave it out, or look at how it is spelt");
		}
	}
	for (size_t i = 0; i < shape->count; i++) {
		const struct api_member *member = &shape->members[i];
		if (member->in != API_BODY)
			continue;
		value = json_object_get(object, member->name);
		if (value == NULL && member->is_required)
			return wrong(reading, member, "must be given");
		if (value != NULL && !read_value(reading, member, value, input))
			return false;
	}
	return true;
}

bool api_read_body(const struct api_shape *shape, struct text body,
	struct arena *arena, void *out_input, struct fault *fault)
{
	json_t *document;
	struct reading reading = {arena, fault};
	return json_in_read(body, arena, &document, fault)
		&& read_object(&reading, shape, document, out_input);
}

/* ---- A request ---- */

static bool read_path(struct api_call *call, const struct api_member *member,
	const struct reading *reading, void *input)
{
	return read_text(reading, member,
		http_place(call->request, member->name), input);
}

static bool read_query(struct api_call *call, const struct api_member *member,
	const struct reading *reading, void *input)
{
	struct text text;
	struct http_fields query = call->request->query;
	if (http_only(query, member->name, &text))
		return read_text(reading, member, text, input);
	for (size_t i = 0; i < query.count; i++)
		if (text_is(query.at[i].name, member->name))
			return wrong(reading, member, "is given twice");
	return !member->is_required || wrong(reading, member, "must be given");
}

/* Parameters that the table does not know are slips of the pen: refused, so
 * that a filter that was misspelt does not give everything. */
static bool check_query(const struct api_call *call, const struct reading *reading)
{
	const struct http_fields query = call->request->query;
	const struct api_shape *shape = call->route->input;
	for (size_t i = 0; i < query.count; i++) {
		bool is_there = false;
		for (size_t j = 0; shape != NULL && j < shape->count; j++)
			is_there |= shape->members[j].in == API_QUERY
				&& text_is(query.at[i].name,
					shape->members[j].name);
		if (!is_there)
			return fault_set(reading->fault, FAULT_USAGE,
				"the query has a parameter that is not known");
	}
	return true;
}

static bool has_body(const struct api_shape *shape)
{
	for (size_t i = 0; i < shape->count; i++)
		if (shape->members[i].in == API_BODY)
			return true;
	return false;
}

bool api_read_input(struct api_call *call, struct fault *fault)
{
	const struct api_shape *shape = call->route->input;
	struct reading reading = {call->arena, fault};
	void *input = call->input.bytes;
	if (!check_query(call, &reading))
		return false;
	for (size_t i = 0; shape != NULL && i < shape->count; i++) {
		const struct api_member *member = &shape->members[i];
		if ((member->in == API_PATH
			    && !read_path(call, member, &reading, input))
			|| (member->in == API_QUERY
				&& !read_query(call, member, &reading, input)))
			return false;
	}
	if (shape == NULL || call->request->type != HTTP_JSON || !has_body(shape))
		return true;
	return api_read_body(shape, call->request->body, call->arena, input,
		fault);
}

/* ---- Headers ---- */

struct text api_read_bearer(struct text authorization)
{
	struct text token;
	struct text scheme = text_split(text_trim(authorization), ' ', &token);
	return text_equals_folded(scheme, TEXT("Bearer")) ? text_trim(token)
							  : TEXT("");
}

bool api_read_match(struct text if_match, int *out_version)
{
	int64_t version;
	struct text tag = text_trim(if_match);
	if (text_starts(tag, TEXT("W/")))
		tag = text_cut(tag, 2, tag.length);
	if (tag.length < 3 || tag.at[0] != '"' || tag.at[tag.length - 1] != '"'
		|| !text_to_int64(text_cut(tag, 1, tag.length - 2), &version)
		|| version < 1 || version > INT_MAX)
		return false;
	*out_version = (int)version;
	return true;
}
