/* SPDX-License-Identifier: MIT
 *
 * Published statistics in the long CSV of Explore Education Statistics.
 *
 * A row names a period, an area and a value for each filter; its other columns
 * are indicators. Each figure becomes a row of `published`, as text: symbols
 * (c, z, x, k, low and their kin) are figures too and stay as they are. The
 * area goes by its code: which column that is depends on the geographic level.
 *
 * Which of the other columns are filters is not written in the file. It is
 * found over the whole file before a figure is taken: a column is an indicator
 * if all it holds is numbers and symbols. Empty cells are no figures.
 *
 * A publication is known by its file name; a newer file replaces it wholly.
 *
 * Source: DfE, Explore education statistics: data standards, 2024 (columns,
 * geographic levels and symbols); symbols also Government Analysis Function,
 * Symbols in tables, 2024.
 */
#include "base/buffer.h"
#include "base/limits.h"
#include "feeds/kinds-inside.h"
#include "feeds/listing.h"

extern const struct embedded refs_sql[];

enum { FILTERS_BYTES = 1 << 16 };

static const char *const symbols[] = {"c", "z", "x", "k", "low", "u", "w", "b",
	"e", "f", "p", "r", "~", ":", "-", ".", "..", "*"};

enum role { ROLE_AREA, ROLE_FILTER, ROLE_INDICATOR };

enum { TIME_PERIOD, TIME_IDENTIFIER, LEVEL, NAMED };
static const char *const named[NAMED] = {"time_period", "time_identifier",
	"geographic_level"};

/* Where an area's code and name stand, by level. Where the first column is not
 * in the file, the second is tried. */
static const struct {
	const char *level;
	const char *codes[2];
	const char *names[2];
} levels[] = {
	{"National", {"country_code"}, {"country_name"}},
	{"Regional", {"region_code"}, {"region_name"}},
	{"Local authority", {"new_la_code", "old_la_code"}, {"la_name"}},
	{"Local authority district", {"lad_code"}, {"lad_name"}},
	{"Parliamentary constituency", {"pcon_code"}, {"pcon_name"}},
	{"Ward", {"ward_code"}, {"ward_name"}},
	{"School", {"laestab", "school_laestab"}, {"school_name", "estab_name"}},
};

/* Columns that say where or which, never what: neither filter nor figure. */
static const char *const area_columns[] = {"country_code", "country_name",
	"region_code", "region_name", "old_la_code", "new_la_code", "la_name",
	"lad_code", "lad_name", "pcon_code", "pcon_name", "ward_code",
	"ward_name", "estab", "laestab", "school_laestab", "urn", "school_urn",
	"ukprn", "school_name", "estab_name"};

struct area {
	int codes[2], names[2];
};

struct reading {
	struct feed_batch *batch;
	const struct listing *listing;
	struct store_bulk *figures;
	int file;
	int64_t seq;
	int places[NAMED];
	struct area areas[COUNT_OF(levels)];
	enum role roles[LIMIT_COLUMNS];
	struct buffer filters; /* of the present row */
};

/* ---- Which column is what ---- */

/* "12", "-1.5", "1,234", "1.5e-05". */
static bool is_number(struct text text)
{
	bool has_digit = false, has_point = false, has_power = false;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_first = i == 0 || text.at[i - 1] == 'e'
			|| text.at[i - 1] == 'E';
		if (c >= '0' && c <= '9')
			has_digit = true;
		else if ((c == 'e' || c == 'E') && has_digit && !has_power)
			has_power = true;
		else if (c == '.' && !has_point && !has_power)
			has_point = true;
		else if (!(is_first && (c == '-' || c == '+'))
			&& !(c == ',' && has_digit && !has_point && !has_power))
			return false;
	}
	char last = text.length == 0 ? 'e' : text.at[text.length - 1];
	return has_digit && ((last >= '0' && last <= '9') || last == '.');
}

static bool is_among(struct text text, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_equals_folded(text, text_of(list[i])))
			return true;
	return false;
}

static bool is_figure(struct text text)
{
	return text.length == 0 || is_number(text)
		|| is_among(text, symbols, COUNT_OF(symbols));
}

static bool weigh_row(void *self, const struct csv_row *row, struct fault *fault)
{
	struct reading *reading = self;
	(void)fault;
	for (size_t i = 0; i < row->count && i < LIMIT_COLUMNS; i++)
		if (reading->roles[i] == ROLE_INDICATOR
			&& !is_figure(text_trim(row->fields[i])))
			reading->roles[i] = ROLE_FILTER;
	return true;
}

static bool find_roles(struct reading *reading, struct fault *fault)
{
	const struct csv_row *heading = &reading->listing->heading;
	for (size_t i = 0; i < heading->count; i++) {
		struct text name = heading->fields[i];
		bool is_area = is_among(name, area_columns,
				       COUNT_OF(area_columns))
			|| is_among(name, named, NAMED);
		reading->roles[i] = is_area ? ROLE_AREA : ROLE_INDICATOR;
	}
	for (size_t i = 0; i < COUNT_OF(levels); i++) {
		size_t codes = levels[i].codes[1] == NULL ? 1 : 2;
		size_t names = levels[i].names[1] == NULL ? 1 : 2;
		struct area area = {{-1, -1}, {-1, -1}};
		listing_find(reading->listing, levels[i].codes, codes,
			area.codes);
		listing_find(reading->listing, levels[i].names, names,
			area.names);
		reading->areas[i] = area;
	}
	struct listing_reader weigh = {.self = reading,
		.row = weigh_row,
		.is_whole = true};
	return listing_read(reading->listing, &weigh, fault);
}

/* ---- Taking the figures ---- */

static bool refuse(struct reading *reading, const struct csv_row *row,
	const struct feed_flaw *flaw, struct fault *fault)
{
	struct feed_flaw whole = *flaw;
	whole.file = reading->file;
	whole.row = row->row;
	whole.severity = FEED_REFUSED;
	return feed_flaw_add(reading->batch, &whole, fault);
}

static struct text first_given(const struct csv_row *row, const int places[2])
{
	struct text text = feed_field(row, places[0]);
	return text.length > 0 ? text : feed_field(row, places[1]);
}

static struct text write_filters(struct reading *reading,
	const struct csv_row *row)
{
	const struct csv_row *heading = &reading->listing->heading;
	buffer_clear(&reading->filters);
	for (size_t i = 0; i < heading->count; i++) {
		struct text value = feed_field(row, (int)i);
		if (reading->roles[i] != ROLE_FILTER || value.length == 0)
			continue;
		if (reading->filters.length > 0)
			buffer_char(&reading->filters, ';');
		buffer_add(&reading->filters, heading->fields[i]);
		buffer_char(&reading->filters, '=');
		buffer_add(&reading->filters, value);
	}
	return buffer_text(&reading->filters);
}

static bool take_figures(struct reading *reading, const struct csv_row *row,
	struct text code, struct text name, struct fault *fault)
{
	const struct csv_row *heading = &reading->listing->heading;
	struct text filters = write_filters(reading, row);
	if (reading->filters.has_failed)
		return refuse(reading, row,
			&(struct feed_flaw){.column = "",
				.rule = "row",
				.message = "The filters are longer than 65,536"
					   " bytes."},
			fault);
	for (size_t i = 0; i < heading->count; i++) {
		struct text value = feed_field(row, (int)i);
		if (reading->roles[i] != ROLE_INDICATOR || value.length == 0)
			continue;
		reading->seq++;
		if (!store_bulk_row(reading->figures,
			    STORE_VALUES(store_text(reading->listing->file->name),
				    store_integer(reading->seq),
				    store_text(feed_field(row,
					    reading->places[TIME_PERIOD])),
				    store_text(feed_field(row,
					    reading->places[TIME_IDENTIFIER])),
				    store_text(feed_field(row,
					    reading->places[LEVEL])),
				    store_text(code), store_text(name),
				    store_text(filters),
				    store_text(heading->fields[i]),
				    store_text(value)),
			    fault))
			return false;
	}
	return true;
}

static bool take_row(void *self, const struct csv_row *row, struct fault *fault)
{
	struct reading *reading = self;
	struct text level = feed_field(row, reading->places[LEVEL]);
	if (feed_field(row, reading->places[TIME_PERIOD]).length == 0)
		return refuse(reading, row,
			&(struct feed_flaw){.column = named[TIME_PERIOD],
				.rule = "missing",
				.message = "A figure needs its period."},
			fault);
	size_t at = 0;
	while (at < COUNT_OF(levels)
		&& !text_equals_folded(level, text_of(levels[at].level)))
		at++;
	if (at == COUNT_OF(levels))
		return refuse(reading, row,
			&(struct feed_flaw){.column = named[LEVEL],
				.value = level,
				.rule = level.length == 0 ? "missing" : "level",
				.message = level.length == 0
					? "A figure needs its geographic level."
					: "This geographic level is not one kith"
					  " keeps."},
			fault);
	struct text code = first_given(row, reading->areas[at].codes);
	if (code.length == 0)
		return refuse(reading, row,
			&(struct feed_flaw){.column = levels[at].codes[0],
				.rule = "missing",
				.message = "The area has no code."},
			fault);
	return take_figures(reading, row, code,
		first_given(row, reading->areas[at].names), fault);
}

/* ---- Files ---- */

static bool is_ours(const struct listing *listing)
{
	int places[NAMED];
	listing_find(listing, named, NAMED, places);
	return places[TIME_PERIOD] >= 0 && places[LEVEL] >= 0;
}

static bool open_batch(struct reading *reading, struct feed *feed,
	struct fault *fault)
{
	const struct listing *listing = reading->listing;
	const char *name = arena_string(feed->arena, listing->file->name);
	return feed_batch_open(feed, name, &reading->batch, fault)
		&& feed_batch_file(reading->batch,
			&(struct feed_content){listing->file, "Statistics",
				listing->encoding},
			&reading->file, fault)
		&& store_run(feed->store,
			store_find(refs_sql, "drop_publication"),
			STORE_VALUES(store_string(name)), fault)
		&& store_bulk_open(feed->store, "published",
			"publication, seq, time_period, time_identifier, level,"
			" area, area_name, filters, indicator, value",
			&reading->figures, fault);
}

static bool read_file(struct feed *feed, const struct listing *listing,
	struct fault *fault)
{
	struct reading *reading = arena_new(feed->arena, sizeof *reading);
	*reading = (struct reading){.listing = listing,
		.filters = {.maximum = FILTERS_BYTES}};
	listing_find(listing, named, NAMED, reading->places);
	bool is_done = open_batch(reading, feed, fault)
		&& find_roles(reading, fault);
	struct listing_reader take = {.self = reading,
		.row = take_row,
		.batch = reading->batch,
		.file = reading->file,
		.is_whole = true};
	is_done = is_done && listing_read(listing, &take, fault)
		&& store_bulk_flush(reading->figures, fault);
	store_bulk_close(reading->figures);
	buffer_finish(&reading->filters);
	return is_done;
}

/* Two files of one name in one import would replace each other in the order
 * they happen to lie. */
static bool check_names(const struct feed *feed, size_t at, struct fault *fault)
{
	for (size_t i = 0; i < at; i++)
		if (feed->files[i].is_used
			&& text_equals(feed->files[i].name, feed->files[at].name))
			return fault_set(fault, FAULT_INPUT,
				"\"%s\" and \"%s\" are the same publication",
				feed->files[i].path, feed->files[at].path);
	return true;
}

bool ees_read(struct feed *feed, struct fault *fault)
{
	for (size_t i = 0; i < feed->file_count; i++) {
		struct listing listing;
		if (feed->files[i].is_loaded)
			continue;
		if (!listing_look(feed, &feed->files[i], &listing, fault))
			return false;
		if (is_ours(&listing)
			&& (!check_names(feed, i, fault)
				|| !read_file(feed, &listing, fault)))
			return false;
	}
	return true;
}
