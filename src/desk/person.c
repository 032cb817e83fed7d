/* SPDX-License-Identifier: MIT
 *
 * From a token, a cookie or a name to the person, as they are now.
 */
#include "desk/person.h"

#include "accounts/session.h"
#include "accounts/team.h"
#include "accounts/token.h"
#include "base/moment.h"
#include "desk/acts-inside.h"

static bool open_accounts(const struct desk *desk, struct accounts *out_accounts,
	struct region_part *out_part, struct fault *fault)
{
	*out_accounts = (struct accounts){.arena = desk->arena};
	if (!region_one(&desk->region, desk->la, out_part, fault)
		|| !role_open(desk->codes, desk->arena, &out_accounts->roles,
			fault))
		return false;
	out_accounts->store = out_part->store;
	out_accounts->la = out_part->la;
	return true;
}

/* Entries name a team as people do; memberships name it by its number. */
static bool name_teams(const struct accounts *accounts,
	const struct account *account, int64_t now, struct person *person,
	struct fault *fault)
{
	const struct team *teams;
	size_t count;
	if (account->team_count == 0)
		return true;
	if (!team_list(accounts, now, &teams, &count, fault))
		return false;
	for (size_t i = 0; i < account->team_count; i++)
		for (size_t j = 0; j < count; j++)
			if (teams[j].id == account->teams[i]
				&& person->team_count < PERSON_TEAMS)
				person->teams[person->team_count++] =
					arena_string(accounts->arena,
						teams[j].name);
	return true;
}

static bool take_account(const struct accounts *accounts,
	const struct account *account, int64_t now, struct person *out_person,
	struct fault *fault)
{
	struct person person = {.login = arena_string(accounts->arena,
					account->login),
		.account = account->id,
		.roles = account->roles.bits,
		.purpose = "api"};
	if (account->state != ACCOUNT_ACTIVE)
		return fault_set(fault, FAULT_DENIED,
			"the account is not active");
	if (!name_teams(accounts, account, now, &person, fault))
		return false;
	*out_person = person;
	return true;
}

bool person_of_account(const struct desk *desk, int64_t account, int64_t now,
	struct person *out_person, struct fault *fault)
{
	struct accounts accounts;
	struct region_part part;
	struct account found;
	return open_accounts(desk, &accounts, &part, fault)
		&& account_read(&accounts, account, now, &found, fault)
		&& take_account(&accounts, &found, now, out_person, fault);
}

bool person_of_login(const struct desk *desk, struct text login, int64_t now,
	struct person *out_person, struct fault *fault)
{
	struct accounts accounts;
	struct region_part part;
	struct account found;
	return open_accounts(desk, &accounts, &part, fault)
		&& account_find(&accounts, login, now, &found, fault)
		&& take_account(&accounts, &found, now, out_person, fault);
}

/* ---- Uses ---- */

/* On the writer's thread and connection. */
struct use {
	struct accounts accounts;
	const struct person_found *found;
	int64_t now;
};

static bool note_use(struct store *store, int la, void *data, struct fault *fault)
{
	struct use *use = data;
	(void)la;
	use->accounts.store = store;
	return use->found->token != NULL
		? token_touch(&use->accounts, use->found->token, use->now, fault)
		: session_touch(&use->accounts, use->found->session, use->now,
			fault);
}

static bool touch(struct desk *desk, const struct accounts *accounts,
	const struct region_part *part, const struct person_found *found,
	struct fault *fault)
{
	struct use use = {*accounts, found, moment_now()};
	return desk_submit(desk, part, note_use, &use, fault);
}

bool person_of_token(struct desk *desk, struct text token, int64_t now,
	struct person_found *out_found, struct fault *fault)
{
	struct accounts accounts;
	struct region_part part;
	struct token *found = arena_new(desk->arena, sizeof *found);
	*out_found = (struct person_found){.token = found};
	return open_accounts(desk, &accounts, &part, fault)
		&& token_find(&accounts, token, now, found, fault)
		&& person_of_account(desk, found->account, now,
			&out_found->person, fault)
		&& (!found->needs_touch
			|| touch(desk, &accounts, &part, out_found, fault));
}

bool person_of_session(struct desk *desk, const struct person_cookie *cookie,
	int64_t now, struct person_found *out_found, struct fault *fault)
{
	struct accounts accounts;
	struct region_part part;
	struct session *found = arena_new(desk->arena, sizeof *found);
	*out_found = (struct person_found){.session = found};
	if (!open_accounts(desk, &accounts, &part, fault))
		return false;
	accounts.seal = cookie->seal;
	if (!session_find(&accounts, cookie->token, now, found, fault))
		return false;
	if (found->stage != SESSION_FULL)
		return fault_set(fault, FAULT_DENIED,
			"the second factor is still to be given");
	return person_of_account(desk, found->account, now, &out_found->person,
		       fault)
		&& (!found->needs_touch
			|| touch(desk, &accounts, &part, out_found, fault));
}
