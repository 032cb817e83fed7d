/* SPDX-License-Identifier: MIT
 *
 * API tokens: their form, their scopes, their table.
 */
#include "accounts/token.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "accounts/account-inside.h"

enum { LABEL_BYTES = 200, SUBJECT_BYTES = 40, MOST = 200 };

static const struct token_scope scopes[] = {
	{"read", true, "read a register: its entries and their steps"},
	{"write", true, "add to a register and take its steps"},
	{"measure", false, "compute measures, as figures"},
	{"report", false, "compute and fetch reports"},
	{"import", false, "send returns and extracts"},
	{"feeds", false, "see what is loaded and what was wrong with it"},
	{"directory", false, "read spaces, activities and services"},
	{"admin", false, "accounts and settings"},
	{"audit", false, "verify the audit chain"},
};

const struct token_scope *token_scopes(size_t *out_count)
{
	*out_count = COUNT_OF(scopes);
	return scopes;
}

static void check_sum(struct text body, char out_sum[TOKEN_CHECK + 1])
{
	unsigned char hash[crypto_hash_sha256_BYTES];
	crypto_hash_sha256(hash, (const unsigned char *)body.at, body.length);
	secret_letters(hash, TOKEN_CHECK, out_sum);
}

int token_la(struct text token)
{
	char sum[TOKEN_CHECK + 1];
	int64_t la;
	if (token.length != TOKEN_TEXT - 1 || !text_starts(token, TEXT("kith_"))
		|| token.at[TOKEN_PREFIX - 1] != '_'
		|| !text_to_int64(text_cut(token, 5, 3), &la) || la < 1)
		return 0;
	struct text body = text_cut(token, 0, TOKEN_PREFIX + SECRET_LETTERS);
	if (!secret_is_letters(text_cut(token, TOKEN_PREFIX, token.length)))
		return 0;
	check_sum(body, sum);
	return text_is(text_cut(token, body.length, TOKEN_CHECK), sum) ? (int)la
								       : 0;
}

/* A register's name: small letters, digits, hyphens; or all of them. */
static bool is_subject(struct text subject)
{
	if (text_is(subject, "*"))
		return true;
	if (subject.length == 0 || subject.length > SUBJECT_BYTES)
		return false;
	for (size_t i = 0; i < subject.length; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789-", subject.at[i])
				== NULL
			|| subject.at[i] == '\0')
			return false;
	return true;
}

static bool is_scope(struct text word)
{
	struct text subject;
	struct text verb = text_split(word, ':', &subject);
	bool has_subject = verb.length < word.length;
	for (size_t i = 0; i < COUNT_OF(scopes); i++)
		if (text_is(verb, scopes[i].verb))
			return has_subject == scopes[i].has_subject
				&& (!has_subject || is_subject(subject));
	return false;
}

static bool check_scopes(struct text words, struct fault *fault)
{
	size_t count = 0;
	while (words.length > 0) {
		struct text word = text_split(words, ' ', &words);
		if (!is_scope(word)) {
			fault_set(fault, FAULT_INPUT,
				"a token cannot be for \"" TEXT_FORMAT "\"",
				TEXT_ARGS(word));
			return fault_hint(fault, "such as: read:ehe report");
		}
		count++;
	}
	return (count > 0 && count <= TOKEN_SCOPES)
		|| fault_set(fault, FAULT_INPUT,
			"a token must be for 1 to %d things", TOKEN_SCOPES);
}

static bool check_new(const struct token_new *token, int64_t now,
	struct fault *fault)
{
	struct text label = text_trim(token->label);
	if (label.length == 0 || label.length > LABEL_BYTES)
		return fault_set(fault, FAULT_INPUT,
			"what the token is for must have 1 to %d bytes",
			LABEL_BYTES);
	if (token->expires_at <= now
		|| token->expires_at - now > TOKEN_MOST_DAYS * ACCOUNT_DAY)
		return fault_set(fault, FAULT_INPUT,
			"a token must end within %d days", TOKEN_MOST_DAYS);
	return check_scopes(token->scopes, fault);
}

/* The random part of a secret, in the token's form. */
static void make_text(int la, char out_token[TOKEN_TEXT])
{
	char secret[SECRET_TEXT], sum[TOKEN_CHECK + 1];
	secret_make(la, secret);
	int length = snprintf(out_token, TOKEN_TEXT, "kith_%03d_%s", la,
		secret + SECRET_TEXT - 1 - SECRET_LETTERS);
	check_sum((struct text){out_token, (size_t)length}, sum);
	memcpy(out_token + length, sum, sizeof sum);
	sodium_memzero(secret, sizeof secret);
}

bool token_make(const struct accounts *accounts, const struct account_act *act,
	const struct token_new *token, char out_token[TOKEN_TEXT],
	struct fault *fault)
{
	char text[TOKEN_TEXT], hash[DIGEST_TEXT];
	struct account owner;
	if (!check_new(token, act->now, fault)
		|| !account_read(accounts, act->account, act->now, &owner, fault))
		return false;
	if (owner.state != ACCOUNT_ACTIVE)
		return fault_set(fault, FAULT_CONFLICT,
			"the account is not active");
	make_text(accounts->la, text);
	secret_hash(text_of(text), hash);
	if (!account_run(accounts, "token_add",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account_next_id()),
			    store_integer(act->account), store_string(hash),
			    store_text(text_trim(token->label)),
			    store_text(token->scopes), store_integer(act->now),
			    store_integer(token->expires_at)),
		    fault)
		|| !account_note(accounts, act, "token-make",
			arena_string(accounts->arena, token->scopes), fault))
		return false;
	memcpy(out_token, text, sizeof text);
	return true;
}

static struct token take_row(const struct accounts *accounts,
	const struct store_rows *rows)
{
	return (struct token){.id = store_get_integer(rows, 0),
		.account = store_get_integer(rows, 1),
		.label = arena_text(accounts->arena, store_get_text(rows, 2)),
		.scopes = arena_text(accounts->arena, store_get_text(rows, 3)),
		.created_at = store_get_integer(rows, 4),
		.expires_at = store_get_integer(rows, 5),
		.used_at = store_get_integer(rows, 6),
		.revoked_at = store_get_integer(rows, 7)};
}

static bool is_good(const struct token *token, const struct store_rows *rows,
	int64_t now)
{
	return token->revoked_at == 0 && now < token->expires_at
		&& account_state_of(store_get_text(rows, 8)) == ACCOUNT_ACTIVE;
}

bool token_find(const struct accounts *accounts, struct text token, int64_t now,
	struct token *out_token, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	struct store_rows *rows;
	struct token found = {.id = 0};
	bool is_found = false;
	if (token_la(token) != accounts->la)
		return fault_set(fault, FAULT_DENIED, "the token is not valid");
	secret_hash(token, hash);
	if (!store_query(accounts->store, store_find(accounts_sql, "token_find"),
		    STORE_VALUES(store_integer(accounts->la), store_string(hash)),
		    &rows, fault))
		return false;
	if (store_next(rows, fault)) {
		found = take_row(accounts, rows);
		is_found = is_good(&found, rows, now);
		found.needs_touch = now - found.used_at >= ACCOUNT_MINUTE;
	}
	store_end(rows);
	if (fault_is_set(fault))
		return false;
	if (!is_found)
		return fault_set(fault, FAULT_DENIED, "the token is not valid");
	*out_token = found;
	return true;
}

bool token_touch(const struct accounts *accounts, const struct token *token,
	int64_t now, struct fault *fault)
{
	const struct store_value la = store_integer(accounts->la);
	return account_run(accounts, "token_used",
		       STORE_VALUES(la, store_integer(token->id),
			       store_integer(now)),
		       fault)
		&& account_run(accounts, "account_used",
			STORE_VALUES(la, store_integer(token->account),
				store_integer(now)),
			fault);
}

bool token_may(const struct token *token, struct text verb, struct text subject)
{
	struct text words = token->scopes;
	while (words.length > 0) {
		struct text on;
		struct text word = text_split(words, ' ', &words);
		struct text held = text_split(word, ':', &on);
		if (text_equals(held, verb)
			&& (text_equals(on, subject)
				|| (text_is(on, "*") && subject.length > 0)))
			return true;
	}
	return false;
}

bool token_list(const struct accounts *accounts, int64_t account,
	const struct token **out_tokens, size_t *out_count, struct fault *fault)
{
	struct store_rows *rows;
	if (!store_query(accounts->store, store_find(accounts_sql, "tokens_of"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account)),
		    &rows, fault))
		return false;
	struct token *tokens = arena_array(accounts->arena, MOST, sizeof *tokens);
	size_t count = 0;
	while (count < MOST && store_next(rows, fault))
		tokens[count++] = take_row(accounts, rows);
	store_end(rows);
	*out_tokens = tokens;
	*out_count = count;
	return !fault_is_set(fault);
}

bool token_revoke(const struct accounts *accounts,
	const struct account_act *act, int64_t token, struct fault *fault)
{
	if (!account_changed(accounts, "token_revoke",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(act->account), store_integer(token),
			    store_integer(act->now)),
		    fault))
		return fault_set(fault, FAULT_MISSING, "there is no such token");
	return account_note(accounts, act, "token-revoke", "", fault);
}
