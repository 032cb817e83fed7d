/* SPDX-License-Identifier: MIT
 *
 * Figures kept by hand: what other teams send as a number for a period.
 *
 * One row is one measure in one period, with its numerator and denominator, or
 * its value, or all of them. Nothing is taken without its source and the name
 * of who entered it, since there is no record behind the figure that could be
 * asked instead. A row for the same measure and period replaces the one held;
 * an older file loaded late does so too, so the last import stands.
 *
 * A value is kept in tenths of the measure's unit, as every measure's is.
 */
#include "base/limits.h"
#include "feeds/kinds-inside.h"
#include "feeds/listing.h"

enum column {
	MEASURE,
	PERIOD,
	NUMERATOR,
	DENOMINATOR,
	VALUE,
	NOTE,
	SOURCE,
	ENTERED_BY,
	COLUMNS,
};

static const char *const names[COLUMNS] = {"measure", "period", "numerator",
	"denominator", "value", "note", "source", "entered_by"};

struct reading {
	struct feed_batch *batch;
	struct store_bulk *bulk;
	struct map *seen; /* measure and period: row */
	struct feed *feed;
	int file;
	int places[COLUMNS];
};

/* A row as it was read. */
struct figure {
	struct text texts[COLUMNS];
	struct period period;
	struct store_value numerator, denominator, tenths;
};

static bool refuse(struct reading *reading, int64_t row, enum column column,
	const struct feed_flaw *why, struct fault *fault)
{
	struct feed_flaw whole = *why;
	whole.file = reading->file;
	whole.row = row;
	whole.column = names[column];
	whole.severity = FEED_REFUSED;
	return feed_flaw_add(reading->batch, &whole, fault);
}

/* "12", "12.3", "-0.4": digits, and at most one after the point. */
static bool read_tenths(struct text text, int64_t *out_tenths)
{
	char digits[24];
	int64_t units;
	struct text tenth;
	struct text whole = text_split(text, '.', &tenth);
	if (tenth.length > 1 || whole.length + 1 > sizeof digits
		|| !text_to_int64(whole, &units))
		return false;
	text_copy(digits, sizeof digits, whole);
	digits[whole.length] = tenth.length == 0 ? '0' : tenth.at[0];
	return text_to_int64((struct text){digits, whole.length + 1}, out_tenths);
}

static bool read_count(struct text text, struct store_value *out_value)
{
	int64_t count;
	*out_value = store_null();
	if (text.length == 0)
		return true;
	if (!text_to_whole(text, &count) || count < 0)
		return false;
	*out_value = store_integer(count);
	return true;
}

static bool read_value(struct text text, struct store_value *out_value)
{
	int64_t tenths;
	*out_value = store_null();
	if (text.length == 0)
		return true;
	if (!read_tenths(text, &tenths))
		return false;
	*out_value = store_integer(tenths);
	return true;
}

/* False: *out_column and *out_flaw say what is wrong. */
static bool read_figure(struct figure *figure, enum column *out_column,
	struct feed_flaw *out_flaw)
{
	static const enum column needed[] = {MEASURE, PERIOD, SOURCE, ENTERED_BY};
	const struct text *texts = figure->texts;
	for (size_t i = 0; i < COUNT_OF(needed); i++) {
		*out_column = needed[i];
		*out_flaw = (struct feed_flaw){.rule = "missing",
			.message = "The row cannot be used without this."};
		if (texts[needed[i]].length == 0)
			return false;
	}
	*out_column = PERIOD;
	*out_flaw = (struct feed_flaw){.value = texts[PERIOD],
		.rule = "period",
		.message = "This is not a quarter (2024-25Q1), a financial year"
			   " (2024-25) or an academic year (2024/25)."};
	if (!period_read(texts[PERIOD], &figure->period))
		return false;
	*out_column = NUMERATOR;
	*out_flaw = (struct feed_flaw){.value = texts[NUMERATOR],
		.rule = "number",
		.message = "This is not a whole number from 0 upwards."};
	if (!read_count(texts[NUMERATOR], &figure->numerator))
		return false;
	*out_column = DENOMINATOR;
	out_flaw->value = texts[DENOMINATOR];
	if (!read_count(texts[DENOMINATOR], &figure->denominator))
		return false;
	*out_column = VALUE;
	*out_flaw = (struct feed_flaw){.value = texts[VALUE],
		.rule = "number",
		.message = "This is not a number with at most one decimal."};
	if (!read_value(texts[VALUE], &figure->tenths))
		return false;
	*out_flaw = (struct feed_flaw){.rule = "missing",
		.message = "The row needs a value or a numerator."};
	return figure->tenths.kind != STORE_NULL
		|| figure->numerator.kind != STORE_NULL;
}

/* The same figure twice in one file: which is right cannot be known. The first
 * is kept, so that a correction is never lost silently. */
static bool is_double(struct reading *reading, const struct figure *figure,
	int64_t row)
{
	struct text key = text_of(arena_format(reading->feed->arena,
		TEXT_FORMAT "|%d|%d", TEXT_ARGS(figure->texts[MEASURE]),
		figure->period.first.day, figure->period.last.day));
	int64_t first;
	if (map_get(reading->seen, key, &first))
		return true;
	map_set(reading->seen, key, row);
	return false;
}

static bool take_row(void *self, const struct csv_row *row, struct fault *fault)
{
	struct reading *reading = self;
	struct figure figure = {.period = {DATE_NONE, DATE_NONE}};
	struct feed_flaw flaw;
	enum column column;
	for (int i = 0; i < COLUMNS; i++)
		figure.texts[i] = feed_field(row, reading->places[i]);
	if (!read_figure(&figure, &column, &flaw))
		return refuse(reading, row->row, column, &flaw, fault);
	if (is_double(reading, &figure, row->row))
		return refuse(reading, row->row, PERIOD,
			&(struct feed_flaw){.value = figure.texts[PERIOD],
				.rule = "duplicate",
				.message = "The file has this measure and period"
					   " already; the first was taken."},
			fault);
	feed_batch_covers(reading->batch, figure.period.first,
		figure.period.last);
	return store_bulk_row(reading->bulk,
		STORE_VALUES(store_integer(reading->feed->la),
			store_text(figure.texts[MEASURE]),
			store_date(figure.period.first),
			store_date(figure.period.last), figure.numerator,
			figure.denominator, figure.tenths,
			store_text(figure.texts[NOTE]),
			store_text(figure.texts[SOURCE]),
			store_text(figure.texts[ENTERED_BY]),
			store_integer(feed_batch_id(reading->batch))),
		fault);
}

static bool open_batch(struct reading *reading, const struct listing *listing,
	struct fault *fault)
{
	struct feed *feed = reading->feed;
	const struct store_target target = {.table = "aggregate",
		.columns = "la, measure, covers_first, covers_last, numerator,"
			   " denominator, value_tenths, note, source, entered_by,"
			   " batch",
		.key = "la, measure, covers_first, covers_last"};
	return feed_batch_open(feed,
		       arena_string(feed->arena, listing->file->name),
		       &reading->batch, fault)
		&& feed_batch_file(reading->batch,
			&(struct feed_content){listing->file, "Aggregates",
				listing->encoding},
			&reading->file, fault)
		&& store_bulk_open_replacing(feed->store, &target,
			&reading->bulk, fault);
}

static bool read_file(struct feed *feed, const struct listing *listing,
	struct fault *fault)
{
	struct reading reading = {.feed = feed, .seen = map_open()};
	listing_find(listing, names, COLUMNS, reading.places);
	bool is_done = open_batch(&reading, listing, fault);
	struct listing_reader take = {.self = &reading,
		.row = take_row,
		.batch = reading.batch,
		.file = reading.file};
	is_done = is_done && listing_read(listing, &take, fault)
		&& store_bulk_flush(reading.bulk, fault);
	store_bulk_close(reading.bulk);
	map_close(reading.seen);
	return is_done;
}

/* The figures' own columns may be left out, if not all of them. */
static bool is_ours(const struct listing *listing)
{
	int places[COLUMNS];
	listing_find(listing, names, COLUMNS, places);
	return places[MEASURE] >= 0 && places[PERIOD] >= 0
		&& places[ENTERED_BY] >= 0
		&& (places[VALUE] >= 0 || places[NUMERATOR] >= 0);
}

bool aggregates_read(struct feed *feed, struct fault *fault)
{
	for (size_t i = 0; i < feed->file_count; i++) {
		struct listing listing;
		if (feed->files[i].is_loaded)
			continue;
		if (!listing_look(feed, &feed->files[i], &listing, fault))
			return false;
		if (is_ours(&listing) && !read_file(feed, &listing, fault))
			return false;
	}
	return true;
}
