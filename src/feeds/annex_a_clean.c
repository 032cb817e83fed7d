/* SPDX-License-Identifier: MIT
 *
 * From a cell as people fill it in to a value: "q) 6: Police" is 6, "b) Female"
 * and "Female" are F, "N1 - Abuse or Neglect" is N1. What cannot be read keeps
 * its words, without the letter of the drop-down list.
 */
#include "codes/codes.h"
#include "feeds/annex_a-inside.h"

/* Words that stand for a code and are not its label. */
static const struct {
	const char *list, *words, *code;
} others[] = {
	{"sex", "Not stated/recorded", "U"},
	{"sex", "Not stated", "U"},
	{"sex", "Not recorded", "U"},
	{"sex", "Neither", "U"},
	{"sex", "Unknown", "U"},
	{"sex", "Unborn", "U"},
	{"sex", "Indeterminate", "U"},
	{"category-of-abuse", "Multiple/not recommended", "MUL"},
	{"category-of-abuse", "Multiple categories", "MUL"},
	{"category-of-abuse", "Physical", "PHY"},
	{"category-of-abuse", "Emotional", "EMO"},
	{"category-of-abuse", "Sexual", "SAB"},
};

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Takes "b) " or "aa) " off. */
static struct text without_letter(struct text text)
{
	size_t at = 0;
	while (at < text.length && at < 2 && is_letter(text.at[at]))
		at++;
	if (at == 0 || at >= text.length || text.at[at] != ')')
		return text;
	return text_trim(text_cut(text, at + 1, text.length));
}

/* Letters and digits at the start with a colon, a dash or nothing behind. */
static struct text leading_code(struct text text)
{
	size_t end = 0;
	while (end < text.length
		&& (is_letter(text.at[end]) || is_digit(text.at[end])))
		end++;
	struct text behind = text_trim(text_cut(text, end, text.length));
	/* 0xE2 begins the longer dashes in UTF-8. */
	bool is_apart = behind.length == 0 || behind.at[0] == ':'
		|| behind.at[0] == '-' || behind.at[0] == '\xe2';
	return text_cut(text, 0, is_apart ? end : 0);
}

static bool find_code(const struct codes *codes, const char *list_name,
	struct text words, struct arena *arena, struct text *out_code)
{
	struct text code = feed_squeezed(arena, leading_code(words));
	const struct codes_list *list = codes_list(codes, list_name);
	if (code.length > 0 && codes_in(list, code, DATE_NONE) != NULL) {
		*out_code = code;
		return true;
	}
	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (text_equals_folded(list->entries[i].label, words)) {
			*out_code = list->entries[i].code;
			return true;
		}
	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (text_is(text_of(list_name), others[i].list)
			&& text_equals_folded(words, text_of(others[i].words))) {
			*out_code = text_of(others[i].code);
			return true;
		}
	return false;
}

static bool find_yes(struct text words, struct text *out_yes)
{
	static const struct {
		const char *word, *yes;
	} readings[] = {{"yes", "Y"}, {"no", "N"}, {"y", "Y"}, {"n", "N"},
		{"true", "Y"}, {"false", "N"}, {"1", "Y"}, {"0", "N"}};
	for (size_t i = 0; i < COUNT_OF(readings); i++)
		if (text_equals_folded(words, text_of(readings[i].word))) {
			*out_yes = text_of(readings[i].yes);
			return true;
		}
	return false;
}

/* A number without a date's style is a date all the same, if it is one of the
 * years 1950 to 2100. */
static bool find_date(const struct annex_a_cell *cell, struct text words,
	struct date *out_date)
{
	enum { FIRST_SERIAL = 18264, LAST_SERIAL = 73415 };
	int64_t serial;
	if (cell->kind != XLSX_NUMBER)
		return date_read_any(words, out_date);
	return text_to_whole(words, &serial) && serial >= FIRST_SERIAL
		&& serial <= LAST_SERIAL && date_from_serial(serial, out_date);
}

/* The whole part of "6.138". */
static bool find_age(struct text words, struct text *out_age)
{
	int64_t age;
	struct text rest;
	struct text whole = text_split(words, '.', &rest);
	for (size_t i = 0; i < rest.length; i++)
		if (!is_digit(rest.at[i]))
			return false;
	if (!text_to_int64(whole, &age))
		return false;
	*out_age = whole;
	return true;
}

static bool find_number(struct text words, struct arena *arena,
	struct text *out_number)
{
	int64_t number;
	if (!text_to_whole(words, &number))
		return false;
	*out_number = text_of(arena_format(arena, "%lld", (long long)number));
	return true;
}

/* Pasted as words, the errors of a spreadsheet are errors all the same. */
static bool is_error(const struct annex_a_cell *cell, struct text words)
{
	static const char *const errors[] = {"#N/A", "#REF!", "#VALUE!",
		"#NAME?", "#DIV/0!", "#NULL!", "#NUM!"};
	for (size_t i = 0; i < COUNT_OF(errors); i++)
		if (text_is(words, errors[i]))
			return true;
	return cell->kind == XLSX_ERROR;
}

static void clean_date(const struct annex_a_cell *cell, struct arena *arena,
	struct annex_a_value *value)
{
	char iso[DATE_TEXT];
	if (!find_date(cell, value->text, &value->date)) {
		value->flaw = ANNEX_A_NOT_DATE;
		return;
	}
	date_write(value->date, iso);
	value->text = arena_text(arena, text_of(iso));
}

/* Whether a value of the type was found; `value->text` becomes it. */
static bool find_value(const struct codes *codes,
	const struct annex_a_column *column, struct arena *arena,
	struct text *text)
{
	switch (column->type) {
	case ANNEX_A_CODE:
		return find_code(codes, column->codes, *text, arena, text);
	case ANNEX_A_YES:
		return find_yes(*text, text);
	case ANNEX_A_NUMBER:
		return find_number(*text, arena, text);
	case ANNEX_A_AGE:
		return find_age(*text, text);
	case ANNEX_A_CHOICE:
	case ANNEX_A_TEXT:
	case ANNEX_A_DATE:
		break;
	}
	return true;
}

void annex_a_clean(const struct codes *codes, const struct annex_a_cell *cell,
	struct arena *arena, struct annex_a_value *out_value)
{
	static const enum annex_a_flaw flaws[] = {
		[ANNEX_A_CODE] = ANNEX_A_NOT_CODE,
		[ANNEX_A_YES] = ANNEX_A_NOT_YES,
		[ANNEX_A_NUMBER] = ANNEX_A_NOT_NUMBER,
		[ANNEX_A_AGE] = ANNEX_A_NOT_NUMBER,
	};
	struct annex_a_value value = {.text = text_trim(cell->written)};
	const struct annex_a_column *column = cell->column;
	enum annex_a_type type = column == NULL ? ANNEX_A_TEXT : column->type;
	if (is_error(cell, value.text)) {
		value.text = (struct text){.at = NULL, .length = 0};
		value.flaw = ANNEX_A_CELL_ERROR;
	} else if (type == ANNEX_A_DATE) {
		clean_date(cell, arena, &value);
	} else if (type != ANNEX_A_TEXT) {
		value.text = without_letter(value.text);
		if (!find_value(codes, column, arena, &value.text))
			value.flaw = flaws[type];
	}
	*out_value = value;
}
