/* SPDX-License-Identifier: MIT
 *
 * Starting the program and looking at what it said.
 */
#include "running.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/csv.h"
#include "base/file.h"
#include "demo/demo.h"

enum { MOST_WORDS = 64, MOST_VARIABLES = 512 };

extern char **environ;

/* ---- Processes ---- */

static bool is_ours(const char *variable)
{
	static const char *const ours[] = {"KITH_DB=", "KITH_DEFINITIONS=",
		"KITH_ROLE=", "PATH="};
	for (size_t i = 0; i < COUNT_OF(ours); i++)
		if (text_starts(text_of(variable), text_of(ours[i])))
			return true;
	return false;
}

/* execve takes strings it might write to. */
static char *own(struct arena *arena, const char *string)
{
	struct text text = text_of(string);
	char *copy = arena_array(arena, text.length + 1, 1);
	text_copy(copy, text.length + 1, text);
	return copy;
}

/* The tester's environment, with the program's folder first on the path. */
static char **clean_environment(struct arena *arena)
{
	char **variables = arena_array(arena, MOST_VARIABLES + 2,
		sizeof *variables);
	size_t count = 0;
	for (char **at = environ; *at != NULL && count < MOST_VARIABLES; at++)
		if (!is_ours(*at))
			variables[count++] = *at;
	struct text program = text_of(KITH_BINARY);
	variables[count] = own(arena,
		arena_format(arena, "PATH=%.*s:%s",
			(int)(program.length - sizeof "/kith" + 1), program.at,
			file_environment("PATH")));
	return variables;
}

static struct running_program start(struct harness *harness,
	const char *program, const char *const *words)
{
	static int count;
	struct arena *arena = harness_arena(harness);
	struct running_program started = {.out = harness_path(harness,
						  arena_format(arena, "out-%d",
							  ++count)),
		.err = harness_path(harness,
			arena_format(arena, "err-%d", count))};
	char *arguments[MOST_WORDS + 2] = {own(arena, program)};
	for (size_t i = 0; words[i] != NULL; i++) {
		assert_true(i < MOST_WORDS);
		arguments[i + 1] = own(arena, words[i]);
	}
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, started.out,
		O_WRONLY | O_CREAT | O_TRUNC, 0600);
	posix_spawn_file_actions_addopen(&actions, 2, started.err,
		O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int failure = posix_spawn(&started.child, program, &actions, NULL,
		arguments, clean_environment(arena));
	posix_spawn_file_actions_destroy(&actions);
	assert_int_equal(failure, 0);
	return started;
}

struct running_program running_start(struct harness *harness,
	const char *const *words)
{
	return start(harness, KITH_BINARY, words);
}

struct running running_end(struct harness *harness,
	const struct running_program *program)
{
	int status = 0;
	while (waitpid(program->child, &status, 0) < 0)
		assert_int_equal(errno, EINTR);
	return (struct running){WIFEXITED(status) ? WEXITSTATUS(status)
						  : 128 + WTERMSIG(status),
		running_read(harness, program->out),
		running_read(harness, program->err)};
}

static struct running run(struct harness *harness, const char *program,
	const char *const *words)
{
	struct running_program started = start(harness, program, words);
	return running_end(harness, &started);
}

struct running running_words(struct harness *harness, const char *const *words)
{
	return run(harness, KITH_BINARY, words);
}

struct running running_shell(struct harness *harness, const char *folder,
	const char *command)
{
	const char *script = arena_format(harness_arena(harness),
		"set -e; cd '%s'\n%s", folder, command);
	return run(harness, "/bin/sh", (const char *const[]){"-c", script, NULL});
}

struct text running_expect(int wanted, struct running run,
	const char *const *words, const char *file, int line)
{
	if (run.code == wanted)
		return run.out;
	print_error("kith");
	for (size_t i = 0; words[i] != NULL; i++)
		print_error(" %s", words[i]);
	print_error("\nended with %d, not %d\n--- standard output\n%.2000s"
		    "--- standard error\n%.4000s",
		run.code, wanted, run.out.at, run.err.at);
	_fail(file, line);
	return run.out;
}

void running_says(struct text text, const char *part, const char *file, int line)
{
	if (text_has(text, text_of(part)))
		return;
	print_error("\"%s\" is not in:\n%.6000s\n", part, text.at);
	_fail(file, line);
}

void running_never_says(struct text text, const char *part, const char *file,
	int line)
{
	if (!text_has(text, text_of(part)))
		return;
	print_error("\"%s\" is in:\n%.6000s\n", part, text.at);
	_fail(file, line);
}

void running_same(struct text left, struct text right, const char *file, int line)
{
	if (text_equals(left, right))
		return;
	for (int number = 1; left.length > 0 || right.length > 0; number++) {
		struct text a = text_split(left, '\n', &left);
		struct text b = text_split(right, '\n', &right);
		if (text_equals(a, b))
			continue;
		print_error("line %d differs:\n  %.*s\n  %.*s\n", number,
			a.length > 400 ? 400 : (int)a.length, a.at,
			b.length > 400 ? 400 : (int)b.length, b.at);
		break;
	}
	_fail(file, line);
}

/* ---- Databases ---- */

const char *running_place_name(enum running_place place)
{
	static const char *const names[RUNNING_PLACES] = {"a file", "a folder",
		"PostgreSQL"};
	return names[place];
}

const char *running_database(struct harness *harness, enum running_place place,
	const char *la)
{
	static int folders;
	const char *url;
	if (place == RUNNING_POSTGRES && !harness_has_postgres())
		return NULL;
	if (place == RUNNING_FOLDER) {
		url = harness_path(harness,
			arena_format(harness_arena(harness), "region-%d",
				++folders));
		assert_int_equal(mkdir(url, 0700), 0);
		EXPECT(0, harness, "--db", url, "init", "--la", "201");
	} else {
		url = harness_another(harness,
			place == RUNNING_POSTGRES ? STORE_POSTGRES
						  : STORE_SQLITE);
	}
	EXPECT(0, harness, "--db", url, "init", "--la", la);
	return url;
}

/* ---- Files ---- */

const char *running_write(struct harness *harness, const char *name,
	const char *text)
{
	struct fault fault = {0};
	const char *path = harness_path(harness, name);
	struct text whole = text_of(path);
	size_t folder = whole.length - file_name(whole).length - 1;
	HARNESS_DONE(file_make_folder(arena_string(harness_arena(harness),
					      text_cut(whole, 0, folder)),
			     &fault),
		&fault);
	HARNESS_DONE(file_write(path, text_of(text), &fault), &fault);
	return path;
}

/* A copy with a zero byte behind it, so that it can be printed. */
struct text running_read(struct harness *harness, const char *path)
{
	struct fault fault = {0};
	struct text text;
	HARNESS_DONE(file_map(path, harness_arena(harness), &text, &fault),
		&fault);
	char *copy = arena_array(harness_arena(harness), text.length + 1, 1);
	for (size_t i = 0; i < text.length; i++)
		copy[i] = text.at[i];
	return (struct text){.at = copy, .length = text.length};
}

const char *running_sample(struct harness *harness, const char *name)
{
	const char *given = file_environment("KITH_SAMPLES");
	const char *path = arena_format(harness_arena(harness), "%s/%s",
		given != NULL ? given
			      : harness_source(harness, "../shared/samples"),
		name);
	if (file_exists(path) || file_is_folder(path))
		return path;
	print_message("# left out: the sample %s is not here\n", name);
	return NULL;
}

static char borough[] = "/tmp/kith-borough-XXXXXX";
static bool has_borough;

static int remove_one(const char *at, const struct stat *about, int kind,
	struct FTW *where)
{
	(void)about, (void)kind, (void)where;
	return remove(at);
}

static void remove_borough(void)
{
	nftw(borough, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *running_borough(void)
{
	struct fault fault = {0};
	if (has_borough)
		return borough;
	assert_non_null(mkdtemp(borough));
	atexit(remove_borough);
	HARNESS_DONE(demo_write(borough, DEMO_SEED, &fault), &fault);
	has_borough = true;
	return borough;
}

/* ---- What a table says ---- */

struct text running_cell(struct harness *harness, struct text csv, size_t row,
	const char *column)
{
	struct csv *reader = csv_open(csv, ',');
	struct csv_row found;
	struct text cell = {.at = NULL, .length = 0};
	size_t place = 0;
	bool has_column = csv_next(reader, &found);
	while (has_column && place < found.count
		&& !text_is(found.fields[place], column))
		place++;
	has_column = has_column && place < found.count;
	bool has_row = has_column && row > 0;
	for (size_t i = 0; has_row && i < row; i++)
		has_row = csv_next(reader, &found);
	if (has_row && place < found.count)
		cell = text_of(arena_string(harness_arena(harness),
			found.fields[place]));
	csv_close(reader);
	if (!has_row || !has_column)
		print_error("no row %zu or column %s in:\n%.2000s\n", row,
			column, csv.at);
	assert_true(has_row && has_column);
	return cell;
}

size_t running_rows(struct text csv)
{
	struct csv *reader = csv_open(csv, ',');
	struct csv_row row;
	size_t count = 0;
	while (csv_next(reader, &row))
		count++;
	csv_close(reader);
	return count == 0 ? 0 : count - 1;
}

int64_t running_number(struct text cell)
{
	int64_t number = 0;
	if (!text_to_int64(cell, &number))
		print_error("\"%.200s\" is no number\n", cell.at);
	assert_true(text_to_int64(cell, &number));
	return number;
}
