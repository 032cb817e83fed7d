/* SPDX-License-Identifier: MIT
 *
 * The cells of a census row, from text to typed values. What cannot be read is
 * warned about and left out; no row is refused here.
 */
#include <string.h>

#include "feeds/census-inside.h"

struct text census_cell(const struct census_row *row, enum census_column column)
{
	return feed_field(row->csv, row->places[column]);
}

bool census_row_is_off(const struct census_row *row)
{
	return row->places[CENSUS_OFF_ID] >= 0;
}

static struct text id_key(const struct census_row *row, struct text id,
	char out_key[CENSUS_KEY])
{
	if (id.length == 0 || id.length > CENSUS_KEY / 2)
		return (struct text){.at = NULL, .length = 0};
	size_t used = sizeof row->folder;
	memcpy(out_key, &row->folder, used);
	out_key[used++] = census_row_is_off(row) ? '-' : '+';
	memcpy(out_key + used, id.at, id.length);
	return (struct text){out_key, used + id.length};
}

struct text census_id(const struct census_row *row, char out_key[CENSUS_KEY])
{
	bool is_off = census_row_is_off(row);
	return id_key(row,
		census_cell(row, is_off ? CENSUS_OFF_ID : CENSUS_ON_ID), out_key);
}

void census_expect(const struct census *census, const struct census_row *row)
{
	char bytes[CENSUS_KEY];
	bool is_off = census_row_is_off(row);
	if (row->places[is_off ? CENSUS_OFF_ID : CENSUS_ON_ID] != 0)
		return;
	struct text key = id_key(row, feed_next_field(row->csv), bytes);
	struct numbers_key number = numbers_key_of(census->places,
		CENSUS_STINT_BY_ID, key);
	numbers_expect(census->places, &number);
}

bool census_flaw(struct census *census, const struct census_row *row,
	enum census_column column, const struct feed_flaw *flaw,
	struct fault *fault)
{
	struct feed_flaw whole = *flaw;
	whole.file = row->place.file;
	whole.row = row->place.row;
	whole.column = census_column_name(column);
	if (whole.value.length == 0)
		whole.value = census_cell(row, column);
	whole.value = text_cut(whole.value, 0, 200);
	return feed_flaw_add(census->batch, &whole, fault);
}

bool census_date(struct census *census, const struct census_row *row,
	enum census_column column, struct date *out_date, struct fault *fault)
{
	struct text text = census_cell(row, column);
	*out_date = DATE_NONE;
	if (text.length == 0 || date_read_any(text, out_date))
		return true;
	return census_flaw(census, row, column,
		&(struct feed_flaw){.rule = "date",
			.severity = FEED_WARNED,
			.message = "This is not a date, as 2012-Jan-21; it was"
				   " left out."},
		fault);
}

bool census_whole(struct census *census, const struct census_row *row,
	enum census_column column, int64_t *out_number, struct fault *fault)
{
	struct text text = census_cell(row, column);
	*out_number = CENSUS_BLANK;
	if (text.length == 0)
		return true;
	int64_t number;
	if (text_to_whole(text, &number) && number >= 0 && number <= INT16_MAX) {
		*out_number = number;
		return true;
	}
	return census_flaw(census, row, column,
		&(struct feed_flaw){.rule = "number",
			.severity = FEED_WARNED,
			.message = "This is not a whole number of sessions or"
				   " the like; it was left out."},
		fault);
}

/* Lists by column; ethnicity is looked at where the child is claimed. */
static const struct {
	enum census_column column;
	const char *list;
} lists[] = {
	{CENSUS_STATUS, "enrol-status"},
	{CENSUS_YEAR_GROUP, "nc-year"},
	{CENSUS_YEAR_LEAVING, "nc-year"},
	{CENSUS_SEN, "sen-provision"},
	{CENSUS_PLAA, "plaa"},
	{CENSUS_CATEGORY, "exclusion-category"},
	{CENSUS_REASON_1, "exclusion-reason"},
	{CENSUS_REASON_2, "exclusion-reason"},
	{CENSUS_REASON_3, "exclusion-reason"},
	{CENSUS_NEED, "sen-type"},
};

const char *census_list_of(enum census_column column)
{
	for (size_t i = 0; i < COUNT_OF(lists); i++)
		if (lists[i].column == column)
			return lists[i].list;
	return NULL;
}

bool census_coded(struct census *census, const struct census_row *row,
	enum census_column column, struct text *out_code, struct fault *fault)
{
	struct text code = feed_squeezed(census->row, census_cell(row, column));
	*out_code = code;
	if (code.length == 0 || !census->is_coded[column]
		|| codes_in(census->lists[column], code, DATE_NONE) != NULL)
		return true;
	return census_flaw(census, row, column,
		&(struct feed_flaw){.rule = "code",
			.severity = FEED_WARNED,
			.message = "This is not a code of the census; it was"
				   " kept as it stands."},
		fault);
}

struct store_value census_yes(struct text text)
{
	static const struct {
		struct text word;
		int yes;
	} words[] = {{{"true", 4}, 1}, {{"false", 5}, 0}, {{"1", 1}, 1},
		{{"0", 1}, 0}, {{"1.0", 3}, 1}, {{"0.0", 3}, 0}, {{"y", 1}, 1},
		{{"n", 1}, 0}, {{"yes", 3}, 1}, {{"no", 2}, 0}, {{"t", 1}, 1},
		{{"f", 1}, 0}};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_equals_folded(text, words[i].word))
			return store_integer(words[i].yes);
	return store_null();
}
