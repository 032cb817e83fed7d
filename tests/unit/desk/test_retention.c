/* SPDX-License-Identifier: MIT
 *
 * What is due is destroyed by two, unless it is held; and a child's own copy
 * leaves out what is somebody else's, and says so.
 */
#include "council.h"

static const char *closed_long_ago(struct council *council, int64_t child)
{
	const struct step_given given[] = {{TEXT("wheels"), TEXT("16")}};
	struct desk_step_input ask = {.register_name = TEXT("lending"),
		.step = TEXT("ask"),
		.child = child,
		.given = given,
		.count = 1,
		.on = date_from(2017, 1, 6)};
	struct desk_step_output output;
	struct fault fault = {0};
	struct desk manager = council_as(council, "max", "programme-manager",
		NULL);
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_STEP, &ask, &output,
			     &fault),
		&fault);
	const char *reference = output.reference;
	struct desk_step_input scrap = {.reference = text_of(reference),
		.step = TEXT("scrap"),
		.on = date_from(2017, 2, 1)};
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_STEP, &scrap,
			     &output, &fault),
		&fault);
	struct desk_decide_input agree = {.proposal = output.proposal,
		.is_agreed = true};
	HARNESS_DONE(desk_perform(&manager, DESK_PROPOSAL_DECIDE, &agree,
			     &output, &fault),
		&fault);
	return reference;
}

static const char *begin_with_closed(struct council *council, void **state)
{
	council_begin(council, state);
	council_run(council,
		"INSERT INTO child (la, id, born, sex, is_uasc, batch, version)"
		" VALUES (206, 200, '2004-05-06', 'F', 0, 1, 1)");
	return closed_long_ago(council, 200);
}

static struct desk_disposals_output due(struct desk *desk)
{
	struct desk_disposals_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(desk, DESK_DISPOSALS, NULL, &output, &fault),
		&fault);
	return output;
}

static struct fault ask(struct desk *desk, const char *reference)
{
	struct desk_disposal_input input = {.reference = text_of(reference),
		.reason = "reviewed, no reason to keep it"};
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_DISPOSAL_ASK, &input, NULL, &fault);
	return fault;
}

static struct fault agree(struct desk *desk, int64_t id)
{
	struct desk_disposal_input input = {.id = id};
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_DISPOSAL_AGREE, &input, NULL, &fault);
	return fault;
}

static void test_destroyed(void **state)
{
	struct council council;
	struct keep_verdict verdict;
	struct fault fault = {0};
	const char *reference = begin_with_closed(&council, state);
	struct desk dpo = council_as(&council, "gil", "dpo", NULL);
	struct desk leader = council_as(&council, "lee", "senior-leader", NULL);
	/* Seven years after it was closed; open entries are never due. */
	assert_int_equal(due(&dpo).count, 1);
	assert_string_equal(due(&dpo).disposals[0].reference, reference);
	assert_int_equal(due(&dpo).disposals[0].due.day,
		date_from(2024, 2, 1).day);
	assert_int_equal(ask(&dpo, council.references[0]).kind, FAULT_INPUT);
	assert_int_equal(ask(&dpo, reference).kind, FAULT_NONE);
	assert_int_equal(ask(&dpo, reference).kind, FAULT_CONFLICT);
	int64_t id = due(&dpo).disposals[0].id;
	assert_int_equal(agree(&dpo, id).kind, FAULT_DENIED);
	assert_int_equal(agree(&leader, id).kind, FAULT_NONE);
	assert_int_equal(due(&dpo).count, 0);
	assert_int_equal(council_read(&council.desk, reference).kind,
		FAULT_MISSING);
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT d.versions, d.asked_by, d.approved_by,"
				    " e.subject, e.state FROM disposal AS d JOIN"
				    " entry AS e ON e.la = d.la AND e.id = d.entry"),
		"2|gil|lee|0|DESTROYED\n");
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT count(*) FROM reg_lending WHERE"
				    " child = 200"),
		"0\n");
	/* The chain still fits what is left. */
	HARNESS_DONE(keep_verify(harness_store(council.h), HARNESS_LA, &verdict,
			     &fault),
		&fault);
	assert_null(verdict.why);
}

static void test_held(void **state)
{
	struct council council;
	struct fault fault = {0};
	const char *reference = begin_with_closed(&council, state);
	struct desk dpo = council_as(&council, "gil", "dpo", NULL);
	struct desk leader = council_as(&council, "lee", "senior-leader", NULL);
	struct desk_hold_input hold = {.child = 200,
		.reason = "a claim is pending"};
	assert_int_equal(ask(&dpo, reference).kind, FAULT_NONE);
	int64_t id = due(&dpo).disposals[0].id;
	HARNESS_DONE(desk_perform(&dpo, DESK_HOLD, &hold, NULL, &fault), &fault);
	assert_true(due(&dpo).disposals[0].is_held);
	assert_int_equal(agree(&leader, id).kind, FAULT_DENIED);
	hold.reason = NULL;
	HARNESS_DONE(desk_perform(&dpo, DESK_HOLD, &hold, NULL, &fault), &fault);
	assert_int_equal(agree(&leader, id).kind, FAULT_NONE);
}

static void test_own_copy(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk dpo = council_as(&council, "gil", "dpo", NULL);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	council_take(&team, council.references[0], "lend", "bicycle", "B1");
	struct desk_child_input input = {council.children[0]};
	struct desk_subject_output output;
	assert_false(desk_perform(&team, DESK_SUBJECT, &input, &output, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&dpo, DESK_SUBJECT, &input, &output, &fault),
		&fault);
	assert_int_equal(output.count, 1);
	const struct desk_subject_entry *one = &output.entries[0];
	const struct definition *of = one->definition;
	/* The bicycle is for the family, its size for staff. */
	assert_int_equal(entry_value(one->entry,
				 definition_field(of, NULL, TEXT("bicycle")))
				 .kind,
		VALUE_TEXT);
	assert_int_equal(entry_value(one->entry,
				 definition_field(of, NULL, TEXT("wheels")))
				 .kind,
		VALUE_EMPTY);
	assert_string_equal(one->withheld[0].label,
		"Size of the wheels, in inches");
	assert_string_equal(one->withheld[0].why, "for staff alone");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_destroyed),
		HARNESS_EACH_ENGINE(test_held),
		HARNESS_EACH_ENGINE(test_own_copy)};
	return HARNESS_RUN(tests);
}
