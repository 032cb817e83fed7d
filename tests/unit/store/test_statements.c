/* SPDX-License-Identifier: MIT
 *
 * Every named statement of every room is taken by both engines, as it stands,
 * with the schema in place. A catalogue is a line in the table, and no block
 * of a .sql file in the source tree is missing from it.
 */
#include "base/embedded.h"
#include "base/file.h"
#include "harness.h"
#include "register/register.h"

extern const struct embedded store_sql[];
extern const struct embedded accounts_sql[];
extern const struct embedded people_sql[];
extern const struct embedded feeds_sql[];
extern const struct embedded cin_sql[];
extern const struct embedded measures_sql[];
extern const struct embedded desk_sql[];
extern const struct embedded refs_sql[];
extern const struct embedded absence_sql[];
extern const struct embedded annex_a_sql[];
extern const struct embedded census_sql[];
extern const struct embedded marks_feed_sql[];
extern const struct embedded register_sql[];
extern const struct embedded termly_sql[];
extern const struct embedded case_sql[];

static const struct {
	const char *room;
	const struct embedded *statements;
} catalogues[] = {
	{"store", store_sql},
	{"accounts", accounts_sql},
	{"people", people_sql},
	{"feeds", feeds_sql},
	{"feeds, cin", cin_sql},
	{"measures", measures_sql},
	{"desk", desk_sql},
	{"feeds, refs", refs_sql},
	{"feeds, absence", absence_sql},
	{"feeds, annex a", annex_a_sql},
	{"feeds, census", census_sql},
	{"feeds, marks feed", marks_feed_sql},
	{"register", register_sql},
	{"register, termly", termly_sql},
	{"desk, case", case_sql},
};

/* Some statements read the tables that registers make. */
static void up(struct harness *harness)
{
	struct codes *codes;
	struct registers *registers;
	struct fault fault = {0};
	size_t changed;
	HARNESS_DONE(codes_open(harness_arena(harness), NULL, &codes, &fault),
		&fault);
	HARNESS_DONE(register_open(harness_arena(harness), codes, NULL,
			     &registers, &fault),
		&fault);
	HARNESS_DONE(register_up(registers, harness_store(harness), HARNESS_LA,
			     &changed, &fault),
		&fault);
}

static void test_prepared(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	int refused = 0;
	up(harness);
	for (size_t i = 0; i < COUNT_OF(catalogues); i++)
		for (const struct embedded *at = catalogues[i].statements;
			at->name != NULL; at++) {
			struct fault fault = {0};
			if (store_check(store, at->text, &fault))
				continue;
			print_error("%s.sql, %s: %s\n", catalogues[i].room,
				at->name, fault.detail);
			refused++;
		}
	assert_int_equal(refused, 0);
}

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(catalogues); i++) {
		const struct embedded *first = catalogues[i].statements;
		assert_non_null(first->name);
		for (const struct embedded *at = first; at->name != NULL; at++)
			assert_ptr_equal(store_find(first, at->name), at->text);
	}
}

static bool is_listed(struct text name)
{
	for (size_t i = 0; i < COUNT_OF(catalogues); i++)
		for (const struct embedded *at = catalogues[i].statements;
			at->name != NULL; at++)
			if (text_is(name, at->name))
				return true;
	return false;
}

/* How many named blocks the file has; each must be listed. */
static int check_listed(struct harness *harness, const char *path)
{
	static const struct text mark = {"-- name: ", 9};
	struct fault fault = {0};
	struct text rest;
	int blocks = 0;
	HARNESS_DONE(file_map(path, harness_arena(harness), &rest, &fault),
		&fault);
	while (rest.length > 0) {
		struct text line = text_split(rest, '\n', &rest);
		if (!text_starts(line, mark))
			continue;
		struct text name = text_trim(
			text_cut(line, mark.length, line.length));
		if (!is_listed(name))
			fail_msg("%s: \"%.*s\" is in no catalogue here", path,
				TEXT_ARGS(name));
		blocks++;
	}
	return blocks;
}

static void test_all_are_listed(void **state)
{
	struct harness *harness = harness_of(state);
	struct arena *arena = harness_arena(harness);
	struct fault fault = {0};
	const char *source = harness_source(harness, "src");
	const struct text *rooms, *files;
	size_t room_count, file_count;
	int blocks = 0;
	HARNESS_DONE(file_list(source, arena, &rooms, &room_count, &fault),
		&fault);
	for (size_t i = 0; i < room_count; i++) {
		const char *room = arena_format(arena, "%s/%s", source,
			rooms[i].at);
		if (!file_is_folder(room))
			continue;
		HARNESS_DONE(file_list(room, arena, &files, &file_count, &fault),
			&fault);
		for (size_t j = 0; j < file_count; j++)
			if (text_ends(files[j], TEXT(".sql")))
				blocks += check_listed(harness,
					arena_format(arena, "%s/%s", room,
						files[j].at));
	}
	assert_true(blocks > 20);
}

/* The check itself can fail. */
static void test_refusal(void **state)
{
	struct store *store = harness_store(harness_of(state));
	struct fault fault = {0};
	assert_false(store_check(store, "SELECT nobody FROM child", &fault));
	assert_true(fault_is_set(&fault));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_prepared),
		HARNESS_EACH_ENGINE(test_refusal),
		HARNESS_SQLITE(test_names),
		HARNESS_SQLITE(test_all_are_listed),
	};
	return HARNESS_RUN(tests);
}
