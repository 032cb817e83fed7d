/* SPDX-License-Identifier: MIT
 *
 * SplitMix64: one addition and two multiplications a number. Good enough for
 * invented children, and the same on every machine. Not for secrets.
 */
#include "demo/demo_random.h"

static uint64_t next_number(struct demo_random *random)
{
	uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

struct demo_random demo_random_stream(uint64_t seed, uint64_t number)
{
	struct demo_random random = {
		seed ^ (number * UINT64_C(0xd1342543de82ef95))};
	next_number(&random);
	return random;
}

int demo_random_below(struct demo_random *random, int count)
{
	if (count <= 0)
		return 0;
	return (int)((next_number(random) >> 33) % (uint64_t)count);
}

int demo_random_between(struct demo_random *random, int from, int to)
{
	return from + demo_random_below(random, to - from + 1);
}

struct date demo_random_date(struct demo_random *random, struct date from,
	struct date to)
{
	return (struct date){demo_random_between(random, from.day, to.day)};
}

bool demo_random_chance(struct demo_random *random, int per_mille)
{
	return demo_random_below(random, 1000) < per_mille;
}

int demo_random_weighted(struct demo_random *random, const int *weights,
	size_t count)
{
	int total = 0;
	for (size_t i = 0; i < count; i++)
		total += weights[i];
	int left = demo_random_below(random, total);
	for (size_t i = 0; i < count; i++) {
		left -= weights[i];
		if (left < 0)
			return (int)i;
	}
	return 0;
}

void demo_random_shuffle(struct demo_random *random, int32_t *numbers,
	size_t count)
{
	for (size_t i = count; i > 1; i--) {
		size_t other = (size_t)demo_random_below(random, (int)i);
		int32_t held = numbers[i - 1];
		numbers[i - 1] = numbers[other];
		numbers[other] = held;
	}
}
