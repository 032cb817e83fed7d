/* SPDX-License-Identifier: MIT
 *
 * Extracts of the ONS Postcode Directory: where each postcode is.
 *
 * The whole directory has 2.7 million rows, so rows go straight from the
 * mapped file to the store and nothing is kept of them. A postcode is stored
 * without its spaces, which is how every other feed stores one; a postcode
 * held already is replaced. What had been derived from places (distance, in
 * or out of the area) is derived anew.
 *
 * Grid references: metres on the National Grid. Postcodes without a place have
 * none (the directory leaves them empty or sets 0), nor do those of Northern
 * Ireland, which it gives on the Irish grid.
 *
 * Source: ONS, Postcode Directory user guide, 2025. Extracts of it go by pcd,
 * pcd2, pcd7, pcd8 or pcds, all of which are the same without spaces.
 */
#include "feeds/kinds-inside.h"
#include "feeds/listing.h"
#include "feeds/ssda903-inside.h"

enum column { PCD, LAUA, EAST, NORTH, WARD, LSOA, COLUMNS, NEEDED = WARD };

enum { OTHER_NAMES = 6, MOST_METRES = 1500000 };

/* How releases and extracts name each; the first of them counts. */
static const char *const names[COLUMNS][OTHER_NAMES] = {
	[PCD] = {"pcd", "pcd7", "pcds", "pcd8", "pcd2", "postcode"},
	[LAUA] = {"laua", "oslaua", "lad25cd", "lad24cd", "lad23cd"},
	[EAST] = {"oseast1m", "east1m"},
	[NORTH] = {"osnrth1m", "north1m"},
	[WARD] = {"osward", "ward", "wd25cd", "wd24cd", "wd23cd"},
	[LSOA] = {"lsoa21", "lsoa21cd", "lsoa11", "lsoa11cd"},
};

enum { POSTCODE_BYTES = 8 };

struct reading {
	struct feed_batch *batch;
	struct store_bulk *bulk;
	int file;
	int places[COLUMNS];
};

static bool find_columns(const struct listing *listing, int places[COLUMNS])
{
	bool has_all = true;
	for (int i = 0; i < COLUMNS; i++) {
		int found[OTHER_NAMES];
		size_t count = 0;
		while (count < OTHER_NAMES && names[i][count] != NULL)
			count++;
		listing_find(listing, names[i], count, found);
		places[i] = -1;
		for (size_t n = count; n-- > 0;)
			if (found[n] >= 0)
				places[i] = found[n];
		has_all = has_all && (places[i] >= 0 || i >= NEEDED);
	}
	return has_all;
}

static bool refuse(struct reading *reading, const struct csv_row *row,
	enum column column, const char *message, struct fault *fault)
{
	return feed_flaw_add(reading->batch,
		&(struct feed_flaw){.file = reading->file,
			.row = row->row,
			.column = names[column][0],
			.value = feed_field(row, reading->places[column]),
			.rule = column == PCD ? "postcode" : "number",
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

/* Without spaces and in capitals; false if that is no postcode's length. */
static bool squeeze(struct text text, char out_postcode[POSTCODE_BYTES])
{
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		if (c == ' ')
			continue;
		if ((!is_letter && (c < '0' || c > '9'))
			|| length == POSTCODE_BYTES - 1)
			return false;
		out_postcode[length++] = c >= 'a' ? (char)(c - 'a' + 'A') : c;
	}
	out_postcode[length] = '\0';
	return length >= 5;
}

/* Empty and 0 are no place. */
static bool read_metres(struct text text, struct store_value *out_value)
{
	int64_t metres = 0;
	if (text.length > 0
		&& (!text_to_whole(text, &metres) || metres < 0
			|| metres > MOST_METRES))
		return false;
	*out_value = metres == 0 ? store_null() : store_integer(metres);
	return true;
}

static bool take_row(void *self, const struct csv_row *row, struct fault *fault)
{
	struct reading *reading = self;
	const int *places = reading->places;
	char pcd[POSTCODE_BYTES];
	struct store_value east, north;
	struct text laua = feed_field(row, places[LAUA]);
	if (!squeeze(feed_field(row, places[PCD]), pcd))
		return refuse(reading, row, PCD, "This is not a postcode.",
			fault);
	if (!read_metres(feed_field(row, places[EAST]), &east))
		return refuse(reading, row, EAST,
			"This is not a distance in metres on the National Grid.",
			fault);
	if (!read_metres(feed_field(row, places[NORTH]), &north))
		return refuse(reading, row, NORTH,
			"This is not a distance in metres on the National Grid.",
			fault);
	if (east.kind == STORE_NULL || north.kind == STORE_NULL
		|| text_starts(laua, TEXT("N")))
		east = north = store_null();
	return store_bulk_row(reading->bulk,
		STORE_VALUES(store_string(pcd), store_text(laua),
			store_text(feed_field(row, places[WARD])),
			store_text(feed_field(row, places[LSOA])), east, north),
		fault);
}

static bool read_file(struct feed *feed, const struct listing *listing,
	const int places[COLUMNS], struct fault *fault)
{
	struct reading reading = {.batch = NULL};
	for (int i = 0; i < COLUMNS; i++)
		reading.places[i] = places[i];
	const struct store_target target = {.table = "postcode",
		.columns = "pcd, laua, ward, lsoa, east, north",
		.key = "pcd"};
	bool is_done = feed_batch_open(feed,
			       arena_string(feed->arena, listing->file->name),
			       &reading.batch, fault)
		&& feed_batch_file(reading.batch,
			&(struct feed_content){listing->file, "Postcodes",
				listing->encoding},
			&reading.file, fault)
		&& store_bulk_open_replacing(feed->store, &target,
			&reading.bulk, fault);
	struct listing_reader take = {.self = &reading,
		.row = take_row,
		.batch = reading.batch,
		.file = reading.file};
	is_done = is_done && listing_read(listing, &take, fault)
		&& store_bulk_flush(reading.bulk, fault);
	store_bulk_close(reading.bulk);
	return is_done;
}

bool postcodes_read(struct feed *feed, struct fault *fault)
{
	bool has_read = false;
	for (size_t i = 0; i < feed->file_count; i++) {
		struct listing listing;
		int places[COLUMNS];
		if (feed->files[i].is_loaded)
			continue;
		if (!listing_look(feed, &feed->files[i], &listing, fault))
			return false;
		if (!find_columns(&listing, places))
			continue;
		if (!read_file(feed, &listing, places, fault))
			return false;
		has_read = true;
	}
	return !has_read || ssda903_derive(feed, fault);
}
