/* SPDX-License-Identifier: MIT
 *
 * Reading the children in need census: which file is which year's return, what
 * gives way to what.
 *
 * A return is known by its reference date, or by the days the user gave. Files
 * of the same day are one return. Of one year the latest return stands; of one
 * referral (child and date) what the latest year says of it, with all that is
 * under it. A return of another authority (the header's LEA) stands beside ours,
 * as after a merger of councils: neither takes the other's place. A file whose
 * bytes were loaded before counts again if another has taken its place since;
 * of a return of several files all are read if one is new. So the order in
 * which years arrive leaves no trace. Disabilities are not dated and are
 * gathered over all returns.
 */
#include <stdio.h>
#include <stdlib.h>

#include "codes/codes.h"
#include "feeds/cin-inside.h"
#include "feeds/kinds-inside.h"

extern const struct embedded cin_sql[];

struct source {
	struct feed_file *file;
	struct cin_part header;
	struct date reference;
	const char *origin; /* another authority's number; "" ours */
	bool must_read;
};

struct reading {
	struct feed *feed;
	struct source *sources;
	size_t count;
	struct cin_return one; /* being read */
};

/* ---- What a file is ---- */

static bool looks_like_xml(struct text bytes)
{
	static const struct text starts[] = {{"<", 1}, {"\xef\xbb\xbf<", 4},
		{"\xff\xfe", 2}, {"\xfe\xff", 2}};
	struct text head = text_trim(text_cut(bytes, 0, 64));
	for (size_t i = 0; i < COUNT_OF(starts); i++)
		if (text_starts(head, starts[i]))
			return true;
	return false;
}

/* Without a reference date the year says it: Year is the one it ends in. */
static struct date reference_of(const struct feed *feed,
	const struct cin_part *header)
{
	int64_t year;
	if (feed->covers.last.day != 0)
		return feed->covers.last;
	if (header->values[CIN_REFERENCE_DATE].date.day != 0)
		return header->values[CIN_REFERENCE_DATE].date;
	if (text_to_int64(header->values[CIN_YEAR].text, &year) && year > 1990
		&& year < 2100)
		return date_from((int)year, 3, 31);
	return DATE_NONE;
}

/* Our own number, or none, is "". */
static const char *origin_of(const struct feed *feed,
	const struct cin_part *header)
{
	int64_t la;
	struct text lea = text_trim(header->values[CIN_LEA].text);
	bool is_ours = text_to_int64(lea, &la) && la == feed->la;
	return is_ours ? "" : arena_string(feed->arena, text_cut(lea, 0, 16));
}

/* A loaded file that nothing has replaced need not be read again. */
static bool look_if_it_stands(const struct feed *feed, struct source *source,
	struct fault *fault)
{
	int64_t stands = 0;
	if (source->file->is_loaded
		&& !store_number(feed->store, store_find(cin_sql, "stands"),
			STORE_VALUES(store_integer(feed->la),
				store_string(source->file->digest)),
			&stands, fault))
		return false;
	source->must_read = stands == 0;
	return true;
}

static bool look_at(struct reading *reading, struct feed_file *file,
	struct fault *fault)
{
	struct source source = {.file = file};
	if (!looks_like_xml(file->bytes))
		return true;
	reading->feed->at = file;
	if (!cin_xml_header(file->bytes, reading->feed->arena, &source.header,
		    fault)) {
		if (fault_is_set(fault))
			fault_hint(fault, "in \"%s\"", file->path);
		return !fault_is_set(fault);
	}
	if (!text_equals_folded(source.header.values[CIN_COLLECTION].text,
		    TEXT("CIN")))
		return true;
	source.reference = reference_of(reading->feed, &source.header);
	if (source.reference.day == 0) {
		fault_set(fault, FAULT_INPUT,
			"the header of \"%s\" has no reference date", file->path);
		return fault_hint(fault,
			"say with --from and --to which days "
			"the return is about");
	}
	source.origin = origin_of(reading->feed, &source.header);
	reading->sources[reading->count] = source;
	return look_if_it_stands(reading->feed,
		&reading->sources[reading->count++], fault);
}

static bool is_of_return(const struct source *a, const struct source *b)
{
	return a->reference.day == b->reference.day
		&& text_is(text_of(a->origin), b->origin);
}

static int order_sources(const void *left, const void *right)
{
	const struct source *a = left, *b = right;
	if (a->reference.day != b->reference.day)
		return a->reference.day < b->reference.day ? -1 : 1;
	int order = text_compare(text_of(a->origin), text_of(b->origin));
	return order != 0
		? order
		: text_compare(text_of(a->file->path), text_of(b->file->path));
}

/* What is read of a return is read whole. */
static void take_whole_returns(struct reading *reading)
{
	struct source *sources = reading->sources;
	for (size_t i = 0; i < reading->count; i++)
		for (size_t j = 0; j < reading->count; j++)
			if (sources[j].must_read
				&& is_of_return(&sources[i], &sources[j]))
				sources[i].must_read = true;
	for (size_t i = 0; i < reading->count; i++) {
		struct feed_file *file = sources[i].file;
		if (!sources[i].must_read || !file->is_loaded)
			continue;
		file->is_loaded = false;
		reading->feed->passed_over--;
		reading->feed->again++;
	}
}

static bool find_sources(struct reading *reading, struct fault *fault)
{
	struct feed *feed = reading->feed;
	reading->sources = arena_array(feed->arena, feed->file_count,
		sizeof *reading->sources);
	for (size_t i = 0; i < feed->file_count; i++)
		if (!look_at(reading, &feed->files[i], fault))
			return false;
	qsort(reading->sources, reading->count, sizeof *reading->sources,
		order_sources);
	take_whole_returns(reading);
	return true;
}

/* ---- One file ---- */

static bool take_child(void *self, struct cin_part *child, struct fault *fault)
{
	struct cin_return *one = self;
	for (const struct cin_part *at = child->first; at != NULL; at = at->next)
		if (at->kind == CIN_DETAILS)
			feed_batch_row(one->batch, one->file);
	return cin_check_child(one, child, fault)
		&& cin_write_child(one, child, fault);
}

static bool check_authority(struct cin_return *one,
	const struct cin_part *header, struct fault *fault)
{
	int64_t la;
	struct text lea = header->values[CIN_LEA].text;
	return lea.length == 0
		|| (text_to_int64(lea, &la) && la == one->feed->la)
		|| cin_check_remark(one, header, CIN_LEA, CIN_OTHER_AUTHORITY,
			fault);
}

/* Elements of later years stay in the kept bytes; the number is told. */
static bool note_unknown(struct cin_return *one,
	const struct cin_unknown *unknown, struct fault *fault)
{
	char message[96];
	if (unknown->count == 0)
		return true;
	snprintf(message, sizeof message,
		"The first of %lld elements that were passed over.",
		(long long)unknown->count);
	return feed_flaw_add(one->batch,
		&(struct feed_flaw){.file = one->file,
			.row = unknown->line,
			.column = unknown->first,
			.rule = "element",
			.severity = FEED_NOTED,
			.message = message},
		fault);
}

static bool read_source(struct cin_return *one, const struct source *source,
	struct fault *fault)
{
	struct feed_content content = {source->file, "CIN census", "as declared"};
	struct cin_sink sink = {one, take_child};
	struct cin_unknown unknown;
	return (feed_batch_file(one->batch, &content, &one->file, fault)
		       && check_authority(one, &source->header, fault)
		       && cin_xml_read(source->file->bytes, &sink, &unknown, fault)
		       && note_unknown(one, &unknown, fault))
		|| fault_hint(fault, "in \"%s\"", source->file->path);
}

/* ---- One return ---- */

static struct store_value la_of(const struct feed *feed)
{
	return store_integer(feed->la);
}

static bool look_for_later(struct cin_return *one, struct fault *fault)
{
	struct period year = period_financial_year(one->year);
	int64_t later = 0;
	if (!store_number(one->feed->store, store_find(cin_sql, "newest_of_year"),
		    STORE_VALUES(la_of(one->feed), store_date(year.first),
			    store_date(year.last), store_date(one->reference),
			    store_string(one->origin)),
		    &later, fault))
		return false;
	one->is_superseded = later > 0;
	return true;
}

/* Forgets what an earlier return of the year said. */
static bool drop_year(struct cin_return *one, int year, struct fault *fault)
{
	static const char *const drops[] = {"drop_year_assessments",
		"drop_year_enquiries", "drop_year_cin_plans",
		"drop_year_cp_plans", "drop_year"};
	for (size_t i = 0; i < COUNT_OF(drops); i++)
		if (!store_run(one->feed->store, store_find(cin_sql, drops[i]),
			    STORE_VALUES(la_of(one->feed), store_integer(year),
				    store_string(one->origin)),
			    fault))
			return false;
	return true;
}

static bool open_return(struct cin_return *one, struct fault *fault)
{
	char label[48], reference[DATE_TEXT];
	struct period whole = period_financial_year(one->year);
	period_write_financial(one->reference, label);
	date_write(one->reference, reference);
	if (one->reference.day != whole.last.day)
		snprintf(label, sizeof label, "%04d-%02d to %s", one->year,
			(one->year + 1) % 100, reference);
	if (!look_for_later(one, fault)
		|| !feed_batch_open(one->feed, label, &one->batch, fault)
		|| (one->origin[0] != '\0'
			&& !store_run(one->feed->store,
				store_find(cin_sql, "set_origin"),
				STORE_VALUES(la_of(one->feed),
					store_integer(feed_batch_id(one->batch)),
					store_string(one->origin)),
				fault)))
		return false;
	feed_batch_covers(one->batch, whole.first, one->reference);
	return (one->is_superseded || drop_year(one, one->year, fault))
		&& cin_write_open(one, fault);
}

/* The sources from `first` that are of its day and authority. */
static bool read_return(struct reading *reading, size_t first, struct fault *fault)
{
	const struct source *sources = reading->sources;
	struct cin_return *one = &reading->one;
	int year = period_financial_year_of(sources[first].reference);
	*one = (struct cin_return){.feed = reading->feed,
		.reference = sources[first].reference,
		.year = year,
		.year_begins = period_financial_year(year).first,
		.origin = sources[first].origin,
		.holidays = codes_bank_holidays(reading->feed->codes)};
	cin_check_open(one);
	bool is_done = open_return(one, fault);
	for (size_t i = first; is_done && i < reading->count
		&& is_of_return(&sources[i], &sources[first]);
		i++)
		is_done = read_source(one, &sources[i], fault);
	is_done = is_done && cin_write_flush(one, fault);
	cin_write_close(one);
	return is_done;
}

/* Later returns count where they speak; earlier plans are counted anew. */
static bool settle(struct feed *feed, struct fault *fault)
{
	static const char *const steps[] = {"drop_repeated_assessments",
		"drop_repeated_enquiries", "drop_repeated_cin_plans",
		"drop_repeated_cp_plans", "drop_withdrawn_assessments",
		"drop_withdrawn_enquiries", "drop_withdrawn_cin_plans",
		"drop_withdrawn_cp_plans", "drop_superseded",
		"point_assessments", "point_enquiries", "point_cin_plans",
		"point_cp_plans", "drop_factors", "drop_reviews",
		"count_previous", "drop_need_periods", "derive_need_periods"};
	for (size_t i = 0; i < COUNT_OF(steps); i++)
		if (!store_run(feed->store, store_find(cin_sql, steps[i]),
			    STORE_VALUES(la_of(feed)), fault))
			return false;
	return true;
}

bool cin_read(struct feed *feed, struct fault *fault)
{
	struct reading reading = {.feed = feed};
	if (!find_sources(&reading, fault))
		return false;
	for (size_t i = 0; i < reading.count; i++) {
		const struct source *source = &reading.sources[i];
		if (!source->must_read
			|| (i > 0 && is_of_return(source, source - 1)))
			continue;
		if (!read_return(&reading, i, fault))
			return false;
	}
	return people_flush(feed->people, fault)
		&& store_analyse(feed->store, fault) && settle(feed, fault);
}
