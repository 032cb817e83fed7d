/* SPDX-License-Identifier: MIT
 *
 * kith init, import, feeds, faults, set, audit, schema.
 */
#include <stdio.h>

#include "base/file.h"
#include "cli/command.h"
#include "desk/desk_case.h"
#include "store/migrate.h"

static int usage(const char *text, struct fault *fault)
{
	fault_set(fault, FAULT_USAGE, "usage: kith %s", text);
	return 2;
}

/* The authority's name, from the code list, where none is given. */
static const char *authority_name(struct command_context *context)
{
	const struct arguments *arguments = &context->arguments;
	struct codes *codes;
	struct fault ignored = {.kind = FAULT_NONE};
	if (arguments->name != NULL)
		return arguments->name;
	if (codes_open(context->arena, arguments->definitions, &codes, &ignored)) {
		const struct codes_entry *entry = codes_find(codes, "authorities",
			text_of(arena_format(context->arena, "%lld",
				(long long)arguments->la)),
			DATE_NONE);
		if (entry != NULL)
			return arena_string(context->arena, entry->label);
	}
	return arena_format(context->arena, "Authority %lld",
		(long long)arguments->la);
}

int command_init(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->la == 0 || arguments->la > 999)
		return usage("init --la NUMBER [--name NAME]", fault);
	const char *name = authority_name(context);
	if (!desk_init(arguments->db, (int)arguments->la, name,
		    arguments->definitions, fault))
		return 0;
	fprintf(stderr, "kith: %s (%lld) is ready in %s\n", name,
		(long long)arguments->la, arguments->db);
	return 0;
}

static void print_batch(const struct import_batch *batch)
{
	char first[DATE_TEXT], last[DATE_TEXT];
	date_write(batch->covers.first, first);
	date_write(batch->covers.last, last);
	printf("%s: %lld rows, %lld refused, %lld repaired, %lld warned,"
	       " %lld children (%lld known before)",
		batch->label, (long long)batch->rows_in,
		(long long)batch->refused, (long long)batch->repaired,
		(long long)batch->warned, (long long)batch->children,
		(long long)batch->linked);
	if (first[0] != '\0')
		printf(", covers %s to %s", first, last);
	printf("\n");
}

/* Cases of a register, from CSV files. */
static int import_cases(struct command_context *context, struct desk *desk,
	struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	int64_t refused = 0;
	for (size_t i = 1; i < arguments->operand_count; i++) {
		struct desk_intake_input input = {text_of(arguments->operands[0]),
			arguments->operands[i]};
		struct intake_result result;
		if (!desk_perform(desk, DESK_INTAKE, &input, &result, fault))
			return 0;
		printf("%s: %lld lines, %lld steps taken, %lld refused,"
		       " %lld warned, %lld cases\n",
			arguments->operands[i], (long long)result.lines,
			(long long)result.taken, (long long)result.refused,
			(long long)result.warned, (long long)result.opened);
		for (size_t j = 0; j < result.fault_count; j++)
			fprintf(stderr, "%s:%lld: %s: %s\n",
				arguments->operands[i],
				(long long)result.faults[j].line,
				result.faults[j].column,
				result.faults[j].message);
		refused += result.refused;
	}
	return refused > 0 ? 1 : 0;
}

int command_import(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->operand_count < 2)
		return usage("import KIND PATH...", fault);
	struct desk desk;
	struct import_outcome outcome = {0};
	struct desk_import_input input = {.kind = arguments->operands[0],
		.paths = &arguments->operands[1],
		.path_count = arguments->operand_count - 1,
		.covers = {arguments->from, arguments->to}};
	if (!command_desk(context, &desk, fault))
		return 0;
	if (register_find(desk.registers, text_of(input.kind)) != NULL)
		return import_cases(context, &desk, fault);
	if (!desk_perform(&desk, DESK_IMPORT, &input, &outcome, fault))
		return 0;
	int64_t bad = 0;
	for (size_t i = 0; i < outcome.batch_count; i++) {
		print_batch(&outcome.batches[i]);
		bad += outcome.batches[i].refused + outcome.batches[i].warned;
	}
	if (outcome.again > 0)
		printf("%zu file%s loaded before and replaced since: %s again\n",
			outcome.again, outcome.again == 1 ? "" : "s",
			outcome.again == 1 ? "it counts" : "they count");
	if (outcome.passed_over > 0)
		printf("%zu file%s loaded already: nothing changed for %s\n",
			outcome.passed_over, outcome.passed_over == 1 ? "" : "s",
			outcome.passed_over == 1 ? "it" : "them");
	if (bad > 0)
		fprintf(stderr, "kith: see what was wrong with: kith faults\n");
	return bad > 0 ? 1 : 0;
}

int command_feeds(struct command_context *context, struct fault *fault)
{
	struct desk desk;
	struct desk_feeds_output output;
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_FEEDS, NULL, &output, fault))
		return 0;
	if (output.count == 0)
		fprintf(stderr, "kith: nothing is loaded yet\n");
	else
		printf("%-4s %-11s %-22s %9s %8s %8s %8s %8s %8s  %-10s %-10s %s\n",
			"la", "source", "batch", "rows in", "rejected",
			"repaired", "warned", "children", "linked", "covers",
			"to", "age");
	for (size_t i = 0; i < output.count; i++) {
		const struct desk_feeds_row *row = &output.rows[i];
		char first[DATE_TEXT], last[DATE_TEXT];
		date_write(row->covers.first, first);
		date_write(row->covers.last, last);
		printf("%-4d %-11s %-22s %9lld %8lld %8lld %8lld %8lld %8lld"
		       "  %-10s %-10s ",
			row->la, row->kind, row->label, (long long)row->rows,
			(long long)row->refused, (long long)row->repaired,
			(long long)row->warned, (long long)row->children,
			(long long)row->linked, first, last);
		if (row->covers.last.day != 0)
			printf("%d days",
				context->today.day - row->covers.last.day);
		printf("\n");
	}
	return 0;
}

int command_faults(struct command_context *context, struct fault *fault)
{
	enum { MOST = 10000 };
	struct desk desk;
	struct desk_faults_output output;
	struct desk_faults_input input = {context->arguments.batch, MOST};
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_FAULTS, &input, &output, fault))
		return 0;
	for (size_t i = 0; i < output.count; i++) {
		const struct desk_fault *row = &output.rows[i];
		printf("%s: row %lld, %s: %s: %s", row->file, (long long)row->row,
			row->column[0] == '\0' ? "the row" : row->column,
			row->severity, row->message);
		if (row->value[0] != '\0')
			printf(" Value: \"%s\".", row->value);
		printf(" [%s]\n", row->rule);
	}
	return output.count > 0 ? 1 : 0;
}

/* "1234/0/17" */
static bool read_place(struct text words, struct desk_source_input *out_place)
{
	struct text row;
	struct text batch = text_split(words, '/', &row);
	struct text part = text_split(row, '/', &row);
	int64_t number;
	if (!text_to_int64(batch, &out_place->batch)
		|| !text_to_int64(part, &number) || number < 0 || number > 9999
		|| !text_to_int64(row, &out_place->row))
		return false;
	out_place->part = (int)number;
	return true;
}

int command_source(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk_source_input input;
	struct desk_source_output output;
	struct desk desk;
	if (arguments->operand_count != 1
		|| !read_place(text_of(arguments->operands[0]), &input))
		return usage("source BATCH/PART/ROW", fault);
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_SOURCE, &input, &output, fault))
		return 0;
	printf("%s %s, %s (%s), row %lld\nreceived %s by %s\n\n", output.kind,
		output.label, output.file, output.content, (long long)input.row,
		output.received_at, output.received_by);
	if (output.heading[0] != '\0')
		printf("%s\n", output.heading);
	printf("%s\n", output.text);
	for (size_t i = 0; i < output.remark_count; i++)
		printf("%s%s\n", i == 0 ? "\n" : "", output.remarks[i]);
	return 0;
}

int command_set(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->operand_count != 2)
		return usage("set NAME VALUE [--from DATE]", fault);
	struct desk desk;
	struct desk_set_input input = {arguments->operands[0],
		arguments->operands[1],
		arguments->from.day != 0 ? arguments->from
					 : date_from(2000, 1, 1)};
	if (command_desk(context, &desk, fault)
		&& desk_perform(&desk, DESK_SET, &input, NULL, fault))
		fprintf(stderr, "kith: %s is %s\n", input.name, input.value);
	return 0;
}

/* The entries of registers: that each version is what the chain says it was. */
static bool print_versions(const struct desk_verify_row *row)
{
	bool is_whole = row->broken_why[0] == '\0';
	if (is_whole)
		printf("%d: %lld versions of entries, whole\n", row->la,
			(long long)row->versions);
	else
		printf("%d: entry %lld broken at version %d: %s\n", row->la,
			(long long)row->broken_entry, row->broken_version,
			row->broken_why);
	return is_whole;
}

int command_audit(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->operand_count != 1
		|| !text_is(text_of(arguments->operands[0]), "verify"))
		return usage("audit verify", fault);
	struct desk desk;
	struct desk_verify_output output;
	if (!command_desk(context, &desk, fault)
		|| !desk_perform(&desk, DESK_VERIFY, NULL, &output, fault))
		return 0;
	bool is_whole = true;
	for (size_t i = 0; i < output.count; i++) {
		const struct audit_verdict_row *verdict = &output.rows[i].verdict;
		is_whole = is_whole && verdict->broken_at == 0;
		if (verdict->broken_at == 0)
			printf("%d: %lld entries, whole, head %s\n",
				output.rows[i].la, (long long)verdict->entries,
				verdict->head);
		else
			printf("%d: %lld entries, broken at entry %lld: %s\n",
				output.rows[i].la, (long long)verdict->entries,
				(long long)verdict->broken_at, verdict->why);
		is_whole = print_versions(&output.rows[i]) && is_whole;
	}
	return is_whole ? 0 : 1;
}

int command_apart(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	if (arguments->operand_count != 2 || arguments->why == NULL)
		return usage("apart CHILD OTHER --why REASON", fault);
	struct desk_apart_input input = {arguments->operands[0],
		arguments->operands[1], arguments->why};
	if (command_desk(context, &desk, fault)
		&& desk_perform(&desk, DESK_APART, &input, NULL, fault))
		fprintf(stderr, "kith: the records are kept apart\n");
	return 0;
}

int command_backup(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	struct desk desk;
	if (arguments->operand_count != 1)
		return usage("backup FILE", fault);
	struct desk_backup_input input = {arguments->operands[0]};
	if (command_desk(context, &desk, fault)
		&& desk_perform(&desk, DESK_BACKUP, &input, NULL, fault))
		fprintf(stderr, "kith: the backup is %s\n", input.file);
	return 0;
}

int command_copy(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->operand_count != 1)
		return usage("copy TO", fault);
	if (desk_copy(arguments->db, arguments->operands[0], (int)arguments->la,
		    fault))
		fprintf(stderr, "kith: %s is copied\n", arguments->db);
	return 0;
}

int command_restore(struct command_context *context, struct fault *fault)
{
	const struct arguments *arguments = &context->arguments;
	if (arguments->operand_count != 1)
		return usage("restore FILE", fault);
	if (desk_restore(arguments->operands[0], arguments->db, fault))
		fprintf(stderr, "kith: %s is restored from %s\n", arguments->db,
			arguments->operands[0]);
	return 0;
}

int command_schema(struct command_context *context, struct fault *fault)
{
	static const struct {
		const char *name;
		enum store_engine engine;
		bool is_citus;
	} engines[] = {{"sqlite", STORE_SQLITE, false},
		{"postgresql", STORE_POSTGRES, false},
		{"citus", STORE_POSTGRES, true}};
	const char *wanted = context->arguments.engine;
	size_t i = 0;
	while (wanted != NULL && i < COUNT_OF(engines)
		&& !text_is(text_of(wanted), engines[i].name))
		i++;
	if (i == COUNT_OF(engines))
		return usage("schema [--engine sqlite|postgresql|citus]", fault);
	struct buffer sql = {.maximum = 1 << 22};
	migrate_render(engines[i].engine, &sql);
	if (engines[i].is_citus)
		migrate_render_citus(&sql);
	(void)!command_output(context, buffer_text(&sql), fault);
	buffer_finish(&sql);
	return 0;
}
