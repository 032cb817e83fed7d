/* SPDX-License-Identifier: MIT
 *
 * Printing what the acts on children give.
 */
#include "cli/child_print.h"

#include <stdio.h>

#include "register/given.h"
#include "render/clean.h"
#include "render/json_out.h"

static void put(const char *text)
{
	struct buffer out = {.maximum = 1 << 20};
	clean_string(&out, text);
	fputs(out.bytes == NULL ? "" : out.bytes, stdout);
	buffer_finish(&out);
}

static const char *iso(struct date date, char text[DATE_TEXT])
{
	date_write(date, text);
	return text[0] == '\0' ? "-" : text;
}

void child_print_found(const struct desk_find_output *found)
{
	char born[DATE_TEXT];
	for (size_t i = 0; i < found->count; i++) {
		const struct desk_found *one = &found->found[i];
		printf("%lld  born %s  ", (long long)one->child,
			iso(one->born, born));
		put(one->name);
		printf("  %s\n", one->number);
	}
	if (found->count == 0)
		printf("No child is found. Try another spelling, a UPN, an NHS"
		       " number or a date of birth.\n");
	if (found->is_cut)
		printf("There are more: say more of the name.\n");
}

static void print_facts(const struct value *facts)
{
	char written[VALUE_WRITTEN];
	for (int i = 0; i < FACTS; i++) {
		if (facts[i].kind == VALUE_EMPTY
			|| (facts[i].kind == VALUE_FLAG && !facts[i].flag))
			continue;
		printf("%s: " TEXT_FORMAT "\n", fact_row((enum fact)i)->label,
			TEXT_ARGS(value_write(facts[i], written)));
	}
}

void child_print_card(const struct desk_child_card *card)
{
	char opened[DATE_TEXT];
	printf("%lld\n", (long long)card->child);
	for (size_t i = 0; i < card->name_count; i++) {
		printf("Name (%s): ", card->names[i].kind);
		put(card->names[i].forename);
		printf(" ");
		put(card->names[i].surname);
		printf("\n");
	}
	for (size_t i = 0; i < card->number_count; i++)
		printf("%s: %s (%s, %s)\n", card->numbers[i].scheme,
			card->numbers[i].value, card->numbers[i].grade,
			card->numbers[i].feed);
	print_facts(card->facts);
	for (size_t i = 0; i < card->entry_count; i++) {
		const struct desk_child_entry *entry = &card->entries[i];
		if (entry->reference == NULL)
			printf("%s: there is an entry; ask %s\n",
				entry->definition->title,
				entry->owner[0] != '\0' ? entry->owner
							: entry->team);
		else
			printf("%s: %s, %s, since %s\n",
				entry->definition->title, entry->reference,
				entry->state, iso(entry->opened, opened));
	}
}

void child_print_looks(const struct desk_looked_output *looked)
{
	for (size_t i = 0; i < looked->count; i++) {
		const struct desk_looked *look = &looked->looks[i];
		printf("%s  ", look->at);
		put(look->actor);
		printf("  %s  %s  ", look->act, look->purpose);
		put(look->detail);
		printf("\n");
	}
	if (looked->count == 0)
		printf("Nobody has looked at this record.\n");
}

void child_print_openings(const struct desk_glass_list_output *openings)
{
	char day[DATE_TEXT];
	for (size_t i = 0; i < openings->count; i++) {
		const struct desk_glass_line *line = &openings->lines[i];
		printf("%lld  %s  child %lld  review by %s: ",
			(long long)line->id, line->login,
			(long long)line->child, iso(line->review_due, day));
		put(line->reason);
		printf("\n");
	}
	if (openings->count == 0)
		printf("No opening waits for review.\n");
}

void child_print_due(const struct desk_disposals_output *due)
{
	char day[DATE_TEXT];
	for (size_t i = 0; i < due->count; i++) {
		const struct desk_disposal *one = &due->disposals[i];
		printf("%s  due %s  %s%s", one->reference, iso(one->due, day),
			one->rule, one->is_held ? "  held" : "");
		if (one->id != 0)
			printf("  asked by %s (%lld)", one->asked_by,
				(long long)one->id);
		printf("\n");
	}
	if (due->count == 0)
		printf("Nothing is due to be destroyed.\n");
}

/* ---- A child's own copy ---- */

/* Labels are a council's words: values, never keys. */
static void write_fields(struct json_out *json, const char *key,
	const struct definition_field *fields, size_t count,
	const struct value *values)
{
	struct arena *arena = arena_open();
	json_out_array(json, key);
	for (size_t i = 0; i < count; i++) {
		struct value value = values[fields[i].slot];
		if (value.kind == VALUE_EMPTY)
			continue;
		json_out_object(json, NULL);
		json_out_string(json, "what", fields[i].label);
		json_out_string(json, "held",
			arena_string(arena,
				given_shown(&fields[i], value, arena)));
		json_out_object_end(json);
	}
	json_out_array_end(json);
	arena_close(arena);
}

static void write_part(struct json_out *json,
	const struct definition_part *part, const struct entry_part *rows)
{
	json_out_object(json, NULL);
	json_out_string(json, "what", part->title);
	json_out_array(json, "rows");
	for (size_t i = 0; i < rows->count; i++)
		write_fields(json, NULL, part->fields, part->field_count,
			rows->rows[i]);
	json_out_array_end(json);
	json_out_object_end(json);
}

static void write_entry(struct json_out *json,
	const struct desk_subject_entry *entry)
{
	const struct definition *of = entry->definition;
	json_out_object(json, NULL);
	json_out_string(json, "register", of->title);
	json_out_string(json, "reference", entry->reference);
	write_fields(json, "fields", of->fields, of->field_count,
		entry->entry->values);
	json_out_array(json, "parts");
	for (size_t i = 0; i < of->part_count; i++)
		write_part(json, &of->parts[i], &entry->entry->parts[i]);
	json_out_array_end(json);
	json_out_array(json, "withheld");
	for (size_t i = 0; i < entry->withheld_count; i++) {
		json_out_object(json, NULL);
		json_out_string(json, "what", entry->withheld[i].label);
		json_out_string(json, "why", entry->withheld[i].why);
		json_out_object_end(json);
	}
	json_out_array_end(json);
	json_out_object_end(json);
}

void child_print_copy(const struct desk_subject_output *copy,
	struct arena *arena, struct buffer *out_json)
{
	struct json_out json = {.out = out_json};
	char born[DATE_TEXT];
	date_write(copy->card.born, born);
	json_out_object(&json, NULL);
	json_out_string_or_null(&json, "born", born);
	json_out_array(&json, "names");
	for (size_t i = 0; i < copy->card.name_count; i++)
		json_out_string(&json, NULL,
			arena_format(arena, "%s %s", copy->card.names[i].forename,
				copy->card.names[i].surname));
	json_out_array_end(&json);
	json_out_array(&json, "entries");
	for (size_t i = 0; i < copy->count; i++)
		write_entry(&json, &copy->entries[i]);
	json_out_array_end(&json);
	json_out_object_end(&json);
	buffer_char(out_json, '\n');
}
