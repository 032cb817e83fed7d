/* SPDX-License-Identifier: MIT
 *
 * The authorities behind a file, a folder and a PostgreSQL database, and a
 * part run on each.
 */
#include "store/region.h"

#include <stdatomic.h>

#include "base/file.h"
#include "harness.h"

/* A region of the same three councils, kept as the engine keeps it: SQLite in
 * a folder of files, PostgreSQL in one database. */
static const char *make_region(struct harness *harness)
{
	struct fault fault = {0};
	const char *url = harness_url(harness);
	if (harness_engine(harness) == STORE_SQLITE) {
		url = harness_path(harness, "region");
		HARNESS_DONE(file_make_folder(url, &fault), &fault);
	}
	HARNESS_DONE(region_init(url, 209, "Lewisham", &fault), &fault);
	HARNESS_DONE(region_init(url, 206, "Islington", &fault), &fault);
	HARNESS_DONE(region_init(url, 208, "Lambeth", &fault), &fault);
	return url;
}

static void open_region(struct harness *harness, const char *url, int la,
	struct region *out_region)
{
	struct fault fault = {0};
	HARNESS_DONE(region_open(&(struct region_options){.url = url, .la = la},
			     harness_arena(harness), out_region, &fault),
		&fault);
}

static void test_parts_in_order(void **state)
{
	static const int las[] = {206, 208, 209};
	static const char *const names[] = {"Islington", "Lambeth", "Lewisham"};
	struct harness *harness = harness_of(state);
	struct region region;
	open_region(harness, make_region(harness), 0, &region);
	assert_int_equal(region.count, 3);
	for (size_t i = 0; i < region.count; i++) {
		assert_int_equal(region.parts[i].la, las[i]);
		assert_string_equal(region.parts[i].name, names[i]);
	}
}

static void test_one(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct region region;
	struct region_part part;
	const char *url = make_region(harness);
	open_region(harness, url, 208, &region);
	assert_int_equal(region.count, 1);
	HARNESS_DONE(region_one(&region, 0, &part, &fault), &fault);
	assert_int_equal(part.la, 208);
	open_region(harness, url, 0, &region);
	assert_false(region_one(&region, 0, &part, &fault));
	assert_int_equal(fault.kind, FAULT_USAGE);
	fault_clear(&fault);
	HARNESS_DONE(region_one(&region, 209, &part, &fault), &fault);
	assert_int_equal(part.la, 209);
	assert_false(region_one(&region, 300, &part, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

static void test_refused(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct region region;
	struct region_options options = {.url = make_region(harness), .la = 300};
	assert_false(
		region_open(&options, harness_arena(harness), &region, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	const char *empty = harness_path(harness, "empty");
	HARNESS_DONE(file_make_folder(empty, &fault), &fault);
	options = (struct region_options){.url = empty};
	assert_false(
		region_open(&options, harness_arena(harness), &region, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault_clear(&fault);
	options.url = harness_another(harness, harness_engine(harness));
	if (harness_engine(harness) == STORE_SQLITE)
		HARNESS_DONE(file_write(options.url, TEXT(""), &fault), &fault);
	assert_false(
		region_open(&options, harness_arena(harness), &region, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

static void test_init_twice(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	HARNESS_DONE(region_init(harness_url(harness), HARNESS_LA, "Renamed",
			     &fault),
		&fault);
	assert_string_equal(harness_rows(harness, harness_store(harness),
				    "SELECT la, name FROM authority"),
		"206|Renamed\n");
}

static void test_read_only(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct region region;
	HARNESS_DONE(region_open(&(struct region_options){.url = make_region(
								  harness),
					 .is_read_only = true},
			     harness_arena(harness), &region, &fault),
		&fault);
	assert_false(store_run(region.parts[0].store, "DELETE FROM audit", NULL,
		0, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
}

struct seen {
	int la[8];
	atomic_int calls;
};

static bool read_name(const struct region_part *part, size_t index, void *data,
	struct fault *fault)
{
	struct seen *seen = data;
	struct store_rows *rows;
	if (!store_query(part->store,
		    "SELECT la, name FROM authority WHERE la = $1",
		    STORE_VALUES(store_integer(part->la)), &rows, fault))
		return false;
	if (store_next(rows, fault)
		&& text_is(store_get_text(rows, 1), part->name))
		seen->la[index] = (int)store_get_integer(rows, 0);
	store_end(rows);
	atomic_fetch_add(&seen->calls, 1);
	return !fault_is_set(fault);
}

static void test_run(void **state)
{
	struct harness *harness = harness_of(state);
	struct region region;
	open_region(harness, make_region(harness), 0, &region);
	for (size_t threads = 0; threads <= 4; threads++) {
		struct fault fault = {0};
		struct seen seen = {.calls = 0};
		struct region_task task = {read_name, &seen, threads};
		HARNESS_DONE(region_run(&region, &task, &fault), &fault);
		assert_int_equal(seen.calls, 3);
		for (size_t i = 0; i < region.count; i++)
			assert_int_equal(seen.la[i], region.parts[i].la);
	}
}

/* All parts run; of several faults the first part's is told. */
static bool fail_some(const struct region_part *part, size_t index, void *data,
	struct fault *fault)
{
	atomic_fetch_add((atomic_int *)data, 1);
	return index == 0 || fault_set(fault, FAULT_BROKEN, "part %d", part->la);
}

static void test_faults(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct region region;
	atomic_int calls = 0;
	open_region(harness, make_region(harness), 0, &region);
	struct region_task task = {fail_some, &calls, 3};
	assert_false(region_run(&region, &task, &fault));
	assert_int_equal(calls, 3);
	assert_string_equal(fault.message, "part 208");
}

/* One file of two authorities among files of one: the two share a connection
 * and so must not run at the same time. */
struct overlap {
	atomic_int inside;
	atomic_int most;
};

static bool look_around(const struct region_part *part, size_t index,
	void *data, struct fault *fault)
{
	(void)index, (void)fault;
	struct overlap *overlap = data;
	int inside = atomic_fetch_add(&overlap->inside, 1) + 1;
	if (inside > overlap->most)
		overlap->most = inside;
	int64_t count;
	bool is_done = true;
	for (int i = 0; i < 200 && is_done; i++)
		is_done = store_number(part->store,
			"SELECT count(*) FROM authority", NULL, 0, &count, fault);
	atomic_fetch_sub(&overlap->inside, 1);
	return is_done;
}

static void test_shared_file(void **state)
{
	struct harness *harness = harness_of(state);
	struct fault fault = {0};
	struct region region;
	struct overlap overlap = {.inside = 0};
	const char *url = make_region(harness);
	HARNESS_DONE(region_init(harness_path(harness, "region/209.db"), 210,
			     "Made-up", &fault),
		&fault);
	open_region(harness, url, 0, &region);
	assert_int_equal(region.count, 4);
	struct region_task task = {look_around, &overlap, 4};
	HARNESS_DONE(region_run(&region, &task, &fault), &fault);
	assert_int_equal(overlap.most, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_EMPTY(test_parts_in_order),
		HARNESS_EACH_EMPTY(test_one),
		HARNESS_EACH_EMPTY(test_refused),
		HARNESS_EACH_ENGINE(test_init_twice),
		HARNESS_EACH_EMPTY(test_read_only),
		HARNESS_EACH_EMPTY(test_run),
		HARNESS_EACH_EMPTY(test_faults),
		HARNESS_SQLITE(test_shared_file),
	};
	return HARNESS_RUN(tests);
}
