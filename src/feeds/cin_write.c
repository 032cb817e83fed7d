/* SPDX-License-Identifier: MIT
 *
 * From the parts of a child to the rows of our tables.
 *
 * Working days count the day of the event as day 0. A part that was kept aside
 * takes what stands in it with it.
 */
#include "codes/codes.h"
#include "feeds/cin-inside.h"
#include "people/numbers.h"

static const struct {
	enum cin_kind kind;
	struct store_target target;
} tables[] = {
	{CIN_DISABILITY,
		{"disability", "la, child, code, feed, batch",
			"la, child, code", NULL}},
	{CIN_DETAILS,
		{"referral",
			"la, id, child, feed, referred, source, need, nfa, closed,"
			" closure_reason, transfer_cpc, year, batch, file,"
			" row_number",
			NULL, NULL}},
	{CIN_ASSESSMENT,
		{"assessment",
			"la, id, referral, child, feed, started, reviewed,"
			" authorised, days, days_from_referral, referred, year,"
			" batch",
			NULL, NULL}},
	{CIN_FACTOR, {"assessment_factor", "la, assessment, factor", NULL, NULL}},
	{CIN_PLAN,
		{"cin_plan",
			"la, id, referral, child, feed, starts, ends, referred,"
			" year, batch",
			NULL, NULL}},
	{CIN_SECTION47,
		{"section47",
			"la, id, referral, child, feed, started, target, icpc,"
			" icpc_days, icpc_not_required, referred, year, batch",
			NULL, NULL}},
	{CIN_CP_PLAN,
		{"cp_plan",
			"la, id, referral, child, feed, starts, ends,"
			" initial_category, latest_category, previous_supplied,"
			" previous_counted, referred, year, batch",
			NULL, NULL}},
	{CIN_REVIEW, {"cp_review", "la, plan, held", NULL, NULL}},
};

/* Where a part's rows belong. */
struct owner {
	int64_t child;
	int64_t referral;
	int64_t part; /* the assessment or plan; 0: none */
	struct date referred;
};

bool cin_write_open(struct cin_return *one, struct fault *fault)
{
	struct store *store = one->feed->store;
	one->seen = numbers_open();
	one->row = arena_open();
	for (size_t i = 0; i < COUNT_OF(tables); i++) {
		const struct store_target *target = &tables[i].target;
		struct store_bulk **bulk = &one->bulks[tables[i].kind];
		bool is_open = target->key == NULL
			? store_bulk_open(store, target->table, target->columns,
				bulk, fault)
			: store_bulk_open_replacing(store, target, bulk, fault);
		if (!is_open)
			return false;
	}
	return true;
}

bool cin_write_flush(struct cin_return *one, struct fault *fault)
{
	for (int i = 0; i < CIN_KINDS; i++)
		if (one->bulks[i] != NULL
			&& !store_bulk_flush(one->bulks[i], fault))
			return false;
	return true;
}

void cin_write_close(struct cin_return *one)
{
	for (int i = 0; i < CIN_KINDS; i++)
		store_bulk_close(one->bulks[i]);
	numbers_close(one->seen);
	if (one->row != NULL)
		arena_close(one->row);
}

/* ---- Values ---- */

static struct store_value la_of(const struct cin_return *one)
{
	return store_integer(one->feed->la);
}

static struct store_value batch_of(const struct cin_return *one)
{
	return store_integer(feed_batch_id(one->batch));
}

static struct store_value year_of(const struct cin_return *one)
{
	return store_integer(one->year);
}

static struct store_value date_of(const struct cin_part *part, int field)
{
	return store_date(part->values[field].date);
}

static struct store_value code_of(const struct cin_part *part, int field)
{
	return store_maybe(part->values[field].text);
}

static struct store_value flag_of(const struct cin_part *part, int field)
{
	bool flag;
	return cin_check_flag(part->values[field].text, &flag)
		? store_integer(flag)
		: store_null();
}

static struct store_value number_of(const struct cin_part *part, int field)
{
	int64_t number;
	return cin_check_number(part->values[field].text, &number)
		? store_integer(number)
		: store_null();
}

/* None where the end is missing or before the start, or so far off that one of
 * the dates is a slip. */
static struct store_value days_between(const struct cin_return *one,
	struct date from, struct date to)
{
	enum { LONGEST = 20 * 366 };
	if (from.day == 0 || to.day < from.day || to.day - from.day > LONGEST)
		return store_null();
	return store_integer(
		clock_working_days_between(&one->holidays, from, to));
}

static struct store_value working_days(const struct cin_return *one,
	const struct cin_part *part, int start, int end)
{
	return days_between(one, part->values[start].date,
		part->values[end].date);
}

/* ---- Rows ---- */

static bool is_repeated(const struct cin_part *parent, const struct cin_part *part)
{
	const struct cin_value *value = &part->values[0];
	for (const struct cin_part *at = parent->first; at != part; at = at->next)
		if (at->kind == part->kind && !at->is_refused
			&& (value->date.day != 0
					? at->values[0].date.day == value->date.day
					: text_equals(at->values[0].text,
						value->text)))
			return true;
	return false;
}

/* Factors of an assessment, reviews of a plan: (la, owner, value). */
static bool write_inner(struct cin_return *one, const struct cin_part *parent,
	int64_t owner, struct fault *fault)
{
	for (const struct cin_part *at = parent->first; at != NULL;
		at = at->next) {
		if (at->is_refused || is_repeated(parent, at))
			continue;
		struct store_value value = at->kind == CIN_REVIEW
			? date_of(at, 0)
			: code_of(at, 0);
		if (!store_bulk_row(one->bulks[at->kind],
			    STORE_VALUES(la_of(one), store_integer(owner), value),
			    fault))
			return false;
	}
	return true;
}

static bool write_assessment(struct cin_return *one, const struct cin_part *part,
	const struct owner *owner, struct fault *fault)
{
	return store_bulk_row(one->bulks[CIN_ASSESSMENT],
		STORE_VALUES(la_of(one), store_integer(owner->part),
			store_integer(owner->referral),
			store_integer(owner->child), store_string("cin"),
			date_of(part, CIN_ASSESSMENT_START),
			date_of(part, CIN_REVIEWED), date_of(part, CIN_AUTHORISED),
			working_days(one, part, CIN_ASSESSMENT_START,
				CIN_AUTHORISED),
			days_between(one, owner->referred,
				part->values[CIN_AUTHORISED].date),
			store_date(owner->referred), year_of(one), batch_of(one)),
		fault);
}

static bool write_section47(struct cin_return *one, const struct cin_part *part,
	const struct owner *owner, struct fault *fault)
{
	return store_bulk_row(one->bulks[CIN_SECTION47],
		STORE_VALUES(la_of(one), store_integer(owner->part),
			store_integer(owner->referral),
			store_integer(owner->child), store_string("cin"),
			date_of(part, CIN_S47_START), date_of(part, CIN_TARGET),
			date_of(part, CIN_ICPC),
			working_days(one, part, CIN_S47_START, CIN_ICPC),
			flag_of(part, CIN_ICPC_NOT_REQUIRED),
			store_date(owner->referred), year_of(one), batch_of(one)),
		fault);
}

static bool write_plan(struct cin_return *one, const struct cin_part *part,
	const struct owner *owner, struct fault *fault)
{
	return store_bulk_row(one->bulks[CIN_PLAN],
		STORE_VALUES(la_of(one), store_integer(owner->part),
			store_integer(owner->referral),
			store_integer(owner->child), store_string("cin"),
			date_of(part, CIN_STARTS), date_of(part, CIN_ENDS),
			store_date(owner->referred), year_of(one), batch_of(one)),
		fault);
}

static bool write_cp_plan(struct cin_return *one, const struct cin_part *part,
	const struct owner *owner, struct fault *fault)
{
	return store_bulk_row(one->bulks[CIN_CP_PLAN],
		STORE_VALUES(la_of(one), store_integer(owner->part),
			store_integer(owner->referral),
			store_integer(owner->child), store_string("cin"),
			date_of(part, CIN_STARTS), date_of(part, CIN_ENDS),
			code_of(part, CIN_INITIAL), code_of(part, CIN_LATEST),
			number_of(part, CIN_PREVIOUS),
			store_integer(0), /* counted when all is there */
			store_date(owner->referred), year_of(one), batch_of(one)),
		fault);
}

static bool (*const writers[CIN_KINDS])(struct cin_return *,
	const struct cin_part *, const struct owner *, struct fault *) = {
	[CIN_ASSESSMENT] = write_assessment,
	[CIN_SECTION47] = write_section47,
	[CIN_PLAN] = write_plan,
	[CIN_CP_PLAN] = write_cp_plan,
};

static bool write_details(struct cin_return *one,
	const struct cin_part *details, int64_t child, struct fault *fault)
{
	struct owner owner = {child, ident_next(one->feed->ids), 0,
		details->values[CIN_REFERRED].date};
	if (!store_bulk_row(one->bulks[CIN_DETAILS],
		    STORE_VALUES(la_of(one), store_integer(owner.referral),
			    store_integer(child), store_string("cin"),
			    date_of(details, CIN_REFERRED),
			    code_of(details, CIN_SOURCE),
			    code_of(details, CIN_NEED), flag_of(details, CIN_NFA),
			    date_of(details, CIN_CLOSED),
			    code_of(details, CIN_CLOSURE_REASON),
			    date_of(details, CIN_TRANSFER_CPC), year_of(one),
			    batch_of(one), store_integer(one->file),
			    store_integer(details->line)),
		    fault))
		return false;
	for (const struct cin_part *at = details->first; at != NULL;
		at = at->next) {
		owner.part = ident_next(one->feed->ids);
		if (!at->is_refused
			&& !(writers[at->kind](one, at, &owner, fault)
				&& write_inner(one, at, owner.part, fault)))
			return false;
	}
	return true;
}

/* ---- The child ---- */

/* Sex as M, F, U. GenderCurrent to 2023-24: 0 not known, 1 male, 2 female,
 * 9 not specified; some systems write those into Sex as well. */
static struct text sex_of(const struct cin_part *child)
{
	static const struct {
		struct text code, sex;
	} codings[] = {{{"M", 1}, {"M", 1}}, {{"F", 1}, {"F", 1}},
		{{"U", 1}, {"U", 1}}, {{"1", 1}, {"M", 1}}, {{"2", 1}, {"F", 1}},
		{{"0", 1}, {"U", 1}}, {{"9", 1}, {"U", 1}}};
	struct text given = child->values[CIN_SEX].text;
	if (given.length == 0)
		given = child->values[CIN_GENDER].text;
	for (size_t i = 0; i < COUNT_OF(codings); i++)
		if (text_equals_folded(given, codings[i].code))
			return codings[i].sex;
	return (struct text){.at = NULL, .length = 0};
}

static struct people_clue clue_of(struct cin_return *one,
	const struct cin_part *child)
{
	const struct cin_value *values = child->values;
	struct people_clue clue = {.born = values[CIN_BORN].date,
		.expected = values[CIN_EXPECTED].date,
		.died = values[CIN_DIED].date,
		.sex = sex_of(child)};
	struct text ethnicity = feed_squeezed(one->row,
		values[CIN_ETHNICITY].text);
	clue.numbers[IDENTIFIER_CHILD_ID] = values[CIN_ID].text;
	clue.numbers[IDENTIFIER_UPN] = feed_squeezed(one->row,
		values[CIN_UPN].text);
	clue.numbers[IDENTIFIER_FORMER_UPN] = feed_squeezed(one->row,
		values[CIN_FORMER_UPN].text);
	if (cin_check_known(one, CIN_CHILD, CIN_ETHNICITY, ethnicity))
		clue.ethnicity = ethnicity;
	else
		clue.ethnicity_source = ethnicity;
	return clue;
}

static bool write_disability(struct cin_return *one,
	const struct cin_part *part, int64_t child, struct fault *fault)
{
	return store_bulk_row(one->bulks[CIN_DISABILITY],
		STORE_VALUES(la_of(one), store_integer(child), code_of(part, 0),
			store_string("cin"), batch_of(one)),
		fault);
}

bool cin_write_child(struct cin_return *one, const struct cin_part *child,
	struct fault *fault)
{
	int64_t id;
	arena_reset(one->row);
	struct people_clue clue = clue_of(one, child);
	if (child->is_refused)
		return true;
	if (!feed_claim(one->batch, &clue,
		    (struct feed_place){one->file, child->line}, &id, fault))
		return false;
	for (const struct cin_part *at = child->first; at != NULL; at = at->next) {
		bool is_details = at->kind == CIN_DETAILS;
		if (at->is_refused || (is_details && one->is_superseded))
			continue;
		if (is_details ? !write_details(one, at, id, fault)
			       : !write_disability(one, at, id, fault))
			return false;
	}
	return true;
}
