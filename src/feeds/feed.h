/* SPDX-License-Identifier: MIT
 *
 * An import under way: what every feed shares.
 *
 * A feed reads the files of one return or extract and writes them as a batch:
 * the untouched bytes, the typed rows, what was wrong with them. The whole
 * import is one transaction; if anything fails the store is as it was. A row
 * that cannot be used is refused and kept aside with its reason; one that can
 * be used in part is warned about; neither stops the rest.
 *
 * Feeds are rows of the table in kinds.c. A feed function is given its files
 * mapped and digested, opens batches, claims children and adds rows.
 */
#ifndef KITH_FEEDS_FEED_H
#define KITH_FEEDS_FEED_H

#include "base/arena.h"
#include "base/csv.h"
#include "base/ident.h"
#include "base/map.h"
#include "base/period.h"
#include "people/people.h"
#include "store/store.h"

struct codes;

struct feed_file {
	const char *path;
	struct text name;   /* without its folder */
	struct text folder; /* the name of the folder it lies in */
	struct text bytes;
	char digest[65];
	bool is_loaded; /* the same bytes are in an earlier batch of this kind */
	bool is_used;   /* a batch has taken it */
};

struct feed {
	struct store *store;
	int la;
	const char *kind;
	const char *actor;
	struct codes *codes;
	struct people *people;
	struct ident_source *ids;
	struct arena *arena; /* lives as long as the import */
	struct feed_file *files;
	size_t file_count;
	struct period covers; /* given by the user; none: from the data */
	struct date today;
	bool only_typed;            /* see import.h */
	struct feed_batch *batches; /* newest first */
	size_t passed_over;         /* files already loaded */
	size_t again; /* files loaded before, replaced since, taken again */
	const struct feed_file *at; /* being looked at or read; for faults */
};

enum feed_severity { FEED_REFUSED, FEED_WARNED, FEED_NOTED };

/* ---- Batches ---- */

struct feed_batch;

/* The label says which return it is: "2023-24", "2024 spring". */
bool feed_batch_open(struct feed *feed, const char *label,
	struct feed_batch **out_batch, struct fault *fault)
	__attribute__((warn_unused_result));

/* Takes a file into the batch, keeps its bytes, and gives its number.
 * `content` says what it holds ("Episodes"). */
struct feed_content {
	struct feed_file *file;
	const char *content;
	const char *encoding;
};
bool feed_batch_file(struct feed_batch *batch, const struct feed_content *content,
	int *out_file, struct fault *fault) __attribute__((warn_unused_result));

/* The one opened before, or NULL. */
struct feed_batch *feed_batch_older(const struct feed_batch *batch);

int64_t feed_batch_id(const struct feed_batch *batch);

/* Counts a row read from a file. */
void feed_batch_row(struct feed_batch *batch, int file);

/* Widens what the batch covers; dates may be none. */
void feed_batch_covers(struct feed_batch *batch, struct date first,
	struct date last);

/* Writes the batch's totals. The import does this for every batch at its end;
 * bulk rows of the feed must be flushed before. */
bool feed_batch_close(struct feed_batch *batch, struct fault *fault)
	__attribute__((warn_unused_result));

/* ---- What is wrong with a row ---- */

struct feed_flaw {
	int file;
	int64_t row;
	const char *column;
	struct text value; /* as much is kept as a message shows */
	const char *rule;  /* short code: date, code, duplicate ... */
	enum feed_severity severity;
	const char *message; /* a whole sentence for the person who can mend it */
};
bool feed_flaw_add(struct feed_batch *batch, const struct feed_flaw *flaw,
	struct fault *fault) __attribute__((warn_unused_result));

/* How many flaws have been added. */
int64_t feed_flaws(const struct feed_batch *batch);

/* Counts a repair; the row of the repair table is the feed's to write. */
void feed_repaired(struct feed_batch *batch);

/* ---- Children ---- */

struct feed_place {
	int file;
	int64_t row;
};

/* Claims a child, counts it, and warns where the date of birth or sex is not
 * the one held, or a number is not well formed. */
bool feed_claim(struct feed_batch *batch, const struct people_clue *clue,
	struct feed_place place, int64_t *out_child, struct fault *fault)
	__attribute__((warn_unused_result));

/* ---- CSV by heading ---- */

/* Finds the place of each named column in a heading (ASCII case-blind);
 * -1 where it is not there. */
void feed_columns(const struct csv_row *heading, const char *const *names,
	size_t count, int *out_places);

/* The field of a row, trimmed; empty if the column is not there. */
static inline struct text feed_field(const struct csv_row *row, int place)
{
	if (place < 0 || (size_t)place >= row->count)
		return (struct text){.at = NULL, .length = 0};
	return text_trim(row->fields[place]);
}

/* The first field of the next row, as far as can be seen from here: for
 * looking ahead. Empty if it is none of a few plain characters. */
struct text feed_next_field(const struct csv_row *row);

/* Upper case without white space: postcodes, codes. In the arena, or the text
 * itself if it is so already. */
bool feed_is_squeezed(struct text text);
struct text feed_squeezed(struct arena *arena, struct text text);

#endif
