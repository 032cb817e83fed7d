/* SPDX-License-Identifier: MIT
 *
 * Letters: what may stand in one, for the person who reads it; and which were
 * sent.
 *
 * A letter leaves the council, so a field gets into it only if it is for the
 * letter's audience, is not about somebody else, and is no address. What was
 * left out is told, so that whoever sends it knows.
 */
#include "base/digest.h"
#include "desk/case_at-inside.h"
#include "register/given.h"

extern const struct embedded case_sql[];

struct making {
	struct case_at *at;
	const struct entry *entry;
	const struct definition_letter *letter;
	struct desk_letter_value *values;
	const char **withheld;
	struct desk_letter out;
};

/* ---- What may stand in it ---- */

static bool is_for_reader(const struct making *making,
	const struct definition_field *field)
{
	unsigned wanted = making->letter->audience;
	return (field->audience & wanted) != 0 && !field->is_third_party
		&& !field->is_address && sight_field(field, making->at->roles);
}

static void withhold(struct making *making, const char *label)
{
	struct desk_letter *out = &making->out;
	for (size_t i = 0; i < out->withheld_count; i++)
		if (text_is(text_of(label), making->withheld[i]))
			return;
	making->withheld[out->withheld_count++] = label;
}

static size_t add_fields(struct making *making,
	const struct definition_field *fields, size_t count,
	const struct value *values, struct desk_letter_value *into)
{
	size_t added = 0;
	for (size_t i = 0; i < count; i++) {
		struct value value = values[fields[i].slot];
		if (value.kind == VALUE_EMPTY)
			continue;
		if (!is_for_reader(making, &fields[i])) {
			withhold(making, fields[i].label);
			continue;
		}
		into[added++] = (struct desk_letter_value){fields[i].name,
			fields[i].label,
			given_shown(&fields[i], value, making->at->desk->arena)};
	}
	return added;
}

static struct desk_letter_part part_of(struct making *making,
	const struct definition_part *part, int64_t item)
{
	const struct entry_part *rows = &making->entry->parts[part->number - 1];
	struct arena *arena = making->at->desk->arena;
	struct desk_letter_row *kept = arena_array(arena, rows->count + 1,
		sizeof *kept);
	bool is_about = part == making->letter->part;
	size_t chosen = is_about ? rows->count : 0;
	for (size_t i = 0; i < rows->count; i++) {
		struct desk_letter_value *values = arena_array(arena,
			part->field_count + 1, sizeof *values);
		kept[i].count = add_fields(making, part->fields,
			part->field_count, rows->rows[i], values);
		kept[i].values = values;
		if (is_about && rows->items[i] == item)
			chosen = i + 1;
	}
	if (chosen > 0)
		making->out.item = rows->items[chosen - 1];
	return (struct desk_letter_part){.name = part->name,
		.title = part->one,
		.rows = kept,
		.count = rows->count,
		.chosen = chosen};
}

/* The states it was in are the council's own history. */
static void add_parts(struct making *making, int64_t item)
{
	const struct definition *of = making->entry->of;
	struct desk_letter_part *parts = arena_array(making->at->desk->arena,
		of->part_count + 1, sizeof *parts);
	for (size_t i = 0; i < of->part_count; i++)
		if (&of->parts[i] != definition_stays(of))
			parts[making->out.part_count++] = part_of(making,
				&of->parts[i], item);
	making->out.parts = parts;
}

/* ---- What every letter may name ---- */

static void add_value(struct making *making, const char *name, struct text text)
{
	making->values[making->out.value_count++] =
		(struct desk_letter_value){name, NULL, text};
}

static struct text fact_text(const struct entry *entry, enum fact fact,
	struct arena *arena)
{
	char words[DATE_WORDS];
	struct value value =
		entry->values[definition_slot(entry->of, DEFINITION_SLOTS) + (int)fact];
	if (value.kind == VALUE_TEXT)
		return value.text;
	if (value.kind != VALUE_DATE)
		return TEXT("");
	date_words(value.date, words);
	return arena_text(arena, text_of(words));
}

static void add_common(struct making *making)
{
	struct desk *desk = making->at->desk;
	struct arena *arena = desk->arena;
	const struct entry *entry = making->entry;
	struct text surname = fact_text(entry, FACT_SURNAME, arena);
	struct text forename = fact_text(entry, FACT_FORENAME, arena);
	struct value owner = entry_slot(entry, DEFINITION_OWNER);
	char today[DATE_WORDS];
	date_words(desk->today, today);
	add_value(making, "child.forename", forename);
	add_value(making, "child.surname", surname);
	add_value(making, "child.name",
		text_trim(text_of(arena_format(arena, TEXT_FORMAT " " TEXT_FORMAT,
			TEXT_ARGS(forename), TEXT_ARGS(surname)))));
	add_value(making, "child.born", fact_text(entry, FACT_BORN, arena));
	add_value(making, "today", arena_text(arena, text_of(today)));
	add_value(making, "reference", text_of(making->out.reference));
	add_value(making, "council.name", text_of(making->out.council));
	add_value(making, "owner.name",
		owner.kind == VALUE_TEXT ? owner.text : TEXT(""));
}

/* ---- The acts ---- */

/* May it be made now: its day, its condition. */
static bool may_be_made(struct making *making,
	const struct condition_calendar *calendar, struct fault *fault)
{
	const struct definition_letter *letter = making->letter;
	const struct entry *entry = making->entry;
	struct date today = making->at->desk->today;
	const struct value *row = NULL;
	if (letter->part != NULL) {
		const struct entry_part *rows =
			&entry->parts[letter->part->number - 1];
		size_t place = rows->count;
		if (making->out.item != 0
			&& !entry_find_row(entry, letter->part,
				making->out.item, &place))
			return fault_set(fault, FAULT_MISSING,
				"there is no such %s in this entry",
				letter->part->one);
		if (rows->count == 0)
			return fault_set(fault, FAULT_INPUT,
				"the letter is about a %s, and there is none",
				letter->part->one);
		row = rows->rows[place == rows->count ? place - 1 : place];
	}
	if (!definition_holds_on(&letter->span, entry_settings(entry), today))
		return fault_set(fault, FAULT_INPUT,
			"\"%s\" is not in force on this day", letter->title);
	if (letter->when != NULL
		&& !condition_holds(letter->when,
			entry_input(entry, row, today, calendar)))
		return fault_set(fault, FAULT_INPUT,
			"\"%s\" cannot be made yet", letter->title);
	return true;
}

static bool make(struct case_at *at, const struct desk_letter_input *in,
	struct making *making, struct fault *fault)
{
	struct entry *entry;
	struct condition_calendar calendar;
	struct desk *desk = at->desk;
	if (!case_at_load(at, in->reference, &entry, fault)
		|| !keep_dress(&at->keep, entry, desk->today, &calendar, fault))
		return false;
	*making = (struct making){.at = at,
		.entry = entry,
		.letter = definition_letter(entry->of, in->letter)};
	if (making->letter == NULL)
		return fault_set(fault, FAULT_MISSING,
			"there is no letter \"" TEXT_FORMAT "\" in this register",
			TEXT_ARGS(text_cut(in->letter, 0, 60)));
	making->out = (struct desk_letter){.letter = making->letter,
		.reference = case_at_reference(at, entry->of, entry->id),
		.council = arena_string(desk->arena, text_of(at->part.name)),
		.entry = entry->id,
		.item = in->item,
		.version = entry->version};
	/* What holds is judged by all that is known, what is written by what the
	 * person sees. */
	return may_be_made(making, &calendar, fault)
		&& case_at_blank(at, entry, fault)
		&& register_letter(desk->registers, making->letter, desk->arena,
			&making->out.template, fault);
}

bool acts_letter(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { COMMON = 16 };
	const struct desk_letter_input *in = input;
	struct case_at at;
	struct making making;
	if (!case_at_open(desk, &at, fault) || !make(&at, in, &making, fault))
		return false;
	const struct definition *of = making.entry->of;
	size_t most = of->field_count + COMMON;
	for (size_t i = 0; i < of->part_count; i++)
		most += of->parts[i].field_count;
	making.values = arena_array(desk->arena, most, sizeof *making.values);
	making.withheld = arena_array(desk->arena, most, sizeof *making.withheld);
	add_common(&making);
	making.out.value_count += add_fields(&making, of->fields, of->field_count,
		making.entry->values, making.values + making.out.value_count);
	add_parts(&making, in->item);
	making.out.values = making.values;
	making.out.withheld = making.withheld;
	*(struct desk_letter *)output = making.out;
	*note = case_at_note(&at, making.entry->subject,
		arena_format(desk->arena, "%s %s", making.out.reference,
			making.letter->name));
	return true;
}

bool acts_letter_send(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	const struct desk_letter_send_input *in = input;
	const struct desk_letter_input about = {in->reference, in->letter,
		in->item};
	struct case_at at;
	struct making making;
	char digest[DIGEST_TEXT];
	(void)output;
	if (in->content.length == 0 || in->recipient == NULL
		|| in->recipient[0] == '\0')
		return fault_set(fault, FAULT_INPUT,
			"enter whom the letter went to");
	if (!codes_is_known(desk->codes, "service-methods",
		    text_of(in->how == NULL ? "" : in->how)))
		return fault_set(fault, FAULT_INPUT,
			"select how the letter was sent");
	if (!case_at_open(desk, &at, fault) || !make(&at, &about, &making, fault))
		return false;
	digest_text(in->content, digest);
	*note = case_at_note(&at, making.entry->subject,
		arena_format(desk->arena, "%s %s %s", making.out.reference,
			making.letter->name, digest));
	return store_run(at.part.store, store_find(case_sql, "letter_add"),
		STORE_VALUES(store_integer(at.part.la),
			store_integer(ident_next(&at.ids)),
			store_integer(making.entry->id),
			store_integer(making.out.item),
			store_integer(making.entry->version),
			store_string(making.letter->name),
			store_string(in->recipient),
			store_string(
				(making.letter->audience & DEFINITION_FOR_FAMILY) != 0
					? "family"
					: "partners"),
			store_date(date_is_none(in->on) ? desk->today : in->on),
			store_string(desk->person.login), store_string(in->how),
			store_string(digest), store_text(in->content)),
		fault);
}

bool acts_letters(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	enum { MOST = 500 };
	const struct desk_case_input *in = input;
	struct desk_letters_output *out = output;
	struct arena *arena = desk->arena;
	struct case_at at;
	struct entry *entry;
	struct store_rows *rows;
	size_t count = 0;
	struct desk_letter_line *lines = arena_array(arena, MOST, sizeof *lines);
	if (!case_at_open(desk, &at, fault)
		|| !case_at_load(&at, in->reference, &entry, fault)
		|| !store_query(at.part.store, store_find(case_sql, "letters_of"),
			STORE_VALUES(store_integer(at.part.la),
				store_integer(entry->id)),
			&rows, fault))
		return false;
	while (count < MOST && store_next(rows, fault)) {
		struct desk_letter_line *line = &lines[count++];
		const char **texts[] = {&line->letter, &line->recipient,
			&line->how, &line->sent_by, &line->digest};
		line->id = store_get_integer(rows, 0);
		for (size_t i = 0; i < COUNT_OF(texts); i++)
			*texts[i] = arena_string(arena,
				store_get_text(rows, (int)i + 1));
		line->on = store_get_date(rows, 6);
	}
	store_end(rows);
	*out = (struct desk_letters_output){lines, count};
	*note = case_at_note(&at, entry->subject, "letters");
	return !fault_is_set(fault);
}
