/* SPDX-License-Identifier: MIT
 *
 * Entries in the database: reading them as they are or were known, and adding
 * versions. Everything here runs inside the caller's transaction.
 */
#ifndef KITH_REGISTER_KEEP_H
#define KITH_REGISTER_KEEP_H

#include "register/entry.h"
#include "register/register.h"
#include "register/work.h"

struct keep {
	const struct registers *registers;
	struct store *store;
	int la;
	struct arena *arena; /* what is read lives here */
};

/* The newest version. FAULT_MISSING if there is none. */
bool keep_load(struct keep *keep, int64_t id, struct entry **out_entry,
	struct fault *fault) __attribute__((warn_unused_result));

/* As a version had it, or as it was known at an instant (UTC text). */
bool keep_load_version(struct keep *keep, int64_t id, int version,
	struct entry **out_entry, struct fault *fault)
	__attribute__((warn_unused_result));
bool keep_load_known(struct keep *keep, int64_t id, const char *at,
	struct entry **out_entry, struct fault *fault)
	__attribute__((warn_unused_result));

/* Puts facts and settings of the day into it, and gives the calendar of the
 * child's school. */
bool keep_dress(struct keep *keep, struct entry *entry, struct date on,
	struct condition_calendar *out_calendar, struct fault *fault)
	__attribute__((warn_unused_result));

/* How a version came about. */
struct keep_change {
	const char *step, *actor, *reason, *purpose;
	struct date on, today;
	struct ident_source *ids; /* for a new entry's id */
};

/* Keeps the entry as its next version (as the first, if it has none), with its
 * audit entry, its derived rows and its work. A conflict if another version
 * came since it was read. Afterwards id and version are those kept. */
bool keep_save(struct keep *keep, struct entry *entry,
	const struct keep_change *change, struct fault *fault)
	__attribute__((warn_unused_result));

/* Writes the derived rows and work of an entry anew. */
bool keep_derive(struct keep *keep, struct entry *entry, struct date today,
	struct fault *fault) __attribute__((warn_unused_result));

/* The open entry of a register about a subject; 0: none. */
bool keep_open_about(struct keep *keep, const struct definition *of,
	int64_t subject, int64_t *out_id, struct fault *fault)
	__attribute__((warn_unused_result));

struct keep_version {
	int version;
	const char *at, *step, *actor, *reason, *definition;
	struct date on;
	struct text document;
};

/* All versions, oldest first. */
bool keep_history(struct keep *keep, int64_t id,
	const struct keep_version **out_versions, size_t *out_count,
	struct fault *fault) __attribute__((warn_unused_result));

/* What differs between two versions of an entry, for people. */
struct keep_difference {
	const char *label; /* "Arrangement", "Keep-in-touch meeting: date held" */
	const char *field;
	int64_t item;                              /* 0: the entry's own */
	struct text before, after;                 /* as shown */
	const struct definition_field *definition; /* NULL: state, owner ... */
};
void keep_compare(const struct entry *before, const struct entry *after,
	struct arena *arena, const struct keep_difference **out_differences,
	size_t *out_count);

/* SHA-256 over all that a version says; what the audit entry holds. */
struct keep_sealed {
	int la, version;
	int64_t entry;
	const char *at, *step, *actor, *reason, *definition;
	struct date on;
	struct text document;
};
void keep_digest(const struct keep_sealed *sealed, char *out_digest);

/* Checks every version against its audit entry, and that none is missing on
 * either side. False with *out_entry 0: could not be read. */
struct keep_verdict {
	int64_t versions;
	int64_t broken_entry; /* 0: none */
	int broken_version;
	const char *why;
};
bool keep_verify(struct store *store, int la, struct keep_verdict *out_verdict,
	struct fault *fault) __attribute__((warn_unused_result));

#endif
