/* SPDX-License-Identifier: MIT
 *
 * Reading a feed's CSV by its heading.
 */
#include "feeds/listing.h"

#include <string.h>

#include "base/encoding.h"

enum { EXCERPT_BYTES = 200 };

/* No database keeps a zero byte in a text. */
static size_t before_zero(struct text text)
{
	const char *zero = text.length == 0 ? NULL
					    : memchr(text.at, 0, text.length);
	return zero == NULL ? text.length : (size_t)(zero - text.at);
}

bool listing_look(struct feed *feed, struct feed_file *file,
	struct listing *out_listing, struct fault *fault)
{
	struct listing listing = {.file = file};
	enum encoding encoding;
	feed->at = file;
	if (!encoding_to_utf8(file->bytes, feed->arena, &listing.text,
		    &encoding, fault))
		return false;
	listing.encoding = encoding_name(encoding);
	listing.mark = csv_guess_mark(listing.text);
	struct csv *csv = csv_open(listing.text, listing.mark);
	struct csv_row row;
	if (csv_next(csv, &row)) {
		struct text *names = arena_array(feed->arena, row.count,
			sizeof *names);
		for (size_t i = 0; i < row.count; i++) {
			struct text name = text_trim(row.fields[i]);
			name.length = before_zero(name);
			names[i] = arena_text(feed->arena, name);
		}
		listing.heading = (struct csv_row){.fields = names,
			.count = row.count};
	}
	csv_close(csv);
	*out_listing = listing;
	return true;
}

void listing_find(const struct listing *listing, const char *const *names,
	size_t count, int *out_places)
{
	feed_columns(&listing->heading, names, count, out_places);
}

struct text listing_excerpt(struct text text)
{
	struct text cut = text_cut(text, 0, EXCERPT_BYTES);
	cut.length = before_zero(cut);
	while (!encoding_is_utf8(cut))
		cut.length--;
	return cut;
}

bool listing_has_zero(const struct csv_row *row)
{
	return before_zero(row->raw) < row->raw.length;
}

/* What every row is held against. */
struct measure {
	size_t width; /* of the heading */
	bool is_whole;
	bool has_zero; /* a zero byte is somewhere in the file */
};

/* NULL, or why the row cannot be trusted. */
static const char *row_flaw(const struct csv_row *row,
	const struct measure *measure)
{
	size_t width = measure->width;
	if (row->flaw != NULL)
		return row->flaw;
	if (measure->has_zero && listing_has_zero(row))
		return "The row holds a zero byte, which no text has.";
	for (size_t i = width; i < row->count; i++)
		if (text_trim(row->fields[i]).length > 0)
			return "The row has more fields than the heading.";
	if (measure->is_whole && row->count < width)
		return "The row has fewer fields than the heading.";
	return NULL;
}

static bool keep_aside(const struct listing_reader *reader,
	const struct csv_row *row, const char *why, struct fault *fault)
{
	return reader->batch == NULL
		|| feed_flaw_add(reader->batch,
			&(struct feed_flaw){.file = reader->file,
				.row = row->row,
				.column = "",
				.value = listing_excerpt(row->raw),
				.rule = "row",
				.severity = FEED_REFUSED,
				.message = why},
			fault);
}

bool listing_read(const struct listing *listing,
	const struct listing_reader *reader, struct fault *fault)
{
	struct csv *csv = csv_open(listing->text, listing->mark);
	struct csv_row row;
	struct measure measure = {.width = listing->heading.count,
		.is_whole = reader->is_whole,
		.has_zero = text_has_zero(listing->text)};
	bool is_fine = true;
	(void)!csv_next(csv, &row); /* the heading */
	while (is_fine && csv_next(csv, &row)) {
		const char *why = row_flaw(&row, &measure);
		if (reader->batch != NULL)
			feed_batch_row(reader->batch, reader->file);
		is_fine = why == NULL ? reader->row(reader->self, &row, fault)
				      : keep_aside(reader, &row, why, fault);
	}
	csv_close(csv);
	return is_fine;
}
