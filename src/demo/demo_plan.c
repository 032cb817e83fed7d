/* SPDX-License-Identifier: MIT
 *
 * The calibration table.
 *
 * The published quarter is Islington's Children's Services performance report,
 * quarter 1 2024-25 (Children and Young People Scrutiny Committee, 2024):
 *
 *	second or later protection plan   20.7%, same period last year 26.7%
 *	three or more placements          14.4%, same period last year 12.1%
 *	long-term placement stability     67.0% at the end of June 2024
 *	persistent absence, primary       17.7%, year before 21.0%
 *	persistent absence, secondary     24.5%, year before 27.2%
 *
 * The sizes behind them follow the authority's published returns (DfE,
 * Children looked after in England 2024: 298 looked after, 106 in the
 * long-term cohort). The children are invented; so are all other rows.
 */
#include "demo/demo_plan.h"

#include <stddef.h>

#include "base/text.h"

enum { PLAN_FROM = 2019 };

/* 2019-20 quarter 1 onwards, a row a quarter. */
static const struct demo_plan_care care[] = {
	{352, 38, 104, 74},
	{350, 37, 104, 74},
	{349, 38, 104, 73},
	{347, 37, 103, 73},
	{345, 35, 103, 72},
	{343, 34, 103, 73},
	{341, 35, 104, 73},
	{338, 36, 104, 73},
	{336, 36, 104, 73},
	{335, 37, 104, 72},
	{333, 36, 104, 71},
	{330, 35, 104, 71},
	{328, 35, 105, 72},
	{324, 35, 105, 71},
	{320, 36, 105, 70},
	{317, 36, 106, 70},
	/* 38 of 314 is 12.1% */
	{314, 38, 106, 72},
	{310, 37, 106, 73},
	{306, 38, 107, 73},
	{301, 40, 107, 72},
	/* 43 of 299 is 14.4%, 71 of 106 is 67.0% */
	{299, 43, 106, 71},
};

/* 2017-18 quarter 1 onwards: two years before the first return, so that
 * children on a plan in it have a history. */
static const struct demo_plan_protection protection[] = {
	{54, 11},
	{50, 11},
	{52, 12},
	{55, 12},
	{55, 12},
	{52, 11},
	{53, 12},
	{56, 12},
	{57, 12},
	{51, 11},
	{54, 12},
	{58, 13},
	{46, 10},
	{55, 12},
	{57, 12},
	{54, 12},
	{58, 13},
	{53, 12},
	{56, 13},
	{59, 13},
	{57, 13},
	{52, 12},
	{55, 13},
	{58, 14},
	/* 16 of 60 is 26.7% */
	{60, 16},
	{54, 13},
	{55, 12},
	{57, 12},
	/* 12 of 58 is 20.7% */
	{58, 12},
};

/* Per mille by academic year from 2020/21: primary, secondary, special. */
static const int absent[][3] = {
	{188, 246, 360},
	{226, 289, 390},
	{210, 272, 384},
	{177, 245, 371},
};

struct demo_plan_care demo_plan_care(int year, int quarter)
{
	int row = (year - PLAN_FROM) * 4 + quarter - 1;
	if (row < 0)
		row = 0;
	if ((size_t)row >= COUNT_OF(care))
		row = (int)COUNT_OF(care) - 1;
	return care[row];
}

struct demo_plan_protection demo_plan_protection(int year, int quarter)
{
	int row = (year - 2017) * 4 + quarter - 1;
	if (row < 0)
		row = 0;
	if ((size_t)row >= COUNT_OF(protection))
		row = (int)COUNT_OF(protection) - 1;
	return protection[row];
}

/* Around 2,000 a year (one to twenty children), fewer in the summer holidays
 * and far fewer in the spring of 2020, when schools were closed. */
int demo_plan_referrals(int year, int quarter)
{
	static const int usual[] = {520, 450, 530, 540};
	if (year == 2020 && quarter == 1)
		return 380;
	return usual[quarter - 1] + (year - PLAN_FROM) * 4;
}

int demo_plan_absent(int year, int phase)
{
	return absent[year - 2020][phase];
}
