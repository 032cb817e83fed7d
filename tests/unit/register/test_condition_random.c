/* SPDX-License-Identifier: MIT
 *
 * Random conditions, worked out while they are written: the writer follows the
 * grammar, keeps the value of each piece by the plainest rule there is, and the
 * condition read from the text must give the same. Where a piece is asked of
 * several rows, it is written again from the same seed for each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "case.h"

enum { CONDITIONS = 4000 };

static struct arena *arena;
static struct condition_scope scope;
static struct condition_input input;

/* What a piece is written with. */
struct writer {
	uint64_t seed;
	int depth;
	struct buffer *out;      /* NULL: only the value is wanted */
	const struct value *row; /* of a meeting, or NULL */
};

static int choose(struct writer *w, int end)
{
	w->seed = w->seed * 6364136223846793005u + 1442695040888963407u;
	return (int)((w->seed >> 33) % (uint64_t)end);
}

static void say(struct writer *w, const char *text)
{
	if (w->out != NULL)
		buffer_string(w->out, text);
}

static bool is_true(struct value value)
{
	return value.kind == VALUE_FLAG && value.flag;
}

static bool is_empty(struct value value)
{
	return value.kind == VALUE_EMPTY;
}

static struct value write_or(struct writer *w);
static struct value write_sum(struct writer *w);
static struct value write_date(struct writer *w);

static struct value write_name(struct writer *w, const char *const *names,
	int count, const char *const *row_names, int row_count)
{
	int all = count + (w->row == NULL ? 0 : row_count);
	int at = choose(w, all);
	const char *name = at < count ? names[at] : row_names[at - count];
	say(w, name);
	return (at < count ? input.entry : w->row)[case_slot(&scope, name)];
}

/* ---- Over the meetings ---- */

struct tally {
	int64_t rows, met;
	struct value first, last; /* held_on of those met */
};

static struct tally write_rows(struct writer *w)
{
	struct writer start = *w;
	struct tally tally = {.first = value_empty(), .last = value_empty()};
	int held = case_slot(&scope, "held_on");
	struct condition_rows meetings = input.parts[CASE_MEETINGS - 1];
	for (size_t i = 0; i < meetings.count; i++) {
		struct writer one = start;
		one.row = meetings.rows[i];
		one.out = i == 0 ? w->out : NULL;
		bool is_met = is_true(write_or(&one));
		w->seed = one.seed;
		tally.rows++;
		tally.met += is_met;
		if (!is_met || is_empty(one.row[held]))
			continue;
		tally.last = one.row[held];
		if (is_empty(tally.first))
			tally.first = one.row[held];
	}
	return tally;
}

/* ---- Dates ---- */

static struct value write_plain_date(struct writer *w)
{
	static const char *const names[] = {"referred_on", "closed_on"};
	static const char *const row_names[] = {"offered_on", "held_on"};
	static const char *const literals[] = {"2024-02-29", "2024-10-07",
		"2030-01-01"};
	int at = choose(w, 3);
	if (at == 0)
		return write_name(w, names, 2, row_names, 2);
	if (at == 1) {
		say(w, "today");
		return value_date(input.today);
	}
	const char *literal = literals[choose(w, 3)];
	struct date date = DATE_NONE;
	say(w, literal);
	assert_true(date_read_iso(text_of(literal), &date));
	return value_date(date);
}

static struct value write_added(struct writer *w)
{
	say(w, "add_days(");
	struct value date = write_date(w);
	say(w, ", ");
	struct value days = write_sum(w);
	say(w, ")");
	return is_empty(date) || is_empty(days)
		? value_empty()
		: value_date(date_add_days(date.date, (int)days.number));
}

static struct value write_latest(struct writer *w)
{
	say(w, "latest(");
	struct value a = write_date(w);
	say(w, ", ");
	struct value b = write_date(w);
	say(w, ")");
	if (is_empty(a) || is_empty(b))
		return is_empty(a) ? b : a;
	return a.date.day > b.date.day ? a : b;
}

static struct value write_end_row(struct writer *w)
{
	bool is_first = choose(w, 2) == 0;
	say(w, is_first ? "first(meetings.held_on, " : "last(meetings.held_on, ");
	struct tally tally = write_rows(w);
	say(w, ")");
	return is_first ? tally.first : tally.last;
}

static struct value write_date(struct writer *w)
{
	if (w->depth <= 0)
		return write_plain_date(w);
	w->depth--;
	struct value value;
	switch (choose(w, w->row == NULL ? 5 : 4)) {
	case 0:
		value = write_added(w);
		break;
	case 1:
		value = write_latest(w);
		break;
	case 4:
		value = write_end_row(w);
		break;
	default:
		value = write_plain_date(w);
	}
	w->depth++;
	return value;
}

/* ---- Numbers ---- */

static struct value write_plain_number(struct writer *w)
{
	static const char *const names[] = {"score", "score_then",
		"setting.review_months"};
	static const char *const row_names[] = {"minutes"};
	if (choose(w, 2) == 0)
		return write_name(w, names, 3, row_names, 1);
	int number = choose(w, 50);
	if (w->out != NULL)
		buffer_format(w->out, "%d", number);
	return value_number(number);
}

static struct value write_days(struct writer *w)
{
	say(w, "days(");
	struct value a = write_date(w);
	say(w, ", ");
	struct value b = write_date(w);
	say(w, ")");
	return is_empty(a) || is_empty(b)
		? value_empty()
		: value_number(b.date.day - a.date.day);
}

static struct value write_if(struct writer *w)
{
	say(w, "if(");
	bool is_met = is_true(write_or(w));
	say(w, ", ");
	struct value a = write_sum(w);
	say(w, ", ");
	struct value b = write_sum(w);
	say(w, ")");
	return is_met ? a : b;
}

static struct value write_number(struct writer *w)
{
	if (w->depth <= 0)
		return write_plain_number(w);
	w->depth--;
	struct value value;
	switch (choose(w, w->row == NULL ? 7 : 6)) {
	case 0:
		value = write_days(w);
		break;
	case 1:
		value = write_if(w);
		break;
	case 2:
		say(w, "(");
		value = write_sum(w);
		say(w, ")");
		break;
	case 3:
		say(w, "-");
		value = write_number(w);
		value.number = is_empty(value) ? 0 : -value.number;
		break;
	case 6:
		say(w, "count(meetings, ");
		value = value_number(write_rows(w).met);
		say(w, ")");
		break;
	default:
		value = write_plain_number(w);
	}
	w->depth++;
	return value;
}

static struct value write_sum(struct writer *w)
{
	struct value sum = write_number(w);
	for (int more = choose(w, 3); more > 0; more--) {
		bool is_minus = choose(w, 2) == 0;
		say(w, is_minus ? " - " : "+");
		struct value next = write_number(w);
		if (is_empty(sum) || is_empty(next))
			sum = value_empty();
		else
			sum.number += is_minus ? -next.number : next.number;
	}
	return sum;
}

/* ---- Flags ---- */

static struct value write_plain_flag(struct writer *w)
{
	static const char *const names[] = {"urgent", "consent", "urgent_then",
		"child.cp_plan"};
	if (choose(w, 3) > 0)
		return write_name(w, names, 4, NULL, 0);
	bool is_yes = choose(w, 2) == 0;
	say(w, is_yes ? "yes" : "no");
	return value_flag(is_yes);
}

static struct value write_flag(struct writer *w)
{
	if (w->depth <= 0)
		return write_plain_flag(w);
	w->depth--;
	struct value value;
	struct tally tally;
	bool is_any = choose(w, 2) == 0;
	switch (choose(w, w->row == NULL ? 6 : 5)) {
	case 0:
		say(w, "not ");
		value = value_flag(!is_true(write_flag(w)));
		break;
	case 1:
	case 2:
		say(w, "(");
		value = write_or(w);
		say(w, ")");
		break;
	case 5:
		say(w, is_any ? "any(meetings, " : "all(meetings, ");
		tally = write_rows(w);
		say(w, ")");
		value = value_flag(
			is_any ? tally.met > 0 : tally.met == tally.rows);
		break;
	default:
		value = write_plain_flag(w);
	}
	w->depth++;
	return value;
}

static bool compares(int sign, int64_t a, int64_t b)
{
	const bool holds[] = {a == b, a != b, a<b, a <= b, a> b, a >= b};
	return holds[sign];
}

static struct value write_sign(struct writer *w)
{
	static const char *const signs[] = {" = ", "!=", " < ", " <= ", " > ",
		">="};
	bool is_date = choose(w, 2) == 0;
	struct value a = is_date ? write_date(w) : write_sum(w);
	int sign = choose(w, 6);
	say(w, signs[sign]);
	struct value b = is_date ? write_date(w) : write_sum(w);
	if (is_empty(a) || is_empty(b))
		return value_flag(sign == 1);
	return value_flag(compares(sign, is_date ? a.date.day : a.number,
		is_date ? b.date.day : b.number));
}

static struct value write_among(struct writer *w)
{
	struct value asked = write_sum(w);
	bool is_not = choose(w, 2) == 0, is_in = false;
	say(w, is_not ? " not in (" : " in (");
	for (int left = 1 + choose(w, 3); left > 0; left--) {
		struct value item = write_sum(w);
		is_in |= !is_empty(asked) && !is_empty(item)
			&& asked.number == item.number;
		say(w, left > 1 ? ", " : ")");
	}
	return value_flag(is_in != is_not);
}

static struct value write_emptiness(struct writer *w)
{
	static const char *const names[] = {"closed_on", "referred_on"};
	static const char *const row_names[] = {"held_on"};
	struct value asked = write_name(w, names, 2, row_names, 1);
	bool is_not = choose(w, 2) == 0;
	say(w, is_not ? " is not empty" : " is empty");
	return value_flag(is_empty(asked) != is_not);
}

static struct value write_compared(struct writer *w)
{
	switch (choose(w, 5)) {
	case 0:
	case 1:
		return write_sign(w);
	case 2:
		return write_among(w);
	case 3:
		return write_emptiness(w);
	default:
		return write_flag(w);
	}
}

static struct value write_and(struct writer *w)
{
	struct value value = write_compared(w);
	for (int more = choose(w, 4) / 2; more > 0; more--) {
		say(w, " and ");
		bool is_next = is_true(write_compared(w));
		value = value_flag(is_true(value) && is_next);
	}
	return value;
}

static struct value write_or(struct writer *w)
{
	struct value value = write_and(w);
	for (int more = choose(w, 4) / 2; more > 0; more--) {
		say(w, " or ");
		bool is_next = is_true(write_and(w));
		value = value_flag(is_true(value) || is_next);
	}
	return value;
}

static struct value ask(struct text text, bool *out_is_read)
{
	struct arena *own = arena_open();
	struct condition_mistake mistake = {0};
	const struct condition *condition = condition_read(own, text, &scope,
		VALUE_FLAG, &mistake);
	*out_is_read = condition != NULL;
	if (condition == NULL
		&& !text_starts(text_of(mistake.message), TEXT("more than ")))
		fail_msg(TEXT_FORMAT "\nbyte %zu: %s", TEXT_ARGS(text),
			mistake.at, mistake.message);
	struct value value = condition == NULL
		? value_empty()
		: condition_value(condition, &input);
	arena_close(own);
	return value;
}

static void test_random(void **state)
{
	(void)state;
	int read = 0, met = 0;
	for (uint64_t seed = 1; seed <= CONDITIONS; seed++) {
		struct buffer out = {.maximum = CONDITION_LENGTH};
		struct writer writer = {.seed = seed * 7919,
			.depth = 3,
			.out = &out};
		struct value wanted = write_or(&writer);
		bool is_read = false;
		if (!out.has_failed) {
			struct value got = ask(buffer_text(&out), &is_read);
			if (is_read && !value_equals(got, wanted))
				fail_msg(TEXT_FORMAT "\nkind %d flag %d, "
						     "wanted %d %d",
					TEXT_ARGS(buffer_text(&out)), got.kind,
					got.flag, wanted.kind, wanted.flag);
		}
		read += is_read;
		met += is_read && is_true(wanted);
		buffer_finish(&out);
	}
	/* Else too many are too long, or all say the same. */
	assert_true(read > CONDITIONS / 2);
	assert_in_range(met, read / 4, read - read / 4);
}

static int open_case(void **state)
{
	(void)state;
	arena = arena_open();
	scope = case_scope(arena, NULL);
	input = case_input(arena, NULL);
	return 0;
}

static int close_case(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_random),
	};
	return cmocka_run_group_tests(tests, open_case, close_case);
}
