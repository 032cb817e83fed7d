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

struct reading {
	struct store *store;
	int la;
	int64_t child; /* 0: all of the register */
	const char *register_name;
	struct date on;
	const struct fact_taker *taker;
};

static void give(struct reading *reading, int64_t child, enum fact fact,
	struct value value)
{
	if (value.kind != VALUE_EMPTY)
		reading->taker->take(reading->taker->context, child, fact, value);
}

static bool read_child(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_child"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_string(reading->register_name)),
		    &found, fault))
		return false;
	while (store_next(found, fault)) {
		int64_t child = store_get_integer(found, 0);
		struct date born = store_get_date(found, 1);
		give(reading, child, FACT_BORN, value_date(born));
		give(reading, child, FACT_SEX,
			value_text(store_get_text(found, 2)));
		give(reading, child, FACT_ETHNICITY,
			value_text(store_get_text(found, 3)));
		if (date_is_none(born))
			continue;
		bool is_of_age = reading->on.day
				>= clock_school_age_starts(born).day
			&& reading->on.day <= clock_school_age_ends(born).day;
		give(reading, child, FACT_SCHOOL_AGE, value_flag(is_of_age));
		give(reading, child, FACT_SCHOOL_AGE_ENDS,
			value_date(clock_school_age_ends(born)));
	}
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_care(struct reading *reading, struct fault *fault)
{
	static const enum fact facts[] = {FACT_CIN, FACT_SECTION47,
		FACT_CP_PLAN, FACT_LOOKED_AFTER, FACT_WAS_LOOKED_AFTER};
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_care"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_date(reading->on)),
		    &found, fault))
		return false;
	while (store_next(found, fault))
		give(reading, store_get_integer(found, 0),
			facts[store_get_integer(found, 1)], value_flag(true));
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_plans(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_plan"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_date(reading->on)),
		    &found, fault))
		return false;
	while (store_next(found, fault))
		give(reading, store_get_integer(found, 0), FACT_CP_ENDED,
			value_date(store_get_date(found, 1)));
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_names(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_name"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_string(reading->register_name)),
		    &found, fault))
		return false;
	while (store_next(found, fault)) {
		int64_t child = store_get_integer(found, 0);
		give(reading, child, FACT_SURNAME,
			value_text(store_get_text(found, 1)));
		give(reading, child, FACT_FORENAME,
			value_text(store_get_text(found, 2)));
	}
	store_end(found);
	return !fault_is_set(fault);
}

/* A postcode that the directory does not hold is not known to lie anywhere. */
static bool read_home(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_home"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child), store_date(reading->on),
			    store_string(reading->register_name)),
		    &found, fault))
		return false;
	while (store_next(found, fault)) {
		int64_t child = store_get_integer(found, 0);
		struct text area = store_get_text(found, 2);
		give(reading, child, FACT_POSTCODE,
			value_text(store_get_text(found, 1)));
		if (area.length > 0)
			give(reading, child, FACT_IN_AREA,
				value_flag(text_equals(area,
					store_get_text(found, 3))));
	}
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_worker(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_worker"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_date(reading->on)),
		    &found, fault))
		return false;
	while (store_next(found, fault))
		give(reading, store_get_integer(found, 0), FACT_WORKER,
			value_text(store_get_text(found, 1)));
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_school(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store, store_find(register_sql, "fact_school"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child), store_date(reading->on),
			    store_string(reading->register_name)),
		    &found, fault))
		return false;
	while (store_next(found, fault)) {
		int64_t child = store_get_integer(found, 0);
		struct text sen = store_get_text(found, 1);
		struct text urn = store_get_text(found, 4);
		give(reading, child, FACT_SEN, value_text(sen));
		give(reading, child, FACT_EHCP, value_flag(text_is(sen, "E")));
		give(reading, child, FACT_SCHOOL,
			value_text(urn.length > 0 ? urn
						  : store_get_text(found, 2)));
		give(reading, child, FACT_SPECIAL_SCHOOL,
			value_flag(text_is(store_get_text(found, 5), "special")));
		struct text carer = store_get_text(found, 3);
		give(reading, child, FACT_YOUNG_CARER,
			value_flag(carer.length > 0 && !text_is(carer, "N")));
	}
	store_end(found);
	return !fault_is_set(fault);
}

/* The latest two terms that anything was possible in. */
struct terms {
	int64_t child, possible, absent;
	int count;
};

static void give_terms(struct reading *reading, const struct terms *terms)
{
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

static bool read_absence(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	struct terms terms = {0};
	/* A collection year begins on 1 August. */
	int year = date_year(date_add_months(reading->on, -7));
	if (!store_query(reading->store, store_find(register_sql, "fact_absence"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child), store_integer(year),
			    store_string(reading->register_name)),
		    &found, fault))
		return false;
	while (store_next(found, fault)) {
		int64_t child = store_get_integer(found, 0);
		if (child != terms.child) {
			give_terms(reading, &terms);
			terms = (struct terms){.child = child};
		}
		if (terms.count == 2 || store_get_integer(found, 3) == 0)
			continue;
		terms.count++;
		terms.possible += store_get_integer(found, 3);
		terms.absent += store_get_integer(found, 4);
	}
	give_terms(reading, &terms);
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_suspensions(struct reading *reading, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(reading->store,
		    store_find(register_sql, "fact_suspensions"),
		    STORE_VALUES(store_integer(reading->la),
			    store_integer(reading->child),
			    store_date(reading->on)),
		    &found, fault))
		return false;
	while (store_next(found, fault))
		give(reading, store_get_integer(found, 0), FACT_SUSPENSIONS,
			value_number(store_get_integer(found, 1)));
	store_end(found);
	return !fault_is_set(fault);
}

static bool read_wanted(struct reading *reading, uint64_t wanted,
	struct fault *fault)
{
	static const struct {
		uint64_t facts;
		bool (*read)(struct reading *, struct fault *);
	} groups[] = {
		{1u << FACT_BORN | 1u << FACT_SEX | 1u << FACT_ETHNICITY
				| 1u << FACT_SCHOOL_AGE
				| 1u << FACT_SCHOOL_AGE_ENDS,
			read_child},
		{1u << FACT_CIN | 1u << FACT_SECTION47 | 1u << FACT_CP_PLAN
				| 1u << FACT_LOOKED_AFTER
				| 1u << FACT_WAS_LOOKED_AFTER,
			read_care},
		{1u << FACT_WORKER, read_worker},
		{1u << FACT_SEN | 1u << FACT_EHCP | 1u << FACT_SCHOOL
				| 1u << FACT_SPECIAL_SCHOOL
				| 1u << FACT_YOUNG_CARER,
			read_school},
		{1u << FACT_ABSENCE | 1u << FACT_PERSISTENT | 1u << FACT_SEVERE,
			read_absence},
		{1u << FACT_SUSPENSIONS, read_suspensions},
		{1u << FACT_CP_ENDED, read_plans},
		{1u << FACT_SURNAME | 1u << FACT_FORENAME, read_names},
		{1u << FACT_POSTCODE | 1u << FACT_IN_AREA, read_home},
	};
	for (size_t i = 0; i < COUNT_OF(groups); i++)
		if ((wanted & groups[i].facts) != 0
			&& !groups[i].read(reading, fault))
			return false;
	return true;
}

bool fact_read_all(struct store *store, int la, const char *register_name,
	struct date on, uint64_t wanted, const struct fact_taker *taker,
	struct fault *fault)
{
	struct reading reading = {store, la, 0, register_name, on, taker};
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
	struct reading reading = {store, la, child, "", on, &taker};
	for (int i = 0; i < FACTS; i++)
		out_values[i] = value_empty();
	return child == 0 || read_wanted(&reading, ~(uint64_t)0, fault);
}
