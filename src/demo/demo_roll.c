/* SPDX-License-Identifier: MIT
 *
 * Schools and who was on their rolls, September 2020 to June 2024.
 *
 * A cohort is the children who start reception in the same September. Each
 * school has a number of seats in each cohort; a seat is held by one pupil at
 * a time. Pupils come and go during the year, some to another school of the
 * borough, and nearly all move on to a secondary school after year 6. Special
 * schools keep a pupil from reception to year 11.
 *
 * Planted here: twins, pupils whose number changed in September 2023, a few
 * numbers with a wrong check letter, and a school that falls silent after
 * Christmas 2023.
 */
#include "demo/demo-inside.h"

#include "base/text.h"

enum {
	PRIMARIES = 35,
	SECONDARIES = 10,
	SPECIALS = 3,
	SCHOOLS = PRIMARIES + SECONDARIES + SPECIALS,
	SEATS_PRIMARY = 51, /* in each year group */
	SEATS_SECONDARY = 174,
	SEATS_SPECIAL = 12,
	MOVING_ON = 1600,    /* of a cohort, to secondary schools here */
	FIRST_COHORT = 2009, /* year 11 in 2020/21 */
	LAST_COHORT = 2023,
	SILENT_SCHOOL = 20,
	YEARS_OF_NUMBERS = 64,
};

struct roll {
	struct demo_world *world;
	struct demo_random random;
	/* Last serial given by each school in each year. */
	int16_t serials[SCHOOLS][YEARS_OF_NUMBERS];
	int32_t leaving[8192]; /* pupils of a cohort at the end of year 6 */
	size_t leaving_count;
	int32_t last_person;
};

static void build_schools(struct demo_world *world)
{
	world->schools = arena_array(world->arena, SCHOOLS,
		sizeof *world->schools);
	world->schools_count = SCHOOLS;
	for (int i = 0; i < SCHOOLS; i++) {
		enum demo_phase phase = i < PRIMARIES ? DEMO_PRIMARY
			: i < PRIMARIES + SECONDARIES ? DEMO_SECONDARY
						      : DEMO_SPECIAL;
		static const int estabs[] = {2000, 4200, 7000};
		world->schools[i] = (struct demo_school){
			.phase = phase,
			.urn = 990001 + i,
			.estab = (int16_t)(estabs[phase] + 11 + i * 3),
			.name = (int16_t)i,
		};
	}
	world->schools[SILENT_SCHOOL].silent = date_from(2024, 1, 1);
}

static void give_upn(struct roll *roll, struct demo_person *person, int school,
	int year)
{
	int serial = ++roll->serials[school][year - 2000];
	demo_people_upn(person->upn, DEMO_LA,
		roll->world->schools[school].estab, year, serial);
}

/* A number that the school made by hand: the next letter of the alphabet. */
static void spoil_upn(struct demo_person *person)
{
	char letter = person->upn[0];
	person->upn[0] = letter == 'Z' ? 'A'
		: letter == 'H' || letter == 'N' || letter == 'R'
		? (char)(letter + 2)
		: (char)(letter + 1);
}

static int32_t add_pupil(struct roll *roll, int cohort)
{
	struct demo_random *random = &roll->random;
	struct demo_world *world = roll->world;
	struct date born = demo_random_date(random, date_from(cohort - 5, 9, 1),
		date_from(cohort - 4, 8, 31));
	int32_t person = demo_people_add(world, random, born);
	int32_t other = roll->last_person;
	roll->last_person = person;
	if (demo_random_chance(random, 12)
		&& world->people[other].born.day
			>= date_from(cohort - 5, 9, 1).day) {
		world->people[person].born = world->people[other].born;
		world->people[person].family = world->people[other].family;
		world->people[person].ethnic = world->people[other].ethnic;
	}
	return person;
}

static int32_t add_enrolment(struct roll *roll, int32_t person, int school,
	struct date entry)
{
	struct demo_world *world = roll->world;
	struct demo_random *random = &roll->random;
	world->enrolments = memory_grow(world->enrolments,
		&world->enrolments_capacity, world->enrolments_count + 1,
		sizeof *world->enrolments);
	bool is_special = world->schools[school].phase == DEMO_SPECIAL;
	int support = demo_random_below(random, 1000);
	world->enrolments[world->enrolments_count] = (struct demo_enrolment){
		.person = person,
		.school = (int16_t)school,
		.entry = entry,
		.sen = is_special || support < 45 ? 'E'
			: support < 195           ? 'K'
						  : 'N',
		.is_fsm = demo_random_chance(random, 380),
	};
	world->people[person].enrolment = (int32_t)++world->enrolments_count;
	return (int32_t)world->enrolments_count - 1;
}

/* A pupil new to the borough's schools takes a seat. Those from year 1 on may
 * bring a number from elsewhere. */
static int32_t newcomer(struct roll *roll, int cohort, int school,
	struct date entry)
{
	int32_t index = add_pupil(roll, cohort);
	struct demo_person *person = &roll->world->people[index];
	bool is_first = date_year(entry) == cohort;
	if (is_first || demo_random_chance(&roll->random, 300)) {
		give_upn(roll, person, school, date_year(entry));
	} else {
		static const int las[] = {202, 204, 309, 316, 891, 886};
		int serial = roll->world->next_outside++;
		demo_people_upn(person->upn,
			las[demo_random_below(&roll->random, COUNT_OF(las))],
			2000 + serial / 1000, cohort, serial % 1000);
	}
	if (index % 3000 == 1700)
		spoil_upn(person);
	return add_enrolment(roll, index, school, entry);
}

/* Some pupils move during a school year: the seat goes to a newcomer, the
 * pupil out of the borough or to another school. */
static int32_t churn(struct roll *roll, int32_t enrolment, int cohort, int year)
{
	struct demo_random *random = &roll->random;
	struct demo_world *world = roll->world;
	if (!demo_random_chance(random, 55))
		return enrolment;
	struct date left = demo_random_date(random, date_from(year, 9, 20),
		date_from(year + 1, 6, 20));
	struct demo_enrolment *now = &world->enrolments[enrolment];
	if (left.day <= now->entry.day + 20)
		return enrolment;
	now->left = left;
	int school = now->school;
	int32_t person = now->person;
	enum demo_phase phase = world->schools[school].phase;
	if (phase != DEMO_SPECIAL && demo_random_chance(random, 350)) {
		int other = phase == DEMO_PRIMARY
			? demo_random_below(random, PRIMARIES)
			: PRIMARIES + demo_random_below(random, SECONDARIES);
		if (other != school) {
			int32_t moved = add_enrolment(roll, person, other,
				date_add_days(left,
					demo_random_between(random, 1, 20)));
			world->enrolments[moved].left =
				date_add_days(date_from(year + 1, 7, 31), 0);
		}
	}
	return newcomer(roll, cohort, school,
		date_add_days(left, demo_random_between(random, 3, 40)));
}

/* The pupils of one seat from the year they start to the year they finish. */
static int32_t fill_seat(struct roll *roll, int32_t enrolment, int cohort,
	int last_year)
{
	struct demo_world *world = roll->world;
	int from = date_year(world->enrolments[enrolment].entry);
	for (int year = from < 2020 ? 2020 : from;
		year <= last_year && year <= LAST_COHORT; year++)
		enrolment = churn(roll, enrolment, cohort, year);
	if (last_year <= LAST_COHORT - 1)
		world->enrolments[enrolment].left = date_from(last_year + 1, 7,
			31);
	return enrolment;
}

static void primary_years(struct roll *roll, int cohort)
{
	for (int school = 0; school < PRIMARIES; school++) {
		for (int seat = 0; seat < SEATS_PRIMARY; seat++) {
			int32_t first = newcomer(roll, cohort, school,
				date_from(cohort, 9, 1));
			int32_t last = fill_seat(roll, first, cohort, cohort + 6);
			roll->leaving[roll->leaving_count++] =
				roll->world->enrolments[last].person;
		}
	}
}

static void secondary_years(struct roll *roll, int cohort)
{
	demo_random_shuffle(&roll->random, roll->leaving, roll->leaving_count);
	struct date entry = date_from(cohort + 7, 9, 1);
	size_t moving = roll->leaving_count < MOVING_ON ? roll->leaving_count
							: MOVING_ON;
	size_t taken = 0;
	for (int seat = 0; seat < SEATS_SECONDARY; seat++) {
		for (int at = 0; at < SECONDARIES; at++) {
			int school = PRIMARIES + at;
			int32_t first = taken < moving
				? add_enrolment(roll, roll->leaving[taken++],
					school, entry)
				: newcomer(roll, cohort, school, entry);
			fill_seat(roll, first, cohort, cohort + 11);
		}
	}
}

static void special_years(struct roll *roll, int cohort)
{
	for (int at = 0; at < SPECIALS; at++) {
		for (int seat = 0; seat < SEATS_SPECIAL; seat++) {
			int32_t first = newcomer(roll, cohort,
				PRIMARIES + SECONDARIES + at,
				date_from(cohort, 9, 1));
			fill_seat(roll, first, cohort, cohort + 11);
		}
	}
}

/* Pupils who had been given two numbers, found out in the autumn of 2023. */
static void change_numbers(struct roll *roll)
{
	struct demo_world *world = roll->world;
	struct date day = date_from(2023, 9, 1);
	for (size_t i = 500; i < world->people_count; i += 900) {
		struct demo_person *person = &world->people[i];
		if (person->enrolment == 0)
			continue;
		const struct demo_enrolment *enrolment =
			&world->enrolments[person->enrolment - 1];
		if (!date_is_none(enrolment->left)
			|| enrolment->entry.day >= day.day)
			continue;
		text_copy(person->former, sizeof person->former,
			text_of(person->upn));
		person->changed = day;
		give_upn(roll, person, enrolment->school, 2023);
	}
}

void demo_roll_build(struct demo_world *world)
{
	struct roll *roll = arena_new(world->arena, sizeof *roll);
	roll->world = world;
	roll->random = demo_random_stream(world->seed, 1);
	build_schools(world);
	for (int cohort = FIRST_COHORT; cohort <= LAST_COHORT; cohort++) {
		roll->leaving_count = 0;
		if (cohort + 6 >= 2020)
			primary_years(roll, cohort);
		if (cohort + 7 <= LAST_COHORT)
			secondary_years(roll, cohort);
		special_years(roll, cohort);
	}
	change_numbers(roll);
	demo_people_order(world);
}
