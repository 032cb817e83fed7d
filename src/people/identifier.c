/* SPDX-License-Identifier: MIT
 *
 * Check letters and digits.
 */
#include "people/identifier.h"

#include <string.h>

static const char letters[] = "ABCDEFGHJKLMNPQRTUVWXYZ";

const char *identifier_scheme_name(enum identifier_scheme scheme)
{
	static const char *const names[IDENTIFIER_SCHEMES] = {"child_id", "upn",
		"former_upn", "nhs", "uln"};
	return names[scheme];
}

const char *identifier_grade_name(enum identifier_grade grade)
{
	static const char *const names[] = {"valid", "temporary", "check",
		"form", "placeholder"};
	return names[grade];
}

static bool all_digits(struct text text)
{
	for (size_t i = 0; i < text.length; i++)
		if (text.at[i] < '0' || text.at[i] > '9')
			return false;
	return true;
}

static bool is_letter(char c)
{
	return c != '\0' && strchr(letters, c) != NULL;
}

/* Sum of digit times weight, weights first, first+step ... */
static int weighed(struct text digits, int first, int step)
{
	int sum = 0;
	for (size_t i = 0; i < digits.length; i++)
		sum += (digits.at[i] - '0') * (first + step * (int)i);
	return sum;
}

char identifier_upn_letter(struct text twelve)
{
	if (twelve.length != 12 || !all_digits(twelve))
		return '\0';
	return letters[weighed(twelve, 2, 1) % 23];
}

static enum identifier_grade grade_upn(struct text value)
{
	if (value.length >= 3 && value.length <= 4
		&& text_starts(value, TEXT("UN"))
		&& all_digits(text_cut(value, 2, value.length)))
		return IDENTIFIER_PLACEHOLDER;
	if (value.length != 13 || !is_letter(value.at[0]))
		return IDENTIFIER_FORM_WRONG;
	/* As identifier_upn_letter, in one pass: every row has a UPN. */
	unsigned sum = 0, last = (unsigned char)value.at[12] - '0';
	bool is_odd = false;
	for (unsigned i = 1; i < 12; i++) {
		unsigned digit = (unsigned char)value.at[i] - '0';
		is_odd |= digit > 9;
		sum += digit * (i + 1);
	}
	if (is_odd)
		return IDENTIFIER_FORM_WRONG;
	if (is_letter(value.at[12]))
		return IDENTIFIER_TEMPORARY;
	if (last > 9)
		return IDENTIFIER_FORM_WRONG;
	return letters[(sum + last * 13) % 23] == value.at[0]
		? IDENTIFIER_VALID
		: IDENTIFIER_CHECK_WRONG;
}

static enum identifier_grade grade_nhs(struct text value)
{
	if (value.length != 10 || !all_digits(value) || value.at[0] == '0')
		return IDENTIFIER_FORM_WRONG;
	int check = 11 - weighed(text_cut(value, 0, 9), 10, -1) % 11;
	if (check == 11)
		check = 0;
	return check == value.at[9] - '0' ? IDENTIFIER_VALID
					  : IDENTIFIER_CHECK_WRONG;
}

static enum identifier_grade grade_uln(struct text value)
{
	if (value.length != 10 || !all_digits(value))
		return IDENTIFIER_FORM_WRONG;
	int rest = weighed(text_cut(value, 0, 9), 10, -1) % 11;
	return rest != 0 && 10 - rest == value.at[9] - '0'
		? IDENTIFIER_VALID
		: IDENTIFIER_CHECK_WRONG;
}

/* At most 20 letters and digits (SSDA903: 10), never blank. */
static enum identifier_grade grade_child_id(struct text value)
{
	bool is_plain = value.length > 0 && value.length <= 20;
	for (size_t i = 0; is_plain && i < value.length; i++) {
		char c = value.at[i];
		is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
			|| (c >= 'a' && c <= 'z');
	}
	return is_plain ? IDENTIFIER_VALID : IDENTIFIER_FORM_WRONG;
}

enum identifier_grade identifier_grade_of(enum identifier_scheme scheme,
	struct text value)
{
	switch (scheme) {
	case IDENTIFIER_UPN:
	case IDENTIFIER_FORMER_UPN:
		return grade_upn(value);
	case IDENTIFIER_NHS:
		return grade_nhs(value);
	case IDENTIFIER_ULN:
		return grade_uln(value);
	case IDENTIFIER_CHILD_ID:
	case IDENTIFIER_SCHEMES:
		break;
	}
	return grade_child_id(value);
}

enum { LONG_ENOUGH = 10 }; /* not a typing stub such as "3412" */

bool identifier_may_link(enum identifier_grade grade, struct text value)
{
	return grade != IDENTIFIER_PLACEHOLDER && value.length >= LONG_ENOUGH;
}

bool identifier_may_be_sought(struct text value)
{
	return value.length >= LONG_ENOUGH;
}
