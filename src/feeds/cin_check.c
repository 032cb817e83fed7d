/* SPDX-License-Identifier: MIT
 *
 * What may be wrong with a child of the census. Only a part without its date
 * is kept aside; everything else is said and used as it stands.
 *
 * Rules by number are those of DfE's census validation (children in need
 * census: validation rules, 2024-25), so that an analyst can look them up.
 */
#include "codes/codes.h"
#include "feeds/cin-inside.h"
#include "people/numbers.h"

static const struct {
	const char *rule;
	enum feed_severity severity;
	const char *message;
} remarks[CIN_REMARKS] = {
	[CIN_NO_KEY] = {"missing", FEED_REFUSED,
		"This part has no value here that can be read, so it and what"
		" stands in it were kept aside."},
	[CIN_NO_ID] = {"missing", FEED_REFUSED,
		"The child has no LAchildID of 1 to 64 characters, so it was kept"
		" aside."},
	[CIN_NOT_DATE] = {"date", FEED_WARNED,
		"This is not a date, as YYYY-MM-DD; it was left out."},
	[CIN_NOT_CODE] = {"code", FEED_WARNED,
		"This is not a code of the return; it was kept as it stands."},
	[CIN_NOT_FLAG] = {"flag", FEED_WARNED,
		"This is neither true nor false, nor 1 or 0; it was left out."},
	[CIN_NOT_NUMBER] = {"number", FEED_WARNED,
		"This is not a whole number from 0 to 999; it was left out."},
	[CIN_BEFORE_REFERRAL] = {"before-referral", FEED_WARNED,
		"This is before the date of referral."},
	[CIN_ENDS_FIRST] = {"order", FEED_WARNED,
		"This is before the date it started."},
	[CIN_ICPC_TWICE] = {"2884", FEED_WARNED,
		"The date of the conference stands both with the referral, where"
		" only a child who moved in has one, and in a section 47 enquiry."},
	[CIN_PLAN_WITHOUT_CONFERENCE] = {"2885", FEED_WARNED,
		"The protection plan does not start on the day of a conference"
		" of this episode."},
	[CIN_SAME_DAY] = {"8840", FEED_WARNED,
		"The protection plan starts and ends on the same day."},
	[CIN_OVERLAP] = {"8940", FEED_WARNED,
		"The protection plan overlaps another of this child."},
	[CIN_TWO_OPEN] = {"8935", FEED_WARNED,
		"The child has another open protection plan."},
	[CIN_BOTH_PLANS] = {"4016", FEED_WARNED,
		"The child in need plan overlaps a protection plan."},
	[CIN_CLOSED_UNASSESSED] = {"closure", FEED_WARNED,
		"The reason says closed after assessment, but the episode has no"
		" assessment."},
	[CIN_NFA_ACTIVITY] = {"nfa", FEED_WARNED,
		"The referral says no further action, but the episode has"
		" assessments, enquiries, conferences or plans."},
	[CIN_WEEKEND] = {"8875", FEED_WARNED,
		"The conference is on a Saturday or Sunday."},
	[CIN_DISABILITY_NONE] = {"disability", FEED_WARNED,
		"The child has the code NONE and other disabilities."},
	[CIN_CHILD_TWICE] = {"duplicate", FEED_WARNED,
		"The return has this child more than once; all was used."},
	[CIN_REFERRAL_TWICE] = {"duplicate", FEED_WARNED,
		"The child has another referral on this day; both were used."},
	[CIN_OTHER_YEAR] = {"code-year", FEED_WARNED,
		"This code is of other years than the return's; it was kept as it"
		" stands."},
	[CIN_OTHER_AUTHORITY] = {"lea", FEED_WARNED,
		"The header names another authority than the one imported for."},
};

bool cin_check_remark(struct cin_return *one, const struct cin_part *part,
	int field, enum cin_remark remark, struct fault *fault)
{
	struct feed_flaw flaw = {.file = one->file,
		.row = part->line,
		.column = cin_tables[part->kind].element,
		.rule = remarks[remark].rule,
		.severity = remarks[remark].severity,
		.message = remarks[remark].message};
	if (field < CIN_VALUES) {
		const struct cin_value *value = &part->values[field];
		flaw.column = cin_tables[part->kind].fields[field].element;
		flaw.value = text_cut(value->text, 0, 200);
		flaw.row = value->line == 0 ? part->line : value->line;
	}
	return feed_flaw_add(one->batch, &flaw, fault);
}

bool cin_check_flag(struct text text, bool *out_flag)
{
	static const struct {
		struct text word;
		bool flag;
	} words[] = {{{"0", 1}, false}, {{"1", 1}, true}, {{"false", 5}, false},
		{{"true", 4}, true}};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_equals_folded(text, words[i].word)) {
			*out_flag = words[i].flag;
			return true;
		}
	return false;
}

bool cin_check_number(struct text text, int64_t *out_number)
{
	int64_t number;
	if (!text_to_whole(text, &number) || number < 0 || number > 999)
		return false;
	*out_number = number;
	return true;
}

/* ---- One value ---- */

void cin_check_open(struct cin_return *one)
{
	for (int kind = 0; kind < CIN_KINDS; kind++)
		for (int f = 0; f < CIN_VALUES; f++) {
			const char *list = cin_tables[kind].fields[f].codes;
			if (list != NULL)
				one->codes[kind][f].list =
					codes_list(one->feed->codes, list);
		}
}

/* Most codes are the one that came before. */
bool cin_check_known(struct cin_return *one, enum cin_kind kind, int field,
	struct text text)
{
	struct cin_code *code = &one->codes[kind][field];
	if (code->last != NULL && text_equals(code->last->code, text))
		return true;
	const struct codes_entry *entry = codes_in(code->list, text, DATE_NONE);
	if (entry != NULL)
		code->last = entry;
	return entry != NULL;
}

/* The code just found known. */
static bool is_of_year(const struct cin_return *one, enum cin_kind kind, int field)
{
	const struct codes_entry *entry = one->codes[kind][field].last;
	return entry == NULL
		|| codes_is_in(entry, period_financial_year(one->year));
}

static bool check_value(struct cin_return *one, struct cin_part *part,
	int field, struct fault *fault)
{
	const struct cin_field *about = &cin_tables[part->kind].fields[field];
	const struct cin_value *value = &part->values[field];
	bool flag;
	int64_t number;
	if (about->is_key
		&& (value->text.length == 0
			|| (about->type == CIN_DATE && value->date.day == 0))) {
		part->is_refused = true;
		return cin_check_remark(one, part, field, CIN_NO_KEY, fault);
	}
	if (value->text.length == 0)
		return true;
	switch (about->type) {
	case CIN_DATE:
		return value->date.day != 0
			|| cin_check_remark(one, part, field, CIN_NOT_DATE,
				fault);
	case CIN_CODE:
		if (!cin_check_known(one, part->kind, field, value->text))
			return cin_check_remark(one, part, field, CIN_NOT_CODE,
				fault);
		return is_of_year(one, part->kind, field)
			|| cin_check_remark(one, part, field, CIN_OTHER_YEAR,
				fault);
	case CIN_FLAG:
		return cin_check_flag(value->text, &flag)
			|| cin_check_remark(one, part, field, CIN_NOT_FLAG,
				fault);
	case CIN_NUMBER:
		return cin_check_number(value->text, &number)
			|| cin_check_remark(one, part, field, CIN_NOT_NUMBER,
				fault);
	case CIN_TEXT:
		break;
	}
	return true;
}

/* Values of the part and of those in it; the tree is at most four deep. */
static bool check_values(struct cin_return *one, struct cin_part *part,
	struct fault *fault)
{
	const struct cin_field *fields = cin_tables[part->kind].fields;
	for (int f = 0; f < CIN_VALUES && fields[f].element != NULL; f++)
		if (!check_value(one, part, f, fault))
			return false;
	for (struct cin_part *at = part->first; at != NULL; at = at->next) {
		if (!check_values(one, at, fault))
			return false;
	}
	return true;
}

/* ---- One episode ---- */

static bool check_after(struct cin_return *one, const struct cin_part *part,
	struct date referred, struct fault *fault)
{
	const struct cin_field *fields = cin_tables[part->kind].fields;
	for (int f = 0; f < CIN_VALUES && fields[f].element != NULL; f++) {
		struct date date = part->values[f].date;
		if (fields[f].is_late && date.day != 0 && date.day < referred.day
			&& !cin_check_remark(one, part, f, CIN_BEFORE_REFERRAL,
				fault))
			return false;
	}
	for (const struct cin_part *at = part->first; at != NULL; at = at->next)
		if (!check_after(one, at, referred, fault))
			return false;
	return true;
}

static bool check_order(struct cin_return *one, const struct cin_part *part,
	struct fault *fault)
{
	static const struct {
		enum cin_kind kind;
		int start, end;
	} spans[] = {
		{CIN_ASSESSMENT, CIN_ASSESSMENT_START, CIN_AUTHORISED},
		{CIN_SECTION47, CIN_S47_START, CIN_ICPC},
		{CIN_PLAN, CIN_STARTS, CIN_ENDS},
		{CIN_CP_PLAN, CIN_STARTS, CIN_ENDS},
	};
	for (size_t i = 0; i < COUNT_OF(spans); i++) {
		if (spans[i].kind != part->kind)
			continue;
		struct date start = part->values[spans[i].start].date;
		struct date end = part->values[spans[i].end].date;
		if (start.day != 0 && end.day != 0 && end.day < start.day)
			return cin_check_remark(one, part, spans[i].end,
				CIN_ENDS_FIRST, fault);
	}
	return true;
}

static bool check_weekend(struct cin_return *one, const struct cin_part *part,
	int field, struct fault *fault)
{
	struct date date = part->values[field].date;
	return date.day == 0 || date_weekday(date) < SATURDAY
		|| cin_check_remark(one, part, field, CIN_WEEKEND, fault);
}

static bool has_conference_on(const struct cin_part *details, struct date day)
{
	if (details->values[CIN_TRANSFER_CPC].date.day == day.day)
		return true;
	for (const struct cin_part *at = details->first; at != NULL; at = at->next)
		if (at->kind == CIN_SECTION47
			&& at->values[CIN_ICPC].date.day == day.day)
			return true;
	return false;
}

/* A return holds only what touches its year: what an earlier day needs may
 * stand in an earlier return. */
static bool is_in_year(const struct cin_return *one, struct date day)
{
	return day.day >= one->year_begins.day;
}

static bool check_cp_plan(struct cin_return *one, const struct cin_part *details,
	const struct cin_part *plan, struct fault *fault)
{
	struct date start = plan->values[CIN_STARTS].date;
	if (plan->kind != CIN_CP_PLAN || start.day == 0)
		return true;
	return (plan->values[CIN_ENDS].date.day != start.day
		       || cin_check_remark(one, plan, CIN_ENDS, CIN_SAME_DAY,
			       fault))
		&& (!is_in_year(one, start) || has_conference_on(details, start)
			|| cin_check_remark(one, plan, CIN_STARTS,
				CIN_PLAN_WITHOUT_CONFERENCE, fault));
}

static bool check_parts(struct cin_return *one, const struct cin_part *details,
	struct fault *fault)
{
	bool has_transfer = details->values[CIN_TRANSFER_CPC].date.day != 0;
	for (const struct cin_part *at = details->first; at != NULL;
		at = at->next) {
		bool is_twice = has_transfer && at->kind == CIN_SECTION47
			&& at->values[CIN_ICPC].date.day != 0;
		if ((is_twice
			    && !cin_check_remark(one, at, CIN_ICPC,
				    CIN_ICPC_TWICE, fault))
			|| !check_order(one, at, fault)
			|| !check_cp_plan(one, details, at, fault)
			|| (at->kind == CIN_SECTION47
				&& !check_weekend(one, at, CIN_ICPC, fault)))
			return false;
	}
	return check_weekend(one, details, CIN_TRANSFER_CPC, fault);
}

static bool has_part(const struct cin_part *part, enum cin_kind kind)
{
	for (const struct cin_part *at = part->first; at != NULL; at = at->next)
		if (at->kind == kind)
			return true;
	return false;
}

/* RC8 and RC9: closed after assessment. */
static bool check_closure(struct cin_return *one,
	const struct cin_part *details, struct fault *fault)
{
	struct text reason = details->values[CIN_CLOSURE_REASON].text;
	bool is_after = text_is(reason, "RC8") || text_is(reason, "RC9");
	return !is_after || has_part(details, CIN_ASSESSMENT)
		|| !is_in_year(one, details->values[CIN_REFERRED].date)
		|| cin_check_remark(one, details, CIN_CLOSURE_REASON,
			CIN_CLOSED_UNASSESSED, fault);
}

static bool check_nfa(struct cin_return *one, const struct cin_part *details,
	struct fault *fault)
{
	bool is_nfa = false;
	if (!cin_check_flag(details->values[CIN_NFA].text, &is_nfa) || !is_nfa)
		return true;
	bool has_activity = details->first != NULL
		|| details->values[CIN_TRANSFER_CPC].date.day != 0;
	return !has_activity
		|| cin_check_remark(one, details, CIN_NFA, CIN_NFA_ACTIVITY,
			fault);
}

static bool check_details(struct cin_return *one,
	const struct cin_part *details, struct fault *fault)
{
	struct date referred = details->values[CIN_REFERRED].date;
	if (details->is_refused)
		return true;
	return check_after(one, details, referred, fault)
		&& check_parts(one, details, fault)
		&& check_closure(one, details, fault)
		&& check_nfa(one, details, fault);
}

/* ---- One child ---- */

static bool overlap(const struct cin_part *a, const struct cin_part *b)
{
	const struct cin_value *x = a->values, *y = b->values;
	return x[CIN_STARTS].date.day != 0 && y[CIN_STARTS].date.day != 0
		&& (x[CIN_ENDS].date.day == 0
			|| y[CIN_STARTS].date.day < x[CIN_ENDS].date.day)
		&& (y[CIN_ENDS].date.day == 0
			|| x[CIN_STARTS].date.day < y[CIN_ENDS].date.day);
}

/* The first protection plan that plan i overlaps: of those before it, or for a
 * child in need plan of all. NULL: none. */
static const struct cin_part *find_clash(const struct cin_part *const *plans,
	size_t count, size_t i)
{
	for (size_t j = 0; j < count; j++)
		if (plans[j]->kind == CIN_CP_PLAN
			&& (plans[i]->kind == CIN_PLAN || j < i)
			&& overlap(plans[i], plans[j]))
			return plans[j];
	return NULL;
}

static bool check_clash(struct cin_return *one, const struct cin_part *plan,
	const struct cin_part *other, struct fault *fault)
{
	if (other == NULL)
		return true;
	bool are_open = plan->values[CIN_ENDS].date.day == 0
		&& other->values[CIN_ENDS].date.day == 0;
	return cin_check_remark(one, plan, CIN_STARTS,
		plan->kind == CIN_PLAN ? CIN_BOTH_PLANS
			: are_open     ? CIN_TWO_OPEN
				       : CIN_OVERLAP,
		fault);
}

/* The plans of all episodes of the child against each other. */
static bool check_plans(struct cin_return *one, const struct cin_part *child,
	struct fault *fault)
{
	const struct cin_part **plans = NULL;
	size_t count = 0, capacity = 0;
	for (const struct cin_part *d = child->first; d != NULL; d = d->next)
		for (const struct cin_part *at = d->first;
			at != NULL && !d->is_refused; at = at->next)
			if (at->kind == CIN_PLAN || at->kind == CIN_CP_PLAN) {
				plans = memory_grow(plans, &capacity, count + 1,
					sizeof *plans);
				plans[count++] = at;
			}
	bool is_done = true;
	for (size_t i = 0; is_done && i < count; i++)
		is_done = check_clash(one, plans[i],
			find_clash(plans, count, i), fault);
	memory_free(plans);
	return is_done;
}

static bool check_repeats(struct cin_return *one, const struct cin_part *child,
	struct fault *fault)
{
	size_t disabilities = 0;
	const struct cin_part *none = NULL;
	for (const struct cin_part *at = child->first; at != NULL; at = at->next) {
		if (at->kind == CIN_DISABILITY) {
			disabilities++;
			none = text_is(at->values[0].text, "NONE") ? at : none;
			continue;
		}
		const struct cin_part *earlier = child->first;
		while (earlier != at
			&& (earlier->kind != CIN_DETAILS || at->is_refused
				|| earlier->values[CIN_REFERRED].date.day
					!= at->values[CIN_REFERRED].date.day))
			earlier = earlier->next;
		if (earlier != at
			&& !cin_check_remark(one, at, CIN_REFERRED,
				CIN_REFERRAL_TWICE, fault))
			return false;
	}
	return none == NULL || disabilities == 1
		|| cin_check_remark(one, none, 0, CIN_DISABILITY_NONE, fault);
}

static bool check_id(struct cin_return *one, struct cin_part *child,
	struct fault *fault)
{
	enum { LONGEST_ID = 64 };
	struct text id = child->values[CIN_ID].text;
	if (id.length == 0 || id.length > LONGEST_ID) {
		child->is_refused = true;
		return cin_check_remark(one, child, CIN_ID, CIN_NO_ID, fault);
	}
	struct numbers_key key = numbers_key_of(one->seen, IDENTIFIER_CHILD_ID,
		id);
	if (numbers_first(one->seen, &key) != 0)
		return cin_check_remark(one, child, CIN_ID, CIN_CHILD_TWICE,
			fault);
	numbers_add(one->seen, &key, 0);
	return true;
}

bool cin_check_child(struct cin_return *one, struct cin_part *child,
	struct fault *fault)
{
	if (!check_id(one, child, fault) || !check_values(one, child, fault)
		|| !check_repeats(one, child, fault))
		return false;
	for (const struct cin_part *at = child->first; at != NULL; at = at->next)
		if (at->kind == CIN_DETAILS && !check_details(one, at, fault))
			return false;
	return check_plans(one, child, fault);
}
