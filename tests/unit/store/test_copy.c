/* SPDX-License-Identifier: MIT
 *
 * Copying and backups: every table, every engine to every other, the same
 * records on both sides, and nothing overwritten.
 */
#include "store/copy.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/file.h"
#include "harness.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/region.h"
#include "store/tables.h"

/* More than one chunk of the copier. */
enum { MANY = 4200, OTHER_LA = 207 };

/* A value for a column: by its kind and the row's number. Foreign keys are
 * met because every key holds the same small numbers in the same order. */
static struct store_value invent(const struct tables_column *column, int la,
	int row, struct arena *arena)
{
	if (strcmp(column->name, "la") == 0)
		return store_integer(la);
	switch (column->kind) {
	case STORE_INTEGER:
		return store_integer(row);
	case STORE_DATE:
		return store_date(date_add_days(date_from(1995, 1, 1), row));
	case STORE_BLOB:
		return store_blob(TEXT("\0\\\xff\x01"));
	default:
		return store_string(
			arena_format(arena, "%d it's\t\\N \xc3\xa9\n", row));
	}
}

static void fill_table(struct store *store, const struct tables_table *table,
	int la, int rows)
{
	struct fault fault = {0};
	struct arena *arena = arena_open();
	struct store_bulk *bulk;
	struct buffer columns = {.maximum = 1 << 16};
	for (size_t i = 0; i < table->column_count; i++)
		buffer_format(&columns, "%s%s", i == 0 ? "" : ", ",
			table->columns[i].name);
	HARNESS_DONE(store_bulk_open(store, table->name, columns.bytes, &bulk,
			     &fault),
		&fault);
	for (int row = 1; row <= rows; row++) {
		struct store_value values[TABLES_COLUMNS];
		for (size_t i = 0; i < table->column_count; i++)
			values[i] = invent(&table->columns[i], la, row, arena);
		HARNESS_DONE(store_bulk_row(bulk, values, table->column_count,
				     &fault),
			&fault);
	}
	HARNESS_DONE(store_bulk_flush(bulk, &fault), &fault);
	store_bulk_close(bulk);
	buffer_finish(&columns);
	arena_close(arena);
}

/* Some reference data come with the schema. */
static bool is_empty(struct store *store, const char *table)
{
	struct fault fault = {0};
	char sql[128];
	int64_t count = -1;
	snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	HARNESS_DONE(store_number(store, sql, NULL, 0, &count, &fault), &fault);
	return count == 0;
}

/* As many rows in every table, so that references are met: more than a chunk
 * of blobs. `setting`, which has a text in its key, gets more than a chunk
 * with the reference data. */
static void fill(struct store *store, int la, bool with_reference)
{
	struct fault fault = {0};
	struct arena *arena = arena_open();
	const struct tables_table *tables;
	size_t count;
	tables_read(arena, &tables, &count);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	for (size_t i = 0; i < count; i++)
		if (strcmp(tables[i].name, "authority") != 0
			&& (tables[i].has_la
				|| (with_reference
					&& is_empty(store, tables[i].name))))
			fill_table(store, &tables[i], la,
				with_reference && strcmp(tables[i].name, "setting") == 0
					? MANY
					: 40);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	arena_close(arena);
}

/* Two authorities and reference data. */
static void fill_two(struct harness *harness)
{
	struct fault fault = {0};
	struct store *store = harness_store(harness);
	HARNESS_DONE(region_init(harness_url(harness), OTHER_LA, "Lambeth",
			     &fault),
		&fault);
	fill(store, HARNESS_LA, true);
	fill(store, OTHER_LA, false);
}

static void digest_at(const char *url, int la, char out_digest[65])
{
	struct fault fault = {0};
	struct store *store;
	HARNESS_DONE(store_open(&(struct store_options){.url = url,
					.is_read_only = true},
			     &store, &fault),
		&fault);
	HARNESS_DONE(copy_digest(store, la, out_digest, &fault), &fault);
	store_close(store);
}

static void expect_same(const char *one, const char *other, int la)
{
	char first[65], second[65];
	digest_at(one, la, first);
	digest_at(other, la, second);
	assert_string_equal(first, second);
}

/* There, and back by way of the other engine. */
static void copy_by_way_of(struct harness *harness, enum store_engine engine)
{
	struct fault fault = {0};
	struct copy_result result;
	const char *middle = harness_another(harness, engine);
	const char *back = harness_another(harness, harness_engine(harness));
	HARNESS_DONE(copy_store(harness_url(harness), middle, 0, &result, &fault),
		&fault);
	assert_true(result.rows > MANY);
	expect_same(harness_url(harness), middle, 0);
	HARNESS_DONE(copy_store(middle, back, 0, NULL, &fault), &fault);
	expect_same(harness_url(harness), back, 0);
}

static void test_copy_all(void **state)
{
	struct harness *harness = harness_of(state);
	fill_two(harness);
	copy_by_way_of(harness, STORE_SQLITE);
	if (harness_has_postgres())
		copy_by_way_of(harness, STORE_POSTGRES);
}

/* One authority after the other into one database. */
static void test_copy_one(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	const char *to = harness_another(harness, harness_engine(harness));
	char before[65], after[65];
	fill_two(harness);
	HARNESS_DONE(copy_store(harness_url(harness), to, OTHER_LA, NULL, &fault),
		&fault);
	expect_same(harness_url(harness), to, OTHER_LA);
	digest_at(to, OTHER_LA, before);
	assert_false(
		copy_store(harness_url(harness), to, OTHER_LA, NULL, &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	assert_string_not_equal(fault.hint, "");
	fault_clear(&fault);
	digest_at(to, OTHER_LA, after);
	assert_string_equal(before, after);
	HARNESS_DONE(copy_store(harness_url(harness), to, HARNESS_LA, NULL,
			     &fault),
		&fault);
	expect_same(harness_url(harness), to, 0);
}

static void test_digest_sees_every_change(void **state)
{
	static const char *const changes[] = {
		"UPDATE child SET sex = NULL WHERE la = 206 AND id = 1",
		"UPDATE child SET sex = '' WHERE la = 206 AND id = 1",
		"UPDATE child SET born = '1995-01-03' WHERE la = 206 AND id = 1",
		"UPDATE batch_chunk SET size = size + 1 WHERE la = 206",
		"DELETE FROM setting WHERE la = 206 AND value ="
		" (SELECT max(value) FROM setting WHERE la = 206)",
		"UPDATE postcode SET ward = ward || ' '",
	};
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	char whole[65], changed[65];
	fill(store, HARNESS_LA, true);
	HARNESS_DONE(copy_digest(store, HARNESS_LA, whole, &fault), &fault);
	for (size_t i = 0; i < COUNT_OF(changes); i++) {
		HARNESS_DONE(store_begin(store, &fault), &fault);
		HARNESS_DONE(store_run(store, changes[i], NULL, 0, &fault),
			&fault);
		HARNESS_DONE(copy_digest(store, HARNESS_LA, changed, &fault),
			&fault);
		assert_string_not_equal(whole, changed);
		store_rollback(store);
	}
	HARNESS_DONE(copy_digest(store, HARNESS_LA, changed, &fault), &fault);
	assert_string_equal(whole, changed);
}

static void test_copy_keeps_the_audit_chain(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct audit_verdict verdict;
	for (int i = 0; i < 5; i++)
		HARNESS_DONE(audit_add(store, HARNESS_LA,
				     &(struct audit_entry){.act = "import"},
				     &fault),
			&fault);
	const char *to = harness_another(harness,
		harness_has_postgres() ? STORE_POSTGRES : STORE_SQLITE);
	HARNESS_DONE(copy_store(harness_url(harness), to, 0, NULL, &fault),
		&fault);
	struct store *copy;
	HARNESS_DONE(store_open(&(struct store_options){.url = to}, &copy, &fault),
		&fault);
	HARNESS_DONE(audit_verify(copy, HARNESS_LA, &verdict, &fault), &fault);
	assert_int_equal(verdict.entries, 5);
	assert_int_equal(verdict.broken_at, 0);
	store_close(copy);
}

static void test_copy_refuses(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	const char *to = harness_another(harness, STORE_SQLITE);
	assert_false(copy_store(harness_path(harness, "none.db"), to, 0, NULL,
		&fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	assert_false(file_exists(to));
	fault_clear(&fault);
	HARNESS_DONE(store_script(harness_store(harness),
			     "DELETE FROM schema_step", &fault),
		&fault);
	assert_false(copy_store(harness_url(harness), to, 0, NULL, &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
}

/* ---- Backups ---- */

static void test_backup_and_restore(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	const char *file = harness_path(harness, "backup.db");
	const char *again = harness_path(harness, "again.db");
	fill_two(harness);
	HARNESS_DONE(backup_make(harness_url(harness), file, &fault), &fault);
	expect_same(harness_url(harness), file, 0);
	HARNESS_DONE(backup_restore(file, again, &fault), &fault);
	expect_same(file, again, 0);
	if (harness_has_postgres()) {
		const char *cluster = harness_another(harness, STORE_POSTGRES);
		HARNESS_DONE(backup_restore(file, cluster, &fault), &fault);
		expect_same(file, cluster, 0);
	}
}

/* While a writer is in the middle of a transaction. */
static void test_backup_of_one_moment(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	const char *file = harness_path(harness, "backup.db");
	char before[65], after[65];
	HARNESS_DONE(copy_digest(store, 0, before, &fault), &fault);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	fill_table(store,
		&(struct tables_table){.name = "authority",
			.columns = {{"la", STORE_INTEGER}, {"name", STORE_TEXT}},
			.column_count = 2},
		OTHER_LA, 1);
	HARNESS_DONE(backup_make(harness_url(harness), file, &fault), &fault);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	digest_at(file, 0, after);
	assert_string_equal(before, after);
}

static size_t files_in(struct harness *harness)
{
	struct fault fault = {0};
	const struct text *names;
	size_t count;
	const char *folder = harness_path(harness, ".");
	HARNESS_DONE(file_list(folder, harness_arena(harness), &names, &count,
			     &fault),
		&fault);
	return count;
}

static void test_backup_refuses(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct arena *arena = harness_arena(harness);
	const char *file = harness_path(harness, "precious");
	const char *empty = harness_path(harness, "empty.db");
	struct text bytes;
	harness_store(harness); /* has its log beside it from now on */
	size_t files = files_in(harness);
	HARNESS_DONE(file_write(file, TEXT("precious"), &fault), &fault);
	assert_false(backup_make(harness_url(harness), file, &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	fault_clear(&fault);
	HARNESS_DONE(file_map(file, arena, &bytes, &fault), &fault);
	assert_true(text_is(bytes, "precious"));
	/* Not a database; not ours; not there. */
	assert_false(backup_restore(file, empty, &fault));
	fault_clear(&fault);
	assert_false(
		backup_restore(harness_path(harness, "none"), empty, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	assert_false(backup_make(harness_path(harness, "none"), empty, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	assert_false(
		backup_make(harness_url(harness), "postgresql:///x", &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
	fault_clear(&fault);
	assert_false(backup_make(harness_url(harness),
		harness_path(harness, "no/such/folder"), &fault));
	/* Nothing is left lying about. */
	assert_int_equal(files_in(harness), files + 1);
}

/* A backup with a torn page is refused and leaves no database behind. */
static void test_damaged_backup(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	const char *file = harness_path(harness, "backup.db");
	const char *to = harness_path(harness, "restored.db");
	char junk[600];
	fill_two(harness);
	HARNESS_DONE(backup_make(harness_url(harness), file, &fault), &fault);
	memset(junk, 0xa5, sizeof junk);
	int damaged = open(file, O_WRONLY | O_CLOEXEC);
	assert_true(pwrite(damaged, junk, sizeof junk, 4096 * 20)
		== (ssize_t)sizeof junk);
	close(damaged);
	assert_false(backup_restore(file, to, &fault));
	assert_int_equal(fault.kind, FAULT_BROKEN);
	assert_false(file_exists(to));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_copy_all),
		HARNESS_EACH_ENGINE(test_copy_one),
		HARNESS_EACH_ENGINE(test_digest_sees_every_change),
		HARNESS_EACH_ENGINE(test_copy_keeps_the_audit_chain),
		HARNESS_EACH_ENGINE(test_copy_refuses),
		HARNESS_EACH_ENGINE(test_backup_and_restore),
		HARNESS_EACH_ENGINE(test_backup_of_one_moment),
		HARNESS_EACH_ENGINE(test_backup_refuses),
		HARNESS_SQLITE(test_damaged_backup),
	};
	return HARNESS_RUN(tests);
}
