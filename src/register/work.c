/* SPDX-License-Identifier: MIT
 *
 * Working out clocks.
 */
#include "register/work.h"

struct working {
	const struct entry *entry;
	struct date today;
	const struct condition_calendar *calendar;
	struct work_item *items;
	size_t count;
};

/* How many: a number of the text, a setting, or what a field holds. */
static int number_of(const struct definition_count *count,
	const struct value *settings, const struct condition_input *input)
{
	struct value value = value_number(count->number);
	if (count->setting != NULL)
		value = settings[count->setting->slot];
	else if (count->field != NULL)
		value = condition_value(count->field, input);
	return value.kind == VALUE_NUMBER ? (int)value.number : 0;
}

struct date work_count(const struct definition_count *count, int number,
	struct date from, const struct condition_calendar *calendar)
{
	bool has_school = calendar->school != NULL;
	struct date last = DATE_NONE;
	switch (count->unit) {
	case DEFINITION_DAYS:
		last = clock_within(from, number);
		break;
	case DEFINITION_WEEKS:
		last = clock_within(from, 7 * number);
		break;
	case DEFINITION_MONTHS:
		last = clock_months(from, number);
		break;
	case DEFINITION_WORKING_DAYS:
		last = clock_working_days(&calendar->holidays, from, number);
		break;
	case DEFINITION_SCHOOL_DAYS:
		if (has_school)
			last = clock_school_days(calendar->school, from, number);
		break;
	case DEFINITION_SCHOOL_WEEKS:
		if (has_school)
			last = clock_school_weeks(calendar->school, from, number);
		break;
	default:
		break;
	}
	/* The day of the event is day 1: the period ends a day earlier. */
	return count->is_beginning_with ? date_add_days(last, -1) : last;
}

/* Days before, counted back. */
static struct date warns_at(const struct definition_clock *clock, int number,
	struct date due)
{
	static const int days[DEFINITION_UNITS] = {[DEFINITION_DAYS] = 1,
		[DEFINITION_WORKING_DAYS] = 1,
		[DEFINITION_SCHOOL_DAYS] = 1,
		[DEFINITION_SCHOOL_WEEKS] = 7,
		[DEFINITION_WEEKS] = 7};
	if (date_is_none(due))
		return DATE_NONE;
	if (clock->warn.unit == DEFINITION_MONTHS)
		return date_add_months(due, -number);
	return date_add_days(due, -number * days[clock->warn.unit]);
}

static void add_item(struct working *working,
	const struct definition_clock *clock, const struct value *row,
	int64_t item)
{
	const struct entry *entry = working->entry;
	const struct value *settings = entry_settings(entry);
	const struct condition_input *input = entry_input(entry, row,
		working->today, working->calendar);
	if (clock->when != NULL && !condition_holds(clock->when, input))
		return;
	struct value starts = condition_value(clock->starts, input);
	if (starts.kind != VALUE_DATE
		|| !definition_holds_on(&clock->span, settings, starts.date))
		return;
	struct value stops = clock->stops == NULL
		? value_empty()
		: condition_value(clock->stops, input);
	bool is_ended = !entry_is_open(entry)
		|| (clock->ends != NULL && condition_holds(clock->ends, input));
	/* What nobody need do any more is no work, and was not done either. */
	if (stops.kind != VALUE_DATE && is_ended)
		return;
	int number = number_of(&clock->count, settings, input);
	struct date due = work_count(&clock->count, number, starts.date,
		working->calendar);
	working->items[working->count++] = (struct work_item){.clock = clock,
		.item = item,
		.number = number,
		.starts = starts.date,
		.due = due,
		.warns = warns_at(clock,
			number_of(&clock->warn, settings, input), due),
		.done = stops.kind == VALUE_DATE ? stops.date : DATE_NONE};
}

void work_of(const struct entry *entry, struct date today,
	const struct condition_calendar *calendar, struct arena *arena,
	const struct work_item **out_items, size_t *out_count)
{
	const struct definition *of = entry->of;
	size_t most = of->clock_count + 1;
	for (size_t i = 0; i < of->clock_count; i++)
		if (of->clocks[i].part != NULL)
			most += entry->parts[of->clocks[i].part->number - 1].count;
	struct working working = {.entry = entry,
		.today = today,
		.calendar = calendar,
		.items = arena_array(arena, most, sizeof *working.items)};
	for (size_t i = 0; i < of->clock_count; i++) {
		const struct definition_clock *clock = &of->clocks[i];
		if (clock->part == NULL) {
			add_item(&working, clock, NULL, 0);
			continue;
		}
		const struct entry_part *rows =
			&entry->parts[clock->part->number - 1];
		for (size_t j = 0; j < rows->count; j++)
			add_item(&working, clock, rows->rows[j], rows->items[j]);
	}
	*out_items = working.items;
	*out_count = working.count;
}

const char *work_reason(const struct work_item *item, struct arena *arena)
{
	const struct definition_clock *clock = item->clock;
	char from[DATE_WORDS];
	date_words(item->starts, from);
	if (item->number == 0)
		return arena_format(arena, "on %s (%s)", from, clock->law);
	return arena_format(arena, "%d %s %s %s (%s)", item->number,
		definition_unit_word(clock->count.unit),
		clock->count.is_beginning_with ? "beginning with" : "after",
		from, clock->law);
}
