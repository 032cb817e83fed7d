/* SPDX-License-Identifier: MIT
 *
 * The acts on accounts. What is done to one account is a row of `doings`: what
 * it needs named and the function that does it, inside one transaction. The
 * audit entries are written by accounts/ itself, which knows the account.
 */
#include <string.h>

#include "accounts/link.h"
#include "accounts/oidc.h"
#include "accounts/password.h"
#include "accounts/team.h"
#include "accounts/token.h"
#include "accounts/totp.h"
#include "base/moment.h"
#include "desk/acts-inside.h"

extern const struct embedded desk_sql[];

struct doing {
	const struct accounts *accounts;
	const struct desk_account_input *in;
	struct desk_account_output *out;
	struct account_act act;
	const char *url; /* of the database: the key lies beside it */
};

static bool read_roles(const struct doing *doing, struct role_set *out_roles,
	struct fault *fault)
{
	struct role_set roles = {0};
	struct text words = text_of(doing->in->roles);
	while (words.length > 0) {
		struct text word = text_trim(text_split(words, ',', &words));
		int place = role_place(doing->accounts->roles, word);
		if (place < 0) {
			fault_set(fault, FAULT_INPUT,
				"there is no role \"" TEXT_FORMAT "\"",
				TEXT_ARGS(word));
			return fault_hint(fault,
				"see them with: kith account roles");
		}
		roles = role_with(roles, place);
	}
	*out_roles = roles;
	return true;
}

static bool make_link(const struct doing *doing, enum link_kind kind,
	struct fault *fault)
{
	char text[LINK_TEXT];
	const struct link link = {.kind = kind};
	if (!link_make(doing->accounts, &doing->act, &link, text, fault))
		return false;
	doing->out->link = arena_string(doing->accounts->arena, text_of(text));
	return true;
}

static bool add(struct doing *doing, struct fault *fault)
{
	struct account_new account = {.login = text_of(doing->in->login),
		.name = text_of(doing->in->name)};
	return read_roles(doing, &account.roles, fault)
		&& account_add(doing->accounts, &account, &doing->act,
			&doing->act.account, fault)
		&& make_link(doing, LINK_INVITATION, fault);
}

static bool give(struct doing *doing, struct fault *fault)
{
	return account_give(doing->accounts, &doing->act,
		text_of(doing->in->roles), fault);
}

static bool take(struct doing *doing, struct fault *fault)
{
	return account_take(doing->accounts, &doing->act,
		text_of(doing->in->roles), fault);
}

static bool close_account(struct doing *doing, struct fault *fault)
{
	return account_close(doing->accounts, &doing->act,
		doing->in->why == NULL ? "by hand" : doing->in->why, fault);
}

static bool reopen(struct doing *doing, struct fault *fault)
{
	return account_reopen(doing->accounts, &doing->act, fault)
		&& make_link(doing, LINK_INVITATION, fault);
}

static bool reset(struct doing *doing, struct fault *fault)
{
	return make_link(doing, LINK_RESET, fault);
}

static bool set_password(struct doing *doing, struct fault *fault)
{
	return account_set_password(doing->accounts, &doing->act,
		doing->in->hash, 0, fault);
}

static bool remove_second(struct doing *doing, struct fault *fault)
{
	return totp_remove(doing->accounts, &doing->act, fault);
}

static bool add_conflict(struct doing *doing, struct fault *fault)
{
	int64_t child;
	if (!store_number(doing->accounts->store,
		    store_find(desk_sql, "child_named"),
		    STORE_VALUES(store_integer(doing->accounts->la),
			    store_string(doing->in->child)),
		    &child, fault))
		return fault_set(fault, FAULT_MISSING,
			"no child has the id \"%s\"", doing->in->child);
	return account_add_conflict(doing->accounts, &doing->act, child,
		text_of(doing->in->why), fault);
}

static bool add_team(struct doing *doing, struct fault *fault)
{
	int64_t team;
	return team_add(doing->accounts, &doing->act, text_of(doing->in->team),
		&team, fault);
}

static bool named_team(struct doing *doing, int64_t *out_team, struct fault *fault)
{
	return team_find(doing->accounts, text_of(doing->in->team), out_team,
		fault);
}

static bool close_team(struct doing *doing, struct fault *fault)
{
	int64_t team;
	return named_team(doing, &team, fault)
		&& team_close(doing->accounts, &doing->act, team, fault);
}

static bool join_team(struct doing *doing, struct fault *fault)
{
	int64_t team;
	return named_team(doing, &team, fault)
		&& team_join(doing->accounts, &doing->act, team, fault);
}

static bool leave_team(struct doing *doing, struct fault *fault)
{
	int64_t team;
	return named_team(doing, &team, fault)
		&& team_leave(doing->accounts, &doing->act, team, fault);
}

static bool sweep(struct doing *doing, struct fault *fault)
{
	return account_sweep(doing->accounts, doing->act.now,
		&doing->out->closed, fault);
}

/* The one thing here that needs the key: the client's secret is sealed. */
static bool set_provider(struct doing *doing, struct fault *fault)
{
	const struct desk_account_input *in = doing->in;
	struct accounts sealing = *doing->accounts;
	struct seal seal;
	const char *path;
	if (!seal_path(doing->url, NULL, sealing.arena, &path, fault)
		|| !seal_open(path, &seal, fault))
		return false;
	sealing.seal = &seal;
	bool is_done = oidc_set_provider(&sealing, &doing->act,
		&(struct oidc_provider){.issuer = text_of(in->issuer),
			.label = text_of(in->name),
			.client = text_of(in->client),
			.secret = text_of(in->secret),
			.redirect = text_of(in->redirect),
			.roles_claim = text_of(in->claim)},
		fault);
	seal_close(&seal);
	return is_done;
}

static struct oidc_meaning meaning(const struct doing *doing)
{
	return (struct oidc_meaning){.issuer = text_of(doing->in->issuer),
		.value = text_of(doing->in->group),
		.role = text_of(doing->in->roles)};
}

static bool add_meaning(struct doing *doing, struct fault *fault)
{
	const struct oidc_meaning means = meaning(doing);
	return oidc_add_meaning(doing->accounts, &doing->act, &means, fault);
}

static bool remove_meaning(struct doing *doing, struct fault *fault)
{
	const struct oidc_meaning means = meaning(doing);
	return oidc_remove_meaning(doing->accounts, &doing->act, &means, fault);
}

/* Good to the end of its last day, or for as long as one may be. */
static bool add_token(struct doing *doing, struct fault *fault)
{
	const struct desk_account_input *in = doing->in;
	char text[TOKEN_TEXT];
	int days = date_is_none(in->until)
		? TOKEN_MOST_DAYS
		: in->until.day - moment_date(doing->act.now).day + 1;
	const struct token_new token = {.label = text_of(in->name),
		.scopes = text_of(in->scopes),
		.expires_at = doing->act.now + days * ACCOUNT_DAY};
	if (!token_make(doing->accounts, &doing->act, &token, text, fault))
		return false;
	doing->out->link = arena_string(doing->accounts->arena, text_of(text));
	return true;
}

static bool revoke_token(struct doing *doing, struct fault *fault)
{
	int64_t token = 0;
	(void)text_to_int64(text_of(doing->in->token), &token);
	return token_revoke(doing->accounts, &doing->act, token, fault);
}

static struct date day_of(int64_t moment)
{
	return moment == 0 ? DATE_NONE : moment_date(moment);
}

static bool list_tokens(struct doing *doing, struct fault *fault)
{
	struct arena *arena = doing->accounts->arena;
	const struct token *tokens;
	size_t count;
	if (!token_list(doing->accounts, doing->act.account, &tokens, &count,
		    fault))
		return false;
	struct desk_token_row *rows = arena_array(arena, count + 1, sizeof *rows);
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct desk_token_row){.id = tokens[i].id,
			.label = arena_string(arena, tokens[i].label),
			.scopes = arena_string(arena, tokens[i].scopes),
			.made = day_of(tokens[i].created_at),
			.until = day_of(tokens[i].expires_at),
			.used = day_of(tokens[i].used_at),
			.is_revoked = tokens[i].revoked_at != 0};
	doing->out->tokens = rows;
	doing->out->token_count = count;
	return true;
}

static const struct {
	bool (*run)(struct doing *doing, struct fault *fault);
	bool has_account; /* one that is there already */
} doings[DESK_ACCOUNT_DOINGS] = {
	[DESK_ACCOUNT_ADD] = {add, false},
	[DESK_ACCOUNT_GIVE] = {give, true},
	[DESK_ACCOUNT_TAKE] = {take, true},
	[DESK_ACCOUNT_CLOSE] = {close_account, true},
	[DESK_ACCOUNT_REOPEN] = {reopen, true},
	[DESK_ACCOUNT_RESET] = {reset, true},
	[DESK_ACCOUNT_PASSWORD] = {set_password, true},
	[DESK_ACCOUNT_SECOND] = {remove_second, true},
	[DESK_ACCOUNT_CONFLICT] = {add_conflict, true},
	[DESK_ACCOUNT_TEAM_ADD] = {add_team, false},
	[DESK_ACCOUNT_TEAM_CLOSE] = {close_team, false},
	[DESK_ACCOUNT_TEAM_JOIN] = {join_team, true},
	[DESK_ACCOUNT_TEAM_LEAVE] = {leave_team, true},
	[DESK_ACCOUNT_SWEEP] = {sweep, false},
	[DESK_ACCOUNT_PROVIDER] = {set_provider, false},
	[DESK_ACCOUNT_MEANS] = {add_meaning, false},
	[DESK_ACCOUNT_MEANS_NOT] = {remove_meaning, false},
	[DESK_ACCOUNT_TOKEN_ADD] = {add_token, true},
	[DESK_ACCOUNT_TOKEN_REVOKE] = {revoke_token, true},
	[DESK_ACCOUNT_TOKENS] = {list_tokens, true},
};

static bool open_accounts(struct desk *desk, struct accounts *out_accounts,
	struct fault *fault)
{
	struct region_part part;
	struct accounts accounts = {.arena = desk->arena};
	if (!region_one(&desk->region, desk->la, &part, fault)
		|| !role_open(desk->codes, desk->arena, &accounts.roles, fault))
		return false;
	accounts.store = part.store;
	accounts.la = part.la;
	*out_accounts = accounts;
	return true;
}

static bool find(struct doing *doing, struct account *account, struct fault *fault)
{
	if (!account_find(doing->accounts, text_of(doing->in->login),
		    doing->act.now, account, fault))
		return false;
	doing->act.account = account->id;
	return true;
}

static bool run_doing(struct doing *doing, struct fault *fault)
{
	struct account account;
	return (!doings[doing->in->doing].has_account
		       || find(doing, &account, fault))
		&& doings[doing->in->doing].run(doing, fault);
}

bool acts_account(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)note;
	struct accounts accounts;
	struct desk_account_output out = {.link = NULL};
	if (!open_accounts(desk, &accounts, fault))
		return false;
	struct doing doing = {.accounts = &accounts,
		.in = input,
		.out = &out,
		.url = desk->url,
		.act = {.actor = desk->person.login, .now = moment_now()}};
	if (!store_begin(accounts.store, fault))
		return false;
	if (!run_doing(&doing, fault) || !store_commit(accounts.store, fault)) {
		store_rollback(accounts.store);
		return false;
	}
	*(struct desk_account_output *)output = out;
	return true;
}

static void take_account(const struct accounts *accounts,
	const struct account *from, struct desk_account_row *row)
{
	struct arena *arena = accounts->arena;
	struct text roles = role_words(accounts->roles, from->roles, arena);
	*row = (struct desk_account_row){.la = accounts->la,
		.login = arena_string(arena, from->login),
		.name = arena_string(arena, from->name),
		.state = account_state_word(from->state),
		.roles = arena_string(arena, roles),
		.used = from->used_at == 0 ? DATE_NONE
					   : moment_date(from->used_at),
		.has_second = from->has_second,
		.teams = from->team_count};
}

bool acts_accounts(struct desk *desk, const void *input, void *output,
	struct acts_note *note, struct fault *fault)
{
	(void)input;
	(void)note;
	struct accounts accounts;
	const struct account *list;
	const struct team *teams;
	struct desk_accounts_output out = {.rows = NULL};
	if (!open_accounts(desk, &accounts, fault)
		|| !account_list(&accounts, moment_now(), &list, &out.count, fault)
		|| !team_list(&accounts, moment_now(), &teams, &out.team_count,
			fault))
		return false;
	struct desk_account_row *rows = arena_array(desk->arena, out.count + 1,
		sizeof *rows);
	for (size_t i = 0; i < out.count; i++)
		take_account(&accounts, &list[i], &rows[i]);
	struct desk_team_row *named = arena_array(desk->arena,
		out.team_count + 1, sizeof *named);
	for (size_t i = 0; i < out.team_count; i++)
		named[i] = (struct desk_team_row){arena_string(desk->arena,
							  teams[i].name),
			teams[i].from, teams[i].to, teams[i].members};
	out.rows = rows;
	out.teams = named;
	*(struct desk_accounts_output *)output = out;
	return true;
}
