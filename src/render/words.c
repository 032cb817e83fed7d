/* SPDX-License-Identifier: MIT
 *
 * Joining what the view says into phrases.
 */
#include "render/words.h"

#include <string.h>

#include "render/status.h"

bool words_given(const char *string)
{
	return string != NULL && string[0] != '\0';
}

const char *words_or(const char *string, const char *otherwise)
{
	return words_given(string) ? string : otherwise;
}

/* By hand: a chart is made of thousands of numbers. */
static void put_number(struct buffer *out, bool is_negative, uint64_t size,
	bool has_tenth)
{
	char digits[24];
	size_t at = sizeof digits;
	if (has_tenth) {
		digits[--at] = (char)('0' + size % 10);
		digits[--at] = '.';
		size /= 10;
	}
	do {
		digits[--at] = (char)('0' + size % 10);
		size /= 10;
	} while (size > 0);
	if (is_negative)
		digits[--at] = '-';
	buffer_add(out, (struct text){digits + at, sizeof digits - at});
}

static uint64_t size_of(int64_t number)
{
	return number < 0 ? -(uint64_t)number : (uint64_t)number;
}

void words_tenths(struct buffer *out, int64_t tenths)
{
	put_number(out, tenths < 0, size_of(tenths), true);
}

void words_whole(struct buffer *out, int64_t tenths)
{
	if (tenths % 10 != 0)
		words_tenths(out, tenths);
	else
		put_number(out, tenths < 0, size_of(tenths / 10), false);
}

const char *words_fraction(struct arena *arena, const char *numerator,
	const char *denominator)
{
	if (!words_given(numerator) || !words_given(denominator))
		return words_or(numerator, "");
	return arena_format(arena, "%s of %s", numerator, denominator);
}

/* "plans that were repeats" behind its number, when there are such words;
 * "plans that were repeats: c" with a symbol. */
static const char *counted(struct arena *arena, const char *number,
	const char *words)
{
	if (status_symbol(number) != NULL && words_given(words))
		return arena_format(arena, "%s: %s", words, number);
	return arena_format(arena, "%s%s%s", number,
		words_given(words) ? " " : "", words_or(words, ""));
}

const char *words_fraction_in_full(struct arena *arena,
	const struct view_measure *measure)
{
	if (!words_given(measure->numerator))
		return "";
	const char *above = counted(arena, measure->numerator,
		measure->numerator_words);
	if (!words_given(measure->denominator))
		return above;
	return arena_format(arena, "%s, of %s", above,
		counted(arena, measure->denominator, measure->denominator_words));
}

const char *words_symbol(const struct view_measure *measure)
{
	if (!words_given(measure->symbol))
		return "";
	const struct status_symbol *known = status_symbol(measure->symbol);
	return words_or(measure->symbol_words, known == NULL ? "" : known->words);
}

const char *words_value(struct arena *arena, const struct view_measure *measure)
{
	const char *meaning = words_symbol(measure);
	const char *value = words_or(measure->value, measure->symbol);
	if (!words_given(meaning))
		return words_or(value, "not given");
	return arena_format(arena, "%s: %s", value, meaning);
}

const char *words_explained(struct arena *arena, const char *value)
{
	const struct status_symbol *symbol = status_symbol(value);
	if (symbol == NULL)
		return words_or(value, "not available");
	return arena_format(arena, "%s: %s", symbol->symbol, symbol->words);
}

const char *words_comparator(struct arena *arena,
	const struct view_measure *measure)
{
	if (!words_given(measure->comparator_name))
		return "";
	return arena_format(arena, "%s %s", measure->comparator_name,
		words_or(measure->comparator, "not available"));
}

const char *words_status(const struct view_measure *measure)
{
	return words_or(measure->status_words,
		status_look(measure->status)->words);
}

const char *words_direction(const struct view_measure *measure)
{
	return words_or(measure->direction_words,
		status_way(measure->direction)->word);
}

const char *words_unit(enum view_unit unit)
{
	static const char *const names[] = {
		[VIEW_PERCENT] = "percent",
		[VIEW_COUNT] = "count",
		[VIEW_RATE_10000] = "rate_per_10000",
		[VIEW_DAYS] = "days",
		[VIEW_MEAN] = "mean",
	};
	return (size_t)unit < COUNT_OF(names) ? names[unit] : "";
}

bool words_is_exception(const struct view_measure *measure)
{
	return measure->status == VIEW_RED || measure->status == VIEW_AMBER
		|| measure->direction == VIEW_WORSE;
}

const char *words_exception(struct arena *arena,
	const struct view_measure *measure)
{
	const struct status_look *look = status_look(measure->status);
	const char *change = words_or(measure->change, "");
	const char *gap = words_or(measure->against_target, "");
	return arena_format(arena, "%s%s%s. %s%s%s%s%s", look->word,
		look->word[0] == '\0' ? "" : ": ", words_status(measure), gap,
		gap[0] == '\0' ? "" : ". ", words_direction(measure),
		change[0] == '\0' ? "" : ": ", change);
}

static bool is(const char *value, const char *symbol)
{
	return value != NULL && strcmp(value, symbol) == 0;
}

static bool measure_uses(const struct view_measure *measure, const char *symbol)
{
	if (is(measure->symbol, symbol) || is(measure->previous, symbol)
		|| is(measure->numerator, symbol)
		|| is(measure->denominator, symbol))
		return true;
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		if (is(point->value, symbol) || is(point->numerator, symbol)
			|| is(point->denominator, symbol))
			return true;
	}
	for (size_t b = 0; b < measure->breakdown_count; b++)
		for (size_t i = 0; i < measure->breakdowns[b].count; i++) {
			const struct view_group *group =
				&measure->breakdowns[b].groups[i];
			if (is(group->value, symbol)
				|| is(group->numerator, symbol)
				|| is(group->denominator, symbol))
				return true;
		}
	return false;
}

bool words_uses_symbol(const struct view_report *report, const char *symbol)
{
	for (size_t i = 0; i < report->measure_count; i++)
		if (measure_uses(&report->measures[i], symbol))
			return true;
	return false;
}
