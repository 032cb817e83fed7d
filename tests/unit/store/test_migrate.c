/* SPDX-License-Identifier: MIT
 *
 * The schema applied: the same on both engines, once, and never over one that
 * is not ours.
 *
 * tests/golden/schema/NNNN.db are small databases as made by each released
 * schema. Until the first release, after a change of the schema file, make it
 * anew: KITH_TEST_REWRITE=1 test_migrate. After a release never.
 */
#include "store/migrate.h"

#include "base/file.h"
#include "harness.h"
#include "store/audit.h"
#include "store/backup.h"
#include "store/region.h"
#include "store/tables.h"

static const char *columns_sql(enum store_engine engine)
{
	return engine == STORE_SQLITE
		? "SELECT m.name, p.name FROM sqlite_master AS m,"
		  " pragma_table_info(m.name) AS p WHERE m.type = 'table'"
		  " AND m.name <> 'schema_step' ORDER BY m.name, p.cid"
		: "SELECT table_name, column_name FROM information_schema.columns"
		  " WHERE table_schema = 'public' AND table_name <>"
		  " 'schema_step' ORDER BY table_name COLLATE \"C\","
		  " ordinal_position";
}

static int order_tables(const void *a, const void *b)
{
	return strcmp(((const struct tables_table *)a)->name,
		((const struct tables_table *)b)->name);
}

/* Both engines hold the tables and columns that tables.h reads out of the
 * schema files, and no other. */
static void test_tables_and_columns(void **state)
{
	struct harness *harness = harness_of(state);
	struct arena *arena = harness_arena(harness);
	const struct tables_table *tables;
	size_t count;
	tables_read(arena, &tables, &count);
	struct tables_table *sorted = arena_array(arena, count, sizeof *sorted);
	memcpy(sorted, tables, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, order_tables);
	struct buffer expected = {.maximum = 1 << 20};
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < sorted[i].column_count; j++)
			buffer_format(&expected, "%s|%s\n", sorted[i].name,
				sorted[i].columns[j].name);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    columns_sql(harness_engine(harness))),
		expected.bytes);
	buffer_finish(&expected);
}

static void test_indexes(void **state)
{
	struct harness *one = harness_of(state);
	struct harness *two = harness_open(STORE_POSTGRES);
	if (two == NULL)
		return;
	const char *here = harness_rows(one, harness_store(one),
		"SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS"
		" NOT NULL ORDER BY name");
	const char *there = harness_rows(two, harness_store(two),
		"SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid ="
		" x.indexrelid WHERE i.relnamespace = 'public'::regnamespace AND"
		" NOT x.indisprimary ORDER BY i.relname COLLATE \"C\"");
	assert_string_equal(here, there);
	assert_string_not_equal(here, "");
	harness_close(two);
}

static void test_twice_is_fine(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	static const char steps[] = "SELECT * FROM schema_step ORDER BY step";
	const char *before = harness_rows(harness, store, steps);
	HARNESS_DONE(migrate_up(store, &fault), &fault);
	HARNESS_DONE(migrate_check(store, &fault), &fault);
	assert_string_equal(harness_rows(harness, store, steps), before);
	assert_true(text_starts(text_of(before), TEXT("1|")));
}

/* A newer kith's database, one of an edited schema, an older one. */
static void test_refused(void **state)
{
	static const struct {
		const char *change;
		bool is_upgradable; /* for want of a step only */
	} cases[] = {
		{"INSERT INTO schema_step SELECT max(step) + 1, 'x', 'x' FROM"
		 " schema_step",
			false},
		{"UPDATE schema_step SET digest = 'x' WHERE step = 1", false},
		{"DELETE FROM schema_step", true},
	};
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct fault fault = {0}, wanted = {0};
		HARNESS_DONE(store_begin(store, &wanted), &wanted);
		HARNESS_DONE(store_script(store, cases[i].change, &wanted),
			&wanted);
		assert_false(migrate_check(store, &fault));
		assert_int_equal(fault.kind, FAULT_CONFLICT);
		assert_string_not_equal(fault.hint, "");
		store_rollback(store);
		if (cases[i].is_upgradable)
			continue;
		HARNESS_DONE(store_script(store, cases[i].change, &wanted),
			&wanted);
		fault_clear(&fault);
		assert_false(migrate_up(store, &fault));
		assert_int_equal(fault.kind, FAULT_CONFLICT);
		assert_false(store_has_transaction(store));
		HARNESS_DONE(store_script(store,
				     i == 0 ? "DELETE FROM schema_step WHERE"
					      " digest = 'x'"
					    : "SELECT 1",
				     &wanted),
			&wanted);
	}
}

static void test_not_ours(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	assert_false(migrate_check(store, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	/* A failing step leaves nothing: here a table is in its way. */
	HARNESS_DONE(store_script(store, "CREATE TABLE child (x INTEGER)", &fault),
		&fault);
	assert_false(migrate_up(store, &fault));
	fault_clear(&fault);
	assert_string_equal(harness_rows(harness, store,
				    columns_sql(harness_engine(harness))),
		"child|x\n");
}

/* ---- Dates ---- */

static struct store_value invent(const struct tables_column *column)
{
	switch (column->kind) {
	case STORE_INTEGER:
		return store_integer(1);
	case STORE_DATE:
		return store_string("2024-02-29");
	case STORE_BLOB:
		return store_blob(TEXT("x"));
	default:
		return store_string("x");
	}
}

/* Inserts a row with `value` in one column. */
static bool try_value(struct store *store, const struct tables_table *table,
	size_t column, const char *value, struct fault *fault)
{
	struct store_value values[TABLES_COLUMNS];
	struct buffer columns = {.maximum = 1 << 14};
	struct store_bulk *bulk;
	for (size_t i = 0; i < table->column_count; i++) {
		buffer_format(&columns, "%s%s", i == 0 ? "" : ", ",
			table->columns[i].name);
		values[i] = i == column ? store_string(value)
					: invent(&table->columns[i]);
	}
	bool is_done = store_bulk_open(store, table->name, columns.bytes, &bulk,
		fault);
	buffer_finish(&columns);
	if (!is_done)
		return false;
	is_done = store_bulk_row(bulk, values, table->column_count, fault)
		&& store_bulk_flush(bulk, fault);
	store_bulk_close(bulk);
	return is_done;
}

static void try_column(struct store *store, const struct tables_table *table,
	size_t column)
{
	static const char *const wrong[] = {"30/06/2024", "2024-02-30",
		"2024-13-01", "2024-6-3", "2024-06-30T00:00", "", "x",
		"2455352.5", "now", "2023-02-29"};
	for (size_t i = 0; i <= COUNT_OF(wrong); i++) {
		struct fault fault = {0}, wanted = {0};
		bool is_right = i == COUNT_OF(wrong);
		HARNESS_DONE(store_begin(store, &wanted), &wanted);
		bool is_taken = try_value(store, table, column,
			is_right ? "2024-02-29" : wrong[i], &fault);
		store_rollback(store);
		if (is_taken != is_right)
			print_error("%s.%s, value %zu: %s\n", table->name,
				table->columns[column].name, i, fault.detail);
		assert_int_equal(is_taken, is_right);
	}
}

static void test_dates_are_checked(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	const struct tables_table *tables;
	size_t count, tried = 0;
	tables_read(harness_arena(harness), &tables, &count);
	HARNESS_DONE(store_script(store, "PRAGMA foreign_keys = OFF", &fault),
		&fault);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < tables[i].column_count; j++)
			if (tables[i].columns[j].kind == STORE_DATE) {
				try_column(store, &tables[i], j);
				tried++;
			}
	assert_true(tried > 40);
}

/* Rows in bulk whose dates are dates are not checked again; a day that comes as
 * text still is, before and after such rows and among them. */
static void test_dates_in_bulk(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	static const struct {
		struct store_value day;
		bool is_taken;
	} rows[] = {
		{{STORE_TEXT, .text = {"2024-02-30", 10}}, false},
		{{STORE_DATE, .date = {738900}}, true},
		{{STORE_TEXT, .text = {"2024-02-30", 10}}, false},
		{{STORE_TEXT, .text = {"2024-02-29", 10}}, true},
		{{STORE_INTEGER, .integer = 5}, false},
		{{STORE_NULL}, false}, /* it must not be missing */
	};
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct fault fault = {0};
		struct store_bulk *bulk;
		HARNESS_DONE(store_bulk_open(store, "setting",
				     "la, name, valid_from, value, set_by, set_at",
				     &bulk, &fault),
			&fault);
		bool is_taken = store_bulk_row(bulk,
					STORE_VALUES(store_integer(HARNESS_LA),
						store_string("x"), rows[i].day,
						store_string("v"),
						store_string("a"),
						store_string("")),
					&fault)
			&& store_bulk_flush(bulk, &fault);
		store_bulk_close(bulk);
		assert_int_equal(is_taken, rows[i].is_taken);
	}
}

/* ---- Kept databases ---- */

static void write_golden(struct harness *harness, const char *path)
{
	struct fault fault = {0};
	const char *small = harness_path(harness, "small.db");
	struct store *store;
	HARNESS_DONE(store_open(&(struct store_options){.url = small,
					.must_create = true},
			     &store, &fault),
		&fault);
	HARNESS_DONE(store_script(store,
			     "PRAGMA journal_mode = DELETE;"
			     "PRAGMA page_size = 512; VACUUM;"
			     "PRAGMA journal_mode = WAL",
			     &fault),
		&fault);
	store_close(store);
	HARNESS_DONE(region_init(small, 999, "Made-up Council", &fault), &fault);
	HARNESS_DONE(store_open(&(struct store_options){.url = small}, &store,
			     &fault),
		&fault);
	for (int i = 0; i < 3; i++)
		HARNESS_DONE(audit_add(store, 999,
				     &(struct audit_entry){.actor = "a.tester",
					     .act = "import"},
				     &fault),
			&fault);
	HARNESS_DONE(store_script(store,
			     "INSERT INTO child (la, id, born, is_uasc, batch,"
			     " version) VALUES (999, 1, '2016-02-29', 0, 1, 1)",
			     &fault),
		&fault);
	store_close(store);
	(void)remove(path);
	HARNESS_DONE(backup_make(small, path, &fault), &fault);
}

static const char dump[] =
	"SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
	" ORDER BY type, name";

static void check_golden(struct harness *harness, struct store *old)
{
	struct fault fault = {0};
	struct audit_verdict verdict;
	assert_string_equal(harness_rows(harness, old, dump),
		harness_rows(harness, harness_store(harness), dump));
	assert_string_equal(harness_rows(harness, old,
				    "SELECT la, name FROM authority"),
		"999|Made-up Council\n");
	assert_string_equal(harness_rows(harness, old,
				    "SELECT la, id, born FROM child"),
		"999|1|2016-02-29\n");
	HARNESS_DONE(audit_verify(old, 999, &verdict, &fault), &fault);
	assert_int_equal(verdict.entries, 3);
	assert_int_equal(verdict.broken_at, 0);
}

static void test_kept_databases(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	const char *folder = harness_source(harness, "tests/golden/schema");
	const struct text *names;
	size_t count;
	if (file_environment("KITH_TEST_REWRITE") != NULL) {
		HARNESS_DONE(file_make_folder(folder, &fault), &fault);
		write_golden(harness,
			harness_source(harness, "tests/golden/schema/0001.db"));
	}
	HARNESS_DONE(file_list(folder, harness_arena(harness), &names, &count,
			     &fault),
		&fault);
	assert_true(count > 0);
	for (size_t i = 0; i < count; i++) {
		struct store *old;
		struct text bytes;
		const char *copy = harness_path(harness, names[i].at);
		HARNESS_DONE(file_map(arena_format(harness_arena(harness),
					      "%s/%s", folder, names[i].at),
				     harness_arena(harness), &bytes, &fault)
				&& file_write(copy, bytes, &fault)
				&& store_open(&(struct store_options){.url = copy},
					&old, &fault),
			&fault);
		if (!migrate_up(old, &fault))
			print_error("%s: %s; before the first release, see the"
				    " head of test_migrate.c\n",
				names[i].at, fault.message);
		assert_false(fault_is_set(&fault));
		check_golden(harness, old);
		store_close(old);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_tables_and_columns),
		HARNESS_SQLITE(test_indexes),
		HARNESS_EACH_ENGINE(test_twice_is_fine),
		HARNESS_EACH_ENGINE(test_refused),
		HARNESS_EACH_EMPTY(test_not_ours),
		HARNESS_SQLITE(test_dates_are_checked),
		HARNESS_SQLITE(test_dates_in_bulk),
		HARNESS_SQLITE(test_kept_databases),
	};
	return HARNESS_RUN(tests);
}
