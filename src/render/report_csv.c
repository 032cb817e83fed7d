/* SPDX-License-Identifier: MIT
 *
 * The report as one tidy table, for a person's spreadsheet.
 *
 * The column `row` says what a row is: "current" (one a measure, with its
 * status), "history" (one a quarter) or "group" (one a breakdown's group). A
 * value is a number with one decimal; where it may not be shown its symbol
 * stands in the column beside it and the value is empty. Rows end in CR LF
 * (RFC 4180).
 *
 * A cell that begins with = + - @ tab or CR gets an apostrophe before it, or a
 * spreadsheet would run it as a formula (OWASP ASVS 5.0.0, V1.2.10). Numbers
 * made here are no such cells. A program that needs the exact strings reads
 * the JSON.
 */
#include "render/report.h"

#include <string.h>

#include "render/csv_out.h"
#include "render/report-inside.h"
#include "render/status.h"
#include "render/words.h"

enum column {
	ROW,
	AUTHORITY,
	EDITION,
	AS_AT,
	MEASURE,
	TITLE,
	UNIT,
	PERIOD,
	BY,
	GROUP,
	NUMERATOR,
	DENOMINATOR,
	VALUE,
	SYMBOL,
	TARGET,
	TARGET_WORDS,
	COMPARATOR_NAME,
	COMPARATOR,
	PREVIOUS,
	CHANGE,
	DIRECTION,
	STATUS,
	STATUS_WORDS,
	COLUMNS,
};

static const char *const names[COLUMNS] = {
	[ROW] = "row",
	[AUTHORITY] = "authority",
	[EDITION] = "edition",
	[AS_AT] = "as_at",
	[MEASURE] = "measure",
	[TITLE] = "title",
	[UNIT] = "unit",
	[PERIOD] = "period",
	[BY] = "by",
	[GROUP] = "group",
	[NUMERATOR] = "numerator",
	[DENOMINATOR] = "denominator",
	[VALUE] = "value",
	[SYMBOL] = "symbol",
	[TARGET] = "target",
	[TARGET_WORDS] = "target_words",
	[COMPARATOR_NAME] = "comparator_name",
	[COMPARATOR] = "comparator",
	[PREVIOUS] = "same_period_last_year",
	[CHANGE] = "change",
	[DIRECTION] = "direction",
	[STATUS] = "status",
	[STATUS_WORDS] = "status_words",
};

struct cell {
	const char *text; /* NULL: empty, unless there is a number */
	bool has_number;
	int64_t tenths;
};

static void put_text(struct buffer *out, const char *text)
{
	if (words_given(text))
		csv_out_cell(out, text_of(text));
}

static void put_row(struct buffer *out, const struct cell cells[COLUMNS])
{
	for (size_t i = 0; i < COLUMNS; i++) {
		if (i > 0)
			buffer_char(out, ',');
		if (cells[i].has_number)
			words_tenths(out, cells[i].tenths);
		else
			put_text(out, cells[i].text);
	}
	buffer_add(out, TEXT("\r\n"));
}

/* Whole numbers carry thousands' commas for readers; here they would be in
 * the way. */
static const char *plain_number(struct arena *arena, const char *text)
{
	size_t length = text == NULL ? 0 : strlen(text);
	if (length == 0 || strspn(text, "0123456789,") != length)
		return text;
	char *plain = arena_array(arena, length + 1, 1);
	size_t used = 0;
	for (size_t i = 0; i < length; i++)
		if (text[i] != ',')
			plain[used++] = text[i];
	return plain;
}

static void set_value(struct cell cells[COLUMNS], const char *value,
	bool has_value, int64_t tenths)
{
	cells[VALUE] = (struct cell){.has_number = has_value, .tenths = tenths};
	cells[SYMBOL] = (struct cell){.text = has_value ? "" : value};
}

static void set_common(struct cell cells[COLUMNS], const char *row,
	const struct view_report *report, const struct view_measure *measure)
{
	cells[ROW].text = row;
	cells[AUTHORITY].text = report->authority;
	cells[EDITION].text = report->edition;
	cells[AS_AT].text = report->as_at;
	cells[MEASURE].text = measure->id;
	cells[TITLE].text = measure->title;
	cells[UNIT].text = words_unit(measure->unit);
	cells[PERIOD].text = report->period;
}

static void put_current(struct buffer *out, const struct view_report *report,
	const struct view_measure *measure, struct arena *arena)
{
	struct cell cells[COLUMNS] = {0};
	set_common(cells, "current", report, measure);
	cells[NUMERATOR].text = plain_number(arena, measure->numerator);
	cells[DENOMINATOR].text = plain_number(arena, measure->denominator);
	set_value(cells,
		words_given(measure->symbol) ? measure->symbol : measure->value,
		measure->has_value, measure->tenths);
	cells[TARGET_WORDS].text = measure->target;
	cells[COMPARATOR_NAME].text = measure->comparator_name;
	cells[COMPARATOR].text = measure->comparator;
	cells[PREVIOUS].text = measure->previous;
	cells[CHANGE].text = measure->change;
	cells[DIRECTION].text = status_way(measure->direction)->name;
	cells[STATUS].text = status_look(measure->status)->name;
	cells[STATUS_WORDS].text = words_status(measure);
	put_row(out, cells);
}

static void put_history(struct buffer *out, const struct view_report *report,
	const struct view_measure *measure, struct arena *arena)
{
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		struct cell cells[COLUMNS] = {0};
		set_common(cells, "history", report, measure);
		cells[PERIOD].text = point->label;
		cells[NUMERATOR].text = plain_number(arena, point->numerator);
		cells[DENOMINATOR].text = plain_number(arena, point->denominator);
		set_value(cells, point->value, point->has_value, point->tenths);
		cells[TARGET] = (struct cell){.has_number = point->has_target,
			.tenths = point->target_tenths};
		cells[COMPARATOR_NAME].text = measure->comparator_name;
		cells[COMPARATOR] =
			(struct cell){.has_number = point->has_comparator,
				.tenths = point->comparator_tenths};
		put_row(out, cells);
	}
}

static void put_groups(struct buffer *out, const struct view_report *report,
	const struct view_measure *measure, struct arena *arena)
{
	for (size_t b = 0; b < measure->breakdown_count; b++) {
		const struct view_breakdown *breakdown = &measure->breakdowns[b];
		for (size_t i = 0; i < breakdown->count; i++) {
			const struct view_group *group = &breakdown->groups[i];
			struct cell cells[COLUMNS] = {0};
			set_common(cells, "group", report, measure);
			cells[BY].text = breakdown->title;
			cells[GROUP].text = group->label;
			cells[NUMERATOR].text = plain_number(arena,
				group->numerator);
			cells[DENOMINATOR].text = plain_number(arena,
				group->denominator);
			set_value(cells, group->value, group->has_value,
				group->tenths);
			put_row(out, cells);
		}
	}
}

bool report_write_csv(const struct view_report *report, struct buffer *out,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	for (size_t i = 0; i < COLUMNS; i++) {
		buffer_string(out, i == 0 ? "" : ",");
		buffer_string(out, names[i]);
	}
	buffer_add(out, TEXT("\r\n"));
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		put_current(out, report, measure, arena);
		put_history(out, report, measure, arena);
		put_groups(out, report, measure, arena);
	}
	arena_close(arena);
	return report_is_whole(out, fault);
}
