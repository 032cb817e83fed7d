/* SPDX-License-Identifier: MIT
 *
 * The phrases that every format says alike.
 *
 * They join what the view gives; they never derive a figure from another.
 * Strings returned live in the arena given, or in the view.
 */
#ifndef KITH_RENDER_WORDS_H
#define KITH_RENDER_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "render/view.h"

bool words_given(const char *string); /* neither NULL nor "" */
const char *words_or(const char *string, const char *otherwise);

/* 207 is "20.7", -3 is "-0.3". Whole: 210 is "21", for counts. */
void words_tenths(struct buffer *out, int64_t tenths);
void words_whole(struct buffer *out, int64_t tenths);

/* "12 of 58"; "12" without a denominator; "" without a numerator. */
const char *words_fraction(struct arena *arena, const char *numerator,
	const char *denominator);

/* "12 plans that were repeats, of 58 plans started". */
const char *words_fraction_in_full(struct arena *arena,
	const struct view_measure *measure);

/* What the measure's symbol means; "" if it has none. */
const char *words_symbol(const struct view_measure *measure);

/* "20.7%", or "c: suppressed because it could identify a child". */
const char *words_value(struct arena *arena, const struct view_measure *measure);

/* A string that may be a symbol, with its meaning: "u: the history ...". */
const char *words_explained(struct arena *arena, const char *value);

/* "Inner London 15.9%"; "" if there is none. */
const char *words_comparator(struct arena *arena,
	const struct view_measure *measure);

const char *words_status(const struct view_measure *measure);
const char *words_direction(const struct view_measure *measure);
const char *words_unit(enum view_unit unit); /* "percent", for machines */

/* Red or amber, or worse than a year ago: belongs on the exceptions list. */
bool words_is_exception(const struct view_measure *measure);

/* "Red: misses target. 3.4 points over target. Worse than a year ago: 2.3
 * percentage points higher" */
const char *words_exception(struct arena *arena,
	const struct view_measure *measure);

/* Says whether a symbol stands anywhere in the report. */
bool words_uses_symbol(const struct view_report *report, const char *symbol);

#endif
