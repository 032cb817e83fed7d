/* SPDX-License-Identifier: MIT
 *
 * The second factor, by liboath.
 */
#include "accounts/totp.h"

#include <liboath/oath.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "accounts/account-inside.h"
#include "accounts/secret.h"
#include "base/buffer.h"
#include "base/memory.h"

enum { RECOVERY_LETTERS = 24, PLACE = 64 };

static const char *place_of(const struct accounts *accounts, int64_t account,
	char place[PLACE])
{
	snprintf(place, PLACE, "%d/account/%lld/second", accounts->la,
		(long long)account);
	return place;
}

static struct text make_uri(const struct accounts *accounts,
	struct text council, struct text login, struct text secret)
{
	struct buffer uri = {.maximum = 1 << 14};
	buffer_string(&uri, "otpauth://totp/");
	account_escape(&uri, council);
	buffer_char(&uri, ':');
	account_escape(&uri, login);
	buffer_format(&uri, "?secret=" TEXT_FORMAT "&issuer=", TEXT_ARGS(secret));
	account_escape(&uri, council);
	buffer_format(&uri, "&algorithm=SHA1&digits=%d&period=%d", TOTP_DIGITS,
		TOTP_SECONDS);
	struct text text = arena_text(accounts->arena, buffer_text(&uri));
	buffer_finish(&uri);
	return text;
}

static bool base32(const struct accounts *accounts, struct text secret,
	struct text *out_text, struct fault *fault)
{
	char *letters = NULL;
	size_t length = 0;
	if (oath_base32_encode(secret.at, secret.length, &letters, &length)
		!= OATH_OK)
		return fault_set(fault, FAULT_SYSTEM,
			"could not write the secret of a second factor");
	*out_text = arena_text(accounts->arena, (struct text){letters, length});
	sodium_memzero(letters, length);
	memory_free(letters);
	return true;
}

bool totp_enrol(const struct accounts *accounts, const struct account_act *act,
	struct text council, struct totp_enrolment *out_enrolment,
	struct fault *fault)
{
	char bytes[TOTP_SECRET], place[PLACE];
	struct account account;
	struct totp_enrolment enrolment = {.uri = {.at = NULL}};
	struct text secret = {bytes, sizeof bytes};
	randombytes_buf(bytes, sizeof bytes);
	if (!account_read(accounts, act->account, act->now, &account, fault)
		|| !base32(accounts, secret, &enrolment.secret, fault))
		return false;
	struct text sealed = seal_shut(accounts->seal,
		place_of(accounts, act->account, place), secret, accounts->arena);
	sodium_memzero(bytes, sizeof bytes);
	if (!account_changed(accounts, "second_set",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(act->account), store_blob(sealed)),
		    fault))
		return fault_set(fault, FAULT_MISSING,
			"there is no such account, or it is closed");
	enrolment.uri = make_uri(accounts, council, account.login,
		enrolment.secret);
	*out_enrolment = enrolment;
	return account_note(accounts, act, "second-enrol", "", fault);
}

void totp_code(struct text secret, int64_t now, char out_code[TOTP_DIGITS + 1])
{
	oath_totp_generate(secret.at, secret.length,
		(time_t)(now / ACCOUNT_SECOND), TOTP_SECONDS, 0, TOTP_DIGITS,
		out_code);
}

/* liboath stops at the first code that fits, and compares as it likes; this
 * looks at all three every time. */
int64_t totp_step(struct text secret, struct text code, int64_t now)
{
	int64_t step = 0;
	if (code.length != TOTP_DIGITS)
		return 0;
	for (int64_t i = -TOTP_WINDOW; i <= TOTP_WINDOW; i++) {
		char expected[TOTP_DIGITS + 1] = "";
		int64_t at = now + i * TOTP_SECONDS * ACCOUNT_SECOND;
		totp_code(secret, at, expected);
		if (secret_equals(code, text_of(expected)))
			step = at / ACCOUNT_SECOND / TOTP_SECONDS;
	}
	return step;
}

struct factor {
	struct text secret; /* empty: none */
	bool is_confirmed;
};

static bool read_factor(const struct accounts *accounts, int64_t account,
	struct factor *out_factor, struct fault *fault)
{
	struct store_rows *rows;
	char place[PLACE];
	struct factor factor = {.is_confirmed = false};
	if (!store_query(accounts->store,
		    store_find(accounts_sql, "secrets_by_id"),
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(account)),
		    &rows, fault))
		return false;
	bool is_read = true;
	if (store_next(rows, fault) && !store_is_null(rows, 7)) {
		is_read = seal_take(accounts->seal,
			place_of(accounts, account, place),
			store_get_blob(rows, 7), accounts->arena,
			&factor.secret, fault);
		factor.is_confirmed = !store_is_null(rows, 8);
	}
	store_end(rows);
	if (!is_read || fault_is_set(fault))
		return false;
	*out_factor = factor;
	return true;
}

/* Takes the step of a code; false without a fault if it is wrong or used. */
static bool take_step(const struct accounts *accounts,
	const struct account_act *act, const struct factor *factor,
	struct text code, struct fault *fault)
{
	int64_t step = totp_step(factor->secret, code, act->now);
	return step != 0
		&& account_changed(accounts, "second_step",
			STORE_VALUES(store_integer(accounts->la),
				store_integer(act->account), store_integer(step)),
			fault);
}

static void make_recovery(char out_code[TOTP_RECOVERY_TEXT])
{
	unsigned char bytes[RECOVERY_LETTERS * 5 / 8];
	char letters[RECOVERY_LETTERS + 1];
	randombytes_buf(bytes, sizeof bytes);
	secret_letters(bytes, RECOVERY_LETTERS, letters);
	snprintf(out_code, TOTP_RECOVERY_TEXT, "%.6s-%.6s-%.6s-%.6s", letters,
		letters + 6, letters + 12, letters + 18);
	sodium_memzero(bytes, sizeof bytes);
}

/* Letters only, as they may be typed without hyphens or in capitals. */
static bool hash_recovery(struct text code, char out_hash[DIGEST_TEXT])
{
	char letters[RECOVERY_LETTERS];
	size_t count = 0;
	for (size_t i = 0; i < code.length; i++) {
		char c = code.at[i];
		if (c == '-' || c == ' ')
			continue;
		if (count == RECOVERY_LETTERS)
			return false;
		letters[count++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A')
							: c;
	}
	digest_text((struct text){letters, count}, out_hash);
	return count == RECOVERY_LETTERS;
}

static bool add_recovery(const struct accounts *accounts,
	const struct account_act *act, struct totp_codes *codes,
	struct fault *fault)
{
	const struct store_value la = store_integer(accounts->la);
	const struct store_value account = store_integer(act->account);
	if (!account_run(accounts, "recovery_clear", STORE_VALUES(la, account),
		    fault))
		return false;
	for (size_t i = 0; i < TOTP_RECOVERY; i++) {
		char hash[DIGEST_TEXT];
		make_recovery(codes->codes[i]);
		hash_recovery(text_of(codes->codes[i]), hash);
		if (!account_run(accounts, "recovery_add",
			    STORE_VALUES(la, account, store_string(hash)), fault))
			return false;
	}
	return true;
}

bool totp_confirm(const struct accounts *accounts, const struct account_act *act,
	struct text code, struct totp_codes *out_codes, struct fault *fault)
{
	struct factor factor;
	if (!read_factor(accounts, act->account, &factor, fault))
		return false;
	if (factor.secret.length == 0 || factor.is_confirmed)
		return fault_set(fault, FAULT_CONFLICT,
			"no second factor waits to be confirmed");
	if (!take_step(accounts, act, &factor, text_trim(code), fault)) {
		fault_set(fault, FAULT_DENIED, "the code is not right");
		return fault_hint(fault,
			"see that the telephone's clock is right and give the"
			" newest code");
	}
	return account_changed(accounts, "second_confirm",
		       STORE_VALUES(store_integer(accounts->la),
			       store_integer(act->account),
			       store_integer(act->now)),
		       fault)
		&& add_recovery(accounts, act, out_codes, fault)
		&& account_note(accounts, act, "second-confirm", "", fault);
}

static bool use_recovery(const struct accounts *accounts,
	const struct account_act *act, struct text code, struct fault *fault)
{
	char hash[DIGEST_TEXT];
	return hash_recovery(code, hash)
		&& account_changed(accounts, "recovery_use",
			STORE_VALUES(store_integer(accounts->la),
				store_integer(act->account), store_string(hash),
				store_integer(act->now)),
			fault);
}

bool totp_use(const struct accounts *accounts, const struct account_act *act,
	struct text code, enum totp_kind *out_kind, struct fault *fault)
{
	struct factor factor;
	enum totp_kind kind = TOTP_WRONG;
	struct text typed = text_trim(code);
	if (!read_factor(accounts, act->account, &factor, fault))
		return false;
	if (!factor.is_confirmed)
		return fault_set(fault, FAULT_CONFLICT,
			"the account has no second factor");
	if (take_step(accounts, act, &factor, typed, fault))
		kind = TOTP_APP;
	else if (!fault_is_set(fault) && use_recovery(accounts, act, typed, fault))
		kind = TOTP_RECOVERED;
	if (fault_is_set(fault))
		return false;
	*out_kind = kind;
	return kind != TOTP_RECOVERED
		|| account_note(accounts, act, "second-recovery", "", fault);
}

bool totp_left(const struct accounts *accounts, int64_t account,
	int64_t *out_count, struct fault *fault)
{
	return store_number(accounts->store,
		store_find(accounts_sql, "recovery_left"),
		STORE_VALUES(store_integer(accounts->la), store_integer(account)),
		out_count, fault);
}

bool totp_remove(const struct accounts *accounts, const struct account_act *act,
	struct fault *fault)
{
	if (!account_changed(accounts, "second_remove",
		    STORE_VALUES(store_integer(accounts->la),
			    store_integer(act->account)),
		    fault))
		return fault_set(fault, FAULT_MISSING,
			"there is no such account");
	return account_run(accounts, "recovery_clear",
		       STORE_VALUES(store_integer(accounts->la),
			       store_integer(act->account)),
		       fault)
		&& account_note(accounts, act, "second-remove", "", fault);
}
