/* SPDX-License-Identifier: MIT
 *
 * The audit chain. An entry's hash covers the authority, the number, every
 * field with its length before it (so that no two entries can be written
 * alike) and the hash before.
 */
#include "store/audit.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/moment.h"

extern const struct embedded store_sql[];

enum {
	FIELDS = 8
}; /* at, actor, purpose, act, subject, key, detail, previous */

static const char no_hash[DIGEST_TEXT] =
	"0000000000000000000000000000000000000000000000000000000000000000";

static void add_field(struct digest *digest, struct text field)
{
	char length[24];
	snprintf(length, sizeof length, "%zu:", field.length);
	digest_add(digest, text_of(length));
	digest_add(digest, field);
}

static void hash_entry(int la, int64_t seq, const struct text fields[FIELDS],
	char out_hash[DIGEST_TEXT])
{
	struct digest digest;
	char head[48];
	snprintf(head, sizeof head, "%d/%lld/", la, (long long)seq);
	digest_begin(&digest);
	digest_add(&digest, text_of(head));
	for (int i = 0; i < FIELDS; i++)
		add_field(&digest, fields[i]);
	digest_end(&digest, out_hash);
}

static bool read_last(struct store *store, int la, int64_t *out_seq,
	char out_hash[DIGEST_TEXT], struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(store_sql, "audit_last"),
		    STORE_VALUES(store_integer(la)), &rows, fault))
		return false;
	*out_seq = 0;
	text_copy(out_hash, DIGEST_TEXT, text_of(no_hash));
	if (store_next(rows, fault)) {
		*out_seq = store_get_integer(rows, 0);
		text_copy(out_hash, DIGEST_TEXT, store_get_text(rows, 1));
	}
	store_end(rows);
	return !fault_is_set(fault);
}

bool audit_turn(struct store *store, int la, struct fault *fault)
{
	return store_engine(store) == STORE_SQLITE
		|| store_run(store, store_find(store_sql, "audit_turn"),
			STORE_VALUES(store_integer(la)), fault);
}

bool audit_add(struct store *store, int la, const struct audit_entry *entry,
	struct fault *fault)
{
	int64_t seq;
	char previous[DIGEST_TEXT], hash[DIGEST_TEXT], now[MOMENT_TEXT];
	if (!audit_turn(store, la, fault)
		|| !read_last(store, la, &seq, previous, fault))
		return false;
	seq++;
	moment_write(moment_now(), now);
	struct text fields[FIELDS] = {text_of(now), text_of(entry->actor),
		text_of(entry->purpose), text_of(entry->act),
		text_of(entry->subject), text_of(entry->subject_key),
		text_of(entry->detail), text_of(previous)};
	hash_entry(la, seq, fields, hash);
	if (entry->out_seq != NULL)
		*entry->out_seq = seq;
	return store_run(store, store_find(store_sql, "audit_add"),
		STORE_VALUES(store_integer(la), store_integer(seq),
			store_text(fields[0]), store_text(fields[1]),
			store_text(fields[2]), store_text(fields[3]),
			store_text(fields[4]), store_text(fields[5]),
			store_text(fields[6]), store_text(fields[7]),
			store_string(hash)),
		fault);
}

/* Checks one entry against the link before it; says why if it fails. */
static const char *check_link(int la, const struct store_rows *rows,
	int64_t expected, const char *previous, char out_hash[DIGEST_TEXT])
{
	struct text fields[FIELDS];
	for (int i = 0; i < FIELDS; i++)
		fields[i] = store_get_text(rows, i + 1);
	int64_t seq = store_get_integer(rows, 0);
	if (seq != expected)
		return "an entry is missing before it";
	if (!text_is(fields[FIELDS - 1], previous))
		return "it does not follow the entry before it";
	hash_entry(la, seq, fields, out_hash);
	if (!text_is(store_get_text(rows, FIELDS + 1), out_hash))
		return "its content does not match its hash";
	return NULL;
}

bool audit_verify(struct store *store, int la,
	struct audit_verdict *out_verdict, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(store, store_find(store_sql, "audit_walk"),
		    STORE_VALUES(store_integer(la)), &rows, fault))
		return false;
	struct audit_verdict verdict = {.entries = 0};
	text_copy(verdict.head, sizeof verdict.head, text_of(no_hash));
	while (store_next(rows, fault)) {
		char hash[DIGEST_TEXT];
		verdict.entries++;
		if (verdict.broken_at != 0)
			continue;
		const char *why = check_link(la, rows, verdict.entries,
			verdict.head, hash);
		if (why == NULL) {
			memcpy(verdict.head, hash, sizeof hash);
			continue;
		}
		verdict.broken_at = store_get_integer(rows, 0);
		text_copy(verdict.why, sizeof verdict.why, text_of(why));
	}
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	*out_verdict = verdict;
	return true;
}
