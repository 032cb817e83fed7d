/* SPDX-License-Identifier: MIT
 *
 * What a council sets about its providers, and who of their people comes in.
 */
#include <stdio.h>

#include "accounts/account-inside.h"
#include "accounts/oidc-inside.h"

enum { PROVIDERS = 16, PLACE = 512, MEANING_BYTES = 255 };

static const char *secret_place(const struct accounts *accounts,
	struct text issuer, char place[PLACE])
{
	snprintf(place, PLACE, "%d/provider/" TEXT_FORMAT, accounts->la,
		TEXT_ARGS(issuer));
	return place;
}

static bool check_provider(const struct oidc_provider *provider,
	struct fault *fault)
{
	if (provider->issuer.length > 300 || !oidc_is_allowed(provider->issuer)
		|| !oidc_is_allowed(provider->redirect))
		return fault_set(fault, FAULT_INPUT,
			"issuer and redirect must be https addresses");
	if (provider->client.length == 0 || provider->label.length == 0
		|| provider->roles_claim.length == 0)
		return fault_set(fault, FAULT_INPUT,
			"a provider needs a label, a client and a claim of roles");
	return true;
}

bool oidc_set_provider(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_provider *provider,
	struct fault *fault)
{
	char place[PLACE];
	if (!check_provider(provider, fault))
		return false;
	struct store_value sealed = provider->secret.length == 0
		? store_null()
		: store_blob(seal_shut(accounts->seal,
			secret_place(accounts, provider->issuer, place),
			provider->secret, accounts->arena));
	return account_run(accounts, "provider_set",
		       STORE_VALUES(store_integer(accounts->la),
			       store_text(provider->issuer),
			       store_text(provider->label),
			       store_text(provider->client), sealed,
			       store_text(provider->redirect),
			       store_text(provider->roles_claim),
			       store_integer(act->now), store_string(act->actor)),
		       fault)
		&& account_note(accounts, act, "provider-set",
			arena_string(accounts->arena, provider->issuer), fault);
}

static bool take_row(const struct accounts *accounts, struct store_rows *rows,
	struct oidc_provider *provider, struct fault *fault)
{
	struct arena *arena = accounts->arena;
	char place[PLACE];
	*provider = (struct oidc_provider){.issuer = arena_text(arena,
						   store_get_text(rows, 0)),
		.label = arena_text(arena, store_get_text(rows, 1)),
		.client = arena_text(arena, store_get_text(rows, 2)),
		.redirect = arena_text(arena, store_get_text(rows, 4)),
		.roles_claim = arena_text(arena, store_get_text(rows, 5))};
	return store_is_null(rows, 3)
		|| seal_take(accounts->seal,
			secret_place(accounts, provider->issuer, place),
			store_get_blob(rows, 3), arena, &provider->secret, fault);
}

bool oidc_providers(const struct accounts *accounts,
	const struct oidc_provider **out_providers, size_t *out_count,
	struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store, store_find(accounts_sql, "providers"),
		    STORE_VALUES(store_integer(accounts->la)), &rows, fault))
		return false;
	struct oidc_provider *providers = arena_array(accounts->arena,
		PROVIDERS, sizeof *providers);
	size_t count = 0;
	while (count < PROVIDERS && store_next(rows, fault)
		&& take_row(accounts, rows, &providers[count], fault))
		count++;
	store_end(rows);
	*out_providers = providers;
	*out_count = count;
	return !fault_is_set(fault);
}

bool oidc_find_provider(const struct accounts *accounts, struct text issuer,
	struct oidc_provider *out_provider, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store,
		    store_find(accounts_sql, "provider_find"),
		    STORE_VALUES(store_integer(accounts->la), store_text(issuer)),
		    &rows, fault))
		return false;
	bool is_there = store_next(rows, fault);
	bool is_read = is_there && take_row(accounts, rows, out_provider, fault);
	store_end(rows);
	if (!is_there && !fault_is_set(fault))
		fault_set(fault, FAULT_MISSING,
			"there is no such identity provider");
	return is_read && !fault_is_set(fault);
}

static bool note_meaning(const struct accounts *accounts,
	const struct account_act *act, const char *what,
	const struct oidc_meaning *meaning, struct fault *fault)
{
	return account_note(accounts, act, what,
		arena_format(accounts->arena, TEXT_FORMAT " " TEXT_FORMAT,
			TEXT_ARGS(meaning->value), TEXT_ARGS(meaning->role)),
		fault);
}

bool oidc_add_meaning(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_meaning *meaning,
	struct fault *fault)
{
	if (role_place(accounts->roles, meaning->role) < 0)
		return fault_set(fault, FAULT_INPUT,
			"there is no role \"" TEXT_FORMAT "\"",
			TEXT_ARGS(meaning->role));
	if (meaning->value.length == 0 || meaning->value.length > MEANING_BYTES)
		return fault_set(fault, FAULT_INPUT,
			"a group must have 1 to %d bytes", MEANING_BYTES);
	return account_run(accounts, "provider_role_add",
		       STORE_VALUES(store_integer(accounts->la),
			       store_text(meaning->issuer),
			       store_text(meaning->value),
			       store_text(meaning->role)),
		       fault)
		&& note_meaning(accounts, act, "provider-role-add", meaning,
			fault);
}

bool oidc_remove_meaning(const struct accounts *accounts,
	const struct account_act *act, const struct oidc_meaning *meaning,
	struct fault *fault)
{
	if (!account_changed(accounts, "provider_role_remove",
		    STORE_VALUES(store_integer(accounts->la),
			    store_text(meaning->issuer),
			    store_text(meaning->value), store_text(meaning->role)),
		    fault))
		return fault_set(fault, FAULT_MISSING,
			"the group does not mean that role");
	return note_meaning(accounts, act, "provider-role-remove", meaning,
		fault);
}

/* ---- Who comes in ---- */

static bool is_in(const struct oidc_person *person, struct text group)
{
	for (size_t i = 0; i < person->group_count; i++)
		if (text_equals(person->groups[i], group))
			return true;
	return false;
}

static bool read_roles(const struct accounts *accounts,
	const struct oidc_person *person, struct role_set *out_roles,
	struct fault *fault)
{
	struct store_rows *rows;
	struct role_set roles = {0};
	if (!store_query(accounts->store,
		    store_find(accounts_sql, "provider_roles"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_text(person->issuer)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault))
		if (is_in(person, store_get_text(rows, 0)))
			roles = role_with(roles,
				role_place(accounts->roles,
					store_get_text(rows, 1)));
	store_end(rows);
	*out_roles = roles;
	return !fault_is_set(fault);
}

static bool look_up(const struct accounts *accounts, const char *statement,
	const struct store_value *values, size_t count, int64_t *out_id,
	struct fault *fault)
{
	*out_id = 0;
	return store_number(accounts->store, store_find(accounts_sql, statement),
		       values, count, out_id, fault)
		|| !fault_is_set(fault);
}

/* An account for somebody who comes for the first time: the invited one of
 * that address, or a new one. */
static bool make_account(const struct accounts *accounts,
	const struct oidc_arrival *arrival, struct account_act *act,
	struct fault *fault)
{
	const struct oidc_person *person = arrival->person;
	struct text login = account_fold_login(person->email, accounts->arena);
	const struct store_value la = store_integer(accounts->la);
	if (login.length == 0)
		return fault_set(fault, FAULT_INPUT,
			"the identity provider does not tell an address");
	if (!look_up(accounts, "account_by_login",
		    STORE_VALUES(la, store_text(login)), &act->account, fault))
		return false;
	const struct account_new account = {.login = login,
		.email = person->email,
		.name = person->name.length > 0 ? person->name : login};
	if (act->account == 0
		&& !account_add(accounts, &account, act, &act->account, fault))
		return false;
	if (account_changed(accounts, "account_adopt",
		    STORE_VALUES(la, store_integer(act->account),
			    store_text(person->issuer),
			    store_text(person->subject)),
		    fault))
		return account_note(accounts, act, "account-provider",
			arena_string(accounts->arena, person->issuer), fault);
	fault_set(fault, FAULT_CONFLICT,
		"an account with that name signs in another way");
	return fault_hint(fault,
		"ask an administrator to close and reopen that account");
}

static bool set_roles(const struct accounts *accounts,
	const struct account_act *act, struct role_set wanted,
	struct fault *fault)
{
	struct account account;
	if (!account_read(accounts, act->account, act->now, &account, fault))
		return false;
	/* First those that go: what comes may not stand beside them. */
	for (int adding = 0; adding < 2; adding++)
		for (size_t i = 0; i < accounts->roles->count; i++) {
			bool is_held = (account.roles.bits >> i & 1) != 0;
			bool is_wanted = (wanted.bits >> i & 1) != 0;
			struct text code = accounts->roles->roles[i].code;
			if (is_held == is_wanted || is_wanted != (adding == 1))
				continue;
			if (!(is_wanted ? account_give(accounts, act, code, fault)
					: account_take(accounts, act, code,
						fault)))
				return false;
		}
	return true;
}

static bool is_closed(const struct accounts *accounts,
	const struct account_act *act, bool *out_closed, struct fault *fault)
{
	struct account account;
	if (!account_read(accounts, act->account, act->now, &account, fault))
		return false;
	*out_closed = account.state == ACCOUNT_CLOSED;
	return true;
}

/* Nobody without a role comes in; who had some by groups has none now. */
static bool turn_away(const struct accounts *accounts,
	const struct account_act *act, struct signin_result *out_result,
	struct fault *fault)
{
	*out_result = (struct signin_result){.verdict = SIGNIN_REFUSED,
		.account = act->account};
	return (act->account == 0
		       || set_roles(accounts, act, (struct role_set){0}, fault))
		&& account_note(accounts, act, "sign-in-refused",
			"no group means a role", fault);
}

bool oidc_admit(const struct accounts *accounts,
	const struct oidc_arrival *arrival, struct signin_result *out_result,
	struct fault *fault)
{
	const struct oidc_person *person = arrival->person;
	struct account_act act = {.actor = "identity provider",
		.now = arrival->now};
	struct role_set roles;
	bool closed = false;
	if (!read_roles(accounts, person, &roles, fault)
		|| !look_up(accounts, "account_by_subject",
			STORE_VALUES(store_integer(accounts->la),
				store_text(person->issuer),
				store_text(person->subject)),
			&act.account, fault))
		return false;
	if (roles.bits == 0)
		return turn_away(accounts, &act, out_result, fault);
	if (act.account == 0 && !make_account(accounts, arrival, &act, fault))
		return false;
	return is_closed(accounts, &act, &closed, fault)
		&& (closed || set_roles(accounts, &act, roles, fault))
		&& signin_trusted(accounts, &act, arrival->agent, out_result,
			fault);
}
