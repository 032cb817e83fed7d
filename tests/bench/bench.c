/* SPDX-License-Identifier: MIT
 *
 * Clocks, memory and child processes for the timings.
 */
#include "bench.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PATH = 4096, BLOCK = 1 << 20, LOOK_EVERY_NS = 4000000 };

static double clock_of(clockid_t which)
{
	struct timespec now;
	clock_gettime(which, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double bench_processor(void)
{
	return clock_of(CLOCK_PROCESS_CPUTIME_ID);
}

double bench_wall(void)
{
	return clock_of(CLOCK_MONOTONIC);
}

/* ---- Memory ---- */

struct watch {
	atomic_bool is_over;
	double most;
};

static double own_memory(void)
{
	char line[256];
	double kib = 0;
	FILE *status = fopen("/proc/self/status", "r");
	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (sscanf(line, "RssAnon: %lf", &kib) == 1)
			break;
	if (status != NULL)
		fclose(status);
	return kib * 1024;
}

static void *look(void *data)
{
	struct watch *watch = data;
	struct timespec pause = {.tv_nsec = LOOK_EVERY_NS};
	do {
		double now = own_memory();
		watch->most = now > watch->most ? now : watch->most;
		nanosleep(&pause, NULL);
	} while (!atomic_load(&watch->is_over));
	return NULL;
}

/* ---- Jobs ---- */

static void run_here(bool (*job)(const void *, struct bench_result *),
	const void *data, struct bench_result *result)
{
	struct watch watch = {.most = 0};
	pthread_t thread;
	bool is_watched = pthread_create(&thread, NULL, look, &watch) == 0;
	double processor = bench_processor(), wall = bench_wall();
	result->is_done = job(data, result);
	result->processor = bench_processor() - processor;
	result->wall = bench_wall() - wall;
	atomic_store(&watch.is_over, true);
	if (is_watched)
		pthread_join(thread, NULL);
	result->own = watch.most;
}

struct bench_result bench_run(bool (*job)(const void *, struct bench_result *),
	const void *data)
{
	struct bench_result result = {.is_done = false};
	int ends[2];
	fflush(NULL);
	if (pipe(ends) != 0)
		return result;
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		run_here(job, data, &result);
		bool is_told = write(ends[1], &result, sizeof result)
			== (ssize_t)sizeof result;
		fflush(NULL);
		_exit(is_told ? 0 : 1);
	}
	close(ends[1]);
	if (child < 0
		|| read(ends[0], &result, sizeof result) != (ssize_t)sizeof result)
		result.is_done = false;
	close(ends[0]);
	if (child > 0)
		waitpid(child, NULL, 0);
	return result;
}

/* ---- Files ---- */

static void each(const char *path, void (*file)(const char *, double *),
	double *sum)
{
	struct stat about;
	if (lstat(path, &about) != 0)
		return;
	if (!S_ISDIR(about.st_mode)) {
		file(path, sum);
		return;
	}
	DIR *folder = opendir(path);
	for (struct dirent *at; folder != NULL && (at = readdir(folder));) {
		char inner[PATH];
		if (at->d_name[0] == '.')
			continue;
		if (snprintf(inner, sizeof inner, "%s/%s", path, at->d_name)
			< (int)sizeof inner)
			each(inner, file, sum);
	}
	if (folder != NULL)
		closedir(folder);
}

static void read_file(const char *path, double *bytes)
{
	static char block[BLOCK];
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;
	while (file >= 0 && (got = read(file, block, sizeof block)) > 0)
		*bytes += (double)got;
	if (file >= 0)
		close(file);
}

double bench_read(const char *path, double *out_bytes)
{
	double bytes = 0;
	each(path, read_file, &bytes);
	double begun = bench_processor();
	bytes = 0;
	each(path, read_file, &bytes);
	*out_bytes = bytes;
	return bench_processor() - begun;
}

static void remove_file(const char *path, double *ignored)
{
	(void)ignored;
	unlink(path);
}

void bench_remove(const char *path)
{
	double ignored = 0;
	each(path, remove_file, &ignored);
	/* Folders are at most two deep here. */
	DIR *folder = opendir(path);
	for (struct dirent *at; folder != NULL && (at = readdir(folder));) {
		char inner[PATH];
		if (at->d_name[0] != '.'
			&& snprintf(inner, sizeof inner, "%s/%s", path, at->d_name)
				< (int)sizeof inner)
			rmdir(inner);
	}
	if (folder != NULL)
		closedir(folder);
	rmdir(path);
}
