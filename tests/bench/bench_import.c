/* SPDX-License-Identifier: MIT
 *
 * Imports of returns in their real formats, made for the purpose.
 *
 *     bench_import [full] [FOLDER]
 *
 * Each is read three times in processes of its own: typed alone (decoding,
 * cutting, typed rows, every code, date and mark checked, and thrown away);
 * into a store that keeps nothing, which adds knowing the children; and into a
 * SQLite file, committed. Printed are processor seconds, megabytes or rows a
 * processor second, the ratio to a plain read() of the same bytes in the same
 * run, and memory; each return in two sizes, the second four times the first,
 * so that memory can be seen to follow the children and not the file. `full`
 * adds 1.2 million pupils. The folder needs room: 1 GB, with `full` 8 GB.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "codes/codes.h"
#include "feeds/import.h"
#include "make_returns.h"
#include "null_store.h"
#include "peer_sqlite.h"

enum { LA = 206, LONG_DAYS = 20 };

enum shape {
	SSDA903,
	CENSUS,
	SSDA903_XML,
	CIN,
	MARKS_WIDE,
	MARKS_LONG,
	PERSONS,
	PERSONS_QUOTED,
};

struct return_size {
	const char *title;
	const char *kind;
	enum shape shape;
	int children;
	bool is_full; /* only with `full` */
};

static const struct return_size sizes[] = {
	{"ssda903", "ssda903", SSDA903, 12500, false},
	{"ssda903", "ssda903", SSDA903, 50000, false},
	{"ssda903 xml", "ssda903", SSDA903_XML, 30000, false},
	{"ssda903 xml", "ssda903", SSDA903_XML, 120000, false},
	{"cin xml", "cin", CIN, 50000, false},
	{"cin xml", "cin", CIN, 200000, false},
	{"census", "census", CENSUS, 5500, false},
	{"census", "census", CENSUS, 22000, false},
	{"census", "census", CENSUS, 1200000, true},
	{"persons", "ssda903", PERSONS, 250000, false},
	{"quoted", "ssda903", PERSONS_QUOTED, 250000, false},
	{"marks wide", "marks", MARKS_WIDE, 5500, false},
	{"marks wide", "marks", MARKS_WIDE, 22000, false},
	{"marks wide", "marks", MARKS_WIDE, 1200000, true},
	{"marks long", "marks", MARKS_LONG, 5500, false},
	{"marks long", "marks", MARKS_LONG, 22000, false},
	{"marks long", "marks", MARKS_LONG, 1200000, true},
};

/* What one import needs to know. */
struct job {
	const char *kind;
	const char *path;     /* of the return */
	const char *database; /* NULL: the store that keeps nothing */
	bool only_typed;
	struct period covers; /* none: told by the return */
};

/* The job's own numbers. */
enum {
	DIGESTED,
	KEEPING,
	ROWS_IN,
	ROWS_WRITTEN,
	REFUSED,
	ROWS_STORED,
	BARE,
	SHELL
};

static bool import(const struct job *job, struct store *store,
	struct bench_result *result)
{
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct codes *codes;
	struct import_outcome outcome = {0};
	struct region_part part = {.la = LA, .name = "Bench", .store = store};
	bool is_done = codes_open(arena, NULL, &codes, &fault)
		&& import_run(&(struct import_request){.part = &part,
				      .kind = job->kind,
				      .paths = &job->path,
				      .path_count = 1,
				      .actor = "bench",
				      .codes = codes,
				      .only_typed = job->only_typed,
				      .covers = job->covers,
				      .today = date_from(2024, 7, 1)},
			arena, &outcome, &fault);
	for (size_t i = 0; i < outcome.batch_count; i++) {
		result->notes[ROWS_IN] += (double)outcome.batches[i].rows_in;
		result->notes[REFUSED] += (double)outcome.batches[i].refused;
	}
	if (!is_done)
		fprintf(stderr, "%s: %s (%s)\n", job->kind, fault.message,
			fault.detail);
	arena_close(arena);
	return is_done;
}

static bool read_only(const void *data, struct bench_result *result)
{
	struct null_tally tally;
	struct store *store = null_store_open(&tally);
	bool is_done = import(data, store, result);
	result->notes[DIGESTED] = tally.digested;
	result->notes[KEEPING] = tally.keeping;
	result->notes[ROWS_WRITTEN] = (double)tally.rows;
	null_store_close(store);
	return is_done;
}

static bool commit(const void *data, struct bench_result *result)
{
	const struct job *job = data;
	struct fault fault = {0};
	struct store *store;
	bool is_done = region_init(job->database, LA, "Bench", &fault)
		&& store_open(&(struct store_options){.url = job->database},
			&store, &fault);
	if (!is_done) {
		fprintf(stderr, "%s\n", fault.message);
		return false;
	}
	is_done = import(job, store, result);
	store_close(store);
	return is_done;
}

static bool compare(const void *data, struct bench_result *result)
{
	const struct job *job = data;
	struct peer_times times;
	if (!peer_sqlite(job->database, &times))
		return false;
	result->notes[ROWS_STORED] = (double)times.rows;
	result->notes[BARE] = times.bare;
	result->notes[SHELL] = times.shell;
	return true;
}

static bool make(const struct return_size *size, const char *path)
{
	switch (size->shape) {
	case SSDA903:
		return make_ssda903(path, size->children);
	case SSDA903_XML:
		return make_ssda903_xml(path, size->children);
	case CIN:
		return make_cin(path, size->children);
	case CENSUS:
		/* The season is known by the folder's name. */
		return make_census(path, size->children);
	case PERSONS:
		return make_persons(path, size->children);
	case PERSONS_QUOTED:
		return make_persons_quoted(path, size->children);
	case MARKS_WIDE:
		return make_marks_wide(path, size->children);
	case MARKS_LONG:
		return make_marks_long(path, size->children, LONG_DAYS);
	}
	return false;
}

/* Without digesting the file and keeping its bytes. */
static double reading_time(const struct bench_result *result)
{
	return result->processor - result->notes[DIGESTED]
		- result->notes[KEEPING];
}

struct results {
	struct bench_result typing, reading, whole, peer;
};

static double thousands(double rows, double seconds)
{
	return seconds > 0 ? rows / seconds / 1000 : 0;
}

static void print_row(const struct return_size *size, double bytes,
	double plain, const struct results *results)
{
	const struct bench_result *reading = &results->reading;
	const struct bench_result *whole = &results->whole;
	double read_time = reading_time(reading);
	double type_time = reading_time(&results->typing);
	double rows = reading->notes[ROWS_WRITTEN];
	double stored = results->peer.notes[ROWS_STORED];
	printf("| %-11s | %7d | %6.1f | %8.0f | %5.0f | %5.1f | %4.0f | %5.2f |"
	       " %5.0f | %5.1f | %5.2f | %4.0f | %7.0f | %8.0f | %7.0f | %6.2f"
	       " | %6.1f | %4.0f | %7.0f | %7.0f |\n",
		size->title, size->children, bytes / 1e6, rows,
		bytes / 1e6 / type_time, type_time / plain,
		results->typing.own / 1048576, read_time,
		bytes / 1e6 / read_time, read_time / plain,
		reading->notes[DIGESTED] + reading->notes[KEEPING],
		reading->own / 1048576, thousands(rows, whole->processor),
		stored, thousands(stored, whole->processor), whole->processor,
		whole->processor / plain, whole->own / 1048576,
		thousands(stored, results->peer.notes[BARE]),
		thousands(stored, results->peer.notes[SHELL]));
	fflush(stdout);
}

static bool run(const struct return_size *size, const char *folder)
{
	char path[4000], database[4000], log[4010];
	snprintf(path, sizeof path, "%s/2024_spring%s", folder,
		size->shape == CIN || size->shape == SSDA903_XML ? ".xml"
			: size->shape >= MARKS_WIDE              ? ".csv"
								 : "");
	snprintf(database, sizeof database, "%s/bench.db", folder);
	if (!make(size, path))
		return false;
	double bytes, plain = bench_read(path, &bytes);
	struct job job = {.kind = size->kind, .path = path, .only_typed = true};
	if (size->shape >= PERSONS)
		job.covers = period_financial_year(2023);
	struct results results = {.typing = bench_run(read_only, &job)};
	job.only_typed = false;
	results.reading = bench_run(read_only, &job);
	job.database = database;
	results.whole = bench_run(commit, &job);
	results.peer = bench_run(compare, &job);
	bench_remove(path);
	unlink(path);
	unlink(database);
	for (const char *const *end = (const char *const[]){"-wal", "-shm", NULL};
		*end != NULL; end++) {
		snprintf(log, sizeof log, "%s%s", database, *end);
		unlink(log);
	}
	if (!results.typing.is_done || !results.reading.is_done
		|| !results.whole.is_done || !results.peer.is_done)
		return false;
	if (results.whole.notes[REFUSED] > 0)
		printf("%s: %.0f rows refused\n", size->title,
			results.whole.notes[REFUSED]);
	print_row(size, bytes, plain, &results);
	return true;
}

int main(int argc, char **argv)
{
	bool is_full = false, is_fine = true;
	const char *parent = ".";
	const char *only = NULL;
	for (int i = 1; i < argc; i++)
		if (strcmp(argv[i], "full") == 0)
			is_full = true;
		else if (strncmp(argv[i], "only=", 5) == 0)
			only = argv[i] + 5;
		else
			parent = argv[i];
	char folder[2048];
	snprintf(folder, sizeof folder, "%s/bench-import", parent);
	(void)mkdir(folder, 0700);
	printf("| return      | children |   MB   | rows out | typed: MB/s |"
	       " x read | MB own | read s | MB/s | x read"
	       " | digest and keep s | MB own | SQLite k rows/s | rows stored |"
	       " k stored/s | s | x read | MB own | bare k/s | .import k/s |\n"
	       "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---"
	       "|---|---|---|---|\n");
	for (size_t i = 0; is_fine && i < COUNT_OF(sizes); i++)
		if ((is_full || !sizes[i].is_full)
			&& (only == NULL || strcmp(only, sizes[i].title) == 0))
			is_fine = run(&sizes[i], folder);
	bench_remove(folder);
	return is_fine ? 0 : 1;
}
