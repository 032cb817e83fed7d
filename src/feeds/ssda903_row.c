/* SPDX-License-Identifier: MIT
 *
 * One row of an SSDA903 table: from text to typed values, with every fault
 * named. Which check a field gets is in the table of fields, not here.
 *
 * Long because the words of every fault of a field stand beside its check.
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

static int place_named(const struct ssda903_table *table, const char *name)
{
	for (int i = 0; i < SSDA903_FIELDS && table->fields[i].column; i++)
		if (text_is(text_of(name), table->fields[i].column))
			return i;
	return -1;
}

/* A stretch of days (DECOM to DEC, MIS_START to MIS_END): its start is the
 * date of the row's key, its end the one date besides. */
static void plan_stretch(const struct ssda903_table *table,
	struct ssda903_plan *plan)
{
	plan->start = plan->end = -1;
	for (int i = 0; i < plan->fields; i++) {
		if (table->fields[i].type != SSDA903_DATE)
			continue;
		if (table->fields[i].is_key)
			plan->start = i;
		else if (plan->start >= 0 && plan->end < 0)
			plan->end = i;
	}
}

/* A code found in such a list needs no looking at for blanks and case. */
static bool is_all_squeezed(const struct codes_list *list)
{
	for (size_t i = 0; list != NULL && i < list->count; i++)
		if (!feed_is_squeezed(list->entries[i].code))
			return false;
	return true;
}

static void make_plan(const struct codes *codes,
	const struct ssda903_table *table, struct ssda903_plan *plan)
{
	plan->width = keeps_place(table) ? LEADING : LEADING - 2;
	while (plan->fields < SSDA903_FIELDS
		&& table->fields[plan->fields].column != NULL)
		plan->fields++;
	for (int i = 0; i < plan->fields; i++) {
		const struct ssda903_field *field = &table->fields[i];
		plan->columns[i] = field->store == NULL ? -1 : plan->width++;
		plan->lists[i] = field->codes == NULL
			? NULL
			: codes_list(codes, field->codes);
		plan->is_squeezed[i] = is_all_squeezed(plan->lists[i]);
	}
	plan->sex = place_named(table, "SEX");
	plan->ethnic = place_named(table, "ETHNIC");
	plan->upn = place_named(table, "UPN");
	plan->born = place_named(table, "DOB");
	plan->mother_of = place_named(table, "MC_DOB");
	plan->is_brief = plan->sex < 0 && plan->ethnic < 0 && plan->upn < 0
		&& plan->mother_of < 0;
	plan_stretch(table, plan);
}

bool ssda903_return_open(struct ssda903_return *one, struct fault *fault)
{
	one->seen = numbers_open();
	one->row = arena_open();
	one->ethnic = codes_list(one->feed->codes, "ethnic");
	for (int i = 0; i < SSDA903_TABLES; i++) {
		make_plan(one->feed->codes, &ssda903_tables[i], &one->plans[i]);
		if (!open_bulk(one, (enum ssda903_which)i, fault))
			return false;
	}
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
	numbers_close(one->seen);
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

/* A field of a row being read. */
struct cell {
	const struct ssda903_field *field;
	const struct codes_list *list; /* NULL: free */
	struct text text;
	struct feed_place place; /* of the row */
};

static bool check_code(struct ssda903_return *one, const struct cell *cell,
	struct text code, struct fault *fault)
{
	const struct ssda903_field *field = cell->field;
	struct feed_place place = cell->place;
	const struct codes_entry *entry = codes_in(cell->list, code, DATE_NONE);
	if (cell->list == NULL || code.length == 0)
		return true;
	if (entry != NULL && codes_is_in(entry, one->days))
		return true;
	if (entry != NULL)
		return flaw(one, place,
			&(struct feed_flaw){.column = field->column,
				.value = code,
				.rule = "code-year",
				.severity = FEED_WARNED,
				.message = "This code is of other years than the"
					   " return's; it was kept as it stands."},
			fault);
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

static bool refuse_cell(struct ssda903_return *one, const struct cell *cell,
	const char *rule, const char *message, struct fault *fault)
{
	return flaw(one, cell->place,
		&(struct feed_flaw){.column = cell->field->column,
			.value = cell->text,
			.rule = rule,
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

static bool number_value(struct ssda903_return *one, const struct cell *cell,
	struct store_value *out_value, struct fault *fault)
{
	int64_t number;
	*out_value = store_null();
	if (cell->text.length == 0)
		return true;
	if (text_to_whole(cell->text, &number) && number >= 0
		&& number <= MOST_NUMBER) {
		*out_value = store_integer(number);
		return true;
	}
	return flaw(one, cell->place,
		&(struct feed_flaw){.column = cell->field->column,
			.value = cell->text,
			.rule = "number",
			.severity = FEED_WARNED,
			.message = "This is not a whole number from 0 to 999;"
				   " it was left out."},
		fault);
}

static bool is_valid(const struct ssda903_return *one,
	const struct codes_list *list, struct text code)
{
	return codes_is_in(codes_in(list, code, DATE_NONE), one->days);
}

/* Up to three digits: 0 to 999. */
static bool take_digits(struct text text, struct store_value *out_value)
{
	int64_t number = 0;
	if (text.length > 3)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
		number = number * 10 + (text.at[i] - '0');
	}
	out_value->kind = STORE_INTEGER;
	out_value->integer = number;
	return true;
}

/* "N10 1AA" without its space, in the room given; anything else as it is. */
static struct text close_gap(struct text text, char room[SSDA903_POSTCODE_BYTES])
{
	enum { OUTWARD = 4, INWARD = 3, SHORTEST = 6 }; /* "N1 1AA" */
	if (text.length < SHORTEST || text.length > SSDA903_POSTCODE_BYTES
		|| text.at[text.length - INWARD - 1] != ' ')
		return text;
	size_t gap = text.length - INWARD - 1;
	memcpy(room, text.at, OUTWARD);
	memcpy(room + gap, text.at + gap + 1, INWARD);
	return (struct text){room, text.length - 1};
}

/* A field as nearly all are: right, and read at a glance. False: it has to be
 * looked at by field_value, which comes to the same where it is right. */
static inline bool take_quickly(struct ssda903_return *one,
	enum ssda903_which which, int at, struct text text,
	struct store_value *out_value)
{
	const struct ssda903_field *field = &ssda903_tables[which].fields[at];
	const struct ssda903_plan *plan = &one->plans[which];
	struct date date;
	if (text.length == 0) {
		out_value->kind = STORE_NULL;
		return !field->is_key;
	}
	switch (field->type) {
	case SSDA903_DATE:
		if (!date_read_any(text, &date))
			return false;
		out_value->kind = STORE_DATE;
		out_value->date = date;
		return true;
	case SSDA903_CODE:
		if (!is_valid(one, plan->lists[at], text)
			|| (!plan->is_squeezed[at] && !feed_is_squeezed(text)))
			return false;
		break;
	case SSDA903_CHILD:
		if (text.length > PEOPLE_NUMBER)
			return false;
		break;
	case SSDA903_CLUE:
	case SSDA903_TEXT:
		break;
	case SSDA903_NUMBER:
		return take_digits(text, out_value);
	case SSDA903_POSTCODE:
		text = feed_squeezed(one->row,
			close_gap(text, one->postcodes[at]));
		if (!is_postcode(text))
			return false;
		break;
	}
	out_value->kind = STORE_TEXT;
	out_value->text = text;
	return true;
}

/* Turns one field into a value. *out_usable is false if it refuses the row. */
static bool field_value(struct ssda903_return *one, const struct cell *cell,
	struct store_value *out_value, bool *out_usable, struct fault *fault)
{
	const struct ssda903_field *field = cell->field;
	struct text text = cell->text;
	struct date date = DATE_NONE;
	*out_value = store_null();
	if (field->is_key && text.length == 0) {
		*out_usable = false;
		return refuse_cell(one, cell, "missing",
			"The row cannot be used without this.", fault);
	}
	if (field->type == SSDA903_CHILD && text.length > PEOPLE_NUMBER) {
		*out_usable = false;
		return refuse_cell(one, cell, "identity",
			"No child's number is as long as this.", fault);
	}
	switch (field->type) {
	case SSDA903_DATE:
		if (text.length > 0 && !date_read_any(text, &date)) {
			*out_usable = !field->is_key;
			return bad_date(one, field, text, cell->place, fault);
		}
		*out_value = store_date(date);
		return true;
	case SSDA903_CODE:
		text = feed_squeezed(one->row, text);
		*out_value = store_maybe(text);
		return check_code(one, cell, text, fault);
	case SSDA903_POSTCODE:
		text = feed_squeezed(one->row, text);
		*out_value = store_maybe(text);
		return check_postcode(one, field, text, cell->place, fault);
	case SSDA903_NUMBER:
		return number_value(one, cell, out_value, fault);
	case SSDA903_CHILD:
	case SSDA903_CLUE:
	case SSDA903_TEXT:
		break;
	}
	*out_value = store_maybe(text);
	return true;
}

/* The end of a stretch cannot lie before its start. The start is part of the
 * row's key, so the end is what goes. */
static bool check_stretch(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct store_value *values,
	struct feed_place place, struct fault *fault)
{
	const struct ssda903_plan *plan = &one->plans[which];
	if (plan->end < 0)
		return true;
	const struct store_value *start = &values[plan->columns[plan->start]];
	struct store_value *end = &values[plan->columns[plan->end]];
	if (start->kind != STORE_DATE || end->kind != STORE_DATE
		|| end->date.day >= start->date.day)
		return true;
	*end = store_null();
	return flaw(one, place,
		&(struct feed_flaw){.column = ssda903_tables[which]
						      .fields[plan->end]
						      .column,
			.value = fields[plan->end],
			.rule = "order",
			.severity = FEED_WARNED,
			.message = "The end lies before the start; it was"
				   " left out."},
		fault);
}

/* ---- The child a row is about ---- */

static struct text canonical_sex(struct text code)
{
	static const struct {
		char code;
		struct text sex;
	} codings[] = {{'1', {"M", 1}}, {'2', {"F", 1}}, {'M', {"M", 1}},
		{'F', {"F", 1}}, {'U', {"U", 1}}, {'m', {"M", 1}},
		{'f', {"F", 1}}, {'u', {"U", 1}}};
	for (size_t i = 0; code.length == 1 && i < COUNT_OF(codings); i++)
		if (code.at[0] == codings[i].code)
			return codings[i].sex;
	return (struct text){.at = NULL, .length = 0};
}

static struct text field_at(const struct text *fields, int place)
{
	return place < 0 ? (struct text){.at = NULL, .length = 0} : fields[place];
}

/* What helps to know the child is not written, so it is checked here. */
static bool check_clues(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place, struct fault *fault)
{
	const struct ssda903_plan *plan = &one->plans[which];
	const int places[] = {plan->sex, plan->ethnic};
	for (size_t i = 0; i < COUNT_OF(places); i++) {
		int at = places[i];
		if (at < 0 || fields[at].length == 0
			|| (plan->is_squeezed[at]
				&& is_valid(one, plan->lists[at], fields[at])))
			continue;
		struct cell cell = {&ssda903_tables[which].fields[at],
			plan->lists[at], fields[at], place};
		if (!check_code(one, &cell, feed_squeezed(one->row, fields[at]),
			    fault))
			return false;
	}
	return true;
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

static bool make_clue(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place,
	struct people_clue *clue, struct fault *fault)
{
	const struct ssda903_plan *plan = &one->plans[which];
	struct text ethnic = feed_squeezed(one->row,
		field_at(fields, plan->ethnic));
	clue->sex = canonical_sex(field_at(fields, plan->sex));
	clue->is_uasc = which == SSDA903_UASC;
	clue->numbers[IDENTIFIER_CHILD_ID] = fields[0];
	clue->numbers[IDENTIFIER_UPN] = feed_squeezed(one->row,
		field_at(fields, plan->upn));
	if (ethnic.length > 0 && codes_in(one->ethnic, ethnic, DATE_NONE) != NULL)
		clue->ethnicity = ethnic;
	else
		clue->ethnicity_source = ethnic;
	return check_clues(one, which, fields, place, fault)
		&& clue_date(one, "DOB", field_at(fields, plan->born), place,
			&clue->born, fault)
		&& clue_date(one, "MC_DOB", field_at(fields, plan->mother_of),
			place, &clue->mother_of, fault);
}

/* Header has one row a child; a second one is kept aside. */
static bool check_double(struct ssda903_return *one, struct text child,
	struct feed_place place, bool *out_usable, struct fault *fault)
{
	struct numbers_key key = numbers_key_of(one->seen, IDENTIFIER_CHILD_ID,
		child);
	uint32_t first = numbers_first(one->seen, &key);
	if (first == 0) {
		numbers_add(one->seen, &key, (int32_t)place.row);
		return true;
	}
	char message[96];
	snprintf(message, sizeof message,
		"The child is in row %lld already; this row was kept aside.",
		(long long)numbers_person(one->seen, first));
	*out_usable = false;
	return flaw(one, place,
		&(struct feed_flaw){.column = "CHILD",
			.value = child,
			.rule = "duplicate",
			.severity = FEED_REFUSED,
			.message = message},
		fault);
}

static inline void set_integer(struct store_value *value, int64_t integer)
{
	value->kind = STORE_INTEGER;
	value->integer = integer;
}

/* Member by member: a whole value would be read back before it is written. */
static bool add_row(struct ssda903_return *one, enum ssda903_which which,
	struct store_value *values, int64_t child, struct feed_place place,
	struct fault *fault)
{
	set_integer(&values[0], one->feed->la);
	set_integer(&values[1], child);
	set_integer(&values[2], one->year);
	set_integer(&values[3], feed_batch_id(one->batch));
	if (keeps_place(&ssda903_tables[which])) {
		set_integer(&values[4], place.file);
		set_integer(&values[5], place.row);
	}
	return store_bulk_row(one->bulks[which], values,
		(size_t)one->plans[which].width, fault);
}

/* The row's own words of its child one after the other; empty if there is more
 * that tells of the child, or they are longer than usual. */
static struct text brief_clue(const struct ssda903_plan *plan,
	const struct text *fields, char out_clue[SSDA903_CLUE_BYTES])
{
	struct text id = fields[0], born = field_at(fields, plan->born);
	size_t length = id.length + 1 + born.length;
	if (!plan->is_brief || length > SSDA903_CLUE_BYTES)
		return (struct text){.at = NULL, .length = 0};
	memcpy(out_clue, id.at, id.length);
	out_clue[id.length] = '\0'; /* stands in no field */
	if (born.length > 0)
		memcpy(out_clue + id.length + 1, born.at, born.length);
	return (struct text){out_clue, length};
}

/* Rows of a child stand together. Where the row before said the same of its
 * child and nothing was amiss, claiming it again would change nothing. */
static bool claim(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place, int64_t *out_child,
	struct fault *fault)
{
	char bytes[SSDA903_CLUE_BYTES];
	struct text brief = brief_clue(&one->plans[which], fields, bytes);
	struct text last = {one->last_clue, one->last_length};
	if (one->last_child != 0 && one->last_which == which && brief.length > 0
		&& text_equals(brief, last)) {
		*out_child = one->last_child;
		return true;
	}
	struct people_clue clue = {.is_uasc = false};
	int64_t flaws = feed_flaws(one->batch);
	if (!make_clue(one, which, fields, place, &clue, fault)
		|| !feed_claim(one->batch, &clue, place, out_child, fault))
		return false;
	bool is_plain = brief.length > 0 && feed_flaws(one->batch) == flaws;
	one->last_child = is_plain ? *out_child : 0;
	one->last_which = which;
	one->last_length = brief.length;
	if (is_plain)
		memcpy(one->last_clue, bytes, brief.length);
	return true;
}

bool ssda903_row(struct ssda903_return *one, enum ssda903_which which,
	const struct text *fields, struct feed_place place, struct fault *fault)
{
	const struct ssda903_table *table = &ssda903_tables[which];
	const struct ssda903_plan *plan = &one->plans[which];
	struct store_value values[LEADING + SSDA903_FIELDS], ignored;
	bool is_usable = true;
	arena_reset(one->row);
	for (int i = 0; is_usable && i < plan->fields; i++) {
		struct store_value *value = plan->columns[i] < 0
			? &ignored
			: &values[plan->columns[i]];
		struct cell cell;
		if (take_quickly(one, which, i, fields[i], value))
			continue;
		cell = (struct cell){&table->fields[i], plan->lists[i],
			fields[i], place};
		if (!field_value(one, &cell, value, &is_usable, fault))
			return false;
	}
	if (is_usable && which == SSDA903_HEADER && !one->feed->only_typed
		&& !check_double(one, fields[0], place, &is_usable, fault))
		return false;
	if (!is_usable)
		return true;
	int64_t child;
	return check_stretch(one, which, fields, values, place, fault)
		&& claim(one, which, fields, place, &child, fault)
		&& (table->store == NULL || one->feed->only_typed
			|| add_row(one, which, values, child, place, fault));
}
