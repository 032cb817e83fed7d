/* SPDX-License-Identifier: MIT
 *
 * The writer: what is answered is committed, what failed left nothing, and a
 * process killed at any moment loses nothing that was answered.
 *
 * Long because threads, gates and killed children each need their own scene.
 */
#include "store/writer.h"

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"
#include "store/audit.h"

enum { THREADS = 8, ACTS = 60, KILLS = 50 };

/* One act writes two rows and an audit entry, so that half of it would show. */
struct act {
	int64_t id;
	bool must_fail; /* after everything is written */
};

static const char add_row[] =
	"INSERT INTO setting (la, name, valid_from, value, set_by, set_at)"
	" VALUES ($1, $2, '2024-04-01', $3, 'a.tester', '')";

static bool write_both(struct store *store, int la, void *data,
	struct fault *fault)
{
	const struct act *act = data;
	char first[32], second[32];
	snprintf(first, sizeof first, "a%lld", (long long)act->id);
	snprintf(second, sizeof second, "b%lld", (long long)act->id);
	return store_run(store, add_row,
		       STORE_VALUES(store_integer(la), store_string(first),
			       store_string(first)),
		       fault)
		&& audit_add(store, la,
			&(struct audit_entry){.actor = "a.tester",
				.act = "set",
				.subject = "setting",
				.subject_key = first},
			fault)
		&& store_run(store, add_row,
			STORE_VALUES(store_integer(la), store_string(second),
				store_string(second)),
			fault)
		&& (!act->must_fail
			|| fault_set(fault, FAULT_CONFLICT, "asked to fail"));
}

static int64_t count_of(struct harness *harness, const char *sql)
{
	struct fault fault = {0};
	int64_t count = -1;
	HARNESS_DONE(store_number(harness_store(harness), sql, NULL, 0, &count,
			     &fault),
		&fault);
	return count;
}

static struct writer *open_writer(struct harness *harness)
{
	struct fault fault = {0};
	struct writer *writer = NULL;
	HARNESS_DONE(writer_open(harness_url(harness), HARNESS_LA, &writer,
			     &fault),
		&fault);
	return writer;
}

static void expect_chain(struct harness *harness, int64_t entries)
{
	struct fault fault = {0};
	struct audit_verdict verdict;
	HARNESS_DONE(audit_verify(harness_store(harness), HARNESS_LA, &verdict,
			     &fault),
		&fault);
	assert_int_equal(verdict.broken_at, 0);
	assert_int_equal(verdict.entries, entries);
}

/* ---- Many threads ---- */

struct crowd {
	struct writer *writer;
	int64_t first; /* id of the thread's first act */
	int wrong;     /* answers that were not as expected */
};

/* Every seventh act fails. Threads make no assertions: they count. */
static void *bring_acts(void *data)
{
	struct crowd *crowd = data;
	for (int i = 0; i < ACTS; i++) {
		struct fault fault = {0};
		struct act act = {crowd->first + i, i % 7 == 3};
		bool is_done = writer_submit(crowd->writer, write_both, &act,
			&fault);
		crowd->wrong += is_done == act.must_fail;
		crowd->wrong += act.must_fail && fault.kind != FAULT_CONFLICT;
	}
	return NULL;
}

static void test_many_threads(void **state)
{
	struct harness *harness = harness_of(state);
	struct writer *writer = open_writer(harness);
	pthread_t threads[THREADS];
	struct crowd crowds[THREADS];
	int64_t failing = 0;
	for (int i = 0; i < ACTS; i++)
		failing += i % 7 == 3;
	for (int i = 0; i < THREADS; i++) {
		crowds[i] = (struct crowd){writer, 1000 * (i + 1), 0};
		assert_int_equal(pthread_create(&threads[i], NULL, bring_acts,
					 &crowds[i]),
			0);
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(crowds[i].wrong, 0);
	}
	int64_t done = THREADS * (ACTS - failing);
	assert_int_equal(count_of(harness, "SELECT count(*) FROM setting"),
		2 * done);
	expect_chain(harness, done);
	assert_true(writer_commits(writer) <= THREADS * ACTS);
	writer_close(writer);
}

/* As two processes would, a server and a command: both write for the same
 * authority, and the chain stays one. */
static void test_two_writers(void **state)
{
	struct harness *harness = harness_of(state);
	struct writer *writers[2] = {open_writer(harness), open_writer(harness)};
	pthread_t threads[4];
	struct crowd crowds[4];
	for (int i = 0; i < 4; i++) {
		crowds[i] = (struct crowd){writers[i % 2], 1000 * (i + 1), 0};
		assert_int_equal(pthread_create(&threads[i], NULL, bring_acts,
					 &crowds[i]),
			0);
	}
	int64_t failing = 0;
	for (int i = 0; i < ACTS; i++)
		failing += i % 7 == 3;
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(crowds[i].wrong, 0);
	}
	expect_chain(harness, 4 * (ACTS - failing));
	writer_close(writers[0]);
	writer_close(writers[1]);
}

/* ---- Groups ---- */

/* Holds the writer until as many acts as wanted wait behind it. */
struct gate {
	pthread_mutex_t lock;
	pthread_cond_t changed;
	bool is_open;
	bool is_reached;
};

static bool wait_at_gate(struct store *store, int la, void *data,
	struct fault *fault)
{
	(void)store, (void)la, (void)fault;
	struct gate *gate = data;
	pthread_mutex_lock(&gate->lock);
	gate->is_reached = true;
	pthread_cond_broadcast(&gate->changed);
	while (!gate->is_open)
		pthread_cond_wait(&gate->changed, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
	return true;
}

struct errand {
	struct writer *writer;
	writer_act *act;
	void *data;
	bool is_done;
	struct fault fault;
};

static void *run_errand(void *data)
{
	struct errand *errand = data;
	errand->is_done = writer_submit(errand->writer, errand->act,
		errand->data, &errand->fault);
	return NULL;
}

static void hold(struct writer *writer, struct gate *gate,
	struct errand *errand, pthread_t *thread)
{
	*gate = (struct gate){.lock = PTHREAD_MUTEX_INITIALIZER,
		.changed = PTHREAD_COND_INITIALIZER};
	*errand = (struct errand){.writer = writer,
		.act = wait_at_gate,
		.data = gate};
	assert_int_equal(pthread_create(thread, NULL, run_errand, errand), 0);
	pthread_mutex_lock(&gate->lock);
	while (!gate->is_reached)
		pthread_cond_wait(&gate->changed, &gate->lock);
	pthread_mutex_unlock(&gate->lock);
}

static void open_gate(struct gate *gate)
{
	pthread_mutex_lock(&gate->lock);
	gate->is_open = true;
	pthread_cond_broadcast(&gate->changed);
	pthread_mutex_unlock(&gate->lock);
}

/* What waits together is committed together: the held act makes one commit,
 * and those that came meanwhile one more. */
static void test_group_shares_a_commit(void **state)
{
	struct harness *harness = harness_of(state);
	struct writer *writer = open_writer(harness);
	struct gate gate;
	struct errand held, errands[THREADS];
	struct act acts[THREADS];
	pthread_t holder, threads[THREADS];
	hold(writer, &gate, &held, &holder);
	for (int i = 0; i < THREADS; i++) {
		acts[i] = (struct act){i + 1, i == 2};
		errands[i] = (struct errand){.writer = writer,
			.act = write_both,
			.data = &acts[i]};
		pthread_create(&threads[i], NULL, run_errand, &errands[i]);
	}
	while (writer_waiting(writer) < THREADS)
		sched_yield();
	assert_int_equal(writer_commits(writer), 0);
	open_gate(&gate);
	pthread_join(holder, NULL);
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(errands[i].is_done, i != 2);
	}
	assert_int_equal(writer_commits(writer), 2);
	expect_chain(harness, THREADS - 1);
	writer_close(writer);
}

/* An act that ends the transaction under the writer takes its group along,
 * and each of the group is told. */
static bool end_transaction(struct store *store, int la, void *data,
	struct fault *fault)
{
	(void)la, (void)data, (void)fault;
	store_rollback(store);
	return true;
}

static void test_lost_transaction(void **state)
{
	struct harness *harness = harness_of(state);
	struct writer *writer = open_writer(harness);
	struct gate gate;
	struct errand held, errands[3];
	struct act acts[3] = {{1, false}, {2, false}, {3, false}};
	pthread_t holder, threads[3];
	hold(writer, &gate, &held, &holder);
	for (size_t i = 0; i < 3; i++) {
		errands[i] = (struct errand){.writer = writer,
			.act = i == 1 ? end_transaction : write_both,
			.data = &acts[i]};
		pthread_create(&threads[i], NULL, run_errand, &errands[i]);
		while (writer_waiting(writer) < i + 1)
			sched_yield();
	}
	open_gate(&gate);
	pthread_join(holder, NULL);
	for (int i = 0; i < 3; i++) {
		pthread_join(threads[i], NULL);
		assert_false(errands[i].is_done);
		assert_int_equal(errands[i].fault.kind, FAULT_SYSTEM);
	}
	assert_true(held.is_done);
	assert_int_equal(count_of(harness, "SELECT count(*) FROM setting"), 0);
	struct fault fault = {0};
	HARNESS_DONE(writer_submit(writer, write_both, &acts[0], &fault), &fault);
	assert_int_equal(count_of(harness, "SELECT count(*) FROM setting"), 2);
	writer_close(writer);
}

/* An act that ignores its own fault is still undone alone. */
static bool ignore_fault(struct store *store, int la, void *data,
	struct fault *fault)
{
	(void)fault;
	struct fault ignored = {0};
	bool is_done = write_both(store, la, data, &ignored)
		&& store_run(store,
			"INSERT INTO authority (la, name) VALUES"
			" (206, 'twice')",
			NULL, 0, &ignored);
	return !is_done;
}

static void test_ignored_fault(void **state)
{
	struct harness *harness = harness_of(state);
	struct writer *writer = open_writer(harness);
	struct fault fault = {0};
	struct act first = {1, false}, second = {2, false};
	bool is_done = writer_submit(writer, ignore_fault, &first, &fault);
	fault_clear(&fault);
	HARNESS_DONE(writer_submit(writer, write_both, &second, &fault), &fault);
	assert_int_equal(count_of(harness, "SELECT count(*) FROM setting"),
		is_done ? 4 : 2);
	/* SQLite keeps what came before; PostgreSQL's savepoint is spoilt. */
	assert_int_equal(is_done, harness_engine(harness) == STORE_SQLITE);
	writer_close(writer);
}

static void test_closing(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct writer *writer;
	writer_close(NULL);
	assert_false(writer_open(harness_path(harness, "none.db"), HARNESS_LA,
		&writer, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	writer = open_writer(harness);
	writer_close(writer);
}

static void test_connection_is_made_again(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	if (harness_engine(harness) == STORE_SQLITE)
		return;
	struct writer *writer = open_writer(harness);
	struct act first = {1, false}, second = {2, false};
	HARNESS_DONE(writer_submit(writer, write_both, &first, &fault), &fault);
	assert_int_equal(count_of(harness,
				 "SELECT count(pg_terminate_backend(pid, 5000))"
				 " FROM pg_stat_activity WHERE datname ="
				 " current_database() AND pid <>"
				 " pg_backend_pid()"),
		1);
	HARNESS_DONE(writer_submit(writer, write_both, &second, &fault), &fault);
	expect_chain(harness, 2);
	writer_close(writer);
}

/* ---- Killed at any moment ---- */

static int report_to;

struct killer_crowd {
	struct writer *writer;
	int64_t next;
};

/* Writes an id to the pipe only after the act was answered. Eight bytes go
 * into a pipe in one piece. */
static void *write_until_killed(void *data)
{
	struct killer_crowd *crowd = data;
	for (;; crowd->next++) {
		struct fault fault = {0};
		struct act act = {crowd->next, false};
		if (!writer_submit(crowd->writer, write_both, &act, &fault)
			|| write(report_to, &act.id, sizeof act.id)
				!= (ssize_t)sizeof act.id)
			_exit(1);
	}
}

static void run_child(const char *url, int round)
{
	struct fault fault = {0};
	struct killer_crowd crowds[THREADS];
	struct writer *writer;
	pthread_t threads[THREADS];
	if (!writer_open(url, HARNESS_LA, &writer, &fault))
		_exit(2);
	for (int i = 0; i < THREADS; i++) {
		crowds[i] = (struct killer_crowd){writer,
			((int64_t)round * THREADS + i) * 1000000};
		pthread_create(&threads[i], NULL, write_until_killed, &crowds[i]);
	}
	pthread_join(threads[0], NULL);
	_exit(3);
}

struct killed {
	struct harness *harness;
	int64_t acknowledged;
	unsigned draw;
};

static bool is_there(struct store *store, char letter, int64_t id)
{
	struct fault fault = {0};
	char name[32];
	int64_t count = 0;
	snprintf(name, sizeof name, "%c%lld", letter, (long long)id);
	return store_number(store,
		       "SELECT count(*) FROM setting WHERE la = $1 AND name = $2",
		       STORE_VALUES(store_integer(HARNESS_LA), store_string(name)),
		       &count, &fault)
		&& count == 1;
}

/* The child lives until it has acknowledged a drawn number of acts and a
 * drawn number of microseconds more: the kill falls anywhere in a group. */
static size_t run_and_kill(struct killed *killed, int round, int64_t *ids,
	size_t most)
{
	int ends[2];
	size_t count = 0;
	assert_int_equal(pipe(ends), 0);
	harness_leave(killed->harness);
	pid_t child = fork();
	if (child == 0) {
		close(ends[0]);
		report_to = ends[1];
		run_child(harness_url(killed->harness), round);
	}
	close(ends[1]);
	killed->draw = killed->draw * 1664525u + 1013904223u;
	size_t wanted = (killed->draw >> 16) % 40 + 1;
	while (count < wanted
		&& read(ends[0], &ids[count], sizeof *ids) == sizeof *ids)
		count++;
	usleep(killed->draw >> 8 & 4095);
	kill(child, SIGKILL);
	int status;
	waitpid(child, &status, 0);
	assert_true(WIFSIGNALED(status));
	while (count < most
		&& read(ends[0], &ids[count], sizeof *ids) == sizeof *ids)
		count++;
	assert_true(count >= wanted && count < most);
	close(ends[0]);
	return count;
}

static void kill_one(struct killed *killed, int round)
{
	int64_t ids[16384];
	size_t count = run_and_kill(killed, round, ids, COUNT_OF(ids));
	struct store *store = harness_store(killed->harness);
	for (size_t i = 0; i < count; i++) {
		assert_true(is_there(store, 'a', ids[i]));
		assert_true(is_there(store, 'b', ids[i]));
	}
	killed->acknowledged += (int64_t)count;
}

/* A backend whose client was killed may still be finishing its commit. */
static void wait_for_backends(struct harness *harness)
{
	while (harness_engine(harness) == STORE_POSTGRES
		&& count_of(harness,
			   "SELECT count(*) FROM pg_stat_activity WHERE"
			   " datname = current_database() AND pid <>"
			   " pg_backend_pid()")
			> 0)
		sched_yield();
}

static void test_killed(void **state)
{
	struct harness *harness = harness_of(state);
	struct killed killed = {harness, 0, 2024};
	for (int round = 1; round <= KILLS; round++)
		kill_one(&killed, round);
	wait_for_backends(harness);
	int64_t firsts = count_of(harness,
		"SELECT count(*) FROM setting WHERE substr(name, 1, 1) = 'a'");
	int64_t whole = count_of(harness,
		"SELECT count(*) FROM setting a JOIN setting b ON b.la = a.la"
		" AND substr(b.name, 2, 40) = substr(a.name, 2, 40)"
		" JOIN audit u ON u.la = a.la AND u.subject_key = a.name"
		" WHERE substr(a.name, 1, 1) = 'a'"
		" AND substr(b.name, 1, 1) = 'b'");
	assert_true(killed.acknowledged >= KILLS);
	print_message("# %d kills, %lld acknowledged writes, %lld more\n",
		KILLS, (long long)killed.acknowledged,
		(long long)(firsts - killed.acknowledged));
	assert_true(firsts >= killed.acknowledged);
	assert_int_equal(whole, firsts);
	assert_int_equal(count_of(harness, "SELECT count(*) FROM setting"),
		2 * firsts);
	expect_chain(harness, firsts);
	if (harness_engine(harness) == STORE_SQLITE)
		assert_string_equal(harness_rows(harness, harness_store(harness),
					    "PRAGMA integrity_check"),
			"ok\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_many_threads),
		HARNESS_EACH_ENGINE(test_two_writers),
		HARNESS_EACH_ENGINE(test_group_shares_a_commit),
		HARNESS_EACH_ENGINE(test_lost_transaction),
		HARNESS_EACH_ENGINE(test_ignored_fault),
		HARNESS_EACH_ENGINE(test_closing),
		HARNESS_EACH_ENGINE(test_connection_is_made_again),
		HARNESS_EACH_ENGINE(test_killed),
	};
	return HARNESS_RUN(tests);
}
