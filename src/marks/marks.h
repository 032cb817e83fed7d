/* SPDX-License-Identifier: MIT
 *
 * A pupil's year of attendance marks, and what each mark means on its day.
 *
 * A year is a string of MARKS_YEAR bytes, one a session, each date at a fixed
 * place: twice the days since 1 August, and one more in the afternoon. A code
 * is one byte; codes of two or three characters are folded to a byte by the
 * table that is passed in (definitions/codes/attendance.csv), which also says
 * from when to when a code has which class. Sessions without a mark hold the
 * table's own byte for that.
 *
 * What a table does not know is never dropped: an unknown code folds to
 * MARKS_UNKNOWN, and a code outside its dates is unmapped on that day.
 *
 * Classes: School Attendance (Pupil Registration) (England) Regulations 2024
 * (SI 2024/208), in force 19 August 2024; DfE, pupil absence methodology.
 * Possible sessions are those attended, at an approved activity, or absent.
 */
#ifndef KITH_MARKS_MARKS_H
#define KITH_MARKS_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/text.h"

enum {
	MARKS_YEAR = 732,    /* two sessions on each of 366 days */
	MARKS_UNKNOWN = '?', /* a code no table row has */
};

enum marks_session { MARKS_MORNING, MARKS_AFTERNOON };

enum marks_class {
	MARKS_UNMAPPED,
	MARKS_NONE, /* no mark was made */
	MARKS_NOT_POSSIBLE,
	MARKS_ATTENDING,
	MARKS_ACTIVITY, /* approved educational activity elsewhere */
	MARKS_AUTHORISED,
	MARKS_UNAUTHORISED,
	MARKS_CLASSES,
};

/* One row of the code list. The same code always has the same byte; its rows
 * do not overlap in time. */
struct marks_code {
	struct text code; /* 1 to 3 characters */
	struct date from; /* none: always */
	struct date to;   /* last day; none: still */
	enum marks_class class;
	uint8_t byte;
	bool is_late; /* arrived late, in time for the register or not */
};

struct marks_table;

/* The fault is FAULT_BROKEN and names the code. The table keeps the codes:
 * they must live as long as the arena. */
bool marks_table(struct arena *arena, const struct marks_code *codes,
	size_t count, uint8_t no_mark, const struct marks_table **out_table,
	struct fault *fault) __attribute__((warn_unused_result));

uint8_t marks_fold(const struct marks_table *table, struct text code);
struct text marks_unfold(const struct marks_table *table, uint8_t byte);
enum marks_class marks_class(const struct marks_table *table, uint8_t byte,
	struct date day);

/* The classes of a whole year, for the kernels of this room. */
struct marks_year;
const struct marks_year *marks_year(struct arena *arena,
	const struct marks_table *table, int year);

/* The place of a session in the year that began on 1 August `year`. False: the
 * day is not in that year. */
bool marks_place(int year, struct date day, enum marks_session session,
	size_t *out_place);

/* "attending", "activity", "authorised", "unauthorised", "not-possible". */
bool marks_class_read(struct text text, enum marks_class *out_class);
const char *marks_class_name(enum marks_class class);

#endif
