/* SPDX-License-Identifier: MIT
 *
 * SHA-256 against the examples of FIPS 180-4, whole and in pieces.
 */
#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_known(void **state)
{
	(void)state;
	char digest[DIGEST_TEXT];
	digest_text((struct text){NULL, 0}, digest);
	assert_string_equal(digest,
		"e3b0c44298fc1c149afbf4c8996fb924"
		"27ae41e4649b934ca495991b7852b855");
	digest_text(TEXT("abc"), digest);
	assert_string_equal(digest,
		"ba7816bf8f01cfea414140de5dae2223"
		"b00361a396177a9cb410ff61f20015ad");
}

static void test_pieces(void **state)
{
	(void)state;
	char whole[DIGEST_TEXT], pieces[DIGEST_TEXT];
	char bytes[300];
	memset(bytes, 'k', sizeof bytes);
	digest_text((struct text){bytes, sizeof bytes}, whole);
	for (size_t cut = 0; cut <= sizeof bytes; cut += 13) {
		struct digest digest;
		digest_begin(&digest);
		digest_add(&digest, (struct text){bytes, cut});
		digest_add(&digest,
			(struct text){bytes + cut, sizeof bytes - cut});
		digest_end(&digest, pieces);
		assert_string_equal(pieces, whole);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_pieces),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
