/* SPDX-License-Identifier: MIT
 *
 * The school census from its files to the tables, on either engine: a small
 * invented school with known answers, what is kept aside, what no order or
 * repetition of imports may change, and the public sample.
 */
#include "school.h"

#define ON_HEADING \
	"pupilonrolltableid,NativeId,upn,formerupn,surname,forename," \
	"preferredsurname,formersurname,dob,sex,entrydate,enrolstatus," \
	"ncyearactual,parttime,boarder,termlysessionspossible,senprovision," \
	"language,plaa,youngcarer,ethnicity\n"
#define OFF_HEADING \
	"UPN,pupilnolongeronrolltableid,NativeId,surname,forename,dob,sex," \
	"entrydate,leavingdate,termlysessionspossible\n"
#define REASONS_ON \
	"pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid," \
	"sessions,attendancereason\n"
#define SCHOOLS "NativeId,schoolname,phase,urn,estab\n"

#define ANN "H206201512345"
#define BEN "A206402499017"
#define CAL "Z801234560001"

/* The spring census of 2024: the autumn term of 2023/24. */
static void put_spring(struct harness *harness)
{
	school_put(harness, "2024_spring/school.csv",
		SCHOOLS "S1,Invented Primary,PS,100001,2001\n"
			"S2,Invented All-through,AT,100002,2002\n");
	school_put(harness, "2024_spring/pupilonroll.csv",
		ON_HEADING
		"1,S1," ANN ",,O\xc3\xab"
		"fake,Ann,,,2015-May-01 00:00:00,F,"
		"2020-Sep-01 00:00:00,C,3,False,N,140.0,K,ENG,N,N,WENG\n"
		"2,S2," BEN ",,Mock,Ben,Mock-Up,Sham,2011-Jun-02 00:00:00,M,"
		"2022-Sep-01 00:00:00,C,8,1,B,138.0,N,BNG,G,P,ZZZZ\n");
	school_put(harness, "2024_spring/pupilnolongeronroll.csv",
		OFF_HEADING CAL
		",7,S1,Fake,Cal,2014-Mar-03 00:00:00,M,"
		"2019-Sep-01 00:00:00,2023-Nov-30 00:00:00,90\n" CAL
		",7,S1,Fake,Cal,2014-Mar-03 00:00:00,M,"
		"2019-Sep-01 00:00:00,2023-Dec-01 00:00:00,91\n");
	school_put(harness, "2024_spring/termlysessiondetailsonroll.csv",
		REASONS_ON "1,S1,a,10.0,I\n1,S1,b,4,G\n1,S1,c,6,Y\n"
			   "2,S2,d,3,M\n2,S2,e,2,K\n9,S2,f,1,I\n"
			   "2,S2,g,x,I\n");
	school_put(harness, "2024_spring/termlysessiondetailsoffroll.csv",
		"pupilnolongeronrolltableid,sessions,attendancereason,"
		"termlysessiondetailsoffrolltableid\n7,45.0,O,h\n");
	school_put(harness, "2024_spring/termlyexclusionsonroll.csv",
		"pupilonrolltableid,NativeId,startdate,sessions,reason1,reason2,"
		"reason3,category,senprovision\n"
		"2,S2,2023-Nov-06 00:00:00,4.0,PP,,VA,FIXD,N\n"
		"2,S2,2023-Nov-06 00:00:00,2.0,PP,,,SUSP,N\n");
	school_put(harness, "2024_spring/addresses.csv",
		"pupilonrolltableid,NativeId,uniquepropertyreferencenumber,"
		"postcode\n1,S1,5300000001.0,n1 0aa\n2,S2,,N1 0AB\n");
	school_put(harness, "2024_spring/fsmperiod.csv",
		"pupilonrolltableid,NativeId,fsmstartdate,fsmenddate,ukcountry\n"
		"1,S1,2022-Jan-10 00:00:00,,ENG\n");
	school_put(harness, "2024_spring/senneeds.csv",
		"pupilonrolltableid,NativeId,sentyperank,sentype\n"
		"1,S1,1.0,SLCN\n");
	school_put(harness, "2024_spring/approvisiondetail.csv",
		"pupilonrolltableid,NativeId,apsettingtype\n1,S1,X\n");
}

/* The summer census of 2024: the spring term. Ben is up to 14 of 30. */
static void put_summer(struct harness *harness)
{
	school_put(harness, "2024_summer/pupilonroll.csv",
		ON_HEADING "1,S1," ANN ",,O\xc3\xab"
			   "fake,Ann,,,2015-May-01 00:00:00,F,"
			   "2020-Sep-01 00:00:00,C,3,False,N,110,K,ENG,N,N,\n"
			   "2,S2," BEN ",,Mock,Ben,Mock,,2011-Jun-02 00:00:00,M,"
			   "2022-Sep-01 00:00:00,C,8,False,N,112,N,BNG,N,N,\n");
	school_put(harness, "2024_summer/termlysessiondetailsonroll.csv",
		REASONS_ON "1,S1,a,1,I\n2,S2,b,120,T\n");
}

/* The autumn census of 2024: both halves of the summer term. */
static void put_autumn(struct harness *harness)
{
	school_put(harness, "late/2024_autumn_pupilonroll.csv",
		"pupilonrolltableid,NativeId,upn,dob,sex,surname,forename,"
		"entrydate,ncyearactual,termlysessionspossible,"
		"summerhalfterm2sessionspossible\n"
		"1,S1," ANN ",2015-May-01 00:00:00,F,Oefake,Ann,"
		"2020-Sep-01 00:00:00,4,60,70\n");
	school_put(harness, "late/2024_autumn_termlysessiondetailsonroll.csv",
		REASONS_ON "1,S1,a,2,H\n");
	school_put(harness,
		"late/2024_autumn_summerhalfterm2sessiondetailsonroll.csv",
		"pupilonrolltableid,summerhalfterm2sessiondetailsonrolltableid,"
		"sessions,attendancereason\n1,a,3,J1\n1,b,1,J\n");
}

static const char terms[] =
	"SELECT i.value, t.school, t.year, t.term, t.possible, t.authorised,"
	" t.unauthorised, t.unmapped, t.year_group FROM attendance_term AS t"
	" JOIN identifier AS i ON i.child = t.child AND i.scheme = 'upn'"
	" ORDER BY 1, 2, 3, 4";
static const char states[] =
	"SELECT i.value, s.phase, s.school, s.starts, s.ends, s.status"
	" FROM absence_state AS s"
	" JOIN identifier AS i ON i.child = s.child AND i.scheme = 'upn'"
	" ORDER BY 1, 2, 3, 4";

/* Easter 2024: 31 March. Ann misses 14 of 140 (Y is not possible), then 15 of
 * 250, then 17 of 380 (H is still authorised, J an activity, J1 not yet a
 * code); Ben 3 of 138 (K not yet a code), then 123 of 250; Cal, who left,
 * stays at 45 of 90. For the summer S2 sent nothing: Ben stays at his sum. */
static const char all_states[] = BEN
	"|secondary|S2|2023-12-31|2024-03-31|0\n" BEN
	"|secondary|S2|2024-03-31|2024-12-31|1\n" ANN
	"|primary|S1|2023-12-31|2024-03-31|1\n" ANN
	"|primary|S1|2024-03-31|2024-12-31|0\n" CAL
	"|primary|S1|2023-12-31|2024-12-31|2\n";

static void test_one_census(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	struct import_outcome outcome = school_import(harness, "census",
		"2024_spring");
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(outcome.batches[0].label, "2024 spring");
	assert_int_equal(outcome.batches[0].rows_in, 21);
	assert_int_equal(outcome.batches[0].refused, 4);
	assert_int_equal(outcome.batches[0].children, 3);
	assert_int_equal(outcome.files, 10);
	school_expect(harness, terms,
		BEN "|S2|2023|0|138|3|0|2|8\n" ANN
		    "|S1|2023|0|140|10|4|0|3\n" CAL "|S1|2023|0|90|0|45|0|-\n");
	school_expect(harness,
		"SELECT code, sessions FROM attendance_reason ORDER BY code",
		"G|4\nI|10\nK|2\nM|3\nO|45\nY|6\n");
	school_expect(harness,
		"SELECT rule, severity, COUNT(*) FROM import_fault"
		" GROUP BY rule, severity ORDER BY rule, severity",
		"code|warned|2\nduplicate|refused|2\nnumber|refused|1\n"
		"pupil|refused|1\nunused|noted|1\n");
	school_expect(harness,
		"SELECT school, starts, ends, status, is_boarder FROM enrolment"
		" ORDER BY starts",
		"S1|2019-09-01|2023-11-30|-|-\nS1|2020-09-01|-|C|0\n"
		"S2|2022-09-01|-|C|1\n");
	school_expect(harness,
		"SELECT school, census, year_group, sen, is_part_time, language,"
		" plaa, young_carer FROM census_pupil ORDER BY school",
		"S1|2024-01-18|3|K|0|ENG|N|N\nS2|2024-01-18|8|N|1|BNG|G|P\n");
	school_expect(harness,
		"SELECT starts, category, sessions, reasons FROM exclusion",
		"2023-11-06|SUSP|4|PP  VA\n");
	school_expect(harness,
		"SELECT starts, postcode, uprn, feed FROM address"
		" ORDER BY postcode",
		"2024-01-18|N10AA|5300000001|census\n"
		"2024-01-18|N10AB||census\n");
	school_expect(harness, "SELECT starts, ends, country FROM fsm",
		"2022-01-10|-|ENG\n");
	school_expect(harness, "SELECT census, rank, kind FROM sen_need",
		"2024-01-18|1|SLCN\n");
	school_expect(harness,
		"SELECT school, name, urn, estab, phase FROM school"
		" ORDER BY school",
		"S1|Invented Primary|100001|2001|primary\n"
		"S2|Invented All-through|100002|2002|all-through\n");
	school_expect(harness,
		"SELECT kind, folded FROM child_name ORDER BY folded",
		"legal|fake cal\nlegal|mock ben\npreferred|mock-up ben\n"
		"legal|oefake ann\nformer|sham ben\n");
	school_expect(harness,
		"SELECT sex, ethnicity, ethnicity_source FROM child"
		" ORDER BY born",
		"M|-|ZZZZ\nM|-|-\nF|WBRI|WENG\n");
}

static void test_three_censuses(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	put_summer(harness);
	put_autumn(harness);
	school_import(harness, "census", "2024_spring");
	school_import(harness, "census", "2024_summer");
	school_import(harness, "census", "late");
	school_expect(harness, terms,
		BEN "|S2|2023|0|138|3|0|2|8\n" BEN "|S2|2023|1|112|120|0|0|8\n" ANN
		    "|S1|2023|0|140|10|4|0|3\n" ANN
		    "|S1|2023|1|110|1|0|0|3\n" ANN "|S1|2023|2|60|2|0|0|3\n" ANN
		    "|S1|2023|3|70|0|0|3|3\n" CAL "|S1|2023|0|90|0|45|0|-\n");
	school_expect(harness, states, all_states);
	school_expect(harness,
		"SELECT rule, message FROM import_fault WHERE rule = 'possible'",
		"possible|The reasons add up to 120 sessions, of 112 possible.\n");
}

/* Also that an older census does not undo what a later one has said. */
static void test_order_does_not_matter(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	put_summer(harness);
	put_autumn(harness);
	school_put(harness, "2024_summer/pupilnolongeronroll.csv",
		OFF_HEADING BEN ",8,S2,Mock,Ben,2011-Jun-02 00:00:00,M,"
				"2022-Sep-01 00:00:00,2024-May-10 00:00:00,\n");
	school_import(harness, "census", "late");
	school_import(harness, "census", "2024_summer");
	school_import(harness, "census", "2024_spring");
	school_expect(harness, states, all_states);
}

static void test_later_census_stands(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	school_put(harness, "2024_summer/school.csv",
		SCHOOLS "S1,Renamed,AT,100001,2001\n");
	school_put(harness, "2024_summer/pupilnolongeronroll.csv",
		OFF_HEADING BEN ",8,S2,Mock,Ben,2011-Jun-02 00:00:00,M,"
				"2022-Sep-01 00:00:00,2024-Mar-10 00:00:00,\n");
	school_put(harness, "2024_summer/fsmperiod.csv",
		"pupilnolongeronrolltableid,fsmstartdate,fsmenddate\n"
		"8,2023-Jan-10 00:00:00,2024-Mar-10 00:00:00\n");
	school_put(harness, "2024_spring/fsmperiod.csv",
		"pupilonrolltableid,NativeId,fsmstartdate,fsmenddate,ukcountry\n"
		"2,S2,2023-Jan-10 00:00:00,,ENG\n");
	school_import(harness, "census", "2024_summer");
	school_import(harness, "census", "2024_spring");
	school_expect(harness, "SELECT ends FROM enrolment WHERE school = 'S2'",
		"2024-03-10\n");
	school_expect(harness, "SELECT ends FROM fsm", "2024-03-10\n");
	school_expect(harness,
		"SELECT school, name, phase FROM school ORDER BY school",
		"S1|Renamed|all-through\n"
		"S2|Invented All-through|all-through\n");
}

static void test_again_changes_nothing(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	school_import(harness, "census", "2024_spring");
	const char *before = harness_rows(harness, harness_store(harness), terms);
	struct import_outcome outcome = school_import(harness, "census",
		"2024_spring");
	assert_int_equal(outcome.batch_count, 0);
	assert_int_equal(outcome.passed_over, 10);
	school_expect(harness, terms, before);
	school_expect(harness, "SELECT COUNT(*) FROM batch", "1\n");
}

/* A corrected table is read together with the ones it joins to, and replaces
 * what the first import said of the pupils in it. */
static void test_newer_file_replaces(void **state)
{
	struct harness *harness = harness_of(state);
	put_spring(harness);
	school_import(harness, "census", "2024_spring");
	school_put(harness, "2024_spring/termlysessiondetailsonroll.csv",
		REASONS_ON "1,S1,a,5,M\n2,S2,d,3,M\n");
	school_put(harness, "2024_spring/fsmperiod.csv",
		"pupilonrolltableid,NativeId,fsmstartdate,fsmenddate,ukcountry\n"
		"1,S1,2022-Feb-11 00:00:00,,ENG\n");
	struct import_outcome outcome = school_import(harness, "census",
		"2024_spring");
	assert_int_equal(outcome.batch_count, 1);
	assert_int_equal(outcome.files, 10);
	assert_int_equal(outcome.passed_over, 0);
	school_expect(harness, terms,
		BEN "|S2|2023|0|138|3|0|0|8\n" ANN
		    "|S1|2023|0|140|5|0|0|3\n" CAL "|S1|2023|0|90|0|45|0|-\n");
	school_expect(harness,
		"SELECT code, sessions FROM attendance_reason"
		" ORDER BY code, sessions",
		"M|3\nM|5\nO|45\n");
	school_expect(harness, "SELECT starts FROM fsm", "2022-02-11\n");
	school_expect(harness, "SELECT COUNT(*) FROM child", "3\n");
	school_expect(harness, "SELECT COUNT(*) FROM enrolment", "3\n");
	school_expect(harness, "SELECT COUNT(*) FROM census_pupil", "2\n");
	school_expect(harness, "SELECT COUNT(*) FROM address", "2\n");
}

/* A pupil without a number is found again by name and date of birth. */
static void test_pupil_without_number(void **state)
{
	struct harness *harness = harness_of(state);
	char bytes[1024];
	for (int possible = 100; possible < 103; possible++) {
		snprintf(bytes, sizeof bytes,
			ON_HEADING
			"1,S1,,,Nil,Nora,,,2015-May-01 00:00:00,F,"
			"2020-Sep-01 00:00:00,C,3,False,N,%d,K,ENG,N,N,\n"
			"2,S1,,,Nil,Norma,,,2015-May-01 00:00:00,F,"
			"2020-Sep-01 00:00:00,C,3,False,N,100,K,ENG,N,N,\n",
			possible);
		school_put(harness, "2024_spring/pupilonroll.csv", bytes);
		school_put(harness, "2024_spring/termlysessiondetailsonroll.csv",
			REASONS_ON "1,S1,a,5,M\n");
		school_import(harness, "census", "2024_spring");
	}
	school_expect(harness,
		"SELECT possible FROM attendance_term ORDER BY possible",
		"100\n102\n");
	school_expect(harness, "SELECT COUNT(*) FROM child", "2\n");
}

/* No table of reasons is not no absence: totals stand in, or the term is out. */
static void test_without_reasons(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "2024_spring/pupilonroll.csv",
		"pupilonrolltableid,NativeId,upn,dob,surname,forename,entrydate,"
		"termlysessionspossible,termlysessionsauthorised,"
		"termlysessionsunauthorised\n"
		"1,S1," ANN ",2015-05-01,Fake,Ann,2020-09-01,100,6,7\n"
		"2,S1," BEN ",2011-06-02,Mock,Ben,2022-09-01,100,,\n");
	school_import(harness, "census", "2024_spring");
	school_expect(harness, terms, ANN "|S1|2023|0|100|6|7|0|-\n");
	school_expect(harness,
		"SELECT severity, row_number FROM import_fault"
		" WHERE rule = 'possible'",
		"warned|3\n");
}

/* Left and came back: one enrolment of two entries, counted once. */
static void test_two_entries(void **state)
{
	struct harness *harness = harness_of(state);
	school_put(harness, "2024_spring/pupilonroll.csv",
		ON_HEADING "1,S1," ANN ",,Fake,Ann,,,2015-May-01,F,2023-Nov-20,C,"
			   "3,False,N,40,K,ENG,N,N,\n");
	school_put(harness, "2024_spring/pupilnolongeronroll.csv",
		OFF_HEADING ANN ",1,S1,Fake,Ann,2015-May-01,F,2020-Sep-01,"
				"2023-Oct-10,60\n");
	school_put(harness, "2024_spring/termlysessiondetailsonroll.csv",
		REASONS_ON "1,S1,a,4,I\n");
	school_put(harness, "2024_spring/termlysessiondetailsoffroll.csv",
		"pupilnolongeronrolltableid,sessions,attendancereason\n"
		"1,6,I\n");
	school_import(harness, "census", "2024_spring");
	school_expect(harness, terms, ANN "|S1|2023|0|100|10|0|0|3\n");
	school_expect(harness, "SELECT COUNT(*) FROM enrolment", "2\n");
	school_expect(harness, "SELECT status FROM absence_state", "1\n");
}

static void test_which_census(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = {0};
	struct fault fault = {0};
	school_put(harness, "x/pupilonroll.csv",
		"pupilonrolltableid,NativeId,upn,dob,entrydate\n"
		"1,S1," ANN ",2015-05-01,2020-09-01\n");
	assert_false(school_try(harness, "census", harness_path(harness, "x"),
		&outcome, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	assert_non_null(strstr(fault.message, "which school census"));
	school_expect(harness, "SELECT COUNT(*) FROM batch", "0\n");
	school_put(harness, "x/schoolcensus.csv",
		"schoolcensustableid,year,term,referencedate\n"
		"1,2024.0,SPR,2024-Jan-18 00:00:00\n");
	outcome = school_import(harness, "census", "x");
	assert_string_equal(outcome.batches[0].label, "2024 spring");
}

/* A file that is none of the census's stops the import; nothing stays. */
static void test_failure_leaves_nothing(void **state)
{
	struct harness *harness = harness_of(state);
	static const char *const counts[] = {"SELECT COUNT(*) FROM child",
		"SELECT COUNT(*) FROM batch", "SELECT COUNT(*) FROM enrolment",
		"SELECT COUNT(*) FROM attendance_term",
		"SELECT COUNT(*) FROM absence_state",
		"SELECT COUNT(*) FROM batch_chunk"};
	struct import_outcome outcome = {0};
	struct fault fault = {0};
	put_spring(harness);
	school_put(harness, "2024_spring/zebra.csv", "a,b\n1,2\n");
	assert_false(school_try(harness, "census",
		harness_path(harness, "2024_spring"), &outcome, &fault));
	assert_non_null(strstr(fault.message, "zebra.csv"));
	for (size_t i = 0; i < COUNT_OF(counts); i++)
		school_expect(harness, counts[i], "0\n");
}

/* The public sample; counts and sums computed apart from this program. */
static void test_sample(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = school_sample(harness, "school-census");
	struct import_outcome outcome = {0};
	struct fault fault = {0};
	if (path == NULL)
		return;
	HARNESS_DONE(school_try(harness, "census", path, &outcome, &fault),
		&fault);
	assert_int_equal(outcome.batch_count, 2);
	assert_int_equal(outcome.files, 8);
	assert_string_equal(outcome.batches[0].label, "2024 autumn");
	assert_int_equal(outcome.batches[0].rows_in,
		308 + 1328 + 1343 + 318 + 1698);
	assert_int_equal(outcome.batches[0].children, 297);
	assert_string_equal(outcome.batches[1].label, "2025 summer");
	assert_int_equal(outcome.batches[1].rows_in, 700 + 3085 + 780);
	assert_int_equal(outcome.batches[1].children, 700);
	school_expect(harness,
		"SELECT content, rows_in FROM batch_file"
		" WHERE content = 'Pupil' ORDER BY rows_in",
		"Pupil|308\nPupil|700\n");
	school_expect(harness,
		"SELECT b.label, f.rule, COUNT(*) FROM import_fault AS f"
		" JOIN batch AS b ON b.id = f.batch"
		" WHERE f.severity = 'refused'"
		" GROUP BY b.label, f.rule ORDER BY b.label, f.rule",
		"2024 autumn|duplicate|21\n2024 autumn|number|31\n"
		"2025 summer|duplicate|13\n2025 summer|number|28\n");
	school_expect(harness,
		"SELECT COUNT(*) FROM import_fault"
		" WHERE rule = 'duplicate'"
		" AND column_name = 'pupilnolongeronrolltableid'",
		"11\n");
	school_expect(harness,
		"SELECT year, term, COUNT(*), SUM(possible), SUM(authorised),"
		" SUM(unauthorised), SUM(unmapped) FROM attendance_term"
		" GROUP BY year, term ORDER BY year, term",
		"2023|2|297|38231|107999|45236|0\n"
		"2023|3|297|38483|88644|49040|20577\n"
		"2024|1|700|90168|215961|105230|48520\n");
	school_expect(harness,
		"SELECT year, term, COUNT(*) FROM attendance_reason"
		" GROUP BY year, term ORDER BY year, term",
		"2023|2|1295\n2023|3|1308\n2024|1|3057\n");
	school_expect(harness, "SELECT COUNT(*) FROM enrolment", "997\n");
	school_expect(harness, "SELECT COUNT(*) FROM census_pupil", "700\n");
	school_expect(harness, "SELECT COUNT(*) FROM exclusion", "1075\n");
	school_expect(harness, "SELECT COUNT(*) FROM address", "1698\n");
	school_expect(harness,
		"SELECT COUNT(*) FROM identifier"
		" WHERE scheme = 'upn' AND grade = 'form'",
		"976\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_one_census),
		HARNESS_EACH_ENGINE(test_three_censuses),
		HARNESS_EACH_ENGINE(test_order_does_not_matter),
		HARNESS_EACH_ENGINE(test_later_census_stands),
		HARNESS_EACH_ENGINE(test_again_changes_nothing),
		HARNESS_EACH_ENGINE(test_newer_file_replaces),
		HARNESS_EACH_ENGINE(test_pupil_without_number),
		HARNESS_EACH_ENGINE(test_without_reasons),
		HARNESS_EACH_ENGINE(test_two_entries),
		HARNESS_EACH_ENGINE(test_which_census),
		HARNESS_EACH_ENGINE(test_failure_leaves_nothing),
		HARNESS_EACH_ENGINE(test_sample),
	};
	return HARNESS_RUN(tests);
}
