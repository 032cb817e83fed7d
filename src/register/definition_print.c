/* SPDX-License-Identifier: MIT
 *
 * A definition as a page of reference, in Markdown: what was understood of the
 * text, so that it can be checked against what was meant.
 */
#include "register/definition.h"
#include "register/given.h"

static void print_roles(const struct definition *of, uint64_t roles,
	struct buffer *out)
{
	bool is_first = true;
	for (size_t i = 0; i < of->roles->count && i < DEFINITION_ROLES; i++) {
		if (!(roles >> i & 1))
			continue;
		buffer_string(out, is_first ? "" : ", ");
		buffer_add(out, of->roles->entries[i].code);
		is_first = false;
	}
}

static void print_condition(const char *label,
	const struct condition *condition, struct buffer *out)
{
	if (condition == NULL)
		return;
	buffer_format(out, "; %s `", label);
	condition_print(condition, out);
	buffer_char(out, '`');
}

static void print_bound(const char *label, struct date day,
	const struct definition_setting *setting, struct buffer *out)
{
	char text[DATE_TEXT];
	date_write(day, text);
	if (setting != NULL)
		buffer_format(out, "; %s the day set as `%s`", label,
			setting->name);
	else if (day.day != 0)
		buffer_format(out, "; %s %s", label, text);
}

static void print_span(const struct definition_span *span, struct buffer *out)
{
	print_bound("from", span->from, span->from_setting, out);
	print_bound(span->until_setting == NULL ? "until" : "before",
		span->until, span->until_setting, out);
}

/* Ends the line. */
static void print_source(const char *source, struct buffer *out)
{
	if (source[0] != '\0')
		buffer_format(out, " (%s)", source);
	buffer_char(out, '\n');
}

/* A line below, if there is anything to say. */
static void print_more(const char *label, const char *words, struct buffer *out)
{
	if (words != NULL && words[0] != '\0')
		buffer_format(out, "  - %s: %s\n", label, words);
}

static void print_names(const char *label, const char *const *names,
	size_t count, struct buffer *out)
{
	if (count == 0)
		return;
	buffer_format(out, "  - %s: ", label);
	for (size_t i = 0; i < count; i++)
		buffer_format(out, "%s%s", i == 0 ? "" : ", ", names[i]);
	buffer_char(out, '\n');
}

static void print_type(const struct definition_field *field, struct buffer *out)
{
	buffer_string(out, definition_type_word(field->type));
	if (field->list != NULL)
		buffer_format(out, " of the list " TEXT_FORMAT,
			TEXT_ARGS(field->list->name));
	if (field->type == DEFINITION_LINK)
		buffer_format(out, " to %s", field->register_name);
	struct arena *arena = arena_open();
	if (field->type == DEFINITION_TEXT || field->type == DEFINITION_PROSE)
		buffer_format(out, " of at most %lld characters",
			(long long)field->most);
	else if (definition_field_kind(field) == VALUE_NUMBER)
		buffer_format(out, ", " TEXT_FORMAT " to " TEXT_FORMAT,
			TEXT_ARGS(given_written(field,
				value_number(field->least), arena)),
			TEXT_ARGS(given_written(field,
				value_number(field->most), arena)));
	arena_close(arena);
}

static void print_audience(unsigned audience, struct buffer *out)
{
	if ((audience & DEFINITION_FOR_ANYONE) != 0)
		buffer_string(out, "; for anyone");
	else if ((audience & DEFINITION_FOR_FAMILY) != 0)
		buffer_string(out,
			(audience & DEFINITION_FOR_PARTNERS) != 0
				? "; for the family and partners"
				: "; for the family");
	else if ((audience & DEFINITION_FOR_PARTNERS) != 0)
		buffer_string(out, "; for partners");
}

static void print_field(const struct definition *of,
	const struct definition_field *field, struct buffer *out)
{
	buffer_format(out, "- `%s` %s: ", field->name, field->label);
	print_type(field, out);
	print_condition("asked if", field->asked, out);
	print_condition("required if", field->required, out);
	print_condition("worked out as", field->derived, out);
	print_audience(field->audience, out);
	if (field->is_third_party)
		buffer_string(out, "; about somebody else");
	if (field->is_address)
		buffer_string(out, "; an address");
	if (field->sealed_until != NULL)
		buffer_format(out, "; sealed until `%s`", field->sealed_until);
	if (field->see != 0) {
		buffer_string(out, "; seen by ");
		print_roles(of, field->see, out);
	}
	if (field->set != 0) {
		buffer_string(out, "; given by ");
		print_roles(of, field->set, out);
	}
	print_span(&field->span, out);
	print_source(field->source, out);
	print_more("hint", field->hint, out);
}

static void print_fields(const struct definition *of, struct buffer *out)
{
	buffer_string(out, "\n## Fields\n\n");
	for (size_t i = 0; i < of->field_count; i++)
		print_field(of, &of->fields[i], out);
	for (size_t i = 0; i < of->part_count; i++) {
		const struct definition_part *part = &of->parts[i];
		if (part->is_own)
			continue;
		buffer_format(out, "\n### %s (`%s`)\n\n", part->title,
			part->name);
		for (size_t j = 0; j < part->field_count; j++)
			print_field(of, &part->fields[j], out);
	}
}

static void print_states(const struct definition *of, uint64_t states,
	struct buffer *out)
{
	bool is_first = true;
	for (size_t i = 0; i < of->state_count; i++) {
		if (!(states >> i & 1))
			continue;
		buffer_format(out, "%s%s", is_first ? "" : ", ",
			of->states[i].name);
		is_first = false;
	}
}

static void print_guard(const struct definition_guard *guard, struct buffer *out)
{
	buffer_format(out, "  - %s: `",
		guard->is_warning ? "warns unless" : "needs");
	condition_print(guard->need, out);
	buffer_format(out, "`, else \"%s\"", guard->say);
	if (guard->hint[0] != '\0')
		buffer_format(out, " \"%s\"", guard->hint);
	if (guard->field != NULL)
		buffer_format(out, "; at `%s`", guard->field);
	print_span(&guard->span, out);
	print_source(guard->source, out);
}

static void print_asks(const struct definition_step *step, struct buffer *out)
{
	if (step->ask_count == 0)
		return;
	buffer_string(out, "  - asks: ");
	for (size_t i = 0; i < step->ask_count; i++) {
		buffer_format(out, "%s`%s`%s", i == 0 ? "" : ", ",
			step->asks[i].field->name,
			step->asks[i].is_required ? " (required)" : "");
		if (step->asks[i].required == NULL)
			continue;
		buffer_string(out, " (required if `");
		condition_print(step->asks[i].required, out);
		buffer_string(out, "`)");
	}
	buffer_char(out, '\n');
}

static void print_sets(const struct definition_step *step, struct buffer *out)
{
	for (size_t i = 0; i < step->set_count; i++) {
		buffer_format(out, "  - sets `%s` to `",
			step->sets[i].field->name);
		condition_print(step->sets[i].value, out);
		buffer_string(out, "`\n");
	}
}

static void print_step(const struct definition *of,
	const struct definition_step *step, struct buffer *out)
{
	buffer_format(out, "- `%s` %s", step->name, step->title);
	if (step->opens)
		buffer_string(out, ": opens an entry");
	else {
		buffer_string(out, ": from ");
		print_states(of, step->from, out);
	}
	if (step->to != NULL)
		buffer_format(out, ", to %s", step->to->name);
	if (step->adds != NULL)
		buffer_format(out, "; adds one: %s", step->adds->one);
	if (step->changes != NULL)
		buffer_format(out, "; changes one: %s", step->changes->one);
	buffer_string(out, "; by ");
	print_roles(of, step->who, out);
	if (step->approve != 0) {
		buffer_string(out, "; agreed by ");
		print_roles(of, step->approve, out);
	}
	if (step->needs_reason)
		buffer_string(out, "; says why");
	print_span(&step->span, out);
	print_source(step->source, out);
	print_more("about", step->about, out);
	print_asks(step, out);
	print_sets(step, out);
	for (size_t i = 0; i < step->guard_count; i++)
		print_guard(&step->guards[i], out);
	print_names("offers the letters", step->letters, step->letter_count, out);
	print_names("tells", step->tells, step->tell_count, out);
}

static void print_number(const struct definition_count *count, struct buffer *out)
{
	if (count->setting != NULL)
		buffer_format(out, "as many as `%s` %s", count->setting->name,
			definition_unit_word(count->unit));
	else if (count->field != NULL) {
		buffer_string(out, "as many as `");
		condition_print(count->field, out);
		buffer_format(out, "` %s", definition_unit_word(count->unit));
	} else
		buffer_format(out, "%d %s", count->number,
			definition_unit_word(count->unit));
}

static void print_count(const struct definition_count *count, struct buffer *out)
{
	print_number(count, out);
	buffer_string(out,
		count->is_beginning_with ? " beginning with" : " after");
}

static void print_clock(const struct definition *of,
	const struct definition_clock *clock, struct buffer *out)
{
	buffer_format(out, "- `%s` %s: ", clock->name, clock->title);
	print_count(&clock->count, out);
	buffer_string(out, " `");
	condition_print(clock->starts, out);
	buffer_char(out, '`');
	if (clock->part != NULL)
		buffer_format(out, ", for each %s", clock->part->one);
	print_condition("when", clock->when, out);
	print_condition("done on", clock->stops, out);
	print_condition("no more if", clock->ends, out);
	print_span(&clock->span, out);
	buffer_string(out, "; due to ");
	print_roles(of, clock->due_to, out);
	if (clock->warn.number > 0 || clock->warn.setting != NULL) {
		buffer_string(out, "; warns ");
		print_number(&clock->warn, out);
		buffer_string(out, " before");
	}
	buffer_format(out, "; then: %s (%s%s)\n", clock->then, clock->law,
		clock->is_local ? "; local" : "");
}

static void print_lists(const struct definition *of, struct buffer *out)
{
	buffer_string(out, "\n## Lists\n\n");
	for (size_t i = 0; i < of->list_count; i++) {
		const struct definition_list *list = &of->lists[i];
		buffer_format(out, "- `%s` %s", list->name, list->title);
		print_condition("where", list->where, out);
		buffer_string(out,
			list->has_closed ? "; closed ones too\n" : "\n");
		print_more("about", list->about, out);
		buffer_string(out, "  - columns: ");
		for (size_t j = 0; j < list->column_count; j++)
			buffer_format(out, "%s`%s`", j == 0 ? "" : ", ",
				list->columns[j]->name);
		buffer_format(out, "\n  - when empty: %s\n", list->empty);
	}
}

static void print_letters(const struct definition *of, struct buffer *out)
{
	if (of->letter_count > 0)
		buffer_string(out, "\n## Letters\n\n");
	for (size_t i = 0; i < of->letter_count; i++) {
		const struct definition_letter *letter = &of->letters[i];
		buffer_format(out, "- `%s` %s: %s", letter->name, letter->title,
			letter->file);
		if (letter->part != NULL)
			buffer_format(out, ", for one %s", letter->part->one);
		print_audience(letter->audience, out);
		print_condition("when", letter->when, out);
		print_span(&letter->span, out);
		print_source(letter->source, out);
	}
}

static void print_settings(const struct definition *of, struct buffer *out)
{
	char text[VALUE_WRITTEN];
	if (of->setting_count > 0)
		buffer_string(out, "\n## Settings\n\n");
	for (size_t i = 0; i < of->setting_count; i++) {
		const struct definition_setting *setting = &of->settings[i];
		struct text initial = value_write(setting->initial, text);
		buffer_format(out, "- `%s` %s: " TEXT_FORMAT, setting->name,
			setting->title,
			TEXT_ARGS(initial.length == 0 ? TEXT("not set")
						      : initial));
		if (setting->kind == DEFINITION_SET_NUMBER)
			buffer_format(out, ", from %lld to %lld",
				(long long)setting->least,
				(long long)setting->most);
		print_source(setting->source, out);
		print_names("choices", setting->choices, setting->choice_count,
			out);
	}
}

static void print_reach(const struct definition *of, struct buffer *out)
{
	static const char *const words[] = {[DEFINITION_REACH_OWN] = "those they own",
		[DEFINITION_REACH_TEAM] = "those of their teams",
		[DEFINITION_REACH_ANY] = "all"};
	buffer_string(out, "\n## Who sees entries\n\n");
	for (size_t i = 0; i < of->roles->count && i < DEFINITION_ROLES; i++)
		if (of->reach[i] != DEFINITION_REACH_NONE)
			buffer_format(out, "- " TEXT_FORMAT ": %s\n",
				TEXT_ARGS(of->roles->entries[i].code),
				words[of->reach[i]]);
}

static void print_whose(const struct definition *of, struct buffer *out)
{
	buffer_format(out,
		"\nAbout: %s%s. References begin %s. Owned by: %s; team: %s.\n",
		definition_subject_word(of->subject),
		of->has_one_open ? ", one open entry each" : "", of->prefix,
		of->owner_role, of->team);
}

void definition_print(const struct definition *of, struct buffer *out)
{
	buffer_format(out, "# %s (`%s`)\n\n%s\n\n%s.\n", of->title, of->name,
		of->about, of->source);
	buffer_format(out, "\nKept for %d years after %s (%s).\n",
		of->retention_years, of->retains_from_birth ? "birth" : "closing",
		of->retention_source);
	print_whose(of, out);
	print_reach(of, out);
	print_fields(of, out);
	buffer_string(out, "\n## States\n\n");
	for (size_t i = 0; i < of->state_count; i++)
		buffer_format(out, "- `%s` %s%s\n", of->states[i].name,
			of->states[i].title,
			of->states[i].closes ? " (closed)" : "");
	buffer_string(out, "\n## Steps\n\n");
	for (size_t i = 0; i < of->step_count; i++)
		print_step(of, &of->steps[i], out);
	if (of->clock_count > 0)
		buffer_string(out, "\n## Clocks\n\n");
	for (size_t i = 0; i < of->clock_count; i++)
		print_clock(of, &of->clocks[i], out);
	print_lists(of, out);
	print_letters(of, out);
	print_settings(of, out);
}
