/* SPDX-License-Identifier: MIT
 *
 * kith report, kith comment and kith demo.
 */
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "demo/demo.h"
#include "desk/desk_case.h"
#include "render/report.h"
#include "web/quarterly_view.h"

static bool quarter_end(const struct arguments *arguments, struct date *out_end,
	struct fault *fault)
{
	struct date end = arguments->period.last;
	bool is_quarter = end.day != 0
		&& date_add_months(arguments->period.first, 3).day == end.day + 1;
	if (!is_quarter) {
		fault_set(fault, FAULT_USAGE, "the report needs a quarter");
		return fault_hint(fault, "add --period 2024-25Q1");
	}
	*out_end = end;
	return true;
}

static bool write_report(struct desk *desk, const struct desk_report_input *input,
	const struct report_format *format, struct buffer *out,
	struct fault *fault)
{
	struct desk_report_output output;
	if (!desk_perform(desk, DESK_REPORT, input, &output, fault))
		return false;
	struct view_report view = quarterly_view(&output, desk->arena);
	return format->write(&view, out, fault);
}

/* ---- How one measure was computed ---- */

static void explain_sources(const struct desk_report_output *output,
	const struct quarterly_measure *m, struct buffer *out)
{
	(void)output;
	if (m->coverage == NULL) {
		buffer_string(out, "feeds: none of its feeds has been loaded\n");
		return;
	}
	char first[DATE_TEXT], last[DATE_TEXT];
	date_write(m->coverage->covers.first, first);
	date_write(m->coverage->covers.last, last);
	buffer_format(out,
		"feed: " TEXT_FORMAT ", %lld batches, %lld rows, covers %s to"
		" %s, newest received " TEXT_FORMAT "\n",
		TEXT_ARGS(m->feed), (long long)m->coverage->batches,
		(long long)m->coverage->rows, first, last,
		TEXT_ARGS(m->coverage->received));
}

static const struct quarterly_measure *find(const struct quarterly *report,
	const char *id)
{
	for (size_t i = 0; i < report->measure_count; i++)
		if (text_equals_folded(report->measures[i].measure->id,
			    text_of(id)))
			return &report->measures[i];
	return NULL;
}

static void explain_children(struct command_context *context, struct desk *desk,
	struct date end, struct buffer *out, struct fault *fault)
{
	struct desk_children_output children;
	struct desk_children_input input = {text_of(context->arguments.explain),
		end, true};
	struct fault denied = {.kind = FAULT_NONE};
	if (!desk_perform(desk, DESK_CHILDREN, &input, &children, &denied)) {
		if (denied.kind == FAULT_DENIED)
			buffer_string(out,
				"children: your role may not see them\n");
		else
			*fault = denied;
		return;
	}
	buffer_string(out, "\nchildren that counted:\n");
	for (size_t i = 0; i < children.count; i++) {
		const struct desk_child *child = &children.children[i];
		char starts[DATE_TEXT], ends[DATE_TEXT];
		if (!child->is_counted)
			continue;
		date_write(child->starts, starts);
		date_write(child->ends, ends);
		buffer_format(out, "  %-20s from %s to %-10s %s\n",
			child->child_id, starts, ends[0] == '\0' ? "now" : ends,
			child->why);
	}
}

static const char *basis_word(const struct quarterly *report)
{
	return report->basis[0] == 'C'    ? "CARER"
		: report->basis[0] == 'P' ? "PLACEMENT"
					  : "not the same in all authorities";
}

static bool explain(struct command_context *context, struct desk *desk,
	const struct desk_report_input *input, struct fault *fault)
{
	struct desk_report_output output;
	if (!desk_perform(desk, DESK_REPORT, input, &output, fault))
		return false;
	const struct quarterly_measure *m = find(&output.report,
		context->arguments.explain);
	if (m == NULL)
		return fault_set(fault, FAULT_USAGE,
			"the report has no measure \"%s\"",
			context->arguments.explain);
	const struct measure *measure = m->measure;
	const struct evaluate_figure *now = &m->points[output.report.count - 1];
	struct buffer out = {.maximum = BUFFER_MAXIMUM};
	buffer_format(&out, TEXT_FORMAT ": " TEXT_FORMAT "\n" TEXT_FORMAT "\n\n",
		TEXT_ARGS(measure->id), TEXT_ARGS(measure->title),
		TEXT_ARGS(measure->definition));
	buffer_format(&out, "value: %s (%s)\n",
		quarterly_view_value(measure, now, context->arena),
		quarterly_view_counts(measure, now, context->arena));
	explain_sources(&output, m, &out);
	buffer_format(&out, "definition: " TEXT_FORMAT ", sha256 %s\n",
		TEXT_ARGS(file_name(measure->file)), measure->digest);
	buffer_format(&out, "setting: placement_break_rule = %s\n\nlist:\n%s\n",
		basis_word(&output.report), measure->list.sql);
	if (!input->is_published && measure->basis != MEASURE_AGGREGATE)
		explain_children(context, desk, input->end, &out, fault);
	bool is_done = !fault_is_set(fault)
		&& command_output(context, buffer_text(&out), fault);
	buffer_finish(&out);
	return is_done;
}

/* ---- The commands ---- */

static bool report_quarterly(struct command_context *context, struct desk *desk,
	const struct desk_report_input *input, struct fault *fault)
{
	const char *name = context->arguments.format == NULL
		? "text"
		: context->arguments.format;
	const struct report_format *format = report_format_find(text_of(name));
	if (format == NULL) {
		fault_set(fault, FAULT_USAGE, "--format cannot be \"%s\"", name);
		return fault_hint(fault,
			"one of: text, html, pdf, xlsx, csv, json");
	}
	if (format->is_binary && context->arguments.out == NULL
		&& isatty(STDOUT_FILENO)) {
		fault_set(fault, FAULT_USAGE, "%s is not for a terminal", name);
		return fault_hint(fault, "add --out FILE");
	}
	struct buffer out = {.maximum = BUFFER_MAXIMUM};
	bool is_done = write_report(desk, input, format, &out, fault)
		&& command_output(context, buffer_text(&out), fault);
	buffer_finish(&out);
	return is_done;
}

/* On paper a measure has one page unless asked for more. */
static bool wants_breakdowns(const struct arguments *arguments)
{
	bool is_paper = arguments->format != NULL
		&& text_is(text_of(arguments->format), "pdf");
	return is_paper ? arguments->has_breakdowns
			: !arguments->has_no_breakdowns;
}

/* The termly return of home education, as CSV. */
static int termly_return(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	struct desk_termly_input input = {arguments->at};
	struct termly termly;
	struct buffer out = {.maximum = 1 << 22};
	if (command_desk(context, &desk, fault)
		&& desk_perform(&desk, DESK_TERMLY, &input, &termly, fault)) {
		termly_csv(&termly,
			arguments->wants_publish ? TERMLY_PUBLISHED : TERMLY_TRUE,
			&out);
		(void)!command_output(context, buffer_text(&out), fault);
	}
	buffer_finish(&out);
	return 0;
}

int command_report(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct text what = text_of(
		arguments->operand_count == 1 ? arguments->operands[0] : "");
	struct desk_report_input input = {.is_published = arguments->wants_publish,
		.has_breakdowns = wants_breakdowns(arguments)};
	struct desk desk;
	bool is_freeze = text_is(what, "freeze");
	if (text_is(what, "termly"))
		return termly_return(context, fault);
	if (!is_freeze && !text_is(what, "quarterly")) {
		fault_set(fault, FAULT_USAGE,
			"usage: kith report quarterly|freeze --period 2024-25Q1,"
			" or report termly");
		return 0;
	}
	if (!quarter_end(arguments, &input.end, fault)
		|| !command_desk(context, &desk, fault))
		return 0;
	if (is_freeze) {
		if (desk_perform(&desk, DESK_FREEZE, &input, NULL, fault))
			fprintf(stderr, "kith: the quarter is frozen\n");
		return 0;
	}
	(void)!(arguments->explain != NULL
			? explain(context, &desk, &input, fault)
			: report_quarterly(context, &desk, &input, fault));
	return 0;
}

int command_comment(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	if (arguments->operand_count != 1) {
		fault_set(fault, FAULT_USAGE,
			"usage: kith comment ID --period 2024-25Q1 --why TEXT");
		return 0;
	}
	struct desk_comment_input input = {.measure = text_of(
						   arguments->operands[0]),
		.why = arguments->why == NULL ? "" : arguments->why,
		.so_what = arguments->so_what == NULL ? "" : arguments->so_what,
		.what_next = arguments->what_next == NULL ? ""
							  : arguments->what_next,
		.by_when = arguments->by_when == NULL ? "" : arguments->by_when};
	if (quarter_end(arguments, &input.end, fault)
		&& command_desk(context, &desk, fault)
		&& desk_perform(&desk, DESK_COMMENT, &input, NULL, fault))
		fprintf(stderr, "kith: the commentary is kept\n");
	return 0;
}

/* ---- The invented borough ---- */

/* What is imported, in this order: places first, so that distances are there
 * when the children come. */
static const struct {
	const char *kind, *folder;
} demo_feeds[] = {
	{"postcodes", "postcodes"},
	{"ees", "ees"},
	{"ssda903", "ssda903"},
	{"cin", "cin"},
	{"annex-a", "annex-a"},
	{"census", "census"},
	{"marks", "marks"},
	{"aggregates", "aggregates"},
};

/* Home education comes as cases, after the children are there. */
static bool demo_cases(struct command_context *context, struct desk *desk,
	const char *folder, struct fault *fault)
{
	struct desk_intake_input input = {TEXT("ehe"),
		arena_format(context->arena, "%s/registers/ehe.csv", folder)};
	struct intake_result result;
	if (!desk_perform(desk, DESK_INTAKE, &input, &result, fault))
		return false;
	printf("%-11s %9lld rows, %lld refused or warned about\n", "ehe",
		(long long)result.lines,
		(long long)result.refused + (long long)result.warned);
	return true;
}

static bool demo_import(struct command_context *context, const char *folder,
	struct fault *fault)
{
	struct desk desk;
	if (!command_desk(context, &desk, fault))
		return false;
	for (size_t i = 0; i < COUNT_OF(demo_feeds); i++) {
		const char *path = arena_format(context->arena, "%s/%s", folder,
			demo_feeds[i].folder);
		struct import_outcome outcome;
		struct desk_import_input input = {.kind = demo_feeds[i].kind,
			.paths = &path,
			.path_count = 1};
		int64_t rows = 0, bad = 0;
		if (!desk_perform(&desk, DESK_IMPORT, &input, &outcome, fault))
			return false;
		for (size_t b = 0; b < outcome.batch_count; b++) {
			rows += outcome.batches[b].rows_in;
			bad += outcome.batches[b].refused
				+ outcome.batches[b].warned;
		}
		printf("%-11s %9lld rows, %lld refused or warned about\n",
			demo_feeds[i].kind, (long long)rows, (long long)bad);
	}
	return demo_cases(context, &desk, folder, fault);
}

static bool demo_report(struct command_context *context, const char *folder,
	const char *name, struct fault *fault)
{
	struct desk desk;
	struct buffer out = {.maximum = BUFFER_MAXIMUM};
	struct desk_report_input input = {.end = date_from(2024, 6, 30),
		.is_published = true,
		.has_breakdowns = !text_is(text_of(name), "pdf")};
	const char *path = arena_format(context->arena,
		"%s/quarterly-2024-25Q1.%s", folder, name);
	bool is_done = command_desk(context, &desk, fault)
		&& write_report(&desk, &input,
			report_format_find(text_of(name)), &out, fault)
		&& file_write(path, buffer_text(&out), fault);
	if (is_done)
		printf("report: %s\n", path);
	buffer_finish(&out);
	return is_done;
}

int command_demo(struct command_context *context, struct fault *fault)
{
	struct arguments *arguments = &context->arguments;
	if (arguments->operand_count != 1) {
		fault_set(fault, FAULT_USAGE,
			"usage: kith demo FOLDER --no-serve");
		return 0;
	}
	const char *folder = arguments->operands[0];
	uint64_t seed = arguments->seed == 0 ? DEMO_SEED
					     : (uint64_t)arguments->seed;
	arguments->db = arena_format(context->arena, "%s/kith.db", folder);
	arguments->la = 206;
	if (file_exists(arguments->db)) {
		fault_set(fault, FAULT_CONFLICT, "\"%s\" is there already",
			arguments->db);
		fault_hint(fault, "name another folder, or remove this one");
		return 0;
	}
	if (demo_write(folder, seed, fault)
		&& desk_init(arguments->db, 206, "Demo borough", NULL, fault)
		&& demo_import(context, folder, fault))
		(void)!(demo_report(context, folder, "html", fault)
			&& demo_report(context, folder, "pdf", fault));
	return 0;
}
