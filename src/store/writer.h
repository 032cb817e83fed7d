/* SPDX-License-Identifier: MIT
 *
 * The one writer of an authority.
 *
 * Threads hand it acts; it runs those that wait, one after the other, inside
 * one transaction, each in a savepoint of its own, commits once and answers
 * each only then. One durable commit is thus shared by all that waited for it.
 * An act that fails is undone alone. When the transaction itself is lost or
 * the commit fails, none of the group is written and each is told so.
 *
 * On SQLite a file has one writer at a time, so one authority a file is what
 * lets authorities write side by side; PostgreSQL does not mind.
 */
#ifndef KITH_STORE_WRITER_H
#define KITH_STORE_WRITER_H

#include "store/store.h"

struct writer;

/* Makes its own connection and thread. */
bool writer_open(const char *url, int la, struct writer **out_writer,
	struct fault *fault) __attribute__((warn_unused_result));

/* What an act does with the store, inside the transaction; it neither commits
 * nor rolls back. It runs on the writer's thread. False: undo it. */
typedef bool writer_act(struct store *store, int la, void *data,
	struct fault *fault);

/* Waits until the act is committed, or was undone. Any thread may call it. */
bool writer_submit(struct writer *writer, writer_act *act, void *data,
	struct fault *fault) __attribute__((warn_unused_result));

/* Durable commits so far: fewer than acts where some shared one. */
int64_t writer_commits(struct writer *writer);

/* Acts that nobody has begun yet: how busy it is. */
size_t writer_waiting(struct writer *writer);

/* Finishes what waits, refuses what comes later. NULL is fine. No thread may
 * be inside writer_submit when this returns. */
void writer_close(struct writer *writer);

#endif
