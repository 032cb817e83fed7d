/* SPDX-License-Identifier: MIT
 *
 * kith account: accounts, their roles and teams, from the command line.
 *
 * Who may write the database may do this; there must be a way to make the
 * first administrator. A secret for a link is printed once, on standard
 * output. A password is read from standard input, never from the command
 * line, where other users of the machine could see it.
 */
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "accounts/password.h"
#include "accounts/role.h"
#include "cli/command.h"
#include "codes/codes.h"
#include "render/json_out.h"

static const char usage[] =
	"account add LOGIN --name NAME [--roles ROLE,ROLE]\n"
	"  account list [--format table|json]\n"
	"  account roles\n"
	"  account role LOGIN give|take ROLE\n"
	"  account close LOGIN [--why WORD] | reopen LOGIN\n"
	"  account reset LOGIN | password LOGIN | second LOGIN\n"
	"  account conflict LOGIN CHILD --why REASON\n"
	"  account team list | add TEAM | close TEAM | join LOGIN TEAM"
	" | leave LOGIN TEAM\n"
	"  account provider ISSUER CLIENT REDIRECT --name LABEL [--claim CLAIM]\n"
	"  account group ISSUER GROUP means|not ROLE\n"
	"  account sweep";

static int refuse(struct fault *fault)
{
	fprintf(stderr, "usage: kith %s\n", usage);
	fault_set(fault, FAULT_USAGE, "that is not a form of kith account");
	return 2;
}

/* The words of a command: the first operands must be these, then `more`
 * operands follow, put into the input's members. */
static const struct form {
	const char *words[4];
	enum desk_account_doing doing;
	size_t into[3]; /* where operands go; 0: there is none */
	const char *done;
} forms[] = {
#define INTO(member) offsetof(struct desk_account_input, member)
	{{"add", "*"}, DESK_ACCOUNT_ADD, {INTO(login)},
		"the account is made; it waits for its password"},
	{{"role", "*", "give"}, DESK_ACCOUNT_GIVE, {INTO(login), INTO(roles)},
		"the role is given"},
	{{"role", "*", "take"}, DESK_ACCOUNT_TAKE, {INTO(login), INTO(roles)},
		"the role is taken"},
	{{"close", "*"}, DESK_ACCOUNT_CLOSE, {INTO(login)},
		"the account is closed"},
	{{"reopen", "*"}, DESK_ACCOUNT_REOPEN, {INTO(login)},
		"the account is open again; it waits for its password"},
	{{"reset", "*"}, DESK_ACCOUNT_RESET, {INTO(login)},
		"a new password may be set for an hour"},
	{{"password", "*"}, DESK_ACCOUNT_PASSWORD, {INTO(login)},
		"the password is set"},
	{{"second", "*"}, DESK_ACCOUNT_SECOND, {INTO(login)},
		"the second factor is taken away"},
	{{"conflict", "*", "*"}, DESK_ACCOUNT_CONFLICT, {INTO(login), INTO(child)},
		"the child does not exist for this account"},
	{{"team", "add", "*"}, DESK_ACCOUNT_TEAM_ADD, {INTO(team)},
		"the team is made"},
	{{"team", "close", "*"}, DESK_ACCOUNT_TEAM_CLOSE, {INTO(team)},
		"the team is closed"},
	{{"team", "join", "*"}, DESK_ACCOUNT_TEAM_JOIN,
		{INTO(login), INTO(team)}, "joined"},
	{{"team", "leave", "*"}, DESK_ACCOUNT_TEAM_LEAVE,
		{INTO(login), INTO(team)}, "left"},
	{{"provider", "*", "*", "*"}, DESK_ACCOUNT_PROVIDER,
		{INTO(issuer), INTO(client), INTO(redirect)},
		"people may sign in there"},
	{{"group", "*", "*", "means"}, DESK_ACCOUNT_MEANS,
		{INTO(issuer), INTO(group), INTO(roles)},
		"the group means that role"},
	{{"group", "*", "*", "not"}, DESK_ACCOUNT_MEANS_NOT,
		{INTO(issuer), INTO(group), INTO(roles)},
		"the group does not mean that role any more"},
	{{"sweep"}, DESK_ACCOUNT_SWEEP, {0}, "swept"},
#undef INTO
};

/* Whether the operands fit the form; those that are no fixed word are put
 * where the form says. `login` is the struct's second member, so no place
 * is 0. */
static bool fits(const struct form *form, const struct arguments *arguments,
	struct desk_account_input *input)
{
	size_t at = 0, place = 0;
	for (; at < arguments->operand_count; at++) {
		const char *word = at < COUNT_OF(form->words) ? form->words[at]
							      : NULL;
		const char *given = arguments->operands[at];
		if (word != NULL && !text_is(text_of(word), "*")) {
			if (!text_is(text_of(given), word))
				return false;
			continue;
		}
		if (place == COUNT_OF(form->into) || form->into[place] == 0)
			return false;
		*(const char **)(void *)((char *)input
			+ form->into[place++]) = given;
	}
	return (at >= COUNT_OF(form->words) || form->words[at] == NULL)
		&& (place == COUNT_OF(form->into) || form->into[place] == 0);
}

static const struct form *find(const struct arguments *arguments,
	struct desk_account_input *out_input)
{
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		struct desk_account_input input = {.doing = forms[i].doing,
			.name = arguments->name,
			.why = arguments->why,
			.claim = arguments->claim != NULL ? arguments->claim
							  : "groups"};
		input.roles = arguments->roles;
		if (fits(&forms[i], arguments, &input)) {
			*out_input = input;
			return &forms[i];
		}
	}
	return NULL;
}

/* One line, not shown while it is typed. */
static bool read_secret(const char *what, char *line, size_t size,
	struct fault *fault)
{
	struct termios kept, quiet;
	bool is_terminal = tcgetattr(STDIN_FILENO, &kept) == 0;
	if (is_terminal) {
		fprintf(stderr, "%s: ", what);
		quiet = kept;
		quiet.c_lflag &= ~(tcflag_t)ECHO;
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
	}
	const char *got = fgets(line, (int)size, stdin);
	if (is_terminal) {
		tcsetattr(STDIN_FILENO, TCSAFLUSH, &kept);
		fputs("\n", stderr);
	}
	if (got == NULL)
		return fault_set(fault, FAULT_INPUT,
			"there is no %s on standard input", what);
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static bool hash_password(struct command_context *context, const char *login,
	const char **out_hash, struct fault *fault)
{
	char line[2048];
	char *hash = arena_new(context->arena, PASSWORD_HASH);
	const struct text own[] = {text_of(login)};
	if (!read_secret("password", line, sizeof line, fault))
		return false;
	enum password_verdict verdict = password_judge(text_of(line), own,
		COUNT_OF(own));
	bool is_done = verdict == PASSWORD_GOOD
		? password_hash(text_of(line), hash, fault)
		: fault_set(fault, FAULT_INPUT, "%s", password_advice(verdict));
	explicit_bzero(line, sizeof line);
	*out_hash = hash;
	return is_done;
}

/* The client's secret at the provider; an empty line if it has none. */
static bool take_client_secret(struct command_context *context,
	struct desk_account_input *input, struct fault *fault)
{
	char line[2048];
	if (!read_secret("client secret", line, sizeof line, fault))
		return false;
	input->secret = arena_string(context->arena, text_of(line));
	explicit_bzero(line, sizeof line);
	return true;
}

static bool check_needs(struct command_context *context,
	struct desk_account_input *input, struct fault *fault)
{
	bool is_provider = input->doing == DESK_ACCOUNT_PROVIDER;
	if (((input->doing == DESK_ACCOUNT_ADD || is_provider)
		    && input->name == NULL)
		|| (input->doing == DESK_ACCOUNT_CONFLICT && input->why == NULL))
		return refuse(fault) == 0;
	if (is_provider)
		return take_client_secret(context, input, fault);
	return input->doing != DESK_ACCOUNT_PASSWORD
		|| hash_password(context, input->login, &input->hash, fault);
}

static int list_table(const struct desk_accounts_output *output)
{
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_account_row *row = &output->rows[i];
		char used[DATE_TEXT];
		date_write(row->used, used);
		printf("%-32s %-24s %-8s %-10s %-4s %zu  %s\n", row->login,
			row->name, row->state, used[0] == '\0' ? "never" : used,
			row->has_second ? "code" : "-", row->teams, row->roles);
	}
	return 0;
}

static void write_account(struct json_out *json,
	const struct desk_account_row *row)
{
	char used[DATE_TEXT];
	date_write(row->used, used);
	json_out_object(json, NULL);
	json_out_whole(json, "la", row->la);
	json_out_string(json, "login", row->login);
	json_out_string(json, "name", row->name);
	json_out_string(json, "state", row->state);
	json_out_string(json, "roles", row->roles);
	json_out_string_or_null(json, "used", used);
	json_out_whole(json, "second_factor", row->has_second);
	json_out_whole(json, "teams", (int64_t)row->teams);
	json_out_object_end(json);
}

static int list_json(struct command_context *context,
	const struct desk_accounts_output *output, struct fault *fault)
{
	struct buffer bytes = {.maximum = 1 << 26};
	struct json_out json = {.out = &bytes};
	json_out_object(&json, NULL);
	json_out_array(&json, "accounts");
	for (size_t i = 0; i < output->count; i++)
		write_account(&json, &output->rows[i]);
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(&bytes, '\n');
	(void)!command_output(context, buffer_text(&bytes), fault);
	buffer_finish(&bytes);
	return 0;
}

static void list_teams(const struct desk_accounts_output *output)
{
	for (size_t i = 0; i < output->team_count; i++) {
		const struct desk_team_row *row = &output->teams[i];
		char from[DATE_TEXT], to[DATE_TEXT];
		date_write(row->from, from);
		date_write(row->to, to);
		printf("%-40s %10s %10s %lld\n", row->name, from, to,
			(long long)row->members);
	}
}

static int list(struct command_context *context, bool is_teams,
	struct fault *fault)
{
	const char *format = context->arguments.format;
	struct desk desk;
	struct desk_accounts_output output;
	if (format != NULL && !text_is(text_of(format), "table")
		&& !text_is(text_of(format), "json"))
		return refuse(fault);
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_ACCOUNTS, NULL, &output, fault))
		return 0;
	if (is_teams)
		list_teams(&output);
	else if (format != NULL && text_is(text_of(format), "json"))
		return list_json(context, &output, fault);
	else
		return list_table(&output);
	return 0;
}

static int list_roles(struct command_context *context, struct fault *fault)
{
	struct codes *codes;
	const struct role_list *roles;
	if (!codes_open(context->arena, context->arguments.definitions, &codes,
		    fault)
		|| !role_open(codes, context->arena, &roles, fault))
		return 0;
	for (size_t i = 0; i < roles->count; i++)
		printf("%-28.*s " TEXT_FORMAT ": " TEXT_FORMAT "\n",
			TEXT_ARGS(roles->roles[i].code),
			TEXT_ARGS(roles->roles[i].label),
			TEXT_ARGS(roles->roles[i].does));
	return 0;
}

static int run_form(struct command_context *context, const struct form *form,
	struct desk_account_input *input, struct fault *fault)
{
	struct desk desk;
	struct desk_account_output output;
	if (!check_needs(context, input, fault)
		|| !command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_ACCOUNT, input, &output, fault))
		return 0;
	fprintf(stderr, "kith: %s\n", form->done);
	if (output.link != NULL)
		printf("%s\n", output.link);
	if (input->doing == DESK_ACCOUNT_SWEEP)
		printf("%zu closed\n", output.closed);
	return 0;
}

int command_account(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk_account_input input;
	struct text first = arguments->operand_count > 0
		? text_of(arguments->operands[0])
		: TEXT("");
	if (arguments->operand_count == 1 && text_is(first, "list"))
		return list(context, false, fault);
	if (arguments->operand_count == 1 && text_is(first, "roles"))
		return list_roles(context, fault);
	if (arguments->operand_count == 2 && text_is(first, "team")
		&& text_is(text_of(arguments->operands[1]), "list"))
		return list(context, true, fault);
	const struct form *form = find(arguments, &input);
	return form == NULL ? refuse(fault)
			    : run_form(context, form, &input, fault);
}
