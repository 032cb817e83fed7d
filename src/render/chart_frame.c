/* SPDX-License-Identifier: MIT
 *
 * The frame of a chart: axis, names of quarters, gaps.
 */
#include "render/chart-inside.h"

#include "render/clean.h"
#include "render/words.h"

static const char *tick(struct arena *arena, int64_t tenths, enum view_unit unit)
{
	struct buffer text = {0};
	words_whole(&text, tenths);
	if (unit == VIEW_PERCENT)
		buffer_char(&text, '%');
	const char *string = arena_string(arena, buffer_text(&text));
	buffer_finish(&text);
	return string;
}

static void draw_grid(const struct chart *chart, struct arena *arena)
{
	const struct scale *scale = &chart->scale;
	int32_t text = chart->look->text;
	for (int64_t at = scale->low; at <= scale->high; at += scale->step) {
		int32_t y = chart_height_of(chart, at);
		struct canvas_pen pen = chart_line_pen(at == scale->low || at == 0
				? CHART_AXIS
				: CHART_GRID,
			chart_scaled(chart, 9));
		canvas_line(chart->canvas,
			(struct canvas_point){chart->plot.x, y},
			(struct canvas_point){chart->plot.x + chart->plot.width,
				y},
			&pen);
		chart_label(chart, tick(arena, at, chart->measure->unit),
			(struct canvas_point){chart->plot.x - text / 2,
				y + text * 35 / 100},
			&(struct canvas_label){.colour = CHART_QUIET,
				.anchor = CANVAS_END});
	}
}

/* "2024-25 Q1" is headed by "2024-25": the year is written once. */
static struct text head_of(const char *name, struct text *out_tail)
{
	struct text whole = text_of(name);
	for (size_t i = whole.length; i > 0; i--)
		if (whole.at[i - 1] == ' ') {
			*out_tail = text_cut(whole, i, whole.length);
			return text_cut(whole, 0, i - 1);
		}
	*out_tail = whole;
	return (struct text){0};
}

static size_t run_of_head(const struct chart *chart, size_t from)
{
	struct text tail;
	struct text head = head_of(chart->measure->points[from].label, &tail);
	size_t end = from + 1;
	while (end < chart->measure->point_count
		&& text_equals(head,
			head_of(chart->measure->points[end].label, &tail)))
		end++;
	return end;
}

static void draw_heads(const struct chart *chart, struct arena *arena)
{
	int32_t text = chart->look->text;
	int32_t y = chart_foot(chart) + text * 3;
	for (size_t from = 0; from < chart->measure->point_count;) {
		size_t end = run_of_head(chart, from);
		struct text tail;
		const char *head = arena_string(arena,
			head_of(chart->measure->points[from].label, &tail));
		int32_t left = chart_slot_left(chart, from);
		int32_t right = chart_slot_left(chart, end);
		int32_t room = right - left;
		if (from > 0) {
			struct canvas_pen pen = chart_line_pen(CHART_AXIS,
				chart_scaled(chart, 9));
			canvas_line(chart->canvas,
				(struct canvas_point){left, chart_foot(chart)},
				(struct canvas_point){left, y - text}, &pen);
		}
		int32_t wanted = (int32_t)clean_width(head) * text * 55 / 100;
		bool is_last = end == chart->measure->point_count;
		if (wanted <= room)
			chart_label(chart, head,
				(struct canvas_point){(left + right) / 2, y},
				&(struct canvas_label){.colour = CHART_QUIET,
					.anchor = CANVAS_MIDDLE});
		else if (is_last)
			chart_label(chart, head, (struct canvas_point){right, y},
				&(struct canvas_label){.colour = CHART_QUIET,
					.anchor = CANVAS_END});
		from = end;
	}
}

static void draw_quarters(const struct chart *chart, struct arena *arena)
{
	int32_t text = chart->look->text;
	size_t count = chart->measure->point_count;
	int32_t slot = chart->plot.width / (int32_t)count;
	size_t every = (size_t)(text * 2 / (slot < 1 ? 1 : slot)) + 1;
	for (size_t i = 0; i < count; i++) {
		bool is_last = i + 1 == count;
		if ((count - 1 - i) % every != 0)
			continue;
		struct text tail;
		head_of(chart->measure->points[i].label, &tail);
		chart_label(chart, arena_string(arena, tail),
			(struct canvas_point){chart_slot_centre(chart, i),
				chart_foot(chart) + text * 3 / 2},
			&(struct canvas_label){.colour = is_last ? CHART_INK
								 : CHART_QUIET,
				.is_bold = is_last,
				.anchor = CANVAS_MIDDLE});
	}
}

static void draw_gaps(const struct chart *chart)
{
	for (size_t i = 0; i < chart->measure->point_count; i++) {
		if (chart->measure->points[i].has_value)
			continue;
		int32_t left = chart_slot_left(chart, i);
		struct canvas_pen pen = chart_fill_pen(CHART_GAP);
		canvas_box(chart->canvas,
			(struct canvas_box){left, chart->plot.y,
				chart_slot_left(chart, i + 1) - left,
				chart->plot.height},
			&pen);
	}
}

void chart_frame_symbols(const struct chart *chart)
{
	int32_t text = chart->look->text;
	for (size_t i = 0; i < chart->measure->point_count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (point->has_value)
			continue;
		chart_label(chart, words_or(point->value, "–"),
			(struct canvas_point){chart_slot_centre(chart, i),
				chart_foot(chart) - text * 3 / 4},
			&(struct canvas_label){.colour = CHART_INK,
				.is_bold = true,
				.anchor = CANVAS_MIDDLE});
	}
}

void chart_frame(const struct chart *chart, struct arena *arena)
{
	draw_gaps(chart);
	draw_grid(chart, arena);
	draw_quarters(chart, arena);
	draw_heads(chart, arena);
}
