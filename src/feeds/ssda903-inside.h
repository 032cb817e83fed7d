/* SPDX-License-Identifier: MIT
 *
 * The tables of the SSDA903 return and one return while it is read; for the
 * ssda903 files alone.
 *
 * Source: DfE, Children looked-after by local authorities in England: guide to
 * the SSDA903 collection, 2017-18 to 2026-27.
 */
#ifndef KITH_FEEDS_SSDA903_INSIDE_H
#define KITH_FEEDS_SSDA903_INSIDE_H

#include "codes/codes.h"
#include "feeds/feed.h"
#include "people/numbers.h"

enum ssda903_type {
	SSDA903_CHILD, /* local child id */
	SSDA903_CLUE,  /* helps to know the child; stored in the index */
	SSDA903_DATE,
	SSDA903_CODE, /* of a code list */
	SSDA903_POSTCODE,
	SSDA903_NUMBER,
	SSDA903_TEXT,
};

struct ssda903_field {
	const char *column; /* as the return heads it */
	enum ssda903_type type;
	const char *store; /* column of our table; NULL: none */
	const char *codes; /* code list; NULL: free */
	bool is_key;       /* without it the row is refused */
	bool is_mark;      /* only this table has it: tells tables apart */
};

enum {
	SSDA903_FIELDS = 16,
	SSDA903_CLUE_BYTES = 48,
	SSDA903_POSTCODE_BYTES = 8, /* with its space, as usually written */
};

struct ssda903_table {
	const char *name;  /* "Episodes" */
	const char *store; /* our table; NULL: the child index alone */
	const char *key; /* rows with it replace each other; NULL: only added */
	struct ssda903_field fields[SSDA903_FIELDS];
};

enum ssda903_which {
	SSDA903_HEADER,
	SSDA903_EPISODES,
	SSDA903_REVIEWS,
	SSDA903_UASC,
	SSDA903_OC2,
	SSDA903_OC3,
	SSDA903_AD1,
	SSDA903_PLACED_ADOPTION,
	SSDA903_PREVIOUS_PERMANENCE,
	SSDA903_MISSING_TABLE,
	SSDA903_SW_EPISODES,
	SSDA903_DOLO,
	SSDA903_TABLES,
};

extern const struct ssda903_table ssda903_tables[SSDA903_TABLES];

/* What a table's rows need, found once a return. Places are those of fields
 * in the table, -1 where it has none. */
struct ssda903_plan {
	int fields;
	const struct codes_list *lists[SSDA903_FIELDS]; /* NULL: free */
	bool is_squeezed[SSDA903_FIELDS]; /* all codes of the list are so */
	int columns[SSDA903_FIELDS]; /* of what is written; -1: it is not */
	int width;                   /* of what is written */
	int sex, ethnic, upn, born, mother_of;
	int start, end; /* of a stretch of days */
	bool is_brief;  /* nothing but CHILD and DOB tells of the child */
};

/* One return being written. */
struct ssda903_return {
	struct feed *feed;
	struct feed_batch *batch;
	int year;
	struct period days; /* of that year */
	struct store_bulk *bulks[SSDA903_TABLES];
	struct ssda903_plan plans[SSDA903_TABLES];
	const struct codes_list *ethnic;
	struct numbers *seen; /* children already in Header: their row */
	/* The row before, if its child was claimed without a flaw. */
	enum ssda903_which last_which;
	int64_t last_child; /* 0: it was not */
	char last_clue[SSDA903_CLUE_BYTES];
	size_t last_length;
	char postcodes[SSDA903_FIELDS][SSDA903_POSTCODE_BYTES]; /* of a row */
	struct arena *row; /* for one row */
};

bool ssda903_return_open(struct ssda903_return *one, struct fault *fault)
	__attribute__((warn_unused_result));
bool ssda903_return_flush(struct ssda903_return *one, struct fault *fault)
	__attribute__((warn_unused_result));
void ssda903_return_close(struct ssda903_return *one);

/* One row, its fields in the order of the table; the caller has counted it. */
bool ssda903_row(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place, struct fault *fault)
	__attribute__((warn_unused_result));

/* The XML form: the bytes as they came, since they name their own encoding.
 * Reads a whole return and gives its rows. */
struct ssda903_sink {
	void *self;
	bool (*row)(void *self, enum ssda903_which which,
		const struct text *fields, int64_t line, struct fault *fault);
};
bool ssda903_xml_is_ours(struct text bytes); /* by the root element */
bool ssda903_xml_read(struct text bytes, const struct ssda903_sink *sink,
	struct fault *fault) __attribute__((warn_unused_result));

/* Takes the text of every DEC, the end of an episode, without reading the file
 * otherwise. False: it is not written plainly enough for that, or has none, and
 * what was taken means nothing. */
bool ssda903_xml_ends(struct text bytes, void *self,
	void (*take)(void *self, struct text value))
	__attribute__((warn_unused_result));

/* Writes the merged history of every child of the authority, and what follows
 * from it. */
bool ssda903_derive(struct feed *feed, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
