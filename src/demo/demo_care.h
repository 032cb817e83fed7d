/* SPDX-License-Identifier: MIT
 *
 * Children looked after: what the simulation and the writers share.
 */
#ifndef KITH_DEMO_DEMO_CARE_H
#define KITH_DEMO_DEMO_CARE_H

#include "demo/demo-inside.h"

/* Kinds of placement the simulation uses; the codes of the looked-after
 * return are in demo_episode.c, in this order. The first twelve are drawn by
 * age, the rest come about. */
enum demo_care_place {
	DEMO_CARE_U1,
	DEMO_CARE_U3,
	DEMO_CARE_U4,
	DEMO_CARE_U6,
	DEMO_CARE_K2,
	DEMO_CARE_K1,
	DEMO_CARE_P1,
	DEMO_CARE_H5,
	DEMO_CARE_P2,
	DEMO_CARE_R1,
	DEMO_CARE_R3,
	DEMO_CARE_S1,
	DEMO_CARE_PLACES,
	DEMO_CARE_K3 = DEMO_CARE_PLACES, /* from 2024-25, in place of H5, P2 */
	DEMO_CARE_A5,
	DEMO_CARE_A6,
	DEMO_CARE_T1,
	DEMO_CARE_T2,
};

/* Supported accommodation had to be registered from 28 October 2023
 * (SI 2023/416); its code is K3 from the 2024-25 return on. */
#define DEMO_CARE_P2_ENDS date_from(2023, 10, 28)
#define DEMO_CARE_H5_ENDS date_from(2024, 4, 1)

static inline bool demo_care_is_adoption(int place)
{
	return place == DEMO_CARE_A5 || place == DEMO_CARE_A6;
}

/* How a child stands on a day. */
struct demo_care_standing {
	int spells; /* that touch the twelve months to the day */
	bool is_looked_after;
	bool is_long_term; /* under 16, looked after for 30 months */
	bool is_stable;    /* same carer 24 months, or placed for adoption */
};

struct demo_care_standing demo_care_stand(const struct demo_world *world,
	const struct demo_looked *child, struct date day);

/* A row of the episodes file. `place` and the texts are codes of the return. */
struct demo_episode {
	struct date decom;
	struct date dec; /* none: open */
	char rne;
	char ls[3];
	char place[3];
	char provider[4];
	char rec[4];
	char reason[6];   /* for the change of placement */
	int32_t postcode; /* -1: none */
	char urn[10];
};

enum { DEMO_EPISODES = 256 };

/* The whole history of a child, oldest first; returns how many. */
size_t demo_episode_expand(const struct demo_world *world, int32_t looked,
	struct demo_episode out_episodes[DEMO_EPISODES]);

#endif
