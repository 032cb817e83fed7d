/* SPDX-License-Identifier: MIT
 *
 * Reading and showing values by the type of their field.
 */
#include "register/given.h"

#include "base/encoding.h"

/* ---- Reading ---- */

struct reading {
	const struct definition_field *field;
	struct date on;
	struct arena *arena;
	const char *message;
};

static bool refuse(struct reading *reading, const char *rest)
{
	reading->message = arena_format(reading->arena, "%s %s",
		reading->field->label, rest);
	return false;
}

static bool has_control(struct text text, bool may_have_lines)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool is_line = c == '\n' || c == '\r' || c == '\t';
		if ((c < ' ' && !(may_have_lines && is_line)) || c == 0x7f)
			return true;
	}
	return false;
}

static bool read_text(struct reading *reading, struct text text, struct value *out)
{
	bool is_prose = reading->field->type == DEFINITION_PROSE;
	if (has_control(text, is_prose))
		return refuse(reading,
			is_prose ? "must not hold control characters"
				 : "must be on one line");
	if ((int64_t)text.length > reading->field->most)
		return refuse(reading,
			arena_format(reading->arena,
				"must be %lld characters or fewer",
				(long long)reading->field->most));
	*out = value_text(arena_text(reading->arena, text));
	return true;
}

/* "2 September 2024", "2 Sep 2024" */
static bool read_words(struct text text, struct date *out_date)
{
	static const char *const months[] = {"january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december"};
	struct text month, year;
	int64_t day_number, year_number;
	struct text day = text_split(text, ' ', &month);
	month = text_split(text_trim(month), ' ', &year);
	if (!text_to_int64(day, &day_number) || month.length < 3
		|| !text_to_int64(text_trim(year), &year_number)
		|| year_number < 1900 || year_number > 2199 || day_number < 1
		|| day_number > 31)
		return false;
	for (int i = 0; i < 12; i++) {
		struct text name = text_of(months[i]);
		if (!text_equals_folded(month, name)
			&& !text_equals_folded(month, text_cut(name, 0, 3)))
			continue;
		*out_date = date_from((int)year_number, i + 1, (int)day_number);
		return !date_is_none(*out_date);
	}
	return false;
}

static bool read_date(struct reading *reading, struct text text, struct value *out)
{
	struct date date;
	if (!date_read_any(text, &date) && !read_words(text, &date))
		return refuse(reading,
			"must be a real date, as 27 9 2024 or 2024-09-27");
	*out = value_date(date);
	return true;
}

/* By code, else by label. */
static const struct codes_entry *find_code(struct reading *reading,
	struct text text)
{
	const struct codes_list *list = reading->field->list;
	const struct codes_entry *entry = codes_in(list, text, reading->on);
	for (size_t i = 0; entry == NULL && i < list->count; i++)
		if (text_equals_folded(list->entries[i].label, text)
			|| text_equals_folded(list->entries[i].code, text))
			entry = codes_in(list, list->entries[i].code,
				reading->on);
	return entry;
}

static bool read_code(struct reading *reading, struct text text, struct value *out)
{
	const struct codes_entry *entry = find_code(reading, text);
	if (entry == NULL)
		return refuse(reading, "must be one of the list");
	*out = value_text(entry->code);
	return true;
}

/* "A;C", "A, C": kept in the order of the list, each once. */
static bool read_codes(struct reading *reading, struct text text,
	struct value *out)
{
	const struct codes_list *list = reading->field->list;
	bool *is_given = arena_array(reading->arena, list->count + 1,
		sizeof *is_given);
	struct buffer joined = {.maximum = 1 << 16};
	while (text.length > 0) {
		char mark = text_has(text, TEXT(";")) ? ';' : ',';
		struct text one = text_trim(text_split(text, mark, &text));
		const struct codes_entry *entry = one.length == 0
			? NULL
			: find_code(reading, one);
		if (one.length > 0 && entry == NULL)
			return refuse(reading, "must be of the list");
		for (size_t i = 0; entry != NULL && i < list->count; i++)
			if (text_equals(list->entries[i].code, entry->code)) {
				is_given[i] = true;
				break;
			}
	}
	for (size_t i = 0; i < list->count; i++)
		if (is_given[i]) {
			if (joined.length > 0)
				buffer_char(&joined, ';');
			buffer_add(&joined, list->entries[i].code);
		}
	*out = value_text(arena_text(reading->arena, buffer_text(&joined)));
	buffer_finish(&joined);
	return true;
}

/* Whole numbers with `places` decimals: "12.5" with one is 125. */
static bool read_decimal(struct text text, int places, int64_t *out_number)
{
	struct text fraction;
	bool has_point = text_has(text, TEXT("."));
	struct text whole = text_split(text, '.', &fraction);
	int64_t number = 0, part = 0;
	if (!text_to_int64(whole, &number) || number < 0 || number > INT32_MAX
		|| (has_point && fraction.length == 0)
		|| fraction.length > (size_t)places
		|| (has_point && !text_to_int64(fraction, &part)) || part < 0)
		return false;
	for (size_t i = fraction.length; i < (size_t)places; i++)
		part *= 10;
	for (int i = 0; i < places; i++)
		number *= 10;
	*out_number = number + part;
	return true;
}

static int places_of(enum definition_type type)
{
	return type == DEFINITION_TENTHS ? 1 : type == DEFINITION_PENCE ? 2 : 0;
}

static struct text number_shown(const struct definition_field *field,
	int64_t number, struct arena *arena)
{
	int places = places_of(field->type);
	int64_t unit = places == 2 ? 100 : places == 1 ? 10 : 1;
	return text_of(places == 0
			? arena_format(arena, "%lld", (long long)number)
			: arena_format(arena, "%lld.%0*lld",
				(long long)(number / unit), places,
				(long long)(number % unit)));
}

static bool read_number(struct reading *reading, struct text text,
	struct value *out)
{
	const struct definition_field *field = reading->field;
	int64_t number;
	if (field->type == DEFINITION_PENCE && text_starts(text, TEXT("£")))
		text = text_cut(text, 2, text.length);
	if (!read_decimal(text, places_of(field->type), &number))
		return refuse(reading,
			field->type == DEFINITION_WHOLE
				? "must be a whole number"
				: "must be a number, as 12.5");
	if (number < field->least || number > field->most)
		return refuse(reading,
			arena_format(reading->arena,
				"must be from " TEXT_FORMAT " to " TEXT_FORMAT,
				TEXT_ARGS(number_shown(field, field->least,
					reading->arena)),
				TEXT_ARGS(number_shown(field, field->most,
					reading->arena))));
	*out = value_number(number);
	return true;
}

static bool read_yesno(struct reading *reading, struct text text,
	struct value *out)
{
	static const struct {
		const char *word;
		bool flag;
	} words[] = {{"yes", true}, {"y", true}, {"true", true}, {"1", true},
		{"no", false}, {"n", false}, {"false", false}, {"0", false}};
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (text_equals_folded(text, text_of(words[i].word))) {
			*out = value_flag(words[i].flag);
			return true;
		}
	return refuse(reading, "must be yes or no");
}

/* A URN has 6 digits, a LAESTAB 7. */
static bool read_school(struct reading *reading, struct text text,
	struct value *out)
{
	bool is_number = text.length == 6 || text.length == 7;
	for (size_t i = 0; i < text.length; i++)
		is_number = is_number && text.at[i] >= '0' && text.at[i] <= '9';
	if (!is_number)
		return refuse(reading,
			"must be a school's URN (6 digits) or LAESTAB (7)");
	*out = value_text(arena_text(reading->arena, text));
	return true;
}

/* Capitals, one space before the last three: "N1 1XX". */
static bool read_postcode(struct reading *reading, struct text text,
	struct value *out)
{
	char letters[8];
	size_t count = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		if (c == ' ')
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		bool is_one = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!is_one || count == 7)
			return refuse(reading, "must be a postcode, as N1 1XX");
		letters[count++] = c;
	}
	if (count < 5)
		return refuse(reading, "must be a postcode, as N1 1XX");
	*out = value_text(text_of(arena_format(reading->arena, "%.*s %.3s",
		(int)count - 3, letters, letters + count - 3)));
	return true;
}

static bool read_phone(struct reading *reading, struct text text,
	struct value *out)
{
	size_t digits = 0;
	for (size_t i = 0; i < text.length; i++) {
		char c = text.at[i];
		bool is_digit = c >= '0' && c <= '9';
		digits += is_digit;
		if (!is_digit && c != ' ' && c != '+' && c != '(' && c != ')'
			&& c != '-')
			return refuse(reading, "must be a phone number");
	}
	if (digits < 5 || digits > 15)
		return refuse(reading, "must be a phone number");
	*out = value_text(arena_text(reading->arena, text));
	return true;
}

static bool read_email(struct reading *reading, struct text text,
	struct value *out)
{
	struct text domain;
	struct text name = text_split(text, '@', &domain);
	if (name.length == 0 || !text_has(domain, TEXT("."))
		|| text_has(domain, TEXT("@")) || text_has(text, TEXT(" "))
		|| text.length > 254)
		return refuse(reading,
			"must be an e-mail address, as name@example.com");
	*out = value_text(arena_text(reading->arena, text));
	return true;
}

/* Names of people, entries and files: one word or line, not checked further
 * here; the desk looks them up. */
static bool read_name(struct reading *reading, struct text text, struct value *out)
{
	if (has_control(text, false) || text.length > 200)
		return refuse(reading, "must be on one line");
	*out = value_text(arena_text(reading->arena, text));
	return true;
}

static bool (*const readers[DEFINITION_TYPES])(struct reading *, struct text,
	struct value *) = {
	[DEFINITION_TEXT] = read_text,
	[DEFINITION_PROSE] = read_text,
	[DEFINITION_CODE] = read_code,
	[DEFINITION_CODES] = read_codes,
	[DEFINITION_DATE] = read_date,
	[DEFINITION_WHOLE] = read_number,
	[DEFINITION_TENTHS] = read_number,
	[DEFINITION_PENCE] = read_number,
	[DEFINITION_YESNO] = read_yesno,
	[DEFINITION_SCHOOL] = read_school,
	[DEFINITION_ACCOUNT] = read_name,
	[DEFINITION_POSTCODE] = read_postcode,
	[DEFINITION_PHONE] = read_phone,
	[DEFINITION_EMAIL] = read_email,
	[DEFINITION_LINK] = read_name,
	[DEFINITION_DOCUMENT] = read_name,
};

bool given_read(const struct definition_field *field, struct text text,
	struct date on, struct arena *arena, struct value *out_value,
	const char **out_message)
{
	struct reading reading = {field, on, arena, NULL};
	text = text_trim(text);
	if (text.length == 0) {
		*out_value = value_empty();
		return true;
	}
	/* A document is JSON, which could not hold it. */
	bool is_text = encoding_is_utf8(text) || refuse(&reading, "must be text");
	if (is_text && readers[field->type](&reading, text, out_value))
		return true;
	*out_message = reading.message;
	return false;
}

const char *given_missing(const struct definition_field *field,
	struct arena *arena)
{
	bool is_choice = field->type == DEFINITION_CODE
		|| field->type == DEFINITION_CODES
		|| field->type == DEFINITION_YESNO;
	return arena_format(arena, "%s: %s", field->label,
		is_choice ? "select an answer" : "enter an answer");
}

/* ---- Showing ---- */

static struct text codes_shown(const struct definition_field *field,
	struct text codes, struct arena *arena)
{
	struct buffer out = {.maximum = 1 << 16};
	while (codes.length > 0) {
		struct text code = text_split(codes, ';', &codes);
		const struct codes_entry *entry = codes_in(field->list, code,
			DATE_NONE);
		if (out.length > 0)
			buffer_string(&out, "; ");
		buffer_add(&out, entry == NULL ? code : entry->label);
	}
	struct text shown = arena_text(arena, buffer_text(&out));
	buffer_finish(&out);
	return shown;
}

struct text given_shown(const struct definition_field *field,
	struct value value, struct arena *arena)
{
	char words[DATE_WORDS];
	switch (value.kind) {
	case VALUE_TEXT:
		return field->list == NULL
			? value.text
			: codes_shown(field, value.text, arena);
	case VALUE_DATE:
		date_words(value.date, words);
		return arena_text(arena, text_of(words));
	case VALUE_FLAG:
		return value.flag ? TEXT("Yes") : TEXT("No");
	case VALUE_NUMBER:
		return number_shown(field, value.number, arena);
	default:
		return TEXT("");
	}
}

struct text given_written(const struct definition_field *field,
	struct value value, struct arena *arena)
{
	char written[VALUE_WRITTEN];
	if (value.kind == VALUE_TEXT)
		return value.text;
	if (value.kind == VALUE_NUMBER)
		return number_shown(field, value.number, arena);
	return arena_text(arena, value_write(value, written));
}
