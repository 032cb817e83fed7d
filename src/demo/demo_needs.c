/* SPDX-License-Identifier: MIT
 *
 * Referrals, assessments, enquiries and plans, quarter by quarter.
 *
 * One record is one referral episode of the children in need census with at
 * most one assessment, one section 47 enquiry and one child protection plan.
 * A child has one open referral at a time. How many plans start in a quarter,
 * and how many are of children who had one before, is in demo_plan.c; every
 * child looked after has a referral too, and some of them the plan that came
 * before care.
 *
 * Planted: three brothers and sisters with a repeat plan on one day, children
 * on a plan before birth, conferences on moving into the borough.
 */
#include "demo/demo-inside.h"

#include <string.h>

#include "base/period.h"
#include "base/text.h"
#include "demo/demo_plan.h"

enum {
	NEEDS_FROM = 2017, /* two years before the first census */
	QUARTERS = (DEMO_LAST_YEAR - NEEDS_FROM) * 4 + 1,
	MOST_PLANNED = 4096,
};

struct needs {
	struct demo_world *world;
	struct demo_random random;
	struct period quarter;
	/* Referrals with an ended plan, for repeats. */
	int32_t planned[MOST_PLANNED];
	size_t planned_count;
	/* Referrals of children looked after who may have had a plan. */
	int32_t cared[MOST_PLANNED];
	struct date entered[MOST_PLANNED];
	size_t cared_count, cared_used;
};

static struct demo_referral *referral_at(const struct needs *needs, int32_t index)
{
	return &needs->world->referrals[index];
}

static int32_t add_referral(struct needs *needs, int32_t person,
	struct date referred)
{
	static const int need_weights[] = {520, 70, 40, 130, 130, 45, 15, 50};
	struct demo_world *world = needs->world;
	struct demo_random *random = &needs->random;
	world->referrals = memory_grow(world->referrals,
		&world->referrals_capacity, world->referrals_count + 1,
		sizeof *world->referrals);
	struct demo_referral *referral =
		&world->referrals[world->referrals_count++];
	*referral = (struct demo_referral){
		.person = person,
		.referred = referred,
		.source = (uint8_t)demo_random_below(random, 1000),
		.need = (uint8_t)(1
			+ demo_random_weighted(random, need_weights,
				COUNT_OF(need_weights))),
		.category = (uint8_t)demo_random_below(random, 100),
	};
	for (size_t i = 0; i < COUNT_OF(referral->factors); i++)
		referral->factors[i] = (uint8_t)demo_random_below(random, 250);
	referral->latest = demo_random_chance(random, 80)
		? (uint8_t)demo_random_below(random, 100)
		: referral->category;
	world->people[person].referred = referred;
	return (int32_t)world->referrals_count - 1;
}

static void close_referral(struct needs *needs, struct demo_referral *referral,
	struct date day, const char *reason)
{
	referral->closed = day;
	text_copy(referral->reason, sizeof referral->reason, text_of(reason));
	needs->world->people[referral->person].busy = day;
}

/* Most assessments are finished in time (45 working days: Working Together
 * to Safeguard Children 2023). */
static void assess(struct needs *needs, struct demo_referral *referral)
{
	struct demo_random *random = &needs->random;
	referral->assessed = demo_days_next_working(
		date_add_days(referral->referred,
			demo_random_between(random, 0, 3)));
	int days = demo_random_chance(random, 855)
		? demo_random_between(random, 12, 45)
		: demo_random_between(random, 46, 75);
	referral->authorised = demo_days_working_on(referral->assessed, days);
}

static const char *usual_reason(struct demo_random *random)
{
	static const char *const reasons[] = {"RC7", "RC3", "RC5", "RC6", "RC4"};
	static const int weights[] = {860, 20, 70, 40, 10};
	return reasons[demo_random_weighted(random, weights, COUNT_OF(weights))];
}

static void plan_support(struct needs *needs, struct demo_referral *referral)
{
	struct demo_random *random = &needs->random;
	referral->need_plan = date_add_days(referral->authorised,
		demo_random_between(random, 1, 10));
	referral->need_plan_end = date_add_days(referral->need_plan,
		demo_random_between(random, 60, 300));
	close_referral(needs, referral, referral->need_plan_end,
		usual_reason(random));
}

static int32_t new_child(struct needs *needs, struct date day)
{
	struct demo_random *random = &needs->random;
	int age = demo_random_below(random, 17 * 365);
	return demo_people_take(needs->world, random,
		date_add_days(day, -age - 25));
}

/* A child whose referral of the last twelve months is closed; -1: none. */
static int32_t child_again(struct needs *needs, struct date day)
{
	struct demo_world *world = needs->world;
	for (int tries = 0; tries < 60; tries++) {
		int back = 1 + demo_random_below(&needs->random, 1800);
		if ((size_t)back > world->referrals_count)
			continue;
		const struct demo_referral *before =
			&world->referrals[world->referrals_count - (size_t)back];
		const struct demo_person *person = &world->people[before->person];
		if (person->referred.day == before->referred.day
			&& !date_is_none(before->closed)
			&& person->busy.day < day.day
			&& before->referred.day > date_add_months(day, -12).day
			&& date_age(person->born, day) < 18)
			return before->person;
	}
	return -1;
}

static void refer(struct needs *needs, struct date day)
{
	struct demo_random *random = &needs->random;
	int32_t person = demo_random_chance(random, 205)
		? child_again(needs, day)
		: -1;
	if (person < 0)
		person = new_child(needs, day);
	if (needs->world->people[person].born.day > day.day)
		day = needs->world->people[person].born;
	struct demo_referral *referral = referral_at(needs,
		add_referral(needs, person, day));
	if (demo_random_chance(random, 110)) {
		referral->is_nfa = true;
		close_referral(needs, referral,
			date_add_days(day, demo_random_between(random, 1, 5)),
			"RC7");
		return;
	}
	assess(needs, referral);
	int outcome = demo_random_below(random, 1000);
	if (outcome < 480) {
		struct date closed = date_add_days(referral->authorised,
			demo_random_between(random, 0, 7));
		bool has_code = closed.day >= date_from(2023, 4, 1).day;
		close_referral(needs, referral, closed,
			has_code && outcome < 150 ? "RC9" : "RC8");
		return;
	}
	if (outcome < 640)
		referral->section47 = demo_days_working_on(day,
			demo_random_between(random, 1, 8));
	plan_support(needs, referral);
}

/* From the conference day back: enquiry, referral; and on to the end. Most
 * conferences are held within 15 working days of the strategy discussion. */
static void fill_plan(struct needs *needs, struct demo_referral *referral,
	struct date plan)
{
	struct demo_random *random = &needs->random;
	int days = demo_random_chance(random, 785)
		? demo_random_between(random, 8, 15)
		: demo_random_between(random, 16, 24);
	referral->conference = plan;
	referral->plan = plan;
	referral->is_transfer = demo_random_chance(random, 30);
	struct date enquiry = demo_days_working_back(plan, days);
	referral->section47 = referral->is_transfer ? DATE_NONE : enquiry;
	referral->referred = demo_days_working_back(enquiry,
		demo_random_between(random, 1, 12));
	assess(needs, referral);
	referral->plan_end = date_add_days(plan,
		demo_random_chance(random, 40)
			? demo_random_between(random, 745, 900)
			: demo_random_between(random, 95, 520));
}

static int32_t start_plan(struct needs *needs, int32_t person, struct date plan)
{
	struct demo_random *random = &needs->random;
	int32_t index = add_referral(needs, person, plan);
	struct demo_referral *referral = referral_at(needs, index);
	fill_plan(needs, referral, plan);
	needs->world->people[person].referred = referral->referred;
	referral->need_plan2 = referral->plan_end;
	referral->need_plan2_end = date_add_days(referral->plan_end,
		demo_random_between(random, 60, 150));
	close_referral(needs, referral, referral->need_plan2_end,
		usual_reason(random));
	if (needs->planned_count < MOST_PLANNED)
		needs->planned[needs->planned_count++] = index;
	return index;
}

static void count_plan(struct needs *needs, int32_t index)
{
	struct demo_referral *referral = referral_at(needs, index);
	struct demo_person *person = &needs->world->people[referral->person];
	referral->previous = (uint8_t)person->plans;
	person->plans++;
}

/* Someone whose plan has ended and referral closed; -1: none found. */
static int32_t planned_before(struct needs *needs, struct date plan)
{
	for (int tries = 0; tries < 80 && needs->planned_count > 0; tries++) {
		const struct demo_referral *before = referral_at(needs,
			needs->planned[demo_random_below(&needs->random,
				(int)needs->planned_count)]);
		const struct demo_person *person =
			&needs->world->people[before->person];
		if (person->busy.day < plan.day - 75
			&& date_age(person->born, plan) < 17)
			return before->person;
	}
	return -1;
}

static struct date working_day_in(struct needs *needs)
{
	struct date day;
	do {
		day = demo_random_date(&needs->random, needs->quarter.first,
			needs->quarter.last);
	} while (!demo_days_is_working(day));
	return day;
}

static void share_family(struct needs *needs, int32_t person, int32_t with)
{
	struct demo_world *world = needs->world;
	world->people[person].family = world->people[with].family;
	world->people[person].ethnic = world->people[with].ethnic;
}

static void repeat_plans(struct needs *needs, int count, bool has_siblings)
{
	struct date plan = DATE_NONE;
	int32_t eldest = -1;
	for (int i = 0; i < count; i++) {
		bool is_sibling = has_siblings && i > 0 && i < 3;
		if (!is_sibling)
			plan = working_day_in(needs);
		int32_t person = demo_random_chance(&needs->random, 620)
			? planned_before(needs, plan)
			: -1;
		if (person < 0) {
			/* The earlier plan was before the first census. */
			person = new_child(needs, date_add_days(plan, -500));
			needs->world->people[person].plans = (int16_t)(1
				+ demo_random_chance(&needs->random, 200));
		}
		if (is_sibling)
			share_family(needs, person, eldest);
		else
			eldest = person;
		count_plan(needs, start_plan(needs, person, plan));
	}
}

/* Plans of children who went into care soon after. */
static int plans_before_care(struct needs *needs, int most)
{
	int made = 0;
	for (size_t i = 0; i < needs->cared_count && made < most; i++) {
		struct date plan = demo_days_next_working(
			date_add_days(needs->entered[i], -70));
		struct demo_referral *referral = referral_at(needs,
			needs->cared[i]);
		const struct demo_person *person =
			&needs->world->people[referral->person];
		if (plan.day < needs->quarter.first.day
			|| plan.day > needs->quarter.last.day
			|| person->plans > 0 || person->born.day > plan.day - 60)
			continue;
		fill_plan(needs, referral, plan);
		referral->plan_end = date_add_days(needs->entered[i],
			demo_random_between(&needs->random, 14, 40));
		count_plan(needs, needs->cared[i]);
		made++;
	}
	return made;
}

static void first_plans(struct needs *needs, int count)
{
	struct demo_random *random = &needs->random;
	count -= plans_before_care(needs, 9);
	struct date plan = DATE_NONE;
	int32_t eldest = -1;
	int siblings = 0;
	for (int i = 0; i < count; i++) {
		bool is_unborn = i == 0 || i == 12;
		if (siblings == 0) {
			plan = working_day_in(needs);
			siblings = demo_random_below(random, 4);
			eldest = -1;
		} else {
			siblings--;
		}
		struct date due = date_add_days(plan,
			demo_random_between(random, 20, 80));
		if (i == 0) /* one is still unborn when the quarter ends */
			due = date_add_days(needs->quarter.last,
				demo_random_between(random, 5, 40));
		int32_t person = is_unborn
			? demo_people_take_new(needs->world, random, due)
			: new_child(needs, date_add_days(plan, -60));
		if (eldest >= 0)
			share_family(needs, person, eldest);
		eldest = person;
		count_plan(needs, start_plan(needs, person, plan));
	}
}

/* Conferences that decided against a plan. */
static void conferences_only(struct needs *needs, int count)
{
	for (int i = 0; i < count; i++) {
		struct date day = working_day_in(needs);
		int32_t person = new_child(needs, date_add_days(day, -60));
		struct demo_referral *referral = referral_at(needs,
			add_referral(needs, person, day));
		fill_plan(needs, referral, day);
		referral->is_transfer = false;
		referral->section47 = demo_days_working_back(day,
			demo_random_between(&needs->random, 8, 17));
		referral->referred = demo_days_working_back(referral->section47,
			5);
		needs->world->people[person].referred = referral->referred;
		assess(needs, referral);
		referral->plan = referral->plan_end = DATE_NONE;
		plan_support(needs, referral);
		if (referral->closed.day < day.day)
			close_referral(needs, referral, date_add_days(day, 30),
				"RC7");
	}
}

static const char *reason_after_care(const struct demo_period *period)
{
	if (strcmp(period->reason, "E11") == 0
		|| strcmp(period->reason, "E12") == 0)
		return "RC1";
	bool is_order = strncmp(period->reason, "E4", 2) == 0;
	if (is_order && period->reason[2] >= '5' && period->reason[2] <= '8')
		return "RC4";
	return strcmp(period->reason, "E41") == 0 ? "RC3" : "RC7";
}

/* One period of care's referral; a second period that follows closely lies in
 * the referral of the first, which then closes later. */
static int32_t refer_before_care(struct needs *needs,
	const struct demo_looked *child, const struct demo_period *period,
	int32_t before)
{
	struct demo_random *random = &needs->random;
	struct demo_person *person = &needs->world->people[child->person];
	struct date referred = demo_days_working_back(period->start,
		demo_random_between(random, 8, 120));
	referred = date_later(referred, person->born);
	if (person->is_uasc)
		referred = period->start;
	struct date closed = date_is_none(period->end)
		? DATE_NONE
		: date_add_days(period->end, demo_random_between(random, 10, 90));
	int32_t index = before;
	if (before < 0 || referred.day > referral_at(needs, before)->closed.day) {
		index = add_referral(needs, child->person, referred);
		assess(needs, referral_at(needs, index));
	}
	struct demo_referral *referral = referral_at(needs, index);
	if (!date_is_none(closed))
		closed = date_later(closed, referral->authorised);
	referral->need = (uint8_t)child->need;
	referral->closed = closed;
	text_copy(referral->reason, sizeof referral->reason,
		text_of(date_is_none(closed) ? "" : reason_after_care(period)));
	person->busy = date_is_none(closed) ? date_from(2100, 1, 1) : closed;
	return index;
}

static void children_in_care(struct needs *needs)
{
	struct demo_world *world = needs->world;
	for (size_t i = 0; i < world->looked_count; i++) {
		const struct demo_looked *child = &world->looked[i];
		int32_t index = -1;
		int made = 0;
		for (int p = 0; p < child->period_count; p++) {
			const struct demo_period *period = &child->periods[p];
			bool is_past = !date_is_none(period->end)
				&& period->end.day < date_from(2019, 2, 1).day;
			if (is_past)
				continue;
			index = refer_before_care(needs, child, period, index);
			made++;
		}
		if (made != 1 || child->is_respite
			|| world->people[child->person].is_uasc
			|| needs->cared_count >= MOST_PLANNED)
			continue;
		needs->cared[needs->cared_count] = index;
		needs->entered[needs->cared_count++] =
			child->periods[child->period_count - 1].start;
	}
}

static void one_quarter(struct needs *needs, int year, int quarter)
{
	struct demo_plan_protection plan = demo_plan_protection(year, quarter);
	needs->quarter = period_quarter(year, quarter);
	repeat_plans(needs, plan.repeats, year == 2023 && quarter == 1);
	first_plans(needs, plan.starts - plan.repeats);
	conferences_only(needs, 8);
	if (year < 2018)
		return;
	int count = demo_plan_referrals(year, quarter) - plan.starts - 45;
	for (int i = 0; i < count; i++)
		refer(needs, working_day_in(needs));
}

void demo_needs_build(struct demo_world *world)
{
	struct needs *needs = arena_new(world->arena, sizeof *needs);
	needs->world = world;
	needs->random = demo_random_stream(world->seed, 3);
	children_in_care(needs);
	for (int i = 0; i < QUARTERS; i++)
		one_quarter(needs, NEEDS_FROM + i / 4, i % 4 + 1);
}
