/* SPDX-License-Identifier: MIT
 *
 * From spells with a carer to the episodes of the looked-after return.
 *
 * A new episode begins with every change of legal status or placement. Most
 * are a new carer (P, or B with a new order). The others, which must not break
 * a spell, are added here: a care order that follows an interim one (L), a
 * move with the same carer (T), adoption by the present carer (U), a holiday
 * or hospital stay with the return after it (P, P), and the ends of the codes
 * P2 and H5 (T). SSDA903 guide 2023-24 and 2024-25.
 */
#include "demo/demo_care.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

struct place {
	char code[3];
	char provider[4];
	bool is_own; /* the council itself may be the provider instead */
	char urn;    /* 'S' Ofsted number, 'X' not inspected, ' ' none */
};

static const struct place places[] = {
	[DEMO_CARE_U1] = {"U1", "PR1", true, 'S'},
	[DEMO_CARE_U3] = {"U3", "PR1", true, 'S'},
	[DEMO_CARE_U4] = {"U4", "PR4", true, 'S'},
	[DEMO_CARE_U6] = {"U6", "PR4", true, 'S'},
	[DEMO_CARE_K2] = {"K2", "PR4", true, 'S'},
	[DEMO_CARE_K1] = {"K1", "PR2", false, 'S'},
	[DEMO_CARE_P1] = {"P1", "PR0", false, ' '},
	[DEMO_CARE_H5] = {"H5", "PR4", false, 'X'},
	[DEMO_CARE_P2] = {"P2", "PR4", false, 'X'},
	[DEMO_CARE_R1] = {"R1", "PR4", false, ' '},
	[DEMO_CARE_R3] = {"R3", "PR5", false, 'S'},
	[DEMO_CARE_S1] = {"S1", "PR4", false, 'S'},
	[DEMO_CARE_K3] = {"K3", "PR4", false, 'S'},
	[DEMO_CARE_A5] = {"A5", "PR1", false, 'S'},
	[DEMO_CARE_A6] = {"A6", "PR1", true, 'S'},
	[DEMO_CARE_T1] = {"T1", "", false, ' '},
	[DEMO_CARE_T2] = {"T2", "", false, ' '},
};

enum change {
	NEW_CARER,
	NEW_ORDER,
	HOUSE_MOVE,
	AWAY,
	BACK,
	ADOPTING,
	NEW_CODE,
};

struct mark {
	struct date day;
	enum change change;
	int place; /* of AWAY and NEW_CODE */
};

/* The walk along one child's history. */
struct walk {
	struct demo_random random;
	const struct demo_looked *child;
	struct demo_episode *episodes;
	size_t count;
	struct demo_episode now;  /* what the next episode starts from */
	struct demo_episode home; /* the placement left for a few days */
	struct mark marks[24];
	size_t marks_count;
};

static void set_place(struct walk *walk, int place, int32_t postcode, int32_t urn)
{
	const struct place *row = &places[place];
	bool is_own = row->is_own && urn % 3 == 0;
	text_copy(walk->now.place, sizeof walk->now.place, text_of(row->code));
	text_copy(walk->now.provider, sizeof walk->now.provider,
		text_of(is_own ? "PR1" : row->provider));
	walk->now.postcode = postcode;
	walk->now.urn[0] = '\0';
	if (row->urn == 'S')
		snprintf(walk->now.urn, sizeof walk->now.urn, "SC%06d",
			(int)(urn % 1000000));
	else if (row->urn == 'X')
		text_copy(walk->now.urn, sizeof walk->now.urn,
			text_of("XXXXXXX"));
}

static void set_status(struct walk *walk, const char *status)
{
	text_copy(walk->now.ls, sizeof walk->now.ls, text_of(status));
}

/* Ends the episode before with X1 on the day and begins the next. */
static void begin_episode(struct walk *walk, struct date day, char rne)
{
	static const char *const reasons[] = {"CARPL", "CARPL", "CREQB",
		"CREQO", "CHILD", "LAREQ", "STAND", "OTHER"};
	if (walk->count >= DEMO_EPISODES)
		return;
	if (rne != 'S') {
		struct demo_episode *ended = &walk->episodes[walk->count - 1];
		ended->dec = day;
		text_copy(ended->rec, sizeof ended->rec, text_of("X1"));
		const char *reason = rne == 'U' ? "PLACE"
			: rne == 'T'            ? "OTHER"
				     : reasons[demo_random_below(&walk->random,
					     COUNT_OF(reasons))];
		text_copy(ended->reason, sizeof ended->reason,
			text_of(rne == 'L' ? "" : reason));
	}
	walk->now.decom = day;
	walk->now.rne = rne;
	walk->episodes[walk->count++] = walk->now;
}

/* Notes a change inside a spell, unless it comes too close to another. */
static void mark(struct walk *walk, const struct demo_spell *spell,
	struct mark change)
{
	struct date end = date_is_none(spell->end) ? date_from(2024, 6, 28)
						   : spell->end;
	if (change.day.day < spell->start.day + 3 || change.day.day + 3 > end.day
		|| walk->marks_count >= COUNT_OF(walk->marks))
		return;
	for (size_t i = 0; i < walk->marks_count; i++) {
		int apart = walk->marks[i].day.day - change.day.day;
		if (apart > -4 && apart < 4)
			return;
	}
	walk->marks[walk->marks_count++] = change;
}

/* A holiday (up to three weeks) or hospital stay (up to six). */
static void mark_away(struct walk *walk, const struct demo_spell *spell,
	struct date from)
{
	bool is_holiday = demo_random_chance(&walk->random, 650);
	struct date back = date_add_days(from,
		demo_random_between(&walk->random, 7, is_holiday ? 20 : 35));
	struct date end = date_is_none(spell->end) ? date_from(2024, 6, 28)
						   : spell->end;
	if (from.day < spell->start.day + 8 || back.day + 8 > end.day)
		return;
	for (size_t i = 0; i < walk->marks_count; i++)
		if (walk->marks[i].day.day > from.day - 5
			&& walk->marks[i].day.day < back.day + 5)
			return;
	mark(walk, spell,
		(struct mark){from, AWAY,
			is_holiday ? DEMO_CARE_T2 : DEMO_CARE_T1});
	mark(walk, spell, (struct mark){back, BACK, 0});
}

static int order_marks(const void *a, const void *b)
{
	return ((const struct mark *)a)->day.day
		- ((const struct mark *)b)->day.day;
}

static void change_place(struct walk *walk, const struct mark *mark,
	const struct demo_spell *spell)
{
	switch (mark->change) {
	case NEW_ORDER:
		set_status(walk, "C2");
		begin_episode(walk, mark->day, 'L');
		break;
	case HOUSE_MOVE:
		walk->now.postcode = demo_random_below(&walk->random,
			DEMO_POSTCODES);
		begin_episode(walk, mark->day, 'T');
		break;
	case AWAY:
		walk->home = walk->now;
		set_place(walk, mark->place,
			(walk->now.postcode + 7) % DEMO_POSTCODES, 0);
		begin_episode(walk, mark->day, 'P');
		break;
	case BACK:
		memcpy(walk->now.place, walk->home.place, sizeof walk->now.place);
		memcpy(walk->now.provider, walk->home.provider,
			sizeof walk->now.provider);
		memcpy(walk->now.urn, walk->home.urn, sizeof walk->now.urn);
		walk->now.postcode = walk->home.postcode;
		begin_episode(walk, mark->day, 'P');
		break;
	case ADOPTING:
		set_place(walk, DEMO_CARE_A5, walk->now.postcode, spell->urn);
		set_status(walk, "E1");
		begin_episode(walk, mark->day, 'U');
		break;
	case NEW_CODE:
		set_place(walk, mark->place, walk->now.postcode, spell->urn);
		begin_episode(walk, mark->day, 'T');
		break;
	case NEW_CARER:
		break;
	}
}

/* What happens within the spell, in order of time. */
static void walk_inside(struct walk *walk, const struct demo_spell *spell,
	struct date *order)
{
	struct demo_random *random = &walk->random;
	walk->marks_count = 0;
	struct date end = date_is_none(spell->end) ? date_from(2024, 6, 28)
						   : spell->end;
	if (spell->place == DEMO_CARE_P2 && end.day > DEMO_CARE_P2_ENDS.day)
		walk->marks[walk->marks_count++] =
			(struct mark){DEMO_CARE_P2_ENDS, NEW_CODE, DEMO_CARE_H5};
	bool is_old = spell->place == DEMO_CARE_H5
		|| spell->place == DEMO_CARE_P2;
	if (is_old && end.day > DEMO_CARE_H5_ENDS.day)
		walk->marks[walk->marks_count++] =
			(struct mark){DEMO_CARE_H5_ENDS, NEW_CODE, DEMO_CARE_K3};
	if (!date_is_none(spell->adopting))
		walk->marks[walk->marks_count++] = (struct mark){spell->adopting,
			ADOPTING, 0};
	if (!date_is_none(*order) && !demo_care_is_adoption(spell->place)
		&& (date_is_none(spell->adopting)
			|| order->day < spell->adopting.day)) {
		struct date day = date_later(*order,
			date_add_days(spell->start, 10));
		size_t before = walk->marks_count;
		mark(walk, spell, (struct mark){day, NEW_ORDER, 0});
		if (walk->marks_count > before)
			*order = DATE_NONE;
	}
	bool is_foster = spell->place <= DEMO_CARE_U6;
	for (struct date day = date_add_days(spell->start, 60); is_foster
		&& date_is_none(spell->adopting) && day.day + 60 < end.day;
		day = date_add_days(day, 180)) {
		struct date some = date_add_days(day,
			demo_random_below(random, 120));
		if (demo_random_chance(random, 45))
			mark_away(walk, spell, some);
		else if (demo_random_chance(random, 35))
			mark(walk, spell, (struct mark){some, HOUSE_MOVE, 0});
	}
	qsort(walk->marks, walk->marks_count, sizeof *walk->marks, order_marks);
	for (size_t i = 0; i < walk->marks_count; i++)
		change_place(walk, &walk->marks[i], spell);
}

static void walk_period(struct walk *walk, const struct demo_period *period)
{
	/* A care order follows the interim order after half a year or so. */
	struct date order = walk->child->is_section20
		? DATE_NONE
		: date_add_days(period->start,
			demo_random_between(&walk->random, 150, 320));
	set_status(walk, walk->child->is_section20 ? "V2" : "C1");
	for (int i = 0; i < period->count; i++) {
		const struct demo_spell *spell =
			&walk->child->spells[period->first + i];
		set_place(walk, spell->place, spell->postcode, spell->urn);
		bool is_placed = demo_care_is_adoption(spell->place) && i > 0;
		if (is_placed)
			set_status(walk, "E1");
		begin_episode(walk, spell->start,
			i == 0              ? 'S'
				: is_placed ? 'B'
					    : 'P');
		walk_inside(walk, spell, &order);
	}
	struct demo_episode *last = &walk->episodes[walk->count - 1];
	last->dec = period->end;
	memcpy(last->rec, period->reason, sizeof last->rec);
	last->reason[0] = '\0';
}

/* Short breaks: three nights every seven weeks, each a start and an end. */
static void walk_respite(struct walk *walk, struct date born)
{
	const struct demo_spell *spell = &walk->child->spells[0];
	struct date last = date_earlier(date_from(2024, 6, 20),
		date_add_months(born, 17 * 12));
	set_status(walk, "V3");
	set_place(walk, DEMO_CARE_U6, spell->postcode, spell->urn);
	for (struct date day = spell->start;
		day.day < last.day && walk->count < DEMO_EPISODES;
		day = date_add_days(day, 49)) {
		begin_episode(walk, day, 'S');
		struct demo_episode *stay = &walk->episodes[walk->count - 1];
		stay->dec = date_add_days(day, 3);
		text_copy(stay->rec, sizeof stay->rec, text_of("E4A"));
	}
}

/* Planted: the first change of carer is recorded three days late on the
 * episode that ends, so that it overlaps the next. */
static void overlap(struct walk *walk)
{
	struct date second = walk->child->spells[1].start;
	for (size_t i = 0; i < walk->count; i++)
		if (walk->episodes[i].dec.day == second.day)
			walk->episodes[i].dec = date_add_days(second, 3);
}

size_t demo_episode_expand(const struct demo_world *world, int32_t looked,
	struct demo_episode out_episodes[DEMO_EPISODES])
{
	const struct demo_looked *child = &world->looked[looked];
	struct walk walk = {
		.random = demo_random_stream(world->seed,
			100000 + (uint64_t)looked),
		.child = child,
		.episodes = out_episodes,
	};
	if (child->is_respite) {
		walk_respite(&walk, world->people[child->person].born);
		return walk.count;
	}
	for (int i = 0; i < child->period_count; i++)
		walk_period(&walk, &child->periods[i]);
	if (child->is_overlapping)
		overlap(&walk);
	return walk.count;
}
