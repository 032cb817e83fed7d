/* SPDX-License-Identifier: MIT
 *
 * Rows in bulk and what a table asks of its rows: whatever an engine checks
 * itself or leaves to us, a row without its parent never stays, and a parent
 * that comes later in the transaction is in time.
 */
#include "base/buffer.h"
#include "harness.h"
#include "store/store.h"

/* A family: parents, and children who name one, or none. */
static void make_tables(struct harness *harness)
{
	struct fault fault = {0};
	bool is_sqlite = harness_engine(harness) == STORE_SQLITE;
	const char *sql = is_sqlite
		? "CREATE TABLE parent (la INTEGER NOT NULL, id INTEGER NOT NULL,"
		  " word TEXT,\n"
		  " born TEXT CHECK (born IS date(born, '+0 days')),\n"
		  " PRIMARY KEY (la, id)) STRICT, WITHOUT ROWID;"
		  "CREATE TABLE kid (la INTEGER NOT NULL, id INTEGER NOT NULL,"
		  " parent INTEGER, word TEXT,\n"
		  " born TEXT CHECK (born IS date(born, '+0 days')),\n"
		  " PRIMARY KEY (la, id),"
		  " FOREIGN KEY (la, parent) REFERENCES parent (la, id)"
		  " DEFERRABLE INITIALLY DEFERRED) STRICT, WITHOUT ROWID;"
		: "CREATE TABLE parent (la SMALLINT NOT NULL, id BIGINT NOT NULL,"
		  " word TEXT, born DATE, PRIMARY KEY (la, id));"
		  "CREATE TABLE kid (la SMALLINT NOT NULL, id BIGINT NOT NULL,"
		  " parent BIGINT, word TEXT, born DATE, PRIMARY KEY (la, id),"
		  " FOREIGN KEY (la, parent) REFERENCES parent (la, id)"
		  " DEFERRABLE INITIALLY DEFERRED);";
	HARNESS_DONE(store_script(harness_store(harness), sql, &fault), &fault);
}

/* Two bulks within a transaction. */
struct family {
	struct store *store;
	struct store_bulk *parents;
	struct store_bulk *kids;
};

static void begin(struct family *family, struct harness *harness)
{
	struct fault fault = {0};
	family->store = harness_store(harness);
	HARNESS_DONE(store_begin(family->store, &fault), &fault);
	HARNESS_DONE(store_bulk_open(family->store, "parent", "la, id, born",
			     &family->parents, &fault),
		&fault);
	HARNESS_DONE(store_bulk_open_replacing(family->store,
			     &(struct store_target){.table = "kid",
				     .columns = "la, id, parent, word, born",
				     .key = "la, id"},
			     &family->kids, &fault),
		&fault);
}

static void add_parent(struct family *family, int64_t id)
{
	struct fault fault = {0};
	HARNESS_DONE(store_bulk_row(family->parents,
			     STORE_VALUES(store_integer(HARNESS_LA),
				     store_integer(id),
				     store_date(date_from(1980, 2, 29))),
			     &fault),
		&fault);
}

static void add_kid(struct family *family, int64_t id, struct store_value parent)
{
	struct fault fault = {0};
	HARNESS_DONE(store_bulk_row(family->kids,
			     STORE_VALUES(store_integer(HARNESS_LA),
				     store_integer(id), parent, store_string("w"),
				     store_date(date_from(2010, 1, 31))),
			     &fault),
		&fault);
}

/* Flushes, kids first, and commits; whether it could. */
static bool finish(struct family *family)
{
	struct fault fault = {0};
	bool is_done = store_bulk_flush(family->kids, &fault)
		&& store_bulk_flush(family->parents, &fault)
		&& store_commit(family->store, &fault);
	store_bulk_close(family->parents);
	store_bulk_close(family->kids);
	if (!is_done) {
		assert_int_equal(fault.kind, FAULT_BROKEN);
		if (store_has_transaction(family->store))
			store_rollback(family->store);
	}
	return is_done;
}

static int64_t count_kids(struct store *store)
{
	struct fault fault = {0};
	int64_t count = -1;
	HARNESS_DONE(store_number(store, "SELECT count(*) FROM kid", NULL, 0,
			     &count, &fault),
		&fault);
	return count;
}

static void run(struct store *store, const char *sql)
{
	struct fault fault = {0};
	HARNESS_DONE(store_run(store, sql, NULL, 0, &fault), &fault);
}

/* More than is held at once, in both tables. */
static void test_many(void **state)
{
	enum { MANY = 30000 };
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	for (int i = 0; i < MANY; i++) {
		if (i % 3 == 0)
			add_parent(&family, i / 3);
		add_kid(&family, i,
			i % 5 == 0 ? store_null() : store_integer(i / 3));
	}
	assert_true(finish(&family));
	assert_int_equal(count_kids(family.store), MANY);
	int64_t count = 0;
	struct fault fault = {0};
	HARNESS_DONE(store_number(family.store,
			     "SELECT count(*) FROM kid JOIN parent"
			     " ON parent.la = kid.la AND parent.id = kid.parent"
			     " WHERE kid.parent = kid.id / 3",
			     NULL, 0, &count, &fault),
		&fault);
	assert_int_equal(count, MANY - MANY / 5);
}

static void test_no_parent(void **state)
{
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	add_parent(&family, 1);
	add_kid(&family, 1, store_integer(1));
	add_kid(&family, 2, store_integer(2));
	assert_false(finish(&family));
	assert_int_equal(count_kids(family.store), 0);
}

/* A kid is written first, by a flush of its own; the parent by a statement. */
static void test_parent_later(void **state)
{
	struct fault fault = {0};
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	add_kid(&family, 1, store_integer(7));
	HARNESS_DONE(store_bulk_flush(family.kids, &fault), &fault);
	add_kid(&family, 2, store_integer(7));
	HARNESS_DONE(store_bulk_flush(family.kids, &fault), &fault);
	add_parent(&family, 7);
	assert_true(finish(&family));
	assert_int_equal(count_kids(family.store), 2);
}

/* What was found once is not taken for granted when it has gone. */
static void test_parent_gone(void **state)
{
	struct fault fault = {0};
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	add_parent(&family, 1);
	add_parent(&family, 2);
	add_kid(&family, 1, store_integer(1));
	add_kid(&family, 2, store_integer(2));
	HARNESS_DONE(store_bulk_flush(family.kids, &fault)
			&& store_bulk_flush(family.parents, &fault),
		&fault);
	run(family.store, "DELETE FROM kid WHERE parent = 2");
	run(family.store, "DELETE FROM parent WHERE id = 2");
	add_kid(&family, 3, store_integer(2));
	assert_false(finish(&family));
	assert_int_equal(count_kids(family.store), 0);
}

static void test_parent_undone(void **state)
{
	struct fault fault = {0};
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	HARNESS_DONE(store_savepoint(family.store, &fault), &fault);
	add_parent(&family, 1);
	add_kid(&family, 1, store_integer(1));
	HARNESS_DONE(store_bulk_flush(family.parents, &fault)
			&& store_bulk_flush(family.kids, &fault),
		&fault);
	store_undo(family.store);
	add_kid(&family, 2, store_integer(1));
	assert_false(finish(&family));
	assert_int_equal(count_kids(family.store), 0);
}

/* A parent deleted after its kids were written in bulk. */
static void test_orphans(void **state)
{
	struct fault fault = {0};
	struct family family;
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	add_parent(&family, 1);
	add_kid(&family, 1, store_integer(1));
	HARNESS_DONE(store_bulk_flush(family.parents, &fault)
			&& store_bulk_flush(family.kids, &fault),
		&fault);
	run(family.store, "DELETE FROM parent WHERE id = 1");
	assert_false(finish(&family));
}

/* A statement beside the bulk is checked as ever, after flushes too. */
static void test_checks_are_on(void **state)
{
	struct fault fault = {0};
	struct family family;
	static const char day[] = "INSERT INTO kid (la, id, born) VALUES (206, 8,"
				  " '2023-02-30')";
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	add_parent(&family, 1);
	add_kid(&family, 1, store_integer(1));
	HARNESS_DONE(store_bulk_flush(family.parents, &fault)
			&& store_bulk_flush(family.kids, &fault),
		&fault);
	HARNESS_DONE(store_savepoint(family.store, &fault), &fault);
	assert_false(store_run(family.store, day, NULL, 0, &fault));
	store_undo(family.store);
	run(family.store, "INSERT INTO kid (la, id, parent) VALUES (206, 9, 9)");
	assert_false(finish(&family));
	assert_int_equal(count_kids(family.store), 0);
}

/* A date that comes as text is looked at, among thousands that are dates. */
static void test_a_wrong_day(void **state)
{
	enum { MANY = 20000, WRONG = 12345 };
	struct family family;
	struct fault fault = {0};
	make_tables(harness_of(state));
	begin(&family, harness_of(state));
	bool is_done = true;
	for (int i = 0; is_done && i < MANY; i++)
		is_done = store_bulk_row(family.kids,
			STORE_VALUES(store_integer(HARNESS_LA), store_integer(i),
				store_null(), store_string("w"),
				i == WRONG ? store_string("2023-02-29")
					   : store_date(date_from(2023, 2, 28))),
			&fault);
	is_done = is_done && store_bulk_flush(family.kids, &fault);
	assert_false(is_done);
	store_bulk_close(family.parents);
	store_bulk_close(family.kids);
	store_rollback(family.store);
	assert_int_equal(count_kids(family.store), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_EMPTY(test_many),
		HARNESS_EACH_EMPTY(test_no_parent),
		HARNESS_EACH_EMPTY(test_parent_later),
		HARNESS_EACH_EMPTY(test_parent_gone),
		HARNESS_EACH_EMPTY(test_parent_undone),
		HARNESS_EACH_EMPTY(test_orphans),
		HARNESS_EACH_EMPTY(test_checks_are_on),
		HARNESS_EACH_EMPTY(test_a_wrong_day),
	};
	return HARNESS_RUN(tests);
}
