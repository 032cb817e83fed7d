/* SPDX-License-Identifier: MIT
 *
 * Drawing a measure's history.
 *
 * The plot is divided into one slot a quarter. What lies below is drawn first:
 * gaps, grid, target and comparator, the series, the labels on white.
 */
#include "render/chart-inside.h"

#include <string.h>

#include "render/clean.h"
#include "render/words.h"

/* A line across the plot that may change from quarter to quarter. */
struct level {
	const char *name;
	uint32_t colour;
	enum canvas_dash dash;
	bool (*read)(const struct view_point *point, int64_t *out_tenths);
};

static bool read_target(const struct view_point *point, int64_t *out_tenths)
{
	*out_tenths = point->target_tenths;
	return point->has_target;
}

static bool read_comparator(const struct view_point *point, int64_t *out_tenths)
{
	*out_tenths = point->comparator_tenths;
	return point->has_comparator;
}

static const char *figure(struct arena *arena, int64_t tenths, enum view_unit unit)
{
	struct buffer text = {0};
	if (unit == VIEW_COUNT)
		words_whole(&text, tenths);
	else
		words_tenths(&text, tenths);
	if (unit == VIEW_PERCENT)
		buffer_char(&text, '%');
	const char *string = arena_string(arena, buffer_text(&text));
	buffer_finish(&text);
	return string;
}

/* One stretch of quarters over which the level is known, as steps. */
static size_t draw_stretch(const struct chart *chart, const struct level *level,
	size_t from, struct arena *arena)
{
	size_t count = chart->measure->point_count;
	struct canvas_point *points = arena_array(arena, 2 * count,
		sizeof(struct canvas_point));
	size_t used = 0, i = from;
	int64_t tenths;
	for (; i < count && level->read(&chart->measure->points[i], &tenths);
		i++) {
		int32_t y = chart_height_of(chart, tenths);
		if (used > 0 && points[used - 1].y == y)
			used--;
		else
			points[used++] =
				(struct canvas_point){chart_slot_left(chart, i),
					y};
		points[used++] =
			(struct canvas_point){chart_slot_left(chart, i + 1), y};
	}
	struct canvas_pen pen = chart_line_pen(level->colour,
		chart_scaled(chart, level->dash == CANVAS_DOTTED ? 24 : 15));
	pen.dash = level->dash;
	if (used > 0)
		canvas_path(chart->canvas, points, used, &pen);
	return i == from ? from + 1 : i;
}

static void draw_level(const struct chart *chart, const struct level *level,
	struct arena *arena)
{
	for (size_t i = 0; i < chart->measure->point_count;)
		i = draw_stretch(chart, level, i, arena);
}

static bool is_year_before(const struct chart *chart, size_t i)
{
	const char *before = chart->measure->previous_label;
	const char *name = chart->measure->points[i].label;
	return words_given(before) && name != NULL && strcmp(before, name) == 0;
}

static void draw_bars(const struct chart *chart)
{
	size_t count = chart->measure->point_count;
	for (size_t i = 0; i < count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (!point->has_value)
			continue;
		int32_t room = chart_slot_left(chart, i + 1)
			- chart_slot_left(chart, i);
		int32_t top = chart_height_of(chart, point->tenths);
		int32_t base = chart_height_of(chart, 0);
		bool is_marked = i + 1 == count || is_year_before(chart, i);
		struct canvas_pen pen = chart_fill_pen(
			is_marked ? CHART_SERIES : CHART_PALE);
		canvas_box(chart->canvas,
			(struct canvas_box){chart_slot_left(chart, i)
					+ room * 18 / 100,
				top < base ? top : base, room * 64 / 100,
				top < base ? base - top : top - base},
			&pen);
	}
}

static void draw_line(const struct chart *chart, struct arena *arena)
{
	size_t count = chart->measure->point_count;
	struct canvas_point *points = arena_array(arena, count,
		sizeof(struct canvas_point));
	size_t used = 0;
	struct canvas_pen pen = chart_line_pen(CHART_SERIES,
		chart_scaled(chart, 22));
	for (size_t i = 0; i < count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (point->has_value)
			points[used++] =
				(struct canvas_point){chart_slot_centre(chart, i),
					chart_height_of(chart, point->tenths)};
		bool is_end = i + 1 == count || !point->has_value;
		if (is_end && used > 1)
			canvas_path(chart->canvas, points, used, &pen);
		if (is_end)
			used = 0;
	}
}

static void draw_markers(const struct chart *chart)
{
	size_t count = chart->measure->point_count;
	for (size_t i = 0; i < count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (!point->has_value)
			continue;
		bool is_last = i + 1 == count;
		bool is_before = is_year_before(chart, i);
		struct canvas_pen pen = {
			.fill = is_before ? CHART_PAPER : CHART_SERIES,
			.stroke = is_before ? CHART_SERIES : CHART_PAPER,
			.width = chart_scaled(chart, is_before ? 22 : 12),
		};
		int32_t size = is_last || is_before ? 48 : 36;
		canvas_disc(chart->canvas,
			(struct canvas_point){chart_slot_centre(chart, i),
				chart_height_of(chart, point->tenths)},
			chart_scaled(chart, size), &pen);
	}
}

/* A value lower than both its neighbours is labelled below the line. */
static bool is_valley(const struct chart *chart, size_t i)
{
	const struct view_measure *measure = chart->measure;
	if (measure->unit == VIEW_COUNT)
		return false;
	bool has_left = i > 0 && measure->points[i - 1].has_value;
	bool has_right = i + 1 < measure->point_count
		&& measure->points[i + 1].has_value;
	int64_t here = measure->points[i].tenths;
	return (has_left || has_right)
		&& (!has_left || measure->points[i - 1].tenths > here)
		&& (!has_right || measure->points[i + 1].tenths > here);
}

/* Would a label whose middle is at y stand on the target or comparator? */
static bool hides_level(const struct chart *chart,
	const struct view_point *point, int32_t y)
{
	int32_t near = chart->look->text * 7 / 10;
	int32_t target = chart_height_of(chart, point->target_tenths);
	int32_t comparator = chart_height_of(chart, point->comparator_tenths);
	return (point->has_target && target > y - near && target < y + near)
		|| (point->has_comparator && comparator > y - near
			&& comparator < y + near);
}

static void draw_value(const struct chart *chart, size_t i, struct arena *arena)
{
	const struct view_point *point = &chart->measure->points[i];
	int32_t text = chart->look->text;
	bool is_last = i + 1 == chart->measure->point_count;
	enum view_unit unit = chart->measure->unit;
	if (unit == VIEW_PERCENT && chart->look->is_narrow && !is_last)
		unit = VIEW_MEAN; /* the axis says per cent; here is no room */
	const char *words = figure(arena, point->tenths, unit);
	int32_t half = (int32_t)clean_width(words) * text * 29 / 100;
	int32_t y = chart_height_of(chart, point->tenths);
	bool is_below = is_valley(chart, i)
		&& y + text * 7 / 4 < chart_foot(chart)
		&& !hides_level(chart, point, y + text * 11 / 10);
	int32_t base = is_below ? y + text * 3 / 2 : y - text * 7 / 10;
	struct canvas_pen paper = chart_fill_pen(CHART_PAPER);
	canvas_box(chart->canvas,
		(struct canvas_box){chart_slot_centre(chart, i) - half,
			base - text * 80 / 100, 2 * half, text * 95 / 100},
		&paper);
	bool is_strong = is_last || is_year_before(chart, i);
	chart_label(chart, words,
		(struct canvas_point){chart_slot_centre(chart, i), base},
		&(struct canvas_label){.colour = is_strong ? CHART_INK
							   : CHART_QUIET,
			.is_bold = is_strong,
			.anchor = CANVAS_MIDDLE});
}

static void draw_values(const struct chart *chart, struct arena *arena)
{
	size_t count = chart->measure->point_count;
	int32_t slot = chart->plot.width / (int32_t)count;
	bool has_room = slot >= chart->look->text * 24 / 10;
	for (size_t i = 0; i < count; i++)
		if (chart->measure->points[i].has_value
			&& (has_room || i + 1 == count
				|| is_year_before(chart, i)))
			draw_value(chart, i, arena);
}

/* The level's last known value; false if there is none. */
static bool level_end(const struct chart *chart, const struct level *level,
	int64_t *out_tenths)
{
	for (size_t i = chart->measure->point_count; i > 0; i--)
		if (level->read(&chart->measure->points[i - 1], out_tenths))
			return true;
	return false;
}

/* A name cut to the room there is, with an ellipsis. */
static const char *shortened(struct arena *arena, const char *name, size_t columns)
{
	if (clean_width(name) <= columns)
		return name;
	struct buffer text = {0};
	struct text rest = text_of(name);
	int32_t point;
	for (size_t i = 0; i + 1 < columns && clean_next(&rest, &point); i++)
		clean_put(&text, point);
	buffer_string(&text, "…");
	const char *cut = arena_string(arena, buffer_text(&text));
	buffer_finish(&text);
	return cut;
}

static void label_beside(const struct chart *chart, const struct level *level,
	int64_t tenths, int32_t y, struct arena *arena)
{
	int32_t text = chart->look->text;
	int32_t x = chart->plot.x + chart->plot.width + text / 2;
	int32_t room = chart->look->width - x;
	chart_label(chart,
		shortened(arena, level->name, (size_t)(room * 100 / (text * 56))),
		(struct canvas_point){x, y - text / 10},
		&(struct canvas_label){.colour = level->colour, .is_bold = true});
	chart_label(chart, figure(arena, tenths, chart->measure->unit),
		(struct canvas_point){x, y + text * 11 / 10},
		&(struct canvas_label){.colour = level->colour});
}

static void label_above(const struct chart *chart, const struct level *level,
	int64_t tenths, int32_t y, struct arena *arena)
{
	int32_t text = chart->look->text;
	struct canvas_pen pen = chart_line_pen(level->colour,
		chart_scaled(chart, level->dash == CANVAS_DOTTED ? 24 : 15));
	pen.dash = level->dash;
	canvas_line(chart->canvas,
		(struct canvas_point){text / 4, y - text * 35 / 100},
		(struct canvas_point){text * 5 / 2, y - text * 35 / 100}, &pen);
	chart_label(chart,
		arena_format(arena, "%s %s", shortened(arena, level->name, 36),
			figure(arena, tenths, chart->measure->unit)),
		(struct canvas_point){text * 3, y},
		&(struct canvas_label){.colour = level->colour, .is_bold = true});
}

static void label_levels(const struct chart *chart, const struct level *levels,
	size_t count, struct arena *arena)
{
	int32_t text = chart->look->text;
	int32_t taken = 0;
	bool has_one = false;
	for (size_t i = 0; i < count; i++) {
		int64_t tenths;
		if (!level_end(chart, &levels[i], &tenths))
			continue;
		if (chart->look->is_narrow) {
			label_above(chart, &levels[i], tenths,
				text * 6 / 5 + (has_one ? text * 3 / 2 : 0),
				arena);
			has_one = true;
			continue;
		}
		int32_t y = chart_height_of(chart, tenths);
		int32_t apart = text * 27 / 10;
		if (has_one && y > taken - apart && y < taken + apart)
			y = y >= taken ? taken + apart : taken - apart;
		label_beside(chart, &levels[i], tenths, y, arena);
		taken = y;
		has_one = true;
	}
}

/* Where a comparator is the target the two lines would hide each other. */
static bool is_same_line(const struct view_measure *measure)
{
	bool has_any = false;
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		if (point->has_target != point->has_comparator
			|| (point->has_target
				&& point->target_tenths
					!= point->comparator_tenths))
			return false;
		has_any = has_any || point->has_target;
	}
	return has_any;
}

static size_t levels_of(const struct view_measure *measure,
	struct level out_levels[2], struct arena *arena)
{
	const char *name = words_or(measure->comparator_name, "Comparator");
	if (is_same_line(measure)) {
		out_levels[0] = (struct level){arena_format(arena, "Target: %s",
						       name),
			CHART_TARGET, CANVAS_DASHED, read_target};
		return 1;
	}
	out_levels[0] = (struct level){"Target", CHART_TARGET, CANVAS_DASHED,
		read_target};
	out_levels[1] = (struct level){name, CHART_COMPARATOR, CANVAS_DOTTED,
		read_comparator};
	return 2;
}

static struct canvas_box plot_of(const struct chart_look *look, int32_t levels)
{
	int32_t text = look->text;
	int32_t left = text * 7 / 2;
	int32_t right = look->is_narrow ? text / 2 : text * 12;
	int32_t above = look->is_narrow ? levels : 0;
	int32_t top = text * 3 / 2 + above * text * 3 / 2;
	int32_t bottom = text * 7 / 2;
	return (struct canvas_box){left, top, look->width - left - right,
		look->height - top - bottom};
}

bool chart_is_worth_drawing(const struct view_measure *measure)
{
	for (size_t i = 0; i < measure->point_count; i++)
		if (measure->points[i].has_value)
			return true;
	return false;
}

void chart_draw(struct canvas *canvas, const struct view_measure *measure,
	const struct chart_look *look)
{
	if (measure->point_count == 0)
		return;
	struct arena *arena = arena_open();
	struct chart chart = {
		.canvas = canvas,
		.measure = measure,
		.look = look,
		.scale = scale_of(measure),
	};
	struct level levels[2];
	size_t count = levels_of(measure, levels, arena);
	int64_t last;
	int32_t known = 0;
	for (size_t i = 0; i < count; i++)
		known += level_end(&chart, &levels[i], &last);
	chart.plot = plot_of(look, known);
	chart_frame(&chart, arena);
	if (measure->unit == VIEW_COUNT)
		draw_bars(&chart);
	for (size_t i = 0; i < count; i++)
		draw_level(&chart, &levels[i], arena);
	if (measure->unit != VIEW_COUNT)
		draw_line(&chart, arena);
	draw_values(&chart, arena);
	if (measure->unit != VIEW_COUNT)
		draw_markers(&chart);
	chart_frame_symbols(&chart);
	label_levels(&chart, levels, count, arena);
	arena_close(arena);
}
