/* SPDX-License-Identifier: MIT
 *
 * Every named statement of every room is taken by both engines, as it stands,
 * with the schema in place. A room's catalogue is a line in the table.
 */
#include "base/embedded.h"
#include "harness.h"

extern const struct embedded store_sql[];
extern const struct embedded people_sql[];
extern const struct embedded feeds_sql[];

static const struct {
	const char *room;
	const struct embedded *statements;
} catalogues[] = {
	{"store", store_sql},
	{"people", people_sql},
	{"feeds", feeds_sql},
};

static void test_prepared(void **state)
{
	struct store *store = harness_store(harness_of(state));
	int refused = 0;
	for (size_t i = 0; i < COUNT_OF(catalogues); i++)
		for (const struct embedded *at = catalogues[i].statements;
			at->name != NULL; at++) {
			struct fault fault = {0};
			if (store_check(store, at->text, &fault))
				continue;
			print_error("%s.sql, %s: %s\n", catalogues[i].room,
				at->name, fault.detail);
			refused++;
		}
	assert_int_equal(refused, 0);
}

static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(catalogues); i++) {
		const struct embedded *first = catalogues[i].statements;
		assert_non_null(first->name);
		for (const struct embedded *at = first; at->name != NULL; at++)
			assert_ptr_equal(store_find(first, at->name), at->text);
	}
}

/* The check itself can fail. */
static void test_refusal(void **state)
{
	struct store *store = harness_store(harness_of(state));
	struct fault fault = {0};
	assert_false(store_check(store, "SELECT nobody FROM child", &fault));
	assert_true(fault_is_set(&fault));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_prepared),
		HARNESS_EACH_ENGINE(test_refusal),
		HARNESS_SQLITE(test_names),
	};
	return HARNESS_RUN(tests);
}
