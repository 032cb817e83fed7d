/* SPDX-License-Identifier: MIT
 *
 * Teams in the tables `team` and `team_member`.
 */
#include "accounts/team.h"

#include <utf8proc.h>

#include "accounts/account-inside.h"
#include "base/memory.h"
#include "base/moment.h"

enum { NAME_BYTES = 120, MOST = 1000 };

static struct text fold(const struct accounts *accounts, struct text name)
{
	utf8proc_uint8_t *folded = NULL;
	struct text trimmed = text_trim(name), kept = {.at = NULL};
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)trimmed.at,
		(utf8proc_ssize_t)trimmed.length, &folded,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT
			| UTF8PROC_CASEFOLD);
	if (length > 0)
		kept = arena_text(accounts->arena,
			(struct text){(const char *)folded, (size_t)length});
	memory_free(folded);
	return kept;
}

static const char *number(const struct accounts *accounts, const char *what,
	int64_t id)
{
	return arena_format(accounts->arena, "%s %lld", what, (long long)id);
}

bool team_list(const struct accounts *accounts, int64_t now,
	const struct team **out_teams, size_t *out_count, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store, store_find(accounts_sql, "teams"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_date(moment_date(now))),
		    &rows, fault))
		return false;
	struct team *teams = arena_array(accounts->arena, MOST, sizeof *teams);
	size_t count = 0;
	while (count < MOST && store_next(rows, fault))
		teams[count++] = (struct team){.id = store_get_integer(rows, 0),
			.name = arena_text(accounts->arena,
				store_get_text(rows, 1)),
			.from = store_get_date(rows, 2),
			.to = store_get_date(rows, 3),
			.members = store_get_integer(rows, 4)};
	store_end(rows);
	*out_teams = teams;
	*out_count = count;
	return !fault_is_set(fault);
}

bool team_find(const struct accounts *accounts, struct text name,
	int64_t *out_team, struct fault *fault)
{
	if (store_number(accounts->store, store_find(accounts_sql, "team_by_name"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_text(fold(accounts, name))),
		    out_team, fault))
		return true;
	return fault_set(fault, FAULT_MISSING,
		"no team has the name \"" TEXT_FORMAT "\"", TEXT_ARGS(name));
}

bool team_add(const struct accounts *accounts, const struct account_act *act,
	struct text name, int64_t *out_team, struct fault *fault)
{
	struct fault ignored = {.kind = FAULT_NONE};
	struct text folded = fold(accounts, name);
	int64_t team;
	if (folded.length == 0 || name.length > NAME_BYTES)
		return fault_set(fault, FAULT_INPUT,
			"a team's name must have 1 to %d bytes", NAME_BYTES);
	if (team_find(accounts, name, &team, &ignored))
		return fault_set(fault, FAULT_CONFLICT,
			"there is a team with that name already");
	team = account_next_id();
	if (!account_run(accounts, "team_add",
		    STORE_VALUES(store_integer(accounts->la), store_integer(team),
			    store_text(text_trim(name)), store_text(folded),
			    store_date(moment_date(act->now))),
		    fault)
		|| !account_note(accounts, act, "team-add",
			number(accounts, "team", team), fault))
		return false;
	*out_team = team;
	return true;
}

bool team_close(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault)
{
	const struct store_value key[] = {store_integer(accounts->la),
		store_integer(team), store_date(moment_date(act->now))};
	if (!account_changed(accounts, "team_close", key, 3, fault))
		return fault_set(fault, FAULT_MISSING,
			"there is no such team, or it has ended");
	return account_run(accounts, "team_empty", key, 3, fault)
		&& account_note(accounts, act, "team-close",
			number(accounts, "team", team), fault);
}

bool team_join(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault)
{
	int64_t already = 0;
	struct account account;
	const struct store_value key[] = {store_integer(accounts->la),
		store_integer(team), store_integer(act->account),
		store_date(moment_date(act->now))};
	if (!account_read(accounts, act->account, act->now, &account, fault)
		|| !store_number(accounts->store,
			store_find(accounts_sql, "team_is_member"), key, 3,
			&already, fault))
		return false;
	if (already != 0)
		return true;
	if (account.team_count == ACCOUNT_TEAMS)
		return fault_set(fault, FAULT_LIMIT,
			"nobody may be in more than %d teams", ACCOUNT_TEAMS);
	return account_run(accounts, "team_join", key, 4, fault)
		&& account_note(accounts, act, "team-join",
			number(accounts, "team", team), fault);
}

bool team_leave(const struct accounts *accounts, const struct account_act *act,
	int64_t team, struct fault *fault)
{
	if (!account_changed(accounts, "team_leave",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(team), store_integer(act->account),
			    store_date(moment_date(act->now))),
		    fault))
		return !fault_is_set(fault);
	return account_note(accounts, act, "team-leave",
		number(accounts, "team", team), fault);
}
