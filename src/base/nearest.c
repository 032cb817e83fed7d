/* SPDX-License-Identifier: MIT
 *
 * The distance of two words, and the least of several.
 */
#include "base/nearest.h"

static size_t lesser(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to add, take away, change, or swap with the next. */
static size_t edits(struct text a, struct text b)
{
	enum { MOST = 24 };
	size_t grid[MOST + 1][MOST + 1];
	if (a.length > MOST || b.length > MOST)
		return MOST;
	for (size_t j = 0; j <= b.length; j++)
		grid[0][j] = j;
	for (size_t i = 1; i <= a.length; i++) {
		grid[i][0] = i;
		for (size_t j = 1; j <= b.length; j++) {
			bool is_same = a.at[i - 1] == b.at[j - 1];
			bool is_swap = i > 1 && j > 1
				&& a.at[i - 1] == b.at[j - 2]
				&& a.at[i - 2] == b.at[j - 1];
			grid[i][j] = lesser(grid[i - 1][j - 1] + !is_same,
				lesser(grid[i - 1][j], grid[i][j - 1]) + 1);
			if (is_swap)
				grid[i][j] = lesser(grid[i][j],
					grid[i - 2][j - 2] + 1);
		}
	}
	return grid[a.length][b.length];
}

const char *nearest_of(struct text word, const char *const *words, size_t count)
{
	const char *nearest = NULL;
	size_t least = word.length / 4 + 1;
	for (size_t i = 0; i < count; i++) {
		size_t distance = edits(word, text_of(words[i]));
		if (distance > least || (nearest != NULL && distance == least))
			continue;
		nearest = words[i];
		least = distance;
	}
	return nearest;
}

const char *nearest_hint(struct arena *arena, struct text word,
	const char *const *words, size_t count)
{
	const char *nearest = nearest_of(word, words, count);
	return nearest == NULL
		? ""
		: arena_format(arena, "did you mean %s?", nearest);
}
