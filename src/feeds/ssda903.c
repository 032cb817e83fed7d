/* SPDX-License-Identifier: MIT
 *
 * Reading the SSDA903 return: which file is which table of which year's
 * return, then row by row.
 *
 * A file is known by its columns, never by its name. Files that belong to one
 * return lie in one folder, and where several years lie together their names
 * begin with the year. The year of a return is the financial year in which
 * most of its episodes ended; a name like "2024-25-q1" only narrows what the
 * return covers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "feeds/kinds-inside.h"
#include "feeds/listing.h"
#include "feeds/ssda903-inside.h"

extern const struct embedded feeds_sql[];

enum { FIRST_YEAR = 1990, YEARS = 100 };

/* One file of the import. */
struct source {
	struct listing listing;
	bool is_xml;
	enum ssda903_which which;
	int places[SSDA903_FIELDS];
	struct text group; /* files with the same belong to one return */
	int year;
};

struct reading {
	struct feed *feed;
	struct source *sources;
	size_t count;
	struct ssda903_return one; /* being written */
	int file;                  /* of it */
	bool has_dropped;          /* the year's earlier episodes */
};

/* ---- What a file is ---- */

/* The table whose distinguishing columns are all in the heading. */
static bool identify(const struct csv_row *heading,
	enum ssda903_which *out_which, int places[SSDA903_FIELDS])
{
	for (int t = 0; t < SSDA903_TABLES; t++) {
		const char *names[SSDA903_FIELDS];
		size_t count = 0;
		const struct ssda903_table *table = &ssda903_tables[t];
		for (; count < SSDA903_FIELDS && table->fields[count].column;
			count++)
			names[count] = table->fields[count].column;
		feed_columns(heading, names, count, places);
		bool fits = places[0] >= 0;
		for (size_t i = 0; i < count; i++)
			fits = fits
				&& (places[i] >= 0 || !table->fields[i].is_mark);
		if (!fits)
			continue;
		*out_which = (enum ssda903_which)t;
		return true;
	}
	return false;
}

/* Four digits that begin a year of this century, anywhere in the name. */
static struct text year_in(struct text name)
{
	for (size_t i = 0; i + 4 <= name.length; i++) {
		int64_t year;
		struct text four = text_cut(name, i, 4);
		if (text_to_int64(four, &year) && year >= 2000 && year < 2100)
			return four;
	}
	return (struct text){.at = NULL, .length = 0};
}

static bool look_at(struct reading *reading, struct feed_file *file,
	struct source *source, bool *out_is_ours, struct fault *fault)
{
	const struct listing *listing = &source->listing;
	if (!listing_look(reading->feed, file, &source->listing, fault))
		return false;
	source->group = arena_text(reading->feed->arena,
		text_of(arena_format(reading->feed->arena,
			TEXT_FORMAT "/" TEXT_FORMAT, TEXT_ARGS(file->folder),
			TEXT_ARGS(year_in(file->name)))));
	source->is_xml = text_starts(text_trim(text_cut(listing->text, 0, 64)),
		TEXT("<"));
	*out_is_ours = source->is_xml
		? ssda903_xml_is_ours(file->bytes)
		: identify(&listing->heading, &source->which, source->places);
	return true;
}

/* ---- Which year a return is ---- */

static void count_date(struct text value, int counts[YEARS])
{
	struct date date;
	if (value.length == 0 || !date_read_any(value, &date))
		return;
	int year = period_financial_year_of(date) - FIRST_YEAR;
	if (year >= 0 && year < YEARS)
		counts[year]++;
}

/* What count_row needs. */
struct count {
	int places[SSDA903_FIELDS];
	int place_count;
	int *counts;
};

static bool count_row(void *self, const struct csv_row *row, struct fault *fault)
{
	struct count *count = self;
	(void)fault;
	for (int i = 0; i < count->place_count; i++)
		count_date(feed_field(row, count->places[i]), count->counts);
	return true;
}

/* The dates of a file without quotes, whose rows are its lines: this reading is
 * for one column alone and spares cutting the others. False: it has quotes, or
 * lines that end otherwise. */
static bool count_ends_plainly(const struct listing *listing, int place,
	int counts[YEARS])
{
	struct text text = listing->text, line;
	const char *end = text.at + text.length;
	const char *odd = text.length == 0 ? NULL
					   : memchr(text.at, '\r', text.length);
	if (text.length == 0 || memchr(text.at, '"', text.length) != NULL
		|| (odd != NULL && (odd + 1 == end || odd[1] != '\n')))
		return false;
	(void)text_split(text, '\n', &text); /* the heading */
	while (text.length > 0) {
		line = text_split(text, '\n', &text);
		for (int i = 0; i < place; i++)
			(void)text_split(line, listing->mark, &line);
		count_date(text_trim(text_split(line, listing->mark, &line)),
			counts);
	}
	return true;
}

/* Episode ends by financial year; or, with none, any date. */
static bool count_dates(const struct source *source, bool only_ends,
	int counts[YEARS], struct fault *fault)
{
	const struct ssda903_field *fields = ssda903_tables[source->which].fields;
	struct count count = {.counts = counts};
	for (int i = 0; i < SSDA903_FIELDS && fields[i].column != NULL; i++)
		if (fields[i].type == SSDA903_DATE
			&& (!only_ends
				|| text_is(text_of(fields[i].column), "DEC")))
			count.places[count.place_count++] = source->places[i];
	if (count.place_count == 1 && count.places[0] >= 0
		&& count_ends_plainly(&source->listing, count.places[0], counts))
		return true;
	struct listing_reader reader = {.self = &count, .row = count_row};
	return listing_read(&source->listing, &reader, fault);
}

static int most_counted(const int counts[YEARS])
{
	int best = -1;
	for (int i = 0; i < YEARS; i++)
		if (counts[i] > 0 && (best < 0 || counts[i] >= counts[best]))
			best = i;
	return best;
}

static bool count_xml_row(void *self, enum ssda903_which which,
	const struct text *fields, int64_t line, struct fault *fault)
{
	(void)line;
	(void)fault;
	enum { DEC = 7 };
	if (which == SSDA903_EPISODES)
		count_date(fields[DEC], self);
	return true;
}

static void count_end(void *self, struct text value)
{
	count_date(value, self);
}

/* Only a file that a glance does not suffice for is read through. */
static bool count_xml(struct reading *reading, const struct source *source,
	int counts[YEARS], struct fault *fault)
{
	struct text bytes = source->listing.file->bytes;
	int glanced[YEARS] = {0};
	if (ssda903_xml_ends(bytes, glanced, count_end)) {
		for (int i = 0; i < YEARS; i++)
			counts[i] += glanced[i];
		return true;
	}
	struct ssda903_sink sink = {counts, count_xml_row};
	reading->feed->at = source->listing.file;
	return ssda903_xml_read(bytes, &sink, fault);
}

static bool year_of_group(struct reading *reading, struct text group,
	int *out_year, struct fault *fault)
{
	int counts[YEARS] = {0};
	for (size_t i = 0; i < reading->count; i++) {
		const struct source *source = &reading->sources[i];
		if (!text_equals(source->group, group))
			continue;
		if (source->is_xml) {
			if (!count_xml(reading, source, counts, fault))
				return false;
		} else if (source->which == SSDA903_EPISODES
			&& !count_dates(source, true, counts, fault)) {
			return false;
		}
	}
	for (size_t i = 0; most_counted(counts) < 0 && i < reading->count; i++)
		if (!reading->sources[i].is_xml
			&& text_equals(reading->sources[i].group, group)
			&& !count_dates(&reading->sources[i], false, counts,
				fault))
			return false;
	int best = most_counted(counts);
	*out_year = best < 0 ? period_financial_year_of(reading->feed->today)
			     : best + FIRST_YEAR;
	if (reading->feed->covers.first.day != 0)
		*out_year = period_financial_year_of(reading->feed->covers.first);
	return true;
}

/* The files of a group are read through for it once. */
static bool settle_year(struct reading *reading, size_t at, struct fault *fault)
{
	struct source *source = &reading->sources[at];
	for (size_t i = 0; i < at; i++)
		if (text_equals(reading->sources[i].group, source->group)) {
			source->year = reading->sources[i].year;
			return true;
		}
	return year_of_group(reading, source->group, &source->year, fault);
}

/* ---- Reading the rows ---- */

/* A column we do not know is passed over, and that is said once a file. */
static bool note_columns(struct reading *reading, const struct source *source,
	struct fault *fault)
{
	const struct csv_row *heading = &source->listing.heading;
	const struct ssda903_field *fields = ssda903_tables[source->which].fields;
	for (size_t i = 0; i < heading->count; i++) {
		bool is_known = heading->fields[i].length == 0;
		for (int f = 0; f < SSDA903_FIELDS && fields[f].column; f++)
			is_known = is_known || source->places[f] == (int)i;
		if (!is_known
			&& !feed_flaw_add(reading->one.batch,
				&(struct feed_flaw){.file = reading->file,
					.row = 1,
					.column = arena_string(reading->feed->arena,
						heading->fields[i]),
					.value = heading->fields[i],
					.rule = "column",
					.severity = FEED_NOTED,
					.message = "This column is not one of the"
						   " return's; it was passed over."},
				fault))
			return false;
	}
	return true;
}

/* What take_csv_row needs. */
struct taking {
	struct reading *reading;
	const struct source *source;
};

static bool take_csv_row(void *self, const struct csv_row *row,
	struct fault *fault)
{
	const struct taking *taking = self;
	enum ssda903_which which = taking->source->which;
	struct text fields[SSDA903_FIELDS];
	if (taking->source->places[0] == 0 && !taking->reading->feed->only_typed)
		people_expect(taking->reading->feed->people,
			IDENTIFIER_CHILD_ID, feed_next_field(row));
	for (int i = 0; i < taking->reading->one.plans[which].fields; i++)
		fields[i] = feed_field(row, taking->source->places[i]);
	return ssda903_row(&taking->reading->one, which, fields,
		(struct feed_place){taking->reading->file, row->row}, fault);
}

static bool read_csv(struct reading *reading, const struct source *source,
	struct fault *fault)
{
	struct taking taking = {reading, source};
	struct listing_reader reader = {.self = &taking,
		.row = take_csv_row,
		.batch = reading->one.batch,
		.file = reading->file};
	return note_columns(reading, source, fault)
		&& listing_read(&source->listing, &reader, fault);
}

static bool take_xml_row(void *self, enum ssda903_which which,
	const struct text *fields, int64_t line, struct fault *fault)
{
	struct reading *reading = self;
	feed_batch_row(reading->one.batch, reading->file);
	return ssda903_row(&reading->one, which, fields,
		(struct feed_place){reading->file, line}, fault);
}

static bool read_source(struct reading *reading, struct source *source,
	struct fault *fault)
{
	struct feed_content content = {source->listing.file,
		source->is_xml ? "XML" : ssda903_tables[source->which].name,
		source->listing.encoding};
	if (!feed_batch_file(reading->one.batch, &content, &reading->file, fault))
		return false;
	if (!source->is_xml)
		return read_csv(reading, source, fault);
	struct ssda903_sink sink = {reading, take_xml_row};
	struct text bytes = source->listing.file->bytes;
	return ssda903_xml_read(bytes, &sink, fault);
}

/* ---- One return ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "q1" to "q4" in the folder's name, as in 2024-25Q1, and not within a word or
 * longer number: an extract in the year. */
static int quarter_in(struct text name)
{
	for (size_t i = 0; i + 2 <= name.length; i++) {
		char digit = name.at[i + 1];
		char after = i + 2 < name.length ? name.at[i + 2] : ' ';
		bool is_apart = (i == 0 || !is_letter(name.at[i - 1]))
			&& !is_letter(after) && (after < '0' || after > '9');
		if ((name.at[i] == 'q' || name.at[i] == 'Q') && digit >= '1'
			&& digit <= '4' && is_apart)
			return digit - '0';
	}
	return 4;
}

static bool open_batch(struct reading *reading, const struct source *first,
	int year, struct fault *fault)
{
	char label[32];
	struct period covers = period_financial_year(year);
	int quarter = quarter_in(first->listing.file->folder);
	period_write_financial(covers.first, label);
	if (quarter != 4) {
		covers.last = period_quarter(year, quarter).last;
		snprintf(label, sizeof label, "%04d-%02d to Q%d", year,
			(year + 1) % 100, quarter);
	}
	reading->has_dropped = false;
	reading->one = (struct ssda903_return){.feed = reading->feed,
		.year = year,
		.days = period_financial_year(year)};
	if (!feed_batch_open(reading->feed, label, &reading->one.batch, fault))
		return false;
	feed_batch_covers(reading->one.batch, covers.first, covers.last);
	return true;
}

/* A newer return of the same year stands for the year: its table of episodes
 * replaces the one before as a whole. */
static bool drop_year(struct reading *reading, const struct source *source,
	int year, struct fault *fault)
{
	if (reading->has_dropped
		|| (!source->is_xml && source->which != SSDA903_EPISODES))
		return true;
	reading->has_dropped = true;
	return store_run(reading->feed->store,
		store_find(feeds_sql, "drop_episode_year"),
		STORE_VALUES(store_integer(reading->feed->la),
			store_integer(year)),
		fault);
}

/* Header first, so that children are known before their episodes. */
static bool read_return(struct reading *reading, struct text group, int year,
	struct fault *fault)
{
	bool is_open = false, is_done = true;
	for (int which = 0; is_done && which < SSDA903_TABLES; which++)
		for (size_t i = 0; is_done && i < reading->count; i++) {
			struct source *source = &reading->sources[i];
			if (!text_equals(source->group, group)
				|| (int)source->which != which)
				continue;
			if (!is_open)
				is_done = open_batch(reading, source, year, fault)
					&& ssda903_return_open(&reading->one,
						fault);
			is_open = true;
			is_done = is_done
				&& drop_year(reading, source, year, fault)
				&& read_source(reading, source, fault);
		}
	is_done = is_done && ssda903_return_flush(&reading->one, fault);
	if (is_open)
		ssda903_return_close(&reading->one);
	return is_done;
}

static int order_sources(const void *left, const void *right)
{
	const struct source *a = left, *b = right;
	if (a->year != b->year)
		return a->year - b->year;
	return text_compare(a->group, b->group);
}

static bool find_sources(struct reading *reading, struct fault *fault)
{
	struct feed *feed = reading->feed;
	reading->sources = arena_array(feed->arena, feed->file_count,
		sizeof *reading->sources);
	for (size_t i = 0; i < feed->file_count; i++) {
		struct source source = {.year = 0};
		bool is_ours = false;
		if (feed->files[i].is_loaded)
			continue;
		if (!look_at(reading, &feed->files[i], &source, &is_ours, fault))
			return false;
		if (is_ours)
			reading->sources[reading->count++] = source;
	}
	for (size_t i = 0; i < reading->count; i++)
		if (!settle_year(reading, i, fault))
			return false;
	qsort(reading->sources, reading->count, sizeof *reading->sources,
		order_sources);
	return true;
}

bool ssda903_read(struct feed *feed, struct fault *fault)
{
	struct reading reading = {.feed = feed};
	if (!find_sources(&reading, fault))
		return false;
	for (size_t i = 0; i < reading.count; i++) {
		const struct source *source = &reading.sources[i];
		if (i > 0 && text_equals(source->group, source[-1].group))
			continue;
		if (!read_return(&reading, source->group, source->year, fault))
			return false;
	}
	return people_flush(feed->people, fault)
		&& store_analyse(feed->store, fault)
		&& ssda903_derive(feed, fault);
}
