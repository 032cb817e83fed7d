/* SPDX-License-Identifier: MIT
 *
 * The settings, and reading them.
 */
#include "measures/setting.h"

extern const struct embedded measures_sql[];

enum { PLACEMENT_BREAK_RULE, WORKING_DAY_CONVENTION };

static const struct setting_row rows[] = {
	[PLACEMENT_BREAK_RULE] = {"placement_break_rule", {"CARER", "PLACEMENT"}},
	[WORKING_DAY_CONVENTION] = {"working_day_convention", {"DAY0", "DAY1"}},
};

const struct setting_row *setting_rows(size_t *out_count)
{
	*out_count = COUNT_OF(rows);
	return rows;
}

const struct setting_row *setting_find(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (text_is(name, rows[i].name))
			return &rows[i];
	return NULL;
}

/* Which of the values is in force: its place in the row. */
static bool read_choice(struct roll *roll, const struct setting_row *row,
	struct date on, int *out_choice, struct fault *fault)
{
	struct store_rows *found;
	if (!store_query(roll->store, store_find(measures_sql, "setting"),
		    STORE_VALUES(store_integer(roll->la),
			    store_string(row->name), store_date(on)),
		    &found, fault))
		return false;
	*out_choice = 0;
	if (store_next(found, fault))
		for (int i = 0; i < SETTING_VALUES; i++)
			if (text_is(store_get_text(found, 0), row->values[i]))
				*out_choice = i;
	store_end(found);
	return !fault_is_set(fault);
}

bool setting_apply(struct roll *roll, struct date on, struct fault *fault)
{
	int rule, convention;
	if (!read_choice(roll, &rows[PLACEMENT_BREAK_RULE], on, &rule, fault)
		|| !read_choice(roll, &rows[WORKING_DAY_CONVENTION], on,
			&convention, fault))
		return false;
	roll->basis = rule == 0 ? "C" : "P";
	roll->first_day = convention;
	return true;
}
