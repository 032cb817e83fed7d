/* SPDX-License-Identifier: MIT
 *
 * The schema: numbered files, applied once each and in order.
 *
 * Each file is written once, in the common dialect; rendering for an engine
 * only changes column types (and makes SQLite's tables STRICT). What has been
 * applied is kept with the SHA-256 of its text, so that a database made by a
 * newer kith, or by an edited file, is refused instead of misread.
 */
#ifndef KITH_STORE_MIGRATE_H
#define KITH_STORE_MIGRATE_H

#include "base/buffer.h"
#include "store/store.h"

/* Brings the schema up to this program's. Nothing to do is fine. */
bool migrate_up(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));

/* Checks that the schema is this program's; the hint says what to do. */
bool migrate_check(struct store *store, struct fault *fault)
	__attribute__((warn_unused_result));

/* Statements in the form of the schema files, as one engine takes them. Tables
 * named reg_... are those of registers (register.h). */
void migrate_render_text(struct text step, enum store_engine engine,
	struct buffer *out_sql);

/* The whole schema as one engine takes it. */
void migrate_render(enum store_engine engine, struct buffer *out_sql);

/* The calls that spread the tables over a Citus cluster by `la`. */
void migrate_render_citus(struct buffer *out_sql);

#endif
