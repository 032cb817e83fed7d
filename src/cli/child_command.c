/* SPDX-License-Identifier: MIT
 *
 * kith child and kith retention: looking for children, what is known of one and
 * who looked; restricting a record; what is due to be destroyed.
 */
#include <stdio.h>

#include "cli/child_print.h"
#include "cli/command.h"
#include "desk/desk_case.h"

static const char child_usage[] =
	"child find WORDS\n"
	"  child show NUMBER | looked NUMBER | copy NUMBER [--out FILE]\n"
	"  child restrict NUMBER GUARDIAN [MEMBER...] --why REASON | free NUMBER\n"
	"  child open NUMBER --why REASON | openings"
	" | justified OPENING | unjustified OPENING";
static const char retention_usage[] =
	"retention due | ask REFERENCE --why REASON | agree DISPOSAL\n"
	"  retention hold REFERENCE --why REASON | release REFERENCE";

static int refuse(const char *usage, struct fault *fault)
{
	fprintf(stderr, "usage: kith %s\n", usage);
	fault_set(fault, FAULT_USAGE, "that is not a form of this command");
	return 2;
}

struct asked {
	struct command_context *context;
	struct desk *desk;
	struct text subject; /* the second operand */
	struct fault *fault;
};

/* The child's own number in kith, or a number or name that only one has. */
static bool find_child(struct asked *asked, int64_t *out_child)
{
	struct desk_find_input input = {.words = asked->subject};
	struct desk_find_output found;
	if (text_to_int64(asked->subject, out_child) && *out_child > UINT32_MAX)
		return true;
	if (!desk_perform(asked->desk, DESK_CHILD_FIND, &input, &found,
		    asked->fault))
		return false;
	if (found.count != 1)
		return fault_set(asked->fault, FAULT_MISSING,
			found.count == 0 ? "there is no such child"
					 : "several children fit; name one by its"
					   " number");
	*out_child = found.found[0].child;
	return true;
}

static void find(struct asked *asked)
{
	struct desk_find_input input = {.words = asked->subject};
	struct desk_find_output found;
	if (desk_perform(asked->desk, DESK_CHILD_FIND, &input, &found,
		    asked->fault))
		child_print_found(&found);
}

static void show(struct asked *asked)
{
	struct desk_child_input input;
	struct desk_child_card card;
	if (find_child(asked, &input.child)
		&& desk_perform(asked->desk, DESK_CHILD_READ, &input, &card,
			asked->fault))
		child_print_card(&card);
}

static void looked(struct asked *asked)
{
	struct desk_child_input input;
	struct desk_looked_output output;
	if (find_child(asked, &input.child)
		&& desk_perform(asked->desk, DESK_CHILD_LOOKED, &input, &output,
			asked->fault))
		child_print_looks(&output);
}

static void copy(struct asked *asked)
{
	struct desk_child_input input;
	struct desk_subject_output output;
	struct buffer json = {.maximum = 1 << 26};
	if (find_child(asked, &input.child)
		&& desk_perform(asked->desk, DESK_SUBJECT, &input, &output,
			asked->fault)) {
		child_print_copy(&output, asked->context->arena, &json);
		(void)!command_output(asked->context, buffer_text(&json),
			asked->fault);
	}
	buffer_finish(&json);
}

static void restrict_it(struct asked *asked)
{
	const struct arguments *arguments = &asked->context->arguments;
	struct desk_restrict_input input = {.reason = arguments->why,
		.guardian = arguments->operand_count > 2 ? arguments->operands[2]
							 : "",
		.members = &arguments->operands[3],
		.member_count = arguments->operand_count > 3
			? arguments->operand_count - 3
			: 0};
	if (input.guardian[0] == '\0') {
		(void)refuse(child_usage, asked->fault);
		return;
	}
	if (find_child(asked, &input.child)
		&& desk_perform(asked->desk, DESK_RESTRICT, &input, NULL,
			asked->fault))
		printf("the record is restricted\n");
}

static void free_it(struct asked *asked)
{
	struct desk_restrict_input input = {.reason = ""};
	if (find_child(asked, &input.child)
		&& desk_perform(asked->desk, DESK_RESTRICT, &input, NULL,
			asked->fault))
		printf("the restriction has ended\n");
}

static void open_it(struct asked *asked)
{
	struct desk_glass_input input = {.reason = asked->context->arguments.why};
	struct desk_glass_output output;
	/* A hidden child is not found: the number must be known. */
	if (!text_to_int64(asked->subject, &input.child)) {
		(void)refuse(child_usage, asked->fault);
		return;
	}
	if (desk_perform(asked->desk, DESK_GLASS_BREAK, &input, &output,
		    asked->fault))
		printf("open until %s; the guardian has been told\n",
			output.until);
}

static void openings(struct asked *asked)
{
	struct desk_glass_list_output output;
	if (desk_perform(asked->desk, DESK_GLASS_LIST, NULL, &output,
		    asked->fault))
		child_print_openings(&output);
}

static void review(struct asked *asked)
{
	struct desk_review_input input = {
		.is_justified =
			text_is(text_of(asked->context->arguments.operands[0]),
				"justified")};
	if (!text_to_int64(asked->subject, &input.id))
		(void)refuse(child_usage, asked->fault);
	else if (desk_perform(asked->desk, DESK_GLASS_REVIEW, &input, NULL,
			 asked->fault))
		printf("reviewed\n");
}

static void due(struct asked *asked)
{
	struct desk_disposals_output output;
	if (desk_perform(asked->desk, DESK_DISPOSALS, NULL, &output, asked->fault))
		child_print_due(&output);
}

static void ask(struct asked *asked)
{
	struct desk_disposal_input input = {.reference = asked->subject,
		.reason = asked->context->arguments.why};
	if (desk_perform(asked->desk, DESK_DISPOSAL_ASK, &input, NULL,
		    asked->fault))
		printf("somebody else must agree\n");
}

static void agree(struct asked *asked)
{
	struct desk_disposal_input input = {.id = 0};
	if (!text_to_int64(asked->subject, &input.id))
		(void)refuse(retention_usage, asked->fault);
	else if (desk_perform(asked->desk, DESK_DISPOSAL_AGREE, &input, NULL,
			 asked->fault))
		printf("destroyed\n");
}

static void hold(struct asked *asked)
{
	const struct arguments *arguments = &asked->context->arguments;
	bool is_release = text_is(text_of(arguments->operands[0]), "release");
	struct desk_hold_input input = {.reference = asked->subject,
		.reason = is_release ? NULL : arguments->why};
	if (!is_release && arguments->why == NULL)
		(void)refuse(retention_usage, asked->fault);
	else if (desk_perform(asked->desk, DESK_HOLD, &input, NULL, asked->fault))
		printf(is_release ? "released\n" : "held\n");
}

struct form {
	const char *word;
	void (*run)(struct asked *);
	bool has_subject;
};

static int run(struct command_context *context, const struct form *forms,
	const char *usage, struct fault *fault)
{
	struct desk desk;
	const struct arguments *arguments = &context->arguments;
	struct text word = arguments->operand_count > 0
		? text_of(arguments->operands[0])
		: TEXT("");
	while (forms->word != NULL && !text_is(word, forms->word))
		forms++;
	if (forms->word == NULL
		|| (forms->has_subject && arguments->operand_count < 2))
		return refuse(usage, fault);
	struct asked asked = {.context = context,
		.desk = &desk,
		.subject = forms->has_subject ? text_of(arguments->operands[1])
					      : TEXT(""),
		.fault = fault};
	if (command_desk(context, &desk, fault)) {
		if (arguments->at.day != 0)
			desk.today = arguments->at;
		forms->run(&asked);
	}
	return 0;
}

int command_child(struct command_context *context, struct fault *fault)
{
	static const struct form forms[] = {{"find", find, true},
		{"show", show, true}, {"looked", looked, true},
		{"copy", copy, true}, {"restrict", restrict_it, true},
		{"free", free_it, true}, {"open", open_it, true},
		{"openings", openings, false}, {"justified", review, true},
		{"unjustified", review, true}, {NULL, NULL, false}};
	return run(context, forms, child_usage, fault);
}

int command_retention(struct command_context *context, struct fault *fault)
{
	static const struct form forms[] = {{"due", due, false},
		{"ask", ask, true}, {"agree", agree, true}, {"hold", hold, true},
		{"release", hold, true}, {NULL, NULL, false}};
	return run(context, forms, retention_usage, fault);
}
