/* SPDX-License-Identifier: MIT
 *
 * Running the program as a person does: words in, two streams and an exit
 * code out.
 *
 * The program is the one the build made (KITH_BINARY). It never sees the
 * tester's own KITH_DB, KITH_DEFINITIONS or KITH_ROLE, nor a terminal: its
 * input is empty and both outputs are files. Everything given back lives in
 * the harness's arena.
 *
 * A test that does not mind where the data live takes its database from
 * running_each: one file, a folder of two authorities, or PostgreSQL.
 */
#ifndef KITH_TESTS_RUNNING_H
#define KITH_TESTS_RUNNING_H

#include "base/text.h"
#include "harness.h"

struct running {
	int code; /* exit code; 128 and more: killed by a signal */
	struct text out, err;
};

/* Words end with NULL; `kith` itself is not among them. */
struct running running_words(struct harness *harness, const char *const *words);
#define KITH(harness, ...) \
	running_words((harness), (const char *const[]){__VA_ARGS__, NULL})

/* The same in two steps, for a program that runs until it is told to end. Its
 * outputs may be read meanwhile. */
struct running_program {
	int child; /* process */
	const char *out, *err;
};
struct running_program running_start(struct harness *harness,
	const char *const *words);
struct running running_end(struct harness *harness,
	const struct running_program *program);

/* The same through the shell, for documents: `kith` is on the path and
 * `folder` is the working directory. */
struct running running_shell(struct harness *harness, const char *folder,
	const char *command);

/* Runs and fails the test, showing both streams, unless it ends with `code`.
 * Gives standard output. */
#define EXPECT(wanted, harness, ...) \
	running_expect((wanted), KITH((harness), __VA_ARGS__), \
		(const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)
struct text running_expect(int wanted, struct running run,
	const char *const *words, const char *file, int line);

/* Fails the test, showing the text, unless the part is in it. */
#define SAYS(text, part) running_says((text), (part), __FILE__, __LINE__)
void running_says(struct text text, const char *part, const char *file, int line);
#define NEVER_SAYS(text, part) \
	running_never_says((text), (part), __FILE__, __LINE__)
void running_never_says(struct text text, const char *part, const char *file,
	int line);

/* Fails the test, naming the first line that differs. */
#define SAME(left, right) running_same((left), (right), __FILE__, __LINE__)
void running_same(struct text left, struct text right, const char *file,
	int line);

/* ---- Databases ---- */

enum running_place {
	RUNNING_FILE,
	RUNNING_FOLDER,
	RUNNING_POSTGRES,
	RUNNING_PLACES
};

/* A fresh database with the authority; in the folder with a second one, 201,
 * beside it. NULL, and said, where there is no PostgreSQL. */
const char *running_database(struct harness *harness, enum running_place place,
	const char *la);

const char *running_place_name(enum running_place place);

/* ---- Files ---- */

/* Writes a file into the scratch folder, making folders, and gives its path. */
const char *running_write(struct harness *harness, const char *name,
	const char *text);
struct text running_read(struct harness *harness, const char *path);

/* A path in the test samples; NULL, and said, where they are absent. */
const char *running_sample(struct harness *harness, const char *name);

/* The invented borough with the usual seed, written once a program. */
const char *running_borough(void);

/* ---- What a table says ---- */

/* One cell of CSV output: row (0 is the heading) and column by its name. The
 * test fails if there is none such. */
struct text running_cell(struct harness *harness, struct text csv, size_t row,
	const char *column);
size_t running_rows(struct text csv); /* without the heading */
int64_t running_number(struct text cell);

#endif
