/* SPDX-License-Identifier: MIT
 *
 * The children in need census: what is filled, what is said, and that the
 * order in which returns come leaves no trace.
 *
 * Long because the returns stand in it, element by element.
 */
#include "importing.h"

#include <string.h>

extern const struct embedded cin_sql[];

#define HEADER(reference) \
	"<Message><Header><CollectionDetails><Collection>CIN</Collection>\n" \
	"<Year>2024</Year><ReferenceDate>" reference "</ReferenceDate>\n" \
	"</CollectionDetails><Source><LEA>206</LEA></Source></Header>\n" \
	"<Children>\n"
#define FOOTER "</Children></Message>\n"
#define CHILD(id, born, details) \
	"<Child><ChildIdentifiers><LAchildID>" id "</LAchildID>" \
	"<PersonBirthDate>" born "</PersonBirthDate><Sex>F</Sex>" \
	"</ChildIdentifiers>\n<ChildCharacteristics><Ethnicity>WBRI</Ethnicity>" \
	"</ChildCharacteristics>\n" details "</Child>\n"
#define DETAILS(referred, rest) \
	"<CINdetails><CINreferralDate>" referred "</CINreferralDate>\n" \
	"<ReferralSource>6</ReferralSource><PrimaryNeedCode>N1</PrimaryNeedCode>" \
	"<ReferralNFA>0</ReferralNFA>\n" rest "</CINdetails>\n"
#define PLAN(first, last) \
	"<ChildProtectionPlans><CPPstartDate>" first "</CPPstartDate>\n" last \
	"<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>" \
	"<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>" \
	"<NumberOfPreviousCPP>1</NumberOfPreviousCPP><Reviews>" \
	"<CPPreviewDate>2024-01-09</CPPreviewDate>" \
	"<CPPreviewDate>2024-01-09</CPPreviewDate></Reviews>" \
	"</ChildProtectionPlans>\n"

/* Everything the feed fills, without ids: so dumps of two stores compare. */
static const char *const dumps[] = {
	"SELECT i.value, c.born, c.expected, c.died, c.sex, c.ethnicity"
	" FROM child AS c JOIN identifier AS i ON i.la = c.la AND i.child = c.id"
	" ORDER BY 1, 2",
	"SELECT i.value, r.referred, r.source, r.need, r.nfa, r.closed,"
	" r.closure_reason, r.transfer_cpc, r.year, r.row_number"
	" FROM referral AS r JOIN identifier AS i ON i.la = r.la"
	" AND i.child = r.child AND i.scheme = 'child_id'"
	" WHERE r.feed = 'cin' ORDER BY 1, 2, 10",
	"SELECT r.referred, a.started, a.reviewed, a.authorised, a.days, f.factor"
	" FROM assessment AS a JOIN referral AS r ON r.la = a.la"
	" AND r.id = a.referral LEFT JOIN assessment_factor AS f"
	" ON f.la = a.la AND f.assessment = a.id ORDER BY 1, 2, 3, 4, 6",
	"SELECT r.referred, s.started, s.target, s.icpc, s.icpc_days,"
	" s.icpc_not_required FROM section47 AS s JOIN referral AS r"
	" ON r.la = s.la AND r.id = s.referral ORDER BY 1, 2, 3, 4",
	"SELECT r.referred, p.starts, p.ends FROM cin_plan AS p"
	" JOIN referral AS r ON r.la = p.la AND r.id = p.referral ORDER BY 1, 2, 3",
	"SELECT r.referred, p.starts, p.ends, p.initial_category,"
	" p.latest_category, p.previous_supplied, p.previous_counted, v.held"
	" FROM cp_plan AS p JOIN referral AS r ON r.la = p.la"
	" AND r.id = p.referral LEFT JOIN cp_review AS v ON v.la = p.la"
	" AND v.plan = p.id ORDER BY 1, 2, 3, 8",
	"SELECT i.value, d.code FROM disability AS d JOIN identifier AS i"
	" ON i.la = d.la AND i.child = d.child AND i.scheme = 'child_id'"
	" ORDER BY 1, 2",
	"SELECT COUNT(*) FROM assessment",
	"SELECT COUNT(*) FROM section47",
	"SELECT COUNT(*) FROM cp_plan",
	"SELECT COUNT(*) FROM assessment_factor",
	"SELECT COUNT(*) FROM cp_review",
};

static const char *dump(struct harness *harness, struct store *store)
{
	const char *all = "";
	for (size_t i = 0; i < COUNT_OF(dumps); i++)
		all = arena_format(harness_arena(harness), "%s%zu:\n%s", all, i,
			harness_rows(harness, store, dumps[i]));
	return all;
}

static struct import_outcome import_text(struct harness *harness,
	const char *name, const char *content)
{
	return importing_one(harness, "cin",
		importing_write(harness, name, text_of(content)));
}

/* ---- What is filled ---- */

static const char whole[] = HEADER(
	"2024-03-31") "stray <Child><ChildCharacteristics><Disabilities>"
		      "<Disability>AUT</Disability><Disability>HEAR</Disability>"
		      "</Disabilities><Ethnicity>MWBC</Ethnicity></ChildCharacteristics>\n"
		      "<CINdetails><ReferralNFA>false</ReferralNFA>\n"
		      "<ChildProtectionPlans><Reviews><CPPreviewDate>2024-01-10</CPPreviewDate>"
		      "<CPPreviewDate>2024-03-08</CPPreviewDate></Reviews>"
		      "<NumberOfPreviousCPP>2</NumberOfPreviousCPP>"
		      "<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>"
		      "<InitialCategoryOfAbuse>NEG</InitialCategoryOfAbuse>"
		      "<CPPstartDate>2023-11-10</CPPstartDate></ChildProtectionPlans>\n"
		      "<PreProceedingsandFGDM><CINreferralDate>1999-01-01</CINreferralDate>"
		      "<Section47><S47ActualStartDate>1999-01-01</S47ActualStartDate>"
		      "</Section47></PreProceedingsandFGDM>\n"
		      "<Section47><S47ActualStartDate>2023-10-27</S47ActualStartDate>"
		      "<InitialCPCtarget>2023-11-17</InitialCPCtarget>"
		      "<DateOfInitialCPC>2023-11-10</DateOfInitialCPC>"
		      "<ICPCnotRequired>0</ICPCnotRequired></Section47>\n"
		      "<CINPlanDates><CINPlanStartDate>2023-10-20</CINPlanStartDate>"
		      "<CINPlanEndDate>2023-11-10</CINPlanEndDate></CINPlanDates>\n"
		      "<Assessments><FactorsIdentifiedAtAssessment>"
		      "<AssessmentFactors>2A</AssessmentFactors>"
		      "<AssessmentFactors>16A</AssessmentFactors>"
		      "</FactorsIdentifiedAtAssessment>"
		      "<AssessmentActualStartDate>2023-12-20</AssessmentActualStartDate>"
		      "<AssessmentInternalReviewDate>2023-12-21</AssessmentInternalReviewDate>"
		      "<AssessmentAuthorisationDate>2024-01-03</AssessmentAuthorisationDate>"
		      "</Assessments>\n<CINreferralDate>2023-10-02</CINreferralDate>\n"
		      "<PrimaryNeedCode>N1</PrimaryNeedCode><ReferralSource>1A</ReferralSource>"
		      "<CINclosureDate>2024-03-20</CINclosureDate>"
		      "<ReasonForClosure>RC8</ReasonForClosure></CINdetails>\n"
		      "<ChildIdentifiers><Sex>1</Sex>PersonBirthDate"
		      "<PersonBirthDate>2015-05-06</PersonBirthDate>"
		      "<UPN>H206201512345</UPN><FormerUPN>A206402499017</FormerUPN>"
		      "<LAchildID>MADEUP1</LAchildID></ChildIdentifiers></Child>\n"
		      "<Child><ChildIdentifiers><LAchildID>MADEUP2</LAchildID>"
		      "<UPNunknown>UN1</UPNunknown>"
		      "<ExpectedPersonBirthDate>2024-06-01</ExpectedPersonBirthDate>"
		      "<GenderCurrent>0</GenderCurrent></ChildIdentifiers></Child>\n" FOOTER;

static void test_fills_every_table(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = import_text(harness, "whole.xml", whole);
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(outcome.batches[0].label, "2023-24");
	assert_int_equal(outcome.batches[0].rows_in, 1);
	assert_int_equal(outcome.batches[0].children, 2);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(dump(harness, harness_store(harness)),
		"0:\nA206402499017|2015-05-06|-|-|M|MWBC\n"
		"H206201512345|2015-05-06|-|-|M|MWBC\n"
		"MADEUP1|2015-05-06|-|-|M|MWBC\n"
		"MADEUP2|-|2024-06-01|-|U|-\n"
		"1:\nMADEUP1|2023-10-02|1A|N1|0|2024-03-20|RC8|-|2023|6\n"
		/* Not worked: 25, 26 December, 1 January, two weekends. */
		"2:\n2023-10-02|2023-12-20|2023-12-21|2024-01-03|7|16A\n"
		"2023-10-02|2023-12-20|2023-12-21|2024-01-03|7|2A\n"
		"3:\n2023-10-02|2023-10-27|2023-11-17|2023-11-10|10|0\n"
		"4:\n2023-10-02|2023-10-20|2023-11-10\n"
		"5:\n2023-10-02|2023-11-10|-|NEG|EMO|2|0|2024-01-10\n"
		"2023-10-02|2023-11-10|-|NEG|EMO|2|0|2024-03-08\n"
		"6:\nMADEUP1|AUT\nMADEUP1|HEAR\n"
		"7:\n1\n8:\n1\n9:\n1\n10:\n2\n11:\n2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT rule, severity, column_name,"
				    " row_number FROM import_fault WHERE severity <> 'noted'"),
		"");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT column_name, row_number,"
				    " message FROM import_fault WHERE rule = 'element'"),
		"PreProceedingsandFGDM|8|"
		"The first of 1 elements that were passed over.\n");
}

/* ---- What is said ---- */

/* clang-format off */
static const char faulty[] = HEADER("2024-03-31")
	CHILD("MADEUP1", "2015-13-06",
		DETAILS("soon", PLAN("2023-01-01", ""))
		DETAILS("2023-10-02",
			"<CINclosureDate>2023-10-01</CINclosureDate>"
			"<ReasonForClosure>RC9</ReasonForClosure>"
			"<DateOfInitialCPC>2023-11-11</DateOfInitialCPC>\n"
			"<Section47><S47ActualStartDate>2023-11-01"
			"</S47ActualStartDate><DateOfInitialCPC>2023-11-10"
			"</DateOfInitialCPC><ICPCnotRequired>perhaps"
			"</ICPCnotRequired></Section47>\n"
			"<Section47><ICPCnotRequired>0</ICPCnotRequired>"
			"</Section47>\n"
			PLAN("2023-11-10", "<CPPendDate>2023-11-10</CPPendDate>")
			PLAN("2023-11-11", "") PLAN("2023-11-20", "")
			"<CINPlanDates><CINPlanStartDate>2023-12-01"
			"</CINPlanStartDate></CINPlanDates>"))
	"<Child><CINdetails/></Child>"
	CHILD("MADEUP2", "2016-01-01",
		"<ChildCharacteristics><Disability>NONE</Disability>\n"
		"<Disability>ODD</Disability></ChildCharacteristics>\n"
		"<CINdetails><CINreferralDate>2023-05-05</CINreferralDate>"
		"<ReferralSource>99</ReferralSource><ReferralNFA>1</ReferralNFA>"
		"<Assessments><AssessmentActualStartDate>2023-06-06"
		"</AssessmentActualStartDate><AssessmentAuthorisationDate>"
		"2023-06-01</AssessmentAuthorisationDate></Assessments>"
		"</CINdetails>\n")
	FOOTER;
/* clang-format on */

static void test_says_what_is_wrong(void **state)
{
	struct harness *harness = harness_of(state);
	struct import_outcome outcome = import_text(harness, "faulty.xml",
		faulty);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT rule, severity, column_name,"
				    " value FROM import_fault ORDER BY seq"),
		"date|warned|PersonBirthDate|2015-13-06\n"
		"missing|refused|CINreferralDate|soon\n"
		"flag|warned|ICPCnotRequired|perhaps\n"
		"missing|refused|S47ActualStartDate|\n"
		"before-referral|warned|CINclosureDate|2023-10-01\n"
		"2884|warned|DateOfInitialCPC|2023-11-10\n"
		"8840|warned|CPPendDate|2023-11-10\n"
		"2885|warned|CPPstartDate|2023-11-20\n"
		"8875|warned|DateOfInitialCPC|2023-11-11\n"
		"closure|warned|ReasonForClosure|RC9\n"
		"8935|warned|CPPstartDate|2023-11-20\n"
		"4016|warned|CINPlanStartDate|2023-12-01\n"
		"missing|refused|LAchildID|\n"
		"missing|refused|CINreferralDate|\n"
		"code|warned|Disability|ODD\n"
		"code|warned|ReferralSource|99\n"
		"disability|warned|Disability|NONE\n"
		"order|warned|AssessmentAuthorisationDate|2023-06-01\n"
		"nfa|warned|ReferralNFA|1\n");
	assert_int_equal(outcome.batches[0].refused, 4);
	assert_string_equal(IMPORTING_ROWS(harness, "SELECT COUNT(*) FROM child"),
		"2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT referred FROM referral ORDER BY referred"),
		"2023-05-05\n2023-10-02\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT starts, previous_counted FROM cp_plan ORDER BY starts"),
		"2023-11-10|0\n2023-11-11|1\n2023-11-20|2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT days IS NULL FROM assessment"),
		harness_engine(harness) == STORE_SQLITE ? "1\n" : "t\n");
}

/* 5D came with 2022-23 and 24A with 2021-22; 18A went after 2020-21. */
static void test_codes_of_the_year(void **state)
{
#define OF_YEAR(reference, referred, source, factor) \
	HEADER(reference) \
	CHILD("MADEUP1", "2015-05-06", \
		"<CINdetails><CINreferralDate>" referred "</CINreferralDate>" \
		"<ReferralSource>" source "</ReferralSource><Assessments>" \
		"<AssessmentActualStartDate>" referred \
		"</AssessmentActualStartDate><FactorsIdentifiedAtAssessment>" \
		"<AssessmentFactors>" factor "</AssessmentFactors>" \
		"</FactorsIdentifiedAtAssessment></Assessments></CINdetails>") \
	FOOTER
	struct harness *harness = harness_of(state);
	import_text(harness, "2021.xml",
		OF_YEAR("2021-03-31", "2020-06-01", "5D", "24A"));
	import_text(harness, "2022.xml",
		OF_YEAR("2022-03-31", "2021-06-01", "6", "18A"));
	import_text(harness, "2023.xml",
		OF_YEAR("2023-03-31", "2022-06-01", "5D", "24A"));
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT b.label, f.rule, f.severity,"
				    " f.column_name, f.value"
				    " FROM import_fault AS f JOIN batch AS b"
				    " ON b.la = f.la AND b.id = f.batch"
				    " WHERE f.rule = 'code-year'"
				    " ORDER BY b.label, f.value"),
		"2020-21|code-year|warned|AssessmentFactors|24A\n"
		"2020-21|code-year|warned|ReferralSource|5D\n"
		"2021-22|code-year|warned|AssessmentFactors|18A\n");
	/* Kept all the same. */
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT source FROM referral ORDER BY referred"),
		"5D\n6\n5D\n");
}

static void test_names_another_authority(void **state)
{
	struct harness *harness = harness_of(state);
	import_text(harness, "a.xml",
		"<Message><Children></Children><Header><Collection>CIN"
		"</Collection><ReferenceDate>2024-03-31</ReferenceDate>"
		"<LEA>207</LEA></Header></Message>");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT rule, severity, value"
				    " FROM import_fault"),
		"lea|warned|207\n");
}

/* ---- Successive returns ---- */

#define OPEN_EPISODE DETAILS("2023-02-01", PLAN("2023-02-20", ""))
#define CLOSED_EPISODE \
	DETAILS("2023-02-01", \
		"<CINclosureDate>2024-02-01</CINclosureDate>" \
		"<ReasonForClosure>RC7</ReasonForClosure>" PLAN("2023-02-20", \
			"<CPPendDate>2023-09-01</CPPendDate>"))
#define LATEST_EPISODE \
	DETAILS("2024-05-01", \
		"<Assessments><AssessmentActualStartDate>" \
		"2024-05-02</AssessmentActualStartDate>" \
		"<FactorsIdentifiedAtAssessment><AssessmentFactors>7A" \
		"</AssessmentFactors></FactorsIdentifiedAtAssessment>" \
		"</Assessments>" PLAN("2024-05-20", ""))

/* clang-format off */
static const struct {
	const char *name, *content;
} years[] = {
	{"2023.xml", HEADER("2023-03-31")
		CHILD("MADEUP1", "2015-05-06", OPEN_EPISODE)
		CHILD("MADEUP2", "2012-02-29", DETAILS("2022-06-01", "")) FOOTER},
	{"2024.xml", HEADER("2024-03-31")
		CHILD("MADEUP1", "2015-05-06", CLOSED_EPISODE) FOOTER},
	{"2025.xml", HEADER("2025-03-31")
		CHILD("MADEUP1", "2015-05-06", LATEST_EPISODE) FOOTER},
};
/* clang-format on */

static const char after_all[] =
	"SELECT r.referred, r.closed, r.year, p.starts, p.ends,"
	" p.previous_counted FROM referral AS r LEFT JOIN cp_plan AS p"
	" ON p.la = r.la AND p.referral = r.id ORDER BY 1, 4";

static const char *import_years(struct harness *harness, const int order[3])
{
	for (size_t i = 0; i < COUNT_OF(years); i++)
		import_text(harness, years[order[i]].name,
			years[order[i]].content);
	return dump(harness, harness_store(harness));
}

/* The same store cannot be emptied, so each order has a harness of its own. */
static void test_order_of_years_leaves_no_trace(void **state)
{
	struct harness *harness = harness_of(state);
	static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
		{1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
	const char *first = import_years(harness, orders[0]);
	assert_string_equal(IMPORTING_ROWS(harness, after_all),
		"2022-06-01|-|2022|-|-|-\n"
		"2023-02-01|2024-02-01|2023|2023-02-20|2023-09-01|0\n"
		"2024-05-01|-|2024|2024-05-20|-|1\n");
	for (size_t i = 1; i < COUNT_OF(orders); i++) {
		struct harness *other = harness_open(harness_engine(harness));
		assert_string_equal(import_years(other, orders[i]), first);
		harness_close(other);
	}
	struct harness *together = harness_open(harness_engine(harness));
	const char *paths[COUNT_OF(years) + 1] = {NULL};
	for (size_t i = 0; i < COUNT_OF(years); i++)
		paths[i] = importing_write(together, years[i].name,
			text_of(years[i].content));
	assert_int_equal(importing_all(together, "cin", paths).batch_count, 3);
	assert_string_equal(dump(together, harness_store(together)), first);
	harness_close(together);
}

static void test_latest_return_of_a_year_stands(void **state)
{
	struct harness *harness = harness_of(state);
	static const char early[] = HEADER("2023-09-30") CHILD("MADEUP1",
		"2015-05-06", OPEN_EPISODE DETAILS("2023-08-08", "")) FOOTER;
	static const char expected[] =
		"2023-02-01|2024-02-01|2023|2023-02-20|2023-09-01|0\n";
	struct import_outcome outcome = import_text(harness, "early.xml", early);
	assert_string_equal(outcome.batches[0].label, "2023-24 to 2023-09-30");
	import_text(harness, "late.xml", years[1].content);
	assert_string_equal(IMPORTING_ROWS(harness, after_all), expected);
	struct harness *other = harness_open(harness_engine(harness));
	import_text(other, "late.xml", years[1].content);
	import_text(other, "early.xml", early);
	assert_string_equal(IMPORTING_ROWS(other, after_all), expected);
	harness_close(other);
}

/* A return that was replaced and comes once more counts again. */
static void test_replaced_comes_back(void **state)
{
	struct harness *harness = harness_of(state);
	static const char first[] = HEADER("2024-03-31")
		CHILD("MADEUP1", "2015-05-06", OPEN_EPISODE) FOOTER;
	import_text(harness, "v1.xml", first);
	const char *before = dump(harness, harness_store(harness));
	import_text(harness, "v2.xml", years[1].content);
	assert_string_not_equal(dump(harness, harness_store(harness)), before);
	struct import_outcome outcome = import_text(harness, "v1.xml", first);
	assert_int_equal(outcome.passed_over, 0);
	assert_int_equal(outcome.again, 1);
	assert_int_equal(outcome.batch_count, 1);
	assert_string_equal(dump(harness, harness_store(harness)), before);
	/* Now it stands, and once more is nothing new. */
	outcome = import_text(harness, "v1.xml", first);
	assert_int_equal(outcome.passed_over, 1);
	assert_int_equal(outcome.again, 0);
	assert_int_equal(outcome.batch_count, 0);
	assert_string_equal(dump(harness, harness_store(harness)), before);
}

/* A return of two files, of which one came before, is not halved. */
static void test_part_of_a_return(void **state)
{
	struct harness *harness = harness_of(state);
	static const char one[] = HEADER("2024-03-31")
		CHILD("MADEUP1", "2015-05-06", OPEN_EPISODE) FOOTER;
	static const char two[] = HEADER("2024-03-31")
		CHILD("MADEUP2", "2016-05-06", OPEN_EPISODE) FOOTER;
	import_text(harness, "one.xml", one);
	const char *paths[] = {importing_write(harness, "one.xml", text_of(one)),
		importing_write(harness, "two.xml", text_of(two)), NULL};
	struct import_outcome outcome = importing_all(harness, "cin", paths);
	assert_int_equal(outcome.again, 1);
	assert_int_equal(outcome.passed_over, 0);
	assert_int_equal(importing_number(harness,
				 "SELECT COUNT(*) FROM referral"),
		2);
}

/* Returns of two authorities for one year stand beside each other. */
static void test_two_authorities(void **state)
{
	struct harness *harness = harness_of(state);
	static const char other[] =
		"<Message><Header><CollectionDetails><Collection>CIN</Collection>"
		"<ReferenceDate>2024-03-31</ReferenceDate></CollectionDetails>"
		"<Source><LEA>207</LEA></Source></Header><Children>" CHILD("MADEUP9",
			"2014-05-06", DETAILS("2023-08-08", "")) FOOTER;
	static const char referrals[] =
		"SELECT r.referred, b.origin FROM referral AS r"
		" JOIN batch AS b ON b.la = r.la AND b.id = r.batch"
		" ORDER BY r.referred";
	static const char both[] = "2023-02-01|-\n2023-08-08|207\n";
	import_text(harness, "ours.xml", years[1].content);
	import_text(harness, "theirs.xml", other);
	assert_string_equal(IMPORTING_ROWS(harness, referrals), both);
	/* A new return of either replaces its own alone. */
	import_text(harness, "theirs.xml",
		arena_format(harness_arena(harness), "%s\n", other));
	import_text(harness, "ours.xml",
		arena_format(harness_arena(harness), "%s\n", years[1].content));
	assert_string_equal(IMPORTING_ROWS(harness, referrals), both);
	struct harness *together = harness_open(harness_engine(harness));
	const char *paths[] = {importing_write(together, "ours.xml",
				       text_of(years[1].content)),
		importing_write(together, "theirs.xml", text_of(other)), NULL};
	assert_int_equal(importing_all(together, "cin", paths).batch_count, 2);
	assert_string_equal(IMPORTING_ROWS(together, referrals), both);
	harness_close(together);
}

static void test_again_changes_nothing(void **state)
{
	struct harness *harness = harness_of(state);
	import_text(harness, "whole.xml", whole);
	const char *before = dump(harness, harness_store(harness));
	struct import_outcome outcome = import_text(harness, "again.xml", whole);
	assert_int_equal(outcome.passed_over, 1);
	assert_string_equal(dump(harness, harness_store(harness)), before);
	/* Other bytes that say the same. */
	import_text(harness, "spaced.xml",
		arena_format(harness_arena(harness), "%s\n", whole));
	assert_string_equal(dump(harness, harness_store(harness)), before);
}

static void test_broken_file_changes_nothing(void **state)
{
	struct harness *harness = harness_of(state);
	import_text(harness, "2023.xml", years[0].content);
	const char *before = dump(harness, harness_store(harness));
	size_t cuts[] = {60, 300, sizeof whole / 2, sizeof whole - 20};
	for (size_t i = 0; i < COUNT_OF(cuts); i++) {
		struct fault fault = {0};
		struct import_outcome outcome;
		const char *paths[] = {importing_write(harness, "2024.xml",
					       text_of(years[1].content)),
			importing_write(harness, "cut.xml",
				text_cut(text_of(whole), 0, cuts[i])),
			NULL};
		assert_false(
			importing_try(harness, "cin", paths, &outcome, &fault));
		assert_int_equal(fault.kind, FAULT_INPUT);
		assert_string_equal(dump(harness, harness_store(harness)),
			before);
		assert_string_equal(IMPORTING_ROWS(harness,
					    "SELECT COUNT(*) FROM batch"),
			"1\n");
	}
}

static void test_refuses_other_files(void **state)
{
	struct harness *harness = harness_of(state);
	static const char *const contents[] = {"CHILD,SEX\n1,2\n", "<a/>", "",
		"<Message><Header><Collection>SC</Collection></Header></Message>"};
	for (size_t i = 0; i < COUNT_OF(contents); i++) {
		struct fault fault = {0};
		struct import_outcome outcome;
		const char *paths[] = {importing_write(harness, "other.xml",
					       text_of(contents[i])),
			NULL};
		assert_false(
			importing_try(harness, "cin", paths, &outcome, &fault));
		assert_non_null(
			strstr(fault.message, "is not a file of the cin feed"));
	}
}

/* ---- Returns that nobody here wrote ---- */

static void test_sample(void **state)
{
	struct harness *harness = harness_of(state);
	const char *path = importing_sample(harness,
		"cin-census/fake_CIN_data.xml");
	if (path == NULL)
		return;
	struct import_outcome outcome = importing_one(harness, "cin", path);
	assert_int_equal(outcome.batches[0].rows_in, 402);
	assert_int_equal(outcome.batches[0].children, 332);
	assert_int_equal(outcome.batches[0].refused, 0);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*), COUNT(closed),"
				    " COUNT(transfer_cpc), COUNT(DISTINCT child) FROM referral"),
		"402|252|350|332\n");
	/* The file gives 117; five are given twice for the same child. */
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*),"
				    " COUNT(DISTINCT child) FROM disability"),
		"112|74\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*), COUNT(died) FROM child"),
		"332|21\n");
}

static void test_samples_of_other_years(void **state)
{
	struct harness *harness = harness_of(state);
	const char *paths[] = {importing_sample(harness,
				       "cin-census/CIN_Census_2021.xml"),
		importing_sample(harness, "cin-census/CIN_Census_2024.xml"),
		NULL};
	if (paths[0] == NULL || paths[1] == NULL)
		return;
	importing_all(harness, "cin", paths);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*) FROM assessment"),
		"3\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*) FROM cp_plan"),
		"2\n");
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT COUNT(*) FROM import_fault"
				    " WHERE severity = 'refused'"),
		"0\n");
}

/* Each day of need once, whatever overlaps. */
static void test_need_periods(void **state)
{
	static const char rows[] =
		"INSERT INTO child (la, id, born, is_uasc, batch, version) VALUES"
		" (206, 1, '2015-01-01', 0, 1, 1), (206, 2, '2015-01-01', 0, 1, 1);"
		"INSERT INTO referral (la, id, child, feed, referred, nfa, closed,"
		" year, batch, file, row_number) VALUES"
		" (206, 1, 1, 'cin', '2023-04-01', 0, '2023-06-01', 2023, 1, 1, 1),"
		/* goes on after the first; within both; as the first closes */
		" (206, 2, 1, 'cin', '2023-05-01', 0, '2023-07-01', 2023, 1, 1, 2),"
		" (206, 3, 1, 'cin', '2023-05-15', 0, '2023-05-20', 2023, 1, 1, 3),"
		" (206, 4, 1, 'cin', '2023-07-01', 0, '2023-07-08', 2023, 1, 1, 4),"
		/* no action; another feed's; closed on its day; nobody knows */
		" (206, 5, 1, 'cin', '2023-08-01', 1, '2023-08-09', 2023, 1, 1, 5),"
		" (206, 6, 1, 'annex-a', '2023-08-01', 0, NULL, 2023, 1, 1, 6),"
		" (206, 7, 1, 'cin', '2023-08-02', 0, '2023-08-02', 2023, 1, 1, 7),"
		" (206, 8, 1, 'cin', '2023-09-01', NULL, NULL, 2023, 1, 1, 8),"
		/* beside an open one: twice still open, once closed */
		" (206, 9, 1, 'cin', '2023-10-01', 0, NULL, 2023, 1, 1, 9),"
		" (206, 10, 1, 'cin', '2023-10-01', 0, NULL, 2023, 1, 1, 10),"
		" (206, 11, 1, 'cin', '2023-11-01', 0, '2023-12-01', 2023, 1, 1, 11),"
		" (206, 12, 2, 'cin', '2023-05-01', 0, NULL, 2023, 1, 1, 12);";
	struct harness *harness = harness_of(state);
	struct store *store = harness_store(harness);
	struct fault fault = {0};
	HARNESS_DONE(store_begin(store, &fault)
			&& store_script(store, rows, &fault)
			&& store_run(store,
				store_find(cin_sql, "derive_need_periods"),
				STORE_VALUES(store_integer(206)), &fault)
			&& store_commit(store, &fault),
		&fault);
	assert_string_equal(IMPORTING_ROWS(harness,
				    "SELECT child, starts, ends FROM need_period"
				    " ORDER BY child, starts"),
		"1|2023-04-01|2023-06-01\n1|2023-06-01|2023-07-01\n"
		"1|2023-07-01|2023-07-08\n1|2023-09-01|-\n2|2023-05-01|-\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_fills_every_table),
		HARNESS_EACH_ENGINE(test_need_periods),
		HARNESS_EACH_ENGINE(test_says_what_is_wrong),
		HARNESS_EACH_ENGINE(test_names_another_authority),
		HARNESS_EACH_ENGINE(test_order_of_years_leaves_no_trace),
		HARNESS_EACH_ENGINE(test_latest_return_of_a_year_stands),
		HARNESS_EACH_ENGINE(test_codes_of_the_year),
		HARNESS_EACH_ENGINE(test_replaced_comes_back),
		HARNESS_EACH_ENGINE(test_part_of_a_return),
		HARNESS_EACH_ENGINE(test_two_authorities),
		HARNESS_EACH_ENGINE(test_again_changes_nothing),
		HARNESS_EACH_ENGINE(test_broken_file_changes_nothing),
		HARNESS_SQLITE(test_refuses_other_files),
		HARNESS_EACH_ENGINE(test_sample),
		HARNESS_EACH_ENGINE(test_samples_of_other_years),
	};
	return HARNESS_RUN(tests);
}
