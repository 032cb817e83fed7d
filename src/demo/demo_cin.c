/* SPDX-License-Identifier: MIT
 *
 * The children in need census, one XML file a year to 31 March and one to the
 * end of the last quarter.
 *
 * A child is in it with each referral that was open in the year; what happened
 * after the reference date is not known yet. Gender is coded 0, 1, 2 up to
 * 2023-24 and sex M, F, U from 2024-25; plans for children in need are asked
 * for from 2021-22. CIN census guide 2023-24 and 2024-25.
 */
#include "demo/demo-inside.h"

#include <stdio.h>
#include <string.h>

#include "base/period.h"
#include "base/text.h"
#include "demo/demo_out.h"

struct census {
	const struct demo_world *world;
	struct period period;
	struct demo_out out;
	bool has_words; /* true and false instead of 1 and 0 */
};

struct weighted {
	const char *code;
	int until; /* of 1000, or of 250 for factors, of 100 for categories */
};

static const struct weighted sources[] = {{"6", 60}, {"2A", 120}, {"1A", 140},
	{"3E", 155}, {"3A", 165}, {"3B", 180}, {"4", 190}, {"5A", 205},
	{"5B", 218}, {"7", 225}, {"8", 235}, {"9", 245}, {"1C", 256}};
static const struct weighted categories[] = {{"NEG", 45}, {"EMO", 86},
	{"PHY", 93}, {"SAB", 97}, {"MUL", 101}};
static const struct weighted factors[] = {{"3B", 45}, {"4B", 85}, {"16A", 110},
	{"17A", 135}, {"2B", 150}, {"1B", 165}, {"4A", 185}, {"18B", 198},
	{"14A", 210}, {"15A", 220}, {"13A", 228}, {"7A", 236}, {"11A", 242},
	{"20", 256}};

static const char *code_of(const struct weighted *list, int number)
{
	while (number >= list->until)
		list++;
	return list->code;
}

static bool is_known(const struct census *census, struct date day)
{
	return !date_is_none(day) && day.day <= census->period.last.day;
}

static bool is_in_year(const struct census *census, struct date day)
{
	return is_known(census, day) && day.day >= census->period.first.day;
}

/* Open in the year, or on a day in it. */
static bool is_touching(const struct census *census, struct date start,
	struct date end)
{
	return is_known(census, start)
		&& (date_is_none(end) || end.day >= census->period.first.day);
}

static void date_element(struct census *census, const char *name, struct date day)
{
	if (is_known(census, day))
		demo_out_element_date(&census->out, name, day);
}

static void truth_element(struct census *census, const char *name, bool value)
{
	demo_out_element(&census->out, name,
		census->has_words ? (value ? "true" : "false")
				  : (value ? "1" : "0"));
}

static void write_identifiers(struct census *census,
	const struct demo_person *person)
{
	struct demo_out *out = &census->out;
	struct date last = census->period.last;
	bool is_unborn = person->born.day > last.day;
	bool has_letters = last.day > date_from(2024, 3, 31).day;
	char upn[DEMO_UPN];
	demo_people_upn_on(person, last, upn);
	bool has_upn = upn[0] != 'U' || upn[1] != 'N';
	demo_out_line(out, "<ChildIdentifiers>");
	demo_out_element_number(out, "LAchildID", person->social);
	if (has_upn)
		demo_out_element(out, "UPN", upn);
	if (has_upn && person->former[0] != '\0'
		&& person->changed.day <= last.day)
		demo_out_element(out, "FormerUPN", person->former);
	if (!has_upn)
		demo_out_element(out, "UPNunknown", upn);
	demo_out_element_date(out,
		is_unborn ? "ExpectedPersonBirthDate" : "PersonBirthDate",
		person->born);
	static const char *const numbers[] = {"0", "1", "2"};
	static const char *const letters[] = {"U", "M", "F"};
	int sex = is_unborn ? 0 : (int)person->sex;
	demo_out_element(out, has_letters ? "Sex" : "GenderCurrent",
		has_letters ? letters[sex] : numbers[sex]);
	demo_out_line(out, "</ChildIdentifiers>");
	demo_out_line(out, "<ChildCharacteristics>");
	demo_out_element(out, "Ethnicity", demo_people_ethnic(person));
	demo_out_line(out, "<Disabilities>");
	demo_out_element(out, "Disability", demo_people_disability(person));
	demo_out_line(out, "</Disabilities>");
	demo_out_line(out, "</ChildCharacteristics>");
}

static void write_assessment(struct census *census,
	const struct demo_referral *referral)
{
	if (!is_touching(census, referral->assessed, referral->authorised))
		return;
	struct demo_out *out = &census->out;
	demo_out_line(out, "<Assessments>");
	demo_out_element_date(out, "AssessmentActualStartDate",
		referral->assessed);
	date_element(census, "AssessmentAuthorisationDate", referral->authorised);
	if (is_known(census, referral->authorised)) {
		demo_out_line(out, "<FactorsIdentifiedAtAssessment>");
		const char *before = "";
		for (size_t i = 0; i < COUNT_OF(referral->factors); i++) {
			const char *code = code_of(factors, referral->factors[i]);
			/* Split by who harms, from 2021-22. */
			if (strcmp(code, "18B") == 0
				&& referral->authorised.day
					< date_from(2021, 4, 1).day)
				code = "18A";
			if (code != before)
				demo_out_element(out, "AssessmentFactors", code);
			before = code;
		}
		demo_out_line(out, "</FactorsIdentifiedAtAssessment>");
	}
	demo_out_line(out, "</Assessments>");
}

static void write_need_plan(struct census *census, struct date start,
	struct date end)
{
	bool is_asked_for = census->period.last.day >= date_from(2022, 3, 31).day;
	if (!is_asked_for || !is_touching(census, start, end))
		return;
	demo_out_line(&census->out, "<CINPlanDates>");
	demo_out_element_date(&census->out, "CINPlanStartDate", start);
	date_element(census, "CINPlanEndDate", end);
	demo_out_line(&census->out, "</CINPlanDates>");
}

static void write_enquiry(struct census *census,
	const struct demo_referral *referral)
{
	bool has_conference = !date_is_none(referral->conference);
	if (!is_in_year(census, referral->section47)
		&& !(has_conference && is_known(census, referral->section47)
			&& is_in_year(census, referral->conference)))
		return;
	demo_out_line(&census->out, "<Section47>");
	demo_out_element_date(&census->out, "S47ActualStartDate",
		referral->section47);
	if (has_conference)
		demo_out_element_date(&census->out, "InitialCPCtarget",
			demo_days_working_on(referral->section47, 15));
	date_element(census, "DateOfInitialCPC", referral->conference);
	truth_element(census, "ICPCnotRequired", !has_conference);
	demo_out_line(&census->out, "</Section47>");
}

/* First review within three months, then every six (Working Together 2023);
 * one in fifteen is late. */
static void write_reviews(struct census *census, int32_t index,
	const struct demo_referral *referral)
{
	struct demo_random random = demo_random_stream(census->world->seed,
		3000000 + (uint64_t)index);
	struct date end = is_known(census, referral->plan_end)
		? referral->plan_end
		: census->period.last;
	struct date day = date_add_days(referral->plan,
		demo_random_between(&random, 70, 88));
	bool is_first = true;
	while (day.day <= end.day) {
		if (is_first)
			demo_out_line(&census->out, "<Reviews>");
		is_first = false;
		demo_out_element_date(&census->out, "CPPreviewDate", day);
		int usual = demo_random_between(&random, 140, 178);
		bool is_late = demo_random_chance(&random, 65);
		day = demo_days_next_working(
			date_add_days(day, is_late ? usual + 50 : usual));
		if (day.day > end.day)
			break;
	}
	if (!is_first)
		demo_out_line(&census->out, "</Reviews>");
}

static void write_plan(struct census *census, int32_t index,
	const struct demo_referral *referral)
{
	if (!is_touching(census, referral->plan, referral->plan_end))
		return;
	struct demo_out *out = &census->out;
	demo_out_line(out, "<ChildProtectionPlans>");
	demo_out_element_date(out, "CPPstartDate", referral->plan);
	date_element(census, "CPPendDate", referral->plan_end);
	demo_out_element(out, "InitialCategoryOfAbuse",
		code_of(categories, referral->category));
	demo_out_element(out, "LatestCategoryOfAbuse",
		code_of(categories,
			is_known(census, referral->plan_end)
				? referral->latest
				: referral->category));
	demo_out_element_number(out, "NumberOfPreviousCPP", referral->previous);
	write_reviews(census, index, referral);
	demo_out_line(out, "</ChildProtectionPlans>");
}

static void write_referral(struct census *census, int32_t index)
{
	const struct demo_referral *referral = &census->world->referrals[index];
	struct demo_out *out = &census->out;
	char need[8];
	demo_out_line(out, "<CINdetails>");
	demo_out_element_date(out, "CINreferralDate", referral->referred);
	demo_out_element(out, "ReferralSource",
		code_of(sources, referral->source));
	snprintf(need, sizeof need, "N%d", referral->need % 10);
	demo_out_element(out, "PrimaryNeedCode", need);
	date_element(census, "CINclosureDate", referral->closed);
	if (is_known(census, referral->closed))
		demo_out_element(out, "ReasonForClosure", referral->reason);
	if (referral->is_transfer && is_in_year(census, referral->conference))
		date_element(census, "DateOfInitialCPC", referral->conference);
	write_assessment(census, referral);
	write_need_plan(census, referral->need_plan, referral->need_plan_end);
	write_need_plan(census, referral->need_plan2, referral->need_plan2_end);
	write_enquiry(census, referral);
	truth_element(census, "ReferralNFA", referral->is_nfa);
	write_plan(census, index, referral);
	demo_out_line(out, "</CINdetails>");
}

static void write_head(struct census *census)
{
	struct demo_out *out = &census->out;
	demo_out_line(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>");
	demo_out_line(out, "<Message>");
	demo_out_line(out, "<Header>");
	demo_out_line(out, "<CollectionDetails>");
	demo_out_element(out, "Collection", "CIN");
	demo_out_element_number(out, "Year", date_year(census->period.last));
	demo_out_element_date(out, "ReferenceDate", census->period.last);
	demo_out_line(out, "</CollectionDetails>");
	demo_out_line(out, "<Source>");
	demo_out_element(out, "SourceLevel", "L");
	demo_out_element_number(out, "LEA", DEMO_LA);
	demo_out_element(out, "SoftwareCode", "Demo borough");
	demo_out_element(out, "Release", "demo");
	demo_out_element(out, "SerialNo", "001");
	char day[DATE_TEXT];
	date_write(date_add_days(census->period.last, 21), day);
	buffer_format(&out->buffer, "<DateTime>%sT09:00:00</DateTime>\n", day);
	demo_out_line(out, "</Source>");
	demo_out_line(out, "</Header>");
	demo_out_line(out, "<Children>");
}

static int order_referrals(const void *a, const void *b, void *data)
{
	const struct demo_world *world = data;
	const struct demo_referral *left = &world->referrals[*(const int32_t *)a];
	const struct demo_referral *right = &world->referrals[*(const int32_t *)b];
	int by = world->people[left->person].social
		- world->people[right->person].social;
	return by != 0 ? by : left->referred.day - right->referred.day;
}

/* Referrals by child and date. */
static int32_t *ordered(const struct demo_world *world)
{
	int32_t *order = arena_array(world->arena, world->referrals_count + 1,
		sizeof *order);
	for (size_t i = 0; i < world->referrals_count; i++)
		order[i] = (int32_t)i;
	struct demo_world copy = *world; /* qsort_r's data is not const */
	qsort_r(order, world->referrals_count, sizeof *order, order_referrals,
		&copy);
	return order;
}

static bool write_census(const struct demo_world *world, const int32_t *order,
	struct period period, struct demo_out *out)
{
	struct census census = {
		.world = world,
		.period = period,
		.has_words = period.last.day > date_from(2022, 12, 31).day,
	};
	write_head(&census);
	int32_t open_child = -1;
	for (size_t i = 0; i < world->referrals_count; i++) {
		const struct demo_referral *referral = &world->referrals[order[i]];
		if (!is_touching(&census, referral->referred, referral->closed))
			continue;
		if (referral->person != open_child) {
			if (open_child >= 0)
				demo_out_line(&census.out, "</Child>");
			demo_out_line(&census.out, "<Child>");
			write_identifiers(&census,
				&world->people[referral->person]);
		}
		open_child = referral->person;
		write_referral(&census, order[i]);
	}
	if (open_child >= 0)
		demo_out_line(&census.out, "</Child>");
	demo_out_line(&census.out, "</Children>");
	demo_out_line(&census.out, "</Message>");
	*out = census.out;
	return true;
}

bool demo_cin_write(const struct demo_world *world, const char *folder,
	struct fault *fault)
{
	const int32_t *order = ordered(world);
	for (int year = DEMO_FIRST_YEAR; year <= DEMO_LAST_YEAR; year++) {
		bool is_whole = year < DEMO_LAST_YEAR;
		char name[32];
		snprintf(name, sizeof name,
			is_whole ? "CIN_%d.xml" : "CIN_%d_q1.xml",
			is_whole ? year + 1 : year);
		struct demo_out out;
		write_census(world, order,
			is_whole ? period_financial_year(year)
				 : period_quarter(year, 1),
			&out);
		if (!demo_out_save(&out, folder, name, fault))
			return false;
	}
	return true;
}
