/* SPDX-License-Identifier: MIT
 *
 * Whether the history of entries is what was kept: each version has the digest
 * its audit entry holds, and neither side has one more. The audit chain itself
 * is audit_verify's matter.
 */
#include "base/digest.h"
#include "register/keep.h"

extern const struct embedded register_sql[];

static bool is_intact(int la, const struct store_rows *rows,
	struct arena *arena, const char **out_why)
{
	char digest[DIGEST_TEXT];
	int64_t entry = store_get_integer(rows, 0);
	int version = (int)store_get_integer(rows, 1);
	const char *words[5]; /* at, step, actor, reason, definition */
	static const int columns[] = {2, 4, 5, 6, 7};
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		words[i] = arena_string(arena, store_get_text(rows, columns[i]));
	struct keep_sealed sealed = {.la = la,
		.version = version,
		.entry = entry,
		.at = words[0],
		.step = words[1],
		.actor = words[2],
		.reason = words[3],
		.definition = words[4],
		.on = store_get_date(rows, 3),
		.document = store_get_text(rows, 8)};
	keep_digest(&sealed, digest);
	if (!text_is(store_get_text(rows, 9), digest)) {
		*out_why = "its content does not match its digest";
		return false;
	}
	const char *key = arena_format(arena, "%lld/%d", (long long)entry,
		version);
	if (!text_is(store_get_text(rows, 10), "entry_version")
		|| !text_is(store_get_text(rows, 11), key)
		|| !text_is(store_get_text(rows, 12), digest)) {
		*out_why = "the audit chain does not hold it";
		return false;
	}
	return true;
}

static bool walk(struct store *store, int la, struct keep_verdict *verdict,
	struct fault *fault)
{
	struct store_rows *rows;
	struct arena *arena = arena_open();
	if (!store_query(store, store_find(register_sql, "verify_versions"),
		    STORE_VALUES(store_integer(la)), &rows, fault)) {
		arena_close(arena);
		return false;
	}
	while (store_next(rows, fault)) {
		const char *why = NULL;
		verdict->versions++;
		if (verdict->why != NULL || is_intact(la, rows, arena, &why))
			continue;
		verdict->broken_entry = store_get_integer(rows, 0);
		verdict->broken_version = (int)store_get_integer(rows, 1);
		verdict->why = why;
	}
	store_end(rows);
	arena_close(arena);
	return !fault_is_set(fault);
}

/* The first entry that a statement names is at fault. */
static bool ask(struct store *store, int la, const char *statement,
	const char *why, struct keep_verdict *verdict, struct fault *fault)
{
	struct store_rows *rows;
	if (verdict->why != NULL)
		return true;
	if (!store_query(store, store_find(register_sql, statement),
		    STORE_VALUES(store_integer(la)), &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		verdict->broken_entry = store_get_integer(rows, 0);
		verdict->broken_version = (int)store_get_integer(rows, 1);
		verdict->why = why;
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool count_both(struct store *store, int la,
	struct keep_verdict *verdict, struct fault *fault)
{
	int64_t audited = 0, destroyed = 0;
	if (verdict->why != NULL)
		return true;
	if (!store_number(store, store_find(register_sql, "verify_audited"),
		    STORE_VALUES(store_integer(la)), &audited, fault)
		|| !store_number(store,
			store_find(register_sql, "verify_destroyed"),
			STORE_VALUES(store_integer(la)), &destroyed, fault))
		return false;
	if (audited != verdict->versions + destroyed)
		verdict->why = audited > verdict->versions + destroyed
			? "a version that the audit chain holds is gone"
			: "a version stands that the audit chain does not hold";
	return true;
}

bool keep_verify(struct store *store, int la, struct keep_verdict *out_verdict,
	struct fault *fault)
{
	struct keep_verdict verdict = {0};
	if (!walk(store, la, &verdict, fault)
		|| !ask(store, la, "verify_gaps", "its versions have a gap",
			&verdict, fault)
		|| !ask(store, la, "verify_newest",
			"it is not what its newest version says", &verdict, fault)
		|| !count_both(store, la, &verdict, fault))
		return false;
	*out_verdict = verdict;
	return true;
}
