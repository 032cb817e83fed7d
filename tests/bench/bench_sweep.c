/* SPDX-License-Identifier: MIT
 *
 * Eight measures, eight breakdowns, at 40 quarters and at 480 months, for one
 * authority and for 153; processor time, and the ratio to reading the same
 * rows once. Sizes are about those of an inner London borough over ten years.
 */
#include <stdio.h>
#include <time.h>

#include "measures/sweep.h"

enum { CHILDREN = 6000, ITEMS = 5000, MEASURES = 8, WAYS = 8, ROUNDS = 5 };

static uint64_t seed = 7;

static int32_t any(int32_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int32_t)((seed >> 33) % (uint64_t)below);
}

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct sweep_list make_list(struct arena *arena)
{
	int32_t *child = arena_array(arena, ITEMS, sizeof(*child));
	int32_t *first = arena_array(arena, ITEMS, sizeof(*first));
	int32_t *end = arena_array(arena, ITEMS, sizeof(*end));
	uint8_t *part = arena_array(arena, ITEMS, sizeof(*part));
	for (int i = 0; i < ITEMS; i++) {
		child[i] = any(CHILDREN);
		first[i] = 735000 + any(3650);
		end[i] = any(8) == 0 ? SWEEP_OPEN : first[i] + any(700);
		part[i] = (uint8_t)any(2);
	}
	return (struct sweep_list){child, first, end, part, ITEMS, NULL};
}

static struct sweep_dimension make_dimension(struct arena *arena, int way)
{
	static const uint16_t groups[WAYS] = {3, 6, 8, 12, 20, 5, 9, 4};
	size_t most = (size_t)CHILDREN * 3;
	uint32_t *offsets = arena_array(arena, CHILDREN + 1, sizeof(*offsets));
	int32_t *first = arena_array(arena, most, sizeof(*first));
	int32_t *end = arena_array(arena, most, sizeof(*end));
	uint16_t *group = arena_array(arena, most, sizeof(*group));
	uint32_t made = 0;
	for (int c = 0; c < CHILDREN; c++) {
		offsets[c] = made;
		int32_t day = SWEEP_EVER;
		for (int s = way % 3; s >= 0; s--, made++) {
			first[made] = day;
			day = s == 0 ? SWEEP_OPEN
				     : 735000 + (2 - s) * 1500 + any(1500);
			end[made] = day;
			group[made] = (uint16_t)any(groups[way] - 1);
		}
	}
	offsets[CHILDREN] = made;
	return (struct sweep_dimension){offsets, first, end, group, CHILDREN,
		groups[way]};
}

struct job {
	struct sweep_list lists[MEASURES];
	struct sweep_dimension by[WAYS];
};

static uint64_t run(const struct job *job, struct arena *arena, int periods,
	int step)
{
	struct fault fault = {0};
	struct date dates[480];
	struct period spans[480];
	uint64_t sum = 0;
	for (int i = 0; i < periods; i++) {
		dates[i] = date_add_months(date_from(2015, 1, 31),
			(i - periods + 40 * 3 / step) * step);
		spans[i] = (struct period){date_add_months(dates[i], -12),
			dates[i]};
	}
	const struct sweep_calendar *at = NULL, *in = NULL;
	size_t count = (size_t)periods;
	if (!sweep_at_dates(arena, dates, count, &at, &fault)
		|| !sweep_in_spans(arena, spans, count, &in, &fault))
		return 0;
	for (int m = 0; m < MEASURES; m++)
		for (int w = 0; w < WAYS; w++) {
			struct sweep_counts counts = sweep_count(arena,
				&job->lists[m], m % 2 ? at : in, &job->by[w]);
			sum += sweep_cell(&counts, SWEEP_COUNTED, 1,
				counts.periods - 1);
		}
	arena_reset(arena);
	return sum;
}

/* What no method can avoid: every row, once for each breakdown. */
static uint64_t read_rows(const struct job *job)
{
	uint64_t sum = 0;
	for (int m = 0; m < MEASURES; m++)
		for (int w = 0; w < WAYS; w++)
			for (size_t i = 0; i < ITEMS; i++)
				sum += (uint64_t)job->lists[m].child[i]
					+ (uint64_t)job->lists[m].first[i]
					+ (uint64_t)job->lists[m].end[i]
					+ job->lists[m].part[i];
	return sum;
}

static double best(const struct job *job, int periods, int step)
{
	struct arena *arena = arena_open();
	double least = 1e9;
	uint64_t sum = 0;
	for (int round = 0; round < ROUNDS; round++) {
		double from = seconds();
		sum += step == 0 ? read_rows(job)
				 : run(job, arena, periods, step);
		double took = seconds() - from;
		if (took < least)
			least = took;
	}
	arena_close(arena);
	if (sum == 0)
		printf("nothing counted\n");
	return least;
}

int main(void)
{
	struct arena *arena = arena_open();
	struct job job;
	for (int m = 0; m < MEASURES; m++)
		job.lists[m] = make_list(arena);
	for (int w = 0; w < WAYS; w++)
		job.by[w] = make_dimension(arena, w);
	double quarters = best(&job, 40, 3), months = best(&job, 480, 1);
	double plain = best(&job, 0, 0);
	printf("8 measures x 8 breakdowns, %d items each\n", ITEMS);
	printf("40 quarters   %7.3f ms\n", quarters * 1e3);
	printf("480 months    %7.3f ms, %.2f of the quarters\n", months * 1e3,
		months / quarters);
	printf("plain read    %7.3f ms, the sweep takes %.1f times that\n",
		plain * 1e3, quarters / plain);
	double from = seconds();
	struct arena *work = arena_open();
	uint64_t sum = 0;
	for (int la = 0; la < 153; la++)
		sum += run(&job, work, 40, 3);
	printf("153 authorities %.3f s (sum %llu)\n", seconds() - from,
		(unsigned long long)sum);
	arena_close(work);
	arena_close(arena);
	return 0;
}
