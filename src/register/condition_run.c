/* SPDX-License-Identifier: MIT
 *
 * Values, operators, if() and has(): each runs its arguments and allocates
 * nothing. That kinds fit was seen to when the condition was read.
 */
#include "register/condition-inside.h"

static struct value run(const struct condition_node *node, int argument,
	struct condition_frame *frame)
{
	const struct condition_node *next = node->arguments[argument];
	return next->run(next, frame);
}

/* Nothing given counts as no. */
static bool holds(const struct condition_node *node, int argument,
	struct condition_frame *frame)
{
	struct value value = run(node, argument, frame);
	return value.kind == VALUE_FLAG && value.flag;
}

struct value condition_run_constant(const struct condition_node *node,
	struct condition_frame *frame)
{
	(void)frame;
	return node->constant;
}

/* A value of another kind than the scope promised is none. */
struct value condition_run_field(const struct condition_node *node,
	struct condition_frame *frame)
{
	const struct value *row = frame->rows[node->level];
	if (row == NULL || row[node->slot].kind != node->kind)
		return value_empty();
	return row[node->slot];
}

struct value condition_run_and(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(holds(node, 0, frame) && holds(node, 1, frame));
}

struct value condition_run_or(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(holds(node, 0, frame) || holds(node, 1, frame));
}

struct value condition_run_not(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(!holds(node, 0, frame));
}

/* ---- Comparing: with nothing given, no ---- */

static bool is_same(struct value a, struct value b)
{
	return a.kind != VALUE_EMPTY && value_equals(a, b);
}

struct value condition_run_equal(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(is_same(run(node, 0, frame), run(node, 1, frame)));
}

struct value condition_run_unequal(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(!is_same(run(node, 0, frame), run(node, 1, frame)));
}

struct pair {
	bool is_given; /* both */
	int64_t a, b;
};

static int64_t place(struct value value)
{
	return value.kind == VALUE_DATE ? value.date.day : value.number;
}

static struct pair run_pair(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct value a = run(node, 0, frame), b = run(node, 1, frame);
	if (a.kind == VALUE_EMPTY || b.kind == VALUE_EMPTY)
		return (struct pair){.is_given = false};
	return (struct pair){true, place(a), place(b)};
}

struct value condition_run_less(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	return value_flag(pair.is_given && pair.a < pair.b);
}

struct value condition_run_at_most(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	return value_flag(pair.is_given && pair.a <= pair.b);
}

struct value condition_run_more(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	return value_flag(pair.is_given && pair.a > pair.b);
}

struct value condition_run_at_least(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	return value_flag(pair.is_given && pair.a >= pair.b);
}

/* ---- Sums: too large for a number is no number ---- */

struct value condition_run_add(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	int64_t sum;
	return pair.is_given && !__builtin_add_overflow(pair.a, pair.b, &sum)
		? value_number(sum)
		: value_empty();
}

struct value condition_run_subtract(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct pair pair = run_pair(node, frame);
	int64_t rest;
	return pair.is_given && !__builtin_sub_overflow(pair.a, pair.b, &rest)
		? value_number(rest)
		: value_empty();
}

/* ---- Asking ---- */

struct value condition_run_is_empty(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(run(node, 0, frame).kind == VALUE_EMPTY);
}

struct value condition_run_is_not_empty(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(run(node, 0, frame).kind != VALUE_EMPTY);
}

static bool is_among(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct value asked = run(node, 0, frame);
	for (int i = 1; asked.kind != VALUE_EMPTY && i < node->count; i++)
		if (value_equals(asked, run(node, i, frame)))
			return true;
	return false;
}

struct value condition_run_in(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(is_among(node, frame));
}

struct value condition_run_not_in(const struct condition_node *node,
	struct condition_frame *frame)
{
	return value_flag(!is_among(node, frame));
}

struct value condition_run_if(const struct condition_node *node,
	struct condition_frame *frame)
{
	if (holds(node, 0, frame))
		return run(node, 1, frame);
	return node->count < 3 ? value_empty() : run(node, 2, frame);
}

/* In tenths, the half rounded up; of nothing there is none. */
struct value condition_run_percent(const struct condition_node *node,
	struct condition_frame *frame)
{
	enum { MOST = 1000 * 1000 * 1000 };
	struct value part = run(node, 0, frame), whole = run(node, 1, frame);
	if (part.kind != VALUE_NUMBER || whole.kind != VALUE_NUMBER
		|| part.number < 0 || part.number > MOST || whole.number < 1
		|| whole.number > MOST)
		return value_empty();
	return value_number(
		(part.number * 2000 + whole.number) / (2 * whole.number));
}

struct value condition_run_has(const struct condition_node *node,
	struct condition_frame *frame)
{
	struct value codes = run(node, 0, frame), code = run(node, 1, frame);
	if (codes.kind != VALUE_TEXT || code.kind != VALUE_TEXT)
		return value_flag(false);
	for (struct text rest = codes.text; rest.length > 0;)
		if (text_equals(text_split(rest, ';', &rest), code.text))
			return value_flag(true);
	return value_flag(false);
}

struct value condition_run_today(const struct condition_node *node,
	struct condition_frame *frame)
{
	(void)node;
	return value_date(frame->input->today);
}
