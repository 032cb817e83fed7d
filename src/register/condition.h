/* SPDX-License-Identifier: MIT
 *
 * The conditions and computed values of the register language.
 *
 *   arrangement = EHE and reason_primary is empty
 *   state in (REGISTERED, CONTACTED) and days(last(meetings.held_on), today) > 365
 *   child.cp_plan or child.section47
 *   count(meetings, offered_on is not empty and held_on is empty) >= 2
 *   any(notices, type = S437_1 and response_on is empty)
 *   add_months(last(assessments.assessed_on), setting.ehe_review_months)
 *   deemed(served_on, method)
 *
 * Words: and or not in is empty; = != < <= > >=; + - for whole numbers; codes
 * are bare words beginning with a capital letter or a digit, texts stand in
 * 'single quotes' ('' is one quote), dates are written 2024-09-02; `yes` and
 * `no` are flags, `today` is the day of asking. `not` binds tightest, then + -,
 * then comparisons, then `and`, then `or`; what would read `not a = b` as
 * (not a) = b is refused. Functions: README.md.
 *
 * Names come from the scope. A part's fields are met as meetings.held_on inside
 * functions that look at all rows, and by their own name where one row is
 * looked at: inside count, any, all, and the condition of first and last. Names
 * that the row does not have are those of the row around it, then the entry's.
 *
 * Comparing with nothing given is false, whatever the comparison, save
 * `is empty`, and `!=` and `not in`, which are the opposites of `=` and `in`. A
 * flag not given counts as no. A function of nothing gives nothing; but the
 * earliest and latest, first and last are those of what is given. So last() is
 * the last value that was given; what the last row lacks, any() finds:
 *
 *   any(notices, served_on = latest(notices.served_on) and response_on is empty)
 *
 * Types are checked when a condition is read, so evaluating cannot fail. A
 * condition knows no database and no clock: what it looks at is handed to it.
 * Where the school calendar or the room for numbers ends, there is no value.
 */
#ifndef KITH_REGISTER_CONDITION_H
#define KITH_REGISTER_CONDITION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "codes/codes.h"
#include "register/value.h"

struct buffer;

/* What a name stands for: a place in the array of values that an evaluation is
 * given. Part 0 is the entry itself; 1, 2 ... its repeating parts. */
struct condition_name {
	const char *name; /* "held_on", "child.cp_plan", "setting.kit_months" */
	enum value_kind kind;
	int part; /* its name is then the field's alone: "held_on" */
	int slot;
	/* Of a code: literals must be a code of its entries, on whatever day.
	 * Nothing else of the list is looked at. NULL: anything may be compared. */
	const struct codes_list *list;
	bool is_many; /* several codes with ';' between: has() alone may ask */
};

/* Lives as long as the conditions read with it. */
struct condition_scope {
	const struct condition_name *names;
	size_t count;
	const char *const *parts; /* names of parts 1, 2 ...: "meetings" */
	size_t part_count;
	int row_part; /* names of this part stand for one row; 0: none do */
	/* For deemed(): list `service-methods`. NULL: it may not be used. */
	const struct codes *codes;
};

/* A mistake in the text: what is wrong at which byte, and what was meant. */
struct condition_mistake {
	size_t at;
	const char *message; /* lives in the arena */
	const char *hint;    /* "did you mean held_on?", or "" */
};

/* What a text may be at most; a guard that needs more wants fields of its own.
 */
enum {
	CONDITION_LENGTH = 4096, /* bytes */
	CONDITION_NODES = 256,   /* values, names, comparisons, calls */
	CONDITION_DEPTH = 32,    /* brackets in brackets */
	CONDITION_ROWS = 3,      /* rows looked at for a row, each in each */
};

struct condition;

/* Reads a text that must give the kind wanted (VALUE_FLAG for a guard; empty
 * is never wanted). On a mistake gives NULL and the first mistake. */
const struct condition *condition_read(struct arena *arena, struct text source,
	const struct condition_scope *scope, enum value_kind wanted,
	struct condition_mistake *out_mistake)
	__attribute__((warn_unused_result));

/* The kind that a text gives, so that a definition may ask: as condition_read
 * with any kind allowed; the kind is out_kind. */
const struct condition *condition_read_any(struct arena *arena,
	struct text source, const struct condition_scope *scope,
	enum value_kind *out_kind, struct condition_mistake *out_mistake)
	__attribute__((warn_unused_result));

/* Days that count: bank holidays, and when the child's school meets. */
struct condition_calendar {
	struct clock_holidays holidays;
	/* Of the entry's child, or the council's; school_calendar.h finds it. NULL:
	 * not known, and what counts school days gives nothing. */
	const struct clock_school *school;
};

struct condition_rows {
	const struct value *const *rows; /* each an array by slot */
	size_t count;
};

struct condition_input {
	const struct value *entry;          /* by slot, part 0 */
	const struct condition_rows *parts; /* by part - 1 */
	const struct value *row; /* of the scope's row_part, or NULL */
	struct date today;
	const struct condition_calendar *calendar; /* NULL: no day is known */
};

/* Allocates nothing: texts are the input's or the condition's own. A value that
 * is not of the kind its name promised counts as nothing. */
struct value condition_value(const struct condition *condition,
	const struct condition_input *input);
bool condition_holds(const struct condition *condition,
	const struct condition_input *input);

/* Calls `use` once for each name it looks at, so that only those need be read.
 */
void condition_uses(const struct condition *condition,
	void (*use)(void *context, const struct condition_name *name),
	void *context);

/* Whether it looks at the rows of a part, be it only to count them, and whether
 * it counts school days. */
bool condition_uses_part(const struct condition *condition, int part);
bool condition_uses_school(const struct condition *condition);

/* Prints it again, fully bracketed: for `kith define print` and tests. */
void condition_print(const struct condition *condition, struct buffer *out);

#endif
