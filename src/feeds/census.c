/* SPDX-License-Identifier: MIT
 *
 * Reading the school census: which file is which table of which census, then
 * census by census, oldest first, pupils before what hangs on them.
 *
 * A table is known by its columns. Which census it belongs to says its name or
 * its folder's ("2024_autumn"), else the table SchoolCensus or the reference
 * date beside it, else the days the user said the import covers.
 */
#include <stdlib.h>

#include "base/encoding.h"
#include "feeds/absence_write.h"
#include "feeds/census-inside.h"
#include "feeds/kinds-inside.h"
#include "feeds/listing.h"

struct source {
	struct feed_file *file;
	struct text text; /* as UTF-8 */
	const char *encoding;
	char mark;
	enum census_table table;
	int places[CENSUS_COLUMNS];
	int folder; /* number of its folder */
	struct census_when when;
};

struct reading {
	struct feed *feed;
	struct source *sources;
	size_t count;
	struct map *folders;
};

/* ---- What a file is ---- */

static struct text folder_path(const struct feed_file *file)
{
	struct text path = text_of(file->path);
	return text_cut(path, 0, path.length - file->name.length);
}

static bool look_at(struct reading *reading, struct source *source,
	bool *out_is_ours, struct fault *fault)
{
	enum encoding encoding;
	reading->feed->at = source->file;
	if (!encoding_to_utf8(source->file->bytes, reading->feed->arena,
		    &source->text, &encoding, fault))
		return false;
	source->encoding = encoding_name(encoding);
	source->mark = csv_guess_mark(source->text);
	source->folder = (int)map_intern(reading->folders,
		folder_path(source->file));
	struct csv *csv = csv_open(source->text, source->mark);
	struct csv_row heading;
	*out_is_ours = csv_next(csv, &heading)
		&& census_table_of(&heading, source->file->name, &source->table,
			source->places);
	csv_close(csv);
	source->when = census_when_in(source->file->name);
	if (source->when.year == 0)
		source->when = census_when_in(source->file->folder);
	return true;
}

/* ---- Which census ---- */

/* What the rows of a table with year and term, or a reference date, say. */
static struct census_when read_when(const struct source *source)
{
	struct census_when when = {0};
	struct csv *csv = csv_open(source->text, source->mark);
	struct csv_row row;
	(void)!csv_next(csv, &row);
	while (when.year == 0 && csv_next(csv, &row)) {
		struct date day = DATE_NONE;
		when = census_when_of(feed_field(&row,
					      source->places[CENSUS_YEAR]),
			feed_field(&row, source->places[CENSUS_TERM]));
		if (when.year == 0
			&& date_read_any(feed_field(&row,
						 source->places[CENSUS_REFERENCE_DATE]),
				&day))
			when = census_when_on(day);
	}
	csv_close(csv);
	return when;
}

static bool settle_when(struct reading *reading, struct source *source,
	struct fault *fault)
{
	for (size_t i = 0; source->when.year == 0 && i < reading->count; i++) {
		const struct source *other = &reading->sources[i];
		if (other->folder == source->folder
			&& (other->table == CENSUS_CENSUSES
				|| other->table == CENSUS_SCHOOLS))
			source->when = read_when(other);
	}
	if (source->when.year == 0)
		source->when = census_when_on(reading->feed->covers.last);
	if (source->when.year != 0)
		return true;
	fault_set(fault, FAULT_INPUT,
		"cannot tell which school census \"%s\" belongs to",
		source->file->path);
	return fault_hint(fault,
		"put the year and the season into the name of"
		" the file or its folder, as in 2024_autumn");
}

static int order_sources(const void *left, const void *right)
{
	const struct source *a = left, *b = right;
	if (a->when.year != b->when.year)
		return a->when.year - b->when.year;
	if (a->when.season != b->when.season)
		return (int)a->when.season - (int)b->when.season;
	if (a->table != b->table)
		return (int)a->table - (int)b->table;
	int off = (a->places[CENSUS_OFF_ID] >= 0)
		- (b->places[CENSUS_OFF_ID] >= 0);
	return off != 0
		? off
		: text_compare(text_of(a->file->path), text_of(b->file->path));
}

static bool is_same(const struct source *a, const struct source *b)
{
	return a->when.year == b->when.year && a->when.season == b->when.season;
}

static bool find_sources(struct reading *reading, struct fault *fault)
{
	struct feed *feed = reading->feed;
	reading->sources = arena_array(feed->arena, feed->file_count,
		sizeof *reading->sources);
	for (size_t i = 0; i < feed->file_count; i++) {
		struct source source = {.file = &feed->files[i]};
		bool is_ours = false;
		if (!look_at(reading, &source, &is_ours, fault))
			return false;
		if (is_ours)
			reading->sources[reading->count++] = source;
	}
	for (size_t i = 0; i < reading->count; i++)
		if (!settle_when(reading, &reading->sources[i], fault))
			return false;
	qsort(reading->sources, reading->count, sizeof *reading->sources,
		order_sources);
	return true;
}

/* ---- Reading the rows ---- */

static bool read_row(struct census *census, const struct source *source,
	const struct census_row *row, struct fault *fault)
{
	arena_reset(census->row);
	switch (source->table) {
	case CENSUS_CENSUSES:
	case CENSUS_OTHER:
	case CENSUS_TABLES:
		return true;
	case CENSUS_SCHOOLS:
		return census_school_row(census, row, fault);
	case CENSUS_PUPILS:
		return census_pupil_row(census, row, fault);
	default:
		return census_detail_row(census, row, source->table, fault);
	}
}

static bool note_unused(struct census *census, int file, struct fault *fault)
{
	return feed_flaw_add(census->batch,
		&(struct feed_flaw){.file = file,
			.row = 1,
			.column = "",
			.rule = "unused",
			.severity = FEED_NOTED,
			.message = "This table of the census is kept but not"
				   " used."},
		fault);
}

static bool read_rows(struct census *census, const struct source *source,
	int file, struct fault *fault)
{
	struct csv *csv = csv_open(source->text, source->mark);
	struct csv_row csv_row;
	(void)!csv_next(csv, &csv_row);
	size_t width = csv_row.count;
	bool has_zero = text_has_zero(source->text);
	struct census_row row = {.csv = &csv_row,
		.places = source->places,
		.folder = source->folder};
	while (!fault_is_set(fault) && csv_next(csv, &csv_row)) {
		row.place = (struct feed_place){file, csv_row.row};
		feed_batch_row(census->batch, file);
		const char *flaw = csv_row.flaw;
		if (flaw == NULL && csv_row.count > width)
			flaw = "The row has more fields than the heading.";
		if (flaw == NULL && has_zero && listing_has_zero(&csv_row))
			flaw = "The row holds a zero byte, which no text has.";
		if (flaw == NULL)
			(void)!read_row(census, source, &row, fault);
		else
			(void)!feed_flaw_add(census->batch,
				&(struct feed_flaw){.file = file,
					.row = csv_row.row,
					.column = "",
					.value = listing_excerpt(csv_row.raw),
					.rule = "row",
					.severity = FEED_REFUSED,
					.message = flaw},
				fault);
	}
	csv_close(csv);
	return !fault_is_set(fault);
}

static bool read_source(struct census *census, const struct source *source,
	struct fault *fault)
{
	struct feed_content content = {source->file,
		census_table_name(source->table), source->encoding};
	int file;
	return feed_batch_file(census->batch, &content, &file, fault)
		&& (source->table != CENSUS_OTHER
			|| note_unused(census, file, fault))
		&& read_rows(census, source, file, fault);
}

/* Which tables there are decides what an earlier import of the census loses,
 * and whether no reason means no absence. */
static void count_tables(struct census *census, const struct source *sources,
	size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool is_off = sources[i].places[CENSUS_OFF_ID] >= 0;
		census->has[sources[i].table] = true;
		if (sources[i].table == CENSUS_SESSIONS)
			census->has_reasons[0][is_off] = true;
		if (sources[i].table == CENSUS_SECOND_HALF)
			census->has_reasons[1][is_off] = true;
	}
}

/* The files of one census join to each other, so if one of them is new all of
 * them are read, also those whose bytes were here before. */
static bool take_again(struct feed *feed, const struct source *sources,
	size_t count)
{
	size_t loaded = 0;
	for (size_t i = 0; i < count; i++)
		loaded += sources[i].file->is_loaded;
	if (loaded == count)
		return false;
	for (size_t i = 0; i < count; i++)
		sources[i].file->is_loaded = false;
	feed->passed_over -= loaded;
	return true;
}

static bool read_census(struct feed *feed, const struct source *sources,
	size_t count, struct fault *fault)
{
	struct census census = {.feed = feed, .when = sources[0].when};
	count_tables(&census, sources, count);
	bool is_done = census_open(&census, fault);
	for (size_t i = 0; is_done && i < count; i++)
		is_done = read_source(&census, &sources[i], fault);
	is_done = is_done && census_total(&census, fault)
		&& census_flush(&census, fault);
	census_close(&census);
	return is_done;
}

bool census_read(struct feed *feed, struct fault *fault)
{
	struct reading reading = {.feed = feed, .folders = map_open()};
	bool is_done = find_sources(&reading, fault);
	for (size_t i = 0; is_done && i < reading.count;) {
		size_t end = i;
		while (end < reading.count
			&& is_same(&reading.sources[i], &reading.sources[end]))
			end++;
		if (take_again(feed, &reading.sources[i], end - i))
			is_done = read_census(feed, &reading.sources[i],
				end - i, fault);
		i = end;
	}
	map_close(reading.folders);
	return is_done && people_flush(feed->people, fault)
		&& store_analyse(feed->store, fault)
		&& absence_write(feed, fault);
}
