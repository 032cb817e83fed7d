/* SPDX-License-Identifier: MIT
 *
 * Names that are the same to a reader fold to the same bytes, and folding
 * what is folded changes nothing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "people/fold.h"

static void test_folds(void **state)
{
	(void)state;
	static const struct {
		const char *name, *folded;
	} cases[] = {
		{"", ""},
		{"  Ann   Lee\t", "ann lee"},
		{"O\xe2\x80\x99Hara-Smith", "o'hara-smith"},
		{"O`Hara\xe2\x80\x93Smith", "o'hara-smith"},
		{"Zo\xc3\xab", "zoe"},
		{"Zoe\xcc\x88", "zoe"},
		{"\xc5\x81ukasz \xc5\xbb\xc3\xb3\xc5\x82\xc4\x87", "lukasz zolc"},
		{"\xc3\x98ystein \xc3\x86gir", "oystein aegir"},
		{"\xc3\x9e\xc3\xb3ra \xc5\x92uvre", "thora oeuvre"},
		{"\xc4\x90inh I\xc5\x9f\xc4\xb1k", "dinh isik"},
		{"Stra\xc3\x9f"
		 "e",
			"strasse"},
		{"\xef\xac\x81nn", "finn"},
		{"\xce\x91\xce\xbd\xce\xbd\xce\xb1",
			"\xce\xb1\xce\xbd\xce\xbd\xce\xb1"},
		{"A\xff"
		 "b",
			"ab"},
	};
	struct arena *arena = arena_open();
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct text once = fold_name(arena, text_of(cases[i].name));
		struct text twice = fold_name(arena, once);
		assert_string_equal(arena_string(arena, once), cases[i].folded);
		assert_true(text_equals(once, twice));
	}
	arena_close(arena);
}

/* The character with the longest decomposition there is. */
static void test_room(void **state)
{
	(void)state;
	struct arena *arena = arena_open();
	struct text folded = fold_name(arena,
		TEXT("\xef\xb7\xba\xef\xb7\xba\xef\xb7\xba"));
	assert_true(folded.length > 30);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_folds),
		cmocka_unit_test(test_room),
	};
	return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
