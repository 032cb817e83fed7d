/* SPDX-License-Identifier: MIT
 *
 * Links that are followed once: to set the first password, to set a new one, to
 * confirm a new address.
 *
 * Whoever holds the link is taken for the person, so a link is short-lived, is
 * void once used or once a newer one of its kind is made, and is kept as a
 * hash. Looking at one does not use it up: programs that check links in mail
 * do that. It is used when the form behind it is sent.
 *
 * A forgotten password is asked for by name; the answer must be the same
 * whether or not there is such an account, so the caller says "if there is an
 * account, a link is on its way" whatever link_make gives.
 */
#ifndef KITH_ACCOUNTS_LINK_H
#define KITH_ACCOUNTS_LINK_H

#include "accounts/account.h"
#include "accounts/secret.h"

enum link_kind { LINK_INVITATION, LINK_RESET, LINK_EMAIL, LINK_KINDS };

enum {
	LINK_INVITATION_DAYS = 7,
	LINK_RESET_MINUTES = 60,
	LINK_EMAIL_HOURS = 24,
	LINK_TEXT = SECRET_TEXT,
};

struct link {
	int64_t id;
	int64_t account;
	enum link_kind kind;
	struct text detail; /* the new address, for LINK_EMAIL */
};

/* `detail` may be empty. FAULT_CONFLICT: the account is closed. */
bool link_make(const struct accounts *accounts, const struct account_act *act,
	const struct link *link, char out_link[LINK_TEXT], struct fault *fault)
	__attribute__((warn_unused_result));

/* FAULT_DENIED: no such link, used, void or too old. */
bool link_find(const struct accounts *accounts, struct text link, int64_t now,
	struct link *out_link, struct fault *fault)
	__attribute__((warn_unused_result));

/* Uses it up; FAULT_DENIED if another did so first. */
bool link_use(const struct accounts *accounts, const struct link *link,
	int64_t now, struct fault *fault) __attribute__((warn_unused_result));

const char *link_word(enum link_kind kind);

#endif
