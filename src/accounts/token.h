/* SPDX-License-Identifier: MIT
 *
 * Tokens for programs that use the API.
 *
 * "kith_206_" and 52 random letters and six of a check sum: the form lets a
 * scanner of source code find one that was left lying about, and a slip of the
 * pen is refused without asking the database. Shown once, kept as a hash, good
 * for a year at most. A token never may more than its owner: whoever uses it
 * has the owner's roles, and of these only what its scopes name.
 */
#ifndef KITH_ACCOUNTS_TOKEN_H
#define KITH_ACCOUNTS_TOKEN_H

#include "accounts/account.h"
#include "accounts/secret.h"

enum {
	TOKEN_PREFIX = 9, /* kith_206_ */
	TOKEN_CHECK = 6,
	TOKEN_TEXT = TOKEN_PREFIX + SECRET_LETTERS + TOKEN_CHECK + 1,
	TOKEN_MOST_DAYS = 365,
	TOKEN_SCOPES = 32, /* of one token */
};

/* What a token may be for. A scope is written as its verb, or as verb:subject
 * where it has one: "report", "read:ehe", "read:*" for every register. */
struct token_scope {
	const char *verb;
	bool has_subject;
	const char *about;
};
const struct token_scope *token_scopes(size_t *out_count);

struct token_new {
	struct text label;
	struct text scopes; /* with blanks between */
	int64_t expires_at; /* at most a year away */
};

struct token {
	int64_t id;
	int64_t account;
	struct text label;
	struct text scopes;
	int64_t created_at, expires_at, used_at, revoked_at;
	bool needs_touch; /* call token_touch */
};

/* The authority of a well-formed token; 0 if it is none. Asks no database. */
int token_la(struct text token);

/* The fault names the scope or the day that is not allowed. */
bool token_make(const struct accounts *accounts, const struct account_act *act,
	const struct token_new *token, char out_token[TOKEN_TEXT],
	struct fault *fault) __attribute__((warn_unused_result));

/* FAULT_DENIED: none, expired, revoked, or its owner's account not active. */
bool token_find(const struct accounts *accounts, struct text token, int64_t now,
	struct token *out_token, struct fault *fault)
	__attribute__((warn_unused_result));
bool token_touch(const struct accounts *accounts, const struct token *token,
	int64_t now, struct fault *fault) __attribute__((warn_unused_result));

/* Whether the scopes hold the verb, on the subject (empty: none). */
bool token_may(const struct token *token, struct text verb, struct text subject);

bool token_list(const struct accounts *accounts, int64_t account,
	const struct token **out_tokens, size_t *out_count, struct fault *fault)
	__attribute__((warn_unused_result));
bool token_revoke(const struct accounts *accounts, const struct account_act *act,
	int64_t token, struct fault *fault) __attribute__((warn_unused_result));

#endif
