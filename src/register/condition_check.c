/* SPDX-License-Identifier: MIT
 *
 * Literals and operators: each is made only of values whose kinds fit, so that
 * running them cannot fail.
 */
#include "base/nearest.h"
#include "register/condition-inside.h"

const char *condition_kind_words(enum value_kind kind)
{
	static const char *const words[VALUE_KINDS] = {
		[VALUE_EMPTY] = "nothing",
		[VALUE_TEXT] = "a code or text",
		[VALUE_NUMBER] = "a number",
		[VALUE_DATE] = "a date",
		[VALUE_FLAG] = "yes or no",
	};
	return words[kind];
}

/* ---- Literals ---- */

/* Without its quotes; '' is one. */
static struct text unquote(struct arena *arena, struct text text)
{
	char *bytes = arena_new(arena, text.length);
	size_t length = 0;
	for (size_t i = 1; i + 1 < text.length; i++) {
		bytes[length++] = text.at[i];
		i += text.at[i] == '\'';
	}
	return (struct text){bytes, length};
}

static bool read_literal(struct condition_reader *reader,
	struct condition_token token, struct value *out_value)
{
	struct date date = DATE_NONE;
	int64_t number = 0;
	switch (token.kind) {
	case CONDITION_NUMBER:
		if (!text_to_int64(token.text, &number))
			return false;
		*out_value = value_number(number);
		return true;
	case CONDITION_DATE:
		if (!date_read_iso(token.text, &date))
			return false;
		*out_value = value_date(date);
		return true;
	case CONDITION_TEXT:
		*out_value = value_text(unquote(reader->arena, token.text));
		return out_value->kind == VALUE_TEXT;
	default:
		*out_value = value_text(token.text);
		return true;
	}
}

struct condition_node *condition_constant(struct condition_reader *reader,
	struct condition_token token)
{
	struct condition_node *node = condition_node(reader, CONDITION_CONSTANT,
		token.at);
	if (node == NULL)
		return NULL;
	if (!read_literal(reader, token, &node->constant))
		return condition_refuse(reader, token.at,
			token.kind == CONDITION_TEXT ? "the text is empty"
						     : "the number is too large",
			token.kind == CONDITION_TEXT ? "write is empty" : "");
	node->run = condition_run_constant;
	node->kind = node->constant.kind;
	node->written = token.text;
	node->is_given = true;
	return node;
}

bool condition_is_word(struct text text)
{
	return text_is(text, "yes") || text_is(text, "no")
		|| text_is(text, "today");
}

struct condition_node *condition_word(struct condition_reader *reader,
	struct condition_token token)
{
	struct condition_node *node = condition_node(reader, CONDITION_CONSTANT,
		token.at);
	if (node == NULL)
		return NULL;
	bool is_today = text_is(token.text, "today");
	node->run = is_today ? condition_run_today : condition_run_constant;
	node->kind = is_today ? VALUE_DATE : VALUE_FLAG;
	node->constant = value_flag(text_is(token.text, "yes"));
	node->word = is_today ? "today" : NULL;
	node->is_given = true;
	return node;
}

/* ---- Kinds and codes ---- */

static bool refuse_kind(struct condition_reader *reader,
	const struct condition_node *node, enum value_kind wanted)
{
	const char *hint = "";
	if (wanted == VALUE_FLAG && node->kind != VALUE_FLAG)
		hint = "compare it: =, !=, <, is empty, in (...)";
	condition_refuse(reader, node->at,
		arena_format(reader->arena, "this is %s where %s is wanted",
			condition_kind_words(node->kind),
			condition_kind_words(wanted)),
		hint);
	return false;
}

static bool is_of_list(const struct codes_list *list, struct text code)
{
	for (size_t i = 0; i < list->count; i++)
		if (text_equals(list->entries[i].code, code))
			return true;
	return false;
}

/* The code meant, or all of them if they are few. */
static const char *hint_code(struct condition_reader *reader, struct text code,
	const struct codes_list *list)
{
	enum { FEW = 8 };
	const char **words = arena_array(reader->arena, list->count + 1,
		sizeof *words);
	for (size_t i = 0; i < list->count; i++)
		words[i] = arena_string(reader->arena, list->entries[i].code);
	const char *hint = nearest_hint(reader->arena, code, words, list->count);
	if (hint[0] != '\0' || list->count == 0 || list->count > FEW)
		return hint;
	hint = words[0];
	for (size_t i = 1; i < list->count; i++)
		hint = arena_format(reader->arena, "%s, %s", hint, words[i]);
	return arena_format(reader->arena, "one of %s", hint);
}

static bool refuse_code(struct condition_reader *reader,
	const struct condition_node *node, const struct codes_list *list)
{
	struct text code = node->constant.text;
	condition_refuse(reader, node->at,
		arena_format(reader->arena,
			"\"" TEXT_FORMAT "\" is not a code of " TEXT_FORMAT,
			TEXT_ARGS(code), TEXT_ARGS(list->name)),
		hint_code(reader, code, list));
	return false;
}

/* What gives the value: the branches of if(), else the node itself. */
static bool fits_each(struct condition_reader *reader,
	struct condition_node *node, const struct codes_list *list)
{
	if (node->run == condition_run_if) {
		bool fits = true;
		for (int i = 1; i < node->count; i++)
			fits = fits
				&& condition_fits(reader, node->arguments[i],
					VALUE_TEXT, list);
		return fits;
	}
	if (node->shape == CONDITION_CONSTANT && list != NULL
		&& !is_of_list(list, node->constant.text))
		return refuse_code(reader, node, list);
	return true;
}

bool condition_fits(struct condition_reader *reader, struct condition_node *node,
	enum value_kind kind, const struct codes_list *list)
{
	if (node == NULL)
		return false;
	if (kind == VALUE_TEXT && node->kind == VALUE_NUMBER
		&& node->shape == CONDITION_CONSTANT && node->written.length > 0) {
		node->constant = value_text(node->written);
		node->kind = VALUE_TEXT;
	}
	if (node->kind != kind)
		return refuse_kind(reader, node, kind);
	return kind != VALUE_TEXT || fits_each(reader, node, list);
}

static bool refuse_many(struct condition_reader *reader,
	const struct condition_node *node)
{
	if (!node->is_many)
		return false;
	condition_refuse(reader, node->at,
		arena_format(reader->arena, "\"%s\" may hold several codes",
			node->word),
		arena_format(reader->arena, "has(%s, CODE)", node->word));
	return true;
}

/* Two values that are to be compared: made alike, or refused. */
static bool are_alike(struct condition_reader *reader, struct condition_node *a,
	struct condition_node *b)
{
	if (refuse_many(reader, a) || refuse_many(reader, b))
		return false;
	bool is_digits = a->shape == CONDITION_CONSTANT
		&& a->kind == VALUE_NUMBER && b->kind == VALUE_TEXT;
	enum value_kind kind = is_digits ? VALUE_TEXT : a->kind;
	return condition_fits(reader, a, kind, b->list)
		&& condition_fits(reader, b, kind, a->list);
}

/* ---- Operators ---- */

static struct condition_node *make(struct condition_reader *reader,
	enum condition_shape shape, struct condition_node *a,
	struct condition_node *b)
{
	struct condition_node *node = condition_node(reader, shape, a->at);
	if (node == NULL)
		return NULL;
	node->count = b == NULL ? 1 : 2;
	node->arguments = arena_array(reader->arena, 2,
		sizeof(struct condition_node *));
	node->arguments[0] = a;
	node->arguments[1] = b;
	node->kind = VALUE_FLAG;
	node->is_given = true;
	return node;
}

enum takes { FLAGS, NUMBERS, ALIKE, ORDERED };

static const struct infix {
	const char *word;
	struct value (
		*run)(const struct condition_node *, struct condition_frame *);
	enum takes takes;
} infixes[] = {
	{"and", condition_run_and, FLAGS},
	{"or", condition_run_or, FLAGS},
	{"=", condition_run_equal, ALIKE},
	{"!=", condition_run_unequal, ALIKE},
	{"<", condition_run_less, ORDERED},
	{"<=", condition_run_at_most, ORDERED},
	{">", condition_run_more, ORDERED},
	{">=", condition_run_at_least, ORDERED},
	{"+", condition_run_add, NUMBERS},
	{"-", condition_run_subtract, NUMBERS},
};

static bool refuse_order(struct condition_reader *reader,
	const struct condition_node *node)
{
	if (node->kind == VALUE_NUMBER || node->kind == VALUE_DATE)
		return false;
	condition_refuse(reader, node->at,
		"only numbers and dates come before and after", "write = or in");
	return true;
}

/* `not a = b` binds as (not a) = b, which is hardly ever meant. */
static bool refuse_loose_not(struct condition_reader *reader,
	const struct condition_node *node)
{
	if (node->shape != CONDITION_PREFIX || node->is_bracketed)
		return false;
	condition_refuse(reader, node->at,
		"\"not\" here belongs to the value alone",
		"write !=, not in, is not empty, or not (...)");
	return true;
}

/* Dates are counted by functions, which say how they count. */
static bool refuse_dates(struct condition_reader *reader,
	const struct condition_node *a, const struct condition_node *b)
{
	if (a->kind != VALUE_DATE)
		return false;
	condition_refuse(reader, a->at, "dates are not added or taken away",
		b->kind == VALUE_DATE ? "days(from, to)"
				      : "add_days(date, days)");
	return true;
}

static bool takes_both(struct condition_reader *reader, enum takes takes,
	struct condition_node *a, struct condition_node *b)
{
	switch (takes) {
	case FLAGS:
		return condition_fits(reader, a, VALUE_FLAG, NULL)
			&& condition_fits(reader, b, VALUE_FLAG, NULL);
	case NUMBERS:
		return !refuse_dates(reader, a, b)
			&& condition_fits(reader, a, VALUE_NUMBER, NULL)
			&& condition_fits(reader, b, VALUE_NUMBER, NULL);
	case ALIKE:
	case ORDERED:
		return !refuse_loose_not(reader, a) && are_alike(reader, a, b)
			&& (takes == ALIKE || !refuse_order(reader, a));
	}
	return false;
}

struct condition_node *condition_join(struct condition_reader *reader,
	struct condition_token word, struct condition_node *a,
	struct condition_node *b)
{
	if (a == NULL || b == NULL)
		return NULL;
	const struct infix *infix = infixes;
	while (!text_is(word.text, infix->word))
		infix++;
	if (!takes_both(reader, infix->takes, a, b))
		return NULL;
	struct condition_node *node = make(reader, CONDITION_INFIX, a, b);
	if (node == NULL)
		return NULL;
	node->word = infix->word;
	node->run = infix->run;
	if (infix->takes == NUMBERS) {
		node->kind = VALUE_NUMBER;
		node->is_given = a->is_given && b->is_given;
	}
	return node;
}

struct condition_node *condition_not(struct condition_reader *reader, size_t at,
	struct condition_node *a)
{
	if (a == NULL)
		return NULL;
	if (a->kind != VALUE_FLAG)
		return condition_refuse(reader, at,
			arena_format(reader->arena,
				"\"not\" stands before %s, where yes or no is "
				"wanted",
				condition_kind_words(a->kind)),
			"write !=, not in, is not empty, or not (...)");
	struct condition_node *node = make(reader, CONDITION_PREFIX, a, NULL);
	if (node == NULL)
		return NULL;
	node->at = at;
	node->word = "not";
	node->run = condition_run_not;
	return node;
}

/* -5 is a literal; minus anything else is taken from 0. */
struct condition_node *condition_minus(struct condition_reader *reader,
	size_t at, struct condition_node *a)
{
	if (!condition_fits(reader, a, VALUE_NUMBER, NULL))
		return NULL;
	if (a->shape == CONDITION_CONSTANT) {
		a->constant.number = -a->constant.number;
		a->written = TEXT("");
		a->at = at;
		return a;
	}
	const struct condition_token zero = {CONDITION_NUMBER, TEXT("0"), at},
				     minus = {CONDITION_SIGN, TEXT("-"), at};
	struct condition_node *nought = condition_constant(reader, zero);
	return nought == NULL ? NULL : condition_join(reader, minus, nought, a);
}

struct condition_node *condition_is_empty(struct condition_reader *reader,
	struct condition_node *a, bool is_not)
{
	if (refuse_loose_not(reader, a))
		return NULL;
	if (a->is_given)
		return condition_refuse(reader, a->at, "this is never empty",
			a->kind == VALUE_FLAG             ? "write not (...)"
				: a->kind == VALUE_NUMBER ? "write = 0"
							  : "");
	struct condition_node *node = make(reader, CONDITION_SUFFIX, a, NULL);
	if (node == NULL)
		return NULL;
	node->word = is_not ? "is not empty" : "is empty";
	node->run = is_not ? condition_run_is_not_empty : condition_run_is_empty;
	return node;
}

struct condition_node *condition_among(struct condition_reader *reader,
	struct condition_node *node, bool is_not)
{
	if (refuse_loose_not(reader, node->arguments[0]))
		return NULL;
	for (int i = 1; i < node->count; i++)
		if (!are_alike(reader, node->arguments[0], node->arguments[i]))
			return NULL;
	node->kind = VALUE_FLAG;
	node->is_given = true;
	node->word = is_not ? "not in" : "in";
	node->run = is_not ? condition_run_not_in : condition_run_in;
	return node;
}
