/* SPDX-License-Identifier: MIT
 *
 * What went wrong, as problem details (RFC 9457). Members beyond the standard:
 * hint, errors (one a field), since (what others changed), version.
 */
#include "web/api-inside.h"

enum { MOST = 4 * 1024 * 1024 };

/* A usage fault of a request is the asker's; what a step stands against is
 * content that cannot be processed. */
static const struct kind {
	int status;
	bool is_told; /* the message is for the asker */
} kinds[FAULT_KINDS] = {
	[FAULT_NONE] = {500, false},
	[FAULT_USAGE] = {400, true},
	[FAULT_INPUT] = {422, true},
	[FAULT_DENIED] = {403, true},
	[FAULT_MISSING] = {404, true},
	[FAULT_CONFLICT] = {409, true},
	[FAULT_BUSY] = {503, false},
	[FAULT_LIMIT] = {413, true},
	[FAULT_BROKEN] = {500, false},
	[FAULT_SYSTEM] = {500, false},
};

static void begin(struct api_call *call, int status, const char *detail)
{
	struct json_out *json = &call->json;
	*call->reply = (struct http_reply){.status = status};
	*json = (struct json_out){
		.out = http_reply_page(call->reply, "application/problem+json",
			MOST, call->arena)};
	json_out_object(json, NULL);
	json_out_string(json, "type", "about:blank");
	json_out_string(json, "title", http_status_text(status));
	json_out_whole(json, "status", status);
	if (detail != NULL)
		json_out_string(json, "detail", detail);
	if (status == 401)
		http_reply_header(call->reply, "WWW-Authenticate",
			TEXT("Bearer realm=\"kith\""));
}

void api_problem(struct api_call *call, int status, const char *detail)
{
	begin(call, status, detail);
	json_out_object_end(&call->json);
}

static void write_error(struct json_out *json, const struct step_mistake *mistake)
{
	json_out_object(json, NULL);
	json_out_string_or_null(json, "field",
		mistake->field == NULL ? "" : mistake->field);
	json_out_string(json, "message", mistake->message);
	json_out_string_or_null(json, "hint",
		mistake->hint == NULL ? "" : mistake->hint);
	json_out_string_or_null(json, "source",
		mistake->source == NULL ? "" : mistake->source);
	json_out_object_end(json);
}

/* The outputs of acts that take steps: one, or as many as the bulk's. */
static const struct desk_step_output *steps_of(const struct api_call *call,
	size_t *out_count)
{
	const void *output = call->output.bytes;
	const struct desk_bulk_input *in = (const void *)call->input.bytes;
	const struct desk_bulk_output *bulk = output;
	*out_count = 1;
	switch (call->act) {
	case DESK_CASE_STEP:
	case DESK_CASE_TRY:
	case DESK_CASE_ASSIGN:
	case DESK_PROPOSAL_DECIDE:
		return output;
	case DESK_CASE_BULK:
		*out_count = bulk->outputs == NULL ? 0 : in->count;
		return bulk->outputs;
	default:
		*out_count = 0;
		return NULL;
	}
}

static void write_errors(struct api_call *call, const struct fault *fault)
{
	struct json_out *json = &call->json;
	size_t count, told = 0;
	const struct desk_step_output *steps = steps_of(call, &count);
	json_out_array(json, "errors");
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < steps[i].outcome.count; j++)
			if (!steps[i].outcome.mistakes[j].is_warning
				&& steps[i].outcome.refused > 0) {
				write_error(json, &steps[i].outcome.mistakes[j]);
				told++;
			}
	if (told == 0)
		write_error(json,
			&(struct step_mistake){.field = fault->field,
				.message = fault->message,
				.hint = fault->hint});
	json_out_array_end(json);
}

static void write_since(struct api_call *call)
{
	size_t count;
	const struct desk_step_output *steps = steps_of(call, &count);
	for (size_t i = 0; i < count; i++) {
		if (steps[i].since_count == 0)
			continue;
		const struct desk_history_output since = {.versions = steps[i].since,
			.count = steps[i].since_count};
		json_out_whole(&call->json, "version", steps[i].version);
		api_case_versions(call, "since", &since);
		return;
	}
}

void api_problem_fault(struct api_call *call, const struct fault *fault)
{
	const struct kind *kind = &kinds[fault->kind];
	begin(call, kind->status,
		kind->is_told && fault->message[0] != '\0' ? fault->message
							   : NULL);
	if (kind->is_told && fault->hint[0] != '\0')
		json_out_string(&call->json, "hint", fault->hint);
	if (fault->kind == FAULT_INPUT)
		write_errors(call, fault);
	if (fault->kind == FAULT_CONFLICT)
		write_since(call);
	json_out_object_end(&call->json);
}
