/* SPDX-License-Identifier: MIT
 *
 * The register language: tests/accept/registers holds definitions with what
 * `kith define print` says of them (NAME.print), tests/refuse/registers
 * definitions with every message they must be refused with (NAME.txt). A file
 * NAME.over lies over NAME.yaml, as a council's own does. KITH_TEST_REWRITE=1
 * writes the answers anew (then read the whole diff). Runs from the root of the
 * source tree.
 *
 * docs/registers/NAME.md are the prints of the shipped definitions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "register/definition.h"

struct folder {
	const char *name, *answer; /* ".print" */
	bool must_read;
};

static struct text read_file(const char *path, struct arena *arena)
{
	struct fault fault = {0};
	struct text text = {"", 0};
	if (!file_map(path, arena, &text, &fault))
		fail_msg("%s: %s", path, fault.message);
	return text;
}

static const struct codes *open_codes(struct arena *arena)
{
	struct fault fault = {0};
	struct codes *codes;
	assert_true(codes_open(arena, "tests/council", &codes, &fault));
	return codes;
}

/* What the reader says of one file: its print, or its mistakes. */
static bool answer(const char *path, const struct codes *codes,
	struct arena *arena, struct buffer *out)
{
	const struct definition *definition;
	struct fault fault = {0};
	struct buffer mistakes = {.maximum = 1 << 20};
	const char *over = arena_format(arena, "%.*s.over",
		(int)text_of(path).length - 5, path);
	struct definition_options options = {.name = file_name(text_of(path)),
		.text = read_file(path, arena),
		.overlay_name = file_name(text_of(over)),
		.codes = codes};
	if (file_exists(over))
		options.overlay = read_file(over, arena);
	bool is_read = definition_read(arena, &options, &definition, &mistakes,
		&fault);
	if (is_read)
		definition_print(definition, out);
	else
		buffer_add(out, buffer_text(&mistakes));
	assert_int_equal(is_read, mistakes.length == 0);
	assert_int_equal(is_read, !fault_is_set(&fault));
	buffer_finish(&mistakes);
	return is_read;
}

static void compare(const char *path, const char *ending, struct text got,
	struct arena *arena)
{
	struct fault fault = {0};
	const char *expected_path = arena_format(arena, "%.*s%s",
		(int)text_of(path).length - 5, path, ending);
	if (file_environment("KITH_TEST_REWRITE") != NULL) {
		assert_true(file_write(expected_path, got, &fault));
		return;
	}
	struct text expected = read_file(expected_path, arena);
	if (!text_equals(expected, got))
		fail_msg("%s (KITH_TEST_REWRITE=1 writes the answer anew)\n"
			 "--- expected (%s)\n" TEXT_FORMAT
			 "--- got\n" TEXT_FORMAT,
			path, expected_path, TEXT_ARGS(expected), TEXT_ARGS(got));
}

static void run_folder(const struct folder *folder)
{
	struct arena *arena = arena_open();
	const struct codes *codes = open_codes(arena);
	struct fault fault = {0};
	const struct text *names;
	size_t count, seen = 0;
	assert_true(file_list(folder->name, arena, &names, &count, &fault));
	for (size_t i = 0; i < count; i++) {
		if (!text_ends(names[i], TEXT(".yaml")))
			continue;
		struct buffer out = {.maximum = 1 << 20};
		const char *path = arena_format(arena, "%s/" TEXT_FORMAT,
			folder->name, TEXT_ARGS(names[i]));
		if (answer(path, codes, arena, &out) != folder->must_read)
			fail_msg("%s is %s\n" TEXT_FORMAT, path,
				folder->must_read ? "refused" : "accepted",
				TEXT_ARGS(buffer_text(&out)));
		compare(path, folder->answer, buffer_text(&out), arena);
		buffer_finish(&out);
		seen++;
	}
	assert_true(seen >= 3);
	arena_close(arena);
}

static void test_accepts(void **state)
{
	static const struct folder folder = {"tests/accept/registers", ".print",
		true};
	(void)state;
	run_folder(&folder);
}

static void test_refuses(void **state)
{
	static const struct folder folder = {"tests/refuse/registers", ".txt",
		false};
	(void)state;
	run_folder(&folder);
}

/* The pages of reference say what the shipped definitions are. */
static void test_pages(void **state)
{
	struct arena *arena = arena_open();
	const struct codes *codes = open_codes(arena);
	struct fault fault = {0};
	const struct text *names;
	size_t count;
	(void)state;
	assert_true(file_list("definitions/registers", arena, &names, &count,
		&fault));
	assert_true(count >= 1);
	for (size_t i = 0; i < count; i++) {
		struct buffer out = {.maximum = 1 << 20};
		if (!text_ends(names[i], TEXT(".yaml")))
			continue;
		const char *path = arena_format(arena,
			"definitions/registers/" TEXT_FORMAT,
			TEXT_ARGS(names[i]));
		if (!answer(path, codes, arena, &out))
			fail_msg("%s is refused\n" TEXT_FORMAT, path,
				TEXT_ARGS(buffer_text(&out)));
		compare(arena_format(arena, "docs/registers/" TEXT_FORMAT,
				TEXT_ARGS(names[i])),
			".md", buffer_text(&out), arena);
		buffer_finish(&out);
	}
	arena_close(arena);
}

/* The example of docs/registers.md lies over a shipped register. */
static void test_example(void **state)
{
	static const struct text begin = {"```yaml\n", 8}, end = {"```", 3};
	struct arena *arena = arena_open();
	const struct definition *definition;
	struct fault fault = {0};
	struct buffer mistakes = {.maximum = 1 << 20};
	struct text page = read_file("docs/registers.md", arena);
	size_t first = 0, last;
	(void)state;
	while (first < page.length
		&& !text_starts(text_cut(page, first, page.length), begin))
		first++;
	assert_true(first < page.length);
	last = first += begin.length;
	while (last < page.length
		&& !text_starts(text_cut(page, last, page.length), end))
		last++;
	struct definition_options options = {.name = TEXT("flexi.yaml"),
		.text = read_file("definitions/registers/flexi.yaml", arena),
		.overlay_name = TEXT("docs/registers.md"),
		.overlay = text_cut(page, first, last - first),
		.codes = open_codes(arena)};
	if (!definition_read(arena, &options, &definition, &mistakes, &fault))
		fail_msg(TEXT_FORMAT, TEXT_ARGS(buffer_text(&mistakes)));
	assert_non_null(definition_field(definition, NULL, TEXT("library_card")));
	buffer_finish(&mistakes);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_accepts),
		cmocka_unit_test(test_refuses),
		cmocka_unit_test(test_pages),
		cmocka_unit_test(test_example),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
