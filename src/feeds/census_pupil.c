/* SPDX-License-Identifier: MIT
 *
 * A row of a pupil table, on roll or no longer on roll: the child it is, the
 * place at the school, what the census says of the pupil, and the sessions
 * that were possible. Also the rows of the table of schools.
 *
 * The same pupil id twice, or the same entry of a child at a school twice, is
 * kept aside: the first counts. A pupil without a number that may link is
 * sought by name and date of birth, so that a newer file of the census does
 * not make another child.
 */
#include <string.h>

#include "feeds/census-inside.h"
#include "people/fold.h"

extern const struct embedded census_sql[];

static bool keep_aside(struct census *census, const struct census_row *row,
	enum census_column column, const char *rule, const char *message,
	struct fault *fault)
{
	return census_flaw(census, row, column,
		&(struct feed_flaw){.rule = rule,
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

static bool keep_duplicate(struct census *census, const struct census_row *row,
	enum census_column column, int64_t first, struct fault *fault)
{
	const char *message = arena_format(census->row,
		"The pupil is in row %lld already, which counts; this row was"
		" kept aside.",
		(long long)first);
	return keep_aside(census, row, column, "duplicate", message, fault);
}

/* ---- Schools ---- */

bool census_school_row(struct census *census, const struct census_row *row,
	struct fault *fault)
{
	struct text school = census_cell(row, CENSUS_SCHOOL);
	if (school.length == 0)
		school = census_cell(row, CENSUS_URN);
	if (school.length == 0 || school.length > CENSUS_KEY / 2)
		return keep_aside(census, row, CENSUS_SCHOOL, "missing",
			"The row does not say which school it is.", fault);
	if (census_has_later(census)
		&& census_is_outdated(census,
			arena_format(census->row, "S/" TEXT_FORMAT,
				TEXT_ARGS(school))))
		return true;
	(void)census_school(census, school);
	return store_bulk_row(census->bulks[CENSUS_TO_SCHOOL],
		STORE_VALUES(store_integer(census->feed->la), store_text(school),
			store_maybe(census_cell(row, CENSUS_SCHOOL_NAME)),
			store_maybe(census_cell(row, CENSUS_URN)),
			store_maybe(census_cell(row, CENSUS_ESTAB)),
			store_maybe(
				census_phase_of(census_cell(row, CENSUS_PHASE))),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

/* ---- Who it is ---- */

static struct text sex_of(struct text code)
{
	static const struct {
		const char *code, *sex;
	} codings[] = {{"M", "M"}, {"F", "F"}, {"U", "U"}, {"1", "M"},
		{"2", "F"}, {"1.0", "M"}, {"2.0", "F"}};
	for (size_t i = 0; i < COUNT_OF(codings); i++)
		if (text_equals_folded(code, text_of(codings[i].code)))
			return text_of(codings[i].sex);
	return (struct text){.at = NULL, .length = 0};
}

/* Councils may collect longer codes; each belongs to one of the twenty. */
static bool set_ethnicity(struct census *census, const struct census_row *row,
	struct people_clue *clue, struct fault *fault)
{
	struct text code = feed_squeezed(census->row,
		census_cell(row, CENSUS_ETHNICITY));
	if (code.length == 0)
		return true;
	const struct codes_entry *entry = codes_in(census->ethnic, code,
		DATE_NONE);
	if (entry != NULL)
		clue->ethnicity = codes_column(entry, "ethnic");
	if (!text_equals(clue->ethnicity, code))
		clue->ethnicity_source = code;
	if (entry != NULL)
		return true;
	return census_flaw(census, row, CENSUS_ETHNICITY,
		&(struct feed_flaw){.rule = "code",
			.severity = FEED_WARNED,
			.message = "This is not an ethnicity code of the census;"
				   " it was kept as it stands."},
		fault);
}

static bool make_clue(struct census *census, const struct census_row *row,
	struct people_clue *out_clue, struct fault *fault)
{
	struct people_clue clue = {.sex = sex_of(census_cell(row, CENSUS_SEX))};
	clue.numbers[IDENTIFIER_UPN] = feed_squeezed(census->row,
		census_cell(row, CENSUS_UPN));
	clue.numbers[IDENTIFIER_FORMER_UPN] = feed_squeezed(census->row,
		census_cell(row, CENSUS_FORMER_UPN));
	clue.numbers[IDENTIFIER_ULN] = feed_squeezed(census->row,
		census_cell(row, CENSUS_ULN));
	if (!census_date(census, row, CENSUS_BORN, &clue.born, fault)
		|| !set_ethnicity(census, row, &clue, fault))
		return false;
	*out_clue = clue;
	return true;
}

static bool may_link(const struct people_clue *clue)
{
	static const enum identifier_scheme schemes[] = {IDENTIFIER_UPN,
		IDENTIFIER_FORMER_UPN};
	for (size_t i = 0; i < COUNT_OF(schemes) && clue->born.day != 0; i++) {
		struct text value = clue->numbers[schemes[i]];
		if (value.length > 0
			&& identifier_may_link(identifier_grade_of(schemes[i],
						       value),
				value))
			return true;
	}
	return false;
}

static struct text folded_name(struct census *census, struct text family,
	struct text given)
{
	size_t length = family.length + 1 + given.length;
	char *whole = arena_new(census->row, length);
	if (family.length > 0)
		memcpy(whole, family.at, family.length);
	whole[family.length] = ' ';
	if (given.length > 0)
		memcpy(whole + family.length + 1, given.at, given.length);
	return fold_name(census->row, (struct text){whole, length});
}

/* One child of the name and date of birth, else 0. Seldom asked, so the rows
 * held back may be written first. */
static bool seek_by_name(struct census *census, const struct census_row *row,
	struct date born, int64_t *out_child, struct fault *fault)
{
	struct store_rows *rows;
	struct text folded = folded_name(census, census_cell(row, CENSUS_SURNAME),
		census_cell(row, CENSUS_FORENAME));
	int found = 0;
	*out_child = 0;
	if (born.day == 0 || folded.length == 0)
		return true;
	if (!people_flush(census->feed->people, fault)
		|| !store_bulk_flush(census->bulks[CENSUS_TO_NAME], fault)
		|| !store_query(census->feed->store,
			store_find(census_sql, "child_by_name"),
			STORE_VALUES(store_integer(census->feed->la),
				store_text(folded), store_date(born)),
			&rows, fault))
		return false;
	while (store_next(rows, fault)) {
		*out_child = store_get_integer(rows, 0);
		found++;
	}
	store_end(rows);
	if (found != 1)
		*out_child = 0;
	return !fault_is_set(fault);
}

static bool claim(struct census *census, const struct census_row *row,
	int64_t *out_child, struct fault *fault)
{
	struct people_clue clue;
	if (!make_clue(census, row, &clue, fault))
		return false;
	*out_child = 0;
	if (!may_link(&clue)) {
		if (!census_flaw(census, row,
			    clue.born.day == 0 ? CENSUS_BORN : CENSUS_UPN,
			    &(struct feed_flaw){.rule = "identity",
				    .severity = FEED_WARNED,
				    .message = "A pupil is known by UPN and date"
					       " of birth; without both this one"
					       " was sought by name."},
			    fault)
			|| !seek_by_name(census, row, clue.born, out_child, fault))
			return false;
		if (*out_child != 0)
			return true;
	}
	return feed_claim(census->batch, &clue, row->place, out_child, fault);
}

/* ---- What is written of it ---- */

static bool write_name(struct census *census, const struct census_row *row,
	enum census_column surname, const char *kind, int64_t child,
	struct fault *fault)
{
	struct text family = census_cell(row, surname);
	struct text given = census_cell(row, CENSUS_FORENAME);
	if (family.length + given.length == 0 || family.length == 0)
		return true;
	return store_bulk_row(census->bulks[CENSUS_TO_NAME],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(child), store_string(kind),
			store_text(family), store_text(given),
			store_text(folded_name(census, family, given)),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

static bool write_names(struct census *census, const struct census_row *row,
	int64_t child, struct fault *fault)
{
	struct text legal = census_cell(row, CENSUS_SURNAME);
	bool is_other = !text_equals(legal, census_cell(row, CENSUS_PREFERRED));
	return write_name(census, row, CENSUS_SURNAME, "legal", child, fault)
		&& (!is_other
			|| write_name(census, row, CENSUS_PREFERRED,
				"preferred", child, fault))
		&& write_name(census, row, CENSUS_FORMER, "former", child, fault);
}

static struct store_value is_boarder(struct text code)
{
	if (code.length == 0)
		return store_null();
	return store_integer(!text_equals_folded(code, TEXT("N")));
}

static bool write_enrolment(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct date entry, struct fault *fault)
{
	struct date left;
	struct text status, school = census->schools[stint->school];
	char day[DATE_TEXT];
	date_write(entry, day);
	if (!census_date(census, row, CENSUS_LEAVING, &left, fault)
		|| !census_coded(census, row, CENSUS_STATUS, &status, fault))
		return false;
	if (entry.day == 0)
		return census_flaw(census, row, CENSUS_ENTRY,
			&(struct feed_flaw){.rule = "missing",
				.severity = FEED_WARNED,
				.message = "Without an entry date the place at the"
					   " school was left out; the sessions"
					   " were kept."},
			fault);
	if (census_has_later(census)
		&& census_is_outdated(census,
			arena_format(census->row, "E/%lld/" TEXT_FORMAT "/%s",
				(long long)stint->child, TEXT_ARGS(school), day)))
		return true;
	return store_bulk_row(census->bulks[CENSUS_TO_ENROLMENT],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child), store_text(school),
			store_date(entry), store_date(left), store_maybe(status),
			is_boarder(census_cell(row, CENSUS_BOARDER)),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

static bool write_facts(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct text group, struct fault *fault)
{
	struct text sen, plaa;
	if (!census_coded(census, row, CENSUS_SEN, &sen, fault)
		|| !census_coded(census, row, CENSUS_PLAA, &plaa, fault))
		return false;
	return store_bulk_row(census->bulks[CENSUS_TO_PUPIL],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child),
			store_text(census->schools[stint->school]),
			store_date(census->day), store_maybe(group),
			store_maybe(sen),
			census_yes(census_cell(row, CENSUS_PART_TIME)),
			store_maybe(feed_squeezed(census->row,
				census_cell(row, CENSUS_LANGUAGE))),
			store_maybe(plaa),
			store_maybe(feed_squeezed(census->row,
				census_cell(row, CENSUS_YOUNG_CARER))),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

/* ---- Sessions ---- */

/* The autumn census reports the summer before, when the pupil was a year group
 * lower; who had left by August is given as they were. */
static struct text group_in_term(struct census *census, struct text group,
	struct date left)
{
	static const char *const steps[] = {"E1", "E2", "N1", "N2", "R", "1", "2",
		"3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14"};
	bool had_left = left.day != 0
		&& left.day <= date_from(census->year + 1, 8, 31).day;
	if (census->when.season != CENSUS_AUTUMN || had_left)
		return group;
	for (size_t i = 1; i < COUNT_OF(steps); i++)
		if (text_is(group, steps[i]))
			return text_of(steps[i - 1]);
	return group;
}

static void add_blank(int64_t *held, int64_t more)
{
	if (more == CENSUS_BLANK)
		return;
	*held = *held == CENSUS_BLANK ? more : *held + more;
}

static bool add_possible(struct census *census, const struct census_row *row,
	struct census_stint *stint, struct fault *fault)
{
	static const enum census_column columns[CENSUS_PARTS][3] =
		{{CENSUS_POSSIBLE, CENSUS_AUTHORISED, CENSUS_UNAUTHORISED},
			{CENSUS_POSSIBLE_SECOND, CENSUS_AUTHORISED_SECOND,
				CENSUS_UNAUTHORISED_SECOND}};
	for (int i = 0; i < census->part_count; i++) {
		int64_t numbers[3];
		for (int c = 0; c < 3; c++)
			if (!census_whole(census, row, columns[i][c],
				    &numbers[c], fault))
				return false;
		add_blank(&stint->parts[i].possible, numbers[0]);
		add_blank(&stint->parts[i].authorised, numbers[1]);
		add_blank(&stint->parts[i].unauthorised, numbers[2]);
	}
	return true;
}

/* A child at a school as the bytes of a key, with the day (or 0): 15 bytes,
 * which the index keeps as they are. */
enum { SPELL_KEY = 15 };
static struct text spell_key(int64_t child, int32_t school, int32_t day,
	char out_key[SPELL_KEY])
{
	memcpy(out_key, &child, 8);
	memcpy(out_key + 8, &school, 4);
	memcpy(out_key + 12, &day, 3); /* days are below 2 to the 24th */
	return (struct text){out_key, SPELL_KEY};
}

static int32_t stint_of(struct census *census, const struct census_row *row,
	int64_t child, int32_t school)
{
	char bytes[SPELL_KEY];
	int32_t place;
	struct text key = spell_key(child, school, 0, bytes);
	if (census_place(census, CENSUS_STINT_BY_PLACE, key, &place))
		return place - 1;
	place = (int32_t)census->stint_count;
	census_set_place(census, CENSUS_STINT_BY_PLACE, key, place + 1);
	census->stints = memory_grow(census->stints, &census->stint_capacity,
		census->stint_count + 1, sizeof *census->stints);
	struct census_stint *stint = &census->stints[census->stint_count++];
	*stint = (struct census_stint){.child = child,
		.school = school,
		.is_off = census_row_is_off(row),
		.place = row->place};
	for (int i = 0; i < CENSUS_PARTS; i++)
		stint->parts[i] = (struct census_part){CENSUS_BLANK,
			CENSUS_BLANK, CENSUS_BLANK};
	return place;
}

/* Everything about the pupil but who it is and where. */
static bool write_pupil(struct census *census, const struct census_row *row,
	struct census_stint *stint, struct date entry, struct fault *fault)
{
	bool is_off = census_row_is_off(row);
	struct text group;
	struct date left = DATE_NONE;
	(void)date_read_any(census_cell(row, CENSUS_LEAVING), &left);
	if (!census_coded(census, row,
		    row->places[CENSUS_YEAR_GROUP] >= 0 ? CENSUS_YEAR_GROUP
							: CENSUS_YEAR_LEAVING,
		    &group, fault))
		return false;
	if (entry.day != 0
		&& (stint->entry.day == 0 || entry.day < stint->entry.day))
		stint->entry = entry;
	if (stint->year_group[0] == '\0')
		text_copy(stint->year_group, sizeof stint->year_group,
			group_in_term(census, group, left));
	return add_possible(census, row, stint, fault)
		&& write_names(census, row, stint->child, fault)
		&& write_enrolment(census, row, stint, entry, fault)
		&& (is_off || write_facts(census, row, stint, group, fault));
}

/* Whether a row with this key came before; else remembers this one. */
static bool came_before(struct census *census, const struct census_row *row,
	enum census_key what, struct text key, int32_t *out_first)
{
	if (census_place(census, what, key, out_first))
		return true;
	census_set_place(census, what, key, (int32_t)row->place.row);
	return false;
}

static bool take_pupil(struct census *census, const struct census_row *row,
	struct text id, struct text school, struct fault *fault)
{
	char bytes[SPELL_KEY];
	int32_t first;
	int64_t child;
	struct date entry;
	if (!claim(census, row, &child, fault)
		|| !census_date(census, row, CENSUS_ENTRY, &entry, fault)
		|| !census_forget(census, child, fault))
		return false;
	int32_t place = census_school(census, school);
	struct text spell = spell_key(child, place, entry.day, bytes);
	if (came_before(census, row, CENSUS_ROW_BY_SPELL, spell, &first)) {
		census_set_place(census, CENSUS_STINT_BY_ID, id, 0);
		return keep_duplicate(census, row, CENSUS_ENTRY, first, fault);
	}
	int32_t index = stint_of(census, row, child, place);
	census_set_place(census, CENSUS_STINT_BY_ID, id, index + 1);
	return write_pupil(census, row, &census->stints[index], entry, fault);
}

bool census_pupil_row(struct census *census, const struct census_row *row,
	struct fault *fault)
{
	char key[CENSUS_KEY];
	int32_t first;
	struct text id = census_id(row, key);
	struct text school = census_cell(row, CENSUS_SCHOOL);
	enum census_column id_column = census_row_is_off(row) ? CENSUS_OFF_ID
							      : CENSUS_ON_ID;
	if (id.length == 0)
		return keep_aside(census, row, id_column, "missing",
			"The row cannot be used without this.", fault);
	if (school.length == 0 || school.length > CENSUS_KEY / 2)
		return keep_aside(census, row, CENSUS_SCHOOL, "missing",
			"The row does not say which school it is.", fault);
	if (came_before(census, row, CENSUS_ROW_BY_ID, id, &first))
		return keep_duplicate(census, row, id_column, first, fault);
	return take_pupil(census, row, id, school, fault);
}
