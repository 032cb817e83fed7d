/* SPDX-License-Identifier: MIT
 *
 * Whole-year totals of 200,000 pupils: processor time, and the share of the
 * speed at which the same bytes can be read at all, measured in turn.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "marks/tally.h"

enum { PUPILS = 200000, ROUNDS = 5 };

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

typedef uint64_t eight __attribute__((vector_size(64)));

static uint64_t read_all(const uint8_t *bytes, size_t length)
{
	eight sums[4] = {{0}, {0}, {0}, {0}};
	for (size_t i = 0; i + sizeof(sums) <= length; i += sizeof(sums))
		for (size_t s = 0; s < 4; s++) {
			eight next;
			memcpy(&next, bytes + i + s * sizeof(next), sizeof(next));
			sums[s] += next;
		}
	eight all = sums[0] + sums[1] + sums[2] + sums[3];
	return all[0] + all[1] + all[2] + all[3] + all[4] + all[5] + all[6]
		+ all[7];
}

static void keep_least(double *least, double from)
{
	double took = seconds() - from;
	if (took < *least)
		*least = took;
}

static const struct marks_year *make_year(struct arena *arena)
{
	static const char codes[] = "/\\LKVPWBMCSTRIEGNOUDQXZ#cdj1234567";
	struct fault fault = {0};
	struct marks_code *rows = arena_array(arena, sizeof(codes),
		sizeof(*rows));
	const struct marks_table *table = NULL;
	for (size_t i = 0; codes[i] != 0; i++)
		rows[i] = (struct marks_code){.code = {&codes[i], 1},
			.byte = (uint8_t)codes[i],
			.class = (enum marks_class)(MARKS_NOT_POSSIBLE + i % 5),
			.from = i > 24 ? date_from(2024, 8, 19) : DATE_NONE};
	if (!marks_table(arena, rows, sizeof(codes) - 1, '-', &table, &fault))
		return NULL;
	return marks_year(arena, table, 2024);
}

int main(void)
{
	struct arena *arena = arena_open();
	const struct marks_year *year = make_year(arena);
	if (year == NULL)
		return 1;
	size_t size = (size_t)PUPILS * MARKS_YEAR;
	uint8_t *bytes = arena_array(arena, size, 1);
	uint64_t seed = 1;
	for (size_t i = 0; i < size; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		bytes[i] =
			(uint8_t) "/\\/\\/\\/\\/\\/\\/LIMUNG#-c"[(seed >> 40) % 22];
	}
	struct tally *tallies = arena_array(arena, PUPILS, sizeof(*tallies));
	struct tally_marks marks = {bytes, MARKS_YEAR, PUPILS};
	struct tally_span whole = {0, MARKS_YEAR};
	struct tally_spans spans = {&whole, 1};
	double reading = 1e9, took[8] = {1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9, 1e9};
	uint64_t sum = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = seconds();
		sum += read_all(bytes, size);
		keep_least(&reading, from);
		for (size_t way = 0; way < tally_ways() && way < 8; way++) {
			from = seconds();
			tally_years_by(way, year, &marks, &spans, tallies);
			keep_least(&took[way], from);
			sum += tallies[PUPILS - 1].attending;
		}
	}
	double gigabytes = (double)size / 1e9;
	printf("%d years of marks, %.3f GB (sum %llu)\n", PUPILS, gigabytes,
		(unsigned long long)sum);
	printf("plain read   %7.2f ms  %6.2f GB/s\n", reading * 1e3,
		gigabytes / reading);
	static const char *const names[] = {"one by one", "AVX2", "AVX-512"};
	for (size_t way = 0; way < tally_ways() && way < 3; way++)
		printf("%-12s %7.2f ms  %6.2f GB/s, %.0f%% of the read\n",
			names[way], took[way] * 1e3, gigabytes / took[way],
			100 * reading / took[way]);
	arena_close(arena);
	return 0;
}
