/* SPDX-License-Identifier: MIT
 *
 * One row of an SSDA903 table: from text to typed values, with every fault
 * named. Which check a field gets is in the table of fields, not here.
 */
#include <stdio.h>

#include "base/buffer.h"
#include "codes/codes.h"
#include "feeds/ssda903-inside.h"

/* la, child, year, batch and, for episodes, file and row_number go first. */
enum { LEADING = 6 };

/* Numbers are answers, counts of adopters and scores of two digits. */
enum { MOST_NUMBER = 999 };

static bool keeps_place(const struct ssda903_table *table)
{
	return table->key == NULL;
}

static bool open_bulk(struct ssda903_return *one, enum ssda903_which which,
	struct fault *fault)
{
	const struct ssda903_table *table = &ssda903_tables[which];
	if (table->store == NULL || one->bulks[which] != NULL)
		return true;
	struct buffer columns = {.maximum = 2048};
	buffer_string(&columns, "la, child, year, batch");
	if (keeps_place(table))
		buffer_string(&columns, ", file, row_number");
	for (int i = 0; i < SSDA903_FIELDS; i++)
		if (table->fields[i].store != NULL)
			buffer_format(&columns, ", %s", table->fields[i].store);
	struct store *store = one->feed->store;
	bool is_open = table->key == NULL
		? store_bulk_open(store, table->store, columns.bytes,
			&one->bulks[which], fault)
		: store_bulk_open_replacing(store,
			&(struct store_target){.table = table->store,
				.columns = columns.bytes,
				.key = table->key,
				.version = "year"},
			&one->bulks[which], fault);
	buffer_finish(&columns);
	return is_open;
}

bool ssda903_return_open(struct ssda903_return *one, struct fault *fault)
{
	one->seen = map_open();
	one->row = arena_open();
	for (int i = 0; i < SSDA903_TABLES; i++)
		if (!open_bulk(one, (enum ssda903_which)i, fault))
			return false;
	return true;
}

bool ssda903_return_flush(struct ssda903_return *one, struct fault *fault)
{
	for (int i = 0; i < SSDA903_TABLES; i++)
		if (one->bulks[i] != NULL
			&& !store_bulk_flush(one->bulks[i], fault))
			return false;
	return true;
}

void ssda903_return_close(struct ssda903_return *one)
{
	for (int i = 0; i < SSDA903_TABLES; i++)
		store_bulk_close(one->bulks[i]);
	map_close(one->seen);
	arena_close(one->row);
}

static bool flaw(struct ssda903_return *one, struct feed_place place,
	const struct feed_flaw *what, struct fault *fault)
{
	struct feed_flaw whole = *what;
	whole.file = place.file;
	whole.row = place.row;
	return feed_flaw_add(one->batch, &whole, fault);
}

/* An unreadable key refuses the row, anything else is left empty. */
static bool bad_date(struct ssda903_return *one,
	const struct ssda903_field *field, struct text value,
	struct feed_place place, struct fault *fault)
{
	return flaw(one, place,
		&(struct feed_flaw){.column = field->column,
			.value = value,
			.rule = "date",
			.severity = field->is_key ? FEED_REFUSED : FEED_WARNED,
			.message = field->is_key
				? "The row needs a date here, as DD/MM/YYYY."
				: "This is not a date, as DD/MM/YYYY; it was left out."},
		fault);
}

static bool check_code(struct ssda903_return *one,
	const struct ssda903_field *field, struct text code,
	struct feed_place place, struct fault *fault)
{
	if (field->codes == NULL || code.length == 0
		|| codes_is_known(one->feed->codes, field->codes, code))
		return true;
	return flaw(one, place,
		&(struct feed_flaw){.column = field->column,
			.value = code,
			.rule = "code",
			.severity = FEED_WARNED,
			.message = "This is not a code of the return; it was kept as"
				   " it stands."},
		fault);
}

/* Letters, then digits, a digit and two letters: what a postcode looks like
 * without its space. */
static bool is_postcode(struct text text)
{
	if (text.length < 5 || text.length > 7)
		return false;
	struct text inward = text_cut(text, text.length - 3, 3);
	bool is_right = text.at[0] >= 'A' && text.at[0] <= 'Z'
		&& inward.at[0] >= '0' && inward.at[0] <= '9';
	for (size_t i = 1; is_right && i < 3; i++)
		is_right = inward.at[i] >= 'A' && inward.at[i] <= 'Z';
	return is_right;
}

static bool check_postcode(struct ssda903_return *one,
	const struct ssda903_field *field, struct text value,
	struct feed_place place, struct fault *fault)
{
	if (value.length == 0 || is_postcode(value))
		return true;
	return flaw(one, place,
		&(struct feed_flaw){.column = field->column,
			.value = value,
			.rule = "postcode",
			.severity = FEED_WARNED,
			.message = "This does not look like a postcode; it was kept"
				   " as it stands."},
		fault);
}

/* Turns one field into a value. *out_usable is false if it refuses the row. */
static bool field_value(struct ssda903_return *one,
	const struct ssda903_field *field, struct text text,
	struct feed_place place, struct store_value *out_value,
	bool *out_usable, struct fault *fault)
{
	struct date date = DATE_NONE;
	int64_t number;
	*out_value = store_null();
	if (field->is_key && text.length == 0) {
		*out_usable = false;
		return flaw(one, place,
			&(struct feed_flaw){.column = field->column,
				.rule = "missing",
				.severity = FEED_REFUSED,
				.message = "The row cannot be used without this."},
			fault);
	}
	if (field->type == SSDA903_CHILD && text.length > PEOPLE_NUMBER) {
		*out_usable = false;
		return flaw(one, place,
			&(struct feed_flaw){.column = field->column,
				.value = text,
				.rule = "identity",
				.severity = FEED_REFUSED,
				.message = "No child's number is as long as this."},
			fault);
	}
	switch (field->type) {
	case SSDA903_DATE:
		if (text.length > 0 && !date_read_any(text, &date)) {
			*out_usable = !field->is_key;
			return bad_date(one, field, text, place, fault);
		}
		*out_value = store_date(date);
		return true;
	case SSDA903_CODE:
		text = feed_squeezed(one->row, text);
		*out_value = store_maybe(text);
		return check_code(one, field, text, place, fault);
	case SSDA903_POSTCODE:
		text = feed_squeezed(one->row, text);
		*out_value = store_maybe(text);
		return check_postcode(one, field, text, place, fault);
	case SSDA903_NUMBER:
		if (text.length == 0)
			return true;
		if (text_to_whole(text, &number) && number >= 0
			&& number <= MOST_NUMBER) {
			*out_value = store_integer(number);
			return true;
		}
		return flaw(one, place,
			&(struct feed_flaw){.column = field->column,
				.value = text,
				.rule = "number",
				.severity = FEED_WARNED,
				.message = "This is not a whole number from 0 to 999;"
					   " it was left out."},
			fault);
	case SSDA903_CHILD:
	case SSDA903_CLUE:
	case SSDA903_TEXT:
		break;
	}
	*out_value = store_maybe(text);
	return true;
}

/* A stretch of days (DECOM to DEC, MIS_START to MIS_END) cannot end before it
 * starts. The start is part of the row's key, so the end is what goes. */
static bool check_stretch(struct ssda903_return *one,
	const struct ssda903_table *table, const struct text *fields,
	struct store_value *typed, struct feed_place place, struct fault *fault)
{
	int start = -1;
	for (int i = 0; i < SSDA903_FIELDS && table->fields[i].column; i++) {
		const struct ssda903_field *field = &table->fields[i];
		if (field->type != SSDA903_DATE)
			continue;
		if (field->is_key) {
			start = i;
			continue;
		}
		struct date end = typed[i].date;
		if (start < 0 || typed[start].kind != STORE_DATE
			|| typed[i].kind != STORE_DATE || end.day == 0
			|| end.day >= typed[start].date.day)
			continue;
		typed[i] = store_null();
		return flaw(one, place,
			&(struct feed_flaw){.column = field->column,
				.value = fields[i],
				.rule = "order",
				.severity = FEED_WARNED,
				.message = "The end lies before the start; it was"
					   " left out."},
			fault);
	}
	return true;
}

/* ---- The child a row is about ---- */

static struct text canonical_sex(struct text code)
{
	static const struct {
		const char *code, *sex;
	} codings[] = {{"1", "M"}, {"2", "F"}, {"M", "M"}, {"F", "F"},
		{"U", "U"}};
	for (size_t i = 0; i < COUNT_OF(codings); i++)
		if (text_equals_folded(code, text_of(codings[i].code)))
			return text_of(codings[i].sex);
	return (struct text){.at = NULL, .length = 0};
}

static struct text field_named(const struct ssda903_table *table,
	const struct text *fields, const char *name)
{
	for (int i = 0; table->fields[i].column != NULL && i < SSDA903_FIELDS; i++)
		if (text_is(text_of(name), table->fields[i].column))
			return fields[i];
	return (struct text){.at = NULL, .length = 0};
}

static bool clue_date(struct ssda903_return *one, const char *column,
	struct text value, struct feed_place place, struct date *out_date,
	struct fault *fault)
{
	if (value.length == 0 || date_read_any(value, out_date))
		return true;
	struct ssda903_field field = {.column = column};
	return bad_date(one, &field, value, place, fault);
}

static bool make_clue(struct ssda903_return *one,
	const struct ssda903_table *table, const struct text *fields,
	struct feed_place place, struct people_clue *out_clue,
	struct fault *fault)
{
	struct text sex = field_named(table, fields, "SEX");
	struct text ethnic = feed_squeezed(one->row,
		field_named(table, fields, "ETHNIC"));
	struct people_clue clue = {.sex = canonical_sex(sex),
		.is_uasc = table == &ssda903_tables[SSDA903_UASC]};
	clue.numbers[IDENTIFIER_CHILD_ID] = fields[0];
	clue.numbers[IDENTIFIER_UPN] = feed_squeezed(one->row,
		field_named(table, fields, "UPN"));
	if (codes_is_known(one->feed->codes, "ethnic", ethnic))
		clue.ethnicity = ethnic;
	else
		clue.ethnicity_source = ethnic;
	for (int i = 0; i < SSDA903_FIELDS && table->fields[i].column; i++)
		if (table->fields[i].type == SSDA903_CLUE
			&& !check_code(one, &table->fields[i],
				feed_squeezed(one->row, fields[i]), place, fault))
			return false;
	if (!clue_date(one, "DOB", field_named(table, fields, "DOB"), place,
		    &clue.born, fault)
		|| !clue_date(one, "MC_DOB", field_named(table, fields, "MC_DOB"),
			place, &clue.mother_of, fault))
		return false;
	*out_clue = clue;
	return true;
}

/* Header has one row a child; a second one is kept aside. */
static bool check_double(struct ssda903_return *one, struct text child,
	struct feed_place place, bool *out_usable, struct fault *fault)
{
	int64_t first;
	if (!map_get(one->seen, child, &first)) {
		map_set(one->seen, child, place.row);
		return true;
	}
	char message[96];
	snprintf(message, sizeof message,
		"The child is in row %lld already; this row was kept aside.",
		(long long)first);
	*out_usable = false;
	return flaw(one, place,
		&(struct feed_flaw){.column = "CHILD",
			.value = child,
			.rule = "duplicate",
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

static bool add_row(struct ssda903_return *one, enum ssda903_which which,
	const struct store_value *typed, int64_t child, struct feed_place place,
	struct fault *fault)
{
	const struct ssda903_table *table = &ssda903_tables[which];
	struct store_value values[LEADING + SSDA903_FIELDS];
	size_t count = 0;
	values[count++] = store_integer(one->feed->la);
	values[count++] = store_integer(child);
	values[count++] = store_integer(one->year);
	values[count++] = store_integer(feed_batch_id(one->batch));
	if (keeps_place(table)) {
		values[count++] = store_integer(place.file);
		values[count++] = store_integer(place.row);
	}
	for (int i = 0; i < SSDA903_FIELDS; i++)
		if (table->fields[i].store != NULL)
			values[count++] = typed[i];
	return store_bulk_row(one->bulks[which], values, count, fault);
}

bool ssda903_row(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place, struct fault *fault)
{
	const struct ssda903_table *table = &ssda903_tables[which];
	struct store_value typed[SSDA903_FIELDS] = {{.kind = STORE_NULL}};
	bool is_usable = true;
	arena_reset(one->row);
	for (int i = 0; i < SSDA903_FIELDS && table->fields[i].column; i++)
		if (is_usable
			&& !field_value(one, &table->fields[i], fields[i],
				place, &typed[i], &is_usable, fault))
			return false;
	if (is_usable && which == SSDA903_HEADER
		&& !check_double(one, fields[0], place, &is_usable, fault))
		return false;
	if (!is_usable)
		return true;
	struct people_clue clue;
	int64_t child;
	return check_stretch(one, table, fields, typed, place, fault)
		&& make_clue(one, table, fields, place, &clue, fault)
		&& feed_claim(one->batch, &clue, place, &child, fault)
		&& (table->store == NULL
			|| add_row(one, which, typed, child, place, fault));
}
