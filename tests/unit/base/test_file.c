/* SPDX-License-Identifier: MIT
 *
 * Files and folders in a scratch folder that is gone afterwards.
 */
#include "base/file.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static char scratch[] = "/tmp/kith-file-XXXXXX";
static struct arena *arena;

static const char *path(const char *name)
{
	return arena_format(arena, "%s/%s", scratch, name);
}

static int remove_one(const char *at, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(at);
}

static int begin(void **state)
{
	(void)state;
	arena = arena_open();
	return mkdtemp(scratch) == NULL;
}

static int end(void **state)
{
	(void)state;
	arena_close(arena);
	return nftw(scratch, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void test_write_and_map(void **state)
{
	(void)state;
	struct fault fault = {0};
	const char *name = path("a.txt");
	struct text bytes;
	assert_true(file_write(name, TEXT("first"), &fault));
	assert_true(file_write(name, TEXT("second\n"), &fault));
	assert_true(file_map(name, arena, &bytes, &fault));
	assert_true(text_is(bytes, "second\n"));
	assert_true(file_write(name, TEXT(""), &fault));
	assert_true(file_map(name, arena, &bytes, &fault));
	assert_int_equal(bytes.length, 0);
	assert_non_null(bytes.at);
	assert_false(file_exists(path("a.txt.part")));
	assert_false(fault_is_set(&fault));
}

static void test_faults(void **state)
{
	(void)state;
	struct fault fault = {0};
	struct text bytes;
	assert_false(file_map(path("none"), arena, &bytes, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	assert_non_null(strstr(fault.message, "none"));
	assert_string_not_equal(fault.detail, "");
	fault_clear(&fault);
	assert_false(file_map(scratch, arena, &bytes, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault_clear(&fault);
	assert_int_equal(mkfifo(path("pipe"), 0600), 0);
	assert_false(file_map(path("pipe"), arena, &bytes, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault_clear(&fault);
	assert_false(file_write(path("no/such/x"), TEXT("x"), &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

static void test_folders(void **state)
{
	(void)state;
	struct fault fault = {0};
	assert_true(file_make_folder(path("b/c/d"), &fault));
	assert_true(file_make_folder(path("b/c/d/"), &fault));
	assert_true(file_is_folder(path("b/c/d")));
	assert_false(file_is_folder(path("a.txt")));
	assert_true(file_write(path("b/z"), TEXT("1"), &fault));
	assert_true(file_write(path("b/a"), TEXT("1"), &fault));
	assert_true(file_write(path("b/.hidden"), TEXT("1"), &fault));
	const struct text *names;
	size_t count;
	assert_true(file_list(path("b"), arena, &names, &count, &fault));
	assert_int_equal(count, 3);
	assert_string_equal(names[0].at, "a");
	assert_string_equal(names[1].at, "c");
	assert_string_equal(names[2].at, "z");
	assert_false(file_make_folder(path("b/a"), &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault_clear(&fault);
	assert_false(file_list(path("e"), arena, &names, &count, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

static void test_names(void **state)
{
	(void)state;
	assert_true(text_is(file_name(TEXT("a/b/c.csv")), "c.csv"));
	assert_true(text_is(file_name(TEXT("c.csv")), "c.csv"));
	assert_true(text_is(file_name(TEXT("a/")), ""));
	assert_int_equal(setenv("KITH_TEST_X", "yes", 1), 0);
	assert_string_equal(file_environment("KITH_TEST_X"), "yes");
	assert_int_equal(setenv("KITH_TEST_X", "", 1), 0);
	assert_null(file_environment("KITH_TEST_X"));
	assert_int_equal(unsetenv("KITH_TEST_X"), 0);
	assert_null(file_environment("KITH_TEST_X"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_write_and_map),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_folders),
		cmocka_unit_test(test_names),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
