/* SPDX-License-Identifier: MIT
 *
 * A region's report against the reports of its authorities.
 */
#include "base/csv.h"
#include "places.h"

static struct text region(enum running_place place, const char *format,
	const char *edition)
{
	return EXPECT(0, places.harness, "--db", places.db[place], "report",
		"quarterly", "--period", "2024-25Q1", "--format", format,
		edition);
}

static struct text authority(const char *la, const char *edition)
{
	return EXPECT(0, places.harness, "--db", places.db[RUNNING_FOLDER],
		"--la", la, "report", "quarterly", "--period", "2024-25Q1",
		"--no-breakdowns", "--format", "csv", edition);
}

static struct text cell(struct text csv, size_t row, const char *column)
{
	return running_cell(places.harness, csv, row, column);
}

/* The row of a measure: "current", or "group" with a label that begins so;
 * 0: none. */
static size_t row_of(struct text csv, const char *kind, const char *id,
	const char *group)
{
	enum { ROW = 0, MEASURE = 4, GROUP = 9 };
	struct csv *reader = csv_open(csv, ',');
	struct csv_row row;
	size_t found = 0;
	for (size_t i = 0; found == 0 && csv_next(reader, &row); i++)
		if (text_is(row.fields[ROW], kind)
			&& text_is(row.fields[MEASURE], id)
			&& text_starts(row.fields[GROUP], text_of(group)))
			found = i;
	csv_close(reader);
	return found;
}

static int64_t number(struct text csv, const char *kind, const char *id,
	const char *group, const char *column)
{
	size_t row = row_of(csv, kind, id, group);
	assert_true(row > 0);
	return running_number(cell(csv, row, column));
}

/* What an authority adds to a sum: nothing where nobody was counted. */
static int64_t share(struct text csv, const char *id, const char *column)
{
	struct text found = cell(csv, row_of(csv, "current", id, ""), column);
	return text_is_empty(found) ? 0 : running_number(found);
}

static void test_sums(struct text whole, const struct text each[2])
{
	static const char *const ids[] = {"LAC3P", "LACLT", "LAC", "LACNEW",
		"LACOUT"};
	static const char *const columns[] = {"numerator", "denominator"};
	for (size_t i = 0; i < COUNT_OF(ids); i++)
		for (size_t c = 0; c < COUNT_OF(columns); c++) {
			int64_t sum = share(whole, ids[i], columns[c]);
			assert_int_equal(sum,
				share(each[0], ids[i], columns[c])
					+ share(each[1], ids[i], columns[c]));
			assert_true(c == 1 || sum > 0);
		}
}

void places_test_region(void **state)
{
	(void)state;
	struct text csv = region(RUNNING_FOLDER, "csv", NULL);
	struct text text = region(RUNNING_FOLDER, "text", NULL);
	const struct text each[2] = {authority("201", NULL),
		authority("206", NULL)};
	static const char *const formats[] = {"text", "html", "pdf", "xlsx",
		"csv", "json"};
	test_sums(csv, each);
	/* The rate of two settings: of the sums, not a mean of two rates. */
	int64_t counted = number(csv, "current", "LAC3P", "", "numerator");
	int64_t base = number(csv, "current", "LAC3P", "", "denominator");
	int64_t tenths = (2000 * counted + base) / (2 * base);
	SAME(cell(csv, row_of(csv, "current", "LAC3P", ""), "value"),
		text_of(arena_format(harness_arena(places.harness), "%d.%d",
			(int)(tenths / 10), (int)(tenths % 10))));
	SAYS(text, "2 authorities: ");
	SAYS(text, "The authorities differ in what begins a new placement");
	/* 201 has no census of children in need: no sum leaves it out. */
	size_t row = row_of(csv, "current", "CPP2", "");
	SAME(cell(csv, row, "symbol"), text_of("x"));
	SAME(cell(csv, row, "numerator"), text_of(""));
	SAYS(text, "Not available for ");
	row = row_of(csv, "group", "CPP2", "City of London");
	SAME(cell(csv, row, "symbol"), text_of("x"));
	/* In the breakdown the one that has it is there, in the order of la. */
	assert_int_equal(number(csv, "group", "CPP2", "Islington", "numerator"),
		12);
	assert_true(row_of(csv, "group", "LAC", "Islington")
		== row_of(csv, "group", "LAC", "") + 1);
	if (places.db[RUNNING_POSTGRES] == NULL)
		return;
	for (size_t f = 0; f < COUNT_OF(formats); f++)
		SAME(region(RUNNING_FOLDER, formats[f], NULL),
			region(RUNNING_POSTGRES, formats[f], NULL));
}

/* Nobody who has both the region's and the authorities' published reports can
 * take one from the other and be left with one to five children. */
void places_test_region_published(void **state)
{
	(void)state;
	struct text csv = region(RUNNING_FOLDER, "csv", "--publish");
	const struct text each[2] = {authority("201", "--publish"),
		authority("206", "--publish")};
	size_t hidden = 0;
	for (size_t i = 1; i <= running_rows(csv); i++) {
		const char *id = cell(csv, i, "measure").at;
		if (!text_is(cell(csv, i, "row"), "current"))
			continue;
		size_t a = row_of(each[0], "current", id, "");
		size_t b = row_of(each[1], "current", id, "");
		int64_t sum, first = -1, second = -1;
		bool has_sum = text_to_int64(cell(csv, i, "numerator"), &sum);
		bool has_first = text_to_int64(cell(each[0], a, "numerator"),
			&first);
		bool has_second = text_to_int64(cell(each[1], b, "numerator"),
			&second);
		bool is_hidden = text_is(cell(csv, i, "numerator"), "c");
		hidden += is_hidden;
		/* One hidden, one shown: the sum would tell. */
		if (has_sum)
			assert_true(has_first == has_second);
		if (has_sum && has_first)
			assert_int_equal(sum, first + second);
		if (has_sum && sum > 0)
			assert_true(sum > 5);
	}
	assert_true(hidden > 0);
	if (places.db[RUNNING_POSTGRES] != NULL)
		SAME(csv, region(RUNNING_POSTGRES, "csv", "--publish"));
}
