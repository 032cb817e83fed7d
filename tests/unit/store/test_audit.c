/* SPDX-License-Identifier: MIT
 *
 * The audit chain: whole as written, and broken by every change made to it
 * behind the program's back, at the first entry that no longer holds.
 */
#include "store/audit.h"

#include <time.h>

#include "harness.h"

enum { ENTRIES = 60, TAMPERINGS = 500 };

static void add(struct store *store, int la, int number)
{
	struct fault fault = {0};
	char key[24];
	snprintf(key, sizeof key, "%d", number);
	struct audit_entry entry = {.actor = "a.tester",
		.purpose = number % 3 == 0 ? NULL : "quarterly report",
		.act = number % 2 == 0 ? "import" : "read-children",
		.subject = "batch",
		.subject_key = key,
		.detail = "it's \"quoted\"\tand \\ back \xc3\x89"};
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(audit_add(store, la, &entry, &fault), &fault);
	HARNESS_DONE(store_commit(store, &fault), &fault);
}

static struct audit_verdict verify(struct store *store, int la)
{
	struct fault fault = {0};
	struct audit_verdict verdict = {0};
	HARNESS_DONE(audit_verify(store, la, &verdict, &fault), &fault);
	return verdict;
}

static void test_whole(void **state)
{
	struct store *store = harness_store(harness_of(state));
	struct audit_verdict empty = verify(store, HARNESS_LA);
	assert_int_equal(empty.entries, 0);
	assert_int_equal(empty.broken_at, 0);
	assert_int_equal(strspn(empty.head, "0"), 64);
	for (int i = 1; i <= 5; i++) {
		add(store, HARNESS_LA, i);
		add(store, 207, i);
	}
	struct audit_verdict one = verify(store, HARNESS_LA);
	struct audit_verdict other = verify(store, 207);
	assert_int_equal(one.entries, 5);
	assert_int_equal(one.broken_at, 0);
	assert_int_equal(other.entries, 5);
	assert_int_equal(other.broken_at, 0);
	assert_string_not_equal(one.head, other.head);
	assert_string_equal(one.why, "");
}

static void test_undone_entry_leaves_no_gap(void **state)
{
	struct fault fault = {0};
	struct store *store = harness_store(harness_of(state));
	add(store, HARNESS_LA, 1);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(audit_add(store, HARNESS_LA,
			     &(struct audit_entry){.act = "import"}, &fault),
		&fault);
	store_rollback(store);
	add(store, HARNESS_LA, 2);
	struct audit_verdict verdict = verify(store, HARNESS_LA);
	assert_int_equal(verdict.entries, 2);
	assert_int_equal(verdict.broken_at, 0);
}

/* Pseudo-random numbers that come out the same in every run. */
static unsigned draw(unsigned below)
{
	static uint64_t state = 20240630;
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % below;
}

enum way { EDIT, DELETE, SWAP, INSERT, WAYS };

/* What a hand with write access could do. The sequence numbers are kept right
 * where that hides more. Returns the first entry that no longer holds. */
static int edit(struct arena *arena, int seq, const char **out_sql)
{
	static const char *const columns[] = {"at", "actor", "purpose", "act",
		"subject", "subject_key", "detail", "previous", "hash"};
	const char *column = columns[draw(COUNT_OF(columns))];
	*out_sql = arena_format(arena,
		"UPDATE audit SET %s = %s || '0' WHERE la = 206 AND seq = %d",
		column, column, seq);
	return seq;
}

/* The entry after the one taken out is the first that cannot be explained. */
static int take_out(struct arena *arena, int seq, const char **out_sql)
{
	seq = seq == ENTRIES ? seq - 1 : seq;
	bool is_closed_up = draw(2) == 0;
	*out_sql = arena_format(arena,
		is_closed_up ? "DELETE FROM audit WHERE la = 206 AND seq = %d;"
			       "UPDATE audit SET seq = -seq WHERE seq > %d;"
			       "UPDATE audit SET seq = -seq - 1 WHERE seq < 0"
			     : "DELETE FROM audit WHERE la = 206 AND seq = %d",
		seq, seq);
	return is_closed_up ? seq : seq + 1;
}

static int swap(struct arena *arena, int seq, const char **out_sql)
{
	int other = 1 + (int)draw(ENTRIES);
	if (other == seq)
		other = seq == 1 ? 2 : seq - 1;
	*out_sql = arena_format(arena,
		"UPDATE audit SET seq = -1 WHERE seq = %d;"
		"UPDATE audit SET seq = %d WHERE seq = %d;"
		"UPDATE audit SET seq = %d WHERE seq = -1",
		seq, seq, other, other);
	return seq < other ? seq : other;
}

/* A copy of another entry, the rest moved up to make room. */
static int insert(struct arena *arena, int seq, const char **out_sql)
{
	*out_sql = arena_format(arena,
		"UPDATE audit SET seq = -seq - 1 WHERE seq >= %d;"
		"UPDATE audit SET seq = -seq WHERE seq < 0;"
		"INSERT INTO audit SELECT la, %d, at, actor, purpose, act,"
		" subject, subject_key, detail, previous, hash FROM audit"
		" WHERE seq = %d",
		seq, seq, seq == 1 ? 5 : seq - 1);
	return seq;
}

static void test_tampering(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	int (*const ways[WAYS])(struct arena *, int, const char **) =
		{[EDIT] = edit, [DELETE] = take_out, [SWAP] = swap, [INSERT] = insert};
	for (int i = 1; i <= ENTRIES; i++)
		add(store, HARNESS_LA, i);
	struct audit_verdict whole = verify(store, HARNESS_LA);
	assert_int_equal(whole.broken_at, 0);
	struct arena *arena = arena_open();
	for (int i = 0; i < TAMPERINGS; i++) {
		const char *sql;
		int first = ways[draw(WAYS)](arena, 1 + (int)draw(ENTRIES), &sql);
		HARNESS_DONE(store_begin(store, &fault), &fault);
		HARNESS_DONE(store_script(store, sql, &fault), &fault);
		struct audit_verdict verdict = verify(store, HARNESS_LA);
		if (verdict.broken_at != first)
			print_error("the change was: %s\n", sql);
		assert_int_equal(verdict.broken_at, first);
		assert_string_not_equal(verdict.why, "");
		store_rollback(store);
		arena_reset(arena);
	}
	arena_close(arena);
	assert_string_equal(verify(store, HARNESS_LA).head, whole.head);
}

static void test_cut_end_changes_the_head(void **state)
{
	struct fault fault = {0};
	struct store *store = harness_store(harness_of(state));
	for (int i = 1; i <= 3; i++)
		add(store, HARNESS_LA, i);
	struct audit_verdict before = verify(store, HARNESS_LA);
	HARNESS_DONE(store_script(store, "DELETE FROM audit WHERE seq = 3",
			     &fault),
		&fault);
	struct audit_verdict after = verify(store, HARNESS_LA);
	assert_int_equal(after.broken_at, 0);
	assert_int_equal(after.entries, 2);
	assert_string_not_equal(before.head, after.head);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_whole),
		HARNESS_EACH_ENGINE(test_undone_entry_leaves_no_gap),
		HARNESS_EACH_ENGINE(test_tampering),
		HARNESS_EACH_ENGINE(test_cut_end_changes_the_head),
	};
	return HARNESS_RUN(tests);
}
