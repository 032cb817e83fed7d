/* SPDX-License-Identifier: MIT
 *
 * The same borough wherever it is kept: see places.h. The tests are in the
 * files places_*.c.
 */
#include "places.h"

struct places places;

static void give(const char *db, const char *la, const char *kind,
	const char *folder)
{
	const char *words[] = {"--db", db, "--la", la, "import", kind, folder,
		NULL};
	struct running run = running_words(places.harness, words);
	if (run.code != 1)
		running_expect(0, run, words, __FILE__, __LINE__);
}

static const char *part(const char *name)
{
	return arena_format(harness_arena(places.harness), "%s/%s",
		running_borough(), name);
}

static void give_borough(const char *db)
{
	static const char *const feeds[][2] = {{"postcodes", "postcodes"},
		{"ees", "ees"}, {"ssda903", "ssda903"}, {"cin", "cin"},
		{"census", "census/2023_autumn"},
		{"census", "census/2024_spring"}, {"aggregates", "aggregates"}};
	for (size_t i = 0; i < COUNT_OF(feeds); i++)
		give(db, "206", feeds[i][0], part(feeds[i][1]));
}

static void give_neighbour(const char *db)
{
	/* Postcodes and published figures are of the nation: in PostgreSQL
	 * the neighbour has them already, in a folder it has not. */
	give(db, "201", "postcodes", part("postcodes"));
	give(db, "201", "ees", part("ees"));
	give(db, "201", "ssda903", part("ssda903"));
	EXPECT(0, places.harness, "--db", db, "--la", "201", "set",
		"placement_break_rule", "PLACEMENT");
}

void places_open(void)
{
	places.harness = harness_open_empty(STORE_SQLITE);
	for (int place = 0; place < RUNNING_PLACES; place++) {
		const char *db = running_database(places.harness,
			(enum running_place)place, "206");
		places.db[place] = db;
		if (db == NULL)
			continue;
		if (place == RUNNING_POSTGRES)
			EXPECT(0, places.harness, "--db", db, "init", "--la",
				"201");
		give_borough(db);
		if (place != RUNNING_FILE)
			give_neighbour(db);
	}
}

void places_close(void)
{
	harness_close(places.harness);
}

static int begin(void **state)
{
	(void)state;
	places_open();
	return 0;
}

static int end(void **state)
{
	(void)state;
	places_close();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_test_report),
		cmocka_unit_test(places_test_measures),
		cmocka_unit_test(places_test_region),
		cmocka_unit_test(places_test_region_published),
		cmocka_unit_test(places_test_explain),
		cmocka_unit_test(places_test_explain_roles),
		cmocka_unit_test(places_test_children),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
