/* SPDX-License-Identifier: MIT
 *
 * Reading the command line by one table of options.
 */
#include "cli/arguments.h"

#include "base/buffer.h"
#include "base/file.h"

enum type { FLAG, WORD, NUMBER, DAY, PERIOD };

static const struct option {
	const char *name;
	enum type type;
	size_t into;
	const char *about;
} options[] = {
	{"--db", WORD, offsetof(struct arguments, db),
		"database: a file, a folder of files, or postgresql://..."
		" (KITH_DB; kith.db)"},
	{"--la", NUMBER, offsetof(struct arguments, la),
		"authority by its DfE number, where there are several"},
	{"--at", DAY, offsetof(struct arguments, at), "the day asked about"},
	{"--definitions", WORD, offsetof(struct arguments, definitions),
		"folder of the council's own definitions (KITH_DEFINITIONS)"},
	{"--role", WORD, offsetof(struct arguments, role),
		"only what this role may (KITH_ROLE); without it, whoever has the"
		" database may do everything"},
	{"--as", WORD, offsetof(struct arguments, as),
		"who is asking, for the audit chain (the user's name)"},
	{"--name", WORD, offsetof(struct arguments, name),
		"of the authority, of the person, of whom a letter is for"},
	{"--roles", WORD, offsetof(struct arguments, roles),
		"of a new account, with commas between"},
	{"--claim", WORD, offsetof(struct arguments, claim),
		"of an identity provider: where its groups stand (groups)"},
	{"--scopes", WORD, offsetof(struct arguments, scopes),
		"of a token, with blanks between: \"read:ehe write:ehe\""},
	{"--from", DAY, offsetof(struct arguments, from),
		"first day an import covers; day a setting begins"},
	{"--to", DAY, offsetof(struct arguments, to), "last day it covers"},
	{"--by", WORD, offsetof(struct arguments, by),
		"break down by one or two of: age, sex, ethnicity, ward, sen, fsm,"
		" year-group, school, social-care, uasc"},
	{"--children", FLAG, offsetof(struct arguments, wants_children),
		"list the children behind the figure"},
	{"--publish", FLAG, offsetof(struct arguments, wants_publish),
		"hide small numbers"},
	{"--period", PERIOD, offsetof(struct arguments, period), "2024-25Q1"},
	{"--format", WORD, offsetof(struct arguments, format),
		"table, csv, json; for reports text, html, pdf, xlsx, csv, json"},
	{"--out", WORD, offsetof(struct arguments, out),
		"write to this file instead of standard output"},
	{"--explain", WORD, offsetof(struct arguments, explain),
		"show how one measure was computed"},
	{"--breakdowns", FLAG, offsetof(struct arguments, has_breakdowns),
		"the breakdowns in the PDF too, which makes it long"},
	{"--no-breakdowns", FLAG, offsetof(struct arguments, has_no_breakdowns),
		"leave the breakdowns out of the report"},
	{"--child", WORD, offsetof(struct arguments, child),
		"a child by UPN, NHS number, child id or name"},
	{"--how", WORD, offsetof(struct arguments, how),
		"a letter was sent: HAND, LEFT, EMAIL, POST_FIRST, POST_SECOND"},
	{"--item", NUMBER, offsetof(struct arguments, item),
		"of a part of an entry: the row to be changed"},
	{"--known-at", DAY, offsetof(struct arguments, known_at),
		"an entry as it was known at the end of that day"},
	{"--try", FLAG, offsetof(struct arguments, wants_try),
		"say what a step would do, and do not do it"},
	{"--why", WORD, offsetof(struct arguments, why),
		"the reason: of commentary, a correction, keeping records apart"},
	{"--so-what", WORD, offsetof(struct arguments, so_what),
		"commentary: what it means"},
	{"--what-next", WORD, offsetof(struct arguments, what_next),
		"commentary: the action"},
	{"--by-when", WORD, offsetof(struct arguments, by_when),
		"commentary: by when"},
	{"--engine", WORD, offsetof(struct arguments, engine),
		"sqlite, postgresql or citus"},
	{"--seed", NUMBER, offsetof(struct arguments, seed),
		"for the invented borough"},
	{"--batch", NUMBER, offsetof(struct arguments, batch), "of an import"},
	{"--listen", WORD, offsetof(struct arguments, listen),
		"address and port to serve on (127.0.0.1:8080)"},
	{"--hosts", WORD, offsetof(struct arguments, hosts),
		"names the site is asked by, with commas (localhost)"},
	{"--proxies", WORD, offsetof(struct arguments, proxies),
		"addresses of proxies that are believed, with commas (none)"},
	{"--https", FLAG, offsetof(struct arguments, is_https),
		"the proxy in front speaks TLS with the browser"},
	{"--no-serve", FLAG, offsetof(struct arguments, has_no_serve),
		"do not start a server afterwards"},
	{"--help", FLAG, offsetof(struct arguments, wants_help), "this"},
	{"--version", FLAG, offsetof(struct arguments, wants_version),
		"the program's version"},
};

static const struct option *find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(options); i++)
		if (text_is(name, options[i].name))
			return &options[i];
	return NULL;
}

static bool bad_value(const struct option *option, const char *value,
	const char *hint, struct fault *fault)
{
	fault_set(fault, FAULT_USAGE, "%s cannot be \"%s\"", option->name, value);
	return fault_hint(fault, "%s", hint);
}

static bool set(struct arguments *arguments, const struct option *option,
	const char *value, struct fault *fault)
{
	void *into = (char *)arguments + option->into;
	struct text text = text_of(value);
	switch (option->type) {
	case FLAG:
		*(bool *)into = true;
		return true;
	case WORD:
		*(const char **)into = value;
		return true;
	case NUMBER:
		return (text_to_int64(text, into) && *(int64_t *)into > 0)
			|| bad_value(option, value, "give a whole number", fault);
	case DAY:
		return date_read_iso(text, into)
			|| bad_value(option, value, "give a date as 2024-06-30",
				fault);
	case PERIOD:
		return period_read(text, into)
			|| bad_value(option, value,
				"give a quarter as 2024-25Q1, or a year", fault);
	}
	return false;
}

static bool take_option(struct arguments *arguments, int count,
	char *const *words, int *at, struct arena *arena, struct fault *fault)
{
	struct text value;
	struct text name = text_split(text_of(words[*at]), '=', &value);
	const struct option *option = find(name);
	if (option == NULL) {
		fault_set(fault, FAULT_USAGE,
			"there is no option \"" TEXT_FORMAT "\"",
			TEXT_ARGS(name));
		return fault_hint(fault, "see: kith --help");
	}
	if (option->type == FLAG || value.at != NULL)
		return set(arguments, option, arena_string(arena, value), fault);
	if (*at + 1 == count)
		return fault_set(fault, FAULT_USAGE, "%s needs a value",
			option->name);
	*at += 1;
	return set(arguments, option, words[*at], fault);
}

bool arguments_read(int count, char *const *words, struct arena *arena,
	struct arguments *out_arguments, struct fault *fault)
{
	struct arguments arguments = {.db = file_environment("KITH_DB"),
		.definitions = file_environment("KITH_DEFINITIONS"),
		.role = file_environment("KITH_ROLE")};
	bool only_operands = false;
	for (int i = 1; i < count; i++) {
		struct text word = text_of(words[i]);
		if (!only_operands && text_is(word, "--")) {
			only_operands = true;
			continue;
		}
		if (!only_operands && word.length > 1 && word.at[0] == '-') {
			if (!take_option(&arguments, count, words, &i, arena,
				    fault))
				return false;
			continue;
		}
		if (arguments.operand_count == COUNT_OF(arguments.operands))
			return fault_set(fault, FAULT_USAGE, "too many words");
		arguments.operands[arguments.operand_count++] = words[i];
	}
	if (arguments.db == NULL)
		arguments.db = "kith.db";
	*out_arguments = arguments;
	return true;
}

void arguments_help(struct arena *arena, const char **out_lines)
{
	struct buffer lines = {.maximum = 1 << 16};
	for (size_t i = 0; i < COUNT_OF(options); i++)
		buffer_format(&lines, "  %-16s %s\n", options[i].name,
			options[i].about);
	*out_lines = arena_string(arena, buffer_text(&lines));
	buffer_finish(&lines);
}
