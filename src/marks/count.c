/* SPDX-License-Identifier: MIT
 *
 * Eight counts at once. Plainly: as the bytes of one number to which each mark
 * adds a one. Widely: each mark becomes its meaning by table look-up, the
 * meaning becomes ones in half-bytes of four vectors, and these are added up;
 * they are emptied into whole numbers before a field can run over.
 */
#include "marks/count-inside.h"

#include <string.h>

#include "marks/year-inside.h"

/* Four bytes to four times 16 bits. */
static inline uint64_t spread(uint64_t bytes)
{
	bytes = (bytes | bytes << 16) & 0x0000ffff0000ffff;
	return (bytes | bytes << 8) & 0x00ff00ff00ff00ff;
}

static void count_plain(const struct year_stretch *stretch,
	const uint8_t *bytes, size_t length, struct count *count)
{
	enum { MOST = 255 }; /* what a byte holds */
	while (length > 0) {
		size_t now = length < MOST ? length : MOST;
		uint64_t sums = 0;
		size_t i = 0;
		for (; i + 4 <= now; i += 4)
			sums += stretch->unit[bytes[i]]
				+ stretch->unit[bytes[i + 1]]
				+ (stretch->unit[bytes[i + 2]]
					+ stretch->unit[bytes[i + 3]]);
		for (; i < now; i++)
			sums += stretch->unit[bytes[i]];
		count->low += spread(sums & 0xffffffff);
		count->high += spread(sums >> 32);
		bytes += now;
		length -= now;
	}
}

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))
#define INLINE static inline __attribute__((always_inline))

enum { NARROW = 32, WIDE = 64, ROUNDS = 15 /* what half a byte holds */ };

/* For pair p of counts and a meaning: a one in the low half for count 2p, in
 * the high half for count 2p + 1. A late mark adds to its class and to 7. */
static const uint8_t pair_of[4][16] = {
	{[0] = 1, [1] = 16, [8] = 1, [9] = 16},
	{[2] = 1, [3] = 16, [10] = 1, [11] = 16},
	{[4] = 1, [5] = 16, [12] = 1, [13] = 16},
	{[6] = 1, [8] = 16, [9] = 16, [10] = 16, [11] = 16, [12] = 16, [13] = 16, [14] = 1 + 16},
};

struct narrow {
	__m256i pair[4];
};

AVX2 INLINE __m256i narrow_twice(const uint8_t *bytes)
{
	__m128i half;
	memcpy(&half, bytes, sizeof(half));
	return _mm256_broadcastsi128_si256(half);
}

/* Each byte's meaning. For every sixteen of the table: bytes that are in it
 * become 112 to 127 and look themselves up, others have their top bit set and
 * find zero. */
AVX2 INLINE __m256i narrow_meaning(const struct year_stretch *stretch,
	__m256i marks, uint32_t rows)
{
	__m256i found = _mm256_setzero_si256();
#pragma GCC unroll 16
	for (uint32_t i = 0; i < rows; i++) {
		uint8_t row = stretch->rows[i];
		__m256i at = _mm256_adds_epu8(_mm256_xor_si256(marks,
						      _mm256_set1_epi8(
							      (char)(row << 4))),
			_mm256_set1_epi8(0x70));
		found = _mm256_or_si256(found,
			_mm256_shuffle_epi8(narrow_twice(stretch->meaning
						    + (size_t)row * 16),
				at));
	}
	return found;
}

AVX2 INLINE void narrow_add(struct narrow *sums, __m256i meanings)
{
#pragma GCC unroll 4
	for (int p = 0; p < 4; p++)
		sums->pair[p] = _mm256_add_epi8(sums->pair[p],
			_mm256_shuffle_epi8(narrow_twice(pair_of[p]), meanings));
}

/* Two pairs of fields as four times 16 bits of each quarter of a vector. */
AVX2 INLINE uint64_t narrow_pack(__m256i first, __m256i second)
{
	__m256i half = _mm256_set1_epi8(0x0f), zero = _mm256_setzero_si256();
	__m256i a = _mm256_sad_epu8(_mm256_and_si256(first, half), zero);
	__m256i b = _mm256_sad_epu8(_mm256_and_si256(_mm256_srli_epi16(first, 4),
					    half),
		zero);
	__m256i c = _mm256_sad_epu8(_mm256_and_si256(second, half), zero);
	__m256i d = _mm256_sad_epu8(_mm256_and_si256(_mm256_srli_epi16(second, 4),
					    half),
		zero);
	a = _mm256_or_si256(a, _mm256_slli_epi64(b, 16));
	c = _mm256_or_si256(_mm256_slli_epi64(c, 32), _mm256_slli_epi64(d, 48));
	a = _mm256_or_si256(a, c);
	__m128i sum = _mm_add_epi64(_mm256_castsi256_si128(a),
		_mm256_extracti128_si256(a, 1));
	return (uint64_t)_mm_cvtsi128_si64(sum)
		+ (uint64_t)_mm_extract_epi64(sum, 1);
}

AVX2 INLINE void narrow_empty(struct narrow *sums, struct count *count)
{
	count->low += narrow_pack(sums->pair[0], sums->pair[1]);
	count->high += narrow_pack(sums->pair[2], sums->pair[3]);
	*sums = (struct narrow){{_mm256_setzero_si256()}};
}

/* The meanings of the last vector of a run, of which only the last `rest` have
 * not been counted yet. */
AVX2 INLINE __m256i narrow_skip(__m256i meanings, size_t rest)
{
	/* YEAR_SKIP for the first 32 bytes, nothing for the next. */
	static const uint8_t skips[2 * NARROW] = {15, 15, 15, 15, 15, 15, 15,
		15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15, 15,
		15, 15, 15, 15, 15, 15, 15, 15, 15};
	__m256i skip;
	memcpy(&skip, skips + rest, sizeof(skip));
	return _mm256_or_si256(meanings, skip);
}

/* At least one whole vector; the number of rows is known when this is
 * compiled. */
AVX2 INLINE void narrow_run(const struct year_stretch *stretch,
	const uint8_t *bytes, size_t length, uint32_t rows, struct count *count)
{
	struct narrow sums = {{_mm256_setzero_si256()}};
	__m256i marks;
	int round = 0;
	size_t at = 0;
	for (; at + NARROW <= length; at += NARROW) {
		memcpy(&marks, bytes + at, sizeof(marks));
		narrow_add(&sums, narrow_meaning(stretch, marks, rows));
		if (++round == ROUNDS - 1) {
			narrow_empty(&sums, count);
			round = 0;
		}
	}
	if (at < length) {
		memcpy(&marks, bytes + length - NARROW, sizeof(marks));
		narrow_add(&sums,
			narrow_skip(narrow_meaning(stretch, marks, rows),
				length - at));
	}
	narrow_empty(&sums, count);
}

/* Code lists of plain characters have up to six rows. */
AVX2 static void count_narrow(const struct year_stretch *stretch,
	const uint8_t *bytes, size_t length, struct count *count)
{
	if (length < NARROW)
		count_plain(stretch, bytes, length, count);
	else if (stretch->row_count == 5)
		narrow_run(stretch, bytes, length, 5, count);
	else if (stretch->row_count == 6)
		narrow_run(stretch, bytes, length, 6, count);
	else
		narrow_run(stretch, bytes, length, stretch->row_count, count);
}

struct wide {
	__m512i pair[4];
};

/* The table of meanings, 64 at a time. */
struct quarters {
	__m512i at[4];
};

AVX512 INLINE __m512i wide_meaning(const struct quarters *table, __m512i marks)
{
	__m512i low = _mm512_permutex2var_epi8(table->at[0], marks, table->at[1]);
	__m512i high = _mm512_permutex2var_epi8(table->at[2], marks,
		table->at[3]);
	return _mm512_mask_blend_epi8(_mm512_movepi8_mask(marks), low, high);
}

AVX512 INLINE __m512i wide_pair(int p)
{
	return _mm512_broadcast_i32x4(
		_mm_loadu_si128((const __m128i *)pair_of[p]));
}

AVX512 INLINE void wide_add(struct wide *sums, const struct wide *pairs,
	__m512i meanings)
{
#pragma GCC unroll 4
	for (int p = 0; p < 4; p++)
		sums->pair[p] = _mm512_add_epi8(sums->pair[p],
			_mm512_shuffle_epi8(pairs->pair[p], meanings));
}

AVX512 INLINE uint64_t wide_pack(__m512i first, __m512i second)
{
	__m512i half = _mm512_set1_epi8(0x0f), zero = _mm512_setzero_si512();
	__m512i a = _mm512_sad_epu8(_mm512_and_si512(first, half), zero);
	__m512i b = _mm512_sad_epu8(_mm512_and_si512(_mm512_srli_epi16(first, 4),
					    half),
		zero);
	__m512i c = _mm512_sad_epu8(_mm512_and_si512(second, half), zero);
	__m512i d = _mm512_sad_epu8(_mm512_and_si512(_mm512_srli_epi16(second, 4),
					    half),
		zero);
	a = _mm512_or_si512(a, _mm512_slli_epi64(b, 16));
	c = _mm512_or_si512(_mm512_slli_epi64(c, 32), _mm512_slli_epi64(d, 48));
	return (uint64_t)_mm512_reduce_add_epi64(_mm512_or_si512(a, c));
}

AVX512 INLINE void wide_empty(struct wide *sums, struct count *count)
{
	count->low += wide_pack(sums->pair[0], sums->pair[1]);
	count->high += wide_pack(sums->pair[2], sums->pair[3]);
	*sums = (struct wide){{_mm512_setzero_si512()}};
}

/* The last, incomplete vector is read under a mask; the rest of it is to be
 * skipped. */
AVX512 static void count_wide(const struct year_stretch *stretch,
	const uint8_t *bytes, size_t length, struct count *count)
{
	const uint8_t *meaning = stretch->meaning;
	struct quarters table = {{_mm512_loadu_si512(meaning),
		_mm512_loadu_si512(meaning + WIDE),
		_mm512_loadu_si512(meaning + (size_t)2 * WIDE),
		_mm512_loadu_si512(meaning + (size_t)3 * WIDE)}};
	struct wide pairs = {
		{wide_pair(0), wide_pair(1), wide_pair(2), wide_pair(3)}};
	struct wide sums = {{_mm512_setzero_si512()}};
	int round = 0;
	size_t at = 0;
	for (; at + WIDE <= length; at += WIDE) {
		__m512i marks = _mm512_loadu_si512(bytes + at);
		wide_add(&sums, &pairs, wide_meaning(&table, marks));
		if (++round == ROUNDS - 1) {
			wide_empty(&sums, count);
			round = 0;
		}
	}
	if (at < length) {
		__mmask64 rest = ((uint64_t)1 << (length - at)) - 1;
		__m512i marks = _mm512_maskz_loadu_epi8(rest, bytes + at);
		__m512i meanings = _mm512_mask_blend_epi8(rest,
			_mm512_set1_epi8(YEAR_SKIP), wide_meaning(&table, marks));
		wide_add(&sums, &pairs, meanings);
	}
	wide_empty(&sums, count);
}

size_t count_ways(count_run *out_ways[COUNT_WAYS])
{
	size_t count = 0;
	out_ways[count++] = count_plain;
	if (__builtin_cpu_supports("avx2"))
		out_ways[count++] = count_narrow;
	if (__builtin_cpu_supports("avx512bw")
		&& __builtin_cpu_supports("avx512vbmi"))
		out_ways[count++] = count_wide;
	return count;
}
#else
size_t count_ways(count_run *out_ways[COUNT_WAYS])
{
	out_ways[0] = count_plain;
	return 1;
}
#endif

count_run *count_best(void)
{
	count_run *ways[COUNT_WAYS];
	return ways[count_ways(ways) - 1];
}
