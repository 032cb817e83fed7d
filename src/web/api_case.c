/* SPDX-License-Identifier: MIT
 *
 * Entries, their versions and children's cards as JSON.
 */
#include "register/fact.h"
#include "register/given.h"
#include "web/api-inside.h"

/* ---- Values ---- */

static void write_code(struct api_call *call, const char *key,
	const struct codes_list *list, struct text code)
{
	const struct codes_entry *entry = codes_in(list, code, DATE_NONE);
	json_out_object(&call->json, key);
	json_out_string(&call->json, "code", arena_string(call->arena, code));
	json_out_string(&call->json, "label",
		arena_string(call->arena, entry == NULL ? code : entry->label));
	json_out_object_end(&call->json);
}

static void write_codes(struct api_call *call, const char *key,
	const struct codes_list *list, struct text codes)
{
	json_out_array(&call->json, key);
	while (codes.length > 0)
		write_code(call, NULL, list, text_split(codes, ';', &codes));
	json_out_array_end(&call->json);
}

void api_case_value(struct api_call *call, const char *key,
	const struct definition_field *field, struct value value)
{
	struct json_out *json = &call->json;
	if (value.kind == VALUE_EMPTY && field->type == DEFINITION_CODES)
		write_codes(call, key, field->list, TEXT(""));
	else if (value.kind == VALUE_EMPTY)
		json_out_null(json, key);
	else if (field->type == DEFINITION_CODE)
		write_code(call, key, field->list, value.text);
	else if (field->type == DEFINITION_CODES)
		write_codes(call, key, field->list, value.text);
	else if (value.kind == VALUE_FLAG)
		json_out_flag(json, key, value.flag);
	else if (value.kind == VALUE_NUMBER)
		json_out_as_is(json, key,
			given_written(field, value, call->arena));
	else
		json_out_string(json, key,
			arena_string(call->arena,
				given_written(field, value, call->arena)));
}

void api_case_state(struct api_call *call, const char *key,
	const struct definition *of, struct text name)
{
	const struct definition_state *state = definition_state(of, name);
	json_out_object(&call->json, key);
	json_out_string(&call->json, "code", arena_string(call->arena, name));
	json_out_string(&call->json, "label", state == NULL ? "" : state->title);
	json_out_object_end(&call->json);
}

/* A value without a field: of what every entry has, and of facts. */
static void write_plain(struct api_call *call, const char *key, struct value value)
{
	char date[DATE_TEXT];
	switch (value.kind) {
	case VALUE_TEXT:
		json_out_string(&call->json, key,
			arena_string(call->arena, value.text));
		break;
	case VALUE_NUMBER:
		json_out_whole(&call->json, key, value.number);
		break;
	case VALUE_DATE:
		date_write(value.date, date);
		json_out_string(&call->json, key, date);
		break;
	case VALUE_FLAG:
		json_out_flag(&call->json, key, value.flag);
		break;
	default:
		json_out_null(&call->json, key);
	}
}

static void write_id(struct api_call *call, const char *key, int64_t id)
{
	json_out_string_or_null(&call->json, key,
		id == 0 ? "" : arena_format(call->arena, "%lld", (long long)id));
}

static void write_date(struct api_call *call, const char *key, struct date date)
{
	write_plain(call, key, value_date(date));
}

/* ---- An entry ---- */

static void write_fields(struct api_call *call,
	const struct definition_field *fields, size_t count,
	const struct value *values)
{
	for (size_t i = 0; i < count; i++)
		if (sight_field(&fields[i], api_roles(call)))
			api_case_value(call, fields[i].name, &fields[i],
				values[fields[i].slot]);
}

static void write_part(struct api_call *call,
	const struct definition_part *part, const struct entry_part *rows)
{
	json_out_array(&call->json, part->name);
	for (size_t i = 0; i < rows->count; i++) {
		json_out_object(&call->json, NULL);
		write_id(call, "item", rows->items[i]);
		write_fields(call, part->fields, part->field_count,
			rows->rows[i]);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_work(struct api_call *call, const struct desk_case *of)
{
	json_out_array(&call->json, "work");
	for (size_t i = 0; i < of->work_count; i++) {
		const struct work_item *item = &of->work[i];
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "clock", item->clock->name);
		json_out_string(&call->json, "title", item->clock->title);
		json_out_string_or_null(&call->json, "then",
			item->clock->then == NULL ? "" : item->clock->then);
		json_out_string(&call->json, "law", item->clock->law);
		json_out_string(&call->json, "reason",
			work_reason(item, call->arena));
		write_id(call, "item", item->item);
		write_date(call, "starts", item->starts);
		write_date(call, "warns", item->warns);
		write_date(call, "due", item->due);
		write_date(call, "done", item->done);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_steps(struct api_call *call, const struct desk_case *of)
{
	json_out_array(&call->json, "steps");
	for (size_t i = 0; i < of->step_count; i++) {
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "step", of->steps[i]->name);
		json_out_string(&call->json, "title", of->steps[i]->title);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_own(struct api_call *call, const struct entry *entry)
{
	static const struct {
		const char *name;
		enum definition_slot slot;
	} own[] = {{"opened", DEFINITION_OPENED}, {"closed", DEFINITION_CLOSED},
		{"since", DEFINITION_SINCE}, {"owner", DEFINITION_OWNER},
		{"team", DEFINITION_TEAM}};
	struct value state = entry_slot(entry, DEFINITION_STATE);
	api_case_state(call, "state", entry->of,
		state.kind == VALUE_TEXT ? state.text : TEXT(""));
	json_out_flag(&call->json, "is_open", entry_is_open(entry));
	for (size_t i = 0; i < COUNT_OF(own); i++)
		write_plain(call, own[i].name, entry_slot(entry, own[i].slot));
}

bool api_case_entry(struct api_call *call, struct fault *fault)
{
	const struct desk_case *of = (const void *)call->output.bytes;
	const struct entry *entry = of->entry;
	struct json_out *json = &call->json;
	(void)fault;
	api_begin(call);
	call->reply->tag = text_of(
		arena_format(call->arena, "%d", entry->version));
	json_out_object(json, NULL);
	json_out_string(json, "reference", of->reference);
	json_out_string(json, "register", of->definition->name);
	json_out_string(json, "title", of->definition->title);
	json_out_whole(json, "version", entry->version);
	write_plain(call, "changed_at", value_text(entry->changed_at));
	write_id(call, "child",
		entry->of->subject == DEFINITION_CHILD ? entry->subject : 0);
	write_own(call, entry);
	json_out_object(json, "fields");
	write_fields(call, of->definition->fields, of->definition->field_count,
		entry->values);
	json_out_object_end(json);
	json_out_object(json, "parts");
	for (size_t i = 0; i < of->definition->part_count; i++)
		write_part(call, &of->definition->parts[i], &entry->parts[i]);
	json_out_object_end(json);
	write_work(call, of);
	write_steps(call, of);
	json_out_object_end(json);
	return true;
}

/* ---- Versions ---- */

static void write_difference(struct api_call *call,
	const struct keep_difference *difference)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "field", difference->field);
	json_out_string(json, "label", difference->label);
	write_id(call, "item", difference->item);
	write_plain(call, "before", value_text(difference->before));
	write_plain(call, "after", value_text(difference->after));
	json_out_object_end(json);
}

static void write_version(struct api_call *call,
	const struct desk_version *version)
{
	struct json_out *json = &call->json;
	const struct definition_step *step = call->one == NULL
		? NULL
		: definition_step(call->one->definition, text_of(version->step));
	json_out_object(json, NULL);
	json_out_whole(json, "version", version->version);
	json_out_string(json, "at", version->at);
	write_date(call, "on", version->on);
	json_out_object(json, "step");
	json_out_string(json, "code", version->step);
	json_out_string(json, "label",
		step == NULL ? version->step : step->title);
	json_out_object_end(json);
	json_out_string(json, "actor", version->actor);
	json_out_string_or_null(json, "reason",
		version->reason == NULL ? "" : version->reason);
	json_out_array(json, "changes");
	for (size_t i = 0; i < version->count; i++)
		write_difference(call, &version->differences[i]);
	json_out_array_end(json);
	json_out_object_end(json);
}

/* A struct desk_history_output's. */
void api_case_versions(struct api_call *call, const char *key, const void *whole)
{
	const struct desk_history_output *history = whole;
	json_out_array(&call->json, key);
	for (size_t i = 0; i < history->count; i++)
		write_version(call, &history->versions[i]);
	json_out_array_end(&call->json);
}

/* ---- What a step did ---- */

/* A new entry has an address; what waits for agreement is accepted only. */
bool api_case_step(struct api_call *call, struct fault *fault)
{
	const struct desk_step_output *output = (const void *)call->output.bytes;
	(void)fault;
	api_begin(call);
	if (output->proposal != 0)
		call->reply->status = 202;
	else if (call->act == DESK_CASE_TRY)
		call->reply->status = 200;
	else if (output->reference[0] != '\0')
		http_reply_header(call->reply, "Location",
			text_of(arena_format(call->arena, "/api/v1/entries/%s",
				output->reference)));
	if (output->version > 0)
		call->reply->tag = text_of(
			arena_format(call->arena, "%d", output->version));
	api_shape_write(call, NULL, call->route->output, output);
	return true;
}

/* ---- A child ---- */

static void write_facts(struct api_call *call, const struct value *facts)
{
	json_out_array(&call->json, "facts");
	for (int i = 0; i < FACTS; i++) {
		const struct fact_row *row = fact_row((enum fact)i);
		if (facts[i].kind == VALUE_EMPTY)
			continue;
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "fact", row->name);
		json_out_string(&call->json, "label", row->label);
		write_plain(call, "value", facts[i]);
		json_out_string_or_null(&call->json, "feed",
			row->feed == NULL ? "" : row->feed);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

/* One that is somebody else's: that it is there, and whom to ask. */
static void write_entry(struct api_call *call,
	const struct desk_child_entry *entry)
{
	struct json_out *json = &call->json;
	bool is_seen = entry->reference != NULL;
	json_out_object(json, NULL);
	json_out_string_or_null(json, "reference",
		is_seen ? entry->reference : "");
	json_out_string(json, "register", entry->definition->name);
	json_out_string(json, "title", entry->definition->title);
	if (is_seen)
		api_case_state(call, "state", entry->definition,
			text_of(entry->state));
	else
		json_out_null(json, "state");
	json_out_string_or_null(json, "owner", entry->owner);
	json_out_string_or_null(json, "team", entry->team);
	write_date(call, "opened", entry->opened);
	write_date(call, "closed", entry->closed);
	json_out_object_end(json);
}

static void write_names(struct api_call *call, const struct desk_child_card *card)
{
	struct json_out *json = &call->json;
	json_out_array(json, "names");
	for (size_t i = 0; i < card->name_count; i++) {
		json_out_object(json, NULL);
		json_out_string_or_null(json, "kind", card->names[i].kind);
		json_out_string_or_null(json, "surname", card->names[i].surname);
		json_out_string_or_null(json, "forename",
			card->names[i].forename);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_array(json, "numbers");
	for (size_t i = 0; i < card->number_count; i++) {
		json_out_object(json, NULL);
		json_out_string(json, "scheme", card->numbers[i].scheme);
		json_out_string(json, "value", card->numbers[i].value);
		json_out_string_or_null(json, "grade", card->numbers[i].grade);
		json_out_string_or_null(json, "feed", card->numbers[i].feed);
		json_out_object_end(json);
	}
	json_out_array_end(json);
}

static void write_coded(struct api_call *call, const char *key,
	const char *list, const char *code)
{
	if (code[0] == '\0')
		json_out_null(&call->json, key);
	else
		write_code(call, key, codes_list(call->desk.codes, list),
			text_of(code));
}

bool api_case_child(struct api_call *call, struct fault *fault)
{
	const struct desk_child_card *card = (const void *)call->output.bytes;
	struct json_out *json = &call->json;
	(void)fault;
	api_begin(call);
	json_out_object(json, NULL);
	write_id(call, "child", card->child);
	write_date(call, "born", card->born);
	write_date(call, "died", card->died);
	write_coded(call, "sex", "sex", card->sex);
	write_coded(call, "ethnicity", "ethnic", card->ethnicity);
	write_names(call, card);
	write_facts(call, card->facts);
	json_out_array(json, "entries");
	for (size_t i = 0; i < card->entry_count; i++)
		write_entry(call, &card->entries[i]);
	json_out_array_end(json);
	json_out_object_end(json);
	return true;
}
