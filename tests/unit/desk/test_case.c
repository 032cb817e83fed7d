/* SPDX-License-Identifier: MIT
 *
 * The acts on registers: who sees and does what with whose entry, written out
 * and tried in every relation; agreement by another; conflicts; several at once.
 */
#include "base/file.h"
#include "council.h"

/* ---- The written verdicts ---- */

static void write_line(const struct definition *of, const char *what,
	const struct definition_step *step, struct buffer *out)
{
	for (int relation = 0; relation < SIGHT_RELATIONS; relation++) {
		buffer_format(out, "%s %s %s:", of->name, what,
			sight_relation_word((enum sight_relation)relation));
		for (size_t i = 0; i < of->roles->count; i++) {
			uint64_t bit = (uint64_t)1 << i;
			enum sight_verdict verdict = step == NULL
				? sight_read(of, bit,
					(enum sight_relation)relation)
				: sight_step(of, step, bit,
					(enum sight_relation)relation);
			if (verdict != SIGHT_HIDDEN)
				buffer_format(out, " " TEXT_FORMAT "=%s",
					TEXT_ARGS(of->roles->entries[i].code),
					sight_verdict_word(verdict));
		}
		buffer_char(out, '\n');
	}
}

/* Every register, reading and every step, every relation, every role that is
 * not hidden from. After a change that is meant: KITH_TEST_REWRITE=1 test_case,
 * and read the difference. */
static void test_written(void **state)
{
	struct council council;
	struct buffer lines = {.maximum = 1 << 24};
	struct fault fault = {0};
	struct text written;
	council_begin(&council, state);
	for (size_t i = 0; i < council.desk.registers->count; i++) {
		const struct definition *of =
			council.desk.registers->all[i].definition;
		write_line(of, "read", NULL, &lines);
		for (size_t j = 0; j < of->step_count; j++)
			write_line(of, of->steps[j].name, &of->steps[j], &lines);
	}
	const char *path = harness_source(council.h,
		"tests/golden/access/registers.txt");
	if (file_environment("KITH_TEST_REWRITE") != NULL)
		HARNESS_DONE(file_write(path, buffer_text(&lines), &fault),
			&fault);
	HARNESS_DONE(file_map(path, council.desk.arena, &written, &fault),
		&fault);
	if (!text_equals(written, buffer_text(&lines)))
		fail_msg("tests/golden/access/registers.txt is not what the"
			 " registers say");
	buffer_finish(&lines);
}

/* The relations, tried: lending is seen by its team (library-staff), by its
 * owner (partner), by all of programme-manager, by nobody else. */
static void test_relations(void **state)
{
	struct council council;
	council_begin(&council, state);
	const char *reference = council.references[0];
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	struct desk other = council_as(&council, "omar", "library-staff",
		"boats");
	struct desk partner = council_as(&council, "pia", "partner", NULL);
	struct desk manager = council_as(&council, "max", "programme-manager",
		NULL);
	struct desk stranger = council_as(&council, "sol", "social-worker",
		"cycles");
	assert_int_equal(council_read(&team, reference).kind, FAULT_NONE);
	assert_int_equal(council_read(&manager, reference).kind, FAULT_NONE);
	assert_int_equal(council_read(&other, reference).kind, FAULT_DENIED);
	assert_int_equal(council_read(&partner, reference).kind, FAULT_DENIED);
	/* A register one has no business with does not exist. */
	assert_int_equal(council_read(&stranger, reference).kind, FAULT_MISSING);
	struct desk_assign_input assign = {.reference = text_of(reference),
		.owner = TEXT("pia")};
	struct desk_step_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&team, DESK_CASE_ASSIGN, &assign, &output,
			     &fault),
		&fault);
	assert_int_equal(council_read(&partner, reference).kind, FAULT_NONE);
	/* Seeing is not doing. */
	assert_int_equal(council_take(&manager, reference, "lend", "bicycle", "B1")
				 .kind,
		FAULT_DENIED);
	assert_int_equal(council_take(&partner, reference, "lend", "bicycle", "B1")
				 .kind,
		FAULT_DENIED);
	assert_int_equal(council_take(&stranger, reference, "lend", "bicycle", "B1")
				 .kind,
		FAULT_MISSING);
	assert_int_equal(council_take(&team, reference, "lend", "bicycle", "B1").kind,
		FAULT_NONE);
}

/* A step that another must agree to: not by the asker, not by any role; taken
 * when agreed to, in the asker's name. */
static void test_agreed(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	struct desk manager = council_as(&council, "max", "programme-manager",
		NULL);
	struct desk_step_input input = {.reference = text_of(
						council.references[0]),
		.step = TEXT("scrap")};
	struct desk_step_output output;
	HARNESS_DONE(desk_perform(&team, DESK_CASE_STEP, &input, &output, &fault),
		&fault);
	assert_int_not_equal(output.proposal, 0);
	assert_int_equal(council_listed(&team), CHILDREN);
	struct desk_decide_input decide = {.proposal = output.proposal,
		.is_agreed = true};
	assert_false(desk_perform(&team, DESK_PROPOSAL_DECIDE, &decide, &output,
		&fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&manager, DESK_PROPOSAL_DECIDE, &decide,
			     &output, &fault),
		&fault);
	assert_int_equal(council_listed(&team), CHILDREN - 1);
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT actor, reason FROM entry_version"
				    " WHERE step = 'scrap'"),
		"lena|agreed by max\n");
	assert_false(desk_perform(&manager, DESK_PROPOSAL_DECIDE, &decide,
		&output, &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
}

/* The second of two editors is told what the first did. */
static void test_second_editor(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	assert_int_equal(council_take(&team, council.references[0], "lend",
				 "bicycle", "B1")
				 .kind,
		FAULT_NONE);
	const struct step_given given[] = {{TEXT("bicycle"), TEXT("B2")}};
	struct desk_step_input input = {.reference = text_of(
						council.references[0]),
		.step = TEXT("lend"),
		.given = given,
		.count = 1,
		.version = 1};
	struct desk_step_output output;
	assert_false(
		desk_perform(&team, DESK_CASE_STEP, &input, &output, &fault));
	assert_int_equal(fault.kind, FAULT_CONFLICT);
	assert_int_equal(output.since_count, 1);
	assert_string_equal(output.since[0].actor, "lena");
	assert_int_equal(output.since[0].count, 2);
}

/* One meeting for three siblings: all, or none. */
static void test_bulk(void **state)
{
	struct council council;
	struct fault fault = {0};
	council_begin(&council, state);
	struct desk team = council_as(&council, "lena", "library-staff",
		"cycles");
	const struct step_given given[] = {{TEXT("bicycle"), TEXT("B1")}};
	struct desk_step_input steps[3];
	for (int i = 0; i < 3; i++)
		steps[i] = (struct desk_step_input){.reference = text_of(
							    council.references[i]),
			.step = TEXT("lend"),
			.given = given,
			.count = 1,
			.on = date_from(2025, 2, 1)};
	struct desk_bulk_input input = {steps, 3};
	struct desk_bulk_output output;
	steps[2].step = TEXT("overdue");
	assert_false(
		desk_perform(&team, DESK_CASE_BULK, &input, &output, &fault));
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT count(*) FROM entry_version"),
		"4\n");
	steps[2].step = TEXT("lend");
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&team, DESK_CASE_BULK, &input, &output, &fault),
		&fault);
	assert_string_equal(harness_rows(council.h, harness_store(council.h),
				    "SELECT count(*) FROM reg_lending WHERE"
				    " state = 'LENT'"),
		"3\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {HARNESS_SQLITE(test_written),
		HARNESS_EACH_ENGINE(test_relations),
		HARNESS_EACH_ENGINE(test_agreed),
		HARNESS_EACH_ENGINE(test_second_editor),
		HARNESS_EACH_ENGINE(test_bulk)};
	return HARNESS_RUN(tests);
}
