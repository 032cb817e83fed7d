/* SPDX-License-Identifier: MIT
 *
 * Reading Annex A workbooks: which day one speaks of, and what gives way.
 *
 * A workbook is a snapshot: lists of events cover the six months to its day,
 * the others stand as at that day. The day is the one the user gave, else the
 * one in the file's name, else the latest contact or referral. The workbook
 * about the latest day replaces all that Annex A said before; an older one
 * that comes later only adds to the child index.
 */
#include <stdlib.h>

#include "codes/codes.h"
#include "feeds/annex_a-inside.h"
#include "feeds/kinds-inside.h"

extern const struct embedded annex_a_sql[];

enum { MONTHS = 6 }; /* that the lists of events go back */

struct source {
	struct feed_file *file;
	struct annex_a_found found;
	struct date day;
};

struct reading {
	struct feed *feed;
	struct source *sources;
	size_t count;
	struct annex_a_book book; /* being written */
};

/* ---- The day ---- */

/* Digits of a number of that length, or -1. */
static int digits_at(struct text text, size_t at, size_t length)
{
	int64_t number;
	struct text digits = text_cut(text, at, length);
	return digits.length == length && digits.at[0] >= '0'
			&& digits.at[0] <= '9' && text_to_int64(digits, &number)
		? (int)number
		: -1;
}

static int month_named(struct text text)
{
	static const char *const months[] = {"jan", "feb", "mar", "apr", "may",
		"jun", "jul", "aug", "sep", "oct", "nov", "dec"};
	for (int i = 0; i < (int)COUNT_OF(months); i++)
		if (text_equals_folded(text_cut(text, 0, 3), text_of(months[i])))
			return i + 1;
	return -1;
}

/* "2024-06-30", "2024_06_30", "20240630"; "2024_Jan", "2024-01": the last day
 * of the month. */
static struct date day_after_year(struct text name, size_t at)
{
	int year = digits_at(name, at, 4);
	struct text rest = text_cut(name, at + 4, name.length);
	size_t mark = rest.length > 0
		&& text_has(TEXT("-_ ."), text_cut(rest, 0, 1));
	if (year < 2000 || year > 2099)
		return DATE_NONE;
	rest = text_cut(rest, mark, rest.length);
	int month = month_named(rest);
	if (month > 0)
		return date_from(year, month, date_month_length(year, month));
	month = digits_at(rest, 0, 2);
	if (month < 1 || month > 12)
		return DATE_NONE;
	int day = digits_at(rest, 2 + mark, 2);
	struct date whole = day < 1 ? DATE_NONE : date_from(year, month, day);
	return whole.day != 0
		? whole
		: date_from(year, month, date_month_length(year, month));
}

static struct date day_in_name(struct text name)
{
	for (size_t i = 0; i + 4 <= name.length; i++) {
		struct date day = day_after_year(name, i);
		if (day.day != 0)
			return day;
	}
	return DATE_NONE;
}

/* The latest contact or referral that is not in the future. */
struct latest {
	const struct feed *feed;
	struct arena *arena;
	struct date day;
};

static bool look_for_latest(void *self, const struct annex_a_row *row,
	struct fault *fault)
{
	enum { CONTACTS = 1, REFERRALS = 3 };
	struct latest *latest = self;
	(void)fault;
	if (row->list != CONTACTS && row->list != REFERRALS)
		return true;
	for (size_t i = 0; i < row->count; i++) {
		const struct annex_a_column *column = row->cells[i].column;
		struct annex_a_value value;
		if (column == NULL || column->role != ANNEX_A_START)
			continue;
		annex_a_clean(latest->feed->codes, &row->cells[i],
			latest->arena, &value);
		if (value.date.day > latest->day.day
			&& value.date.day <= latest->feed->today.day)
			latest->day = value.date;
	}
	arena_reset(latest->arena);
	return true;
}

static bool find_day(const struct feed *feed, struct source *source,
	struct fault *fault)
{
	source->day = feed->covers.last;
	if (source->day.day == 0)
		source->day = day_in_name(source->file->name);
	if (source->day.day != 0)
		return true;
	struct latest latest = {.feed = feed, .arena = arena_open()};
	struct annex_a_found found;
	bool is_read = annex_a_book_read(source->file->bytes,
		&(struct annex_a_sink){&latest, look_for_latest}, &found, fault);
	arena_close(latest.arena);
	source->day = latest.day;
	if (!is_read || latest.day.day != 0)
		return is_read;
	fault_set(fault, FAULT_INPUT,
		"\"%s\" does not say which day it is about", source->file->path);
	return fault_hint(fault,
		"say so with --from and --to, or in the file's "
		"name, as Annex_A_2024-06-30.xlsx");
}

/* ---- What a file is ---- */

static bool look_at(struct reading *reading, struct feed_file *file,
	struct fault *fault)
{
	struct source source = {.file = file};
	if (!text_starts(file->bytes, TEXT("PK")))
		return true;
	reading->feed->at = file;
	if (!annex_a_book_read(file->bytes, NULL, &source.found, fault))
		return false;
	if (source.found.lists == 0)
		return true;
	if (!find_day(reading->feed, &source, fault))
		return false;
	reading->sources[reading->count++] = source;
	return true;
}

static int order_sources(const void *left, const void *right)
{
	const struct source *a = left, *b = right;
	if (a->day.day != b->day.day)
		return a->day.day < b->day.day ? -1 : 1;
	return text_compare(text_of(a->file->path), text_of(b->file->path));
}

static bool find_sources(struct reading *reading, struct fault *fault)
{
	struct feed *feed = reading->feed;
	reading->sources = arena_array(feed->arena, feed->file_count,
		sizeof *reading->sources);
	for (size_t i = 0; i < feed->file_count; i++)
		if (!feed->files[i].is_loaded
			&& !look_at(reading, &feed->files[i], fault))
			return false;
	qsort(reading->sources, reading->count, sizeof *reading->sources,
		order_sources);
	return true;
}

/* ---- One workbook ---- */

static bool take_row(void *self, const struct annex_a_row *row,
	struct fault *fault)
{
	return annex_a_write_row(self, row, fault);
}

static bool run_steps(struct feed *feed, const char *const *steps, size_t count,
	struct fault *fault)
{
	for (size_t i = 0; i < count; i++)
		if (!store_run(feed->store, store_find(annex_a_sql, steps[i]),
			    STORE_VALUES(store_integer(feed->la)), fault))
			return false;
	return true;
}

static bool make_way(struct annex_a_book *book, struct fault *fault)
{
	static const char *const steps[] = {"drop_reviews", "drop_plans",
		"drop_need_plans", "drop_enquiries", "drop_assessments",
		"drop_referrals", "drop_contacts", "drop_early_help",
		"drop_care", "drop_leavers", "drop_values"};
	int64_t later = 0;
	if (!store_number(book->feed->store, store_find(annex_a_sql, "later"),
		    STORE_VALUES(store_integer(book->feed->la),
			    store_date(book->day)),
		    &later, fault))
		return false;
	book->is_superseded = later > 0;
	return book->is_superseded
		|| run_steps(book->feed, steps, COUNT_OF(steps), fault);
}

/* A sheet that looks like a list and was not read would be lost silently. */
static bool note_passed_over(struct annex_a_book *book,
	const struct source *source, struct fault *fault)
{
	return source->found.passed_over[0] == '\0'
		|| feed_flaw_add(book->batch,
			&(struct feed_flaw){.file = book->file,
				.column = source->found.passed_over,
				.rule = "sheet",
				.severity = FEED_WARNED,
				.message = "This sheet was not read: it has not"
					   " the headings of its list, or that"
					   " list stands in another sheet."},
			fault);
}

static bool write_source(struct annex_a_book *book, const struct source *source,
	struct fault *fault)
{
	struct feed_content content = {source->file, "Annex A", "UTF-8"};
	struct annex_a_sink sink = {book, take_row};
	struct annex_a_found found;
	return feed_batch_file(book->batch, &content, &book->file, fault)
		&& note_passed_over(book, source, fault)
		&& annex_a_book_read(source->file->bytes, &sink, &found, fault)
		&& annex_a_write_flush(book, fault);
}

static bool read_workbook(struct reading *reading, const struct source *source,
	struct fault *fault)
{
	char label[DATE_TEXT];
	struct annex_a_book *book = &reading->book;
	struct date before = date_add_months(source->day, -MONTHS);
	*book = (struct annex_a_book){.feed = reading->feed,
		.day = source->day,
		.holidays = codes_bank_holidays(reading->feed->codes)};
	date_write(source->day, label);
	if (!make_way(book, fault)
		|| !feed_batch_open(reading->feed, label, &book->batch, fault))
		return false;
	feed_batch_covers(book->batch, date_add_days(before, 1), source->day);
	bool is_done = annex_a_write_open(book, fault)
		&& write_source(book, source, fault);
	annex_a_write_close(book);
	return is_done;
}

bool annex_a_read(struct feed *feed, struct fault *fault)
{
	static const char *const count[] = {"count_previous"};
	struct reading reading = {.feed = feed};
	if (!find_sources(&reading, fault))
		return false;
	for (size_t i = 0; i < reading.count; i++)
		if (!read_workbook(&reading, &reading.sources[i], fault))
			return false;
	return run_steps(feed, count, COUNT_OF(count), fault);
}
