/* SPDX-License-Identifier: MIT
 *
 * The PDF as other programs see it: pdfinfo says that it is tagged and dated,
 * pdftotext finds the words. Skipped, with a message, where poppler's programs
 * are not installed; that both runs give equal bytes is tested elsewhere.
 */
#include "render/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "fixture.h"

extern char **environ;

struct printed {
	struct arena *arena;
	int file; /* the PDF */
};

static int open_printed(void **state)
{
	struct arena *arena = arena_open();
	struct printed *printed = arena_new(arena, sizeof *printed);
	struct buffer out = {0};
	struct fault fault = {0};
	if (!report_write_pdf(&fixture_report, &out, &fault))
		fail_msg("%s: %s", fault.message, fault.detail);
	printed->arena = arena;
	printed->file = memfd_create("report", 0);
	assert_int_equal(write(printed->file, out.bytes, out.length), out.length);
	buffer_finish(&out);
	*state = printed;
	return 0;
}

static int close_printed(void **state)
{
	struct printed *printed = *state;
	close(printed->file);
	arena_close(printed->arena);
	return 0;
}

/* What the program prints about the PDF; NULL if it is not installed. */
static const char *run(struct printed *printed, const char *program,
	const char *option, const char *target)
{
	int reply = memfd_create("reply", MFD_CLOEXEC);
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, reply, STDOUT_FILENO);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null",
		O_WRONLY, 0);
	const char *path = arena_format(printed->arena, "/proc/self/fd/%d",
		printed->file);
	const char *const arguments[] = {program, option, path, target, NULL};
	pid_t child;
	int failed = posix_spawnp(&child, program, &actions, NULL,
		(char *const *)(uintptr_t)arguments, environ);
	posix_spawn_file_actions_destroy(&actions);
	int status = 0;
	if (failed == 0)
		assert_int_equal(waitpid(child, &status, 0), child);
	struct stat facts = {0};
	fstat(reply, &facts);
	char *text = arena_array(printed->arena, (size_t)facts.st_size + 1, 1);
	assert_int_equal(pread(reply, text, (size_t)facts.st_size, 0),
		facts.st_size);
	close(reply);
	if (failed != 0 || WEXITSTATUS(status) == 127)
		return NULL;
	assert_int_equal(status, 0);
	return text;
}

static const char *run_or_skip(struct printed *printed, const char *program,
	const char *option, const char *target)
{
	const char *text = run(printed, program, option, target);
	if (text == NULL) {
		print_message("%s is not installed (poppler-utils)\n", program);
		skip();
	}
	return text;
}

static void assert_says(const char *text, const char *wanted)
{
	if (strstr(text, wanted) == NULL)
		fail_msg("missing: %s\nin:\n%.4000s", wanted, text);
}

static void it_is_tagged_and_dated(void **state)
{
	const char *info = run_or_skip(*state, "pdfinfo", "-isodates", NULL);
	assert_says(info, "Tagged:          yes");
	assert_says(info, "CreationDate:    2024-06-30T00:00:00Z");
	assert_says(info, "(A4)");
	assert_says(info, "Title:           Children's services performance");
	assert_says(info, "JavaScript:      no");
}

static void its_text_can_be_read(void **state)
{
	struct printed *printed = *state;
	/* A box is narrow: what it says may go over several lines. */
	struct text lines = text_of(
		run_or_skip(printed, "pdftotext", "-raw", "-"));
	char *text = arena_new(printed->arena, lines.length + 1);
	for (size_t i = 0; i < lines.length; i++)
		text[i] = lines.at[i] == '\n' ? ' ' : lines.at[i];
	static const char *const wanted[] = {
		"20.7%",
		"26.7%",
		"14.4%",
		"67.0%",
		"24.5%",
		"Green: meets target",
		"Inner London",
		"Contents",
		"Page 1 of ",
		"c: suppressed: fewer than 6 young people",
		"the data loaded do not cover all its days",
		"Łucja Öztürk-Ó Súilleabháin",
		"<img src=x onerror=alert(1)>",
		"The axis starts at 66%, not at zero.",
		"99.8% linked",
	};
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		assert_says(text, wanted[i]);
}

static void its_parts_have_their_tags(void **state)
{
	const char *tree = run_or_skip(*state, "pdfinfo", "-struct", NULL);
	static const char *const wanted[] = {"Document", "H1", "H2", "H3",
		"Table", "TR", "TH", "TD", "Figure", "TOC", "Link", "LBody"};
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		assert_says(tree, wanted[i]);
	const char *first = strstr(tree, "\n  H1");
	if (first == NULL)
		first = strstr(tree, "H1");
	assert_null(strstr(first + 4, "H1")); /* one title */
}

/* Without breakdowns a measure has one page: beside them are the title, the
 * summary, the exceptions and the sources. */
static void a_measure_has_a_page(void **state)
{
	enum { OTHERS = 5 };
	struct arena *arena = arena_open();
	struct view_report plain = fixture_report;
	struct view_measure *measures = arena_array(arena, plain.measure_count,
		sizeof *measures);
	struct buffer out = {0};
	struct fault fault = {0};
	(void)state;
	for (size_t i = 0; i < plain.measure_count; i++) {
		measures[i] = fixture_report.measures[i];
		measures[i].breakdown_count = 0;
	}
	plain.measures = measures;
	assert_true(report_write_pdf(&plain, &out, &fault));
	struct printed printed = {arena, memfd_create("plain", 0)};
	assert_int_equal(write(printed.file, out.bytes, out.length), out.length);
	buffer_finish(&out);
	const char *text = run_or_skip(&printed, "pdftotext", "-raw", "-");
	size_t pages = 0;
	for (; *text != '\0'; text++)
		pages += *text == '\f';
	if (pages > plain.measure_count + OTHERS)
		fail_msg("%zu pages for %zu measures", pages,
			plain.measure_count);
	close(printed.file);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_tagged_and_dated),
		cmocka_unit_test(its_text_can_be_read),
		cmocka_unit_test(its_parts_have_their_tags),
		cmocka_unit_test(a_measure_has_a_page),
	};
	return cmocka_run_group_tests(tests, open_printed, close_printed);
}
