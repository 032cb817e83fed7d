/* SPDX-License-Identifier: MIT
 *
 * Drafts and letters.
 */
#include "council.h"

/* A form begun is its author's alone, and gone when it is dropped. */
static void test_drafts(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk lena = council_as(&council, "lena", "ehe-officer", NULL);
	struct desk omar = council_as(&council, "omar", "ehe-officer", NULL);
	struct desk_draft_input input = {.register_name = TEXT("ehe"),
		.step = TEXT("notify"),
		.input = TEXT("{\"notified_on\":\"2025-01-06\"}")};
	struct desk_draft draft;
	HARNESS_DONE(desk_perform(&lena, DESK_DRAFT_SAVE, &input, NULL, &fault),
		&fault);
	input.input = TEXT("{\"notified_on\":\"2025-01-07\"}");
	HARNESS_DONE(desk_perform(&lena, DESK_DRAFT_SAVE, &input, NULL, &fault),
		&fault);
	HARNESS_DONE(desk_perform(&lena, DESK_DRAFT_READ, &input, &draft, &fault),
		&fault);
	assert_true(text_equals(draft.input, input.input));
	assert_false(
		desk_perform(&omar, DESK_DRAFT_READ, &input, &draft, &fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&lena, DESK_DRAFT_DROP, &input, NULL, &fault),
		&fault);
	struct desk_drafts_output drafts;
	HARNESS_DONE(desk_perform(&lena, DESK_DRAFTS, NULL, &drafts, &fault),
		&fault);
	assert_int_equal(drafts.count, 0);
}

static bool has_value(const struct desk_letter *letter, const char *name)
{
	for (size_t i = 0; i < letter->value_count; i++)
		if (text_is(text_of(letter->values[i].name), name))
			return true;
	return false;
}

/* A letter holds what its reader may know; the rest is told as withheld. It can
 * be made by whoever sees the entry, and what was sent is kept as it was. */
static void test_letters(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	struct desk other = council_as(&council, "omar", "library-staff",
		"boats");
	struct desk_letter_input input = {text_of(council.references[0]),
		TEXT("lent"), 0};
	struct desk_letter letter;
	assert_false(desk_perform(&other, DESK_LETTER, &input, &letter, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	council_take(&team, council.references[0], "lend", "bicycle", "B1");
	HARNESS_DONE(desk_perform(&team, DESK_LETTER, &input, &letter, &fault),
		&fault);
	assert_int_equal(letter.version, 2);
	assert_true(has_value(&letter, "bicycle"));
	assert_false(has_value(&letter, "wheels"));
	assert_true(letter.withheld_count >= 1);
	assert_string_equal(letter.withheld[0], "Size of the wheels, in inches");
	struct desk_letter_send_input send = {.reference = input.reference,
		.letter = input.letter,
		.recipient = "The parents",
		.how = "PIGEON",
		.content = TEXT("<p>as sent</p>")};
	assert_false(desk_perform(&team, DESK_LETTER_SEND, &send, NULL, &fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault = (struct fault){0};
	send.how = "POST_FIRST";
	HARNESS_DONE(desk_perform(&team, DESK_LETTER_SEND, &send, NULL, &fault),
		&fault);
	struct desk_case_input read = {.reference = input.reference};
	struct desk_letters_output sent;
	HARNESS_DONE(desk_perform(&team, DESK_LETTERS, &read, &sent, &fault),
		&fault);
	assert_int_equal(sent.count, 1);
	assert_string_equal(sent.lines[0].recipient, "The parents");
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT content, entry_version FROM"
				    " letter_sent"),
		"<p>as sent</p>|2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_drafts),
		HARNESS_EACH_ENGINE(test_letters)};
	return HARNESS_RUN(tests);
}
