/* SPDX-License-Identifier: MIT
 *
 * The grading of numbers: any bytes have a grade, a valid number stops being
 * one with any digit changed, and the check letter made fits its number. The
 * first byte chooses the scheme.
 */
#include <stdint.h>
#include <stdlib.h>

#include "people/identifier.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool is_checked(enum identifier_scheme scheme)
{
	return scheme != IDENTIFIER_CHILD_ID && scheme != IDENTIFIER_ULN;
}

/* The rules with a prime above every weight see each single slip. */
static void try_slips(enum identifier_scheme scheme, struct text value)
{
	char slip[32];
	require(value.length < sizeof slip);
	for (size_t i = 0; i < value.length; i++) {
		text_copy(slip, sizeof slip, value);
		if (slip[i] < '0' || slip[i] > '9')
			continue;
		slip[i] = slip[i] == '9' ? '0' : (char)(slip[i] + 1);
		require(identifier_grade_of(scheme, text_of(slip))
			!= IDENTIFIER_VALID);
	}
}

static void try_letter(struct text twelve)
{
	char number[14];
	char letter = identifier_upn_letter(twelve);
	if (letter == '\0')
		return;
	require(twelve.length == 12);
	number[0] = letter;
	text_copy(number + 1, sizeof number - 1, twelve);
	require(identifier_grade_of(IDENTIFIER_UPN, text_of(number))
		== IDENTIFIER_VALID);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length == 0)
		return 0;
	enum identifier_scheme scheme = (enum identifier_scheme)(
		bytes[0] % IDENTIFIER_SCHEMES);
	struct text value = {(const char *)bytes + 1, length - 1};
	enum identifier_grade grade = identifier_grade_of(scheme, value);
	require((int)grade >= 0 && grade <= IDENTIFIER_PLACEHOLDER);
	require(identifier_grade_name(grade)[0] != '\0');
	require(!identifier_may_link(IDENTIFIER_PLACEHOLDER, value));
	if (grade == IDENTIFIER_VALID && is_checked(scheme))
		try_slips(scheme, value);
	try_letter(value);
	return 0;
}
