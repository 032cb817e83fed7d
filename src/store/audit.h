/* SPDX-License-Identifier: MIT
 *
 * The audit chain: what was done, by whom, and that nobody changed it since.
 *
 * One chain an authority. Every entry holds the hash of the one before it and
 * the SHA-256 of itself; altering, removing or moving an entry breaks the
 * chain at that place. Cutting entries off the end does not: note the head
 * (the verdict's) elsewhere, and verify against it.
 */
#ifndef KITH_STORE_AUDIT_H
#define KITH_STORE_AUDIT_H

#include "store/store.h"

struct audit_entry {
	const char *actor;
	const char *purpose;
	const char *act;
	const char *subject;
	const char *subject_key;
	const char *detail;
	int64_t *out_seq; /* its number in the chain; NULL: not wanted */
};

/* Waits until no other transaction writes for the authority, and lets none
 * until this one ends. SQLite lets one transaction write at a time anyway; on
 * PostgreSQL two might both read what neither has committed, and each add the
 * same child or the same next entry. audit_add does it; an act that reads
 * before it writes does it first. */
bool audit_turn(struct store *store, int la, struct fault *fault)
	__attribute__((warn_unused_result));

/* Adds an entry inside the caller's transaction. NULL members are empty. */
bool audit_add(struct store *store, int la, const struct audit_entry *entry,
	struct fault *fault) __attribute__((warn_unused_result));

struct audit_verdict {
	int64_t entries;   /* in the chain */
	int64_t broken_at; /* seq of the first broken link; 0: none */
	char head[65];     /* hash of the last good entry */
	char why[64];
};

/* Walks the whole chain. True if it could be read, whole or not. */
bool audit_verify(struct store *store, int la, struct audit_verdict *out_verdict,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
