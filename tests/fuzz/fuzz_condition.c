/* SPDX-License-Identifier: MIT
 *
 * The condition language on any bytes: it reads a condition or names a mistake
 * inside the text. What it reads gives a value of the kind it said, and is
 * printed as a text that reads as the same again.
 */
#include <stdint.h>

#include "base/buffer.h"
#include "case.h"
#include "codes/school_calendar.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

/* Made once, for the life of the program. */
static struct arena *made;
static struct condition_calendar calendar;
static struct condition_scope scope;
static struct condition_input input;

static void make(void)
{
	struct fault fault = {0};
	struct codes *codes = NULL;
	struct school_calendars *calendars = NULL;
	made = arena_open();
	require(codes_open(made, NULL, &codes, &fault));
	require(school_calendar_open(made, codes, &calendars, &fault));
	calendar.holidays = codes_bank_holidays(codes);
	calendar.school = school_calendar_on(calendars, 206, 0, DATE_NONE).school;
	scope = case_scope(made, codes);
	input = case_input(made, &calendar);
}

static void count_name(void *context, const struct condition_name *name)
{
	size_t *count = context;
	require(name >= scope.names && name < scope.names + scope.count);
	(*count)++;
}

static void check_value(const struct condition *condition, enum value_kind kind)
{
	struct value value = condition_value(condition, &input);
	require(value.kind == VALUE_EMPTY || value.kind == kind);
	require(value.kind != VALUE_TEXT || value.text.length > 0);
	require(value.kind != VALUE_DATE || value.date.day > 0);
	size_t names = 0;
	condition_uses(condition, count_name, &names);
	require(names <= scope.count);
}

/* Longer or deeper than a text may be: brackets add to both. */
static bool is_limit(struct condition_mistake mistake)
{
	struct text message = text_of(mistake.message);
	return text_starts(message, TEXT("more than "))
		|| text_has(message, TEXT("longer than"));
}

static void check_print(struct arena *arena, const struct condition *condition,
	enum value_kind kind)
{
	struct buffer one = {.maximum = 1 << 20}, two = {.maximum = 1 << 20};
	struct condition_mistake mistake = {0};
	enum value_kind again = VALUE_EMPTY;
	condition_print(condition, &one);
	const struct condition *reread = condition_read_any(arena,
		buffer_text(&one), &scope, &again, &mistake);
	require(reread != NULL || is_limit(mistake));
	if (reread != NULL) {
		condition_print(reread, &two);
		require(again == kind
			&& text_equals(buffer_text(&one), buffer_text(&two)));
		require(value_equals(condition_value(condition, &input),
			condition_value(reread, &input)));
	}
	buffer_finish(&one);
	buffer_finish(&two);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (made == NULL)
		make();
	scope.row_part = length > 0 ? bytes[0] % (CASE_PARTS + 1) : 0;
	input.row = scope.row_part == 0
		? NULL
		: input.parts[scope.row_part - 1].rows[0];
	struct text text = {(const char *)bytes + (length > 0),
		length - (length > 0)};
	struct arena *arena = arena_open();
	struct condition_mistake mistake = {0};
	enum value_kind kind = VALUE_EMPTY;
	const struct condition *condition = condition_read_any(arena, text,
		&scope, &kind, &mistake);
	if (condition == NULL) {
		require(mistake.at <= length && mistake.message[0] != '\0');
		require(mistake.hint != NULL);
	} else {
		require(kind > VALUE_EMPTY && kind < VALUE_KINDS);
		check_value(condition, kind);
		check_print(arena, condition, kind);
	}
	arena_close(arena);
	return 0;
}
