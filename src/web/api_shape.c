/* SPDX-License-Identifier: MIT
 *
 * Outputs of acts as JSON, by their tables.
 */
#include "web/api-inside.h"

/* What stands in a struct at a place. The table's type says which it is. */
union at {
	const void *at;
	const char *const *string;
	const struct text *text;
	const int *whole;
	const size_t *size;
	const int64_t *id;
	const bool *flag;
	const struct date *date;
	const char *const *const *strings;
	const char *const *items;
};

static union at member_at(const void *whole, size_t offset)
{
	return (union at){.at = (const char *)whole + offset};
}

static void write_id(struct json_out *json, const char *key, int64_t id)
{
	char digits[24];
	struct buffer out = {.maximum = sizeof digits};
	buffer_format(&out, "%lld", (long long)id);
	text_copy(digits, sizeof digits, buffer_text(&out));
	buffer_finish(&out);
	json_out_string_or_null(json, key, id == 0 ? "" : digits);
}

static void write_date(struct json_out *json, const char *key, struct date date)
{
	char text[DATE_TEXT];
	date_write(date, text);
	json_out_string_or_null(json, key, text);
}

static void write_list(struct api_call *call, const struct api_member *member,
	const void *whole)
{
	size_t count = *member_at(whole, member->count_at).size;
	const char *items = *member_at(whole, member->at).items;
	json_out_array(&call->json, member->name);
	for (size_t i = 0; i < count; i++)
		api_shape_write(call, NULL, member->shape,
			items + i * member->shape->size);
	json_out_array_end(&call->json);
}

static void write_strings(struct api_call *call,
	const struct api_member *member, const void *whole)
{
	size_t count = *member_at(whole, member->count_at).size;
	const char *const *strings = *member_at(whole, member->at).strings;
	json_out_array(&call->json, member->name);
	for (size_t i = 0; i < count; i++)
		json_out_string(&call->json, NULL, strings[i]);
	json_out_array_end(&call->json);
}

static void write_member(struct api_call *call, const struct api_member *member,
	const void *whole)
{
	struct json_out *json = &call->json;
	const char *key = member->name;
	union at at = member_at(whole, member->at);
	switch (member->type) {
	case API_STRING:
		json_out_string_or_null(json, key,
			*at.string == NULL ? "" : *at.string);
		break;
	case API_TEXT:
		json_out_string_or_null(json, key,
			arena_string(call->arena, *at.text));
		break;
	case API_WHOLE:
		json_out_whole(json, key, *at.whole);
		break;
	case API_SIZE:
		json_out_whole(json, key, (int64_t)*at.size);
		break;
	case API_COUNT:
		json_out_whole(json, key, *at.id);
		break;
	case API_ID:
		write_id(json, key, *at.id);
		break;
	case API_FLAG:
		json_out_flag(json, key, *at.flag);
		break;
	case API_DATE:
		write_date(json, key, *at.date);
		break;
	case API_WORD:
		json_out_string(json, key, member->words[*at.whole]);
		break;
	case API_JSON:
		json_out_as_is(json, key,
			at.text->length == 0 ? TEXT("{}") : *at.text);
		break;
	case API_STRINGS:
		write_strings(call, member, whole);
		break;
	case API_LIST:
		write_list(call, member, whole);
		break;
	case API_OWN:
		member->write(call, key, whole);
		break;
	case API_GIVEN:
	case API_TYPES:
		abort();
	}
}

void api_shape_members(struct api_call *call, const struct api_shape *shape,
	const void *whole)
{
	for (size_t i = 0; i < shape->count; i++)
		write_member(call, &shape->members[i], whole);
}

void api_shape_write(struct api_call *call, const char *key,
	const struct api_shape *shape, const void *whole)
{
	json_out_object(&call->json, key);
	api_shape_members(call, shape, whole);
	json_out_object_end(&call->json);
}
