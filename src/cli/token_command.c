/* SPDX-License-Identifier: MIT
 *
 * kith token: tokens for programs that use the API in a person's name. A new
 * one is printed once, on standard output, and cannot be shown again.
 */
#include <stdio.h>

#include "cli/command.h"

static const struct form {
	const char *word;
	enum desk_account_doing doing;
	size_t operands;
} forms[] = {
	{"add", DESK_ACCOUNT_TOKEN_ADD, 2},
	{"list", DESK_ACCOUNT_TOKENS, 2},
	{"revoke", DESK_ACCOUNT_TOKEN_REVOKE, 3},
};

static const struct form *find(const struct arguments *arguments)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++)
		if (arguments->operand_count == forms[i].operands
			&& text_is(text_of(arguments->operands[0]), forms[i].word))
			return &forms[i];
	return NULL;
}

static void list(const struct desk_account_output *output)
{
	for (size_t i = 0; i < output->token_count; i++) {
		const struct desk_token_row *row = &output->tokens[i];
		char made[DATE_TEXT], until[DATE_TEXT], used[DATE_TEXT];
		date_write(row->made, made);
		date_write(row->until, until);
		date_write(row->used, used);
		printf("%-20lld %-24s %-10s %-10s %-10s %-7s %s\n",
			(long long)row->id, row->label, made, until,
			used[0] == '\0' ? "never" : used,
			row->is_revoked ? "revoked" : "-", row->scopes);
	}
}

int command_token(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	const struct form *form = find(arguments);
	struct desk desk;
	struct desk_account_output output;
	if (form == NULL
		|| (form->doing == DESK_ACCOUNT_TOKEN_ADD
			&& (arguments->name == NULL
				|| arguments->scopes == NULL))) {
		fault_set(fault, FAULT_USAGE, "that is not a form of kith token");
		fault_hint(fault,
			"token add LOGIN --name LABEL --scopes SCOPES [--to DATE]"
			" | list LOGIN | revoke LOGIN ID");
		return 0;
	}
	const struct desk_account_input input = {.doing = form->doing,
		.login = arguments->operands[1],
		.name = arguments->name,
		.scopes = arguments->scopes,
		.until = arguments->to,
		.token = arguments->operand_count > 2 ? arguments->operands[2]
						      : NULL};
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_ACCOUNT, &input, &output, fault))
		return 0;
	if (output.link != NULL)
		printf("%s\n", output.link);
	list(&output);
	return 0;
}
