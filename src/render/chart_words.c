/* SPDX-License-Identifier: MIT
 *
 * A chart in words, for those who cannot see it.
 */
#include "render/chart.h"

#include "base/buffer.h"
#include "render/scale.h"
#include "render/status.h"
#include "render/words.h"

const char *chart_title(const struct view_measure *measure, struct arena *arena)
{
	if (measure->point_count == 0)
		return words_or(measure->id, "");
	return arena_format(arena, "%s, %s to %s", words_or(measure->id, ""),
		words_or(measure->points[0].label, ""),
		words_or(measure->points[measure->point_count - 1].label, ""));
}

static void say_ends(struct buffer *out, const struct view_measure *measure)
{
	const struct view_point *low = NULL, *high = NULL;
	const struct view_point *first = NULL, *last = NULL;
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		if (!point->has_value)
			continue;
		first = first == NULL ? point : first;
		last = point;
		low = low == NULL || point->tenths < low->tenths ? point : low;
		high = high == NULL || point->tenths > high->tenths ? point
								    : high;
	}
	if (first == NULL)
		return;
	buffer_format(out,
		" From %s in %s to %s in %s; lowest %s in %s, highest %s in"
		" %s.",
		words_or(first->value, ""), words_or(first->label, ""),
		words_or(last->value, ""), words_or(last->label, ""),
		words_or(low->value, ""), words_or(low->label, ""),
		words_or(high->value, ""), words_or(high->label, ""));
}

static void say_gaps(struct buffer *out, const struct view_measure *measure)
{
	for (size_t i = 0; i < measure->point_count; i++) {
		const struct view_point *point = &measure->points[i];
		if (point->has_value)
			continue;
		const struct status_symbol *symbol = status_symbol(point->value);
		buffer_format(out, " No value in %s: %s.",
			words_or(point->label, ""),
			symbol == NULL ? words_or(point->value, "not given")
				       : symbol->words);
	}
}

const char *chart_words(const struct view_measure *measure, struct arena *arena)
{
	struct buffer out = {0};
	buffer_format(&out, "%s of %zu quarters.",
		measure->unit == VIEW_COUNT ? "Bar chart" : "Line chart",
		measure->point_count);
	say_ends(&out, measure);
	if (words_given(measure->target))
		buffer_format(&out, " Target: %s.", measure->target);
	if (words_given(measure->comparator_name))
		buffer_format(&out, " Comparator: %s.",
			words_comparator(arena, measure));
	say_gaps(&out, measure);
	buffer_format(&out, " The table of quarters gives every value.");
	const char *words = arena_string(arena, buffer_text(&out));
	buffer_finish(&out);
	return words;
}

const char *chart_caution(const struct view_measure *measure, struct arena *arena)
{
	struct scale scale = scale_of(measure);
	if (scale.low == 0 || !chart_is_worth_drawing(measure))
		return "";
	struct buffer out = {0};
	buffer_string(&out, "The axis starts at ");
	words_whole(&out, scale.low);
	buffer_string(&out, measure->unit == VIEW_PERCENT ? "%" : "");
	buffer_string(&out, ", not at zero.");
	const char *words = arena_string(arena, buffer_text(&out));
	buffer_finish(&out);
	return words;
}
