/* SPDX-License-Identifier: MIT
 *
 * Axes, and what a chart says in words and in shapes.
 */
#include "render/chart.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/buffer.h"
#include "fixture.h"
#include "render/scale.h"
#include "render/status.h"

static struct scale scale_for(enum view_unit unit, int64_t low, int64_t high)
{
	struct view_point points[] = {
		{.has_value = true, .tenths = low},
		{.has_value = true, .tenths = high},
	};
	struct view_measure measure = {.unit = unit,
		.points = points,
		.point_count = COUNT_OF(points)};
	return scale_of(&measure);
}

static void axes_hold_their_values(void **state)
{
	(void)state;
	static const int64_t ends[] = {-5000000, -15, 0, 1, 9, 10, 99, 100, 207,
		670, 999, 1000, 1001, 123456789};
	for (int unit = VIEW_PERCENT; unit <= VIEW_MEAN; unit++)
		for (size_t i = 0; i < COUNT_OF(ends); i++)
			for (size_t j = i; j < COUNT_OF(ends); j++) {
				struct scale scale = scale_for((enum view_unit)unit,
					ends[i], ends[j]);
				assert_true(scale.step >= 1);
				assert_true(scale.low <= ends[i]);
				assert_true(scale.high >= ends[j]);
				assert_true(scale.low < scale.high);
				assert_int_equal((scale.high - scale.low)
						% scale.step,
					0);
				assert_true((scale.high - scale.low) / scale.step
					<= 7);
			}
}

static void counts_start_from_zero(void **state)
{
	(void)state;
	struct scale scale = scale_for(VIEW_COUNT, 9000, 9100);
	assert_int_equal(scale.low, 0);
	scale = scale_for(VIEW_COUNT, 10, 30);
	assert_int_equal(scale.step, 10); /* there are no half children */
}

static void percentages_near_each_other_leave_zero(void **state)
{
	(void)state;
	struct scale scale = scale_for(VIEW_PERCENT, 670, 700);
	assert_int_equal(scale.low, 660);
	scale = scale_for(VIEW_PERCENT, 960, 1000);
	assert_int_equal(scale.high, 1000);
	scale = scale_for(VIEW_PERCENT, 110, 267);
	assert_int_equal(scale.low, 0);
}

static void places_are_in_proportion(void **state)
{
	(void)state;
	struct scale scale = {.low = 100, .high = 300, .step = 50};
	assert_int_equal(scale_place(&scale, 100, 1000), 0);
	assert_int_equal(scale_place(&scale, 150, 1000), 250);
	assert_int_equal(scale_place(&scale, 300, 1000), 1000);
}

static void a_chart_is_said_in_words(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	assert_string_equal(chart_words(&fixture_measures[0], arena),
		"Line chart of 9 quarters. From 23.5% in 2022-23 Q1 to 20.7% "
		"in 2024-25 Q1; lowest 20.7% in 2024-25 Q1, highest 26.7% in "
		"2023-24 Q1. Target: 22.0% or less. No value in 2023-24 Q3: "
		"suppressed because it could identify a child. The table of "
		"quarters gives every value.");
	assert_string_equal(chart_title(&fixture_measures[0], arena),
		"CPP2, 2022-23 Q1 to 2024-25 Q1");
	assert_string_equal(chart_caution(&fixture_measures[0], arena), "");
	assert_string_equal(chart_caution(&fixture_measures[2], arena),
		"The axis starts at 66%, not at zero.");
	assert_false(chart_is_worth_drawing(&fixture_measures[6]));
	arena_close(arena);
}

/* A canvas that counts what is drawn and keeps the labels. */
struct tally {
	int lines; /* joined points, by the dash */
	int dashed;
	int dotted;
	int boxes;
	int discs;
	int outside; /* labels or points off the sheet */
	struct canvas_box sheet;
	struct buffer labels;
};

static void look_at(struct tally *tally, struct canvas_point point)
{
	if (point.x < 0 || point.x > tally->sheet.width || point.y < 0
		|| point.y > tally->sheet.height)
		tally->outside++;
}

static void tally_box(void *back, struct canvas_box box,
	const struct canvas_pen *pen)
{
	struct tally *tally = back;
	(void)pen;
	assert_true(box.width >= 0 && box.height >= 0);
	look_at(tally, (struct canvas_point){box.x, box.y});
	tally->boxes++;
}

static void tally_path(void *back, const struct canvas_point *points,
	size_t count, bool is_closed, const struct canvas_pen *pen)
{
	struct tally *tally = back;
	(void)is_closed;
	for (size_t i = 0; i < count; i++)
		look_at(tally, points[i]);
	tally->dashed += pen->dash == CANVAS_DASHED;
	tally->dotted += pen->dash == CANVAS_DOTTED;
	tally->lines += pen->dash == CANVAS_SOLID && count > 2;
}

static void tally_disc(void *back, struct canvas_point centre, int32_t radius,
	const struct canvas_pen *pen)
{
	struct tally *tally = back;
	(void)radius;
	(void)pen;
	look_at(tally, centre);
	tally->discs++;
}

static void tally_label(void *back, const struct canvas_label *label)
{
	struct tally *tally = back;
	look_at(tally, label->at);
	buffer_string(&tally->labels, label->text);
	buffer_char(&tally->labels, '|');
}

static struct tally draw(const struct view_measure *measure,
	const struct chart_look *look)
{
	struct tally tally = {.sheet = {0, 0, look->width, look->height}};
	struct canvas canvas = {.back = &tally,
		.box = tally_box,
		.path = tally_path,
		.disc = tally_disc,
		.label = tally_label};
	chart_draw(&canvas, measure, look);
	return tally;
}

static const struct chart_look wide = {7000, 3000, 130, false};
static const struct chart_look narrow = {3400, 3000, 110, true};

static void a_gap_breaks_the_line(void **state)
{
	(void)state;
	struct tally tally = draw(&fixture_measures[0], &wide);
	assert_int_equal(tally.discs, 8);  /* a marker a value */
	assert_int_equal(tally.dashed, 2); /* the target, known on each side */
	assert_int_equal(tally.dotted, 0);
	assert_int_equal(tally.outside, 0);
	assert_non_null(strstr(tally.labels.bytes, "|c|"));
	assert_non_null(strstr(tally.labels.bytes, "|Target|22.0%|"));
	buffer_finish(&tally.labels);
}

static void a_comparator_that_is_the_target_is_drawn_once(void **state)
{
	(void)state;
	struct tally tally = draw(&fixture_measures[3], &wide);
	assert_int_equal(tally.dashed, 1);
	assert_int_equal(tally.dotted, 0);
	assert_non_null(
		strstr(tally.labels.bytes, "|Target: Inner London|15.9%|"));
	buffer_finish(&tally.labels);
}

static void counts_are_bars(void **state)
{
	(void)state;
	struct tally tally = draw(&fixture_measures[5], &wide);
	assert_int_equal(tally.discs, 0);
	/* Seven bars, as many white grounds of labels, two gaps. */
	assert_int_equal(tally.boxes, 16);
	buffer_finish(&tally.labels);
}

static void nothing_leaves_the_sheet(void **state)
{
	(void)state;
	const struct chart_look *looks[] = {&wide, &narrow};
	for (size_t i = 0; i < COUNT_OF(fixture_measures); i++)
		for (size_t j = 0; j < COUNT_OF(looks); j++) {
			struct tally tally = draw(&fixture_measures[i], looks[j]);
			if (tally.outside > 0)
				fail_msg("%s: %d points off the sheet",
					fixture_measures[i].id, tally.outside);
			buffer_finish(&tally.labels);
		}
}

/* Status must be told without colour: by outline and by word. */
static void statuses_differ_without_colour(void **state)
{
	(void)state;
	for (int a = VIEW_GREY; a <= VIEW_NEUTRAL; a++)
		for (int b = a + 1; b <= VIEW_NEUTRAL; b++) {
			const struct status_look *one = status_look(
				(enum view_status)a);
			const struct status_look *two = status_look(
				(enum view_status)b);
			assert_string_not_equal(one->glyph, two->glyph);
			assert_string_not_equal(one->word, two->word);
			assert_string_not_equal(one->words, two->words);
		}
}

/* WCAG 2.2, relative luminance, in parts of 10000; and contrast times 100. */
static double channel(uint32_t colour, int shift)
{
	double c = (double)((colour >> shift) & 0xFF) / 255.0;
	if (c <= 0.04045)
		return c / 12.92;
	/* ((c + 0.055) / 1.055) to the power 2.4: squared, times the fifth
	 * root of its square, by Newton's method. */
	double base = (c + 0.055) / 1.055;
	double root = 1.0;
	for (int i = 0; i < 60; i++)
		root -= (root * root * root * root * root - base * base)
			/ (5 * root * root * root * root);
	return base * base * root;
}

static double luminance(uint32_t colour)
{
	return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8)
		+ 0.0722 * channel(colour, 0);
}

static void tags_can_be_read(void **state)
{
	(void)state;
	assert_true(luminance(0xFFFFFF) > 0.999);
	for (int a = VIEW_GREY; a <= VIEW_NEUTRAL; a++) {
		const struct status_look *look = status_look((enum view_status)a);
		double words = (luminance(look->paper) + 0.05)
			/ (luminance(look->ink) + 0.05);
		double mark = (luminance(look->paper) + 0.05)
			/ (luminance(look->mark) + 0.05);
		if (words < 7.0 || mark < 3.0)
			fail_msg("%s: contrast of words %.2f, of mark %.2f",
				look->name, words, mark);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(axes_hold_their_values),
		cmocka_unit_test(counts_start_from_zero),
		cmocka_unit_test(percentages_near_each_other_leave_zero),
		cmocka_unit_test(places_are_in_proportion),
		cmocka_unit_test(a_chart_is_said_in_words),
		cmocka_unit_test(a_gap_breaks_the_line),
		cmocka_unit_test(a_comparator_that_is_the_target_is_drawn_once),
		cmocka_unit_test(counts_are_bars),
		cmocka_unit_test(nothing_leaves_the_sheet),
		cmocka_unit_test(statuses_differ_without_colour),
		cmocka_unit_test(tags_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
