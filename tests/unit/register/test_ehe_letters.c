/* SPDX-License-Identifier: MIT
 *
 * The letters of home education, as definitions/letters/README.md says they are
 * written: each file is there, each name in it is known and is for its reader,
 * blocks are closed, each step offers letters there are.
 */
#include "base/file.h"
#include "home.h"

struct letter {
	const struct definition *of;
	const struct definition_letter *letter;
	const char *path;
	struct text blocks[8]; /* open ones: "if", "each" */
	size_t depth;
	const struct definition_part *each; /* the rows of an open block */
};

static bool is_known(struct text name)
{
	static const char *const known[] = {"child.name", "child.forename",
		"child.surname", "child.born", "today", "reference",
		"council.name", "council.address", "council.phone",
		"council.email", "owner.name", "everything"};
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (text_is(name, known[i]))
			return true;
	return false;
}

static void check_name(const struct letter *letter, struct text name)
{
	const struct definition_part *part = NULL;
	struct text rest;
	if (is_known(name))
		return;
	struct text first = text_split(name, '.', &rest);
	if (rest.length > 0) {
		part = definition_part(letter->of, first);
		if (part == NULL
			|| (part != letter->letter->part && part != letter->each))
			fail_msg("%s: {{%.*s}} is of no row it is about",
				letter->path, (int)name.length, name.at);
		first = rest;
	}
	const struct definition_field *field = definition_field(letter->of,
		part, first);
	if (field == NULL)
		fail_msg("%s: {{%.*s}} is no field", letter->path,
			(int)name.length, name.at);
	/* To whom a paper is addressed is for whoever reads it. */
	bool is_own = text_is(first, "notice_to");
	bool is_private = field->is_address || (field->is_third_party && !is_own)
		|| (!is_own && (field->audience & letter->letter->audience) == 0);
	if (is_private)
		fail_msg("%s: {{%.*s}} is not for its reader", letter->path,
			(int)name.length, name.at);
}

static void open_block(struct letter *letter, struct text what)
{
	struct text name;
	struct text kind = text_split(what, ' ', &name);
	assert_true(letter->depth < COUNT_OF(letter->blocks));
	letter->blocks[letter->depth++] = kind;
	if (!text_is(kind, "each")) {
		assert_true(text_is(kind, "if") || text_is(kind, "unless"));
		check_name(letter, name);
		return;
	}
	letter->each = definition_part(letter->of, name);
	assert_non_null(letter->each);
}

static void check_tag(struct letter *letter, struct text tag)
{
	assert_true(tag.length > 0);
	struct text rest = text_cut(tag, 1, tag.length);
	if (tag.at[0] == '#') {
		open_block(letter, rest);
	} else if (tag.at[0] == '/') {
		if (letter->depth == 0
			|| !text_equals(letter->blocks[--letter->depth], rest))
			fail_msg("%s: {{%.*s}} closes nothing", letter->path,
				(int)tag.length, tag.at);
		if (text_is(rest, "each"))
			letter->each = NULL;
	} else {
		check_name(letter, tag);
	}
}

static void check_file(struct letter *letter, struct text text)
{
	size_t headings = 0;
	for (size_t i = 0; i + 1 < text.length; i++) {
		headings += text_starts(text_cut(text, i, text.length),
			TEXT("<h1>"));
		if (text.at[i] != '{' || text.at[i + 1] != '{')
			continue;
		size_t end = i + 2;
		while (end + 1 < text.length && text.at[end] != '}')
			end++;
		check_tag(letter, text_cut(text, i + 2, end - i - 2));
		i = end + 1;
	}
	if (letter->depth != 0)
		fail_msg("%s: a block is not closed", letter->path);
	if (headings != 1)
		fail_msg("%s: %zu headings of the first rank", letter->path,
			headings);
}

static void test_letters(void **state)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct codes *codes;
	struct registers *registers;
	(void)state;
	HARNESS_DONE(codes_open(arena, NULL, &codes, &fault), &fault);
	HARNESS_DONE(register_open(arena, codes, NULL, &registers, &fault),
		&fault);
	size_t count = 0;
	for (size_t i = 0; i < registers->count; i++) {
		const struct definition *of = registers->all[i].definition;
		for (size_t j = 0; j < of->letter_count; j++, count++) {
			struct letter letter = {.of = of,
				.letter = &of->letters[j],
				.path = arena_format(arena, LETTERS "/%s",
					of->letters[j].file)};
			struct text text;
			HARNESS_DONE(file_map(letter.path, arena, &text, &fault),
				&fault);
			check_file(&letter, text);
		}
	}
	assert_true(count >= 23);
	arena_close(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_letters)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
