/* SPDX-License-Identifier: MIT
 *
 * Check letters and digits, by vectors computed from the published rules. The
 * serial numbers are made up.
 */
#include "people/identifier.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

struct vector {
	enum identifier_scheme scheme;
	const char *value;
	enum identifier_grade grade;
};

static const struct vector vectors[] = {
	{IDENTIFIER_UPN, "H206201512345", IDENTIFIER_VALID},
	{IDENTIFIER_UPN, "A206402499017", IDENTIFIER_VALID},
	{IDENTIFIER_UPN, "Z801234560001", IDENTIFIER_VALID},
	{IDENTIFIER_FORMER_UPN, "Z801234560001", IDENTIFIER_VALID},
	{IDENTIFIER_UPN, "A206201512345", IDENTIFIER_CHECK_WRONG},
	{IDENTIFIER_UPN, "H20620151234A", IDENTIFIER_TEMPORARY},
	{IDENTIFIER_UPN, "H20620151234I", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "I206201512345", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "O206201512345", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "S206201512345", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "h206201512345", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "H20620151234", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "H2062015123455", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "H2062A1512345", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "UN1", IDENTIFIER_PLACEHOLDER},
	{IDENTIFIER_UPN, "UN10", IDENTIFIER_PLACEHOLDER},
	{IDENTIFIER_FORMER_UPN, "UN4", IDENTIFIER_PLACEHOLDER},
	{IDENTIFIER_UPN, "UN", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_UPN, "UNX", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_NHS, "9434765919", IDENTIFIER_VALID},
	{IDENTIFIER_NHS, "9990000018", IDENTIFIER_VALID},
	{IDENTIFIER_NHS, "9990123454", IDENTIFIER_VALID},
	{IDENTIFIER_NHS, "9434765910", IDENTIFIER_CHECK_WRONG},
	{IDENTIFIER_NHS, "0000000000", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_NHS, "943476591", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_NHS, "943 476 5919", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_ULN, "1000000000", IDENTIFIER_VALID},
	{IDENTIFIER_ULN, "1234567899", IDENTIFIER_VALID},
	{IDENTIFIER_ULN, "9900000012", IDENTIFIER_VALID},
	{IDENTIFIER_ULN, "1000000001", IDENTIFIER_CHECK_WRONG},
	/* 1 x 10 + 6 x 2 = 22: a remainder of 0 has no check digit. */
	{IDENTIFIER_ULN, "1000000060", IDENTIFIER_CHECK_WRONG},
	{IDENTIFIER_ULN, "100000000", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_CHILD_ID, "T1", IDENTIFIER_VALID},
	{IDENTIFIER_CHILD_ID, "12345678901234567890", IDENTIFIER_VALID},
	{IDENTIFIER_CHILD_ID, "123456789012345678901", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_CHILD_ID, "T 1", IDENTIFIER_FORM_WRONG},
	{IDENTIFIER_CHILD_ID, "", IDENTIFIER_FORM_WRONG},
};

static void test_vectors(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(vectors); i++) {
		enum identifier_grade grade = identifier_grade_of(vectors[i].scheme,
			text_of(vectors[i].value));
		if (grade != vectors[i].grade)
			print_error("%s \"%s\" is graded %s\n",
				identifier_scheme_name(vectors[i].scheme),
				vectors[i].value, identifier_grade_name(grade));
		assert_int_equal(grade, vectors[i].grade);
	}
}

static void test_letters(void **state)
{
	(void)state;
	assert_int_equal(identifier_upn_letter(TEXT("206200112345")), 'Q');
	assert_int_equal(identifier_upn_letter(TEXT("206219900017")), 'G');
	assert_int_equal(identifier_upn_letter(TEXT("202200500001")), 'G');
	assert_int_equal(identifier_upn_letter(TEXT("20220050000")), '\0');
	assert_int_equal(identifier_upn_letter(TEXT("20220050000A")), '\0');
}

/* One wrong digit anywhere is always seen: the weights and the digits are less
 * than the prime 23 (UPN), or 11 (NHS number). */
static void test_one_slip(void **state)
{
	static const struct {
		enum identifier_scheme scheme;
		const char *value;
		size_t from;
	} numbers[] = {
		{IDENTIFIER_UPN, "H206201512345", 1},
		{IDENTIFIER_UPN, "Z801234560001", 1},
		{IDENTIFIER_NHS, "9434765919", 0},
		{IDENTIFIER_NHS, "9990123454", 0},
	};
	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		struct text right = text_of(numbers[i].value);
		for (size_t at = numbers[i].from; at < right.length; at++)
			for (char digit = '0'; digit <= '9'; digit++) {
				char slip[16];
				text_copy(slip, sizeof slip, right);
				slip[at] = digit;
				bool is_same = right.at[at] == digit;
				bool is_valid =
					identifier_grade_of(numbers[i].scheme,
						text_of(slip))
					== IDENTIFIER_VALID;
				assert_int_equal(is_valid, is_same);
			}
	}
}

/* Nine digits whose check would be 10 have no valid tenth digit. */
static void test_impossible(void **state)
{
	(void)state;
	for (char digit = '0'; digit <= '9'; digit++) {
		char number[] = "999123456x";
		number[9] = digit;
		assert_int_equal(identifier_grade_of(IDENTIFIER_NHS,
					 text_of(number)),
			IDENTIFIER_CHECK_WRONG);
	}
}

static void test_may_link(void **state)
{
	(void)state;
	assert_true(identifier_may_link(IDENTIFIER_VALID, TEXT("H206201512345")));
	assert_true(identifier_may_link(IDENTIFIER_CHECK_WRONG,
		TEXT("A206201512345")));
	assert_false(identifier_may_link(IDENTIFIER_FORM_WRONG, TEXT("3412")));
	assert_false(identifier_may_link(IDENTIFIER_PLACEHOLDER, TEXT("UN1")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_one_slip),
		cmocka_unit_test(test_impossible),
		cmocka_unit_test(test_may_link),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
