/* SPDX-License-Identifier: MIT
 *
 * The numbers children are known by, and how far to trust one.
 *
 * A number is graded, never a reason to refuse a row: about one UPN in
 * twenty-three in made-up data passes the check by luck, and real data hold
 * slips of the keyboard. Sources: DfE, Unique Pupil Numbers (UPNs) guide for
 * schools and local authorities (check letter); NHS Data Dictionary, NHS
 * NUMBER (modulus 11).
 */
#ifndef KITH_PEOPLE_IDENTIFIER_H
#define KITH_PEOPLE_IDENTIFIER_H

#include "base/text.h"

enum identifier_scheme {
	IDENTIFIER_CHILD_ID, /* of the case-management system */
	IDENTIFIER_UPN,
	IDENTIFIER_FORMER_UPN,
	IDENTIFIER_NHS,
	IDENTIFIER_ULN,
	IDENTIFIER_SCHEMES,
};

enum identifier_grade {
	IDENTIFIER_VALID,
	IDENTIFIER_TEMPORARY, /* UPN ending in a letter: form right, no check */
	IDENTIFIER_CHECK_WRONG, /* form right, check letter or digit wrong */
	IDENTIFIER_FORM_WRONG,  /* not shaped like one */
	IDENTIFIER_PLACEHOLDER, /* UN1 to UN10: a reason, not a number */
};

const char *identifier_scheme_name(enum identifier_scheme scheme);
const char *identifier_grade_name(enum identifier_grade grade);

/* The text is trimmed and in upper case. */
enum identifier_grade identifier_grade_of(enum identifier_scheme scheme,
	struct text value);

/* The check letter of twelve digits, or 0 if they are not digits. */
char identifier_upn_letter(struct text twelve);

/* A UPN with this grade may link two feeds when the date of birth agrees. */
bool identifier_may_link(enum identifier_grade grade, struct text value);

/* The same without its grade: what is long enough to link is no placeholder,
 * which have four letters at most. */
bool identifier_may_be_sought(struct text value);

#endif
