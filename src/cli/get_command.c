/* SPDX-License-Identifier: MIT
 *
 * kith get PATH: what the server would answer, without a socket. For tests, and
 * for whoever has the file in hand and wants JSON.
 *
 * With --as LOGIN it is answered as that account would be; without, as to the
 * operator. Reading is entered in the audit chain as always.
 */
#include <pwd.h>
#include <unistd.h>

#include "base/moment.h"
#include "cli/serving.h"

/* The exit code by the command-line contract. */
static int code_of(int status)
{
	static const struct {
		int from;
		int code;
	} codes[] = {{500, 70}, {412, 3}, {409, 5}, {404, 3}, {401, 4}, {400, 2}};
	if (status == 503 || status == 429)
		return 5;
	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (status >= codes[i].from)
			return codes[i].code;
	return 0;
}

static bool who_asks(struct command_context *context, struct api_worker *worker,
	struct person *out_person, struct fault *fault)
{
	const struct passwd *user = getpwuid(getuid());
	const char *name = user != NULL ? user->pw_name : "unknown";
	if (context->arguments.as != NULL)
		return person_of_login(&worker->desk,
			text_of(context->arguments.as), moment_now(),
			out_person, fault);
	*out_person = (struct person){.login = arena_string(context->arena,
					      text_of(name)),
		.is_operator = true,
		.purpose = "api"};
	return true;
}

static bool ask(struct command_context *context, const struct serving *serving,
	struct api_worker *worker, struct http_answer *out_answer,
	struct fault *fault)
{
	const struct http_field host = {TEXT("Host"), TEXT("localhost")};
	struct http_site *site;
	struct person person;
	if (!who_asks(context, worker, &person, fault)
		|| !http_site_open(&(struct http_options){.routes = serving->routes,
					   .route_count = serving->route_count},
			context->arena, &site, fault))
		return false;
	worker->person = &person;
	const struct http_head head = {.method = TEXT("GET"),
		.target = text_of(context->arguments.operands[0]),
		.fields = {&host, 1},
		.client = TEXT("127.0.0.1")};
	*out_answer = http_answer(site, &head, TEXT(""), worker, context->arena);
	worker->person = NULL;
	return true;
}

int command_get(struct command_context *context, struct fault *fault)
{
	struct serving serving;
	struct api_worker *worker = NULL;
	struct http_answer answer;
	int code = 0;
	if (context->arguments.operand_count != 1) {
		fault_set(fault, FAULT_USAGE, "usage: kith get PATH");
		return 0;
	}
	if (serving_open(context, &serving, fault)
		&& serving_worker(&serving, &worker, fault)
		&& ask(context, &serving, worker, &answer, fault)
		&& command_output(context, answer.body, fault))
		code = code_of(answer.status);
	api_worker_close(worker);
	serving_close(&serving);
	return code;
}
