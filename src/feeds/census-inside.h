/* SPDX-License-Identifier: MIT
 *
 * One school census while it is read; for the census files alone.
 *
 * Pupil tables come first; what the other tables say is joined to them in
 * memory by the pupil's id in the export, which means nothing outside it. A
 * stint is a pupil at a school, however many rows (left and came back); the
 * sessions of its rows and their reasons are summed and written at the end.
 *
 * Source: DfE, School census 2024 to 2025: guide; the columns are those of
 * the COLLECT export of a local authority.
 */
#ifndef KITH_FEEDS_CENSUS_INSIDE_H
#define KITH_FEEDS_CENSUS_INSIDE_H

#include "codes/codes.h"
#include "feeds/census_when.h"
#include "feeds/feed.h"
#include "marks/marks.h"
#include "people/numbers.h"

/* In the order they are read. */
enum census_table {
	CENSUS_CENSUSES,
	CENSUS_SCHOOLS,
	CENSUS_PUPILS,
	CENSUS_SESSIONS,
	CENSUS_SECOND_HALF,
	CENSUS_EXCLUSIONS,
	CENSUS_ADDRESSES,
	CENSUS_MEALS,
	CENSUS_NEEDS,
	CENSUS_OTHER, /* of the export, but not used */
	CENSUS_TABLES,
};

enum census_column {
	CENSUS_ON_ID,
	CENSUS_OFF_ID,
	CENSUS_SCHOOL,
	CENSUS_UPN,
	CENSUS_FORMER_UPN,
	CENSUS_ULN,
	CENSUS_SURNAME,
	CENSUS_FORENAME,
	CENSUS_MIDDLE,
	CENSUS_PREFERRED,
	CENSUS_FORMER,
	CENSUS_BORN,
	CENSUS_SEX,
	CENSUS_ETHNICITY,
	CENSUS_ENTRY,
	CENSUS_LEAVING,
	CENSUS_STATUS,
	CENSUS_YEAR_GROUP,
	CENSUS_YEAR_LEAVING,
	CENSUS_PART_TIME,
	CENSUS_BOARDER,
	CENSUS_SEN,
	CENSUS_LANGUAGE,
	CENSUS_PLAA,
	CENSUS_YOUNG_CARER,
	CENSUS_POSSIBLE,
	CENSUS_AUTHORISED,
	CENSUS_UNAUTHORISED,
	CENSUS_POSSIBLE_SECOND,
	CENSUS_AUTHORISED_SECOND,
	CENSUS_UNAUTHORISED_SECOND,
	CENSUS_REASON,
	CENSUS_SESSION_COUNT,
	CENSUS_STARTS,
	CENSUS_CATEGORY,
	CENSUS_REASON_1,
	CENSUS_REASON_2,
	CENSUS_REASON_3,
	CENSUS_POSTCODE,
	CENSUS_UPRN,
	CENSUS_MEALS_START,
	CENSUS_MEALS_END,
	CENSUS_COUNTRY,
	CENSUS_NEED_RANK,
	CENSUS_NEED,
	CENSUS_SCHOOL_NAME,
	CENSUS_PHASE,
	CENSUS_URN,
	CENSUS_ESTAB,
	CENSUS_YEAR,
	CENSUS_TERM,
	CENSUS_REFERENCE_DATE,
	CENSUS_COLUMNS,
};

const char *census_column_name(enum census_column column);
const char *census_table_name(enum census_table table);

/* Which table a heading is, and where its columns are; `name` of the file
 * tells the halves of the summer term apart where no column does. */
bool census_table_of(const struct csv_row *heading, struct text name,
	enum census_table *out_table, int out_places[CENSUS_COLUMNS]);

/* "PS", "Primary", "Middle deemed secondary" ...: the phase as we keep it. */
struct text census_phase_of(struct text word);

/* ---- What is written ---- */

enum census_target {
	CENSUS_TO_SCHOOL,
	CENSUS_TO_ENROLMENT,
	CENSUS_TO_PUPIL,
	CENSUS_TO_TERM,
	CENSUS_TO_REASON,
	CENSUS_TO_EXCLUSION,
	CENSUS_TO_ADDRESS,
	CENSUS_TO_MEALS,
	CENSUS_TO_NEED,
	CENSUS_TO_NAME,
	CENSUS_TARGETS,
};

enum { CENSUS_PARTS = 2, CENSUS_BLANK = -1, CENSUS_GROUP_TEXT = 4 };

/* Sessions of one term, as far as given. */
struct census_part {
	int64_t possible;   /* CENSUS_BLANK: not given */
	int64_t authorised; /* the export's own totals, likewise */
	int64_t unauthorised;
};

struct census_stint {
	int64_t child;
	int32_t school;
	bool is_off; /* of the first row */
	bool is_warned;
	struct date entry; /* the earliest; none: not given */
	struct feed_place place;
	struct census_part parts[CENSUS_PARTS];
	char year_group[CENSUS_GROUP_TEXT];
};

struct census_reason {
	int32_t stint;
	int16_t code;
	int16_t part;
	int64_t sessions;
};

/* A reason code and what it was in the term. */
struct census_code {
	struct text text;
	enum marks_class classes[CENSUS_PARTS];
	const char *flaws[CENSUS_PARTS]; /* NULL: valid */
};

struct census {
	struct feed *feed;
	struct feed_batch *batch;
	struct census_when when;
	struct date day;
	int year; /* absence year of the terms reported */
	int part_count;
	enum period_term terms[CENSUS_PARTS];
	bool is_again;           /* an earlier batch brought this census too */
	bool has[CENSUS_TABLES]; /* tables in this import */
	bool has_reasons[CENSUS_PARTS][2]; /* of these, on and off roll */
	struct arena *arena;               /* as long as this census */
	struct arena *row;                 /* for one row */
	struct map *later;      /* keys that a later census has written */
	struct map *seen;       /* children whose older rows are dropped */
	struct map *exclusions; /* rows by child, school, day and category */
	struct numbers *places; /* stints and rows, see census_key */
	bool is_coded[CENSUS_COLUMNS]; /* by a list, which may be missing */
	const struct codes_list *lists[CENSUS_COLUMNS];
	const struct codes_list *ethnic;
	struct map *school_places; /* school: number */
	struct map *code_places;
	struct text *schools;
	size_t school_capacity;
	int32_t last_school; /* of the row before */
	struct census_stint *stints;
	size_t stint_count, stint_capacity;
	struct census_reason *reasons;
	size_t reason_count, reason_capacity;
	struct census_code *codes;
	size_t code_count, code_capacity;
	struct store_bulk *bulks[CENSUS_TARGETS];
};

bool census_open(struct census *census, struct fault *fault)
	__attribute__((warn_unused_result));
bool census_flush(struct census *census, struct fault *fault)
	__attribute__((warn_unused_result));
void census_close(struct census *census);

/* Drops what an earlier batch of the same census said of the child, once. */
bool census_forget(struct census *census, int64_t child, struct fault *fault)
	__attribute__((warn_unused_result));

/* Whether a later census has written the row with this key already; without
 * any, no key needs to be made. */
bool census_has_later(const struct census *census);
bool census_is_outdated(const struct census *census, const char *key);

int32_t census_school(struct census *census, struct text school);

/* ---- Rows ---- */

struct census_row {
	const struct csv_row *csv;
	const int *places; /* CENSUS_COLUMNS */
	struct feed_place place;
	int folder; /* pupil ids mean something within it */
};

struct text census_cell(const struct census_row *row, enum census_column column);
bool census_row_is_off(const struct census_row *row);

/* What stands in the index of places, and what is found there: a stint plus
 * one (0: the pupil was kept aside), or the number of a row. */
enum census_key {
	CENSUS_STINT_BY_ID,
	CENSUS_STINT_BY_PLACE, /* child, school */
	CENSUS_ROW_BY_ID,
	CENSUS_ROW_BY_SPELL, /* child, school, day of entry */
};
bool census_place(const struct census *census, enum census_key what,
	struct text key, int32_t *out_place);
void census_set_place(struct census *census, enum census_key what,
	struct text key, int32_t place);

/* Fetches what the next row will ask for. */
void census_expect(const struct census *census, const struct census_row *row);

/* The key of the pupil's id, empty if the row has none. */
enum { CENSUS_KEY = 128 };
struct text census_id(const struct census_row *row, char out_key[CENSUS_KEY]);

bool census_flaw(struct census *census, const struct census_row *row,
	enum census_column column, const struct feed_flaw *flaw,
	struct fault *fault) __attribute__((warn_unused_result));

/* Cells by type; what cannot be read is warned about and left out. */
bool census_date(struct census *census, const struct census_row *row,
	enum census_column column, struct date *out_date, struct fault *fault)
	__attribute__((warn_unused_result));
bool census_whole(struct census *census, const struct census_row *row,
	enum census_column column, int64_t *out_number, struct fault *fault)
	__attribute__((warn_unused_result));
/* The name of the column's code list; NULL: free. */
const char *census_list_of(enum census_column column);

/* Upper case, checked against the column's code list and kept as it stands. */
bool census_coded(struct census *census, const struct census_row *row,
	enum census_column column, struct text *out_code, struct fault *fault)
	__attribute__((warn_unused_result));
/* 1, 0, or NULL for a blank. */
struct store_value census_yes(struct text text);

bool census_school_row(struct census *census, const struct census_row *row,
	struct fault *fault) __attribute__((warn_unused_result));
bool census_pupil_row(struct census *census, const struct census_row *row,
	struct fault *fault) __attribute__((warn_unused_result));
bool census_detail_row(struct census *census, const struct census_row *row,
	enum census_table table, struct fault *fault)
	__attribute__((warn_unused_result));

/* Sums the sessions of every stint and writes its terms. */
bool census_total(struct census *census, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
