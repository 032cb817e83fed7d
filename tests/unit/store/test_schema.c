/* SPDX-License-Identifier: MIT
 *
 * The schema's rules, read from PostgreSQL's own catalogue: a council's table
 * begins with `la`, and so do its keys, references and indexes, so that the
 * same tables can be spread over a cluster by authority and no key can reach
 * into another council's records.
 */
#include "base/buffer.h"
#include "harness.h"
#include "store/migrate.h"
#include "store/tables.h"

/* Each lists what breaks a rule; nothing is what they should find. A table is
 * a council's unless it has no `la`, and then it must be marked reference. */
static const struct {
	const char *rule;
	const char *sql;
	const char *culprit; /* a table that breaks it */
	const char *found;   /* in the list */
} rules[] = {
	{"la is SMALLINT NOT NULL and comes first",
		"SELECT c.relname FROM pg_class c JOIN pg_attribute a ON"
		" a.attrelid = c.oid AND a.attname = 'la' WHERE c.relkind = 'r'"
		" AND c.relnamespace = 'public'::regnamespace AND (a.attnum <> 1"
		" OR NOT a.attnotnull OR a.atttypid <> 'smallint'::regtype)"
		" ORDER BY 1",
		"CREATE TABLE bad (id BIGINT, la SMALLINT, PRIMARY KEY (la, id))",
		"bad"},
	{"every table has a primary key",
		"SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND"
		" c.relnamespace = 'public'::regnamespace AND NOT EXISTS"
		" (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND"
		" i.indisprimary) ORDER BY 1",
		"CREATE TABLE bad (la SMALLINT NOT NULL)", "bad"},
	{"keys and indexes of a council's table begin with la",
		"SELECT i.indexrelid::regclass FROM pg_index i JOIN pg_class c ON"
		" c.oid = i.indrelid JOIN pg_attribute la ON la.attrelid = c.oid"
		" AND la.attname = 'la' WHERE c.relnamespace ="
		" 'public'::regnamespace AND i.indkey[0] <> la.attnum ORDER BY 1",
		"CREATE TABLE bad (la SMALLINT NOT NULL, id BIGINT NOT NULL,"
		" PRIMARY KEY (la, id), UNIQUE (id, la))",
		"bad_id_la_key"},
	{"references between councils' tables go from la to la",
		"SELECT k.conrelid::regclass, k.conname FROM pg_constraint k JOIN"
		" pg_attribute here ON here.attrelid = k.conrelid AND"
		" here.attnum = k.conkey[1] JOIN pg_attribute there ON"
		" there.attrelid = k.confrelid AND there.attnum = k.confkey[1]"
		" WHERE k.contype = 'f' AND EXISTS (SELECT 1 FROM pg_attribute a"
		" WHERE a.attrelid = k.confrelid AND a.attname = 'la') AND"
		" (here.attname <> 'la' OR there.attname <> 'la') ORDER BY 1, 2",
		"CREATE TABLE bad (la SMALLINT NOT NULL, child BIGINT NOT NULL,"
		" PRIMARY KEY (la, child), FOREIGN KEY (child, la) REFERENCES"
		" child (id, la))",
		"bad"},
	{"types are the portable ones",
		"SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a"
		" ON a.attrelid = c.oid WHERE c.relkind = 'r' AND a.attnum > 0"
		" AND c.relnamespace = 'public'::regnamespace AND a.atttypid NOT"
		" IN ('smallint'::regtype, 'integer'::regtype,"
		" 'bigint'::regtype, 'text'::regtype, 'date'::regtype,"
		" 'bytea'::regtype) ORDER BY 1, 2",
		"CREATE TABLE bad (la SMALLINT NOT NULL PRIMARY KEY,"
		" rate DOUBLE PRECISION)",
		"bad|rate"},
	{"no sequences, triggers or defaults that an engine computes",
		"SELECT c.relname FROM pg_class c WHERE c.relkind = 'S' AND"
		" c.relnamespace = 'public'::regnamespace UNION ALL SELECT tgname"
		" FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1",
		"CREATE TABLE bad (la SMALLINT NOT NULL, id BIGSERIAL,"
		" PRIMARY KEY (la, id))",
		"bad_id_seq"},
};

static void test_rules(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		const char *found = harness_rows(harness, store, rules[i].sql);
		if (found[0] != '\0')
			print_error("%s, but not:\n%s", rules[i].rule, found);
		assert_string_equal(found, "");
	}
}

static void test_rules_find_culprits(void **state)
{
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	for (size_t i = 0; i < COUNT_OF(rules); i++) {
		struct fault fault = {0};
		HARNESS_DONE(store_begin(store, &fault), &fault);
		HARNESS_DONE(store_script(store, rules[i].culprit, &fault),
			&fault);
		const char *found = harness_rows(harness, store, rules[i].sql);
		assert_true(text_starts(text_of(found), text_of(rules[i].found)));
		store_rollback(store);
	}
}

/* A table without `la` is public data and says so; the cluster's calls name
 * every table once, each as what it is. */
static void test_cluster(void **state)
{
	struct harness *harness = harness_of(state);
	struct arena *arena = harness_arena(harness);
	const struct tables_table *tables;
	size_t count, lines = 0;
	struct buffer calls = {.maximum = 1 << 20};
	migrate_render_citus(&calls);
	tables_read(arena, &tables, &count);
	assert_true(count > 40);
	for (size_t i = 0; i < count; i++) {
		const char *call = arena_format(arena,
			tables[i].has_la ? "create_distributed_table('%s', 'la'"
					 : "create_reference_table('%s')",
			tables[i].name);
		if (!text_has(buffer_text(&calls), text_of(call)))
			print_error("missing: %s\n", call);
		assert_true(text_has(buffer_text(&calls), text_of(call)));
	}
	for (size_t i = 0; i < calls.length; i++)
		lines += calls.bytes[i] == '\n';
	assert_int_equal(lines, count);
	/* What others are put beside must come before them. */
	const char *first = strstr(calls.bytes, "'authority', 'la', shard_count");
	const char *beside = strstr(calls.bytes, "colocate_with");
	assert_true(first != NULL && first < beside);
	buffer_finish(&calls);
}

/* Stored by key, SQLite 3.40 needs the key in front: see migrate.c. */
static void test_keys_in_front(void **state)
{
	struct harness *harness = harness_of(state);
	const struct tables_table *tables;
	size_t count;
	tables_read(harness_arena(harness), &tables, &count);
	for (size_t i = 0; i < count; i++) {
		bool is_in_front = true;
		for (size_t j = 0; j < tables[i].key_count; j++)
			is_in_front = is_in_front && tables[i].key[j] == j;
		const char *sql = harness_rows(harness, harness_store(harness),
			arena_format(harness_arena(harness),
				"SELECT sql FROM sqlite_master WHERE name = '%s'",
				tables[i].name));
		assert_non_null(strstr(sql, "STRICT"));
		if (strstr(sql, "WITHOUT ROWID") != NULL && !is_in_front)
			fail_msg("table %s: put the key's columns first",
				tables[i].name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{"test_rules", test_rules, harness_begin_postgres, harness_end,
			NULL},
		{"test_rules_find_culprits", test_rules_find_culprits,
			harness_begin_postgres, harness_end, NULL},
		HARNESS_SQLITE(test_cluster),
		HARNESS_SQLITE(test_keys_in_front),
	};
	return HARNESS_RUN(tests);
}
