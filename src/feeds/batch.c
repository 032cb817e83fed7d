/* SPDX-License-Identifier: MIT
 *
 * Batches: the bytes as they came, the counts, and what was wrong.
 *
 * Bytes are kept in zstd pieces of a fixed size before compression, so that a
 * row can be shown as it stood without a copy of every row.
 */
#include <stdio.h>
#include <zstd.h>

#include "base/limits.h"
#include "base/moment.h"
#include "base/progress.h"
#include "feeds/batch-inside.h"
#include "feeds/feed.h"
#include "feeds/listing.h"

extern const struct embedded feeds_sql[];

enum { CHUNK_BYTES = 1 << 20, FAST = 1 };

bool feed_batch_open(struct feed *feed, const char *label,
	struct feed_batch **out_batch, struct fault *fault)
{
	char now[MOMENT_TEXT];
	moment_write(moment_now(), now);
	struct feed_batch *batch = arena_new(feed->arena, sizeof *batch);
	*batch = (struct feed_batch){.feed = feed,
		.id = ident_next(feed->ids),
		.label = arena_string(feed->arena, text_of(label)),
		.next = feed->batches,
		.covers = feed->covers};
	arena_on_close(feed->arena, batch_release, batch);
	if (!store_run(feed->store, store_find(feeds_sql, "add_batch"),
		    STORE_VALUES(store_integer(feed->la), store_integer(batch->id),
			    store_string(feed->kind), store_string(label),
			    store_string(now), store_string(feed->actor)),
		    fault)
		|| !store_bulk_open(feed->store, "import_fault",
			"la, batch, seq, file, row_number, column_name, value,"
			" rule, severity, message",
			&batch->flaws, fault)
		|| !store_bulk_open(feed->store, "batch_chunk",
			"la, batch, file, chunk, size, content", &batch->chunks,
			fault))
		return false;
	feed->batches = batch;
	*out_batch = batch;
	return true;
}

void batch_release(void *thing)
{
	struct feed_batch *batch = thing;
	store_bulk_close(batch->flaws);
	store_bulk_close(batch->chunks);
}

struct feed_batch *feed_batch_older(const struct feed_batch *batch)
{
	return batch->next;
}

int64_t feed_batch_id(const struct feed_batch *batch)
{
	return batch->id;
}

static bool keep_bytes(struct feed_batch *batch, int file, struct text bytes,
	struct fault *fault)
{
	struct arena *scratch = arena_open();
	size_t room = ZSTD_compressBound(CHUNK_BYTES);
	char *packed = arena_new(scratch, room);
	bool is_kept = true;
	for (int chunk = 0; is_kept && bytes.length > 0; chunk++) {
		struct text piece = text_cut(bytes, 0, CHUNK_BYTES);
		bytes = text_cut(bytes, piece.length, bytes.length);
		size_t size = ZSTD_compress(packed, room, piece.at,
			piece.length, FAST);
		if (ZSTD_isError(size)) {
			is_kept = fault_set(fault, FAULT_SYSTEM,
				"could not compress a file");
			break;
		}
		is_kept = store_bulk_row(batch->chunks,
			STORE_VALUES(store_integer(batch->feed->la),
				store_integer(batch->id), store_integer(file),
				store_integer(chunk),
				store_integer((int64_t)piece.length),
				store_blob((struct text){packed, size})),
			fault);
	}
	arena_close(scratch);
	return is_kept;
}

bool feed_batch_file(struct feed_batch *batch,
	const struct feed_content *content, int *out_file, struct fault *fault)
{
	struct feed *feed = batch->feed;
	if (batch->file_count == BATCH_FILES)
		return fault_set(fault, FAULT_LIMIT,
			"more than %d files in one return", BATCH_FILES);
	int file = batch->file_count++;
	progress_say("%s: reading " TEXT_FORMAT, batch->label,
		TEXT_ARGS(content->file->name));
	content->file->is_used = true;
	feed->at = content->file;
	if (!store_run(feed->store, store_find(feeds_sql, "add_file"),
		    STORE_VALUES(store_integer(feed->la), store_integer(batch->id),
			    store_integer(file), store_text(content->file->name),
			    store_string(content->content),
			    store_string(content->file->digest),
			    store_string(content->encoding),
			    store_integer((int64_t)content->file->bytes.length)),
		    fault)
		|| !keep_bytes(batch, file, content->file->bytes, fault))
		return false;
	*out_file = file;
	return true;
}

void feed_batch_row(struct feed_batch *batch, int file)
{
	batch->rows[file]++;
	batch->rows_in++;
}

void feed_batch_covers(struct feed_batch *batch, struct date first,
	struct date last)
{
	struct period *covers = &batch->covers;
	if (batch->feed->covers.first.day != 0)
		return; /* the user said so */
	if (first.day != 0
		&& (covers->first.day == 0 || first.day < covers->first.day))
		covers->first = first;
	if (last.day > covers->last.day)
		covers->last = last;
}

static const char *severity_name(enum feed_severity severity)
{
	static const char *const names[] = {"refused", "warned", "noted"};
	return names[severity];
}

bool feed_flaw_add(struct feed_batch *batch, const struct feed_flaw *flaw,
	struct fault *fault)
{
	batch->flaw_count++;
	if (flaw->severity == FEED_REFUSED)
		batch->refused++;
	else if (flaw->severity == FEED_WARNED)
		batch->warned++;
	if (batch->flaw_count > LIMIT_FAULTS_KEPT)
		return true;
	return store_bulk_row(batch->flaws,
		STORE_VALUES(store_integer(batch->feed->la),
			store_integer(batch->id), store_integer(batch->flaw_count),
			store_integer(flaw->file), store_integer(flaw->row),
			store_string(flaw->column),
			store_text(listing_excerpt(flaw->value)),
			store_string(flaw->rule),
			store_string(severity_name(flaw->severity)),
			store_string(flaw->message)),
		fault);
}

int64_t feed_flaws(const struct feed_batch *batch)
{
	return batch->flaw_count;
}

void feed_repaired(struct feed_batch *batch)
{
	batch->repaired++;
}

bool feed_batch_close(struct feed_batch *batch, struct fault *fault)
{
	struct feed *feed = batch->feed;
	if (!store_bulk_flush(batch->chunks, fault)
		|| !store_bulk_flush(batch->flaws, fault))
		return false;
	for (int i = 0; i < batch->file_count; i++)
		if (!store_run(feed->store, store_find(feeds_sql, "close_file"),
			    STORE_VALUES(store_integer(feed->la),
				    store_integer(batch->id), store_integer(i),
				    store_integer(batch->rows[i])),
			    fault))
			return false;
	return store_run(feed->store, store_find(feeds_sql, "close_batch"),
		STORE_VALUES(store_integer(feed->la), store_integer(batch->id),
			store_date(batch->covers.first),
			store_date(batch->covers.last),
			store_integer(batch->rows_in),
			store_integer(batch->refused),
			store_integer(batch->repaired),
			store_integer(batch->warned),
			store_integer(batch->children),
			store_integer(batch->linked)),
		fault);
}

/* ---- Children ---- */

static bool warn(struct feed_batch *batch, struct feed_place place,
	const struct feed_flaw *flaw, struct fault *fault)
{
	struct feed_flaw whole = *flaw;
	whole.file = place.file;
	whole.row = place.row;
	whole.severity = FEED_WARNED;
	return feed_flaw_add(batch, &whole, fault);
}

static const char *const number_columns[IDENTIFIER_SCHEMES] = {"CHILD", "UPN",
	"FormerUPN", "NHS number", "ULN"};

/* Numbers are graded, never a reason to refuse. Only the first sight of a
 * number is worth a note, so known children are passed over. */
static bool note_numbers(struct feed_batch *batch, const struct people_clue *clue,
	struct feed_place place, struct fault *fault)
{
	for (int i = IDENTIFIER_UPN; i < IDENTIFIER_SCHEMES; i++) {
		struct text value = clue->numbers[i];
		if (value.length == 0)
			continue;
		enum identifier_grade grade =
			identifier_grade_of((enum identifier_scheme)i, value);
		if (grade != IDENTIFIER_CHECK_WRONG
			&& grade != IDENTIFIER_FORM_WRONG)
			continue;
		if (!feed_flaw_add(batch,
			    &(struct feed_flaw){.file = place.file,
				    .row = place.row,
				    .column = number_columns[i],
				    .value = value,
				    .rule = identifier_grade_name(grade),
				    .severity = FEED_NOTED,
				    .message = grade == IDENTIFIER_CHECK_WRONG
					    ? "The check letter or digit does not fit."
					    : "It does not have the form of this number."},
			    fault))
			return false;
	}
	return true;
}

/* A child named by nothing else is another child in each such row. */
static bool warn_of_long(struct feed_batch *batch, const struct people_clue *clue,
	struct feed_place place, struct fault *fault)
{
	for (int i = 0; i < IDENTIFIER_SCHEMES; i++)
		if (clue->numbers[i].length > PEOPLE_NUMBER
			&& !warn(batch, place,
				&(struct feed_flaw){.column = number_columns[i],
					.value = clue->numbers[i],
					.rule = "identity",
					.message = "No child's number is as long"
						   " as this; it was not kept."},
				fault))
			return false;
	return true;
}

bool feed_claim(struct feed_batch *batch, const struct people_clue *clue,
	struct feed_place place, int64_t *out_child, struct fault *fault)
{
	struct people_found found;
	if (batch->feed->only_typed) {
		*out_child = ++batch->children; /* another for each row */
		return note_numbers(batch, clue, place, fault);
	}
	if (!people_claim(batch->feed->people, clue, batch->id, &found, fault)
		|| !warn_of_long(batch, clue, place, fault))
		return false;
	batch->children += found.is_first;
	if (found.is_first && found.link != PEOPLE_NEW)
		batch->linked++;
	*out_child = found.child;
	char born[DATE_TEXT] = "";
	if (found.born_differs)
		date_write(clue->born, born);
	if (found.born_differs
		&& !warn(batch, place,
			&(struct feed_flaw){.column = "DOB",
				.value = text_of(born),
				.rule = "born",
				.message = "The date of birth is not the one held"
					   " for this child."},
			fault))
		return false;
	if (found.sex_differs
		&& !warn(batch, place,
			&(struct feed_flaw){.column = "SEX",
				.value = clue->sex,
				.rule = "sex",
				.message = "The sex is not the one held for this"
					   " child."},
			fault))
		return false;
	return found.link != PEOPLE_NEW
		|| note_numbers(batch, clue, place, fault);
}

/* ---- CSV by heading ---- */

void feed_columns(const struct csv_row *heading, const char *const *names,
	size_t count, int *out_places)
{
	for (size_t i = 0; i < count; i++) {
		out_places[i] = -1;
		for (size_t j = 0; j < heading->count; j++)
			if (text_equals_folded(text_trim(heading->fields[j]),
				    text_of(names[i])))
				out_places[i] = (int)j;
	}
}

struct text feed_next_field(const struct csv_row *row)
{
	enum { USUAL = 15 };
	size_t length = 0,
	       most = row->rest.length < USUAL ? row->rest.length : USUAL;
	while (length < most && row->rest.at[length] >= '0')
		length++;
	return text_cut(row->rest, 0, length);
}

/* Whether any of up to eight bytes is white space or a small letter. */
static bool word_needs_squeezing(uint64_t word)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x80 * ones;
	uint64_t low = word & ~high;
	uint64_t from_a = low + (0x80 - 'a') * ones;
	uint64_t above_z = low + (0x80 - ('z' + 1)) * ones;
	uint64_t blank = word ^ ' ' * ones, tab = word ^ '\t' * ones;
	uint64_t is_blank = (blank - ones) & ~blank;
	uint64_t is_tab = (tab - ones) & ~tab;
	return (((from_a & ~above_z & ~word) | is_blank | is_tab) & high) != 0;
}

bool feed_is_squeezed(struct text text)
{
	for (; text.length > 8; text = text_cut(text, 8, text.length))
		if (word_needs_squeezing(text_word(text_cut(text, 0, 8))))
			return false;
	return !word_needs_squeezing(text_word(text));
}

struct text feed_squeezed(struct arena *arena, struct text text)
{
	if (feed_is_squeezed(text))
		return text;
	char *copy = arena_new(arena, text.length + 1);
	size_t length = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c != ' ' && c != '\t')
			copy[length++] = c >= 'a' && c <= 'z' ? (char)(c - 32)
							      : c;
	}
	return (struct text){copy, length};
}
