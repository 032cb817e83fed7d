/* SPDX-License-Identifier: MIT
 *
 * Rows of one SQLite database put into another, in two ways.
 */
#include "peer_sqlite.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { PATH = 4200, STATEMENT = 16384 };

static const char tables[] =
	"SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
	" AND sql NOT NULL AND name NOT LIKE 'sqlite%' AND name <> 'batch_chunk'"
	" ORDER BY name";

/* ---- Bare statements ---- */

static int width_of(sqlite3 *database, const char *table)
{
	char sql[STATEMENT];
	sqlite3_stmt *all;
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
	if (sqlite3_prepare_v2(database, sql, -1, &all, NULL) != SQLITE_OK)
		return 0;
	int width = sqlite3_column_count(all);
	sqlite3_finalize(all);
	return width;
}

static bool write_insert(const char *table, int width, char out_sql[STATEMENT])
{
	int used = snprintf(out_sql, STATEMENT, "INSERT INTO \"%s\" VALUES (?",
		table);
	for (int i = 1; i < width && used < STATEMENT - 8; i++)
		used += snprintf(out_sql + used, (size_t)(STATEMENT - used),
			", ?");
	return snprintf(out_sql + used, (size_t)(STATEMENT - used), ")") == 1;
}

/* Steps through the table; with an insert, each row goes there. */
static bool pass(sqlite3 *from, const char *table, sqlite3_stmt *insert,
	int64_t *rows)
{
	char sql[STATEMENT];
	sqlite3_stmt *all;
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
	if (sqlite3_prepare_v2(from, sql, -1, &all, NULL) != SQLITE_OK)
		return false;
	int width = sqlite3_column_count(all), step;
	bool is_fine = true;
	while (is_fine && (step = sqlite3_step(all)) == SQLITE_ROW) {
		++*rows;
		for (int i = 0; i < width; i++) {
			sqlite3_value *value = sqlite3_column_value(all, i);
			if (insert != NULL)
				sqlite3_bind_value(insert, i + 1, value);
		}
		if (insert == NULL)
			continue;
		is_fine = sqlite3_step(insert) == SQLITE_DONE;
		sqlite3_reset(insert);
	}
	sqlite3_finalize(all);
	return is_fine;
}

/* The table made anew and filled; the time of reading alone is taken off. */
static bool fill(sqlite3 *from, sqlite3 *to, const char *const table[2],
	struct peer_times *times)
{
	char sql[STATEMENT];
	sqlite3_stmt *insert;
	int64_t rows = 0;
	double start = bench_processor();
	if (!pass(from, table[0], NULL, &rows))
		return false;
	double reading = bench_processor() - start;
	if (rows == 0)
		return true;
	if (sqlite3_exec(to, table[1], NULL, NULL, NULL) != SQLITE_OK
		|| !write_insert(table[0], width_of(from, table[0]), sql)
		|| sqlite3_prepare_v2(to, sql, -1, &insert, NULL) != SQLITE_OK)
		return false;
	start = bench_processor();
	bool is_done = pass(from, table[0], insert, &times->rows);
	times->bare += bench_processor() - start - reading;
	sqlite3_finalize(insert);
	return is_done;
}

static bool fill_all(sqlite3 *from, sqlite3 *to, struct peer_times *times)
{
	static const char start[] =
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		" PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF;"
		" PRAGMA cache_size=-65536; BEGIN";
	sqlite3_stmt *list;
	if (sqlite3_exec(to, start, NULL, NULL, NULL) != SQLITE_OK
		|| sqlite3_prepare_v2(from, tables, -1, &list, NULL) != SQLITE_OK)
		return false;
	bool is_done = true;
	while (is_done && sqlite3_step(list) == SQLITE_ROW) {
		const char *const table[] = {(const char *)sqlite3_column_text(list,
						     0),
			(const char *)sqlite3_column_text(list, 1)};
		is_done = fill(from, to, table, times);
	}
	sqlite3_finalize(list);
	double before = bench_processor();
	is_done = is_done
		&& sqlite3_exec(to, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
	times->bare += bench_processor() - before;
	if (!is_done)
		fprintf(stderr, "%s\n", sqlite3_errmsg(to));
	return is_done;
}

/* ---- The shell ---- */

/* Runs the shell on a script: processor seconds, below zero if it failed. */
static double run_shell(const char *database, const char *script)
{
	struct rusage before, after;
	int status = 1;
	getrusage(RUSAGE_CHILDREN, &before);
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		if (freopen(script, "r", stdin) != NULL)
			execlp("sqlite3", "sqlite3", "-batch", database,
				(char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		return -1;
	getrusage(RUSAGE_CHILDREN, &after);
	return (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec)
		+ (double)(after.ru_stime.tv_sec - before.ru_stime.tv_sec)
		+ (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec) / 1e6
		+ (double)(after.ru_stime.tv_usec - before.ru_stime.tv_usec)
		/ 1e6;
}

/* One script writes each table as CSV, the other makes and fills tables. */
static bool write_scripts(sqlite3 *from, const char *stem)
{
	char path[PATH];
	sqlite3_stmt *list;
	snprintf(path, sizeof path, "%s-out", stem);
	FILE *out = fopen(path, "w");
	snprintf(path, sizeof path, "%s-in", stem);
	FILE *in = fopen(path, "w");
	if (out == NULL || in == NULL
		|| sqlite3_prepare_v2(from, tables, -1, &list, NULL) != SQLITE_OK)
		return false;
	fprintf(out, ".mode csv\n");
	fprintf(in,
		".output /dev/null\n"
		"PRAGMA journal_mode=WAL;\nPRAGMA synchronous=FULL;\n"
		"PRAGMA cache_size=-65536;\nBEGIN;\n.mode csv\n");
	while (sqlite3_step(list) == SQLITE_ROW) {
		const char *table = (const char *)sqlite3_column_text(list, 0);
		int width = width_of(from, table);
		fprintf(out, ".once '%s.%s'\nSELECT * FROM \"%s\";\n", stem,
			table, table);
		fprintf(in, "CREATE TABLE \"%s\" (c1", table);
		for (int i = 2; i <= width; i++)
			fprintf(in, ", c%d", i);
		fprintf(in, ");\n.import '%s.%s' \"%s\"\n", stem, table, table);
	}
	fprintf(in, "COMMIT;\n");
	sqlite3_finalize(list);
	bool is_written = fclose(out) == 0;
	return fclose(in) == 0 && is_written;
}

static double import_all(sqlite3 *from, const char *database, const char *folder)
{
	char stem[PATH - 32], out[PATH], in[PATH], to[PATH];
	snprintf(stem, sizeof stem, "%s/shell", folder);
	snprintf(out, sizeof out, "%s-out", stem);
	snprintf(in, sizeof in, "%s-in", stem);
	snprintf(to, sizeof to, "%s.db", stem);
	return write_scripts(from, stem) && run_shell(database, out) >= 0
		? run_shell(to, in)
		: -1;
}

bool peer_sqlite(const char *database, struct peer_times *out_times)
{
	char folder[PATH - 64], path[PATH];
	sqlite3 *from = NULL, *to = NULL;
	struct peer_times times = {.rows = 0};
	snprintf(folder, sizeof folder, "%s-peer.XXXXXX", database);
	if (mkdtemp(folder) == NULL)
		return false;
	snprintf(path, sizeof path, "%s/bare.db", folder);
	bool is_done = sqlite3_open(database, &from) == SQLITE_OK
		&& sqlite3_open(path, &to) == SQLITE_OK
		&& fill_all(from, to, &times);
	if (is_done)
		times.shell = import_all(from, database, folder);
	sqlite3_close(from);
	sqlite3_close(to);
	bench_remove(folder);
	*out_times = times;
	return is_done;
}
