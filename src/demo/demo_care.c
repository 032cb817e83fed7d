/* SPDX-License-Identifier: MIT
 *
 * Children looked after: who came, moved and left, quarter by quarter.
 *
 * A child has periods of care; a period has spells, each with one carer. The
 * simulation starts in 2010 so that by the first return there are children of
 * every length of stay and young people who have long left. In each quarter
 * it lets children reach 18, start, leave and move so that on the quarter's
 * last day the four counts of demo_plan.c are met: who leaves and who moves is
 * chance, how many is not. demo_episode.c turns spells into the episodes of
 * the return, adding what does not end a spell.
 *
 * Long because who may leave or move is a question for each step.
 */
#include "demo/demo_care.h"

#include <string.h>

#include "base/period.h"
#include "base/text.h"
#include "demo/demo_plan.h"

enum {
	SIMULATED_FROM = 2010,
	QUARTERS = (DEMO_LAST_YEAR - SIMULATED_FROM) * 4 + 1,
	MOST = 8192, /* children ever looked after */
};

struct care {
	struct demo_world *world;
	struct demo_random random;
	struct date before; /* last day of the quarter before */
	struct date day;    /* last day of this quarter */
	struct demo_plan_care target;
	int32_t *chosen; /* scratch: children to pick from */
	size_t chosen_count;
	int special_guardians; /* orders made so far in this quarter */
};

static struct demo_period *last_period(struct demo_looked *child)
{
	return &child->periods[child->period_count - 1];
}

static struct demo_spell *last_spell(struct demo_looked *child)
{
	return &child->spells[child->spell_count - 1];
}

static struct date born(const struct care *care, const struct demo_looked *child)
{
	return care->world->people[child->person].born;
}

struct demo_care_standing demo_care_stand(const struct demo_world *world,
	const struct demo_looked *child, struct date day)
{
	struct demo_care_standing standing = {.spells = 0};
	struct date year_ago = date_add_months(day, -12);
	const struct demo_spell *now = NULL;
	for (int i = 0; i < child->spell_count; i++) {
		const struct demo_spell *spell = &child->spells[i];
		if (spell->start.day > day.day)
			break;
		bool is_over = !date_is_none(spell->end);
		standing.spells += !is_over || spell->end.day > year_ago.day;
		if (!is_over || spell->end.day > day.day)
			now = spell;
	}
	if (now == NULL || child->is_respite)
		return standing;
	struct date birth = world->people[child->person].born;
	const struct demo_period *period = &child->periods[0];
	for (int i = 0; i < child->period_count; i++)
		if (child->periods[i].start.day <= now->start.day)
			period = &child->periods[i];
	standing.is_looked_after = date_age(birth, day) < 18;
	standing.is_long_term = standing.is_looked_after
		&& date_age(birth, day) < 16
		&& period->start.day <= date_add_months(day, -30).day;
	struct date two_years = date_add_months(day, -24);
	const struct demo_spell *earlier = now - 1;
	bool has_earlier = now > child->spells + period->first;
	standing.is_stable = now->start.day <= two_years.day
		|| (demo_care_is_adoption(now->place) && has_earlier
			&& earlier->start.day <= two_years.day);
	return standing;
}

static struct demo_care_standing stand(const struct care *care, int32_t index)
{
	return demo_care_stand(care->world, &care->world->looked[index],
		care->day);
}

/* A spell of some kind that suits the age. */
static void add_spell(struct care *care, struct demo_looked *child,
	struct date start, enum demo_care_place place)
{
	if (child->spell_count >= DEMO_SPELLS)
		return;
	struct demo_random *random = &care->random;
	bool is_near = demo_random_chance(random, 520);
	child->spells[child->spell_count++] = (struct demo_spell){
		.start = start,
		.place = (uint8_t)place,
		.postcode = is_near ? demo_random_below(random, DEMO_POSTCODES)
				    : DEMO_POSTCODES
				+ demo_random_below(random, DEMO_POSTCODES_OUT),
		.urn = demo_random_between(random, 900000, 989999),
	};
	last_period(child)->count++;
}

static enum demo_care_place place_for(struct care *care,
	const struct demo_looked *child, struct date day)
{
	/* U1 U3 U4 U6 K2 K1 P1 H5 P2 R1 R3 S1, in per mille by age band. */
	static const int weights[3][DEMO_CARE_PLACES] = {
		{60, 220, 90, 560, 0, 0, 30, 0, 0, 0, 40, 0},
		{70, 130, 150, 540, 70, 0, 20, 0, 0, 10, 0, 10},
		{20, 60, 60, 320, 190, 12, 18, 250, 60, 10, 0, 10},
	};
	int age = date_age(born(care, child), day);
	int band = age < 5 ? 0 : age < 16 ? 1 : 2;
	enum demo_care_place place =
		(enum demo_care_place)demo_random_weighted(&care->random,
			weights[band], DEMO_CARE_PLACES);
	if (place == DEMO_CARE_P2 && day.day >= DEMO_CARE_P2_ENDS.day)
		place = DEMO_CARE_H5;
	if (place == DEMO_CARE_H5 && day.day >= DEMO_CARE_H5_ENDS.day)
		place = DEMO_CARE_K3;
	return place;
}

static void begin_period(struct care *care, struct demo_looked *child,
	struct date start)
{
	child->periods[child->period_count++] =
		(struct demo_period){.start = start, .first = child->spell_count};
	add_spell(care, child, start, place_for(care, child, start));
}

static void end_period(struct demo_looked *child, struct date end,
	const char *reason)
{
	last_spell(child)->end = end;
	last_period(child)->end = end;
	text_copy(last_period(child)->reason, sizeof last_period(child)->reason,
		text_of(reason));
}

/* Where the child came of age, took an order or went home. */
static const char *reason_at_18(struct demo_random *random)
{
	static const char *const reasons[] = {"E5", "E6", "E17", "E7", "E8",
		"E4A"};
	static const int weights[] = {420, 120, 260, 40, 60, 100};
	return reasons[demo_random_weighted(random, weights, COUNT_OF(weights))];
}

static const char *reason_before_18(struct care *care,
	const struct demo_looked *child, struct date end)
{
	static const char *const young[] = {"E4A", "E4B", "E45", "E46", "E47",
		"E48", "E41", "E13", "E8", "E3"};
	static const int young_weights[] = {430, 90, 90, 40, 70, 30, 90, 60, 60,
		40};
	static const char *const older[] = {"E4A", "E4B", "E5", "E6", "E8",
		"E9", "E16"};
	static const int older_weights[] = {400, 130, 190, 100, 90, 70, 20};
	static const char *const guardians[] = {"E45", "E47", "E46"};
	struct demo_random *random = &care->random;
	if (demo_care_is_adoption(child->spells[child->spell_count - 1].place)
		|| !date_is_none(child->spells[child->spell_count - 1].adopting))
		return demo_random_chance(random, 250) ? "E11" : "E12";
	if (date_age(born(care, child), end) >= 16)
		return older[demo_random_weighted(random, older_weights,
			COUNT_OF(older_weights))];
	/* Some special guardianship orders are made in every quarter. */
	if (care->special_guardians < 3)
		return guardians[care->special_guardians++];
	return young[demo_random_weighted(random, young_weights,
		COUNT_OF(young_weights))];
}

static void reach_18(struct care *care)
{
	struct demo_world *world = care->world;
	for (size_t i = 0; i < world->looked_count; i++) {
		struct demo_looked *child = &world->looked[i];
		if (!date_is_none(last_period(child)->end))
			continue;
		struct date birthday = date_months_reached(born(care, child),
			216);
		if (birthday.day > care->before.day
			&& birthday.day <= care->day.day)
			end_period(child, birthday, reason_at_18(&care->random));
	}
}

static int count_looked_after(const struct care *care, struct date day)
{
	int count = 0;
	for (size_t i = 0; i < care->world->looked_count; i++)
		count += demo_care_stand(care->world, &care->world->looked[i], day)
				 .is_looked_after;
	return count;
}

/* Someone who left care before and is young enough to come back. */
static struct demo_looked *returning(struct care *care, struct date start)
{
	struct demo_world *world = care->world;
	for (int tries = 0; tries < 40 && world->looked_count > 0; tries++) {
		struct demo_looked *child =
			&world->looked[demo_random_below(&care->random,
				(int)world->looked_count)];
		struct date end = last_period(child)->end;
		if (date_is_none(end) || child->is_dropped || child->is_respite
			|| child->period_count >= DEMO_PERIODS
			|| child->spell_count > DEMO_SPELLS - 20
			|| end.day + 40 > start.day
			|| world->people[child->person].is_uasc
			|| strncmp(last_period(child)->reason, "E1", 2) == 0
			|| date_age(born(care, child), date_add_months(start, 6))
				>= 18)
			continue;
		child->is_back_after_sgo =
			strncmp(last_period(child)->reason, "E4", 2) == 0
			&& last_period(child)->reason[2] >= '5'
			&& last_period(child)->reason[2] <= '8';
		return child;
	}
	return NULL;
}

static struct demo_looked *add_child(struct care *care, struct date start,
	bool is_uasc)
{
	static const int age_weights[] = {95, 52, 52, 48, 46, 46, 46, 46, 46,
		46, 45, 50, 60, 60, 75, 85, 85, 40};
	static const int need_weights[] = {560, 40, 50, 110, 130, 40, 5, 65};
	struct demo_world *world = care->world;
	struct demo_random *random = &care->random;
	int age = demo_random_weighted(random, age_weights,
		COUNT_OF(age_weights));
	int days = age == 17 ? demo_random_below(random, 150)
			     : demo_random_below(random, 365);
	if (is_uasc) {
		age = demo_random_between(random, 15, 16);
		days = demo_random_below(random, 360);
	}
	struct date birth = date_add_days(date_add_months(start, -12 * age),
		-days);
	int32_t person = is_uasc ? demo_people_take_new(world, random, birth)
				 : demo_people_take(world, random, birth);
	if (world->people[person].born.day > start.day) /* within the tolerance */
		start = world->people[person].born;
	world->looked = memory_grow(world->looked, &world->looked_capacity,
		world->looked_count + 1, sizeof *world->looked);
	struct demo_looked *child = &world->looked[world->looked_count++];
	*child = (struct demo_looked){
		.person = person,
		.need = is_uasc
			? 8
			: (int16_t)(1
				+ demo_random_weighted(random, need_weights,
					COUNT_OF(need_weights))),
		.is_section20 = is_uasc
			|| demo_random_chance(random, age >= 14 ? 600 : 250),
	};
	world->people[person].is_uasc = is_uasc;
	begin_period(care, child, start);
	return child;
}

static void start_children(struct care *care, int count)
{
	for (int i = 0; i < count; i++) {
		struct date start = demo_random_date(&care->random,
			date_add_days(care->before, 1),
			date_add_days(care->day, -12));
		struct demo_looked *back = demo_random_chance(&care->random, 80)
			? returning(care, start)
			: NULL;
		if (back != NULL)
			begin_period(care, back, start);
		else
			add_child(care, start,
				demo_random_chance(&care->random, 70));
	}
}

/* Whether an end or a move can still be fitted into this quarter, and when. */
static bool find_day(struct care *care, const struct demo_looked *child,
	struct date *out_day)
{
	struct date from = date_add_days(care->before, 1);
	struct date start = child->spells[child->spell_count - 1].start;
	struct date adopting = child->spells[child->spell_count - 1].adopting;
	from = date_later(from, date_add_days(start, 8));
	if (!date_is_none(adopting))
		from = date_later(from, date_add_days(adopting, 90));
	if (from.day > care->day.day)
		return false;
	*out_day = demo_random_date(&care->random, from, care->day);
	return true;
}

static void end_child(struct care *care, int32_t index)
{
	struct demo_looked *child = &care->world->looked[index];
	struct date end;
	if (find_day(care, child, &end))
		end_period(child, end, reason_before_18(care, child, end));
}

/* Gathers the children looked after for whom the question is true, shuffled. */
static void choose(struct care *care,
	bool (*is_wanted)(const struct care *care, int32_t index))
{
	care->chosen_count = 0;
	for (int32_t i = 0; i < (int32_t)care->world->looked_count; i++)
		if (stand(care, i).is_looked_after && is_wanted(care, i))
			care->chosen[care->chosen_count++] = i;
	demo_random_shuffle(&care->random, care->chosen, care->chosen_count);
}

static bool is_placed_long_enough(const struct care *care, int32_t index)
{
	const struct demo_looked *child = &care->world->looked[index];
	const struct demo_spell *spell = &child->spells[child->spell_count - 1];
	struct date since = demo_care_is_adoption(spell->place)
		? spell->start
		: spell->adopting;
	return !date_is_none(since)
		&& since.day <= date_add_months(care->day, -5).day;
}

static bool is_being_adopted(const struct demo_looked *child)
{
	const struct demo_spell *spell = &child->spells[child->spell_count - 1];
	return demo_care_is_adoption(spell->place)
		|| !date_is_none(spell->adopting);
}

static bool is_long_term(const struct care *care, int32_t index)
{
	return stand(care, index).is_long_term
		&& !is_being_adopted(&care->world->looked[index]);
}

static bool is_short_term_often_moved(const struct care *care, int32_t index)
{
	struct demo_care_standing standing = stand(care, index);
	return !standing.is_long_term && standing.spells >= 3
		&& !is_being_adopted(&care->world->looked[index]);
}

/* Most who leave do so in the first months. */
static bool is_short_term_recent(const struct care *care, int32_t index)
{
	const struct demo_looked *child = &care->world->looked[index];
	struct date since = child->periods[child->period_count - 1].start;
	return !stand(care, index).is_long_term && !is_being_adopted(child)
		&& since.day > date_add_months(care->day, -14).day;
}

/* Not those who will soon join the long-term cohort: without them it could
 * fall below its row in the plan, and nothing can make it grow again. */
static bool is_short_term(const struct care *care, int32_t index)
{
	const struct demo_looked *child = &care->world->looked[index];
	bool will_be_long = date_age(born(care, child), care->day) < 15
		&& child->periods[child->period_count - 1].start.day
			<= date_add_months(care->day, -14).day;
	return !stand(care, index).is_long_term && !will_be_long
		&& !is_being_adopted(child);
}

static bool is_looked_after(const struct care *care, int32_t index)
{
	return !is_being_adopted(&care->world->looked[index]);
}

struct counts {
	int looked, three, long_term, stable;
};

static struct counts count_now(const struct care *care)
{
	struct counts counts = {0, 0, 0, 0};
	for (int32_t i = 0; i < (int32_t)care->world->looked_count; i++) {
		struct demo_care_standing standing = stand(care, i);
		if (!standing.is_looked_after)
			continue;
		counts.looked++;
		counts.three += standing.spells >= 3;
		counts.long_term += standing.is_long_term;
		counts.stable += standing.is_long_term && standing.is_stable;
	}
	return counts;
}

/* Ends care for up to `count` of the children gathered. */
static void end_some(struct care *care, int count,
	bool (*is_wanted)(const struct care *care, int32_t index))
{
	if (count <= 0)
		return;
	choose(care, is_wanted);
	for (size_t i = 0; i < care->chosen_count && count > 0; i++) {
		end_child(care, care->chosen[i]);
		struct demo_care_standing after = stand(care, care->chosen[i]);
		count -= !after.is_looked_after;
	}
}

static void end_children(struct care *care)
{
	care->special_guardians = 0;
	struct counts now = count_now(care);
	int leaving = now.looked - care->target.looked;
	end_some(care, leaving < 4 ? leaving : 4, is_placed_long_enough);
	now = count_now(care);
	leaving = now.looked - care->target.looked;
	int long_term = now.long_term - care->target.long_term;
	end_some(care, long_term < leaving ? long_term : leaving, is_long_term);
	now = count_now(care);
	leaving = now.looked - care->target.looked;
	int moved = now.three - care->target.three;
	end_some(care, moved < leaving ? moved : leaving,
		is_short_term_often_moved);
	leaving = count_now(care).looked - care->target.looked;
	end_some(care, leaving, is_short_term_recent);
	leaving = count_now(care).looked - care->target.looked;
	end_some(care, leaving, is_short_term);
	leaving = count_now(care).looked - care->target.looked;
	end_some(care, leaving, is_looked_after);
}

static bool move_child(struct care *care, int32_t index)
{
	struct demo_looked *child = &care->world->looked[index];
	struct date day;
	if (child->spell_count >= DEMO_SPELLS || is_being_adopted(child)
		|| !find_day(care, child, &day))
		return false;
	last_spell(child)->end = day;
	add_spell(care, child, day, place_for(care, child, day));
	return true;
}

/* Children in early care who can be placed for adoption. */
static bool is_for_adoption(const struct care *care, int32_t index)
{
	const struct demo_looked *child = &care->world->looked[index];
	struct date since = child->periods[child->period_count - 1].start;
	return !is_being_adopted(child) && !child->is_section20
		&& date_age(born(care, child), care->day) < 5
		&& stand(care, index).spells < 2
		&& since.day <= date_add_months(care->day, -9).day;
}

/* Places some for adoption: with new parents, or with their present carer if
 * they have had no other. */
static void place_for_adoption(struct care *care)
{
	choose(care, is_for_adoption);
	int left = 4;
	for (size_t i = 0; i < care->chosen_count && left > 0; i++) {
		struct demo_looked *child = &care->world->looked[care->chosen[i]];
		struct date day;
		if (!find_day(care, child, &day))
			continue;
		struct demo_spell *spell = last_spell(child);
		bool is_foster = spell->place <= DEMO_CARE_U6;
		if (is_foster && last_period(child)->count == 1
			&& day.day > spell->start.day + 240
			&& demo_random_chance(&care->random, 250)) {
			spell->adopting = day;
		} else {
			spell->end = day;
			add_spell(care, child, day, DEMO_CARE_A6);
		}
		left--;
	}
}

/* Children who will join the long-term cohort are mostly left where they are,
 * so that its stability stays within the plan's reach. */
static bool is_settling(const struct care *care, int32_t index)
{
	const struct demo_looked *child = &care->world->looked[index];
	return date_age(born(care, child), care->day) < 14
		&& child->periods[child->period_count - 1].start.day
		<= date_add_months(care->day, -8).day;
}

static bool is_twice_short(const struct care *care, int32_t index)
{
	struct demo_care_standing standing = stand(care, index);
	return standing.spells == 2 && !standing.is_long_term
		&& !is_settling(care, index);
}

static bool is_once_short(const struct care *care, int32_t index)
{
	struct demo_care_standing standing = stand(care, index);
	return standing.spells == 1 && !standing.is_long_term
		&& !is_settling(care, index);
}

static bool is_often_short(const struct care *care, int32_t index)
{
	struct demo_care_standing standing = stand(care, index);
	return standing.spells >= 3 && !standing.is_long_term
		&& !is_settling(care, index);
}

static bool is_twice(const struct care *care, int32_t index)
{
	return stand(care, index).spells == 2;
}

static bool is_once_settled(const struct care *care, int32_t index)
{
	struct demo_care_standing standing = stand(care, index);
	return standing.spells == 1 && standing.is_long_term
		&& standing.is_stable;
}

/* Moves until the count of often-moved children has grown by `count`. */
static void move_some(struct care *care, int count,
	bool (*is_wanted)(const struct care *care, int32_t index))
{
	if (count <= 0)
		return;
	choose(care, is_wanted);
	for (size_t i = 0; i < care->chosen_count && count > 0; i++)
		count -= move_child(care, care->chosen[i]);
}

static void move_children(struct care *care)
{
	struct counts now = count_now(care);
	move_some(care, now.stable - care->target.stable, is_once_settled);
	move_some(care, care->target.three - count_now(care).three,
		is_twice_short);
	/* Not enough with two: those with one move now, and again below. */
	int missing = care->target.three - count_now(care).three;
	move_some(care, 14 + missing, is_once_short);
	move_some(care, missing, is_twice_short);
	move_some(care, care->target.three - count_now(care).three, is_twice);
	move_some(care, 8, is_often_short);
}

static void one_quarter(struct care *care, int year, int quarter)
{
	struct period period = period_quarter(year, quarter);
	care->before = date_add_days(period.first, -1);
	care->day = period.last;
	care->target = demo_plan_care(year, quarter);
	int before = count_looked_after(care, care->before);
	reach_18(care);
	int planned = demo_random_between(&care->random, 36, 44);
	int needed = care->target.looked - count_looked_after(care, care->day);
	bool is_first = before == 0;
	start_children(care,
		is_first                        ? needed
			: needed + 12 > planned ? needed + 12
						: planned);
	end_children(care);
	place_for_adoption(care);
	move_children(care);
}

/* Planted: one child left unnoticed on the last day of a year; one whose
 * episode overlaps the next. */
static void plant(struct care *care)
{
	struct demo_world *world = care->world;
	struct date last = date_from(2022, 3, 31);
	bool is_dropped = false, is_overlapping = false;
	for (size_t i = 0; i < world->looked_count; i++) {
		struct demo_looked *child = &world->looked[i];
		struct demo_period *period = last_period(child);
		if (!is_dropped && period->end.day > last.day - 25
			&& period->end.day <= last.day
			&& strcmp(period->reason, "E4A") == 0) {
			child->is_dropped = is_dropped = true;
			end_period(child, last, "");
		}
		const struct demo_spell *second = &child->spells[1];
		if (!is_overlapping && child->spell_count > 1
			&& child->period_count == 1
			&& second->start.day > date_from(2020, 5, 1).day
			&& second->start.day < date_from(2020, 9, 1).day
			&& (date_is_none(second->end)
				|| second->end.day > second->start.day + 60))
			child->is_overlapping = is_overlapping = true;
	}
}

/* Disabled children who have short breaks: a few days every other month. */
static void add_respite(struct care *care)
{
	for (int i = 0; i < 12; i++) {
		struct date start = demo_random_date(&care->random,
			date_from(2018, 6, 1), date_from(2023, 9, 1));
		struct demo_looked *child = add_child(care, start, false);
		child->is_respite = true;
		child->need = 2;
	}
}

/* The school census asks for children who left care by such an order. */
static void note_guardians(struct care *care)
{
	for (size_t i = 0; i < care->world->looked_count; i++) {
		struct demo_looked *child = &care->world->looked[i];
		const char *reason = last_period(child)->reason;
		if (strncmp(reason, "E4", 2) == 0 && reason[2] >= '5'
			&& reason[2] <= '8')
			care->world->people[child->person].ordered =
				last_period(child)->end;
	}
}

void demo_care_build(struct demo_world *world)
{
	struct care *care = arena_new(world->arena, sizeof *care);
	care->world = world;
	care->random = demo_random_stream(world->seed, 2);
	care->chosen = arena_array(world->arena, MOST, sizeof *care->chosen);
	for (int i = 0; i < QUARTERS; i++)
		one_quarter(care, SIMULATED_FROM + i / 4, i % 4 + 1);
	plant(care);
	add_respite(care);
	note_guardians(care);
}
