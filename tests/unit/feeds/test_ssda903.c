/* SPDX-License-Identifier: MIT
 *
 * Children looked after returns: import, merge, and the numbers that follow,
 * against public samples for which an independent program has computed them.
 */
#include "feeds/episodes.h"
#include "importing.h"

/* ---- Numbers on a day ---- */

struct expected {
	int looked_after, three, three_all, stable, long_term, sgo, adopted;
};

/* $1 the day; born after $2: under 18, after $3: under 16; $4 and $5: 30 and 24
 * months before. A statement uses the first `used` of them. */
static int64_t count_on(struct harness *harness, const char *sql,
	struct date day, size_t used)
{
	struct fault fault = {0};
	int64_t number = -1;
	const struct store_value values[] = {store_date(day),
		store_date(date_add_months(day, -18 * 12)),
		store_date(date_add_months(day, -16 * 12)),
		store_date(date_add_months(day, -30)),
		store_date(date_add_months(day, -24))};
	HARNESS_DONE(store_number(harness_store(harness), sql, values, used,
			     &number, &fault),
		&fault);
	return number;
}

static int64_t count_exits(struct harness *harness, const char *sql,
	struct date day)
{
	struct fault fault = {0};
	int64_t number = -1;
	HARNESS_DONE(store_number(harness_store(harness), sql,
			     STORE_VALUES(store_date(day),
				     store_date(date_add_months(day, -12))),
			     &number, &fault),
		&fault);
	return number;
}

#define LOOKED_AFTER \
	"SELECT COUNT(*) FROM care_period AS p JOIN child AS c" \
	" ON c.la = p.la AND c.id = p.child WHERE p.starts <= $1" \
	" AND (p.ends IS NULL OR p.ends > $1)" \
	" AND (c.born IS NULL OR c.born > $2)"
#define THREE(basis) \
	LOOKED_AFTER \
	" AND EXISTS (SELECT 1 FROM placement_count AS n" \
	" WHERE n.la = p.la AND n.child = p.child AND n.basis = '" basis "'" \
	" AND n.starts <= $1 AND (n.ends IS NULL OR n.ends > $1)" \
	" AND n.placements >= 3)"
#define LONG_TERM LOOKED_AFTER " AND c.born > $3 AND p.starts <= $4"
#define STABLE \
	LONG_TERM " AND EXISTS (SELECT 1 FROM placement_stay AS s" \
		  " WHERE s.la = p.la AND s.child = p.child AND s.basis = 'C'" \
		  " AND s.starts <= $1 AND (s.ends IS NULL OR s.ends > $1)" \
		  " AND s.since <= $5)"
/* An exit counts at the repaired end, where DEC was supplied at all. */
#define EXITS(codes) \
	"SELECT COUNT(*) FROM episode WHERE rec IN (" codes ")" \
	" AND dec_supplied IS NOT NULL" \
	" AND dec > $2 AND dec <= $1"
#define SGO EXITS("'E43', 'E44', 'E45', 'E46', 'E47', 'E48'")
#define ADOPTED EXITS("'E11', 'E12'")

static void check_numbers(struct harness *harness, struct date day,
	const struct expected *expected)
{
	assert_int_equal(count_on(harness, LOOKED_AFTER, day, 2),
		expected->looked_after);
	assert_int_equal(count_on(harness, THREE("C"), day, 2), expected->three);
	assert_int_equal(count_on(harness, THREE("P"), day, 2),
		expected->three_all);
	assert_int_equal(count_on(harness, LONG_TERM, day, 4),
		expected->long_term);
	assert_int_equal(count_on(harness, STABLE, day, 5), expected->stable);
	assert_int_equal(count_exits(harness, SGO, day), expected->sgo);
	assert_int_equal(count_exits(harness, ADOPTED, day), expected->adopted);
}

/* ---- The samples ---- */

static const char *const tables_2017[] = {"2017-episodes.csv",
	"2017-header.csv", "2017-missing.csv", "2017-oc2.csv", "2017-oc3.csv",
	"2017-previous_permanence.csv", "2017-reviews.csv", "2017-uasc.csv",
	NULL};
static const char *const tables_2018[] = {"2018-episodes.csv",
	"2018-header.csv", "2018-missing.csv", "2018-oc2.csv", "2018-oc3.csv",
	"2018-previous_permanence.csv", "2018-reviews.csv", "2018-uasc.csv",
	NULL};

/* False: the samples are not here. */
static bool import_sample(struct harness *harness, const char *const *names,
	struct import_outcome *out_outcome)
{
	const char *paths[16] = {NULL};
	for (size_t i = 0; names[i] != NULL; i++) {
		paths[i] = importing_sample(harness,
			arena_format(harness_arena(harness),
				"ssda903-multiyear/%s", names[i]));
		if (paths[i] == NULL)
			return false;
	}
	*out_outcome = importing_all(harness, "ssda903", paths);
	return true;
}

static const char *rows_in(struct harness *harness)
{
	return IMPORTING_ROWS(harness,
		"SELECT b.label, f.content, f.rows_in FROM batch_file AS f"
		" JOIN batch AS b ON b.la = f.la AND b.id = f.batch"
		" WHERE f.content IN ('Header', 'Episodes')"
		" ORDER BY b.label, f.content");
}

static void test_one_year(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness, "ssda903-oneyear");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "ssda903", path);
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(outcome.batches[0].label, "2017-18");
	assert_int_equal(outcome.batches[0].repaired, 72);
	assert_string_equal(rows_in(harness),
		"2017-18|Episodes|5050\n2017-18|Header|2675\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT rule, COUNT(*) FROM repair"
				    " GROUP BY rule ORDER BY rule"),
		"a|10\nc|62\n");
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(DISTINCT child) FROM"
				 " episode_return"),
		2123);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM episode_return"),
		5050);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM episode_return"
				 " WHERE dec IS NULL"),
		1413);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM identifier WHERE"
				 " scheme = 'upn' AND grade = 'valid'"),
		107);
	check_numbers(harness, date_from(2018, 3, 31),
		&(struct expected){1196, 179, 229, 66, 135, 155, 83});
}

/* ---- Temporary placements counted too ---- */

static void take_text(struct harness *harness, const struct store_rows *rows,
	int column, struct text *out_text)
{
	*out_text = arena_text(harness_arena(harness),
		store_get_text(rows, column));
}

static bool has_three(struct harness *harness, const struct episode *episodes,
	size_t count, struct date day)
{
	struct episodes_spell *spells;
	struct episodes_tally *tallies;
	count = episodes_spells(episodes, count, EPISODES_RAW,
		harness_arena(harness), &spells);
	count = episodes_tallies(spells, count, 12, harness_arena(harness),
		&tallies);
	for (size_t i = 0; i < count; i++)
		if (tallies[i].span.starts.day <= day.day
			&& (tallies[i].span.ends.day == 0
				|| tallies[i].span.ends.day > day.day))
			return tallies[i].placements >= 3;
	return false;
}

static void test_raw_basis(void **state)
{
	enum { MOST = 64 };
	struct harness *harness = harness_of(state);
	struct date day = date_from(2018, 3, 31);
	struct fault fault = {0};
	struct episode episodes[MOST];
	size_t count = 0;
	int three = 0;
	const char *path = importing_sample(harness, "ssda903-oneyear");
	if (path == NULL)
		return;
	importing_one(harness, "ssda903", path);
	struct store_rows *rows;
	HARNESS_DONE(store_query(harness_store(harness),
			     "SELECT e.child, e.decom, e.dec, e.rne, e.ls, e.place,"
			     " e.pl_post FROM episode AS e JOIN care_period AS p"
			     " ON p.la = e.la AND p.child = e.child AND"
			     " p.starts <= $1 AND (p.ends IS NULL OR p.ends > $1)"
			     " JOIN child AS c ON c.la = e.la AND c.id = e.child"
			     " WHERE c.born IS NULL OR c.born > $2"
			     " ORDER BY e.child, e.decom",
			     STORE_VALUES(store_date(day),
				     store_date(date_add_months(day, -18 * 12))),
			     &rows, &fault),
		&fault);
	int64_t child = 0;
	while (store_next(rows, &fault)) {
		if (store_get_integer(rows, 0) != child)
			three += has_three(harness, episodes, count, day);
		if (store_get_integer(rows, 0) != child)
			count = 0;
		child = store_get_integer(rows, 0);
		assert_true(count < MOST);
		struct episode *at = &episodes[count++];
		*at = (struct episode){.decom = store_get_date(rows, 1),
			.dec = store_get_date(rows, 2)};
		take_text(harness, rows, 3, &at->rne);
		take_text(harness, rows, 4, &at->ls);
		take_text(harness, rows, 5, &at->place);
		take_text(harness, rows, 6, &at->pl_post);
	}
	store_end(rows);
	three += has_three(harness, episodes, count, day);
	assert_int_equal(three, 261);
}

static void test_2017(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome;
	if (!import_sample(harness, tables_2017, &outcome))
		return;
	assert_string_equal(rows_in(harness),
		"2017-18|Episodes|1460\n2017-18|Header|819\n");
	check_numbers(harness, date_from(2018, 3, 31),
		&(struct expected){363, 82, 99, 2, 16, 55, 27});
}

static void test_2018(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome;
	if (!import_sample(harness, tables_2018, &outcome))
		return;
	assert_string_equal(rows_in(harness),
		"2018-19|Episodes|974\n2018-19|Header|572\n");
	check_numbers(harness, date_from(2019, 3, 31),
		&(struct expected){195, 55, 66, 5, 16, 50, 23});
}

static void check_both(struct harness *harness)
{
	assert_string_equal(rows_in(harness),
		"2017-18|Episodes|1460\n2017-18|Header|819\n"
		"2018-19|Episodes|974\n2018-19|Header|572\n");
	assert_int_equal(importing_number(harness, "SELECT COUNT(*) FROM episode"),
		2088);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(DISTINCT child) FROM episode"),
		788);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM repair WHERE rule = 'b'"
				 " AND became = '2018-03-31'"),
		84);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM repair"
				 " WHERE rule <> 'b'"),
		32);
	check_numbers(harness, date_from(2019, 3, 31),
		&(struct expected){195, 55, 66, 7, 44, 50, 24});
}

/* What is derived, with children by their local id: ids differ by run. */
static const char *derived(struct harness *harness)
{
	static const char *const questions[] = {
		"SELECT i.value, e.decom, e.dec, e.dec_supplied, e.rne, e.ls,"
		" e.cin, e.place, e.provider, e.rec, e.reason, e.home_post,"
		" e.pl_post, e.urn, e.repairs, e.row_number FROM episode AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.decom",
		"SELECT i.value, e.starts, e.ends, e.rec, e.first_review_due"
		" FROM care_period AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.starts",
		"SELECT i.value, e.basis, e.starts, e.ends, e.place, e.pl_post,"
		" e.rne FROM placement_spell AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.basis, e.starts",
		"SELECT i.value, e.basis, e.starts, e.ends, e.placements"
		" FROM placement_count AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.basis, e.starts",
		"SELECT i.value, e.basis, e.starts, e.ends, e.since"
		" FROM placement_stay AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.basis, e.starts",
		"SELECT i.value, e.record_key, e.rule, e.field, e.was, e.became,"
		" e.row_number FROM repair AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.record_key,"
		" e.rule, e.row_number",
		"SELECT i.value, e.sdq_score, e.year FROM lac_outcome AS e"
		" JOIN identifier AS i ON i.la = e.la AND i.child = e.child"
		" AND i.scheme = 'child_id' ORDER BY i.value, e.year",
	};
	const char *all = "";
	for (size_t i = 0; i < COUNT_OF(questions); i++)
		all = arena_format(harness_arena(harness), "%s-- %zu\n%s", all,
			i, IMPORTING_ROWS(harness, questions[i]));
	return all;
}

static void test_both_years(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness, "ssda903-multiyear");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "ssda903", path);
	assert_int_equal(outcome.batch_count, 2);
	assert_int_equal(outcome.files, 16);
	check_both(harness);
}

/* Whatever comes first, the history is the same. */
static void test_either_order(void **state)
{
	struct import_outcome outcome;
	struct harness *one = harness_of(state);
	if (!import_sample(one, tables_2017, &outcome))
		return;
	import_sample(one, tables_2018, &outcome);
	check_both(one);
	struct harness *other = harness_open(harness_engine(one));
	import_sample(other, tables_2018, &outcome);
	import_sample(other, tables_2017, &outcome);
	check_both(other);
	assert_string_equal(derived(one), derived(other));
	harness_close(other);
}

/* ---- Wrong rows ---- */

/* Extra column, empty and unknown codes, a broken postcode, and five header
 * rows of two children whose dates of birth contradict each other. */
static void test_malformed(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness, "ssda903-malformed");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "ssda903", path);
	assert_int_equal(outcome.batches[0].rows_in, 10);
	assert_int_equal(outcome.batches[0].refused, 3);
	assert_int_equal(outcome.batches[0].children, 2);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT f.name, i.row_number, i.column_name,"
				    " i.value, i.rule, i.severity FROM import_fault"
				    " AS i JOIN batch_file AS f ON f.la = i.la AND"
				    " f.batch = i.batch AND f.file = i.file"
				    " WHERE i.severity <> 'noted' OR i.rule = 'column'"
				    " ORDER BY f.name, i.row_number, i.seq"),
		"SSDA903_2020_episodes.csv|1|TEST_COLUMN|TEST_COLUMN|column|"
		"noted\n"
		"SSDA903_2020_episodes.csv|5|PL_POST|2TR|postcode|warned\n"
		"SSDA903_2020_episodes.csv|6|RNE|*DUMMY*|code|warned\n"
		"SSDA903_2020_header.csv|3|CHILD|689661|duplicate|refused\n"
		"SSDA903_2020_header.csv|4|CHILD|689661|duplicate|refused\n"
		"SSDA903_2020_header.csv|6|CHILD|249901|duplicate|refused\n");
	/* Nothing is lost: what was kept and what was refused is all there was. */
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM episode_return"),
		5);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT i.value, c.born, c.sex FROM child AS c"
				    " JOIN identifier AS i ON i.la = c.la AND"
				    " i.child = c.id AND i.scheme = 'child_id'"
				    " ORDER BY i.value"),
		"249901|2013-01-07|F\n689661|2015-07-11|M\n");
}

/* H5 is not of 2025-26, K3 not yet of 2022-23, P2 still is. */
static void test_codes_of_the_year(void **state)
{
#define HEADINGS \
	"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC," \
	"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "episodes-2025.csv",
			TEXT(HEADINGS
				"91,05/04/2025,S,V2,N1,H5,PR4,01/09/2025,E4A,,,,\n"
				"92,05/04/2025,S,V2,N1,K3,PR4,01/09/2025,E4A,,,,\n")));
	importing_one(harness, "ssda903",
		importing_write(harness, "episodes-2022.csv",
			TEXT(HEADINGS
				"93,05/04/2022,S,V2,N1,K3,PR4,01/09/2022,E4A,,,,\n"
				"94,05/04/2022,S,V2,N1,P2,PR4,01/09/2022,E4A,,,,\n")));
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT b.label, f.column_name, f.value,"
				    " f.severity, f.row_number"
				    " FROM import_fault AS f JOIN batch AS b"
				    " ON b.la = f.la AND b.id = f.batch"
				    " WHERE f.rule = 'code-year'"
				    " ORDER BY b.label, f.value"),
		"2022-23|PLACE|K3|warned|2\n2025-26|PLACE|H5|warned|2\n");
	/* Kept all the same. */
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT place FROM episode ORDER BY decom, place"),
		"K3\nP2\nH5\nK3\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_codes_of_the_year),
		HARNESS_EACH_ENGINE(test_one_year),
		HARNESS_SQLITE(test_raw_basis),
		HARNESS_EACH_ENGINE(test_malformed),
		HARNESS_SQLITE(test_2017),
		HARNESS_SQLITE(test_2018),
		HARNESS_EACH_ENGINE(test_both_years),
		HARNESS_EACH_ENGINE(test_either_order),
	};
	return HARNESS_RUN(tests);
}
