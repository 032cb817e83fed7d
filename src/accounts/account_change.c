/* SPDX-License-Identifier: MIT
 *
 * Changing accounts, inside the caller's transaction. An audit entry names
 * what changed and never an address, a password or a token.
 */
#include "accounts/account-inside.h"
#include "base/memory.h"
#include "base/moment.h"
#include "store/audit.h"

#define KEY(accounts, act) \
	store_integer((accounts)->la), store_integer((act)->account)

static bool missing(struct fault *fault)
{
	return fault_set(fault, FAULT_MISSING,
		"there is no such account, or it is closed");
}

static bool refuse_roles(struct fault *fault)
{
	fault_set(fault, FAULT_CONFLICT,
		"an administrator may not hold a role that reads cases");
	return fault_hint(fault, "use two accounts, or another administrator");
}

static bool add_role(const struct accounts *accounts,
	const struct account_act *act, struct text role, struct fault *fault)
{
	return account_changed(accounts, "account_role_add",
		STORE_VALUES(KEY(accounts, act), store_text(role),
			store_integer(act->now), store_string(act->actor)),
		fault);
}

static bool add_roles(const struct accounts *accounts,
	const struct account_act *act, struct role_set set, struct fault *fault)
{
	for (size_t i = 0; i < accounts->roles->count; i++)
		if ((set.bits >> i & 1) != 0
			&& !add_role(accounts, act,
				accounts->roles->roles[i].code, fault)
			&& fault_is_set(fault))
			return false;
	return true;
}

static bool has_sign(struct text text, char sign)
{
	struct text rest;
	return text_split(text, sign, &rest).length < text.length;
}

static bool check_new(const struct accounts *accounts,
	const struct account_new *account, struct text login, struct fault *fault)
{
	int64_t taken;
	if (login.length == 0)
		return fault_set(fault, FAULT_INPUT,
			"\"" TEXT_FORMAT "\" cannot be a name to sign in with",
			TEXT_ARGS(account->login));
	if (text_trim(account->name).length == 0 || account->name.length > 200)
		return fault_set(fault, FAULT_INPUT,
			"the person's name must have 1 to 200 bytes");
	if (!role_may_join(accounts->roles, account->roles))
		return refuse_roles(fault);
	if (store_number(accounts->store,
		    store_find(accounts_sql, "account_by_login"),
		    STORE_VALUES(store_integer(accounts->la), store_text(login)),
		    &taken, fault))
		return fault_set(fault, FAULT_CONFLICT,
			"there is an account with that name already");
	return !fault_is_set(fault);
}

bool account_add(const struct accounts *accounts,
	const struct account_new *account, const struct account_act *act,
	int64_t *out_id, struct fault *fault)
{
	struct text login = account_fold_login(account->login, accounts->arena);
	struct text email = account->email;
	struct account_act made = *act;
	if (!audit_turn(accounts->store, accounts->la, fault)
		|| !check_new(accounts, account, login, fault))
		return false;
	if (email.length == 0 && has_sign(login, '@'))
		email = text_trim(account->login);
	made.account = account_next_id();
	if (!account_run(accounts, "account_add",
		    STORE_VALUES(KEY(accounts, &made), store_text(login),
			    store_text(email),
			    store_text(text_trim(account->name)),
			    store_text(account->language.length > 0 ? account->language
								    : TEXT("en")),
			    store_integer(act->now), store_string(act->actor)),
		    fault)
		|| !add_roles(accounts, &made, account->roles, fault)
		|| !account_note(accounts, &made, "account-add",
			role_words(accounts->roles, account->roles, accounts->arena)
				.at,
			fault))
		return false;
	*out_id = made.account;
	return true;
}

static bool role_change(const struct accounts *accounts,
	const struct account_act *act, const char *what, struct text role,
	struct fault *fault)
{
	return account_run(accounts, "account_roles_changed",
		       STORE_VALUES(KEY(accounts, act), store_integer(act->now)),
		       fault)
		&& account_note(accounts, act, what,
			arena_string(accounts->arena, role), fault);
}

static bool known_role(const struct accounts *accounts, struct text role,
	struct fault *fault)
{
	if (role_place(accounts->roles, role) >= 0)
		return true;
	fault_set(fault, FAULT_INPUT, "there is no role \"" TEXT_FORMAT "\"",
		TEXT_ARGS(role));
	return fault_hint(fault, "the roles are in the code list \"roles\"");
}

bool account_give(const struct accounts *accounts,
	const struct account_act *act, struct text role, struct fault *fault)
{
	struct account account;
	if (!known_role(accounts, role, fault)
		|| !account_read(accounts, act->account, act->now, &account,
			fault))
		return false;
	if (account.state == ACCOUNT_CLOSED)
		return missing(fault);
	if (!role_may_join(accounts->roles,
		    role_with(account.roles, role_place(accounts->roles, role))))
		return refuse_roles(fault);
	if (!add_role(accounts, act, role, fault))
		return !fault_is_set(fault);
	return role_change(accounts, act, "account-give", role, fault);
}

bool account_take(const struct accounts *accounts,
	const struct account_act *act, struct text role, struct fault *fault)
{
	if (!known_role(accounts, role, fault))
		return false;
	if (!account_changed(accounts, "account_role_remove",
		    STORE_VALUES(KEY(accounts, act), store_text(role)), fault))
		return !fault_is_set(fault);
	return role_change(accounts, act, "account-take", role, fault);
}

static bool end_everything(const struct accounts *accounts,
	const struct account_act *act, struct fault *fault)
{
	const struct store_value at[] = {KEY(accounts, act),
		store_integer(act->now)};
	return account_run(accounts, "session_end_others",
		       STORE_VALUES(KEY(accounts, act), store_integer(0)), fault)
		&& account_run(accounts, "account_void_links", at, 3, fault)
		&& account_run(accounts, "account_void_tokens", at, 3, fault);
}

bool account_close(const struct accounts *accounts,
	const struct account_act *act, const char *why, struct fault *fault)
{
	if (!account_changed(accounts, "account_close",
		    STORE_VALUES(KEY(accounts, act), store_integer(act->now),
			    store_string(why)),
		    fault))
		return missing(fault);
	return end_everything(accounts, act, fault)
		&& account_run(accounts, "account_end_teams",
			STORE_VALUES(KEY(accounts, act),
				store_date(moment_date(act->now))),
			fault)
		&& account_note(accounts, act, "account-close", why, fault);
}

bool account_reopen(const struct accounts *accounts,
	const struct account_act *act, struct fault *fault)
{
	if (!account_changed(accounts, "account_reopen",
		    STORE_VALUES(KEY(accounts, act), store_integer(act->now)),
		    fault))
		return fault_set(fault, FAULT_MISSING,
			"there is no such closed account");
	return account_run(accounts, "recovery_clear",
		       STORE_VALUES(KEY(accounts, act)), fault)
		&& account_note(accounts, act, "account-reopen", "", fault);
}

struct id_list {
	int64_t *ids;
	size_t count, capacity;
};

static bool read_unused(const struct accounts *accounts, int64_t before,
	struct id_list *unused, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store,
		    store_find(accounts_sql, "accounts_unused"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(before)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		unused->ids = memory_grow(unused->ids, &unused->capacity,
			unused->count + 1, sizeof *unused->ids);
		unused->ids[unused->count++] = store_get_integer(rows, 0);
	}
	store_end(rows);
	return !fault_is_set(fault);
}

static bool remove_old(const struct accounts *accounts, int64_t now,
	struct fault *fault)
{
	const struct store_value la = store_integer(accounts->la);
	return account_run(accounts, "sweep_sessions",
		       STORE_VALUES(la, store_integer(now),
			       store_integer(now - 30 * ACCOUNT_MINUTE)),
		       fault)
		&& account_run(accounts, "sweep_links",
			STORE_VALUES(la, store_integer(now)), fault)
		&& account_run(accounts, "sweep_visits",
			STORE_VALUES(la, store_integer(now - ACCOUNT_DAY)), fault)
		&& account_run(accounts, "attempts_forget",
			STORE_VALUES(la, store_integer(now - ACCOUNT_DAY)),
			fault);
}

bool account_sweep(const struct accounts *accounts, int64_t now,
	size_t *out_closed, struct fault *fault)
{
	struct id_list unused = {.ids = NULL};
	bool is_done = read_unused(accounts,
		now - ACCOUNT_UNUSED_DAYS * ACCOUNT_DAY, &unused, fault);
	for (size_t i = 0; is_done && i < unused.count; i++)
		is_done = account_close(accounts,
			&(struct account_act){unused.ids[i], "kith", now},
			"unused", fault);
	memory_free(unused.ids);
	if (!is_done || !remove_old(accounts, now, fault))
		return false;
	*out_closed = unused.count;
	return true;
}

bool account_set_email(const struct accounts *accounts,
	const struct account_act *act, struct text email, struct fault *fault)
{
	struct account account;
	struct text folded = account_fold_login(email, accounts->arena);
	if (folded.length == 0 || !has_sign(folded, '@'))
		return fault_set(fault, FAULT_INPUT,
			"that is not an e-mail address");
	if (!account_read(accounts, act->account, act->now, &account, fault))
		return false;
	struct text login = has_sign(account.login, '@') ? folded : account.login;
	int64_t holder = act->account;
	if (!store_number(accounts->store,
		    store_find(accounts_sql, "account_by_login"),
		    STORE_VALUES(store_integer(accounts->la), store_text(login)),
		    &holder, fault)
		&& fault_is_set(fault))
		return false;
	if (holder != act->account)
		return fault_set(fault, FAULT_CONFLICT,
			"there is an account with that name already");
	if (!account_changed(accounts, "account_email",
		    STORE_VALUES(KEY(accounts, act),
			    store_text(text_trim(email)), store_text(login)),
		    fault))
		return missing(fault);
	return account_note(accounts, act, "account-email", "", fault);
}

bool account_set_password(const struct accounts *accounts,
	const struct account_act *act, const char *hash, int64_t kept,
	struct fault *fault)
{
	if (!account_changed(accounts, "account_password",
		    STORE_VALUES(KEY(accounts, act), store_string(hash),
			    store_integer(act->now)),
		    fault))
		return missing(fault);
	return account_run(accounts, "session_end_others",
		       STORE_VALUES(KEY(accounts, act), store_integer(kept)),
		       fault)
		&& account_run(accounts, "account_void_links",
			STORE_VALUES(KEY(accounts, act), store_integer(act->now)),
			fault)
		&& account_note(accounts, act, "account-password", "", fault);
}

bool account_add_conflict(const struct accounts *accounts,
	const struct account_act *act, int64_t child, struct text reason,
	struct fault *fault)
{
	return account_run(accounts, "conflict_add",
		       STORE_VALUES(KEY(accounts, act), store_integer(child),
			       store_text(reason), store_integer(act->now),
			       store_string(act->actor)),
		       fault)
		&& account_note(accounts, act, "conflict-add",
			arena_format(accounts->arena, "child %lld",
				(long long)child),
			fault);
}

bool account_remove_conflict(const struct accounts *accounts,
	const struct account_act *act, int64_t child, struct fault *fault)
{
	if (!account_changed(accounts, "conflict_remove",
		    STORE_VALUES(KEY(accounts, act), store_integer(child)), fault))
		return fault_set(fault, FAULT_MISSING, "there is no such block");
	return account_note(accounts, act, "conflict-remove",
		arena_format(accounts->arena, "child %lld", (long long)child),
		fault);
}

bool account_conflicts(const struct accounts *accounts, int64_t account,
	const int64_t **out_children, size_t *out_count, struct fault *fault)
{
	struct store_rows *rows;
	struct id_list found = {.ids = NULL};
	if (!store_query(accounts->store, store_find(accounts_sql, "conflicts"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account)),
		    &rows, fault))
		return false;
	while (store_next(rows, fault)) {
		found.ids = memory_grow(found.ids, &found.capacity,
			found.count + 1, sizeof *found.ids);
		found.ids[found.count++] = store_get_integer(rows, 0);
	}
	store_end(rows);
	int64_t *children = arena_array(accounts->arena, found.count + 1,
		sizeof *children);
	for (size_t i = 0; i < found.count; i++)
		children[i] = found.ids[i];
	memory_free(found.ids);
	*out_children = children;
	*out_count = found.count;
	return !fault_is_set(fault);
}
