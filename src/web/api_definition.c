/* SPDX-License-Identifier: MIT
 *
 * A register's definition as JSON: what a program must know to ask and to give.
 *
 * A register that the person has no business with is not told of.
 */
#include "register/condition.h"
#include "web/api-inside.h"

static void write_words(struct api_call *call, const char *key,
	const struct codes_list *roles, uint64_t bits)
{
	json_out_array(&call->json, key);
	for (size_t i = 0; i < roles->count && i < DEFINITION_ROLES; i++)
		if ((bits >> i & 1) != 0)
			json_out_string(&call->json, NULL,
				arena_string(call->arena, roles->entries[i].code));
	json_out_array_end(&call->json);
}

static void write_condition(struct api_call *call, const char *key,
	const struct condition *condition)
{
	struct buffer text = {.maximum = 1 << 16};
	if (condition != NULL)
		condition_print(condition, &text);
	json_out_string_or_null(&call->json, key,
		arena_string(call->arena, buffer_text(&text)));
	buffer_finish(&text);
}

static void write_string(struct api_call *call, const char *key,
	const char *string)
{
	json_out_string_or_null(&call->json, key, string == NULL ? "" : string);
}

/* ---- Fields ---- */

static void write_choices(struct api_call *call, const struct codes_list *list)
{
	json_out_array(&call->json, "choices");
	for (size_t i = 0; list != NULL && i < list->count; i++) {
		char from[DATE_TEXT], to[DATE_TEXT];
		date_write(list->entries[i].valid_from, from);
		date_write(list->entries[i].valid_to, to);
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "code",
			arena_string(call->arena, list->entries[i].code));
		json_out_string(&call->json, "label",
			arena_string(call->arena, list->entries[i].label));
		json_out_string_or_null(&call->json, "valid_from", from);
		json_out_string_or_null(&call->json, "valid_to", to);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_field(struct api_call *call,
	const struct definition_field *field)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "name", field->name);
	json_out_string(json, "label", field->label);
	write_string(call, "hint", field->hint);
	json_out_string(json, "type", definition_type_word(field->type));
	if (field->list != NULL) {
		json_out_string(json, "code_list",
			arena_string(call->arena, field->list->name));
		write_choices(call, field->list);
	}
	write_condition(call, "required_when", field->required);
	write_condition(call, "asked_when", field->asked);
	write_condition(call, "derived", field->derived);
	json_out_flag(json, "may_give",
		field->derived == NULL && sight_may_give(field, api_roles(call)));
	write_string(call, "source", field->source);
	json_out_object_end(json);
}

static void write_fields(struct api_call *call,
	const struct definition_field *fields, size_t count)
{
	json_out_array(&call->json, "fields");
	for (size_t i = 0; i < count; i++)
		if (sight_field(&fields[i], api_roles(call)))
			write_field(call, &fields[i]);
	json_out_array_end(&call->json);
}

static void write_parts(struct api_call *call, const struct definition *of)
{
	json_out_array(&call->json, "parts");
	for (size_t i = 0; i < of->part_count; i++) {
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "name", of->parts[i].name);
		write_string(call, "title", of->parts[i].title);
		write_string(call, "one", of->parts[i].one);
		write_fields(call, of->parts[i].fields, of->parts[i].field_count);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

/* ---- Steps ---- */

static void write_states(struct api_call *call, const struct definition *of)
{
	json_out_array(&call->json, "states");
	for (size_t i = 0; i < of->state_count; i++) {
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "code", of->states[i].name);
		json_out_string(&call->json, "label", of->states[i].title);
		json_out_flag(&call->json, "closes", of->states[i].closes);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_asks(struct api_call *call, const struct definition_step *step)
{
	json_out_array(&call->json, "asks");
	for (size_t i = 0; i < step->ask_count; i++) {
		const struct definition_ask *ask = &step->asks[i];
		if (!sight_may_give(ask->field, api_roles(call)))
			continue;
		json_out_object(&call->json, NULL);
		json_out_string(&call->json, "field", ask->field->name);
		json_out_flag(&call->json, "is_required", ask->is_required);
		write_condition(call, "required_when",
			ask->required != NULL ? ask->required
					      : ask->field->required);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
}

static void write_step(struct api_call *call, const struct definition *of,
	const struct definition_step *step)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "name", step->name);
	json_out_string(json, "title", step->title);
	write_string(call, "about", step->about);
	json_out_flag(json, "opens", step->opens);
	json_out_array(json, "from");
	for (size_t i = 0; i < of->state_count; i++)
		if ((step->from >> i & 1) != 0)
			json_out_string(json, NULL, of->states[i].name);
	json_out_array_end(json);
	write_string(call, "to", step->to == NULL ? NULL : step->to->name);
	write_words(call, "who", of->roles, step->who);
	write_words(call, "approve", of->roles, step->approve);
	write_string(call, "adds", step->adds == NULL ? NULL : step->adds->name);
	write_string(call, "changes",
		step->changes == NULL ? NULL : step->changes->name);
	json_out_flag(json, "needs_reason", step->needs_reason);
	write_asks(call, step);
	write_string(call, "source", step->source);
	json_out_object_end(json);
}

/* ---- Clocks and lists ---- */

static void write_clock(struct api_call *call, const struct definition *of,
	const struct definition_clock *clock)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "name", clock->name);
	json_out_string(json, "title", clock->title);
	write_string(call, "then", clock->then);
	write_string(call, "part",
		clock->part == NULL ? NULL : clock->part->name);
	write_condition(call, "when", clock->when);
	write_condition(call, "starts", clock->starts);
	write_condition(call, "stops", clock->stops);
	if (clock->count.setting == NULL && clock->count.field == NULL)
		json_out_whole(json, "count", clock->count.number);
	else
		json_out_null(json, "count");
	write_string(call, "count_setting",
		clock->count.setting == NULL ? NULL : clock->count.setting->name);
	json_out_string(json, "unit", definition_unit_word(clock->count.unit));
	write_words(call, "due_to", of->roles, clock->due_to);
	write_string(call, "law", clock->law);
	json_out_flag(json, "is_local", clock->is_local);
	json_out_object_end(json);
}

static void write_list(struct api_call *call, const struct definition_list *list)
{
	struct json_out *json = &call->json;
	json_out_object(json, NULL);
	json_out_string(json, "name", list->name);
	json_out_string(json, "title", list->title);
	write_string(call, "about", list->about);
	write_condition(call, "where", list->where);
	json_out_array(json, "columns");
	for (size_t i = 0; i < list->column_count; i++)
		if (sight_field(list->columns[i], api_roles(call)))
			json_out_string(json, NULL, list->columns[i]->name);
	json_out_array_end(json);
	json_out_object_end(json);
}

/* ---- Whole ---- */

static bool is_told(const struct api_call *call, const struct definition *of)
{
	return call->desk.person.is_operator
		|| sight_read(of, call->desk.person.roles, SIGHT_OWNS)
		== SIGHT_YES;
}

static void write_head(struct api_call *call, const struct definition *of)
{
	json_out_string(&call->json, "name", of->name);
	json_out_string(&call->json, "title", of->title);
	write_string(call, "about", of->about);
	write_string(call, "source", of->source);
	json_out_string(&call->json, "prefix", of->prefix);
}

bool api_definition(struct api_call *call, struct fault *fault)
{
	if (call->one == NULL || !is_told(call, call->one->definition))
		return fault_set(fault, FAULT_MISSING,
			"there is no such register");
	const struct definition *of = call->one->definition;
	api_begin(call);
	json_out_object(&call->json, NULL);
	write_head(call, of);
	json_out_string(&call->json, "digest", of->digest);
	write_fields(call, of->fields, of->field_count);
	write_parts(call, of);
	write_states(call, of);
	json_out_array(&call->json, "steps");
	for (size_t i = 0; i < of->step_count; i++)
		write_step(call, of, &of->steps[i]);
	json_out_array_end(&call->json);
	json_out_array(&call->json, "clocks");
	for (size_t i = 0; i < of->clock_count; i++)
		write_clock(call, of, &of->clocks[i]);
	json_out_array_end(&call->json);
	json_out_array(&call->json, "lists");
	for (size_t i = 0; i < of->list_count; i++)
		write_list(call, &of->lists[i]);
	json_out_array_end(&call->json);
	json_out_object_end(&call->json);
	return true;
}

bool api_definitions(struct api_call *call, struct fault *fault)
{
	const struct registers *registers = call->desk.registers;
	(void)fault;
	api_begin(call);
	json_out_object(&call->json, NULL);
	json_out_array(&call->json, "registers");
	for (size_t i = 0; i < registers->count; i++) {
		const struct definition *of = registers->all[i].definition;
		if (!is_told(call, of))
			continue;
		json_out_object(&call->json, NULL);
		write_head(call, of);
		json_out_object_end(&call->json);
	}
	json_out_array_end(&call->json);
	json_out_object_end(&call->json);
	return true;
}
