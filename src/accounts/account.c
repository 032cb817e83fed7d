/* SPDX-License-Identifier: MIT
 *
 * Reading accounts, and what the room shares. One account is three queries in
 * one round trip; the list of all is three more, joined here by id.
 */
#include "accounts/account.h"

#include <pthread.h>
#include <stdio.h>
#include <utf8proc.h>

#include "accounts/account-inside.h"
#include "base/buffer.h"
#include "base/ident.h"
#include "base/map.h"
#include "base/memory.h"
#include "base/moment.h"
#include "store/audit.h"

enum { LOGIN_BYTES = 254 }; /* an e-mail address: RFC 5321, 4.5.3.1.3 */

static const char *const states[] =
	{[ACCOUNT_INVITED] = "invited", [ACCOUNT_ACTIVE] = "active", [ACCOUNT_CLOSED] = "closed"};

const char *account_state_word(enum account_state state)
{
	return states[state];
}

enum account_state account_state_of(struct text word)
{
	for (size_t i = 0; i < COUNT_OF(states); i++)
		if (text_is(word, states[i]))
			return (enum account_state)i;
	return ACCOUNT_CLOSED; /* not one we know: may do nothing */
}

int64_t account_next_id(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct ident_source source;
	pthread_mutex_lock(&lock);
	int64_t id = ident_next(&source);
	pthread_mutex_unlock(&lock);
	return id;
}

void account_escape(struct buffer *out, struct text text)
{
	for (size_t i = 0; i < text.length; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
			|| (c >= 'a' && c <= 'z') || c == '-' || c == '.'
			|| c == '_' || c == '~')
			buffer_char(out, (char)c);
		else
			buffer_format(out, "%%%02X", c);
	}
}

bool account_note(const struct accounts *accounts, const struct account_act *act,
	const char *what, const char *detail, struct fault *fault)
{
	char key[24];
	snprintf(key, sizeof key, "%lld", (long long)act->account);
	return audit_add(accounts->store, accounts->la,
		&(struct audit_entry){.actor = act->actor,
			.purpose = "accounts",
			.act = what,
			.subject = "account",
			.subject_key = key,
			.detail = detail},
		fault);
}

bool account_run(const struct accounts *accounts, const char *name,
	const struct store_value *values, size_t count, struct fault *fault)
{
	return store_run(accounts->store, store_find(accounts_sql, name),
		values, count, fault);
}

bool account_changed(const struct accounts *accounts, const char *name,
	const struct store_value *values, size_t count, struct fault *fault)
{
	int64_t ignored;
	return store_number(accounts->store, store_find(accounts_sql, name),
		values, count, &ignored, fault);
}

static bool is_login_character(utf8proc_int32_t character)
{
	switch (utf8proc_category(character)) {
	case UTF8PROC_CATEGORY_CN: /* not assigned */
	case UTF8PROC_CATEGORY_ZS: /* spaces, separators, controls, formats */
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
		return false;
	default:
		return true;
	}
}

static bool is_login(struct text login)
{
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)login.at;
	utf8proc_ssize_t left = (utf8proc_ssize_t)login.length;
	if (left == 0 || left > LOGIN_BYTES)
		return false;
	while (left > 0) {
		utf8proc_int32_t character;
		utf8proc_ssize_t step = utf8proc_iterate(at, left, &character);
		if (step <= 0 || !is_login_character(character))
			return false;
		at += step;
		left -= step;
	}
	return true;
}

struct text account_fold_login(struct text login, struct arena *arena)
{
	utf8proc_uint8_t *folded = NULL;
	struct text trimmed = text_trim(login), kept = {.at = NULL};
	if (trimmed.length == 0 || trimmed.length > LOGIN_BYTES)
		return kept;
	utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)trimmed.at,
		(utf8proc_ssize_t)trimmed.length, &folded,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT
			| UTF8PROC_CASEFOLD);
	if (length > 0) {
		struct text text = {(const char *)folded, (size_t)length};
		if (is_login(text))
			kept = arena_text(arena, text);
	}
	memory_free(folded);
	return kept;
}

static struct text kept(const struct accounts *accounts,
	const struct store_rows *rows, int column)
{
	return arena_text(accounts->arena, store_get_text(rows, column));
}

static void take_row(const struct accounts *accounts,
	const struct store_rows *rows, struct account *account)
{
	*account = (struct account){.id = store_get_integer(rows, 0),
		.login = kept(accounts, rows, 1),
		.email = kept(accounts, rows, 2),
		.name = kept(accounts, rows, 3),
		.language = kept(accounts, rows, 4),
		.state = account_state_of(store_get_text(rows, 5)),
		.created_at = store_get_integer(rows, 6),
		.used_at = store_get_integer(rows, 7),
		.closed_at = store_get_integer(rows, 8),
		.roles_at = store_get_integer(rows, 9),
		.has_password = store_get_integer(rows, 10) != 0,
		.has_second = store_get_integer(rows, 11) != 0,
		.has_provider = store_get_integer(rows, 12) != 0};
}

static void take_role(const struct accounts *accounts, struct account *account,
	struct text code)
{
	account->roles = role_with(account->roles,
		role_place(accounts->roles, code));
}

static void take_team(struct account *account, int64_t team)
{
	if (account->team_count < ACCOUNT_TEAMS)
		account->teams[account->team_count++] = team;
}

bool account_read(const struct accounts *accounts, int64_t id, int64_t now,
	struct account *out_account, struct fault *fault)
{
	const struct store_value key[] = {store_integer(accounts->la),
		store_integer(id), store_date(moment_date(now))};
	struct store_ask asks[] = {
		{store_find(accounts_sql, "account_by_id"), key, 2, NULL},
		{store_find(accounts_sql, "account_roles"), key, 2, NULL},
		{store_find(accounts_sql, "account_teams"), key, 3, NULL},
	};
	struct account account = {.id = 0};
	if (!store_query_all(accounts->store, asks, COUNT_OF(asks), fault))
		return false;
	if (store_next(asks[0].rows, fault))
		take_row(accounts, asks[0].rows, &account);
	while (store_next(asks[1].rows, fault))
		take_role(accounts, &account, store_get_text(asks[1].rows, 0));
	while (store_next(asks[2].rows, fault))
		take_team(&account, store_get_integer(asks[2].rows, 0));
	for (size_t i = 0; i < COUNT_OF(asks); i++)
		store_end(asks[i].rows);
	if (fault_is_set(fault))
		return false;
	if (account.id == 0)
		return fault_set(fault, FAULT_MISSING,
			"there is no such account");
	*out_account = account;
	return true;
}

bool account_find(const struct accounts *accounts, struct text login,
	int64_t now, struct account *out_account, struct fault *fault)
{
	int64_t id = 0;
	struct text folded = account_fold_login(login, accounts->arena);
	if (folded.length > 0
		&& !store_number(accounts->store,
			store_find(accounts_sql, "account_by_login"),
			STORE_VALUES(store_integer(accounts->la),
				store_text(folded)),
			&id, fault)
		&& fault_is_set(fault))
		return false;
	if (id == 0)
		return fault_set(fault, FAULT_MISSING,
			"no account has the name \"" TEXT_FORMAT "\"",
			TEXT_ARGS(login));
	return account_read(accounts, id, now, out_account, fault);
}

struct listing {
	const struct accounts *accounts;
	struct account *list;
	size_t count, capacity;
	struct map *places;
};

/* The account of a row of roles or teams; NULL: it came between two reads. */
static struct account *listed(struct listing *listing, int64_t id)
{
	int64_t place;
	return listing->list != NULL
			&& map_get_number(listing->places, id, &place)
		? &listing->list[place]
		: NULL;
}

static void list_rows(struct listing *listing, struct store_ask *asks,
	struct fault *fault)
{
	struct account *account;
	while (store_next(asks[0].rows, fault)) {
		listing->list = memory_grow(listing->list, &listing->capacity,
			listing->count + 1, sizeof *listing->list);
		account = &listing->list[listing->count];
		take_row(listing->accounts, asks[0].rows, account);
		map_set_number(listing->places, account->id,
			(int64_t)listing->count++);
	}
	while (store_next(asks[1].rows, fault))
		if ((account = listed(listing, store_get_integer(asks[1].rows, 0)))
			!= NULL)
			take_role(listing->accounts, account,
				store_get_text(asks[1].rows, 1));
	while (store_next(asks[2].rows, fault))
		if ((account = listed(listing, store_get_integer(asks[2].rows, 0)))
			!= NULL)
			take_team(account, store_get_integer(asks[2].rows, 1));
}

bool account_list(const struct accounts *accounts, int64_t now,
	const struct account **out_accounts, size_t *out_count,
	struct fault *fault)
{
	const struct store_value key[] = {store_integer(accounts->la),
		store_date(moment_date(now))};
	struct store_ask asks[] = {
		{store_find(accounts_sql, "accounts_all"), key, 1, NULL},
		{store_find(accounts_sql, "accounts_roles"), key, 1, NULL},
		{store_find(accounts_sql, "accounts_teams"), key, 2, NULL},
	};
	if (!store_query_all(accounts->store, asks, COUNT_OF(asks), fault))
		return false;
	struct listing listing = {.accounts = accounts, .places = map_open()};
	list_rows(&listing, asks, fault);
	for (size_t i = 0; i < COUNT_OF(asks); i++)
		store_end(asks[i].rows);
	struct account *list = arena_array(accounts->arena, listing.count + 1,
		sizeof *list);
	for (size_t i = 0; i < listing.count; i++)
		list[i] = listing.list[i];
	memory_free(listing.list);
	map_close(listing.places);
	if (fault_is_set(fault))
		return false;
	*out_accounts = list;
	*out_count = listing.count;
	return true;
}

bool account_is_unused(const struct account *account, int64_t now)
{
	int64_t last = account->used_at != 0 ? account->used_at
					     : account->created_at;
	return now - last > ACCOUNT_UNUSED_DAYS * ACCOUNT_DAY;
}
