/* SPDX-License-Identifier: MIT
 *
 * Between the files of signing in at a provider.
 */
#ifndef KITH_ACCOUNTS_OIDC_INSIDE_H
#define KITH_ACCOUNTS_OIDC_INSIDE_H

#include "accounts/oidc.h"

/* One request: POST if `form` is not empty. */
struct oidc_request {
	struct text url;
	struct text form;
	struct text client, secret; /* for HTTP Basic; empty: none */
};

/* The body of an answer with status 200, in the arena. */
bool oidc_fetch(const struct oidc_request *request, struct arena *arena,
	struct text *out_body, struct fault *fault)
	__attribute__((warn_unused_result));

/* Whether we may go there: https, or http on this machine. */
bool oidc_is_allowed(struct text url);

#endif
