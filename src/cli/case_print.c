/* SPDX-License-Identifier: MIT
 *
 * Printing what the acts on registers give.
 */
#include "cli/case_print.h"

#include <stdio.h>

#include "register/given.h"
#include "render/clean.h"
#include "render/csv_out.h"

static void put(FILE *to, const char *text)
{
	struct buffer out = {.maximum = 1 << 20};
	clean_string(&out, text);
	fputs(out.bytes == NULL ? "" : out.bytes, to);
	buffer_finish(&out);
}

static const char *shown(const struct definition_field *field,
	struct value value, struct arena *arena)
{
	return arena_string(arena, given_shown(field, value, arena));
}

static const char *words_of(struct date date, char words[DATE_WORDS])
{
	date_words(date, words);
	return words[0] == '\0' ? "-" : words;
}

static void print_field(const char *indent, const struct definition_field *field,
	struct value value, struct arena *arena)
{
	if (value.kind == VALUE_EMPTY)
		return;
	printf("%s%s: ", indent, field->label);
	put(stdout, shown(field, value, arena));
	printf("\n");
}

static void print_part(const struct desk_case *entry,
	const struct definition_part *part, struct arena *arena)
{
	const struct entry_part *rows = &entry->entry->parts[part->number - 1];
	char words[DATE_WORDS];
	for (size_t i = 0; i < rows->count; i++) {
		struct value added = rows->rows[i][part->field_count];
		printf("\n%s (item %lld, added %s)\n", part->one,
			(long long)rows->items[i],
			words_of(added.kind == VALUE_DATE ? added.date : DATE_NONE,
				words));
		for (size_t j = 0; j < part->field_count; j++)
			print_field("  ", &part->fields[j], rows->rows[i][j],
				arena);
	}
}

void case_print_entry(const struct desk_case *entry, struct arena *arena)
{
	const struct definition *of = entry->definition;
	const struct definition_state *state = entry_state(entry->entry);
	char words[DATE_WORDS];
	printf("%s  %s\n", entry->reference, of->title);
	printf("State: %s\nVersion: %d\n", state == NULL ? "-" : state->title,
		entry->entry->version);
	for (size_t i = 0; i < of->field_count; i++)
		print_field("", &of->fields[i],
			entry_value(entry->entry, &of->fields[i]), arena);
	for (size_t i = 0; i < of->part_count; i++)
		print_part(entry, &of->parts[i], arena);
	for (size_t i = 0; i < entry->work_count; i++) {
		const struct work_item *item = &entry->work[i];
		printf("%s%s: %s, %s (%s)\n", i == 0 ? "\nWork\n  " : "  ",
			item->clock->title, item->done.day != 0 ? "done" : "due",
			words_of(item->done.day != 0 ? item->done : item->due,
				words),
			item->clock->law);
	}
	for (size_t i = 0; i < entry->step_count; i++)
		printf("%s%s: %s\n", i == 0 ? "\nSteps\n  " : "  ",
			entry->steps[i]->name, entry->steps[i]->title);
}

static void print_version(FILE *to, const struct desk_version *version)
{
	char on[DATE_TEXT];
	date_write(version->on, on);
	fprintf(to, "%d  %s  %s by ", version->version, on, version->step);
	put(to, version->actor);
	fprintf(to, ", entered %s", version->at);
	if (version->reason[0] != '\0') {
		fprintf(to, ": ");
		put(to, version->reason);
	}
	fprintf(to, "\n");
	for (size_t i = 0; i < version->count; i++) {
		const struct keep_difference *one = &version->differences[i];
		fprintf(to, "   %s: \"" TEXT_FORMAT "\" -> \"" TEXT_FORMAT "\"\n",
			one->label, TEXT_ARGS(one->before),
			TEXT_ARGS(one->after));
	}
}

void case_print_versions(const struct desk_version *versions, size_t count)
{
	for (size_t i = 0; i < count; i++)
		print_version(stdout, &versions[i]);
}

static void print_csv(const struct desk_list_output *list, struct arena *arena)
{
	size_t width = list->list->column_count + 1;
	struct text *cells = arena_array(arena, width, sizeof *cells);
	struct buffer out = {.maximum = 1 << 26};
	cells[0] = TEXT("reference");
	for (size_t i = 1; i < width; i++)
		cells[i] = text_of(list->list->columns[i - 1]->name);
	if (list->page == 1)
		csv_out_row(&out, cells, width);
	for (size_t i = 0; i < list->count; i++) {
		cells[0] = text_of(list->lines[i].reference);
		for (size_t j = 1; j < width; j++)
			cells[j] = given_written(list->list->columns[j - 1],
				list->lines[i].line.values[j - 1], arena);
		csv_out_row(&out, cells, width);
	}
	fwrite(out.bytes, 1, out.length, stdout);
	buffer_finish(&out);
}

void case_print_list(const struct desk_list_output *list, bool is_csv,
	struct arena *arena)
{
	if (is_csv) {
		print_csv(list, arena);
		return;
	}
	printf("%s: %zu\n", list->list->title, list->total);
	if (list->total == 0)
		printf("%s\n", list->list->empty);
	for (size_t i = 0; i < list->count; i++) {
		printf("%s", list->lines[i].reference);
		for (size_t j = 0; j < list->list->column_count; j++) {
			printf("  ");
			put(stdout,
				shown(list->list->columns[j],
					list->lines[i].line.values[j], arena));
		}
		printf("\n");
	}
	if (list->count < list->total)
		printf("and %zu more (--format csv gives all)\n",
			list->total - list->count);
}

void case_print_work(const struct desk_work_output *work)
{
	char words[DATE_WORDS];
	printf("%zu to do, %zu overdue, %zu due soon\n", work->total,
		work->overdue, work->soon);
	for (size_t i = 0; i < work->count; i++) {
		const struct desk_work_line *line = &work->lines[i];
		printf("%s  due %s  %s: %s (%s)%s%s\n", line->reference,
			words_of(line->due, words), line->clock->title,
			line->clock->then, line->clock->law,
			line->owner[0] == '\0' ? "" : "  ", line->owner);
	}
	if (work->total == 0)
		printf("Nothing is to be done here.\n");
}

static void print_mistakes(FILE *to, const struct step_outcome *outcome)
{
	for (size_t i = 0; i < outcome->count; i++) {
		const struct step_mistake *one = &outcome->mistakes[i];
		fprintf(to, "%s%s%s%s", one->is_warning ? "warning: " : "",
			one->field, one->field[0] == '\0' ? "" : ": ",
			one->message);
		if (one->source[0] != '\0')
			fprintf(to, " (%s)", one->source);
		fprintf(to, "\n");
		if (one->hint[0] != '\0')
			fprintf(to, "  %s\n", one->hint);
	}
}

void case_print_done(const struct desk_step_output *output, bool is_trial)
{
	char before[DATE_WORDS], after[DATE_WORDS];
	print_mistakes(stdout, &output->outcome);
	if (output->proposal != 0)
		printf("proposal %lld waits for agreement\n",
			(long long)output->proposal);
	else if (!is_trial)
		printf("%s  version %d\n", output->reference, output->version);
	for (size_t i = 0; i < output->move_count; i++) {
		const struct desk_move *move = &output->moves[i];
		bool is_gone = move->after.day == 0 && !move->is_done;
		printf("  %s: %s", move->title,
			move->is_done     ? "done"
				: is_gone ? "no longer due"
					  : "due ");
		if (!move->is_done && !is_gone)
			printf("%s", words_of(move->after, after));
		if (move->before.day != 0)
			printf(", was due %s", words_of(move->before, before));
		printf(" (%s)\n", move->law);
	}
	for (size_t i = 0; i < output->letter_count; i++)
		printf("  letter: %s\n", output->letters[i]);
}

void case_print_refused(const struct desk_step_output *output)
{
	print_mistakes(stderr, &output->outcome);
	for (size_t i = 0; i < output->since_count; i++)
		print_version(stderr, &output->since[i]);
}
