/* SPDX-License-Identifier: MIT
 *
 * The acts on registers: who sees and does what with whose entry, tried with
 * real entries in every relation; agreement by another; conflicts; several at
 * once; restricted records and broken glass; drafts.
 */
#include <string.h>

#include "base/file.h"
#include "desk/desk_case.h"
#include "harness.h"

enum { CHILDREN = 4 };

struct council {
	struct harness *h;
	struct desk desk; /* the operator's */
	int64_t children[CHILDREN];
	const char *references[CHILDREN];
};

static uint64_t role(const struct council *council, const char *code)
{
	const struct codes_list *roles = codes_list(council->desk.codes, "roles");
	for (size_t i = 0; i < roles->count; i++)
		if (text_is(roles->entries[i].code, code))
			return (uint64_t)1 << i;
	fail_msg("no role %s", code);
	return 0;
}

/* Somebody with one role, in the team "cycles" or in none. */
static struct desk as(const struct council *council, const char *login,
	const char *code, const char *team)
{
	struct person person = {.login = login,
		.account = 1,
		.roles = role(council, code),
		.teams = {team},
		.team_count = team != NULL,
		.purpose = "test"};
	struct desk desk;
	desk_seat(&council->desk, &person, council->desk.arena, &desk);
	return desk;
}

static void run(struct council *council, const char *sql)
{
	struct fault fault = {0};
	HARNESS_DONE(store_script(harness_store(council->h), sql, &fault),
		&fault);
}

static const char *open_entry(struct council *council, int64_t child)
{
	const struct step_given given[] = {{TEXT("wheels"), TEXT("16")}};
	struct desk_step_input input = {.register_name = TEXT("lending"),
		.step = TEXT("ask"),
		.child = child,
		.given = given,
		.count = 1,
		.on = date_from(2025, 1, 6)};
	struct desk_step_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&council->desk, DESK_CASE_STEP, &input,
			     &output, &fault),
		&fault);
	return output.reference;
}

static void begin(struct council *council, void **state)
{
	struct fault fault = {0};
	council->h = harness_of(state);
	struct desk_options options = {.url = harness_url(council->h),
		.definitions = harness_source(council->h, "tests/council"),
		.actor = "operator",
		.today = date_from(2025, 6, 2)};
	HARNESS_DONE(desk_open(&options, harness_arena(council->h),
			     &council->desk, &fault),
		&fault);
	for (int i = 0; i < CHILDREN; i++) {
		council->children[i] = 101 + i;
		run(council,
			arena_format(council->desk.arena,
				"INSERT INTO child (la, id, born, sex, is_uasc,"
				" batch, version) VALUES (206, %d, '2014-05-06',"
				" 'F', 0, 1, 1);"
				"INSERT INTO identifier (la, scheme, value, child,"
				" grade, batch) VALUES (206, 'child_id', 'C%d',"
				" %d, 'valid', 1)",
				101 + i, i, 101 + i));
		council->references[i] = open_entry(council,
			council->children[i]);
	}
}

static struct fault read_entry(struct desk *desk, const char *reference)
{
	struct desk_case_input input = {.reference = text_of(reference)};
	struct desk_case output;
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_CASE_READ, &input, &output, &fault);
	return fault;
}

static struct fault take(struct desk *desk, const char *reference,
	const char *step, const char *name, const char *value)
{
	const struct step_given given[] = {{text_of(name), text_of(value)}};
	struct desk_step_input input = {.reference = text_of(reference),
		.step = text_of(step),
		.given = given,
		.count = name == NULL ? 0 : 1,
		.on = date_from(2025, 2, 1)};
	struct desk_step_output output;
	struct fault fault = {0};
	(void)!desk_perform(desk, DESK_CASE_STEP, &input, &output, &fault);
	return fault;
}

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
	begin(&council, state);
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
	begin(&council, state);
	const char *reference = council.references[0];
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	struct desk other = as(&council, "omar", "library-staff", "boats");
	struct desk partner = as(&council, "pia", "partner", NULL);
	struct desk manager = as(&council, "max", "programme-manager", NULL);
	struct desk stranger = as(&council, "sol", "social-worker", "cycles");
	assert_int_equal(read_entry(&team, reference).kind, FAULT_NONE);
	assert_int_equal(read_entry(&manager, reference).kind, FAULT_NONE);
	assert_int_equal(read_entry(&other, reference).kind, FAULT_DENIED);
	assert_int_equal(read_entry(&partner, reference).kind, FAULT_DENIED);
	/* A register one has no business with does not exist. */
	assert_int_equal(read_entry(&stranger, reference).kind, FAULT_MISSING);
	struct desk_assign_input assign = {.reference = text_of(reference),
		.owner = TEXT("pia")};
	struct desk_step_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(&team, DESK_CASE_ASSIGN, &assign, &output,
			     &fault),
		&fault);
	assert_int_equal(read_entry(&partner, reference).kind, FAULT_NONE);
	/* Seeing is not doing. */
	assert_int_equal(take(&manager, reference, "lend", "bicycle", "B1").kind,
		FAULT_DENIED);
	assert_int_equal(take(&partner, reference, "lend", "bicycle", "B1").kind,
		FAULT_DENIED);
	assert_int_equal(take(&stranger, reference, "lend", "bicycle", "B1").kind,
		FAULT_MISSING);
	assert_int_equal(take(&team, reference, "lend", "bicycle", "B1").kind,
		FAULT_NONE);
}

static size_t listed(struct desk *desk)
{
	struct desk_list_input input = {.register_name = TEXT("lending"),
		.list = TEXT("open")};
	struct desk_list_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(desk, DESK_CASE_LIST, &input, &output, &fault),
		&fault);
	assert_int_equal(output.count, output.total);
	return output.total;
}

static size_t found(struct desk *desk, const char *words)
{
	struct desk_find_input input = {.words = text_of(words)};
	struct desk_find_output output;
	struct fault fault = {0};
	HARNESS_DONE(desk_perform(desk, DESK_CHILD_FIND, &input, &output, &fault),
		&fault);
	return output.count;
}

/* A restricted child is nowhere: not read, listed, counted or found; a broken
 * glass opens it for an hour, tells the guardian, and waits for review. */
static void test_restricted(void **state)
{
	struct council council;
	struct fault fault = {0};
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	struct desk worker = as(&council, "sol", "social-worker", NULL);
	struct desk guardian = as(&council, "gil", "dpo", NULL);
	assert_int_equal(listed(&team), CHILDREN);
	assert_int_equal(found(&worker, "C0"), 1);
	const char *const members[] = {"mia"};
	struct desk_restrict_input restrict_it = {.child = council.children[0],
		.reason = "protection",
		.guardian = "gil",
		.members = members,
		.member_count = 1};
	HARNESS_DONE(desk_perform(&guardian, DESK_RESTRICT, &restrict_it, NULL,
			     &fault),
		&fault);
	assert_int_equal(listed(&team), CHILDREN - 1);
	assert_int_equal(found(&worker, "C0"), 0);
	struct fault hidden = read_entry(&team, council.references[0]);
	struct fault missing = read_entry(&team,
		"LEND-0000000000000"
		"0");
	assert_int_equal(hidden.kind, FAULT_MISSING);
	assert_string_equal(hidden.message, missing.message);
	assert_string_equal(hidden.hint, missing.hint);
	struct desk member = as(&council, "mia", "library-staff", "cycles");
	assert_int_equal(listed(&member), CHILDREN);
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
	assert_int_equal(found(&worker, "C0"), 1);
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
	run(&council,
		"UPDATE break_glass SET until = '2000-01-01T00:00:00.000Z'");
	assert_int_equal(found(&worker, "C0"), 0);
}

/* To whoever is of the family the child does not exist, whatever they open. */
static void test_conflict_of_interest(void **state)
{
	struct council council;
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	struct fault fault = {0};
	run(&council,
		"INSERT INTO account (la, id, login, email, name, state, language,"
		" created_at, created_by, roles_at, second_step, version) VALUES"
		" (206, 1, 'lena', '', 'Lena', 'active', 'en', 1, 'x', 1, 0, 1);"
		"INSERT INTO account_child_conflict (la, account, child, reason,"
		" set_at, set_by) VALUES (206, 1, 101, 'own-family', 1, 'x')");
	assert_int_equal(listed(&team), CHILDREN - 1);
	assert_int_equal(read_entry(&team, council.references[0]).kind,
		FAULT_MISSING);
	struct desk worker = as(&council, "lena", "social-worker", NULL);
	struct desk_glass_input glass = {101, "I must see this record now"};
	struct desk_glass_output opened;
	assert_false(desk_perform(&worker, DESK_GLASS_BREAK, &glass, &opened,
		&fault));
	assert_int_equal(fault.kind, FAULT_MISSING);
}

/* A step that another must agree to: not by the asker, not by any role; taken
 * when agreed to, in the asker's name. */
static void test_agreed(void **state)
{
	struct council council;
	struct fault fault = {0};
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	struct desk manager = as(&council, "max", "programme-manager", NULL);
	struct desk_step_input input = {.reference = text_of(
						council.references[0]),
		.step = TEXT("scrap")};
	struct desk_step_output output;
	HARNESS_DONE(desk_perform(&team, DESK_CASE_STEP, &input, &output, &fault),
		&fault);
	assert_int_not_equal(output.proposal, 0);
	assert_int_equal(listed(&team), CHILDREN);
	struct desk_decide_input decide = {.proposal = output.proposal,
		.is_agreed = true};
	assert_false(desk_perform(&team, DESK_PROPOSAL_DECIDE, &decide, &output,
		&fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	HARNESS_DONE(desk_perform(&manager, DESK_PROPOSAL_DECIDE, &decide,
			     &output, &fault),
		&fault);
	assert_int_equal(listed(&team), CHILDREN - 1);
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
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	assert_int_equal(take(&team, council.references[0], "lend", "bicycle", "B1")
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
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
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

/* A form begun is its author's alone, and gone when it is dropped. */
static void test_drafts(void **state)
{
	struct council council;
	struct fault fault = {0};
	begin(&council, state);
	struct desk lena = as(&council, "lena", "ehe-officer", NULL);
	struct desk omar = as(&council, "omar", "ehe-officer", NULL);
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
	begin(&council, state);
	struct desk team = as(&council, "lena", "library-staff", "cycles");
	struct desk other = as(&council, "omar", "library-staff", "boats");
	struct desk_letter_input input = {text_of(council.references[0]),
		TEXT("lent"), 0};
	struct desk_letter letter;
	assert_false(desk_perform(&other, DESK_LETTER, &input, &letter, &fault));
	assert_int_equal(fault.kind, FAULT_DENIED);
	fault = (struct fault){0};
	take(&team, council.references[0], "lend", "bicycle", "B1");
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

/* Every look at a child can be told. */
static void test_looked(void **state)
{
	struct council council;
	struct fault fault = {0};
	begin(&council, state);
	struct desk worker = as(&council, "sol", "social-worker", NULL);
	struct desk keeper = as(&council, "gil", "dpo", NULL);
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
	const struct CMUnitTest tests[] = {HARNESS_SQLITE(test_written),
		HARNESS_EACH_ENGINE(test_relations),
		HARNESS_EACH_ENGINE(test_restricted),
		HARNESS_EACH_ENGINE(test_conflict_of_interest),
		HARNESS_EACH_ENGINE(test_agreed),
		HARNESS_EACH_ENGINE(test_second_editor),
		HARNESS_EACH_ENGINE(test_bulk), HARNESS_EACH_ENGINE(test_drafts),
		HARNESS_EACH_ENGINE(test_letters),
		HARNESS_EACH_ENGINE(test_looked)};
	return HARNESS_RUN(tests);
}
