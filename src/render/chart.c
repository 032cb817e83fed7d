/* SPDX-License-Identifier: MIT
 *
 * Drawing a measure's history.
 *
 * The plot is divided into one slot a quarter. What lies below is drawn first:
 * gaps, grid, target and comparator, the series, the labels on white.
 */
#include "render/chart.h"

#include <string.h>

#include "render/clean.h"
#include "render/scale.h"
#include "render/words.h"

static const uint32_t INK = 0x0B0C0C;
static const uint32_t QUIET = 0x484F54;
static const uint32_t GRID = 0xD8DCDE;
static const uint32_t AXIS = 0x6B7276;
static const uint32_t SERIES = 0x1D5F96;
static const uint32_t PALE = 0x9DBBD3;
static const uint32_t TARGET = 0x0B0C0C;
static const uint32_t COMPARATOR = 0x7A2F6B;
static const uint32_t GAP = 0xF0F1F1;
static const uint32_t PAPER = 0xFFFFFF;

struct chart {
	struct canvas *canvas;
	const struct view_measure *measure;
	const struct chart_look *look;
	struct scale scale;
	struct canvas_box plot;
};

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

static bool read_comparator(const struct view_point *point,
	int64_t *out_tenths)
{
	*out_tenths = point->comparator_tenths;
	return point->has_comparator;
}

static struct canvas_pen line_pen(uint32_t colour, int32_t width)
{
	return (struct canvas_pen){.fill = CANVAS_NO_COLOUR,
		.stroke = colour,
		.width = width};
}

static struct canvas_pen fill_pen(uint32_t colour)
{
	return (struct canvas_pen){.fill = colour, .stroke = CANVAS_NO_COLOUR};
}

static int32_t slot_left(const struct chart *chart, size_t slot)
{
	return chart->plot.x
		+ (int32_t)((int64_t)chart->plot.width * (int64_t)slot
			/ (int64_t)chart->measure->point_count);
}

static int32_t slot_centre(const struct chart *chart, size_t slot)
{
	return (slot_left(chart, slot) + slot_left(chart, slot + 1)) / 2;
}

static int32_t foot(const struct chart *chart)
{
	return chart->plot.y + chart->plot.height;
}

static int32_t height_of(const struct chart *chart, int64_t tenths)
{
	return foot(chart)
		- scale_place(&chart->scale, tenths, chart->plot.height);
}

static void label(const struct chart *chart, const char *text,
	struct canvas_point at, const struct canvas_label *style)
{
	struct canvas_label whole = *style;
	whole.text = text;
	whole.at = at;
	if (whole.size == 0)
		whole.size = chart->look->text;
	canvas_label(chart->canvas, &whole);
}

static const char *figure(struct arena *arena, int64_t tenths,
	enum view_unit unit)
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

static const char *tick(struct arena *arena, int64_t tenths,
	enum view_unit unit)
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
		int32_t y = height_of(chart, at);
		struct canvas_pen pen = line_pen(
			at == scale->low || at == 0 ? AXIS : GRID, 10);
		canvas_line(chart->canvas,
			(struct canvas_point){chart->plot.x, y},
			(struct canvas_point){
				chart->plot.x + chart->plot.width, y},
			&pen);
		label(chart, tick(arena, at, chart->measure->unit),
			(struct canvas_point){chart->plot.x - text / 2,
				y + text * 35 / 100},
			&(struct canvas_label){.colour = QUIET,
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
	int32_t y = foot(chart) + text * 3;
	for (size_t from = 0; from < chart->measure->point_count;) {
		size_t end = run_of_head(chart, from);
		struct text tail;
		const char *head = arena_string(arena,
			head_of(chart->measure->points[from].label, &tail));
		int32_t left = slot_left(chart, from);
		int32_t right = slot_left(chart, end);
		int32_t room = right - left;
		if (from > 0) {
			struct canvas_pen pen = line_pen(AXIS, 10);
			canvas_line(chart->canvas,
				(struct canvas_point){left, foot(chart)},
				(struct canvas_point){left, y + text / 4},
				&pen);
		}
		int32_t wanted = (int32_t)clean_width(head) * text * 55 / 100;
		bool is_last = end == chart->measure->point_count;
		if (wanted <= room)
			label(chart, head,
				(struct canvas_point){(left + right) / 2, y},
				&(struct canvas_label){.colour = QUIET,
					.anchor = CANVAS_MIDDLE});
		else if (is_last)
			label(chart, head, (struct canvas_point){right, y},
				&(struct canvas_label){.colour = QUIET,
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
		label(chart, arena_string(arena, tail),
			(struct canvas_point){slot_centre(chart, i),
				foot(chart) + text * 3 / 2},
			&(struct canvas_label){
				.colour = is_last ? INK : QUIET,
				.is_bold = is_last,
				.anchor = CANVAS_MIDDLE});
	}
}

static void draw_gaps(const struct chart *chart)
{
	for (size_t i = 0; i < chart->measure->point_count; i++) {
		if (chart->measure->points[i].has_value)
			continue;
		int32_t left = slot_left(chart, i);
		struct canvas_pen pen = fill_pen(GAP);
		canvas_box(chart->canvas,
			(struct canvas_box){left, chart->plot.y,
				slot_left(chart, i + 1) - left,
				chart->plot.height},
			&pen);
	}
}

static void draw_symbols(const struct chart *chart)
{
	int32_t text = chart->look->text;
	for (size_t i = 0; i < chart->measure->point_count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (point->has_value)
			continue;
		label(chart, words_or(point->value, "–"),
			(struct canvas_point){slot_centre(chart, i),
				foot(chart) - text * 3 / 4},
			&(struct canvas_label){.colour = INK,
				.is_bold = true,
				.anchor = CANVAS_MIDDLE});
	}
}

/* One stretch of quarters over which the level is known, as steps. */
static size_t draw_stretch(const struct chart *chart,
	const struct level *level, size_t from, struct arena *arena)
{
	size_t count = chart->measure->point_count;
	struct canvas_point *points = arena_array(arena, 2 * count,
		sizeof(struct canvas_point));
	size_t used = 0, i = from;
	int64_t tenths;
	for (; i < count && level->read(&chart->measure->points[i], &tenths);
		i++) {
		int32_t y = height_of(chart, tenths);
		if (used > 0 && points[used - 1].y == y)
			used--;
		else
			points[used++] = (struct canvas_point){
				slot_left(chart, i), y};
		points[used++] =
			(struct canvas_point){slot_left(chart, i + 1), y};
	}
	struct canvas_pen pen = line_pen(level->colour,
		level->dash == CANVAS_DOTTED ? 26 : 18);
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
		int32_t room = slot_left(chart, i + 1) - slot_left(chart, i);
		int32_t top = height_of(chart, point->tenths);
		int32_t base = height_of(chart, 0);
		bool is_marked = i + 1 == count || is_year_before(chart, i);
		struct canvas_pen pen = fill_pen(is_marked ? SERIES : PALE);
		canvas_box(chart->canvas,
			(struct canvas_box){
				slot_left(chart, i) + room * 18 / 100,
				top < base ? top : base, room * 64 / 100,
				top < base ? base - top : top - base},
			&pen);
	}
}

static void draw_line(const struct chart *chart, struct arena *arena)
{
	size_t count = chart->measure->point_count;
	struct canvas_point *points =
		arena_array(arena, count, sizeof(struct canvas_point));
	size_t used = 0;
	struct canvas_pen pen = line_pen(SERIES, 24);
	for (size_t i = 0; i < count; i++) {
		const struct view_point *point = &chart->measure->points[i];
		if (point->has_value)
			points[used++] = (struct canvas_point){
				slot_centre(chart, i),
				height_of(chart, point->tenths)};
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
			.fill = is_before ? PAPER : SERIES,
			.stroke = is_before ? SERIES : PAPER,
			.width = is_before ? 22 : 12,
		};
		int32_t size = is_last || is_before ? 48 : 36;
		canvas_disc(chart->canvas,
			(struct canvas_point){slot_centre(chart, i),
				height_of(chart, point->tenths)},
			size * chart->look->text / 120, &pen);
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

static void draw_value(const struct chart *chart, size_t i,
	struct arena *arena)
{
	const struct view_point *point = &chart->measure->points[i];
	int32_t text = chart->look->text;
	bool is_last = i + 1 == chart->measure->point_count;
	enum view_unit unit = chart->measure->unit;
	if (unit == VIEW_PERCENT && chart->look->is_narrow && !is_last)
		unit = VIEW_MEAN; /* the axis says per cent; here is no room */
	const char *words = figure(arena, point->tenths, unit);
	int32_t half = (int32_t)clean_width(words) * text * 29 / 100;
	int32_t y = height_of(chart, point->tenths);
	bool is_below = is_valley(chart, i)
		&& y + text * 7 / 4 < foot(chart);
	int32_t base = is_below ? y + text * 3 / 2 : y - text * 7 / 10;
	struct canvas_pen paper = fill_pen(PAPER);
	canvas_box(chart->canvas,
		(struct canvas_box){slot_centre(chart, i) - half,
			base - text * 80 / 100, 2 * half, text * 95 / 100},
		&paper);
	bool is_strong = is_last || is_year_before(chart, i);
	label(chart, words, (struct canvas_point){slot_centre(chart, i), base},
		&(struct canvas_label){.colour = is_strong ? INK : QUIET,
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
static const char *shortened(struct arena *arena, const char *name,
	size_t columns)
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
	label(chart,
		shortened(arena, level->name,
			(size_t)(room * 100 / (text * 56))),
		(struct canvas_point){x, y - text / 10},
		&(struct canvas_label){.colour = level->colour,
			.is_bold = true});
	label(chart, figure(arena, tenths, chart->measure->unit),
		(struct canvas_point){x, y + text * 11 / 10},
		&(struct canvas_label){.colour = level->colour});
}

static void label_above(const struct chart *chart, const struct level *level,
	int64_t tenths, int32_t y, struct arena *arena)
{
	int32_t text = chart->look->text;
	struct canvas_pen pen = line_pen(level->colour,
		level->dash == CANVAS_DOTTED ? 26 : 18);
	pen.dash = level->dash;
	canvas_line(chart->canvas,
		(struct canvas_point){text / 4, y - text * 35 / 100},
		(struct canvas_point){text * 5 / 2, y - text * 35 / 100}, &pen);
	label(chart,
		arena_format(arena, "%s %s", shortened(arena, level->name, 36),
			figure(arena, tenths, chart->measure->unit)),
		(struct canvas_point){text * 3, y},
		&(struct canvas_label){.colour = level->colour,
			.is_bold = true});
}

static void label_levels(const struct chart *chart,
	const struct level *levels, size_t count, struct arena *arena)
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
		int32_t y = height_of(chart, tenths);
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
		out_levels[0] = (struct level){
			arena_format(arena, "Target: %s", name), TARGET,
			CANVAS_DASHED, read_target};
		return 1;
	}
	out_levels[0] = (struct level){"Target", TARGET, CANVAS_DASHED,
		read_target};
	out_levels[1] = (struct level){name, COMPARATOR, CANVAS_DOTTED,
		read_comparator};
	return 2;
}

static struct canvas_box plot_of(const struct chart_look *look)
{
	int32_t text = look->text;
	int32_t left = text * 7 / 2;
	int32_t right = look->is_narrow ? text / 2 : text * 12;
	int32_t top = look->is_narrow ? text * 9 / 2 : text * 3 / 2;
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
		.plot = plot_of(look),
	};
	struct level levels[2];
	size_t count = levels_of(measure, levels, arena);
	draw_gaps(&chart);
	draw_grid(&chart, arena);
	draw_quarters(&chart, arena);
	draw_heads(&chart, arena);
	if (measure->unit == VIEW_COUNT)
		draw_bars(&chart);
	for (size_t i = 0; i < count; i++)
		draw_level(&chart, &levels[i], arena);
	if (measure->unit != VIEW_COUNT)
		draw_line(&chart, arena);
	draw_values(&chart, arena);
	if (measure->unit != VIEW_COUNT)
		draw_markers(&chart);
	draw_symbols(&chart);
	label_levels(&chart, levels, count, arena);
	arena_close(arena);
}
