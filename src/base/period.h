/* SPDX-License-Identifier: MIT
 *
 * Years, quarters and terms as spans of days.
 *
 * A span runs from its first day up to and including its last. Financial years
 * start on 1 April and are written 2024-25; their quarters 2024-25Q1 (April to
 * June). Academic years start on 1 September and are written 2024/25; the
 * absence collection counts 1 August to 31 July. The absence terms: autumn to
 * 31 December; spring from 1 January to Easter Sunday; summer to 31 July, in
 * two halves that meet on the spring bank holiday (last Monday of May; the
 * holiday table may move it).
 */
#ifndef KITH_BASE_PERIOD_H
#define KITH_BASE_PERIOD_H

#include <stdbool.h>

#include "base/date.h"

struct period {
	struct date first;
	struct date last;
};

enum { PERIOD_TEXT = 16 };

/* The year is the one it begins in: 2024 for 2024-25. */
struct period period_financial_year(int year);
struct period period_quarter(int year, int quarter); /* quarter 1 to 4 */
struct period period_academic_year(int year);        /* 1 Sep to 31 Aug */
struct period period_absence_year(int year);         /* 1 Aug to 31 Jul */

/* The year in which the financial, or absence, year of the day begins. */
int period_financial_year_of(struct date day);
int period_absence_year_of(struct date day);
int period_quarter_of(struct date day); /* 1 to 4 */

/* Steps whole quarters backwards or forwards. */
struct period period_quarter_step(struct period quarter, int steps);

/* Reads "2024-25Q1", "2024-25", "2024/25" (academic). The second year must
 * follow the first. */
bool period_read(struct text text, struct period *out_period);

void period_write_quarter(struct date day, char out_text[PERIOD_TEXT]);
void period_write_financial(struct date day, char out_text[PERIOD_TEXT]);

/* Absence terms of the year beginning 1 August `year`. */
enum period_term {
	TERM_AUTUMN,
	TERM_SPRING,
	TERM_SUMMER_FIRST,
	TERM_SUMMER_SECOND,
	TERM_COUNT,
};
struct period period_term(int year, enum period_term term);

#endif
