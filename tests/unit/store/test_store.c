/* SPDX-License-Identifier: MIT
 *
 * The store interface: what goes in comes out, the same on both engines, and
 * what must be refused is refused with the same kind of fault.
 *
 * Long because every function of the interface is tried here on one table.
 */
#include "store/store.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/buffer.h"
#include "harness.h"

/* Both engines' own types, and a table that refers to the first. */
static void make_table(struct harness *harness)
{
	struct fault fault = {0};
	bool is_sqlite = harness_engine(harness) == STORE_SQLITE;
	const char *sql = is_sqlite
		? "CREATE TABLE thing (la INTEGER NOT NULL, id INTEGER NOT NULL,"
		  " word TEXT CHECK (length(word) < 5000), day TEXT, bytes BLOB,"
		  " PRIMARY KEY (la, id)) STRICT;"
		  "CREATE TABLE part (la INTEGER NOT NULL, id INTEGER NOT NULL,"
		  " thing INTEGER NOT NULL, PRIMARY KEY (la, id),"
		  " FOREIGN KEY (la, thing) REFERENCES thing (la, id)) STRICT;"
		: "CREATE TABLE thing (la SMALLINT NOT NULL, id BIGINT NOT NULL,"
		  " word TEXT CHECK (length(word) < 5000), day DATE, bytes BYTEA,"
		  " PRIMARY KEY (la, id));"
		  "CREATE TABLE part (la SMALLINT NOT NULL, id BIGINT NOT NULL,"
		  " thing BIGINT NOT NULL, PRIMARY KEY (la, id),"
		  " FOREIGN KEY (la, thing) REFERENCES thing (la, id));";
	HARNESS_DONE(store_script(harness_store(harness), sql, &fault), &fault);
}

static const char insert[] =
	"INSERT INTO thing (la, id, word, day, bytes) VALUES ($1, $2, $3, $4, $5)";
static const char select_all[] =
	"SELECT la, id, word, day, bytes FROM thing ORDER BY la, id";
static const char count_all[] = "SELECT count(*) FROM thing";

/* For a static table, where a compound literal is not constant. */
#define BYTES(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}

/* What is hard to carry: the format of COPY, of arrays, of C. */
static const struct {
	int64_t id;
	struct text word;
	int year, month, day;
	struct text bytes;
	bool has_no_word, has_no_bytes;
} awkward[] = {
	{1, BYTES("plain"), 2024, 6, 30, BYTES("abc"), false, false},
	{2, BYTES(""), 1, 1, 1, BYTES(""), false, false},
	{3, BYTES(""), 0, 0, 0, BYTES(""), true, true},
	{4, BYTES("it's \"quoted\""), 9999, 12, 31, BYTES("\0\1\2\xff\\x"),
		false, false},
	{5, BYTES("tab\there, line\nthere, return\rtoo"), 2024, 2, 29,
		BYTES("\t\n\\"), false, false},
	{6, BYTES("\\N"), 2000, 2, 29, BYTES("\\N"), false, false},
	{7, BYTES("\\."), 1970, 1, 1, BYTES("\\."), false, false},
	{8, BYTES("back\\slash \\t \\\\ end\\"), 1969, 12, 31, BYTES("\\\\"),
		false, false},
	{9, BYTES("Zo\xc3\xab \xe2\x82\xac \xf0\x9f\x8f\xab"), 1995, 3, 1,
		BYTES("\xc3\x28"), false, false},
	{10, BYTES("NULL"), 1995, 3, 1, BYTES("NULL"), false, false},
	{11, BYTES("$1 ? :a @b {1,2}"), 1995, 3, 1, BYTES("x"), false, false},
	{12, BYTES("\x01\x1f\x7f\v\f\b"), 1995, 3, 1, BYTES("\x7f"), false, false},
	{INT64_MAX, BYTES(" spaces "), 1995, 3, 1, BYTES(" "), false, false},
	{INT64_MIN, BYTES("lowest"), 1995, 3, 1, BYTES("-"), false, false},
};

static void values_of(size_t i, struct store_value values[5])
{
	values[0] = store_integer(HARNESS_LA);
	values[1] = store_integer(awkward[i].id);
	values[2] = awkward[i].has_no_word ? store_null()
					   : store_text(awkward[i].word);
	values[3] = store_date(
		date_from(awkward[i].year, awkward[i].month, awkward[i].day));
	values[4] = awkward[i].has_no_bytes ? store_null()
					    : store_blob(awkward[i].bytes);
}

static void check_row(struct store_rows *rows, size_t i)
{
	assert_int_equal(store_get_integer(rows, 0), HARNESS_LA);
	assert_true(store_get_integer(rows, 1) == awkward[i].id);
	assert_int_equal(store_is_null(rows, 2), awkward[i].has_no_word);
	assert_true(text_equals(store_get_text(rows, 2), awkward[i].word));
	assert_int_equal(store_get_date(rows, 3).day,
		date_from(awkward[i].year, awkward[i].month, awkward[i].day).day);
	assert_int_equal(store_is_null(rows, 3), awkward[i].year == 0);
	assert_int_equal(store_is_null(rows, 4), awkward[i].has_no_bytes);
	assert_true(text_equals(store_get_blob(rows, 4), awkward[i].bytes));
}

static void check_table(struct store *store)
{
	static const char by_id[] = "SELECT la, id, word, day, bytes FROM thing"
				    " WHERE la = $1 AND id = $2";
	struct fault fault = {0};
	struct store_rows *rows;
	for (size_t i = 0; i < COUNT_OF(awkward); i++) {
		HARNESS_DONE(store_query(store, by_id,
				     STORE_VALUES(store_integer(HARNESS_LA),
					     store_integer(awkward[i].id)),
				     &rows, &fault),
			&fault);
		assert_true(store_next(rows, &fault));
		check_row(rows, i);
		assert_false(store_next(rows, &fault));
		store_end(rows);
	}
	assert_false(fault_is_set(&fault));
}

static void test_values_round_trip(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct store_value values[5];
	make_table(harness);
	for (size_t i = 0; i < COUNT_OF(awkward); i++) {
		values_of(i, values);
		HARNESS_DONE(store_run(store, insert, values, 5, &fault), &fault);
	}
	check_table(store);
	struct store_rows *rows;
	HARNESS_DONE(store_query(store, select_all, NULL, 0, &rows, &fault),
		&fault);
	assert_int_equal(store_width(rows), 5);
	assert_string_equal(store_column(rows, 3), "day");
	store_end(rows);
}

static void test_bulk_round_trip(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct store_value values[5];
	struct store_bulk *bulk;
	make_table(harness);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(store_bulk_open(store, "thing", "la, id, word, day, bytes",
			     &bulk, &fault),
		&fault);
	for (size_t i = 0; i < COUNT_OF(awkward); i++) {
		values_of(i, values);
		HARNESS_DONE(store_bulk_row(bulk, values, 5, &fault), &fault);
	}
	HARNESS_DONE(store_bulk_flush(bulk, &fault), &fault);
	store_bulk_close(bulk);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	check_table(store);
}

/* More than one COPY's worth, two tables at once, parents flushed first. */
static void test_bulks_side_by_side(void **state)
{
	enum { ROWS = 3000 };
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct store_bulk *things, *parts;
	char word[1001];
	memset(word, 'w', 1000);
	word[1000] = '\0';
	make_table(harness);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(store_bulk_open(store, "thing", "la, id, word", &things,
			     &fault),
		&fault);
	HARNESS_DONE(store_bulk_open(store, "part", "la, id, thing", &parts,
			     &fault),
		&fault);
	for (int i = 0; i < ROWS; i++)
		HARNESS_DONE(store_bulk_row(things,
				     STORE_VALUES(store_integer(HARNESS_LA),
					     store_integer(i), store_string(word)),
				     &fault)
				&& store_bulk_row(parts,
					STORE_VALUES(store_integer(HARNESS_LA),
						store_integer(i),
						store_integer(i)),
					&fault),
			&fault);
	HARNESS_DONE(store_bulk_flush(things, &fault), &fault);
	HARNESS_DONE(store_bulk_flush(parts, &fault), &fault);
	store_bulk_close(things);
	store_bulk_close(parts);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	int64_t count = 0;
	HARNESS_DONE(store_number(store,
			     "SELECT count(*) FROM thing JOIN part"
			     " ON part.la = thing.la AND part.thing = thing.id"
			     " WHERE length(word) = 1000",
			     NULL, 0, &count, &fault),
		&fault);
	assert_int_equal(count, ROWS);
}

static void test_bulk_fault(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct store_bulk *bulk;
	make_table(harness);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(store_bulk_open(store, "thing", "la, id", &bulk, &fault),
		&fault);
	bool is_done = true;
	for (int i = 0; i < 2 && is_done; i++)
		is_done = store_bulk_row(bulk,
			STORE_VALUES(store_integer(HARNESS_LA), store_integer(7)),
			&fault);
	is_done = is_done && store_bulk_flush(bulk, &fault);
	assert_false(is_done);
	assert_int_equal(fault.kind, FAULT_BROKEN);
	store_bulk_close(bulk);
	store_rollback(store);
	fault_clear(&fault);
	int64_t count = -1;
	HARNESS_DONE(store_number(store, count_all, NULL, 0, &count, &fault),
		&fault);
	assert_int_equal(count, 0);
}

static bool put(struct store *store, int64_t id, struct fault *fault)
{
	return store_run(store, "INSERT INTO thing (la, id) VALUES ($1, $2)",
		STORE_VALUES(store_integer(HARNESS_LA), store_integer(id)),
		fault);
}

static int64_t count_things(struct store *store)
{
	struct fault fault = {0};
	int64_t count = -1;
	HARNESS_DONE(store_number(store, count_all, NULL, 0, &count, &fault),
		&fault);
	return count;
}

/* Places out of order, one twice, and a value that no place names. */
static void test_places(void **state)
{
	struct store *store = harness_store(harness_of(state));
	struct fault fault = {0};
	struct store_rows *rows;
	HARNESS_DONE(store_query(store,
			     "SELECT CAST($2 AS TEXT), CAST($1 AS TEXT),"
			     " CAST($2 AS TEXT)",
			     STORE_VALUES(store_string("a"), store_string("b"),
				     store_string("c")),
			     &rows, &fault),
		&fault);
	assert_true(store_next(rows, &fault));
	assert_true(text_is(store_get_text(rows, 0), "b"));
	assert_true(text_is(store_get_text(rows, 1), "a"));
	assert_true(text_is(store_get_text(rows, 2), "b"));
	store_end(rows);
}

static void test_reuse_forgets_values(void **state)
{
	static const char echo[] = "SELECT CAST($1 AS TEXT)";
	struct store *store = harness_store(harness_of(state));
	struct fault fault = {0};
	struct store_rows *rows;
	for (int i = 0; i < 3; i++) {
		char word[8];
		snprintf(word, sizeof word, "%d", i);
		struct store_value value = i == 1 ? store_null()
						  : store_string(word);
		HARNESS_DONE(store_query(store, echo, &value, 1, &rows, &fault),
			&fault);
		assert_true(store_next(rows, &fault));
		assert_int_equal(store_is_null(rows, 0), i == 1);
		if (i != 1)
			assert_true(text_is(store_get_text(rows, 0), word));
		store_end(rows);
	}
	/* The same address with another text is another statement. */
	char text[32];
	for (int i = 1; i <= 3; i++) {
		int64_t number = 0;
		snprintf(text, sizeof text, "SELECT %d", i * 11);
		HARNESS_DONE(store_number(store, text, NULL, 0, &number, &fault),
			&fault);
		assert_int_equal(number, i * 11);
	}
}

static void test_nested(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	struct store_rows *outer, *inner;
	int64_t sum = 0;
	make_table(harness);
	for (int i = 1; i <= 5; i++)
		HARNESS_DONE(put(store, i, &fault), &fault);
	HARNESS_DONE(store_query(store, select_all, NULL, 0, &outer, &fault),
		&fault);
	while (store_next(outer, &fault)) {
		HARNESS_DONE(store_query(store,
				     "SELECT id FROM thing WHERE id <= $1",
				     STORE_VALUES(store_integer(
					     store_get_integer(outer, 1))),
				     &inner, &fault),
			&fault);
		while (store_next(inner, &fault))
			sum += store_get_integer(inner, 0);
		store_end(inner);
	}
	store_end(outer);
	assert_false(fault_is_set(&fault));
	assert_int_equal(sum, 1 + 3 + 6 + 10 + 15);
}

static void test_number(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	int64_t number = 77;
	make_table(harness);
	assert_false(store_number(store, "SELECT id FROM thing WHERE la = $1",
		STORE_VALUES(store_integer(1)), &number, &fault));
	assert_false(fault_is_set(&fault));
	assert_int_equal(number, 77);
	HARNESS_DONE(store_number(store, "SELECT 5 = 5", NULL, 0, &number, &fault),
		&fault);
	assert_int_equal(number, 1);
	assert_false(store_number(store, "SELECT id FROM nowhere", NULL, 0,
		&number, &fault));
	assert_true(fault_is_set(&fault));
}

static void expect_fault(struct store *store, const char *sql,
	enum fault_kind kind)
{
	struct fault fault = {0};
	assert_false(store_run(store, sql, NULL, 0, &fault));
	if (fault.kind != kind)
		print_error("%s: %s\n", sql, fault.detail);
	assert_int_equal(fault.kind, kind);
	assert_string_not_equal(fault.detail, "");
}

static void test_kinds_of_fault(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	make_table(harness);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	expect_fault(store, "INSERT INTO thing (la, id) VALUES (206, 1)",
		FAULT_BROKEN);
	expect_fault(store, "INSERT INTO thing (la, id) VALUES (NULL, 2)",
		FAULT_BROKEN);
	expect_fault(store, "INSERT INTO part VALUES (206, 1, 99)", FAULT_BROKEN);
	expect_fault(store, "INSERT INTO thing (la, id) VALUES ('x', 2)",
		FAULT_BROKEN);
	expect_fault(store, "SELEC 1", FAULT_SYSTEM);
	expect_fault(store, "SELECT nothing FROM nowhere", FAULT_SYSTEM);
	/* A fault leaves the connection as it was. */
	HARNESS_DONE(put(store, 2, &fault), &fault);
	assert_int_equal(count_things(store), 2);
	assert_false(store_check(store, "SELECT nothing FROM nowhere", &fault));
	fault_clear(&fault);
	HARNESS_DONE(store_check(store, "DELETE FROM thing", &fault), &fault);
	assert_int_equal(count_things(store), 2);
}

static void test_zero_byte_is_refused(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	make_table(harness);
	struct store_value values[5];
	values_of(0, values);
	values[2] = store_text(TEXT("a\0b"));
	assert_false(
		store_run(harness_store(harness), insert, values, 5, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
}

static void test_query_all(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	make_table(harness);
	for (int i = 1; i <= 3; i++)
		HARNESS_DONE(put(store, i, &fault), &fault);
	struct store_value two[] = {store_integer(2)};
	struct store_ask asks[] = {
		{count_all, NULL, 0, NULL},
		{"SELECT id FROM thing WHERE id >= $1 ORDER BY id", two, 1, NULL},
		{"SELECT id FROM thing WHERE id > 100", NULL, 0, NULL},
	};
	for (int round = 0; round < 3; round++) {
		HARNESS_DONE(store_query_all(store, asks, 3, &fault), &fault);
		assert_true(store_next(asks[0].rows, &fault));
		assert_int_equal(store_get_integer(asks[0].rows, 0), 3);
		assert_true(store_next(asks[1].rows, &fault));
		assert_int_equal(store_get_integer(asks[1].rows, 0), 2);
		assert_true(store_next(asks[1].rows, &fault));
		assert_false(store_next(asks[1].rows, &fault));
		assert_false(store_next(asks[2].rows, &fault));
		for (int i = 0; i < 3; i++)
			store_end(asks[i].rows);
	}
	HARNESS_DONE(store_query_all(store, NULL, 0, &fault), &fault);
}

/* The middle one fails when prepared, then when run. */
static void test_query_all_fault(void **state)
{
	static const char *const faulty[] = {"SELECT id FROM nowhere",
		"INSERT INTO thing (la, id) VALUES (206, 1)"};
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	make_table(harness);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	for (size_t i = 0; i < COUNT_OF(faulty); i++) {
		struct store_ask asks[] = {
			{count_all, NULL, 0, NULL},
			{faulty[i], NULL, 0, NULL},
			{count_all, NULL, 0, NULL},
		};
		bool is_done = store_query_all(store, asks, 3, &fault);
		if (is_done) /* SQLite runs at the first step */
			assert_false(store_next(asks[1].rows, &fault));
		assert_true(fault_is_set(&fault));
		for (int j = 0; is_done && j < 3; j++)
			store_end(asks[j].rows);
		fault_clear(&fault);
		assert_int_equal(count_things(store), 1);
		HARNESS_DONE(put(store, 10 + (int64_t)i, &fault), &fault);
		HARNESS_DONE(store_run(store, "DELETE FROM thing WHERE id >= 10",
				     NULL, 0, &fault),
			&fault);
	}
}

static void test_read_only(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct store *reader;
	make_table(harness);
	HARNESS_DONE(put(harness_store(harness), 1, &fault), &fault);
	HARNESS_DONE(store_open(&(struct store_options){.url = harness_url(harness),
					.is_read_only = true},
			     &reader, &fault),
		&fault);
	assert_int_equal(count_things(reader), 1);
	assert_false(put(reader, 2, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault_clear(&fault);
	assert_false(store_begin(reader, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault_clear(&fault);
	assert_false(store_script(reader, "DROP TABLE thing", &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	store_close(reader);
	assert_int_equal(count_things(harness_store(harness)), 1);
}

static void test_transactions(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	make_table(harness);
	assert_false(store_has_transaction(store));
	HARNESS_DONE(store_begin(store, &fault), &fault);
	assert_true(store_has_transaction(store));
	HARNESS_DONE(put(store, 1, &fault), &fault);
	store_rollback(store);
	assert_false(store_has_transaction(store));
	assert_int_equal(count_things(store), 0);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	HARNESS_DONE(store_savepoint(store, &fault), &fault);
	HARNESS_DONE(put(store, 2, &fault), &fault);
	assert_false(put(store, 1, &fault));
	fault_clear(&fault);
	store_undo(store);
	HARNESS_DONE(store_savepoint(store, &fault), &fault);
	HARNESS_DONE(put(store, 3, &fault), &fault);
	HARNESS_DONE(store_release(store, &fault), &fault);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	assert_string_equal(harness_rows(harness, store,
				    "SELECT id FROM thing ORDER BY id"),
		"1\n3\n");
}

/* PostgreSQL turns this commit into a rollback; that must not pass for done. */
static void test_commit_after_a_fault(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0}, ignored = {0};
	make_table(harness);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	assert_false(put(store, 1, &ignored));
	bool is_committed = store_commit(store, &fault);
	assert_int_equal(is_committed, !fault_is_set(&fault));
	assert_int_equal(count_things(store), is_committed ? 1 : 0);
}

static void test_others_see_only_what_is_committed(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness), *other;
	struct fault fault = {0};
	make_table(harness);
	HARNESS_DONE(store_open(&(struct store_options){.url = harness_url(
								harness)},
			     &other, &fault),
		&fault);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	assert_int_equal(count_things(other), 0);
	HARNESS_DONE(store_commit(store, &fault), &fault);
	assert_int_equal(count_things(other), 1);
	store_close(other);
}

static void test_twin(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness), *writer;
	struct fault fault = {0};
	make_table(harness);
	HARNESS_DONE(put(store, 1, &fault), &fault);
	struct store *twin = store_twin(store);
	if (harness_engine(harness) == STORE_POSTGRES) {
		assert_null(twin);
		return;
	}
	assert_non_null(twin);
	assert_null(store_twin(store)); /* one at a time */
	HARNESS_DONE(store_open(&(struct store_options){.url = harness_url(
								harness)},
			     &writer, &fault),
		&fault);
	HARNESS_DONE(put(writer, 2, &fault), &fault);
	assert_int_equal(count_things(writer), 2);
	assert_int_equal(count_things(twin), 1);
	assert_int_equal(count_things(store), 1);
	assert_false(put(twin, 3, &fault));
	fault_clear(&fault);
	store_part(store, twin);
	assert_false(store_has_transaction(store));
	assert_int_equal(count_things(store), 2);
	HARNESS_DONE(put(store, 3, &fault), &fault);
	HARNESS_DONE(store_begin(store, &fault), &fault);
	assert_null(store_twin(store));
	store_rollback(store);
	store_part(store, NULL);
	store_close(writer);
}

struct writing {
	const char *url;
	atomic_bool is_over;
	bool is_done;
};

/* Many short commits, with a breath after every few. */
static void *write_on(void *data)
{
	struct writing *writing = data;
	struct fault fault = {0};
	struct store *store;
	writing->is_done = store_open(&(struct store_options){.url = writing->url},
		&store, &fault);
	if (!writing->is_done)
		return NULL;
	for (int i = 100; writing->is_done && !writing->is_over; i++) {
		writing->is_done = put(store, i, &fault);
		if (i % 8 == 0)
			nanosleep(&(struct timespec){.tv_nsec = 2000000}, NULL);
	}
	store_close(store);
	return NULL;
}

/* However a writer comes in between, the two see the same. */
static void test_twin_while_written(void **state)
{
	enum { TIMES = 100 };
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct writing writing = {.url = harness_url(harness)};
	pthread_t thread;
	int twins = 0;
	make_table(harness);
	assert_int_equal(pthread_create(&thread, NULL, write_on, &writing), 0);
	for (int i = 0; i < TIMES; i++) {
		struct store *twin = store_twin(store);
		if (twin == NULL)
			continue;
		twins++;
		assert_int_equal(count_things(twin), count_things(store));
		store_part(store, twin);
	}
	writing.is_over = true;
	pthread_join(thread, NULL);
	assert_true(writing.is_done);
	assert_true(twins > 0);
}

static void test_opening(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct store *store;
	const char *nowhere = harness_engine(harness) == STORE_SQLITE
		? harness_path(harness, "none.db")
		: "postgresql:///kith_no_such_database?host=/nonexistent";
	assert_false(store_open(&(struct store_options){.url = nowhere}, &store,
		&fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	store_close(NULL);
	store_end(NULL);
	store_bulk_close(NULL);
	if (harness_engine(harness) == STORE_POSTGRES)
		return;
	fault_clear(&fault);
	HARNESS_DONE(store_script(harness_store(harness),
			     "CREATE TABLE x (y INTEGER)", &fault),
		&fault);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "PRAGMA journal_mode"),
		"wal\n");
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "PRAGMA synchronous"),
		"2\n");
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "PRAGMA foreign_keys"),
		"1\n");
}

/* The same statements give the same text on both engines. */
static void test_engines_agree(void **state)
{
	static const char *const questions[] = {
		"SELECT id, word, day FROM thing ORDER BY id",
		"SELECT id FROM thing ORDER BY word ASC NULLS LAST, id",
		"SELECT count(*), count(word), min(day), max(word) FROM thing",
		"SELECT id FROM thing WHERE day BETWEEN '1995-01-01' AND"
		" '2000-12-31' ORDER BY day DESC NULLS LAST, id",
		"SELECT day, count(*) FILTER (WHERE word <> '') FROM thing"
		" GROUP BY day ORDER BY day ASC NULLS LAST",
		"SELECT substr(word, 2, 3), length(word) FROM thing ORDER BY id",
		"SELECT id, row_number() OVER (ORDER BY id DESC) FROM thing"
		" ORDER BY id",
	};
	struct harness *one = harness_of(state);
	if (!harness_has_postgres())
		return;
	struct harness *two = harness_open(STORE_POSTGRES);
	struct harness *both[] = {one, two};
	for (size_t i = 0; i < 2; i++) {
		struct fault fault = {0};
		struct store_value values[5];
		make_table(both[i]);
		for (size_t j = 0; j < COUNT_OF(awkward); j++) {
			values_of(j, values);
			HARNESS_DONE(store_run(harness_store(both[i]), insert,
					     values, 5, &fault),
				&fault);
		}
	}
	for (size_t i = 0; i < COUNT_OF(questions); i++)
		assert_string_equal(harness_rows(one, harness_store(one),
					    questions[i]),
			harness_rows(two, harness_store(two), questions[i]));
	harness_close(two);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_EMPTY(test_values_round_trip),
		HARNESS_EACH_EMPTY(test_bulk_round_trip),
		HARNESS_EACH_EMPTY(test_bulks_side_by_side),
		HARNESS_EACH_EMPTY(test_bulk_fault),
		HARNESS_EACH_EMPTY(test_places),
		HARNESS_EACH_EMPTY(test_reuse_forgets_values),
		HARNESS_EACH_EMPTY(test_nested),
		HARNESS_EACH_EMPTY(test_number),
		HARNESS_EACH_EMPTY(test_kinds_of_fault),
		HARNESS_EACH_EMPTY(test_zero_byte_is_refused),
		HARNESS_EACH_EMPTY(test_query_all),
		HARNESS_EACH_EMPTY(test_query_all_fault),
		HARNESS_EACH_EMPTY(test_read_only),
		HARNESS_EACH_EMPTY(test_transactions),
		HARNESS_EACH_EMPTY(test_commit_after_a_fault),
		HARNESS_EACH_EMPTY(test_others_see_only_what_is_committed),
		HARNESS_EACH_EMPTY(test_twin),
		HARNESS_SQLITE(test_twin_while_written),
		HARNESS_EACH_EMPTY(test_opening),
		HARNESS_SQLITE(test_engines_agree),
	};
	return HARNESS_RUN(tests);
}
