/* SPDX-License-Identifier: MIT
 *
 * The sessions of a pupil at a school in a term: what was possible, and what
 * was missed by the class of each reason's code. Nothing that does not add up
 * is put right: it is kept and warned about, once a pupil.
 */
#include <stdio.h>
#include <stdlib.h>

#include "feeds/census-inside.h"

struct sums {
	int64_t authorised, unauthorised, unmapped;
	bool has_rows;
};

static int order_reasons(const void *left, const void *right)
{
	const struct census_reason *a = left, *b = right;
	if (a->stint != b->stint)
		return a->stint < b->stint ? -1 : 1;
	if (a->part != b->part)
		return a->part - b->part;
	return a->code - b->code;
}

static bool warn(struct census *census, struct census_stint *stint,
	const struct feed_flaw *flaw, struct fault *fault)
{
	if (stint->is_warned)
		return true;
	stint->is_warned = true;
	struct feed_flaw whole = *flaw;
	whole.file = stint->place.file;
	whole.row = stint->place.row;
	whole.column = census_column_name(CENSUS_POSSIBLE);
	whole.rule = "possible";
	return feed_flaw_add(census->batch, &whole, fault);
}

/* Children under compulsory school age have no sessions to report. */
static bool is_expected(const struct census *census,
	const struct census_stint *stint, int part)
{
	static const char *const early[] = {"E1", "E2", "N1", "N2", "R"};
	struct date last = period_term(census->year, census->terms[part]).last;
	for (size_t i = 0; i < COUNT_OF(early); i++)
		if (text_is(text_of(stint->year_group), early[i]))
			return false;
	return stint->entry.day <= last.day;
}

static bool check(struct census *census, struct census_stint *stint, int part,
	const struct sums *sums, struct fault *fault)
{
	char message[160];
	int64_t possible = stint->parts[part].possible;
	int64_t given = sums->authorised + sums->unauthorised + sums->unmapped;
	if (possible <= 0 && given > 0)
		return warn(census, stint,
			&(struct feed_flaw){.severity = FEED_WARNED,
				.message = "There are reasons of absence but no"
					   " possible sessions; the pupil is in"
					   " no rate of this term."},
			fault);
	if (possible <= 0)
		return !is_expected(census, stint, part)
			|| warn(census, stint,
				&(struct feed_flaw){.severity = FEED_NOTED,
					.message = "No possible sessions were"
						   " given for a term in which the"
						   " pupil was at the school."},
				fault);
	if (given <= possible)
		return true;
	snprintf(message, sizeof message,
		"The reasons add up to %lld sessions, of %lld possible.",
		(long long)given, (long long)possible);
	return warn(census, stint,
		&(struct feed_flaw){.severity = FEED_WARNED, .message = message},
		fault);
}

/* Sums the run of reasons of one stint and part, code by code. */
static bool add_reasons(struct census *census, const struct census_stint *stint,
	size_t from, size_t to, struct sums *out_sums, struct fault *fault)
{
	struct sums sums = {.has_rows = to > from};
	for (size_t at = from; at < to;) {
		const struct census_reason *first = &census->reasons[at];
		const struct census_code *code = &census->codes[first->code];
		int64_t sessions = 0;
		for (; at < to && census->reasons[at].code == first->code; at++)
			sessions += census->reasons[at].sessions;
		switch (code->classes[first->part]) {
		case MARKS_AUTHORISED:
			sums.authorised += sessions;
			break;
		case MARKS_UNAUTHORISED:
			sums.unauthorised += sessions;
			break;
		case MARKS_UNMAPPED:
			sums.unmapped += sessions;
			break;
		default:
			break; /* attended, or not possible: no absence */
		}
		if (sessions > 0
			&& !store_bulk_row(census->bulks[CENSUS_TO_REASON],
				STORE_VALUES(store_integer(census->feed->la),
					store_integer(stint->child),
					store_text(census->schools[stint->school]),
					store_integer(census->year),
					store_integer((
						int64_t)census->terms[first->part]),
					store_string("census"),
					store_text(code->text),
					store_integer(sessions)),
				fault))
			return false;
	}
	*out_sums = sums;
	return true;
}

/* Where no table of reasons came, the export's own totals stand in for it. */
static void use_totals(const struct census_part *part, struct sums *sums)
{
	sums->authorised = part->authorised == CENSUS_BLANK ? 0
							    : part->authorised;
	sums->unauthorised = part->unauthorised == CENSUS_BLANK
		? 0
		: part->unauthorised;
	sums->has_rows = part->authorised != CENSUS_BLANK
		|| part->unauthorised != CENSUS_BLANK;
}

static bool write_term(struct census *census, struct census_stint *stint,
	int part, const struct sums *sums, struct fault *fault)
{
	int64_t possible = stint->parts[part].possible;
	bool has_table = census->has_reasons[part][stint->is_off];
	if (possible == CENSUS_BLANK && !sums->has_rows)
		return true;
	if (!has_table && !sums->has_rows)
		return warn(census, stint,
			&(struct feed_flaw){.severity = FEED_WARNED,
				.message = "Neither reasons of absence nor totals"
					   " came for this term, so it was left"
					   " out rather than taken as no absence."},
			fault);
	return store_bulk_row(census->bulks[CENSUS_TO_TERM],
		STORE_VALUES(store_integer(census->feed->la),
			store_integer(stint->child),
			store_text(census->schools[stint->school]),
			store_integer(census->year),
			store_integer((int64_t)census->terms[part]),
			store_string("census"),
			store_integer(possible == CENSUS_BLANK ? 0 : possible),
			store_integer(sums->authorised),
			store_integer(sums->unauthorised),
			store_integer(sums->unmapped),
			store_maybe(text_of(stint->year_group)),
			store_integer(feed_batch_id(census->batch))),
		fault);
}

bool census_total(struct census *census, struct fault *fault)
{
	size_t at = 0;
	if (census->reason_count > 0)
		qsort(census->reasons, census->reason_count,
			sizeof *census->reasons, order_reasons);
	for (size_t i = 0; i < census->stint_count; i++) {
		struct census_stint *stint = &census->stints[i];
		for (int part = 0; part < census->part_count; part++) {
			size_t from = at;
			struct sums sums;
			while (at < census->reason_count
				&& census->reasons[at].stint == (int32_t)i
				&& census->reasons[at].part == part)
				at++;
			if (!add_reasons(census, stint, from, at, &sums, fault))
				return false;
			if (!census->has_reasons[part][stint->is_off]
				&& !sums.has_rows)
				use_totals(&stint->parts[part], &sums);
			if (!check(census, stint, part, &sums, fault)
				|| !write_term(census, stint, part, &sums, fault))
				return false;
		}
	}
	return true;
}
