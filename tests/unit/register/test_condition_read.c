/* SPDX-License-Identifier: MIT
 *
 * How conditions are read: tests/accept/condition holds how they are
 * understood, tests/refuse/condition what is said of mistakes: one condition a
 * line, and beside each file the answers line by line. KITH_GOLDEN=write writes
 * the answers anew (then read the whole diff). Runs from the root of the source
 * tree.
 */
#include "register/condition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "base/file.h"
#include "case.h"

static struct arena *arena;
static struct condition_scope scope;

static int open_case(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct codes *codes = NULL;
	arena = arena_open();
	if (!codes_open(arena, NULL, &codes, &fault)) {
		print_error("%s\n", fault.message);
		return 1;
	}
	scope = case_scope(arena, codes);
	return 0;
}

static int close_case(void **state)
{
	(void)state;
	arena_close(arena);
	return 0;
}

static const struct condition *read_any(const char *text, enum value_kind *kind)
{
	struct condition_mistake mistake = {0};
	const struct condition *condition = condition_read_any(arena,
		text_of(text), &scope, kind, &mistake);
	if (condition == NULL)
		fail_msg("%s\nbyte %zu: %s (%s)", text, mistake.at,
			mistake.message, mistake.hint);
	return condition;
}

/* ---- What it says of itself ---- */

static void add_name(void *context, const struct condition_name *name)
{
	buffer_format(context, "%d.%s ", name->part, name->name);
}

static void test_uses(void **state)
{
	(void)state;
	static const struct {
		const char *text, *names, *parts;
		bool school;
	} cases[] = {
		{"yes", "", "---", false},
		{"score > score - score_then", "0.score 0.score_then ", "---",
			false},
		{"count(meetings) > 1", "", "x--", false},
		{"any(notices, served_on < closed_on)",
			"3.served_on 0.closed_on ", "--x", false},
		{"last(meetings.held_on) > latest(stays.to)", "1.held_on 2.to ",
			"xx-", false},
		{"add_school_days(today, 1) = today", "", "---", true},
	};
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		enum value_kind kind;
		const struct condition *condition = read_any(cases[i].text,
			&kind);
		struct buffer out = {.maximum = 1000};
		condition_uses(condition, add_name, &out);
		assert_string_equal(out.bytes == NULL ? "" : out.bytes,
			cases[i].names);
		for (int part = 1; part <= CASE_PARTS; part++)
			assert_int_equal(condition_uses_part(condition, part),
				cases[i].parts[part - 1] == 'x');
		assert_false(condition_uses_part(condition, 0));
		assert_false(condition_uses_part(condition, CASE_PARTS + 1));
		assert_int_equal(condition_uses_school(condition),
			cases[i].school);
		buffer_finish(&out);
	}
}

static void test_wanted(void **state)
{
	(void)state;
	struct condition_mistake mistake = {0};
	assert_non_null(condition_read(arena, TEXT("today"), &scope, VALUE_DATE,
		&mistake));
	assert_null(condition_read(arena, TEXT("today"), &scope, VALUE_FLAG,
		&mistake));
	assert_int_equal(mistake.at, 0);
	assert_string_equal(mistake.message,
		"this gives a date where yes or no is wanted");
}

/* ---- Limits ---- */

static const char *repeated(const char *before, const char *middle,
	const char *after, int times)
{
	struct buffer out = {.maximum = 1 << 20};
	for (int i = 0; i < times; i++)
		buffer_string(&out, before);
	buffer_string(&out, middle);
	for (int i = 0; i < times; i++)
		buffer_string(&out, after);
	const char *text = arena_string(arena, buffer_text(&out));
	buffer_finish(&out);
	return text;
}

static void assert_refused(const char *text, const char *says)
{
	struct condition_mistake mistake = {0};
	assert_null(condition_read(arena, text_of(text), &scope, VALUE_FLAG,
		&mistake));
	if (strstr(mistake.message, says) == NULL)
		fail_msg("wanted \"%s\", got \"%s\"", says, mistake.message);
}

static void test_limits(void **state)
{
	(void)state;
	enum value_kind kind;
	read_any(repeated("(", "yes", ")", CONDITION_DEPTH - 1), &kind);
	read_any(repeated("not ", "yes", "", CONDITION_DEPTH - 1), &kind);
	read_any(repeated("", "yes", " or no", (CONDITION_NODES - 1) / 2), &kind);
	assert_refused(repeated("(", "yes", ")", CONDITION_DEPTH),
		"brackets in brackets");
	assert_refused(repeated("not ", "yes", "", CONDITION_DEPTH),
		"brackets in brackets");
	assert_refused(repeated("- ", "1", "", 1000), "brackets in brackets");
	assert_refused(repeated("", "yes", " or no", CONDITION_NODES / 2),
		"values and operations");
	assert_refused(repeated("", "score in (1", ",1", 1000), "values");
	assert_refused(repeated("", "today = latest(today", ",today", 300),
		"values");
	assert_refused(repeated("", "yes", " ", CONDITION_LENGTH), "longer than");
	assert_refused("any(meetings, any(meetings, any(meetings, "
		       "any(meetings, kind = KIT))))",
		"more than 3 rows");
}

/* ---- Accept and refuse ---- */

static void answer_accepted(struct text line, struct buffer *out)
{
	struct condition_mistake mistake = {0};
	enum value_kind kind = VALUE_EMPTY;
	const struct condition *condition = condition_read_any(arena, line,
		&scope, &kind, &mistake);
	if (condition == NULL)
		fail_msg(TEXT_FORMAT "\nbyte %zu: %s", TEXT_ARGS(line),
			mistake.at, mistake.message);
	struct buffer again = {.maximum = 1 << 20};
	size_t start = out->length;
	condition_print(condition, out);
	struct text printed = arena_text(arena,
		text_cut(buffer_text(out), start, out->length - start));
	condition = condition_read(arena, printed, &scope, kind, &mistake);
	if (condition == NULL)
		fail_msg("printed as " TEXT_FORMAT ", which is refused: %s",
			TEXT_ARGS(printed), mistake.message);
	condition_print(condition, &again);
	assert_true(text_equals(buffer_text(&again), printed));
	buffer_finish(&again);
}

static void answer_refused(struct text line, struct buffer *out)
{
	struct condition_mistake mistake = {0};
	enum value_kind kind = VALUE_EMPTY;
	if (condition_read_any(arena, line, &scope, &kind, &mistake) != NULL)
		fail_msg("accepted: " TEXT_FORMAT, TEXT_ARGS(line));
	assert_in_range(mistake.at, 0, line.length);
	buffer_format(out, "%zu: %s", mistake.at, mistake.message);
	if (mistake.hint[0] != '\0')
		buffer_format(out, " (%s)", mistake.hint);
}

static struct text read_file(const char *path)
{
	struct fault fault = {0};
	struct text text = TEXT("");
	if (!file_map(path, arena, &text, &fault))
		fail_msg("%s: %s", path, fault.message);
	return text;
}

static void check_file(const char *path,
	void (*answer)(struct text line, struct buffer *out))
{
	struct text rest = read_file(path);
	struct buffer out = {.maximum = 1 << 20};
	while (rest.length > 0) {
		struct text line = text_split(rest, '\n', &rest);
		answer(line, &out);
		buffer_char(&out, '\n');
	}
	struct text stem = text_of(path);
	stem.length -= strlen(".condition");
	const char *answers = arena_format(arena, TEXT_FORMAT ".txt",
		TEXT_ARGS(stem));
	struct fault fault = {0};
	const char *mode = file_environment("KITH_GOLDEN");
	if (mode != NULL && strcmp(mode, "write") == 0)
		assert_true(file_write(answers, buffer_text(&out), &fault));
	struct text got = buffer_text(&out), wanted = read_file(answers);
	while (got.length > 0 || wanted.length > 0) {
		struct text one = text_split(got, '\n', &got);
		struct text two = text_split(wanted, '\n', &wanted);
		if (!text_equals(one, two))
			fail_msg("%s: wanted\n" TEXT_FORMAT "\ngot\n" TEXT_FORMAT,
				answers, TEXT_ARGS(two), TEXT_ARGS(one));
	}
	buffer_finish(&out);
}

static void check_folder(const char *folder,
	void (*answer)(struct text line, struct buffer *out))
{
	const struct text *names;
	size_t count, checked = 0;
	struct fault fault = {0};
	if (!file_list(folder, arena, &names, &count, &fault))
		fail_msg("%s", fault.message);
	for (size_t i = 0; i < count; i++)
		if (text_ends(names[i], TEXT(".condition"))) {
			check_file(arena_format(arena, "%s/" TEXT_FORMAT,
					   folder, TEXT_ARGS(names[i])),
				answer);
			checked++;
		}
	assert_true(checked > 0);
}

static void test_accept(void **state)
{
	(void)state;
	check_folder("tests/accept/condition", answer_accepted);
}

static void test_refuse(void **state)
{
	(void)state;
	check_folder("tests/refuse/condition", answer_refused);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_uses),
		cmocka_unit_test(test_wanted),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_accept),
		cmocka_unit_test(test_refuse),
	};
	return cmocka_run_group_tests(tests, open_case, close_case);
}
