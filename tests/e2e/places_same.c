/* SPDX-License-Identifier: MIT
 *
 * Byte for byte the same, from a file, a folder and PostgreSQL.
 */
#include "places.h"

static struct text report(enum running_place place, const char *format,
	const char *edition)
{
	return EXPECT(0, places.harness, "--db", places.db[place], "--la",
		"206", "report", "quarterly", "--period", "2024-25Q1",
		"--format", format, edition);
}

void places_test_report(void **state)
{
	static const char *const formats[] = {"text", "html", "pdf", "xlsx",
		"csv", "json"};
	static const char *const editions[] = {"--publish", NULL};
	(void)state;
	for (size_t f = 0; f < COUNT_OF(formats); f++)
		for (size_t e = 0; e < COUNT_OF(editions); e++) {
			struct text file = report(RUNNING_FILE, formats[f],
				editions[e]);
			assert_true(file.length > 1000);
			for (int p = RUNNING_FOLDER; p < RUNNING_PLACES; p++)
				if (places.db[p] != NULL)
					SAME(file,
						report((enum running_place)p,
							formats[f], editions[e]));
		}
}

static struct text measure(enum running_place place, const char *id,
	const char *edition)
{
	return EXPECT(0, places.harness, "--db", places.db[place], "--la",
		"206", "measure", id, "--at", "2024-03-31", "--by", "age,sex",
		"--format", "csv", edition);
}

/* Every measure there is, crossed by two dimensions. */
void places_test_measures(void **state)
{
	(void)state;
	struct text rest = EXPECT(0, places.harness, PLACES_FILE, "measure");
	size_t count = 0, filled = 0;
	while (rest.length > 0) {
		struct text title;
		struct text line = text_split(rest, '\n', &rest);
		const char *id = arena_string(harness_arena(places.harness),
			text_split(line, ' ', &title));
		struct text file = measure(RUNNING_FILE, id, NULL);
		struct text hidden = measure(RUNNING_FILE, id, "--publish");
		for (int p = RUNNING_FOLDER; p < RUNNING_PLACES; p++) {
			if (places.db[p] == NULL)
				continue;
			SAME(file, measure((enum running_place)p, id, NULL));
			SAME(hidden,
				measure((enum running_place)p, id, "--publish"));
		}
		count++;
		filled += running_rows(file) > 1;
	}
	assert_true(count >= 50);
	assert_true(filled >= 25);
}
