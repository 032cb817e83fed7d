/* SPDX-License-Identifier: MIT
 *
 * Dated code lists: what a code means, from when to when, and who says so.
 *
 * A list is a CSV file of `definitions/codes`, carried in the binary, with at
 * least the columns code, label, valid_from, valid_to, source; others can be
 * asked for by name. A code may have several entries whose spans do not
 * overlap, so that its meaning on a day is one entry or none.
 *
 * A council may lay files of its own over the shipped ones: a row with the code
 * and valid_from of a shipped row replaces it, any other row is added, a file
 * with a new name is a new list. Lists are read once and never change after.
 *
 * Everything returned lives as long as the arena given to codes_open.
 */
#ifndef KITH_CODES_CODES_H
#define KITH_CODES_CODES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/period.h"
#include "base/text.h"

struct codes;
struct codes_columns;

struct codes_entry {
	struct text code;
	struct text label;
	struct date valid_from;   /* none: since ever */
	struct date valid_to;     /* its last day; none: still valid */
	struct text source;       /* never empty */
	const struct text *cells; /* all columns, for codes_column */
	const struct codes_columns *columns;
	const struct codes_entry *next; /* the code's next entry, or NULL */
};

struct codes_list {
	struct text name; /* "rne": the file's name without .csv */
	const struct codes_entry *entries; /* as in the file, ours before added */
	size_t count;
	const struct map *by_code;
	const struct codes_short *shorts; /* codes of one to eight bytes */
	size_t short_mask;                /* places of it, less one */
};

/* A place in the table of a list's short codes; no entry: it is free. */
struct codes_short {
	uint64_t word; /* the code, see text_word */
	const struct codes_entry *entry;
};

/* The shipped lists, with those of `overlay` (a folder of definitions with a
 * folder `codes`; NULL: none) laid over them. The fault names file, row and column. */
bool codes_open(struct arena *arena, const char *overlay,
	struct codes **out_codes, struct fault *fault)
	__attribute__((warn_unused_result));

/* All lists, by name. */
const struct codes_list *codes_lists(const struct codes *codes,
	size_t *out_count);

/* NULL if there is no such list. Keep the result for look-ups in a loop. */
const struct codes_list *codes_list(const struct codes *codes, const char *name);

/* What the code meant on the day; NULL if it is not in the list or was not
 * valid then. Codes are compared as they stand. No date: its first entry. A
 * NULL list has no codes. */
const struct codes_entry *codes_in(const struct codes_list *list,
	struct text code, struct date on);

/* The same with the list by name. */
const struct codes_entry *codes_find(const struct codes *codes,
	const char *list, struct text code, struct date on);
bool codes_is_known(const struct codes *codes, const char *list,
	struct text code);
bool codes_is_valid_on(const struct codes *codes, const char *list,
	struct text code, struct date on);

/* Whether the code of the entry meant something on any of the days. */
bool codes_is_in(const struct codes_entry *entry, struct period days);

/* The text in a further column; empty if the list has no such column. */
struct text codes_column(const struct codes_entry *entry, const char *column);

/* England's bank holidays, the list `bank-holidays`, for base/clock.h. */
struct clock_holidays codes_bank_holidays(const struct codes *codes);

#endif
