/* SPDX-License-Identifier: MIT
 *
 * A queue, a thread and a transaction. An act waits as a ticket on the stack
 * of the thread that brought it; all fields that both threads touch are
 * guarded by the writer's lock.
 */
#include "store/writer.h"

#include <pthread.h>
#include <signal.h>

#include "base/arena.h"

/* Acts in one transaction: enough that the commit's wait is shared, few enough
 * that the first of them need not wait long. */
enum { MOST_IN_GROUP = 256 };

struct ticket {
	writer_act *act;
	void *data;
	struct fault fault;
	bool is_answered;
	pthread_cond_t answered;
	struct ticket *next;
};

struct writer {
	struct arena *arena;
	const char *url;
	int la;
	struct store *store; /* the thread's own; NULL: lost, to be reopened */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wanted; /* something waits, or it is time to close */
	struct ticket *first;
	struct ticket **last;
	size_t waiting;
	int64_t commits;
	bool is_closing;
};

/* Takes the oldest acts, waiting for one. 0: closed and nothing left. */
static size_t take_group(struct writer *writer, struct ticket **group)
{
	size_t count = 0;
	pthread_mutex_lock(&writer->lock);
	while (writer->first == NULL && !writer->is_closing)
		pthread_cond_wait(&writer->wanted, &writer->lock);
	while (writer->first != NULL && count < MOST_IN_GROUP) {
		group[count++] = writer->first;
		writer->first = writer->first->next;
	}
	writer->waiting -= count;
	if (writer->first == NULL)
		writer->last = &writer->first;
	pthread_mutex_unlock(&writer->lock);
	return count;
}

static void answer(struct writer *writer, struct ticket **group, size_t count,
	bool is_committed)
{
	pthread_mutex_lock(&writer->lock);
	writer->commits += is_committed;
	for (size_t i = 0; i < count; i++) {
		group[i]->is_answered = true;
		pthread_cond_signal(&group[i]->answered);
	}
	pthread_mutex_unlock(&writer->lock);
}

static bool open_store(struct writer *writer, struct fault *fault)
{
	return store_open(&(struct store_options){.url = writer->url},
		&writer->store, fault);
}

/* A server that was restarted costs one new connection, not the program. */
static bool begin(struct writer *writer, struct fault *fault)
{
	struct fault first = {0};
	if (writer->store != NULL && store_begin(writer->store, &first))
		return true;
	if (first.kind == FAULT_BUSY) {
		*fault = first;
		return false;
	}
	store_close(writer->store);
	writer->store = NULL;
	return open_store(writer, fault) && store_begin(writer->store, fault);
}

/* One act in its savepoint. False: the transaction is gone, and all before it
 * with it. An engine may end a transaction by itself, when the disk is full
 * or the connection breaks; a savepoint would then open a new one. */
static bool run_act(struct writer *writer, struct ticket *ticket)
{
	struct store *store = writer->store;
	bool is_done = store_savepoint(store, &ticket->fault)
		&& ticket->act(store, writer->la, ticket->data, &ticket->fault)
		&& store_has_transaction(store)
		&& store_release(store, &ticket->fault);
	if (is_done)
		return true;
	fault_set(&ticket->fault, FAULT_SYSTEM, "the act could not be done");
	if (!store_has_transaction(store))
		return false;
	store_undo(store);
	return store_has_transaction(store);
}

static bool run_group(struct writer *writer, struct ticket **group,
	size_t count, struct fault *fault)
{
	if (!begin(writer, fault))
		return false;
	for (size_t i = 0; i < count; i++)
		if (!run_act(writer, group[i])) {
			*fault = group[i]->fault;
			return false;
		}
	if (store_commit(writer->store, fault))
		return true;
	store_rollback(writer->store);
	return false;
}

static void *work(void *data)
{
	struct writer *writer = data;
	struct ticket *group[MOST_IN_GROUP];
	size_t count;
	while ((count = take_group(writer, group)) > 0) {
		struct fault fault = {0};
		bool is_committed = run_group(writer, group, count, &fault);
		for (size_t i = 0; i < count && !is_committed; i++)
			if (!fault_is_set(&group[i]->fault))
				group[i]->fault = fault;
		answer(writer, group, count, is_committed);
	}
	return NULL;
}

/* Signals are for the main thread. */
static bool start_thread(struct writer *writer)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int code = pthread_create(&writer->thread, NULL, work, writer);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return code == 0;
}

static void release(struct writer *writer)
{
	store_close(writer->store);
	pthread_cond_destroy(&writer->wanted);
	pthread_mutex_destroy(&writer->lock);
	arena_close(writer->arena);
}

bool writer_open(const char *url, int la, struct writer **out_writer,
	struct fault *fault)
{
	struct arena *arena = arena_open();
	struct writer *writer = arena_new(arena, sizeof *writer);
	*writer = (struct writer){.arena = arena,
		.url = arena_string(arena, text_of(url)),
		.la = la,
		.last = &writer->first,
		.lock = PTHREAD_MUTEX_INITIALIZER,
		.wanted = PTHREAD_COND_INITIALIZER};
	bool is_open = open_store(writer, fault)
		&& (start_thread(writer)
			|| fault_set(fault, FAULT_SYSTEM,
				"could not start the writer's thread"));
	if (!is_open) {
		release(writer);
		return false;
	}
	*out_writer = writer;
	return true;
}

bool writer_submit(struct writer *writer, writer_act *act, void *data,
	struct fault *fault)
{
	struct ticket ticket = {.act = act,
		.data = data,
		.answered = PTHREAD_COND_INITIALIZER};
	pthread_mutex_lock(&writer->lock);
	if (writer->is_closing) {
		pthread_mutex_unlock(&writer->lock);
		return fault_set(fault, FAULT_BUSY, "the writer is closing");
	}
	*writer->last = &ticket;
	writer->last = &ticket.next;
	writer->waiting++;
	pthread_cond_signal(&writer->wanted);
	while (!ticket.is_answered)
		pthread_cond_wait(&ticket.answered, &writer->lock);
	pthread_mutex_unlock(&writer->lock);
	pthread_cond_destroy(&ticket.answered);
	if (!fault_is_set(&ticket.fault))
		return true;
	if (!fault_is_set(fault))
		*fault = ticket.fault;
	return false;
}

int64_t writer_commits(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	int64_t commits = writer->commits;
	pthread_mutex_unlock(&writer->lock);
	return commits;
}

size_t writer_waiting(struct writer *writer)
{
	pthread_mutex_lock(&writer->lock);
	size_t waiting = writer->waiting;
	pthread_mutex_unlock(&writer->lock);
	return waiting;
}

void writer_close(struct writer *writer)
{
	if (writer == NULL)
		return;
	pthread_mutex_lock(&writer->lock);
	writer->is_closing = true;
	pthread_cond_signal(&writer->wanted);
	pthread_mutex_unlock(&writer->lock);
	pthread_join(writer->thread, NULL);
	release(writer);
}
