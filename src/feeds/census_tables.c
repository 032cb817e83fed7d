/* SPDX-License-Identifier: MIT
 *
 * The tables and columns of the export, and how a table is known: by the
 * columns that only it has.
 */
#include "feeds/census-inside.h"

static const char *const columns[CENSUS_COLUMNS] = {
	[CENSUS_ON_ID] = "pupilonrolltableid",
	[CENSUS_OFF_ID] = "pupilnolongeronrolltableid",
	[CENSUS_SCHOOL] = "NativeId",
	[CENSUS_UPN] = "upn",
	[CENSUS_FORMER_UPN] = "formerupn",
	[CENSUS_ULN] = "uniquelearnernumber",
	[CENSUS_SURNAME] = "surname",
	[CENSUS_FORENAME] = "forename",
	[CENSUS_MIDDLE] = "middlenames",
	[CENSUS_PREFERRED] = "preferredsurname",
	[CENSUS_FORMER] = "formersurname",
	[CENSUS_BORN] = "dob",
	[CENSUS_SEX] = "sex",
	[CENSUS_ETHNICITY] = "ethnicity",
	[CENSUS_ENTRY] = "entrydate",
	[CENSUS_LEAVING] = "leavingdate",
	[CENSUS_STATUS] = "enrolstatus",
	[CENSUS_YEAR_GROUP] = "ncyearactual",
	[CENSUS_YEAR_LEAVING] = "ncyearleaving",
	[CENSUS_PART_TIME] = "parttime",
	[CENSUS_BOARDER] = "boarder",
	[CENSUS_SEN] = "senprovision",
	[CENSUS_LANGUAGE] = "language",
	[CENSUS_PLAA] = "plaa",
	[CENSUS_YOUNG_CARER] = "youngcarer",
	[CENSUS_POSSIBLE] = "termlysessionspossible",
	[CENSUS_AUTHORISED] = "termlysessionsauthorised",
	[CENSUS_UNAUTHORISED] = "termlysessionsunauthorised",
	[CENSUS_POSSIBLE_SECOND] = "summerhalfterm2sessionspossible",
	[CENSUS_AUTHORISED_SECOND] = "summerhalfterm2sessionsauthorised",
	[CENSUS_UNAUTHORISED_SECOND] = "summerhalfterm2sessionsunauthorised",
	[CENSUS_REASON] = "attendancereason",
	[CENSUS_SESSION_COUNT] = "sessions",
	[CENSUS_STARTS] = "startdate",
	[CENSUS_CATEGORY] = "category",
	[CENSUS_REASON_1] = "reason1",
	[CENSUS_REASON_2] = "reason2",
	[CENSUS_REASON_3] = "reason3",
	[CENSUS_POSTCODE] = "postcode",
	[CENSUS_UPRN] = "uniquepropertyreferencenumber",
	[CENSUS_MEALS_START] = "fsmstartdate",
	[CENSUS_MEALS_END] = "fsmenddate",
	[CENSUS_COUNTRY] = "ukcountry",
	[CENSUS_NEED_RANK] = "sentyperank",
	[CENSUS_NEED] = "sentype",
	[CENSUS_SCHOOL_NAME] = "schoolname",
	[CENSUS_PHASE] = "phase",
	[CENSUS_URN] = "urn",
	[CENSUS_ESTAB] = "estab",
	[CENSUS_YEAR] = "year",
	[CENSUS_TERM] = "term",
	[CENSUS_REFERENCE_DATE] = "referencedate",
};

const char *census_column_name(enum census_column column)
{
	return columns[column];
}

static const struct {
	const char *name;
	bool is_of_pupil;            /* needs a pupil's id */
	enum census_column marks[2]; /* both must be there */
} tables[CENSUS_TABLES] = {
	[CENSUS_CENSUSES] = {"SchoolCensus", false, {CENSUS_YEAR, CENSUS_TERM}},
	[CENSUS_SCHOOLS] = {"School", false, {CENSUS_SCHOOL, CENSUS_PHASE}},
	[CENSUS_PUPILS] = {"Pupil", true, {CENSUS_UPN, CENSUS_ENTRY}},
	[CENSUS_SESSIONS] = {"TermlySessionDetails", true,
		{CENSUS_REASON, CENSUS_SESSION_COUNT}},
	[CENSUS_SECOND_HALF] = {"SummerHalfTerm2SessionDetails", true,
		{CENSUS_REASON, CENSUS_SESSION_COUNT}},
	[CENSUS_EXCLUSIONS] = {"TermlyExclusions", true,
		{CENSUS_CATEGORY, CENSUS_STARTS}},
	[CENSUS_ADDRESSES] = {"Addresses", true,
		{CENSUS_POSTCODE, CENSUS_POSTCODE}},
	[CENSUS_MEALS] = {"FSMPeriod", true,
		{CENSUS_MEALS_START, CENSUS_MEALS_START}},
	[CENSUS_NEEDS] = {"SENNeeds", true, {CENSUS_NEED, CENSUS_NEED}},
	[CENSUS_OTHER] = {"other", false, {CENSUS_SCHOOL, CENSUS_SCHOOL}},
};

const char *census_table_name(enum census_table table)
{
	return tables[table].name;
}

/* The tables of the half term differ in their own id column alone. */
static bool is_second_half(const struct csv_row *heading, struct text name)
{
	struct text start = TEXT("summerhalfterm2sessiondetails");
	bool names_none = true;
	for (size_t i = 0; i < heading->count; i++) {
		struct text column = text_trim(heading->fields[i]);
		if (text_equals_folded(text_cut(column, 0, start.length), start))
			return true;
		names_none = names_none
			&& !text_equals_folded(text_cut(column, 0, 20),
				TEXT("termlysessiondetails"));
	}
	for (size_t i = 0; names_none && i < name.length; i++)
		if (text_equals_folded(text_cut(name, i, 15),
			    TEXT("summerhalfterm2")))
			return true;
	return false;
}

static bool fits(const int places[CENSUS_COLUMNS], int table)
{
	bool has_pupil = places[CENSUS_ON_ID] >= 0 || places[CENSUS_OFF_ID] >= 0;
	return (has_pupil || !tables[table].is_of_pupil)
		&& places[tables[table].marks[0]] >= 0
		&& places[tables[table].marks[1]] >= 0;
}

bool census_table_of(const struct csv_row *heading, struct text name,
	enum census_table *out_table, int out_places[CENSUS_COLUMNS])
{
	/* School tables may carry year and term too: look for them first. */
	static const enum census_table order[] = {CENSUS_SCHOOLS, CENSUS_CENSUSES,
		CENSUS_PUPILS, CENSUS_SESSIONS, CENSUS_EXCLUSIONS,
		CENSUS_ADDRESSES, CENSUS_MEALS, CENSUS_NEEDS, CENSUS_OTHER};
	feed_columns(heading, columns, CENSUS_COLUMNS, out_places);
	for (size_t i = 0; i < COUNT_OF(order); i++) {
		if (!fits(out_places, (int)order[i]))
			continue;
		*out_table = order[i];
		if (order[i] == CENSUS_SESSIONS && is_second_half(heading, name))
			*out_table = CENSUS_SECOND_HALF;
		return true;
	}
	return false;
}

struct text census_phase_of(struct text word)
{
	static const struct {
		const char *word; /* as a whole, or what it begins with */
		const char *phase;
		bool is_start;
	} phases[] = {
		{"PS", "primary", false},
		{"MP", "primary", false},
		{"SS", "secondary", false},
		{"MS", "secondary", false},
		{"CT", "secondary", false},
		{"SP", "special", false},
		{"AT", "all-through", false},
		{"middle deemed p", "primary", true},
		{"middle deemed s", "secondary", true},
		{"primary", "primary", true},
		{"infant", "primary", true},
		{"junior", "primary", true},
		{"secondary", "secondary", true},
		{"special", "special", true},
		{"all", "all-through", true},
	};
	if (word.length == 0)
		return word;
	for (size_t i = 0; i < COUNT_OF(phases); i++) {
		struct text known = text_of(phases[i].word);
		struct text start = phases[i].is_start
			? text_cut(word, 0, known.length)
			: word;
		if (text_equals_folded(start, known))
			return text_of(phases[i].phase);
	}
	return TEXT("other");
}
