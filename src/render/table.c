/* SPDX-License-Identifier: MIT
 *
 * Cells of each table, from the view.
 */
#include "render/table.h"

#include <string.h>

#include "render/status.h"
#include "render/words.h"

static const struct table_column summary_columns[] = {
	{"Measure", false, 22},
	{"Value", true, 11},
	{"Number", true, 11},
	{"Target", false, 13},
	{"Same period last year", true, 10},
	{"Change", false, 12},
	{"Direction", false, 11},
	{"Status", false, 15},
	{"Comparator", false, 13},
};

static const struct table_column brief_columns[] = {
	{"Measure", false, 20},
	{"Value", true, 12},
	{"Number", true, 22},
	{"Last year", true, 12},
	{"Direction", false, 17},
	{"Status", false, 17},
};

static const struct table_column quarters_columns[] = {
	{"Quarter", false, 25},
	{"Value", true, 15},
	{"Numerator", true, 15},
	{"Denominator", true, 15},
	{"Target", true, 15},
	{"Comparator", true, 15},
};

static const struct table_column breakdown_columns[] = {
	{"Group", false, 49},
	{"Value", true, 17},
	{"Numerator", true, 17},
	{"Denominator", true, 17},
};

static const struct table_column sources_columns[] = {
	{"Source", false, 16},
	{"Covers", false, 24},
	{"Freshness", false, 18},
	{"Rows", true, 9},
	{"Refused", true, 9},
	{"Repaired", true, 9},
	{"Linked", false, 15},
};

static const struct table_column symbol_columns[] = {
	{"Symbol", false, 15},
	{"What it means", false, 85},
};

static struct table table_new(struct arena *arena,
	const struct table_column *columns, size_t count, size_t rows)
{
	return (struct table){
		.columns = columns,
		.column_count = count,
		.cells = arena_array(arena, rows * count + 1,
			sizeof(struct table_cell)),
		.row_count = rows,
		.caption = "",
		.note = "",
	};
}

const struct table_cell *table_cell_at(const struct table *table, size_t row,
	size_t column)
{
	return &table->cells[row * table->column_count + column];
}

static struct table_cell said(const char *text)
{
	return (struct table_cell){.text = words_or(text, "–")};
}

static struct table_cell figure(const char *text, bool has_number,
	int64_t tenths, enum view_unit unit)
{
	struct table_cell cell = said(text);
	cell.has_number = has_number;
	cell.tenths = tenths;
	cell.unit = unit;
	return cell;
}

/* "1,204" and "12" are numbers as well as words; "c" is not. */
static struct table_cell counted(const char *text)
{
	struct table_cell cell = said(text);
	int64_t number = 0;
	size_t digits = 0;
	for (const char *at = cell.text; *at != '\0'; at++) {
		if (*at == ',' && digits > 0)
			continue;
		if (*at < '0' || *at > '9' || digits == 15)
			return cell;
		number = number * 10 + (*at - '0');
		digits++;
	}
	return digits == 0 ? cell : figure(text, true, number * 10, VIEW_COUNT);
}

static struct table_cell tenths_cell(struct arena *arena, bool has_number,
	int64_t tenths, enum view_unit unit)
{
	if (!has_number)
		return said("");
	struct buffer text = {0};
	(unit == VIEW_COUNT ? words_whole : words_tenths)(&text, tenths);
	if (unit == VIEW_PERCENT)
		buffer_char(&text, '%');
	struct table_cell cell = figure(arena_string(arena, buffer_text(&text)),
		true, tenths, unit);
	buffer_finish(&text);
	return cell;
}

static struct table_cell status_cell(const struct view_measure *measure)
{
	return (struct table_cell){
		.text = words_status(measure),
		.mark = TABLE_STATUS,
		.status = measure->status,
	};
}

static struct table_cell direction_cell(const char *text,
	enum view_direction direction)
{
	return (struct table_cell){
		.text = text,
		.mark = TABLE_DIRECTION,
		.direction = direction,
	};
}

/* Last year's value as a number, if the history shows it. */
static struct table_cell previous_cell(const struct view_measure *measure)
{
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		if (measure->previous_label != NULL && point->label != NULL
			&& strcmp(point->label, measure->previous_label) == 0
			&& words_given(measure->previous))
			return figure(measure->previous, point->has_value,
				point->tenths, measure->unit);
	}
	return said(words_or(measure->previous, "not available"));
}

static void fill_summary(struct table_cell *row, struct arena *arena,
	const struct view_measure *measure)
{
	row[0] = said(measure->title);
	row[0].more = measure->id;
	row[1] = figure(words_or(measure->value, measure->symbol),
		measure->has_value, measure->tenths, measure->unit);
	if (words_given(measure->symbol))
		row[1].more = words_symbol(measure);
	row[2] = said(
		words_fraction(arena, measure->numerator, measure->denominator));
	row[3] = said(words_or(measure->target, "none set"));
	row[4] = previous_cell(measure);
	if (status_symbol(measure->previous) != NULL)
		row[4].more = status_symbol(measure->previous)->words;
	row[5] = said(measure->change);
	row[6] = direction_cell(status_way(measure->direction)->word,
		measure->direction);
	row[7] = status_cell(measure);
	row[8] = said(measure->comparator);
	if (words_given(measure->comparator_name)) {
		row[8].text = words_or(measure->comparator, "not available");
		row[8].more = measure->comparator_name;
	}
}

struct table table_summary(const struct view_report *report, struct arena *arena)
{
	struct table table = table_new(arena, summary_columns,
		COUNT_OF(summary_columns), report->measure_count);
	table.caption = "All measures at a glance";
	for (size_t i = 0; i < report->measure_count; i++) {
		struct table_cell *row = &table.cells[i * table.column_count];
		fill_summary(row, arena, &report->measures[i]);
		row[0].link = i + 1;
	}
	return table;
}

struct table table_brief(const struct view_report *report, struct arena *arena)
{
	struct table table = table_new(arena, brief_columns,
		COUNT_OF(brief_columns), report->measure_count);
	table.caption = "All measures at a glance";
	for (size_t i = 0; i < report->measure_count; i++) {
		const struct view_measure *measure = &report->measures[i];
		struct table_cell *row = &table.cells[i * table.column_count];
		row[0] = said(measure->id);
		row[1] = said(words_or(measure->value, measure->symbol));
		row[2] = said(words_fraction(arena, measure->numerator,
			measure->denominator));
		row[3] = previous_cell(measure);
		row[4] = direction_cell(status_way(measure->direction)->word,
			measure->direction);
		row[5] = status_cell(measure);
		row[5].text = "";
	}
	return table;
}

struct table table_quarters(const struct view_measure *measure,
	struct arena *arena)
{
	struct table table = table_new(arena, quarters_columns,
		COUNT_OF(quarters_columns), measure->point_count);
	table.caption = arena_format(arena, "%s by quarter",
		words_or(measure->id, ""));
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		struct table_cell *row = &table.cells[i * table.column_count];
		row[0] = said(point->label);
		row[1] = figure(point->value, point->has_value, point->tenths,
			measure->unit);
		row[2] = counted(point->numerator);
		row[3] = counted(point->denominator);
		row[4] = tenths_cell(arena, point->has_target,
			point->target_tenths, measure->unit);
		row[5] = tenths_cell(arena, point->has_comparator,
			point->comparator_tenths, measure->unit);
	}
	return table;
}

struct table table_breakdown(const struct view_measure *measure,
	const struct view_breakdown *breakdown, struct arena *arena)
{
	struct table table = table_new(arena, breakdown_columns,
		COUNT_OF(breakdown_columns), breakdown->count);
	table.caption = arena_format(arena, "%s by %s",
		words_or(measure->id, ""), words_or(breakdown->title, ""));
	table.note = words_or(breakdown->note, "");
	for (size_t i = 0; i < breakdown->count; i++) {
		const struct view_group *group = &breakdown->groups[i];
		struct table_cell *row = &table.cells[i * table.column_count];
		row[0] = said(group->label);
		row[1] = figure(group->value, group->has_value, group->tenths,
			measure->unit);
		row[2] = counted(group->numerator);
		row[3] = counted(group->denominator);
	}
	return table;
}

struct table table_sources(const struct view_report *report, struct arena *arena)
{
	struct table table = table_new(arena, sources_columns,
		COUNT_OF(sources_columns), report->source_count);
	table.caption = "What was loaded, what it covers and how fresh it is";
	for (size_t i = 0; i < report->source_count; i++) {
		const struct view_source *source = &report->sources[i];
		struct table_cell *row = &table.cells[i * table.column_count];
		row[0] = said(source->feed);
		row[1] = said(source->covers);
		row[2] = said(source->freshest);
		row[3] = counted(source->rows);
		row[4] = counted(source->refused);
		row[5] = counted(source->repaired);
		row[6] = said(source->linked);
	}
	return table;
}

struct table table_symbols(const struct view_report *report, struct arena *arena)
{
	size_t count;
	const struct status_symbol *symbols = status_symbols(&count);
	struct table table = table_new(arena, symbol_columns,
		COUNT_OF(symbol_columns), count);
	table.caption = "Symbols used in this report";
	table.row_count = 0;
	for (size_t i = 0; i < count; i++) {
		if (!words_uses_symbol(report, symbols[i].symbol))
			continue;
		struct table_cell *row =
			&table.cells[table.row_count * table.column_count];
		row[0] = said(symbols[i].symbol);
		row[1] = said(symbols[i].words);
		table.row_count++;
	}
	return table;
}
