/* SPDX-License-Identifier: MIT
 *
 * kith define: reads one definition and says what is wrong with it or what was
 * understood of it; lists what there is. The file's ending says which language
 * it is in: .yaml a register, anything else a measure. Needs no database.
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/command.h"
#include "measures/measure.h"
#include "register/register.h"

static const char usage[] = "define check|print FILE, define list";

/* One definition: what it prints, or its mistakes. */
struct reading {
	struct command_context *context;
	const char *path;
	struct text text;
	struct buffer out, mistakes;
};

static bool read_measure(struct reading *reading, struct fault *fault)
{
	struct measure measure;
	(void)fault;
	if (!measure_read(file_name(text_of(reading->path)), reading->text,
		    reading->context->arena, &measure, &reading->mistakes))
		return false;
	measure_print(&measure, &reading->out);
	return true;
}

/* The mistakes say all that the fault would. */
static bool read_register(struct reading *reading, struct fault *fault)
{
	struct codes *codes;
	const struct definition *definition;
	struct fault mistaken = {0};
	struct arena *arena = reading->context->arena;
	if (!codes_open(arena, reading->context->arguments.definitions, &codes,
		    fault))
		return false;
	struct definition_options options = {.name = file_name(
						     text_of(reading->path)),
		.text = reading->text,
		.codes = codes};
	register_lay(&options);
	if (!definition_read(arena, &options, &definition, &reading->mistakes,
		    &mistaken))
		return false;
	definition_print(definition, &reading->out);
	return true;
}

static int read_one(struct command_context *context, bool is_print,
	struct fault *fault)
{
	struct reading reading = {.context = context,
		.path = context->arguments.operands[1],
		.out = {.maximum = 1 << 22},
		.mistakes = {.maximum = 1 << 22}};
	if (!file_map(reading.path, context->arena, &reading.text, fault))
		return 0;
	bool is_register = text_ends(text_of(reading.path), TEXT(".yaml"));
	bool is_good = is_register ? read_register(&reading, fault)
				   : read_measure(&reading, fault);
	if (!is_good)
		fwrite(reading.mistakes.bytes, 1, reading.mistakes.length,
			stderr);
	else if (is_print)
		(void)!command_output(context, buffer_text(&reading.out), fault);
	buffer_finish(&reading.out);
	buffer_finish(&reading.mistakes);
	return is_good ? 0 : 1;
}

static void list_registers(const struct registers *registers, struct buffer *out)
{
	for (size_t i = 0; i < registers->count; i++)
		buffer_format(out, "register  %-24s %s\n",
			registers->all[i].definition->name,
			registers->all[i].definition->title);
}

static void list_measures(const struct measures *measures, struct buffer *out)
{
	for (size_t i = 0; i < measures->count; i++)
		buffer_format(out, "measure   %-24.*s " TEXT_FORMAT "\n",
			(int)measures->items[i].id.length,
			measures->items[i].id.at,
			TEXT_ARGS(measures->items[i].title));
}

static void list_codes(const struct codes *codes, struct buffer *out)
{
	size_t count;
	const struct codes_list *lists = codes_lists(codes, &count);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "codes     %-24.*s %zu rows\n",
			(int)lists[i].name.length, lists[i].name.at,
			lists[i].count);
}

/* What there is: ours, with the council's own laid over. */
static int list_all(struct command_context *context, struct fault *fault)
{
	const char *overlay = context->arguments.definitions;
	struct buffer out = {.maximum = 1 << 20};
	struct codes *codes;
	struct registers *registers;
	struct measures measures;
	if (codes_open(context->arena, overlay, &codes, fault)
		&& register_open(context->arena, codes, overlay, &registers, fault)
		&& measure_open(context->arena, overlay, &measures, fault)) {
		list_registers(registers, &out);
		list_measures(&measures, &out);
		list_codes(codes, &out);
		(void)!command_output(context, buffer_text(&out), fault);
	}
	buffer_finish(&out);
	return 0;
}

int command_define(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct text verb = arguments->operand_count == 0
		? TEXT("")
		: text_of(arguments->operands[0]);
	bool is_check = text_is(verb, "check"), is_print = text_is(verb, "print");
	if (text_is(verb, "list") && arguments->operand_count == 1)
		return list_all(context, fault);
	if (arguments->operand_count == 2 && (is_check || is_print))
		return read_one(context, is_print, fault);
	fault_set(fault, FAULT_USAGE, "usage: kith %s", usage);
	return 2;
}
