/* SPDX-License-Identifier: MIT
 *
 * Cuts spans where codes change their class, and has each piece counted.
 */
#include "marks/tally.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "marks/count-inside.h"
#include "marks/year-inside.h"

bool tally_is_persistent(uint32_t absent, uint32_t possible)
{
	return possible > 0 && (uint64_t)absent * 10 >= possible;
}

bool tally_is_severe(uint32_t absent, uint32_t possible)
{
	return possible > 0 && (uint64_t)absent * 2 >= possible;
}

struct tally_span tally_span_of(int year, struct period period)
{
	struct period whole = period_absence_year(year);
	struct date first = date_later(period.first, whole.first);
	struct date last = date_earlier(period.last, whole.last);
	if (last.day < first.day)
		return (struct tally_span){0, 0};
	return (struct tally_span){.from = (uint32_t)(first.day - whole.first.day)
			* 2,
		.to = (uint32_t)(last.day - whole.first.day + 1) * 2};
}

static void count_span(const struct marks_year *year, const uint8_t *marks,
	struct tally_span span, count_run *run, struct count *count)
{
	for (uint32_t i = 0; i < year->count; i++) {
		const struct year_stretch *stretch = &year->stretches[i];
		uint32_t from = span.from > stretch->from ? span.from
							  : stretch->from;
		uint32_t to = span.to < stretch->to ? span.to : stretch->to;
		if (from < to)
			run(stretch, marks + from, to - from, count);
	}
}

static uint16_t count_of(const struct count *count, int field)
{
	return (uint16_t)((field < 4 ? count->low : count->high)
		>> field % 4 * 16);
}

static struct tally unpack(const struct count *count)
{
	return (struct tally){
		.unmapped = count_of(count, MARKS_UNMAPPED),
		.none = count_of(count, MARKS_NONE),
		.not_possible = count_of(count, MARKS_NOT_POSSIBLE),
		.attending = count_of(count, MARKS_ATTENDING),
		.activity = count_of(count, MARKS_ACTIVITY),
		.authorised = count_of(count, MARKS_AUTHORISED),
		.unauthorised = count_of(count, MARKS_UNAUTHORISED),
		.late = count_of(count, MARKS_CLASSES),
	};
}

static void count_years(const struct marks_year *year,
	const struct tally_marks *marks, const struct tally_spans *spans,
	count_run *run, struct tally *out_tallies)
{
	for (size_t i = 0; i < marks->count; i++) {
		struct count count = {0, 0};
		for (size_t s = 0; s < spans->count; s++)
			count_span(year, marks->years + i * marks->stride,
				spans->at[s], run, &count);
		out_tallies[i] = unpack(&count);
	}
}

void tally_years(const struct marks_year *year, const struct tally_marks *marks,
	const struct tally_spans *spans, struct tally *out_tallies)
{
	count_years(year, marks, spans, count_best(), out_tallies);
}

size_t tally_ways(void)
{
	count_run *ways[COUNT_WAYS];
	return count_ways(ways);
}

void tally_years_by(size_t way, const struct marks_year *year,
	const struct tally_marks *marks, const struct tally_spans *spans,
	struct tally *out_tallies)
{
	count_run *ways[COUNT_WAYS];
	size_t count = count_ways(ways);
	count_years(year, marks, spans, ways[way < count ? way : 0], out_tallies);
}

void tally_codes(const uint8_t *marks, const struct tally_spans *spans,
	uint32_t out_counts[256])
{
	memset(out_counts, 0, 256 * sizeof(out_counts[0]));
	for (size_t s = 0; s < spans->count; s++)
		for (uint32_t i = spans->at[s].from; i < spans->at[s].to; i++)
			out_counts[marks[i]]++;
}

static void count_byte(struct tally_bytes *bytes, uint8_t byte)
{
	bytes->counts[byte]++;
	bytes->seen[byte / 64] |= (uint64_t)1 << byte % 64;
}

#ifdef __SSE2__

enum { TOGETHER = 16, BITS = 1 }; /* marks looked at at once; bits of each */

/* A bit for each mark that is none of the common ones. */
static uint64_t find_others(const uint8_t *marks,
	const uint8_t common[TALLY_COMMON])
{
	__m128i now = _mm_loadu_si128((const __m128i *)(const void *)marks);
	__m128i usual = _mm_setzero_si128();
	for (int i = 0; i < TALLY_COMMON; i++)
		usual = _mm_or_si128(usual,
			_mm_cmpeq_epi8(now, _mm_set1_epi8((char)common[i])));
	return (uint64_t)_mm_movemask_epi8(usual) ^ 0xffff;
}

#else

enum { TOGETHER = 8, BITS = 8 };

/* The top bit of each byte of eight that is none of the common ones. */
static uint64_t find_others(const uint8_t *marks,
	const uint8_t common[TALLY_COMMON])
{
	const uint64_t ones = 0x0101010101010101u, low = 0x7f * ones;
	uint64_t now, others = ~low;
	memcpy(&now, marks, sizeof now);
	for (int i = 0; i < TALLY_COMMON; i++) {
		uint64_t word = now ^ ones * common[i];
		others &= ((word & low) + low) | word;
	}
	return others;
}

#endif

void tally_uncommon(const uint8_t *marks, struct tally_span span,
	const uint8_t common[TALLY_COMMON], struct tally_bytes *bytes)
{
	uint32_t i = span.from;
	for (; i + TOGETHER <= span.to; i += TOGETHER)
		for (uint64_t others = find_others(marks + i, common);
			others != 0; others &= others - 1)
			count_byte(bytes,
				marks[i + (uint32_t)__builtin_ctzll(others) / BITS]);
	for (; i < span.to; i++)
		if (marks[i] != common[0] && marks[i] != common[1]
			&& marks[i] != common[2])
			count_byte(bytes, marks[i]);
}
