/* SPDX-License-Identifier: MIT
 *
 * Figures of the public samples against what an independent script computed
 * (EXPECTED.md beside them), and comparators against what the Department for
 * Education published. Where the samples are absent the tests say so.
 */
#include "importing.h"
#include "reckoning.h"

#include <string.h>

struct expected {
	const char *const paths[3];
	const char *at;
	const char *lac, *carers, *placements, *long_term, *sgo, *adopted;
};

static const struct expected rows[] = {
	{{"ssda903-multiyear/2017-episodes.csv",
		 "ssda903-multiyear/2017-header.csv", NULL},
		"2018-03-31", "363", "82/363", "99/363", "2/16 u", "55", "27"},
	{{"ssda903-multiyear/2018-episodes.csv",
		 "ssda903-multiyear/2018-header.csv", NULL},
		"2019-03-31", "195", "55/195", "66/195", "5/16 u", "50", "23"},
	{{"ssda903-multiyear", NULL}, "2019-03-31", "195", "55/195", "66/195",
		"7/44 u", "50", "24"},
	{{"ssda903-oneyear", NULL}, "2018-03-31", "1196", "179/1196",
		"229/1196", "66/135 u", "155", "83"},
};

static bool import_row(struct harness *harness, const struct expected *row)
{
	const char *paths[COUNT_OF(row->paths) + 1] = {NULL};
	for (size_t i = 0; i < COUNT_OF(row->paths) && row->paths[i] != NULL;
		i++) {
		paths[i] = importing_sample(harness, row->paths[i]);
		if (paths[i] == NULL)
			return false;
	}
	importing_all(harness, "ssda903", paths);
	return true;
}

/* The percentage behind the counts is checked in check_percent. */
static void check(struct reckoning *reckoning, const char *id,
	const char *expected, const char *at)
{
	const char *got = reckoning_text(reckoning, id, at);
	struct text before = text_of(expected);
	bool is_start = text_starts(text_of(got), before)
		&& (got[before.length] == '\0' || got[before.length] == ' ');
	if (!is_start)
		fail_msg("%s at %s: expected %s, got %s", id, at, expected, got);
}

static void check_basis(struct reckoning *reckoning, const char *basis,
	const char *expected, const char *at)
{
	reckoning->roll->basis = basis;
	check(reckoning, "LAC3P", expected, at);
}

static void check_all(struct harness *harness, const struct expected *row)
{
	if (!import_row(harness, row))
		return;
	struct reckoning reckoning = reckoning_open(harness);
	check_basis(&reckoning, "P", row->placements, row->at);
	check_basis(&reckoning, "C", row->carers, row->at);
	check(&reckoning, "LAC", row->lac, row->at);
	check(&reckoning, "LACLT", row->long_term, row->at);
	check(&reckoning, "LACSGO", row->sgo, row->at);
	check(&reckoning, "LACADO", row->adopted, row->at);
	reckoning_close(&reckoning);
}

static void test_return_2017(void **state)
{
	check_all(harness_of(state), &rows[0]);
}

static void test_return_2018(void **state)
{
	check_all(harness_of(state), &rows[1]);
}

static void test_returns_2017_and_2018(void **state)
{
	check_all(harness_of(state), &rows[2]);
}

static void test_return_of_one_year(void **state)
{
	check_all(harness_of(state), &rows[3]);
}

/* 179 of 1,196 is 14.966: 15.0. One return tells nothing of thirty months. */
static void test_percentages(void **state)
{
	struct harness *harness = harness_of(state);
	if (!import_row(harness, &rows[3]))
		return;
	struct reckoning reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "LAC3P", "2018-03-31"),
		"179/1196 15.0");
	assert_string_equal(reckoning_text(&reckoning, "LACLT", "2018-03-31"),
		"66/135 u");
	reckoning_close(&reckoning);
}

/* ---- Placements that are none ---- */

#define STAY(child, decom, rne, ls, place, dec, rec, post) \
	child "," decom "," rne "," ls ",N1," place ",PR1," dec "," rec \
	      ",,," post ",\n"

/* A changed legal status, a holiday, and the foster family moving house are no
 * new carer; the move is a placement. */
static const char moved[] = STAY("A", "01/05/2023", "S", "C2", "U6",
	"01/07/2023", "X1", "ZZ1 1AA") STAY("A", "01/07/2023", "L", "C1", "U6",
	"01/09/2023", "X1", "ZZ1 1AA") STAY("A", "01/09/2023", "P", "C1", "T2",
	"10/09/2023", "X1", "ZZ9 9ZZ") STAY("A", "10/09/2023", "P", "C1", "U6",
	"01/11/2023", "X1", "ZZ1 1AA")
	STAY("A", "01/11/2023", "P", "C1", "U4", "15/01/2024", "X1", "ZZ2 2AA")
		STAY("A", "15/01/2024", "T", "C1", "U4", "", "", "ZZ3 3AA");
/* A hospital stay, and a move of the same carer: one carer, two placements. */
static const char stayed[] = STAY("B", "01/05/2023", "S", "C2", "U6",
	"01/06/2023", "X1", "ZZ1 1AA") STAY("B", "01/06/2023", "P", "C2", "T1",
	"05/06/2023", "X1", "ZZ9 9ZZ")
	STAY("B", "05/06/2023", "P", "C2", "U6", "01/08/2023", "X1", "ZZ1 1AA")
		STAY("B", "01/08/2023", "T", "C2", "U6", "", "", "ZZ2 2AA");
/* With parents is a placement. */
static const char parents[] = STAY("C", "01/05/2023", "S", "C2", "U6",
	"01/06/2023", "X1", "ZZ1 1AA")
	STAY("C", "01/06/2023", "P", "C2", "P1", "01/07/2023", "X1", "ZZ4 4AA")
		STAY("C", "01/07/2023", "P", "C2", "U4", "", "", "ZZ2 2AA");
/* Home between two periods of care is none, but the earlier period counts. */
static const char returned[] = STAY("D", "01/05/2023", "S", "V2", "U6",
	"01/06/2023", "E4A",
	"ZZ1 1AA") STAY("D", "01/08/2023", "S", "V2", "U6", "01/09/2023", "X1",
	"ZZ1 1AA") STAY("D", "01/09/2023", "P", "V2", "U4", "", "", "ZZ2 2AA")
	STAY("E", "01/05/2023", "S", "V2", "U6", "01/06/2023", "E4A", "ZZ1 1AA")
		STAY("E", "01/08/2023", "S", "V2", "U6", "", "", "ZZ1 1AA");
/* In a series of short breaks; and 18 on the day. */
static const char not_there[] = STAY("F", "01/05/2023", "S", "V4", "U6", "", "",
	"ZZ1 1AA") STAY("G", "01/05/2023", "S", "C2", "U6", "", "", "ZZ1 1AA");

static void test_placements(void **state)
{
	struct harness *harness = harness_of(state);
	const char *episodes = arena_format(harness_arena(harness),
		"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
		"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n%s%s%s%s%s",
		moved, stayed, parents, returned, not_there);
	const char *const paths[] = {importing_write(harness,
					     "2023/2023-episodes.csv",
					     text_of(episodes)),
		importing_write(harness, "2023/2023-header.csv",
			TEXT("CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
			     "A,1,01/01/2014,WBRI,,,\nB,1,01/01/2014,WBRI,,,\n"
			     "C,2,01/01/2014,WBRI,,,\nD,2,01/01/2014,WBRI,,,\n"
			     "E,2,01/01/2014,WBRI,,,\nF,2,01/01/2014,WBRI,,,\n"
			     "G,2,31/03/2006,WBRI,,,\n")),
		NULL};
	importing_all(harness, "ssda903", paths);
	struct reckoning reckoning = reckoning_open(harness);
	assert_string_equal(reckoning_text(&reckoning, "LAC", "2024-03-30"), "6");
	assert_string_equal(reckoning_text(&reckoning, "LAC", "2024-03-31"), "5");
	/* C and D */
	assert_string_equal(reckoning_text(&reckoning, "LAC3P", "2024-03-31"),
		"2/5 40.0");
	reckoning.roll->basis = "P"; /* and A */
	assert_string_equal(reckoning_text(&reckoning, "LAC3P", "2024-03-31"),
		"3/5 60.0");
	reckoning_close(&reckoning);
}

/* ---- The made-up CIN census ---- */

static void test_census_of_need(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"cin-census/fake_CIN_data.xml");
	if (path == NULL)
		return;
	importing_one(harness, "cin", path);
	struct reckoning reckoning = reckoning_open(harness);
	struct fault fault = {0};
	struct evaluate_request request = reckoning_request(&reckoning,
		"REFNFA", NULL, 0);
	size_t base = 0;
	for (size_t i = 0; i < request.list->count; i++)
		base += request.list->part[i] == SWEEP_DENOMINATOR;
	/* EXPECTED.md: 402 referrals of 332 children, 252 closed. */
	assert_int_equal(base, 402);
	int64_t closed;
	HARNESS_DONE(store_number(harness_store(harness),
			     "SELECT COUNT(*) FROM referral WHERE la = 206 AND"
			     " closed IS NOT NULL",
			     NULL, 0, &closed, &fault),
		&fault);
	assert_int_equal(closed, 252);
	reckoning_close(&reckoning);
}

/* ---- Published figures ---- */

static void check_comparator(struct reckoning *reckoning, const char *id,
	const char *iso, int64_t expected)
{
	struct fault fault = {0};
	struct goal_comparison comparison = {.target = NULL};
	const char *label;
	HARNESS_DONE(goal_comparator(reckoning->roll,
			     reckoning_measure(reckoning, id),
			     reckoning_day(iso), &comparison, &label, &fault),
		&fault);
	if (comparison.has_comparator != (expected >= 0)
		|| (expected >= 0 && comparison.comparator != expected))
		fail_msg("%s at %s: expected %lld, got %lld (%s)", id, iso,
			(long long)expected,
			comparison.has_comparator ? (long long)comparison.comparator
						  : -1,
			label);
}

static void test_comparators(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"ees_absence_nat_reg_la_201617_201819.csv");
	if (path == NULL)
		return;
	importing_one(harness, "ees", path);
	struct reckoning reckoning = reckoning_open(harness);
	static const struct {
		const char *id, *at;
		int64_t tenths;
	} published[] = {
		{"PAPRI", "2016-07-31", -1},
		{"PAPRI", "2016-08-01", 86},
		{"PAPRI", "2017-12-31", 89},
		{"PAPRI", "2018-12-31", 87},
		{"PAPRI", "2019-03-31", 87},
		{"PASEC", "2017-06-30", 117},
		{"PASEC", "2018-12-31", 120},
		{"PASEC", "2024-06-30", 120},
		{"LAC", "2019-03-31", -1},
	};
	for (size_t i = 0; i < COUNT_OF(published); i++)
		check_comparator(&reckoning, published[i].id, published[i].at,
			published[i].tenths);
	reckoning_close(&reckoning);
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_return_2017),
		HARNESS_EACH_ENGINE(test_return_2018),
		HARNESS_EACH_ENGINE(test_returns_2017_and_2018),
		HARNESS_EACH_ENGINE(test_return_of_one_year),
		HARNESS_SQLITE(test_percentages),
		HARNESS_EACH_ENGINE(test_placements),
		HARNESS_EACH_ENGINE(test_census_of_need),
		HARNESS_EACH_ENGINE(test_comparators)};
	return HARNESS_RUN(tests);
}
