/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all as the name of a census file, as its heading, as a phase and
 * as a child's name. A census that is found must be found again in its own
 * label; columns must lie in the heading; a folded name must fold to itself.
 */
#include <stdlib.h>

#include "feeds/census-inside.h"
#include "people/fold.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void try_name(struct text text)
{
	struct census_when when = census_when_in(text);
	if (when.year == 0)
		return;
	char label[CENSUS_WHEN_TEXT];
	census_when_write(when, label);
	struct census_when again = census_when_in(text_of(label));
	must(again.year == when.year && again.season == when.season);
	struct census_when on = census_when_on(census_when_day(when));
	must(on.year == when.year && on.season == when.season);
	int year;
	enum period_term terms[CENSUS_PARTS];
	int count = census_when_terms(when, &year, terms);
	must(count >= 1 && count <= CENSUS_PARTS && year == when.year - 1);
}

static void try_heading(struct text text)
{
	struct csv *csv = csv_open(text, csv_guess_mark(text));
	struct csv_row row;
	enum census_table table = CENSUS_TABLES;
	int places[CENSUS_COLUMNS];
	if (csv_next(csv, &row)) {
		bool is_ours = census_table_of(&row, text, &table, places);
		must(is_ours == (table != CENSUS_TABLES));
		for (int i = 0; i < CENSUS_COLUMNS; i++)
			must(places[i] < (int)row.count);
	}
	csv_close(csv);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct text text = {(const char *)bytes, size};
	struct arena *arena = arena_open();
	try_name(text);
	try_heading(text);
	must(size == 0 || census_phase_of(text).length > 0);
	struct text once = fold_name(arena, text_cut(text, 0, 4096));
	must(text_equals(once, fold_name(arena, once)));
	arena_close(arena);
	return 0;
}
