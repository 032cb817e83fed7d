/* SPDX-License-Identifier: MIT
 *
 * Instants in UTC.
 */
#include "base/moment.h"

#include <stdio.h>
#include <time.h>

enum { MS_A_DAY = 86400000 };

int64_t moment_now(void)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Rounds down, so that instants before 1970 fall on their own day too. */
static int64_t days_since_1970(int64_t moment)
{
	return moment / MS_A_DAY - (moment % MS_A_DAY < 0);
}

struct date moment_date(int64_t moment)
{
	return (struct date){
		date_from(1970, 1, 1).day + (int32_t)days_since_1970(moment)};
}

void moment_write(int64_t moment, char out_text[MOMENT_TEXT])
{
	char day[DATE_TEXT];
	date_write(moment_date(moment), day);
	unsigned ms = (unsigned)(moment - days_since_1970(moment) * MS_A_DAY);
	snprintf(out_text, MOMENT_TEXT, "%sT%02u:%02u:%02u.%03uZ", day,
		ms / 3600000 % 24, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}
