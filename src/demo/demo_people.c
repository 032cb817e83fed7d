/* SPDX-License-Identifier: MIT
 *
 * Children, families and their identifiers.
 *
 * Names are built from syllables that nobody is called by. Unique pupil
 * numbers follow the published rule (DfE, Unique pupil numbers: a guide):
 * check letter, authority, school, year, serial.
 */
#include "demo/demo-inside.h"

#include <stdio.h>

#include "base/text.h"

static const char *const forename_first[] = {"Test", "Samp", "Mock", "Dumm",
	"Fict", "Prot", "Spec", "Trial", "Draft", "Model", "Inven", "Exam",
	"Figm", "Pretend", "Synth", "Blank", "Placeh", "Specim", "Stand", "Imag"};
static const char *const forename_last[] = {"a", "o", "ie", "an", "ella", "ric",
	"mira", "wyn", "is", "ette", "us", "ora", "el", "ina", "io", "\xc3\xa9",
	"ara", "en", "ilo", "ya"};
static const char *const surname_first[] = {"Qu", "Br", "Tw", "Fl", "Sn", "Gr",
	"Pl", "Dr", "Kl", "Sp", "Tr", "Wh", "Zw", "V", "N", "M", "L", "R", "H",
	"J"};
static const char *const surname_last[] = {"ill", "ankle", "emble", "orrow",
	"ibbet", "uddle", "isk", "ompton", "andry", "igle", "over", "ember",
	"uxley", "attern", "oskin", "izzen", "urdle", "erring", "app", "ockle",
	"inder", "agstone", "umber", "elvet", "oot"};

/* The twenty codes of the looked-after return and the census, with weights
 * for an inner-city borough. */
static const char *const ethnic_codes[] = {"WBRI", "WIRI", "WIRT", "WROM",
	"WOTH", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "CHNE",
	"AOTH", "BCRB", "BAFR", "BOTH", "OOTH", "REFU", "NOBT"};
static const int ethnic_weights[] = {330, 15, 4, 6, 120, 60, 40, 25, 60, 20, 12,
	60, 14, 30, 60, 130, 40, 50, 8, 6};

static const char *const disabilities[] = {"NONE", "AUT", "LD", "BEH", "COMM",
	"MOB", "CON", "HEAR", "VIS", "INC", "HAND", "PC", "DDA"};
static const int disability_weights[] = {870, 50, 25, 20, 10, 6, 4, 4, 3, 2, 2,
	2, 2};

/* Neighbouring authorities that may have given the number. */
static const int outside_las[] = {202, 204, 209, 210, 309, 316};

void demo_people_upn(char out_upn[DEMO_UPN], int la, int school, int year,
	int serial)
{
	static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";
	char digits[64];
	snprintf(digits, sizeof digits, "%03d%04d%02d%03d", la % 1000,
		school % 10000, year % 100, serial % 1000);
	int sum = 0;
	for (int i = 0; i < 12; i++)
		sum += (digits[i] - '0') * (i + 2);
	snprintf(out_upn, DEMO_UPN, "%c%.12s", letters[sum % 23], digits);
}

static int32_t add_family(struct demo_world *world, struct demo_random *random)
{
	world->families = memory_grow(world->families, &world->families_capacity,
		world->families_count + 1, sizeof *world->families);
	world->families[world->families_count] = (struct demo_family){
		.surname = (uint16_t)demo_random_below(random,
			(int)(COUNT_OF(surname_first) * COUNT_OF(surname_last))),
		.house = (int16_t)demo_random_between(random, 1, 140),
		.postcode = demo_random_below(random, DEMO_POSTCODES),
	};
	return (int32_t)world->families_count++;
}

/* A family already there whose latest child is not of nearly the same age, or
 * a new one. */
static int32_t family_for(struct demo_world *world, struct demo_random *random,
	struct date born)
{
	if (world->people_count < 100 || !demo_random_chance(random, 420))
		return add_family(world, random);
	int32_t other = demo_random_below(random, (int)world->people_count);
	int apart = world->people[other].born.day - born.day;
	if (apart > -330 && apart < 330)
		return add_family(world, random);
	return world->people[other].family;
}

int32_t demo_people_add(struct demo_world *world, struct demo_random *random,
	struct date born)
{
	int32_t family = family_for(world, random, born);
	world->people = memory_grow(world->people, &world->people_capacity,
		world->people_count + 1, sizeof *world->people);
	world->people[world->people_count] = (struct demo_person){
		.born = born,
		.sex = demo_random_chance(random, 512) ? DEMO_MALE : DEMO_FEMALE,
		.ethnic = (uint8_t)demo_random_weighted(random, ethnic_weights,
			COUNT_OF(ethnic_weights)),
		.disability = (uint8_t)demo_random_weighted(random,
			disability_weights, COUNT_OF(disability_weights)),
		.forename = (uint16_t)demo_random_below(random,
			(int)(COUNT_OF(forename_first) * COUNT_OF(forename_last))),
		.middle = (uint16_t)demo_random_below(random,
			(int)COUNT_OF(forename_first)),
		.family = family,
	};
	return (int32_t)world->people_count++;
}

static int order_births(const void *a, const void *b, void *data)
{
	const struct demo_world *world = data;
	int32_t left = *(const int32_t *)a, right = *(const int32_t *)b;
	int32_t by = world->people[left].born.day - world->people[right].born.day;
	return by != 0 ? by : left - right;
}

void demo_people_order(struct demo_world *world)
{
	world->by_birth_count = world->people_count;
	world->by_birth = arena_array(world->arena, world->people_count,
		sizeof *world->by_birth);
	for (size_t i = 0; i < world->people_count; i++)
		world->by_birth[i] = (int32_t)i;
	qsort_r(world->by_birth, world->by_birth_count, sizeof *world->by_birth,
		order_births, world);
}

/* The first pupil in order of birth who was born on the day or later. */
static size_t first_born_from(const struct demo_world *world, struct date day)
{
	size_t low = 0, high = world->by_birth_count;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (world->people[world->by_birth[middle]].born.day < day.day)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int32_t demo_people_take_new(struct demo_world *world,
	struct demo_random *random, struct date born)
{
	int32_t index = demo_people_add(world, random, born);
	struct demo_person *person = &world->people[index];
	person->social = ++world->next_social;
	if (born.day >= date_from(2019, 9, 1).day)
		return index; /* under school age throughout */
	if (!demo_random_chance(random, 900))
		return index;
	int serial = world->next_outside++;
	demo_people_upn(person->upn,
		outside_las[demo_random_below(random, COUNT_OF(outside_las))],
		2000 + serial / 1000, date_year(born) + 5, serial % 1000);
	return index;
}

/* Still of school age at the end, but no longer on a roll here. */
static bool has_moved_away(const struct demo_world *world,
	const struct demo_person *person)
{
	return person->enrolment > 0
		&& person->born.day >= date_from(2008, 9, 1).day
		&& !date_is_none(world->enrolments[person->enrolment - 1].left);
}

int32_t demo_people_take(struct demo_world *world, struct demo_random *random,
	struct date born)
{
	if (demo_random_chance(random, 120))
		return demo_people_take_new(world, random, born);
	struct date from = date_add_days(born, -20);
	for (size_t i = first_born_from(world, from); i < world->by_birth_count;
		i++) {
		int32_t index = world->by_birth[i];
		struct demo_person *person = &world->people[index];
		if (person->born.day > born.day + 20)
			break;
		if (person->social != 0 || demo_random_chance(random, 700)
			|| (has_moved_away(world, person)
				&& demo_random_chance(random, 800)))
			continue;
		person->social = ++world->next_social;
		return index;
	}
	return demo_people_take_new(world, random, born);
}

void demo_people_upn_on(const struct demo_person *person, struct date day,
	char out_upn[DEMO_UPN])
{
	const char *upn = person->upn;
	if (!date_is_none(person->changed) && day.day < person->changed.day)
		upn = person->former;
	if (date_age(person->born, day) < 4)
		upn = "UN1";
	else if (upn[0] == '\0')
		upn = person->is_uasc ? "UN3" : "UN4";
	text_copy(out_upn, DEMO_UPN, text_of(upn));
}

const char *demo_people_ethnic(const struct demo_person *person)
{
	return ethnic_codes[person->ethnic];
}

const char *demo_people_disability(const struct demo_person *person)
{
	return disabilities[person->disability];
}

void demo_people_forename(const struct demo_person *person, char out[32])
{
	size_t endings = COUNT_OF(forename_last);
	snprintf(out, 32, "%s%s", forename_first[person->forename / endings],
		forename_last[person->forename % endings]);
}

void demo_people_surname(const struct demo_world *world,
	const struct demo_person *person, char out[32])
{
	size_t endings = COUNT_OF(surname_last);
	size_t name = world->families[person->family].surname;
	snprintf(out, 32, "Demo-%s%s", surname_first[name / endings],
		surname_last[name % endings]);
}
