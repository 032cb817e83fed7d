/* SPDX-License-Identifier: MIT
 *
 * The school census, three times a year, as the tables of a COLLECT export.
 *
 * Absence comes one term late: the spring census brings the autumn term, the
 * summer census the spring term, the autumn census both halves of the summer
 * term. A pupil is on the roll on census day or, with sessions in the term
 * reported, no longer on it. (DfE, School census guide 2023 to 2024.)
 *
 * Planted: leaver rows that come twice, one table in Windows-1252, and the
 * blank totals of the school that stopped sending sessions.
 */
#include "demo/demo-inside.h"

#include <stdio.h>
#include <string.h>

#include "base/file.h"
#include "base/period.h"
#include "base/text.h"
#include "demo/demo_marks.h"
#include "demo/demo_out.h"

enum season { AUTUMN, SPRING, SUMMER };

enum table {
	ON_ROLL,
	OFF_ROLL,
	SESSIONS_ON,
	SESSIONS_OFF,
	SECOND_ON, /* second half of the summer term, in the autumn */
	SECOND_OFF,
	EXCLUSIONS_ON,
	EXCLUSIONS_OFF,
	ADDRESSES_ON,
	ADDRESSES_OFF,
	MEALS,
	NEEDS,
	SCHOOL,
	TABLES,
};

struct census {
	const struct demo_world *world;
	enum season season;
	int academic; /* year it begins in */
	struct date day;
	int year; /* absence year of the term reported */
	enum period_term term;
	struct demo_out out[TABLES];
	bool is_used[TABLES];
	char school[8]; /* of the pupil being written */
	char id[24];
	int leavers;
};

/* Names differ by season; NULL: not in this season's census. */
static const struct {
	const char *name[3];
	const char *heading;
} tables[TABLES] = {
	[ON_ROLL] = {{"pupilonroll.csv", "pupilonroll.csv", "pupilonroll.csv"},
		NULL},
	[OFF_ROLL] = {{"pupilnolongeronroll.csv", "pupilnolongeronroll.csv",
			      "pupilnolongeronroll.csv"},
		NULL},
	[SESSIONS_ON] = {{"termlysessiondetailsonroll.csv",
				 "termlysessiondetailsonroll.csv",
				 "termlysessiondetailsonroll.csv"},
		"pupilonrolltableid,NativeId,termlysessiondetailsonrolltableid,"
		"sessions,attendancereason"},
	[SESSIONS_OFF] = {{"termlysessiondetailsoffroll.csv",
				  "termlysessiondetailsoffroll.csv",
				  "termlysessiondetailsoffroll.csv"},
		"pupilnolongeronrolltableid,NativeId,"
		"termlysessiondetailsoffrolltableid,sessions,attendancereason"},
	[SECOND_ON] = {{"summerhalfterm2sessiondetailsonroll.csv", NULL, NULL},
		"pupilonrolltableid,NativeId,"
		"summerhalfterm2sessiondetailsonrolltableid,sessions,"
		"attendancereason"},
	[SECOND_OFF] = {{"summerhalfterm2sessiondetailsoffroll.csv", NULL, NULL},
		"pupilnolongeronrolltableid,NativeId,"
		"summerhalfterm2sessiondetailsoffrolltableid,sessions,"
		"attendancereason"},
	[EXCLUSIONS_ON] = {{"termlyexclusionsonroll.csv",
				   "termlyexclusionsonroll.csv",
				   "termlyexclusionsonroll.csv"},
		"pupilonrolltableid,NativeId,termlyexclusionsonrolltableid,"
		"startdate,sessions,reason1,reason2,reason3,category,"
		"senprovision"},
	[EXCLUSIONS_OFF] = {{"termlyexclusionsoffroll.csv",
				    "termlyexclusionsoffroll.csv",
				    "termlyexclusionsoffroll.csv"},
		"pupilnolongeronrolltableid,NativeId,"
		"termlyexclusionsoffrolltableid,startdate,sessions,reason1,"
		"reason2,reason3,category,senprovision"},
	[ADDRESSES_ON] = {{"addressesonroll.csv", "addresses.csv", "addresses.csv"},
		"pupilonrolltableid,NativeId,uniquepropertyreferencenumber,"
		"saon,paon,street,locality,town,posttown,postcode"},
	[ADDRESSES_OFF] = {{"addressesoffroll.csv", NULL, NULL},
		"pupilnolongeronrolltableid,NativeId,"
		"uniquepropertyreferencenumber,saon,paon,street,locality,town,"
		"posttown,postcode"},
	[MEALS] = {{"fsmperiodsonroll.csv", "fsmperiod.csv", "fsmperiod.csv"},
		"pupilonrolltableid,NativeId,fsmstartdate,fsmenddate,"
		"ukcountry"},
	[NEEDS] = {{NULL, "senneeds.csv", NULL},
		"pupilonrolltableid,NativeId,sentyperank,sentype"},
	[SCHOOL] = {{"school.csv", "school.csv", "school.csv"},
		"NativeId,schoolname,phase,type,urn,lea,estab,term,year,"
		"referencedate"},
};

static const char on_roll[] =
	"pupilonrolltableid,NativeId,upn,formerupn,uniquelearnernumber,surname,"
	"forename,middlenames,preferredsurname,formersurname,dob,sex,entrydate,"
	"enrolstatus,ncyearactual,parttime,boarder,termlysessionspossible,"
	"senprovision,language,servicechild,plaa";
static const char off_roll[] =
	"pupilnolongeronrolltableid,NativeId,upn,formerupn,"
	"uniquelearnernumber,surname,forename,middlenames,preferredsurname,"
	"formersurname,dob,sex,entrydate,leavingdate,parttime,boarder,"
	"termlysessionspossible";

static const char *const season_words[] = {"autumn", "spring", "summer"};
static const char *const phase_words[] = {"primary", "secondary", "special"};

/* The n-th Thursday of the month. */
static struct date thursday(int year, int month, int n)
{
	struct date first = date_from(year, month, 1);
	int wait = (THURSDAY - (int)date_weekday(first) + 7) % 7;
	return date_add_days(first, wait + (n - 1) * 7);
}

static const struct demo_tally *tally_of(const struct census *census,
	const struct demo_enrolment *row)
{
	int32_t index = row->tally[census->year - 2020];
	return index == 0 ? NULL : &census->world->tallies[index - 1];
}

static void begin(struct census *census, enum table table)
{
	demo_out_field(&census->out[table], census->id);
	demo_out_field(&census->out[table], census->school);
}

static void write_sessions(struct census *census, enum table table,
	const struct demo_tally *tally, enum period_term term)
{
	struct demo_out *out = &census->out[table];
	for (int kind = 0; kind < DEMO_MARKS_KINDS; kind++) {
		int sessions = tally->counts[term][kind];
		if (sessions == 0)
			continue;
		char code[2] = {DEMO_MARKS_CODES[kind], '\0'};
		char id[32];
		snprintf(id, sizeof id, "%s%s", census->id, code);
		begin(census, table);
		demo_out_field(out, id);
		demo_out_whole(out, sessions);
		demo_out_field(out, code);
		demo_out_row(out);
	}
}

/* A suspension of as many sessions as carry code E. */
static void write_exclusion(struct census *census, enum table table,
	const struct demo_enrolment *row, const struct demo_tally *tally)
{
	static const char *const reasons[] = {"DB", "PP", "VA", "PA", "VP",
		"OW", "BU", "DM", "DA"};
	static const char kinds[] = DEMO_MARKS_CODES;
	int sessions = tally->counts[census->term][strchr(kinds, 'E') - kinds];
	if (sessions == 0)
		return;
	struct demo_out *out = &census->out[table];
	struct period term = period_term(census->year, census->term);
	struct date start = demo_days_next_working(
		date_add_days(date_later(term.first, row->entry),
			40 + row->person % 20));
	struct date limit = date_is_none(row->left)
		? term.last
		: date_earlier(row->left, term.last);
	start = date_earlier(start, limit);
	char id[32];
	snprintf(id, sizeof id, "%sX", census->id);
	begin(census, table);
	demo_out_field(out, id);
	demo_out_census(out, start);
	demo_out_whole(out, sessions);
	demo_out_field(out, reasons[row->person % (int)COUNT_OF(reasons)]);
	demo_out_field(out, "");
	demo_out_field(out, "");
	demo_out_field(out, "SUSP");
	demo_out_field(out, (char[]){(char)row->sen, '\0'});
	demo_out_row(out);
}

static void write_address(struct census *census, enum table table,
	const struct demo_person *person)
{
	static const char *const streets[] = {"Sample Street", "Mock Lane",
		"Specimen Road", "Placeholder Walk", "Invented Way",
		"Trial Terrace"};
	const struct demo_family *family = &census->world->families[person->family];
	struct demo_out *out = &census->out[table];
	char postcode[DEMO_POSTCODE];
	demo_place_postcode(family->postcode, postcode);
	begin(census, table);
	demo_out_number(out, 900000000000 + person->family);
	demo_out_field(out, "");
	demo_out_number(out, family->house);
	demo_out_field(out, streets[family->postcode % (int)COUNT_OF(streets)]);
	demo_out_field(out, "");
	demo_out_field(out, "Demo borough");
	demo_out_field(out, "DEMOTOWN");
	demo_out_field(out, postcode);
	demo_out_row(out);
}

/* What both pupil tables begin with, up to the entry date. */
static void write_identity(struct census *census, enum table table,
	const struct demo_enrolment *row)
{
	const struct demo_person *person = &census->world->people[row->person];
	struct demo_out *out = &census->out[table];
	bool is_changed = !date_is_none(person->changed);
	bool is_before = is_changed && census->day.day < person->changed.day;
	char forename[32], surname[32];
	demo_people_forename(person, forename);
	demo_people_surname(census->world, person, surname);
	begin(census, table);
	demo_out_field(out, is_before ? person->former : person->upn);
	demo_out_field(out, is_changed && !is_before ? person->former : "");
	demo_out_field(out, "");
	demo_out_field(out, surname);
	demo_out_field(out, forename);
	demo_out_field(out, "");
	demo_out_field(out, surname);
	demo_out_field(out, "");
	demo_out_census(out, person->born);
	demo_out_field(out, person->sex == DEMO_MALE ? "M" : "F");
	demo_out_census(out, row->entry);
}

static void write_possible(struct demo_out *out, const struct demo_tally *tally,
	enum period_term term)
{
	if (tally == NULL || tally->possible[term] == 0)
		demo_out_field(out, "");
	else
		demo_out_whole(out, tally->possible[term]);
}

static void write_year_group(struct census *census,
	const struct demo_person *person)
{
	int age = date_age(person->born, date_from(census->academic, 8, 31));
	char group[16];
	snprintf(group, sizeof group, "%d", age - 4);
	demo_out_field(&census->out[ON_ROLL], age <= 4 ? "R" : group);
}

static void write_on_roll(struct census *census, const struct demo_enrolment *row)
{
	static const char *const languages[] = {"ENG", "ENG", "ENG", "ENG",
		"BNG", "SOM", "TUR", "SPA", "ARA"};
	const struct demo_person *person = &census->world->people[row->person];
	const struct demo_tally *tally = tally_of(census, row);
	struct demo_out *out = &census->out[ON_ROLL];
	write_identity(census, ON_ROLL, row);
	demo_out_field(out, "C");
	write_year_group(census, person);
	demo_out_field(out, "False");
	demo_out_field(out, "N");
	write_possible(out, tally, census->term);
	demo_out_field(out, (char[]){(char)row->sen, '\0'});
	demo_out_field(out, languages[person->family % (int)COUNT_OF(languages)]);
	demo_out_field(out, "N");
	bool is_after = !date_is_none(person->ordered)
		&& person->ordered.day <= census->day.day;
	demo_out_field(out, is_after ? "G" : "N");
	if (census->season == AUTUMN)
		write_possible(out, tally, TERM_SUMMER_SECOND);
	if (census->season == SPRING) {
		demo_out_field(out, demo_people_ethnic(person));
		demo_out_field(out, row->person % 97 == 0 ? "S" : "N");
	}
	demo_out_row(out);
	write_address(census, ADDRESSES_ON, person);
	if (row->is_fsm) {
		struct demo_out *meals = &census->out[MEALS];
		begin(census, MEALS);
		demo_out_census(meals, date_add_days(row->entry, 14));
		demo_out_census(meals, DATE_NONE);
		demo_out_field(meals, "ENG");
		demo_out_row(meals);
	}
	if (census->season == SPRING && row->sen != 'N') {
		static const char *const types[] = {"SLCN", "SEMH", "MLD", "SPLD",
			"ASD", "ASD", "SLCN", "SEMH", "PD", "HI", "SLD", "OTH"};
		struct demo_out *needs = &census->out[NEEDS];
		begin(census, NEEDS);
		demo_out_field(needs, "1");
		demo_out_field(needs, types[row->person % (int)COUNT_OF(types)]);
		demo_out_row(needs);
	}
}

static void write_off_roll(struct census *census,
	const struct demo_enrolment *row, const struct demo_tally *tally)
{
	struct demo_out *out = &census->out[OFF_ROLL];
	size_t start = out->buffer.length;
	write_identity(census, OFF_ROLL, row);
	demo_out_census(out, row->left);
	demo_out_field(out, "False");
	demo_out_field(out, "N");
	write_possible(out, tally, census->term);
	if (census->season == AUTUMN)
		write_possible(out, tally, TERM_SUMMER_SECOND);
	demo_out_row(out);
	if (census->leavers++ % 40 == 7) { /* planted: the row again */
		size_t length = out->buffer.length - start;
		char copy[512];
		text_copy(copy, sizeof copy,
			(struct text){out->buffer.bytes + start, length});
		buffer_string(&out->buffer, copy);
	}
}

/* Whether the enrolment overlaps the term or, in the autumn, either half. */
static bool was_there(const struct census *census,
	const struct demo_enrolment *row)
{
	enum period_term last = census->season == AUTUMN ? TERM_SUMMER_SECOND
							 : census->term;
	struct date from = period_term(census->year, census->term).first;
	struct date to = period_term(census->year, last).last;
	return row->entry.day <= to.day
		&& (date_is_none(row->left) || row->left.day >= from.day);
}

static void write_pupil(struct census *census, int32_t index)
{
	const struct demo_enrolment *row = &census->world->enrolments[index];
	const struct demo_tally *tally = tally_of(census, row);
	bool is_on = row->entry.day <= census->day.day
		&& (date_is_none(row->left) || row->left.day >= census->day.day);
	if (!is_on && (!was_there(census, row) || tally == NULL))
		return;
	snprintf(census->school, sizeof census->school, "SCH%02d",
		(row->school + 1) % 100);
	snprintf(census->id, sizeof census->id, "%s%02d%c%06d",
		is_on ? "R" : "L", census->academic % 100,
		season_words[census->season][2], (int)index % 1000000);
	if (is_on)
		write_on_roll(census, row);
	else
		write_off_roll(census, row, tally);
	if (!is_on && census->season == AUTUMN)
		write_address(census, ADDRESSES_OFF,
			&census->world->people[row->person]);
	if (tally == NULL)
		return;
	write_sessions(census, is_on ? SESSIONS_ON : SESSIONS_OFF, tally,
		census->term);
	if (census->season == AUTUMN)
		write_sessions(census, is_on ? SECOND_ON : SECOND_OFF, tally,
			TERM_SUMMER_SECOND);
	write_exclusion(census, is_on ? EXCLUSIONS_ON : EXCLUSIONS_OFF, row,
		tally);
}

static void write_schools(struct census *census)
{
	static const char *const names[] = {"Primary School",
		"Secondary School", "Special School"};
	static const char *const letters[] = {"Alder", "Beech", "Cedar",
		"Damson", "Elder", "Fir", "Gorse", "Hazel", "Ivy", "Juniper",
		"Kapok", "Larch", "Maple", "Nettle", "Oak", "Poplar", "Quince",
		"Rowan", "Sorrel", "Thorn", "Ulex", "Vine", "Willow", "Yarrow"};
	const struct demo_world *world = census->world;
	struct demo_out *out = &census->out[SCHOOL];
	for (size_t i = 0; i < world->schools_count; i++) {
		const struct demo_school *school = &world->schools[i];
		char name[64], id[8];
		snprintf(name, sizeof name, "Demo %s %s",
			letters[i % COUNT_OF(letters)], names[school->phase]);
		snprintf(id, sizeof id, "SCH%02d", (int)(i + 1) % 100);
		demo_out_field(out, id);
		demo_out_field(out, name);
		demo_out_field(out, phase_words[school->phase]);
		demo_out_field(out,
			school->phase == DEMO_SPECIAL ? "Community special school"
						      : "Community school");
		demo_out_number(out, school->urn);
		demo_out_number(out, DEMO_LA);
		demo_out_number(out, school->estab);
		demo_out_field(out, season_words[census->season]);
		demo_out_number(out, date_year(census->day));
		demo_out_census(out, census->day);
		demo_out_row(out);
	}
}

/* Planted: e acute as the one byte of Windows-1252. */
static void fold_to_windows(struct buffer *buffer)
{
	size_t to = 0;
	for (size_t from = 0; from < buffer->length; from++) {
		if (buffer->bytes[from] == '\xc3')
			continue;
		buffer->bytes[to++] = buffer->bytes[from] == '\xa9'
			? '\xe9'
			: buffer->bytes[from];
	}
	buffer->length = to;
	buffer->bytes[to] = '\0';
}

static void write_headings(struct census *census)
{
	for (int i = 0; i < TABLES; i++) {
		census->is_used[i] = tables[i].name[census->season] != NULL;
		if (census->is_used[i] && tables[i].heading != NULL)
			demo_out_line(&census->out[i], tables[i].heading);
	}
	const char *more = census->season == AUTUMN
		? ",summerhalfterm2sessionspossible"
		: "";
	buffer_string(&census->out[ON_ROLL].buffer, on_roll);
	demo_out_line(&census->out[ON_ROLL],
		census->season == SPRING ? ",ethnicity,youngcarer" : more);
	buffer_string(&census->out[OFF_ROLL].buffer, off_roll);
	demo_out_line(&census->out[OFF_ROLL], more);
}

static bool write_census(const struct demo_world *world, const char *folder,
	struct census *census, struct fault *fault)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%d_%s", folder, date_year(census->day),
		season_words[census->season]);
	if (!file_make_folder(path, fault))
		return false;
	write_headings(census);
	for (int32_t i = 0; i < (int32_t)world->enrolments_count; i++)
		write_pupil(census, i);
	write_schools(census);
	if (census->season == SPRING && date_year(census->day) == 2022)
		fold_to_windows(&census->out[ON_ROLL].buffer);
	bool is_fine = true;
	for (int i = 0; i < TABLES; i++) {
		if (!census->is_used[i])
			buffer_finish(&census->out[i].buffer);
		else if (!demo_out_save(&census->out[i], path,
				 tables[i].name[census->season], fault))
			is_fine = false;
	}
	return is_fine;
}

bool demo_census_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	struct census *census = arena_new(world->arena, sizeof *census);
	for (int year = 2021; year <= 2023; year++) {
		for (int season = AUTUMN; season <= SUMMER; season++) {
			*census = (struct census){
				.world = world,
				.season = (enum season)season,
				.academic = year,
				.day = season == AUTUMN ? thursday(year, 10, 1)
					: season == SPRING
					? thursday(year + 1, 1, 3)
					: thursday(year + 1, 5, 3),
				.year = season == AUTUMN ? year - 1 : year,
				.term = season == AUTUMN   ? TERM_SUMMER_FIRST
					: season == SPRING ? TERM_AUTUMN
							   : TERM_SPRING,
			};
			if (!write_census(world, folder, census, fault))
				return false;
		}
	}
	return true;
}
