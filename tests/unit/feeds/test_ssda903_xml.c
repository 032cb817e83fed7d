/* SPDX-License-Identifier: MIT
 *
 * The XML form of the looked after return gives the same records as the CSV.
 */
#include "base/buffer.h"
#include "importing.h"

static const char xml_return[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<EXPSSDA903>\n<CHILD>\n<HEADER>"
	"<CHILDID>T1</CHILDID><UPN>H206201512345</UPN><SEX>1</SEX>"
	"<DOB>05/06/2012</DOB><ETHNIC>WBRI</ETHNIC><UASC>0</UASC>"
	"<DUC></DUC>"
	"<IN_TOUCH></IN_TOUCH><ACTIV/><ACCOM/>"
	"<AMISSING><MISSING>M</MISSING><MIS_START>01/07/2023</MIS_START>"
	"<MIS_END>02/07/2023</MIS_END></AMISSING>"
	"<AMISSING><MISSING>A</MISSING><MIS_START>01/08/2023</MIS_START>"
	"<MIS_END></MIS_END></AMISSING>"
	"<AREVIEW><REVIEW>20/06/2023</REVIEW>"
	"<REVIEW_CODE>PN1</REVIEW_CODE></AREVIEW>"
	"<OC2><SDQ_SCORE>14</SDQ_SCORE><CONVICTED>0</CONVICTED></OC2>"
	"</HEADER>\n"
	"<EPISODE><DECOM>01/05/2023</DECOM><RNE>S</RNE><LS>C2</LS>"
	"<CIN>N1</CIN><PL>U1</PL><PL_POST>N1 0AB</PL_POST>"
	"<HOME_POST>N1 0AA</HOME_POST><URN>SC999999</URN>"
	"<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC>01/09/2023</DEC>"
	"<REC>X1</REC><REASON_PLACE_CHANGE>CARPL</REASON_PLACE_CHANGE>"
	"</EPISODE>\n"
	"<EPISODE><DECOM>01/09/2023</DECOM><RNE>P</RNE><LS>C2</LS>"
	"<CIN>N1</CIN><PL>U4</PL><PL_POST>N1 0AD</PL_POST>"
	"<PLACE_PROVIDER>PR1</PLACE_PROVIDER><DEC/><REC/></EPISODE>\n"
	"</CHILD>\n<CHILD>\n<HEADER><CHILDID>T2</CHILDID><SEX>2</SEX>"
	"<DOB>07/08/2007</DOB><ETHNIC>ABAN</ETHNIC><UASC>1</UASC>"
	"<DUC>07/08/2025</DUC></HEADER>\n"
	"<EPISODE><DECOM>02/05/2023</DECOM><RNE>S</RNE><LS>V2</LS>"
	"<CIN>N8</CIN><PL>H5</PL><PLACE_PROVIDER>PR4</PLACE_PROVIDER>"
	"<DEC>03/10/2023</DEC><REC>E3</REC></EPISODE>\n"
	"</CHILD>\n</EXPSSDA903>\n";
static const char *const csv_files[][2] = {
	{"header.csv",
		"CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n"
		"T1,1,05/06/2012,WBRI,H206201512345,,\n"
		"T2,2,07/08/2007,ABAN,,,\n"},
	{"episodes.csv",
		"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
		"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN\n"
		"T1,01/05/2023,S,C2,N1,U1,PR1,01/09/2023,X1,CARPL,"
		"N1 0AA,N1 0AB,SC999999\n"
		"T1,01/09/2023,P,C2,N1,U4,PR1,,,,,N1 0AD,\n"
		"T2,02/05/2023,S,V2,N8,H5,PR4,03/10/2023,E3,,,,\n"},
	{"missing.csv",
		"CHILD,DOB,MISSING,MIS_START,MIS_END\n"
		"T1,05/06/2012,M,01/07/2023,02/07/2023\n"
		"T1,05/06/2012,A,01/08/2023,\n"},
	{"reviews.csv",
		"CHILD,DOB,REVIEW,REVIEW_CODE\n"
		"T1,05/06/2012,20/06/2023,PN1\n"},
	{"uasc.csv", "CHILD,SEX,DOB,DUC\nT2,2,07/08/2007,07/08/2025\n"},
	{"oc2.csv",
		"CHILD,DOB,SDQ_SCORE,CONVICTED\n"
		"T1,05/06/2012,14,0\n"},
};

static const char *const both_forms[] = {
	"SELECT i.value, e.decom, e.dec, e.dec_supplied, e.rne, e.ls,"
	" e.cin, e.place, e.provider, e.rec, e.reason, e.home_post,"
	" e.pl_post, e.urn FROM episode AS e JOIN identifier AS i"
	" ON i.child = e.child AND i.scheme = 'child_id'"
	" ORDER BY i.value, e.decom",
	"SELECT i.scheme, i.value, c.born, c.sex, c.ethnicity, c.is_uasc"
	" FROM child AS c JOIN identifier AS i ON i.child = c.id"
	" ORDER BY i.scheme, i.value",
	"SELECT i.value, m.kind, m.starts, m.ends, m.year FROM missing"
	" AS m JOIN identifier AS i ON i.child = m.child AND"
	" i.scheme = 'child_id' ORDER BY i.value, m.starts",
	"SELECT i.value, m.held, m.code, m.year FROM lac_review AS m"
	" JOIN identifier AS i ON i.child = m.child AND"
	" i.scheme = 'child_id' ORDER BY i.value, m.held",
	"SELECT i.value, m.until, m.year FROM uasc AS m"
	" JOIN identifier AS i ON i.child = m.child AND"
	" i.scheme = 'child_id' ORDER BY i.value",
	"SELECT i.value, m.sdq_score, m.convicted, m.year FROM"
	" lac_outcome AS m JOIN identifier AS i ON i.child = m.child"
	" AND i.scheme = 'child_id' ORDER BY i.value",
	"SELECT COUNT(*) FROM care_leaver",
	"SELECT rule, column_name FROM import_fault ORDER BY seq",
};

static void test_xml_is_csv(void **state)
{
	struct harness *one = harness_of(state);
	struct harness *other = harness_open(harness_engine(one));
	struct import_outcome outcome = importing_one(one, "ssda903",
		importing_write(one, "return.xml", text_of(xml_return)));
	assert_int_equal(outcome.batches[0].rows_in, 10);
	const char *paths[COUNT_OF(csv_files) + 1] = {NULL};
	for (size_t i = 0; i < COUNT_OF(csv_files); i++)
		paths[i] = importing_write(other, csv_files[i][0],
			text_of(csv_files[i][1]));
	outcome = importing_all(other, "ssda903", paths);
	assert_int_equal(outcome.batches[0].rows_in, 10);
	for (size_t i = 0; i < COUNT_OF(both_forms); i++)
		assert_string_equal(IMPORTING_ROWS(one, both_forms[i]),
			IMPORTING_ROWS(other, both_forms[i]));
	assert_string_equal(IMPORTING_ROWS(one, both_forms[0]),
		"T1|2023-05-01|2023-09-01|2023-09-01|S|C2|N1|U1|PR1|X1|CARPL|"
		"N10AA|N10AB|SC999999\n"
		"T1|2023-09-01|-|-|P|C2|N1|U4|PR1|-|-|-|N10AD|-\n"
		"T2|2023-05-02|2023-10-03|2023-10-03|S|V2|N8|H5|PR4|E3|-|-|-|"
		"-\n");
	harness_close(other);
}

/* The XML declares its own encoding, which must be undone once, not twice. */
static void test_xml_encoding(void **state)
{
	struct harness *harness = harness_of(state);
	importing_one(harness, "ssda903",
		importing_write(harness, "return.xml",
			TEXT("<?xml version=\"1.0\" encoding=\"windows-1252\"?>"
			     "<EXPSSDA903><CHILD><HEADER><CHILDID>T1</CHILDID>"
			     "</HEADER><EPISODE><DECOM>01/05/2023</DECOM>"
			     "<RNE>S</RNE><LS>C2</LS><PL>U1</PL><URN>\xe9</URN>"
			     "</EPISODE></CHILD></EXPSSDA903>")));
	assert_string_equal(IMPORTING_ROWS(harness, "SELECT urn FROM episode"),
		"\xc3\xa9\n");
}

/* Ends of episodes, two of them in 2022-23 and one in 2023-24, written in ways
 * of which only the first two can be told at a glance. */
static const struct {
	const char *before, *behind;
} ways[] = {
	{"<DEC>", "</DEC>"},
	{"<DEC>\n ", "\t</DEC><SW_DEC>01/02/2020</SW_DEC>"},
	{"<DEC given=\"yes\">", "</DEC>"},
	{"<x:DEC>", "</x:DEC>"},
	{"<DEC\n>", "</DEC >"},
	{"<!-- <DEC>01/05/2023</DEC><DEC>01/06/2023</DEC> --><DEC>", "</DEC>"},
	{"<DEC>", "</DEC><!-- </DEC> -->"},
};

static void test_xml_year(void **state)
{
	static const char *const ends[] = {"01/05/2022", "02/06/2022",
		"03/07/2023"};
	(void)state;
	for (size_t way = 0; way < COUNT_OF(ways); way++) {
		struct harness *harness = harness_open(STORE_SQLITE);
		struct buffer xml = {.maximum = 4096};
		buffer_string(&xml,
			"<EXPSSDA903 xmlns:x=\"urn:x\"><CHILD>"
			"<HEADER><CHILDID>T1</CHILDID></HEADER>");
		for (size_t i = 0; i < COUNT_OF(ends); i++)
			buffer_format(&xml,
				"<EPISODE><DECOM>0%zu/04/2022</DECOM>%s%s%s"
				"</EPISODE>",
				i + 1, ways[way].before, ends[i],
				ways[way].behind);
		buffer_string(&xml, "</CHILD></EXPSSDA903>");
		importing_one(harness, "ssda903",
			importing_write(harness, "return.xml", buffer_text(&xml)));
		assert_string_equal(IMPORTING_ROWS(harness,
					    "SELECT year, COUNT(*) FROM"
					    " episode_return GROUP BY year"),
			"2022|3\n");
		buffer_finish(&xml);
		harness_close(harness);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		HARNESS_EACH_ENGINE(test_xml_is_csv),
		HARNESS_SQLITE(test_xml_encoding),
		HARNESS_SQLITE(test_xml_year),
	};
	return HARNESS_RUN(tests);
}
