/* SPDX-License-Identifier: MIT
 *
 * Arenas: zeroed and aligned memory, closers in reverse order, reuse, and the
 * end with code 70 when there is no memory.
 */
#include "base/arena.h"

#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_memory(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	for (size_t size = 0; size < 5000; size += 7) {
		unsigned char *memory = arena_new(arena, size);
		assert_int_equal((uintptr_t)memory % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(memory[i], 0);
		memset(memory, 0xff, size);
	}
	memset(arena_new(arena, 9 * 1024 * 1024), 1, 9 * 1024 * 1024);
	int64_t *numbers = arena_array(arena, 1000, sizeof *numbers);
	assert_int_equal(numbers[999], 0);
	arena_close(arena);
	arena_close(NULL);
}

static void test_strings(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	char original[] = "child";
	struct text copy = arena_text(arena, text_of(original));
	original[0] = 'x';
	assert_string_equal(copy.at, "child");
	assert_int_equal(copy.length, 5);
	assert_string_equal(arena_string(arena, text_cut(copy, 1, 3)), "hil");
	assert_string_equal(arena_string(arena, (struct text){NULL, 0}), "");
	assert_string_equal(arena_format(arena, "%s %d", "row", 12), "row 12");
	arena_close(arena);
}

static char order[8];

static void note(void *thing)
{
	size_t length = strlen(order);
	order[length] = *(char *)thing;
	order[length + 1] = '\0';
}

static void test_closers(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	char a = 'a', b = 'b', c = 'c';
	order[0] = '\0';
	arena_on_close(arena, note, &a);
	arena_on_close(arena, note, &b);
	arena_reset(arena);
	assert_string_equal(order, "ba");
	unsigned char *memory = arena_new(arena, 64);
	assert_int_equal(memory[0] | memory[63], 0);
	arena_on_close(arena, note, &c);
	arena_close(arena);
	assert_string_equal(order, "bac");
}

static void test_grow(void **state)
{
	(void)state;
	size_t capacity = 0;
	int *array = NULL;
	for (int i = 0; i < 1000; i++) {
		array = memory_grow(array, &capacity, (size_t)i + 1,
			sizeof *array);
		array[i] = i;
	}
	assert_true(capacity >= 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(array[i], i);
	memory_free(array);
	memory_free(NULL);
}

/* Has the address sanitizer answer as malloc does, with NULL, instead of
 * ending the process before the arena can. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
	return "allocator_may_return_null=1";
}

/* More than any machine has, in a child process, which must end with 70. */
static void test_no_memory(void **state)
{
	(void)state;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(STDERR_FILENO);
		struct arena *arena = arena_open();
		volatile size_t half = SIZE_MAX / 4;
		(void)arena_array(arena, half, 4);
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 70);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_memory),
		cmocka_unit_test(test_strings),
		cmocka_unit_test(test_closers),
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_no_memory),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
