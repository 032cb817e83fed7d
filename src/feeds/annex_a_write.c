/* SPDX-License-Identifier: MIT
 *
 * From rows of the lists to our tables: every cell to annex_value, and lists
 * 3 to 7 also to the tables that measures read.
 *
 * List 6 has no plans of its own: a row whose case status is a child in need
 * plan is one from the start of need. It also knows need and closure of a
 * referral of list 3 made on that day.
 */
#include <stdio.h>

#include "feeds/annex_a-inside.h"

extern const struct embedded annex_a_sql[];

enum { LONGEST_ID = 64 };

/* A row on its way. */
struct entry {
	const struct annex_a_row *row;
	const struct annex_a_value *roles[ANNEX_A_ROLES]; /* NULL: not there */
	int64_t child;                                    /* 0: an adopter */
};

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

/* ---- Values ---- */

static struct date day_of(const struct entry *entry, enum annex_a_role role)
{
	return entry->roles[role] == NULL ? DATE_NONE : entry->roles[role]->date;
}

static struct store_value date_of(const struct entry *entry,
	enum annex_a_role role)
{
	return store_date(day_of(entry, role));
}

/* Without what could not be read. */
static struct text text_in(const struct entry *entry, enum annex_a_role role)
{
	const struct annex_a_value *value = entry->roles[role];
	return value == NULL || value->flaw != ANNEX_A_FINE
		? (struct text){.at = NULL, .length = 0}
		: value->text;
}

static struct store_value code_of(const struct entry *entry,
	enum annex_a_role role)
{
	return store_maybe(text_in(entry, role));
}

static struct store_value yes_of(const struct entry *entry, enum annex_a_role role)
{
	struct text text = text_in(entry, role);
	return text.length == 0 ? store_null()
				: store_integer(text_is(text, "Y"));
}

static struct store_value number_of(const struct entry *entry,
	enum annex_a_role role)
{
	int64_t number;
	return text_to_int64(text_in(entry, role), &number) && number >= 0
			&& number < 1000
		? store_integer(number)
		: store_null();
}

/* As in the census: none if the end is missing, earlier or a slip. */
static struct store_value working_days(const struct annex_a_book *book,
	const struct entry *entry, enum annex_a_role end)
{
	enum { LONGEST = 20 * 366 };
	struct date from = day_of(entry, ANNEX_A_START);
	struct date to = day_of(entry, end);
	if (to.day < from.day || to.day - from.day > LONGEST)
		return store_null();
	return store_integer(
		clock_working_days_between(&book->holidays, from, to));
}

/* ---- Lists 3 to 7 ---- */

#define LEADING(book, entry) \
	store_integer((book)->feed->la), \
		store_integer(ident_next((book)->feed->ids)), \
		store_integer((entry)->child), store_string("annex-a"), \
		date_of(entry, ANNEX_A_START)

static struct store_value batch_of(const struct annex_a_book *book)
{
	return store_integer(feed_batch_id(book->batch));
}

static bool write_referral(struct annex_a_book *book, const struct entry *entry,
	struct fault *fault)
{
	return store_bulk_row(book->referrals,
		STORE_VALUES(LEADING(book, entry), code_of(entry, ANNEX_A_SOURCE),
			yes_of(entry, ANNEX_A_NFA),
			store_integer(period_financial_year_of(book->day)),
			batch_of(book), store_integer(book->file),
			store_integer(entry->row->row)),
		fault);
}

static bool write_assessment(struct annex_a_book *book,
	const struct entry *entry, struct fault *fault)
{
	return store_bulk_row(book->assessments,
		STORE_VALUES(LEADING(book, entry), date_of(entry, ANNEX_A_END),
			working_days(book, entry, ANNEX_A_END), batch_of(book)),
		fault);
}

static bool write_enquiry(struct annex_a_book *book, const struct entry *entry,
	struct fault *fault)
{
	return store_bulk_row(book->enquiries,
		STORE_VALUES(LEADING(book, entry),
			date_of(entry, ANNEX_A_CONFERENCE),
			working_days(book, entry, ANNEX_A_CONFERENCE),
			yes_of(entry, ANNEX_A_UNNECESSARY), batch_of(book)),
		fault);
}

static bool write_need(struct annex_a_book *book, const struct entry *entry,
	struct fault *fault)
{
	if (!store_bulk_flush(book->referrals, fault)
		|| !store_run(book->feed->store,
			store_find(annex_a_sql, "tell_need"),
			STORE_VALUES(store_integer(book->feed->la),
				store_integer(entry->child),
				date_of(entry, ANNEX_A_START),
				code_of(entry, ANNEX_A_NEED),
				date_of(entry, ANNEX_A_END),
				code_of(entry, ANNEX_A_REASON)),
			fault))
		return false;
	if (!text_equals_folded(text_in(entry, ANNEX_A_STATUS),
		    TEXT("child in need plan")))
		return true;
	return store_bulk_row(book->need_plans,
		STORE_VALUES(LEADING(book, entry), date_of(entry, ANNEX_A_END),
			date_of(entry, ANNEX_A_SEEN), batch_of(book)),
		fault);
}

static bool write_plan(struct annex_a_book *book, const struct entry *entry,
	struct fault *fault)
{
	struct store_value la = store_integer(book->feed->la);
	struct store_value id = store_integer(ident_next(book->feed->ids));
	struct date review = day_of(entry, ANNEX_A_REVIEW);
	if (!store_bulk_row(book->plans,
		    STORE_VALUES(la, id, store_integer(entry->child),
			    store_string("annex-a"), date_of(entry, ANNEX_A_START),
			    date_of(entry, ANNEX_A_END),
			    code_of(entry, ANNEX_A_INITIAL),
			    code_of(entry, ANNEX_A_LATEST),
			    number_of(entry, ANNEX_A_PREVIOUS),
			    store_integer(0), /* counted when all is there */
			    date_of(entry, ANNEX_A_SEEN),
			    yes_of(entry, ANNEX_A_ALONE), batch_of(book)),
		    fault))
		return false;
	return review.day == 0
		|| store_bulk_row(book->reviews,
			STORE_VALUES(la, id, store_date(review)), fault);
}

static bool (*const writers[ANNEX_A_LISTS])(struct annex_a_book *,
	const struct entry *, struct fault *) = {
	[2] = write_referral,
	[3] = write_assessment,
	[4] = write_enquiry,
	[5] = write_need,
	[6] = write_plan,
};

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

static bool clean_row(struct annex_a_book *book, struct entry *entry,
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

static bool claim(struct annex_a_book *book, struct entry *entry,
	struct fault *fault)
{
	const struct annex_a_value *ethnicity = entry->roles[ANNEX_A_ETHNICITY];
	struct people_clue clue = {.born = day_of(entry, ANNEX_A_BORN),
		.sex = text_in(entry, ANNEX_A_SEX),
		.ethnicity = text_in(entry, ANNEX_A_ETHNICITY)};
	clue.numbers[IDENTIFIER_CHILD_ID] = text_in(entry, ANNEX_A_CHILD);
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

static bool write_values(struct annex_a_book *book, const struct entry *entry,
	const struct annex_a_value *values, struct fault *fault)
{
	const struct annex_a_row *row = entry->row;
	for (size_t i = 0; i < row->count; i++)
		if (!store_bulk_row(book->values,
			    STORE_VALUES(store_integer(book->feed->la),
				    batch_of(book), store_integer(row->list),
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

static bool write_entry(struct annex_a_book *book, const struct entry *entry,
	const struct annex_a_value *values, struct fault *fault)
{
	int list = entry->row->list - 1;
	if (book->is_superseded)
		return true;
	if (!write_values(book, entry, values, fault))
		return false;
	if (writers[list] == NULL)
		return true;
	return day_of(entry, ANNEX_A_START).day == 0
		? remark_missing(book, entry->row, ANNEX_A_START, fault)
		: writers[list](book, entry, fault);
}

bool annex_a_write_row(struct annex_a_book *book, const struct annex_a_row *row,
	struct fault *fault)
{
	struct entry entry = {.row = row};
	enum annex_a_role key = annex_a_tables[row->list - 1].columns[0].role;
	arena_reset(book->row);
	struct annex_a_value *values = arena_array(book->row, row->count,
		sizeof *values);
	feed_batch_row(book->batch, book->file);
	if (!clean_row(book, &entry, values, fault))
		return false;
	size_t id = text_in(&entry, key).length;
	if (id == 0 || id > LONGEST_ID)
		return remark_missing(book, row, key, fault);
	return (key == ANNEX_A_ADOPTER || claim(book, &entry, fault))
		&& write_entry(book, &entry, values, fault);
}
