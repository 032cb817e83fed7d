/* SPDX-License-Identifier: MIT
 *
 * Reading attendance marks as schools' systems export them.
 *
 * Long form: a row a session, with date, session and code. Wide form: a row a
 * pupil, or a pupil and a term, with a string of bytes from a date on, two a
 * calendar day, '-' or a blank where there was no session; a byte is the code,
 * or for codes of two or three characters the byte the code list gives it.
 *
 * A row is refused if it does not say who, where or when. An unknown code, one
 * outside its dates and a mark on a weekend are kept and warned about, in the
 * wide form once a row.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/encoding.h"
#include "feeds/absence_write.h"
#include "feeds/kinds-inside.h"
#include "feeds/listing.h"
#include "feeds/marks_feed-inside.h"

enum column {
	UPN,
	FORMER_UPN,
	BORN,
	SCHOOL,
	DAY,
	SESSION,
	CODE,
	FROM,
	MARKS,
	COLUMNS,
};

static const char *const columns[COLUMNS] = {"upn", "formerupn", "dob",
	"school", "date", "session", "code", "from", "marks"};

struct row {
	const struct csv_row *csv;
	const int *places;
	struct feed_place place;
};

static struct text cell(const struct row *row, enum column column)
{
	return feed_field(row->csv, row->places[column]);
}

static bool flaw(struct marks_feed *marks, const struct row *row,
	enum column column, const struct feed_flaw *what, struct fault *fault)
{
	struct feed_flaw whole = *what;
	whole.file = row->place.file;
	whole.row = row->place.row;
	whole.column = columns[column];
	if (whole.value.length == 0)
		whole.value = text_cut(cell(row, column), 0, 40);
	return feed_flaw_add(marks->batch, &whole, fault);
}

static bool refuse(struct marks_feed *marks, const struct row *row,
	enum column column, const char *rule, const char *message,
	struct fault *fault)
{
	return flaw(marks, row, column,
		&(struct feed_flaw){.rule = rule,
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

/* ---- Who and where ---- */

static bool may_link(const struct people_clue *clue)
{
	struct text upn = clue->numbers[IDENTIFIER_UPN];
	return clue->born.day != 0 && upn.length > 0
		&& identifier_may_link(identifier_grade_of(IDENTIFIER_UPN, upn),
			upn);
}

/* *out_child is 0 if the row is refused. */
static bool find_child(struct marks_feed *marks, const struct row *row,
	int64_t *out_child, struct fault *fault)
{
	struct people_clue clue = {0};
	clue.numbers[IDENTIFIER_UPN] = feed_squeezed(marks->row, cell(row, UPN));
	clue.numbers[IDENTIFIER_FORMER_UPN] = feed_squeezed(marks->row,
		cell(row, FORMER_UPN));
	(void)date_read_any(cell(row, BORN), &clue.born);
	*out_child = 0;
	if (!may_link(&clue))
		return refuse(marks, row, UPN, "identity",
			"A pupil is known by UPN and date of birth; the row needs"
			" both.",
			fault);
	return feed_claim(marks->batch, &clue, row->place, out_child, fault);
}

static bool find_school(struct marks_feed *marks, const struct row *row,
	int32_t *out_school, struct fault *fault)
{
	struct text name = cell(row, SCHOOL);
	*out_school = -1;
	if (name.length == 0 || name.length > 64)
		return refuse(marks, row, SCHOOL, "missing",
			"The row does not say which school it is.", fault);
	*out_school = marks_feed_school(marks, name);
	return true;
}

/* ---- Wide form ---- */

static bool warn_wide(struct marks_feed *marks, const struct row *row,
	const char *rule, const char *message, struct fault *fault)
{
	return flaw(marks, row, MARKS,
		&(struct feed_flaw){.rule = rule,
			.severity = FEED_WARNED,
			.message = message},
		fault);
}

/* Sixteen marks looked at together. */
typedef int8_t lanes __attribute__((vector_size(16)));

static lanes lanes_at(const void *bytes)
{
	lanes all;
	memcpy(&all, bytes, sizeof all);
	return all;
}

static bool has_any(lanes all)
{
	uint64_t halves[2];
	memcpy(halves, &all, sizeof halves);
	return (halves[0] | halves[1]) != 0;
}

static bool has_weekend_mark(const struct marks_feed_calendar *calendar,
	const uint8_t *marks, size_t from, size_t count)
{
	const uint8_t *weekend = calendar->weekend + from;
	lanes found = {0};
	size_t i = 0;
	for (; i + sizeof found <= count; i += sizeof found)
		found |= (lanes_at(marks + i) != MARKS_FEED_NO_MARK)
			& lanes_at(weekend + i);
	bool is_found = has_any(found);
	for (; i < count; i++)
		is_found |= marks[i] != MARKS_FEED_NO_MARK && weekend[i] != 0;
	return is_found;
}

static bool is_plain(char byte)
{
	return byte > ' ' && byte < 127; /* a char is signed, or above 127 */
}

static bool needs_cleaning(struct text text)
{
	lanes odd = {0};
	size_t i = 0;
	for (; i + sizeof odd <= text.length; i += sizeof odd) {
		lanes now = lanes_at(text.at + i);
		odd |= (now <= ' ') | (now == 127);
	}
	bool is_odd = has_any(odd);
	for (; i < text.length; i++)
		is_odd |= !is_plain(text.at[i]);
	return is_odd;
}

/* Bytes that no text may hold become the byte for an unknown code. */
static const uint8_t *clean(struct marks_feed *marks, struct text text)
{
	if (!needs_cleaning(text))
		return (const uint8_t *)text.at;
	uint8_t *copy = arena_new(marks->row, text.length + 1);
	for (size_t i = 0; i < text.length; i++) {
		uint8_t byte = (uint8_t)text.at[i];
		copy[i] = byte == ' '              ? MARKS_FEED_NO_MARK
			: byte < ' ' || byte > 126 ? MARKS_UNKNOWN
						   : byte;
	}
	return copy;
}

/* The part of the row that lies in one absence year. */
static bool add_piece(struct marks_feed *marks, const struct row *row,
	struct marks_feed_run *run, bool *out_is_odd, struct fault *fault)
{
	const struct marks_feed_calendar *calendar = marks_feed_calendar(marks,
		run->year);
	uint8_t whole[MARKS_YEAR];
	struct tally tally;
	struct tally_span span = {(uint32_t)run->from,
		(uint32_t)(run->from + run->count)};
	memcpy(whole + run->from, run->marks, run->count);
	tally_years(calendar->meaning,
		&(struct tally_marks){whole, MARKS_YEAR, 1},
		&(struct tally_spans){&span, 1}, &tally);
	*out_is_odd |= tally.unmapped > 0;
	if (has_weekend_mark(calendar, run->marks, run->from, run->count)
		&& !warn_wide(marks, row, "weekend",
			"There are marks on a Saturday or Sunday; they were kept"
			" and count.",
			fault))
		return false;
	return marks_feed_add(marks, run, fault);
}

static bool add_pieces(struct marks_feed *marks, const struct row *row,
	struct marks_feed_run *run, struct date day, struct text text,
	struct fault *fault)
{
	bool is_odd = false;
	const uint8_t *bytes = clean(marks, text);
	for (size_t at = 0; at < text.length; at += run->count) {
		const struct marks_feed_calendar *calendar =
			marks_feed_calendar_on(marks, day, &run->year);
		run->count = 0;
		if (calendar == NULL)
			return refuse(marks, row, FROM, "date",
				"The marks lie in years that are not kept.",
				fault);
		run->from = (size_t)(day.day - calendar->first.day) * 2;
		size_t room = (size_t)(calendar->last.day - day.day + 1) * 2;
		run->marks = bytes + at;
		run->count = text.length - at < room ? text.length - at : room;
		if (!add_piece(marks, row, run, &is_odd, fault))
			return false;
		day = date_add_days(calendar->last, 1);
	}
	return !is_odd
		|| warn_wide(marks, row, "code",
			"Some marks are no attendance code, or none that was"
			" valid on their day; they were kept and count neither"
			" as present nor as absent.",
			fault);
}

static bool wide_row(struct marks_feed *marks, const struct row *row,
	struct fault *fault)
{
	struct date day;
	struct marks_feed_run run = {.place = row->place};
	if (row->places[UPN] == 0 && !marks->feed->only_typed)
		people_expect(marks->feed->people, IDENTIFIER_UPN,
			feed_next_field(row->csv));
	if (!find_school(marks, row, &run.school, fault) || run.school < 0)
		return !fault_is_set(fault);
	if (!date_read_any(cell(row, FROM), &day))
		return refuse(marks, row, FROM, "date",
			"The row needs the date of its first mark.", fault);
	size_t place = (size_t)row->places[MARKS];
	if (place >= row->csv->count || row->csv->fields[place].length == 0)
		return refuse(marks, row, MARKS, "missing",
			"The row has no marks.", fault);
	if (!find_child(marks, row, &run.child, fault) || run.child == 0)
		return !fault_is_set(fault);
	struct text text = row->csv->fields[place];
	feed_batch_covers(marks->batch, day,
		date_add_days(day, (int)(text.length - 1) / 2));
	return add_pieces(marks, row, &run, day, text, fault);
}

/* ---- Long form ---- */

static bool read_session(struct text text, enum marks_session *out_session)
{
	static const struct {
		struct text word;
		enum marks_session session;
	} words[] = {{{"AM", 2}, MARKS_MORNING}, {{"PM", 2}, MARKS_AFTERNOON},
		{{"0", 1}, MARKS_MORNING}, {{"1", 1}, MARKS_AFTERNOON},
		{{"morning", 7}, MARKS_MORNING},
		{{"afternoon", 9}, MARKS_AFTERNOON}};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_equals_folded(text, words[i].word)) {
			*out_session = words[i].session;
			return true;
		}
	return false;
}

static void remember_child(struct marks_feed *marks,
	const struct numbers_key *number, int64_t child)
{
	marks->children = memory_grow(marks->children, &marks->child_capacity,
		marks->child_count + 1, sizeof *marks->children);
	numbers_add(marks->pupils, number, (int32_t)marks->child_count);
	marks->children[marks->child_count++] = child;
}

/* The pupil was claimed at the first of its rows. */
static bool find_known_child(struct marks_feed *marks, const struct row *row,
	int64_t *out_child, struct fault *fault)
{
	struct text parts[] = {cell(row, UPN), cell(row, FORMER_UPN),
		cell(row, BORN)};
	size_t length = COUNT_OF(parts);
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		length += parts[i].length;
	char *key = arena_new(marks->row, length), *end = key;
	for (size_t i = 0; i < COUNT_OF(parts); i++) {
		if (parts[i].length > 0)
			memcpy(end, parts[i].at, parts[i].length);
		end += parts[i].length;
		*end++ = '/';
	}
	struct text whole = {key, length};
	struct text last = {marks->last_pupil, marks->last_length};
	if (marks->last_child != 0 && text_equals(whole, last)) {
		*out_child = marks->last_child;
		return true;
	}
	struct numbers_key number = numbers_key_of(marks->pupils, 0, whole);
	uint32_t known = numbers_first(marks->pupils, &number);
	if (known != 0)
		*out_child = marks->children[numbers_person(marks->pupils, known)];
	else if (!find_child(marks, row, out_child, fault))
		return false;
	else if (*out_child != 0)
		remember_child(marks, &number, *out_child);
	bool is_short = length <= sizeof marks->last_pupil;
	marks->last_child = is_short ? *out_child : 0;
	marks->last_length = is_short ? length : 0;
	if (is_short)
		memcpy(marks->last_pupil, key, length);
	return true;
}

static bool check_mark(struct marks_feed *marks, const struct row *row,
	uint8_t byte, struct date day, struct fault *fault)
{
	bool is_mark = byte != MARKS_FEED_NO_MARK;
	if (is_mark && date_weekday(day) >= SATURDAY
		&& !flaw(marks, row, DAY,
			&(struct feed_flaw){.rule = "weekend",
				.severity = FEED_WARNED,
				.message = "This is a Saturday or Sunday; the mark"
					   " was kept and counts."},
			fault))
		return false;
	if (marks_class(marks->table, byte, day) != MARKS_UNMAPPED)
		return true;
	return flaw(marks, row, CODE,
		&(struct feed_flaw){.rule = "code",
			.severity = FEED_WARNED,
			.message = byte == MARKS_UNKNOWN
				? "This is not an attendance code; the mark counts"
				  " neither as present nor as absent."
				: "This code was not valid on the day; the mark"
				  " counts neither as present nor as absent."},
		fault);
}

static bool long_row(struct marks_feed *marks, const struct row *row,
	struct fault *fault)
{
	struct date day;
	enum marks_session session;
	struct marks_feed_run run = {.count = 1, .place = row->place};
	if (!find_school(marks, row, &run.school, fault) || run.school < 0)
		return !fault_is_set(fault);
	if (!date_read_any(cell(row, DAY), &day))
		return refuse(marks, row, DAY, "date", "The row needs a date.",
			fault);
	if (!read_session(cell(row, SESSION), &session))
		return refuse(marks, row, SESSION, "session",
			"The session must be AM or PM.", fault);
	const struct marks_feed_calendar *calendar = marks_feed_calendar_on(marks,
		day, &run.year);
	if (calendar == NULL)
		return refuse(marks, row, DAY, "date",
			"The day lies in a year that is not kept.", fault);
	run.from = (size_t)(day.day - calendar->first.day) * 2
		+ (session == MARKS_AFTERNOON);
	if (!find_known_child(marks, row, &run.child, fault) || run.child == 0)
		return !fault_is_set(fault);
	uint8_t byte = marks_fold(marks->table,
		feed_squeezed(marks->row, cell(row, CODE)));
	run.marks = &byte;
	feed_batch_covers(marks->batch, day, day);
	return check_mark(marks, row, byte, day, fault)
		&& marks_feed_add(marks, &run, fault);
}

/* ---- Files ---- */

static bool read_rows(struct marks_feed *marks, struct csv *csv, int file,
	const int places[COLUMNS], struct fault *fault)
{
	struct csv_row csv_row;
	(void)!csv_next(csv, &csv_row);
	size_t width = csv_row.count;
	struct row row = {.csv = &csv_row, .places = places};
	while (!fault_is_set(fault) && csv_next(csv, &csv_row)) {
		arena_reset(marks->row);
		feed_batch_row(marks->batch, file);
		row.place = (struct feed_place){file, csv_row.row};
		const char *why = csv_row.flaw;
		if (why == NULL && csv_row.count > width)
			why = "The row has more fields than the heading.";
		if (why == NULL && listing_has_zero(&csv_row))
			why = "The row holds a zero byte, which no text has.";
		if (why != NULL)
			(void)!refuse(marks, &row, UPN, "row", why, fault);
		else if (places[MARKS] >= 0)
			(void)!wide_row(marks, &row, fault);
		else
			(void)!long_row(marks, &row, fault);
	}
	return !fault_is_set(fault);
}

static bool is_ours(const int places[COLUMNS])
{
	bool is_wide = places[FROM] >= 0 && places[MARKS] >= 0;
	bool is_long = places[DAY] >= 0 && places[SESSION] >= 0
		&& places[CODE] >= 0;
	return places[UPN] >= 0 && places[BORN] >= 0 && places[SCHOOL] >= 0
		&& (is_wide || is_long);
}

static bool open_batch(struct marks_feed *marks, const struct feed_file *file,
	struct fault *fault)
{
	struct text rest, name = text_split(file->name, '.', &rest);
	return marks->batch != NULL
		|| feed_batch_open(marks->feed,
			arena_string(marks->feed->arena, name), &marks->batch,
			fault);
}

static bool read_file(struct marks_feed *marks, struct feed_file *file,
	struct fault *fault)
{
	enum encoding encoding;
	struct text text;
	int places[COLUMNS], number;
	marks->feed->at = file;
	if (!encoding_to_utf8(file->bytes, marks->feed->arena, &text, &encoding,
		    fault))
		return false;
	char mark = csv_guess_mark(text);
	struct csv *csv = csv_open(text, mark);
	struct csv_row heading;
	bool is_fine = csv_next(csv, &heading);
	if (is_fine)
		feed_columns(&heading, columns, COLUMNS, places);
	is_fine = is_fine && is_ours(places);
	csv_close(csv);
	if (!is_fine)
		return true;
	struct feed_content content = {file,
		places[MARKS] >= 0 ? "marks, a pupil a row"
				   : "marks, a session a row",
		encoding_name(encoding)};
	if (!open_batch(marks, file, fault)
		|| !feed_batch_file(marks->batch, &content, &number, fault))
		return false;
	csv = csv_open(text, mark);
	is_fine = read_rows(marks, csv, number, places, fault);
	csv_close(csv);
	return is_fine;
}

bool marks_feed_read(struct feed *feed, struct fault *fault)
{
	struct marks_feed *marks = arena_new(feed->arena, sizeof *marks);
	marks->feed = feed;
	bool is_done = marks_feed_open(marks, fault);
	for (size_t i = 0; is_done && i < feed->file_count; i++)
		if (!feed->files[i].is_loaded)
			is_done = read_file(marks, &feed->files[i], fault);
	is_done = is_done && marks_feed_flush(marks, fault);
	marks_feed_close(marks);
	return is_done && people_flush(feed->people, fault)
		&& absence_write(feed, fault);
}
