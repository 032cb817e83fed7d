/* SPDX-License-Identifier: MIT
 *
 * The tables that hang on a pupil: reasons of absence, exclusions, addresses,
 * free school meals, needs. They are joined by the pupil's id in the export.
 */
#include <stdio.h>

#include "feeds/census-inside.h"

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

/* ---- Reasons of absence ---- */

/* A code counts by its class on the last day of the term: in the autumn of
 * 2024 the codes changed when the term of the statistics was eighteen days
 * old and no school had opened. */
static void look_up(struct census *census, struct census_code *code, int part)
{
	const struct codes_list *list = codes_list(census->feed->codes,
		"attendance");
	struct date last = period_term(census->year, census->terms[part]).last;
	const struct codes_entry *entry = codes_in(list, code->text, last);
	code->classes[part] = MARKS_UNMAPPED;
	if (entry != NULL
		&& marks_class_read(codes_column(entry, "class"),
			&code->classes[part]))
		return;
	code->flaws[part] = codes_in(list, code->text, DATE_NONE) != NULL
		? "This code was not valid in the term; its sessions count as"
		  " neither authorised nor unauthorised."
		: "This is not an attendance code; its sessions count as neither"
		  " authorised nor unauthorised.";
}

static struct census_code *code_of(struct census *census, struct text text)
{
	size_t before = map_count(census->code_places);
	int64_t place = map_intern(census->code_places, text);
	if (map_count(census->code_places) == before)
		return &census->codes[place];
	census->codes = memory_grow(census->codes, &census->code_capacity,
		before + 1, sizeof *census->codes);
	struct census_code *code = &census->codes[before];
	*code = (struct census_code){.text = arena_text(census->arena, text)};
	for (int part = 0; part < census->part_count; part++)
		look_up(census, code, part);
	census->code_count = before + 1;
	return code;
}

static bool reason_row(struct census *census, const struct census_row *row,
	int64_t stint, int part, struct fault *fault)
{
	int64_t sessions;
	struct text text = census_cell(row, CENSUS_SESSION_COUNT);
	if (!text_to_whole(text, &sessions) || sessions < 0
		|| sessions > INT16_MAX)
		return keep_aside(census, row, CENSUS_SESSION_COUNT, "number",
			"The row needs a whole number of sessions.", fault);
	struct text written = feed_squeezed(census->row,
		census_cell(row, CENSUS_REASON));
	if (part >= census->part_count)
		return keep_aside(census, row, CENSUS_REASON, "term",
			"Only the autumn census has a second half of the summer"
			" term.",
			fault);
	enum { MOST_CODES = INT16_MAX };
	if (written.length > 8 || census->code_count >= MOST_CODES)
		return keep_aside(census, row, CENSUS_REASON, "code",
			"This is not an attendance code.", fault);
	const struct census_code *code = code_of(census, written);
	if (code->flaws[part] != NULL
		&& !census_flaw(census, row, CENSUS_REASON,
			&(struct feed_flaw){.rule = "code",
				.severity = FEED_WARNED,
				.message = code->flaws[part]},
			fault))
		return false;
	census->reasons = memory_grow(census->reasons, &census->reason_capacity,
		census->reason_count + 1, sizeof *census->reasons);
	census->reasons[census->reason_count++] =
		(struct census_reason){(int32_t)stint,
			(int16_t)(code - census->codes), (int16_t)part, sessions};
	return true;
}

/* ---- Exclusions ---- */

static bool is_repeated(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct date starts,
	struct text category)
{
	const char *key = arena_format(census->row, "X/%lld/%d/%d/" TEXT_FORMAT,
		(long long)stint->child, (int)stint->school, (int)starts.day,
		TEXT_ARGS(category));
	return !map_set(census->exclusions, text_of(key), row->place.row);
}

static bool exclusion_row(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct fault *fault)
{
	struct text category, sen, reasons[3];
	struct date starts;
	int64_t sessions;
	if (!census_date(census, row, CENSUS_STARTS, &starts, fault)
		|| !census_coded(census, row, CENSUS_CATEGORY, &category, fault)
		|| !census_coded(census, row, CENSUS_SEN, &sen, fault)
		|| !census_whole(census, row, CENSUS_SESSION_COUNT, &sessions,
			fault))
		return false;
	for (int i = 0; i < 3; i++)
		if (!census_coded(census, row,
			    (enum census_column)(CENSUS_REASON_1 + i),
			    &reasons[i], fault))
			return false;
	if (starts.day == 0 || category.length == 0)
		return keep_aside(census, row, CENSUS_STARTS, "missing",
			"The row needs a start date and a category.", fault);
	if (text_is(category, "FIXD"))
		category = TEXT("SUSP"); /* its name until 2020 */
	if (is_repeated(census, row, stint, starts, category))
		return keep_aside(census, row, CENSUS_STARTS, "duplicate",
			"The pupil has an exclusion of this category from this day"
			" already, which counts; this row was kept aside.",
			fault);
	const char *joined = arena_format(census->row,
		TEXT_FORMAT " " TEXT_FORMAT " " TEXT_FORMAT,
		TEXT_ARGS(reasons[0]), TEXT_ARGS(reasons[1]),
		TEXT_ARGS(reasons[2]));
	return store_bulk_row(census->bulks[CENSUS_TO_EXCLUSION],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child),
			store_text(census->schools[stint->school]),
			store_date(starts), store_text(category),
			sessions == CENSUS_BLANK ? store_null()
						 : store_integer(sessions),
			store_maybe(text_trim(text_of(joined))), store_maybe(sen),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

/* ---- Address, meals, needs ---- */

/* The number without zeros before it or a point behind, as nearly all are. */
static struct text plain_number(struct census *census, struct text given,
	int64_t number)
{
	if (given.at[0] != '0' && memchr(given.at, '.', given.length) == NULL)
		return given;
	return text_of(arena_format(census->row, "%lld", (long long)number));
}

static bool address_row(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct fault *fault)
{
	int64_t number;
	struct text uprn = TEXT("");
	struct text given = census_cell(row, CENSUS_UPRN);
	if (text_to_whole(given, &number) && number > 0)
		uprn = plain_number(census, given, number);
	else if (given.length > 0
		&& !census_flaw(census, row, CENSUS_UPRN,
			&(struct feed_flaw){.rule = "number",
				.severity = FEED_NOTED,
				.message = "This is not a property reference"
					   " number; it was left out."},
			fault))
		return false;
	struct text postcode = feed_squeezed(census->row,
		census_cell(row, CENSUS_POSTCODE));
	if (postcode.length == 0 && uprn.length == 0)
		return keep_aside(census, row, CENSUS_POSTCODE, "missing",
			"The row has neither a postcode nor a property reference"
			" number.",
			fault);
	return store_bulk_row(census->bulks[CENSUS_TO_ADDRESS],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child), store_date(census->day),
			store_text(postcode), store_text(uprn),
			store_string("census"),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

static bool meals_row(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct fault *fault)
{
	struct date starts, ends;
	if (!census_date(census, row, CENSUS_MEALS_START, &starts, fault)
		|| !census_date(census, row, CENSUS_MEALS_END, &ends, fault))
		return false;
	if (starts.day == 0)
		return keep_aside(census, row, CENSUS_MEALS_START, "missing",
			"The row needs a start date.", fault);
	char day[DATE_TEXT];
	date_write(starts, day);
	if (census_has_later(census)
		&& census_is_outdated(census,
			arena_format(census->row, "M/%lld/%s",
				(long long)stint->child, day)))
		return true;
	return store_bulk_row(census->bulks[CENSUS_TO_MEALS],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child), store_date(starts),
			store_date(ends),
			store_maybe(census_cell(row, CENSUS_COUNTRY)),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

static bool need_row(struct census *census, const struct census_row *row,
	const struct census_stint *stint, struct fault *fault)
{
	struct text kind;
	int64_t rank;
	if (!census_coded(census, row, CENSUS_NEED, &kind, fault)
		|| !census_whole(census, row, CENSUS_NEED_RANK, &rank, fault))
		return false;
	if (kind.length == 0)
		return keep_aside(census, row, CENSUS_NEED, "missing",
			"The row needs a kind of need.", fault);
	return store_bulk_row(census->bulks[CENSUS_TO_NEED],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child), store_date(census->day),
			store_integer(rank == CENSUS_BLANK ? 0 : rank),
			store_text(kind),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

bool census_detail_row(struct census *census, const struct census_row *row,
	enum census_table table, struct fault *fault)
{
	char key[CENSUS_KEY];
	int32_t stint;
	census_expect(census, row);
	struct text id = census_id(row, key);
	enum census_column column = census_row_is_off(row) ? CENSUS_OFF_ID
							   : CENSUS_ON_ID;
	if (id.length == 0
		|| !census_place(census, CENSUS_STINT_BY_ID, id, &stint))
		return keep_aside(census, row, column, "pupil",
			"No pupil of this census has this id; import the pupil"
			" table together with the others.",
			fault);
	if (stint-- == 0)
		return keep_aside(census, row, column, "duplicate",
			"The pupil's own row was kept aside, so this was too.",
			fault);
	switch (table) {
	case CENSUS_SESSIONS:
		return reason_row(census, row, stint, 0, fault);
	case CENSUS_SECOND_HALF:
		return reason_row(census, row, stint, 1, fault);
	case CENSUS_EXCLUSIONS:
		return exclusion_row(census, row, &census->stints[stint], fault);
	case CENSUS_ADDRESSES:
		return address_row(census, row, &census->stints[stint], fault);
	case CENSUS_MEALS:
		return meals_row(census, row, &census->stints[stint], fault);
	default:
		return need_row(census, row, &census->stints[stint], fault);
	}
}
