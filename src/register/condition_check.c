/* SPDX-License-Identifier: MIT
 *
 * Operators: each is made only of values whose kinds fit, so that running it
 * cannot fail.
 */
#include "register/condition-inside.h"

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
