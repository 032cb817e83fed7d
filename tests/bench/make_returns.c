/* SPDX-License-Identifier: MIT
 *
 * The returns for the timings, row by row from a seed.
 *
 * Long because each return has its columns and rows written out.
 */
#include "make_returns.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "people/identifier.h"

enum { FIRST_ID = 400000, DAY_TEXT = 32, UPN_TEXT = 14, DAYS = 366 };

/* Spread over the whole word; the n-th number of a child is always the same. */
static uint32_t any(uint32_t child, uint32_t n, uint32_t below)
{
	uint64_t x = ((uint64_t)child << 32 | n) * UINT64_C(0x9e3779b97f4a7c15);
	x ^= x >> 29;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	return (uint32_t)((x >> 33) % below);
}

#define PICK(list, child, n) \
	((list)[any((uint32_t)(child), (n), sizeof(list) / sizeof *(list))])

static const char *const ethnicities[] = {"WBRI", "WBRI", "WBRI", "WOTH",
	"ABAN", "BCRB", "BAFR", "MWBC", "AIND", "OOTH"};
static const char *const needs[] = {"N1", "N1", "N2", "N3", "N4", "N5", "N8"};
static const char *const reasons[] = {"I", "M", "C", "O", "U", "E", "T"};

static FILE *open_in(const char *folder, const char *name)
{
	char path[4096];
	(void)mkdir(folder, 0700);
	snprintf(path, sizeof path, "%s/%s", folder, name);
	return fopen(path, "wb");
}

static bool finish(FILE *file)
{
	bool is_fine = ferror(file) == 0;
	return fclose(file) == 0 && is_fine;
}

/* ---- Days and numbers ---- */

static struct date born(int child, int oldest)
{
	return date_add_days(date_from(2023, 8, 31),
		-(int)any((uint32_t)child, 1, (uint32_t)oldest * 365) - 365);
}

enum form { ISO, UK, CENSUS };

static const char *day_text(struct date date, enum form form, char out[DAY_TEXT])
{
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	int year, month, day;
	date_parts(date, &year, &month, &day);
	if (form == ISO)
		snprintf(out, DAY_TEXT, "%04d-%02d-%02d", year, month, day);
	else if (form == UK)
		snprintf(out, DAY_TEXT, "%02d/%02d/%04d", day, month, year);
	else
		snprintf(out, DAY_TEXT, "%04d-%s-%02d 00:00:00", year,
			months[month - 1], day);
	return out;
}

static const char *upn(int child, char out[UPN_TEXT])
{
	char digits[32];
	snprintf(digits, sizeof digits, "206%09d", 100000000 + child);
	memcpy(out + 1, digits, UPN_TEXT - 2);
	out[UPN_TEXT - 1] = '\0';
	out[0] = identifier_upn_letter((struct text){out + 1, 12});
	return out;
}

static struct date in_year(int child, uint32_t n)
{
	return date_add_days(date_from(2023, 4, 1),
		(int)any((uint32_t)child, n, 360));
}

/* ---- SSDA903 ---- */

/* One row of a table about a child; `row` counts the child's rows. */
typedef void write_row(FILE *file, int child, int row);

/* A quote, or nothing, stands around each field. */
static void header_in(FILE *file, int child, const char *q)
{
	char day[DAY_TEXT], number[UPN_TEXT];
	fprintf(file, "%s%d%s,%s%u%s,%s%s%s,%s%s%s,%s%s%s,%s%s,%s%s\n", q,
		FIRST_ID + child, q, q, 1 + any((uint32_t)child, 2, 2), q, q,
		day_text(born(child, 17), UK, day), q, q,
		PICK(ethnicities, child, 3), q, q, upn(child, number), q, q, q,
		q, q);
}

static void header(FILE *file, int child, int row)
{
	(void)row;
	header_in(file, child, "");
}

static void episode(FILE *file, int child, int row)
{
	static const char *const starts[] = {"S", "P", "T"};
	static const char *const law[] = {"C1", "C2", "V2", "E1"};
	static const char *const places[] = {"U1", "U4", "U6", "K2", "H5", "P2"};
	static const char *const providers[] = {"PR1", "PR2", "PR4"};
	char decom[DAY_TEXT], dec[DAY_TEXT];
	struct date first = date_add_days(date_from(2023, 4, 1 + child % 28),
		row * 100);
	bool is_last = row == 2;
	fprintf(file,
		"%d,%s,%s,%s,%s,%s,%s,%s,%s,%s,ZZ%d %dAA,ZZ%d %dBB,XXXXXXX\n",
		FIRST_ID + child, day_text(first, UK, decom),
		row == 0 ? "S" : PICK(starts, child + row, 4),
		PICK(law, child, 5), PICK(needs, child, 6),
		PICK(places, child + row, 7), PICK(providers, child, 8),
		is_last ? "" : day_text(date_add_days(first, 100), UK, dec),
		is_last ? "" : "X1", is_last ? "" : "CARPL", child % 30,
		child % 10, (child + row) % 30, child % 10);
}

static void review(FILE *file, int child, int row)
{
	char day[DAY_TEXT], held[DAY_TEXT];
	fprintf(file, "%d,%s,%s,PN%d\n", FIRST_ID + child,
		day_text(born(child, 17), UK, day),
		day_text(date_add_days(date_from(2023, 4, 20 + child % 10),
				 row * 150),
			UK, held),
		row + 1);
}

static void outcome(FILE *file, int child, int row)
{
	char day[DAY_TEXT];
	(void)row;
	fprintf(file, "%d,%s,%u,,0,1,1,1,1,0,,\n", FIRST_ID + child,
		day_text(born(child, 17), UK, day), any((uint32_t)child, 9, 40));
}

static void missing(FILE *file, int child, int row)
{
	char day[DAY_TEXT], from[DAY_TEXT], to[DAY_TEXT];
	struct date first = date_add_days(in_year(child, 10), row * 3);
	fprintf(file, "%d,%s,M,%s,%s\n", FIRST_ID + child,
		day_text(born(child, 17), UK, day), day_text(first, UK, from),
		day_text(date_add_days(first, 2), UK, to));
}

static void worker(FILE *file, int child, int row)
{
	char day[DAY_TEXT], from[DAY_TEXT];
	fprintf(file, "%d,%s,SW99%04u,%s,,ORGRST\n", FIRST_ID + child,
		day_text(born(child, 17), UK, day),
		any((uint32_t)child, 11 + (uint32_t)row, 900),
		day_text(in_year(child, 12 + (uint32_t)row), UK, from));
}

bool make_ssda903(const char *folder, int children)
{
	static const struct {
		const char *name, *heading;
		write_row *row;
		int rows; /* a child */
	} tables[] = {
		{"header.csv", "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB", header,
			1},
		{"episodes.csv",
			"CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,"
			"REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
			episode, 3},
		{"reviews.csv", "CHILD,DOB,REVIEW,REVIEW_CODE", review, 2},
		{"oc2.csv",
			"CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,"
			"IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
			"SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,"
			"INTERVENTION_OFFERED",
			outcome, 1},
		{"missing.csv", "CHILD,DOB,MISSING,MIS_START,MIS_END", missing, 1},
		{"sw_episodes.csv", "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
			worker, 2},
	};
	bool is_made = true;
	for (size_t i = 0; is_made && i < COUNT_OF(tables); i++) {
		FILE *file = open_in(folder, tables[i].name);
		if (file == NULL)
			return false;
		fprintf(file, "%s\n", tables[i].heading);
		for (int child = 0; child < children; child++)
			for (int row = 0; row < tables[i].rows; row++)
				tables[i].row(file, child, row);
		is_made = finish(file);
	}
	return is_made;
}

static bool make_header(const char *path, int children, const char *quote)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	fprintf(file, "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB\n");
	for (int child = 0; child < children; child++)
		header_in(file, child, quote);
	return finish(file);
}

bool make_persons(const char *path, int children)
{
	return make_header(path, children, "");
}

bool make_persons_quoted(const char *path, int children)
{
	return make_header(path, children, "\"");
}

/* ---- SSDA903 as XML ---- */

static void xml_header(FILE *file, int child)
{
	char day[DAY_TEXT], from[DAY_TEXT], to[DAY_TEXT], number[UPN_TEXT];
	struct date missing = in_year(child, 10);
	fprintf(file,
		"<CHILD>\n<HEADER>\n<CHILDID>%d</CHILDID>\n<UPN>%s</UPN>\n"
		"<SEX>%u</SEX>\n<DOB>%s</DOB>\n<ETHNIC>%s</ETHNIC>\n"
		"<UASC>0</UASC>\n<DUC/>\n<IN_TOUCH/>\n<ACTIV/>\n<ACCOM/>\n",
		FIRST_ID + child, upn(child, number),
		1 + any((uint32_t)child, 2, 2),
		day_text(born(child, 17), UK, day), PICK(ethnicities, child, 3));
	fprintf(file,
		"<AMISSING>\n<MISSING>M</MISSING>\n<MIS_START>%s</MIS_START>\n"
		"<MIS_END>%s</MIS_END>\n</AMISSING>\n",
		day_text(missing, UK, from),
		day_text(date_add_days(missing, 2), UK, to));
	for (int i = 0; i < 2; i++)
		fprintf(file,
			"<AREVIEW>\n<REVIEW>%s</REVIEW>\n"
			"<REVIEW_CODE>PN%d</REVIEW_CODE>\n</AREVIEW>\n",
			day_text(date_add_days(date_from(2023, 4, 20 + child % 10),
					 i * 150),
				UK, day),
			i + 1);
	fprintf(file,
		"<OC2>\n<SDQ_SCORE>%u</SDQ_SCORE>\n<CONVICTED>0</CONVICTED>\n"
		"<HEALTH_CHECK>1</HEALTH_CHECK>\n"
		"<IMMUNISATIONS>1</IMMUNISATIONS>\n</OC2>\n</HEADER>\n",
		any((uint32_t)child, 9, 40));
}

static void xml_episode(FILE *file, int child, int row)
{
	static const char *const law[] = {"C1", "C2", "V2", "E1"};
	static const char *const places[] = {"U1", "U4", "U6", "K2", "H5", "P2"};
	char decom[DAY_TEXT], dec[DAY_TEXT];
	struct date first = date_add_days(date_from(2023, 4, 1 + child % 28),
		row * 100);
	bool is_last = row == 2;
	fprintf(file,
		"<EPISODE>\n<DECOM>%s</DECOM>\n<RNE>%s</RNE>\n<LS>%s</LS>\n"
		"<CIN>%s</CIN>\n<PL>%s</PL>\n<PL_POST>ZZ%d %dBB</PL_POST>\n",
		day_text(first, UK, decom), row == 0 ? "S" : "P",
		PICK(law, child, 5), PICK(needs, child, 6),
		PICK(places, child + row, 7), (child + row) % 30, child % 10);
	fprintf(file,
		"<HOME_POST>ZZ%d %dAA</HOME_POST>\n<URN>XXXXXXX</URN>\n"
		"<PLACE_PROVIDER>PR1</PLACE_PROVIDER>\n<DEC>%s</DEC>\n"
		"<REC>%s</REC>\n<REASON_PLACE_CHANGE>%s</REASON_PLACE_CHANGE>\n"
		"</EPISODE>\n",
		child % 30, child % 10,
		is_last ? "" : day_text(date_add_days(first, 100), UK, dec),
		is_last ? "" : "X1", is_last ? "" : "CARPL");
}

bool make_ssda903_xml(const char *path, int children)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	fprintf(file,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<EXPSSDA903>\n");
	for (int child = 0; child < children; child++) {
		xml_header(file, child);
		for (int row = 0; row < 3; row++)
			xml_episode(file, child, row);
		fprintf(file, "</CHILD>\n");
	}
	fprintf(file, "</EXPSSDA903>\n");
	return finish(file);
}

/* ---- Children in need census ---- */

static void cin_details(FILE *file, int child, int episode_number)
{
	char referred[DAY_TEXT], later[DAY_TEXT];
	struct date day = date_add_days(in_year(child, 20), episode_number * 40);
	day_text(day, ISO, referred);
	fprintf(file,
		"<CINdetails>\n<CINreferralDate>%s</CINreferralDate>\n"
		"<ReferralSource>1C</ReferralSource>\n"
		"<PrimaryNeedCode>%s</PrimaryNeedCode>\n"
		"<ReferralNFA>false</ReferralNFA>\n"
		"<Assessments>\n<AssessmentActualStartDate>%s"
		"</AssessmentActualStartDate>\n",
		referred, PICK(needs, child, 21), referred);
	fprintf(file,
		"<AssessmentAuthorisationDate>%s</AssessmentAuthorisationDate>\n"
		"<FactorsIdentifiedAtAssessment>\n"
		"<AssessmentFactors>3B</AssessmentFactors>\n"
		"<AssessmentFactors>4B</AssessmentFactors>\n"
		"</FactorsIdentifiedAtAssessment>\n</Assessments>\n",
		day_text(date_add_days(day, 35), ISO, later));
	if (child % 6 == 0)
		fprintf(file,
			"<Section47>\n<S47ActualStartDate>%s</S47ActualStartDate>\n"
			"<DateOfInitialCPC>%s</DateOfInitialCPC>\n"
			"<ICPCnotRequired>false</ICPCnotRequired>\n</Section47>\n"
			"<ChildProtectionPlans>\n<CPPstartDate>%s</CPPstartDate>\n"
			"<InitialCategoryOfAbuse>EMO</InitialCategoryOfAbuse>\n"
			"<LatestCategoryOfAbuse>EMO</LatestCategoryOfAbuse>\n"
			"<NumberOfPreviousCPP>0</NumberOfPreviousCPP>\n"
			"</ChildProtectionPlans>\n",
			referred, later, later);
	fprintf(file, "</CINdetails>\n");
}

bool make_cin(const char *path, int children)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	fprintf(file,
		"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Message>\n<Header>\n"
		"<CollectionDetails>\n<Collection>CIN</Collection>\n"
		"<Year>2024</Year>\n<ReferenceDate>2024-03-31</ReferenceDate>\n"
		"</CollectionDetails>\n<Source>\n<LEA>206</LEA>\n</Source>\n"
		"</Header>\n<Children>\n");
	for (int child = 0; child < children; child++) {
		char day[DAY_TEXT], number[UPN_TEXT];
		fprintf(file,
			"<Child>\n<ChildIdentifiers>\n<LAchildID>%d</LAchildID>\n"
			"<UPN>%s</UPN>\n<PersonBirthDate>%s</PersonBirthDate>\n"
			"<GenderCurrent>%u</GenderCurrent>\n</ChildIdentifiers>\n",
			FIRST_ID + child, upn(child, number),
			day_text(born(child, 17), ISO, day),
			1 + any((uint32_t)child, 2, 2));
		fprintf(file,
			"<ChildCharacteristics>\n<Ethnicity>%s</Ethnicity>\n"
			"<Disabilities>\n<Disability>NONE</Disability>\n"
			"</Disabilities>\n</ChildCharacteristics>\n",
			PICK(ethnicities, child, 3));
		for (int i = 0; i <= child % 4 / 3; i++)
			cin_details(file, child, i);
		fprintf(file, "</Child>\n");
	}
	fprintf(file, "</Children>\n</Message>\n");
	return finish(file);
}

/* ---- School census ---- */

enum { PUPILS_A_SCHOOL = 450 };

static void pupil(FILE *file, int child, int row)
{
	static const char *const years[] = {"R", "1", "2", "3", "4", "5", "6",
		"7", "8", "9", "10", "11"};
	char day[DAY_TEXT], entry[DAY_TEXT], number[UPN_TEXT];
	(void)row;
	fprintf(file,
		"R%07d,SCH%04d,%s,,,Bench-%d,Synth,,Bench-%d,,%s,%s,%s,C,%s,False,"
		"N,148.0,%s,ENG,N,N,%s,N\n",
		child, child / PUPILS_A_SCHOOL, upn(child, number), child % 997,
		child % 997, day_text(born(child, 15), CENSUS, day),
		any((uint32_t)child, 2, 2) == 0 ? "M" : "F",
		day_text(date_from(2022, 9, 1), CENSUS, entry),
		PICK(years, child, 30),
		any((uint32_t)child, 31, 6) == 0 ? "K" : "N",
		PICK(ethnicities, child, 3));
}

static void sessions(FILE *file, int child, int row)
{
	static const size_t count = COUNT_OF(reasons);
	fprintf(file, "R%07d,SCH%04d,R%07d%d,%u.0,%s\n", child,
		child / PUPILS_A_SCHOOL, child, row,
		1 + any((uint32_t)child, 40 + (uint32_t)row, 9),
		reasons[((size_t)child + (size_t)row) % count]);
}

static void address(FILE *file, int child, int row)
{
	(void)row;
	fprintf(file,
		"R%07d,SCH%04d,9%011d,,%d,Placeholder Walk,,Demo,DEMOTOWN,"
		"ZZ%d %dDE\n",
		child, child / PUPILS_A_SCHOOL, child, child % 200, child % 30,
		child % 10);
}

static void meals(FILE *file, int child, int row)
{
	char day[DAY_TEXT];
	(void)row;
	if (child % 3 == 0)
		fprintf(file, "R%07d,SCH%04d,%s,,ENG\n", child,
			child / PUPILS_A_SCHOOL,
			day_text(in_year(child, 50), CENSUS, day));
}

static void need(FILE *file, int child, int row)
{
	(void)row;
	if (child % 6 == 0)
		fprintf(file, "R%07d,SCH%04d,1,ASD\n", child,
			child / PUPILS_A_SCHOOL);
}

static bool make_schools(const char *folder, int pupils)
{
	FILE *file = open_in(folder, "school.csv");
	if (file == NULL)
		return false;
	fprintf(file,
		"NativeId,schoolname,phase,type,urn,lea,estab,term,year,"
		"referencedate\n");
	for (int i = 0; i * PUPILS_A_SCHOOL < pupils; i++)
		fprintf(file,
			"SCH%04d,Bench School %d,%s,Community school,%d,206,%d,"
			"spring,2024,2024-Jan-18 00:00:00\n",
			i, i, i % 4 == 0 ? "secondary" : "primary", 990000 + i,
			2000 + i);
	return finish(file);
}

bool make_census(const char *folder, int pupils)
{
	static const struct {
		const char *name, *heading;
		write_row *row;
		int rows;
	} tables[] = {
		{"pupilonroll.csv",
			"pupilonrolltableid,NativeId,upn,formerupn,"
			"uniquelearnernumber,surname,forename,middlenames,"
			"preferredsurname,formersurname,dob,sex,entrydate,"
			"enrolstatus,ncyearactual,parttime,boarder,"
			"termlysessionspossible,senprovision,language,"
			"servicechild,plaa,ethnicity,youngcarer",
			pupil, 1},
		{"termlysessiondetailsonroll.csv",
			"pupilonrolltableid,NativeId,"
			"termlysessiondetailsonrolltableid,sessions,"
			"attendancereason",
			sessions, 3},
		{"addresses.csv",
			"pupilonrolltableid,NativeId,"
			"uniquepropertyreferencenumber,saon,paon,street,locality,"
			"town,posttown,postcode",
			address, 1},
		{"fsmperiod.csv",
			"pupilonrolltableid,NativeId,fsmstartdate,fsmenddate,"
			"ukcountry",
			meals, 1},
		{"senneeds.csv", "pupilonrolltableid,NativeId,sentyperank,sentype",
			need, 1},
	};
	bool is_made = make_schools(folder, pupils);
	for (size_t i = 0; is_made && i < COUNT_OF(tables); i++) {
		FILE *file = open_in(folder, tables[i].name);
		if (file == NULL)
			return false;
		fprintf(file, "%s\n", tables[i].heading);
		for (int child = 0; child < pupils; child++)
			for (int row = 0; row < tables[i].rows; row++)
				tables[i].row(file, child, row);
		is_made = finish(file);
	}
	return is_made;
}

/* ---- Marks ---- */

/* Five days in seven, and none in August. */
static char mark_on(int child, int day, int session)
{
	struct date date = date_add_days(date_from(2023, 8, 1), day);
	if (date_weekday(date) >= SATURDAY || day < 34 || day > 355)
		return '-';
	uint32_t chance = any((uint32_t)child, (uint32_t)day, 100);
	if (chance < 5)
		return "IMCO"[any((uint32_t)child, 60 + (uint32_t)day, 4)];
	return session == 0 ? '/' : '\\';
}

bool make_marks_wide(const char *path, int pupils)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	fprintf(file, "upn,dob,school,from,marks\n");
	for (int child = 0; child < pupils; child++) {
		char day[DAY_TEXT], number[UPN_TEXT], marks[2 * DAYS + 1];
		for (int i = 0; i < 2 * DAYS; i++)
			marks[i] = mark_on(child, i / 2, i % 2);
		marks[2 * DAYS] = '\0';
		fprintf(file, "%s,%s,SCH%04d,2023-08-01,%s\n",
			upn(child, number), day_text(born(child, 15), ISO, day),
			child / PUPILS_A_SCHOOL, marks);
	}
	return finish(file);
}

bool make_marks_long(const char *path, int pupils, int days)
{
	FILE *file = fopen(path, "wb");
	if (file == NULL)
		return false;
	fprintf(file, "upn,dob,school,date,session,code\n");
	for (int child = 0; child < pupils; child++) {
		char day[DAY_TEXT], on[DAY_TEXT], number[UPN_TEXT];
		upn(child, number);
		day_text(born(child, 15), ISO, day);
		for (int i = 34, made = 0; made < days; i++) {
			if (mark_on(child, i, 0) == '-')
				continue;
			made++;
			day_text(date_add_days(date_from(2023, 8, 1), i), ISO,
				on);
			for (int s = 0; s < 2; s++)
				fprintf(file, "%s,%s,SCH%04d,%s,%s,%c\n",
					number, day, child / PUPILS_A_SCHOOL,
					on, s == 0 ? "AM" : "PM",
					mark_on(child, i, s));
		}
	}
	return finish(file);
}
