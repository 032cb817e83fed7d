/* SPDX-License-Identifier: MIT
 *
 * Teams, and who was in which from when to when.
 *
 * A team is found by its folded name. Leaving ends a membership and never
 * removes it: whose team a case was in at the time can be told later. It ends at
 * once: the day of leaving is the first day outside.
 */
#ifndef KITH_ACCOUNTS_TEAM_H
#define KITH_ACCOUNTS_TEAM_H

#include "accounts/account.h"

struct team {
	int64_t id;
	struct text name;
	struct date from, to; /* to: its last day; none: still there */
	int64_t members;      /* on the day asked about */
};

bool team_list(const struct accounts *accounts, int64_t now,
	const struct team **out_teams, size_t *out_count, struct fault *fault)
	__attribute__((warn_unused_result));

/* FAULT_MISSING if there is none of that name. */
bool team_find(const struct accounts *accounts, struct text name,
	int64_t *out_team, struct fault *fault)
	__attribute__((warn_unused_result));

/* `act` says who does it; its account is not looked at. */
bool team_add(const struct accounts *accounts, const struct account_act *act,
	struct text name, int64_t *out_team, struct fault *fault)
	__attribute__((warn_unused_result));
bool team_close(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault) __attribute__((warn_unused_result));

/* The act's account joins, or leaves. Doing what is done already is fine. */
bool team_join(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault) __attribute__((warn_unused_result));
bool team_leave(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault) __attribute__((warn_unused_result));

#endif
