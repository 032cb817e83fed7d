/* SPDX-License-Identifier: MIT
 *
 * Restricted records, broken glass, own family, and who looked.
 */
#include "council.h"

/* A restricted child is nowhere: not read, listed, counted or found; a broken
 * glass opens it for an hour, tells the guardian, and waits for review. */
static void test_restricted(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	struct desk worker = council_as(&council, "sol", "social-worker", NULL);
	struct desk guardian = council_as(&council, "gil", "dpo", NULL);
	assert_int_equal(council_listed(&team), CHILDREN);
	assert_int_equal(council_found(&worker, "C0"), 1);
	const char *const members[] = {"mia"};
	struct desk_restrict_input restrict_it = {.child = council.children[0],
		.reason = "protection",
		.guardian = "gil",
		.members = members,
		.member_count = 1};
	HARNESS_DONE(desk_perform(&guardian, DESK_RESTRICT, &restrict_it, NULL,
			     &fault),
		&fault);
	assert_int_equal(council_listed(&team), CHILDREN - 1);
	assert_int_equal(council_found(&worker, "C0"), 0);
	struct fault hidden = council_read(&team, council.references[0]);
	struct fault missing = council_read(&team,
		"LEND-0000000000000"
		"0");
	assert_int_equal(hidden.kind, FAULT_MISSING);
	assert_string_equal(hidden.message, missing.message);
	assert_string_equal(hidden.hint, missing.hint);
	struct desk member = council_as(&council, "mia", "library-staff",
		"cycles");
	assert_int_equal(council_listed(&member), CHILDREN);
	/* Breaking the glass needs a reason that says something. */
	struct desk_glass_input glass = {council.children[0], "x"};
	struct desk_glass_output opened;
	assert_false(desk_perform(&worker, DESK_GLASS_BREAK, &glass, &opened,
		&fault));
	assert_int_equal(fault.kind, FAULT_INPUT);
	fault = (struct fault){0};
	glass.reason = "The child is at the hospital now";
	HARNESS_DONE(desk_perform(&worker, DESK_GLASS_BREAK, &glass, &opened,
			     &fault),
		&fault);
	assert_int_equal(council_found(&worker, "C0"), 1);
	assert_int_equal(opened.review_due.day, date_from(2025, 6, 4).day);
	struct desk_told_output told;
	HARNESS_DONE(desk_perform(&guardian, DESK_TOLD, NULL, &told, &fault),
		&fault);
	assert_int_equal(told.count, 1);
	struct desk_glass_list_output waiting;
	HARNESS_DONE(desk_perform(&guardian, DESK_GLASS_LIST, NULL, &waiting,
			     &fault),
		&fault);
	assert_int_equal(waiting.count, 1);
	assert_string_equal(waiting.lines[0].login, "sol");
	struct desk_review_input review = {waiting.lines[0].id, true};
	HARNESS_DONE(desk_perform(&guardian, DESK_GLASS_REVIEW, &review, NULL,
			     &fault),
		&fault);
	HARNESS_DONE(desk_perform(&guardian, DESK_GLASS_LIST, NULL, &waiting,
			     &fault),
		&fault);
	assert_int_equal(waiting.count, 0);
	/* An hour later it is closed again. */
	council_run(&council,
		"UPDATE break_glass SET until = '2000-01-01T00:00:00.000Z'");
	assert_int_equal(council_found(&worker, "C0"), 0);
}

/* To whoever is of the family the child does not exist, whatever they open. */
static void test_conflict_of_interest(void **state)
{
	struct council council;
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	struct fault fault = {0};
	council_run(&council,
		"INSERT INTO account (la, id, login, email, name, state, language,"
		" created_at, created_by, roles_at, second_step, version) VALUES"
		" (206, 1, 'lena', '', 'Lena', 'active', 'en', 1, 'x', 1, 0, 1);"
		"INSERT INTO account_child_conflict (la, account, child, reason,"
		" set_at, set_by) VALUES (206, 1, 101, 'own-family', 1, 'x')");
	assert_int_equal(council_listed(&team), CHILDREN - 1);
	assert_int_equal(council_read(&team, council.references[0]).kind,
		FAULT_MISSING);
	struct desk worker = council_as(&council, "lena", "social-worker", NULL);
	struct desk_glass_input glass = {101, "I must see this record now"};
	struct desk_glass_output opened;
	assert_false(desk_perform(&worker, DESK_GLASS_BREAK, &glass, &opened,
		&fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

/* Every look at a child can be told. */
static void test_looked(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk worker = council_as(&council, "sol", "social-worker", NULL);
	struct desk keeper = council_as(&council, "gil", "dpo", NULL);
	struct desk_child_input input = {council.children[1]};
	struct desk_child_card card;
	struct desk_looked_output looked;
	HARNESS_DONE(desk_perform(&worker, DESK_CHILD_READ, &input, &card, &fault),
		&fault);
	/* The entry about the child is of a register the worker has no business
	 * with: not even its number is told. */
	assert_int_equal(card.entry_count, 0);
	HARNESS_DONE(desk_perform(&keeper, DESK_CHILD_LOOKED, &input, &looked,
			     &fault),
		&fault);
	assert_int_equal(looked.count, 2);
	assert_string_equal(looked.looks[0].actor, "sol");
	assert_string_equal(looked.looks[0].act, "child-read");
	assert_string_equal(looked.looks[1].act, "case-step");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_EACH_ENGINE(test_restricted),
		HARNESS_EACH_ENGINE(test_conflict_of_interest),
		HARNESS_EACH_ENGINE(test_looked)};
	return HARNESS_RUN(tests);
}
