/* SPDX-License-Identifier: MIT
 *
 * kith measure: a figure, its breakdown, and the children behind it, as a
 * table, CSV or JSON. The CSV's columns are part of the contract.
 */
#include <stdio.h>

#include "cli/command.h"
#include "render/csv_out.h"
#include "render/json_out.h"
#include "web/quarterly_view.h"

enum form { TABLE, CSV, JSON };

static bool form_of(const char *name, enum form *out_form, struct fault *fault)
{
	static const char *const names[] = {"table", "csv", "json"};
	*out_form = TABLE;
	for (int i = 0; name != NULL && i < 3; i++)
		if (text_is(text_of(name), names[i])) {
			*out_form = (enum form)i;
			return true;
		}
	if (name == NULL)
		return true;
	fault_set(fault, FAULT_USAGE, "--format cannot be \"%s\"", name);
	return fault_hint(fault, "one of: table, csv, json");
}

static void csv_cell(struct buffer *out, const char *text)
{
	csv_out_cell(out, text_of(text));
}

/* The figures of a row as text; a hidden or absent one is empty. */
struct cells {
	const char *numerator, *denominator, *value;
};

static struct cells cells_of(const struct measure *measure,
	const struct evaluate_figure *figure, struct arena *arena)
{
	struct cells cells = {"", "", ""};
	bool is_absent = figure->symbol[0] == 'x' || figure->lacks_counts;
	if (!is_absent && !figure->hides_numerator)
		cells.numerator = arena_format(arena, "%lld",
			(long long)figure->numerator);
	if (!is_absent && !figure->hides_denominator
		&& measure->unit != MEASURE_COUNT)
		cells.denominator = arena_format(arena, "%lld",
			(long long)figure->denominator);
	if (figure->symbol[0] == '\0') {
		char tenths[EVALUATE_TENTHS];
		evaluate_write_tenths(figure->tenths, tenths);
		cells.value = arena_string(arena, text_of(tenths));
	}
	return cells;
}

static void write_csv(const struct desk_measure_output *output, const char *at,
	struct arena *arena, struct buffer *out)
{
	buffer_string(out,
		"measure,at,la,by,group,numerator,denominator,value,symbol\n");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_measure_row *row = &output->rows[i];
		struct cells cells = cells_of(output->measure, &row->figure,
			arena);
		buffer_format(out, TEXT_FORMAT ",%s,%d,",
			TEXT_ARGS(output->measure->id), at, row->la);
		csv_cell(out, row->by);
		buffer_char(out, ',');
		csv_cell(out, row->group);
		buffer_format(out, ",%s,%s,%s,%s\n", cells.numerator,
			cells.denominator, cells.value, row->figure.symbol);
	}
}

static void write_json(const struct desk_measure_output *output, const char *at,
	struct arena *arena, struct buffer *out)
{
	struct json_out json = {.out = out};
	json_out_object(&json, NULL);
	json_out_string(&json, "measure",
		arena_string(arena, output->measure->id));
	json_out_string(&json, "title",
		arena_string(arena, output->measure->title));
	json_out_string(&json, "at", at);
	json_out_array(&json, "rows");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_measure_row *row = &output->rows[i];
		struct cells cells = cells_of(output->measure, &row->figure,
			arena);
		json_out_object(&json, NULL);
		json_out_string(&json, "la", arena_format(arena, "%d", row->la));
		json_out_string_or_null(&json, "by", row->by);
		json_out_string_or_null(&json, "group", row->group);
		json_out_string_or_null(&json, "numerator", cells.numerator);
		json_out_string_or_null(&json, "denominator", cells.denominator);
		if (row->figure.symbol[0] == '\0')
			json_out_tenths(&json, "value", row->figure.tenths);
		else
			json_out_null(&json, "value");
		json_out_string_or_null(&json, "symbol", row->figure.symbol);
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(out, '\n');
}

static void write_table(const struct desk_measure_output *output,
	const char *at, struct arena *arena, struct buffer *out)
{
	const struct measure *measure = output->measure;
	buffer_format(out, TEXT_FORMAT ": " TEXT_FORMAT ", at %s\n\n",
		TEXT_ARGS(measure->id), TEXT_ARGS(measure->title), at);
	buffer_format(out, "%-4s %-44s %10s %11s %9s\n", "la", "group",
		"numerator", "denominator", "value");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_measure_row *row = &output->rows[i];
		struct cells cells = cells_of(measure, &row->figure, arena);
		const char *words = quarterly_view_symbol(row->figure.symbol);
		buffer_format(out, "%-4d %-44s %10s %11s %9s", row->la,
			row->by[0] == '\0' ? "all" : row->group,
			cells.numerator, cells.denominator,
			quarterly_view_value(measure, &row->figure, arena));
		buffer_format(out, "%s%s\n", words[0] == '\0' ? "" : "  ", words);
	}
}

/* ---- Children ---- */

static void children_csv(const struct desk_children_output *output,
	const char *at, struct buffer *out)
{
	buffer_string(out, "measure,at,la,child,born,sex,part,starts,ends,why\n");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_child *child = &output->children[i];
		char born[DATE_TEXT], starts[DATE_TEXT], ends[DATE_TEXT];
		date_write(child->born, born);
		date_write(child->starts, starts);
		date_write(child->ends, ends);
		buffer_format(out, TEXT_FORMAT ",%s,%d,",
			TEXT_ARGS(output->measure->id), at, child->la);
		csv_cell(out, child->child_id);
		buffer_format(out, ",%s,%s,%s,%s,%s,", born, child->sex,
			child->is_counted ? "counted" : "base", starts, ends);
		csv_cell(out, child->why);
		buffer_char(out, '\n');
	}
}

static void children_json(const struct desk_children_output *output,
	const char *at, struct arena *arena, struct buffer *out)
{
	struct json_out json = {.out = out};
	json_out_object(&json, NULL);
	json_out_string(&json, "measure",
		arena_string(arena, output->measure->id));
	json_out_string(&json, "at", at);
	json_out_array(&json, "children");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_child *child = &output->children[i];
		char born[DATE_TEXT], starts[DATE_TEXT], ends[DATE_TEXT];
		date_write(child->born, born);
		date_write(child->starts, starts);
		date_write(child->ends, ends);
		json_out_object(&json, NULL);
		json_out_string(&json, "child", child->child_id);
		json_out_string_or_null(&json, "born", born);
		json_out_string_or_null(&json, "sex", child->sex);
		json_out_string(&json, "part",
			child->is_counted ? "counted" : "base");
		json_out_string_or_null(&json, "starts", starts);
		json_out_string_or_null(&json, "ends", ends);
		json_out_string_or_null(&json, "why", child->why);
		json_out_object_end(&json);
	}
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(out, '\n');
}

static void children_table(const struct desk_children_output *output,
	const char *at, struct buffer *out)
{
	const struct measure *measure = output->measure;
	size_t counted = 0;
	for (size_t i = 0; i < output->count; i++)
		counted += output->children[i].is_counted;
	buffer_format(out, TEXT_FORMAT ": " TEXT_FORMAT ", at %s\n",
		TEXT_ARGS(measure->id), TEXT_ARGS(measure->title), at);
	buffer_format(out, "%zu counted: " TEXT_FORMAT "\n\n", counted,
		TEXT_ARGS(measure->numerator));
	buffer_format(out, "%-4s %-20s %-10s %-3s %-8s %-10s %-10s %s\n", "la",
		"child", "born", "sex", "part", "from", "to", "why");
	for (size_t i = 0; i < output->count; i++) {
		const struct desk_child *child = &output->children[i];
		char born[DATE_TEXT], starts[DATE_TEXT], ends[DATE_TEXT];
		date_write(child->born, born);
		date_write(child->starts, starts);
		date_write(child->ends, ends);
		buffer_format(out, "%-4d %-20s %-10s %-3s %-8s %-10s %-10s %s\n",
			child->la, child->child_id, born, child->sex,
			child->is_counted ? "counted" : "base", starts, ends,
			child->why);
	}
}

static bool show_children(struct command_context *context, struct desk *desk,
	enum form form, const char *at, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk_children_output output;
	struct desk_children_input input = {text_of(arguments->operands[0]),
		arguments->at, true};
	if (arguments->wants_publish) {
		fault_set(fault, FAULT_DENIED,
			"a list of children is never published");
		return fault_hint(fault, "leave out --publish or --children");
	}
	if (!desk_perform(desk, DESK_CHILDREN, &input, &output, fault))
		return false;
	struct buffer out = {.maximum = BUFFER_MAXIMUM};
	if (form == CSV)
		children_csv(&output, at, &out);
	else if (form == JSON)
		children_json(&output, at, context->arena, &out);
	else
		children_table(&output, at, &out);
	bool is_done = command_output(context, buffer_text(&out), fault);
	buffer_finish(&out);
	return is_done;
}

static bool show_figures(struct command_context *context, struct desk *desk,
	enum form form, const char *at, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk_measure_output output;
	struct desk_measure_input input = {.id = text_of(arguments->operands[0]),
		.at = arguments->at,
		.is_published = arguments->wants_publish};
	struct text rest = text_of(arguments->by);
	while (rest.length > 0 && input.by_count < DESK_BY)
		input.by[input.by_count++] = text_split(rest, ',', &rest);
	if (rest.length > 0)
		return fault_set(fault, FAULT_USAGE,
			"--by takes at most %d breakdowns", DESK_BY);
	if (!desk_perform(desk, DESK_MEASURE, &input, &output, fault))
		return false;
	struct buffer out = {.maximum = BUFFER_MAXIMUM};
	if (form == CSV)
		write_csv(&output, at, context->arena, &out);
	else if (form == JSON)
		write_json(&output, at, context->arena, &out);
	else
		write_table(&output, at, context->arena, &out);
	bool is_done = command_output(context, buffer_text(&out), fault);
	buffer_finish(&out);
	return is_done;
}

static void list_measures(const struct desk *desk)
{
	for (size_t i = 0; i < desk->measures.count; i++)
		printf("%-8.*s " TEXT_FORMAT "\n",
			(int)desk->measures.items[i].id.length,
			desk->measures.items[i].id.at,
			TEXT_ARGS(desk->measures.items[i].title));
}

int command_measure(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	enum form form;
	char at[DATE_TEXT];
	if (!form_of(arguments->format, &form, fault)
		|| !command_desk(context, &desk, fault))
		return 0;
	if (arguments->operand_count == 0) {
		list_measures(&desk);
		return 0;
	}
	if (arguments->at.day == 0) {
		fault_set(fault, FAULT_USAGE, "a measure needs a day");
		fault_hint(fault, "add --at 2024-06-30");
		return 0;
	}
	date_write(arguments->at, at);
	(void)!(arguments->wants_children
			? show_children(context, &desk, form, at, fault)
			: show_figures(context, &desk, form, at, fault));
	return 0;
}
