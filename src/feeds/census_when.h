/* SPDX-License-Identifier: MIT
 *
 * Which school census a thing speaks of, and which terms that census reports.
 *
 * There are three a year: the third Thursday of January, the third of May and
 * the first of October. Absence comes one term in arrears: spring brings the
 * autumn term, summer the spring term, autumn both halves of the summer term.
 * (DfE, School census guide 2024 to 2025; Pupil absence in schools in England:
 * methodology.)
 */
#ifndef KITH_FEEDS_CENSUS_WHEN_H
#define KITH_FEEDS_CENSUS_WHEN_H

#include "base/period.h"
#include "base/text.h"

enum census_season { CENSUS_SPRING, CENSUS_SUMMER, CENSUS_AUTUMN };

struct census_when {
	int year; /* calendar; 0: not known */
	enum census_season season;
};

/* Finds "2024_autumn", "autumn 2024" or "2024-25 spring" (the spring of 2025)
 * anywhere in a name; year 0 if there is none. */
struct census_when census_when_in(struct text name);

/* The words of a census's own table: "2024" or "2024.0", "AUT" or "Autumn". */
struct census_when census_when_of(struct text year, struct text season);

/* The census whose season the day lies in. */
struct census_when census_when_on(struct date day);

struct date census_when_day(struct census_when when);

enum { CENSUS_WHEN_TEXT = 16 };
void census_when_write(struct census_when when,
	char out_text[CENSUS_WHEN_TEXT]); /* "2024 autumn" */

/* The terms reported, one or two; *out_year is their absence year. */
int census_when_terms(struct census_when when, int *out_year,
	enum period_term out_terms[2]);

#endif
