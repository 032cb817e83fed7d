/* SPDX-License-Identifier: MIT
 *
 * Bringing cases into a register from a CSV file, step by step.
 *
 * A line is a step that was taken:
 *
 *   case,step,on,actor,reason,row,child_id,upn,born,sex,FIELD,FIELD ...
 *   1,notify,2024-09-02,lena,,,C1,,2014-05-06,F,EHE,...
 *   1,triage,2024-09-03,lena,,,,,,,...
 *
 * `case` is any word that holds the lines of one case together; its first line
 * names the child (child_id, upn, born) and a step that opens an entry, which
 * may be left out where the register has one such step. Every further line goes
 * on with the case. `row` counts the rows of the part that a step changes, from
 * 1; empty is the latest. `on` is the day of the event. Without a column `case`
 * each line is a case of its own. All other columns are fields of the register,
 * by name; an empty cell is not given.
 *
 * Each line is judged as if a person had taken the step: what does not hold is
 * refused with line, field and words, and the case's later lines with it; what
 * is only warned about is counted. A child is found as imports find it
 * (people.h): by the number of the case system, by the UPN with the date of
 * birth; one that no feed knows is made.
 *
 * Runs in the caller's transaction, which it neither begins nor ends.
 */
#ifndef KITH_REGISTER_INTAKE_H
#define KITH_REGISTER_INTAKE_H

#include "register/keep.h"

struct intake_request {
	const struct registers *registers;
	const struct register_one *one;
	struct store *store;
	int la;
	struct text csv;   /* UTF-8, a mark as csv_guess_mark finds it */
	const char *actor; /* of lines that name none */
	struct date today;
	int64_t batch; /* that new children come from */
	struct ident_source *ids;
};

struct intake_fault {
	int64_t line;
	const char *column; /* "" if it is about the whole line */
	const char *message;
};

enum { INTAKE_FAULTS = 1000 }; /* told; all are counted */

struct intake_result {
	int64_t lines, taken, refused, warned;
	int64_t opened; /* entries made */
	const struct intake_fault *faults;
	size_t fault_count;
};

/* False: the file has no heading that can be used, or the database failed. The
 * faults live in the arena. */
bool intake_run(const struct intake_request *request, struct arena *arena,
	struct intake_result *out_result, struct fault *fault)
	__attribute__((warn_unused_result));

#endif
