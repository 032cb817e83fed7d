/* SPDX-License-Identifier: MIT
 *
 * Imports that are cut off, that meet a full disk, or that meet each other:
 * a whole import happens or nothing does, and the next one works.
 *
 * Each runs in a process of its own, which is what can be killed.
 */
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buffer.h"
#include "importing.h"
#include "store/audit.h"

enum { CHILDREN = 600 };

/* A return of so many children with two episodes each. */
static const char *write_return(struct harness *harness)
{
	struct buffer rows = {.maximum = 1 << 20};
	buffer_string(&rows,
		"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,"
		"REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n");
	for (int i = 0; i < CHILDREN; i++)
		buffer_format(&rows,
			"T%d,01/05/2023,S,C2,N1,U1,PR1,01/08/2023,X1,,,,\n"
			"T%d,01/08/2023,P,C2,N1,U1,PR1,,,,,,\n",
			i, i);
	const char *path = importing_write(harness, "in/episodes.csv",
		buffer_text(&rows));
	buffer_finish(&rows);
	return path;
}

/* Starts an import; its exit code is the fault's. */
static pid_t start(struct harness *harness, const char *path, rlim_t most_bytes)
{
	harness_leave(harness);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child > 0)
		return child;
	struct import_outcome outcome;
	struct fault fault = {0};
	if (most_bytes > 0) {
		struct rlimit limit = {most_bytes, most_bytes};
		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
	}
	if (importing_try(harness, "ssda903", (const char *const[]){path, NULL},
		    &outcome, &fault))
		_exit(0);
	_exit(fault_exit_code(fault.kind));
}

static int64_t episodes(struct harness *harness)
{
	return importing_number(harness, "SELECT COUNT(*) FROM episode");
}

/* The store holds nothing or all of it; says which. */
static bool check_whole(struct harness *harness)
{
	struct audit_verdict verdict;
	struct fault fault = {0};
	/* A server may still be committing for a process that is gone. */
	HARNESS_DONE(store_begin(harness_store(harness), &fault)
			&& audit_turn(harness_store(harness), HARNESS_LA, &fault),
		&fault);
	store_rollback(harness_store(harness));
	int64_t count = episodes(harness);
	assert_true(count == 0 || count == 2 * CHILDREN);
	int64_t batches = importing_number(harness, "SELECT COUNT(*) FROM batch");
	assert_int_equal(batches, count > 0);
	assert_int_equal(importing_number(harness, "SELECT COUNT(*) FROM child"),
		count / 2);
	HARNESS_DONE(audit_verify(harness_store(harness), HARNESS_LA, &verdict,
			     &fault),
		&fault);
	assert_int_equal(verdict.broken_at, 0);
	assert_int_equal(verdict.entries, batches);
	if (harness_engine(harness) == STORE_SQLITE)
		assert_string_equal(IMPORTING_ROWS(harness,
					    "PRAGMA integrity_check"),
			"ok\n");
	return count > 0;
}

static void test_killed(void **state)
{
	enum { TIMES = 10, STEP = 20000 /* microseconds */ };
	struct harness *harness = harness_of(state);
	const char *path = write_return(harness);
	for (int i = 0; i < TIMES; i++) {
		pid_t child = start(harness, path, 0);
		usleep((useconds_t)(i * STEP));
		kill(child, SIGKILL);
		assert_int_equal(waitpid(child, NULL, 0), child);
		if (check_whole(harness))
			break;
	}
	struct import_outcome outcome = importing_one(harness, "ssda903", path);
	assert_int_equal(outcome.files + outcome.passed_over, 1);
	assert_true(check_whole(harness));
}

/* No file may grow beyond a limit, which rises until the import fits. */
static void test_no_room(void **state)
{
	struct harness *harness = harness_of(state);
	if (harness_engine(harness) != STORE_SQLITE)
		return; /* the server's disk is not ours to fill */
	const char *path = write_return(harness);
	const char *before = importing_dump(harness);
	int failures = 0;
	for (rlim_t most = 1 << 16;; most *= 2) {
		int status;
		pid_t child = start(harness, path, most);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		if (WEXITSTATUS(status) == 0)
			break;
		assert_int_equal(WEXITSTATUS(status),
			fault_exit_code(FAULT_SYSTEM));
		assert_string_equal(importing_dump(harness), before);
		assert_false(check_whole(harness));
		failures++;
	}
	assert_true(failures >= 3);
	assert_true(check_whole(harness));
}

/* Whoever comes second waits, and then sees that nothing is left to do. */
static void test_at_once(void **state)
{
	enum { PROCESSES = 3 };
	struct harness *harness = harness_of(state);
	const char *path = write_return(harness);
	pid_t children[PROCESSES];
	for (int i = 0; i < PROCESSES; i++)
		children[i] = start(harness, path, 0);
	for (int i = 0; i < PROCESSES; i++) {
		int status;
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_true(WIFEXITED(status));
		int code = WEXITSTATUS(status);
		assert_true(code == 0 || code == fault_exit_code(FAULT_BUSY));
	}
	assert_true(check_whole(harness));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_killed),
		HARNESS_EACH_ENGINE(test_no_room),
		HARNESS_EACH_ENGINE(test_at_once),
	};
	return HARNESS_RUN(tests);
}
