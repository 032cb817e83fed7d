/* SPDX-License-Identifier: MIT
 *
 * The lists of Annex A and one workbook while it is read; for the annex_a
 * files alone.
 *
 * The book finds the lists and gives their rows; the cleaner makes a value of
 * a cell; the writer stores every cell and the rows that measures read. What a
 * column holds is the table in annex_a_tables.c.
 *
 * Source: Ofsted, Inspecting local authority children's services: framework
 * and guidance, Annex A (child-level data), 2018 to 2025.
 */
#ifndef KITH_FEEDS_ANNEX_A_INSIDE_H
#define KITH_FEEDS_ANNEX_A_INSIDE_H

#include "base/clock.h"
#include "feeds/feed.h"
#include "feeds/xlsx.h"

enum {
	ANNEX_A_LISTS = 11,
	ANNEX_A_COLUMNS = 36, /* of the widest list, with room */
};

enum annex_a_type {
	ANNEX_A_TEXT,
	ANNEX_A_DATE,
	ANNEX_A_CODE,   /* of a code list */
	ANNEX_A_YES,    /* Y or N */
	ANNEX_A_NUMBER, /* whole */
	ANNEX_A_AGE,    /* whole years of a fraction */
	ANNEX_A_CHOICE, /* words behind a list letter */
};

/* What the writer looks for, in any list. */
enum annex_a_role {
	ANNEX_A_NONE,
	ANNEX_A_CHILD,
	ANNEX_A_ADOPTER,
	ANNEX_A_SEX,
	ANNEX_A_ETHNICITY,
	ANNEX_A_BORN,
	ANNEX_A_START,
	ANNEX_A_END,
	ANNEX_A_SOURCE,
	ANNEX_A_NFA,
	ANNEX_A_CONFERENCE,
	ANNEX_A_UNNECESSARY,
	ANNEX_A_NEED,
	ANNEX_A_SEEN,
	ANNEX_A_REASON,
	ANNEX_A_STATUS,
	ANNEX_A_INITIAL,
	ANNEX_A_LATEST,
	ANNEX_A_ALONE,
	ANNEX_A_REVIEW,
	ANNEX_A_PREVIOUS,
	ANNEX_A_ORGANISATION,
	ANNEX_A_LEGAL,
	ANNEX_A_PERMANENCE,
	ANNEX_A_PLACED,
	ANNEX_A_PLACEMENTS,
	ANNEX_A_HEALTH,
	ANNEX_A_DENTAL,
	ANNEX_A_MISSING,
	ANNEX_A_ABSENT,
	ANNEX_A_OFFERED,
	ANNEX_A_ACCEPTED,
	ANNEX_A_ELIGIBILITY,
	ANNEX_A_TOUCH,
	ANNEX_A_HOME,
	ANNEX_A_SUITABLE,
	ANNEX_A_ACTIVITY,
	ANNEX_A_ROLES,
};

struct annex_a_column {
	const char *heading;
	enum annex_a_type type;
	const char *codes;
	enum annex_a_role role;
};

struct annex_a_list {
	const char *title;
	struct annex_a_column columns[ANNEX_A_COLUMNS]; /* the key first */
};
extern const struct annex_a_list annex_a_tables[ANNEX_A_LISTS];

/* ---- The workbook ---- */

struct annex_a_cell {
	const struct annex_a_column *column; /* NULL: not one we know */
	struct text name; /* ours, or the heading as written if not */
	enum xlsx_kind kind;
	struct text written;
};

/* Valid during the call only. */
struct annex_a_row {
	int list; /* 1 to 11 */
	int64_t row;
	const struct annex_a_cell *cells;
	size_t count; /* at least 1 */
};

struct annex_a_sink {
	void *self;
	bool (*row)(void *self, const struct annex_a_row *row,
		struct fault *fault);
};

struct annex_a_found {
	int lists;               /* found */
	bool has[ANNEX_A_LISTS]; /* by list, from 0 */
	char passed_over[64];    /* a sheet that is a list already found, or is
				  * called one and has no headings of it */
};

/* Gives the rows of the lists, list by list, whatever the order of sheets. */
bool annex_a_book_read(struct text bytes, const struct annex_a_sink *sink,
	struct annex_a_found *out_found, struct fault *fault)
	__attribute__((warn_unused_result));

/* ---- Cells ---- */

enum annex_a_flaw {
	ANNEX_A_FINE,
	ANNEX_A_NOT_DATE,
	ANNEX_A_NOT_CODE,
	ANNEX_A_NOT_YES,
	ANNEX_A_NOT_NUMBER,
	ANNEX_A_CELL_ERROR,
	ANNEX_A_NO_ID,
	ANNEX_A_NO_START,
	ANNEX_A_FLAWS,
};

struct annex_a_value {
	struct text text; /* code, ISO date, number or words; in the arena */
	struct date date;
	enum annex_a_flaw flaw;
};

void annex_a_clean(const struct codes *codes, const struct annex_a_cell *cell,
	struct arena *arena, struct annex_a_value *out_value);

/* ---- One workbook being written ---- */

struct annex_a_book {
	struct feed *feed;
	struct feed_batch *batch;
	struct date day; /* the workbook speaks of the six months to it */
	int file;
	bool is_superseded; /* a later workbook is held: only children count */
	struct clock_holidays holidays;
	struct store_bulk *values, *referrals, *assessments, *enquiries;
	struct store_bulk *need_plans, *plans, *reviews;
	struct store_bulk *contacts, *early_help, *care, *leavers;
	struct arena *row;
};

/* A row on its way. */
struct annex_a_entry {
	const struct annex_a_row *row;
	const struct annex_a_value *roles[ANNEX_A_ROLES]; /* NULL: not there */
	int64_t child;                                    /* 0: an adopter */
};

/* None where the cell is not there or is no date. */
struct date annex_a_day_of(const struct annex_a_entry *entry,
	enum annex_a_role role);

/* Empty where the cell is not there or could not be read. */
struct text annex_a_text_of(const struct annex_a_entry *entry,
	enum annex_a_role role);

/* Whether a row of the list needs its date to count in a measure. */
bool annex_a_rows_need_start(int list);

/* Writes the row to the tables of its list, if it has any. */
bool annex_a_rows_write(struct annex_a_book *book,
	const struct annex_a_entry *entry, struct fault *fault)
	__attribute__((warn_unused_result));

bool annex_a_write_open(struct annex_a_book *book, struct fault *fault)
	__attribute__((warn_unused_result));
bool annex_a_write_row(struct annex_a_book *book, const struct annex_a_row *row,
	struct fault *fault) __attribute__((warn_unused_result));
bool annex_a_write_flush(struct annex_a_book *book, struct fault *fault)
	__attribute__((warn_unused_result));
void annex_a_write_close(struct annex_a_book *book);

#endif
