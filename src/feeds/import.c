/* SPDX-License-Identifier: MIT
 *
 * The frame around every feed: find the files, see what is loaded already,
 * one transaction, audit, outcome.
 */
#include "feeds/import.h"

#include <stdio.h>
#include <string.h>
#include <zstd.h>

#include "base/buffer.h"
#include "base/digest.h"
#include "base/encoding.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/progress.h"
#include "feeds/batch-inside.h"
#include "feeds/kinds-inside.h"
#include "store/audit.h"

extern const struct embedded feeds_sql[];

enum { FOLDER_DEPTH = 4 };

/* File systems keep any bytes for a name, databases only characters. */
static struct text shown_name(struct arena *arena, const char *path)
{
	struct text name = file_name(text_of(path));
	if (encoding_is_utf8(name))
		return name;
	char *copy = arena_new(arena, name.length);
	for (size_t i = 0; i < name.length; i++)
		copy[i] = name.at[i] & 0x80 ? '?' : name.at[i];
	return (struct text){copy, name.length};
}

static bool add_file(struct feed *feed, const char *path, struct text folder,
	struct fault *fault)
{
	if (feed->file_count == LIMIT_FILES)
		return fault_set(fault, FAULT_LIMIT,
			"more than %d files in one import, at \"%s\"",
			LIMIT_FILES, path);
	struct feed_file *file = &feed->files[feed->file_count++];
	*file = (struct feed_file){.path = path,
		.name = shown_name(feed->arena, path),
		.folder = folder};
	if (!file_map(path, feed->arena, &file->bytes, fault))
		return false;
	digest_text(file->bytes, file->digest);
	int64_t loaded = 0;
	if (!store_number(feed->store, store_find(feeds_sql, "loaded_digest"),
		    STORE_VALUES(store_integer(feed->la),
			    store_string(feed->kind), store_string(file->digest)),
		    &loaded, fault))
		return false;
	file->is_loaded = loaded > 0;
	feed->passed_over += file->is_loaded;
	return true;
}

static bool add_path(struct feed *feed, const char *path, int depth,
	struct fault *fault)
{
	struct text whole = text_of(path);
	while (whole.length > 1 && whole.at[whole.length - 1] == '/')
		whole.length--;
	if (!file_is_folder(path)) {
		struct text name = file_name(whole);
		struct text parent = text_cut(whole, 0,
			whole.length > name.length ? whole.length - name.length - 1
						   : 0);
		return add_file(feed, path, file_name(parent), fault);
	}
	if (depth == FOLDER_DEPTH)
		return fault_set(fault, FAULT_LIMIT,
			"folders nested deeper than %d, at \"%s\"",
			FOLDER_DEPTH, path);
	const struct text *names;
	size_t count;
	if (!file_list(path, feed->arena, &names, &count, fault))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!add_path(feed,
			    arena_format(feed->arena, TEXT_FORMAT "/%s",
				    TEXT_ARGS(whole), names[i].at),
			    depth + 1, fault))
			return false;
	return true;
}

static bool add_paths(struct feed *feed, const struct import_request *request,
	struct fault *fault)
{
	feed->files = arena_array(feed->arena, LIMIT_FILES, sizeof *feed->files);
	for (size_t i = 0; i < request->path_count; i++)
		if (!add_path(feed, request->paths[i], 0, fault))
			return false;
	if (feed->file_count > 0)
		return true;
	return fault_set(fault, FAULT_MISSING, "there is no file in \"%s\"",
		request->path_count > 0 ? request->paths[0] : "");
}

/* A file the feed did not take would be lost silently: say so. */
static bool check_unused(struct feed *feed, struct fault *fault)
{
	size_t unused = 0;
	const struct feed_file *first = NULL;
	for (size_t i = 0; i < feed->file_count; i++) {
		if (feed->files[i].is_used || feed->files[i].is_loaded)
			continue;
		unused++;
		if (first == NULL)
			first = &feed->files[i];
	}
	if (unused == 0)
		return true;
	fault_set(fault, FAULT_INPUT, "\"%s\" is not a file of the %s feed",
		first->path, feed->kind);
	fault_detail(fault,
		"its columns or root element are not those of any table%s",
		unused > 1 ? "; other files too" : "");
	return fault_hint(fault,
		"nothing was imported; move the file away, or "
		"import it as what it is");
}

static bool audit_batches(struct feed *feed, struct fault *fault)
{
	for (struct feed_batch *at = feed->batches; at != NULL; at = at->next) {
		char key[32], detail[160];
		snprintf(key, sizeof key, "%lld", (long long)at->id);
		snprintf(detail, sizeof detail,
			"%s: %lld rows, %lld refused, %lld repaired", at->label,
			(long long)at->rows_in, (long long)at->refused,
			(long long)at->repaired);
		if (!audit_add(feed->store, feed->la,
			    &(struct audit_entry){.actor = feed->actor,
				    .act = "import",
				    .subject = feed->kind,
				    .subject_key = key,
				    .detail = detail},
			    fault))
			return false;
	}
	return true;
}

static bool run_in_transaction(struct feed *feed, const struct kind *kind,
	struct fault *fault)
{
	struct ident_source ids = {0};
	feed->ids = &ids;
	if (!people_open(feed->store, feed->la, &ids, &feed->people, fault))
		return false;
	bool is_done = kind->read(feed, fault)
		&& people_flush(feed->people, fault);
	if (!is_done && feed->at != NULL)
		fault_in(fault, feed->at->path);
	is_done = is_done && check_unused(feed, fault);
	people_close(feed->people);
	progress_end();
	for (struct feed_batch *at = feed->batches; is_done && at != NULL;
		at = at->next)
		is_done = feed_batch_close(at, fault);
	return is_done && store_analyse(feed->store, fault)
		&& audit_batches(feed, fault);
}

static void write_outcome(const struct feed *feed, struct arena *arena,
	struct import_outcome *outcome)
{
	size_t count = 0;
	for (struct feed_batch *at = feed->batches; at != NULL; at = at->next)
		count++;
	struct import_batch *batches = arena_array(arena, count, sizeof *batches);
	size_t i = count;
	for (struct feed_batch *at = feed->batches; at != NULL; at = at->next)
		batches[--i] = (struct import_batch){at->id,
			arena_string(arena, text_of(at->label)), at->covers,
			at->rows_in, at->refused, at->repaired, at->warned,
			at->children, at->linked};
	*outcome = (struct import_outcome){batches, count,
		feed->file_count - feed->passed_over, feed->passed_over,
		feed->again};
}

static const struct kind *find_kind(const char *name)
{
	for (const struct kind *at = kinds; at->about.name != NULL; at++)
		if (text_is(text_of(name), at->about.name))
			return at;
	return NULL;
}

static bool run(struct feed *feed, const struct import_request *request,
	const struct kind *kind, struct fault *fault)
{
	if (!store_begin(feed->store, fault))
		return false;
	/* Before we ask what is loaded: another import may be loading it. */
	bool is_read = audit_turn(feed->store, feed->la, fault)
		&& add_paths(feed, request, fault);
	bool is_news = is_read
		&& (kind->looks_again || feed->passed_over < feed->file_count);
	if (is_news && run_in_transaction(feed, kind, fault)
		&& store_commit(feed->store, fault))
		return true;
	store_rollback(feed->store);
	return is_read && !is_news;
}

bool import_run(const struct import_request *request, struct arena *arena,
	struct import_outcome *out_outcome, struct fault *fault)
{
	const struct kind *kind = find_kind(request->kind);
	if (kind == NULL)
		return fault_set(fault, FAULT_USAGE, "there is no feed \"%s\"",
			request->kind);
	struct feed feed = {.store = request->part->store,
		.la = request->part->la,
		.kind = kind->about.name,
		.actor = request->actor,
		.codes = request->codes,
		.arena = arena_open(),
		.covers = request->covers,
		.today = request->today,
		.only_typed = request->only_typed};
	bool is_done = run(&feed, request, kind, fault);
	if (is_done)
		write_outcome(&feed, arena, out_outcome);
	arena_close(feed.arena);
	return is_done;
}

/* ---- Looking back at a source row ---- */

/* The whole file as it came, in the arena. */
static bool unpack(struct store *store, const struct import_place *place,
	struct arena *arena, struct text *out_bytes, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(feeds_sql, "chunks"),
		    STORE_VALUES(store_integer(place->la),
			    store_integer(place->batch),
			    store_integer(place->file)),
		    &rows, fault))
		return false;
	struct buffer whole = {.maximum = BUFFER_MAXIMUM};
	while (store_next(rows, fault)) {
		size_t size = (size_t)store_get_integer(rows, 0);
		struct text packed = store_get_blob(rows, 1);
		char *room = buffer_room(&whole, size);
		if (room == NULL
			|| ZSTD_decompress(room, size, packed.at, packed.length)
				!= size) {
			fault_set(fault, FAULT_BROKEN, "a kept file is damaged");
			break;
		}
		buffer_claim(&whole, size);
	}
	store_end(rows);
	*out_bytes = arena_text(arena, buffer_text(&whole));
	buffer_finish(&whole);
	return !fault_is_set(fault);
}

static struct text find_line(struct text text, int64_t wanted)
{
	struct text line = text_split(text, '\n', &text);
	for (int64_t at = 1; at < wanted && text.length > 0; at++)
		line = text_split(text, '\n', &text);
	return text_trim(line);
}

static struct text find_row(struct text text, int64_t wanted)
{
	struct csv *csv = csv_open(text, csv_guess_mark(text));
	struct csv_row row;
	struct text found = {.at = NULL, .length = 0};
	while (csv_next(csv, &row) && found.at == NULL)
		if (row.row == wanted)
			found = row.raw;
	csv_close(csv);
	return found;
}

bool import_source_row(struct store *store, const struct import_place *place,
	struct arena *arena, struct text *out_row, struct fault *fault)
{
	struct text bytes, text;
	enum encoding encoding;
	if (!unpack(store, place, arena, &bytes, fault)
		|| !encoding_to_utf8(bytes, arena, &text, &encoding, fault))
		return false;
	bool is_xml = text_starts(text_trim(text_cut(text, 0, 64)), TEXT("<"));
	*out_row = is_xml ? find_line(text, place->row)
			  : find_row(text, place->row);
	return true;
}
