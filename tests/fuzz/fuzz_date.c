/* SPDX-License-Identifier: MIT
 *
 * Any bytes at all given to the readers of dates, periods and whole numbers.
 * What they take must survive being written and read again; what they refuse
 * must leave the result alone.
 */
#include <stdlib.h>

#include "base/date.h"
#include "base/period.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static void try_date(struct text text, bool (*read)(struct text, struct date *))
{
	static const struct date untouched = {-1};
	struct date date = untouched, again;
	if (!read(text, &date)) {
		must(date.day == untouched.day);
		return;
	}
	char written[DATE_TEXT], words[DATE_WORDS];
	must(date_write(date, written) == 10);
	must(date_read_iso(text_of(written), &again));
	must(again.day == date.day);
	must(date_words(date, words) <= 17);
	int year, month, day;
	date_parts(date, &year, &month, &day);
	must(date_from(year, month, day).day == date.day);
}

static void try_period(struct text text)
{
	struct period period = {{-1}, {-1}};
	if (!period_read(text, &period)) {
		must(period.first.day == -1 && period.last.day == -1);
		return;
	}
	int days = period.last.day - period.first.day + 1;
	must(days >= 90 && days <= 366);
}

static void try_number(struct text text)
{
	int64_t exact = 42, whole = 42;
	bool is_exact = text_to_int64(text, &exact);
	bool is_whole = text_to_whole(text, &whole);
	must(!is_exact || (is_whole && whole == exact));
	must(is_whole || whole == 42);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct text text = {(const char *)bytes, size};
	try_date(text, date_read_iso);
	try_date(text, date_read_uk);
	try_date(text, date_read_month);
	try_date(text, date_read_any);
	try_period(text);
	try_number(text);
	return 0;
}
