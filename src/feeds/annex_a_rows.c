/* SPDX-License-Identifier: MIT
 *
 * Lists 1 to 9 as the tables that measures read. Lists 8 and 9 are pictures of
 * the day: they hold the latest visit, review or contact and not those before,
 * so they stand in tables of their own beside the returns' histories.
 *
 * List 6 has no plans of its own: a row whose case status is a child in need
 * plan is one from the start of need. It also knows need and closure of a
 * referral of list 3 made on that day.
 */
#include "feeds/annex_a-inside.h"

extern const struct embedded annex_a_sql[];

/* ---- Values ---- */

struct date annex_a_day_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	return entry->roles[role] == NULL ? DATE_NONE : entry->roles[role]->date;
}

static struct store_value date_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	return store_date(annex_a_day_of(entry, role));
}

/* Without what could not be read. */
struct text annex_a_text_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	const struct annex_a_value *value = entry->roles[role];
	return value == NULL || value->flaw != ANNEX_A_FINE
		? (struct text){.at = NULL, .length = 0}
		: value->text;
}

static struct store_value code_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	return store_maybe(annex_a_text_of(entry, role));
}

static struct store_value yes_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	struct text text = annex_a_text_of(entry, role);
	return text.length == 0 ? store_null()
				: store_integer(text_is(text, "Y"));
}

static struct store_value number_of(const struct annex_a_entry *entry,
	enum annex_a_role role)
{
	int64_t number;
	return text_to_int64(annex_a_text_of(entry, role), &number)
			&& number >= 0 && number < 1000
		? store_integer(number)
		: store_null();
}

/* As in the census: none if the end is missing, earlier or a slip. */
static struct store_value working_days(const struct annex_a_book *book,
	const struct annex_a_entry *entry, enum annex_a_role end)
{
	enum { LONGEST = 20 * 366 };
	struct date from = annex_a_day_of(entry, ANNEX_A_START);
	struct date to = annex_a_day_of(entry, end);
	if (to.day < from.day || to.day - from.day > LONGEST)
		return store_null();
	return store_integer(
		clock_working_days_between(&book->holidays, from, to));
}

/* ---- Lists 1 to 7 ---- */

#define OF_CHILD(book, entry) \
	store_integer((book)->feed->la), \
		store_integer(ident_next((book)->feed->ids)), \
		store_integer((entry)->child)
#define LEADING(book, entry) \
	OF_CHILD(book, entry), store_string("annex-a"), \
		date_of(entry, ANNEX_A_START)
#define PLACE(book, entry) \
	batch_of(book), store_integer((book)->file), \
		store_integer((entry)->row->row)

static struct store_value batch_of(const struct annex_a_book *book)
{
	return store_integer(feed_batch_id(book->batch));
}

static bool write_contact(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->contacts,
		STORE_VALUES(OF_CHILD(book, entry), date_of(entry, ANNEX_A_START),
			code_of(entry, ANNEX_A_SOURCE), PLACE(book, entry)),
		fault);
}

static bool write_early_help(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->early_help,
		STORE_VALUES(OF_CHILD(book, entry), date_of(entry, ANNEX_A_START),
			date_of(entry, ANNEX_A_END),
			code_of(entry, ANNEX_A_ORGANISATION), PLACE(book, entry)),
		fault);
}

static bool write_referral(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->referrals,
		STORE_VALUES(LEADING(book, entry), code_of(entry, ANNEX_A_SOURCE),
			yes_of(entry, ANNEX_A_NFA),
			store_integer(period_financial_year_of(book->day)),
			PLACE(book, entry)),
		fault);
}

static bool write_assessment(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->assessments,
		STORE_VALUES(LEADING(book, entry), date_of(entry, ANNEX_A_END),
			working_days(book, entry, ANNEX_A_END), batch_of(book)),
		fault);
}

static bool write_enquiry(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->enquiries,
		STORE_VALUES(LEADING(book, entry),
			date_of(entry, ANNEX_A_CONFERENCE),
			working_days(book, entry, ANNEX_A_CONFERENCE),
			yes_of(entry, ANNEX_A_UNNECESSARY), batch_of(book)),
		fault);
}

static bool write_need(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
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
	if (!text_equals_folded(annex_a_text_of(entry, ANNEX_A_STATUS),
		    TEXT("child in need plan")))
		return true;
	return store_bulk_row(book->need_plans,
		STORE_VALUES(LEADING(book, entry), date_of(entry, ANNEX_A_END),
			date_of(entry, ANNEX_A_SEEN), batch_of(book)),
		fault);
}

static bool write_plan(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	struct store_value la = store_integer(book->feed->la);
	struct store_value id = store_integer(ident_next(book->feed->ids));
	struct date review = annex_a_day_of(entry, ANNEX_A_REVIEW);
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

/* ---- Lists 8 and 9 ---- */

/* Whether the plan is that the placement lasts until the child is 18, after
 * which visits may be three months apart: Care Planning, Placement and Case
 * Review (England) Regulations 2010, regulation 28(2)(c). */
static struct store_value lasting_of(const struct annex_a_book *book,
	const struct annex_a_entry *entry)
{
	static const char *const words[] = {"LONGTERM", "LONG-TERM", "UNTIL18",
		"UNTILAGE18", "TOAGE18"};
	struct text plan = feed_squeezed(book->row,
		annex_a_text_of(entry, ANNEX_A_PERMANENCE));
	bool is_told = false;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		is_told |= text_has(plan, text_of(words[i]));
	return plan.length == 0 ? store_null() : store_integer(is_told);
}

static bool write_care(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->care,
		STORE_VALUES(OF_CHILD(book, entry), date_of(entry, ANNEX_A_START),
			date_of(entry, ANNEX_A_END), code_of(entry, ANNEX_A_LEGAL),
			code_of(entry, ANNEX_A_PERMANENCE),
			lasting_of(book, entry), date_of(entry, ANNEX_A_PLACED),
			number_of(entry, ANNEX_A_PLACEMENTS),
			date_of(entry, ANNEX_A_REVIEW),
			date_of(entry, ANNEX_A_SEEN),
			date_of(entry, ANNEX_A_HEALTH),
			date_of(entry, ANNEX_A_DENTAL),
			number_of(entry, ANNEX_A_MISSING),
			number_of(entry, ANNEX_A_ABSENT),
			yes_of(entry, ANNEX_A_OFFERED),
			yes_of(entry, ANNEX_A_ACCEPTED), PLACE(book, entry)),
		fault);
}

static bool write_leaver(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	return store_bulk_row(book->leavers,
		STORE_VALUES(OF_CHILD(book, entry),
			code_of(entry, ANNEX_A_ELIGIBILITY),
			date_of(entry, ANNEX_A_REVIEW),
			code_of(entry, ANNEX_A_TOUCH),
			date_of(entry, ANNEX_A_SEEN), code_of(entry, ANNEX_A_HOME),
			code_of(entry, ANNEX_A_SUITABLE),
			code_of(entry, ANNEX_A_ACTIVITY), PLACE(book, entry)),
		fault);
}

/* ---- Which list is written how ---- */

static const struct {
	bool (*write)(struct annex_a_book *book,
		const struct annex_a_entry *entry, struct fault *fault);
	bool needs_start; /* without the date a row counts in no measure */
} writers[ANNEX_A_LISTS + 1] = {
	[1] = {write_contact, true},
	[2] = {write_early_help, true},
	[3] = {write_referral, true},
	[4] = {write_assessment, true},
	[5] = {write_enquiry, true},
	[6] = {write_need, true},
	[7] = {write_plan, true},
	[8] = {write_care, true},
	[9] = {write_leaver, false},
};

bool annex_a_rows_need_start(int list)
{
	return writers[list].needs_start;
}

bool annex_a_rows_write(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
{
	int list = entry->row->list;
	return writers[list].write == NULL
		|| writers[list].write(book, entry, fault);
}
