/* SPDX-License-Identifier: MIT
 *
 * Annex A at 30 June 2024: the eleven child-level lists an inspection asks
 * for, as councils' systems really export them.
 *
 * Flows cover the six months before, stocks are as at the day (Ofsted,
 * Inspecting local authority children's services, Annex A). Values come with
 * list letters ("b) Female"), sometimes without; ages are fractions; every
 * seventeenth row has its dates as text.
 *
 * Long because the headings of eleven lists are.
 */
#include <xlsxwriter.h>

#undef BASE_BANNED_LATER
#include "base/banned.h"

#include "demo/demo_care.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "demo/demo_plan.h"

struct book {
	const struct demo_world *world;
	struct date day;
	struct date since; /* six months before */
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	lxw_format *date;
	lxw_row_t row;
	lxw_col_t column;
};

static const char *const headings[11][36] = {
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Date of Contact", "Contact Source"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Assessment start date", "Assessment completion date",
		"Organisation completing assessment"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Date of Referral", "Referral Source", "Referral NFA?",
		"Number of Referrals in Last 12 Months", "Allocated Team",
		"Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Does the Child have a Disability",
		"Continuous Assessment Start Date",
		"Child Seen During Continuous Assessment",
		"Continuous Assessment Date of Authorisation",
		"Was the child assessed as requiring LA children's social care "
		"support?",
		"Allocated Team", "Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Does the Child have a Disability",
		"Strategy discussion initiating Section 47 Enquiry Start Date",
		"Was an Initial Child Protection Conference deemed "
		"unnecessary?",
		"Date of Initial Child Protection Conference",
		"Did the Initial Child Protection Conference Result in a Child "
		"Protection Plan",
		"Number of Section 47 Enquiries in the last 12 months",
		"Number of ICPCs in the last 12 months", "Allocated Team",
		"Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Does the Child have a Disability", "CIN Start Date",
		"Primary Need Code", "Date Child Was Last Seen",
		"CIN Closure Date", "Reason for Closure", "Case Status",
		"Allocated Team", "Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Does the Child have a Disability",
		"Child Protection Plan Start Date", "Initial Category of Abuse",
		"Latest Category of Abuse", "Date of the Last Statutory Visit",
		"Was the Child Seen Alone?", "Date of latest review conference",
		"Child Protection Plan End Date",
		"Subject to Emergency Protection Order or Protected Under "
		"Police Powers in Last Six Months (Y/N)",
		"Number of Previous Child Protection Plans", "Allocated Team",
		"Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Unaccompanied Asylum Seeking Child (UASC) within the Last 12 "
		"Months (Y/N))",
		"Does the Child have a Disability",
		"Date Started to be Looked After", "Child's Category of Need",
		"Is this a second or subsequent period of being a Looked After "
		"Child within the last 12 months (Y/N)",
		"Start date of current legal status", "Child's Legal Status",
		"Date of Latest Statutory Review",
		"Date of Last Social Work Visit",
		"What is the permanence plan for this child?",
		"Date of Last IRO Visit / Contact to the Child",
		"Date of Last Health Assessment", "Date of Last Dental Check",
		"Number of Placements in the Last 12 months",
		"Date Ceased to be Looked After",
		"Reason Ceased to be Looked After",
		"Start Date of Most Recent Placement", "Placement Type",
		"Placement Provider", "Placement postcode", "URN of Placement",
		"Placement Location", "LA of Placement",
		"Number of Episodes the Child has been \xe2\x80\x98Missing"
		"\xe2\x80\x99 from their Placement in the last 12 months",
		"Number of Episodes the Child has been \xe2\x80\x98"
		"Absent"
		"\xe2\x80\x99 from their Placement in the last 12 months",
		"Was the child offered a Return Interview after their last "
		"missing episode (Y/N)?",
		"Did the child accept a Return Interview after their last "
		"missing episode (Y/N)?",
		"Allocated Team", "Allocated Worker"},
	{"Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age",
		"Unaccompanied Asylum Seeking Child (UASC), or formerly UASC if "
		"18 or over (Y/N)",
		"Does the Child have a Disability", "Allocated Team",
		"Allocated Worker", "Allocated Personal Advisor",
		"Eligibility Category", "Latest Pathway Plan Review Date",
		"LA in Touch", "Latest Date of Contact", "Type of Accommodation",
		"Suitability of Accommodation", "Activity Status"},
	{"Child Unique ID", "Family identifier", "Gender", "Ethnicity",
		"Date of Birth", "Age of Child (Years)",
		"Does the Child have a Disability", "Date the Child Entered Care",
		"Date of Decision that Child Should be Placed for Adoption",
		"Date of Placement Order",
		"Date of Matching Child and Prospective Adopters",
		"Date Placed for Adoption", "Date of Adoption Order",
		"Date of Decision that Child Should No Longer be Placed for "
		"Adoption",
		"Reason Why Child No Longer Placed for Adoption",
		"Date the child was placed for fostering in FFA or concurrent "
		"planning placement"},
	{"Individual adopter identifier", "Family identifier", "Gender",
		"Ethnicity", "Disability",
		"Is the (prospective) adopter fostering for adoption?",
		"Date enquiry received", "Date Stage 1 started",
		"Date Stage 1 ended", "Date Stage 2 started", "Date Stage 2 ended",
		"Date application submitted", "Date application approved",
		"Date adopter matched with child(ren)",
		"Date child/children placed with adopter(s)",
		"No. of children placed", "Date of Adoption Order",
		"Date of leaving adoption process",
		"Reason for leaving adoption process"},
};

static void cell(struct book *book, const char *value)
{
	if (value[0] != '\0')
		worksheet_write_string(book->sheet, book->row, book->column,
			value, NULL);
	book->column++;
}

static void cell_number(struct book *book, int value)
{
	worksheet_write_number(book->sheet, book->row, book->column++, value,
		NULL);
}

static void cell_date(struct book *book, struct date date)
{
	int year, month, day;
	if (date_is_none(date) || date.day > book->day.day) {
		book->column++;
		return;
	}
	date_parts(date, &year, &month, &day);
	if (book->row % 17 == 5) {
		char text[16];
		snprintf(text, sizeof text, "%02d/%02d/%04d", day, month, year);
		cell(book, text);
		return;
	}
	lxw_datetime moment = {.year = year, .month = month, .day = day};
	worksheet_write_datetime(book->sheet, book->row, book->column++,
		&moment, book->date);
}

static void cell_yes(struct book *book, bool is_yes)
{
	cell(book, is_yes ? "a) Yes" : "b) No");
}

static void cell_staff(struct book *book, int number)
{
	char text[48];
	snprintf(text, sizeof text, "Demo Team %d", number % 6 + 1);
	cell(book, text);
	snprintf(text, sizeof text, "Worker Sample-%02d", number % 85 + 10);
	cell(book, text);
}

static void begin_list(struct book *book, int list)
{
	char name[16];
	snprintf(name, sizeof name, "List %d", list);
	book->sheet = workbook_add_worksheet(book->workbook, name);
	book->row = 0;
	for (lxw_col_t i = 0; headings[list - 1][i] != NULL; i++)
		worksheet_write_string(book->sheet, 0, i, headings[list - 1][i],
			NULL);
}

static void cell_gender(struct book *book, const struct demo_person *person)
{
	bool is_male = person->sex == DEMO_MALE;
	if (person->born.day > book->day.day)
		cell(book, "c) Not stated/recorded");
	else if (book->row % 11 == 3)
		cell(book, is_male ? "Male" : "Female");
	else
		cell(book, is_male ? "a) Male" : "b) Female");
}

/* Letters follow the order of the codes in the return. */
static void cell_ethnicity(struct book *book, const struct demo_person *person)
{
	char text[16];
	snprintf(text, sizeof text, "%c) %s", 'a' + person->ethnic,
		demo_people_ethnic(person));
	cell(book, text);
}

static void cell_disability(struct book *book, const struct demo_person *person)
{
	cell_yes(book, person->disability != 0);
}

/* Starts a row with id, gender, ethnicity, birth date, age. */
static void begin_row(struct book *book, const struct demo_person *person)
{
	book->row++;
	book->column = 0;
	cell_number(book, person->social);
	cell_gender(book, person);
	cell_ethnicity(book, person);
	cell_date(book, person->born);
	int days = book->day.day - person->born.day;
	int thousandths = days * 1000 / 365;
	worksheet_write_number(book->sheet, book->row, book->column++,
		thousandths / 1000.0, NULL);
}

static bool is_recent(const struct book *book, struct date day)
{
	return !date_is_none(day) && day.day > book->since.day
		&& day.day <= book->day.day;
}

static bool is_open_or_recent(const struct book *book, struct date start,
	struct date end)
{
	return !date_is_none(start) && start.day <= book->day.day
		&& (date_is_none(end) || end.day > book->since.day);
}

static int count_in_year(const struct book *book, int32_t person,
	struct date (*of)(const struct demo_referral *referral))
{
	const struct demo_world *world = book->world;
	struct date from = date_add_months(book->day, -12);
	int count = 0;
	for (size_t i = 0; i < world->referrals_count; i++) {
		struct date day = of(&world->referrals[i]);
		count += world->referrals[i].person == person
			&& !date_is_none(day) && day.day > from.day
			&& day.day <= book->day.day;
	}
	return count;
}

static struct date referral_day(const struct demo_referral *referral)
{
	return referral->referred;
}

static struct date enquiry_day(const struct demo_referral *referral)
{
	return referral->section47;
}

static struct date conference_day(const struct demo_referral *referral)
{
	return referral->conference;
}

static void list_contacts(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	if (!is_recent(book, row->referred))
		return;
	begin_row(book, &book->world->people[row->person]);
	cell_date(book, row->referred);
	cell(book,
		index % 3 == 0           ? "q) 6: Police"
			: index % 3 == 1 ? "e) 2A: Schools"
					 : "a) 1A: Individual");
}

static void list_early_help(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	if (!is_recent(book, row->closed) || strcmp(row->reason, "RC9") != 0)
		return;
	begin_row(book, &book->world->people[row->person]);
	cell_date(book, date_add_days(row->closed, 3));
	cell_date(book, date_add_days(row->closed, 31));
	cell(book, "Early Help Demo Hub");
}

static void list_referrals(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	if (!is_recent(book, row->referred))
		return;
	begin_row(book, &book->world->people[row->person]);
	cell_date(book, row->referred);
	cell(book, index % 3 == 0 ? "q) 6: Police" : "e) 2A: Schools");
	cell(book, row->is_nfa ? "a) Yes" : index % 5 == 0 ? "No" : "b) No");
	cell_number(book, count_in_year(book, row->person, referral_day) - 1);
	cell_staff(book, index);
}

static void list_assessments(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	const struct demo_person *person = &book->world->people[row->person];
	if (!is_open_or_recent(book, row->assessed, row->authorised))
		return;
	begin_row(book, person);
	cell_disability(book, person);
	cell_date(book, row->assessed);
	cell(book, "Yes");
	cell_date(book, row->authorised);
	bool is_done = row->authorised.day <= book->day.day;
	cell(book,
		!is_done                               ? ""
			: date_is_none(row->need_plan) ? "b) No"
						       : "a) Yes");
	cell_staff(book, index);
}

static void list_enquiries(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	const struct demo_person *person = &book->world->people[row->person];
	if (!is_recent(book, row->section47))
		return;
	bool is_held = !date_is_none(row->conference)
		&& row->conference.day <= book->day.day;
	begin_row(book, person);
	cell_disability(book, person);
	cell_date(book, row->section47);
	cell_yes(book, date_is_none(row->conference));
	cell_date(book, row->conference);
	cell(book,
		!is_held                          ? ""
			: date_is_none(row->plan) ? "b) No"
						  : "a) Yes");
	cell_number(book, count_in_year(book, row->person, enquiry_day));
	cell_number(book, count_in_year(book, row->person, conference_day));
	cell_staff(book, index);
}

static void list_needs(struct book *book, int32_t index)
{
	static const char *const needs[] = {"", "N1 - Abuse or Neglect",
		"N2 - Child's Disability", "N3 - Parental illness",
		"N4 - Family in acute stress", "N5 - Family dysfunction",
		"N6 - Socially unacceptable behaviour", "N7 - Low income",
		"N8 - Absent parenting"};
	const struct demo_referral *row = &book->world->referrals[index];
	const struct demo_person *person = &book->world->people[row->person];
	if (row->is_nfa || !is_open_or_recent(book, row->referred, row->closed))
		return;
	bool is_closed = !date_is_none(row->closed)
		&& row->closed.day <= book->day.day;
	bool has_plan = !date_is_none(row->plan) && row->plan.day <= book->day.day
		&& row->plan_end.day > book->day.day;
	begin_row(book, person);
	cell_disability(book, person);
	cell_date(book, row->referred);
	cell(book, needs[row->need % 9]);
	cell_date(book,
		date_add_days(is_closed ? row->closed : book->day, -(index % 40)));
	cell_date(book, row->closed);
	cell(book, is_closed ? row->reason : "");
	cell(book,
		is_closed          ? "f) Closed episode"
			: has_plan ? "b) Child protection plan"
				   : "c) Child in need plan");
	cell_staff(book, index);
}

static void list_plans(struct book *book, int32_t index)
{
	const struct demo_referral *row = &book->world->referrals[index];
	const struct demo_person *person = &book->world->people[row->person];
	if (!is_open_or_recent(book, row->plan, row->plan_end))
		return;
	const char *category = row->category < 45 ? "a) Neglect"
		: row->category < 86              ? "d) Emotional abuse"
						  : "b) Physical abuse";
	struct date last = date_earlier(row->plan_end, book->day);
	begin_row(book, person);
	cell_disability(book, person);
	cell_date(book, row->plan);
	cell(book, category);
	cell(book, category);
	cell_date(book,
		date_later(row->plan, date_add_days(last, -(index % 15))));
	cell_yes(book, index % 8 != 0);
	cell_date(book,
		last.day > row->plan.day + 88 ? date_add_days(row->plan, 85)
					      : DATE_NONE);
	cell_date(book, row->plan_end);
	cell_yes(book, false);
	cell_number(book, row->previous);
	cell_staff(book, index);
}

/* Those who go missing are those of the looked-after return: some of the
 * teenagers. Most are offered an interview, and most of them accept. */
static void cell_missing(struct book *book, int32_t index)
{
	const struct demo_looked *child = &book->world->looked[index];
	struct date born = book->world->people[child->person].born;
	bool goes_missing = index % 5 <= 1 && date_age(born, book->day) >= 13;
	bool is_offered = index % 7 != 0;
	cell_number(book, goes_missing ? 1 + index % 3 : 0);
	cell_number(book, goes_missing ? index % 2 : 0);
	if (!goes_missing) {
		book->column += 2;
		return;
	}
	cell_yes(book, is_offered);
	cell_yes(book, is_offered && index % 3 != 0);
}

/* The half of the looked-after list about the placement. */
static void cell_placement(struct book *book, int32_t index,
	const struct demo_episode *now, struct date since)
{
	const struct demo_looked *child = &book->world->looked[index];
	char text[48];
	cell_number(book, demo_care_stand(book->world, child, book->day).spells);
	bool is_over = !date_is_none(now->dec) && now->dec.day <= book->day.day;
	cell_date(book, is_over ? now->dec : DATE_NONE);
	cell(book, is_over ? now->rec : "");
	cell_date(book, since);
	snprintf(text, sizeof text, "%s: Placement", now->place);
	cell(book, text);
	snprintf(text, sizeof text, "%s%s",
		now->provider[0] == '\0' ? "" : "b) ", now->provider);
	cell(book, text);
	demo_place_postcode(now->postcode, text);
	cell(book, text);
	cell(book, now->urn);
	bool is_inside = now->postcode < DEMO_POSTCODES;
	cell(book, is_inside ? "a) In" : "b) Out");
	cell(book, is_inside ? "Demo borough" : "Elsewhere");
	cell_missing(book, index);
	cell_staff(book, index);
}

static void list_looked_after(struct book *book, int32_t index)
{
	const struct demo_looked *child = &book->world->looked[index];
	const struct demo_person *person = &book->world->people[child->person];
	const struct demo_period *period = &child->periods[child->period_count - 1];
	if (child->is_respite
		|| !is_open_or_recent(book, period->start, period->end))
		return;
	struct demo_episode episodes[DEMO_EPISODES];
	size_t count = demo_episode_expand(book->world, index, episodes);
	const struct demo_episode *now = &episodes[count - 1];
	struct date status = now->decom;
	for (size_t i = count;
		i > 0 && strcmp(episodes[i - 1].ls, now->ls) == 0; i--)
		status = episodes[i - 1].decom;
	char text[32];
	begin_row(book, person);
	cell_yes(book, person->is_uasc);
	cell_disability(book, person);
	cell_date(book, period->start);
	snprintf(text, sizeof text, "N%d", child->need);
	cell(book, text);
	cell_yes(book,
		child->period_count > 1
			&& child->periods[child->period_count - 2].end.day
				> date_add_months(book->day, -12).day);
	cell_date(book, date_later(status, period->start));
	snprintf(text, sizeof text, "%s: Legal status", now->ls);
	cell(book, text);
	struct date last = date_is_none(period->end) ? book->day : period->end;
	cell_date(book,
		date_later(period->start, date_add_days(last, -(index % 170))));
	cell_date(book,
		date_later(period->start, date_add_days(last, -(index % 48))));
	cell(book,
		demo_care_is_adoption(child->spells[child->spell_count - 1].place)
			? "f) Adoption"
			: "d) Long term fostering");
	cell_date(book,
		date_later(period->start, date_add_days(last, -(index % 80))));
	cell_date(book,
		date_later(period->start, date_add_days(last, -(index % 360))));
	cell_date(book,
		date_later(period->start, date_add_days(last, -(index % 340))));
	cell_placement(book, index, now,
		child->spells[child->spell_count - 1].start);
}

static void list_leavers(struct book *book, int32_t index)
{
	static const char *const homes[] = {"U: Independent living",
		"B: With parents or relatives", "Z: With former foster carers",
		"D: Semi-independent"};
	static const char *const activities[] =
		{"F2: Full time in education other than higher",
			"F5: Full time in training or employment",
			"G5: Not in education, training or employment"};
	const struct demo_looked *child = &book->world->looked[index];
	const struct demo_person *person = &book->world->people[child->person];
	const struct demo_period *period = &child->periods[child->period_count - 1];
	int age = date_age(person->born, book->day);
	if (child->is_respite || date_is_none(period->end) || age < 17
		|| age > 21 || period->end.day > book->day.day
		|| date_age(person->born, period->end) < 16)
		return;
	begin_row(book, person);
	cell_yes(book, person->is_uasc);
	cell_disability(book, person);
	cell_staff(book, index);
	cell(book, "Advisor Sample-01");
	cell(book, age < 18 ? "a) Relevant child" : "b) Former relevant child");
	cell_date(book, date_add_days(book->day, -(index % 180)));
	cell_yes(book, index % 12 != 0);
	cell_date(book, date_add_days(book->day, -(index % 60)));
	cell(book, homes[index % (int)COUNT_OF(homes)]);
	cell(book, index % 9 == 0 ? "b) Unsuitable" : "a) Suitable");
	cell(book, activities[index / 3 % (int)COUNT_OF(activities)]);
}

/* The day the child was placed for adoption; none: not. */
static struct date placed_day(const struct demo_looked *child)
{
	const struct demo_spell *spell = &child->spells[child->spell_count - 1];
	return demo_care_is_adoption(spell->place) ? spell->start
						   : spell->adopting;
}

static void list_adoption(struct book *book, int32_t index)
{
	const struct demo_looked *child = &book->world->looked[index];
	const struct demo_person *person = &book->world->people[child->person];
	const struct demo_period *period = &child->periods[child->period_count - 1];
	struct date placed = placed_day(child);
	if (date_is_none(placed) || !is_open_or_recent(book, placed, period->end))
		return;
	book->row++;
	book->column = 0;
	cell_number(book, person->social);
	cell_number(book, 700000 + index);
	cell_gender(book, person);
	cell_ethnicity(book, person);
	cell_date(book, person->born);
	cell_number(book, date_age(person->born, book->day));
	cell_disability(book, person);
	cell_date(book, period->start);
	cell_date(book, date_add_days(placed, -120));
	cell_date(book, date_add_days(placed, -90));
	cell_date(book, date_add_days(placed, -21));
	cell_date(book, placed);
	cell_date(book, period->end);
}

static void list_adopters(struct book *book, int32_t index)
{
	const struct demo_looked *child = &book->world->looked[index];
	const struct demo_period *period = &child->periods[child->period_count - 1];
	struct date placed = placed_day(child);
	if (date_is_none(placed) || !is_open_or_recent(book, placed, period->end))
		return;
	static const int before[] = {-420, -400, -330, -325, -200, -200, -180,
		-21, 0};
	book->row++;
	book->column = 0;
	cell_number(book, 800000 + index);
	cell_number(book, 700000 + index);
	cell(book, index % 2 == 0 ? "a) Male" : "b) Female");
	cell(book, "s) NOBT");
	cell(book, "b) No");
	cell(book, "No");
	for (size_t i = 0; i < COUNT_OF(before); i++)
		cell_date(book, date_add_days(placed, before[i]));
	cell_number(book, 1);
	cell_date(book, period->end);
}

static void write_lists(struct book *book)
{
	static const struct {
		void (*write)(struct book *book, int32_t index);
		bool is_care;
	} lists[] = {
		{list_contacts, false},
		{list_early_help, false},
		{list_referrals, false},
		{list_assessments, false},
		{list_enquiries, false},
		{list_needs, false},
		{list_plans, false},
		{list_looked_after, true},
		{list_leavers, true},
		{list_adoption, true},
		{list_adopters, true},
	};
	const struct demo_world *world = book->world;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		size_t count = lists[i].is_care ? world->looked_count
						: world->referrals_count;
		begin_list(book, (int)i + 1);
		for (size_t at = 0; at < count; at++)
			lists[i].write(book, (int32_t)at);
	}
}

static bool write_book(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/Annex_A_2024-06-30.xlsx", folder);
	struct book book = {
		.world = world,
		.day = date_from(2024, 6, 30),
		.since = date_from(2023, 12, 31),
		.workbook = workbook_new(path),
	};
	if (book.workbook == NULL)
		return fault_set(fault, FAULT_SYSTEM,
			"could not make the workbook \"%s\"", path);
	/* Midday on 1 July 2024, not now: the same seed gives the same bytes. */
	char title[] = "Annex A, Demo borough"; /* the library's is not const */
	lxw_doc_properties properties = {.title = title, .created = 1719835200};
	workbook_set_properties(book.workbook, &properties);
	book.date = workbook_add_format(book.workbook);
	format_set_num_format(book.date, "dd/mm/yyyy");
	write_lists(&book);
	lxw_error error = workbook_close(book.workbook);
	if (error != LXW_NO_ERROR) {
		fault_set(fault, FAULT_SYSTEM, "could not write \"%s\"", path);
		return fault_detail(fault, "%s", lxw_strerror(error));
	}
	return true;
}

/* The library prints numbers in the thread's locale. */
bool demo_annex_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (plain == (locale_t)0)
		return fault_set(fault, FAULT_SYSTEM, "could not set the locale");
	locale_t before = uselocale(plain);
	bool is_fine = write_book(world, folder, fault);
	uselocale(before);
	freelocale(plain);
	return is_fine;
}
