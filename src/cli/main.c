/* SPDX-License-Identifier: MIT
 *
 * kith: the command line. The only file that exits, and the only one that
 * writes faults to standard error.
 */
#include <pwd.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/moment.h"
#include "cli/command.h"

static const char version[] = "kith " KITH_VERSION "\n";

const struct command commands[] = {
	{"init", "init --la NUMBER [--name NAME]",
		"make a database, or enter an authority", command_init},
	{"import", "import KIND PATH...",
		"read a return or extract: ssda903, cin, annex-a, census, marks,"
		" ees, postcodes, aggregates; or cases of a register",
		command_import},
	{"feeds", "feeds", "what is loaded", command_feeds},
	{"faults", "faults [--batch ID]", "what was wrong with an import",
		command_faults},
	{"source", "source BATCH/PART/ROW",
		"an imported row as it came, and what was said about it",
		command_source},
	{"measure",
		"measure [ID --at DATE] [--by DIM[,DIM]] [--children] [--publish]"
		" [--format table|csv|json]",
		"a measure's figure, its breakdown, the children behind it",
		command_measure},
	{"report",
		"report quarterly --period 2024-25Q1 [--publish] [--format"
		" text|html|pdf|xlsx|csv|json] [--out FILE] [--explain ID]"
		" | report freeze --period 2024-25Q1"
		" | report termly [--at DATE] [--publish]",
		"the quarterly performance report, the termly return",
		command_report},
	{"set", "set NAME VALUE [--from DATE]", "a council's choice", command_set},
	{"comment",
		"comment ID --period 2024-25Q1 [--why TEXT] [--so-what TEXT]"
		" [--what-next TEXT] [--by-when TEXT]",
		"commentary beside a measure", command_comment},
	{"define", "define check|print FILE | list",
		"a definition of a measure or register", command_define},
	{"case", "case list|open|take|show|history|assign|letter|waiting|agree|return ...",
		"entries of registers: read them, take steps, agree to them",
		command_case},
	{"work", "work [mine|team|anybody] [all|overdue|soon]",
		"what is to be done by when, under which law", command_work},
	{"child", "child find|show|looked|copy|restrict|free|open|openings ...",
		"children: finding one, who looked, restricted records",
		command_child},
	{"retention", "retention due|ask|agree|hold|release ...",
		"what is due to be destroyed, and what is held back",
		command_retention},
	{"account",
		"account add|list|roles|role|close|reopen|reset|password|second|"
		"conflict|team|provider|group|sweep ...",
		"people: who they are, their roles and teams", command_account},
	{"token",
		"token add LOGIN --name LABEL --scopes SCOPES [--to DATE]"
		" | list LOGIN | revoke LOGIN ID",
		"for programs that use the API in a person's name", command_token},
	{"audit", "audit verify", "the chain of what was done", command_audit},
	{"apart", "apart CHILD OTHER --why REASON",
		"never link two records: a child before and after adoption",
		command_apart},
	{"backup", "backup FILE", "a checked copy of the database in one file",
		command_backup},
	{"copy", "copy TO",
		"the database into another, of either engine, compared",
		command_copy},
	{"restore", "restore FILE", "bring a backup back into --db",
		command_restore},
	{"schema", "schema [--engine sqlite|postgresql|citus]",
		"the tables, as an engine takes them", command_schema},
	{"serve",
		"serve [--listen 127.0.0.1:8080] [--hosts NAME,...]"
		" [--proxies ADDRESS,...] [--https]",
		"the web server, until SIGTERM", command_serve},
	{"get", "get PATH [--as LOGIN] [--at DATE]",
		"what the server would answer, without one", command_get},
	{"demo", "demo FOLDER --no-serve [--seed NUMBER]",
		"an invented borough: its files, imported, and its report",
		command_demo},
	{NULL, NULL, NULL, NULL},
};

static void print_help(struct arena *arena)
{
	const char *options;
	arguments_help(arena, &options);
	printf("kith keeps every child in sight.\n\nusage: kith [options]"
	       " COMMAND\n\n");
	for (const struct command *at = commands; at->name != NULL; at++)
		printf("  %s\n      %s\n", at->usage, at->about);
	printf("\noptions:\n%s", options);
	printf("\nexit codes: 0 done; 1 done, with rows refused or faults found;"
	       " 2 usage;\n3 input that cannot be read; 4 not allowed; 5 conflict"
	       " or busy; 70 our fault\n");
}

static const struct command *find(const char *name)
{
	for (const struct command *at = commands; at->name != NULL; at++)
		if (text_is(text_of(name), at->name))
			return at;
	return NULL;
}

bool command_desk(struct command_context *context, struct desk *out_desk,
	struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	const struct passwd *user = getpwuid(getuid());
	const char *actor = arguments->as != NULL ? arguments->as
		: user != NULL                    ? user->pw_name
						  : "unknown";
	struct desk_options options = {.url = arguments->db,
		.definitions = arguments->definitions,
		.actor = arena_string(context->arena, text_of(actor)),
		.role = arguments->role,
		.la = (int)arguments->la,
		.today = context->today};
	return desk_open(&options, context->arena, out_desk, fault);
}

bool command_output(struct command_context *context, struct text bytes,
	struct fault *fault)
{
	if (context->arguments.out != NULL)
		return file_write(context->arguments.out, bytes, fault);
	if (bytes.length == 0)
		return true;
	if (fwrite(bytes.at, 1, bytes.length, stdout) == bytes.length
		&& fflush(stdout) == 0)
		return true;
	return fault_set(fault, FAULT_SYSTEM, "could not write the output");
}

static int report_fault(const struct fault *fault)
{
	fprintf(stderr, "kith: %s\n", fault->message);
	if (fault->detail[0] != '\0')
		fprintf(stderr, "  %s\n", fault->detail);
	if (fault->hint[0] != '\0')
		fprintf(stderr, "  %s\n", fault->hint);
	return fault_exit_code(fault->kind);
}

static int run(int count, char *const *words, struct arena *arena)
{
	struct fault fault = {.kind = FAULT_NONE};
	struct command_context context = {.arena = arena,
		.today = moment_date(moment_now())};
	struct arguments *arguments = &context.arguments;
	if (!arguments_read(count, words, arena, arguments, &fault))
		return report_fault(&fault);
	if (arguments->wants_version) {
		fputs(version, stdout);
		return 0;
	}
	if (arguments->wants_help || arguments->operand_count == 0) {
		print_help(arena);
		return arguments->wants_help ? 0 : 2;
	}
	const struct command *command = find(arguments->operands[0]);
	if (command == NULL) {
		fault_set(&fault, FAULT_USAGE, "there is no command \"%s\"",
			arguments->operands[0]);
		fault_hint(&fault, "see: kith --help");
		return report_fault(&fault);
	}
	arguments->operand_count--;
	for (size_t i = 0; i < arguments->operand_count; i++)
		arguments->operands[i] = arguments->operands[i + 1];
	int code = command->run(&context, &fault);
	/* What was printed and did not arrive is not done. */
	if (!fault_is_set(&fault) && (fflush(stdout) != 0 || ferror(stdout)))
		fault_set(&fault, FAULT_SYSTEM, "could not write the output");
	return fault_is_set(&fault) ? report_fault(&fault) : code;
}

int main(int count, char **words)
{
	if (sodium_init() < 0)
		return 70;
	struct arena *arena = arena_open();
	int code = run(count, words, arena);
	arena_close(arena);
	return code;
}
