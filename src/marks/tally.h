/* SPDX-License-Identifier: MIT
 *
 * Sessions possible, attended and missed, from packed years of marks.
 *
 * Whole numbers only: a rate is for whoever shows it, and whether a child is
 * persistently absent never depends on rounding. Marks whose code is not
 * mapped count as neither possible nor missed; their number is given, so that
 * it can be shown. A tally is of one enrolment; a child at two schools has two.
 *
 * The same counts come from every path: AVX-512, AVX2 (found at run time) and
 * one byte at a time.
 */
#ifndef KITH_MARKS_TALLY_H
#define KITH_MARKS_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/period.h"
#include "marks/marks.h"

struct tally {
	uint16_t unmapped;
	uint16_t none; /* sessions without a mark */
	uint16_t not_possible;
	uint16_t attending;
	uint16_t activity;
	uint16_t authorised;
	uint16_t unauthorised;
	uint16_t late; /* also among attending or unauthorised (L, U) */
};

/* DfE, pupil absence in schools, methodology: absence is missed over possible
 * sessions; persistent from 10 in 100 of one's own, severe from 50. */
static inline uint32_t tally_absent(const struct tally *tally)
{
	return (uint32_t)tally->authorised + tally->unauthorised;
}

static inline uint32_t tally_possible(const struct tally *tally)
{
	return (uint32_t)tally->attending + tally->activity + tally_absent(tally);
}

bool tally_is_persistent(uint32_t absent, uint32_t possible);
bool tally_is_severe(uint32_t absent, uint32_t possible);

/* Places of a year, `to` exclusive. */
struct tally_span {
	uint32_t from;
	uint32_t to;
};

/* The part of a period that lies in the year beginning 1 August `year`; empty
 * (from == to) if none does. */
struct tally_span tally_span_of(int year, struct period period);

/* Years of `count` pupils, each `stride` bytes after the last. */
struct tally_marks {
	const uint8_t *years;
	size_t stride; /* at least MARKS_YEAR */
	size_t count;
};

struct tally_spans {
	const struct tally_span *at; /* not overlapping */
	size_t count;
};

/* One tally a pupil, over all spans together. */
void tally_years(const struct marks_year *year, const struct tally_marks *marks,
	const struct tally_spans *spans, struct tally *out_tallies);

/* The same by a way of choice: 0 is one byte at a time, and there are
 * tally_ways() of them here. For tests and timings. */
size_t tally_ways(void);
void tally_years_by(size_t way, const struct marks_year *year,
	const struct tally_marks *marks, const struct tally_spans *spans,
	struct tally *out_tallies);

/* How often each byte stands in the spans of one pupil's year. */
void tally_codes(const uint8_t *marks, const struct tally_spans *spans,
	uint32_t out_counts[256]);

/* The same of one span, added, for marks of which nearly all are one of three
 * bytes: those are passed over. `seen` has a bit for each byte counted. */
enum { TALLY_COMMON = 3, TALLY_WORDS = 4 };
struct tally_bytes {
	uint64_t seen[TALLY_WORDS];
	uint32_t counts[256];
};
void tally_uncommon(const uint8_t *marks, struct tally_span span,
	const uint8_t common[TALLY_COMMON], struct tally_bytes *bytes);

#endif
