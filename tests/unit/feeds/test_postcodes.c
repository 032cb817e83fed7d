/* SPDX-License-Identifier: MIT
 *
 * Postcodes, and what is derived from them.
 */
#include "importing.h"

#define HELD \
	"SELECT pcd, laua, ward, lsoa, east, north FROM postcode ORDER BY pcd"

static void test_columns(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "postcodes",
		importing_write(harness, "a.csv",
			TEXT("OSWARD,LSOA11,lsoa21,OSNRTH1M,oseast1m,LAUA,PCD\n"
			     "E05000099,E01000001,E01000002,183961,530626,"
			     "E09000019,N1  0AA\n"
			     ",,,,,E09000019,zz99 9zz\n"
			     ",,,0,0,L99999999,JE1 1AA\n"
			     ",,,374000,333000,N09000003,BT1 1AA\n")));
	assert_int_equal(outcome.batches[0].rows_in, 4);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"BT11AA|N09000003|||-|-\n"
		"JE11AA|L99999999|||-|-\n"
		"N10AA|E09000019|E05000099|E01000002|530626|183961\n"
		"ZZ999ZZ|E09000019|||-|-\n");
}

static void test_kept_aside(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = importing_one(harness, "postcodes",
		importing_write(harness, "a.csv",
			TEXT("pcd,laua,oseast1m,osnrth1m\n"
			     ",E09000019,1,2\n"
			     "N1,E09000019,1,2\n"
			     "N1-0AA,E09000019,1,2\n"
			     "N10 10AAA,E09000019,1,2\n"
			     "N1 0AA,E09000019,east,2\n"
			     "N1 0AB,E09000019,1,-2\n"
			     "N1 0AD,E09000019,1,2\n")));
	assert_int_equal(outcome.batches[0].rows_in, 7);
	assert_int_equal(outcome.batches[0].refused, 6);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT row_number, column_name, value, rule"
				    " FROM import_fault ORDER BY seq"),
		"2|pcd||postcode\n3|pcd|N1|postcode\n4|pcd|N1-0AA|postcode\n"
		"5|pcd|N10 10AAA|postcode\n6|oseast1m|east|number\n"
		"7|osnrth1m|-2|number\n");
	assert_string_equal(IMPORTING_ROWS(harness, HELD),
		"N10AD|E09000019|||1|2\n");
}

/* Episodes first, postcodes later, then a postcode moves: each time the
 * distance is what the postcodes now say. 10 km is 6.2 miles. */
static void test_derived_anew(void **state)
{
	static const char question[] =
		"SELECT pl_laua, pl_location, distance_tenths FROM episode"
		" ORDER BY decom";
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "903/episodes.csv",
			TEXT("CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
			     "REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
			     "T1,01/05/2023,S,C2,N1,U1,PR1,01/06/2023,X1,CARPL,"
			     "N1 0AA,N1 0AB,\n"
			     "T1,01/06/2023,P,C2,N1,U1,PR1,,,,N1 0AA,AB1 2CD,\n")));
	assert_string_equal(IMPORTING_ROWS(harness, question),
		"-|-|9999\n-|-|9999\n");
	HARNESS_DONE(store_script(harness_store(harness),
			     "UPDATE authority SET ons_code = 'E09000019'",
			     &(struct fault){0}),
		&(struct fault){0});
	importing_one(harness, "postcodes",
		importing_write(harness, "a.csv",
			TEXT("pcd,laua,oseast1m,osnrth1m\n"
			     "N1  0AA,E09000019,530000,180000\n"
			     "N1  0AB,E09000019,530000,190000\n"
			     "AB1 2CD,E06000099,533000,184000\n")));
	assert_string_equal(IMPORTING_ROWS(harness, question),
		"E09000019|IN|62\nE06000099|OUT|31\n");
	importing_one(harness, "postcodes",
		importing_write(harness, "b.csv",
			TEXT("pcd,laua,oseast1m,osnrth1m\n"
			     "N1 0AB,E06000099,530000,180000\n")));
	assert_string_equal(IMPORTING_ROWS(harness, question),
		"E06000099|OUT|0\nE06000099|OUT|31\n");
	/* Home turns out to be in Wales: no distance. */
	importing_one(harness, "postcodes",
		importing_write(harness, "c.csv",
			TEXT("pcd,laua,oseast1m,osnrth1m\n"
			     "N1 0AA,W06000099,530000,180000\n")));
	assert_string_equal(IMPORTING_ROWS(harness, question),
		"E06000099|OUT|9999\nE06000099|OUT|9999\n");
}

static void test_sample(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness, "postcodes");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "postcodes", path);
	assert_int_equal(outcome.batches[0].rows_in, 7753);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM postcode"),
		7753);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT laua, east, north FROM postcode"
				    " WHERE pcd = 'N10AD'"),
		"E09000019|530333|184053\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_columns),
		HARNESS_EACH_ENGINE(test_kept_aside),
		HARNESS_EACH_ENGINE(test_derived_anew),
		HARNESS_EACH_ENGINE(test_sample),
	};
	return HARNESS_RUN(tests);
}
