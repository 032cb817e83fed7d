/* SPDX-License-Identifier: MIT
 *
 * Folding codes to bytes, and the tables a year is read with.
 */
#include "marks/marks.h"

#include "marks/year-inside.h"

#include "base/period.h"

struct marks_table {
	const struct marks_code *codes;
	size_t count;
	uint8_t no_mark;
	uint8_t folds[256]; /* the byte of a code of one character */
	size_t firsts[256]; /* the first code with that byte; count: none */
};

static const char *const class_names[MARKS_CLASSES] = {
	[MARKS_UNMAPPED] = "unmapped",
	[MARKS_NONE] = "none",
	[MARKS_NOT_POSSIBLE] = "not-possible",
	[MARKS_ATTENDING] = "attending",
	[MARKS_ACTIVITY] = "activity",
	[MARKS_AUTHORISED] = "authorised",
	[MARKS_UNAUTHORISED] = "unauthorised",
};

const char *marks_class_name(enum marks_class class)
{
	return class < MARKS_CLASSES ? class_names[class] : "";
}

bool marks_class_read(struct text text, enum marks_class *out_class)
{
	for (int class = MARKS_NOT_POSSIBLE; class < MARKS_CLASSES; class ++)
		if (text_is(text, class_names[class])) {
			*out_class = (enum marks_class) class;
			return true;
		}
	return false;
}

static bool is_in_force(const struct marks_code *code, struct date day)
{
	return (date_is_none(code->from) || code->from.day <= day.day)
		&& (date_is_none(code->to) || day.day <= code->to.day);
}

static bool overlap(const struct marks_code *a, const struct marks_code *b)
{
	bool a_ends_first = !date_is_none(a->to) && !date_is_none(b->from)
		&& a->to.day < b->from.day;
	bool b_ends_first = !date_is_none(b->to) && !date_is_none(a->from)
		&& b->to.day < a->from.day;
	return !a_ends_first && !b_ends_first;
}

static bool check_code(const struct marks_code *code, uint8_t no_mark,
	struct fault *fault)
{
	if (code->code.length < 1 || code->code.length > 3)
		return fault_set(fault, FAULT_BROKEN,
			"the mark code \"" TEXT_FORMAT
			"\" must have one to three characters",
			TEXT_ARGS(code->code));
	if (code->byte == no_mark || code->byte == MARKS_UNKNOWN)
		return fault_set(fault, FAULT_BROKEN,
			"the mark code \"" TEXT_FORMAT
			"\" has a byte kept for other uses",
			TEXT_ARGS(code->code));
	if (code->class < MARKS_NOT_POSSIBLE || code->class >= MARKS_CLASSES)
		return fault_set(fault, FAULT_BROKEN,
			"the mark code \"" TEXT_FORMAT "\" has no class",
			TEXT_ARGS(code->code));
	return true;
}

static bool check_pair(const struct marks_code *a, const struct marks_code *b,
	struct fault *fault)
{
	bool is_same = text_equals(a->code, b->code);
	if (is_same != (a->byte == b->byte))
		return fault_set(fault, FAULT_BROKEN,
			"the mark codes \"" TEXT_FORMAT "\" and \"" TEXT_FORMAT
			"\" do not agree on their bytes",
			TEXT_ARGS(a->code), TEXT_ARGS(b->code));
	if (is_same && overlap(a, b))
		return fault_set(fault, FAULT_BROKEN,
			"the mark code \"" TEXT_FORMAT
			"\" has two classes on the same day",
			TEXT_ARGS(a->code));
	return true;
}

static uint8_t fold(const struct marks_table *table, struct text code)
{
	struct text trimmed = text_trim(code);
	if (text_is_empty(trimmed))
		return table->no_mark;
	for (size_t i = 0; i < table->count; i++)
		if (text_equals(table->codes[i].code, trimmed))
			return table->codes[i].byte;
	if (trimmed.length == 1 && (uint8_t)trimmed.at[0] == table->no_mark)
		return table->no_mark;
	return MARKS_UNKNOWN;
}

bool marks_table(struct arena *arena, const struct marks_code *codes,
	size_t count, uint8_t no_mark, const struct marks_table **out_table,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++) {
		if (!check_code(&codes[i], no_mark, fault))
			return false;
		for (size_t j = 0; j < i; j++)
			if (!check_pair(&codes[j], &codes[i], fault))
				return false;
	}
	struct marks_table *table = arena_new(arena, sizeof(*table));
	*table = (struct marks_table){codes, count, no_mark, {0}, {0}};
	for (int byte = 0; byte < 256; byte++) {
		char letter = (char)byte;
		table->folds[byte] = fold(table, (struct text){&letter, 1});
		size_t first = 0;
		while (first < count && codes[first].byte != byte)
			first++;
		table->firsts[byte] = first;
	}
	*out_table = table;
	return true;
}

uint8_t marks_fold(const struct marks_table *table, struct text code)
{
	return code.length == 1 ? table->folds[(unsigned char)code.at[0]]
				: fold(table, code);
}

struct text marks_unfold(const struct marks_table *table, uint8_t byte)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->codes[i].byte == byte)
			return table->codes[i].code;
	return byte == table->no_mark ? TEXT("") : TEXT("?");
}

static const struct marks_code *find(const struct marks_table *table,
	uint8_t byte, struct date day)
{
	for (size_t i = table->firsts[byte]; i < table->count; i++)
		if (table->codes[i].byte == byte
			&& is_in_force(&table->codes[i], day))
			return &table->codes[i];
	return NULL;
}

enum marks_class marks_class(const struct marks_table *table, uint8_t byte,
	struct date day)
{
	if (byte == table->no_mark)
		return MARKS_NONE;
	const struct marks_code *code = find(table, byte, day);
	return code == NULL ? MARKS_UNMAPPED : code->class;
}

bool marks_place(int year, struct date day, enum marks_session session,
	size_t *out_place)
{
	struct period span = period_absence_year(year);
	if (day.day < span.first.day || day.day > span.last.day)
		return false;
	*out_place = (size_t)(day.day - span.first.day) * 2
		+ (session == MARKS_AFTERNOON);
	return true;
}

/* Some code begins on the day, or ended the day before. */
static bool is_change(const struct marks_table *table, struct date day)
{
	for (size_t i = 0; i < table->count; i++)
		if (table->codes[i].from.day == day.day
			|| (!date_is_none(table->codes[i].to)
				&& table->codes[i].to.day + 1 == day.day))
			return true;
	return false;
}

static void fill(struct year_stretch *stretch, const struct marks_table *table,
	struct date day)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct marks_code *code = &table->codes[i];
		if (is_in_force(code, day))
			stretch->meaning[code->byte] =
				(uint8_t)(code->class | (code->is_late ? YEAR_LATE : 0));
	}
	stretch->meaning[table->no_mark] = MARKS_NONE;
	for (int byte = 0; byte < 256; byte++) {
		uint8_t meaning = stretch->meaning[byte];
		stretch->unit[byte] = (uint64_t)1 << (meaning % 8 * 8);
		if (meaning & YEAR_LATE)
			stretch->unit[byte] |= (uint64_t)1 << 56;
		uint8_t row = (uint8_t)(byte / 16);
		uint32_t rows = stretch->row_count;
		if (meaning != 0 && (rows == 0 || stretch->rows[rows - 1] != row))
			stretch->rows[stretch->row_count++] = row;
	}
}

const struct marks_year *marks_year(struct arena *arena,
	const struct marks_table *table, int year)
{
	struct period span = period_absence_year(year);
	uint32_t changes = 0;
	for (int32_t day = span.first.day + 1; day <= span.last.day; day++)
		changes += is_change(table, (struct date){day});
	struct marks_year *result = arena_new(arena, sizeof(*result));
	result->stretches = arena_array(arena, changes + 1,
		sizeof(struct year_stretch));
	for (int32_t day = span.first.day; day <= span.last.day; day++) {
		if (day != span.first.day && !is_change(table, (struct date){day}))
			continue;
		struct year_stretch *next = &result->stretches[result->count++];
		next->from = (uint32_t)(day - span.first.day) * 2;
		next->to = MARKS_YEAR;
		if (result->count > 1)
			next[-1].to = next->from;
		fill(next, table, (struct date){day});
	}
	return result;
}
