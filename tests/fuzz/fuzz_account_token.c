/* SPDX-License-Identifier: MIT
 *
 * The form of tokens, secrets and logins: any bytes are read; what is taken for
 * a token stops being one with any letter changed; a folded login folds to
 * itself.
 */
#include <stdint.h>
#include <stdlib.h>

#include "accounts/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void try_slips(struct text token)
{
	char slip[TOKEN_TEXT];
	for (size_t i = 0; i < token.length; i++) {
		text_copy(slip, sizeof slip, token);
		slip[i] = slip[i] == '7' ? '8' : '7';
		require(token_la(text_of(slip)) == 0);
	}
}

static void try_login(struct text login)
{
	struct arena *arena = arena_open();
	struct text once = account_fold_login(login, arena);
	struct text twice = account_fold_login(once, arena);
	require(once.length <= 254);
	require(text_equals(once, twice));
	arena_close(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct text text = {(const char *)bytes, length};
	const struct token token = {.scopes = text};
	int la = token_la(text);
	require(la >= 0 && la < 1000);
	if (la > 0) {
		require(length == TOKEN_TEXT - 1);
		try_slips(text);
	}
	la = secret_la(text);
	require(la == 0 || length == SECRET_TEXT - 1);
	require(!token_may(&token, TEXT("read"), TEXT("ehe"))
		|| text_has(text, TEXT("read:")));
	try_login(text);
	return 0;
}
