/* SPDX-License-Identifier: MIT
 *
 * The second factor: codes of an authenticator app (TOTP, RFC 6238: six digits,
 * thirty seconds, SHA-1, as all apps do), and recovery codes for the day the
 * telephone is lost.
 *
 * The secret is sealed (seal.h). A code is good one step before and after its
 * time, and once: the last step used is kept, and it or an earlier one is
 * refused. Recovery codes carry 120 random bits, are kept hashed, and each
 * works once.
 *
 * All of it is quick and runs inside the caller's transaction. Whether a code
 * may be tried now is asked by signin.h.
 */
#ifndef KITH_ACCOUNTS_TOTP_H
#define KITH_ACCOUNTS_TOTP_H

#include "accounts/account.h"

enum {
	TOTP_DIGITS = 6,
	TOTP_SECONDS = 30,
	TOTP_WINDOW = 1,
	TOTP_SECRET = 20,   /* bytes: the size of SHA-1, RFC 4226 section 4 */
	TOTP_RECOVERY = 10, /* codes */
	TOTP_RECOVERY_TEXT = 28, /* abcdef-abcdef-abcdef-abcdef and zero */
};

struct totp_enrolment {
	struct text uri;    /* otpauth://totp/..., for a QR code */
	struct text secret; /* in base 32, to type */
};

/* A new secret in place of any other; it counts only once it is confirmed. */
bool totp_enrol(const struct accounts *accounts, const struct account_act *act,
	struct text council, struct totp_enrolment *out_enrolment,
	struct fault *fault) __attribute__((warn_unused_result));

/* The first code from the app: from now on one is asked for. Gives recovery
 * codes, to be shown once; older ones are void. FAULT_DENIED: a wrong code. */
struct totp_codes {
	char codes[TOTP_RECOVERY][TOTP_RECOVERY_TEXT];
};
bool totp_confirm(const struct accounts *accounts, const struct account_act *act,
	struct text code, struct totp_codes *out_codes, struct fault *fault)
	__attribute__((warn_unused_result));

/* Uses up a code of the app, or a recovery code. */
enum totp_kind { TOTP_WRONG, TOTP_APP, TOTP_RECOVERED };
bool totp_use(const struct accounts *accounts, const struct account_act *act,
	struct text code, enum totp_kind *out_kind, struct fault *fault)
	__attribute__((warn_unused_result));

/* How many recovery codes are left. */
bool totp_left(const struct accounts *accounts, int64_t account,
	int64_t *out_count, struct fault *fault)
	__attribute__((warn_unused_result));

/* Takes the second factor away: by its holder, or by an administrator who has
 * made sure who asks. */
bool totp_remove(const struct accounts *accounts, const struct account_act *act,
	struct fault *fault) __attribute__((warn_unused_result));

/* The step of time the code is right for, near `now`; 0 if for none. */
int64_t totp_step(struct text secret, struct text code, int64_t now);

/* The code at that time, for tests. */
void totp_code(struct text secret, int64_t now, char out_code[TOTP_DIGITS + 1]);

#endif
