/* SPDX-License-Identifier: MIT
 *
 * kith case and kith work: entries of registers from the command line.
 *
 * A value is given as field=value; what a step asks for and what a register
 * has, `kith define print` says. The day of the event is --at, else today.
 */
#include <stdio.h>

#include "cli/case_print.h"
#include "cli/command.h"
#include "desk/desk_case.h"
#include "web/letter_page.h"

enum { MOST_GIVEN = 60 };

static const char usage[] =
	"case list REGISTER LIST [--format table|csv]\n"
	"  case open REGISTER STEP [--child NUMBER] [FIELD=VALUE...]\n"
	"  case take REFERENCE STEP [--item NUMBER] [FIELD=VALUE...]"
	" [--why REASON] [--try]\n"
	"  case show REFERENCE [--known-at DATE] | history REFERENCE\n"
	"  case assign REFERENCE LOGIN\n"
	"  case letter REFERENCE LETTER [--item NUMBER] [--name RECIPIENT]"
	" [--out FILE] [--how METHOD]\n"
	"  case waiting | agree NUMBER | return NUMBER --why REASON";

static int refuse(struct fault *fault)
{
	fprintf(stderr, "usage: kith %s\n", usage);
	fault_set(fault, FAULT_USAGE, "that is not a form of kith case");
	return 2;
}

static struct text operand(const struct command_context *context, size_t place)
{
	const struct arguments *arguments = &context->arguments;
	return place < arguments->operand_count
		? text_of(arguments->operands[place])
		: TEXT("");
}

/* Without a child where the register needs none. */
static bool find_child(struct command_context *context, struct desk *desk,
	int64_t *out_child, struct fault *fault)
{
	struct desk_find_input input = {
		.words = text_of(context->arguments.child)};
	struct desk_find_output found;
	*out_child = 0;
	if (input.words.length == 0)
		return true;
	if (!desk_perform(desk, DESK_CHILD_FIND, &input, &found, fault))
		return false;
	if (found.count == 1) {
		*out_child = found.found[0].child;
		return true;
	}
	fault_set(fault, FAULT_MISSING,
		"%s children have the number or name"
		" \"%s\"",
		found.count == 0 ? "no" : "several", context->arguments.child);
	return fault_hint(fault, "name one child by UPN, NHS number or child id");
}

static bool read_given(struct command_context *context, size_t first,
	struct step_given *given, size_t *out_count, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	*out_count = 0;
	for (size_t i = first; i < arguments->operand_count; i++) {
		struct text value, word = text_of(arguments->operands[i]);
		if (!text_has(word, TEXT("=")) || *out_count == MOST_GIVEN)
			return fault_set(fault, FAULT_USAGE,
				"\"%s\" is not of the form field=value",
				arguments->operands[i]);
		given[*out_count].name = text_split(word, '=', &value);
		given[(*out_count)++].text = value;
	}
	return true;
}

static int take(struct command_context *context, struct desk *desk,
	struct desk_step_input *input, struct fault *fault)
{
	struct step_given *given = arena_array(context->arena, MOST_GIVEN,
		sizeof *given);
	struct desk_step_output output = {.reference = ""};
	const struct arguments *arguments = &context->arguments;
	input->given = given;
	input->item = arguments->item;
	input->on = arguments->at;
	input->reason = arguments->why;
	if (!read_given(context, 3, given, &input->count, fault)
		|| !find_child(context, desk, &input->child, fault))
		return 0;
	if (desk_perform(desk,
		    arguments->wants_try ? DESK_CASE_TRY : DESK_CASE_STEP,
		    input, &output, fault))
		case_print_done(&output, arguments->wants_try);
	else
		case_print_refused(&output);
	return 0;
}

static int open_entry(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_step_input input = {.register_name = operand(context, 1),
		.step = operand(context, 2)};
	return input.step.length == 0 ? refuse(fault)
				      : take(context, desk, &input, fault);
}

static int take_step(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_step_input input = {.reference = operand(context, 1),
		.step = operand(context, 2)};
	return input.step.length == 0 ? refuse(fault)
				      : take(context, desk, &input, fault);
}

static int show(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	char known[DATE_TEXT];
	struct desk_case_input input = {.reference = operand(context, 1)};
	struct desk_case output;
	if (context->arguments.known_at.day != 0) {
		date_write(context->arguments.known_at, known);
		input.known_at = arena_format(context->arena,
			"%sT23:59:59.999Z", known);
	}
	if (input.reference.length == 0)
		return refuse(fault);
	if (desk_perform(desk, DESK_CASE_READ, &input, &output, fault))
		case_print_entry(&output, context->arena);
	return 0;
}

static int history(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_case_input input = {.reference = operand(context, 1)};
	struct desk_history_output output;
	if (input.reference.length == 0)
		return refuse(fault);
	if (desk_perform(desk, DESK_CASE_HISTORY, &input, &output, fault))
		case_print_versions(output.versions, output.count);
	return 0;
}

/* A table on a terminal is a page; a file is the whole list. */
static int list(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct text format = text_of(context->arguments.format);
	bool is_csv = text_is(format, "csv");
	struct desk_list_input input = {.register_name = operand(context, 1),
		.list = operand(context, 2),
		.page_size = is_csv ? DESK_PAGE_MOST : 0};
	struct desk_list_output output;
	if (input.list.length == 0
		|| (format.length > 0 && !is_csv && !text_is(format, "table")))
		return refuse(fault);
	do {
		input.page++;
		if (!desk_perform(desk, DESK_CASE_LIST, &input, &output, fault))
			return 0;
		case_print_list(&output, is_csv, context->arena);
	} while (is_csv && output.page * output.page_size < output.total);
	return 0;
}

static int assign(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_assign_input input = {.reference = operand(context, 1),
		.owner = operand(context, 2),
		.reason = context->arguments.why};
	struct desk_step_output output;
	if (input.owner.length == 0)
		return refuse(fault);
	if (desk_perform(desk, DESK_CASE_ASSIGN, &input, &output, fault))
		case_print_done(&output, false);
	return 0;
}

static int waiting(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_proposals_input input = {"waiting"};
	struct desk_proposals_output output;
	(void)context;
	if (!desk_perform(desk, DESK_PROPOSALS, &input, &output, fault))
		return 0;
	for (size_t i = 0; i < output.count; i++)
		printf("%lld  %s  %s  asked by %s\n",
			(long long)output.proposals[i].id,
			output.proposals[i].reference, output.proposals[i].step,
			output.proposals[i].asked_by);
	if (output.count == 0)
		printf("Nothing waits for agreement.\n");
	return 0;
}

static int decide(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	struct desk_decide_input input = {.is_agreed = text_is(operand(context, 0),
						  "agree"),
		.reason = context->arguments.why};
	struct desk_step_output output = {.reference = ""};
	if (!text_to_int64(operand(context, 1), &input.proposal))
		return refuse(fault);
	if (desk_perform(desk, DESK_PROPOSAL_DECIDE, &input, &output, fault))
		case_print_done(&output, false);
	else
		case_print_refused(&output);
	return 0;
}

/* Written out; with --how, recorded as sent as well. */
static int letter(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk_letter_input input = {operand(context, 1),
		operand(context, 2), arguments->item};
	struct desk_letter made;
	struct buffer page = {.maximum = 1 << 22};
	const char *recipient = arguments->name == NULL ? "" : arguments->name;
	if (input.letter.length == 0)
		return refuse(fault);
	if (!desk_perform(desk, DESK_LETTER, &input, &made, fault))
		return 0;
	bool is_done = letter_page_write(&(struct letter_page){.letter = &made,
						 .recipient = recipient,
						 .address = "",
						 .contact = "",
						 .date = desk->today},
		context->arena, &page, fault);
	struct desk_letter_send_input send = {.reference = input.reference,
		.letter = input.letter,
		.item = made.item,
		.recipient = recipient,
		.how = arguments->how,
		.content = buffer_text(&page)};
	is_done = is_done
		&& (arguments->how == NULL
			|| desk_perform(desk, DESK_LETTER_SEND, &send, NULL,
				fault))
		&& command_output(context, buffer_text(&page), fault);
	for (size_t i = 0; i < made.withheld_count && is_done; i++)
		fprintf(stderr, "withheld: %s\n", made.withheld[i]);
	buffer_finish(&page);
	return 0;
}

static const struct {
	const char *word;
	int (*run)(struct command_context *, struct desk *, struct fault *);
	bool looks; /* --at is the day looked at, not the day of an event */
} forms[] = {{"list", list, true}, {"open", open_entry, false},
	{"take", take_step, false}, {"show", show, true},
	{"history", history, true}, {"assign", assign, false},
	{"letter", letter, false}, {"waiting", waiting, true},
	{"agree", decide, false}, {"return", decide, false}};

int command_case(struct command_context *context, struct fault *fault)
{
	struct desk desk;
	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		if (!text_is(operand(context, 0), forms[i].word))
			continue;
		if (!command_desk(context, &desk, fault))
			return 0;
		if (forms[i].looks && context->arguments.at.day != 0)
			desk.today = context->arguments.at;
		return forms[i].run(context, &desk, fault);
	}
	return refuse(fault);
}

/* ---- kith work ---- */

static bool find_word(const char *const *words, struct text word, int *out_place)
{
	for (int i = 0; words[i] != NULL; i++)
		if (text_is(word, words[i])) {
			*out_place = i;
			return true;
		}
	return false;
}

int command_work(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	struct desk_work_output output;
	int when = DESK_WORK_ALL, whose = DESK_WORK_ANYBODY;
	for (size_t i = 0; i < arguments->operand_count; i++)
		if (!find_word(desk_work_when_words, operand(context, i), &when)
			&& !find_word(desk_work_whose_words,
				operand(context, i), &whose)) {
			fault_set(fault, FAULT_USAGE,
				"usage: kith work [mine|team|anybody]"
				" [all|overdue|soon]");
			return 2;
		}
	struct desk_work_input input = {.when = (enum desk_work_when)when,
		.whose = (enum desk_work_whose)whose};
	if (!command_desk(context, &desk, fault))
		return 0;
	if (arguments->at.day != 0)
		desk.today = arguments->at;
	if (desk_perform(&desk, DESK_WORK, &input, &output, fault))
		case_print_work(&output);
	return 0;
}
