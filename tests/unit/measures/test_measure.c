/* SPDX-License-Identifier: MIT
 *
 * The measure language: tests/accept/measures holds files with what
 * `kith define print` says of them, tests/refuse/measures files with every
 * message they must be refused with. KITH_GOLDEN=write writes the answers
 * anew (then read the whole diff). Runs from the root of the source tree.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "measures/measure.h"
#include "measures/quarterly.h"

static struct text read_file(const char *path, struct arena *arena)
{
	struct fault fault = {0};
	struct text text = {"", 0};
	if (!file_map(path, arena, &text, &fault))
		fail_msg("%s: %s", path, fault.message);
	return text;
}

/* What the reader says of one file: its print, or its mistakes. */
static bool answer(const char *path, struct arena *arena, struct buffer *out)
{
	struct measure measure;
	struct buffer mistakes = {.maximum = 1 << 16};
	bool is_read = measure_read(file_name(text_of(path)),
		read_file(path, arena), arena, &measure, &mistakes);
	if (is_read)
		measure_print(&measure, out);
	else
		buffer_add(out, buffer_text(&mistakes));
	assert_int_equal(is_read, mistakes.length == 0);
	buffer_finish(&mistakes);
	return is_read;
}

static void compare(const char *path, const struct buffer *got,
	struct arena *arena)
{
	struct fault fault = {0};
	struct text whole = text_of(path);
	const char *expected_path = arena_format(arena, TEXT_FORMAT ".txt",
		TEXT_ARGS(text_cut(whole, 0, whole.length - 4)));
	const char *mode = file_environment("KITH_GOLDEN");
	if (mode != NULL && text_is(text_of(mode), "write")) {
		assert_true(file_write(expected_path, buffer_text(got), &fault));
		return;
	}
	struct text expected = read_file(expected_path, arena);
	if (!text_equals(expected, buffer_text(got)))
		fail_msg("%s\n--- expected (%s)\n" TEXT_FORMAT "--- got\n%s",
			path, expected_path, TEXT_ARGS(expected), got->bytes);
}

static void run_folder(const char *folder, bool must_read)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	const struct text *names;
	size_t count, seen = 0;
	assert_true(file_list(folder, arena, &names, &count, &fault));
	for (size_t i = 0; i < count; i++) {
		if (!text_ends(names[i], TEXT(".sql")))
			continue;
		struct buffer out = {.maximum = 1 << 16};
		const char *path = arena_format(arena, "%s/" TEXT_FORMAT,
			folder, TEXT_ARGS(names[i]));
		if (answer(path, arena, &out) != must_read)
			fail_msg("%s is %s", path,
				must_read ? "refused" : "accepted");
		compare(path, &out, arena);
		buffer_finish(&out);
		seen++;
	}
	assert_true(seen >= 3);
	arena_close(arena);
}

static void test_accepts(void **state)
{
	(void)state;
	run_folder("tests/accept/measures", true);
}

static void test_refuses(void **state)
{
	(void)state;
	run_folder("tests/refuse/measures", false);
}

/* ---- What a definition says ---- */

static void read_everything(struct arena *arena, struct measure *out_measure)
{
	struct buffer mistakes = {.maximum = 1 << 16};
	assert_true(measure_read(TEXT("everything.sql"),
		read_file("tests/accept/measures/everything.sql", arena), arena,
		out_measure, &mistakes));
	buffer_finish(&mistakes);
}

static void test_parameters(void **state)
{
	struct arena *arena = arena_open();
	struct measure measure;
	(void)state;
	read_everything(arena, &measure);
	static const char *const list[] = {"la", "feed", "from", "to"};
	static const char *const evidence[] = {"id", "basis", "la"};
	assert_int_equal(measure.list.count, COUNT_OF(list));
	for (size_t i = 0; i < COUNT_OF(list); i++)
		assert_string_equal(measure.list.parameters[i], list[i]);
	assert_int_equal(measure.evidence.count, COUNT_OF(evidence));
	for (size_t i = 0; i < COUNT_OF(evidence); i++)
		assert_string_equal(measure.evidence.parameters[i], evidence[i]);
	arena_close(arena);
}

static void check_target(const struct measure *measure, struct date day,
	enum measure_goal goal, int64_t low)
{
	const struct measure_target *target = measure_target_on(measure, day);
	if (goal == GOAL_NONE) {
		assert_null(target);
		return;
	}
	assert_non_null(target);
	assert_int_equal(target->goal, goal);
	assert_int_equal(target->low, low);
}

static void test_targets_by_day(void **state)
{
	struct arena *arena = arena_open();
	struct measure measure;
	(void)state;
	read_everything(arena, &measure);
	check_target(&measure, date_from(2022, 3, 31), GOAL_NONE, 0);
	check_target(&measure, date_from(2022, 4, 1), GOAL_BAND, 100);
	check_target(&measure, date_from(2023, 3, 31), GOAL_BAND, 100);
	check_target(&measure, date_from(2023, 4, 1), GOAL_AT_LEAST, -5);
	check_target(&measure, date_from(2024, 3, 31), GOAL_AT_LEAST, -5);
	check_target(&measure, date_from(2024, 4, 1), GOAL_COMPARATOR, 0);
	check_target(&measure, date_from(2999, 12, 31), GOAL_COMPARATOR, 0);
	arena_close(arena);
}

/* The digest is of the whole text: a comment changes it. */
static void test_digest(void **state)
{
	struct arena *arena = arena_open();
	struct measure a, b;
	struct buffer mistakes = {.maximum = 1 << 16};
	(void)state;
	struct text text = read_file("tests/accept/measures/smallest.sql", arena);
	struct text other = text_of(
		arena_format(arena, TEXT_FORMAT "-- more\n", TEXT_ARGS(text)));
	assert_true(measure_read(TEXT("a.sql"), text, arena, &a, &mistakes));
	assert_true(measure_read(TEXT("b.sql"), other, arena, &b, &mistakes));
	assert_int_equal(strlen(a.digest), 64);
	assert_string_not_equal(a.digest, b.digest);
	assert_string_equal(a.list.sql, b.list.sql);
	buffer_finish(&mistakes);
	arena_close(arena);
}

/* ---- A council's own definitions laid over ---- */

static const char *make_overlay(struct arena *arena, const char *name,
	struct text text)
{
	static int number;
	struct fault fault = {0};
	const char *root = file_environment("TMPDIR");
	const char *folder = arena_format(arena, "%s/kith-overlay-%ld-%d",
		root == NULL ? "/tmp" : root, (long)getpid(), number++);
	const char *measures = arena_format(arena, "%s/measures", folder);
	assert_true(file_make_folder(measures, &fault));
	assert_true(file_write(arena_format(arena, "%s/%s", measures, name),
		text, &fault));
	return folder;
}

static void remove_overlay(struct arena *arena, const char *folder,
	const char *name)
{
	assert_int_equal(remove(arena_format(arena, "%s/measures/%s", folder,
				 name)),
		0);
	assert_int_equal(remove(arena_format(arena, "%s/measures", folder)), 0);
	assert_int_equal(remove(folder), 0);
}

static void test_overlay(void **state)
{
	static const char own[] =
		"/*---\nid: LAC\ntitle: Our own\ndefinition: Ours.\nunit: count\n"
		"polarity: neutral\nbasis: snapshot\nnumerator: ours\n"
		"feeds: [ssda903]\nsource: invented\n---*/\n"
		"SELECT la, child, 'counted' AS part, starts, ends\n"
		"FROM care_period WHERE la = :la\n";
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct measures shipped, ours;
	(void)state;
	assert_true(measure_open(arena, NULL, &shipped, &fault));
	const char *folder = make_overlay(arena, "LAC.sql", text_of(own));
	assert_true(measure_open(arena, folder, &ours, &fault));
	assert_int_equal(ours.count, shipped.count);
	const struct measure *lac = measure_find(&ours, TEXT("lac"));
	assert_non_null(lac);
	assert_true(text_is(lac->title, "Our own"));
	remove_overlay(arena, folder, "LAC.sql");
	/* A folder without definitions lays nothing over. */
	assert_true(measure_open(arena, "no-such-folder", &ours, &fault));
	assert_int_equal(ours.count, shipped.count);
	arena_close(arena);
}

static void test_overlay_with_mistakes(void **state)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct measures measures;
	(void)state;
	const char *folder = make_overlay(arena, "WRONG.sql", TEXT("SELECT 1\n"));
	assert_false(measure_open(arena, folder, &measures, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_non_null(strstr(fault.message, "WRONG.sql"));
	assert_non_null(strstr(fault.detail, "WRONG.sql:1:1: "));
	remove_overlay(arena, folder, "WRONG.sql");
	arena_close(arena);
}

/* ---- Limits ---- */

static void test_too_long(void **state)
{
	struct arena *arena = arena_open();
	struct measure measure;
	struct buffer mistakes = {.maximum = 1 << 16};
	struct buffer text = {.maximum = 1 << 22};
	(void)state;
	buffer_add(&text, read_file("tests/accept/measures/smallest.sql", arena));
	text.length -= 2; /* the semicolon and line end */
	for (int i = 0; i < 50000; i++)
		buffer_string(&text, " AND 1=1");
	assert_false(measure_read(TEXT("long.sql"), buffer_text(&text), arena,
		&measure, &mistakes));
	assert_non_null(strstr(mistakes.bytes, "the statement is too long"));
	buffer_finish(&text);
	buffer_finish(&mistakes);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_accepts),
		cmocka_unit_test(test_refuses), cmocka_unit_test(test_parameters),
		cmocka_unit_test(test_targets_by_day),
		cmocka_unit_test(test_digest), cmocka_unit_test(test_overlay),
		cmocka_unit_test(test_overlay_with_mistakes),
		cmocka_unit_test(test_too_long)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
