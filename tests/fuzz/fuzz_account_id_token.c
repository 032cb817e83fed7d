/* SPDX-License-Identifier: MIT
 *
 * The reader of ID tokens and key sets. The input is a token, a line feed, and
 * a key set; whatever they hold, no token is taken: the keys it would need are
 * of the kept corpus alone, and those tokens are long expired.
 */
#include <stdint.h>
#include <stdlib.h>

#include "accounts/oidc.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct arena *arena = arena_open();
	struct fault fault = {.kind = FAULT_NONE};
	struct oidc_person person = {.group_count = 0};
	struct oidc_signed given;
	const struct oidc_expected expected =
		{.issuer = TEXT("https://login.council.example"),
			.client = TEXT("kith"),
			.nonce = TEXT("n-1"),
			.roles_claim = TEXT("groups"),
			.now = 4102444800000}; /* the year 2100 */
	given.token = text_split((struct text){(const char *)bytes, length},
		'\n', &given.keys);
	require(!oidc_verify(&given, &expected, arena, &person, &fault));
	require(fault.kind == FAULT_DENIED);
	require(person.group_count == 0);
	arena_close(arena);
	return 0;
}
