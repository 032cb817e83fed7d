/* SPDX-License-Identifier: MIT
 *
 * The invented borough in memory, shared by the files of this room only.
 *
 * A person is a child or a young adult; a family is a surname and an address.
 * Enrolments, looked-after children and referrals point at persons by index.
 * People are made in this order, each step using the one before: schools and
 * their pupils (demo_roll), children looked after (demo_care), children in
 * need (demo_needs). Nobody is removed. Indexes are stable; arrays may move
 * while they grow, so no pointer into them is kept across a call that adds.
 */
#ifndef KITH_DEMO_DEMO_INSIDE_H
#define KITH_DEMO_DEMO_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/fault.h"
#include "demo/demo_random.h"

enum {
	DEMO_LA = 206, /* the number whose comparators the report quotes */
	DEMO_FIRST_YEAR = 2019, /* financial year of the first returns */
	/* The looked-after returns begin later, so that long-term stability a year
	 * ago has too short a history: the published report gives none either. */
	DEMO_FIRST_LOOKED_AFTER = 2021,
	DEMO_LAST_YEAR = 2024, /* financial year of the in-year extract */
	DEMO_POSTCODES = 720,  /* in the borough; those outside follow */
	DEMO_POSTCODES_OUT = 240,
	DEMO_SPELLS = 48,   /* most spells a child may have */
	DEMO_PERIODS = 4,   /* most periods of care a child may have */
	DEMO_UPN = 14,      /* with the zero byte */
	DEMO_POSTCODE = 24, /* room to write one */
};

enum demo_sex { DEMO_MALE = 1, DEMO_FEMALE = 2 };

struct demo_family {
	uint16_t surname;
	int16_t house; /* number in the street */
	int32_t postcode;
};

struct demo_person {
	char upn[DEMO_UPN];    /* "" none */
	char former[DEMO_UPN]; /* the UPN before `changed` */
	struct date changed;
	struct date born; /* the expected day while unborn */
	enum demo_sex sex;
	uint8_t ethnic;     /* into demo_people_ethnic */
	uint8_t disability; /* into demo_people_disability; 0 none */
	uint16_t forename;
	uint16_t middle;
	int32_t family;
	int32_t social;       /* LA child id; 0 not known to social care */
	int32_t enrolment;    /* the latest, + 1; 0 on no roll here */
	struct date busy;     /* no new referral before this day */
	struct date referred; /* latest referral */
	int16_t plans;        /* child protection plans so far */
	struct date ordered;  /* left care by special guardianship order */
	bool is_uasc;
};

enum demo_phase { DEMO_PRIMARY, DEMO_SECONDARY, DEMO_SPECIAL, DEMO_PHASES };

struct demo_school {
	enum demo_phase phase;
	int32_t urn;
	int16_t estab;
	int16_t name;
	struct date silent; /* sends no sessions from this day; none: sends */
};

struct demo_enrolment {
	int32_t person;
	int16_t school;
	struct date entry;
	struct date left; /* last day on the roll; none: still there */
	int32_t tally[4]; /* by absence year from 2020, + 1; 0 none */
	uint8_t sen;      /* 'N', 'K' or 'E' */
	bool is_fsm;
};

/* One placement with one carer. */
struct demo_spell {
	struct date start;
	struct date end; /* first day after; none: open */
	uint8_t place;   /* into the place table of demo_care.c */
	int32_t postcode;
	int32_t urn;
	/* When the carer became the child's prospective adopter: from that day
	 * the place is A5 and the spell goes on. None: never. */
	struct date adopting;
};

struct demo_period {
	struct date start;
	struct date end; /* none: still looked after */
	char reason[4];  /* REC of the last episode */
	int16_t first;   /* index of its first spell */
	int16_t count;
};

struct demo_looked {
	int32_t person;
	int16_t need;    /* N1 to N8 as 1 to 8 */
	bool is_respite; /* short breaks: V3, outside the counted measures */
	bool is_dropped; /* planted: vanishes from the next return, never closed */
	bool is_overlapping; /* planted: an end three days after the next start */
	bool is_section20;   /* V2 throughout; otherwise care orders */
	bool is_back_after_sgo;
	int16_t spell_count;
	int16_t period_count;
	struct demo_spell spells[DEMO_SPELLS];
	struct demo_period periods[DEMO_PERIODS];
};

struct demo_referral {
	int32_t person;
	struct date referred;
	struct date closed;   /* none: open */
	struct date assessed; /* assessment started; none: none */
	struct date authorised;
	struct date section47;
	struct date conference; /* none: not held */
	struct date plan;       /* child protection plan; none: none */
	struct date plan_end;
	struct date need_plan; /* child in need plan */
	struct date need_plan_end;
	struct date need_plan2; /* after the protection plan */
	struct date need_plan2_end;
	uint8_t source; /* into demo_needs_source */
	uint8_t need;
	uint8_t category;   /* into demo_needs_category */
	uint8_t latest;     /* category at the end */
	uint8_t factors[3]; /* into demo_needs_factor */
	uint8_t previous;   /* NumberOfPreviousCPP */
	char reason[4];     /* of closure */
	bool is_nfa;
	bool is_transfer; /* conference held on moving in: no section 47 here */
};

struct demo_world {
	struct arena *arena;
	uint64_t seed;

	struct demo_person *people;
	size_t people_count, people_capacity;
	struct demo_family *families;
	size_t families_count, families_capacity;
	int32_t *by_birth; /* pupils in order of birth, for demo_people_take */
	size_t by_birth_count;
	int32_t next_social;
	int32_t next_outside; /* serial of UPNs given by other authorities */

	struct demo_school *schools;
	size_t schools_count;
	struct demo_enrolment *enrolments;
	size_t enrolments_count, enrolments_capacity;
	struct demo_tally *tallies; /* see demo_marks.h */
	size_t tallies_count, tallies_capacity;

	struct demo_looked *looked;
	size_t looked_count, looked_capacity;

	struct demo_referral *referrals;
	size_t referrals_count, referrals_capacity;
};

/* demo_people.c */
int32_t demo_people_add(struct demo_world *world, struct demo_random *random,
	struct date born);
/* A pupil born within `tolerance` days and not yet known to social care, or a
 * new person; gets an LA child id. */
int32_t demo_people_take(struct demo_world *world, struct demo_random *random,
	struct date born);
int32_t demo_people_take_new(struct demo_world *world,
	struct demo_random *random, struct date born);
void demo_people_order(struct demo_world *world);
void demo_people_upn(char out_upn[DEMO_UPN], int la, int school, int year,
	int serial);
/* What the number was on the day: a UPN, or UN1 to UN5 in its place. */
void demo_people_upn_on(const struct demo_person *person, struct date day,
	char out_upn[DEMO_UPN]);
const char *demo_people_ethnic(const struct demo_person *person);
const char *demo_people_disability(const struct demo_person *person);
void demo_people_forename(const struct demo_person *person, char out[32]);
void demo_people_surname(const struct demo_world *world,
	const struct demo_person *person, char out[32]);

/* demo_place.c: postcodes, wards, streets */
void demo_place_postcode(int32_t postcode, char out[DEMO_POSTCODE]);
bool demo_place_write(const struct demo_world *world, const char *folder,
	struct fault *fault);

/* demo_days.c: the school and working calendars */
bool demo_days_is_working(struct date day);
struct date demo_days_working_back(struct date day, int days);
struct date demo_days_working_on(struct date day, int days);
struct date demo_days_next_working(struct date day);
bool demo_days_is_school(struct date day);

/* The steps, and the feeds. */
void demo_roll_build(struct demo_world *world);
void demo_care_build(struct demo_world *world);
void demo_needs_build(struct demo_world *world);
void demo_marks_build(struct demo_world *world);
bool demo_903_write(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_cin_write(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_census_write(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_marks_write(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_annex_write(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_other_comparators(const struct demo_world *world, const char *folder,
	struct fault *fault);
bool demo_other_aggregates(const struct demo_world *world, const char *folder,
	struct fault *fault);

/* demo_home.c: cases of home education, for the register */
bool demo_home_write(const struct demo_world *world, const char *folder,
	struct fault *fault);

#endif
