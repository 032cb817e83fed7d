/* SPDX-License-Identifier: MIT
 *
 * From rows of the lists to our tables: every cell to annex_value, and lists
 * 1 to 9 also to the tables that measures read (annex_a_rows.c).
 */
#include <stdio.h>

#include "feeds/annex_a-inside.h"

extern const struct embedded annex_a_sql[];

enum { LONGEST_ID = 64 };

static const struct {
	const char *rule;
	enum feed_severity severity;
	const char *message;
} remarks[ANNEX_A_FLAWS] = {
	[ANNEX_A_NOT_DATE] = {"date", FEED_WARNED,
		"This is not a date, as DD/MM/YYYY; it was kept as words."},
	[ANNEX_A_NOT_CODE] = {"code", FEED_WARNED,
		"This is not, and does not begin with, a code that this column"
		" has; it was kept as words."},
	[ANNEX_A_NOT_YES] = {"flag", FEED_WARNED,
		"This is neither yes nor no; it was kept as words."},
	[ANNEX_A_NOT_NUMBER] = {"number", FEED_WARNED,
		"This is not a number; it was kept as words."},
	[ANNEX_A_CELL_ERROR] = {"cell", FEED_NOTED,
		"The formula in this cell has no result."},
	[ANNEX_A_NO_ID] = {"missing", FEED_REFUSED,
		"The row cannot be used without a child or adopter number of at"
		" most 64 characters."},
	[ANNEX_A_NO_START] = {"missing", FEED_WARNED,
		"Without this date the row stands in the list but counts in no"
		" measure."},
};

static const struct {
	size_t bulk; /* offset of the member */
	const char *table, *columns;
} tables[] = {
	{offsetof(struct annex_a_book, values), "annex_value",
		"la, batch, list, row_number, column_name, child, value, cell"},
	{offsetof(struct annex_a_book, contacts), "contact",
		"la, id, child, made, source, batch, file, row_number"},
	{offsetof(struct annex_a_book, early_help), "early_help",
		"la, id, child, starts, completed, organisation, batch, file,"
		" row_number"},
	{offsetof(struct annex_a_book, referrals), "referral",
		"la, id, child, feed, referred, source, nfa, year, batch, file,"
		" row_number"},
	{offsetof(struct annex_a_book, assessments), "assessment",
		"la, id, child, feed, started, authorised, days, batch"},
	{offsetof(struct annex_a_book, enquiries), "section47",
		"la, id, child, feed, started, icpc, icpc_days,"
		" icpc_not_required, batch"},
	{offsetof(struct annex_a_book, need_plans), "cin_plan",
		"la, id, child, feed, starts, ends, last_visit, batch"},
	{offsetof(struct annex_a_book, plans), "cp_plan",
		"la, id, child, feed, starts, ends, initial_category,"
		" latest_category, previous_supplied, previous_counted,"
		" last_visit, seen_alone, batch"},
	{offsetof(struct annex_a_book, reviews), "cp_review", "la, plan, held"},
	{offsetof(struct annex_a_book, care), "care_snapshot",
		"la, id, child, starts, ends, legal_status, permanence,"
		" is_lasting, placed, placements, last_review, last_visit,"
		" last_health, last_dental, missing, absent,"
		" interview_offered, interview_accepted, batch, file,"
		" row_number"},
	{offsetof(struct annex_a_book, leavers), "leaver_snapshot",
		"la, id, child, eligibility, pathway_review, in_touch,"
		" latest_contact, accommodation, suitability, activ, batch,"
		" file, row_number"},
};

static struct store_bulk **bulk_at(struct annex_a_book *book, size_t offset)
{
	return (struct store_bulk **)(void *)((char *)book + offset);
}

bool annex_a_write_open(struct annex_a_book *book, struct fault *fault)
{
	book->row = arena_open();
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		if (!store_bulk_open(book->feed->store, tables[i].table,
			    tables[i].columns, bulk_at(book, tables[i].bulk),
			    fault))
			return false;
	return true;
}

bool annex_a_write_flush(struct annex_a_book *book, struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		if (!store_bulk_flush(*bulk_at(book, tables[i].bulk), fault))
			return false;
	return true;
}

void annex_a_write_close(struct annex_a_book *book)
{
	for (size_t i = 0; i < COUNT_OF(tables); i++)
		store_bulk_close(*bulk_at(book, tables[i].bulk));
	arena_close(book->row);
}

/* ---- Any list ---- */

/* The cell of a role, or the first of the row. */
static bool remark(struct annex_a_book *book, const struct annex_a_row *row,
	const struct annex_a_cell *cell, enum annex_a_flaw flaw,
	struct fault *fault)
{
	char column[320];
	snprintf(column, sizeof column, "List %d: " TEXT_FORMAT, row->list,
		TEXT_ARGS(cell->name));
	return feed_flaw_add(book->batch,
		&(struct feed_flaw){.file = book->file,
			.row = row->row,
			.column = column,
			.value = text_cut(cell->written, 0, 200),
			.rule = remarks[flaw].rule,
			.severity = remarks[flaw].severity,
			.message = remarks[flaw].message},
		fault);
}

static bool remark_missing(struct annex_a_book *book,
	const struct annex_a_row *row, enum annex_a_role role,
	struct fault *fault)
{
	const struct annex_a_column *columns = annex_a_tables[row->list - 1].columns;
	struct annex_a_cell cell = {.name = text_of(columns[0].heading)};
	for (int i = 0; i < ANNEX_A_COLUMNS && columns[i].heading; i++)
		if (columns[i].role == role)
			cell.name = text_of(columns[i].heading);
	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].column != NULL
			&& row->cells[i].column->role == role)
			cell = row->cells[i];
	return remark(book, row, &cell,
		role == ANNEX_A_START ? ANNEX_A_NO_START : ANNEX_A_NO_ID, fault);
}

static bool clean_row(struct annex_a_book *book, struct annex_a_entry *entry,
	struct annex_a_value *values, struct fault *fault)
{
	const struct annex_a_row *row = entry->row;
	for (size_t i = 0; i < row->count; i++) {
		const struct annex_a_cell *cell = &row->cells[i];
		annex_a_clean(book->feed->codes, cell, book->row, &values[i]);
		if (cell->column != NULL)
			entry->roles[cell->column->role] = &values[i];
		if (values[i].flaw != ANNEX_A_FINE
			&& !remark(book, row, cell, values[i].flaw, fault))
			return false;
	}
	return true;
}

static bool claim(struct annex_a_book *book, struct annex_a_entry *entry,
	struct fault *fault)
{
	const struct annex_a_value *ethnicity = entry->roles[ANNEX_A_ETHNICITY];
	struct people_clue clue = {.born = annex_a_day_of(entry, ANNEX_A_BORN),
		.sex = annex_a_text_of(entry, ANNEX_A_SEX),
		.ethnicity = annex_a_text_of(entry, ANNEX_A_ETHNICITY)};
	clue.numbers[IDENTIFIER_CHILD_ID] = annex_a_text_of(entry, ANNEX_A_CHILD);
	if (ethnicity != NULL && ethnicity->flaw == ANNEX_A_NOT_CODE)
		clue.ethnicity_source = ethnicity->text;
	/* An expected date of birth stands in the same column. */
	if (clue.born.day > book->day.day) {
		clue.expected = clue.born;
		clue.born = DATE_NONE;
	}
	return feed_claim(book->batch, &clue,
		(struct feed_place){book->file, entry->row->row}, &entry->child,
		fault);
}

static bool write_values(struct annex_a_book *book,
	const struct annex_a_entry *entry, const struct annex_a_value *values,
	struct fault *fault)
{
	const struct annex_a_row *row = entry->row;
	for (size_t i = 0; i < row->count; i++)
		if (!store_bulk_row(book->values,
			    STORE_VALUES(store_integer(book->feed->la),
				    store_integer(feed_batch_id(book->batch)),
				    store_integer(row->list),
				    store_integer(row->row),
				    store_text(row->cells[i].name),
				    entry->child == 0
					    ? store_null()
					    : store_integer(entry->child),
				    store_text(values[i].text),
				    store_text(row->cells[i].written)),
			    fault))
			return false;
	return true;
}

static bool write_entry(struct annex_a_book *book,
	const struct annex_a_entry *entry, const struct annex_a_value *values,
	struct fault *fault)
{
	int list = entry->row->list;
	if (book->is_superseded)
		return true;
	if (!write_values(book, entry, values, fault))
		return false;
	bool has_start = annex_a_day_of(entry, ANNEX_A_START).day != 0;
	return annex_a_rows_need_start(list) && !has_start
		? remark_missing(book, entry->row, ANNEX_A_START, fault)
		: annex_a_rows_write(book, entry, fault);
}

bool annex_a_write_row(struct annex_a_book *book, const struct annex_a_row *row,
	struct fault *fault)
{
	struct annex_a_entry entry = {.row = row};
	enum annex_a_role key = annex_a_tables[row->list - 1].columns[0].role;
	arena_reset(book->row);
	struct annex_a_value *values = arena_array(book->row, row->count,
		sizeof *values);
	feed_batch_row(book->batch, book->file);
	if (!clean_row(book, &entry, values, fault))
		return false;
	size_t id = annex_a_text_of(&entry, key).length;
	if (id == 0 || id > LONGEST_ID)
		return remark_missing(book, row, key, fault);
	return (key == ANNEX_A_ADOPTER || claim(book, &entry, fault))
		&& write_entry(book, &entry, values, fault);
}
