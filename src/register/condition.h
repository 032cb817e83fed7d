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
 * 'single quotes', dates are written 2024-09-02; `yes` and `no` are flags.
 * Names come from the scope. Comparing with nothing given is false, whatever
 * the comparison, save `is empty` and `!=` (which is the opposite of `=`).
 *
 * Types are checked when a condition is read, so evaluating cannot fail. A
 * condition knows no database and no clock: what it looks at is handed to it.
 */
#ifndef KITH_REGISTER_CONDITION_H
#define KITH_REGISTER_CONDITION_H

#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "codes/codes.h"
#include "register/value.h"

/* What a name stands for: a place in the array of values that an evaluation is
 * given. Part 0 is the entry itself; 1, 2 ... its repeating parts. */
struct condition_name {
	const char *name; /* "held_on", "child.cp_plan", "setting.kit_months" */
	enum value_kind kind;
	int part;
	int slot;
	const struct codes_list *list; /* of a code: literals are checked */
};

struct condition_scope {
	const struct condition_name *names;
	size_t count;
	const char *const *parts; /* names of parts 1, 2 ...: "meetings" */
	size_t part_count;
	int row_part; /* names of this part stand for one row; 0: none do */
	const struct codes *codes; /* for deemed(): list `service-methods` */
};

/* A mistake in the text: what is wrong at which byte, and what was meant. */
struct condition_mistake {
	size_t at;
	const char *message; /* lives in the arena */
	const char *hint;    /* "did you mean held_on?", or "" */
};

struct condition;

/* Reads a text that must give the kind wanted (VALUE_FLAG for a guard; empty
 * is never wanted). On a mistake gives NULL and the first mistake. */
const struct condition *condition_read(struct arena *arena, struct text source,
	const struct condition_scope *scope, enum value_kind wanted,
	struct condition_mistake *out_mistake) __attribute__((warn_unused_result));

/* The kind that a text gives, so that a definition may ask: as condition_read
 * with any kind allowed; the kind is out_kind. */
const struct condition *condition_read_any(struct arena *arena,
	struct text source, const struct condition_scope *scope,
	enum value_kind *out_kind, struct condition_mistake *out_mistake)
	__attribute__((warn_unused_result));

/* Days that count: bank holidays, and when the child's school meets. */
struct condition_calendar {
	struct clock_holidays holidays;
	const struct clock_school *school; /* NULL: the council's own */
};

struct condition_rows {
	const struct value *const *rows; /* each an array by slot */
	size_t count;
};

struct condition_input {
	const struct value *entry;          /* by slot, part 0 */
	const struct condition_rows *parts; /* by part - 1 */
	const struct value *row;            /* of the scope's row_part, or NULL */
	struct date today;
	const struct condition_calendar *calendar;
};

/* Allocates nothing, except texts of no kind: all come from the input or the
 * condition itself. */
struct value condition_value(const struct condition *condition,
	const struct condition_input *input);
bool condition_holds(const struct condition *condition,
	const struct condition_input *input);

/* Calls `use` for each name it looks at, so that only those need be read. */
void condition_uses(const struct condition *condition,
	void (*use)(void *context, const struct condition_name *name),
	void *context);

/* Prints it again, fully bracketed: for `kith define print` and tests. */
void condition_print(const struct condition *condition, struct buffer *out);

#endif
