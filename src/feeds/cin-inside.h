/* SPDX-License-Identifier: MIT
 *
 * The parts of a children in need census and one return while it is read; for
 * the cin files alone.
 *
 * A child of the return is a tree of parts: the child, its episodes
 * (CINdetails), and under each its assessments, enquiries and plans. What is a
 * part and what its values are is the table in cin_tables.c. Parts live until
 * the next child.
 *
 * Source: DfE, Children in need census: guide and code sets, 2017-18 to
 * 2026-27.
 */
#ifndef KITH_FEEDS_CIN_INSIDE_H
#define KITH_FEEDS_CIN_INSIDE_H

#include "base/clock.h"
#include "feeds/feed.h"

enum cin_kind {
	CIN_HEADER,
	CIN_CHILD,
	CIN_DISABILITY,
	CIN_DETAILS,
	CIN_ASSESSMENT,
	CIN_FACTOR,
	CIN_PLAN,
	CIN_SECTION47,
	CIN_CP_PLAN,
	CIN_REVIEW,
	CIN_KINDS,
};

enum cin_type { CIN_TEXT, CIN_DATE, CIN_CODE, CIN_FLAG, CIN_NUMBER };

struct cin_field {
	const char *element;
	enum cin_type type;
	const char *codes; /* code list; NULL: free */
	bool is_key;       /* without it the part is kept aside */
	bool is_late;      /* a date that may not be before the referral */
};

/* Places of the values in a part, as in cin_tables. */
enum { CIN_COLLECTION, CIN_YEAR, CIN_REFERENCE_DATE, CIN_LEA };
enum {
	CIN_ID,
	CIN_UPN,
	CIN_FORMER_UPN,
	CIN_UPN_UNKNOWN,
	CIN_BORN,
	CIN_EXPECTED,
	CIN_SEX,
	CIN_GENDER,
	CIN_DIED,
	CIN_ETHNICITY,
	CIN_VALUES, /* the most a part has */
};
enum {
	CIN_REFERRED,
	CIN_SOURCE,
	CIN_NEED,
	CIN_CLOSED,
	CIN_CLOSURE_REASON,
	CIN_TRANSFER_CPC,
	CIN_NFA,
};
enum { CIN_ASSESSMENT_START, CIN_REVIEWED, CIN_AUTHORISED };
enum { CIN_STARTS, CIN_ENDS, CIN_INITIAL, CIN_LATEST, CIN_PREVIOUS };
enum { CIN_S47_START, CIN_TARGET, CIN_ICPC, CIN_ICPC_NOT_REQUIRED };

struct cin_record {
	const char *element;  /* that opens the part */
	enum cin_kind parent; /* the part it stands in; CIN_KINDS: none */
	struct cin_field fields[CIN_VALUES];
};
extern const struct cin_record cin_tables[CIN_KINDS];

struct cin_value {
	struct text text;
	struct date date; /* of a date that can be read */
	int64_t line;
};

struct cin_part {
	enum cin_kind kind;
	int64_t line;
	bool is_refused; /* set by cin_check */
	struct cin_value values[CIN_VALUES];
	struct cin_part *first, *last; /* parts in it, as in the file */
	struct cin_part *next;
};

/* ---- The XML ---- */

struct cin_sink {
	void *self;
	bool (*child)(void *self, struct cin_part *child, struct fault *fault);
};

/* Elements that were passed over. */
struct cin_unknown {
	int64_t count;
	int64_t line; /* of the first */
	char first[64];
};

/* Reads the whole, child by child, in constant memory. */
bool cin_xml_read(struct text bytes, const struct cin_sink *sink,
	struct cin_unknown *out_unknown, struct fault *fault)
	__attribute__((warn_unused_result));

/* Reads as far as the header. The header's memory is the arena's. False with
 * no fault set: the file is XML, but not of this return. */
bool cin_xml_header(struct text bytes, struct arena *arena,
	struct cin_part *out_header, struct fault *fault)
	__attribute__((warn_unused_result));

/* ---- One return ---- */

struct codes_list;
struct codes_entry;
struct numbers;

/* The list of a value, found once, and the code of it met last. */
struct cin_code {
	const struct codes_list *list;
	const struct codes_entry *last;
};

struct cin_return {
	struct feed *feed;
	struct feed_batch *batch;
	struct date reference; /* the last day it speaks of */
	int year;              /* the financial year of that day */
	struct date year_begins;
	int file;           /* being read */
	bool is_superseded; /* a later return of the same year is held */
	const char *origin; /* another authority's number; "" ours */
	struct clock_holidays holidays;
	struct numbers *seen; /* local ids met */
	struct store_bulk *bulks[CIN_KINDS];
	struct cin_code codes[CIN_KINDS][CIN_VALUES];
	struct arena *row; /* for one child */
};

/* What may be wrong with a part; the words are in cin_check.c. */
enum cin_remark {
	CIN_NO_KEY,
	CIN_NO_ID,
	CIN_NOT_DATE,
	CIN_NOT_CODE,
	CIN_NOT_FLAG,
	CIN_NOT_NUMBER,
	CIN_BEFORE_REFERRAL,
	CIN_ENDS_FIRST,
	CIN_ICPC_TWICE,
	CIN_PLAN_WITHOUT_CONFERENCE,
	CIN_SAME_DAY,
	CIN_OVERLAP,
	CIN_TWO_OPEN,
	CIN_BOTH_PLANS,
	CIN_CLOSED_UNASSESSED,
	CIN_NFA_ACTIVITY,
	CIN_WEEKEND,
	CIN_DISABILITY_NONE,
	CIN_CHILD_TWICE,
	CIN_REFERRAL_TWICE,
	CIN_OTHER_YEAR,
	CIN_OTHER_AUTHORITY,
	CIN_REMARKS,
};

/* `field` is a place in part->values, or CIN_VALUES for the part itself. */
bool cin_check_remark(struct cin_return *one, const struct cin_part *part,
	int field, enum cin_remark remark, struct fault *fault)
	__attribute__((warn_unused_result));

/* Before the first child. */
void cin_check_open(struct cin_return *one);

/* Whether the text is a code of the value's list. */
bool cin_check_known(struct cin_return *one, enum cin_kind kind, int field,
	struct text text);

/* Says what is wrong with a child and marks the parts that cannot be used. */
bool cin_check_child(struct cin_return *one, struct cin_part *child,
	struct fault *fault) __attribute__((warn_unused_result));

/* "0", "1", "true", "false". */
bool cin_check_flag(struct text text, bool *out_flag);

/* 0 to 999. */
bool cin_check_number(struct text text, int64_t *out_number);

/* Writes the parts that can be used. */
bool cin_write_open(struct cin_return *one, struct fault *fault)
	__attribute__((warn_unused_result));
bool cin_write_child(struct cin_return *one, const struct cin_part *child,
	struct fault *fault) __attribute__((warn_unused_result));
bool cin_write_flush(struct cin_return *one, struct fault *fault)
	__attribute__((warn_unused_result));
void cin_write_close(struct cin_return *one);

#endif
