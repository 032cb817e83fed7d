/* SPDX-License-Identifier: MIT
 *
 * What the documents say is so: each `kith` command in a ```sh block is run, a
 * recipe's file is taken from the recipe, every measure is listed, and every
 * path named is there.
 *
 * Commands run in a folder of the document's own, on the database kith.db
 * there, which holds two small returns; the README's enters its own.
 */
#include "running.h"

#include "base/buffer.h"
#include "base/file.h"

static const char *const documents[] = {"README.md", "docs/tour.md",
	"docs/files.md", "docs/recipes.md", "docs/measures.md",
	"docs/accounts.md"};

/* ---- Blocks ---- */

/* The inside of the next block of the language; false: there is none. */
static bool next_block(struct text *rest, const char *language,
	struct text *out_block)
{
	while (rest->length > 0) {
		struct text line = text_split(*rest, '\n', rest);
		bool is_fence = text_starts(line, TEXT("```"));
		bool is_wanted = is_fence
			&& text_is(text_cut(line, 3, line.length - 3), language);
		struct text block = {.at = rest->at, .length = 0};
		while (is_fence && rest->length > 0) {
			line = text_split(*rest, '\n', rest);
			if (text_starts(line, TEXT("```")))
				break;
			block.length = (size_t)(rest->at - block.at);
		}
		if (is_wanted) {
			*out_block = block;
			return true;
		}
	}
	return false;
}

/* ---- A folder to run them in ---- */

static const char header[] =
	"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
	"11,1,01/02/2007,WBRI,UN1,,\n12,2,03/04/2013,MWBC,UN1,,\n";
static const char *const episodes[] = {"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
				       "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
				       "11,05/04/2020,S,C2,N1,U1,PR1,,,,,,\n",
	"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
	"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
	"11,05/04/2020,S,C2,N1,U1,PR1,,,,,,\n"
	"12,06/05/2023,S,C2,N1,U1,PR1,,,,,,\n"};

static const char *folder_for(struct harness *h, const char *document)
{
	static const char *const years[] = {"2022-23", "2023-24"};
	static int number;
	struct arena *arena = harness_arena(h);
	const char *name = arena_format(arena, "doc-%d", ++number);
	for (size_t y = 0; y < COUNT_OF(years); y++) {
		running_write(h,
			arena_format(arena, "%s/returns/%s/header.csv", name,
				years[y]),
			header);
		running_write(h,
			arena_format(arena, "%s/returns/%s/episodes.csv", name,
				years[y]),
			episodes[y]);
	}
	running_write(h, arena_format(arena, "%s/secret.txt", name),
		"a client's secret\n");
	const char *folder = harness_path(h, name);
	if (!text_is(text_of(document), "README.md")) {
		struct running run = running_shell(h, folder,
			"kith init --la 206; kith import ssda903 returns/2022-23"
			" returns/2023-24");
		assert_int_equal(run.code, 0);
	}
	return folder;
}

/* Commands are lines; one that ends in a backslash goes on. Messages of the
 * program are fine, its failures are not. 1 says that data have faults. */
static size_t run_block(struct harness *h, const char *folder, struct text block)
{
	size_t count = 0;
	while (block.length > 0) {
		struct text line = text_split(block, '\n', &block);
		while (text_ends(line, TEXT("\\")) && block.length > 0) {
			struct text more = text_split(block, '\n', &block);
			line.length = (size_t)(more.at - line.at) + more.length;
		}
		line = text_trim(line);
		if (line.length == 0 || text_starts(line, TEXT("#"))
			|| text_starts(line, TEXT("sh tools/")))
			continue;
		const char *command = arena_string(harness_arena(h), line);
		struct running run = running_shell(h, folder, command);
		if (run.code > 1)
			print_error("%s\nended with %d:\n%.2000s", command,
				run.code, run.err.at);
		assert_true(run.code <= 1);
		NEVER_SAYS(run.err, "runtime error");
		count++;
	}
	return count;
}

static struct text recipe_file(struct harness *h)
{
	struct text rest = running_read(h, harness_source(h, "docs/recipes.md"));
	struct text block = {.at = NULL, .length = 0};
	assert_true(next_block(&rest, "sql", &block));
	return block;
}

static void test_commands(void **state)
{
	struct harness *h = harness_of(state);
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		struct text block,
			rest = running_read(h, harness_source(h, documents[i]));
		const char *folder = folder_for(h, documents[i]);
		while (next_block(&rest, "sh", &block)) {
			count += run_block(h, folder, block);
			/* The reader of the recipe writes the file next. */
			const char *made = arena_format(harness_arena(h),
				"%s/ours/measures", folder);
			struct fault fault = {0};
			if (file_is_folder(made))
				HARNESS_DONE(file_write(arena_format(harness_arena(
									     h),
								"%s/LAC16.sql",
								made),
						     recipe_file(h), &fault),
					&fault);
		}
	}
	assert_true(count >= 10);
}

/* The recipe's measure counts what the recipe says: of two children one is 17
 * on that day. */
static void test_recipe(void **state)
{
	struct harness *h = harness_of(state);
	const char *folder = folder_for(h, "docs/recipes.md");
	struct fault fault = {0};
	const char *made = arena_format(harness_arena(h), "%s/ours/measures",
		folder);
	HARNESS_DONE(file_make_folder(made, &fault), &fault);
	HARNESS_DONE(file_write(arena_format(harness_arena(h), "%s/LAC16.sql",
					made),
			     recipe_file(h), &fault),
		&fault);
	struct running run = running_shell(h, folder,
		"kith --definitions ours measure LAC16 --at 2024-03-31"
		" --format csv");
	assert_int_equal(run.code, 0);
	SAME(running_cell(h, run.out, 1, "numerator"), text_of("1"));
	run = running_shell(h, folder,
		"kith --definitions ours measure LAC16 --at 2022-12-31"
		" --format csv");
	SAME(running_cell(h, run.out, 1, "numerator"), text_of("0"));
	/* Into the report, as the recipe's last step says. */
	struct text pack = running_read(h,
		harness_source(h, "definitions/reports/quarterly.yaml"));
	const char *reports = arena_format(harness_arena(h), "%s/ours/reports",
		folder);
	HARNESS_DONE(file_make_folder(reports, &fault), &fault);
	HARNESS_DONE(file_write(arena_format(harness_arena(h),
					"%s/quarterly.yaml", reports),
			     text_of(arena_format(harness_arena(h),
				     TEXT_FORMAT "  - LAC16\n", TEXT_ARGS(pack))),
			     &fault),
		&fault);
	run = running_shell(h, folder,
		"kith --definitions ours report quarterly --period 2023-24Q4");
	assert_int_equal(run.code, 0);
	SAYS(run.out, "Looked-after children of 16 and 17");
}

/* ---- Lists and paths ---- */

static void test_measures(void **state)
{
	struct harness *h = harness_of(state);
	struct text page = running_read(h, harness_source(h, "docs/measures.md"));
	struct fault fault = {0};
	const struct text *names;
	size_t count;
	HARNESS_DONE(file_list(harness_source(h, "definitions/measures"),
			     harness_arena(h), &names, &count, &fault),
		&fault);
	assert_true(count > 50);
	for (size_t i = 0; i < count; i++) {
		struct text rest, id = text_split(names[i], '.', &rest);
		SAYS(page,
			arena_format(harness_arena(h), "| `" TEXT_FORMAT "` |",
				TEXT_ARGS(id)));
	}
}

static bool is_path(struct text name)
{
	static const char *const roots[] = {"src/", "tests/", "docs/",
		"definitions/", "tools/"};
	for (size_t i = 0; i < COUNT_OF(roots); i++)
		if (text_starts(name, text_of(roots[i])))
			return !text_has(name, TEXT("*"))
				&& !text_has(name, TEXT("ID"));
	return false;
}

static void test_paths(void **state)
{
	struct harness *h = harness_of(state);
	size_t count = 0;
	for (size_t i = 0; i < COUNT_OF(documents); i++) {
		struct text rest = running_read(h,
			harness_source(h, documents[i]));
		while (rest.length > 0) {
			struct text before, name;
			before = text_split(rest, '`', &rest);
			name = text_split(rest, '`', &rest);
			(void)before;
			if (!is_path(name))
				continue;
			const char *path = harness_source(h,
				arena_string(harness_arena(h), name));
			if (!file_exists(path) && !file_is_folder(path))
				print_error("%s names %.*s\n", documents[i],
					(int)name.length, name.at);
			assert_true(file_exists(path) || file_is_folder(path));
			count++;
		}
	}
	assert_true(count >= 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_SQLITE(test_commands),
		HARNESS_SQLITE(test_recipe),
		HARNESS_SQLITE(test_measures),
		HARNESS_SQLITE(test_paths),
	};
	return HARNESS_RUN(tests);
}
