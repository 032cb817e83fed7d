/* SPDX-License-Identifier: MIT
 *
 * Reading facts: a few statements for one child or for all of a register.
 */
#include "register/fact.h"

#include "base/clock.h"
#include "base/period.h"

extern const struct embedded register_sql[];

static const struct fact_row rows[FACTS] = {
	[FACT_BORN] = {"child.born", "Date of birth", VALUE_DATE, ""},
	[FACT_SEX] = {"child.sex", "Sex", VALUE_TEXT, ""},
	[FACT_ETHNICITY] = {"child.ethnicity", "Ethnicity", VALUE_TEXT, ""},
	[FACT_SCHOOL_AGE] = {"child.school_age", "Of compulsory school age",
		VALUE_FLAG, ""},
	[FACT_CIN] = {"child.cin", "Child in need", VALUE_FLAG, "cin"},
	[FACT_SECTION47] = {"child.section47", "Section 47 enquiries under way",
		VALUE_FLAG, "cin"},
	[FACT_CP_PLAN] = {"child.cp_plan", "Child protection plan", VALUE_FLAG,
		"cin"},
	[FACT_LOOKED_AFTER] = {"child.looked_after", "Looked after", VALUE_FLAG,
		"ssda903"},
	[FACT_WAS_LOOKED_AFTER] = {"child.was_looked_after",
		"Looked after before", VALUE_FLAG, "ssda903"},
	[FACT_WORKER] = {"child.worker", "Social worker", VALUE_TEXT, "ssda903"},
	[FACT_SEN] = {"child.sen", "Special educational needs", VALUE_TEXT,
		"census"},
	[FACT_EHCP] = {"child.ehcp", "Education, health and care plan",
		VALUE_FLAG, "census"},
	[FACT_SCHOOL] = {"child.school", "School at the latest census",
		VALUE_TEXT, "census"},
	[FACT_SPECIAL_SCHOOL] = {"child.special_school", "At a special school",
		VALUE_FLAG, "census"},
	[FACT_ABSENCE] = {"child.absence",
		"Absence in the latest two terms, tenths of a percent",
		VALUE_NUMBER, "census"},
	[FACT_PERSISTENT] = {"child.persistent", "Persistently absent in them",
		VALUE_FLAG, "census"},
	[FACT_SEVERE] = {"child.severe", "Severely absent in them", VALUE_FLAG,
		"census"},
	[FACT_SUSPENSIONS] = {"child.suspensions", "Suspensions in 12 months",
		VALUE_NUMBER, "census"},
	[FACT_YOUNG_CARER] = {"child.young_carer", "Young carer", VALUE_FLAG,
		"census"},
	[FACT_SCHOOL_AGE_ENDS] = {"child.school_age_ends",
		"Last day of compulsory school age", VALUE_DATE, ""},
	[FACT_CP_ENDED] = {"child.cp_plan_ended",
		"Last child protection plan ended", VALUE_DATE, "cin"},
	[FACT_SURNAME] = {"child.surname", "Surname", VALUE_TEXT, "census"},
	[FACT_FORENAME] = {"child.forename", "Forename", VALUE_TEXT, "census"},
	[FACT_POSTCODE] = {"child.postcode", "Postcode", VALUE_TEXT, "census"},
	[FACT_IN_AREA] = {"child.in_area", "Lives in the area", VALUE_FLAG,
		"census"},
};

const struct fact_row *fact_row(enum fact fact)
{
	return &rows[fact];
}

/* The latest two terms that anything was possible in. */
struct terms {
	int64_t child, possible, absent;
	int count;
};

struct reading {
	struct store *store;
	int la;
	int64_t child; /* 0: all of the register */
	const char *register_name;
	struct date on;
	const struct fact_taker *taker;
	struct terms terms; /* of the child whose terms are being read */
};

static void give(struct reading *reading, int64_t child, enum fact fact,
	struct value value)
{
	if (value.kind != VALUE_EMPTY)
		reading->taker->take(reading->taker->context, child, fact, value);
}

/* ---- What a row of each statement gives; its first column is the child ---- */

static void take_child(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	struct date born = store_get_date(row, 1);
	give(reading, child, FACT_BORN, value_date(born));
	give(reading, child, FACT_SEX, value_text(store_get_text(row, 2)));
	give(reading, child, FACT_ETHNICITY, value_text(store_get_text(row, 3)));
	if (date_is_none(born))
		return;
	struct date ends = clock_school_age_ends(born);
	bool is_of_age = reading->on.day >= clock_school_age_starts(born).day
		&& reading->on.day <= ends.day;
	give(reading, child, FACT_SCHOOL_AGE, value_flag(is_of_age));
	give(reading, child, FACT_SCHOOL_AGE_ENDS, value_date(ends));
}

static void take_care(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	static const enum fact facts[] = {FACT_CIN, FACT_SECTION47,
		FACT_CP_PLAN, FACT_LOOKED_AFTER, FACT_WAS_LOOKED_AFTER};
	give(reading, child, facts[store_get_integer(row, 1)], value_flag(true));
}

static void take_plan(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	give(reading, child, FACT_CP_ENDED, value_date(store_get_date(row, 1)));
}

static void take_name(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	give(reading, child, FACT_SURNAME, value_text(store_get_text(row, 1)));
	give(reading, child, FACT_FORENAME, value_text(store_get_text(row, 2)));
}

/* A postcode that the directory does not hold is not known to lie anywhere. */
static void take_home(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	struct text area = store_get_text(row, 2);
	give(reading, child, FACT_POSTCODE, value_text(store_get_text(row, 1)));
	if (area.length > 0)
		give(reading, child, FACT_IN_AREA,
			value_flag(text_equals(area, store_get_text(row, 3))));
}

static void take_worker(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	give(reading, child, FACT_WORKER, value_text(store_get_text(row, 1)));
}

static void take_school(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	struct text sen = store_get_text(row, 1), carer = store_get_text(row, 3);
	struct text urn = store_get_text(row, 4);
	give(reading, child, FACT_SEN, value_text(sen));
	give(reading, child, FACT_EHCP, value_flag(text_is(sen, "E")));
	give(reading, child, FACT_SCHOOL,
		value_text(urn.length > 0 ? urn : store_get_text(row, 2)));
	give(reading, child, FACT_SPECIAL_SCHOOL,
		value_flag(text_is(store_get_text(row, 5), "special")));
	give(reading, child, FACT_YOUNG_CARER,
		value_flag(carer.length > 0 && !text_is(carer, "N")));
}

static void give_terms(struct reading *reading)
{
	const struct terms *terms = &reading->terms;
	if (terms->possible == 0)
		return;
	give(reading, terms->child, FACT_ABSENCE,
		value_number((terms->absent * 2000 + terms->possible)
			/ (2 * terms->possible)));
	give(reading, terms->child, FACT_PERSISTENT,
		value_flag(terms->absent * 10 >= terms->possible));
	give(reading, terms->child, FACT_SEVERE,
		value_flag(terms->absent * 2 >= terms->possible));
}

static void take_term(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	struct terms *terms = &reading->terms;
	if (child != terms->child) {
		give_terms(reading);
		*terms = (struct terms){.child = child};
	}
	if (terms->count == 2 || store_get_integer(row, 3) == 0)
		return;
	terms->count++;
	terms->possible += store_get_integer(row, 3);
	terms->absent += store_get_integer(row, 4);
}

static void take_suspensions(struct reading *reading, int64_t child,
	const struct store_rows *row)
{
	give(reading, child, FACT_SUSPENSIONS,
		value_number(store_get_integer(row, 1)));
}

/* ---- The statements ---- */

/* What a statement asks for behind the authority and the child. */
enum behind { BY_DAY, BY_REGISTER, BY_DAY_AND_REGISTER, BY_YEAR_AND_REGISTER };

static const struct group {
	uint64_t facts;
	const char *statement;
	enum behind behind;
	void (*take)(struct reading *, int64_t child, const struct store_rows *);
} groups[] = {
	{1u << FACT_BORN | 1u << FACT_SEX | 1u << FACT_ETHNICITY
			| 1u << FACT_SCHOOL_AGE | 1u << FACT_SCHOOL_AGE_ENDS,
		"fact_child", BY_REGISTER, take_child},
	{1u << FACT_CIN | 1u << FACT_SECTION47 | 1u << FACT_CP_PLAN
			| 1u << FACT_LOOKED_AFTER | 1u << FACT_WAS_LOOKED_AFTER,
		"fact_care", BY_DAY, take_care},
	{1u << FACT_WORKER, "fact_worker", BY_DAY, take_worker},
	{1u << FACT_SEN | 1u << FACT_EHCP | 1u << FACT_SCHOOL
			| 1u << FACT_SPECIAL_SCHOOL | 1u << FACT_YOUNG_CARER,
		"fact_school", BY_DAY_AND_REGISTER, take_school},
	{1u << FACT_ABSENCE | 1u << FACT_PERSISTENT | 1u << FACT_SEVERE,
		"fact_absence", BY_YEAR_AND_REGISTER, take_term},
	{1u << FACT_SUSPENSIONS, "fact_suspensions", BY_DAY, take_suspensions},
	{1u << FACT_CP_ENDED, "fact_plan", BY_DAY, take_plan},
	{1u << FACT_SURNAME | 1u << FACT_FORENAME, "fact_name", BY_REGISTER,
		take_name},
	{1u << FACT_POSTCODE | 1u << FACT_IN_AREA, "fact_home",
		BY_DAY_AND_REGISTER, take_home},
};

static bool read_group(struct reading *reading, const struct group *group,
	struct fault *fault)
{
	struct store_rows *found;
	struct store_value values[4] = {store_integer(reading->la),
		store_integer(reading->child)};
	size_t count = 2;
	if (group->behind == BY_DAY || group->behind == BY_DAY_AND_REGISTER)
		values[count++] = store_date(reading->on);
	/* A collection year begins on 1 August. */
	if (group->behind == BY_YEAR_AND_REGISTER)
		values[count++] = store_integer(
			date_year(date_add_months(reading->on, -7)));
	if (group->behind != BY_DAY)
		values[count++] = store_string(reading->register_name);
	if (!store_query(reading->store,
		    store_find(register_sql, group->statement), values, count,
		    &found, fault))
		return false;
	while (store_next(found, fault))
		group->take(reading, store_get_integer(found, 0), found);
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_wanted(struct reading *reading, uint64_t wanted,
	struct fault *fault)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if ((wanted & groups[i].facts) != 0
			&& !read_group(reading, &groups[i], fault))
			return false;
	give_terms(reading); /* of the last child */
	return true;
}

bool fact_read_all(struct store *store, int la, const char *register_name,
	struct date on, uint64_t wanted, const struct fact_taker *taker,
	struct fault *fault)
{
	struct reading reading = {store, la, 0, register_name, on, taker, {0}};
	return read_wanted(&reading, wanted, fault);
}

/* ---- One child ---- */

struct one {
	struct arena *arena;
	struct value *values;
};

static void take_one(void *context, int64_t child, enum fact fact,
	struct value value)
{
	struct one *one = context;
	(void)child;
	if (value.kind == VALUE_TEXT)
		value.text = arena_text(one->arena, value.text);
	one->values[fact] = value;
}

bool fact_read(struct store *store, int la, int64_t child, struct date on,
	struct arena *arena, struct value out_values[FACTS], struct fault *fault)
{
	struct one one = {arena, out_values};
	struct fact_taker taker = {take_one, &one};
	struct reading reading = {store, la, child, "", on, &taker, {0}};
	for (int i = 0; i < FACTS; i++)
		out_values[i] = value_empty();
	return child == 0 || read_wanted(&reading, ~(uint64_t)0, fault);
}
