/* SPDX-License-Identifier: MIT
 *
 * What the files of the roll share: children by number, and what the child
 * index says of each.
 */
#ifndef KITH_MEASURES_ROLL_INSIDE_H
#define KITH_MEASURES_ROLL_INSIDE_H

#include "measures/roll.h"

/* Where a reading of rows is. Rows come mostly in the order of children, as
 * the numbers do, so that the next child is often the one numbered next and
 * need not be looked up. */
struct roll_cursor {
	int64_t child; /* of the row before */
	int32_t place; /* its number; -1: there was none */
};
#define ROLL_CURSOR ((struct roll_cursor){.place = -1})

/* Moves the cursor to a child; false, and not moved, if it is on no list. */
bool roll_child_find(const struct roll *roll, int64_t child,
	struct roll_cursor *cursor);

/* The same, but a child on no list is given the next number. */
void roll_child_join(struct roll *roll, int64_t child,
	struct roll_cursor *cursor);

/* Breakdowns by what a child is. */
enum roll_fact { ROLL_SEX, ROLL_ETHNICITY, ROLL_UASC, ROLL_FACTS };

struct roll_values {
	struct text *texts; /* the different values, as they came */
	size_t count, capacity;
	uint16_t *by_child; /* 1 is the first of them; 0: not known */
};

struct roll_facts {
	size_t children;
	struct date *born; /* by child */
	struct roll_values values[ROLL_FACTS];
};

/* Read once for all breakdowns, and again should children have joined. */
bool roll_child_facts(struct roll *roll, const struct roll_facts **out_facts,
	struct fault *fault) __attribute__((warn_unused_result));

/* The rows of one statement and the lists of all that asked for it. A reading
 * is opened and closed by the roll's own thread; in between any one thread may
 * take the rows, as nothing of the roll is touched. Closing gives the children
 * their numbers, so that these go by the order of closing. */
struct roll_reading;
struct roll_reading *roll_list_open(struct roll *roll,
	struct roll_ask *const *asks, size_t count);
bool roll_list_take(struct roll_reading *reading, struct store_rows *rows,
	struct fault *fault) __attribute__((warn_unused_result));
void roll_list_close(struct roll *roll, struct roll_reading *reading);

#endif
