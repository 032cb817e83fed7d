/* SPDX-License-Identifier: MIT
 *
 * Links in the table `account_link`.
 */
#include "accounts/link.h"

#include <string.h>

#include "accounts/account-inside.h"

static const struct {
	const char *word;
	int64_t lasts;
} kinds[LINK_KINDS] = {
	[LINK_INVITATION] = {"invitation", LINK_INVITATION_DAYS *ACCOUNT_DAY},
	[LINK_RESET] = {"reset", LINK_RESET_MINUTES *ACCOUNT_MINUTE},
	[LINK_EMAIL] = {"email", LINK_EMAIL_HOURS *ACCOUNT_HOUR},
};

const char *link_word(enum link_kind kind)
{
	return kinds[kind].word;
}

bool link_make(const struct accounts *accounts, const struct account_act *act,
	const struct link *link, char out_link[LINK_TEXT], struct fault *fault)
{
	char text[LINK_TEXT], hash[DIGEST_TEXT];
	const struct store_value la = store_integer(accounts->la);
	const struct store_value account = store_integer(act->account);
	const struct store_value word = store_string(link_word(link->kind));
	struct account held;
	if (!account_read(accounts, act->account, act->now, &held, fault))
		return false;
	if (held.state == ACCOUNT_CLOSED)
		return fault_set(fault, FAULT_CONFLICT, "the account is closed");
	secret_make(accounts->la, text);
	secret_hash(text_of(text), hash);
	if (!account_run(accounts, "link_void_kind",
		    STORE_VALUES(la, account, word, store_integer(act->now)),
		    fault)
		|| !account_run(accounts, "link_add",
			STORE_VALUES(la, store_integer(account_next_id()),
				account, word, store_string(hash),
				store_text(link->detail), store_integer(act->now),
				store_integer(act->now + kinds[link->kind].lasts)),
			fault)
		|| !account_note(accounts, act, "link-make",
			link_word(link->kind), fault))
		return false;
	memcpy(out_link, text, sizeof text);
	return true;
}

static bool not_good(struct fault *fault)
{
	fault_set(fault, FAULT_DENIED, "the link is not good any more");
	return fault_hint(fault, "ask for a new one");
}

static bool take_row(const struct accounts *accounts,
	const struct store_rows *rows, int64_t now, struct link *link)
{
	struct text word = store_get_text(rows, 2);
	int kind = 0;
	while (kind < LINK_KINDS && !text_is(word, kinds[kind].word))
		kind++;
	if (kind == LINK_KINDS || now >= store_get_integer(rows, 4)
		|| store_get_integer(rows, 5) != 0
		|| account_state_of(store_get_text(rows, 6)) == ACCOUNT_CLOSED)
		return false;
	*link = (struct link){.id = store_get_integer(rows, 0),
		.account = store_get_integer(rows, 1),
		.kind = (enum link_kind)kind,
		.detail = arena_text(accounts->arena, store_get_text(rows, 3))};
	return true;
}

bool link_find(const struct accounts *accounts, struct text link, int64_t now,
	struct link *out_link, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	struct store_rows *rows;
	if (secret_la(link) != accounts->la)
		return not_good(fault);
	secret_hash(link, hash);
	if (!store_query(accounts->store, store_find(accounts_sql, "link_find"),
		    STORE_VALUES(store_integer(accounts->la), store_string(hash)),
		    &rows, fault))
		return false;
	struct link found;
	bool is_good = store_next(rows, fault)
		&& take_row(accounts, rows, now, &found);
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	if (!is_good)
		return not_good(fault);
	*out_link = found;
	return true;
}

bool link_use(const struct accounts *accounts, const struct link *link,
	int64_t now, struct fault *fault)
{
	if (!account_changed(accounts, "link_use",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(link->id), store_integer(now)),
		    fault))
		return not_good(fault);
	return true;
}
