/* SPDX-License-Identifier: MIT
 *
 * Durable single writes a second, each with its audit record, through the
 * writer: one thread, then eight. Printed as a ratio to how many times a
 * second the same folder takes a page and fdatasync, measured before and
 * after, so that the machine's disk cancels out.
 *
 *     bench_writer [FOLDER [SECONDS]]
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "store/audit.h"
#include "store/region.h"
#include "store/writer.h"

enum { LA = 206, MOST_THREADS = 8, PAGE = 4096 };

static atomic_llong next_id;

static double seconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Over pages already there, as a log does that is used again and again: to
 * lengthen a file costs the file system a second write. */
static double sync_rate(const char *path, double length)
{
	enum { PAGES = 1024 };
	static const char page[PAGE];
	int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_fine = file >= 0;
	for (int i = 0; is_fine && i < PAGES; i++)
		is_fine = pwrite(file, page, PAGE, (off_t)i * PAGE) == PAGE;
	is_fine = is_fine && fsync(file) == 0;
	double begun = seconds(), now = begun;
	long count = 0;
	for (; is_fine && now - begun < length; now = seconds(), count++)
		is_fine = pwrite(file, page, PAGE, (off_t)(count % PAGES) * PAGE)
				== PAGE
			&& fdatasync(file) == 0;
	close(file);
	unlink(path);
	return is_fine ? (double)count / (now - begun) : 0;
}

static bool write_one(struct store *store, int la, void *data, struct fault *fault)
{
	static const char sql[] =
		"INSERT INTO setting (la, name, valid_from, value, set_by,"
		" set_at) VALUES ($1, $2, '2024-04-01', 'x', 'bench', '')";
	const char *name = data;
	return store_run(store, sql,
		       STORE_VALUES(store_integer(la), store_string(name)), fault)
		&& audit_add(store, la,
			&(struct audit_entry){.actor = "bench",
				.act = "set",
				.subject = "setting",
				.subject_key = name},
			fault);
}

struct hand {
	struct writer *writer;
	double until;
	long done;
};

static void *bring(void *data)
{
	struct hand *hand = data;
	while (seconds() < hand->until) {
		struct fault fault = {0};
		char name[32];
		snprintf(name, sizeof name, "s%lld",
			(long long)atomic_fetch_add(&next_id, 1));
		if (!writer_submit(hand->writer, write_one, name, &fault)) {
			fprintf(stderr, "%s (%s)\n", fault.message, fault.detail);
			return NULL;
		}
		hand->done++;
	}
	return NULL;
}

static double write_rate(struct writer *writer, int threads, double length)
{
	struct hand hands[MOST_THREADS];
	pthread_t running[MOST_THREADS];
	double begun = seconds();
	long done = 0;
	for (int i = 0; i < threads; i++) {
		hands[i] = (struct hand){writer, begun + length, 0};
		pthread_create(&running[i], NULL, bring, &hands[i]);
	}
	for (int i = 0; i < threads; i++) {
		pthread_join(running[i], NULL);
		done += hands[i].done;
	}
	return (double)done / (seconds() - begun);
}

int main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : ".";
	int64_t length = 3;
	if (argc > 2)
		(void)!text_to_int64(text_of(argv[2]), &length);
	struct arena *arena = arena_open();
	struct fault fault = {0};
	struct writer *writer;
	const char *file = arena_format(arena, "%s/bench-writer.db", folder);
	const char *raw = arena_format(arena, "%s/bench-writer.raw", folder);
	if (!region_init(file, LA, "Islington", &fault)
		|| !writer_open(file, LA, &writer, &fault)) {
		fprintf(stderr, "%s (%s)\n", fault.message, fault.detail);
		return 1;
	}
	double before = sync_rate(raw, (double)length / 2);
	double one = write_rate(writer, 1, (double)length);
	int64_t commits = writer_commits(writer);
	double eight = write_rate(writer, MOST_THREADS, (double)length);
	commits = writer_commits(writer) - commits;
	double after = sync_rate(raw, (double)length / 2);
	double base = (before + after) / 2;
	writer_close(writer);
	printf("fdatasync %.0f/s; writes %.0f/s by 1 thread, ratio %.2f;"
	       " %.0f/s by 8, ratio %.2f, %.1f to a commit\n",
		base, one, one / base, eight, eight / base,
		eight * (double)length / (double)commits);
	unlink(file);
	arena_close(arena);
	return 0;
}
